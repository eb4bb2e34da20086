/** Acts of one part of the page, one at a time: whether one runs, and why the last one failed. */
import type { Failure } from './api/backend';
import { asFailure } from './api/failure';

export class Attempt {
  busy = $state(false);
  failure = $state.raw<Failure | null>(null);

  /** Does nothing while another act runs. */
  async run(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      await act();
    } catch (thrown) {
      this.failure = asFailure(thrown);
    } finally {
      this.busy = false;
    }
  }

  readonly dismiss = (): void => {
    this.failure = null;
  };
}
