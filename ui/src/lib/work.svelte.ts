/**
 * One longer piece of work at a time: an export, a backup, a check. It is followed until it ends,
 * so that a screen can show how far it is and stop it, and it goes on while another screen is open.
 */
import type { Backend, WorkStatus } from './api/backend';
import { asFailure } from './api/failure';

/** How often the program is asked how far it is. */
export const POLL_MS = 150;
/** Work of fewer polls shows no progress bar. */
const QUIET_POLLS = 4;
const IDLE: WorkStatus = { phase: 'idle', done: 0, total: 0 };

/** What came of it: what was made, what failed, or that the person stopped it. */
export type Outcome<T> = { made: T } | { failed: ReturnType<typeof asFailure> } | 'stopped' | 'busy';

export class Work {
  /** Which part of the program is at work. */
  at = $state<string | null>(null);
  status = $state.raw<WorkStatus>(IDLE);
  stopping = $state(false);

  #polls = $state(0);
  #turn = 0;
  #polling: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly api: Pick<Backend, 'workStatus' | 'workCancel'>) {}

  /** Worth a progress bar: it has been going for a while. */
  slow(at: string): boolean {
    return this.at === at && this.#polls >= QUIET_POLLS;
  }

  async run<T>(at: string, act: () => Promise<T>): Promise<Outcome<T>> {
    if (this.at !== null) return 'busy';
    this.at = at;
    this.status = IDLE;
    this.stopping = false;
    this.#polls = 0;
    this.#turn += 1;
    this.#poll();
    try {
      return { made: await act() };
    } catch (thrown) {
      const failed = asFailure(thrown);
      return failed.code === 'cancelled' ? 'stopped' : { failed };
    } finally {
      clearTimeout(this.#polling);
      this.at = null;
    }
  }

  async stop(): Promise<void> {
    if (this.at === null || this.stopping) return;
    this.stopping = true;
    await this.api.workCancel().catch(() => {});
  }

  #poll(): void {
    this.#polling = setTimeout(() => void this.#ask(), POLL_MS);
  }

  async #ask(): Promise<void> {
    const turn = this.#turn;
    const status = await this.api.workStatus().catch(() => IDLE);
    if (this.at === null || turn !== this.#turn) return;
    // While a dialog of the system is open, nothing is being done.
    if (status.phase !== 'idle') {
      this.#polls += 1;
      this.status = status;
    }
    this.#poll();
  }
}
