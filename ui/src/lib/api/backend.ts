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
  /** Puts a snapshot in the place of a collection that cannot be opened; the old file is kept. */
  restore(snapshot: string): Promise<G.Start>;
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

  /** Where the page finds a picture or sound of a card. */
  mediaAddress(sha256: string): string;
  /** Calls back when files wait to be imported; gives the way to stop listening. */
  onImportWaiting(callback: () => void): () => void;
  /** Calls back when files begin and cease to hover over the window. */
  onFilesOver(callback: (over: boolean) => void): () => void;
}
