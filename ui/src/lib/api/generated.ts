// Made from the Rust types by `UPDATE_BINDINGS=1 cargo test -p cairn bindings`. Not to be edited.

export type Area = "AR" | "BF" | "IS" | "RS" | "AD" | "CI" | "RL" | "CM";

export type Reading = "page" | "part" | "secondary" | "unknown";

export type Inline = { "t": "text", 
/**
 * The text.
 */
text: string, } | { "t": "em", 
/**
 * What is emphasised.
 */
children: Array<Inline>, } | { "t": "strong", 
/**
 * What is set strong.
 */
children: Array<Inline>, } | { "t": "strike", 
/**
 * What is struck out.
 */
children: Array<Inline>, } | { "t": "code", 
/**
 * The code.
 */
text: string, } | { "t": "link", 
/**
 * The address.
 */
href: string, 
/**
 * What is shown.
 */
children: Array<Inline>, } | { "t": "media", 
/**
 * Its file name in the note.
 */
name: string, 
/**
 * What it shows or says, in words; may be empty.
 */
alt: string, } | { "t": "break" } | { "t": "gap", 
/**
 * Whether what is hidden is shown.
 */
shown: boolean, 
/**
 * What stands in the gap while it is hidden.
 */
hint: string | null, 
/**
 * What is hidden; empty while it is.
 */
children: Array<Inline>, };

export type Block = { "t": "paragraph", 
/**
 * Its text.
 */
children: Array<Inline>, } | { "t": "heading", 
/**
 * 1 to 6.
 */
level: number, 
/**
 * Its text.
 */
children: Array<Inline>, } | { "t": "list", 
/**
 * First number of a numbered list; `None` for bullets.
 */
start: number | null, 
/**
 * Its items.
 */
items: Array<Array<Block>>, } | { "t": "quote", 
/**
 * What is quoted.
 */
children: Array<Block>, } | { "t": "code", 
/**
 * The code.
 */
text: string, } | { "t": "table", 
/**
 * Cells of the head.
 */
head: Array<Array<Inline>>, 
/**
 * Cells by row.
 */
rows: Array<Array<Array<Inline>>>, } | { "t": "rule" };

export type ChoiceOption = { 
/**
 * Stable id within the note.
 */
id: string, 
/**
 * What it says.
 */
text: string, 
/**
 * Whether choosing it is right.
 */
right: boolean, 
/**
 * Why it is or is not best.
 */
reason: string, };

export type Face = { 
/**
 * Ordinal key of the card, `t1`, `t2` …
 */
key: string, 
/**
 * The question.
 */
front: string, 
/**
 * The answer.
 */
back: string, };

export type Content = { "kind": "basic", 
/**
 * The question.
 */
front: string, 
/**
 * The answer.
 */
back: string, 
/**
 * Whether a second card asks from the answer to the question.
 */
both_ways: boolean, 
/**
 * Corrective for the exam; empty when there is none.
 */
note: string, } | { "kind": "cloze", 
/**
 * The text.
 */
text: string, 
/**
 * Corrective for the exam; empty when there is none.
 */
note: string, } | { "kind": "faces", 
/**
 * The faces, in order; their keys are unique.
 */
faces: Array<Face>, 
/**
 * Corrective for the exam; empty when there is none.
 */
note: string, } | { "kind": "choice", 
/**
 * The question.
 */
stem: string, 
/**
 * The options as written; shown shuffled.
 */
options: Array<ChoiceOption>, 
/**
 * Corrective for the exam; empty when there is none.
 */
note: string, };

export type Counts = { 
/**
 * Cards never seen.
 */
new: number, 
/**
 * Cards seen before, whose day has come.
 */
due: number, 
/**
 * Cards to see again today.
 */
drill: number, };

export type DeckCounts = { 
/**
 * The author's id of the deck.
 */
id: string, 
/**
 * What people see.
 */
name: string, 
/**
 * Its part of today's new cards.
 */
new: number, 
/**
 * Its part of today's ready cards.
 */
due: number, 
/**
 * Its cards to see again today.
 */
drill: number, };

export type NextDue = { 
/**
 * Its date.
 */
day: string, 
/**
 * Cards due on it.
 */
cards: number, };

export type MonthDay = { 
/**
 * Its date.
 */
day: string, 
/**
 * Answers given on it.
 */
answers: number, };

