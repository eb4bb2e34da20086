import type { Backend, Backup, BackupSettings, CheckReport, Exported, ExportRequest, Failure, KnownCollection, PlaceWarning, SecondFolderOffer, Start, WorkStatus } from '../backend';

/** How keeping goes in a scenario. */
export type Keeping = { exports?: 'exists' | 'fails' | 'long'; check?: 'faults' | 'damaged' | 'long'; place?: boolean; offer?: boolean; missing?: boolean };

/** What the mock's collection is to what keeps it. */
export type Kept = {
  soon: <T>(act: () => T) => Promise<T>;
  start: () => Start;
  /** Whatever was wrong with the file is so no more. */
  mend: () => void;
  /** The repair is the last act. */
  repaired: () => void;
};

type Methods =
  | 'workStatus' | 'workCancel' | 'exportSave' | 'exportReplace' | 'exportShow' | 'exportReveal' | 'exportOpen' | 'backups' | 'backupNow' | 'backupFolder' | 'backupUsualFolder' | 'backupBudget'
  | 'secondFolderOffer' | 'answerOffer' | 'restore' | 'check' | 'repair' | 'salvage' | 'useSalvaged' | 'place' | 'collections' | 'openCollection' | 'findCollection' | 'createCollection' | 'usualCollection' | 'forgetCollection';

const IDLE: WorkStatus = { phase: 'idle', done: 0, total: 0 };
/** Times that long work is asked before it ends. */
const LONG_ASKS = 24;
const USUAL = '/home/ana/.local/share/Cairn/collection.cairn.backups';
const failure = (code: Failure['code'], message: string, hint: string): Failure => ({ code, message, hint });

const backup = (made_at: string, reason: Backup['reason'], cards: number, answers: number, lost: number, more: Partial<Backup> = {}): Backup => ({
  path: `${USUAL}/${made_at}-${reason}.cairn-backup`, made_at, reason, size: 412_000, notes: cards - 20, cards, answers, second_folder: false, newer: false, other_collection: false,
  lost_if_restored: { answers: lost, imports: lost > 200 ? 1 : 0, notes: lost > 200 ? 64 : 0, edits: lost > 40 ? 2 : 0 }, ...more,
});

export const BACKUPS: readonly Backup[] = [
  backup('2026-11-21T08:40:00-08:00', 'regular', 387, 1291, 0),
  backup('2026-11-20T21:10:00-08:00', 'regular', 387, 1251, 40),
  backup('2026-11-20T20:02:00-08:00', 'before_import', 323, 1218, 73, { second_folder: true }),
  backup('2026-11-19T20:41:00-08:00', 'by_hand', 322, 1204, 87),
  backup('2026-11-15T19:15:00-08:00', 'regular', 300, 1010, 281),
  backup('2026-11-08T18:30:00-08:00', 'before_update', 300, 690, 601),
];

const PLACE: PlaceWarning = {
  kind: 'cloud', name: 'Dropbox', reason: 'This collection lies in a folder that Dropbox keeps the same on several computers. It copies files while Cairn writes them, one by one, and makes two files when two computers have changed them: answers can get lost, and a half-copied file can’t be opened.',
  better: 'Keep the collection in a folder of this computer alone, and choose a folder in Dropbox for the backups: then it carries whole copies, which is what it does well.',
};
const OFFER: SecondFolderOffer = { disks: [{ path: '/media/ana/BLUE', name: 'BLUE', removable: true, free: 12_000_000_000, folder: '/media/ana/BLUE/Cairn backups' }] };
const FINE: CheckReport = { ok: true, notes: 367, cards: 387, answers: 1291, thorough: false, findings: [{ what: 'unused_media', weight: 'info', message: 'one picture or sound is named by no card', count: 1, examples: ['old-map.png'], remedy: 'none', repair: 'it does no harm' }] };
const FAULTS: CheckReport = {
  ...FINE, ok: false, findings: [
    { what: 'schedules', weight: 'fault', message: 'the dates of 3 cards are not what their answers say', count: 3, examples: ['What is recovery capital?', 'Name the eight dimensions'], remedy: 'repair', repair: 'the dates are worked out anew from the answers' },
    { what: 'media', weight: 'fault', message: 'one picture is missing', count: 1, examples: ['stones.png'], remedy: 'by_hand', repair: 'put the file back, or import the deck once more' },
    ...FINE.findings,
  ],
};
const DAMAGED: CheckReport = { ...FINE, ok: false, findings: [{ what: 'file', weight: 'fault', message: 'parts of the file can’t be read', count: 2, examples: [], remedy: 'salvage', repair: 'go back to a backup, or read out what can be read' }] };

