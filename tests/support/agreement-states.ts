import { openVersion } from '../../src/domain/exit-case/agreement.js';
import { measureOf } from '../../src/domain/exit-case/measure.js';
import type { MeasureId } from '../../src/domain/kernel/ids.js';
import { addDays, type PlainDate } from '../../src/domain/kernel/time.js';
import { consentTextOn } from '../../src/domain/reference/consent-texts.js';
import { anAcceptedCase, anAcceptedCustodyCase } from './assessment-states.js';
import { people, type PersonName } from './people.js';
import type { Scenario } from './scenario.js';

/** The authorities that a consent in these tests names: the three of the unit, the job centre and the treatment centre. */
export const consentingAuthorities = (['police', 'municipal', 'probation', 'jobcentre', 'treatment'] as const).map(
  (who) => people[who].authority,
);

/** A signature of the day, kept in the municipality's own archive. */
export const signed = (scenario: Scenario): { readonly signedOn: PlainDate; readonly keptAt: string } => ({
  signedOn: scenario.today,
  keptAt: 'Ishøj 26/1042',
});

/** A consent signed today to all kinds, unless said otherwise. */
export const aConsent = (scenario: Scenario, but: object = {}): object => ({
  kinds: ['personal', 'economic', 'social'],
  sensitiveKinds: ['criminal', 'health', 'social-problems', 'abuse', 'private'],
  authorities: consentingAuthorities,
  language: 'da',
  textVersion: consentTextOn(scenario.today).version,
  evidence: signed(scenario),
  ...but,
});

/** The candidate takes back the whole consent, and says so on the telephone. */
export const allWithdrawn = { extent: 'all', reason: 'Ringede og sagde, at han ikke vil have, at der deles mere' } as const;

/** He takes back what is named, and no more. */
export const partWithdrawn = (what: {
  readonly kinds?: readonly string[];
  readonly authorities?: readonly string[];
}): object => ({
  extent: 'part',
  reason: 'Sagde det ved samtalen',
  ...what,
});

/** The candidate says no. */
export const saysNo = { reason: 'Stoler ikke på, at det bliver mellem os' } as const;

/** Accepted, and the candidate has consented to all kinds for everybody who will have a part. */
export const anAcceptedCaseWithConsent = (day?: string): Scenario => {
  const scenario = anAcceptedCase(day);
  return scenario.does('municipal', 'consent.give', aConsent(scenario));
};

/** The id of the measure proposed last; a failed test when there is none. */
export const latestMeasure = (scenario: Scenario): MeasureId => {
  const measure = scenario.state.measures.measures.at(-1);
  if (measure === undefined) throw new Error('no measure is proposed');
  return measure.id;
};

/** A work placement at the job centre, proposed with its worker. */
export const withPlacement = (scenario: Scenario): Scenario =>
  scenario.does('municipal', 'measure.propose', {
    type: 'virksomhedspraktik',
    owner: people.jobcentre.user,
    text: '13 uger hos en murermester',
  });

/** A drug treatment at the treatment centre, proposed with its worker and asked for today. */
export const withTreatment = (scenario: Scenario): Scenario => {
  scenario.does('municipal', 'measure.propose', {
    type: 'stofmisbrug',
    owner: people.treatment.user,
    text: 'Ambulant behandling',
  });
  return scenario.does('municipal', 'measure.request', { measure: latestMeasure(scenario), on: scenario.today });
};

/** The owner grants the measure proposed last. */
export const granted = (scenario: Scenario, who: PersonName, but: object = {}): Scenario =>
  scenario.does(who, 'measure.decide', { measure: latestMeasure(scenario), outcome: 'granted', ...but });

export const treatmentPlan = { planAligned: true, coherence: 'Lægen i misbrugscenteret' } as const;

