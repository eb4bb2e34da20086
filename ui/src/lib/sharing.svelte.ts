/**
 * An export, from the choice to the file: one for the life of the window, so that it goes on and is
 * told while another screen is open.
 */
import type { Backend, Exported, ExportFormat, ExportRequest, Failure } from './api/backend';
import { live } from './live.svelte';
import { words as w } from './words';
import type { Work } from './work.svelte';

export const FORMATS: readonly ExportFormat[] = ['report', 'csv', 'json', 'apkg', 'md', 'ics'];
/** What of a request each format heeds; nothing else is asked. */
const HEEDS: Record<ExportFormat, readonly (keyof ExportRequest)[]> = {
  report: ['name', 'from', 'card_text'], csv: ['deck', 'from'], json: ['media'], apkg: ['deck', 'progress', 'media'], md: ['deck', 'media'], ics: [],
};

const FRESH: ExportRequest = { format: 'report', out: '', deck: null, from: null, to: null, name: '', card_text: false, progress: true, media: true, overwrite: false };

export class Sharing {
  /** What is asked for; the program adds the place. */
  request = $state.raw<ExportRequest>(FRESH);
  /** Whether days are chosen at all. */
  some = $state(false);
  exported = $state.raw<Exported | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** A file of that name is there, and the person is asked. */
  exists = $state(false);

  constructor(readonly api: Backend, readonly work: Work, readonly day: () => string) {}

  get busy(): boolean {
    return this.work.at !== null;
  }

  get backwards(): boolean {
    const { from, to } = this.request;
    return this.some && this.heeds('from') && from !== null && to !== null && to < from;
  }

  /** Into a folder rather than a file. */
  get folder(): boolean {
    const { format, deck } = this.request;
    return format === 'csv' || (format === 'md' && deck === null);
  }

  heeds(what: keyof ExportRequest): boolean {
    return HEEDS[this.request.format].includes(what);
  }

  ask(change: Partial<ExportRequest>): void {
    if (this.busy) return;
    this.request = { ...this.request, ...change };
    this.forget();
  }

  /** What was made last has been read. */
  forget(): void {
    this.exported = null;
    this.failure = null;
    this.exists = false;
  }

  /** Another collection is open. */
  reset(): void {
    this.request = FRESH;
    this.some = false;
    this.forget();
  }

  /** Only what the format heeds is sent. */
  get #sent(): ExportRequest {
    const { request } = this;
    const days = this.some && this.heeds('from');
    return {
      ...request, deck: this.heeds('deck') ? request.deck : null, from: days ? request.from : null, to: days ? request.to : null,
      name: this.heeds('name') ? request.name.trim() : '', card_text: this.heeds('card_text') && request.card_text,
      progress: this.heeds('progress') && request.progress, media: this.heeds('media') && request.media,
    };
  }

  /** Lets the person say where, and writes it there. */
  async save(): Promise<void> {
    await this.#write(() => this.api.exportSave(this.#sent, this.folder ? null : w.share.fileName(this.request.format, this.day())));
  }

  /** Once more to the same place, over what is there. */
  async replace(): Promise<void> {
    await this.#write(() => this.api.exportReplace());
  }

  /** The report in a window of its own, on paper or as PDF if the person likes. */
  async show(print: boolean): Promise<void> {
    if (this.busy || this.backwards) return;
    this.forget();
    const outcome = await this.work.run('share', () => this.api.exportShow(this.#sent, print));
    if (outcome === 'stopped') live.say(w.share.cancelled);
    else if (typeof outcome !== 'string' && 'failed' in outcome) this.failure = outcome.failed;
    else live.say(w.share.shown);
  }

  async reveal(): Promise<void> {
    await this.#after(() => this.api.exportReveal());
  }

  async open(): Promise<void> {
    await this.#after(() => this.api.exportOpen());
  }

  async #write(act: () => Promise<Exported | null>): Promise<void> {
    if (this.busy || this.backwards) return;
    this.forget();
    const outcome = await this.work.run('share', act);
    if (outcome === 'busy') return;
    if (outcome === 'stopped') return live.say(w.share.cancelled);
    if ('failed' in outcome) {
      this.exists = outcome.failed.code === 'exists';
      if (!this.exists) this.failure = outcome.failed;
    } else if (outcome.made) {
      this.exported = outcome.made;
      live.say(w.share.done(outcome.made));
    }
  }

  async #after(act: () => Promise<void>): Promise<void> {
    this.failure = null;
    const outcome = await this.work.run('share', act);
    if (typeof outcome !== 'string' && 'failed' in outcome) this.failure = outcome.failed;
  }
}
