import { takenCase } from './house.js';
import { cprOf, type MatchingDesk } from './matching-desk.js';
import { caseOfFyn } from './wall-house.js';

/** A match of a case of Vestegn and one of Fyn. */
export interface DoublePair {
  readonly id: string;
  readonly vestegn: string;
  readonly fyn: string;
  /** As the desk tells them apart: that in which the case of Vestegn ends, and that in which Fyn's does. */
  readonly first: 'first' | 'second';
  readonly second: 'first' | 'second';
}

let person = 300;
/** Two taken cases of one person, one in Vestegn and one in Fyn, and their match. */
export async function pairOf(desk: MatchingDesk): Promise<DoublePair> {
  const { house } = desk.web;
  const cpr = cprOf((person += 1));
  const vestegn = await takenCase(house, { municipality: '0183', said: 'Vil ud', name: 'Emil Sandbjerg', cpr, channel: 'phone' });
  const fyn = await caseOfFyn(house, { cpr });
  await desk.compare();
  const [row] = await house.db.superuser<{ id: string; first: string }>('select id, cases[1] as first from match.hit where cases @> $1', [[vestegn, fyn]]);
  const [first, second] = row?.first === vestegn ? (['first', 'second'] as const) : (['second', 'first'] as const);
  return { id: row?.id ?? '', vestegn, fyn, first, second };
}
/** The same, settled as one person. */
export async function settledPair(desk: MatchingDesk): Promise<DoublePair> {
  const one = await pairOf(desk);
  const { statusCode } = await desk.web.api('officialKl', 'POST', `/api/v1/matches/${one.id}/settle`, { outcome: 'same', basis: 'units' });
  if (statusCode !== 200) throw new Error(`not settled: ${statusCode}`);
  return one;
}
/** What the unit of a case is asked to do as one of two of the same person. */
export const doubleTasks = (desk: MatchingDesk, caseId: string) =>
  desk.web.house.db.superuser<{ command: string }>(`select command from app.task where case_id = $1 and key = 'double' and mine`, [caseId]);
