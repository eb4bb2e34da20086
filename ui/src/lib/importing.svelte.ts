/**
 * An import, from the choice of files to its report: one for the life of the window, so that it
 * goes on while another screen is open. The screen draws it and turns presses into these calls.
 */
import type { Backend, Failure, ImportChoices, ImportPreview, ImportReport, ImportStatus } from './api/backend';
import { asFailure } from './api/failure';
import { live } from './live.svelte';
import { words as w } from './words';

/** Corrections are sent when the person has stopped for this long. */
export const SETTLE_MS = 200;
/** How often a long piece of work is asked how far it has come. */
export const POLL_MS = 150;
/** Work shorter than so many polls shows no progress bar. */
const QUIET_POLLS = 2;
const IDLE: ImportStatus = { phase: 'idle', done: 0, total: 0 };

/** What is under way: the file dialog, reading files, or the import itself. */
export type Work = 'choose' | 'read' | 'run';
/** The parts of the window that an import touches. */
export type Host = { show: () => void; refresh: () => Promise<void> };

export class Importing {
  stage = $state<'choose' | 'preview' | 'report'>('choose');
  preview = $state.raw<ImportPreview | null>(null);
  /** The choices as the person has them now; the preview follows. */
  draft = $state.raw<ImportChoices | null>(null);
  report = $state.raw<ImportReport | null>(null);
  failure = $state.raw<Failure | null>(null);
  work = $state<Work | null>(null);
  status = $state.raw<ImportStatus>(IDLE);
  cancelling = $state(false);
  /** The preview does not show the draft yet. */
  behind = $state(false);
  /** Files are hovering over the window. */
  over = $state(false);
  /** Files have come that nobody has asked for yet. */
  waiting = $state(false);
  /** Notes that are already there were met, so the question what becomes of them stays. */
  met = $state(false);

  #polls = $state(0);
  #turn = 0;
  #corrections = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #polling: ReturnType<typeof setTimeout> | undefined;
  /** Files that came during an import are read after its report. */
  #heldForReport = false;

  constructor(readonly api: Backend, readonly host: Host) {}

  /** Worth a progress bar: it has been going for a while. */
  get slow(): boolean {
    return this.work !== null && this.#polls >= QUIET_POLLS;
  }

