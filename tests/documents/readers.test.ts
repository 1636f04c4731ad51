import { describe, expect, it } from 'vitest';
import { documentData, documentsOf } from '../../src/app/documents.js';
import { aConsent, aDraftAgreement, anAcceptedCaseWithConsent, aPresentedAgreement, terms } from '../support/agreement-states.js';
import { aCaseHeard, aRefusedCase } from '../support/assessment-states.js';
import { aDischargedCase, anInterruptedCase } from '../support/course-states.js';
import { people, type PersonName } from '../support/people.js';
import { aCase, anInquiry, type Scenario } from '../support/scenario.js';
import { keepTexts, nameOf, openedFor } from './opened.js';
import { aCourseWithFollowUps } from './states.js';

keepTexts();

const titles = (scenario: Scenario, who: PersonName): readonly string[] => documentsOf(openedFor(scenario, who)).map((one) => one.title);
const keys = (scenario: Scenario, who: PersonName): readonly string[] => documentsOf(openedFor(scenario, who)).map((one) => one.key);
const gets = (scenario: Scenario, who: PersonName, key: string): boolean => documentData(openedFor(scenario, who), key, { today: scenario.today, nameOf }) !== undefined;
const FORMS = ['Samtykke til underskrift', 'Samtykke til underskrift, engelsk'];

describe('which documents a case has (FM-WORK-3)', () => {
  it('numbers them in the order they arose, and never with what they are', () => {
    const documents = documentsOf(openedFor(anInterruptedCase(), 'municipal'));
    expect(documents.map(({ key, number, title }) => [key, number, title])).toEqual([
      ['1', 'UV-7K3M-9QX-1', 'Samtykke til underskrift'], ['2', 'UV-7K3M-9QX-2', 'Samtykke til underskrift, engelsk'], ['3', 'UV-7K3M-9QX-3', 'Afgørelse: optaget'],
      ['4', 'UV-7K3M-9QX-4', 'Samtykke'], ['5', 'UV-7K3M-9QX-5', 'Exitaftale, version 1'], ['6', 'UV-7K3M-9QX-6', 'Afbrydelse af forløbet'],
    ]);
    expect(documents.every((one) => one.available && one.at === '2026-11-02')).toBe(true);
  });

  it('has none while it lies in the inbox', () => {
    expect(titles(anInquiry(), 'police')).toEqual([]);
  });

  it('has no form to sign any more when it is closed, and the others keep their numbers', () => {
    expect(keys(aDischargedCase(), 'municipal')).toEqual(['3', '4', '5', '6']);
    expect(gets(aDischargedCase(), 'municipal', '1')).toBe(false);
    expect(titles(aRefusedCase(), 'police')).toEqual(['Afgørelse: afslag']);
  });

  it('shows an agreement from its presentation on; while it is rewritten it says why it cannot be had', () => {
    expect(titles(aDraftAgreement(), 'municipal')).not.toContain('Exitaftale, version 1');
    const rewritten = aPresentedAgreement();
    rewritten.does('municipal', 'agreement.setTerms', terms(rewritten, { goal: 'Et andet mål' }));
    const agreement = documentsOf(openedFor(rewritten, 'municipal')).at(-1);
    expect(agreement).toMatchObject({ key: '5', title: 'Exitaftale, version 1', available: false });
    expect(agreement?.why).toContain('lagt frem igen');
    expect(gets(rewritten, 'municipal', '5')).toBe(false);
    const again = rewritten.does('municipal', 'agreement.present');
    expect(keys(again, 'municipal')).toEqual(['1', '2', '3', '4', '5']);
    expect(gets(again, 'municipal', '5')).toBe(true);
  });

  it.each(['0', '7', '-1', '01', '1.0', '', 'samtykke', '../1', '__proto__'])('has none by the key %j', (key) => {
    expect(gets(anInterruptedCase(), 'municipal', key)).toBe(false);
  });
});

