import axe from 'axe-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Backend, ExportFormat } from '../src/lib/api/backend';
import { mockBackend } from '../src/lib/api/mock';
import { dialog, heading } from './importing';
import { button, click, field, open, settle, spoken, stopTheClock, text, type, wait } from './open';

beforeEach(() => {
  stopTheClock();
  localStorage.clear();
});

const keep = async (scenario = 'usual', part = 'Share', api: Backend = mockBackend(scenario)) => {
  const opened = await open(scenario, api);
  await click(button('Keep and share'));
  await click(button(part));
  return opened;
};
const radio = (format: ExportFormat) => document.querySelector<HTMLInputElement>(`input[value=${format}]`) as HTMLInputElement;
const title = () => document.querySelector('.notice .title')?.textContent;

describe('what goes out', () => {
  test('each format says what it is for, and asks only what matters for it', async () => {
    await keep();
    expect(heading()).toBe('Keep and share');
    expect(document.querySelectorAll('.formats label')).toHaveLength(6);
    const asked: Record<ExportFormat, string[]> = {
      report: ['Your name', 'Which days', 'Quote cards'], csv: ['Which cards', 'Which days'], json: ['With pictures'], apkg: ['Which cards', 'With dates', 'With pictures'], md: ['Which cards', 'With pictures'], ics: [],
    };
    const all = ['Your name', 'Which days', 'Which cards', 'Quote cards', 'With dates', 'With pictures'];
    for (const [format, wanted] of Object.entries(asked)) {
      await click(radio(format as ExportFormat));
      const section = document.querySelector('section')?.textContent ?? '';
      expect(all.filter((one) => section.includes(one)).sort(), format).toEqual([...wanted].sort());
    }
  });

  test('the report is saved, and says where it lies and what it holds', async () => {
    const api = mockBackend();
    const save = vi.spyOn(api, 'exportSave');
    const reveal = vi.spyOn(api, 'exportReveal');
    await keep('usual', 'Share', api);
    await type(field('Your name'), '  Ana Ruiz ');
    await click(field('Choose days'));
    const from = [...document.querySelectorAll('fieldset')].find((one) => one.querySelector('legend')?.textContent === 'From');
    const [month, day, year] = [...(from?.querySelectorAll('select, input') ?? [])] as HTMLInputElement[];
    for (const [control, value] of [[month, '11'], [day, '1'], [year, '2026']] as const) await type(control as HTMLInputElement, value);
    year?.dispatchEvent(new FocusEvent('focusout', { bubbles: true, relatedTarget: button('Save') }));
    await settle();
    await click(button('Save'));
    expect(save).toHaveBeenCalledWith(
      { format: 'report', out: '', deck: null, from: '2026-11-01', to: null, name: 'Ana Ruiz', card_text: false, progress: false, media: false, overwrite: false }, 'Cairn progress 2026-11-21.html',
    );
    expect(title()).toBe('The progress report is saved.');
    expect(spoken()).toBe('The progress report is saved.');
    expect(text()).toContain('/home/ana/Documents/Cairn progress 2026-11-21.html (84 kB)');
    await click(button('Show in folder'));
    expect(reveal).toHaveBeenCalledOnce();
  });

  test('days that run backwards are told, and nothing is written', async () => {
    const api = mockBackend();
    const save = vi.spyOn(api, 'exportSave');
    const { app } = await keep('usual', 'Share', api);
    await click(field('Choose days'));
    app.sharing.ask({ from: '2026-11-20', to: '2026-11-02' });
    await settle();
    expect(document.querySelector('[role=alert]')?.textContent).toContain('before the first one');
    await click(button('Save'));
    expect(save).not.toHaveBeenCalled();
    expect(spoken()).toContain('before the first one');
  });

  test('tables go into a folder, and what is there is replaced only at a word', async () => {
    const api = mockBackend('keep-exists');
    const save = vi.spyOn(api, 'exportSave');
    const replace = vi.spyOn(api, 'exportReplace');
    await keep('keep-exists', 'Share', api);
    await click(radio('csv'));
    await click(button('Choose a folder'));
    expect(save.mock.calls[0]?.[1], 'no name is suggested for a folder').toBeNull();
    expect(dialog()?.textContent).toContain('Replace what is there?');
    await click(button('Keep it'));
    expect(dialog()).toBeNull();
    expect(replace).not.toHaveBeenCalled();
    await click(button('Choose a folder'));
    await click(button('Replace it'));
    expect(title()).toBe('The tables are saved.');
    expect(text()).toContain('reviews.csv');
  });

  test('a dialog that is closed changes nothing; a full disk is told in words', async () => {
    const api = mockBackend();
    vi.spyOn(api, 'exportSave').mockResolvedValueOnce(null);
    await keep('usual', 'Share', api);
    await click(button('Save'));
    expect(document.querySelector('.notice')).toBeNull();
    vi.spyOn(api, 'exportSave').mockRejectedValueOnce({ code: 'disk_full', message: 'there is no room on the disk for /x', hint: 'Free some space.' });
    await click(button('Save'));
    expect(document.querySelector('[role=alert]')?.textContent).toContain('There is no room on the disk');
  });

  test('long work shows how far it is and can be stopped; it goes on on other screens', async () => {
    await keep('keep-long');
    await click(button('Save'));
    expect(document.querySelector('progress'), 'no bar for a moment').toBeNull();
    for (let poll = 0; poll < 5; poll += 1) await wait(150);
    expect(document.querySelector('progress')?.value).toBeGreaterThan(0);
    expect(text()).toMatch(/\d+ of 1,678/);
    await click(button('Today'));
    await click(button('Keep and share'));
    expect(document.querySelector('progress')).not.toBeNull();
    await click(button('Cancel'));
    await wait(150);
    expect(document.querySelector('progress')).toBeNull();
    expect(spoken()).toBe('Stopped. Nothing was written.');
    await click(button('Save'));
    for (let poll = 0; poll < 30; poll += 1) await wait(150);
    expect(title()).toBe('The progress report is saved.');
  });

  test('the report is shown, and printed if wanted', async () => {
    const api = mockBackend();
    const show = vi.spyOn(api, 'exportShow');
    await keep('usual', 'Share', api);
    await click(button('Look at it'));
    expect(show.mock.calls[0]?.[1]).toBe(false);
    expect(spoken()).toBe('The report is open in a window of its own.');
    await click(button('Print or save as PDF'));
    expect(show.mock.calls[1]?.[1]).toBe(true);
  });
});

