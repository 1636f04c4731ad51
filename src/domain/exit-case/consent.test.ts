import { describe, expect, it } from 'vitest';
import {
  aCaseInCourse,
  aConsent,
  allWithdrawn,
  anAcceptedCaseWithConsent,
  partWithdrawn,
  saysNo,
} from '../../../tests/support/agreement-states.js';
import { allState, aDischargedCase, anInterruptedCase, interruption } from '../../../tests/support/course-states.js';
import { people } from '../../../tests/support/people.js';
import { aCase, type Scenario } from '../../../tests/support/scenario.js';
import { SHARING_KINDS } from '../reference/legal-bases.js';
import { basisTowards, consentTasks, coveredFor, hasValidConsent, sharingBasis } from './consent.js';

const { municipal, police, probation, jobcentre } = people;
const gives = (scenario: Scenario, but: object = {}): Scenario =>
  scenario.does('municipal', 'consent.give', aConsent(scenario, but));
const basis = ({ state, today }: Scenario, kind: (typeof SHARING_KINDS)[number]) => sharingBasis(state, kind, today);

describe('the basis for sharing in the circle', () => {
  it('is law for every kind until the candidate answers (FM-CON-3)', () => {
    for (const kind of SHARING_KINDS) expect(basis(aCase(), kind)).toEqual({ allowed: true, basis: 'law' });
  });

  it('is consent for every kind it covers, once it is given (FM-CON-1)', () => {
    for (const kind of SHARING_KINDS)
      expect(basis(anAcceptedCaseWithConsent(), kind)).toEqual({ allowed: true, basis: 'consent' });
  });

  it('is nothing for a kind the consent leaves out: law is no fallback (FM-CON-3)', () => {
    const scenario = gives(aCase(), { sensitiveKinds: [] });
    expect(basis(scenario, 'social')).toEqual({ allowed: true, basis: 'consent' });
    expect(basis(scenario, 'health')).toMatchObject({
      allowed: false,
      why: expect.stringContaining('“Helbredsmæssige forhold”') as string,
    });
  });

  it('is nothing once consent was refused: law is no fallback (FM-CON-3)', () => {
    const scenario = aCase().does('municipal', 'consent.refuse', saysNo);
    for (const kind of SHARING_KINDS)
      expect(basis(scenario, kind)).toMatchObject({ allowed: false, why: expect.stringContaining('sagt nej') as string });
  });

  it('is nothing once consent was withdrawn (FM-CON-2, FM-CON-3)', () => {
    const scenario = anAcceptedCaseWithConsent().does('municipal', 'consent.withdraw', allWithdrawn);
    for (const kind of SHARING_KINDS)
      expect(basis(scenario, kind)).toMatchObject({ allowed: false, why: expect.stringContaining('trukket tilbage') as string });
  });

  it('ends with the day the consent expires (FM-CON-5)', () => {
    const scenario = gives(aCase('2026-11-02'), { expiresOn: '2026-11-05' }).days(3);
    expect(basis(scenario, 'personal')).toEqual({ allowed: true, basis: 'consent' });
    expect(basis(scenario.days(1), 'personal')).toMatchObject({
      allowed: false,
      why: expect.stringContaining('5. november 2026') as string,
    });
    expect(hasValidConsent(scenario.state, scenario.today)).toBe(false);
  });

  it('is nothing for a kind withdrawn from one who reads the scope for another kind: the entry would reach him (FM-CON-2)', () => {
    const scenario = anAcceptedCaseWithConsent().does(
      'municipal',
      'consent.withdraw',
      partWithdrawn({
        kinds: ['criminal'],
        authorities: [municipal.authority],
      }),
    );
    expect(basis(scenario, 'criminal')).toMatchObject({
      allowed: false,
      why: expect.stringContaining('Ishøj Kommune') as string,
    });
    expect(basis(scenario, 'social').allowed).toBe(true);
  });

  it('is nothing for a kind withdrawn from police, who read the general scope (FM-CON-2, FM-CNF-4)', () => {
    const scenario = anAcceptedCaseWithConsent().does(
      'municipal',
      'consent.withdraw',
      partWithdrawn({
        kinds: ['criminal'],
        authorities: [police.authority],
      }),
    );
    expect(basis(scenario, 'criminal')).toMatchObject({
      allowed: false,
      why: expect.stringContaining('for Københavns Vestegns Politi') as string,
    });
  });

  it('names nobody in particular when the kind is covered for nobody (FM-CON-2)', () => {
    const nobody = anAcceptedCaseWithConsent().does('municipal', 'consent.withdraw', partWithdrawn({ kinds: ['social'] }));
    expect(basis(nobody, 'social')).toMatchObject({
      allowed: false,
      why: expect.stringContaining('“Sociale forhold”. Registrér') as string,
    });
    const closed = gives(aCase(), { sensitiveKinds: [] });
    expect(basis(closed, 'health')).toMatchObject({
      allowed: false,
      why: expect.stringContaining('“Helbredsmæssige forhold”. Registrér') as string,
    });
  });

  it('stays consent when the one left out reads nothing of the scope any more (FM-CON-2)', () => {
    const scenario = anAcceptedCaseWithConsent().does(
      'municipal',
      'consent.withdraw',
      partWithdrawn({
        kinds: ['health', 'abuse'],
        authorities: [probation.authority],
      }),
    );
    expect(basis(scenario, 'health')).toEqual({ allowed: true, basis: 'consent' });
  });

  it('does not hang on police, who do not read health and economy (FM-CNF-4)', () => {
    const scenario = gives(aCase(), {
      kinds: ['economic'],
      sensitiveKinds: [],
      authorities: [municipal.authority, probation.authority],
    });
    expect(basis(scenario, 'economic').allowed).toBe(true);
    const policeOnly = gives(aCase(), { kinds: ['economic'], sensitiveKinds: [], authorities: [police.authority] });
    expect(basis(policeOnly, 'economic').allowed).toBe(false);
  });

  it('stops a note of a kind that was withdrawn, and lets the others be written (FM-CON-2)', () => {
    const scenario = anAcceptedCaseWithConsent().does('municipal', 'consent.withdraw', partWithdrawn({ kinds: ['social'] }));
    expect(scenario.refusal('municipal', 'journal.add', { text: 'Om vennerne', kind: 'social' })).toMatchObject({
      rule: 'FM-CON-3',
      rests: ['consent'],
    });
    expect(scenario.does('municipal', 'journal.add', { text: 'Om arbejdet', kind: 'personal' }).events('NoteAdded')).toHaveLength(
      1,
    );
  });
});