export type ActKind = "answer" | "suspend" | "resume" | "bury" | "flag" | "unflag" | "edit" | "setting" | "import" | "catch_up" | "mend_clock" | "content" | "repair" | "take_back";

export type Act = { 
/**
 * What was done.
 */
kind: ActKind, 
/**
 * Start of a card's text, a setting's key, a file name.
 */
subject: string, };

export type ExamOutlook = { 
/**
 * Day of the exam.
 */
date: string, 
/**
 * Days until then; negative when it is past.
 */
days_left: number, 
/**
 * Day by which every card has been met at the present pace; `None` when new cards are off.
 */
all_met_by: string | null, };

export type Backlog = { 
/**
 * Ready cards, whatever the limits.
 */
ready: number, 
/**
 * Ready cards a day.
 */
per_day: number, 
/**
 * Days it would take.
 */
days: number, };

export type Progress = { 
/**
 * Cards answered in it, each once.
 */
done: number, 
/**
 * These and those still to come; cards to see again don't count.
 */
total: number, 
/**
 * Cards to see again today.
 */
drill: number, 
/**
 * Cards of a short sitting.
 */
limit: number | null, };

export type KeyChange = { 
/**
 * Start of the question.
 */
question: string, 
/**
 * What was best.
 */
was: string, 
/**
 * What is best.
 */
now: string, };

export type Today = { 
/**
 * The study day.
 */
day: string, 
/**
 * What is left of it.
 */
counts: Counts, 
/**
 * The same by deck, every deck in order.
 */
decks: Array<DeckCounts>, 
/**
 * Estimate for what is left, rounded up.
 */
minutes: number, 
/**
 * Whether the estimate comes from the person's own pace.
 */
pace_is_own: boolean, 
/**
 * Answers given today.
 */
answered_today: number, 
/**
 * Whether the limit of new cards is 0.
 */
new_switched_off: boolean, 
/**
 * A sitting that was left in the middle.
 */
open_sitting: Progress | null, 
/**
 * The next day with cards, after today.
 */
next_due: NextDue | null, 
/**
 * Every day of the present month.
 */
month: Array<MonthDay>, 
/**
 * Days of it with an answer.
 */
days_studied: number, 
/**
 * The exam, when its date is known.
 */
exam: ExamOutlook | null, 
/**
 * Whole study days since the last one with an answer.
 */
days_away: number, 
/**
 * Offer to spread a large pile; none while one is being spread.
 */
backlog: Backlog | null, 
/**
 * A running catch-up: ready cards a day.
 */
catch_up_per_day: number | null, 
/**
 * The earliest day after today under which cards were answered: the clock was set back.
 */
clock_behind_since: string | null, 
/**
 * Best answers that an update changed since the person last said that they had read it.
 */
key_changes: Array<KeyChange>, 
/**
 * What undo would take back.
 */
last_act: Act | null, };

export type Phase = "new" | "review" | "drill";

export type Outcome = { 
/**
 * 0 to 5.
 */
grade: number, 
/**
 * Day on which the card comes next.
 */
due: string, 
/**
 * Days from today until then.
 */
in_days: number, 
/**
 * Interval of the rule in days, before fuzz.
 */
interval_days: number, 
/**
 * Whether it comes once more today.
 */
drill_today: boolean, };

export type ShownOption = { 
/**
 * Stable id.
 */
id: string, 
/**
 * What it says.
 */
text: Array<Inline>, 
/**
 * Whether it is right.
 */
right: boolean, 
/**
 * Why it is or is not best.
 */
reason: Array<Block>, };

export type ShownSource = { 
/**
 * Title of the work.
 */
title: string, 
/**
 * Who published it; may be empty.
 */
publisher: string, 
/**
 * `https:` address; may be empty.
 */
address: string, 
/**
 * How it was read.
 */
how: Reading, 
/**
 * When; `None` when nobody can vouch for a date.
 */
read_on: string | null, 
/**
 * Where in it; may be empty.
 */
place: string, };

export type ShownMedia = { 
/**
 * The name by which the text calls it.
 */
name: string, 
/**
 * SHA-256 of its bytes, by which it is served.
 */
sha256: string, 
/**
 * What it is: `image/png`, `audio/mpeg` …
 */
mime: string, };

