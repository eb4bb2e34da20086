import type { Settings } from './api/backend';

type Look = Pick<Settings, 'theme' | 'text_size_percent' | 'motion'>;

export const PLAIN_LOOK: Look = { theme: 'system', text_size_percent: 100, motion: 'system' };

const asks = (query: string): boolean => window.matchMedia?.(query).matches ?? false;

/** Draws the page in the chosen look. `system` follows the desktop, its wish for more contrast too. */
export function wear(look: Look): void {
  const root = document.documentElement;
  const dark = asks('(prefers-color-scheme: dark)');
  const system = asks('(prefers-contrast: more)') ? 'contrast' : dark ? 'dark' : 'light';
  root.dataset.theme = look.theme === 'system' ? system : look.theme;
  root.dataset.scheme = dark ? 'dark' : 'light';
  root.dataset.motion = look.motion;
  root.style.fontSize = look.text_size_percent === 100 ? '' : `${look.text_size_percent}%`;
}

/** Calls back when the desktop changes its colours or its contrast. */
export function watchSystem(changed: () => void): void {
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']) {
    window.matchMedia?.(query).addEventListener('change', changed);
  }
}
