import { z } from 'zod';
import { type UserId, zId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addDays, addWorkingDays, copenhagenDate, type Instant, type PlainDate, zInstant } from '../kernel/time.js';
import { authorityName, type UnitId, type UnitOrUnnamed, UNNAMED_UNIT } from '../reference/authorities.js';
import type { CaseEvent, ExitCase } from './case.js';
import { mayHoldSeat, type Seat, unitMember } from './circle.js';
import { type CasePermission, command, type EventMeta } from './define.js';
import { identityFields } from './identity-fields.js';
import { receivingUnit, residence, UNKNOWN_RESIDENCE } from './residence.js';
import { aboutUnit, whereaboutsField } from './whereabouts.js';

export const CHANNELS = [
  { value: 'phone', label: 'Telefon' },
  { value: 'visit', label: 'Personligt fremmøde' },
  { value: 'outreach', label: 'Opsøgende arbejde' },
  { value: 'message', label: 'Brev eller besked' },
  { value: 'custody', label: 'Samtale under afsoning eller varetægt' },
] as const;
export const PLACES = [
  { value: 'freedom', label: 'Nej' },
  { value: 'custody', label: 'Ja. Så går henvendelsen til Direktoratet for Kriminalforsorgen' },
] as const;
export const CLOSING_REASONS = [
  { value: 'withdrawn', label: 'Personen har trukket sin henvendelse tilbage' },
  { value: 'unreachable', label: 'Det er ikke lykkedes at få kontakt' },
  { value: 'duplicate', label: 'Henvendelsen er registreret to gange' },
] as const;

const channel = z.enum(CHANNELS.map((option) => option.value));
export const place = z.enum(PLACES.map((option) => option.value), { error: 'Vælg, om personen er i varetægt eller fængsel' });
export type Place = z.infer<typeof place>;
const closingReason = z.enum(CLOSING_REASONS.map((option) => option.value), { error: 'Vælg, hvorfor henvendelsen lukkes' });

type SeatMember = { readonly user: UserId; readonly role: Seat; readonly authority: string };

export type InquiryEvent =
  | {
      readonly type: 'InquiryRegistered'; readonly unit: UnitOrUnnamed; readonly municipality?: string; readonly place: Place; readonly channel: z.infer<typeof channel>;
      readonly receivedBy: string; readonly receivedAt: Instant; readonly urgent: boolean; readonly nameKnown: boolean; readonly cprKnown: boolean; readonly safeContactGiven: boolean;
    }
  | { readonly type: 'InquiryTaken'; readonly members: readonly SeatMember[] }
  | { readonly type: 'InquiryConveyed'; readonly unit: UnitId; readonly municipality?: string; readonly place: Place }
  | { readonly type: 'InquiryClosed'; readonly reason: z.infer<typeof closingReason> };

export interface InquiryState {
  readonly status: 'none' | 'inbox' | 'taken' | 'closed';
  /** Unnamed while the contact point is to name it; never once it is taken (FM-INT-7). */
  readonly unit: UnitOrUnnamed;
  /** The contact point has named the unit: it decides, and nobody but it changes that before the unit has taken the inquiry. */
  readonly named: boolean;
  /** The one it named last. It stays the contact point's word while the inquiry lies with DfK (FM-INT-2). */
  readonly namedUnit?: UnitId;
  /** The newest event with a text about the unit: whoever names one tells by it what he had read. */
  readonly aboutUnitAt: number;
  /** When the time to act on it began anew: it came to the contact point, or to the unit that this named. Absent: when it was received. */
  readonly since?: Instant;
  readonly municipality?: string;
  readonly place: Place;
  readonly channel: z.infer<typeof channel>;
  readonly receivedAt: Instant;
  readonly urgent: boolean;
  readonly takenAt?: Instant;
  readonly closed?: { readonly reason: z.infer<typeof closingReason>; readonly at: Instant };
}

export const noInquiry: InquiryState = { status: 'none', unit: 'dfk', named: false, aboutUnitAt: 0, place: 'freedom', channel: 'phone', receivedAt: '' as Instant, urgent: false };

export const evolveInquiry = (state: InquiryState, event: CaseEvent, meta: EventMeta): InquiryState => {
  switch (event.type) {
    case 'InquiryRegistered': {
      const { type: _type, receivedBy: _by, nameKnown: _name, cprKnown: _cpr, safeContactGiven: _safe, ...facts } = event;
      return { ...facts, named: false, aboutUnitAt: meta.version, status: 'inbox' };
    }
    case 'InquiryTaken':
      return { ...state, status: 'taken', takenAt: meta.at };
    case 'InquiryConveyed':
      return { ...state, unit: event.unit, named: event.unit === state.namedUnit, municipality: event.municipality ?? state.municipality, place: event.place };
    case 'UnitDisputed':
      return { ...state, unit: UNNAMED_UNIT, since: meta.at, aboutUnitAt: meta.version };
    case 'UnitNamed':
      return { ...state, unit: event.unit, named: true, namedUnit: event.unit, municipality: event.municipality, place: event.place, since: meta.at, aboutUnitAt: meta.version };
    case 'InquiryClosed':
      return { ...state, status: 'closed', closed: { reason: event.reason, at: meta.at } };
    case 'CaseMarkedDuplicate':
      return { ...state, status: 'closed', closed: { reason: 'duplicate', at: meta.at } };
    case 'ResidenceChanged':
      // Out of the district the unit stays responsible until it is handed over (FM-CUS-8).
      return { ...state, municipality: event.municipality };
    default:
      return state;
  }
};

