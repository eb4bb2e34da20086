/** The words of what keeps a person's progress safe: backups, the check, places and collections. */
import type { Backup, BackupReason, CheckReport, Lost, PlaceWarning, Remedy, SalvageReport } from '../api/backend';
import { answers, cards, date, locale, num, pick } from './phrases';

const list = (parts: string[]) => new Intl.ListFormat(locale).format(parts.filter(Boolean));
const things = (n: number, one: string, other: string) => (n > 0 ? `${num(n)} ${pick(n, { one, other })}` : '');
const reasons: Record<BackupReason, string> = {
  before_update: 'before an update of Cairn', before_import: 'before an import', before_restore: 'before going back', before_repair: 'before a repair',
  regular: 'made by itself', by_hand: 'made by you',
};
const remedies: Record<Remedy, string> = { repair: 'Cairn can mend this.', salvage: 'A repair cannot mend this.', by_hand: 'This needs you.', none: 'Nothing needs to be done.' };
const lost = ({ answers: a, imports, notes, edits }: Lost) =>
  list([a > 0 ? answers(a) : '', imports > 0 ? `${things(imports, 'import', 'imports')}${notes > 0 ? ` with ${things(notes, 'note', 'notes')}` : ''}` : '', things(edits, 'other change', 'other changes')]);
const nothing = (one: Lost) => one.answers + one.imports + one.edits === 0;

export const keeping = {
  title: 'Keep and share',
  parts: 'Parts of this page', share: 'Share', backups: 'Backups', check: 'Check',
};

export const backups = {
  heading: 'Backups',
  lead: 'Cairn copies everything by itself: before anything big, and every half hour in which you change something.',
  now: 'Back up now', making: 'Making a backup…', made: 'A backup is made.', loading: 'Getting the list…',
  none: 'There is none yet. The first one comes by itself after half an hour of use.',
  all: (n: number) => `Show all ${num(n)}`, fewer: 'Show fewer', listed: 'Backups, the newest first',
  at: (at: string) => date.instant(at), why: (reason: BackupReason) => reasons[reason],
  holds: (c: number, a: number) => `${cards(c)}, ${answers(a)}`,
  second: 'in the second folder', newer: 'made by a newer Cairn', other: 'of another collection',
  lost: (one: Lost) => (nothing(one) ? 'Going back to it loses nothing.' : `Since then: ${lost(one)}.`),
  restore: 'Go back…', restoreLabel: (at: string, c: number, a: number) => `Go back to the backup of ${date.instant(at)}, with ${cards(c)} and ${answers(a)}`,
  dialogTitle: 'Go back to this backup?',
  dialogWords: ({ made_at, cards: c, answers: a }: Backup) => `Your cards will be as they were on ${date.instant(made_at)}: ${cards(c)} and ${answers(a)}.`,
  dialogLost: (one: Lost) => (nothing(one) ? 'Nothing has changed since, so nothing is lost.' : `What came later is then gone: ${lost(one)}.`),
  dialogOther: 'This backup is of another collection. It takes the place of the one that is open.',
  dialogKept: 'Before that, the present is kept as a backup of its own. You can come back to it with one press.',
  yes: 'Go back', no: 'Stay here',
  restored: (at: string) => `Your cards are as they were on ${date.instant(at)}.`,
  restoredTitle: (at: string) => `You went back to the backup of ${date.instant(at)}`,
  restoredWords: 'What was there before is kept. If this was not what you wanted, take it back.',
  undo: 'Take it back', undone: 'Taken back. Everything is as it was before.',
  mediaMissing: (n: number) => `${num(n)} ${pick(n, { one: 'picture or sound is', other: 'pictures and sounds are' })} not in it and could not be found.`,
  place: 'Where backups lie', settings: 'Change folder and size',

  section: 'Backups', folder: 'Folder', folderHelp: 'Old backups stay where they are.', choose: 'Choose another folder…', usual: 'Back to the usual folder',
  secondFolder: 'Second folder', secondHelp: 'A copy on another disk helps if this disk breaks. Each backup is copied there too, whenever the disk is connected.', noSecond: 'None', chooseSecond: 'Choose a second folder…', noMore: 'No more copies there',
  budget: 'Room for backups, in MB', budgetHelp: 'When they need more, the oldest ones are thinned out first. Pictures and sounds are kept once and not counted.',
  saved: 'Saved.',
  offerTitle: 'Keep a second copy on another disk?',
  offerWords: (disk: string) => `Backups now lie on the same disk as your cards. If that disk breaks, both are gone. Cairn can also copy them to ${disk}.`,
  offerDisk: (name: string, path: string) => (name ? `“${name}” (${path})` : path),
  offerYes: 'Copy them there too', offerOther: 'Choose another folder…', offerNo: 'No, thank you', offerTaken: 'Done. Backups are copied there from now on.',
};

