import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ImportChoices, ImportPreview } from '../src/lib/api/backend';
import { mockBackend } from '../src/lib/api/mock';
import { begin, preview, heading, dialog, rows, select, go, lead, later } from './importing';
import { button, click, field, settle, spoken, stopTheClock, text, type, wait } from './open';

beforeEach(() => stopTheClock());

describe('the way through', () => {
  test('text is pasted, corrected, imported, and taken back', async () => {
    const { app, api } = await begin();
    const before = await api.today();
    await click(button('Paste text'));
    expect(document.activeElement?.tagName).toBe('TEXTAREA');
    await click(button('Continue'));
    expect(document.querySelector('[role=alert]')?.textContent).toBe('Please paste or type something first.');
    await type(field('Your text'), 'What is hope?|A way on, with others.\nWhat is voice?|To be heard.');
    await click(button('Continue'));
    expect(heading()).toBe('This is what would happen');
    expect(document.activeElement?.tagName, 'the focus goes to the heading').toBe('H1');
    expect(lead()).toBe('2 new cards.');
    expect(spoken()).toBe('2 new cards.');

    await type(field('Between the columns'), 'comma');
    await wait(199);
    expect(rows()[0]?.[0]).toBe('What is hope?');
    await wait(1);
    expect(rows()[0], 'the preview follows').toEqual(['What is hope?|A way on', 'with others.']);
    await type(field('Between the columns'), 'pipe');
    await wait(200);
    expect(rows()[0]).toEqual(['What is hope?', 'A way on, with others.']);

    await type(field('Name of the deck'), 'My training');
    await wait(200);
    await click(button('Import 2 cards'));
    expect(heading()).toBe('It is done.');
    expect(document.activeElement?.tagName).toBe('H1');
    expect(spoken()).toBe('2 new cards.');
    expect(app.today?.counts.new).toBe(before.counts.new + 2);

    await click(button('Import something else'));
    const past = await api.imports();
    expect(past).toHaveLength(3);
    await click(button('Take back pasted text'));
    expect(dialog()?.textContent).not.toContain('answers');
    await click(button('Take it back'));
    expect(dialog()).toBeNull();
    expect(document.activeElement?.textContent, 'the button is gone, so the focus goes to its list').toBe('Earlier imports');
    expect(spoken()).toBe('The import of pasted text is taken back.');
    expect(await api.imports()).toHaveLength(2);
    expect(app.today?.counts.new).toBe(before.counts.new);
  });

  test('a spreadsheet says what it brings and what could not be read', async () => {
    await preview();
    expect(lead()).toBe('5 new cards, 1 changed, 1 the same; 2 lines could not be read.');
    expect(text()).toContain('line 6 This line has a question and no answer. Fill it in');
    expect(text()).toContain('If you edit a question in the file later, it makes a new card.');
    expect(document.querySelectorAll('article')).toHaveLength(5);
    expect([...document.querySelectorAll('thead th')].every((cell) => cell.getAttribute('scope') === 'col')).toBe(true);
    await click(go());
    expect(text()).toContain('5 new cards, 1 changed. 2 could not be read.');
    await click(button('Study now'));
    expect(heading()).toBe('Good morning.');
    expect(text()).toContain('Last: the import of “peer-support-terms.csv”.');
  });

  test('nothing is chosen, and nothing happens', async () => {
    const api = mockBackend('import');
    vi.spyOn(api, 'importChoose').mockResolvedValue(null);
    await preview('import', api);
    expect(heading()).toBe('Import');
    expect(document.querySelector('[role=alert]')).toBeNull();
  });

  test('Cancel goes back, and the program forgets the files', async () => {
    const { api } = await preview();
    const cancel = vi.spyOn(api, 'importCancel');
    await click(button('Cancel'));
    expect(heading()).toBe('Import');
    expect(cancel).toHaveBeenCalledOnce();
    expect(document.activeElement?.tagName).toBe('H1');
  });

  test('with nothing new the button says why it does nothing', async () => {
    const { api } = await preview('import-empty');
    const run = vi.spyOn(api, 'importRun');
    expect(lead()).toBe('No new cards, 120 the same.');
    const button = [...document.querySelectorAll('button')].find((one) => one.getAttribute('aria-disabled') === 'true') as HTMLButtonElement;
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe('There is nothing new in it: every card is already here, just the same.');
    await click(button);
    expect(spoken()).toBe('There is nothing new in it: every card is already here, just the same.');
    expect(run).not.toHaveBeenCalled();
    await click(field('Keep both'));
    await wait(200);
    expect(button.textContent?.trim()).toBe('Import 120 cards');
    expect(button.getAttribute('aria-disabled')).toBe('false');
  });

  test('a preview is kept while one looks elsewhere; a report is not', async () => {
    await preview();
    await click(button('Settings'));
    await click(button('Import'));
    expect(heading()).toBe('This is what would happen');
    await click(go());
    await click(button('Settings'));
    await click(button('Import'));
    expect(heading()).toBe('Import');
  });
});

