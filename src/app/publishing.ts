import { isId } from '../domain/kernel/ids.js';
import { copenhagenDate } from '../domain/kernel/time.js';
import type { CountedCell } from '../domain/statistics/breakdown.js';
import { expectedByMunicipality, expectedRanges, type ExpectedRanges, lastYearOver, looksAhead, nothingExpected } from '../domain/statistics/expected-cases.js';
import { type HiddenCells, hiddenCells } from '../domain/statistics/hidden-cells.js';
import { type Publication, publicationOf } from '../domain/statistics/publication.js';
import type { PublicationFault } from '../domain/statistics/published-audit.js';
import type { Drawing } from '../store/figures.js';
import { noteDenied } from '../store/lists.js';
import { besidePublication, keepPublication, listPublications, type PublicationRow, type ReadPublication, withdrawPublication, WITHDRAWN_BECAUSE, type WithdrawnBecause } from '../store/publications.js';
import type { House } from './house.js';

/** Figures as everybody would see them. */
export interface Draft {
  readonly kind: 'draft';
  readonly publication: Publication;
  readonly expected: ExpectedRanges;
  readonly hidden: HiddenCells;
  /** The newest publication of this very period that stands: a new one stands beside it. */
  readonly samePeriod?: PublicationRow;
}
/** Why nothing can be published: the last look found something that could be reckoned out, or the tables do not add up with one another. */
export type NotPublishable = { readonly kind: 'unsafe'; readonly faults: readonly PublicationFault[] } | { readonly kind: 'not-adding' };
/** The newest publication that stands, which a new one would stand before. */
interface Standing {
  readonly newest?: PublicationRow | undefined;
}

interface Drawn {
  readonly kind: 'drawn';
  readonly publication: Publication;
  readonly expected: ExpectedRanges;
  readonly cells: readonly CountedCell[];
  readonly earlier: readonly Publication[];
  readonly samePeriod?: PublicationRow | undefined;
}

/** Draws, and hides together with every publication that was ever readable (FM-STA-2, control 35). */
async function drawn(house: House, token: string, drawing: Drawing): Promise<((Drawn | NotPublishable) & Standing) | { readonly kind: 'absent' }> {
  const today = copenhagenDate(drawing.drawnAt);
  const lastYear = lastYearOver(today);
  const beside = await besidePublication(house.web, token, drawing, lastYear);
  if (beside === undefined) return { kind: 'absent' };
  const { newest, cells } = beside;
  try {
    const composed = publicationOf(drawing, cells, beside.earlier);
    if (composed.publication === undefined) return { kind: 'unsafe', faults: composed.faults, newest };
    const expected = looksAhead(drawing.asOf, today) ? expectedRanges(expectedByMunicipality(beside.newCases, lastYear, drawing.asOf), today) : nothingExpected(today);
    return { kind: 'drawn', publication: composed.publication, expected, cells, earlier: beside.earlier, samePeriod: beside.samePeriod, newest };
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'not-adding', newest };
    throw error;
  }
}

/** What would be published of a period now, and what is hidden for which reason. `absent` for everybody but the contact point. */
export async function draftPublication(house: House, token: string, drawing: Drawing): Promise<((Draft | NotPublishable) & Standing) | { readonly kind: 'absent' }> {
  const one = await drawn(house, token, drawing);
  if (one.kind !== 'drawn') return one;
  const alone = one.earlier.length === 0 ? undefined : publicationOf(drawing, one.cells).publication;
  return { kind: 'draft', publication: one.publication, expected: one.expected, hidden: hiddenCells(one.publication, one.cells, alone), newest: one.newest, ...(one.samePeriod && { samePeriod: one.samePeriod }) };
}

/** Draws anew and publishes, as nobody but the server has reckoned it. `overtaken`: somebody else published meanwhile. @throws as `keepPublication`. */
export async function publishFigures(house: House, token: string, drawing: Drawing): Promise<NotPublishable | { readonly kind: 'published' | 'overtaken' | 'absent' }> {
  const one = await drawn(house, token, drawing);
  if (one.kind !== 'drawn') return one;
  return { kind: (await keepPublication(house.web, token, one.publication, one.expected, one.earlier.length, house.clock())) ?? 'absent' };
}

/** What a reader sees first: the period that ends last, of equal ends the newest. What is published of the past, because somebody asked, does not stand before what is so now. */
export const foremost = (all: readonly PublicationRow[]): PublicationRow | undefined =>
  all.reduce<PublicationRow | undefined>((first, one) => (first === undefined || one.asOf > first.asOf || (one.asOf === first.asOf && one.publishedAt > first.publishedAt) ? one : first), undefined);
export const isWithdrawnBecause = (given: unknown): given is WithdrawnBecause => WITHDRAWN_BECAUSE.some((one) => one === given);

/** Takes the newest publication back. `none`: it is not the newest that stands, or no publication at all, which leaves the row that every refusal leaves. @param sent the id as it came @throws as `withdrawPublication`. */
export async function withdrawFigures(house: House, token: string, sent: string | undefined, because: WithdrawnBecause): Promise<{ readonly kind: 'withdrawn' | 'none' | 'absent' }> {
  const kind = sent === undefined || !isId(sent) ? 'none' : ((await withdrawPublication(house.web, token, sent, because, house.clock())) ?? 'absent');
  if (kind === 'none') await noteDenied(house.web, token, undefined, 'withdraw figures');
  return { kind };
}

/**
 * The publications that stand, newest first, and the one that is asked for; when none is, the foremost, or for the desk that published it the newest. One that is not there, or not any more, leaves the row in the log that every refusal leaves.
 * @param sent the id as it came @param usual what is read when none is asked for @throws with code 28000 without a session.
 */
export async function publicationAsked(house: House, token: string, sent: string | undefined, purpose: string, usual: 'foremost' | 'newest' = 'newest'): Promise<{ readonly all: readonly PublicationRow[]; readonly read?: ReadPublication }> {
  const { all, read } = await listPublications(house.web, token, sent !== undefined && isId(sent) ? sent : undefined);
  const first = sent === undefined && usual === 'foremost' ? foremost(all)?.id : undefined;
  if (first !== undefined && first !== read?.id) {
    const again = await listPublications(house.web, token, first);
    if (again.read !== undefined) return again;
  }
  if (sent === undefined || read?.id === sent) return { all, ...(read && { read }) };
  await noteDenied(house.web, token, undefined, purpose);
  return { all };
}
