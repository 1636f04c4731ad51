import type { Instant } from '../../src/domain/kernel/time.js';
import type { Telling, TellingBasis } from '../../src/domain/reference/telling-bases.js';
import { takenCase } from './house.js';
import { cprOf, type MatchingDesk } from './matching-desk.js';
import type { PersonName } from './people.js';
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

/** The choice in which the case of this unit ends. @param both whether both units are told */
export const ending = ({ first, second }: DoublePair, unit: 'vestegn' | 'fyn', both: boolean): Telling => {
  const at = unit === 'vestegn' ? first : second;
  return both ? `both-${at}` : at;
};

let person = 300;
/** The number of somebody whom nobody has met. */
export const newCpr = (): string => cprOf((person += 1));
/** A taken case of Vestegn about him. */
export const caseOfVestegn = (desk: MatchingDesk, cpr: string): Promise<string> => takenCase(desk.web.house, { municipality: '0183', said: 'Vil ud', name: 'Emil Sandbjerg', cpr, channel: 'phone' });
/** The match of a case of Vestegn and one of Fyn, as they were compared. */
export async function matchOf(desk: MatchingDesk, vestegn: string, fyn: string): Promise<DoublePair> {
  const [row] = await desk.web.house.db.superuser<{ id: string; first: string }>('select id, cases[1] as first from match.hit where cases @> $1', [[vestegn, fyn]]);
  const [first, second] = row?.first === vestegn ? (['first', 'second'] as const) : (['second', 'first'] as const);
  return { id: row?.id ?? '', vestegn, fyn, first, second };
}
/** Two taken cases of one person, one in Vestegn and one in Fyn, and their match. */
export async function pairOf(desk: MatchingDesk): Promise<DoublePair> {
  const cpr = newCpr();
  const vestegn = await caseOfVestegn(desk, cpr);
  const fyn = await caseOfFyn(desk.web.house, { cpr });
  await desk.compare();
  return matchOf(desk, vestegn, fyn);
}
/** An inquiry in the inbox of Fyn, of somebody from Nyborg, where nobody is known; a taken case of Vestegn about the same person; and their match. @param urgent whether the inquiry hastes */
export async function inboxPair(desk: MatchingDesk, urgent = false): Promise<DoublePair & { readonly number: string; readonly at: string }> {
  const cpr = newCpr();
  const vestegn = await caseOfVestegn(desk, cpr);
  const { number } = (await desk.web.api('officialPolice', 'POST', '/api/v1/cases', { municipality: '0450', said: 'Vil ud', channel: 'phone', cpr, urgent })).json<{ number: string }>();
  await desk.compare();
  const [row] = await desk.web.house.db.superuser<{ id: string }>('select id from app.exit_case where number = $1', [number]);
  const one = await matchOf(desk, vestegn, row?.id ?? '');
  return { ...one, number, at: `/indbakke/${one.fyn}` };
}
/** Two taken cases of one person, settled as that. */
export async function settledPair(desk: MatchingDesk): Promise<DoublePair> {
  const one = await pairOf(desk);
  const { statusCode } = await desk.web.api('officialKl', 'POST', `/api/v1/matches/${one.id}/settle`, { outcome: 'same', basis: 'units' });
  if (statusCode !== 200) throw new Error(`not settled: ${statusCode}`);
  return one;
}
/** What the unit of a case is asked to do as one of two of the same person. */
export const doubleTasks = (desk: MatchingDesk, caseId: string) =>
  desk.web.house.db.superuser<{ reader: string; title: string; command: string }>(`select reader, title, command from app.task where case_id = $1 and key = 'double' and mine`, [caseId]);

/** Says on the page who is told of a match, and on what basis. @param decidedAt when what stood there before was decided */
export const tells = (desk: MatchingDesk, who: PersonName, { id }: Pick<DoublePair, 'id'>, telling: string, law: TellingBasis | '' = 'before-consent', checked = 'true', decidedAt: Instant | null = null) =>
  desk.web.post(who, `/sammenfald/${id}/besked`, { telling, law, checked, decidedAt: decidedAt ?? '' });
