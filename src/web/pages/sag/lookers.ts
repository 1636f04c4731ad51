import { seesPerson } from '../../../domain/access/core-view.js';
import { knowsOfAllMeasures, seesMember } from '../../../domain/access/scopes.js';
import { authorityName, municipalityOfAuthority } from '../../../domain/reference/authorities.js';
import type { OpenedCase } from '../../../app/open-case.js';
import type { WeekOpenings } from '../../../store/access-log.js';

/** A municipality as one: the authority's id, whichever of its places somebody works at; undefined for any other authority. */
export const wholeMunicipality = (authority: string | undefined) => {
  const code = authority === undefined ? undefined : municipalityOfAuthority(authority);
  return code === undefined ? undefined : (`municipality:${code}` as const);
};

/** Somebody of a case's log as one reader is told of him. */
export interface Looker {
  /** His id, or the municipality's for whoever of it. */
  readonly key: string;
  readonly label: string;
}
type Known = ReadonlyMap<string, { readonly name: string; readonly authority: string }>;

/** Who is in the case for a measure alone that the reader may not know of: neither name nor place, for either would tell (FM-CNF-4, FM-CNF-5). */
export const WITHHELD: Looker = { key: 'withheld', label: 'En anden myndighed i sagen' };

/** Whether a reader knows that a municipality is in the case: the case's own, and one whose people he knows of. */
const seesMunicipality = ({ state, actor }: OpenedCase, municipality: string): boolean =>
  municipality === `municipality:${state.inquiry.municipality ?? ''}`
  || state.circle.members.some((one) => wholeMunicipality(one.authority) === municipality && seesMember(state, actor.user, one));

/**
 * Whom a reader of the log is told of. A reader who may not know of every measure is told of a municipality's people as one, its own member among them:
 * by name, or by what is left out beside the extract, he would learn that somebody is in the case for more.
 */
export const lookerOf = (opened: OpenedCase, known: Known, person: string): Looker => {
  const { state, actor } = opened;
  const municipality = wholeMunicipality(known.get(person)?.authority);
  const sees = seesPerson(state, actor.user, person);
  if (municipality !== undefined && !knowsOfAllMeasures(state, actor.user) && (sees || seesMunicipality(opened, municipality))) return { key: municipality, label: authorityName(municipality) };
  return sees ? { key: person, label: known.get(person)?.name ?? 'En tidligere kollega' } : WITHHELD;
};

/** The openings of a week and of one person or municipality on one day. */
export interface WeekLine extends Looker, Pick<WeekOpenings, 'week' | 'day' | 'n'> {}

/** The rows of the week's question as the reader is told of them, in their order; about whom he may not know of he is not asked. */
export const weekLines = (opened: OpenedCase, known: Known, rows: readonly WeekOpenings[]): readonly WeekLine[] => {
  const lines = new Map<string, WeekLine>();
  for (const { week, person, day, n } of rows) {
    const looker = lookerOf(opened, known, person);
    if (looker === WITHHELD) continue;
    const place = `${looker.key}|${day}`;
    lines.set(place, { ...looker, week, day, n: n + (lines.get(place)?.n ?? 0) });
  }
  return [...lines.values()];
};
