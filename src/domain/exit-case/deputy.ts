import { z } from 'zod';
import { seesMember } from '../access/scopes.js';
import type { Actor, Colleague } from '../kernel/command.js';
import { type UserId, zId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addDays, type PlainDate, zPlainDate } from '../kernel/time.js';
import type { ExitCase } from './case.js';
import { CHOOSE_ANOTHER, mayCarryContact, whileOpen, wrongSeat } from './circle-change.js';
import { type CircleRole, coordinator, coordinatorSeat, isSeat, type Membership, mayHoldSeat, membershipsOf, unitMember } from './circle.js';
import { type CasePermission, command } from './define.js';

/** Longest a deputy is named for at a time, in calendar days `[+]`: who is away for longer hands his work over. */
const LONGEST_DAYS = 90;

/** Who is asked by name, for one thing: an official hands his question back, and for a screener another is asked. */
const ASKED: readonly CircleRole[] = ['question', 'screening'];

/** What somebody has in the case by himself, as far as the reader may know, and not because he was asked by name. */
export const ownPart = (state: ExitCase, user: string, reader: string): readonly Membership[] =>
  membershipsOf(state, user).filter((one) => one.deputyFor === undefined && !ASKED.includes(one.role) && seesMember(state, reader, one));

/** Why a colleague cannot take another's part, for a while or for good: it goes to one of the same authority with the same work (FM-CNF-2, FM-ORG-1). */
export const successorFault = (state: ExitCase, part: readonly Membership[], user: UserId, colleague: Colleague | undefined, field: string): Rejection | undefined => {
  if (colleague === undefined || state.circle.excluded.includes(user)) return reject('FM-CNF-2', ['own'], CHOOSE_ANOTHER, field);
  for (const { role, authority } of part) {
    if (isSeat(role)) {
      if (!mayHoldSeat(state, role, colleague)) return reject('FM-ORG-1', ['own'], wrongSeat(role), field);
    } else if (colleague.authority !== authority) {
      return reject('FM-WORK-7', ['own'], 'Vælg en kollega fra samme myndighed.', field);
    } else if (role === 'contact' ? !mayCarryContact(colleague) : colleague.functions.every((one) => one !== 'measure_owner' && !one.endsWith('_exit'))) {
      return reject('FM-CNF-6', ['own'], CHOOSE_ANOTHER, field);
    }
  }
  return undefined;
};

/** Oneself; the co-ordinator for whom he knows of; for the co-ordinator himself whoever of the unit is there. */
const mayName = (state: ExitCase, actor: Actor, absent: UserId): boolean =>
  absent === actor.user || coordinator.test(state, actor)
  || (unitMember.test(state, actor) && membershipsOf(state, absent).some((one) => one.role === coordinatorSeat(state)));

const insider: CasePermission = {
  test: (state, actor) => membershipsOf(state, actor.user).some((one) => !ASKED.includes(one.role) && one.deputyFor === undefined) || coordinator.test(state, actor),
  who: 'den, der er med i sagen,',
};

/** "Absence of X until date": a colleague reads what he reads and does what he does, from now until that day (FM-WORK-7, access.md). */
export const circleDepute = command({
  name: 'circle.depute',
  title: 'Udpeg en vikar',
  rules: ['FM-WORK-7', 'FM-CNF-2'],
  page: 'kreds',
  input: z.strictObject({
    user: zId<UserId>('Vælg, hvem der er væk').meta({ label: 'Hvem er væk?', widget: 'absent' }),
    deputy: zId<UserId>('Vælg, hvem der er vikar').meta({ label: 'Hvem er vikar?', hint: 'En kollega fra samme myndighed. Vikaren får adgang med det samme.', widget: 'staff' }),
    until: zPlainDate.meta({ label: 'Til og med hvilken dag?', hint: 'Efter den dag har vikaren ikke længere adgang.', widget: 'date' }),
    reason: prose({ label: 'Hvorfor?', hint: 'For eksempel ferie. Skriv intet om sygdom.', max: 1000 }),
  }),
  writes: ['general'],
  may: insider,
  when: whileOpen,
  decide: (state, input, ctx) => {
    const part = ownPart(state, input.user, ctx.actor.user);
    if (part.length === 0) return reject('FM-WORK-7', ['own'], 'Vælg en, der er med i sagen.', 'user');
    if (!mayName(state, ctx.actor, input.user)) return reject('FM-WORK-7', ['own'], 'Du kan udpege en vikar for dig selv. Koordinatoren kan udpege en for de andre.', 'user');
    if (input.deputy === input.user) return reject('FM-WORK-7', ['own'], CHOOSE_ANOTHER, 'deputy');
    const fault = successorFault(state, part, input.deputy, ctx.colleague(input.deputy), 'deputy');
    if (fault !== undefined) return fault;
    const last: PlainDate = addDays(ctx.today, LONGEST_DAYS);
    if (input.until < ctx.today) return reject('FM-WORK-7', ['own'], 'Dagen er gået. Vælg en dag, der kommer.', 'until');
    if (input.until > last) return reject('FM-WORK-7', ['own'], 'En vikar er der højst i 90 dage ad gangen. Giv opgaverne videre til en anden, hvis det varer længere.', 'until');
    return [{
      event: { type: 'DeputyNamed', user: input.user, deputy: input.deputy, until: input.until },
      bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
    }];
  },
});

export const deputyCommands = [circleDepute];
