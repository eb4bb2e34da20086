/**
 * Calendar dates. A day is `YYYY-MM-DD` and never an instant: it is read and written at UTC
 * noon so that no time zone can move it.
 */

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MS_PER_DAY = 86_400_000;

/** The parts of a day that exists, or null ("2027-02-30" does not). */
export function dayParts(day: string): { year: number; month: number; day: number } | null {
  const found = SHAPE.exec(day);
  if (!found) return null;
  const [year, month, date] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const at = new Date(Date.UTC(year, month - 1, date, 12));
  const exists = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return exists ? { year, month, day: date } : null;
}

/** Year, month (1 to 12) and date to `YYYY-MM-DD`; null when there is no such day. */
export function dayOf(year: number, month: number, date: number): string | null {
  const day = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  return dayParts(day) ? day : null;
}

/** Day of the week, 0 = Sunday. */
export function weekday(day: string): number {
  return at(day).getUTCDay();
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((at(to).getTime() - at(from).getTime()) / MS_PER_DAY);
}

/** Ways of writing a day in one language. */
export function dateWriter(locale: string) {
  const write = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    return (day: string): string => format.format(at(day));
  };
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
  const monthName = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  const weekdayName = (width: 'narrow' | 'long') => {
    const format = new Intl.DateTimeFormat(locale, { weekday: width, timeZone: 'UTC' });
    return (index: number): string => format.format(new Date(Date.UTC(2023, 0, 1 + index, 12)));
  };
  return {
    /** December 29 */
    short: write({ month: 'long', day: 'numeric' }),
    /** December 29, 2026 */
    long: write({ month: 'long', day: 'numeric', year: 'numeric' }),
    /** Thursday, January 21, 2027 */
    full: write({ weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }),
    /** Saturday, November 21 */
    dayName: write({ weekday: 'long', month: 'long', day: 'numeric' }),
    /** November */
    month: write({ month: 'long' }),
    monthOf: (month: number): string => monthName.format(new Date(Date.UTC(2023, month - 1, 1, 12))),
    weekdayNarrow: weekdayName('narrow'),
    weekdayLong: weekdayName('long'),
    /** An instant in the person's own zone: November 20, 2026 at 9:30 PM */
    instant: (rfc3339: string): string => instant.format(new Date(rfc3339)),
  };
}

function at(day: string): Date {
  const parts = dayParts(day);
  if (!parts) return new Date(Number.NaN);
  return new Date(Date.UTC(parts.year, parts.month - 1, parts.day, 12));
}
