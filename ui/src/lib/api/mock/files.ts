/** What lies in the files that the mock's file dialog gives. */
import type { ImportPreview, PastImport } from '../backend';
import { blocks, inlines } from './text';

export const TABLE_FILE = 'peer-support-terms.csv';
export const TABLE_TEXT = `Question;Answer;Tags;Chapter
What does “nothing about us without us” ask for?;That people have a say in every decision that touches their lives.;advocacy;1
What is recovery capital?;Everything a person can draw on: health, people, a home, hope.;recovery;1
What is a *warm handoff*?;You go along, so that the person meets a face.;linkage;2
What are *natural supports*?;People and places in a person’s own life: family, friends, neighbors, a faith group, a club. They were there before services and stay after.;;2
What is self-determination?;;values;3
Name the three parts of active listening.;Attention, reflection, and silence: leave room.;skills;3
A line that stands alone
What is a WRAP?;A Wellness Recovery Action Plan: written by the person, for the person.;plans;4
What does “strengths-based” mean?;Beginning with what a person can do, not with what is missing.;values;4
`;

const counts = { added: 0, updated: 0, unchanged: 0, kept_edits: 0, keys_changed: 0, cards: 0, scheduled: 0, kept_schedules: 0, settings: 0 };

/** An Anki package with all that one can bring. */
export const ANKI: ImportPreview = {
  files: ['peer-support.apkg'], format: 'anki', choices: { deck: null, existing: 'update', fresh: false, table: null },
  decks: [{ name: 'Peer support::Ethics', notes: 60, cards: 75 }, { name: 'Peer support::Words', notes: 110, cards: 160 }],
  counts: { ...counts, added: 42, updated: 3, unchanged: 125, kept_edits: 2, scheduled: 38, kept_schedules: 12 }, unreadable: 2,
  problems: [
    { file: 'peer-support.apkg', line: 0, column: 0, message: 'note “Brain regions” is an image with masks, which Cairn cannot draw', hint: 'in Anki, make basic cards of it if you need it' },
    { file: 'peer-support.apkg', line: 0, column: 0, message: 'note “Ceu4kd” has no front', hint: 'fill in its first field in Anki' },
  ],
  samples: [
    { kind: 'basic', deck: 'Peer support::Ethics', front: blocks('Who holds the key to a person’s story?'), back: blocks('**The person.** You ask before you share a word of it.'), options: [], media: [] },
    { kind: 'cloze', deck: 'Peer support::Words', front: blocks('Recovery is a {{c1::process::not an event}} of change.', false), back: blocks('Recovery is a {{c1::process::not an event}} of change.'), options: [], media: [] },
    {
      kind: 'faces', deck: 'Peer support::Words', options: [], media: [{ name: 'stones.svg', sha256: './mark.svg', mime: 'image/svg+xml' }],
      front: [{ t: 'paragraph', children: [{ t: 'text', text: 'What is this pile of stones called?' }, { t: 'media', name: 'stones.svg', alt: 'Three flat stones, one on another' }] }],
      back: [{ t: 'paragraph', children: [{ t: 'text', text: 'A cairn. ' }, { t: 'media', name: 'cairn.mp3', alt: '' }] }],
    },
    {
      kind: 'choice', deck: 'Peer support::Ethics', front: blocks('A friend asks how your client is doing. What do you say?'), back: [], media: [],
      options: [
        { id: 'o1', text: inlines('“Much better, thanks.”'), right: false, reason: blocks('Kind, and still a breach.') },
        { id: 'o2', text: inlines('“I don’t talk about people I may or may not know.”'), right: true, reason: blocks('Not even that you know them.') },
      ],
    },
  ],
  table: null, log_rows: 2314, media: 12, has_schedules: true, remarks: ['Two cards use a template with its own style. Their words come, the style does not.'],
};

export const ANKI_SEEDS = [
  ['anki-story', 'Who holds the key to a person’s story?', 'The person.'],
  ['anki-process', 'Recovery is a …', 'process of change'],
] as const;

/** A file of which every card is here already. */
export const NOTHING_NEW: ImportPreview = {
  ...ANKI, files: ['recovery-support.md'], format: 'markdown', decks: [{ name: 'Recovery Support', notes: 120, cards: 120 }],
  counts: { ...counts, unchanged: 120 }, unreadable: 0, problems: [], samples: [], log_rows: 0, media: 0, has_schedules: false, remarks: [],
};

export const PAST: readonly PastImport[] = [
  { operation: 7, name: 'quizlet-ethics.txt', at: '2026-11-19T17:05:00Z', notes: 64, answers: 12 },
  { operation: 3, name: 'training-notes.csv', at: '2026-11-02T09:30:00Z', notes: 1240, answers: 0 },
];
