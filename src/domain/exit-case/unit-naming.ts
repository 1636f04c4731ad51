import { z } from 'zod';
import { identifyingFault } from '../kernel/identifying.js';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import { isUnitId, type UnitId, unitOfMunicipality, UNNAMED_UNIT } from '../reference/authorities.js';
import type { ExitCase } from './case.js';
import { command } from './define.js';
import { inInbox, keeperOfInbox, type Place } from './inquiry.js';
import { inquiryConvey, NAMED_BY_CONTACT_POINT, UNIT_OPTIONS } from './inquiry-convey.js';
import { official } from './question.js';
import { MUNICIPALITY_OPTIONS, municipalityCode } from './residence.js';
import { aboutUnit, whereaboutsField } from './whereabouts.js';

export type UnitNamingEvent =
  /** The keeper of the inbox it came to: it does not belong here, and he cannot say where. */
  | { readonly type: 'UnitDisputed' }
  | { readonly type: 'UnitNamed'; readonly unit: UnitId; readonly municipality?: string; readonly place: Place };

/** Whether it is the contact point's to say which unit it is: it has not said it yet, or it has and no unit has taken the inquiry (FM-INT-7). */
export const isAtContactPoint = ({ inquiry }: ExitCase): boolean => inquiry.status === 'inbox' && (inquiry.unit === UNNAMED_UNIT || inquiry.named);

/** The keeper of an inbox lets the contact point name the unit, once: what it has named it has decided (FM-INT-7). */
export const inquiryDispute = command({
  name: 'inquiry.dispute',
  title: 'Lad kontaktpunktet udpege enheden',
  rules: ['FM-INT-7'],
  admission: 'inbox',
  page: 'overblik',
  input: z.strictObject({ whereabouts: whereaboutsField({}) }),
  writes: ['bundle'],
  may: keeperOfInbox,
  when: (state) => {
    const inTheWay = inInbox(state);
    if (inTheWay) return inTheWay;
    if (state.inquiry.named) return reject('FM-INT-7', ['inquiry'], NAMED_BY_CONTACT_POINT);
    // In custody the unit is DfK, wherever he lives: who is not there is sent on to where he does (FM-INT-2).
    return state.inquiry.place === 'custody' ? reject('FM-INT-2', ['inquiry'], 'Henvendelsen siger, at personen er i varetægt eller fængsel, og så er det jer. Er det ikke rigtigt, så send den videre til en anden enhed.') : undefined;
  },
  decide: (_state, input) => [{ event: { type: 'UnitDisputed' }, bodies: [aboutUnit({ whereabouts: input.whereabouts })] }],
});

/** Said to who had not read what the unit was named by last: a colleague, perhaps of another authority, was faster. */
const NAMED_MEANWHILE = 'Enheden er udpeget, siden du så henvendelsen. Se hvilken, og send igen, hvis det skal være en anden.';

/** The contact point names the unit, and may name another one until the inquiry is taken: in the knowledge of who named it before him, and why (FM-INT-7). */
export const contactPointNameUnit = command({
  name: 'contactPoint.nameUnit',
  title: 'Udpeg enheden',
  rules: ['FM-INT-7', 'FM-INT-2'],
  admission: 'unit-desk',
  page: 'overblik',
  input: z.strictObject({
    unit: z.string({ error: 'Vælg en enhed' }).refine(isUnitId, 'Vælg en enhed').transform((unit) => unit)
      .meta({ label: 'Hvilken enhed skal tage henvendelsen?', hint: 'Er personen i varetægt eller fængsel, er det Direktoratet for Kriminalforsorgen.', widget: 'select', options: UNIT_OPTIONS }),
    municipality: municipalityCode.optional().meta({ label: 'Hvilken kommune?', hint: 'Hvis den er kendt. Ellers vælger enheden selv, hvilken af sine kommuner der er med.', widget: 'select', options: MUNICIPALITY_OPTIONS }),
    reason: prose({
      label: 'Hvorfor den enhed?', hint: 'Enheden kan læse det, når den har taget henvendelsen. Skriv ikke navn eller andet, der viser, hvem personen er.', missing: 'Skriv, hvorfor det er den enhed', max: 1000, fault: identifyingFault,
    }),
    seen: z.int('Feltet er udfyldt på en måde, der ikke kan læses.').optional().meta({ label: 'Den nyeste tekst, du har læst', hint: 'Nødvendig for at udpege en anden enhed end den, der er udpeget.', widget: 'hidden' }),
  }),
  writes: ['bundle'],
  may: official,
  when: (state) => (isAtContactPoint(state) ? undefined : reject('FM-INT-7', ['inquiry'], 'Henvendelsen har en enhed, og den kan ikke udpeges her.')),
  decide: (state, input, ctx) => {
    if (input.seen === undefined ? state.inquiry.named : input.seen !== state.inquiry.aboutUnitAt) return reject('FM-INT-7', ['inquiry'], NAMED_MEANWHILE);
    if (input.unit === state.inquiry.unit) return reject('FM-INT-7', ['inquiry'], 'Henvendelsen ligger allerede hos den enhed. Vælg en anden.', 'unit');
    const custody = input.unit === 'dfk';
    const fits = (code: string): boolean => custody || unitOfMunicipality(code, ctx.today) === input.unit;
    if (input.municipality !== undefined && !fits(input.municipality)) {
      return reject('FM-INT-7', ['inquiry'], 'Kommunen hører ikke til den enhed. Vælg en af enhedens kommuner, eller lad feltet stå tomt.', 'municipality');
    }
    // A municipality that it was registered with stays only where it is one of the unit's.
    const municipality = input.municipality ?? (state.inquiry.municipality !== undefined && fits(state.inquiry.municipality) ? state.inquiry.municipality : undefined);
    return [{
      event: { type: 'UnitNamed', unit: input.unit, place: custody ? 'custody' : 'freedom', ...(municipality === undefined ? {} : { municipality }) },
      bodies: [aboutUnit({ reason: input.reason })],
    }];
  },
});

export const unitNamingCommands = [inquiryConvey, inquiryDispute, contactPointNameUnit];
