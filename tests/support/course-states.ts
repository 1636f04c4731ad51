import { agreementInForce } from '../../src/domain/exit-case/agreement.js';
import { aCaseInCourse, anAcceptedCustodyCaseWithConsent, candidateAccedes, granted, terms } from './agreement-states.js';
import { people, type PersonName } from './people.js';
import type { Scenario } from './scenario.js';

const SIGNS = { crime: 'ceased', interaction: 'lessened', lifestyle: 'unchanged' } as const;

/** A follow-up on the whole agreement in force, in which all goes as agreed; held today and continuing unless said otherwise. */
export const aFollowUp = (scenario: Scenario, but: object = {}): object => {
  const version = agreementInForce(scenario.state);
  return {
    measures: (version?.measures ?? []).map(({ measure }) => ({ measure, status: 'agreed' })),
    requirements: (version?.requirements ?? []).map(({ id }) => ({ requirement: id, fulfilment: 'met' })),
    signs: scenario.state.inquiry.place === 'custody' ? { ...SIGNS, control: 'unknown' } : SIGNS,
    outcome: 'continue',
    ...but,
  };
};

const THREE = ['police', 'municipal', 'probation'] as const satisfies readonly PersonName[];

/** All three authorities say the same about whether the course should go on. */
export const allState = (scenario: Scenario, position: object): Scenario => {
  for (const who of THREE) scenario.does(who, 'course.state', { reasons: 'Drøftet på mødet', ...position });
  return scenario;
};

/** A breach is recorded, and the candidate has told his side of it. */
export const aHeardBreach = (scenario: Scenario): Scenario => {
  scenario.does('municipal', 'breach.record', { what: 'Udeblevet fra tre samtaler', kind: 'personal' });
  return scenario.does('municipal', 'breach.hear', {
    breach: scenario.state.breaches.breaches.at(-1)?.id,
    account: 'Jeg var syg',
  });
};

export const hearing = { about: 'interruption', exception: 'Kandidaten kender oplysningerne og har udtalt sig om dem' } as const;
export const interruption = { ground: 'own-wish', reasons: 'Kandidaten har bedt om at stoppe' } as const;
export const completion = { remaining: 'ordinary', reasons: 'Arbejde, bolig og ingen kontakt til miljøet i et år' } as const;
export const discharge = { results: 'Mentor og job blev til noget', experiences: 'Samme kontaktperson hele vejen' } as const;

/** A course the unit interrupted at the candidate's own wish; the discharge document is not written. */
export const anInterruptedCase = (day?: string): Scenario =>
  allState(aCaseInCourse(day), { position: 'interrupt', ground: 'own-wish' }).does('police', 'course.interrupt', interruption);

/** A course the unit completed, its measures going on as ordinary help; the discharge document is not written. */
export const aCompletedCase = (day?: string): Scenario =>
  allState(aCaseInCourse(day), { position: 'complete' }).does('police', 'course.complete', completion);

/** A completed course with its discharge document: the case is closed. */
export const aDischargedCase = (day?: string): Scenario => aCompletedCase(day).does('municipal', 'discharge.write', discharge);

/** The ids of the three authorities a consent names in the cases of these tests. */
export const threeAuthorities = THREE.map((who) => people[who].authority);

/** A course in custody: Kriminalforsorgen's agreement with the inmate, with a measure of its own. */
export const aCustodyCaseInCourse = (day?: string): Scenario => {
  const scenario = anAcceptedCustodyCaseWithConsent(day);
  scenario.does('custody', 'measure.propose', {
    type: 'forloeb-under-afsoning',
    coveredByActionPlan: true,
    owner: people.custody.user,
  });
  granted(scenario, 'custody').does('custody', 'agreement.setTerms', terms(scenario)).does('custody', 'agreement.present');
  scenario.does('custody', 'agreement.accede', candidateAccedes(scenario)).does('custody', 'agreement.accede', { party: 'unit' });
  return scenario.does('custody', 'agreement.accede', { party: 'dfk' });
};

/** A second version of the agreement is written and entered in place of the first; a fortnightly rhythm unless said otherwise. */
export const revise = (scenario: Scenario, but: object = {}): Scenario => {
  scenario
    .does('municipal', 'agreement.revise', { reason: 'Praktikken er flyttet' })
    .does('municipal', 'agreement.setTerms', terms(scenario, { followUpEveryWeeks: 2, ...but }))
    .does('municipal', 'agreement.present');
  scenario
    .does('municipal', 'agreement.accede', candidateAccedes(scenario))
    .does('police', 'agreement.accede', { party: 'unit' });
  return agreementInForce(scenario.state)?.number === 2
    ? scenario
    : scenario.does('jobcentre', 'agreement.accede', { party: people.jobcentre.authority });
};

/** A course whose agreement is in its second version. */
export const aRevisedCase = (day?: string): Scenario => revise(aCaseInCourse(day));
