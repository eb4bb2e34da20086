import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Answer, Backend, Failure } from '../src/lib/api/backend';
import { mockBackend } from '../src/lib/api/mock';
import { button, click, open, press, settle, spoken, stopTheClock, study, text, wait } from './open';

beforeEach(() => stopTheClock());

/** The mock, with a note of every answer it was given. */
function listening(scenario: string): { api: Backend; answers: Answer[] } {
  const real = mockBackend(scenario);
  const answers: Answer[] = [];
  return { answers, api: { ...real, answer: (answer) => (answers.push(answer), real.answer(answer)) } };
}
const focused = () => document.activeElement as HTMLElement;
const described = () => document.getElementById(focused().getAttribute('aria-describedby') ?? '')?.textContent ?? '';

describe('a card by keyboard', () => {
  test('Space shows the answer, then means Good', async () => {
    const { api, answers } = listening('short');
    await study('short', api);
    expect(described()).toContain('What does it mean that peer support is mutual?');
    expect(text()).not.toContain('Each person gives');
    await press(' ');
    expect(spoken()).toBe('Answer shown.');
    expect(focused().getAttribute('aria-label')).toBe('Answer');
    expect(described()).toContain('Each person gives and receives');
    await wait();
    await press(' ');
    expect(answers.map((one) => one.grade)).toEqual([4]);
    expect(spoken()).toBe('Good. Next in 38 days. 1 left.');
    expect(focused().getAttribute('aria-label')).toBe('Question');
  });

  test.each([['1', 1], ['2', 3], ['3', 4], ['4', 5], ['Enter', 4]])('%s gives grade %d', async (key, grade) => {
    const { api, answers } = listening('short');
    await study('short', api);
    await press('Enter');
    await wait();
    await press(key);
    expect(answers.map((one) => one.grade)).toEqual([grade]);
  });

  test('each button shows its real date', async () => {
    await study('usual');
    await press(' ');
    const labels = [...document.querySelectorAll('[data-grade]')].map((one) => one.textContent?.replace(/\s+/g, ' ').trim());
    expect(labels).toEqual(['Again1 today, then tomorrow', 'Hard2 today, then December 27', 'Good3 December 29', 'Easy4 December 30']);
    expect(text()).not.toContain('Same date for now');
  });

  test('a line says when dates coincide', async () => {
    await study('cloze');
    expect(text()).toContain('(blank: a reason to get up)');
    await press(' ');
    expect(text()).toContain('answer: purpose');
    expect(text()).toContain('Same date for now; your answer changes the later ones.');
  });

  test('grades are ignored for 300 ms after the answer appears', async () => {
    const { api, answers } = listening('short');
    await study('short', api);
    await press(' ');
    await wait(299);
    await press('3');
    await press(' ');
    await click(button('Good'));
    expect(answers).toEqual([]);
    await wait(1);
    await press('3');
    expect(answers).toHaveLength(1);
  });

  test('holding Space down does not grade', async () => {
    const { api, answers } = listening('short');
    await study('short', api);
    await press(' ');
    await wait();
    for (let i = 0; i < 30; i += 1) await press(' ', { repeat: true });
    expect(answers).toEqual([]);
  });

  test('modifiers and composing letters do nothing', async () => {
    const { api, answers } = listening('short');
    await study('short', api);
    await press(' ');
    await wait();
    await press('3', { ctrlKey: true });
    await press('3', { altKey: true });
    await press('3', { metaKey: true });
    await press('3', { isComposing: true });
    await press('s', { ctrlKey: true });
    expect(answers).toEqual([]);
    expect(text()).toContain('Each person gives');
  });

  test('the time taken runs from the card to the answer, a minute at most', async () => {
    const { api, answers } = listening('short');
    await study('short', api);
    await wait(2_500);
    await press(' ');
    await wait(500);
    await press('3');
    await wait(90_000);
    await press(' ');
    await wait();
    await press('3');
    expect(answers.map((one) => one.taken_ms)).toEqual([3_000, 60_000]);
  });

  test('a new card is read at once, then said how well it was known', async () => {
    const { api, answers } = listening('new');
    await study('new', api);
    expect(text()).toContain('New to you');
    expect(text()).toContain('hope and connection');
    expect(focused().getAttribute('aria-label')).toBe('New to you: question and answer');
    await press('3');
    expect(answers, 'the same guard holds for what is shown at once').toEqual([]);
    await wait();
    await press('3');
    expect(answers).toHaveLength(1);
    expect(text()).toContain('No recall to measure yet');
  });

  test('on the full scale 0 to 5 grade', async () => {
    const { api, answers } = listening('six');
    await study('six', api);
    await press('2');
    expect(answers).toEqual([]);
    await press(' ');
    await wait();
    await press('2');
    expect(answers.map((one) => one.grade)).toEqual([2]);
  });
});

