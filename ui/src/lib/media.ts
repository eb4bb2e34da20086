/** The pictures and sounds of the card around a text: a text names them, the card knows where they are. */
import { getContext, setContext } from 'svelte';
import type { ShownMedia } from './api/backend';

const KEY = Symbol('media');

export function provideMedia(of: () => ShownMedia[]): void {
  setContext(KEY, of);
}

/** The one of that name; undefined when the card has none. */
export function useMedia(): (name: string) => ShownMedia | undefined {
  const of = getContext<(() => ShownMedia[]) | undefined>(KEY);
  return (name) => of?.().find((one) => one.name === name);
}
