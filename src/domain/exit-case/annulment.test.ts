import { describe, expect, it } from 'vitest';
import { aCaseInCourse, allWithdrawn, anAgreementLackingOneParty, anAgreementWithTreatment, saysNo } from '../../../tests/support/agreement-states.js';
import {
  aCaseWithConclusions,
  anAcceptedCase,
  anAcceptedCustodyCase,
  aRefusedCase,
} from '../../../tests/support/assessment-states.js';
import { anInterruptedCase, aRevisedCase, revise, threeAuthorities } from '../../../tests/support/course-states.js';
import { draftsOf, scopesOf } from '../../../tests/support/outcomes.js';
import { people } from '../../../tests/support/people.js';
import { aCase, type Scenario } from '../../../tests/support/scenario.js';
import { agreementInForce, openVersion } from './agreement.js';
import { annulmentNotification, annulmentTasks, correctedNotification, openProposals } from './annulment.js';
import { isAccepted } from './decision.js';
import { isClosed } from './ending.js';
import { notificationOf, taskRows } from './follows.js';

const reason = 'Registreret i den forkerte sag';
const decision = { what: 'decision', reason };
const consent = { what: 'consent', reason };
const accession = { what: 'accession', reason };
const annulled = (scenario: Scenario, input: object): Scenario =>
  scenario.does('police', 'record.annul', input).does('municipal', 'record.annul', input);
const notified = (scenario: Scenario) => {
  const [event] = scenario.events('RecordAnnulled');
  return event && annulmentNotification(event);
};
const aConsent = (scenario: Scenario, kinds: readonly string[] = ['personal']) =>
  scenario.does('municipal', 'consent.give', {
    kinds,
    authorities: threeAuthorities,
    language: 'da',
    textVersion: '2018-1',
    evidence: { signedOn: scenario.today, keptAt: 'Sag 4711' },
  });

describe('annulling a record', () => {
  it('takes two of the unit: the first proposes, the second carries it out (FM-WORK-2)', () => {
    const scenario = anAcceptedCase().does('police', 'record.annul', decision);
    expect(isAccepted(scenario.state)).toBe(true);
    scenario.does('municipal', 'record.annul', decision);
    expect(isAccepted(scenario.state)).toBe(false);
  });

  it('refuses both steps to the same person (FM-WORK-2)', () => {
    const scenario = anAcceptedCase().does('police', 'record.annul', decision);
    expect(scenario.refusal('police', 'record.annul', decision)).toMatchObject({ rule: 'FM-WORK-2', rests: ['own'] });
  });

  it('leaves the wrong record and its annulment both in the stream (FM-WORK-2)', () => {
    const scenario = annulled(anAcceptedCase(), decision);
    const accepted = scenario.stream.find(({ event }) => event.type === 'CaseAccepted');
    expect(scenario.events('RecordAnnulled')).toMatchObject([{ what: 'decision', version: accepted?.version }]);
  });

  it('says what was wrong, in the general scope (FM-WORK-2)', () => {
    const outcome = anAcceptedCase().tries('police', 'record.annul', decision);
    expect(scopesOf(outcome)).toEqual(['general']);
    expect(JSON.stringify(draftsOf(outcome).map((draft) => draft.event))).not.toContain(reason);
  });

  it('waits for another member than the one who proposed it (FM-WORK-2)', () => {
    expect(annulmentTasks(anAcceptedCase().does('police', 'record.annul', decision).state)).toMatchObject([
      { owner: { seat: 'municipal' }, command: 'record.annul' },
    ]);
    expect(annulmentTasks(anAcceptedCase().does('municipal', 'record.annul', decision).state)).toMatchObject([
      { owner: { seat: 'police' } },
    ]);
    expect(annulmentTasks(annulled(anAcceptedCase(), decision).state)).toEqual([]);
  });

  it("is the unit's: others in the circle are no second member (FM-WORK-2)", () => {
    const scenario = anAcceptedCase().does('police', 'circle.add', {
      user: people.municipal2.user,
      role: 'contact',
      reason: 'Kontakten',
    });
    scenario.does('police', 'record.annul', decision);
    expect(scenario.refusal('municipal2', 'record.annul', decision).rule).toBe('FM-CNF-2');
    expect(scenario.refusal('jobcentre', 'record.annul', decision).rule).toBe('FM-CNF-2');
  });

  it('can be answered with letting the record stand (FM-WORK-2)', () => {
    const scenario = anAcceptedCase()
      .does('police', 'record.annul', decision)
      .does('municipal', 'record.keep', { what: 'decision', reason: 'Den er rigtig' });
    expect(openProposals(scenario.state)).toEqual([]);
    expect(isAccepted(scenario.state)).toBe(true);
    expect(scenario.refusal('municipal', 'record.keep', { what: 'decision', reason: 'Igen' }).rule).toBe('FM-WORK-2');
  });

  it('is answered for the record that was proposed, and no other (FM-WORK-2)', () => {
    const scenario = anAcceptedCase().does('police', 'record.annul', decision);
    expect(scenario.refusal('municipal', 'record.keep', { what: 'consent', reason: 'Den er rigtig' })).toMatchObject({
      rule: 'FM-WORK-2',
      field: 'what',
    });
  });

  it('is proposed anew when the record was replaced meanwhile (FM-WORK-2)', () => {
    const scenario = aConsent(aConsent(aCase()).does('police', 'record.annul', consent), ['social']);
    expect(openProposals(scenario.state)).toEqual([]);
    scenario.does('municipal', 'record.annul', consent);
    expect(scenario.events('AnnulmentProposed')).toHaveLength(2);
    expect(scenario.state.consent.kinds).toEqual(['social']);
  });
});

