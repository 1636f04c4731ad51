import type { Actor, Colleague } from '../../src/domain/kernel/command.js';
import type { UserId } from '../../src/domain/kernel/ids.js';
import { people } from '../support/people.js';

const more = (n: number, func: string, authority: string): Actor => ({
  user: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as UserId,
  functions: [func],
  authority,
});

/** Everybody who plays in the histories: the people of the domain's tests, a second unit, and second workers and officials. */
export const cast = {
  ...people,
  jobcentre2: more(71, 'measure_owner', 'municipality:0183:jobcentre'),
  treatment2: more(72, 'measure_owner', 'municipality:0183:treatment'),
  housing2: more(73, 'measure_owner', 'municipality:0183:housing'),
  odense2: more(74, 'municipal_exit', 'municipality:0461'),
  policeFyn2: more(75, 'police_exit', 'police:fyn'),
  probationFyn: more(76, 'probation_exit', 'probation:fyn'),
  probationFyn2: more(77, 'probation_exit', 'probation:fyn'),
  odenseJobcentre: more(78, 'measure_owner', 'municipality:0461:jobcentre'),
  odenseTreatment: more(79, 'measure_owner', 'municipality:0461:treatment'),
  officialPolice2: more(80, 'contact_point', 'rigspolitiet'),
} as const satisfies Readonly<Record<string, Actor>>;

export type CastName = keyof typeof cast;
export const castNames = Object.keys(cast) as readonly CastName[];

const byUser = new Map<string, CastName>(castNames.map((name) => [cast[name].user, name]));

/** Who a user is; undefined for somebody who does not play. */
export const nameOfUser = (user: string): CastName | undefined => byUser.get(user);

/** A colleague's place in the staff directory. */
export const colleagueOf = (user: string): Colleague | undefined => {
  const name = byUser.get(user);
  return name && cast[name];
};

/** Those of the cast who have the function, at the authority when one is said. */
export const holding = (func: string, authority?: string): readonly Actor[] =>
  castNames
    .map((name) => cast[name])
    .filter((one) => one.functions.some((each) => each === func) && (authority === undefined || one.authority === authority));