export type Shown = { 
/**
 * Names the state shown; goes back with the answer.
 */
token: string, 
/**
 * UUID of the card.
 */
card: string, 
/**
 * UUID of its note.
 */
note: string, 
/**
 * Why it is shown.
 */
phase: Phase, 
/**
 * Which kind of note it is.
 */
kind: "basic" | "cloze" | "faces" | "choice", 
/**
 * Name of its deck.
 */
deck: string, 
/**
 * Its exam area.
 */
area: Area | null, 
/**
 * Its tags.
 */
tags: Array<string>, 
/**
 * The question.
 */
front: Array<Block>, 
/**
 * The answer; empty for a choice.
 */
back: Array<Block>, 
/**
 * The options, shuffled; empty unless a choice.
 */
options: Array<ShownOption>, 
/**
 * Corrective for the exam; may be empty.
 */
corrective: Array<Block>, 
/**
 * The pictures and sounds that its texts name.
 */
media: Array<ShownMedia>, 
/**
 * Where it comes from.
 */
sources: Array<ShownSource>, 
/**
 * Day after which the fact should be checked again.
 */
expires: string | null, 
/**
 * Whether that day has passed.
 */
expired: boolean, 
/**
 * Whether the person flagged it.
 */
flagged: boolean, 
/**
 * What was the best answer before an update changed it, until the card is answered again.
 */
best_was: string | null, 
/**
 * Whether it may need rewriting.
 */
leech: boolean, 
/**
 * Whether the person changed the text it came with.
 */
edited: boolean, 
/**
 * Grades 0 to 5 in order; in the drill 1 (not yet) and 4 (got it).
 */
outcomes: Array<Outcome>, };

export type Recall = { 
/**
 * Remembered (3 or better).
 */
right: number, 
/**
 * Asked.
 */
of: number, };

export type Done = { 
/**
 * Cards answered, each once.
 */
studied: number, 
/**
 * Of these, new ones.
 */
new_cards: number, 
/**
 * Of these, seen before.
 */
reviews: number, 
/**
 * Answers in the drill.
 */
drilled: number, 
/**
 * Time with cards, in milliseconds.
 */
taken_ms: number, 
/**
 * Measured recall; none when no card was seen before.
 */
recall: Recall | null, 
/**
 * The next day with cards, after today.
 */
next_due: NextDue | null, 
/**
 * What is left of today beyond this sitting.
 */
left_today: Counts, };

export type Step = { 
/**
 * The card to be answered.
 */
shown: Shown | null, 
/**
 * How far the sitting has come.
 */
progress: Progress, 
/**
 * What undo would take back.
 */
last_act: Act | null, 
/**
 * What it came to, when nothing is left.
 */
done: Done | null, };

export type Answer = { 
/**
 * Token of the card as shown.
 */
token: string, 
/**
 * 0 to 5; in the drill 1 (not yet) or 4 (got it).
 */
grade: number, 
/**
 * Time from shown to answered, in milliseconds.
 */
taken_ms: number, 
/**
 * Id of the option chosen, of a choice card.
 */
option: string | null, };

export type Undone = { 
/**
 * The act that was taken back.
 */
act: Act, 
/**
 * Where the sitting stands.
 */
step: Step, };

export type NoteText = { 
/**
 * UUID of the note.
 */
note: string, 
/**
 * Its text.
 */
content: Content, 
/**
 * The text it came with, when the person changed it.
 */
base: Content | null, 
/**
 * Name of its deck.
 */
deck: string, };

export type PastImport = { 
/**
 * The operation that did it.
 */
operation: number, 
/**
 * Name of the file.
 */
name: string, 
/**
 * When, RFC 3339, UTC.
 */
at: string, 
/**
 * Notes that it brought.
 */
notes: number, 
/**
 * Answers given since to their cards.
 */
answers: number, };

export type Existing = "update" | "keep_mine" | "keep_both";

export type Format = "markdown" | "table" | "json" | "anki";

export type ColumnUse = "ignore" | "question" | "answer" | "note" | "option" | "correct" | "right" | "wrong" | "reason" | "tags" | "area" | "source" | "deck" | "guid" | "kind";

