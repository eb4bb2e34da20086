import type { Area, Content, ShownSource } from '../backend';

/** A card of the mock before anything happens to it. `n`: repetitions; 0 is new. */
export type Seed = {
  id: string; deck: string; area: Area; content: Content; n: number; interval: number; ease: number;
  sources?: ShownSource[]; expires?: string; bestWas?: string; leech?: boolean; edited?: boolean;
};

const guidelines: ShownSource = {
  title: 'National Practice Guidelines for Peer Supporters', publisher: 'International Association of Peer Supporters',
  address: 'https://example.org/guidelines', how: 'part', read_on: '2026-09-14', place: 'mutual and reciprocal',
};
const article: ShownSource = { title: 'Notes on lived experience', publisher: '', address: 'https://example.org/lived-experience', how: 'page', read_on: null, place: '' };

const basic = (front: string, back: string, note = ''): Content => ({ kind: 'basic', front, back, both_ways: false, note });
const cloze = (text: string, note = ''): Content => ({ kind: 'cloze', text, note });
const choice = (stem: string, ...options: [text: string, reason: string, right?: boolean][]): Content => ({
  kind: 'choice', stem, note: '',
  options: options.map(([text, reason, right = false], index) => ({ id: `o${index + 1}`, text, reason, right })),
});

export const LONG: Seed = {
  id: 'long', deck: 'Recovery Support', area: 'RS', n: 2, interval: 6, ease: 236,
  content: basic(
    'A person you support tells you that they have stopped going to their group, that they are sleeping badly again, and that they do not want their care team to know. They ask you to promise that this stays between you. What do you keep in mind before you answer?',
    'You cannot promise to keep everything to yourself, and it is kinder to say so **early and plainly** than to break a promise later.\n\n- Say what you may keep between you, and what you may not: danger to the person or to someone else.\n- Ask what worries them about the team knowing. Often there is a story behind it.\n- Ask what they would like to happen, and offer to be there when they tell the team themselves.\n- Talk with your supervisor about your own part, not behind the person’s back.\n\nSleeping badly and staying away from a group are not by themselves an emergency. They are a reason to listen, and perhaps to look at the wellness plan together, if there is one and if the person wants to.\n\nAfterwards write down what belongs in the record, in plain and respectful words, and no more than that.',
    'confidentiality has limits, and the person hears about them before they need them.',
  ),
  sources: [guidelines, article],
};

export const SEEDS: readonly Seed[] = [
  { id: 'mutual', deck: 'Lived experience', area: 'IS', n: 3, interval: 15, ease: 250, sources: [article, guidelines],
    content: basic('What does it mean that peer support is *mutual*?', 'Each person **gives and receives**: both bring experience, both learn, and neither stands above the other.', 'mutual does not mean identical. Peers need not share the same diagnosis or trauma.') },
  { id: 'missed', deck: 'Recovery Support', area: 'RS', n: 2, interval: 6, ease: 250, sources: [guidelines],
    content: choice('A woman you support has missed two appointments. She says, “I don’t know if any of this is for me.” What does the specialist do first?',
      ['Tell her what helped you most when you were in her place.', 'Your story can help, but only with her permission and after you have heard her. Here it takes over.'],
      ['Ask what she would like to happen next, and listen.', 'Best. Choice and voice come first; everything else follows from her answer.', true],
      ['Refer her to the clinician, since she is upset.', 'Being upset is not a crisis. A referral before listening closes the door.'],
      ['Remind her of the appointment policy.', 'True perhaps, and cold: it answers a rule, not a person.']) },
  { id: 'dimensions', deck: 'Recovery Support', area: 'RS', n: 1, interval: 1, ease: 250, sources: [guidelines],
    content: cloze('Four dimensions support a life in recovery: health, home, {{c1::purpose::a reason to get up}} and community.', 'the four belong together; housing alone is not recovery.') },
  { id: 'hope', deck: 'Lived experience', area: 'IS', n: 0, interval: 0, ease: 250, sources: [article],
    content: basic('Why does a peer share a piece of their own story?', 'To offer **hope and connection**, in the interest of the other person; never to be relieved of it oneself.', 'ask first, keep it short, and come back to the person.') },
  { id: 'oars', deck: 'Interpersonal Skills', area: 'IS', n: 0, interval: 0, ease: 250,
    content: cloze('OARS stands for open questions, affirmations, {{c1::reflections}} and summaries.') },
  { id: 'boundary', deck: 'Administrative Responsibilities', area: 'AR', n: 0, interval: 0, ease: 250, sources: [guidelines], bestWas: 'Take it and give it to the program.',
    content: choice('A man you support offers you fifty dollars as thanks. What is the best answer?',
      ['Take it, so that he is not hurt.', 'Kind, yet money changes what you are to each other, and codes of ethics bar it.'],
      ['Thank him, decline, and tell him why.', 'Best. The thanks is received, the boundary is clear, and nothing is hidden.', true],
      ['Take it and give it to the program.', 'He gave it to you, so the relationship still changes.'],
      ['Tell him that gifts are forbidden and change the subject.', 'The rule is right, but the warmth behind his gift goes unanswered.']) },
  { id: 'crisis', deck: 'Crisis Management', area: 'CM', n: 4, interval: 31, ease: 222, sources: [guidelines],
    content: basic('Someone says, “I can’t do this any more.” What do you do first?', 'Stay, stay calm, and **ask directly** what they mean, also whether they are thinking of suicide. Asking does not put the idea there.', 'then follow your program’s crisis steps and tell your supervisor.') },
  { id: 'window', deck: 'Administrative Responsibilities', area: 'AR', n: 2, interval: 6, ease: 250, expires: '2026-06-30',
    sources: [{ title: 'Certification exam', publisher: 'CalMHSA', address: 'https://example.org/exam', how: 'page', read_on: '2026-01-12', place: 'exam attempts' }],
    content: basic('How many sittings of the exam fit into one application?', 'Up to **three**, within the twelve months that the approval opens.') },
  { id: 'advocacy', deck: 'Advocacy', area: 'AD', n: 1, interval: 1, ease: 236, leech: true, edited: true,
    content: basic('Advocacy: for someone or with someone?', '**With** someone. “Nothing about us without us.”', 'speaking for a person who could speak takes something away.') },
  { id: 'warm', deck: 'Resource Linkage', area: 'RL', n: 3, interval: 14, ease: 250, sources: [article],
    content: basic('What is a *warm handoff*?', 'You go along, or make the call together, so that the person meets a **face** and not only a phone number.') },
  { id: 'inclusion', deck: 'Community Inclusion', area: 'CI', n: 0, interval: 0, ease: 250,
    content: basic('What are *natural supports*?', 'People and places in a person’s own life: family, friends, neighbors, a faith group, a club. They were there before services and stay after.') },
  { id: 'trauma', deck: 'Behavioral Health Foundations', area: 'BF', n: 2, interval: 6, ease: 264, sources: [guidelines],
    content: cloze('Trauma-informed support asks “{{c1::What happened to you?}}” and not “What is wrong with you?”') },
];

/** Decks that have nothing today. */
export const QUIET_DECKS = ['Notes from my training', 'Wellness planning', 'Words and names', 'Law and ethics', 'Group facilitation'];