describe('backups', () => {
  const rows = () => [...document.querySelectorAll('.list li')].map((row) => row.textContent?.replace(/\s+/g, ' ') ?? '');

  test('each says when, why, what it holds, and what going back would lose', async () => {
    await keep('usual', 'Backups');
    expect(rows()).toHaveLength(6);
    expect(rows()[0]).toContain('Going back to it loses nothing.');
    expect(rows()[2]).toContain('before an import, in the second folder');
    expect(rows()[2]).toContain('323 cards, 1,218 answers');
    expect(rows()[2]).toContain('Since then: 73 answers and 2 other changes.');
  });

  test('a backup is made at a word', async () => {
    await keep('usual', 'Backups');
    await click(button('Back up now'));
    expect(spoken()).toBe('A backup is made.');
    expect(rows()).toHaveLength(7);
    expect(rows()[0]).toContain('made by you');
  });

  test('going back says what is lost, keeps the present, and can be taken back', async () => {
    const { app } = await keep('usual', 'Backups');
    await click(button(/Go back to the backup of November 1[56]/));
    expect(dialog()?.textContent).toContain('What came later is then gone: 281 answers, 1 import with 64 notes, and 2 other changes.');
    expect(dialog()?.textContent).toContain('the present is kept as a backup');
    await click(button('Stay here'));
    expect(text()).not.toContain('You went back');
    await click(button(/Go back to the backup of November 1[56]/));
    await click(button(/^Go back$/));
    expect(app.screen).toBe('keep');
    expect(spoken()).toMatch(/Your cards are as they were on November 1[56], 2026/);
    expect(document.activeElement?.textContent).toBe('Backups');
    expect(title()).toMatch(/You went back to the backup of November 1[56]/);
    await click(button('Take it back'));
    expect(spoken()).toBe('Taken back. Everything is as it was before.');
    expect(text()).not.toContain('You went back');
  });

  test('folder, second folder and room are set in Settings', async () => {
    await open();
    await click(button('Settings'));
    expect(text()).toContain('.local/share/Cairn/collection.cairn.backups');
    await click(button('Choose a second folder'));
    expect(text()).toContain('/media/ana/BLUE/Cairn');
    await click(button('No more copies there'));
    expect(text()).toMatch(/Second folder None/);
    await type(field('Room for backups'), '3');
    expect(document.querySelector('[role=alert]')?.textContent).toContain('Less than 64 MB is too small');
    await type(field('Room for backups'), '500');
    expect(document.querySelector('[role=alert]')).toBeNull();
  });
});

