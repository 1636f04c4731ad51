import { addDays, type PlainDate } from '../../domain/kernel/time.js';
import { versionOn } from '../../domain/reference/framework-versions.js';
import type { MunicipalityCode } from '../../domain/reference/denmark.js';
import { needsIndicators, registrationNeededFor, type TargetCategory } from '../../domain/reference/target-group.js';
import type { Telling, Worker } from './case-script.js';
import type { UnitCast } from './unit-cast.js';

/** Who asks for help to get out, and how it is told of; invented, in Danish. */
export interface Candidate {
  readonly name: string;
  readonly alias?: string;
  readonly phone?: string;
  /** An impossible number (FM-LAW-3). */
  readonly cpr?: string;
  readonly municipality: MunicipalityCode;
  /** What the person said, in his own words. */
  readonly said: string;
  /** How it is safe to make contact. */
  readonly contact?: string;
}

/** What an authority's assessment of the candidate says for and against. */
export interface Reasons {
  readonly motivation: string;
  readonly suitability: string;
  readonly need: string;
  /** Given along when it is known. */
  readonly explanation?: string;
  readonly wishes?: string;
  readonly remarks?: string;
}

export type Factor =
  'fear' | 'weary' | 'disappointed' | 'punishment' | 'pressure' | 'family' | 'work' | 'ordinary-life' | 'health';

/** The inquiry comes in, to whom it may be (FM-INT-1). */
export const inquires = (
  telling: Telling,
  who: Worker,
  { name, alias, phone, cpr, municipality, said, contact }: Candidate,
  how: object = {},
): Telling =>
  telling.does(who, 'inquiry.register', { name, alias, phone, cpr, municipality, said, safeContact: contact, ...how });

/** The unit takes it: one of each authority enters the circle. */
export const taken = (telling: Telling, { lead, seatsTaken }: UnitCast): Telling =>
  telling.does(lead, 'inquiry.take', seatsTaken);

/** Assessment begins; in custody an officer of the district's police is asked in for police's parts. */
export function begun(telling: Telling, { lead, police, custody }: UnitCast): Telling {
  telling.does(lead, 'assessment.begin');
  return custody
    ? telling.does(lead, 'circle.add', {
        user: police.id,
        role: 'police',
        reason: 'Bekræfter registrering og vurderer sikkerheden',
      })
    : telling;
}

/** The category that could be chosen for an assessment begun on the day: before December 2018 only those registered (FM-TGT-4). */
export const categoryThen = (begunOn: PlainDate, wished: TargetCategory): TargetCategory =>
  versionOn(begunOn).categories.includes(wished) ? wished : '1a';

/** Category and police's word on registration (FM-TGT-1, FM-TGT-7). */
export function placed(
  telling: Telling,
  { lead, police, custody }: UnitCast,
  category: TargetCategory,
  description: string,
): Telling {
  const ties = needsIndicators(category) ? { indicators: ['interaction', 'milieu-crime'], description } : {};
  const registration = registrationNeededFor(category);
  return custody
    ? telling.does(lead, 'assessment.targetGroup', { category, ...ties }).does(police, 'assessment.targetGroup', { registration })
    : telling.does(police, 'assessment.targetGroup', { category, ...ties, registration });
}

/** Own registers are asked, and it is clarified whether the candidate must move (FM-ASM-5, FM-ASM-11). */
export function examined(
  telling: Telling,
  { obtaining, writer }: UnitCast,
  material: string | undefined,
  relocation: string,
  need = 'none',
): Telling {
  for (const who of obtaining) {
    telling.does(
      who,
      'assessment.recordObtained',
      material !== undefined && who !== writer ? { material } : { nothingFound: true },
    );
  }
  return telling.does(writer, 'assessment.clarifyRelocation', { need, reason: relocation });
}

const FOR = { leaving: 'yes', lifestyle: 'yes', steps: 'partly', cooperation: 'yes' } as const;
const AGAINST = { leaving: 'partly', lifestyle: 'no', steps: 'no', cooperation: 'partly' } as const;

/** An authority that finds everything met (FM-ASM-1). */
export const concludesFor = (telling: Telling, who: Worker, factors: readonly Factor[], reasons: Reasons): Telling =>
  telling.does(who, 'assessment.submit', {
    motivation: 'motivated',
    factors,
    drive: 'both',
    genuine: 'yes',
    explanation: reasons.explanation,
    wishes: reasons.wishes,
    motivationFor: reasons.motivation,
    suitability: 'suitable',
    ...FOR,
    suitabilityFor: reasons.suitability,
    need: 'need',
    needFor: reasons.need,
    overall: 'accept',
    remarks: reasons.remarks,
  });

/** An authority that finds the candidate neither motivated nor suitable as things are. */
export const concludesAgainst = (telling: Telling, who: Worker, factors: readonly Factor[], reasons: Reasons): Telling =>
  telling.does(who, 'assessment.submit', {
    motivation: 'not-motivated',
    factors,
    drive: 'outer',
    genuine: 'unknown',
    explanation: reasons.explanation,
    motivationAgainst: reasons.motivation,
    suitability: 'not-suitable',
    ...AGAINST,
    suitabilityAgainst: reasons.suitability,
    need: 'need',
    needFor: reasons.need,
    overall: 'refuse',
    remarks: reasons.remarks,
  });

/** Hears the candidate with a time to answer in (FM-LAW-1). */
export const heardAbout = (telling: Telling, who: Worker, facts: string, on: PlainDate, days = 14): Telling =>
  telling.does(who, 'hearing.send', { facts, deadline: addDays(on, days) });

const REVIEW_ROUTE =
  'Du kan inden fire uger bede om, at Det Nationale Exitkontaktpunkt prøver afslaget. Sig det til din kontakt i enheden, eller ring til kontaktpunktet på 4515 3630.';
const CUSTODY_ROUTE =
  'Du kan klage til Direktoratet for Kriminalforsorgen inden to måneder. Personalet på din afdeling hjælper dig med det.';

/** The refusal, with reasons and where to turn (FM-DEC-1, FM-DEC-5). */
export const refused = (telling: Telling, { lead, custody }: UnitCast, reasons: string): Telling =>
  telling.does(lead, 'decision.refuse', {
    criterion: 'motivation',
    reasons,
    complaintRoute: custody ? CUSTODY_ROUTE : REVIEW_ROUTE,
  });
