import axe from 'axe-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { mockBackend } from '../src/lib/api/mock';
import { button, click, field, open, press, settle, spoken, stopTheClock, study, text, type, wait } from './open';

beforeEach(() => stopTheClock());

describe('Welcome', () => {
  const toDate = async () => {
    const opened = await open('first-run');
    await click(button('Next'));
    return opened;
  };
  const give = async (month: string, day: string, year: string) => {
    await type(field('Month'), month);
    await type(field('Day'), day);
    await type(field('Year'), year);
    await click(button('Next'));
  };

  test('three steps lead to Today', async () => {
    const { app } = await toDate();
    await give('1', '21', '2027');
    expect(text()).toContain('How many new cards a day?');
    await type(field('New cards a day'), '10');
    await click(button('Go to Today'));
    expect(app.ready).toMatchObject({ welcomed: true, exam_date: '2027-01-21', new_per_day: 10 });
    expect(text()).toContain('Good morning.');
  });

  test.each([['11', '20', '2026', 'already gone by'], ['2', '30', '2027', 'no such day'], ['2', '', '2027', 'month, day and year']])('refuses %s/%s/%s kindly', async (month, day, year, said) => {
    await toDate();
    await give(month, day, year);
    expect(document.querySelector('[role=alert]')?.textContent).toContain(said);
    expect(text()).toContain('Step 2 of 3');
  });

  test('not knowing the date is fine, and so is skipping', async () => {
    const { app } = await toDate();
    await type(field('Day'), '40');
    await click(button('I don’t know yet'));
    expect(text()).toContain('Step 3 of 3');
    await click(button('Back'));
    await click(button('Skip this'));
    expect(app.ready).toMatchObject({ welcomed: true, exam_date: null, new_per_day: 15 });
  });

  test('it says what it is not', async () => {
    await open('first-run');
    expect(text()).toContain('not affiliated with CalMHSA, DHCS, HumRRO or Pearson VUE');
  });
});

describe('Today', () => {
  test('says what is ready, and Space begins', async () => {
    await open();
    expect(document.activeElement?.tagName).toBe('H1');
    expect(text()).toContain('8 cards are ready, and 4 new ones.');
    await press(' ');
    expect(text()).toContain('0 of 12');
  });

  test('one deck can be studied alone', async () => {
    await open();
    await click(button('Begin with Recovery Support'));
    expect(text()).toContain('0 of 2');
  });

  test('the month is a table that can be read', async () => {
    await open();
    expect(text()).toContain('November: 12 days studied');
    expect(text()).toContain('November 2: 26 answers');
    expect(text()).toContain('November 21: no answers, today');
  });

  test('a changed best answer is told on Today, and again on its card', async () => {
    await open('key-changed');
    expect(text()).toContain('The best answer to a card you studied has changed');
    expect(text()).toContain('Take it and give it to the program.');
    await click(button('I have read this'));
    expect(text()).not.toContain('has changed');
    await press(' ');
    expect(text()).not.toContain('changed with an update');
    await press('a');
    await press('Enter');
    expect(text()).toContain('Before, it was “Take it and give it to the program.”');
  });

  test('a backlog is an offer: yes, and back again', async () => {
    await open('backlog');
    expect(text()).toContain('Welcome back. It has been 9 days.');
    await click(button('Spread them out'));
    expect(text()).toContain('Catching up: at most 40 ready cards a day.');
    expect(spoken()).toBe('Done. Today is lighter now.');
    await click(button('End catching up'));
    expect(text()).not.toContain('End catching up');
  });

  test('"Not now" is an answer', async () => {
    await open('backlog');
    await click(button('Not now'));
    expect(text()).not.toContain('Spread them out');
    expect(text()).toContain('Welcome back.');
  });

  test('a clock that ran ahead is put right', async () => {
    await open('clock');
    await click(button('Put it right'));
    expect(spoken()).toBe('The clock is put right.');
    expect(text()).not.toContain('Put it right');
  });

  test('nothing ready: when the next card comes', async () => {
    await open('empty');
    expect(text()).toContain('Nothing more is ready today.');
    expect(text()).toContain('The next 12 cards come on November 24.');
    await press(' ');
    expect(text(), 'Space has nothing to begin').toContain('Nothing more is ready today.');
  });

  test('the last act is named and can be undone', async () => {
    await study();
    await press('b');
    await press('Escape');
    expect(text()).toContain('Last: “Not today” for “What does it mean');
    await press('u');
    expect(spoken()).toContain('Taken back: “Not today” for');
  });

  test('keys typed into a field are only typed', async () => {
    const { app } = await open();
    app.go('settings');
    await settle();
    field('New cards a day').focus();
    await press('9');
    await press('?');
    expect(document.querySelector('dialog')).toBeNull();
  });
});