describe('in custody, where the unit is one person', () => {
  it('another full member is the second (FM-WORK-2)', () => {
    const scenario = anAcceptedCustodyCase().does('custody', 'record.annul', decision);
    expect(annulmentTasks(scenario.state)).toMatchObject([{ owner: { user: people.police.user }, command: 'record.annul' }]);
    scenario.does('police', 'record.annul', decision);
    expect(isAccepted(scenario.state)).toBe(false);
  });

  it('so is a second custody officer in the circle (FM-WORK-2)', () => {
    const scenario = anAcceptedCustodyCase().does('custody', 'circle.add', {
      user: people.custody2.user,
      role: 'contact',
      reason: 'To om en annullering',
    });
    scenario.does('custody', 'record.annul', decision).does('custody2', 'record.annul', decision);
    expect(isAccepted(scenario.state)).toBe(false);
  });

  it('is asked into the circle where there is none (FM-WORK-2)', () => {
    const alone = anAcceptedCustodyCase().does('custody', 'circle.remove', { user: people.police.user, reason: 'Er færdig' });
    expect(annulmentTasks(alone.does('custody', 'record.annul', decision).state)).toMatchObject([
      { owner: { user: people.custody.user }, command: 'circle.add' },
    ]);
  });

  it('the unit proposes: the second member cannot begin (FM-WORK-2)', () => {
    expect(anAcceptedCustodyCase().refusal('police', 'record.annul', decision)).toMatchObject({
      rule: 'FM-WORK-2',
      rests: ['own'],
    });
  });
});

