import { z } from 'zod';
import type { CommandContext } from '../kernel/command.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { municipalities } from '../reference/denmark.js';
import { unitOfMunicipality, type UnitOrUnnamed, UNNAMED_UNIT } from '../reference/authorities.js';
import type { ExitCase } from './case.js';
import type { Place } from './inquiry.js';

/** Codes of the municipalities with their Danish names, in Danish order as the reference holds them. */
export const MUNICIPALITY_OPTIONS = municipalities.map((one) => ({ value: one.code, label: one.name }));
export const municipalityCode = z.string({ error: 'Vælg den kommune, personen bor i' })
  .refine((code) => municipalities.some((one) => one.code === code), 'Vælg den kommune, personen bor i')
  .meta({ widget: 'select', options: MUNICIPALITY_OPTIONS });

/** The last choice of residence: nobody knows it, or it is disputed (FM-INT-7). */
export const UNKNOWN_RESIDENCE = 'unknown';
const RESIDENCE_OPTIONS = [...MUNICIPALITY_OPTIONS, { value: UNKNOWN_RESIDENCE, label: 'Det vides ikke, eller det er omstridt' }];
/** Where the person lives, as every inquiry asks. */
export const residence = z.string({ error: 'Vælg den kommune, personen bor i' })
  .refine((code) => RESIDENCE_OPTIONS.some((one) => one.value === code), 'Vælg den kommune, personen bor i')
  .meta({
    label: 'Hvor bor personen?', section: 'Personen', widget: 'select', options: RESIDENCE_OPTIONS,
    hint: 'Kommunen afgør, hvilken enhed der får henvendelsen. Bor personen ikke i Danmark, så vælg den kommune, personen skal flytte til.',
  });

/** The unit an inquiry goes to: of the district of residence, in custody DfK; the contact point names it where the residence is not known (FM-INT-2, FM-INT-7). */
export const receivingUnit = (where: Place, code: string, ctx: Pick<CommandContext, 'today'>): UnitOrUnnamed =>
  where === 'custody' ? 'dfk' : code === UNKNOWN_RESIDENCE ? UNNAMED_UNIT : unitOfMunicipality(code, ctx.today);

/**
 * What is in the way of letting somebody in of whom nobody has registered where he lives: the municipality decides who sits in the unit, who pays and who runs the
 * measures (FM-ORG-1, FM-FIN-1). In custody it is settled with the release.
 */
export const residenceUnknown = ({ inquiry }: ExitCase): Rejection | undefined =>
  inquiry.place === 'freedom' && inquiry.municipality === undefined ? reject('FM-INT-2', ['person'], 'Registrér først, hvilken kommune kandidaten bor i.') : undefined;
