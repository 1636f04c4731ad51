import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import { addWorkingDays, copenhagenDate, knownDate, type PlainDate, plainDateBetween } from '../kernel/time.js';
import { AGE_BAND_LABELS, AGE_BANDS, type AgeBand } from '../kernel/cpr.js';
import type { CaseEvent, ExitCase } from './case.js';
import { unitOrContact } from './circle.js';
import { command, type EventMeta, type Task } from './define.js';
import { notClosed } from './ending.js';
import { identityFields } from './identity-fields.js';
import { municipalityCode, residenceUnknown } from './residence.js';
import { leadSeat } from './vote.js';

export type PersonEvent =
  | { readonly type: 'PersonUpdated'; readonly correction: boolean; readonly ageBand?: AgeBand }
  | { readonly type: 'ResidenceChanged'; readonly municipality: string; readonly from: PlainDate }
  | { readonly type: 'SafeContactSet'; readonly digitalPost: 'safe' | 'never' };

export interface PersonState {
  readonly ageBand?: AgeBand;
  readonly safeContact: boolean;
  readonly digitalPost?: 'safe' | 'never';
}
export const noPerson: PersonState = { safeContact: false };

export const evolvePerson = (state: PersonState, event: CaseEvent, _meta: EventMeta): PersonState => {
  switch (event.type) {
    case 'PersonUpdated':
      return { ...state, ageBand: event.ageBand ?? state.ageBand };
    case 'InquiryRegistered':
      return { ...state, safeContact: event.safeContactGiven };
    case 'SafeContactSet':
      return { ...state, safeContact: true, digitalPost: event.digitalPost };
    default:
      return state;
  }
};

/** The bands as they are written on screen. */
export const AGE_OPTIONS = AGE_BANDS.map((band) => ({ value: band, label: AGE_BAND_LABELS[band] }));
const identityInput = z.strictObject({
  ...identityFields,
  ageBand: z.enum(AGE_BANDS).optional().meta({ label: 'Alder', widget: 'select', options: AGE_OPTIONS, hint: 'Under 18 år gælder særlige regler: inddrag forældremyndighed og børne- og ungeområdet.' }),
});

const person = (name: 'person.update' | 'person.correct', title: string, correction: boolean) => command({
  name,
  title,
  rules: ['FM-LAW-4', 'FM-LAW-5'],
  page: 'overblik',
  input: correction ? identityInput.extend({ reason: prose({ label: 'Hvad var forkert?', max: 1000 }).optional() }) : identityInput.extend({ reason: prose({ label: 'Bemærkning', max: 1000 }).optional() }),
  writes: ['identity'],
  may: unitOrContact,
  when: notClosed,
  decide: (_state, { ageBand, reason, ...identity }) => {
    if (Object.values({ ...identity, ageBand }).every((value) => value === undefined)) {
      return reject('FM-LAW-4', ['own'], 'Skriv mindst én oplysning om personen.', 'name');
    }
    return [{
      event: { type: 'PersonUpdated', correction, ...(ageBand === undefined ? {} : { ageBand }) },
      bodies: [{ scope: { kind: 'identity' }, content: { ...identity, reason } }],
    }];
  },
});

/** New facts on who the person is; what stood before stays in the stream (FM-LAW-4). */
export const personUpdate = person('person.update', 'Opdatér personens oplysninger', false);
/** Rectification of what was wrong, by addition (FM-LAW-4, GDPR art. 16). */
export const personCorrect = person('person.correct', 'Ret en fejl i personens oplysninger', true);

/** A new municipality of residence, or the first that is known (FM-INT-7). Out of the district it is recorded, and the unit stays responsible until it hands over (FM-INT-2). */
export const residenceChange = command({
  name: 'residence.change',
  title: 'Registrér bopælskommune',
  rules: ['FM-INT-2'],
  page: 'overblik',
  input: z.strictObject({
    municipality: municipalityCode.meta({ label: 'Bopælskommune' }),
    from: plainDateBetween(knownDate('2011-01-01'), knownDate('2099-12-31'), 'Datoen for flytningen').meta({ label: 'Fra hvilken dato?', widget: 'date', hint: 'Er det første gang, kommunen registreres, og vides dagen ikke, så vælg i dag.' }),
  }),
  writes: [],
  may: unitOrContact,
  when: notClosed,
  decide: (state, input, ctx) => {
    if (input.from > ctx.today) return reject('FM-INT-2', ['own'], 'Datoen ligger i fremtiden. Registrér flytningen, når den er sket.', 'from');
    if (input.municipality === state.inquiry.municipality) return reject('FM-INT-2', ['person'], 'Personen er allerede registreret i den kommune.', 'municipality');
    return [{ event: { type: 'ResidenceChanged', municipality: input.municipality, from: input.from } }];
  },
});

/** Working days from the inquiry is taken until it should be known where he lives (policy). */
const DAYS_TO_KNOW_RESIDENCE = 5;

/** A unit that took an inquiry without a municipality finds out where he lives (FM-INT-7, FM-WORK-1). */
export const personTasks = (state: ExitCase): readonly Task[] => {
  const { takenAt } = state.inquiry;
  if (takenAt === undefined || state.ending.closed || !residenceUnknown(state)) return [];
  return [{
    key: 'residence.change', title: 'Registrér, hvilken kommune personen bor i', owner: { seat: leadSeat(state) }, due: addWorkingDays(copenhagenDate(takenAt), DAYS_TO_KNOW_RESIDENCE), command: 'residence.change',
  }];
};

const DIGITAL_POST = [
  { value: 'never', label: 'Nej, brug aldrig Digital Post' },
  { value: 'safe', label: 'Ja, personen har sagt, at Digital Post er sikkert' },
] as const;

/** How, when and by whom the person may be contacted; shown wherever somebody is about to (FM-SEC-5). */
export const safeContactSet = command({
  name: 'safeContact.set',
  title: 'Aftal sikker kontakt',
  rules: ['FM-SEC-5'],
  page: 'sikkerhed',
  input: z.strictObject({
    safeContact: prose({ label: 'Hvordan er det sikkert at få kontakt?', hint: 'Hvornår, hvordan og af hvem. Skriv også, hvad vi aldrig må gøre.', max: 1000, missing: 'Skriv, hvordan personen må kontaktes' }),
    digitalPost: z.enum(['never', 'safe'], { error: 'Vælg, om Digital Post er sikkert' }).meta({ label: 'Er Digital Post sikkert?', widget: 'radio', options: DIGITAL_POST }),
  }),
  writes: ['card'],
  may: unitOrContact,
  when: notClosed,
  decide: (_state, input) => [{
    event: { type: 'SafeContactSet', digitalPost: input.digitalPost },
    bodies: [{ scope: { kind: 'card' }, content: { safeContact: input.safeContact } }],
  }],
});

export const personCommands = [personUpdate, personCorrect, residenceChange, safeContactSet];