const staff: CasePermission = { test: (_state, actor) => !actor.functions.some((one) => ['auditor', 'admin', 'screening'].includes(one)), who: 'en medarbejder' };

/** An inquiry, by whomever received it: the start of every case (FM-INT-1). It always succeeds, whether or not the person is known (FM-INT-3). */
export const inquiryRegister = command({
  name: 'inquiry.register',
  title: 'Send til enheden',
  rules: ['FM-INT-1', 'FM-INT-2', 'FM-INT-4', 'FM-INT-7'],
  admission: 'staff',
  page: 'overblik',
  input: z.strictObject({
    name: identityFields.name,
    safeContact: prose({ label: 'Hvordan er det sikkert at få kontakt?', hint: 'Hvornår, hvordan og af hvem. Skriv også, hvad vi aldrig må gøre.', max: 1000, section: 'Personen' }).optional(),
    cpr: identityFields.cpr,
    alias: identityFields.alias,
    phone: identityFields.phone,
    municipality: residence,
    whereabouts: whereaboutsField({ hint: 'Udfyldes, når kommunen ikke vides eller er omstridt.', section: 'Personen' }).optional(),
    place: place.default('freedom').meta({ label: 'Er personen i varetægt eller fængsel?', widget: 'radio', options: PLACES, section: 'Personen' }),
    said: prose({ label: 'Hvad sagde personen?', hint: 'Med personens egne ord, så vidt du husker dem.', missing: 'Skriv, hvad personen sagde', section: 'Henvendelsen' }),
    channel: channel.default('phone').meta({ label: 'Hvordan kom henvendelsen?', widget: 'radio', options: CHANNELS, section: 'Henvendelsen' }),
    receivedAt: zInstant.optional().meta({ label: 'Hvornår?', widget: 'instant', section: 'Henvendelsen', hint: 'Lad feltet stå, hvis det er nu.' }),
    urgent: z.boolean().default(false).meta({
      label: 'Haster det?', widget: 'radio', section: 'Henvendelsen',
      options: [{ value: 'false', label: 'Nej, enheden tager den senest i morgen' }, { value: 'true', label: 'Ja, personen er bange for sin sikkerhed, og enheden tager den i dag' }],
    }),
  }),
  writes: ['identity', 'general', 'card', 'bundle'],
  may: staff,
  when: (state) => (state.inquiry.status === 'none' ? undefined : reject('FM-INT-1', ['own'], 'Henvendelsen er allerede registreret.')),
  decide: (_state, input, ctx) => {
    const receivedAt = input.receivedAt ?? ctx.now;
    if (receivedAt > ctx.now) return reject('FM-INT-1', ['own'], 'Tidspunktet ligger i fremtiden. Skriv, hvornår henvendelsen kom.', 'receivedAt');
    if (copenhagenDate(receivedAt) < addDays(ctx.today, -366)) {
      return reject('FM-INT-1', ['own'], 'Tidspunktet er mere end et år siden. Skriv, hvornår henvendelsen kom.', 'receivedAt');
    }
    const unit = receivingUnit(input.place, input.municipality, ctx);
    if (unit === UNNAMED_UNIT && input.whereabouts === undefined) {
      return reject('FM-INT-7', ['own'], 'Skriv, hvad I ved om, hvor personen hører til. Kontaktpunktet udpeger enheden efter det.', 'whereabouts');
    }
    return [{
      event: {
        type: 'InquiryRegistered', unit, ...(input.municipality === UNKNOWN_RESIDENCE ? {} : { municipality: input.municipality }), place: input.place,
        channel: input.channel, receivedBy: ctx.actor.authority, receivedAt, urgent: input.urgent,
        nameKnown: input.name !== undefined, cprKnown: input.cpr !== undefined, safeContactGiven: input.safeContact !== undefined,
      },
      bodies: [
        { scope: { kind: 'identity' }, content: { name: input.name, cpr: input.cpr, alias: input.alias, phone: input.phone } },
        { scope: { kind: 'general' }, content: { said: input.said } },
        ...(input.safeContact === undefined ? [] : [{ scope: { kind: 'card' as const }, content: { safeContact: input.safeContact } }]),
        ...(input.whereabouts === undefined ? [] : [aboutUnit({ whereabouts: input.whereabouts })]),
      ],
    }];
  },
});

const DAYS_TO_TAKE = 1;
/**
 * The day by which the inquiry is to be taken, and where the unit is unnamed, by which the contact point names it: the next working day (access.md, "The unit's inbox"). The framework
 * sets no day of its own. One that is urgent, because the person fears for his safety, is due the very day it came, be it a Sunday: a day more is one on which nobody has read what he said (FM-INT-2).
 */
