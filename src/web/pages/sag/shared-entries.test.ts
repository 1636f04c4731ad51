import { describe, expect, it } from 'vitest';
import { aCaseInCourse, aConsent, allWithdrawn, anAcceptedCaseWithConsent } from '../../../../tests/support/agreement-states.js';
import { anAcceptedCase } from '../../../../tests/support/assessment-states.js';
import { aHeardBreach } from '../../../../tests/support/course-states.js';
import { people } from '../../../../tests/support/people.js';
import type { Scenario } from '../../../../tests/support/scenario.js';
import { formatDate } from '../../../domain/kernel/time.js';
import { sharedEntries } from './shared-entries.js';

const shared = ({ state, stream }: Scenario, readable: (version: number) => boolean = () => true) => sharedEntries(state, stream, [], readable);
const note = (scenario: Scenario, who: 'police' | 'municipal' | 'probation', kind: string) => scenario.does(who, 'journal.add', { text: 'Ringede som aftalt', kind });
const { police, municipal, probation, police2 } = people;

describe('who got what in the circle (FM-CON-3)', () => {
  it('rests on law before consent was asked for, and on each consent while it was the one in force, also on the day of the next', () => {
    const scenario = note(anAcceptedCase(), 'municipal', 'personal');
    scenario.days(1).does('municipal', 'consent.give', aConsent(scenario));
    const first = scenario.today;
    note(scenario, 'municipal', 'personal').days(10);
    note(scenario, 'municipal', 'personal').does('municipal', 'consent.give', aConsent(scenario));
    note(scenario, 'municipal', 'personal');
    expect(shared(scenario).slice(-4).map((one) => one.basis)).toEqual([
      'Lov, før samtykke', `Samtykke, som det stod ${formatDate(first)}`, `Samtykke, som det stod ${formatDate(first)}`, `Samtykke, som det stod ${formatDate(scenario.today)}`,
    ]);
  });

  it('names those who were members then: neither who joined later nor leaves out who has left since', () => {
    const scenario = anAcceptedCaseWithConsent();
    note(scenario, 'municipal', 'personal').days(3);
    scenario.does('police', 'circle.remove', { user: probation.user, reason: 'Går på barsel' });
    note(scenario, 'municipal', 'personal').days(3);
    scenario.does('police', 'circle.add', { user: people.probation2.user, role: 'probation', reason: 'Afløser' });
    note(scenario, 'municipal', 'personal');
    expect(shared(scenario).slice(-3).map((one) => one.to)).toEqual([
      [police.authority, probation.authority], [police.authority], [police.authority, people.probation2.authority],
    ]);
  });

  it('names police for what is personal and never for health, and the author’s authority only for a colleague of his (FM-CNF-4)', () => {
    const scenario = note(note(anAcceptedCaseWithConsent(), 'municipal', 'personal'), 'municipal', 'health');
    const [personal, health] = shared(scenario).slice(-2);
    expect([personal?.to, health?.to]).toEqual([[police.authority, probation.authority], [probation.authority]]);
    expect(personal?.to).not.toContain(municipal.authority);
    expect(police2.authority).toBe(police.authority);
  });

  it('names the words about a breach by their kind, and none where the breach was recorded without (FM-CON-2, FM-CON-3)', () => {
    const scenario = aHeardBreach(aCaseInCourse());
    expect(shared(scenario).slice(-2).map((one) => one.what)).toEqual(['Personlige forhold (brud på aftalen)', 'Kandidatens forklaring om et brud']);
    const before = shared(scenario).length;
    scenario.does('municipal', 'consent.withdraw', allWithdrawn).does('municipal', 'breach.record', {});
    expect(shared(scenario)).toHaveLength(before);
  });

  it('names a hearing as what needs no consent, also after it was withdrawn (FM-CRS-3)', () => {
    const scenario = aCaseInCourse().does('municipal', 'breach.record', { what: 'Udeblevet', kind: 'personal' }).does('municipal', 'consent.withdraw', allWithdrawn);
    const breach = scenario.state.breaches.breaches[0]?.id;
    scenario.does('municipal', 'breach.hear', { breach, account: 'Jeg var på arbejde' });
    expect(shared(scenario).at(-1)).toMatchObject({ what: 'Kandidatens forklaring om et brud', basis: 'Høring, som ikke kræver samtykke' });
    expect(shared(scenario).at(-1)?.to).toContain(probation.authority);
  });

  it('leaves out what the reader has no words of, what is an authority’s own, and what rested on no consent', () => {
    const scenario = note(anAcceptedCaseWithConsent(), 'municipal', 'personal');
    expect(shared(scenario, () => false)).toEqual([]);
    const before = shared(scenario).length;
    scenario.does('police', 'journal.add', { text: 'Kun til os', kind: 'personal', own: true });
    expect(shared(scenario)).toHaveLength(before);
    scenario.does('municipal', 'consent.withdraw', allWithdrawn);
    expect(shared(scenario)).toHaveLength(before);
  });
});