describe('what one authority may be told', () => {
  it('is law before an answer, then what a consent that names it covers (FM-CON-3, FM-CON-6)', () => {
    const scenario = aCase();
    expect(basisTowards(scenario.state, jobcentre.authority, ['health'], scenario.today)).toEqual({
      allowed: true,
      basis: 'law',
    });
    gives(scenario, { sensitiveKinds: [], authorities: [jobcentre.authority] });
    expect(coveredFor(scenario.state, jobcentre.authority, 'social', scenario.today)).toBe(true);
    expect(coveredFor(scenario.state, jobcentre.authority, 'health', scenario.today)).toBe(false);
    expect(coveredFor(scenario.state, municipal.authority, 'social', scenario.today)).toBe(false);
    expect(basisTowards(scenario.state, jobcentre.authority, ['social'], scenario.today)).toEqual({
      allowed: true,
      basis: 'consent',
    });
    expect(basisTowards(scenario.state, jobcentre.authority, ['social', 'health', 'abuse'], scenario.today)).toMatchObject({
      allowed: false,
      why: expect.stringContaining('Jobcenter Ishøj lov til at få “Helbredsmæssige forhold” og “Misbrugsproblemer”') as string,
    });
  });

  it('is nothing for anybody when the consent has expired (FM-CON-5)', () => {
    const scenario = aCase();
    gives(scenario, { expiresOn: scenario.today }).days(1);
    expect(coveredFor(scenario.state, municipal.authority, 'social', scenario.today)).toBe(false);
    expect(basisTowards(scenario.state, municipal.authority, ['social'], scenario.today)).toMatchObject({
      allowed: false,
      why: expect.stringContaining('gjaldt til og med') as string,
    });
  });
});

