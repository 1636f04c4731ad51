import { noteText } from './seed/case.js';
import { CASES_PER_PERSON, MEASURED } from './plan.js';
import type { Ask } from './load.js';
import type { Operation } from './options.js';
import { NOTE, type Target } from './targets.js';

const PAGE = 25;

async function call(origin: string, { method, path, headers, body }: Ask): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(origin + path, { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body }) });
  return { status: response.status, text: await response.text() };
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** How a row and a note look in a target's answers. */
const looks = (target: Target) =>
  target.name === 'udvej'
    ? { row: />UV-[0-9A-Z]{4}-[0-9A-Z]{3}</g, note: /<article class="entry"/g, text: noteText(-1, 0).slice(30, 90) }
    : { row: /<tr data-id=/g, note: /<article data-note=/g, text: ' i en sag.' };

/**
 * The right answers for the right people, before anything is measured: the page of the list is full, the notes stand there in plain words,
 * a new note is read back, the counts add up to all cases, and a stranger gets nothing.
 * @throws with the first thing that is wrong.
 */
export async function check(target: Target, cases: number, notes: number): Promise<void> {
  const { name, origin } = target;
  const wrong = (what: string): never => { throw new Error(`${name}, ${cases} cases: ${what}`); };
  // The floors share a database, and the check leaves a note behind.
  const mine = target.casesOf(3)[name === 'secured' ? 1 : 0] ?? '';
  const stranger = Array.from({ length: MEASURED }, (_, who) => who).find((who) => !target.casesOf(who).includes(mine)) ?? 0;
  const asked = async (operation: Operation, who = 3, which = mine) => {
    const answer = await call(origin, target.ask(operation, who, which));
    return answer.status >= 200 && answer.status < 300 ? answer.text : wrong(`${operation} answered ${answer.status}: ${answer.text.slice(0, 300)}`);
  };
  const { row, note, text } = looks(target);
  const list = await asked('list');
  if (count(list, row) !== PAGE) wrong(`the list has ${count(list, row)} rows instead of ${PAGE}`);
  if (name === 'udvej' && !list.includes(`Side 1 af ${Math.ceil(CASES_PER_PERSON / PAGE)}`)) wrong('the list is not of sixty cases');
  if (target.casesOf(3).length !== CASES_PER_PERSON) wrong(`${target.casesOf(3).length} cases are mine instead of ${CASES_PER_PERSON}`);
  const before = await asked('open');
  const shown = Math.min(20, notes);
  if (count(before, note) !== shown) wrong(`the case shows ${count(before, note)} notes instead of ${shown}`);
  if (notes > 0 && !before.includes(text)) wrong('the note cannot be read');
  if (before.includes(NOTE)) wrong('a note is there before it was written');
  await asked('note');
  if (!(await asked('open')).includes(NOTE)) wrong('a note that was written is not there');
  const counts = await asked('counts');
  const total = name === 'udvej' ? (JSON.parse(counts) as { runningAssessments: number }).runningAssessments
    : [...counts.matchAll(/<td>(\d+)<\/tr>/g)].reduce((sum, [, n]) => sum + Number(n), 0);
  if (total !== cases) wrong(`the counts give ${total}`);
  for (const operation of ['open', 'note'] as const) {
    const { status } = await call(origin, target.ask(operation, stranger, mine));
    if (status !== 404) wrong(`a stranger's ${operation} was answered ${status}`);
  }
}
