import { addDays, copenhagenDate, formatDate, instant, knownDate } from '../src/domain/kernel/time.js';
import type { Child } from './child.js';
import { type Ask, type Shot, shoot } from './load.js';
import { MEASURED } from './plan.js';
import type { ServerFacts } from './server.js';
import type { TargetName } from './targets.js';

/** Pages and figures of the contact point over all cases, the figures over a record of ten years: no floor has them, so they are told in milliseconds (FM-NCP-1, FM-STA-2). */
const DESK = ['overview', 'notifications', 'questions', 'matches', 'figures', 'times', 'compared', 'practice'] as const;
export type DeskPage = (typeof DESK)[number];
export interface DeskRow extends Shot {
  readonly cases: number;
  readonly page: DeskPage;
}

/** The contact point is six people: more do not ask at once. */
const AT_ONCE = 2;
const SECONDS = 3;

/** What is asked for, another day or page every time: nothing that was drawn before answers it. */
function asks({ cookie, tokens }: ServerFacts, page: DeskPage): () => Ask {
  const token = tokens[MEASURED] ?? '';
  const now = instant(new Date().toISOString());
  const today = now === undefined ? knownDate('2026-01-01') : copenhagenDate(now);
  const html = (path: string): Ask => ({ method: 'GET', path, headers: { cookie: `${cookie}=${token}` } });
  let turn = 0;
  return () => {
    turn += 1;
    const day = (back: number): string => encodeURIComponent(formatDate(addDays(today, -back)));
    switch (page) {
      case 'overview': return html(`/overblik?side=${1 + (turn % 40)}`);
      case 'notifications': return html(`/underretninger?side=${1 + (turn % 40)}`);
      case 'questions': return { method: 'GET', path: '/api/v1/questions', headers: { authorization: `Bearer ${token}` } };
      case 'matches': return html('/sammenfald');
      case 'figures': return html(`/tal?fra=${day(3_000 + turn)}&til=${day(turn % 5)}&fordelt=municipality`);
      case 'times': return html(`/tal/tider?fra=${day(3_000 + turn)}&til=${day(turn % 5)}`);
      case 'practice': return html(`/tal/kvalitet?fra=${day(3_000 + turn)}&til=${day(turn % 5)}`);
      case 'compared': return html(`/tal/sammenlign?fra=${day(365 + turn)}&til=${day(turn % 5)}`);
    }
  };
}

/** Each page for some seconds; its rows are printed as they come. */
export async function measureDesk({ facts, usage }: Child<ServerFacts>, cases: number, memory: Map<TargetName, number>, onRow: (row: DeskRow) => void): Promise<readonly DeskRow[]> {
  const rows: DeskRow[] = [];
  for (const page of DESK) {
    const next = asks(facts, page);
    await shoot(facts.origin, next, AT_ONCE, SECONDS / 3);
    const row = { cases, page, ...(await shoot(facts.origin, next, AT_ONCE, SECONDS)) };
    memory.set('udvej', Math.max((await usage()).rss, memory.get('udvej') ?? 0));
    onRow(row);
    rows.push(row);
  }
  return rows;
}