export const dueToTake = ({ urgent, since, receivedAt }: InquiryState): PlainDate => {
  const came = copenhagenDate(since ?? receivedAt);
  return urgent ? came : addWorkingDays(came, DAYS_TO_TAKE);
};

export const inInbox = ({ inquiry }: ExitCase): Rejection | undefined => {
  if (inquiry.status !== 'inbox') return reject('FM-INT-2', ['inquiry'], 'Henvendelsen er allerede taget.');
  return inquiry.unit === UNNAMED_UNIT ? reject('FM-INT-7', ['inquiry'], 'Kontaktpunktet skal først udpege en enhed.') : undefined;
};

/** Whoever keeps the unit's inbox: its police co-ordinator, in custody the custody officer; the database has checked which unit. */
export const keeperOfInbox: CasePermission = {
  test: (state, actor) => actor.functions.includes(state.inquiry.place === 'custody' ? 'custody_exit' : 'police_exit'),
  who: 'enhedens koordinator',
};

const seatField = (label: string) => zId<UserId>('Vælg en kollega fra enhedens liste').optional().meta({ label, widget: 'roster' });
const SEAT_FIELDS = { freedom: ['police', 'municipal', 'probation'], custody: ['custody'] } as const;
const SEAT_WORDS: Readonly<Record<Seat, string>> = { police: 'politiet', municipal: 'kommunen', probation: 'Kriminalforsorgen', custody: 'Direktoratet for Kriminalforsorgen' };

/** The authority that a seat of this inquiry is for, in words: 'Nyborg Kommune', 'Fyns Politi'; the kind of it where nobody knows which. */
export const seatAuthority = ({ inquiry: { unit, municipality, place } }: ExitCase, seat: Seat): string => {
  if (seat === 'municipal') return municipality === undefined ? SEAT_WORDS.municipal : authorityName(`municipality:${municipality}`);
  return seat === 'custody' || place === 'custody' || unit === UNNAMED_UNIT ? SEAT_WORDS[seat] : authorityName(`${seat}:${unit}`);
};

/** The unit takes the inquiry: one person per authority enters the circle (FM-ORG-1). */
export const inquiryTake = command({
  name: 'inquiry.take',
  title: 'Tag henvendelsen',
  rules: ['FM-ORG-1', 'FM-INT-2'],
  admission: 'inbox',
  page: 'overblik',
  input: z.strictObject({
    police: seatField('Politiets repræsentant'),
    municipal: seatField('Kommunens repræsentant'),
    probation: seatField('Kriminalforsorgens repræsentant'),
    custody: seatField('Direktoratet for Kriminalforsorgens repræsentant'),
  }),
  writes: [],
  may: keeperOfInbox,
  when: inInbox,
  decide: (state, input, ctx) => {
    const members: SeatMember[] = [];
    for (const seat of SEAT_FIELDS[state.inquiry.place]) {
      const user = input[seat];
      if (user === undefined) return reject('FM-ORG-1', ['inquiry'], `Vælg, hvem der er med fra ${SEAT_WORDS[seat]}. Hver myndighed skal have én repræsentant. Er ingen derfra oprettet i Udvej endnu, så ring til ${seatAuthority(state, seat)}.`, seat);
      const colleague = ctx.colleague(user);
      if (colleague === undefined || !mayHoldSeat(state, seat, colleague)) {
        return reject('FM-ORG-1', ['inquiry'], `Vælg en repræsentant for ${SEAT_WORDS[seat]} fra enhedens liste. Kommunens skal være fra den kommune, hvor personen bor; kendes den ikke, fra en af enhedens kommuner.`, seat);
      }
      members.push({ user, role: seat, authority: colleague.authority });
    }
    return [{ event: { type: 'InquiryTaken', members } }];
  },
});

/** Closes an inquiry before assessment; "outside the target group" is a refusal and not this (FM-INT-8). */
export const inquiryClose = command({
  name: 'inquiry.close',
  title: 'Luk henvendelsen uden visitation',
  rules: ['FM-INT-8'],
  page: 'overblik',
  input: z.strictObject({
    reason: closingReason.meta({ label: 'Hvorfor lukkes den?', widget: 'radio', options: CLOSING_REASONS }),
    note: prose({ label: 'Hvad er der gjort?', hint: 'For eksempel hvornår og hvordan I har forsøgt at få kontakt.', max: 2000 }),
  }),
  writes: ['general'],
  may: unitMember,
  when: (state) => {
    if (state.inquiry.status === 'closed') return reject('FM-INT-8', ['inquiry'], 'Henvendelsen er allerede lukket.');
    if (state.assessment.begun) return reject('FM-INT-8', ['assessment'], 'Visitationen er begyndt. Afbryd visitationen, eller træf en afgørelse.');
    return undefined;
  },
  decide: (_state, input) => [{
    event: { type: 'InquiryClosed', reason: input.reason },
    bodies: [{ scope: { kind: 'general' }, content: { note: input.note } }],
  }],
});

export const inquiryCommands = [inquiryRegister, inquiryTake, inquiryClose];
