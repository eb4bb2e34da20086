/**
 * A sitting: which card is open, how far it has been turned, and what a grade does.
 * The screen draws it and turns keys into these calls.
 */
import type { Backend, Content, Failure, Outcome, Shown, ShownOption, Step } from './api/backend';
import { asFailure } from './api/failure';
import { live } from './live.svelte';
import { mark, markPainted } from './marks';
import { words as w } from './words';

/** Grades come too early to be meant within this time after the answer appears. */
export const GUARD_MS = 300;
const LONGEST_ANSWER_MS = 60_000;

export type Notice = { kind: 'failure'; failure: Failure; retry: (() => Promise<void>) | null } | { kind: 'changed' };
/** Where the focus goes once the page has been drawn anew. */
export type Landing = 'card' | 'answer' | null;

export class Review {
  step = $state.raw<Step>() as Step;
  revealed = $state(false);
  /** Index of the option picked and not yet confirmed. */
  picked = $state<number | null>(null);
  busy = $state(false);
  notice = $state.raw<Notice | null>(null);
  landing = $state<{ to: Landing }>({ to: 'card' });
  #shownAt = performance.now();
  #revealedAt = performance.now();

  constructor(
    readonly api: Backend,
    step: Step,
    /** Called when an undo took back a change of the settings. */
    readonly settingsUndone: () => Promise<void> = async () => {},
  ) {
    this.#open(step);
  }

  get shown(): Shown | null {
    return this.step.shown;
  }
  get choosing(): boolean {
    return this.shown?.kind === 'choice' && !this.revealed;
  }
  get pick(): ShownOption | null {
    return this.picked === null ? null : (this.shown?.options[this.picked] ?? null);
  }
  /** A choice that was confirmed and is not the best one: Again is what will be saved. */
  get wrong(): boolean {
    return this.revealed && this.shown?.kind === 'choice' && this.pick?.right !== true;
  }
  get left(): number {
    const { done, total } = this.step.progress;
    return Math.max(0, total - done);
  }
  /** The answer has been in sight long enough for a grade to be meant. */
  get settled(): boolean {
    return performance.now() - this.#revealedAt >= GUARD_MS;
  }

  outcome(grade: number): Outcome | null {
    return this.shown?.outcomes.find((one) => one.grade === grade) ?? null;
  }

  choose(index: number): void {
    if (this.choosing && this.shown?.options[index]) this.picked = index;
  }

  reveal(): void {
    if (!this.shown || this.revealed) return;
    if (this.choosing && this.picked === null) {
      live.say(w.review.pickFirst);
      return;
    }
    this.#turn();
    live.say(this.shown.kind === 'choice' ? this.verdict() : w.review.answerShown);
  }

  /** What came of a choice, in a sentence. */
  verdict(): string {
    const { shown } = this;
    if (!shown || !this.wrong) return w.review.rightLine;
    const letter = (index: number) => String.fromCharCode(65 + index);
    const right = letter(shown.options.findIndex((option) => option.right));
    const mine = letter(this.picked ?? 0);
    return shown.phase === 'new' ? w.review.wrongLineNew(mine, right) : w.review.wrongLine(mine, right);
  }

  /** `named`: how the button was called. Ignored while another answer is on its way or the answer has just appeared. */
  async grade(grade: number, named: string): Promise<void> {
    const { shown } = this;
    if (!shown || !this.revealed || this.busy || !this.settled) return;
    const outcome = this.outcome(grade);
    if (!outcome) return;
    const pressedAt = performance.now();
    const taken = Math.round(Math.min(pressedAt - this.#shownAt, LONGEST_ANSWER_MS));
    const answer = { token: shown.token, grade, taken_ms: taken, option: this.pick?.id ?? null };
    await this.#attempt(async () => {
      const step = await this.api.answer(answer);
      mark('cairn:key', pressedAt);
      mark('cairn:reply');
      this.#open(step);
      markPainted();
      const said = shown.phase === 'drill'
        ? w.review.savedDrill(named, this.left)
        : w.review.saved(named, outcome.in_days, outcome.drill_today, this.left);
      live.say(said);
    });
  }

  async undo(): Promise<void> {
    await this.#attempt(async () => {
      const { act, step } = await this.api.undo();
      this.#open(step);
      if (act.kind === 'setting') await this.settingsUndone();
      live.say(w.review.undone(w.undo.done(act.kind, act.subject), step.shown ? w.review.hereAgain : ''));
    });
  }

  async bury(): Promise<void> {
    await this.#move((card) => this.api.bury(card), w.review.buried);
  }

  async suspend(): Promise<void> {
    await this.#move((card) => this.api.suspend(card), w.review.suspended);
  }

  async flag(): Promise<void> {
    const { shown } = this;
    if (!shown) return;
    await this.#attempt(async () => {
      this.#keepOpen(await this.api.flag(shown.card, !shown.flagged), null);
      live.say(shown.flagged ? w.review.flagOff : w.review.flagOn);
    });
  }

  /** Rejects with the failure, so that the editor can show it and keep what was typed. */
  async edit(content: Content): Promise<void> {
    if (!this.shown) return;
    this.#keepOpen(await this.api.edit(this.shown.note, content), null);
    live.say(w.edit.saved);
  }

  async goOn(): Promise<void> {
    await this.#attempt(async () => this.#open(await this.api.begin(null, null)));
  }

  async #move(act: (card: string) => Promise<Step>, said: string): Promise<void> {
    const card = this.shown?.card;
    if (!card) return;
    await this.#attempt(async () => {
      this.#open(await act(card));
      live.say(said);
    });
  }

  #open(step: Step): void {
    this.step = step;
    this.revealed = false;
    this.picked = null;
    this.#shownAt = performance.now();
    const reading = step.shown?.phase === 'new' && step.shown.kind !== 'choice';
    if (reading) this.#turn();
    this.landing = { to: 'card' };
  }

  /** A step that may still show the same card: it stays turned as it was. */
  #keepOpen(step: Step, landing: Landing): void {
    if (step.shown?.card !== this.shown?.card) return this.#open(step);
    this.step = step;
    this.landing = { to: landing };
  }

  #turn(): void {
    this.revealed = true;
    this.#revealedAt = performance.now();
    this.landing = { to: 'answer' };
  }

  async #attempt(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.notice = null;
    try {
      await act();
    } catch (thrown) {
      await this.#failed(asFailure(thrown), act);
    } finally {
      this.busy = false;
    }
  }

  async #failed(failure: Failure, act: () => Promise<void>): Promise<void> {
    if (failure.code === 'nothing_to_undo') {
      live.say(w.undo.nothing);
      return;
    }
    if (failure.code !== 'card_changed') {
      this.notice = { kind: 'failure', failure, retry: () => this.#attempt(act) };
      return;
    }
    try {
      this.#open(await this.api.step());
      this.notice = { kind: 'changed' };
    } catch (thrown) {
      this.notice = { kind: 'failure', failure: asFailure(thrown), retry: null };
    }
  }
}