  /** Waiting files can be read now. */
  get free(): boolean {
    return this.waiting && this.work === null && !(this.stage === 'report' && this.#heldForReport);
  }

  get deckMissing(): boolean {
    return this.draft !== null && this.draft.deck !== null && this.draft.deck.trim() === '';
  }

  /** How many notes and settings the import would change in any way. */
  get changes(): number {
    if (!this.preview) return 0;
    const { added, updated, keys_changed, scheduled, settings } = this.preview.counts;
    return added + updated + keys_changed + scheduled + settings;
  }

  /** What was shown is what would be done, and there is something to do. */
  get ready(): boolean {
    return this.work === null && !this.behind && this.changes > 0;
  }

  /** Once, when the window opens: files that Cairn was opened with. */
  async look(): Promise<void> {
    await this.#do('read', () => this.api.importWaiting(), (preview) => {
      if (!preview) return;
      this.host.show();
      this.#opened(preview);
    });
    // The window was opened to study. Only what the files themselves say may take the person elsewhere.
    const failed = this.failure as Failure | null;
    if (failed?.code === 'internal') this.failure = null;
    else if (failed) this.host.show();
  }

  /** Files were dropped on the window, or opened with Cairn while it was open. */
  came(): void {
    this.waiting = true;
    this.#heldForReport = this.work === 'run';
  }

  async takeWaiting(): Promise<void> {
    this.waiting = false;
    this.host.show();
    await this.#do('read', () => this.api.importWaiting(), (preview) => preview && this.#opened(preview));
  }

  async choose(): Promise<void> {
    await this.#do('choose', () => this.api.importChoose(), (preview) => preview && this.#opened(preview));
  }

  async paste(text: string): Promise<void> {
    await this.#do('read', () => this.api.importPaste(text), (preview) => this.#opened(preview));
  }

  /** The draft is changed at once; the preview follows when the person has stopped. */
  correct(change: Partial<ImportChoices>): void {
    if (!this.draft || this.work !== null) return;
    this.draft = { ...this.draft, ...change };
    this.behind = true;
    this.failure = null;
    this.#drop();
    if (!this.deckMissing) this.#settling = setTimeout(() => void this.again(), SETTLE_MS);
  }

  /** Asks for the preview of the draft. A reply is dropped if the draft has changed since. */
  async again(): Promise<void> {
    const sent = this.draft;
    if (!sent) return;
    const correction = this.#corrections;
    this.failure = null;
    try {
      const preview = await this.api.importAgain(sent);
      if (correction !== this.#corrections) return;
      // The name stays as it is being typed, whatever the program makes of its spaces.
      this.#show(preview, { ...preview.choices, deck: sent.deck });
      live.say(w.import.summary(preview));
    } catch (thrown) {
      if (correction === this.#corrections) this.failure = asFailure(thrown);
    }
  }

  async run(): Promise<void> {
    if (!this.ready) return;
    await this.#do('run', () => this.api.importRun(), (report) => {
      this.report = report;
      this.preview = this.draft = null;
      this.stage = 'report';
      live.say(w.import.reported(report));
    });
    if (this.stage === 'report') await this.host.refresh();
  }

  /** Stops what is under way. What it was working on then says that it was stopped. */
  async stop(): Promise<void> {
    if (this.work === null || this.cancelling) return;
    this.cancelling = true;
    await this.#forget();
  }

  /** Back to the beginning: the files are forgotten. */
  leave(): void {
    if (this.work !== null) return;
    if (this.stage === 'preview') void this.#forget();
    this.failure = null;
    this.#close();
  }

  /** Another collection is open, and the program has let go of the files. */
  forget(): void {
    this.failure = null;
    this.#close();
  }

  #opened(preview: ImportPreview): void {
    this.#drop();
    this.met = false;
    this.report = null;
    this.#show(preview, preview.choices);
    this.stage = 'preview';
    live.say(w.import.summary(preview));
  }

  #show(preview: ImportPreview, draft: ImportChoices): void {
    const { updated, unchanged, kept_edits } = preview.counts;
    this.preview = preview;
    this.draft = draft;
    this.behind = false;
    this.met ||= updated + unchanged + kept_edits > 0 || draft.existing !== 'update';
  }

  #close(): void {
    this.#drop();
    this.preview = this.draft = this.report = null;
    this.behind = false;
    this.stage = 'choose';
  }

  /** Whatever is on its way to the draft of before no longer counts. */
  #drop(): void {
    clearTimeout(this.#settling);
    this.#corrections += 1;
  }

  /** Nothing can go wrong that the person would have to know: what is forgotten was never kept. */
  async #forget(): Promise<void> {
    await this.api.importCancel().catch(() => {});
  }

  /** One piece of work at a time, followed until it ends. */
  async #do<T>(work: Work, act: () => Promise<T>, done: (result: T) => void): Promise<void> {
    if (this.work !== null) return;
    this.work = work;
    this.failure = null;
    this.cancelling = false;
    this.status = IDLE;
    this.#polls = 0;
    this.#turn += 1;
    this.#poll();
    try {
      done(await act());
    } catch (thrown) {
      // Other files were to take the place of those of the preview; which ones are held now is not known.
      if (work !== 'run') this.#close();
      if (this.cancelling) live.say(w.import.cancelled);
      else this.failure = asFailure(thrown);
    } finally {
      clearTimeout(this.#polling);
      this.work = null;
    }
  }

  #poll(): void {
    this.#polling = setTimeout(() => void this.#ask(), POLL_MS);
  }

  async #ask(): Promise<void> {
    const turn = this.#turn;
    const status = await this.api.importStatus().catch(() => IDLE);
    if (this.work === null || turn !== this.#turn) return;
    // While the dialog for choosing files is open, nothing is being done.
    if (this.work !== 'choose' || status.phase !== 'idle') this.#polls += 1;
    if (status.phase !== 'idle') {
      if (this.work === 'read' && this.status.phase === 'idle') this.host.show();
      if (status.phase !== this.status.phase && this.slow) live.say(w.import.doing(status.phase));
      this.status = status;
    }
    this.#poll();
  }
}
