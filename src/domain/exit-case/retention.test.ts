import { describe, expect, it } from 'vitest';
import { aRefusedCase } from '../../../tests/support/assessment-states.js';
import { aCompletedCase, aDischargedCase } from '../../../tests/support/course-states.js';
import { aCase } from '../../../tests/support/scenario.js';
import { addDays, addMonths, knownDate } from '../kernel/time.js';
import { monthsKept, OUTCOMES, outcomeWords, periodWords } from '../reference/retention-periods.js';
import { currentMembers } from './circle.js';
import { measureOf } from './measure.js';
import { retentionOf } from './retention.js';

const closedInquiry = () => aCase('2026-11-02').does('police', 'inquiry.close', { reason: 'withdrawn', note: 'Vil ikke mere' });
const hold = { reason: 'Der er en retssag', until: '2030-06-01' };

describe('how long a closed case is kept', () => {
  it('is a policy for each way it can end, in words that a person can read (FM-WORK-4)', () => {
    expect(OUTCOMES.map((one) => [outcomeWords(one), periodWords(one)])).toEqual([
      ['henvendelsen blev lukket', '1 år'], ['visitationen blev afbrudt', '2 år'], ['afslag', '3 år'], ['forløbet blev afbrudt', '5 år'], ['forløbet blev gennemført', '5 år'],
      ['dublet af en anden sag', '1 år'],
    ]);
  });

  it('runs from the end, and is not there while the case is open (FM-WORK-4)', () => {
    expect(retentionOf(aCompletedCase().state)).toBeUndefined();
    expect(retentionOf(closedInquiry().state)).toEqual({ outcome: 'closed-inquiry', endedOn: '2026-11-02', dueOn: '2027-11-02', archived: [], missing: ['police', 'municipal', 'probation'] });
    const refused = aRefusedCase();
    expect(retentionOf(refused.state)).toMatchObject({ outcome: 'refused', dueOn: addMonths(refused.today, monthsKept('refused')) });
    expect(retentionOf(refused.does('municipal', 'decision.requestReview').state)).toBeUndefined();
  });

  it('does not begin while a measure goes on after the end, and runs from that measure’s own end (FM-END-4)', () => {
    const { state, today } = aDischargedCase();
    const owned = currentMembers(state).flatMap((one) => (one.role === 'owner' ? (measureOf(state, one.measure ?? '') ?? []) : []));
    expect(owned.length).toBeGreaterThan(0);
    const with_ = (change: object) => ({ ...state, measures: { measures: state.measures.measures.map((one) => ({ ...one, ...change })) } });
    expect(retentionOf(with_({ status: 'started', endedOn: undefined }))?.dueOn).toBeUndefined();
    const later = addDays(today, 200);
    expect(retentionOf(with_({ status: 'completed', endedOn: later }))?.dueOn).toBe(addMonths(later, monthsKept('completed')));
    expect(retentionOf(with_({ status: 'completed', endedOn: addDays(today, -20) }))?.dueOn).toBe(addMonths(today, monthsKept('completed')));
  });
});

describe('a legal hold', () => {
  it('keeps the case until its last day is over, and the period runs beside it (FM-WORK-4)', () => {
    const held = closedInquiry().does('police', 'retention.hold', hold);
    expect(retentionOf(held.state)).toMatchObject({ heldUntil: '2030-06-01', dueOn: '2030-06-02' });
    expect(retentionOf(closedInquiry().does('police', 'retention.hold', { ...hold, until: '2027-01-01' }).state)?.dueOn).toBe('2027-11-02');
    expect(retentionOf(held.does('municipal', 'retention.release', { reason: 'Dommen er faldet' }).state)).toMatchObject({ dueOn: '2027-11-02' });
  });

  it('is for a time, and of a case that is over (FM-WORK-4)', () => {
    expect(aCase().refusal('police', 'retention.hold', hold).detail).toContain('når sagen er afsluttet');
    const closed = closedInquiry();
    expect(closed.refusal('police', 'retention.release', { reason: 'x' }).detail).toContain('ikke stoppet');
    expect(closed.refusal('police', 'retention.hold', { ...hold, until: knownDate('2026-11-02') })).toMatchObject({ field: 'until' });
    expect(closed.refusal('police', 'retention.hold', { ...hold, until: knownDate('2031-11-03') }).detail).toContain('2. november 2031');
    closed.does('police', 'retention.hold', hold);
    expect(closed.refusal('probation', 'retention.hold', hold).detail).toContain('1. juni 2030');
  });

  it('is the unit’s alone (FM-WORK-4)', () => {
    for (const who of ['jobcentre', 'odense', 'officialKl', 'admin'] as const) {
      for (const [name, input] of [['retention.hold', hold], ['retention.archive', {}]] as const) expect(closedInquiry().refusal(who, name, input).rests).toEqual(['own']);
    }
  });
});

describe('the archive of each authority', () => {
  it('is vouched for by its own member, once, when the case is over (FM-WORK-4, FM-LAW-2)', () => {
    expect(aCase().refusal('police', 'retention.archive').detail).toContain('når sagen er afsluttet');
    const closed = closedInquiry().does('municipal', 'retention.archive');
    expect(retentionOf(closed.state)).toMatchObject({ archived: ['municipal'], missing: ['police', 'probation'] });
    expect(closed.refusal('municipal', 'retention.archive').detail).toContain('allerede');
    expect(retentionOf(closed.does('police', 'retention.archive').does('probation', 'retention.archive').state)?.missing).toEqual([]);
  });
});
