/** Which buttons stand under an answer, and what each says. */
import type { Outcome, Shown } from './api/backend';
import { GRADE_OF, type GradeAction } from './keys';
import { words as w } from './words';

export type GradeButton = {
  grade: number;
  name: string;
  /** How the live region calls it. */
  said: string;
  meaning: string | null;
  when: string;
  tone: GradeAction;
  /** The action whose key presses it, or a fixed key. */
  action: GradeAction | null;
  key: string | null;
};

const FULL_TONES: readonly GradeAction[] = ['again', 'again', 'again', 'hard', 'good', 'easy'];
const PASS = 3;

export function gradeButtons(shown: Shown, sixGrades: boolean): GradeButton[] {
  const at = (grade: number) => shown.outcomes.find((one) => one.grade === grade);
  const button = (action: GradeAction, name: string, key: string | null = null): GradeButton[] => {
    const grade = GRADE_OF[action];
    const outcome = at(grade);
    return outcome ? [{ grade, name, said: name, meaning: null, when: when(shown, outcome), tone: action, action, key }] : [];
  };
  const { again, hard, good, easy } = w.review.grade;
  const guessable = shown.kind === 'choice';
  if (shown.phase === 'drill') {
    return [...button('again', guessable ? w.review.guessed : w.review.notYet), ...button('good', w.review.gotIt, sixGrades ? '4' : '2')];
  }
  if (!sixGrades) {
    return [...button('again', guessable ? w.review.guessed : again), ...button('hard', hard), ...button('good', good), ...button('easy', easy)];
  }
  if (guessable) {
    return [...button('again', w.review.guessed, '1'), ...button('hard', hard, '3'), ...button('good', good, '4'), ...button('easy', easy, '5')];
  }
  return shown.outcomes.map((outcome) => ({
    grade: outcome.grade,
    name: String(outcome.grade),
    said: w.review.fullSaid(outcome.grade),
    meaning: w.review.full[outcome.grade] ?? null,
    when: when(shown, outcome),
    tone: FULL_TONES[outcome.grade] ?? 'good',
    action: null,
    key: String(outcome.grade),
  }));
}

/** The date on a button, as a sentence would say it. */
export function when(shown: Shown, outcome: Outcome): string {
  if (shown.phase !== 'drill') return w.review.on(outcome.due, outcome.in_days, outcome.drill_today);
  return outcome.grade < PASS ? w.review.drillAgain : w.review.drillNext(outcome.due, outcome.in_days);
}

/** Two passing buttons give one date, so that a person may wonder what the difference is. */
export function sameDate(shown: Shown, buttons: GradeButton[]): boolean {
  if (shown.phase === 'drill') return false;
  const passing = buttons.filter((button) => button.grade >= PASS);
  const days = passing.map((button) => shown.outcomes.find((one) => one.grade === button.grade)?.due);
  return new Set(days).size < days.length;
}
