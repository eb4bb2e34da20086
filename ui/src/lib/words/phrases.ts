/** Numbers, dates and counted things in English: the small words that the catalogue is built from. */
import { dateWriter } from './dates';
import { counter, plural } from './plural';

export const locale = 'en-US';
export const pick = plural(locale);
export const num = counter(locale);
export const date = dateWriter(locale);

export const cards = (n: number) => `${num(n)} ${pick(n, { one: 'card', other: 'cards' })}`;
export const days = (n: number) => `${num(n)} ${pick(n, { one: 'day', other: 'days' })}`;
export const minutes = (n: number) => `${num(n)} ${pick(n, { one: 'minute', other: 'minutes' })}`;
/** Minutes, and hours from an hour and a half on. */
export const stretch = (n: number) => {
  const hours = Math.round(n / 30) / 2;
  return n < 90 ? minutes(n) : `${num(hours)} hours`;
};
export const answers = (n: number) => `${num(n)} ${pick(n, { one: 'answer', other: 'answers' })}`;
export const quoted = (text: string) => (text ? ` “${text}”` : '');
