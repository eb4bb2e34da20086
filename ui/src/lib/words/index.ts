/** The words of the interface in the language in use. Another language is another file of type `Words`. */
import { dateWriter } from './dates';
import { en, type Words } from './en';

export const words: Words = en;
export const dates = dateWriter(words.locale);
