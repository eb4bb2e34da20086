import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ImportPreview } from '../src/lib/api/backend';
import { mockBackend } from '../src/lib/api/mock';
import { begin, preview, heading, dialog, go, lead, later } from './importing';
import { button, click, field, open, press, settle, spoken, stopTheClock, text, type, wait } from './open';

beforeEach(() => stopTheClock());

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
