/** What the one polite live region says. It stands in the page from the start. */
class Live {
  text = $state('');
  #turn = false;

  /** The same sentence twice is still two events: an invisible mark makes the texts differ. */
  say(sentence: string): void {
    this.#turn = !this.#turn;
    this.text = this.#turn ? sentence : `${sentence}\u00a0`;
  }
}

export const live = new Live();
