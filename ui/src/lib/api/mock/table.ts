/** A toy of how Rust reads tables: no quotes, no encodings; delimiters, a header and columns. */
import type { ColumnUse, Delimiter, ImportProblem, TableChoices, TableView } from '../backend';

const MARKS: Record<Delimiter, string> = { comma: ',', semicolon: ';', tab: '\t', pipe: '|', colon: ':', dash: '-', none: '\0' };
const NAMES = Object.keys(MARKS) as Delimiter[];
const ROWS_SHOWN = 8;

export type Line = { number: number; cells: string[] };
export type ReadTable = { view: TableView; cards: { question: string; answer: string }[]; problems: ImportProblem[] };

function split(text: string, delimiter: string): Line[] {
  const mark = Object.hasOwn(MARKS, delimiter) ? MARKS[delimiter as Delimiter] : delimiter;
  return text.split(/\r?\n/).map((line, index) => ({ number: index + 1, cells: line.split(mark).map((cell) => cell.trim()) })).filter(({ cells }) => cells.some((cell) => cell !== ''));
}

const width = (lines: Line[]): number => Math.max(1, ...lines.map(({ cells }) => cells.length));

/** The delimiter that gives the most lines of two columns or more. */
function guess(text: string): Delimiter {
  const several = (name: Delimiter) => split(text, name).filter(({ cells }) => cells.length > 1).length;
  const order: Delimiter[] = ['tab', 'semicolon', 'comma', 'pipe', 'colon', 'dash'];
  return order.reduce((best, name) => (several(name) > several(best) ? name : best));
}

function use(name: string, index: number): ColumnUse {
  const known: [RegExp, ColumnUse][] = [[/question|front|term/i, 'question'], [/answer|back|meaning/i, 'answer'], [/tag/i, 'tags']];
  return known.find(([pattern]) => pattern.test(name))?.[1] ?? (name !== '' ? 'ignore' : index === 0 ? 'question' : index === 1 ? 'answer' : 'ignore');
}

export function readTable(file: string, text: string, given: TableChoices | null): ReadTable {
  const delimiter = given?.delimiter ?? guess(text);
  const lines = split(text, delimiter);
  const first = lines[0]?.cells ?? [];
  const header = given?.header ?? first.some((cell) => use(cell, 9) === 'question');
  const wide = width(lines);
  const fits = given !== null && given.columns.length === wide;
  const columns = fits ? given.columns : Array.from({ length: wide }, (_, index) => use(header ? (first[index] ?? '') : '', index));
  const data = header ? lines.slice(1) : lines;
  const at = (wanted: ColumnUse, { cells }: Line) => cells[columns.indexOf(wanted)] ?? '';
  const cards: ReadTable['cards'] = [];
  const problems: ImportProblem[] = [];
  for (const line of data) {
    const [question, answer] = [at('question', line), at('answer', line)];
    if (question && answer) cards.push({ question, answer });
    else problems.push({ file, line: line.number, column: 1, message: question ? 'this line has a question and no answer' : 'this line has no question', hint: 'fill it in, or say which column it stands in' });
  }
  const choices: TableChoices = { encoding: given?.encoding ?? 'UTF-8', delimiter, header, columns, html: given?.html ?? false };
  const view: TableView = {
    choices, encodings: ['UTF-8', 'UTF-16', 'Windows-1252'], delimiters: NAMES, head: header ? first : [], rows: data.slice(0, ROWS_SHOWN).map(({ cells }) => cells), lines: lines.length,
  };
  return { view, cards, problems };
}
