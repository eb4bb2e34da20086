import type { Failure, KeyChange, MonthDay, Settings } from '../backend';
import { addDays } from './days';
import type { Importing } from './importing';
import type { Keeping } from './keeping';

/** The mock's day never changes, so that nothing drawn or tested depends on the calendar. */
export const DAY = '2026-11-21';

export const DEFAULTS: Settings = {
  welcomed: true, exam_date: '2027-01-21', day_starts_at_hour: 4, new_per_day: 15, ready_per_day: 200, drill: 'below_good', late_credit: true, fuzz: true,
  six_grades: false, max_interval_days: 36_500, one_sibling_a_day: true, theme: 'system', text_size_percent: 100, motion: 'system', shortcuts: { enabled: true, keys: {} },
};

type Scenario = {
  settings?: Partial<Settings>; only?: string[]; nothing?: boolean; ready?: number; away?: number; trouble?: Failure; clockBehind?: string; openSitting?: boolean; answered?: number; keyChanges?: KeyChange[]; importing?: Importing; keeping?: Keeping;
};

const damaged: Failure = { code: 'damaged', message: 'The file that holds your cards is damaged and cannot be read.', hint: 'Cairn made copies of it. You can go back to one of them.' };
const newer: Failure = { code: 'newer_version', message: 'This collection was made by a newer version of Cairn.', hint: 'Please install the newest version, then open it again. Nothing was changed.' };
const gone: Failure = { code: 'not_found', message: 'the collection /media/ana/STICK/class.cairn is not there', hint: 'Plug its disk in or put it back, then try again; or choose another collection, or make a new one.' };

/** Special states, by the `scenario` query parameter. */
export const SCENARIOS: Record<string, Scenario> = {
  usual: {},
  'first-run': { settings: { welcomed: false, exam_date: null } },
  empty: { nothing: true, answered: 31 },
  backlog: { ready: 312, away: 9 },
  trouble: { trouble: damaged },
  newer: { trouble: newer },
  clock: { clockBehind: '2027-03-02' },
  long: {},
  six: { settings: { six_grades: true } },
  'no-exam': { settings: { exam_date: null } },
  'new-off': { settings: { new_per_day: 0 } },
  sitting: { openSitting: true, answered: 3 },
  choice: { only: ['missed', 'boundary'] },
  cloze: { only: ['dimensions', 'oars'] },
  new: { only: ['hope'] },
  leech: { only: ['advocacy'] },
  expired: { only: ['window'] },
  'key-changed': {
    only: ['boundary'],
    keyChanges: [{ question: 'A man you support offers you fifty dollars as thanks. What is the best answer?', was: 'Take it and give it to the program.', now: 'Thank him, decline, and tell him why.' }],
  },
  short: { only: ['mutual', 'dimensions'] },
  import: { importing: 'table' },
  'import-anki': { importing: 'anki' },
  'import-empty': { importing: 'nothing' },
  'import-fails': { importing: 'fails' },
  'import-busy': { importing: 'busy' },
  'import-long': { importing: 'long' },
  'import-opened': { importing: 'opened' },
  'keep-exists': { keeping: { exports: 'exists' } },
  'keep-fails': { keeping: { exports: 'fails' } },
  'keep-long': { keeping: { exports: 'long', check: 'long' } },
  'keep-faults': { keeping: { check: 'faults' } },
  'keep-damaged': { keeping: { check: 'damaged' } },
  'keep-place': { keeping: { place: true, offer: true } },
  missing: { trouble: gone, keeping: { missing: true } },
  'keys-off': { settings: { shortcuts: { enabled: false, keys: {} } } },
};

const STUDIED = [2, 3, 4, 6, 9, 10, 11, 12, 16, 17, 19, 20];

export function monthDays(today: number): MonthDay[] {
  const answers = (date: number) => (date === 21 ? today : STUDIED.includes(date) ? 12 + ((date * 7) % 23) : 0);
  return Array.from({ length: 30 }, (_, index) => ({ day: addDays('2026-11-01', index), answers: answers(index + 1) }));
}
