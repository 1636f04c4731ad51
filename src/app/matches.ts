import type { Fault } from '../domain/kernel/rejection.js';
import { type Approval, listApprovals } from '../store/approvals.js';
import { noteDenied } from '../store/lists.js';
import { askForNames, type Hit, type HitBasis, type HitOutcome, settleHit } from '../store/matching/hits.js';
import { type DeskHit, listMatchDesk } from '../store/matching/tellings.js';
import { type House, type Refused, refusedBy } from './house.js';

/** A match, and all that the desk has beside it. */
export interface Found {
  readonly row: DeskHit;
  readonly rows: readonly DeskHit[];
}
/** Nothing was carried out; the match as it stands, to be shown again. */
export interface Faulty extends Found {
  readonly kind: 'faulty';
  readonly faults: readonly Fault[];
}
/** Nothing was carried out, for a colleague was faster: the match as he left it. */
export interface Meanwhile {
  readonly kind: 'meanwhile';
  readonly row: DeskHit;
}

/** The match that is asked for as the caller's desk has it; one that is not there, or not for him, leaves the row that every refusal leaves (FM-INT-3). @throws with code 28000 without a session */
export async function matchAmong(house: House, token: string, id: string, fits: (row: DeskHit) => boolean = () => true): Promise<Found | undefined> {
  const rows = await listMatchDesk(house.web, token);
  const row = rows.find((one) => one.id === id && fits(one));
  if (row === undefined) await noteDenied(house.web, token, undefined, 'match');
  return row && { row, rows };
}
export const matchAsked = async (house: House, token: string, id: string): Promise<DeskHit | undefined> => (await matchAmong(house, token, id))?.row;
/** The match after the database has refused to settle or to decide it: settled by a colleague, or undefined. */
export const settledRow = async (house: House, token: string, id: string): Promise<DeskHit | undefined> => (await listMatchDesk(house.web, token)).find((one) => one.id === id && !isUnsettled(one));
/** Nobody has settled it. */
export const isUnsettled = ({ outcome }: DeskHit): boolean => outcome === null;

/** What came of the caller's own question to a colleague about the names of a match, of the newest where he asked again after a no; undefined where he has none. @throws as `matchAmong` */
export const namesAsked = async (house: House, token: string, { numbers }: Hit): Promise<Approval | undefined> =>
  (await listApprovals(house.web, token)).filter((one) => one.mine && one.kind === 'match-names' && numbers.every((number) => one.line.includes(number)))
    .sort((a, b) => (a.asked_at < b.asked_at ? 1 : -1))[0];

/** What the caller has come to, and how; a part that he did not give, or that is none, is left out. */
export interface Finding {
  readonly outcome?: HitOutcome | undefined;
  readonly basis?: HitBasis | undefined;
}

/** Settles a match, once; not by names that the caller was not shown (FM-INT-3). By what the units said it can be settled though a colleague has said yes to the names: his yes lapses, for two names that nobody needs are not to be seen. */
export async function settleMatch(house: House, token: string, id: string, { outcome, basis }: Finding): Promise<{ readonly kind: 'settled'; readonly outcome: HitOutcome } | Faulty | Meanwhile | Refused> {
  try {
    const found = await matchAmong(house, token, id);
    if (!found) return { kind: 'absent' };
    const { row } = found;
    if (!isUnsettled(row)) return { kind: 'meanwhile', row };
    const faults: readonly Fault[] = [
      ...(outcome === undefined ? [{ name: 'outcome', message: 'Vælg, hvad du er kommet frem til' }] : []), ...(basis === undefined ? [{ name: 'basis', message: 'Vælg, hvordan du ved det' }] : []),
      ...(basis === 'names' && (await namesAsked(house, token, row))?.given === true ? [{ name: 'basis', message: 'Se navnene først. En kollega har sagt ja til det' }] : []),
    ];
    if (outcome === undefined || basis === undefined || faults.length > 0) return { kind: 'faulty', ...found, faults };
    const said = await settleHit(house.web, token, row.id, outcome, basis);
    if (said === 'unseen') return { kind: 'faulty', ...found, faults: [{ name: 'basis', message: 'Du har ikke set navnene. Bed om at se dem, eller vælg det, du bygger på' }] };
    if (said === 'settled') return { kind: 'settled', outcome };
    const now = await settledRow(house, token, id);
    return now ? { kind: 'meanwhile', row: now } : { kind: 'absent' };
  } catch (error) {
    return refusedBy(error);
  }
}

/** What is to be shown by a colleague's yes, and never asks for one; `asked` is what there is of the caller's own question, undefined where he has used his yes. @returns `allowed` where it can be shown */
export async function namesToShow(house: House, token: string, id: string): Promise<({ readonly kind: 'allowed' | 'unasked'; readonly asked: Approval | undefined } & Found) | Meanwhile | Refused> {
  try {
    const found = await matchAmong(house, token, id);
    if (!found) return { kind: 'absent' };
    if (!isUnsettled(found.row)) return { kind: 'meanwhile', row: found.row };
    const asked = await namesAsked(house, token, found.row);
    return { kind: asked?.given === true ? 'allowed' : 'unasked', asked, ...found };
  } catch (error) {
    return refusedBy(error);
  }
}

/** Asks a colleague to allow that the names of a match are shown. `allowed`: one has said yes already, and nothing is asked again (control 17). */
export async function askMatchNames(house: House, token: string, id: string): Promise<{ readonly kind: 'asked' } | ({ readonly kind: 'allowed' } & Found) | Meanwhile | Refused> {
  try {
    const found = await matchAmong(house, token, id);
    if (!found) return { kind: 'absent' };
    const { row } = found;
    if (!isUnsettled(row)) return { kind: 'meanwhile', row };
    if ((await namesAsked(house, token, row))?.given === true) return { kind: 'allowed', ...found };
    return (await askForNames(house.web, token, row.id)) ? { kind: 'asked' } : { kind: 'absent' };
  } catch (error) {
    return refusedBy(error);
  }
}
