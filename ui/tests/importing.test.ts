import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Backend, ImportChoices, ImportPreview } from '../src/lib/api/backend';
import { mockBackend } from '../src/lib/api/mock';
import { button, click, field, open, press, settle, spoken, stopTheClock, text, type, wait } from './open';

beforeEach(() => stopTheClock());

const begin = async (scenario = 'import', api: Backend = mockBackend(scenario)) => {
  const opened = await open(scenario, api);
  await click(button('Import'));
  return opened;
};
const preview = async (scenario = 'import', api: Backend = mockBackend(scenario)) => {
  const opened = await begin(scenario, api);
  await click(button('Choose files'));
  return opened;
};
const heading = () => document.querySelector('h1')?.textContent;
const dialog = () => document.querySelector('dialog[open]');
const rows = () => [...document.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent));
const select = (name: string) => document.querySelector<HTMLSelectElement>(`select[aria-label="Use of ${name}"]`) as HTMLSelectElement;
const go = () => button(/^(Import|Change) [\d,]+ (card|note)/);
const lead = () => document.querySelector('.lead')?.textContent;

/** A promise to be kept later. */
function later<T>() {
  let keep: (value: T) => void = () => {};
  let fail: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((resolve, reject) => {
    keep = resolve;
    fail = reject;
  });
  return { promise, keep, fail };
}

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

describe('a long import', () => {
  const running = async () => {
    const opened = await preview('import-long');
    await click(go());
    return opened;
  };

  test('no progress is drawn before it is worth it; then with counts', async () => {
    await running();
    await wait(150);
    expect(document.querySelector('progress')).toBeNull();
    await wait(150);
    expect(heading()).toBe('Importing');
    await wait(150);
    const bar = document.querySelector('progress') as HTMLProgressElement;
    expect([bar.value, bar.max]).toEqual([1551, 12_400]);
    expect(text()).toContain('Looking at the cards…');
    expect(text()).toContain('1,551 of 12,400');
  });

  test('Cancel leaves nothing behind, and the preview is still there', async () => {
    const { api } = await running();
    await wait(450);
    await wait(150);
    await click(button('Cancel'));
    expect(spoken()).toBe('Stopped. Nothing was changed.');
    expect(heading()).toBe('This is what would happen');
    expect(document.querySelector('[role=alert]')).toBeNull();
    expect(await api.imports()).toHaveLength(2);
    await click(go());
    expect(spoken()).not.toContain('moment');
  });

  test('it goes on while one is elsewhere; a review is told to wait, in words', async () => {
    const { app } = await running();
    await wait(300);
    await click(button('Today'));
    await click(button('Begin'));
    expect(document.querySelector('[role=alert]')?.textContent).toContain('An import is running. Your cards are back in a moment.');
    for (let turn = 0; turn < 24; turn += 1) await wait(150);
    expect(app.importing.stage).toBe('report');
    expect(spoken()).toContain('42 new notes');
    expect(document.querySelector('[role=alert]'), 'the note goes with its cause').toBeNull();
    await click(button('Import'));
    expect(heading()).toBe('It is done.');
  });

  test('an import begun elsewhere is told the same way', async () => {
    await open('import-busy');
    await press(' ');
    expect(document.querySelector('[role=alert]')?.textContent).toContain('An import is running. Your cards are back in a moment.');
  });

  test('reading that takes long shows how far it is, and can be stopped', async () => {
    const api = mockBackend('import');
    const reading = later<ImportPreview | null>();
    vi.spyOn(api, 'importChoose').mockReturnValue(reading.promise);
    const status = vi.spyOn(api, 'importStatus');
    vi.spyOn(api, 'importCancel').mockImplementation(async () => reading.fail({ code: 'cancelled', message: '', hint: '' }));
    await preview('import', api);
    await wait(900);
    expect(document.querySelector('progress'), 'while the file dialog is open nothing is done').toBeNull();
    status.mockResolvedValue({ phase: 'reading', done: 30, total: 100 });
    await wait(150);
    await wait(150);
    expect(heading()).toBe('Reading your cards');
    expect(text()).toContain('30 of 100');
    await click(button('Cancel'));
    expect(spoken()).toBe('Stopped. Nothing was changed.');
    expect(heading()).toBe('Import');
  });
});

