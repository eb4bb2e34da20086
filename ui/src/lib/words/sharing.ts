/** The words of exports: what goes out, for whom, and where it lies. */
import type { Exported, ExportFormat, WorkStatus } from '../api/backend';
import { answers, cards, num, pick } from './phrases';

const formats: Record<ExportFormat, { name: string; help: string; endings: string }> = {
  report: { name: 'Progress report', help: 'A page about what you have done and learned. Made to be read, printed or handed to a trainer or supervisor.', endings: '.html' },
  csv: { name: 'Tables', help: 'Every card and every answer as two tables, for LibreOffice, Excel or Google Sheets.', endings: '.csv' },
  json: { name: 'Everything', help: 'All decks, dates and answers in one file, to keep or to take to another computer. Cairn reads it back.', endings: '.json' },
  apkg: { name: 'Anki package', help: 'Your cards for Anki, with their dates and history if you like.', endings: '.apkg' },
  md: { name: 'Deck to share', help: 'Cards as plain text, without your progress. Friends read it in any editor, and Cairn reads it back.', endings: '.md' },
  ics: { name: 'Calendar', help: 'Your exam date and how many cards come on the next days, for the calendar on your phone or computer.', endings: '.ics' },
};
const saved: Record<ExportFormat, string> = {
  report: 'The progress report is saved.', csv: 'The tables are saved.', json: 'Everything is saved.', apkg: 'The Anki package is saved.', md: 'The deck is saved.', ics: 'The calendar is saved.',
};
const fileNames: Record<ExportFormat, string> = { report: 'Cairn progress', csv: 'Cairn', json: 'Cairn', apkg: 'Cairn', md: 'Cairn deck', ics: 'Cairn calendar' };
const phases: Record<WorkStatus['phase'], string> = {
  idle: 'Just a moment…', exporting: 'Writing the file…', backing_up: 'Making a backup…', restoring: 'Going back…', checking: 'Looking at every card…', repairing: 'Repairing…', salvaging: 'Reading what can be read…',
};
const size = (bytes: number) => {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = Math.min(units.length - 1, bytes > 0 ? Math.floor(Math.log10(bytes) / 3) : 0);
  const value = bytes / 1000 ** step;
  return new Intl.NumberFormat('en-US', { style: 'unit', unit: units[step] ?? 'byte', unitDisplay: step === 0 ? 'long' : 'short', maximumFractionDigits: value < 10 && step > 0 ? 1 : 0 }).format(value);
};

export const sharing = {
  lead: 'Nothing leaves this computer by itself. You choose what is written, and where.',
  what: 'What would you like?',
  format: (format: ExportFormat) => formats[format].name,
  formatHelp: (format: ExportFormat) => formats[format].help,
  endings: (format: ExportFormat) => formats[format].endings,
  options: 'Details',
  name: 'Your name', nameHelp: 'It stands at the top of the report. Leave it empty if you do not want it there.',
  period: 'Which days', periodAll: 'From the first day until today', periodSome: 'Choose days',
  from: 'From', to: 'Until', periodHelp: 'Leave a day empty to take everything on that side.', periodWrong: 'The last day lies before the first one. Please change one of them.',
  cardText: 'Quote cards', cardTextHelp: 'Shows the words of cards that were hard for you. Without it the report names areas only.',
  deck: 'Which cards', deckAll: 'All decks',
  progress: 'With dates and history', progressHelp: 'Anki then goes on where you are. Without it every card starts fresh.',
  media: 'With pictures and sounds', mediaHelp: 'Makes the file larger.',
  save: 'Save…', saveFolder: 'Choose a folder…', show: 'Look at it', print: 'Print or save as PDF…',
  deckFolder: 'Several decks go into a folder, one file each.', tableFolder: 'Two files go into the folder: cards.csv and reviews.csv.',
  existsTitle: 'Replace what is there?', exists: 'There is already a file of this name in that folder.', existsYes: 'Replace it', existsNo: 'Keep it',
  progressLabel: 'Progress', doing: (phase: WorkStatus['phase']) => phases[phase], count: (done: number, total: number) => `${num(done)} of ${num(total)}`,
  cancelling: 'Stopping…', cancelled: 'Stopped. Nothing was written.',
  done: ({ format, files }: Exported) => (format === 'md' && files.length > 1 ? `${num(files.length)} files are saved.` : saved[format]),
  holds: ({ decks, cards: c, answers: a, media }: Exported) =>
    [decks > 1 ? `${num(decks)} decks` : '', c > 0 ? cards(c) : '', a > 0 ? answers(a) : '', media > 0 ? `${num(media)} ${pick(media, { one: 'picture or sound', other: 'pictures and sounds' })}` : ''].filter(Boolean).join(' · '),
  file: (path: string, bytes: number) => `${path} (${size(bytes)})`,
  fileName: (format: ExportFormat, day: string) => `${fileNames[format]} ${day}${formats[format].endings}`,
  remarks: 'Good to know',
  reveal: 'Show in folder', open: 'Open',
  shown: 'The report is open in a window of its own.',
};