describe('annulling a decision', () => {
  it('refuses when there is none (FM-WORK-2)', () => {
    expect(aCase().refusal('police', 'record.annul', decision)).toMatchObject({
      rule: 'FM-WORK-2',
      field: 'what',
      rests: ['decision'],
    });
  });

  it('opens a case that a wrong refusal closed, and corrects what the contact point was told (FM-WORK-2, FM-NOT-1)', () => {
    const scenario = aRefusedCase();
    expect(isClosed(scenario.state)).toBe(true);
    annulled(scenario, decision);
    expect(isClosed(scenario.state)).toBe(false);
    expect(notified(scenario)).toBe('corrected');
  });

  it('corrects nothing where nothing was told (FM-NOT-1)', () => {
    expect(notified(annulled(anAcceptedCase(), decision))).toBeUndefined();
  });

  it('lets the unit decide again (FM-WORK-2)', () => {
    expect(isAccepted(annulled(anAcceptedCase(), decision).does('police', 'decision.accept').state)).toBe(true);
  });

  it('refuses an acceptance on which an agreement was entered (FM-WORK-2)', () => {
    expect(aCaseInCourse().refusal('police', 'record.annul', decision)).toMatchObject({
      rule: 'FM-WORK-2',
      field: 'what',
      rests: ['agreement'],
    });
  });

  it('refuses while the contact point reviews the refusal (FM-DEC-2)', () => {
    const scenario = aRefusedCase().does('police', 'decision.requestReview');
    expect(scenario.refusal('police', 'record.annul', decision)).toMatchObject({ rule: 'FM-WORK-2', field: 'what' });
  });
});

describe('a decision of the contact point', () => {
  const taken = (scenario: Scenario, command: string, answer: object): Scenario => {
    for (const who of ['officialKl', 'officialDfk'] as const) {
      const question = scenario.state.questions.questions.at(-1)?.id;
      scenario
        .does(who, 'contactPoint.takeQuestion', { question })
        .does(who, command, { question, reasons: 'Samlet vurdering', ...answer });
    }
    return scenario;
  };
  const final = { rule: 'FM-WORK-2', field: 'what', rests: ['decision'] };

  it('is final: the unit cannot annul it (FM-ASM-7)', () => {
    const divided = aCaseWithConclusions({ municipal: 'refuse' }).does('police', 'hearing.send', {
      exception: 'Kender oplysningerne',
    });
    const scenario = taken(divided.does('municipal', 'assessment.referToContactPoint', { account: 'Uenige om motivationen' }), 'contactPoint.decide', {
      position: 'accept',
    });
    expect(isAccepted(scenario.state)).toBe(true);
    expect(scenario.refusal('police', 'record.annul', decision)).toMatchObject(final);
  });

  it("is final also when it upholds the unit's refusal (FM-DEC-2)", () => {
    const scenario = taken(aRefusedCase().does('police', 'decision.requestReview'), 'contactPoint.decideReview', {
      position: 'uphold',
    });
    expect(scenario.refusal('police', 'record.annul', decision)).toMatchObject(final);
  });

  it('is final also when it overturns it (FM-DEC-2)', () => {
    const scenario = taken(aRefusedCase().does('police', 'decision.requestReview'), 'contactPoint.decideReview', {
      position: 'overturn',
    });
    expect(isAccepted(scenario.state)).toBe(true);
    expect(scenario.refusal('police', 'record.annul', decision)).toMatchObject(final);
  });
});

describe('the correction that the contact point gets', () => {
  /** The kind and number of the notification that a correction is about, as it was sent; undefined when it is about none that was sent. */
  const corrected = (scenario: Scenario, input: object) => {
    scenario.does('police', 'record.annul', input);
    const before = scenario.state;
    scenario.does('municipal', 'record.annul', input);
    const [event] = scenario.events('RecordAnnulled').slice(-1);
    const version = event && correctedNotification(before, event);
    const sent = scenario.stream.find((one) => one.version === version);
    return sent && { kind: notificationOf(sent.event), version: sent.version };
  };
  const last = (scenario: Scenario, type: 'CaseRefused' | 'AgreementEntered') => scenario.stream.findLast(({ event }) => event.type === type)?.version;

  it('says that a refusal was wrong (FM-NOT-1, FM-WORK-2)', () => {
    const scenario = aRefusedCase();
    expect(corrected(scenario, decision)).toEqual({ kind: 'refused', version: last(scenario, 'CaseRefused') });
  });

  it('says which agreement was not entered: the first, or the version after it (FM-NOT-1, FM-AGR-4)', () => {
    const first = aCaseInCourse();
    expect(corrected(first, accession)).toEqual({ kind: 'agreement-entered', version: last(first, 'AgreementEntered') });
    const revised = aRevisedCase();
    expect(revised.events('AgreementEntered')).toHaveLength(2);
    expect(corrected(revised, accession)).toEqual({ kind: 'course-status', version: last(revised, 'AgreementEntered') });
  });

  it('is none where nothing was told (FM-NOT-1)', () => {
    expect(corrected(anAcceptedCase(), decision)).toBeUndefined();
    expect(corrected(anAgreementLackingOneParty(), accession)).toBeUndefined();
  });
});

