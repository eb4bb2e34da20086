/** The words of the import. */
import type { ColumnUse, Delimiter, Existing, ImportCounts, ImportPreview, ImportReport, ImportStatus } from '../api/backend';
import { answers, cards, date, locale, num, pick } from './phrases';

const notes = (n: number) => `${num(n)} ${pick(n, { one: 'note', other: 'notes' })}`;
/** Cards where each note makes one; otherwise notes, since a note may make several. */
const things = (single: boolean, n: number) => (single ? cards(n) : notes(n));
const freshThings = (single: boolean, n: number) => `${num(n)} new ${single ? pick(n, { one: 'card', other: 'cards' }) : pick(n, { one: 'note', other: 'notes' })}`;
const oneEach = ({ decks }: ImportPreview) => decks.every((deck) => deck.notes === deck.cards);
const unread = (n: number, lines: boolean) => (lines ? `${num(n)} ${pick(n, { one: 'line', other: 'lines' })} could not be read` : `${notes(n)} could not be read`);
/** A file by its name; what was pasted has none. */
const sourceName = (name: string) => (name ? `“${name}”` : 'pasted text');
const delimiters: Record<Delimiter, string> = { comma: 'Comma ,', semicolon: 'Semicolon ;', tab: 'Tab', pipe: 'Bar |', colon: 'Colon :', dash: 'Dash -', none: 'Nothing: one column' };
const columnUses: Record<ColumnUse, string> = {
  ignore: 'Leave out', question: 'Question', answer: 'Answer', note: 'Note with the answer', option: 'Option', correct: 'Which option is right', right: 'Right option', wrong: 'Wrong option', kind: 'Kind of card', reason: 'Reason for an option',
  tags: 'Tags', area: 'Exam area', source: 'Source', deck: 'Deck', guid: 'Id of the note',
};
const existings: Record<Existing, string> = { update: 'Take the new text', keep_mine: 'Leave mine as they are', keep_both: 'Keep both' };
const importKinds: Record<ImportPreview['format'], string> = { markdown: 'Cairn deck', table: 'Spreadsheet', json: 'Cairn JSON', anki: 'Anki package' };
const importPhases: Record<ImportStatus['phase'], string> = { idle: 'Just a moment…', reading: 'Reading…', checking: 'Looking at the cards…', writing: 'Putting the cards in place…' };
const importRows: Record<keyof ImportCounts, string> = {
  added: 'New', updated: 'Changed', unchanged: 'Already here, just the same', kept_edits: 'Edited by you, and kept that way',
  keys_changed: 'Best answer changed', cards: 'Cards of the new ones', scheduled: 'Cards that bring their dates', kept_schedules: 'Cards that keep the dates they have here',
  settings: 'Settings that you had not set here',
};

