import type * as G from './generated';

export type * from './generated';
export type * from './importing';

/**
 * Everything the page may ask of the program. One method, one command; each rejects with a
 * `Failure` and nothing else.
 */
export interface Backend {
  /** Opens the collection and says how things stand. */
  start(): Promise<G.Start>;
  today(): Promise<G.Today>;
  /** Begins (or goes on with) a sitting: of one deck or all, of `limit` cards or the whole day. */
  begin(deck: string | null, limit: number | null): Promise<G.Step>;
  /** Where the open sitting stands. */
  step(): Promise<G.Step>;
  /** Saves one answer, durably, and gives what comes next. */
  answer(answer: G.Answer): Promise<G.Step>;
  /** Takes back the last act, whatever it was. */
  undo(): Promise<G.Undone>;
  /** No longer schedules the card, until it is resumed. */
  suspend(card: string): Promise<G.Step>;
  /** Not today: hides the card until tomorrow. */
  bury(card: string): Promise<G.Step>;
  flag(card: string, on: boolean): Promise<G.Step>;
  noteText(note: string): Promise<G.NoteText>;
  /** Saves an edited note; its cards keep their schedule. */
  edit(note: string, content: G.Content): Promise<G.Step>;
  saveSettings(settings: G.Settings): Promise<G.Settings>;
  /** Spreads the backlog at so many a day; `null` ends it. Rewrites no date. */
  catchUp(perDay: number | null): Promise<G.Today>;
  /** Brings cards that were answered under a clock in the future back to today. */
  mendClock(): Promise<G.Today>;
  /** Marks the changed best answers as read; each card still tells until it is answered. */
  keyChangesRead(): Promise<G.Today>;
  /** Opens an https address in the system's browser. */
  openAddress(address: string): Promise<void>;

  /** Lets the person choose files and reads them; `null` when they chose none. Changes nothing. */
  importChoose(): Promise<G.ImportPreview | null>;
  /** Reads text that was pasted. */
  importPaste(text: string): Promise<G.ImportPreview>;
  /** Reads the files that were dropped on the window or opened with Cairn; `null` when there are none. */
  importWaiting(): Promise<G.ImportPreview | null>;
  /** Reads the same files again, with other choices. */
  importAgain(choices: G.ImportChoices): Promise<G.ImportPreview>;
  /** Does what the last preview showed, as one act. */
  importRun(): Promise<G.ImportReport>;
  importStatus(): Promise<G.ImportStatus>;
  /** Stops what is under way, of which nothing stays; with nothing under way, forgets the files. */
  importCancel(): Promise<void>;
  /** Saves the report of the last import as CSV where the person says; its path, `null` when they did not. */
  saveReport(): Promise<string | null>;
  /** The imports that can be taken back, newest first. */
  imports(): Promise<G.PastImport[]>;
  /** Takes back a whole import, with the answers given to its cards. */
  takeBack(operation: number): Promise<G.Today>;

  /** How far the longer work is that is under way: an export, a backup, a check. */
  workStatus(): Promise<G.WorkStatus>;
  /** Stops it; whoever began it is told so by a failure `cancelled`. */
  workCancel(): Promise<void>;
  /** Lets the person say where, and writes it; `null` when they did not. A `suggested` name makes one file, without it a folder is chosen. */
  exportSave(request: G.ExportRequest, suggested: string | null): Promise<G.Exported | null>;
  /** Writes what was asked for last over what is there. */
  exportReplace(): Promise<G.Exported>;
  /** Shows the progress report in a window of its own, with the dialog for printing if wanted. */
  exportShow(request: G.ExportRequest, print: boolean): Promise<void>;
  /** Shows what was written last in its folder. */
  exportReveal(): Promise<void>;
  /** Opens what was written last with the program that the system has for it. */
  exportOpen(): Promise<void>;

  backups(): Promise<G.Backups>;
  backupNow(): Promise<G.Made>;
  /** Lets the person choose the folder of backups, or the second one; `null` when they chose none. */
  backupFolder(second: boolean): Promise<G.BackupSettings | null>;
  /** Backups go to the usual folder again, or to no second one. */
  backupUsualFolder(second: boolean): Promise<G.BackupSettings>;
  backupBudget(bytes: number): Promise<G.BackupSettings>;
  /** Other disks for a second folder; `null` when there is none, or the person has answered. */
  secondFolderOffer(): Promise<G.SecondFolderOffer | null>;
  /** Takes the offer, or declines it with `null`; it is not made again. */
  answerOffer(folder: string | null): Promise<void>;
  /** Puts a backup in the place of the collection; what was there is kept. A backup of another collection needs a word more. */
  restore(backup: string, otherCollection: boolean): Promise<G.BroughtBack>;
  /** Looks through everything and changes nothing; if `thorough`, also through every picture and sound. */
  check(thorough: boolean): Promise<G.CheckReport>;
  /** Mends what a check finds, as one act, after a backup. */
  repair(thorough: boolean): Promise<G.Repaired>;
  /** Reads what can be read of a damaged collection into a new file. */
  salvage(): Promise<G.SalvageReport>;
  /** Goes on with that file; the damaged one is kept. */
  useSalvaged(): Promise<G.Start>;
  /** What speaks against the place of the collection, if anything does. */
  place(): Promise<G.PlaceWarning | null>;
  /** The collections that this computer knows, the one opened last first. */
  collections(): Promise<G.KnownCollection[]>;
  /** Turns to one of them. When it cannot be opened, the one that is open stays. */
  openCollection(path: string): Promise<G.Start>;
  /** Lets the person find one and turns to it; `null` when they chose none. `kind` names such files in the dialog. */
  findCollection(kind: string): Promise<G.Start | null>;
  createCollection(suggested: string): Promise<G.Start | null>;
  /** Turns to the first one of this computer. */
  usualCollection(): Promise<G.Start>;
  /** Takes one off the list; its file stays. */
  forgetCollection(path: string): Promise<G.KnownCollection[]>;

  /** Where the page finds a picture or sound of a card. */
  mediaAddress(sha256: string): string;
  /** Calls back when files wait to be imported; gives the way to stop listening. */
  onImportWaiting(callback: () => void): () => void;
  /** Calls back when files begin and cease to hover over the window. */
  onFilesOver(callback: (over: boolean) => void): () => void;
}