describe('annulling a consent', () => {
  it('puts what held before in its place (FM-WORK-2, FM-CON-2)', () => {
    const scenario = annulled(aConsent(aConsent(aCase()), ['social']), consent);
    expect(scenario.state.consent).toMatchObject({ status: 'given', kinds: ['personal'] });
    expect(annulled(scenario, consent).state.consent).toMatchObject({ status: 'none', kinds: [] });
  });

  it('leaves a running course and its agreement as they are, and corrects nothing (FM-NOT-1)', () => {
    const scenario = annulled(aCaseInCourse(), consent);
    expect(scenario.state.course.status).toBe('running');
    expect(agreementInForce(scenario.state)?.number).toBe(1);
    expect(notified(scenario)).toBeUndefined();
  });

  it('holds for a wrongly recorded no as well (FM-CON-5)', () => {
    expect(annulled(aCase().does('municipal', 'consent.refuse', saysNo), consent).state.consent.status).toBe('none');
  });

  it('refuses when no answer stands (FM-WORK-2)', () => {
    expect(aCase().refusal('police', 'record.annul', consent)).toMatchObject({ rule: 'FM-WORK-2', rests: ['consent'] });
  });

  it('refuses to revive a consent that was withdrawn: only the candidate can (FM-CON-2)', () => {
    const scenario = aConsent(aCase()).does('municipal', 'consent.withdraw', allWithdrawn);
    expect(scenario.refusal('police', 'record.annul', consent)).toMatchObject({
      rule: 'FM-WORK-2',
      field: 'what',
      rests: ['consent'],
    });
  });
});

describe('annulling an accession of a party that police may not know of (FM-CNF-4)', () => {
  const party = people.treatment.authority;
  const acceded = () => anAgreementWithTreatment().does('treatment', 'agreement.accede', { party });

  it('is answered to police as one that is not there, named or not, proposed or not (FM-WORK-2)', () => {
    const scenario = acceded();
    const absent = scenario.refusal('police', 'record.annul', { ...accession, party: 'nobody' });
    expect(scenario.refusal('police', 'record.annul', { ...accession, party })).toEqual(absent);
    expect(scenario.refusal('police', 'record.annul', accession)).toMatchObject({ rule: 'FM-WORK-2', rests: ['accession'] });
    scenario.does('municipal', 'record.annul', { ...accession, party });
    expect(scenario.refusal('police', 'record.annul', { ...accession, party })).toEqual(absent);
    expect(scenario.refusal('police', 'record.keep', { what: 'accession', reason })).toMatchObject({ rests: ['own'] });
  });

  it('waits for a member who may know of it, and police has no task of it (FM-WORK-2)', () => {
    const scenario = acceded().does('municipal', 'record.annul', { ...accession, party });
    expect(annulmentTasks(scenario.state)).toMatchObject([{ owner: { seat: 'probation' }, command: 'record.annul' }]);
    expect(taskRows(scenario.state).filter((row) => row.key.startsWith('annul:')).map((row) => row.reader)).not.toContain(people.police.user);
  });
});