describe('Settings', () => {
  const settings = async (scenario = 'usual', api = mockBackend(scenario)) => {
    const opened = await open(scenario, api);
    opened.app.go('settings');
    await settle();
    return opened;
  };

  test('a change is saved at once', async () => {
    const { app } = await settings();
    await type(field('New cards a day'), '20');
    expect(app.ready.new_per_day).toBe(20);
    expect(spoken()).toBe('Saved.');
  });

  test('what cannot be is said at the field, and stays as typed', async () => {
    const { app } = await settings();
    const ready = field('Ready cards a day, at most');
    await type(ready, '0');
    expect(document.getElementById(`${ready.id}-error`)?.textContent).toBe('Ready cards a day can be 1 to 9,999.');
    expect(ready.getAttribute('aria-invalid')).toBe('true');
    expect(ready.getAttribute('aria-describedby')).toContain(`${ready.id}-error`);
    expect(ready.value).toBe('0');
    expect(app.ready.ready_per_day).toBe(200);
    await type(ready, 'many');
    expect(document.getElementById(`${ready.id}-error`)?.textContent).toBe('Please type a whole number.');
    await type(ready, '150');
    expect(document.getElementById(`${ready.id}-error`)).toBeNull();
    expect(app.ready.ready_per_day).toBe(150);
  });

  test('another failure is said above, and nothing changes', async () => {
    const api = mockBackend();
    vi.spyOn(api, 'saveSettings').mockRejectedValue({ code: 'disk_full', message: 'The disk is full.', hint: '' });
    const { app } = await settings('usual', api);
    const fuzz = field('Spread dates a little');
    await click(fuzz);
    expect(document.querySelector('[role=alert]')?.textContent).toContain('The disk is full.');
    expect(fuzz.checked, 'the switch shows what is saved').toBe(true);
    expect(app.ready.fuzz).toBe(true);
    await click(field('Dark'));
    expect([field('Same as this computer').checked, field('Dark').checked], 'and so do the radio buttons').toEqual([true, false]);
  });

  test('the look changes with the setting', async () => {
    await settings();
    await click(field('High contrast'));
    expect(document.documentElement.dataset.theme).toBe('contrast');
    await click(field('200 %'));
    expect(document.documentElement.style.fontSize).toBe('200%');
    await click(field('As little as possible'));
    expect(document.documentElement.dataset.motion).toBe('reduced');
  });

  test('a key can be changed; a conflict is refused with a sentence', async () => {
    const { app } = await settings();
    await click(button('Change the key for: Edit this card'));
    await press('u');
    expect(document.querySelector('[role=alert]')?.textContent).toBe('U already means “Undo the last thing you did”. Please choose another key.');
    await click(button('Change the key for: Edit this card'));
    await press('x');
    expect(app.ready.shortcuts.keys).toEqual({ edit: 'X' });
    expect(spoken()).toMatch(/X now means|Saved/);
    await click(button('Back to the usual keys'));
    expect(app.ready.shortcuts.keys).toEqual({});
  });

  test('Escape while a key is awaited keeps the old one', async () => {
    const { app } = await settings();
    await click(button('Change the key for: Good'));
    await press('Escape');
    expect(app.ready.shortcuts.keys).toEqual({});
    expect(app.screen).toBe('settings');
  });

  test('the exam date can be cleared, and undo brings it back', async () => {
    const { app } = await settings();
    await click(button('Clear the date'));
    expect(app.ready.exam_date).toBeNull();
    expect(text()).toContain('Last: your change of “Exam date”.');
    await click(button('Undo'));
    expect(app.ready.exam_date).toBe('2027-01-21');
    expect([field('Month').value, field('Day').value, field('Year').value]).toEqual(['1', '21', '2027']);
    expect(spoken()).toBe('Taken back: your change of “Exam date”.');
  });

  test('a key that is awaited does nothing else', async () => {
    const { app } = await settings();
    await type(field('New cards a day'), '20');
    await click(button('Change the key for: Edit this card'));
    await press('u');
    expect(app.ready.new_per_day, 'U was captured, and undid nothing').toBe(20);
    expect(document.querySelector('[role=alert]')).not.toBeNull();
    button('Today').focus();
    await press('u');
    expect(app.ready.new_per_day).toBe(15);
  });
});

