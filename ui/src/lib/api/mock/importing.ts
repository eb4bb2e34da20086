import type { Backend, Failure, ImportChoices, ImportPreview, ImportReport, ImportStatus, PastImport, Today } from '../backend';
import { ANKI, ANKI_SEEDS, NOTHING_NEW, TABLE_FILE, TABLE_TEXT } from './files';
import { readTable } from './table';
import { blocks } from './text';

/** What the mock's file dialog gives, and how an import goes. */
export type Importing = 'table' | 'anki' | 'nothing' | 'fails' | 'busy' | 'long' | 'opened';
export type Fresh = { id: string; deck: string; question: string; answer: string };

/** The collection of the mock, as an import sees it. */
export type Collection = {
  soon: <T>(act: () => T) => Promise<T>;
  answerOf: (question: string) => string | null;
  /** Takes in cards as one act; its number. */
  add: (name: string, cards: Fresh[], notes: number) => number;
  past: () => PastImport[];
  remove: (operation: number) => Today;
};

type Held = { name: string; text: string | null; preview: ImportPreview; fresh: Fresh[] };
type Long = ImportStatus & { end: () => void; stop: (failure: Failure) => void };

type Methods =
  | 'importChoose' | 'importPaste' | 'importWaiting' | 'importAgain' | 'importRun' | 'importStatus' | 'importCancel' | 'saveReport' | 'imports' | 'takeBack'
  | 'onImportWaiting' | 'onFilesOver';

const IDLE: ImportStatus = { phase: 'idle', done: 0, total: 0 };
const LONG_TOTAL = 12_400;
/** Times that a long import is asked before it ends. */
const LONG_ASKS = 24;
const failure = (code: Failure['code'], message: string, hint: string): Failure => ({ code, message, hint });
const unreadable = failure('content', 'peer-support.apkg: the list of cards in it is cut short', 'Please export it from Anki once more. Nothing was changed.');
const full = failure('disk_full', 'the disk is full', 'Free some space, then try again. Nothing was changed.');
const forgotten = failure('not_found', 'no file is open', 'Please choose it again.');
const stopped = failure('cancelled' as Failure['code'], 'the import was stopped', '');

export function mockImports(kind: Importing, collection: Collection): Pick<Backend, Methods> & { running: () => boolean } {
  const { soon } = collection;
  let held: Held | null = null;
  let long: Long | null = null;
  let waiting = kind === 'opened';

  function table(name: string, text: string, choices: ImportChoices | null): Held {
    const read = readTable(name, text, choices?.table ?? null);
    const { deck, existing, fresh } = choices ?? { deck: name ? name.replace(/\.\w+$/, '') : 'My cards', existing: 'update' as const, fresh: false };
    const known = (question: string) => (existing === 'keep_both' ? null : collection.answerOf(question));
    const added = read.cards.filter(({ question }) => known(question) === null);
    const updated = existing === 'update' ? read.cards.filter(({ question, answer }) => ![null, answer].includes(known(question))).length : 0;
    const preview: ImportPreview = {
      files: name ? [name] : [], format: 'table', choices: { deck, existing, fresh, table: read.view.choices }, decks: [{ name: deck ?? '', notes: read.cards.length, cards: read.cards.length }],
      counts: { ...NOTHING_NEW.counts, added: added.length, updated, unchanged: read.cards.length - added.length - updated }, unreadable: read.problems.length, problems: read.problems,
      samples: read.cards.slice(0, 5).map(({ question, answer }) => ({ kind: 'basic', deck: deck ?? '', front: blocks(question), back: blocks(answer), options: [], media: [] })),
      table: read.view, log_rows: 0, media: 0, has_schedules: false, remarks: [],
    };
    return { name, text, preview, fresh: added.map((card, index) => ({ ...card, id: `${name}-${index}`, deck: deck ?? '' })) };
  }

  function ready(preview: ImportPreview, choices: ImportChoices = preview.choices): Held {
    const { added, updated, unchanged, scheduled } = preview.counts;
    const counts = {
      update: {}, keep_mine: { updated: 0, unchanged: unchanged + updated }, keep_both: { added: added + updated + unchanged, updated: 0, unchanged: 0 },
    }[choices.existing];
    const fresh = ANKI_SEEDS.map(([id, question, answer]) => ({ id, question, answer, deck: 'Peer support::Words' }));
    return { name: preview.files[0] ?? '', text: null, preview: { ...preview, choices, counts: { ...preview.counts, ...counts, scheduled: choices.fresh ? 0 : scheduled } }, fresh };
  }

  function open(): ImportPreview {
    if (kind === 'fails') throw unreadable;
    held = kind === 'anki' || kind === 'long' ? ready(ANKI) : kind === 'nothing' ? ready(NOTHING_NEW) : table(TABLE_FILE, TABLE_TEXT, null);
    return held.preview;
  }

  function write(): ImportReport {
    if (!held) throw forgotten;
    const { name, preview: { files, counts, unreadable, problems, decks }, fresh } = held;
    const operation = collection.add(name, fresh, counts.added + counts.updated);
    held = null;
    const [notes, cards] = [decks.reduce((sum, deck) => sum + deck.notes, 0), decks.reduce((sum, deck) => sum + deck.cards, 0)];
    return { files, counts: { ...counts, cards: notes > 0 ? Math.round((counts.added * cards) / notes) : 0 }, unreadable, problems, operation };
  }

  const hear = (kinds: string[], heard: (event: Event) => void) => {
    for (const one of kinds) window.addEventListener(one, heard);
    return () => kinds.forEach((one) => window.removeEventListener(one, heard));
  };

  return {
    running: () => kind === 'busy' || long !== null,
    importChoose: () => soon(open),
    importPaste: (text) => soon(() => (held = table('', text, null)).preview),
    importWaiting: () => soon(() => {
      if (!waiting) return null;
      waiting = false;
      return open();
    }),
    importAgain: (choices) => soon(() => {
      if (!held) throw forgotten;
      held = held.text === null ? ready(kind === 'nothing' ? NOTHING_NEW : ANKI, choices) : table(held.name, held.text, choices);
      return held.preview;
    }),
    importRun: async () => {
      if (kind === 'fails') throw full;
      if (kind === 'long') {
        const ended = new Promise<void>((end, stop) => (long = { phase: 'checking', done: 0, total: LONG_TOTAL, end, stop }));
        await ended.finally(() => (long = null));
      }
      return soon(write);
    },
    importStatus: () => soon(() => {
      if (!long) return IDLE;
      const { total, end } = long;
      long.done = Math.min(total, long.done + Math.ceil(total / LONG_ASKS));
      if (long.done > total / 3) long.phase = 'writing';
      if (long.done === total) end();
      return { phase: long.phase, done: long.done, total };
    }),
    importCancel: () => soon(() => {
      if (long) long.stop(stopped);
      else held = null;
    }),
    saveReport: () => soon(() => '/home/ana/import-report.csv'),
    imports: () => soon(() => collection.past()),
    takeBack: (operation) => soon(() => collection.remove(operation)),
    onImportWaiting: (callback) => hear(['drop'], () => {
      waiting = true;
      callback();
    }),
    onFilesOver: (callback) => hear(['dragenter', 'dragover', 'dragleave', 'drop'], (event) => {
      event.preventDefault();
      const inside = event.type === 'dragenter' || event.type === 'dragover' || (event as DragEvent).relatedTarget instanceof Node;
      callback(event.type !== 'drop' && inside);
    }),
  };
}