describe('corrections', () => {
  test('several in a row make one question, and the focus stays', async () => {
    const { api } = await preview();
    const again = vi.spyOn(api, 'importAgain');
    const deck = field('Name of the deck');
    deck.focus();
    for (const name of ['T', 'Te', 'Terms ']) {
      await type(deck, name);
      await wait(150);
    }
    expect(again).not.toHaveBeenCalled();
    await wait(50);
    expect(again.mock.calls.map(([{ deck }]) => deck)).toEqual(['Terms ']);
    expect(document.activeElement).toBe(deck);
    expect(deck.value, 'a space that is being typed stays').toBe('Terms ');
    expect(spoken().startsWith('5 new cards')).toBe(true);
  });

  test('a reply that has been overtaken is dropped, a failure too', async () => {
    const { api } = await preview();
    const real = api.importAgain.bind(api);
    const replies: { choices: ImportChoices; reply: ReturnType<typeof later<ImportPreview>> }[] = [];
    vi.spyOn(api, 'importAgain').mockImplementation((choices) => {
      const reply = later<ImportPreview>();
      replies.push({ choices, reply });
      return reply.promise;
    });
    for (const existing of ['Keep both', 'Leave mine as they are', 'Take the new text']) {
      await click(field(existing));
      await wait(200);
    }
    const [both, mine, update] = await Promise.all(replies.map(({ choices }) => real(choices)));
    replies[2]?.reply.keep(update as ImportPreview);
    await settle();
    expect(lead()).toContain('5 new cards, 1 changed');
    replies[0]?.reply.keep({ ...(both as ImportPreview), counts: { ...(both as ImportPreview).counts, added: 99 } });
    replies[1]?.reply.fail({ code: 'content', message: 'too late', hint: '' });
    await settle();
    expect(lead()).toContain('5 new cards, 1 changed');
    expect(mine).toBeDefined();
    expect(document.querySelector('[role=alert]')).toBeNull();
  });

  test('what has not been shown is not imported', async () => {
    const { api } = await preview();
    const run = vi.spyOn(api, 'importRun');
    await click(field('Keep both'));
    await click(go());
    expect(run).not.toHaveBeenCalled();
    expect(spoken()).toBe('One moment: the preview is following your change.');
    await wait(200);
    await click(button('Import 7 cards'));
    expect(run).toHaveBeenCalledOnce();
  });

  test('a choice that fails is told, can be tried again, and blocks the import until then', async () => {
    const { api } = await preview();
    vi.spyOn(api, 'importAgain').mockRejectedValueOnce({ code: 'content', message: 'terms.csv: not UTF-16', hint: 'Choose another one.' });
    await type(field('Characters'), 'UTF-16');
    await wait(200);
    expect(document.querySelector('[role=alert]')?.textContent).toContain('terms.csv: not UTF-16. Choose another one.');
    expect(go().getAttribute('aria-disabled')).toBe('true');
    await click(button('Try again'));
    expect(document.querySelector('[role=alert]')).toBeNull();
    expect(go().getAttribute('aria-disabled')).toBe('false');
  });

  test('columns, the first line and HTML can be set right', async () => {
    const { api } = await preview();
    const again = vi.spyOn(api, 'importAgain');
    await type(select('Chapter'), 'tags');
    await type(select('Tags'), 'answer');
    await type(select('Answer'), 'ignore');
    await click(field('A card'));
    await click(field('The text is written in HTML'));
    await wait(200);
    expect(again).toHaveBeenCalledOnce();
    expect(again.mock.calls[0]?.[0].table).toEqual({ encoding: 'UTF-8', delimiter: 'semicolon', header: false, columns: ['question', 'ignore', 'answer', 'tags'], html: true });
    expect(select('Column 3').value).toBe('answer');
  });

  test('any character can stand between the columns', async () => {
    const { api } = await begin();
    await click(button('Paste text'));
    await type(field('Your text'), 'hope~a way on\nvoice~to be heard');
    await click(button('Continue'));
    expect(lead()).toBe('No cards; 2 lines could not be read.');
    expect(text()).toContain('No card in it could be read');
    const again = vi.spyOn(api, 'importAgain');
    await type(field('Between the columns'), 'other');
    await wait(200);
    expect(again, 'no character is given yet').not.toHaveBeenCalled();
    await type(field('The character between the columns'), '~');
    await wait(200);
    expect(lead()).toBe('2 new cards.');
    expect(field('The character between the columns').value).toBe('~');
  });

  test('a deck without a name is asked for one', async () => {
    const { api } = await preview();
    const again = vi.spyOn(api, 'importAgain');
    const run = vi.spyOn(api, 'importRun');
    await type(field('Name of the deck'), ' ');
    await wait(400);
    expect(document.querySelector('[role=alert]')?.textContent).toBe('Please give the deck a name.');
    expect(field('Name of the deck').getAttribute('aria-invalid')).toBe('true');
    await click(go());
    expect([again, run].map((one) => one.mock.calls.length)).toEqual([0, 0]);
  });
});

