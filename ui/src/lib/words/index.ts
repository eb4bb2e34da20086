/** The words of the interface in the language in use. Another language is another file of type `Words`. */
import { dateWriter } from './dates';
import { en, type Words } from './en';
import { counter } from './plural';

export const words: Words = en;
export const dates = dateWriter(words.locale);
export const number = counter(words.locale);
