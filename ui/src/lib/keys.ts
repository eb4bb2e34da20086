/**
 * Which key does what. Pure: a key press and the settings go in, an action comes out.
 *
 * Every action has one key that can be changed. Beside it stand fixed ones that no one has to
 * learn: Enter beside Space, Ctrl+Z beside U. On the full scale 0–5 grade, and while a choice is
 * open its letters and digits pick options, whatever else they mean elsewhere.
 */
import type { ShortcutAction, Shortcuts } from './api/backend';

/** In the order in which settings and help show them. */
export const ACTIONS: readonly ShortcutAction[] = [
  'reveal', 'again', 'hard', 'good', 'easy', 'undo', 'edit', 'flag', 'bury', 'suspend', 'origin', 'more', 'crisis', 'help', 'leave',
];

export const DEFAULT_KEYS: Readonly<Record<ShortcutAction, string>> = {
  reveal: 'Space', again: '1', hard: '2', good: '3', easy: '4', undo: 'U', edit: 'E', suspend: 'S', bury: 'B', flag: 'F',
  origin: 'O', more: '.', help: '?', leave: 'Escape', crisis: '9',
};

export type GradeAction = 'again' | 'hard' | 'good' | 'easy';
export const GRADE_OF: Readonly<Record<GradeAction, number>> = { again: 1, hard: 3, good: 4, easy: 5 };

/** What is needed of a KeyboardEvent. */
export type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat' | 'isComposing'> & { keyCode?: number };

export type Bindings = Record<ShortcutAction, string>;

export function bindings(shortcuts: Shortcuts): Bindings {
  return { ...DEFAULT_KEYS, ...shortcuts.keys };
}

/** A key's name as settings keep it: `U`, `.`, `Space`, `Escape`. Null for keys that stand for nothing alone. */
export function keyName(press: Press): string | null {
  const { key } = press;
  if (key === ' ' || key === 'Spacebar') return 'Space';
  if (key === 'Esc') return 'Escape';
  if ([...key].length === 1) return key.toLocaleUpperCase('en-US');
  const unusable = ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified', 'Compose'];
  return unusable.includes(key) ? null : key;
}

/** Part of a longer press, a shortcut of the system, or a letter still being composed. */
export function isIgnored(press: Press): boolean {
  const composing = press.isComposing || press.keyCode === 229;
  return press.repeat || composing || press.ctrlKey || press.metaKey || press.altKey;
}

function isUndoChord(press: Press): boolean {
  const plain = !press.repeat && !press.isComposing && !press.altKey;
  return plain && (press.ctrlKey || press.metaKey) && press.key.toLowerCase() === 'z';
}

/** The action of a key press, or null. With the shortcuts switched off only Ctrl+Z and Escape remain. */
export function actionOf(press: Press, shortcuts: Shortcuts): ShortcutAction | null {
  if (isUndoChord(press)) return 'undo';
  if (isIgnored(press)) return null;
  const name = keyName(press);
  if (name === null) return null;
  if (!shortcuts.enabled) return name === 'Escape' ? 'leave' : null;
  if (name === 'Enter') return 'reveal';
  const keys = bindings(shortcuts);
  return ACTIONS.find((action) => keys[action] === name) ?? null;
}

/** Which of `count` options a key picks: A–H or 1–8. Null when none. */
export function optionOf(press: Press, count: number, shortcuts: Shortcuts): number | null {
  if (isIgnored(press) || !shortcuts.enabled || press.key.length !== 1) return null;
  const letter = press.key.toUpperCase().charCodeAt(0) - 65;
  const digit = press.key.charCodeAt(0) - 49;
  for (const index of [letter, digit]) if (index >= 0 && index < Math.min(count, 8)) return index;
  return null;
}

/** The letters that options go by. */
export function optionLetter(index: number): string {
  return String.fromCharCode(65 + index);
}

/** A digit 0–5 on the full scale. */
export function fullGradeOf(press: Press, shortcuts: Shortcuts): number | null {
  if (isIgnored(press) || !shortcuts.enabled) return null;
  return /^[0-5]$/.test(press.key) ? Number(press.key) : null;
}

/** The keyboard belongs to a field, a list or an open dialog. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  return target.matches('input:not([type="radio"], [type="checkbox"], [type="button"])');
}

/** Space and Enter already have a meaning on what has the focus. */
export function hasOwnSpace(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a[href], summary, [role="menuitem"], input[type="checkbox"]') !== null;
}

export type Refusal = { why: 'taken'; by: ShortcutAction } | { why: 'grades' } | { why: 'fixed' };

/** Whether `action` may go by `key`; null means yes. */
export function refusal(action: ShortcutAction, key: string, shortcuts: Shortcuts): Refusal | null {
  if (['Tab', 'Enter', 'Backspace', 'Delete'].includes(key) || /^(Arrow|Page|Home|End|F\d)/.test(key)) return { why: 'fixed' };
  if (key === 'Escape' && action !== 'leave') return { why: 'taken', by: 'leave' };
  const keys = bindings(shortcuts);
  const holder = ACTIONS.find((other) => other !== action && keys[other] === key);
  if (holder) return { why: 'taken', by: holder };
  if (/^[0-8]$/.test(key) && !Object.hasOwn(GRADE_OF, action)) return { why: 'grades' };
  return null;
}

/** The settings with `action` on `key`; only what differs from the defaults is kept. */
export function rebound(action: ShortcutAction, key: string, shortcuts: Shortcuts): Shortcuts {
  const keys = { ...shortcuts.keys };
  if (key === DEFAULT_KEYS[action]) delete keys[action];
  else keys[action] = key;
  return { ...shortcuts, keys };
}

/** For aria-keyshortcuts; undefined while shortcuts are off, so that nothing false is announced. */
export function ariaKeys(action: ShortcutAction, shortcuts: Shortcuts): string | undefined {
  if (!shortcuts.enabled) return action === 'undo' ? 'Control+Z' : action === 'leave' ? 'Escape' : undefined;
  const key = bindings(shortcuts)[action];
  if (action === 'reveal') return `${key} Enter`;
  return action === 'undo' ? `${key} Control+Z` : key;
}
