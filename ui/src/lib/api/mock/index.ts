import type { Act, ActKind, Answer, Backend, Content, Failure, KeyChange, PastImport, Settings, Start, Step, Today } from '../backend';
import { addDays } from './days';
import { PAST } from './files';
import { mockImports } from './importing';
import { BACKUPS, mockKeeping } from './keeping';
import { LONG, QUIET_DECKS, SEEDS, type Seed } from './cards';
import { DAY, DEFAULTS, monthDays, SCENARIOS } from './scenarios';
import { outcomes, shownOf, startOf, type Card } from './schedule';

const fail = (code: Failure['code'], message: string, hint = ''): Failure => ({ code, message, hint });

type State = { cards: Card[]; settings: Settings; catchUp: number | null; sitting: Sitting | null; clockBehind: string | null; keyChanges: KeyChange[]; answered: number; past: PastImport[] };
type Sitting = { deck: string | null; limit: number | null; done: number; fresh: number; reviews: number; drilled: number; taken: number; right: number; recalled: number };
type Undo = { act: Act; before: State };

const emptySitting = (deck: string | null, limit: number | null): Sitting => ({ deck, limit, done: 0, fresh: 0, reviews: 0, drilled: 0, taken: 0, right: 0, recalled: 0 });

/** An honest little program in memory, for design and tests: no dates of its own, no chance. */
export function mockBackend(name = 'usual'): Backend {
  const scenario = SCENARIOS[name] ?? {};
  let broken = scenario.trouble !== undefined;
  const seeds: readonly Seed[] = scenario.nothing ? [] : name === 'long' ? [LONG, ...SEEDS] : scenario.only ? SEEDS.filter((seed) => scenario.only?.includes(seed.id)) : SEEDS;
  let state: State = {
    cards: seeds.map(startOf), settings: { ...DEFAULTS, ...scenario.settings }, catchUp: null, sitting: null, clockBehind: scenario.clockBehind ?? null, keyChanges: scenario.keyChanges ?? [], answered: scenario.answered ?? 0,
    past: scenario.importing ? structuredClone([...PAST]) : [],
  };
  if (scenario.openSitting) state.sitting = { ...emptySitting(null, null), done: 3, reviews: 3, taken: 95_000, right: 2, recalled: 3 };
  const undos: Undo[] = [];
  const copy = <T>(value: T): T => structuredClone(value);

  function acting(kind: ActKind, subject: string): void {
    undos.push({ act: { kind, subject }, before: copy(state) });
  }
  const subjectOf = (card: Card): string => startOfText(card.seed.content);
  const lastAct = (): Act | null => undos.at(-1)?.act ?? null;

  /** Cards of today, those to see again last. */
  function queue(deck: string | null): Card[] {
    const open = state.cards.filter((card) => !card.gone && (deck === null || card.seed.deck === deck));
    const due = open.filter((card) => card.phase === 'review');
    const fresh = state.settings.new_per_day === 0 ? [] : open.filter((card) => card.phase === 'new').slice(0, state.settings.new_per_day);
    return [...due, ...fresh, ...open.filter((card) => card.phase === 'drill')];
  }
  function counts(deck: string | null) {
    const of = (phase: Card['phase']) => queue(deck).filter((card) => card.phase === phase).length;
    return { new: of('new'), due: of('review'), drill: of('drill') };
  }

  function step(): Step {
    const sitting = (state.sitting ??= emptySitting(null, null));
    const waiting = queue(sitting.deck);
    const first = sitting.limit !== null && sitting.done >= sitting.limit ? undefined : waiting[0];
    const ahead = waiting.filter((card) => card.phase !== 'drill').length;
    const total = Math.min(sitting.done + ahead, sitting.limit ?? Number.MAX_SAFE_INTEGER);
    const progress = { done: sitting.done, total, drill: counts(sitting.deck).drill, limit: sitting.limit };
    if (first) return { shown: shownOf(first, state.settings), progress, last_act: lastAct(), done: null };
    const done = {
      studied: sitting.fresh + sitting.reviews + sitting.drilled, new_cards: sitting.fresh, reviews: sitting.reviews, drilled: sitting.drilled, taken_ms: sitting.taken,
      recall: sitting.recalled > 0 ? { right: sitting.right, of: sitting.recalled } : null,
      next_due: { day: addDays(DAY, 1), cards: 7 }, left_today: counts(null),
    };
    return { shown: null, progress, last_act: lastAct(), done };
  }

  function today(): Today {
    const now = counts(null);
    const ready = scenario.ready ?? 0;
    const many = ready > 0 && state.catchUp === null;
    const due = ready > 0 ? (state.catchUp ?? ready) : now.due;
    const decks = [...new Set([...SEEDS.map((seed) => seed.deck), ...state.cards.map((card) => card.seed.deck)])].map((deck) => ({ id: deck, name: deck, ...counts(deck) }));
    const { exam_date } = state.settings;
    return {
      day: DAY, counts: { ...now, due }, decks: [...decks, ...QUIET_DECKS.map((deck) => ({ id: deck, name: deck, new: 0, due: 0, drill: 0 }))],
      minutes: Math.ceil((due + now.new * 1.5 + now.drill) * 0.4), pace_is_own: state.settings.welcomed && !scenario.nothing, answered_today: state.answered,
      new_switched_off: state.settings.new_per_day === 0,
      open_sitting: state.sitting && state.sitting.done > 0 && step().shown ? step().progress : null,
      next_due: { day: addDays(DAY, 3), cards: 12 }, month: monthDays(state.answered), days_studied: monthDays(state.answered).filter((one) => one.answers > 0).length,
      exam: exam_date ? { date: exam_date, days_left: Math.round((Date.parse(exam_date) - Date.parse(DAY)) / 86_400_000), all_met_by: state.settings.new_per_day ? '2026-12-29' : null } : null,
      days_away: scenario.away ?? 0, backlog: many ? { ready, per_day: 40, days: Math.ceil(ready / 40) } : null, catch_up_per_day: state.catchUp,
      clock_behind_since: state.clockBehind, key_changes: state.keyChanges, last_act: lastAct(),
    };
  }

  function start(): Start {
    if (broken && scenario.trouble) {
      return { state: 'trouble', failure: scenario.trouble, collection: '/home/ana/.local/share/cairn/collection.db', missing: scenario.keeping?.missing ?? false, backups: scenario.trouble.code === 'damaged' ? [...BACKUPS] : [] };
    }
    return { state: 'ready', settings: copy(state.settings), today: today(), about: { version: '0.1.0', collection: '/home/ana/.local/share/cairn/collection.db', development: true } };
  }

  function find(id: string): Card {
    const card = state.cards.find((one) => one.seed.id === id);
    if (!card) throw fail('not_found', 'This card is no longer there.');
    return card;
  }

  function take({ token, grade, taken_ms }: Answer): Step {
    const current = step().shown;
    const sitting = state.sitting;
    if (!current || !sitting || current.token !== token) throw fail('card_changed', 'The card has changed since it was shown.');
    const card = find(current.card);
    acting('answer', subjectOf(card));
    const outcome = outcomes(card, state.settings).find((one) => one.grade === grade);
    if (!outcome) throw fail('bad_value', 'There is no such grade for this card.');
    sitting.taken += taken_ms;
    state.answered += 1;
    card.version += 1;
    const brought = state.past.find((one) => one.operation === card.operation);
    if (brought) brought.answers += 1;
    if (card.phase === 'drill') {
      sitting.drilled += 1;
      if (grade >= 4) card.gone = true;
      else state.cards.push(...state.cards.splice(state.cards.indexOf(card), 1));
      return step();
    }
    sitting.done += 1;
    if (card.phase === 'new') sitting.fresh += 1;
    else {
      sitting.reviews += 1;
      sitting.recalled += 1;
      sitting.right += grade >= 3 ? 1 : 0;
    }
    Object.assign(card, { n: grade >= 3 ? card.n + 1 : 0, interval: outcome.interval_days, due: outcome.due });
    if (outcome.drill_today) {
      card.phase = 'drill';
      state.cards.push(...state.cards.splice(state.cards.indexOf(card), 1));
    } else card.gone = true;
    return step();
  }

  /** Every command answers later, as the real ones do. */
  const soon = async <T>(act: () => T): Promise<T> => {
    await Promise.resolve();
    return copy(act());
  };
  const moving = (kind: ActKind, id: string, change: (card: Card) => void) =>
    soon(() => {
      const card = find(id);
      acting(kind, subjectOf(card));
      change(card);
      return step();
    });

  const { running, ...importing } = mockImports(scenario.importing ?? 'table', {
    soon,
    answerOf: (question) => {
      for (const { seed: { content } } of state.cards) if (content.kind === 'basic' && content.front === question) return content.back;
      return null;
    },
    add: (name, fresh, notes) => {
      acting('import', name);
      const operation = 1 + Math.max(0, ...state.past.map((one) => one.operation));
      for (const { id, deck, question, answer } of fresh) {
        state.cards.push({ ...startOf({ id: `${operation}-${id}`, deck, area: 'RS', n: 0, interval: 0, ease: 250, content: { kind: 'basic', front: question, back: answer, both_ways: false, note: '' } }), operation });
      }
      state.past.unshift({ operation, name, at: `${DAY}T17:40:00Z`, notes, answers: 0 });
      return operation;
    },
    past: () => state.past,
    remove: (operation) => {
      if (!state.past.some((one) => one.operation === operation)) throw fail('not_found', 'This import is no longer there.');
      state.cards = state.cards.filter((card) => card.operation !== operation);
      state.past = state.past.filter((one) => one.operation !== operation);
      undos.length = 0; // none of them leads back past it
      return today();
    },
  });

  const { onImportWaiting, onFilesOver, ...commands } = importing;
  const keeping = mockKeeping(scenario.keeping ?? {}, { soon, start, mend: () => (broken = false), repaired: () => acting('repair', '') });

  /** The collection is busy with an import. */
  const free = <T>(act: () => T) => soon(() => {
    if (running()) throw fail('importing' as Failure['code'], 'an import is running');
    return act();
  });

  return {
    start: () => soon(start),
    today: () => soon(today),
    begin: (deck, limit) => free(() => {
      state.sitting = emptySitting(deck, limit);
      return step();
    }),
    step: () => free(step),
    answer: (answer) => free(() => take(answer)),
    undo: () => free(() => {
      const last = undos.pop();
      if (!last) throw fail('nothing_to_undo', 'There is nothing to undo.');
      state = last.before;
      return { act: last.act, step: step() };
    }),
    suspend: (id) => moving('suspend', id, (card) => (card.gone = true)),
    bury: (id) => moving('bury', id, (card) => (card.gone = true)),
    flag: (id, on) => moving(on ? 'flag' : 'unflag', id, (card) => (card.flagged = on)),
    noteText: (note) => soon(() => {
      const { seed } = find(note.replace(/^note-/, ''));
      return { note, content: seed.content, base: seed.edited ? baseOf(seed.content) : null, deck: seed.deck };
    }),
    edit: (note, content) => soon(() => {
      const card = find(note.replace(/^note-/, ''));
      if (startOfText(content).trim() === '') throw fail('bad_value', 'A card needs a front.', 'Please write at least a few words.');
      acting('edit', subjectOf(card));
      card.seed = { ...card.seed, content, edited: true };
      card.version += 1;
      return step();
    }),
    saveSettings: (settings) => soon(() => {
      check(settings);
      acting('setting', Object.keys(settings).find((key) => JSON.stringify(settings[key as keyof Settings]) !== JSON.stringify(state.settings[key as keyof Settings])) ?? '');
      state.settings = copy(settings);
      return settings;
    }),
    catchUp: (perDay) => soon(() => {
      acting('catch_up', '');
      state.catchUp = perDay;
      return today();
    }),
    mendClock: () => soon(() => {
      acting('mend_clock', '');
      state.clockBehind = null;
      return today();
    }),
    keyChangesRead: () => soon(() => {
      state.keyChanges = [];
      return today();
    }),
    openAddress: (address) => soon(() => {
      if (!address.startsWith('https://')) throw fail('bad_value', `Only https addresses can be opened: ${address}`);
      window.open(address, '_blank', 'noopener');
    }),
    ...commands,
    ...keeping,
    onImportWaiting,
    onFilesOver,
    mediaAddress: (sha256) => sha256,
  };
}

function check(settings: Settings): void {
  if (settings.new_per_day > 9999) throw fail('bad_value', 'New cards a day can be 0 to 9,999.');
  if (settings.ready_per_day < 1 || settings.ready_per_day > 9999) throw fail('bad_value', 'Ready cards a day can be 1 to 9,999.');
  if (settings.max_interval_days < 1 || settings.max_interval_days > 36_500) throw fail('bad_value', 'The longest wait can be 1 to 36,500 days.');
}

function startOfText(content: Content): string {
  const text = content.kind === 'faces' ? (content.faces[0]?.front ?? '') : content.kind === 'basic' ? content.front : content.kind === 'cloze' ? content.text.replace(/\{\{c1::(.+?)(::.+?)?\}\}/g, '…') : content.stem;
  const plain = text.replaceAll('*', '');
  return plain.length > 60 ? `${plain.slice(0, 58).trimEnd()}…` : plain;
}

function baseOf(content: Content): Content {
  return content.kind === 'basic' ? { ...content, front: `${content.front} (as released)` } : content;
}
