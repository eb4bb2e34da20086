import { getContext, setContext } from 'svelte';
import type { About, Backend, Backup, Failure, PlaceWarning, Restored, SecondFolderOffer, Settings, Start, Step, Today } from './api/backend';
import { asFailure } from './api/failure';
import { Importing } from './importing.svelte';
import { live } from './live.svelte';
import { Sharing } from './sharing.svelte';
import { wear } from './theme';
import { words as w } from './words';
import { Work } from './work.svelte';

export type Screen = 'welcome' | 'today' | 'import' | 'keep' | 'review' | 'settings' | 'help';
/** What the screen “Keep and share” shows. */
export type KeepPart = 'share' | 'backups' | 'check';
export type Trouble = { failure: Failure; collection: string; missing: boolean; backups: Backup[] };

/** What the whole window shares: which screen is open, the settings, today's state. */
export class App {
  screen = $state<Screen | 'opening' | 'trouble'>('opening');
  settings = $state.raw<Settings | null>(null);
  today = $state.raw<Today | null>(null);
  about = $state.raw<About | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  /** The step that the review screen opens with. */
  step = $state.raw<Step | null>(null);
  failure = $state.raw<Failure | null>(null);
  busy = $state(false);
  /** The dialog that any screen may open. */
  dialog = $state<'help' | 'crisis' | null>(null);
  part = $state<KeepPart>('share');
  /** What speaks against the place of the collection. */
  place = $state.raw<PlaceWarning | null>(null);
  /** Other disks for a second folder of backups, until the person has answered. */
  offer = $state.raw<SecondFolderOffer | null>(null);
  readonly importing: Importing;
  readonly work: Work;
  readonly sharing: Sharing;

  /** The place of which a person has said that it is to stay so. */
  #placeLeft = $state(remembered());
  #deferredBacklog = $state('');
  #listeners: ((event: KeyboardEvent) => boolean)[] = [];

  constructor(
    readonly api: Backend,
    /** The hour on the person's clock, 0 to 23. */
    readonly hour: () => number = () => new Date().getHours(),
  ) {
    this.importing = new Importing(api, { show: () => this.go('import'), refresh: () => this.refresh() });
    this.work = new Work(api);
    this.sharing = new Sharing(api, this.work, () => this.today?.day ?? '');
  }

  /** Hears every key that no field or dialog needs, the newest listener first; true means: that was for me. */
  listen(listener: (event: KeyboardEvent) => boolean): () => void {
    this.#listeners.unshift(listener);
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  heard(event: KeyboardEvent): boolean {
    return this.#listeners.some((listener) => listener(event));
  }

  get ready(): Settings {
    if (!this.settings) throw new Error('settings are read before start');
    return this.settings;
  }

  /** The offer to spread the backlog is put off until tomorrow. */
  get backlogDeferred(): boolean {
    return this.today !== null && this.#deferredBacklog === this.today.day;
  }

  deferBacklog(): void {
    this.#deferredBacklog = this.today?.day ?? '';
  }

  get placeLeft(): boolean {
    return this.about !== null && this.#placeLeft === this.about.collection;
  }

  /** The word on the place of the collection is not said again, until the place is another. */
  leavePlace(): void {
    this.#placeLeft = this.about?.collection ?? '';
    localStorage.setItem(PLACE_LEFT, this.#placeLeft);
  }

  async start(): Promise<void> {
    try {
      this.opened(await this.api.start());
    } catch (thrown) {
      this.trouble = { failure: asFailure(thrown), collection: '', missing: false, backups: [] };
      this.screen = 'trouble';
    }
  }

  opened(start: Start): void {
    if (start.state === 'trouble') {
      this.trouble = start;
      this.screen = 'trouble';
      return;
    }
    this.trouble = null;
    this.about = start.about;
    this.today = start.today;
    this.wearSettings(start.settings);
    this.screen = start.settings.welcomed ? 'today' : 'welcome';
    void this.#look();
  }

  /** What is only good to know waits until the cards are there. */
  async #look(): Promise<void> {
    this.place = await this.api.place().catch(() => null);
    this.offer = await this.api.secondFolderOffer().catch(() => null);
  }

  /** Another collection is open: nothing of the former one stays in sight. */
  turned(start: Start): void {
    this.sharing.reset();
    this.importing.forget();
    this.failure = this.step = null;
    this.place = this.offer = null;
    this.opened(start);
  }

  /** Goes back to a backup; what is shown is what is there then. */
  async restore(backup: string, otherCollection: boolean): Promise<Restored> {
    const { start, restored } = await this.api.restore(backup, otherCollection);
    const { screen } = this;
    this.opened(start);
    if (screen === 'keep' && this.screen === 'today') this.screen = screen;
    return restored;
  }

  wearSettings(settings: Settings): void {
    this.settings = settings;
    wear(settings);
  }

  go(screen: Screen): void {
    this.failure = null;
    if (screen === 'today') void this.refresh().finally(() => (this.screen = screen));
    else this.screen = screen;
  }

  async refresh(): Promise<void> {
    await this.attempt(async () => {
      this.today = await this.api.today();
    });
  }

  /** Opens a sitting and shows its first card. */
  async study(open: () => Promise<Step>): Promise<void> {
    await this.attempt(async () => {
      this.step = await open();
      this.screen = 'review';
    });
  }

  /** The large button of Today: goes on with an open sitting, or begins with everything. */
  async begin(): Promise<void> {
    const { today } = this;
    if (!today) return;
    if (today.open_sitting) return this.study(() => this.api.step());
    const { counts } = today;
    if (counts.due + counts.new + counts.drill > 0) await this.study(() => this.api.begin(null, null));
  }

  /** Takes back the last act from a screen that shows no card. */
  async undoOutside(): Promise<void> {
    await this.attempt(async () => {
      const { act } = await this.api.undo();
      this.today = await this.api.today();
      if (act.kind === 'setting') await this.rereadSettings();
      live.say(w.undo.done(act.kind, act.subject));
    });
  }

  /** Saves the settings; rejects with the failure, so that a field can show it. */
  async save(settings: Settings): Promise<void> {
    this.wearSettings(await this.api.saveSettings(settings));
    await this.refresh();
  }

  /** One thing at a time. A failure is kept for the screen to show; nothing is lost. */
  async attempt(act: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.failure = null;
    try {
      await act();
      return true;
    } catch (thrown) {
      this.failure = asFailure(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }

  async rereadSettings(): Promise<void> {
    const start = await this.api.start();
    if (start.state === 'ready') this.wearSettings(start.settings);
  }
}

/** A fact about this window on this computer, so it is no setting of the collection. */
const PLACE_LEFT = 'cairn:place-left';
const remembered = () => localStorage.getItem(PLACE_LEFT) ?? '';

const KEY = Symbol('app');

export function provideApp(app: App): App {
  return setContext(KEY, app);
}

export function useApp(): App {
  return getContext<App>(KEY);
}
