import { looksAt } from '../../src/domain/exit-case/card-opening.js';
import { currentMembers } from '../../src/domain/exit-case/circle.js';
import { protectionSteps } from '../../src/domain/exit-case/protected-address.js';
import { addDays } from '../../src/domain/kernel/time.js';
import { cast, holding } from './cast.js';
import type { Sense } from './sense-beginning.js';

/** Screening, the protected address, and an acute threat. */
export const senseOfSecurity: Readonly<Record<string, Sense>> = {
  'safetyCard.open': ({ words }) => ({ reason: `${words()}: to mænd med våben står uden for døren nu` }),
  'safetyCard.noteOpening': ({ play: { state }, who }) => ({ opening: state.cardOpenings.find((one) => looksAt(state, cast[who].user, one))?.id }),
  'screening.ask': ({ dice }) => ({ screener: dice.one(holding('screening')).user }),
  'screening.recordSearch': ({ dice, words }) => {
    const found = dice.one(['yes', 'no']);
    return { on: undefined, found, text: found === 'yes' ? words() : undefined };
  },
  'address.protect': ({ play: { state, today }, who, dice }) => ({
    step: dice.any(protectionSteps(state, cast[who].user)) ?? 'notice',
    on: today,
    children: dice.one(['along', 'none']),
  }),
  'address.allow': ({ play: { state, today }, dice }) => ({
    user: dice.any(currentMembers(state).filter((one) => ['municipal', 'probation', 'owner', 'contact'].includes(one.role)).map((one) => one.user)),
    until: addDays(today, dice.between(0, 30)),
  }),
  'address.withdraw': ({ play: { state }, dice }) => ({ user: dice.any(state.address.leaves.map((one) => one.user)) }),
};
