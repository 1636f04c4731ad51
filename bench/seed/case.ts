import type { CaseEvent, RecordedEvent } from '../../src/domain/exit-case/case.js';
import { caseNumber, labelFor } from '../../src/domain/kernel/case-number.js';
import type { Draft, ScopeKind } from '../../src/domain/kernel/command.js';
import type { EntryId } from '../../src/domain/kernel/ids.js';
import { addMinutes, copenhagenDate, type Instant } from '../../src/domain/kernel/time.js';
import { versionOn } from '../../src/domain/reference/framework-versions.js';
import { CASES_PER_TEAM, caseIdOf, circleOf, person, SEAT_OF, unitOfTeam, uuidOf } from '../plan.js';

/** The scopes of a seeded case, in this order. */
export const SCOPES: readonly ScopeKind[] = ['core', 'identity', 'general', 'card'];

/** A case as the commands would have made it, before encryption. */
export interface PlainCase {
  readonly id: string;
  readonly number: string;
  readonly label: string;
  readonly members: readonly string[];
  readonly stream: readonly (RecordedEvent & { readonly bodies: NonNullable<Draft<CaseEvent>['bodies']>; readonly command: string })[];
}

/** What every note says; some 280 characters, as a phone call takes. */
export const noteText = (one: number, n: number): string =>
  `Notat ${n} i sag ${one}. Ringede som aftalt og talte om, hvordan ugen er gået. Han har ikke set de andre, men en af dem har skrevet til hans bror. ` +
  'Vi aftalte, at han ikke svarer, og at vi taler sammen igen på torsdag om bolig og om det møde, han skal til med jobcentret.';

const DAY = 24 * 60;
const PRIME = 7_368_787;
const NUMBERS = 23 ** 6;

/** Numbers are drawn without repetition: random ones would collide at a hundred thousand. */
function numberOf(one: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE((BigInt(one) * BigInt(PRIME)) % BigInt(NUMBERS));
  return caseNumber(bytes);
}

type Step = Draft<CaseEvent> & { readonly command: string; readonly by: number };

/** One case: a possible history, at the edge of its team's district and ten days old at least. */
export function plainCase(cases: number, one: number, notes: number, today: Instant): PlainCase {
  const circle = circleOf(cases, one);
  const members = circle.map(person);
  const seats = SEAT_OF.map((seat) => members.findIndex((member) => member.functions.includes(`${seat}_exit`)));
  const [police = 0] = seats;
  // No part of anybody's has ended: who is in a circle is renewed within ninety days, and these cases are younger.
  const start = addMinutes(today, -((10 + Math.min(notes, 60) + (one % 15)) * DAY));
  const apart = Math.min(DAY - 60, Math.floor((60 * DAY) / Math.max(notes, 1)));
  const on = copenhagenDate(addMinutes(start, 2 * DAY));
  const added = members.filter((_, index) => !seats.includes(index));
  const steps: Step[] = [
    {
      command: 'inquiry.register', by: police,
      event: {
        type: 'InquiryRegistered', ...unitOfTeam(one % (cases / CASES_PER_TEAM)), place: 'freedom', channel: 'phone', receivedBy: members[police]?.authority ?? '',
        receivedAt: start, urgent: one % 7 === 0, nameKnown: true, cprKnown: true, safeContactGiven: false,
      },
      bodies: [
        { scope: { kind: 'identity' }, content: { name: `Opdigtet Person ${one}`, cpr: '3313990000', alias: `Nr. ${one}`, phone: '00 00 00 00' } },
        { scope: { kind: 'general' }, content: { said: 'Jeg vil ud af det. Jeg kan ikke sove, og min kæreste vil ikke mere. Men de må ikke vide, at jeg har talt med jer.' } },
        { scope: { kind: 'card' }, content: { safeContact: 'Kun sms efter kl. 16, aldrig opkald, og aldrig brev til adressen.' } },
      ],
    },
    {
      command: 'inquiry.take', by: police,
      event: { type: 'InquiryTaken', members: SEAT_OF.flatMap((role, n) => members.slice(seats[n], (seats[n] ?? 0) + 1).map(({ id, authority }) => ({ user: id, role, authority }))) },
    },
    ...added.map(({ id, authority }): Step => ({
      command: 'circle.add', by: police, event: { type: 'MemberAdded', user: id, role: 'contact', authority },
      bodies: [{ scope: { kind: 'general' }, content: { reason: 'Skal have kontakten med kandidaten sammen med os andre.' } }],
    })),
    { command: 'assessment.begin', by: police, event: { type: 'AssessmentBegun', on, framework: versionOn(on).id } },
    ...Array.from({ length: notes }, (_, n): Step => ({
      command: 'journal.add', by: n % members.length,
      event: { type: 'NoteAdded', entry: uuidOf('entry', `${one} ${n}`) as EntryId, kind: 'personal', scope: 'general', phone: n % 3 === 0 },
      bodies: [{ scope: { kind: 'general' }, content: { text: noteText(one, n) } }],
    })),
  ];
  const stream = steps.map(({ event, bodies = [], command, by }, index) => ({
    event, bodies, command, version: index + 1, at: addMinutes(start, Math.min(index, 2) * DAY + Math.max(0, index - 2) * apart), actor: members[by]?.id ?? person(0).id,
  }));
  return { id: caseIdOf(one), number: numberOf(one), label: labelFor(one), members: members.map(({ id }) => id), stream };
}