export type TableChoices = { 
/**
 * Label of the encoding, such as `utf-8` or `windows-1252`.
 */
encoding: string, 
/**
 * Name of the delimiter (`comma`, `semicolon`, `tab`, `pipe`, `colon`, `dash`, `none`), or the
 * one character that it is.
 */
delimiter: string, 
/**
 * Whether the first row names the columns.
 */
header: boolean, 
/**
 * What each column is for.
 */
columns: Array<ColumnUse>, 
/**
 * Whether cells hold HTML.
 */
html: boolean, };

export type ImportChoices = { 
/**
 * Name of the deck; `None` where the files name their decks.
 */
deck: string | null, 
/**
 * What becomes of notes that are there already.
 */
existing: Existing, 
/**
 * Whether schedules and histories stay out.
 */
fresh: boolean, 
/**
 * How a table is read; `None` where there is none.
 */
table: TableChoices | null, };

export type ImportProblem = { 
/**
 * Name of the file.
 */
file: string, 
/**
 * Line, counted from 1; 0 where there are no lines.
 */
line: number, 
/**
 * Column in characters, counted from 1; 0 where there are no lines.
 */
column: number, 
/**
 * What is wrong, on which thing.
 */
message: string, 
/**
 * What to do.
 */
hint: string, };

export type ImportCounts = { 
/**
 * Notes that were not there.
 */
added: number, 
/**
 * Notes whose text or facts changed.
 */
updated: number, 
/**
 * Notes that were the same.
 */
unchanged: number, 
/**
 * Notes with new text, where the one here was kept.
 */
kept_edits: number, 
/**
 * Notes that were answered and whose best answer changed.
 */
keys_changed: number, 
/**
 * Cards of the notes added.
 */
cards: number, 
/**
 * Cards that took a schedule from the file.
 */
scheduled: number, 
/**
 * Cards with a schedule in the file that keep the one they have here.
 */
kept_schedules: number, 
/**
 * Settings that come along: those that were never set here.
 */
settings: number, };

export type ImportDeck = { 
/**
 * Its name.
 */
name: string, 
/**
 * Notes that could be read.
 */
notes: number, 
/**
 * Their cards.
 */
cards: number, };

export type SampleCard = { 
/**
 * Kind of its note.
 */
kind: "basic" | "cloze" | "faces" | "choice", 
/**
 * Name of its deck.
 */
deck: string, 
/**
 * The question.
 */
front: Array<Block>, 
/**
 * The answer; empty for a choice.
 */
back: Array<Block>, 
/**
 * The options as written.
 */
options: Array<ShownOption>, 
/**
 * Pictures and sounds; they are served once they are in the collection.
 */
media: Array<ShownMedia>, };

export type TableView = { 
/**
 * How it is read.
 */
choices: TableChoices, 
/**
 * Encodings to choose from.
 */
encodings: Array<string>, 
/**
 * Delimiters to choose from.
 */
delimiters: Array<string>, 
/**
 * Names of the columns: the header's, or empty.
 */
head: Array<string>, 
/**
 * The first rows, raw.
 */
rows: Array<Array<string>>, 
/**
 * Rows in all.
 */
lines: number, };

export type ImportPreview = { 
/**
 * Names of the files.
 */
files: Array<string>, 
/**
 * What they are (the first of them, when they differ).
 */
format: Format, 
/**
 * What was chosen, or guessed.
 */
choices: ImportChoices, 
/**
 * Their decks.
 */
decks: Array<ImportDeck>, 
/**
 * What would become of their notes.
 */
counts: ImportCounts, 
/**
 * Lines that could not be read.
 */
unreadable: number, 
/**
 * The first of them.
 */
problems: Array<ImportProblem>, 
/**
 * The first cards.
 */
samples: Array<SampleCard>, 
/**
 * The table, where there is one.
 */
table: TableView | null, 
/**
 * Answers in their histories.
 */
log_rows: number, 
/**
 * Pictures and sounds.
 */
media: number, 
/**
 * Whether they bring schedules.
 */
has_schedules: boolean, 
/**
 * What else is worth knowing, in sentences.
 */
remarks: Array<string>, };

export type ImportReport = { 
/**
 * Names of the files.
 */
files: Array<string>, 
/**
 * What became of their notes.
 */
counts: ImportCounts, 
/**
 * Lines that could not be read.
 */
unreadable: number, 
/**
 * The first of them.
 */
problems: Array<ImportProblem>, 
/**
 * The operation, by which it can be taken back; 0 when nothing changed.
 */
operation: number, };

