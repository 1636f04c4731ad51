import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import { isUnitId, unitName, unitOfMunicipality, units } from '../reference/authorities.js';
import { command } from './define.js';
import { inInbox, keeperOfInbox } from './inquiry.js';
import { MUNICIPALITY_OPTIONS, municipalityCode } from './residence.js';

export const UNIT_OPTIONS = units.map((unit) => ({ value: unit, label: unitName(unit) }));

/** What is said to a keeper who would undo what the contact point decided. */
export const NAMED_BY_CONTACT_POINT = 'Kontaktpunktet har udpeget jeres enhed. Ring til det, hvis enheden er forkert: det kan udpege en anden, indtil henvendelsen er taget.';

/** Wrong district: sent on to the unit that has it, with the reason (FM-INT-2, FM-INT-7). */
export const inquiryConvey = command({
  name: 'inquiry.convey',
  title: 'Send videre til en anden enhed',
  rules: ['FM-INT-2', 'FM-INT-7'],
  admission: 'inbox',
  page: 'overblik',
  input: z.strictObject({
    unit: z.string({ error: 'Vælg en enhed' }).refine(isUnitId, 'Vælg en enhed').transform((unit) => unit).meta({ label: 'Hvilken enhed?', widget: 'select', options: UNIT_OPTIONS }),
    municipality: municipalityCode.optional().meta({ label: 'Hvor bor personen?', hint: 'Hvis kommunen var forkert.', widget: 'select', options: MUNICIPALITY_OPTIONS }),
    reason: prose({ label: 'Hvorfor sendes den videre?', max: 1000 }),
  }),
  writes: ['general'],
  may: keeperOfInbox,
  when: inInbox,
  decide: (state, input, ctx) => {
    if (input.unit === state.inquiry.unit) return reject('FM-INT-2', ['inquiry'], 'Henvendelsen ligger allerede hos den enhed. Vælg en anden.', 'unit');
    const custody = input.unit === 'dfk';
    const { named, namedUnit } = state.inquiry;
    // That somebody is in custody is no question of where he lives: nor is it that he is not, or no more.
    if (!custody && namedUnit !== undefined && input.unit !== namedUnit) {
      return reject('FM-INT-7', ['inquiry'], named ? NAMED_BY_CONTACT_POINT : `Kontaktpunktet har udpeget ${unitName(namedUnit)}. Er personen ikke i varetægt eller fængsel, går henvendelsen dertil.`, 'unit');
    }
    const municipality = input.municipality ?? state.inquiry.municipality;
    if (!custody && municipality !== undefined && unitOfMunicipality(municipality, ctx.today) !== input.unit) {
      return reject('FM-INT-2', ['inquiry'], 'Kommunen hører ikke til den enhed. Vælg den kommune, personen bor i, eller en anden enhed.', 'municipality');
    }
    return [{
      event: { type: 'InquiryConveyed', unit: input.unit, place: custody ? 'custody' : 'freedom', ...(municipality === undefined ? {} : { municipality }) },
      bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
    }];
  },
});