describe('an annulled consent', () => {
  const annul = (scenario: Scenario) => {
    const input = { what: 'consent', reason: 'Forkert sag' };
    return scenario.does('police', 'record.annul', input).does('municipal', 'record.annul', input);
  };

  it('leaves the answer before it standing, and law when there was none (FM-WORK-2, FM-CON-3)', () => {
    const scenario = annul(
      gives(gives(aCase(), { kinds: ['personal'], sensitiveKinds: [] }), { kinds: ['social'], sensitiveKinds: [] }),
    );
    expect(scenario.state.consent.kinds).toEqual(['personal']);
    expect(basis(annul(scenario), 'social')).toEqual({ allowed: true, basis: 'law' });
  });

  it("is not touched by another record's annulment (FM-WORK-2)", () => {
    const scenario = aCaseInCourse();
    const input = { what: 'accession', party: 'unit', reason: 'Forkert sag' };
    const before = scenario.state.consent;
    expect(scenario.does('police', 'record.annul', input).does('municipal', 'record.annul', input).state.consent).toEqual(before);
  });
});

describe('tasks of consent', () => {
  const tasks = (scenario: Scenario) => consentTasks(scenario.state).map(({ owner, due, command }) => [owner, due, command]);

  it('ask every authority of the unit within 14 days of a withdrawal whether the course can go on (FM-CON-2)', () => {
    const scenario = aCaseInCourse('2026-11-02').does('municipal', 'consent.withdraw', partWithdrawn({ kinds: ['health'] }));
    expect(tasks(scenario)).toEqual(
      ['police', 'municipal', 'probation'].map((seat) => [{ seat }, '2026-11-16', 'consent.weighWithdrawal']),
    );
    expect(
      tasks(scenario.does('police', 'consent.weighWithdrawal', { outcome: 'goes-on', reason: 'Tiltagene kører videre' })),
    ).toEqual([]);
  });

  it('point to interruption, by the same day, when the course cannot go on and all have said so (FM-CON-2, FM-END-6)', () => {
    const scenario = aCaseInCourse('2026-11-02').does('municipal', 'consent.withdraw', allWithdrawn).days(2);
    scenario.does('police', 'consent.weighWithdrawal', { outcome: 'cannot-go-on', reason: 'Intet kan samordnes' });
    expect(tasks(scenario)).toEqual([]);
    allState(scenario, { position: 'interrupt', ground: 'own-wish' });
    expect(tasks(scenario)).toEqual([[{ seat: 'police' }, '2026-11-16', 'course.interrupt']]);
    scenario.does('police', 'course.interrupt', interruption);
    expect(tasks(scenario)).toEqual([]);
  });

  it('are gone when a new consent is given (FM-CON-2)', () => {
    const scenario = aCaseInCourse().does('municipal', 'consent.withdraw', allWithdrawn).days(1);
    expect(tasks(gives(scenario))).toEqual([]);
  });

  it('are not gone because the candidate says no as well (FM-CON-2)', () => {
    expect(
      tasks(aCaseInCourse().does('municipal', 'consent.withdraw', allWithdrawn).does('municipal', 'consent.refuse', saysNo)),
    ).toHaveLength(3);
  });

  it('ask for a new consent a fortnight before the old one expires (FM-CON-5)', () => {
    expect(tasks(gives(aCase('2026-11-02'), { expiresOn: '2026-12-24' }))).toEqual([
      [{ seat: 'police' }, '2026-12-10', 'consent.give'],
    ]);
  });

  it('are none when the course is over or the case closed (FM-END-4)', () => {
    expect(tasks(anInterruptedCase())).toEqual([]);
    expect(tasks(aDischargedCase())).toEqual([]);
  });
});
