import { currentMembers, membershipsOf } from '../../src/domain/exit-case/circle.js';
import { ownPart } from '../../src/domain/exit-case/deputy.js';
import { renewedBy } from '../../src/domain/exit-case/renewal.js';
import { addDays } from '../../src/domain/kernel/time.js';
import { cast, holding, nameOfUser } from './cast.js';
import type { Table } from './filling.js';
import type { Sense } from './sense-beginning.js';

/** Colleagues of the same authority with the same work who are not in the case. */
const colleaguesOf = ({ play: { state } }: Table, user: string): readonly string[] => {
  const name = nameOfUser(user);
  if (name === undefined) return [];
  const { functions, authority } = cast[name];
  return holding(functions[0] ?? '', authority).map((one) => one.user).filter((one) => one !== user && membershipsOf(state, one).length === 0 && !state.circle.excluded.includes(one));
};

/** Somebody in the case whose part the actor knows of, best one with a colleague who could take it. */
const somebody = (table: Table): string | undefined => {
  const { play: { state }, who, dice } = table;
  const known = [...new Set(currentMembers(state).map((one) => one.user))].filter((user) => ownPart(state, user, cast[who].user).length > 0);
  return dice.any(known.filter((user) => colleaguesOf(table, user).length > 0)) ?? dice.any(known);
};

/** Who has access, for how long, and who stands in for whom. */
export const senseOfPeople: Readonly<Record<string, Sense>> = {
  'circle.renew': ({ play: { state }, who, dice }) => ({ members: dice.some(renewedBy(state, cast[who]), 70) }),
  'circle.depute': (table) => {
    const user = table.dice.percent(50) ? cast[table.who].user : somebody(table);
    return { user, deputy: user === undefined ? undefined : table.dice.any(colleaguesOf(table, user)), until: addDays(table.play.today, table.dice.between(0, 90)) };
  },
  'circle.handOver': (table) => {
    const user = somebody(table);
    return { user, to: user === undefined ? undefined : table.dice.any(colleaguesOf(table, user)) };
  },
};