describe('an Anki package', () => {
  test('says what comes along, and can start fresh', async () => {
    const { api } = await preview('import-anki');
    expect(lead()).toBe('42 new notes in 2 decks, 3 changed, 125 the same; 2 notes could not be read.');
    for (const said of ['One note can make several cards.', '2,314 answers from before come with them.', '12 pictures and sounds come with them.', 'Edited by you, and kept that way2', 'Cards that bring their dates38', 'the style does not']) expect(text()).toContain(said);
    expect(text(), 'the file names its decks').not.toContain('Name of the deck');
    const run = vi.spyOn(api, 'importAgain');
    await click(field('Start fresh'));
    await wait(200);
    expect(run.mock.calls[0]?.[0].fresh).toBe(true);
    expect(text()).not.toContain('Cards that bring their dates');
    expect(text()).not.toContain('answers from before');
    await click(go());
    expect(text()).toContain('42 new notes, which make 58 cards, 3 changed.');
  });

  test('its cards are drawn as they will look, pictures too', async () => {
    await preview('import-anki');
    const picture = document.querySelector('article img') as HTMLImageElement;
    expect([picture.getAttribute('src'), picture.alt]).toEqual(['./mark.svg', 'Three flat stones, one on another']);
    expect(text()).toContain('Sound missing: cairn.mp3');
    expect(document.querySelector('article .gap')).not.toBeNull();
    expect(document.querySelector('article mark')?.textContent).toContain('process');
    expect(text()).toContain('Best answer');
    picture.dispatchEvent(new Event('error'));
    await settle();
    expect(document.querySelector('article img'), 'a picture that cannot be loaded is told in words').toBeNull();
    expect(text()).toContain('Three flat stones, one on another');
  });
});
