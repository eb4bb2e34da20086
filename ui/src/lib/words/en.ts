import type { ActKind, Area, ColumnUse, Delimiter, DrillRule, Existing, ImportCounts, ImportPreview, ImportReport, ImportStatus, Motion, Reading, Settings, ShortcutAction, Theme } from '../api/backend';
import { dateWriter } from './dates';
import { counter, plural } from './plural';

const locale = 'en-US';
const pick = plural(locale);
const num = counter(locale);
const date = dateWriter(locale);

const cards = (n: number) => `${num(n)} ${pick(n, { one: 'card', other: 'cards' })}`;
const days = (n: number) => `${num(n)} ${pick(n, { one: 'day', other: 'days' })}`;
const minutes = (n: number) => `${num(n)} ${pick(n, { one: 'minute', other: 'minutes' })}`;
/** Minutes, and hours from an hour and a half on. */
const stretch = (n: number) => {
  const hours = Math.round(n / 30) / 2;
  return n < 90 ? minutes(n) : `${num(hours)} hours`;
};
const answers = (n: number) => `${num(n)} ${pick(n, { one: 'answer', other: 'answers' })}`;
const quoted = (text: string) => (text ? ` “${text}”` : '');

/** "tomorrow" as a day that something falls on; the year only when it is not near. */
const onDay = (day: string, inDays: number) =>
  inDays <= 0 ? 'today' : inDays === 1 ? 'tomorrow' : inDays > 300 ? date.long(day) : date.short(day);

const areas: Record<Area, string> = {
  AR: 'Administrative Responsibilities', BF: 'Behavioral Health Foundations', IS: 'Interpersonal Skills', RS: 'Recovery Support',
  AD: 'Advocacy', CI: 'Community Inclusion', RL: 'Resource Linkage', CM: 'Crisis Management',
};

const settings: Record<keyof Settings, string> = {
  welcomed: 'the welcome', exam_date: 'Exam date', day_starts_at_hour: 'The day starts at', new_per_day: 'New cards a day', ready_per_day: 'Ready cards a day',
  drill: 'See again on the same day', late_credit: 'Count days that a card waited', fuzz: 'Spread dates a little', six_grades: 'The full scale',
  max_interval_days: 'Longest wait', one_sibling_a_day: 'One side of a card a day', theme: 'Colors', text_size_percent: 'Text size', motion: 'Movement', shortcuts: 'Keyboard shortcuts',
};
const settingName = (key: string) => (Object.hasOwn(settings, key) ? settings[key as keyof Settings] : key);

const acts: Record<ActKind, (subject: string) => string> = {
  answer: (s) => `your answer to${quoted(s)}`,
  suspend: (s) => `setting aside${quoted(s)}`,
  resume: (s) => `bringing back${quoted(s)}`,
  bury: (s) => `“Not today” for${quoted(s)}`,
  flag: (s) => `the flag on${quoted(s)}`,
  unflag: (s) => `taking the flag off${quoted(s)}`,
  edit: (s) => `your edit of${quoted(s)}`,
  setting: (s) => `your change of${s ? quoted(settingName(s)) : ' a setting'}`,
  import: (s) => (s ? `the import of${quoted(s)}` : 'the import of pasted text'),
  catch_up: () => 'the change to catching up',
  mend_clock: () => 'putting the clock right',
  take_back: (s) => (s ? `taking back the import of${quoted(s)}` : 'taking back an import'),
  content: (s) => `the update of built-in cards${quoted(s)}`,
};

const actions: Record<ShortcutAction, string> = {
  reveal: 'Show the answer, then Good',
  again: 'Again, or Not yet',
  hard: 'Hard',
  good: 'Good',
  easy: 'Easy',
  undo: 'Undo the last thing you did',
  edit: 'Edit this card',
  suspend: 'Set this card aside',
  bury: 'Not today: hide until tomorrow',
  flag: 'Flag this card, or take the flag off',
  origin: 'Where this comes from',
  more: 'More for this card',
  help: 'Keys and help',
  leave: 'Leave; all is saved',
  crisis: 'Hard moment: 988',
};

const readings: Record<Reading, string> = {
  page: 'We read this page itself.',
  part: 'We could read only part of it.',
  secondary: 'We read about it on another page, not on this one.',
  unknown: 'From general knowledge; not checked against a page.',
};

