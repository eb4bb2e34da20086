import { describe, expect, test, vi } from 'vitest';
import { sentence, told } from '../src/lib/api/failure';
import { dates, words as w } from '../src/lib/words';
import { dateWriter, dayOf, dayParts, daysBetween, weekday } from '../src/lib/words/dates';
import { plural } from '../src/lib/words/plural';

describe('plurals', () => {
  test.each([[0, '0 cards'], [1, '1 card'], [2, '2 cards'], [1240, '1,240 cards']])('%d', (n, said) => expect(w.today.readyStrong(n)).toBe(said));
  test('a language with more forms gets them', () => {
    const pl = plural('pl');
    const forms = { one: 'karta', few: 'karty', many: 'kart', other: 'karty' };
    expect([1, 3, 5, 22].map((n) => pl(n, forms))).toEqual(['karta', 'karty', 'kart', 'karty']);
  });
  test('the sentence after an answer', () => {
    expect(w.review.saved('Good', 6, false, 12)).toBe('Good. Next in 6 days. 12 left.');
    expect(w.review.saved('Good', 1, false, 0)).toBe('Good. Next tomorrow. 0 left.');
    expect(w.review.saved('Hard', 6, true, 1)).toBe('Hard. Once more today. Next in 6 days. 1 left.');
  });
  test('minutes become hours when there are many', () => {
    expect(w.today.minutes(1, true)).toBe('About 1 minute at your pace.');
    expect(w.today.minutes(131, true)).toBe('About 2 hours at your pace.');
  });
});

describe('days', () => {
  test.each([['2026-12-29', 'December 29'], ['2027-01-01', 'January 1']])('%s is %s', (day, said) => expect(dates.short(day)).toBe(said));
  test('a full date', () => expect(dates.full('2027-01-21')).toBe('Thursday, January 21, 2027'));
  test('a label says the day as a person would', () => {
    expect(w.review.on('2026-11-21', 0, false)).toBe('today');
    expect(w.review.on('2026-11-22', 1, false)).toBe('tomorrow');
    expect(w.review.on('2026-11-22', 1, true)).toBe('today, then tomorrow');
    expect(w.review.on('2026-12-27', 36, true)).toBe('today, then December 27');
    expect(w.review.on('2028-02-29', 830, false)).toBe('February 29, 2028');
  });
  test.each(['2027-02-30', '2027-13-01', '27-01-01', '', '2026-11-21T00:00:00Z'])('%j is no day', (day) => expect(dayParts(day)).toBeNull());
  test('a day from its parts', () => {
    expect(dayOf(2028, 2, 29)).toBe('2028-02-29');
    expect(dayOf(2027, 2, 29)).toBeNull();
    expect(dayOf(27, 1, 1.5)).toBeNull();
  });
  test('counting days is not moved by daylight saving', () => {
    expect(daysBetween('2026-03-07', '2026-03-09')).toBe(2);
    expect(daysBetween('2026-10-31', '2026-11-02')).toBe(2);
    expect(weekday('2026-11-21')).toBe(6);
  });

  const zones = [['Pacific/Kiritimati', -840], ['Pacific/Niue', 660], ['America/Los_Angeles', 480], ['Asia/Kathmandu', -345]] as const;
  test.each(zones)('no shift in %s', (zone, offset) => {
    vi.stubEnv('TZ', zone);
    expect(new Date(2027, 0, 21).getTimezoneOffset(), 'the zone is really another one').toBe(offset);
    const there = dateWriter('en-US');
    expect(there.full('2027-01-21')).toBe('Thursday, January 21, 2027');
    expect(there.short('2026-12-31')).toBe('December 31');
    expect(dayParts('2027-01-21')).toEqual({ year: 2027, month: 1, day: 21 });
    expect(daysBetween('2026-03-07', '2026-03-09')).toBe(2);
    expect([weekday('2026-11-21'), there.weekdayLong(0), there.monthOf(1)]).toEqual([6, 'Sunday', 'January']);
  });
});

describe('failures are told in sentences', () => {
  test('without the name of the field they are shown at', () => {
    const failure = { code: 'bad_value', message: 'exam_date: 2026-11-20 is in the past', hint: 'Choose another day.' } as const;
    expect(told(failure)).toBe('2026-11-20 is in the past. Choose another day.');
  });
  test.each([['the disk is full', 'The disk is full.'], ['Done!', 'Done!'], ['', ''], ['terms.csv: too large', 'terms.csv: too large.']])('%s', (text, said) => expect(sentence(text)).toBe(said));
});
