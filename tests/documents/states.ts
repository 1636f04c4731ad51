import { addDays } from '../../src/domain/kernel/time.js';
import { aDraftAgreement, candidateAccedes, granted, latestMeasure, terms, treatmentPlan, withTreatment } from '../support/agreement-states.js';
import { aFollowUp, aHeardBreach, allState, completion, discharge } from '../support/course-states.js';
import { people } from '../support/people.js';
import type { Scenario } from '../support/scenario.js';

/** Markup, tags, quotes, other scripts, signs of other planes and paragraphs: as somebody may type it. */
export const HOSTILE = '#evil[*] "quote" <script>alert(1)</script> $x$ \\ _a_ `b` @label // not a comment';

/** An agreement with a treatment that police must not know of beside the work placement, presented. */
export function anAgreementWithTreatment(but: object = {}, words: object = {}): Scenario {
  const scenario = withTreatment(aDraftAgreement());
  granted(scenario, 'treatment', treatmentPlan);
  const treatment = latestMeasure(scenario);
  const plain = terms(scenario) as { readonly requirements: readonly object[] };
  const requirements = [...plain.requirements, { text: 'Møder nøgtern', measure: treatment }];
  scenario.does('municipal', 'agreement.setTerms', { ...plain, requirements, ...but }).does('municipal', 'agreement.present');
  const accession = candidateAccedes(scenario) as { readonly words: readonly { readonly item: string }[] };
  return scenario.does('municipal', 'agreement.accede', {
    ...accession, words: accession.words.map((one) => (one.item === treatment ? { ...one, word: 'disagrees', note: 'Vil helst vente', ...words } : one)),
  });
}

/** The same with everybody's accession, and three follow-ups held. */
export function aCourseWithFollowUps(): Scenario {
  const scenario = anAgreementWithTreatment().does('police', 'agreement.accede', { party: 'unit' });
  scenario.does('jobcentre', 'agreement.accede', { party: people.jobcentre.authority }).does('treatment', 'agreement.accede', { party: people.treatment.authority });
  for (let held = 0; held < 3; held += 1) {
    scenario.days(28).does('municipal', 'followUp.hold', { ...aFollowUp(scenario), nextDue: addDays(scenario.today, 28) });
  }
  return scenario;
}

export const aDischargedCourse = (): Scenario =>
  allState(aCourseWithFollowUps(), { position: 'complete' }).does('police', 'course.complete', completion).does('municipal', 'discharge.write', discharge);

export const breachInterruption = { ground: 'breach', reasons: 'Udeblevet fra tre samtaler uden grund', complaint: 'Klag til Det Nationale Exitkontaktpunkt inden fire uger' };

/** Interrupted for a breach, after the candidate was heard about it. */
export function anInterruptedForBreach(): Scenario {
  const scenario = aHeardBreach(aCourseWithFollowUps()).does('municipal', 'hearing.send', {
    about: 'interruption', facts: 'Udeblevet tre gange', deadline: '2027-12-01',
  });
  scenario.does('municipal', 'hearing.answer', { answer: 'Jeg var syg' });
  return allState(scenario, { position: 'interrupt', ground: 'breach' }).does('police', 'course.interrupt', breachInterruption);
}