export type ImportPhase = "idle" | "reading" | "checking" | "writing";

export type ImportStatus = { 
/**
 * What is being done.
 */
phase: ImportPhase, 
/**
 * Steps done.
 */
done: number, 
/**
 * Steps in all.
 */
total: number, };

export type ExportFormat = "report" | "csv" | "json" | "apkg" | "md" | "ics";

export type ExportRequest = { 
/**
 * The format.
 */
format: ExportFormat, 
/**
 * The file to write; a folder for `csv`, and for `md` of several decks.
 */
out: string, 
/**
 * Only this deck, by its id or its name.
 */
deck: string | null, 
/**
 * First study day of the history that is given (`report`, `csv`).
 */
from: string | null, 
/**
 * Last study day of it.
 */
to: string | null, 
/**
 * The person's name, for the report; empty for none.
 */
name: string, 
/**
 * Whether the report quotes cards.
 */
card_text: boolean, 
/**
 * Whether schedules and history go along (`apkg`).
 */
progress: boolean, 
/**
 * Whether pictures and sounds go along (`apkg`, `json`, `md`).
 */
media: boolean, 
/**
 * Whether a file that is there is written over.
 */
overwrite: boolean, };

export type ExportedFile = { 
/**
 * Where it lies.
 */
path: string, 
/**
 * Its size in bytes.
 */
bytes: number, };

export type Exported = { 
/**
 * The format.
 */
format: ExportFormat, 
/**
 * The files, all of them whole and on the disk.
 */
files: Array<ExportedFile>, 
/**
 * Decks in them.
 */
decks: number, 
/**
 * Notes in them.
 */
notes: number, 
/**
 * Cards in them.
 */
cards: number, 
/**
 * Answers (rows of history) in them.
 */
answers: number, 
/**
 * Pictures and sounds in them.
 */
media: number, 
/**
 * What could not go along, in words, each with what to do.
 */
remarks: Array<string>, };

export type WorkPhase = "idle" | "exporting" | "backing_up" | "restoring" | "checking" | "repairing" | "salvaging";

export type WorkStatus = { 
/**
 * What is being done.
 */
phase: WorkPhase, 
/**
 * Things done.
 */
done: number, 
/**
 * Things in all; 0 while that is not known.
 */
total: number, };

export type DrillRule = "below_good" | "failures" | "off";

export type Theme = "system" | "light" | "dark" | "contrast";

export type Motion = "system" | "reduced";

export type ShortcutAction = "reveal" | "again" | "hard" | "good" | "easy" | "undo" | "edit" | "suspend" | "bury" | "flag" | "origin" | "more" | "help" | "leave" | "crisis";

export type Shortcuts = { 
/**
 * Whether single keys do anything (WCAG 2.1.4).
 */
enabled: boolean, 
/**
 * Keys that were changed, as the browser names them.
 */
keys: { [key in ShortcutAction]?: string }, };

export type Settings = { 
/**
 * Whether the welcome was finished or skipped.
 */
welcomed: boolean, 
/**
 * Day of the exam, when known.
 */
exam_date: string | null, 
/**
 * Hour of local time at which a study day starts, 0 to 23.
 */
day_starts_at_hour: number, 
/**
 * New cards a day, 0 to 9,999.
 */
new_per_day: number, 
/**
 * Ready cards a day, 1 to 9,999.
 */
ready_per_day: number, 
/**
 * Which grades come again the same day.
 */
drill: DrillRule, 
/**
 * Count days of lateness when a late card was remembered.
 */
late_credit: boolean, 
/**
 * Spread due days by a few percent.
 */
fuzz: boolean, 
/**
 * Show the full scale of 0 to 5 instead of four buttons.
 */
six_grades: boolean, 
/**
 * Longest interval in days, 1 to 36,500.
 */
max_interval_days: number, 
/**
 * At most one card of a note a study day.
 */
one_sibling_a_day: boolean, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * Size of all text in percent, 80 to 200.
 */
text_size_percent: number, 
/**
 * Movement on the screen.
 */
motion: Motion, 
/**
 * Single-key shortcuts.
 */
shortcuts: Shortcuts, };