describe('Trouble', () => {
  test('a damaged collection offers its copies, newest first', async () => {
    await open('trouble');
    const rows = [...document.querySelectorAll('.backups li')].map((one) => one.textContent ?? '');
    expect(rows).toHaveLength(5);
    expect(rows[0]).toContain('1,291 answers');
    await click(button('Use this backup'));
    expect(spoken()).toBe('Your cards are open again. The old file is kept.');
    expect(text()).toContain('Good morning.');
  });

  test('a newer version is only explained', async () => {
    await open('newer');
    expect(text()).toContain('made by a newer version');
    expect(text()).not.toContain('Use this backup');
  });

  test('a start that fails altogether is told as well', async () => {
    const api = mockBackend();
    vi.spyOn(api, 'start').mockRejectedValue({ code: 'internal', message: '', hint: '' });
    await open('usual', api);
    expect(text()).toContain('Your cards could not be opened.');
  });
});

describe('axe finds nothing', () => {
  const go = (screen: 'settings' | 'help') => async () => {
    const { app } = await open();
    app.go(screen);
  };
  const after = (scenario: string, ...keys: string[]) => async () => {
    await study(scenario);
    for (const key of keys) {
      await wait();
      await press(key);
    }
  };
  const importing = (scenario: string, ...buttons: (string | RegExp)[]) => async () => {
    await open(scenario);
    for (const name of ['Import', ...buttons]) await click(button(name));
    if (scenario === 'import-long') for (let turn = 0; turn < 3; turn += 1) await wait(150);
  };
  const states: Record<string, () => Promise<unknown>> = {
    'Welcome': () => open('first-run'),
    'Welcome, the date': async () => { await open('first-run'); await click(button('Next')); },
    'Today': () => open(), 'Today with a backlog': () => open('backlog'), 'Today with nothing': () => open('empty'), 'Today under a wrong clock': () => open('clock'),
    'a question': after('usual'), 'an answer': after('usual', ' '), 'a blank': after('cloze', ' '), 'a new card': after('new'), 'a choice': after('choice', 'a'), 'a wrong choice': after('choice', 'a', 'Enter'),
    'a right choice': after('choice', 'b', 'Enter'), 'the full scale': after('six', ' '), 'a card to rewrite': after('leech', ' '), 'a fact to check': after('expired', ' '), 'done': after('new', '3'),
    'the menu': after('usual', '.'), 'the sources': after('usual', ' ', 'o'), 'the editor': after('leech', 'e'), '988': after('usual', '9'), 'the keys': after('usual', '?'),
    'Settings': go('settings'), 'Help': go('help'), 'Trouble': () => open('trouble'),
    'Import': importing('import'), 'a field to paste into': importing('import', 'Paste text', 'Continue'), 'the preview of a table': importing('import', 'Choose files'),
    'the preview of a package': importing('import-anki', 'Choose files'), 'a preview with nothing new': importing('import-empty', 'Choose files'), 'a file that cannot be read': importing('import-fails', 'Choose files'),
    'an import under way': importing('import-long', 'Choose files', 'Import 42'), 'the report of an import': importing('import', 'Choose files', 'Import 5', 'Save report'),
    'taking back an import': importing('import', 'Take back'), 'files over the window': async () => { await open('import'); window.dispatchEvent(new Event('dragenter')); },
  };

  test.each(Object.entries(states))('%s', async (_, reach) => {
    await reach();
    await settle();
    vi.useRealTimers();
    const { violations } = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  }, 20_000);
});