export const checking = {
  lead: 'Cairn can look at every card, answer, date and picture, and say if anything is wrong. It changes nothing.',
  begin: 'Check now', again: 'Check again', thorough: 'Also read every picture and sound', thoroughHelp: 'Takes longer.',
  fine: 'Everything is fine.', looked: ({ notes, cards: c, answers: a }: CheckReport) => `Looked at ${num(notes)} ${pick(notes, { one: 'note', other: 'notes' })}, ${cards(c)} and ${answers(a)}.`,
  found: (n: number) => pick(n, { one: 'One thing needs a look.', other: `${num(n)} things need a look.` }),
  findings: 'What was found', info: 'Good to know', examples: (names: string[], n: number) => `For example: ${list([...names.map((name) => `“${name.replace(/[.…]+$/, '')}”`), n > names.length ? 'others' : ''])}.`,
  remedy: (remedy: Remedy) => remedies[remedy],
  repair: 'Repair…', repairTitle: 'Repair what was found?',
  repairWords: 'Cairn puts these things right. No card and no answer is removed.',
  repairKept: 'Before that, a backup is made. Afterwards Undo takes back what was done to words and cards; dates stay as your answers give them.',
  yes: 'Repair', no: 'Not now',
  repaired: (n: number) => (n === 0 ? 'Nothing needed repair.' : 'The repair is done.'), mended: 'What was done', undo: 'Undo the repair', undone: 'The repair is taken back. Dates stay as your answers give them.',
  salvageHint: 'Parts of the file itself cannot be read. Go back to a backup from before. If there is none, Cairn can read out what is left: close it, and open it again.',
  stopped: 'Stopped. Nothing was changed.',
};

export const salvaging = {
  title: 'Read out what can be read',
  words: 'If no backup is recent enough, Cairn can copy everything that is still readable into a new file. The damaged file is kept as it is.',
  begin: 'Read out what can be read', doing: 'Reading what can be read…',
  done: 'This could be read', table: 'Kind', read: 'Read', lost: 'Lost',
  everything: 'Everything could be read.', lostTitle: 'What was lost',
  summary: ({ tables, lost: gone }: SalvageReport) => {
    const of = (name: string) => tables.find((one) => one.things === name)?.read ?? 0;
    return `${cards(of('cards'))} and ${answers(of('answers'))} could be read.${gone.length > 0 ? ' Some things are lost.' : ''}`;
  },
  file: 'The new file', use: 'Go on with these cards', useWords: 'The damaged file stays beside it, under another name.', used: 'Your cards are open again. The damaged file is kept.',
};

export const places = {
  section: 'Your collection', lead: 'A collection holds one person’s cards and progress. On a shared computer each person can have one.',
  others: 'Other collections on this computer', switch: 'Open', switchLabel: (name: string) => `Open ${name}`, missing: 'Not there now',
  holds: (c: number | null, a: number | null) => (c === null || a === null ? '' : `${cards(c)}, ${answers(a)}`),
  another: 'Open another…', create: 'New collection…', fileKind: 'Cairn collections', newName: 'My cards.cairn', opened: 'The other collection is open.',
  instead: 'Open another collection',
  forget: 'Take off the list', forgetLabel: (name: string) => `Take off the list: ${name}`, forgetHelp: 'Taking one off the list leaves its file where it is.',
  title: ({ kind, name }: PlaceWarning) => (kind === 'cloud' ? `Your cards lie in a folder of ${name}` : `Your cards lie on ${name}`),
  short: ({ kind, name }: PlaceWarning) => (kind === 'cloud' ? `This folder belongs to ${name}.` : `This is ${name}.`),
  better: 'The better way:', move: 'To move it: close Cairn, move this file and the folders whose names begin like it, start Cairn, and use “Open another…”.', dismiss: 'I know, leave it here', dismissed: 'All right. You can read this again in Settings.',
  missingTitle: 'Your collection is not where it was.', missingUsual: 'Open the usual one of this computer',
};
