import { z } from 'zod';
import { hasAccess } from '../access/after-the-end.js';
import type { Colleague } from '../kernel/command.js';
import { type UserId, zId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import type { ExitCase } from './case.js';
import { currentMembers, fullMember, isSeat, mayHoldSeat, membershipsOf, type Seat, seatsToSpeak, unitMember } from './circle.js';
import { command } from './define.js';

export const CHOOSE_ANOTHER = 'Vælg en anden kollega fra listen.';
export const wrongSeat = (seat: Seat): string =>
  ({
    police: 'Vælg en kollega fra politikredsens exitenhed.',
    municipal: 'Vælg en exitkoordinator fra den kommune, hvor kandidaten bor. Kendes den ikke, fra en kommune i politikredsen.',
    probation: 'Vælg en kollega fra Kriminalforsorgens afdeling i politikredsen.',
    custody: 'Vælg en kollega fra Direktoratet for Kriminalforsorgen.',
  })[seat];

export const whileOpen = (state: ExitCase): Rejection | undefined =>
  state.ending.closed ? reject('FM-CNF-2', ['ending'], 'Sagen er afsluttet. Kredsen kan ikke ændres.') : undefined;

/** Functions whose people may carry the contact: those who work in a unit; never operations, auditors or officials (FM-CNF-6). */
const CONTACT_FUNCTIONS = ['police_exit', 'municipal_exit', 'probation_exit', 'custody_exit'];
export const mayCarryContact = (colleague: Colleague): boolean => colleague.functions.some((one) => CONTACT_FUNCTIONS.includes(one));

const ROLE_OPTIONS = [
  { value: 'police', label: 'Politiets repræsentant' },
  { value: 'municipal', label: 'Kommunens repræsentant' },
  { value: 'probation', label: 'Kriminalforsorgens repræsentant' },
  { value: 'custody', label: 'Repræsentant for Direktoratet for Kriminalforsorgen' },
  { value: 'contact', label: 'Medarbejder, der skal have kontakten med kandidaten' },
] as const;
const addableRole = z.enum(ROLE_OPTIONS.map((option) => option.value));

/** Adds a colleague to the circle: a replacement, police asked in by custody, somebody to carry the contact (FM-CNF-2, FM-DEC-4). */
export const circleAdd = command({
  name: 'circle.add',
  title: 'Føj en kollega til kredsen',
  rules: ['FM-CNF-2', 'FM-ORG-1'],
  page: 'kreds',
  input: z.strictObject({
    user: zId<UserId>('Vælg en kollega fra listen').meta({ label: 'Kollega', widget: 'staff' }),
    role: addableRole.meta({ label: 'Rolle i kredsen', widget: 'radio', options: ROLE_OPTIONS }),
    reason: prose({ label: 'Hvorfor skal kollegaen med?', max: 1000 }),
  }),
  writes: ['general'],
  may: unitMember,
  when: whileOpen,
  decide: (state, input, ctx) => {
    const colleague = ctx.colleague(input.user);
    // The same words as for a colleague who is not on the list: an exclusion must not show (security.md, control 20).
    if (colleague === undefined || state.circle.excluded.includes(input.user)) return reject('FM-CNF-2', ['own'], CHOOSE_ANOTHER, 'user');
    if (input.role === 'contact' && !mayCarryContact(colleague)) return reject('FM-CNF-6', ['own'], CHOOSE_ANOTHER, 'user');
    if (isSeat(input.role) && !mayHoldSeat(state, input.role, colleague)) return reject('FM-ORG-1', ['own'], wrongSeat(input.role), 'user');
    if (membershipsOf(state, input.user).some((member) => member.role === input.role && member.deputyFor === undefined)) {
      return reject('FM-CNF-2', ['circle'], 'Kollegaen har allerede den rolle i kredsen.', 'user');
    }
    const seatTaken = isSeat(input.role) && currentMembers(state).some((member) => member.role === input.role);
    if (seatTaken) {
      return reject('FM-ORG-1', ['circle'], 'Hver myndighed har én repræsentant i kredsen. Fjern den nuværende, før du føjer en ny til.', 'role');
    }
    return [{
      event: { type: 'MemberAdded', user: input.user, role: input.role, authority: colleague.authority },
      bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
    }];
  },
});

/** Ends a membership; access ends with it at once (FM-CNF-2). A seat that must speak is handed on first. */
export const circleRemove = command({
  name: 'circle.remove',
  title: 'Fjern fra kredsen',
  rules: ['FM-CNF-2'],
  page: 'kreds',
  input: z.strictObject({
    user: zId<UserId>().meta({ label: 'Hvem skal ud af kredsen?', widget: 'member' }),
    reason: prose({ label: 'Hvorfor?', max: 1000 }),
  }),
  writes: ['general'],
  may: unitMember,
  when: whileOpen,
  decide: (state, input, ctx) => {
    if (membershipsOf(state, input.user).length === 0) return reject('FM-CNF-2', ['circle'], 'Vælg en, der er i kredsen.', 'user');
    if (state.agreement.contactPerson === input.user) {
      return reject('FM-AGR-7', ['contactPerson'], 'Kollegaen er kandidatens kontaktperson. Udpeg en ny kontaktperson først.', 'user');
    }
    const others = currentMembers(state).filter((member) => member.user !== input.user && hasAccess(state, member, ctx.today));
    if (!others.some((member) => isSeat(member.role) && seatsToSpeak(state).includes(member.role))) {
      return reject('FM-CNF-2', ['circle'], 'Der skal være mindst ét medlem af enheden i kredsen.', 'user');
    }
    return [{
      event: { type: 'MemberRemoved', user: input.user },
      bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason, by: ctx.actor.user } }],
    }];
  },
});