describe('what fails', () => {
  test('a file that cannot be read says why and what to do', async () => {
    await preview('import-fails');
    expect(document.querySelector('[role=alert]')?.textContent).toContain('peer-support.apkg: the list of cards in it is cut short. Please export it from Anki once more.');
    await click(button('Close this note'));
    expect(document.querySelector('[role=alert]')).toBeNull();
    await click(button('Choose files'));
    expect(document.querySelector('[role=alert]')).not.toBeNull();
    await click(button('Settings'));
    await click(button('Import'));
    expect(document.querySelector('[role=alert]'), 'what has been read does not stay').toBeNull();
  });

  test('an import that fails keeps the preview', async () => {
    await begin('import-fails');
    await click(button('Paste text'));
    await type(field('Your text'), 'hope,a way on');
    await click(button('Continue'));
    await click(button('Import 1 card'));
    expect(document.querySelector('[role=alert]')?.textContent).toContain('The disk is full.');
    expect(heading()).toBe('This is what would happen');
  });

  test('a list of earlier imports that cannot be had is told in its place', async () => {
    const api = mockBackend('import');
    vi.spyOn(api, 'imports').mockRejectedValueOnce({ code: 'busy', message: 'the collection is in use', hint: '' });
    await begin('import', api);
    expect(text()).toContain('The collection is in use.');
    await click(button('Try again'));
    expect(text()).toContain('quizlet-ethics.txt');
  });
});

describe('files that come by themselves', () => {
  const drop = async () => {
    window.dispatchEvent(new Event('dragenter'));
    await settle();
    const over = text().includes('Drop the files to see what is in them.');
    window.dispatchEvent(new Event('drop'));
    await settle();
    return over;
  };

  test('dropped on any screen, they are shown', async () => {
    await open('import');
    expect(await drop(), 'while they hover, the window says what a drop does').toBe(true);
    expect(text()).not.toContain('Drop the files to see');
    expect(heading()).toBe('This is what would happen');
    expect(lead()).toContain('5 new cards');
  });

  test('Cairn was opened with a file', async () => {
    await open('import-opened');
    expect(heading()).toBe('This is what would happen');
  });

  test('on the first day, after the welcome', async () => {
    await open('first-run');
    await drop();
    expect(heading()).toBe('Welcome. This is Cairn.');
    await click(button('Skip this'));
    expect(heading()).toBe('This is what would happen');
  });

  test('an open dialog keeps what was typed; the files wait for it', async () => {
    await open('leech');
    await press(' ');
    await press('e');
    expect(dialog()).not.toBeNull();
    await drop();
    expect(document.querySelector('h1')?.textContent).toBe('Studying');
    await click(button('Cancel'));
    expect(heading()).toBe('This is what would happen');
  });

  test('during an import they wait for its report', async () => {
    const { app } = await preview('import-long');
    await click(go());
    await drop();
    for (let turn = 0; turn < 26; turn += 1) await wait(150);
    expect(heading()).toBe('It is done.');
    await click(button('Import something else'));
    expect(heading()).toBe('This is what would happen');
    expect(app.importing.waiting).toBe(false);
  });

  test('a start never ends here because of a fault inside the program', async () => {
    const api = mockBackend('import');
    vi.spyOn(api, 'importWaiting').mockRejectedValue('no such command');
    await open('import', api);
    expect(heading()).toBe('Good morning.');
    await click(button('Import'));
    expect(document.querySelector('[role=alert]')).toBeNull();
  });

  test('a file that Cairn was opened with and cannot be read is told', async () => {
    const api = mockBackend('import');
    vi.spyOn(api, 'importWaiting').mockRejectedValue({ code: 'content', message: 'a.apkg: not a package', hint: '' });
    await open('import', api);
    expect(document.querySelector('[role=alert]')?.textContent).toContain('a.apkg: not a package.');
    expect(heading()).toBe('Import');
  });
});

