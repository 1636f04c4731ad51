import { describe, expect, it } from 'vitest';
import { aCaseInCourse, latestMeasure, withPlacement, withTreatment } from '../../../tests/support/agreement-states.js';
import { aCaseInAssessment, aCaseWithConclusions, anAcceptedCase, aCaseReadyToConclude, aRefusedCase, concludes } from '../../../tests/support/assessment-states.js';
import { people, type PersonName } from '../../../tests/support/people.js';
import { aCase, aCustodyCase, type Scenario } from '../../../tests/support/scenario.js';
import type { ScopeKind } from '../kernel/command.js';
import { readsScope, seesMeasure, seesMember } from './scopes.js';

const reads = (scenario: Scenario, who: PersonName, kind: ScopeKind, subject = ''): boolean => readsScope(scenario.state, people[who].user, { kind, subject, generation: 1 });
const OUTSIDE = ['police2', 'municipal2', 'odense', 'officialKl', 'auditor', 'admin', 'custody'] as const;
const KINDS: readonly ScopeKind[] = ['core', 'identity', 'general', 'police', 'probation', 'health', 'economy', 'address', 'card'];

describe('who reads what (FM-CNF-4)', () => {
  it.each([
    ['police', ['core', 'identity', 'general', 'police', 'address', 'card']],
    ['municipal', ['core', 'identity', 'general', 'health', 'economy', 'card']],
    ['probation', ['core', 'identity', 'general', 'probation', 'health', 'economy', 'card']],
  ] as const)('in freedom %s reads exactly his own', (who, kinds) => {
    const scenario = aCase();
    expect(KINDS.filter((kind) => reads(scenario, who, kind))).toEqual(KINDS.filter((kind) => (kinds as readonly string[]).includes(kind)));
  });

  it('in custody the custody officer reads all but police material and protected address', () => {
    const scenario = aCustodyCase();
    expect(KINDS.filter((kind) => reads(scenario, 'custody', kind))).toEqual(['core', 'identity', 'general', 'probation', 'health', 'economy', 'card']);
  });

  it.each(OUTSIDE)('%s outside the circle reads nothing at all, whatever his function (FM-CNF-2, FM-CNF-6)', (who) => {
    const scenario = aCase();
    expect(KINDS.filter((kind) => reads(scenario, who, kind))).toEqual([]);
  });

  it('access ends with the membership, and for an excluded person even while he is a member (FM-CNF-2, FM-DEC-4)', () => {
    const removed = aCase().does('police', 'circle.remove', { user: people.probation.user, reason: 'Nyt arbejde' });
    expect(KINDS.filter((kind) => reads(removed, 'probation', kind))).toEqual([]);
    const excluded = aCase().does('municipal', 'circle.exclude', { user: people.police.user, reason: 'Fætter' });
    expect(KINDS.filter((kind) => reads(excluded, 'police', kind))).toEqual([]);
  });

  it('a sealed conclusion is its own authority\'s until one\'s own is in (FM-ASM-12)', () => {
    const scenario = concludes(aCaseReadyToConclude(), 'police', 'accept');
    expect(reads(scenario, 'police', 'sealed', 'police')).toBe(true);
    expect(reads(scenario, 'municipal', 'sealed', 'police')).toBe(false);
    concludes(scenario, 'municipal', 'accept');
    expect(reads(scenario, 'municipal', 'sealed', 'police')).toBe(true);
    expect(reads(scenario, 'probation', 'sealed', 'police')).toBe(false);
    expect(reads(aCaseWithConclusions(), 'probation', 'sealed', 'municipal')).toBe(true);
  });

  it('a measure is read by its owner, and by full members whose scope covers its kind: police not of health (FM-CNF-4)', () => {
    const scenario = withTreatment(anAcceptedCase());
    const measure = latestMeasure(scenario);
    expect(['police', 'municipal', 'probation', 'treatment', 'jobcentre'].filter((who) => reads(scenario, who as PersonName, 'measure', measure))).toEqual(['municipal', 'probation', 'treatment']);
    const placement = withPlacement(anAcceptedCase());
    expect(reads(placement, 'police', 'measure', latestMeasure(placement))).toBe(true);
  });

  it('an owner reads identity and his own measure, and no more of the case (FM-CNF-4)', () => {
    const scenario = aCaseInCourse();
    expect(KINDS.filter((kind) => reads(scenario, 'jobcentre', kind))).toEqual(['core', 'identity']);
    expect(reads(scenario, 'jobcentre', 'bundle', 'x')).toBe(false);
  });

  it('a part of a bundle is read in the unit by the seats it names, and by the official who has its question alone (FM-CNF-4, FM-NCP-2)', () => {
    const scenario = aCaseInAssessment().does('municipal', 'assessment.askAdvice', { topic: 'motivation', question: 'Bærer det?' });
    const question = scenario.state.questions.questions[0]?.id ?? '';
    scenario.does('officialKl', 'contactPoint.takeQuestion', { question });
    const readers = (subject: string) => (['police', 'municipal', 'probation', 'officialKl', 'officialDfk', 'jobcentre'] as const).filter((who) => reads(scenario, who, 'bundle', subject));
    expect(readers(question)).toEqual(['police', 'municipal', 'probation', 'officialKl']);
    expect(readers(`${question}|municipal+probation`)).toEqual(['municipal', 'probation', 'officialKl']);
    expect(readers(`${question}|police`)).toEqual(['police', 'officialKl']);
    expect(readers('99999999-0000-4000-8000-000000000001|police')).toEqual(['police']);
    scenario.does('officialKl', 'contactPoint.advise', { question, advice: 'Ja' });
    expect(readers(`${question}|police`)).toEqual(['police']);
  });

  it('the words of a position are read in the unit, and by who carries the contact when they are the decision and no sooner; never those of who was against it, nor what came before the newest (FM-AGR-7, FM-LAW-1, FM-CNF-4)', () => {
    const scenario = aRefusedCase('2026-11-02').does('officialKl', 'decision.requestReview', { account: 'Vil gerne' }).days(7);
    scenario.does('municipal', 'circle.add', { user: people.municipal2.user, role: 'contact', reason: 'Kender ham' });
    withPlacement(scenario);
    const question = scenario.state.questions.questions[0]?.id ?? '';
    const readers = (part: string) => (['police', 'municipal', 'municipal2', 'jobcentre', 'officialDfk'] as const).filter((who) => reads(scenario, who, 'bundle', `${question}|stand:${part}`));
    const stands = (who: PersonName, position: 'uphold' | 'overturn') => scenario.does(who, 'contactPoint.decideReview', { question, position, reasons: 'x' });
    scenario.does('officialKl', 'contactPoint.takeQuestion', { question }).does('officialDfk', 'contactPoint.takeQuestion', { question });
    stands('officialKl', 'uphold').does('municipal', 'decision.supplementReview', { entries: [{ text: 'Afslaget' }] });
    stands('officialKl', 'uphold');
    stands('officialDfk', 'overturn');
    expect([readers('kl:2'), readers('dfk:1')]).toEqual([['police', 'municipal', 'officialDfk'], ['police', 'municipal', 'officialDfk']]);
    scenario.does('officialPolice', 'contactPoint.takeQuestion', { question });
    stands('officialPolice', 'uphold');
    expect(['kl:1', 'kl:2', 'dfk:1', 'rigspolitiet:1'].map((part) => readers(part).includes('municipal2'))).toEqual([false, true, false, true]);
    expect(readers('kl:2')).toEqual(['police', 'municipal', 'municipal2']);
    expect(reads(scenario, 'municipal2', 'bundle', question)).toBe(false);
  });

  it('police knows nothing of a treatment measure, not even that it is there (access.md)', () => {
    const scenario = withTreatment(anAcceptedCase());
    const [measure] = scenario.state.measures.measures;
    expect(measure && seesMeasure(scenario.state, people.police.user, measure)).toBe(false);
    expect(measure && seesMeasure(scenario.state, people.municipal.user, measure)).toBe(true);
    const owner = scenario.state.circle.members.find((one) => one.role === 'owner');
    expect(owner && seesMember(scenario.state, people.police.user, owner)).toBe(false);
    expect(owner && seesMember(scenario.state, people.municipal.user, owner)).toBe(true);
  });
});