describe('the check', () => {
  test('says that all is well', async () => {
    await keep('usual', 'Check');
    await click(button('Check now'));
    expect(spoken()).toBe('Everything is fine.');
    expect(document.activeElement?.textContent).toBe('Everything is fine.');
    expect(text()).toContain('Looked at 367 notes, 387 cards and 1,291 answers.');
    expect(text()).toContain('Good to know');
  });

  test('names what is wrong, repairs it at a word, and takes the repair back', async () => {
    const { api } = await keep('keep-faults', 'Check');
    const undo = vi.spyOn(api, 'undo');
    await click(button('Check now'));
    expect(spoken()).toBe('2 things need a look.');
    expect(text()).toContain('The dates of 3 cards are not what their answers say.');
    expect(text()).toContain('For example: “What is recovery capital?”, “Name the eight dimensions”, and others.');
    await click(button('Repair…'));
    expect(dialog()?.textContent).toContain('a backup is made');
    await click(button(/^Repair$/));
    expect(spoken()).toBe('The repair is done.');
    expect(text()).toContain('3 cards got the dates that their answers say');
    await click(button('Undo the repair'));
    expect(undo).toHaveBeenCalledOnce();
  });

  test('a damaged file leads to the backups', async () => {
    await keep('keep-damaged', 'Check');
    await click(button('Check now'));
    expect(text()).toContain('Parts of the file itself cannot be read.');
    expect(() => button('Repair…')).toThrow();
    await click(document.querySelector('.damaged button') as Element);
    expect(text()).toContain('Back up now');
  });

  test('it can be stopped', async () => {
    await keep('keep-long', 'Check');
    await click(button('Check now'));
    for (let poll = 0; poll < 5; poll += 1) await wait(150);
    await click(button('Cancel'));
    await wait(150);
    expect(spoken()).toBe('Stopped. Nothing was changed.');
  });
});

describe('places', () => {
  test('a synced folder is told on Today until it is left so, and always in Settings', async () => {
    const { app } = await open('keep-place');
    expect(text()).toContain('Your cards lie in a folder of Dropbox');
    await click(button('I know, leave it here'));
    expect(text()).not.toContain('Your cards lie in a folder of Dropbox');
    await click(button('Settings'));
    expect(text()).toContain('The better way: Keep the collection in a folder of this computer alone');
    app.about = { ...app.about, collection: '/elsewhere' } as NonNullable<typeof app.about>;
    expect(app.placeLeft, 'another place is told anew').toBe(false);
  });

  test('a second folder is offered once', async () => {
    const { api } = await open('keep-place');
    const answer = vi.spyOn(api, 'answerOffer');
    expect(text()).toContain('Cairn can also copy them to “BLUE” (/media/ana/BLUE).');
    await click(button('Copy them there too'));
    expect(answer).toHaveBeenCalledWith('/media/ana/BLUE/Cairn backups');
    expect(spoken()).toContain('Backups are copied there from now on');
    expect(text()).not.toContain('Keep a second copy');
  });

  test('other collections are opened, made, and taken off the list', async () => {
    const { api } = await open();
    const [opened, made] = [vi.spyOn(api, 'openCollection'), vi.spyOn(api, 'createCollection')];
    await click(button('Settings'));
    expect(text()).toMatch(/Marta ?300 cards, 88 answers/);
    expect(text()).toContain('Not there now');
    await click(button('Take off the list: class'));
    expect(text()).not.toContain('class.cairn');
    await click(button('Open Marta'));
    expect(opened).toHaveBeenCalledWith('/home/ana/Documents/Marta.cairn');
    expect(heading()).toBe('Good morning.');
    expect(spoken()).toBe('The other collection is open.');
    await click(button('Settings'));
    await click(button('New collection'));
    expect(made).toHaveBeenCalledWith('My cards.cairn');
  });

  test('a collection that is not there is told, with the ways on', async () => {
    await open('missing');
    expect(heading()).toBe('Your collection is not where it was.');
    expect(text()).toContain('Plug its disk in');
    await click(button('Open the usual one'));
    expect(heading()).toBe('Good morning.');
  });

  test('of a damaged file everything is read out that can be', async () => {
    await open('trouble');
    await click(button('Read out what can be read'));
    expect(spoken()).toBe('385 cards and 1,280 answers could be read. Some things are lost.');
    expect(document.activeElement?.textContent).toBe('This could be read');
    expect(text()).toContain('11 answers.');
    await click(button('Go on with these cards'));
    expect(spoken()).toBe('Your cards are open again. The damaged file is kept.');
  });
});

describe('for everybody', () => {
  const scenes: [string, string, string[]][] = [
    ['usual', 'Share', ['Save']], ['usual', 'Backups', ['Go back to']], ['keep-faults', 'Check', ['Check now']],
  ];
  test.each(scenes)('%s, %s, %j: axe finds nothing', async (scenario, part, presses) => {
    vi.useRealTimers();
    await keep(scenario, part);
    for (const name of presses) await click(button(name));
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
    expect(violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  }, 30_000);
});
