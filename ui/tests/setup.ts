import { cleanup } from '@testing-library/svelte';
import { afterEach } from 'vitest';

/** jsdom has no modal dialogs: enough of them to open, close and give the focus back. */
const before = new WeakMap<HTMLDialogElement, Element | null>();
HTMLDialogElement.prototype.showModal = function showModal(this: HTMLDialogElement) {
  before.set(this, document.activeElement);
  this.setAttribute('open', '');
};
HTMLDialogElement.prototype.close = function close(this: HTMLDialogElement) {
  this.removeAttribute('open');
  const back = before.get(this);
  if (back instanceof HTMLElement) back.focus();
  this.dispatchEvent(new Event('close'));
};

document.documentElement.lang = 'en'; // as index.html has it
// axe asks for a canvas for its color rules, which jsdom cannot answer
HTMLCanvasElement.prototype.getContext = () => null;

afterEach(() => cleanup());