describe('taking back', () => {
  test('says how many answers go with it, and asks', async () => {
    const { api } = await begin();
    await click(button('Take back “quizlet-ethics.txt”'));
    expect(dialog()?.textContent).toContain('You have given 12 answers to its cards since. They go with them.');
    await click(button('Keep it'));
    expect(await api.imports()).toHaveLength(2);
    await click(button('Take back “quizlet-ethics.txt”'));
    await click(button('Take it back'));
    expect(spoken()).toBe('The import of “quizlet-ethics.txt” is taken back.');
    expect(await api.imports()).toHaveLength(1);
  });

  test('a refusal is said in the dialog, which stays', async () => {
    const { api } = await begin();
    vi.spyOn(api, 'takeBack').mockRejectedValue({ code: 'busy', message: 'the collection is in use', hint: '' });
    await click(button('Take back “training-notes.csv”'));
    await click(button('Take it back'));
    expect(dialog()?.textContent).toContain('The collection is in use.');
  });

  test('from the report at once, by button or by U', async () => {
    const { api, app } = await preview();
    const before = app.today?.counts.new;
    await click(go());
    await press('u');
    expect(spoken()).toBe('The import of “peer-support-terms.csv” is taken back.');
    expect(heading()).toBe('Import');
    expect(document.activeElement?.tagName).toBe('H1');
    expect(await api.imports()).toHaveLength(2);
    expect(app.today?.counts.new).toBe(before);
  });

  test('from the report it asks when answers would go', async () => {
    const { api } = await preview();
    await click(go());
    const past = (await api.imports()).map((one) => ({ ...one, answers: 1 }));
    vi.spyOn(api, 'imports').mockResolvedValueOnce(past);
    await click(button('Undo this import'));
    expect(dialog()?.textContent).toContain('You have given 1 answer to its cards since. It goes with them.');
    await click(button('Take it back'));
    expect(heading()).toBe('Import');
    expect(await api.imports()).toHaveLength(2);
  });

  test('answers to imported cards are counted', async () => {
    const { api, app } = await preview();
    await click(go());
    await app.study(() => api.begin('peer-support-terms', null));
    await settle();
    await wait();
    await press('3');
    expect((await api.imports())[0]?.answers).toBe(1);
  });
});

describe('the report', () => {
  test('can be saved, or not', async () => {
    const { api } = await preview();
    await click(go());
    vi.spyOn(api, 'saveReport').mockResolvedValueOnce(null);
    await click(button('Save report'));
    expect(text()).not.toContain('The report is saved');
    await click(button('Save report'));
    expect(spoken()).toBe('The report is saved: /home/ana/import-report.csv');
    vi.spyOn(api, 'saveReport').mockRejectedValueOnce({ code: 'not_writable', message: 'cannot write there', hint: 'Choose another place.' });
    await click(button('Save report'));
    expect(document.querySelector('[role=alert]')?.textContent).toContain('Cannot write there.');
  });
});

describe('by keyboard alone', () => {
  const tabbable = () => [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter((one) => !dialog() || dialog()?.contains(one));
  /** Tab, from where the focus is, to the control of that name; never backward. */
  const tabTo = async (name: string) => {
    const all = tabbable();
    const from = all.findIndex((one) => document.activeElement?.contains(one) || (document.activeElement?.compareDocumentPosition(one) ?? 0) & Node.DOCUMENT_POSITION_FOLLOWING);
    const labelled = (one: HTMLElement) => one.getAttribute('aria-label') ?? ('labels' in one && (one.labels as NodeListOf<HTMLElement>)[0]?.textContent?.trim()) ?? '';
    const found = all.slice(Math.max(0, from)).find((one) => (labelled(one) || one.textContent?.trim() || '').startsWith(name));
    if (!found) throw new Error(`no way forward to ${name}`);
    found.focus();
    await settle();
    return found;
  };
  /** Enter on a button, as a browser has it. */
  const enter = async (name: string) => {
    const one = await tabTo(name);
    expect(['BUTTON', 'SUMMARY', 'INPUT']).toContain(one.tagName);
    await click(one);
  };

  test('from Today to the report and back', async () => {
    await open('import');
    document.body.focus();
    (document.querySelector('.skip') as HTMLElement).focus();
    await enter('Import');
    await enter('Choose files');
    expect(document.activeElement).toBe(document.querySelector('h1'));
    await type((await tabTo('Between the columns')) as HTMLSelectElement, 'tab');
    await wait(200);
    expect(document.activeElement?.tagName, 'the focus stays in the field').toBe('SELECT');
    await type(document.activeElement as HTMLSelectElement, 'semicolon');
    await wait(200);
    await type((await tabTo('Use of Chapter')) as HTMLSelectElement, 'note');
    await wait(200);
    await enter('Leave mine as they are');
    await wait(200);
    expect((document.activeElement as HTMLInputElement).checked).toBe(true);
    await enter('Import 5 cards');
    expect(document.activeElement).toBe(document.querySelector('h1'));
    await enter('Undo this import');
    expect(document.activeElement).toBe(document.querySelector('h1'));
    await enter('Take back “quizlet-ethics.txt”');
    expect(document.activeElement?.textContent).toBe('Take this import back?');
    await enter('Keep it');
    expect(document.activeElement?.textContent?.trim()).toBe('Take back');
    expect([...document.querySelectorAll('[tabindex]')].every((one) => Number(one.getAttribute('tabindex')) <= 0)).toBe(true);
  });
});
