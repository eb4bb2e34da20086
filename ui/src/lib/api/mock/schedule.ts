import type { Outcome, Phase, Settings, Shown } from '../backend';
import { addDays } from './days';
import type { Seed } from './cards';
import { DAY } from './scenarios';
import { blocks, inlines } from './text';

export type Card = { seed: Seed; phase: Phase; n: number; interval: number; ease: number; due: string; version: number; gone: boolean; flagged: boolean; /** The import that brought it. */ operation?: number };

export const startOf = (seed: Seed): Card => ({
  seed, phase: seed.n === 0 ? 'new' : 'review', n: seed.n, interval: seed.interval, ease: seed.ease, due: DAY, version: 1, gone: false, flagged: false,
});

const EASE_CHANGE = [0, 0, 0, -14, 0, 10];

/** SM-2 as the real program has it, without fuzz and late credit. */
export function outcomes(card: Card, settings: Settings): Outcome[] {
  if (card.phase === 'drill') {
    const inDays = Math.max(1, card.interval);
    return [1, 4].map((grade) => ({ grade, due: addDays(DAY, inDays), in_days: inDays, interval_days: inDays, drill_today: grade < 4 }));
  }
  return [0, 1, 2, 3, 4, 5].map((grade) => {
    const ease = Math.max(130, card.ease + (EASE_CHANGE[grade] ?? 0));
    const passed = card.n === 0 ? 1 : card.n === 1 ? 6 : Math.ceil((card.interval * ease) / 100);
    const interval = Math.min(grade < 3 ? 1 : passed, settings.max_interval_days);
    const drill = settings.drill === 'below_good' ? grade < 4 : settings.drill === 'failures' && grade < 3;
    return { grade, due: addDays(DAY, interval), in_days: interval, interval_days: interval, drill_today: drill };
  });
}

export function shownOf(card: Card, settings: Settings): Shown {
  const { seed } = card;
  const { content } = seed;
  const sides = content.kind === 'basic'
    ? { front: blocks(content.front), back: blocks(content.back) }
    : content.kind === 'cloze'
      ? { front: blocks(content.text, false), back: blocks(content.text, true) }
      : content.kind === 'faces'
        ? { front: blocks(content.faces[0]?.front ?? ''), back: blocks(content.faces[0]?.back ?? '') }
        : { front: blocks(content.stem), back: [] };
  return {
    token: `${seed.id}-${card.version}`, card: seed.id, note: `note-${seed.id}`, phase: card.phase, kind: content.kind, deck: seed.deck, area: seed.area, tags: [], ...sides,
    options: content.kind === 'choice' ? content.options.map((option) => ({ id: option.id, text: inlines(option.text), right: option.right, reason: blocks(option.reason) })) : [],
    corrective: blocks(content.note), media: [], sources: seed.sources ?? [], expires: seed.expires ?? null, expired: (seed.expires ?? '9999') < DAY, flagged: card.flagged,
    best_was: seed.bestWas ?? null, leech: seed.leech ?? false, edited: seed.edited ?? false, outcomes: outcomes(card, settings),
  };
}
