import type { Backend } from './backend';
import { tauri } from './tauri';

/** The shell inside the window; in a plain browser the mock, which no window ever loads. */
export async function connect(): Promise<Backend> {
  if ('__TAURI_INTERNALS__' in window) return tauri;
  const { mockBackend } = await import('./mock');
  return mockBackend(new URLSearchParams(window.location.search).get('scenario') ?? 'usual');
}