/** Terms of an agreement from today for a year, with every measure of the case and two requirements, one of them to the first measure. */
export const terms = (scenario: Scenario, but: object = {}): object => {
  const measures = scenario.state.measures.measures.map((one) => ({ measure: one.id, startBy: addDays(scenario.today, 28) }));
  return {
    goal: 'Vil forlade det kriminelle miljø og leve af lovligt arbejde',
    measures,
    requirements: [
      { text: 'Møder til de aftalte samtaler' },
      { text: 'Møder hver dag i praktikken', measure: measures[0]?.measure },
    ],
    followUpEveryWeeks: 4,
    firstFollowUp: addDays(scenario.today, 28),
    validFrom: scenario.today,
    validTo: addDays(scenario.today, 365),
    ...but,
  };
};

const settled = (scenario: Scenario): Scenario => {
  scenario
    .does('police', 'security.assess', { level: 'low', occasion: 'before-agreement', text: 'Ingen konkret trussel' })
    .does('police', 'contactPerson.appoint', { user: people.municipal.user, reason: 'Kandidaten kender hende i forvejen' })
    .does('police', 'agreement.assignDrafter', { seat: 'municipal' })
    .does('police', 'agreement.contribute', { nothing: true })
    .does('municipal', 'agreement.contribute', {
      considered: 'Praktik, mentor',
      chosen: 'Praktik',
      notChosen: 'Mentor: takker nej',
    })
    .does('probation', 'agreement.contribute', { nothing: true });
  return scenario;
};

/** A draft with everything in place but its presentation: a granted work placement, contributions, contact person, security. */
export const aDraftAgreement = (day?: string): Scenario => {
  const scenario = granted(withPlacement(settled(anAcceptedCaseWithConsent(day))), 'jobcentre');
  return scenario.does('municipal', 'agreement.setTerms', terms(scenario));
};

/** Presented, and nobody has acceded. */
export const aPresentedAgreement = (day?: string): Scenario => aDraftAgreement(day).does('municipal', 'agreement.present');

/** The candidate agrees to everything in the open version, unless said otherwise. */
export const candidateAccedes = (scenario: Scenario, but: object = {}): object => {
  const version = openVersion(scenario.state);
  const items = [...(version?.measures.map((one) => one.measure) ?? []), ...(version?.requirements.map((one) => one.id) ?? [])];
  return { party: 'candidate', words: items.map((item) => ({ item, word: 'agrees' })), evidence: signed(scenario), ...but };
};

/** Presented with a drug treatment beside the work placement, which police may not know of; nobody has acceded. */
export const anAgreementWithTreatment = (day?: string): Scenario => {
  const scenario = granted(withTreatment(granted(withPlacement(settled(anAcceptedCaseWithConsent(day))), 'jobcentre')), 'treatment', treatmentPlan);
  return scenario.does('municipal', 'agreement.setTerms', terms(scenario)).does('municipal', 'agreement.present');
};

/** Presented and acceded by candidate and unit: only the job centre is missing. */
export const anAgreementLackingOneParty = (day?: string): Scenario => {
  const scenario = aPresentedAgreement(day);
  return scenario
    .does('municipal', 'agreement.accede', candidateAccedes(scenario))
    .does('police', 'agreement.accede', { party: 'unit' });
};

/** The agreement is entered, and the course runs. */
export const aCaseInCourse = (day?: string): Scenario =>
  anAgreementLackingOneParty(day).does('jobcentre', 'agreement.accede', { party: people.jobcentre.authority });

/** In custody: Kriminalforsorgen is the unit, and police of the district was asked in. Consent, contact person and drafter are settled. */
export const anAcceptedCustodyCaseWithConsent = (day?: string): Scenario => {
  const scenario = anAcceptedCustodyCase(day);
  return scenario
    .does('custody', 'consent.give', aConsent(scenario, { authorities: ['dfk', people.police.authority] }))
    .does('police', 'security.assess', { level: 'low', occasion: 'before-agreement', text: 'Ingen konkret trussel' })
    .does('custody', 'contactPerson.appoint', { user: people.custody.user, reason: 'Følger ham på afdelingen' })
    .does('custody', 'agreement.assignDrafter', { seat: 'custody' })
    .does('custody', 'agreement.contribute', { considered: 'Undervisning', chosen: 'Undervisning' });
};

/** Whether the measure stands as it should; for tests that look at one. */
export const statusOf = (scenario: Scenario, measure: MeasureId): string | undefined =>
  measureOf(scenario.state, measure)?.status;