export function mockKeeping(how: Keeping, { soon, start, mend, repaired }: Kept): Pick<Backend, Methods> {
  let backups = [...BACKUPS];
  let settings: BackupSettings = { folder: null, folder_in_force: USUAL, budget_bytes: 1_000_000_000, second_folder: null, offer_answered: false };
  let undo: Backup | null = null;
  let back = '';
  let faulty = how.check === 'faults';
  let offered = how.offer === true;
  let asked: ExportRequest | null = null;
  let long: (WorkStatus & { end: () => void; stop: (failure: Failure) => void }) | null = null;
  let known: KnownCollection[] = [
    { path: '/home/ana/.local/share/cairn/collection.db', name: 'collection', last_opened: '2026-11-21T09:00:00-08:00', last: true, exists: true, cards: 387, answers: 1291 },
    { path: '/home/ana/Documents/Marta.cairn', name: 'Marta', last_opened: '2026-11-18T17:00:00-08:00', last: false, exists: true, cards: 300, answers: 88 },
    { path: '/media/ana/STICK/class.cairn', name: 'class', last_opened: '2026-09-02T10:00:00-07:00', last: false, exists: false, cards: null, answers: null },
  ];

  async function slowly(phase: WorkStatus['phase'], total: number): Promise<void> {
    const ended = new Promise<void>((end, stop) => (long = { phase, done: 0, total, end, stop }));
    await ended.finally(() => (long = null));
  }

  function written(request: ExportRequest, out: string): Exported {
    const file = (name: string, bytes: number) => ({ path: name ? `${out}/${name}` : out, bytes });
    const files = request.format === 'csv' ? [file('cards.csv', 61_200), file('reviews.csv', 180_400)] : [file('', request.format === 'apkg' ? 2_340_000 : 84_300)];
    const some = request.format !== 'ics';
    return {
      format: request.format, files, decks: some ? 8 : 0, notes: some ? 367 : 0, cards: some ? 387 : 0, answers: request.format === 'md' || !some ? 0 : 1291, media: request.format === 'apkg' && request.media ? 12 : 0,
      remarks: request.format === 'apkg' ? ['Anki has no “See again”, so cards that wait for it today are due tomorrow there.'] : [],
    };
  }

  async function write(request: ExportRequest, name: string | null): Promise<Exported> {
    if (how.exports === 'fails') throw failure('disk_full', 'there is no room on the disk for /home/ana/Cairn progress.html', 'Free some space, or choose a place on another disk.');
    if (how.exports === 'long') await slowly('exporting', 1678);
    return soon(() => written(request, `/home/ana/Documents${name ? `/${name}` : ''}`));
  }

  const offer = (second: boolean, folder: string | null) => {
    settings = second ? { ...settings, second_folder: folder, offer_answered: true } : { ...settings, folder, folder_in_force: folder ?? USUAL };
    return settings;
  };

  return {
    workStatus: () => soon(() => {
      if (!long) return IDLE;
      const { phase, total, end } = long;
      long.done = Math.min(total, long.done + Math.ceil(total / LONG_ASKS));
      if (long.done === total) end();
      return { phase, done: long.done, total };
    }),
    workCancel: () => soon(() => long?.stop(failure('cancelled', 'this was called off', 'Nothing was written.'))),
    exportSave: async (request, suggested) => {
      asked = request;
      if (how.exports === 'exists' && suggested === null) throw failure('exists', '/home/ana/Documents/cards.csv is there already', 'Choose another name, or write over what is there.');
      return write(request, suggested);
    },
    exportReplace: async () => {
      if (!asked) throw failure('not_found', 'nothing was saved yet', 'Save it again.');
      return write({ ...asked, overwrite: true }, null);
    },
    exportShow: async (request) => void (await write(request, null)),
    exportReveal: () => soon(() => {}),
    exportOpen: () => soon(() => {}),
    backups: () => soon(() => ({ backups: [...backups], settings, note: null, restored: undo ? { at: '2026-11-21T09:00:00-08:00', made_at: back, undo } : null })),
    backupNow: () => soon(() => {
      const made = backup('2026-11-21T09:00:00-08:00', 'by_hand', 387, 1291, 0);
      backups = [made, ...backups];
      return { backup: made, problems: [] };
    }),
    backupFolder: (second) => soon(() => offer(second, second ? '/media/ana/BLUE/Cairn' : '/home/ana/Cairn backups')),
    backupUsualFolder: (second) => soon(() => offer(second, null)),
    backupBudget: (bytes) => soon(() => {
      if (bytes < 64_000_000) throw failure('bad_value', 'budget_bytes: less than 64 MB is too small', 'Choose another value; the old one was kept.');
      settings = { ...settings, budget_bytes: bytes };
      return settings;
    }),
    secondFolderOffer: () => soon(() => (offered ? OFFER : null)),
    answerOffer: (folder) => soon(() => {
      offered = false;
      if (folder !== null) offer(true, folder);
    }),
    restore: (path) => soon(() => {
      const chosen = backups.find((one) => one.path === path);
      if (!chosen) throw failure('not_found', 'there is no backup of that name', 'It may have been removed meanwhile; go back and look again.');
      const before = backup('2026-11-21T09:00:01-08:00', 'before_restore', 387, 1291, 0);
      const takenBack = undo?.path === path;
      backups = takenBack ? backups : [before, ...backups];
      [undo, back] = takenBack ? [null, ''] : [before, chosen.made_at];
      mend();
      return { start: start(), restored: { undo: before, kept_aside: null, media_missing: 0, problems: [] } };
    }),
    check: async () => {
      if (how.check === 'long') await slowly('checking', 2045);
      return soon(() => (how.check === 'damaged' ? DAMAGED : faulty ? FAULTS : FINE));
    },
    repair: () => soon(() => {
      faulty = false;
      repaired();
      return { mended: [{ what: 'schedules', message: '3 cards got the dates that their answers say', count: 3 }], after: { ...FAULTS, findings: FAULTS.findings.filter((finding) => finding.what !== 'schedules') } };
    }),
    salvage: () => soon(() => ({
      path: '/home/ana/.local/share/cairn/collection.salvaged.db', pages: 412, unreadable: 3,
      tables: [{ table: 'note', things: 'notes', read: 365, lost: 2, ranges: ['101–102'] }, { table: 'card', things: 'cards', read: 385, lost: 2, ranges: [] }, { table: 'review_log', things: 'answers', read: 1280, lost: 11, ranges: ['880–890'] }],
      mended: [], lost: ['2 notes with their cards', '11 answers'], after: FINE,
    })),
    useSalvaged: () => soon(() => {
      mend();
      return start();
    }),
    place: () => soon(() => (how.place ? PLACE : null)),
    collections: () => soon(() => known),
    openCollection: () => soon(start),
    findCollection: () => soon(() => {
      mend();
      return start();
    }),
    createCollection: () => soon(start),
    usualCollection: () => soon(() => {
      mend();
      return start();
    }),
    forgetCollection: (path) => soon(() => (known = known.filter((one) => one.path !== path))),
  };
}
