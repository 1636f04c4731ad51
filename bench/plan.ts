import { createHash } from 'node:crypto';
import type { UserId } from '../src/domain/kernel/ids.js';
import { knownDate } from '../src/domain/kernel/time.js';
import { DISTRICTS, municipalitiesOfDistrict } from '../src/domain/reference/denmark.js';
import type { UnitId } from '../src/domain/reference/authorities.js';

/** Everything below follows from the number of cases alone, so that seeder, load and checks agree without talking. */

/** People in a circle. */
export const CIRCLE = 6;
/** A unit's people; they share a hundred cases, and each is on sixty of them. */
const TEAM = 10;
export const CASES_PER_TEAM = 100;
export const CASES_PER_PERSON = (CASES_PER_TEAM * CIRCLE) / TEAM;
/** People whose requests are measured. */
export const MEASURED = 20;
/** What a case holds: taken, circle filled, assessment begun, and notes; ten events in all. */
export const FACTS = 6;
export const NOTES = 4;

/** Claims and id of somebody in the directory. */
export interface Person {
  readonly id: UserId;
  readonly subject: string;
  readonly name: string;
  readonly authority: string;
  readonly functions: readonly string[];
}

/** A random-looking UUID of version 4 that is the same in every run and process. */
export function uuidOf(kind: string, n: number | string): string {
  const hex = createHash('md5').update(`${kind} ${n}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const teams = (cases: number): number => cases / CASES_PER_TEAM;
export const staffOf = (cases: number): number => teams(cases) * TEAM;

const UNITS: readonly { readonly unit: UnitId; readonly municipality: string }[] = DISTRICTS.map(({ id }) => ({
  unit: id, municipality: municipalitiesOfDistrict(id, knownDate('2026-01-01'))[0]?.code ?? '',
}));

/** Where a team works: its district, and one municipality there. */
export function unitOfTeam(team: number): { readonly unit: UnitId; readonly municipality: string } {
  const unit = UNITS[team % UNITS.length];
  if (!unit) throw new RangeError(`no unit for team ${team}`);
  return unit;
}

/** Police, municipality and Kriminalforsorgen by turns: any six neighbours hold one of each. */
export const SEAT_OF = ['police', 'municipal', 'probation'] as const;

export function person(user: number): Person {
  const { unit, municipality } = unitOfTeam(Math.floor(user / TEAM));
  const seat = SEAT_OF[(user % TEAM) % 3] ?? 'police';
  const authority = seat === 'municipal' ? `municipality:${municipality}` : `${seat}:${unit}`;
  return { id: uuidOf('user', user) as UserId, subject: `u${user}`, name: `Medarbejder ${user}`, authority, functions: [`${seat}_exit`] };
}

/** The contact point's official, for the national counts. */
export const official: Person = {
  id: uuidOf('user', 'official') as UserId, subject: 'official', name: 'Kontaktpunktet', authority: 'rigspolitiet', functions: ['contact_point'],
};

/** The circle of a case: six of its team's ten, another six for the next. A person's cases lie all over the table. */
export function circleOf(cases: number, one: number): readonly number[] {
  const team = one % teams(cases);
  const nth = Math.floor(one / teams(cases));
  return Array.from({ length: CIRCLE }, (_, member) => team * TEAM + ((nth + member) % TEAM));
}

export function casesOf(cases: number, user: number): readonly number[] {
  const team = Math.floor(user / TEAM);
  return Array.from({ length: CASES_PER_TEAM }, (_, nth) => nth * teams(cases) + team).filter((one) => circleOf(cases, one).includes(user));
}

/** Twenty people, of different teams as far as there are teams, of all three authorities. */
export const measuredUsers = (cases: number): readonly number[] =>
  Array.from({ length: MEASURED }, (_, n) => Math.floor((n * teams(cases)) / MEASURED) * TEAM + (n % TEAM));

export const caseIdOf = (one: number): string => uuidOf('case', one);
