import { describe, expect, it } from 'vitest';
import {
  aCaseInCourse,
  aConsent,
  aDraftAgreement,
  allWithdrawn,
  anAcceptedCustodyCaseWithConsent,
  anAgreementLackingOneParty,
  anAgreementWithTreatment,
  aPresentedAgreement,
  candidateAccedes,
  granted,
  latestMeasure,
  partWithdrawn,
  signed,
  terms,
} from '../../../tests/support/agreement-states.js';
import { messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import { people } from '../../../tests/support/people.js';
import type { Scenario } from '../../../tests/support/scenario.js';
import { accessionTasks, isAccession, missingParties } from './accession.js';
import { agreementInForce, agreementNotification, openVersion, versionsOf, wordsOf } from './agreement.js';

const jobcentre = { party: people.jobcentre.authority };
const candidate = (scenario: Scenario, but: object = {}) =>
  scenario.refusal('municipal', 'agreement.accede', candidateAccedes(scenario, but));
const enters = (scenario: Scenario) => scenario.does('jobcentre', 'agreement.accede', jobcentre);

/** A presented agreement whose only measure is an instalment plan with an authority without users. */
const withOutsideMeasure = (): Scenario => {
  const scenario = aDraftAgreement();
  const by = { by: 'Sagsbehandler', ...signed(scenario) };
  scenario.does(
    'municipal',
    'consent.give',
    aConsent(scenario, {
      authorities: [people.police.authority, people.municipal.authority, people.probation.authority, 'gaeldsstyrelsen'],
    }),
  );
  scenario.does('municipal', 'measure.propose', { type: 'afdragsordning' });
  granted(scenario, 'municipal', { evidence: by });
  const measures = [{ measure: latestMeasure(scenario), startBy: '2026-12-01' }];
  return scenario
    .does('municipal', 'agreement.setTerms', terms(scenario, { measures, requirements: [] }))
    .does('municipal', 'agreement.present');
};

describe("the candidate's accession", () => {
  it('is recorded by contact person or unit, with his signature and his own word on every clause (FM-AGR-3, FM-AGR-8)', () => {
    const scenario = aPresentedAgreement();
    scenario.does('probation', 'agreement.accede', candidateAccedes(scenario));
    const version = openVersion(scenario.state);
    expect(version?.accessions).toMatchObject([{ party: 'candidate', version: scenario.stream.length, measures: [] }]);
    expect(version && wordsOf(version).map((one) => one.word)).toEqual(['agrees', 'agrees', 'agrees']);
  });

  it('may disagree, or be unable to answer: his word stands beside his accession (FM-AGR-8)', () => {
    const scenario = aPresentedAgreement();
    const version = openVersion(scenario.state);
    const words = [
      ...(version?.measures ?? []).map((one) => ({ item: one.measure, word: 'disagrees', note: 'Synes det er for langt væk' })),
      ...(version?.requirements ?? []).map((one) => ({ item: one.id, word: 'could-not-answer', note: 'Ved det ikke' })),
    ];
    const outcome = scenario.tries('municipal', 'agreement.accede', candidateAccedes(scenario, { words }));
    const measure = `measure:${latestMeasure(scenario)}`;
    expect(scopesOf(outcome)).toEqual(['general', measure, 'general', measure]);
  });

  it('refuses while a clause has no word, and a word on what is not there (FM-AGR-8)', () => {
    expect(candidate(aPresentedAgreement(), { words: [] })).toMatchObject({ rule: 'FM-AGR-8', field: 'words' });
    expect(
      candidate(aPresentedAgreement(), { words: [{ item: '99999999-0000-4000-8000-000000000000', word: 'agrees' }] }),
    ).toMatchObject({ rule: 'FM-AGR-8', field: 'words.0.item' });
    const scenario = aPresentedAgreement();
    const twice = { item: latestMeasure(scenario), word: 'agrees' };
    expect(candidate(scenario, { words: [twice, twice] })).toMatchObject({ rule: 'FM-AGR-8', field: 'words.1.item' });
    expect(
      messageAt(
        scenario.tries(
          'municipal',
          'agreement.accede',
          candidateAccedes(scenario, { words: [{ item: latestMeasure(scenario), word: 'maybe' }] }),
        ),
        'words.0.word',
      ),
    ).toMatch('Vælg');
  });

  it('refuses without a signature, with one of tomorrow, and with one from before it was presented (FM-AGR-3, FM-AGR-8)', () => {
    expect(candidate(aPresentedAgreement(), { evidence: undefined })).toMatchObject({ rule: 'FM-AGR-3', field: 'evidence' });
    const scenario = aPresentedAgreement('2026-11-02').days(3);
    for (const signedOn of ['2026-11-06', '2026-11-01']) {
      expect(candidate(scenario, { evidence: { signedOn, keptAt: 'Ishøj 26/2' } })).toMatchObject({
        rule: 'FM-AGR-8',
        field: 'evidence.signedOn',
      });
    }
  });

  it("is not for a measure's owner to record, who gets the same answer whatever other party he names (FM-AGR-3, FM-CNF-4)", () => {
    const scenario = aPresentedAgreement();
    const answers = ['candidate', 'unit', people.treatment.authority, people.police.authority].map((party) =>
      scenario.refusal('jobcentre', 'agreement.accede', candidateAccedes(scenario, { party })),
    );
    for (const answer of answers)
      expect(answer).toMatchObject({ rule: 'FM-AGR-3', field: 'party', rests: ['own'], detail: answers[0]?.detail });
  });
});

describe("an authority's accession", () => {
  it('is its own, to its own part (FM-AGR-3)', () => {
    const scenario = aPresentedAgreement().does('jobcentre', 'agreement.accede', jobcentre);
    expect(openVersion(scenario.state)?.accessions).toMatchObject([{ ...jobcentre, measures: [latestMeasure(scenario)] }]);
  });

  it('cannot be given by another authority (FM-AGR-3, FM-DEC-3)', () => {
    expect(aPresentedAgreement().refusal('municipal', 'agreement.accede', jobcentre)).toMatchObject({
      rule: 'FM-AGR-3',
      field: 'party',
      rests: ['measures'],
    });
  });

  it('cannot be given twice, nor by an authority without a part (FM-AGR-3)', () => {
    const scenario = aPresentedAgreement().does('jobcentre', 'agreement.accede', jobcentre);
    expect(scenario.refusal('jobcentre', 'agreement.accede', jobcentre)).toMatchObject({
      rule: 'FM-AGR-3',
      rests: ['accession'],
    });
    expect(scenario.refusal('police', 'agreement.accede', { party: people.police.authority })).toMatchObject({
      rule: 'FM-AGR-3',
      rests: ['accession'],
    });
  });

  it('is asked of each of its owners for the measure that is his (FM-AGR-3)', () => {
    const scenario = aDraftAgreement();
    scenario.does('municipal', 'measure.propose', { type: 'social-stoette', owner: people.municipal2.user });
    granted(scenario, 'municipal2').does('municipal', 'consent.give', aConsent(scenario));
    scenario.does('municipal', 'agreement.setTerms', terms(scenario)).does('municipal', 'agreement.present');
    scenario.does('municipal2', 'agreement.accede', { party: people.municipal.authority });
    expect(openVersion(scenario.state)?.accessions).toMatchObject([
      { party: people.municipal.authority, measures: [latestMeasure(scenario)] },
    ]);
    const version = openVersion(scenario.state);
    expect(version && missingParties(scenario.state, version).map((one) => one.party)).toEqual([
      'candidate',
      'unit',
      people.jobcentre.authority,
    ]);
  });

  it('without users here is recorded by the unit, with who, when and where it is kept (FM-DEC-3, FM-AGR-3)', () => {
    const scenario = withOutsideMeasure();
    const party = { party: 'gaeldsstyrelsen' };
    expect(scenario.refusal('municipal', 'agreement.accede', party)).toMatchObject({ rule: 'FM-DEC-3', field: 'evidence' });
    expect(scenario.refusal('municipal', 'agreement.accede', { ...party, evidence: signed(scenario) })).toMatchObject({
      rule: 'FM-DEC-3',
      field: 'evidence.by',
    });
    expect(
      scenario.refusal('municipal', 'agreement.accede', {
        ...party,
        evidence: { by: 'Sagsbehandler', signedOn: '2026-01-01', keptAt: 'x' },
      }),
    ).toMatchObject({ field: 'evidence.signedOn' });
    const evidence = { by: 'Sagsbehandler', ...signed(scenario) };
    expect(scopesOf(scenario.tries('probation', 'agreement.accede', { ...party, evidence }))).toEqual([
      `measure:${latestMeasure(scenario)}`,
    ]);
    // Police may not know that there is a debt (FM-CNF-4).
    expect(scenario.refusal('police', 'agreement.accede', { ...party, evidence }).rests).toEqual(['accession']);
    expect(scenario.does('probation', 'agreement.accede', { ...party, evidence }).events('PartyAcceded')).toHaveLength(1);
    expect(scenario.refusal('jobcentre', 'agreement.accede', { ...party, evidence }).rests).toEqual(['own']);
  });
});

describe('entering an agreement', () => {
  it('follows from the last accession, whoever gives it: the course begins, deadlines run, the contact point is told (FM-AGR-3, FM-NOT-1, FM-MEA-3)', () => {
    const scenario = enters(anAgreementLackingOneParty('2026-11-02').days(2));
    expect(agreementInForce(scenario.state)).toMatchObject({ number: 1, enteredOn: '2026-11-04', unit: 'koebenhavns-vestegn' });
    expect(scenario.state.course).toMatchObject({ status: 'running', since: '2026-11-04' });
    expect(scenario.state.measures.measures[0]?.startBy).toBe('2026-11-30');
    const [event] = scenario.events('AgreementEntered');
    expect(event && agreementNotification(event)).toBe('agreement-entered');
    expect(scenario.events('PartyAcceded').every(isAccession)).toBe(true);
  });

  it('waits for every party (FM-AGR-3)', () => {
    const scenario = anAgreementLackingOneParty();
    expect(agreementInForce(scenario.state)).toBeUndefined();
    expect(scenario.state.course.status).toBe('none');
    const byCandidate = aPresentedAgreement()
      .does('police', 'agreement.accede', { party: 'unit' })
      .does('jobcentre', 'agreement.accede', jobcentre);
    expect(agreementInForce(byCandidate.does('municipal', 'agreement.accede', candidateAccedes(byCandidate)).state)?.number).toBe(
      1,
    );
  });

  it("refuses without the candidate's valid consent at that moment, and goes on when it is given again (FM-CON-1)", () => {
    const scenario = anAgreementLackingOneParty().does('municipal', 'consent.withdraw', allWithdrawn);
    expect(scenario.refusal('jobcentre', 'agreement.accede', jobcentre)).toMatchObject({ rule: 'FM-CON-1', rests: ['consent'] });
    scenario.does('municipal', 'consent.give', aConsent(scenario));
    expect(agreementInForce(enters(scenario).state)?.number).toBe(1);
  });

  it('refuses when consent no longer covers a responsible authority (FM-CON-6)', () => {
    const scenario = anAgreementLackingOneParty().does(
      'municipal',
      'consent.withdraw',
      partWithdrawn({
        authorities: [people.jobcentre.authority],
      }),
    );
    expect(scenario.refusal('jobcentre', 'agreement.accede', jobcentre).rule).toBe('FM-CON-6');
  });

  it('refuses a measure stopped since, a changed security picture, and a time that ran out (FM-AGR-3, FM-SEC-1, FM-AGR-2)', () => {
    const stopped = aPresentedAgreement()
      .does('police', 'agreement.accede', { party: 'unit' })
      .does('jobcentre', 'agreement.accede', jobcentre);
    stopped.does('jobcentre', 'measure.stop', { measure: latestMeasure(stopped), reason: 'Mødte ikke', law: 'LAB § 57' });
    expect(candidate(stopped).rule).toBe('FM-AGR-3');
    const moved = anAgreementLackingOneParty().does('municipal', 'residence.change', {
      municipality: '0163',
      from: '2026-11-01',
    });
    expect(moved.refusal('jobcentre', 'agreement.accede', jobcentre).rule).toBe('FM-SEC-1');
    expect(anAgreementLackingOneParty().days(366).refusal('jobcentre', 'agreement.accede', jobcentre).rule).toBe('FM-AGR-2');
  });

  it('of a later version is running status, and takes the old one out of force (FM-AGR-4, FM-NOT-1)', () => {
    const scenario = aCaseInCourse('2026-11-02').days(30).does('municipal', 'agreement.revise', { reason: 'Længere rytme' });
    const { measures, requirements = [], validFrom, validTo, firstFollowUp } = openVersion(scenario.state) ?? {};
    const same = {
      goal: undefined,
      measures,
      validFrom,
      validTo,
      firstFollowUp,
      requirements: requirements.map((one) => ({ requirement: one.id })),
    };
    scenario
      .does('municipal', 'agreement.setTerms', terms(scenario, { ...same, followUpEveryWeeks: 8 }))
      .does('municipal', 'agreement.present');
    scenario.does('police', 'agreement.accede', { party: 'unit' });
    expect(agreementInForce(scenario.state)?.number).toBe(1);
    scenario.does('municipal', 'agreement.accede', candidateAccedes(scenario, { words: [] }));
    expect(versionsOf(scenario.state).map((one) => one.status)).toEqual(['superseded', 'entered']);
    expect(scenario.state.course.since).toBe('2026-11-02');
    const event = scenario.events('AgreementEntered')[1];
    expect(event && agreementNotification(event)).toBe('course-status');
  });

  it('with a new unit is a new agreement to the contact point (FM-NOT-1, FM-CUS-5)', () => {
    const scenario = anAgreementLackingOneParty();
    const old = {
      ...(openVersion(scenario.state) ?? {
        openedOn: scenario.today,
        measures: [],
        requirements: [],
        accessions: [],
        keptWords: [],
      }),
      number: 0,
      status: 'entered' as const,
      unit: 'dfk',
    };
    scenario.state = {
      ...scenario.state,
      agreement: { ...scenario.state.agreement, versions: [old, ...scenario.state.agreement.versions] },
    };
    const [event] = enters(scenario).events('AgreementEntered');
    expect(event && agreementNotification(event)).toBe('agreement-entered');
    expect(versionsOf(scenario.state).map((one) => one.status)).toEqual(['superseded', 'entered']);
  });

  it('in custody is between the candidate and Kriminalforsorgen (FM-CUS-3, FM-AGR-3)', () => {
    const scenario = anAcceptedCustodyCaseWithConsent();
    scenario.does('custody', 'measure.propose', { type: 'forloeb-under-afsoning', coveredByActionPlan: true });
    granted(scenario, 'custody').does('custody', 'agreement.setTerms', terms(scenario)).does('custody', 'agreement.present');
    expect(scenario.refusal('police', 'agreement.accede', { party: 'unit' }).rule).toBe('FM-AGR-3');
    scenario.does('custody', 'agreement.accede', { party: 'unit' }).does('custody', 'agreement.accede', { party: 'dfk' });
    scenario.does('custody', 'agreement.accede', candidateAccedes(scenario));
    expect(agreementInForce(scenario.state)).toMatchObject({ unit: 'dfk', status: 'entered' });
  });

  it('refuses accession to a draft, and to what is entered (FM-AGR-8)', () => {
    expect(aDraftAgreement().refusal('police', 'agreement.accede', { party: 'unit' })).toMatchObject({
      rule: 'FM-AGR-8',
      rests: ['agreement'],
    });
    expect(aCaseInCourse().refusal('police', 'agreement.accede', { party: 'unit' }).rule).toBe('FM-AGR-8');
    expect(messageAt(aPresentedAgreement().tries('police', 'agreement.accede', { party: 'naboen' }), 'party')).toBe(
      'Vælg, hvem der tiltræder',
    );
  });
});

describe('tasks of accession', () => {
  const tasks = ({ state }: Scenario) => accessionTasks(state).map(({ owner, due, measure }) => [owner, due, measure]);

  it('go to whoever can accede for each missing party, within a fortnight (FM-WORK-1)', () => {
    const scenario = aPresentedAgreement('2026-11-02');
    expect(tasks(scenario)).toEqual([
      [{ user: people.municipal.user }, '2026-11-16', undefined],
      [{ seat: 'police' }, '2026-11-16', undefined],
      [{ user: people.jobcentre.user }, '2026-11-16', latestMeasure(scenario)],
    ]);
    expect(tasks(scenario.does('police', 'agreement.accede', { party: 'unit' }))).toHaveLength(2);
    expect(tasks(aCaseInCourse())).toEqual([]);
    expect(tasks(aDraftAgreement())).toEqual([]);
  });

  it('go to the contact person for an authority without users (FM-WORK-1)', () => {
    expect(accessionTasks(withOutsideMeasure().state).find((one) => one.measure !== undefined)?.owner).toEqual({
      user: people.municipal.user,
    });
  });
});

describe('a party that police may not know of (FM-CNF-4)', () => {
  it('is answered to police as one that has no part in the agreement (FM-AGR-3)', () => {
    const scenario = anAgreementWithTreatment();
    const of = (party: string) => scenario.refusal('police', 'agreement.accede', { party });
    expect(of(people.treatment.authority)).toEqual(of(people.odense.authority));
    expect(of(people.jobcentre.authority)).not.toEqual(of(people.odense.authority));
    expect(scenario.refusal('municipal', 'agreement.accede', { party: people.treatment.authority })).not.toEqual(of(people.odense.authority));
  });
});
