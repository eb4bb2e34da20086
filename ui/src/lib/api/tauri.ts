import { convertFileSrc, invoke } from '@tauri-apps/api/core';
import { listen, TauriEvent } from '@tauri-apps/api/event';
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

/** Hears an event of the shell until the function given back is called. */
function hear<T>(event: string, callback: (payload: T) => void): () => void {
  const hearing = listen<T>(event, ({ payload }) => callback(payload));
  return () => void hearing.then((stop) => stop());
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
  openAddress: (address) => ask('open_address', { address }),
  importChoose: () => ask('import_choose'),
  importPaste: (text) => ask('import_paste', { text }),
  importWaiting: () => ask('import_waiting'),
  importAgain: (choices) => ask('import_again', { choices }),
  importRun: () => ask('import_run'),
  importStatus: () => ask('import_status'),
  importCancel: () => ask('import_cancel'),
  saveReport: () => ask('save_report'),
  imports: () => ask('imports'),
  takeBack: (operation) => ask('take_back', { operation }),
  workStatus: () => ask('work_status'),
  workCancel: () => ask('work_cancel'),
  exportSave: (request, suggested) => ask('export_save', { request, suggested }),
  exportReplace: () => ask('export_replace'),
  exportShow: (request, print) => ask('export_show', { request, print }),
  exportReveal: () => ask('export_reveal'),
  exportOpen: () => ask('export_open'),
  backups: () => ask('backups'),
  backupNow: () => ask('backup_now'),
  backupFolder: (second) => ask('backup_folder', { second }),
  backupUsualFolder: (second) => ask('backup_usual_folder', { second }),
  backupBudget: (bytes) => ask('backup_budget', { bytes }),
  secondFolderOffer: () => ask('second_folder_offer'),
  answerOffer: (folder) => ask('answer_offer', { folder }),
  restore: (backup, otherCollection) => ask('restore', { backup, otherCollection }),
  check: (thorough) => ask('check', { thorough }),
  repair: (thorough) => ask('repair', { thorough }),
  salvage: () => ask('salvage'),
  useSalvaged: () => ask('use_salvaged'),
  place: () => ask('place'),
  collections: () => ask('collections'),
  openCollection: (path) => ask('open_collection', { path }),
  findCollection: (kind) => ask('find_collection', { kind }),
  createCollection: (suggested) => ask('create_collection', { suggested }),
  usualCollection: () => ask('usual_collection'),
  forgetCollection: (path) => ask('forget_collection', { path }),

  onImportWaiting: (callback) => hear('import-waiting', callback),
  onFilesOver: (callback) => {
    const enter = hear<{ paths: string[] }>(TauriEvent.DRAG_ENTER, ({ paths }) => callback(paths.length > 0));
    const ends = [TauriEvent.DRAG_LEAVE, TauriEvent.DRAG_DROP].map((event) => hear(event, () => callback(false)));
    return () => [enter, ...ends].forEach((stop) => stop());
  },
  mediaAddress: (sha256) => convertFileSrc(sha256, 'cairn-media'),
};