export type BackupReason = "before_update" | "before_import" | "before_restore" | "before_repair" | "regular" | "by_hand";

export type Lost = { 
/**
 * Answers.
 */
answers: number, 
/**
 * Imports.
 */
imports: number, 
/**
 * Notes that these brought.
 */
notes: number, 
/**
 * Every other act: edits, flags, suspensions, settings, and what was undone.
 */
edits: number, };

export type Backup = { 
/**
 * Where it lies; what [`restore`] takes.
 */
path: string, 
/**
 * When it was made, RFC 3339, in the local time of then.
 */
made_at: string, 
/**
 * Why.
 */
reason: BackupReason, 
/**
 * Bytes on the disk.
 */
size: number, 
/**
 * Notes in it.
 */
notes: number, 
/**
 * Cards in it.
 */
cards: number, 
/**
 * Answers in it.
 */
answers: number, 
/**
 * Whether it lies in the second folder.
 */
second_folder: boolean, 
/**
 * Whether a newer version wrote it, which this one can't put back.
 */
newer: boolean, 
/**
 * Whether it is of another collection: putting it back needs a word more.
 */
other_collection: boolean, 
/**
 * What the present has and this one has not; `None` when the present can't be read, or is of
 * another collection.
 */
lost_if_restored: Lost | null, };

export type Made = { 
/**
 * The backup.
 */
backup: Backup, 
/**
 * What went wrong beside it and broke nothing: a second folder that is not there, pictures that
 * are missing, old backups that could not be removed.
 */
problems: Array<Failure>, };

export type BackupSettings = { 
/**
 * The folder, when a person chose one; else the one beside the collection.
 */
folder: string | null, 
/**
 * The folder in force.
 */
folder_in_force: string, 
/**
 * Bytes that the backups of a folder may take, pictures and sounds not counted.
 */
budget_bytes: number, 
/**
 * A second folder, for copies on another disk.
 */
second_folder: string | null, 
/**
 * Whether a person has answered the offer of a second folder.
 */
offer_answered: boolean, };

export type OtherDisk = { 
/**
 * Where it is mounted.
 */
path: string, 
/**
 * Its name, as the system gives it; may be empty.
 */
name: string, 
/**
 * Whether it can be unplugged.
 */
removable: boolean, 
/**
 * Free bytes.
 */
free: number, 
/**
 * The folder that is proposed there.
 */
folder: string, };

export type SecondFolderOffer = { 
/**
 * Disks on which it could be, the roomiest first.
 */
disks: Array<OtherDisk>, };

export type Restored = { 
/**
 * The backup of what was there before, for going forward again; `None` when it could not be
 * read.
 */
undo: Backup | null, 
/**
 * Where the former file was kept aside, when it could not be read.
 */
kept_aside: string | null, 
/**
 * Pictures and sounds that the backup names and that are nowhere to be found.
 */
media_missing: number, 
/**
 * What went wrong beside it and broke nothing.
 */
problems: Array<Failure>, };

export type RestoredFrom = { 
/**
 * When, RFC 3339, in the local time of then.
 */
at: string, 
/**
 * When the backup that was put back had been made, RFC 3339.
 */
made_at: string, 
/**
 * The backup that takes the restore back, when it is still there.
 */
undo: Backup | null, };

export type Backups = { 
/**
 * Every backup, newest first.
 */
backups: Array<Backup>, 
/**
 * Where they go.
 */
settings: BackupSettings, 
/**
 * A word on their folder; `None` where there is none to say.
 */
note: string | null, 
/**
 * The restore that made the collection what it is.
 */
restored: RestoredFrom | null, };

export type BroughtBack = { 
/**
 * How things stand now.
 */
start: Start, 
/**
 * What was done.
 */
restored: Restored, };

export type FindingKind = "file" | "index" | "references" | "schedules" | "log" | "decks" | "missing_cards" | "extra_cards" | "notes" | "areas" | "search" | "media" | "unused_media" | "settings" | "clock" | "operations";

export type Weight = "fault" | "info";

export type Remedy = "repair" | "salvage" | "by_hand" | "none";