describe('annulling an accession', () => {
  it('takes the agreement out of force until the party has acceded, and corrects what the contact point was told (FM-WORK-2, FM-NOT-1)', () => {
    const scenario = annulled(aCaseInCourse(), accession);
    expect(agreementInForce(scenario.state)).toBeUndefined();
    expect(openVersion(scenario.state)?.status).toBe('presented');
    expect(scenario.state.course.status).toBe('none');
    expect(notified(scenario)).toBe('corrected');
  });

  it('annuls the party that is named and no other (FM-WORK-2)', () => {
    const scenario = aCaseInCourse();
    const parties = agreementInForce(scenario.state)?.accessions.map((one) => one.party) ?? [];
    annulled(scenario, { ...accession, party: 'candidate' });
    expect(openVersion(scenario.state)?.accessions.map((one) => one.party)).toEqual(
      parties.filter((party) => party !== 'candidate'),
    );
  });

  it('refuses a party that has not acceded (FM-WORK-2)', () => {
    expect(aCaseInCourse().refusal('police', 'record.annul', { ...accession, party: 'nobody' })).toMatchObject({
      rule: 'FM-WORK-2',
      field: 'party',
    });
    expect(anAcceptedCase().refusal('police', 'record.annul', accession)).toMatchObject({ rule: 'FM-WORK-2', field: 'what' });
  });

  it('puts the version before back in force when there was one, and the course goes on (FM-AGR-4, FM-WORK-2)', () => {
    const scenario = aRevisedCase();
    annulled(scenario, { ...accession, party: 'candidate' });
    expect(agreementInForce(scenario.state)?.number).toBe(1);
    expect(scenario.state.course.status).toBe('running');
  });

  it('refuses an accession that the version before rests on as well: it would come into force with it (FM-AGR-3, FM-WORK-2)', () => {
    const course = aCaseInCourse();
    const [first] = course.state.agreement.versions;
    const unchanged = {
      measures: first?.measures,
      requirements: first?.requirements.map(({ id }) => ({ requirement: id })),
    };
    const scenario = revise(course, unchanged);
    const kept = { ...accession, party: people.jobcentre.authority };
    expect(agreementInForce(scenario.state)?.number).toBe(2);
    expect(scenario.refusal('police', 'record.annul', kept)).toMatchObject({ rule: 'FM-WORK-2', rests: ['accession', 'agreement'] });
    annulled(scenario, { ...accession, party: 'candidate' });
    expect(scenario.refusal('police', 'record.annul', kept)).toMatchObject({ rule: 'FM-WORK-2', rests: ['accession', 'agreement'] });
  });

  it('refuses when a new version is being written (FM-WORK-2)', () => {
    const scenario = aCaseInCourse().does('municipal', 'agreement.revise', { reason: 'Praktikken er flyttet' });
    expect(scenario.refusal('police', 'record.annul', accession)).toMatchObject({ rule: 'FM-WORK-2', rests: ['agreement'] });
  });

  it('takes it out of a version that is presented and not entered, and corrects nothing (FM-WORK-2, FM-NOT-1)', () => {
    const scenario = annulled(anAgreementLackingOneParty(), { ...accession, party: 'unit' });
    expect(openVersion(scenario.state)?.accessions.map((one) => one.party)).toEqual(['candidate']);
    expect(notified(scenario)).toBeUndefined();
  });

  it('refuses when the course is over (FM-WORK-2)', () => {
    expect(anInterruptedCase().refusal('police', 'record.annul', accession)).toMatchObject({
      rule: 'FM-WORK-2',
      rests: ['course'],
    });
  });

  it('lets the course begin again when the party accedes (FM-WORK-2)', () => {
    const scenario = annulled(aCaseInCourse(), { ...accession, party: 'unit' })
      .days(3)
      .does('police', 'agreement.accede', { party: 'unit' });
    expect(scenario.state.course).toMatchObject({ status: 'running', since: scenario.today });
  });
});