/** Shuts a named person out of the case; looks like non-membership to him and to all who ask (security.md, control 20). */
export const circleExclude = command({
  name: 'circle.exclude',
  title: 'Udeluk en person fra sagen',
  rules: ['FM-CNF-2', 'FM-DEC-4'],
  page: 'kreds',
  input: z.strictObject({
    user: zId<UserId>('Vælg, hvem der ikke må se sagen').meta({ label: 'Hvem må ikke se sagen?', widget: 'staff' }),
    reason: prose({ label: 'Hvorfor?', hint: 'For eksempel slægtskab eller nært bekendtskab.', max: 1000 }),
  }),
  writes: ['general'],
  may: unitMember,
  when: whileOpen,
  decide: (state, input, ctx) => {
    if (input.user === ctx.actor.user) return reject('FM-DEC-4', ['own'], 'Er du selv inhabil, så brug “Meld dig inhabil”.', 'user');
    if (state.circle.excluded.includes(input.user)) return [];
    if (state.agreement.contactPerson === input.user) {
      return reject('FM-AGR-7', ['contactPerson'], 'Kollegaen er kandidatens kontaktperson. Udpeg en ny kontaktperson først.', 'user');
    }
    return [{
      event: { type: 'PersonExcluded', user: input.user },
      bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
    }];
  },
});

/** One's own conflict of interest: out of circle and votes, with a replacement named where there is one (FM-DEC-4, forvaltningsloven § 3). */
export const circleDeclareConflict = command({
  name: 'circle.declareConflict',
  title: 'Meld dig inhabil',
  rules: ['FM-DEC-4'],
  page: 'kreds',
  input: z.strictObject({
    reason: prose({ label: 'Hvad er grunden?', hint: 'For eksempel slægtskab, nært bekendtskab eller en egen interesse i sagen.', max: 1000 }),
    replacement: zId<UserId>('Vælg en anden kollega fra listen').optional().meta({ label: 'Hvem overtager din plads?', hint: 'Lad feltet stå tomt, hvis ingen kan.', widget: 'staff' }),
  }),
  writes: ['general'],
  may: fullMember,
  when: whileOpen,
  decide: (state, input, ctx) => {
    // The seat a deputy keeps warm is not his to leave.
    const mine = membershipsOf(state, ctx.actor.user).filter((member) => member.deputyFor === undefined);
    const seats = mine.map((member) => member.role).filter(isSeat);
    const { replacement } = input;
    const colleague = replacement === undefined ? undefined : ctx.colleague(replacement);
    if (replacement !== undefined) {
      if (seats.length === 0) return reject('FM-DEC-4', ['own'], 'Du har ingen plads, der skal overtages. Lad feltet stå tomt.', 'replacement');
      if (colleague === undefined || replacement === ctx.actor.user || state.circle.excluded.includes(replacement)) {
        return reject('FM-DEC-4', ['own'], CHOOSE_ANOTHER, 'replacement');
      }
      const wrong = seats.find((seat) => !mayHoldSeat(state, seat, colleague));
      if (wrong !== undefined) return reject('FM-ORG-1', ['own'], wrongSeat(wrong), 'replacement');
    }
    if (state.agreement.contactPerson === ctx.actor.user) {
      return reject('FM-AGR-7', ['contactPerson'], 'Du er kandidatens kontaktperson. Enheden udpeger en ny kontaktperson først.');
    }
    // Whoever stands in for him goes with him.
    const alone = !currentMembers(state).some((member) => member.user !== ctx.actor.user && member.deputyFor !== ctx.actor.user && hasAccess(state, member, ctx.today) && isSeat(member.role) && seatsToSpeak(state).includes(member.role));
    if (replacement === undefined && alone) {
      return reject('FM-DEC-4', ['circle'], 'Du er den eneste fra enheden i kredsen. Vælg, hvem der overtager.', 'replacement');
    }
    return [
      {
        event: { type: 'ConflictDeclared', user: ctx.actor.user, seats, ...(replacement === undefined ? {} : { replacement }) },
        bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
      },
      ...(replacement === undefined || colleague === undefined ? [] : seats.map((seat) => ({
        event: { type: 'MemberAdded' as const, user: replacement, role: seat, authority: colleague.authority },
      }))),
    ];
  },
});

export const circleCommands = [circleAdd, circleRemove, circleExclude, circleDeclareConflict];