describe('a choice', () => {
  test('letters and digits pick, Enter confirms, and nothing else happens', async () => {
    const { api, answers } = listening('choice');
    await study('choice', api);
    await press('1');
    expect(spoken()).toBe('A chosen.');
    await press('b');
    expect(document.querySelectorAll('input[type=radio]:checked')).toHaveLength(1);
    expect(spoken()).toBe('B chosen.');
    expect(text(), 'B picks; it does not hide the card').toContain('missed two appointments');
    await press('Enter');
    expect(spoken()).toBe('Yes. That is the best answer.');
    expect(answers).toEqual([]);
  });

  test('Enter without a pick only says so', async () => {
    await study('choice');
    await press('Enter');
    expect(spoken()).toBe('Choose one first.');
    expect(document.querySelector('[role=radiogroup]')).not.toBeNull();
  });

  test('wrong: every reason, Again is saved, one key goes on', async () => {
    const { api, answers } = listening('choice');
    await study('choice', api);
    await press('a');
    await press('Enter');
    expect(spoken()).toBe('You chose A. The best answer is B.');
    for (const reason of ['Here it takes over', 'Choice and voice come first', 'closes the door', 'it answers a rule']) expect(text()).toContain(reason);
    expect(document.querySelectorAll('[data-grade]')).toHaveLength(0);
    await wait();
    await press(' ');
    expect(answers).toMatchObject([{ grade: 1, option: 'o1' }]);
  });

  test('right: Hard, Good, Easy, and "I guessed", which counts as Again', async () => {
    const { api, answers } = listening('choice');
    await study('choice', api);
    await press('2');
    await press('Enter');
    const names = [...document.querySelectorAll('[data-grade] b span')].map((one) => one.textContent);
    expect(names).toEqual(['I guessed', 'Hard', 'Good', 'Easy']);
    await wait();
    await press('1');
    expect(answers).toMatchObject([{ grade: 1, option: 'o2' }]);
    expect(spoken()).toMatch(/^I guessed\. Once more today/);
  });

  test('a new one welcomes a guess', async () => {
    const { api, answers } = listening('choice');
    await study('choice', api);
    await press('b');
    await press('Enter');
    await wait();
    await press('3');
    expect(text()).toContain('A guess is welcome.');
    await press('a');
    await press(' ');
    expect(text()).toContain('That is what a first look is for.');
    await wait();
    await press('3');
    expect(answers[1], 'whatever key is pressed, a wrong choice is Again').toMatchObject({ grade: 1 });
  });
});

