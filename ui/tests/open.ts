import { render } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { vi } from 'vitest';
import Root from '../src/App.svelte';
import type { Backend } from '../src/lib/api/backend';
import { mockBackend } from '../src/lib/api/mock';
import { App } from '../src/lib/app.svelte';

/** The clock of every test that opens the window: it moves only when a test moves it. */
export function stopTheClock(): void {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame', 'Date'] });
}

/** Lets promises and effects finish; no time passes. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
  flushSync();
}

/** Time goes by; long enough by default for a grade to be meant. */
export async function wait(ms = 400): Promise<void> {
  vi.advanceTimersByTime(ms);
  await settle();
}

export type Opened = { app: App; api: Backend };

/** The whole window over the mock, in one of its scenarios. */
export async function open(scenario = 'usual', api: Backend = mockBackend(scenario)): Promise<Opened> {
  const app = new App(api, () => 9);
  render(Root, { props: { app } });
  await app.start();
  await settle();
  return { app, api };
}

/** The window with a sitting begun. */
export async function study(scenario = 'usual', api: Backend = mockBackend(scenario)): Promise<Opened> {
  const opened = await open(scenario, api);
  await opened.app.begin();
  await settle();
  return opened;
}

type More = Partial<Pick<KeyboardEventInit, 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat' | 'isComposing'>>;

export async function press(key: string, more: More = {}): Promise<void> {
  const target = document.activeElement ?? document.body;
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  await settle();
}

export async function click(element: Element): Promise<void> {
  (element as HTMLElement).click();
  await settle();
}

export const text = (): string => document.body.textContent?.replace(/\s+/g, ' ') ?? '';
export const spoken = (): string => document.querySelector('[data-live]')?.textContent?.trim() ?? '';

export function button(name: string | RegExp): HTMLButtonElement {
  const all = [...document.querySelectorAll('button')];
  const found = all.find((one) => {
    const label = one.getAttribute('aria-label') ?? one.textContent?.replace(/\s+/g, ' ').trim() ?? '';
    return typeof name === 'string' ? label.startsWith(name) : name.test(label);
  });
  if (!found) throw new Error(`no button ${name}; there are: ${all.map((one) => one.textContent?.trim()).join(' | ')}`);
  return found;
}

export function field(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim().startsWith(label));
  const control = found?.control ?? found?.querySelector('input, select, textarea');
  if (!control) throw new Error(`no field ${label}`);
  return control as HTMLInputElement;
}

export async function type(control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement, value: string): Promise<void> {
  control.value = value;
  control.dispatchEvent(new Event('input', { bubbles: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
  await settle();
}