describe('who gets them (FM-CNF-2, FM-CNF-4)', () => {
  it.each(['police', 'municipal', 'probation'] as const)('the circle does: %s', (who) => {
    const scenario = aCourseWithFollowUps();
    expect(keys(scenario, who)).toEqual(['1', '2', '3', '4', '5']);
    for (const key of keys(scenario, who)) expect(gets(scenario, who, key)).toBe(true);
  });

  it.each(['jobcentre', 'treatment', 'police2', 'municipal2', 'custody', 'officialKl', 'odense', 'auditor', 'admin'] as const)('%s does not, owner of a measure or outside', (who) => {
    const scenario = aCourseWithFollowUps();
    expect(keys(scenario, who)).toEqual([]);
    for (const key of ['1', '2', '3', '4', '5']) expect(gets(scenario, who, key)).toBe(false);
  });

  it('who has left the circle does not', () => {
    const scenario = aCase();
    expect(titles(scenario, 'probation')).toEqual(FORMS);
    expect(titles(scenario.does('municipal', 'circle.remove', { user: people.probation.user, reason: 'Nyt arbejde' }), 'probation')).toEqual([]);
  });

  it('an official who took a question does not', () => {
    const scenario = aRefusedCase().does('municipal', 'decision.requestReview', {});
    scenario.does('officialKl', 'contactPoint.takeQuestion', { question: scenario.state.questions.questions.at(-1)?.id });
    expect(keys(scenario, 'officialKl')).toEqual([]);
    expect(gets(scenario, 'officialKl', '3')).toBe(false);
  });

  it('the contact point\'s decision is had by the seats of the unit and by who carries the contact without one; by nobody whose place is another (FM-DEC-1, FM-AGR-7, FM-CNF-4)', () => {
    const scenario = aCaseHeard().does('police', 'assessment.referToContactPoint', { account: 'Vi er ikke enige' });
    const question = scenario.state.questions.questions.at(-1)?.id;
    for (const who of ['officialPolice', 'officialKl'] as const) {
      scenario.does(who, 'contactPoint.takeQuestion', { question }).does(who, 'contactPoint.decide', { question, position: 'accept', reasons: 'Enige' });
    }
    expect(titles(scenario, 'municipal2')).toEqual([]);
    scenario.does('municipal', 'circle.add', { user: people.municipal2.user, role: 'contact', reason: 'Kender kandidaten' });
    const letter = (who: PersonName) => documentsOf(openedFor(scenario, who)).find((one) => one.title === 'Afgørelse: optaget')?.key ?? '';
    for (const who of ['police', 'municipal', 'probation', 'municipal2'] as const) expect(gets(scenario, who, letter(who)), who).toBe(true);
    for (const who of ['officialKl', 'officialDfk', 'police2', 'jobcentre'] as const) expect(titles(scenario, who), who).toEqual([]);
    const without = openedFor(scenario, 'municipal', ['identity', 'general', 'measure']);
    expect(documentData(without, '3', { today: scenario.today, nameOf })).toBeUndefined();
  });

  it('an authority that consent leaves out keeps what it had and gets nothing written after (FM-CON-2)', () => {
    const scenario = anAcceptedCaseWithConsent().days(1);
    scenario.does('municipal', 'consent.give', aConsent(scenario, { authorities: [people.municipal.authority, people.police.authority] }));
    expect(keys(scenario, 'municipal')).toEqual(['1', '2', '3', '4', '5']);
    expect(keys(scenario, 'probation')).toEqual(['1', '2', '3', '4']);
    expect(gets(scenario, 'municipal', '5')).toBe(true);
    expect(gets(scenario, 'probation', '5')).toBe(false);
  });

  it('needs the words as well as the right: a case opened without them gives no document, and the list opens none', () => {
    const scenario = anInterruptedCase();
    const without = openedFor(scenario, 'municipal', ['identity']);
    expect(documentData(without, '5', { today: scenario.today, nameOf })).toBeUndefined();
    expect(documentData(without, '6', { today: scenario.today, nameOf })).toBeUndefined();
    expect(documentsOf(openedFor(scenario, 'municipal', [])).map((one) => one.key)).toEqual(keys(scenario, 'municipal'));
  });
});