export type Finding = { 
/**
 * What was looked at.
 */
what: FindingKind, 
/**
 * Whether something is wrong.
 */
weight: Weight, 
/**
 * What was found, in plain words.
 */
message: string, 
/**
 * How many things it is about.
 */
count: number, 
/**
 * The first few of them by name: the first words of a card, a file.
 */
examples: Array<string>, 
/**
 * What can be done.
 */
remedy: Remedy, 
/**
 * The same in plain words.
 */
repair: string, };

export type CheckReport = { 
/**
 * Whether nothing is wrong.
 */
ok: boolean, 
/**
 * Notes that were looked at, those out of sight among them.
 */
notes: number, 
/**
 * Cards that were looked at.
 */
cards: number, 
/**
 * Rows of the log that were looked at.
 */
answers: number, 
/**
 * Whether the content of every picture and sound was compared too.
 */
thorough: boolean, 
/**
 * What was found; faults first.
 */
findings: Array<Finding>, };

export type Mended = { 
/**
 * What was mended.
 */
what: FindingKind, 
/**
 * What was done, in plain words.
 */
message: string, 
/**
 * How many things.
 */
count: number, };

export type Repaired = { 
/**
 * What was mended.
 */
mended: Array<Mended>, 
/**
 * What is still there.
 */
after: CheckReport, };

export type Salvaged = { 
/**
 * The name of the table.
 */
table: string, 
/**
 * What people call its rows: `notes`, `cards`, `answers` …
 */
things: string, 
/**
 * Rows that were read.
 */
read: number, 
/**
 * Rows that are known to be lost. There may be more where nothing is left that named them.
 */
lost: number, 
/**
 * The numbers of the rows that are lost, as ranges such as `101–112`; the first few.
 */
ranges: Array<string>, };

export type SalvageReport = { 
/**
 * The new file.
 */
path: string, 
/**
 * Pages of the old file.
 */
pages: number, 
/**
 * Pages that could not be made sense of.
 */
unreadable: number, 
/**
 * What was read, table by table.
 */
tables: Array<Salvaged>, 
/**
 * What was put right in the new file.
 */
mended: Array<Mended>, 
/**
 * What was lost, a sentence each; empty where everything was read.
 */
lost: Array<string>, 
/**
 * What a check of the new file finds.
 */
after: CheckReport, };

export type PlaceKind = "cloud" | "network";

export type PlaceWarning = { 
/**
 * What manages it.
 */
kind: PlaceKind, 
/**
 * Its name: `Dropbox`, `a network drive (nfs)`.
 */
name: string, 
/**
 * What may happen there.
 */
reason: string, 
/**
 * What to do instead.
 */
better: string, };

export type KnownCollection = { 
/**
 * Where it lies.
 */
path: string, 
/**
 * What people see: a name that a person gave, or that of the file or its folder.
 */
name: string, 
/**
 * When it was last opened, RFC 3339.
 */
last_opened: string, 
/**
 * Whether it was open last.
 */
last: boolean, 
/**
 * Whether it is there.
 */
exists: boolean, 
/**
 * Cards in it, when it can be read.
 */
cards: number | null, 
/**
 * Answers in it, when it can be read.
 */
answers: number | null, };

export type ErrorCode = "card_changed" | "nothing_to_undo" | "cancelled" | "importing" | "unreadable" | "bad_value" | "not_found" | "busy" | "disk_full" | "not_writable" | "exists" | "damaged" | "newer_version" | "older_version" | "not_a_collection" | "content" | "internal";

export type Failure = { 
/**
 * For programs.
 */
code: ErrorCode, 
/**
 * What failed, on which thing.
 */
message: string, 
/**
 * What to do.
 */
hint: string, };

export type About = { 
/**
 * Its version.
 */
version: string, 
/**
 * Where the collection lies.
 */
collection: string, 
/**
 * Whether it is a development build, with a collection of its own.
 */
development: boolean, };

export type Start = { "state": "ready", 
/**
 * The settings in force.
 */
settings: Settings, 
/**
 * How things stand today.
 */
today: Today, 
/**
 * About this program.
 */
about: About, } | { "state": "trouble", 
/**
 * Why.
 */
failure: Failure, 
/**
 * Where it lies.
 */
collection: string, 
/**
 * Whether there is nothing at its place.
 */
missing: boolean, 
/**
 * Its backups, newest first.
 */
backups: Array<Backup>, };