export const importing = {
  title: 'Import',
  lead: 'Bring the cards you already have.',
  safe: 'Nothing changes until you have seen what would happen. Cards you already study keep their dates, and you can take a whole import back.',
  choose: 'Choose files…', paste: 'Paste text…',
  drop: 'You can also drop files anywhere on this window.',
  kinds: 'What Cairn can read',
  kindMarkdown: 'Cairn decks', kindTable: 'Spreadsheets and word lists', kindJson: 'Cairn JSON', kindAnki: 'Anki packages',
  kindTableHelp: 'from Excel, LibreOffice, Google Sheets or Quizlet', kindAnkiHelp: 'with pictures, sounds, dates and history',
  pasteLabel: 'Your text', pasteHelp: 'One card on each line: the question, then a tab or a comma, then the answer. A copy from a spreadsheet or from Quizlet works as it is.',
  pasteEmpty: 'Please paste or type something first.', continue: 'Continue',
  pasted: 'Pasted text', past: 'Earlier imports', pastNone: 'There are none yet.', pastLoading: 'Getting the list…',
  pastLine: (at: string, n: number) => `${date.instant(at)} · ${notes(n)}`,
  takeBack: 'Take back', takeBackLabel: (name: string, at: string) => `Take back ${sourceName(name)} of ${date.instant(at)}`,
  takeBackTitle: 'Take this import back?',
  takeBackWords: (name: string) => `The cards that ${sourceName(name)} brought go away, and texts that it changed are again as they were.`,
  takeBackAnswers: (n: number) => `You have given ${answers(n)} to its cards since. ${pick(n, { one: 'It goes', other: 'They go' })} with them.`,
  takeBackYes: 'Take it back', takeBackNo: 'Keep it',
  takenBack: (name: string) => `The import of ${sourceName(name)} is taken back.`,
  dropHere: 'Drop the files to see what is in them.', dropSafe: 'Nothing changes yet.',

  previewTitle: 'This is what would happen',
  from: (format: ImportPreview['format'], files: string[]) => `${importKinds[format]}: ${new Intl.ListFormat(locale).format(files.length > 3 ? [...files.slice(0, 2), `${num(files.length - 2)} more files`] : files)}`,
  summary: (preview: ImportPreview) => {
    const { decks, unreadable, counts: { added, updated, unchanged } } = preview;
    const single = oneEach(preview);
    const where = decks.length > 1 ? ` in ${num(decks.length)} decks` : '';
    const fresh = added > 0 ? freshThings(single, added) + where : updated + unchanged > 0 ? `No new ${single ? 'cards' : 'notes'}` : 'No cards';
    const parts = [fresh, updated > 0 ? `${num(updated)} changed` : '', unchanged > 0 ? `${num(unchanged)} the same` : ''].filter(Boolean);
    return `${parts.join(', ')}${unreadable > 0 ? `; ${unread(unreadable, preview.format === 'table')}` : ''}.`;
  },
  severalCards: 'One note can make several cards.',
  rowsTitle: 'In numbers', row: (key: keyof ImportCounts) => importRows[key], rowUnreadable: 'Could not be read',
  logRows: (n: number) => `${answers(n)} from before ${pick(n, { one: 'comes', other: 'come' })} with them.`,
  mediaCount: (n: number) => `${num(n)} ${pick(n, { one: 'picture or sound comes', other: 'pictures and sounds come' })} with them.`,
  decks: 'Decks', deckLine: (name: string, c: number) => `${name}: ${cards(c)}`,
  choices: 'How it is brought in',
  deckName: 'Name of the deck', deckHelp: 'No deck is named in it. If you already have a deck of this name, the cards join it.', deckMissing: 'Please give the deck a name.',
  existing: 'Cards that are already here', existingHelp: 'Their dates and your progress stay in any case. Where you changed a text yourself, your words stay.', existingName: (existing: Existing) => existings[existing],
  dates: 'Dates and history', datesHelp: 'A card that you have already answered here keeps its own dates either way.', datesBring: 'Bring dates and history', datesFresh: 'Start fresh',
  table: 'How the file is read', tableHelp: 'Cairn looked at the file and made a guess. Correct it until the first lines below look right.',
  delimiter: 'Between the columns', delimiterName: (name: string) => (Object.hasOwn(delimiters, name) ? delimiters[name as Delimiter] : name), delimiterOther: 'Another character…', delimiterChar: 'The character between the columns',
  encoding: 'Characters', encodingHelp: 'If letters like é or ñ look wrong below, try another one.',
  header: 'The first line', headerYes: 'Names of the columns', headerNo: 'A card',
  html: 'The text is written in HTML', htmlHelp: 'Only if you see signs like <b> or <br> in the lines below.',
  columns: (lines: number) => `What the columns mean. The file has ${num(lines)} ${pick(lines, { one: 'line', other: 'lines' })}; here are the first ones.`, column: (n: number) => `Column ${n}`,
  use: (column: string) => `Use of ${column}`, useName: (use: ColumnUse) => columnUses[use],
  identity: 'A line is known by its question. If you edit a question in the file later, it makes a new card.',
  samples: 'The first cards, as they will look', sampleFront: 'Front', sampleBack: 'Back', sample: (n: number, deck: string) => `Card ${n}, in ${deck}`,
  problems: (n: number) => (n === 1 ? 'What could not be read' : `What could not be read: ${num(n)} places`), problemsFirst: (shown: number, all: number) => `The first ${num(shown)} of ${num(all)}:`,
  problemPlace: (file: string, line: number) => [file, line > 0 ? `line ${num(line)}` : ''].filter(Boolean).join(', '),
  remarks: 'Good to know',
  go: (preview: ImportPreview) => {
    const { added, updated } = preview.counts;
    const single = oneEach(preview);
    return added > 0 ? `Import ${things(single, added)}` : updated > 0 ? `Change ${things(single, updated)}` : 'Import';
  },
  nothingNew: 'There is nothing new in it: every card is already here, just the same.',
  nothingRead: 'No card in it could be read, so there is nothing to import.',
  nothingKept: 'With these choices nothing would change.',
  wait: 'One moment: the preview is following your change.',
  unsettled: 'This choice did not work, so nothing can be imported yet. Please try another one.',

  progressTitle: 'Reading your cards', progressRun: 'Importing', progress: 'Progress',
  doing: (phase: ImportStatus['phase']) => importPhases[phase], count: (done: number, total: number) => `${num(done)} of ${num(total)}`,
  progressRunHelp: 'You may go to another page. If you cancel, nothing of it stays.', progressReadHelp: 'Nothing changes yet.',
  cancelling: 'Stopping…', cancelled: 'Stopped. Nothing was changed.',
  busy: 'An import is running. Your cards are back in a moment.', busyHint: 'Nothing is lost. Please try again when it is done.',

  reportTitle: 'It is done.',
  reported: ({ counts, unreadable }: ImportReport) => {
    const { added, updated, cards: made } = counts;
    const several = made !== added && added > 0 ? `, which make ${cards(made)}` : '';
    const done = [added > 0 ? `${freshThings(made === added, added)}${several}` : '', updated > 0 ? `${num(updated)} changed` : ''].filter(Boolean);
    const left = unreadable > 0 ? ` ${num(unreadable)} could not be read.` : '';
    return `${done.length > 0 ? `${done.join(', ')}.` : 'No text changed.'}${left}`;
  },
  saveReport: 'Save report…', reportSaved: (path: string) => `The report is saved: ${path}`,
  undo: 'Undo this import', study: 'Study now', another: 'Import something else',
};