describe('around the card', () => {
  test('the drill has two buttons and leaves the date alone', async () => {
    const { api, answers } = listening('short');
    await study('short', api);
    for (let card = 0; card < 2; card += 1) {
      await press(' ');
      await wait();
      await press('1');
    }
    expect(text()).toContain('See again');
    await press(' ');
    expect([...document.querySelectorAll('[data-grade] b span')].map((one) => one.textContent)).toEqual(['Not yet', 'Got it']);
    await wait();
    await press('1');
    await press(' ');
    await wait();
    await press('2');
    await press(' ');
    await wait();
    await press(' ');
    expect(answers.slice(2).map((one) => one.grade)).toEqual([1, 4, 4]);
    expect(text()).toContain('Done for today.');
  });

  test('undo names what it took back and returns to the card', async () => {
    await study('short');
    await press(' ');
    await wait();
    await press('3');
    expect(document.getElementById(button('Undo').getAttribute('aria-describedby') ?? '')?.textContent).toBe('Takes back your answer to “What does it mean that peer support is mutual?”.');
    await press('z', { ctrlKey: true });
    expect(spoken()).toBe('Taken back: your answer to “What does it mean that peer support is mutual?”. You are back at this card.');
    expect(described()).toContain('mutual');
    await press('u');
    expect(spoken()).toBe('There is nothing to undo.');
  });

  test('not today, set aside, and flag', async () => {
    await study('usual');
    await press('f');
    expect(text()).toContain('Flagged');
    expect(spoken()).toBe('Flag set.');
    await press('b');
    expect(spoken()).toBe('Hidden until tomorrow.');
    expect(text()).toContain('missed two appointments');
    await press('s');
    expect(spoken()).toBe('Set aside. Undo brings it back.');
    expect(text()).toContain('Four dimensions');
  });

  test('the flag does not turn the card back', async () => {
    await study('usual');
    await press(' ');
    await press('f');
    expect(text()).toContain('Each person gives');
  });

  test('edit, source, 988 and keys open as dialogs, and the card hears nothing meanwhile', async () => {
    const { api, answers } = listening('short');
    await study('short', api);
    await press('o');
    expect(document.querySelector('dialog'), 'the source would give the answer away').toBeNull();
    await press(' ');
    await wait();
    for (const [key, title] of [['o', 'Where this comes from'], ['9', 'In a hard moment'], ['?', 'Keys and help'], ['e', 'Edit this card']] as const) {
      await press(key);
      expect(document.querySelector('dialog h2')?.textContent).toBe(title);
      await press('3');
      await click(button('Close'));
      expect(document.querySelector('dialog')).toBeNull();
      expect(focused().getAttribute('aria-label'), 'the focus comes back').toBe('Answer');
    }
    expect(answers).toEqual([]);
  });

  test('an edit is saved and shown', async () => {
    await study('short');
    await press('e');
    const front = document.querySelector('textarea') as HTMLTextAreaElement;
    front.value = 'What is *mutual* support?';
    front.dispatchEvent(new Event('input', { bubbles: true }));
    document.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await settle();
    expect(document.querySelector('dialog')).toBeNull();
    expect(text()).toContain('What is mutual support?');
    expect(spoken()).toBe('Saved. Dates and progress are unchanged.');
  });

  test('the menu walks by arrows and gives the focus back', async () => {
    await study('usual');
    await press('.');
    expect(focused().getAttribute('role')).toBe('menuitem');
    expect(focused().textContent).toContain('Edit');
    await press('ArrowDown');
    expect(focused().textContent).toContain('Flag');
    await press('Escape');
    expect(focused()).toBe(button('More for this card'));
    expect(text(), 'Escape closed the menu and did not leave').toContain('0 of 12');
  });

  test('Escape leaves; Today offers to go on', async () => {
    await study('usual');
    await press(' ');
    await wait();
    await press('3');
    await press('Escape');
    expect(text()).toContain('You are 1 of 12 into a sitting. It is all saved.');
    await press(' ');
    expect(text()).toContain('1 of 12');
  });

  test('with shortcuts switched off, keys do nothing and none is announced', async () => {
    await study('keys-off');
    await press(' ');
    await press('3');
    expect(text()).not.toContain('Each person gives');
    expect(document.querySelector('kbd')).toBeNull();
    expect(button('Show answer').hasAttribute('aria-keyshortcuts')).toBe(false);
  });
});

describe('when something fails', () => {
  const failing = (scenario: string, failure: Failure): Backend & { heal: () => void } => {
    const real = mockBackend(scenario);
    let well = false;
    return { ...real, heal: () => (well = true), answer: (answer) => (well ? real.answer(answer) : Promise.reject(failure)) };
  };

  test('nothing is lost, and one may try again', async () => {
    const api = failing('short', { code: 'disk_full', message: 'The disk is full.', hint: 'Make some room, then try again.' });
    await study('short', api);
    await press(' ');
    await wait();
    await press('3');
    expect(document.querySelector('[role=alert]')?.textContent).toContain('The disk is full.');
    expect(text()).toContain('Each person gives');
    api.heal();
    await click(button('Try again'));
    expect(text()).toContain('1 of 2');
    expect(document.querySelector('[role=alert]')).toBeNull();
  });

  test('a card that changed meanwhile is shown anew', async () => {
    const api = failing('short', { code: 'card_changed', message: '', hint: '' });
    await study('short', api);
    await press(' ');
    await wait();
    await press('3');
    expect(document.querySelector('[role=alert]')?.textContent).toContain('This card changed in the meantime');
    expect(text()).not.toContain('Each person gives');
  });
});

test('marks for the bench come in threes, and none for an answer that failed', async () => {
  class AtOnce {
    port1 = { onmessage: () => {}, close: () => {} };
    port2 = { postMessage: () => this.port1.onmessage() };
  }
  vi.stubGlobal('MessageChannel', AtOnce);
  const real = mockBackend('short');
  const answer = vi.fn(real.answer).mockRejectedValueOnce({ code: 'busy', message: 'Busy.', hint: '' });
  await study('short', { ...real, answer });
  await press(' ');
  await wait();
  const marks = vi.spyOn(performance, 'mark');
  const names = () => marks.mock.calls.map(([name]) => name);
  await press('3');
  await wait();
  expect(names()).toEqual([]);
  await press('3');
  await wait();
  expect(names()).toEqual(['cairn:key', 'cairn:reply', 'cairn:painted']);
  vi.unstubAllGlobals();
});

test('a short sitting ends, and says that more is there', async () => {
  const { app } = await open('usual');
  await app.study(() => app.api.begin(null, 1));
  await settle();
  await press(' ');
  await wait();
  await press('3');
  expect(text()).toContain('That’s it for now.');
  expect(text()).toContain('11 more cards are there today, if you like.');
  await click(button('Go on'));
  expect(text()).toContain('0 of 11');
});