const themes: Record<Theme, string> = { system: 'Same as this computer', light: 'Light', dark: 'Dark', contrast: 'High contrast' };
const motions: Record<Motion, string> = { system: 'Same as this computer', reduced: 'As little as possible' };
const drillRules: Record<DrillRule, string> = {
  below_good: 'After Again and after Hard',
  failures: 'After Again only',
  off: 'Never',
};

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
};

export const en = {
  locale,
  name: 'Cairn',
  opening: 'Opening your cards…',

  nav: { label: 'Main', skip: 'Skip to the page', today: 'Today', import: 'Import', settings: 'Settings', help: 'Help' },

  common: {
    close: 'Close', cancel: 'Cancel', save: 'Save', back: 'Back', next: 'Next', retry: 'Try again', dismiss: 'Close this note',
    or: 'or',
    keyNames: { Space: 'Space', Escape: 'Esc', Enter: 'Enter' } as Record<string, string>,
    somethingWrong: 'Something went wrong inside the program.',
    nothingLost: 'Your answers are safe. You can try again.',
  },

  undo: {
    button: 'Undo',
    takes: (kind: ActKind, subject: string) => `Takes back ${acts[kind](subject)}.`,
    line: (kind: ActKind, subject: string) => `Last: ${acts[kind](subject)}.`,
    done: (kind: ActKind, subject: string) => `Taken back: ${acts[kind](subject)}.`,
    nothing: 'There is nothing to undo.',
  },

  welcome: {
    step: (n: number, of: number) => `Step ${n} of ${of}`,
    skip: 'Skip this',
    whatTitle: 'Welcome. This is Cairn.',
    what: 'A cairn is the pile of stones that people leave on a trail for those who come after. This one is for you, on the way to the Medi‑Cal Peer Support Specialist exam.',
    how: 'You look at a card, try to remember, and say how it went. Cairn picks the day when you see it again. A little on many days works better than a lot on one.',
    yours: 'There is no account. Everything you do stays on this computer.',
    honest: 'Cairn is not affiliated with CalMHSA, DHCS, HumRRO or Pearson VUE. How much each area counts and what score passes are not published, so Cairn does not guess, and no program can promise that you pass.',
    dateTitle: 'Do you know your exam date?',
    dateHelp: 'If you do, Today shows how many days are left, and by when you will have met every card. You can change it at any time.',
    dateUnknown: 'I don’t know yet',
    newTitle: 'How many new cards a day?',
    newLabel: 'New cards a day',
    newHelp: 'Fifteen is a steady pace. Each new card comes back on later days, so the work grows for a while and then levels out. How many minutes that takes depends on you, and we do not know it yet. Cairn will learn your pace. Less is fine, and you can change this at any time.',
    begin: 'Go to Today',
  },

  date: {
    month: 'Month', day: 'Day', year: 'Year', chooseMonth: 'Choose a month',
    incomplete: 'Please fill in month, day and year, or leave all three empty.',
    wrong: 'There is no such day. Please check the month and the day.',
    past: 'That day has already gone by. If you are planning the next try, choose the new date.',
    clear: 'Clear the date',
  },

  today: {
    greeting: (hour: number) => (hour < 5 ? 'Hello.' : hour < 12 ? 'Good morning.' : hour < 18 ? 'Good afternoon.' : 'Good evening.'),
    day: (day: string) => date.dayName(day),
    keyChanges: (n: number) => pick(n, { one: 'The best answer to a card you studied has changed', other: `The best answers to ${num(n)} cards you studied have changed` }),
    keyChangesWords: 'An update changed what counts as best. Your dates stay as they were, and each card tells you again when it comes.',
    keyChangesShow: 'What changed',
    keyWas: 'Before',
    keyNow: 'Now',
    keyRead: 'I have read this',
    keyReadDone: 'Marked as read.',
    readyStrong: (ready: number) => cards(ready),
    newStrong: (n: number) => `${num(n)} new ${pick(n, { one: 'card', other: 'cards' })}`,
    againStrong: (n: number) => `${cards(n)} to see again`,
    ready: (n: number) => pick(n, { one: ' is ready', other: ' are ready' }),
    waiting: (n: number) => pick(n, { one: ' is waiting', other: ' are waiting' }),
    left: (n: number) => pick(n, { one: ' is left', other: ' are left' }),
    andNew: (n: number) => `, and ${num(n)} new ${pick(n, { one: 'one', other: 'ones' })}`,
    andAgain: (n: number) => `, and ${num(n)} to see again`,
    stop: '. ',
    minutes: (n: number, own: boolean) => (own ? `About ${stretch(n)} at your pace.` : `About ${stretch(n)}; a rough guess until we know your pace.`),
    begin: 'Begin', goOn: 'Go on', short: 'a short sitting of 10',
    openSitting: (done: number, total: number) => `You are ${num(done)} of ${num(total)} into a sitting. It is all saved.`,
    answered: (n: number) => `${answers(n)} today so far.`,
    nothingTitle: 'Nothing more is ready today.',
    nothingDone: (n: number) => `You gave ${answers(n)} today. That is enough.`,
    nothingNext: (day: string, inDays: number, n: number) => `The next ${pick(n, { one: 'card comes', other: `${num(n)} cards come` })} ${inDays <= 1 ? '' : 'on '}${onDay(day, inDays)}.`,
    nothingAtAll: 'No card has a date yet.',
    meanwhile: 'Waiting is part of how this works: cards come back when remembering takes a little effort.',
    meanwhileMore: 'If you want more today, you can raise the number of new cards in Settings.',
    newOff: 'New cards are switched off. The ones you have met still come back on their days.',
    openSettings: 'Open Settings',
    decks: 'Decks', deck: 'Deck', new: 'New', readyColumn: 'Ready', again: 'See again', none: '–', noneSpoken: 'none',
    beginDeck: (name: string) => `Begin with ${name}`,
    hint: 'Choose a deck to study only that one.',
    quiet: (n: number) => `${num(n)} more ${pick(n, { one: 'deck has', other: 'decks have' })} nothing for today.`,
    quietAll: (n: number) => `${n === 1 ? 'Your deck has' : `Your ${num(n)} decks have`} nothing for today.`,
    showAll: 'Show all', showFewer: 'Show fewer',
    exam: 'Your exam',
    examToday: 'Today', examDays: (n: number) => days(n), examPast: 'The day has gone by',
    examTodayWords: 'Your exam is today. You have done the work. Go gently.',
    examPastWords: 'We hope it went well. If you go again, set the new date and Cairn plans on.',
    examLeft: (day: string) => date.full(day),
    metBefore: (n: number) => `At ${num(n)} new cards a day you meet every card by `,
    metAfter: '.',
    metLate: 'That is after the exam. A few more new cards a day would fit them all in; meeting most of them is fine too.',
    metNever: 'With new cards switched off, the ones you have not met yet stay unseen.',
    examUnknown: 'No date set. When you know it, Cairn can show how your days work out.',
    setDate: 'Set the date', changeDate: 'Change the date',
    month: (day: string, n: number) => `${date.month(day)}: ${days(n)} studied`,
    cell: (day: string, n: number) => `${date.short(day)}: ${n === 0 ? 'no answers' : answers(n)}`,
    cellToday: (sentence: string) => `${sentence}, today`,
    away: (n: number) => `Welcome back. It has been ${days(n)}.`,
    awayWords: 'Nothing is lost. Cards that waited count in your favor: what you still remember moves further on. Begin with a few.',
    backlog: (ready: number) => `${cards(ready)} are ready. You do not have to do them at once.`,
    backlogOffer: (perDay: number, n: number) => `Cairn can spread them over ${days(n)}, ${num(perDay)} a day. No date is rewritten; it only limits what you are shown, and you can end it any time.`,
    accept: 'Spread them out', notNow: 'Not now',
    catching: (perDay: number) => `Catching up: at most ${num(perDay)} ready cards a day.`,
    endCatchUp: 'End catching up',
    accepted: 'Done. Today is lighter now.', ended: 'Catching up has ended.',
    clock: (day: string) => `This computer’s clock stands earlier than your newest answer (${date.long(day)}).`,
    clockWords: 'If the clock was wrong before and is right now, Cairn can bring those cards back to today. If the clock is wrong now, set it first.',
    mend: 'Put it right', mended: 'The clock is put right.',
  },

  review: {
    title: 'Studying',
    leave: 'Leave', leaveHint: 'Everything is saved.',
    progress: 'Cards done',
    count: (done: number, total: number) => `${num(done)} of ${num(total)}`,
    again: (n: number) => `${num(n)} to see again`,
    more: 'More', moreLabel: 'More for this card',
    showAnswer: 'Show answer', answerShown: 'Answer shown.',
    question: 'Question', answer: 'Answer', reading: 'New to you: question and answer', choices: 'Choose the best answer', reasons: 'Answers with reasons',
    newToYou: 'New to you', newHint: 'Read it, then say how well you knew it.', newChoiceHint: 'A guess is welcome.',
    seeAgain: 'See again', flagged: 'Flagged', edited: 'Edited by you',
    howWell: 'How well did you know it?', howWent: 'How did it go?',
    check: 'Check', pickFirst: 'Choose one first.',
    chosen: (letter: string) => `${letter} chosen.`,
    yourPick: 'Your choice', best: 'Best answer', yourPickBest: 'Your choice, the best',
    rightLine: 'Yes. That is the best answer.',
    wrongLine: (mine: string, right: string) => `You chose ${mine}. The best answer is ${right}.`,
    wrongLineNew: (mine: string, right: string) => `You chose ${mine}; the best answer is ${right}. That is what a first look is for.`,
    onWrong: (again: string) => `This counts as Again: ${again}.`,
    onWrongDrill: 'You will see it again today.',
    continue: 'Continue',
    guessed: 'I guessed', notYet: 'Not yet', gotIt: 'Got it',
    grade: { again: 'Again', hard: 'Hard', good: 'Good', easy: 'Easy' },
    full: ['No memory of it', 'Wrong, but I knew it on sight', 'Wrong, though it felt close', 'Right, with real effort', 'Right, after a pause', 'Perfect'] as readonly string[],
    fullSaid: (grade: number) => `Grade ${grade}`,
    on: (day: string, inDays: number, drill: boolean) => (drill && inDays > 0 ? `today, then ${onDay(day, inDays)}` : onDay(day, inDays)),
    drillAgain: 'again today',
    drillNext: (day: string, inDays: number) => `next ${onDay(day, inDays)}`,
    sameDate: 'Same date for now; your answer changes the later ones.',
    saved: (name: string, inDays: number, drill: boolean, left: number) => {
      const next = inDays <= 0 ? 'Next today.' : inDays === 1 ? 'Next tomorrow.' : `Next in ${days(inDays)}.`;
      return `${name}. ${drill ? 'Once more today. ' : ''}${next} ${num(left)} left.`;
    },
    savedDrill: (name: string, left: number) => `${name}. ${num(left)} left.`,
    forExam: 'For the exam:',
    source: 'Source:', sources: 'Sources:', origin: 'Where this comes from', noSource: 'No source is given for this card.',
    moreSources: (n: number) => `and ${num(n)} more`,
    keyChanged: (was: string) => `The best answer to this card changed with an update. Before, it was “${was.replace(/\.$/, '')}.”`,
    expired: (day: string) => `This fact should be checked again (since ${date.long(day)}). Rules and numbers change.`,
    leech: 'This card keeps slipping away. That is often the card’s fault, not yours: shorter or more personal words can help.',
    editCard: 'Edit the card',
    gap: 'blank', gapHint: (hint: string) => `blank: ${hint}`, gapAnswer: 'answer',
    undone: (what: string, phase: string) => `${what} ${phase}`,
    hereAgain: 'You are back at this card.',
    changed: 'This card changed in the meantime, so your answer was not saved. Here it is as it stands now.',
    buried: 'Hidden until tomorrow.', suspended: 'Set aside. Undo brings it back.', flagOn: 'Flag set.', flagOff: 'Flag taken off.',
    menu: { edit: 'Edit', flag: 'Flag', unflag: 'Take the flag off', bury: 'Not today', suspend: 'Set aside', origin: 'Where this comes from', keys: 'Keys and help' },
    notToday: 'Not today',
    area: (area: Area) => areas[area],
  },

  origin: {
    title: 'Where this comes from',
    read: (how: Reading) => readings[how],
    readOn: (day: string) => `Read on ${date.long(day)}.`,
    readUnknown: 'Date of reading unknown.',
    place: (place: string) => `Place: ${place}`,
    open: (address: string) => `Open ${address} in your browser`,
    expires: (day: string) => `To be checked again after ${date.long(day)}.`,
  },

  edit: {
    title: 'Edit this card', hint: 'You can use Markdown: *slanted*, **bold**, - lists. Dates and progress stay as they are.',
    front: 'Front', back: 'Back', bothWays: 'Also ask it the other way around', note: 'Note, shown with the answer', text: 'Text',
    textHint: 'Blanks look like this: {{c1::the answer::a hint}}',
    face: (n: number) => `Card ${n}`, faceFront: (n: number) => `Front of card ${n}`, faceBack: (n: number) => `Back of card ${n}`,
    stem: 'Question', option: (letter: string) => `Option ${letter}`, reason: (letter: string) => `Why, for ${letter}`, right: (letter: string) => `${letter} is the best answer`,
    base: 'Built-in text, as released', useBase: 'Use the built-in text', baseUsed: 'The built-in text is in the fields now. Save to keep it.',
    saved: 'Saved. Dates and progress are unchanged.', loading: 'Getting the text…',
  },

  media: { sound: 'Sound', video: 'Video', missing: (name: string) => `Picture missing: ${name}`, broken: (name: string) => `This cannot be shown or played here: ${name}`, soundMissing: (name: string) => `Sound missing: ${name}` },

  import: {
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
  },

  crisis: {
    line: 'Hard moment?', number: '988', title: 'In a hard moment',
    call: 'Call or text 988, at any hour. It is the Suicide and Crisis Lifeline, and it is free. You do not have to be suicidal to call.',
    spanish: 'For Spanish, press 2 after calling, or text AYUDA to 988.',
    danger: 'If you or someone else is in immediate danger, call 911.',
    pause: 'The cards can wait. Everything is saved.',
    note: 'This is only text; Cairn does not call or send anything.',
  },

  done: {
    title: 'That’s it for now.', titleAll: 'Done for today.',
    studied: (n: number) => `You went through ${cards(n)}.`, nothing: 'Nothing was left to study in this sitting.',
    time: 'Time', newCards: 'New to you', reviews: 'Seen before', drilled: 'Seen again', recall: 'Remembered at first try',
    summary: 'This sitting in numbers',
    timeValue: (ms: number) => {
      const seconds = Math.round(ms / 1000);
      return seconds < 60 ? `${num(seconds)} ${pick(seconds, { one: 'second', other: 'seconds' })}` : minutes(Math.round(seconds / 60));
    },
    recallValue: (right: number, of: number) => `${num(right)} of ${num(of)}`,
    recallPercent: (right: number, of: number) => `${Math.round((100 * right) / of)} %`,
    recallNone: 'No recall to measure yet',
    recallNoneWhy: 'The first sight of a card is reading, not remembering.',
    recallWhy: 'First answers of the day on cards you had seen before.',
    next: (day: string, inDays: number, n: number) => `${pick(n, { one: 'The next card comes', other: `The next ${num(n)} cards come` })} ${inDays <= 1 ? '' : 'on '}${onDay(day, inDays)}.`,
    more: (n: number) => `${pick(n, { one: 'One more card is', other: `${num(n)} more cards are` })} there today, if you like.`,
    goOn: 'Go on', back: 'Back to Today', enough: 'Stopping here is fine.', kind: 'Each card you looked at is a stone in place. Rest well.',
  },

  settings: {
    title: 'Settings', intro: 'Each change is saved at once. Undo takes it back.', saved: 'Saved.',
    notNumber: 'Please type a whole number.',
    examSection: 'Your exam', examDate: 'Exam date', examHelp: 'Today counts the days and shows by when you will have met every card.',
    studySection: 'How much a day',
    newPerDay: 'New cards a day', newHelp: '0 switches new cards off. Fifteen is a steady pace.',
    readyPerDay: 'Ready cards a day, at most', readyHelp: 'The rest waits for the next day. No date is rewritten.',
    dayStart: 'The day starts at', dayStartHelp: 'If you study after midnight, it still counts as the day before, until this hour.',
    hour: (hour: number) => (hour === 0 ? 'midnight' : hour === 12 ? 'noon' : hour < 12 ? `${hour} in the morning` : hour < 18 ? `${hour - 12} in the afternoon` : `${hour - 12} in the evening`),
    returnSection: 'How cards come back',
    drill: 'See again on the same day', drillHelp: 'A card that was hard comes back after a few others, with two buttons: Not yet and Got it. Its next date stays the same.',
    drillRule: (rule: DrillRule) => drillRules[rule],
    sixGrades: 'Use the full scale, 0 to 5', sixHelp: 'Six grades in place of four, on the keys 0 to 5. Most people do well with four.',
    lateCredit: 'Count days that a card waited', lateHelp: 'If you still know a card that waited too long, it moves further on.',
    fuzz: 'Spread dates a little', fuzzHelp: 'Moves some dates by a day or so, so that cards learned together do not always come together.',
    sibling: 'One side of a card a day', siblingHelp: 'If a note makes several cards, you see only one of them on a day, so that one does not give the other away.',
    maxInterval: 'Longest wait, in days', maxHelp: 'No card stays away longer than this.',
    lookSection: 'Look',
    theme: 'Colors', themeHelp: 'High contrast has the strongest edges and text.', themeName: (theme: Theme) => themes[theme],
    textSize: 'Text size', textHelp: 'Makes everything larger, on every screen.', percent: (n: number) => `${n} %`,
    motion: 'Movement', motionHelp: 'Cairn moves little in any case.', motionName: (motion: Motion) => motions[motion],
    keysSection: 'Keyboard shortcuts',
    keysOn: 'Shortcuts with single keys', keysHelp: 'Switch them off if you use speech input, or if keys are pressed by accident. Tab, Enter, Esc and Ctrl+Z always work.',
    action: (action: ShortcutAction) => actions[action],
    fullScaleKeys: 'On the full scale the keys 0 to 5 give the grades, whatever stands here for the four buttons.',
    change: 'Change', changeLabel: (action: string) => `Change the key for: ${action}`,
    press: 'Press a key…', pressHelp: 'Press the new key now, or Esc to keep the old one.',
    taken: (key: string, by: string) => `${key} already means “${by}”. Please choose another key.`,
    takenByGrades: (key: string) => `${key} is used to grade or to pick options. Please choose another key.`,
    fixed: (key: string) => `${key} has a fixed meaning and cannot be used here.`,
    bound: (action: string, key: string) => `${key} now means: ${action}.`,
    reset: 'Back to the usual keys', resetDone: 'The usual keys are back.',
    aboutSection: 'About', version: 'Version', development: 'Development build, with its own collection', place: 'Where your cards lie',
    placeHelp: 'Everything is in this one place, on this computer.',
    notAffiliated: 'Not affiliated with CalMHSA, DHCS, HumRRO or Pearson VUE.',
  },

  help: {
    title: 'Help', dialogTitle: 'Keys and help',
    gradesTitle: 'What the buttons mean',
    hardRule: 'Hard means you got it, with effort. If you did not get it, press Again.',
    again: 'You did not get it. No harm done: it comes back soon.',
    hard: 'You got it, with effort.',
    good: 'You got it.',
    easy: 'You got it at once.',
    dates: 'Each button shows the real date on which the card comes back.',
    sameDate: 'In a card’s first days, several buttons often give the same date. Your answer still counts: it changes the later dates.',
    fullTitle: 'The full scale', fullRow: (grade: number, meaning: string) => `${grade}: ${meaning}`,
    newTitle: 'New cards',
    newText: 'A card you have never seen opens as “New to you”, with the answer in sight. Read it, then say how well you knew it. It is reading, not a test.',
    drillTitle: 'See again',
    drillText: 'A card you graded Again or Hard comes back once more on the same day, with two buttons: Not yet and Got it. This is practice; its next date does not change.',
    choiceTitle: 'Questions with options',
    choiceText: 'Pick with A to D or 1 to 4, then press Enter. Every option shows its reason afterwards. If you guessed, say so: “I guessed” counts as Again, and that is honest work.',
    lateTitle: 'If you miss days',
    lateText: 'Nothing is lost and there is no streak to break. Cards wait. If many are ready, Cairn offers to spread them over some days.',
    keysTitle: 'Keys', keysOff: 'Single-key shortcuts are switched off. You can switch them on in Settings.',
    keyColumn: 'Key', actionColumn: 'What it does', optionKeys: 'Pick an option, while a question with options is open', fullKeys: 'Grade, on the full scale',
    privacyTitle: 'Privacy',
    privacyText: 'Everything stays on this computer. There is no account, and Cairn sends nothing anywhere. Opening a source uses your own browser.',
    honestTitle: 'About the exam',
    honestText: 'Cairn is not affiliated with CalMHSA, DHCS, HumRRO or Pearson VUE. The weights of the eight areas and the pass mark are not published. Cairn does not invent them, and cannot promise that you pass. Check fees, rules and dates on the official pages.',
  },

  trouble: {
    title: 'Your cards could not be opened.',
    calm: 'Nothing has been deleted.',
    where: 'The file in question',
    snapshots: 'Copies that Cairn made for you',
    snapshotsHelp: 'Choose the newest one from before the trouble. The present file is kept beside it, so nothing is thrown away.',
    noSnapshots: 'There is no copy to go back to. Please keep the file; someone may be able to repair it.',
    holding: (c: number, a: number) => `${cards(c)}, ${answers(a)}`, madeAt: (at: string) => date.instant(at),
    restore: 'Use this copy', restoreLabel: (at: string) => `Use this copy, made ${date.instant(at)}`,
    again: 'Try to open it again',
    restored: 'Your cards are open again. The old file is kept.',
  },
};

export type Words = typeof en;
