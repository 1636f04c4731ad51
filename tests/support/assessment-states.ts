import { people, type PersonName } from './people.js';
import { aCase, aCustodyCase, type Scenario } from './scenario.js';

const considered = { leaving: 'yes', lifestyle: 'yes', steps: 'partly', cooperation: 'yes' } as const;

/** An authority's assessment that finds everything met. */
export const forAcceptance = {
  motivation: 'motivated',
  factors: ['family', 'weary'],
  motivationFor: 'Vil være sammen med sine børn',
  suitability: 'suitable',
  ...considered,
  suitabilityFor: 'Har skiftet telefonnummer og afleveret kendetegn',
  need: 'need',
  needFor: 'Mangler bolig og arbejde',
  overall: 'accept',
};

/** An authority's assessment that finds the candidate neither motivated nor suitable. */
export const againstAcceptance = {
  ...forAcceptance,
  motivation: 'not-motivated',
  motivationAgainst: 'Ser stadig kredsen hver dag',
  suitability: 'not-suitable',
  suitabilityAgainst: 'Har ingen planer',
  overall: 'refuse',
};

export const refusal = {
  criterion: 'motivation',
  reasons: 'To af tre myndigheder finder ikke kandidaten motiveret',
  complaintRoute: 'Afslaget kan prøves hos Det Nationale Exitkontaktpunkt',
};

/** The assessment of a case in freedom has begun, on the day the case is taken. */
export const aCaseInAssessment = (day?: string): Scenario => aCase(day).does('police', 'assessment.begin');

/** Target group confirmed, own registers asked, relocation clarified: all that is left is to conclude. */
export const aCaseReadyToConclude = (day?: string): Scenario =>
  aCaseInAssessment(day)
    .does('police', 'assessment.targetGroup', { category: '1a', registration: 'registered' })
    .does('police', 'assessment.recordObtained', { nothingFound: true })
    .does('probation', 'assessment.recordObtained', { material: 'Oplysninger fra institutionen' })
    .does('municipal', 'assessment.clarifyRelocation', { need: 'none', reason: 'Ingen kendte trusler' });

type Vote = 'accept' | 'refuse';
export interface Votes {
  readonly police?: Vote;
  readonly municipal?: Vote;
  readonly probation?: Vote;
}

/** One authority's assessment, for or against. */
export const concludes = (scenario: Scenario, who: PersonName, vote: Vote): Scenario =>
  scenario.does(who, 'assessment.submit', vote === 'accept' ? forAcceptance : againstAcceptance);

/** All three conclusions are in; for acceptance, unless said otherwise. */
export const aCaseWithConclusions = (
  { police = 'accept', municipal = 'accept', probation = 'accept' }: Votes = {},
  day?: string,
): Scenario => {
  const scenario = aCaseReadyToConclude(day);
  concludes(scenario, 'police', police);
  concludes(scenario, 'municipal', municipal);
  return concludes(scenario, 'probation', probation);
};

/** Accepted by all three on the day the inquiry came. */
export const anAcceptedCase = (day?: string): Scenario => aCaseWithConclusions({}, day).does('police', 'decision.accept');

/** Two against one, and the candidate has been heard. */
export const aCaseHeard = (day?: string): Scenario =>
  aCaseWithConclusions({ municipal: 'refuse', probation: 'refuse' }, day)
    .does('municipal', 'hearing.send', { facts: 'Du ser stadig kredsen hver dag', deadline: '2099-01-01' })
    .does('municipal', 'hearing.answer', { answer: 'Det er ikke rigtigt' });

/** Refused by the majority of the local unit, for want of motivation. */
export const aRefusedCase = (day?: string): Scenario => aCaseHeard(day).does('police', 'decision.refuse', refusal);

/** A case in custody whose assessment DfK has begun, with a police officer asked in for police's part. */
export const aCustodyCaseInAssessment = (day?: string): Scenario =>
  aCustodyCase(day).does('custody', 'assessment.begin').does('custody', 'circle.add', {
    user: people.police.user,
    role: 'police',
    reason: 'Bekræfter registrering og vurderer sikkerhed',
  });

/** Everything but the custody officer's own conclusion. */
export const aCustodyCaseReadyToConclude = (day?: string): Scenario =>
  aCustodyCaseInAssessment(day)
    .does('custody', 'assessment.targetGroup', { category: '1a' })
    .does('police', 'assessment.targetGroup', { registration: 'registered' })
    .does('custody', 'assessment.recordObtained', { material: 'Oplysninger fra institutionen' })
    .does('custody', 'assessment.clarifyRelocation', { need: 'none', reason: 'Afsoner endnu to år' });

/** Accepted by DfK alone (FM-CUS-1, FM-CUS-3). */
export const anAcceptedCustodyCase = (day?: string): Scenario =>
  aCustodyCaseReadyToConclude(day).does('custody', 'assessment.submit', forAcceptance).does('custody', 'decision.accept');
