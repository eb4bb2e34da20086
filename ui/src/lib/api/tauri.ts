import { invoke } from '@tauri-apps/api/core';
import type { Backend } from './backend';
import type { Command } from './commands';
import { asFailure } from './failure';

/** Asks the shell. The only file that knows Tauri. */
async function ask<T>(command: Command, args: Record<string, unknown> = {}): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (thrown) {
    throw asFailure(thrown);
  }
}

export const tauri: Backend = {
  start: () => ask('start'),
  today: () => ask('today'),
  begin: (deck, limit) => ask('begin', { deck, limit }),
  step: () => ask('step'),
  answer: (answer) => ask('answer', { answer }),
  undo: () => ask('undo'),
  suspend: (card) => ask('suspend', { card }),
  bury: (card) => ask('bury', { card }),
  flag: (card, on) => ask('flag', { card, on }),
  noteText: (note) => ask('note_text', { note }),
  edit: (note, content) => ask('edit', { note, content }),
  saveSettings: (settings) => ask('save_settings', { settings }),
  catchUp: (perDay) => ask('catch_up', { perDay }),
  mendClock: () => ask('mend_clock'),
  keyChangesRead: () => ask('key_changes_read'),
  restore: (snapshot) => ask('restore', { snapshot }),
  openAddress: (address) => ask('open_address', { address }),
};
