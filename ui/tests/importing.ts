/** What the tests of the import do and look at. */
import type { Backend } from '../src/lib/api/backend';
import { mockBackend } from '../src/lib/api/mock';
import { button, click, open } from './open';

export const begin = async (scenario = 'import', api: Backend = mockBackend(scenario)) => {
  const opened = await open(scenario, api);
  await click(button('Import'));
  return opened;
};
export const preview = async (scenario = 'import', api: Backend = mockBackend(scenario)) => {
  const opened = await begin(scenario, api);
  await click(button('Choose files'));
  return opened;
};
export const heading = () => document.querySelector('h1')?.textContent;
export const dialog = () => document.querySelector('dialog[open]');
export const rows = () => [...document.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent));
export const select = (name: string) => document.querySelector<HTMLSelectElement>(`select[aria-label="Use of ${name}"]`) as HTMLSelectElement;
export const go = () => button(/^(Import|Change) [\d,]+ (card|note)/);
export const lead = () => document.querySelector('.lead')?.textContent;

/** A promise to be kept later. */
export function later<T>() {
  let keep: (value: T) => void = () => {};
  let fail: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((resolve, reject) => {
    keep = resolve;
    fail = reject;
  });
  return { promise, keep, fail };
}
