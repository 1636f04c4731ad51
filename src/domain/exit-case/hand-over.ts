import { z } from 'zod';
import { type UserId, zId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import type { ExitCase } from './case.js';
import { CHOOSE_ANOTHER, whileOpen } from './circle-change.js';
import { coordinatorSeat, currentMembers, mayHoldSeat, type Membership, unitMember } from './circle.js';
import { type CasePermission, command } from './define.js';
import { ownPart, successorFault } from './deputy.js';

/** All that a colleague has in the case goes to another in one step, and he is out of it: who leaves, or is given other work (FM-WORK-7). */
export const circleHandOver = command({
  name: 'circle.handOver',
  title: 'Giv en kollegas opgaver videre',
  rules: ['FM-WORK-7', 'FM-CNF-2', 'FM-ORG-1'],
  page: 'kreds',
  input: z.strictObject({
    user: zId<UserId>('Vælg, hvem der skal ud af sagen').meta({ label: 'Hvem giver opgaverne fra sig?', hint: 'Kollegaen mister adgangen til sagen med det samme.', widget: 'absent' }),
    to: zId<UserId>('Vælg, hvem der tager over').meta({
      label: 'Hvem tager over?', hint: 'En kollega fra samme myndighed. Plads i kredsen, kontakt med kandidaten, forholdsregler, tiltag og opgaver følger med.', widget: 'staff',
    }),
    reason: prose({ label: 'Hvorfor?', max: 1000 }),
  }),
  writes: ['general'],
  may: unitMember,
  when: whileOpen,
  decide: (state, input, ctx) => {
    const part = ownPart(state, input.user, ctx.actor.user);
    if (part.length === 0) return reject('FM-WORK-7', ['own'], 'Vælg en, der er med i sagen.', 'user');
    if (input.to === input.user) return reject('FM-WORK-7', ['own'], CHOOSE_ANOTHER, 'to');
    const colleague = ctx.colleague(input.to);
    const fault = successorFault(state, ownPart(state, input.user, input.user), input.to, colleague, 'to');
    if (fault !== undefined || colleague === undefined) return fault ?? [];
    return [{
      event: { type: 'WorkHandedOver', user: input.user, to: input.to, authority: colleague.authority },
      bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
    }];
  },
});

const coordinatorNow = (state: ExitCase): Membership | undefined =>
  currentMembers(state).find((one) => one.role === coordinatorSeat(state) && one.deputyFor === undefined);

/** A colleague with the co-ordinator's work; whether the case has nobody to co-ordinate it, and of his unit, the database has asked. */
const colleagueOfUnit: CasePermission = {
  test: (state, actor) => mayHoldSeat(state, coordinatorSeat(state), actor) && coordinatorNow(state)?.user !== actor.user,
  who: 'en kollega i enheden',
};

/** A case that has no co-ordinator any more is taken over by another of its unit, with the reason (FM-WORK-7: no case may get stuck). */
export const circleTakeOver = command({
  name: 'circle.takeOver',
  title: 'Bliv koordinator for sagen',
  rules: ['FM-WORK-7', 'FM-ORG-1'],
  admission: 'unattended',
  page: 'kreds',
  input: z.strictObject({
    reason: prose({ label: 'Hvorfor tager du over?', hint: 'Det står i sagen, og dine kolleger i enheden kan i fire uger se, at du har gjort det.', max: 1000 }),
  }),
  writes: ['general'],
  may: colleagueOfUnit,
  when: whileOpen,
  decide: (state, input, ctx) => {
    const { user, authority } = ctx.actor;
    // As for a case that is not there: an exclusion must not show (control 20).
    if (state.circle.excluded.includes(user)) return reject('FM-WORK-7', ['own'], 'Sagen har en koordinator.');
    const before = coordinatorNow(state);
    return [
      { event: { type: 'CoordinationTakenOver', by: user }, bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }] },
      { event: before === undefined ? { type: 'MemberAdded', user, role: coordinatorSeat(state), authority } : { type: 'WorkHandedOver', user: before.user, to: user, authority } },
    ];
  },
});

export const handOverCommands = [circleHandOver, circleTakeOver];
