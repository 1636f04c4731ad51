import { describe, expect, it } from 'vitest';
import { aCaseInCourse } from '../../../tests/support/agreement-states.js';
import { draftsOf, scopesOf } from '../../../tests/support/outcomes.js';
import { people } from '../../../tests/support/people.js';
import { aCase, aCustodyCase, type Scenario } from '../../../tests/support/scenario.js';
import { readsScope } from '../access/scopes.js';
import { acuteThreat } from './acute-threat.js';
import { taskRows } from './follows.js';

const assess = { occasion: 'change', level: 'high', text: 'Truslen er konkret' };
/** A course whose contact person is the municipality's; probation has precautions, the job centre has none. */
const inCourse = (): Scenario => aCaseInCourse().does('police', 'security.assess', { ...assess, precautions: [{ worker: people.probation.user, text: 'Brug bagindgangen' }] });
const alerted = ({ state }: Scenario): readonly string[] => taskRows(state).filter((row) => row.mine && row.command === 'security.confirmAlert').map((row) => row.reader).sort();

describe('an acute threat', () => {
  it('alerts police, the contact person and everybody with precautions in one step, the same day (FM-SEC-3)', () => {
    const scenario = inCourse().does('jobcentre', 'security.raiseAcute');
    expect(alerted(scenario)).toEqual([people.police.user, people.municipal.user, people.probation.user].sort());
    expect(taskRows(scenario.state).filter((row) => row.mine && row.key.startsWith('acute:')).every((row) => row.due === scenario.today)).toBe(true);
  });

  it('can be raised by anybody in the circle, and by nobody else (FM-SEC-3)', () => {
    for (const who of ['police', 'municipal', 'probation', 'jobcentre'] as const) expect(draftsOf(inCourse().tries(who, 'security.raiseAcute'))).toHaveLength(1);
    const screened = inCourse().does('police', 'screening.ask', { screener: people.screener.user, what: 'Åbne profiler' });
    expect(draftsOf(screened.tries('screener', 'security.raiseAcute'))).toHaveLength(1);
    expect(inCourse().refusal('police2', 'security.raiseAcute').rule).toBe('FM-CNF-2');
  });

  it('alerts the unit where no police is in the circle (FM-SEC-3, FM-CUS-3)', () => {
    const scenario = aCustodyCase().does('custody', 'circle.add', { user: people.custody2.user, role: 'contact', reason: 'Afdelingen' }).does('custody2', 'security.raiseAcute');
    expect(alerted(scenario)).toEqual([people.custody.user]);
    const bring = () => taskRows(scenario.state).filter((row) => row.mine && row.key.startsWith('acute.')).map((row) => [row.reader, row.command]);
    expect(bring()).toEqual([[people.custody.user, 'circle.add']]);
    scenario.does('custody', 'circle.add', { user: people.police.user, role: 'police', reason: 'Akut trussel' });
    expect(bring()).toEqual([[people.police.user, 'security.assess']]);
    expect(alerted(scenario)).toContain(people.police.user);
  });

  it('says why to those it alerts and who raised it, and to no other; the core holds no word (FM-SEC-3, FM-CNF-4)', () => {
    const scenario = inCourse();
    const outcome = scenario.tries('jobcentre', 'security.raiseAcute', { why: 'Han blev fulgt efter' });
    expect(scopesOf(outcome)).toEqual([expect.stringMatching(/^precaution:/)]);
    expect(JSON.stringify(draftsOf(outcome).map((one) => one.event))).not.toContain('fulgt');
    scenario.does('jobcentre', 'security.raiseAcute', { why: 'Han blev fulgt efter' });
    const scope = { kind: 'precaution' as const, subject: acuteThreat(scenario.state)?.id ?? '', generation: 1 };
    const reads = (who: keyof typeof people) => readsScope(scenario.state, people[who].user, scope);
    expect([reads('police'), reads('municipal'), reads('probation'), reads('jobcentre'), reads('police2')]).toEqual([true, true, true, true, false]);
    const other = aCase().does('municipal', 'security.raiseAcute', { why: 'Set ved døren' });
    const why = { kind: 'precaution' as const, subject: acuteThreat(other.state)?.id ?? '', generation: 1 };
    expect(readsScope(other.state, people.probation.user, why)).toBe(false);
  });

  it('is confirmed by each who was alerted, once, and by no other (FM-SEC-3)', () => {
    const scenario = inCourse().does('police', 'security.raiseAcute');
    expect(alerted(scenario)).toEqual([people.municipal.user, people.probation.user].sort());
    scenario.does('municipal', 'security.confirmAlert');
    expect(alerted(scenario)).toEqual([people.probation.user]);
    expect(draftsOf(scenario.tries('municipal', 'security.confirmAlert'))).toEqual([]);
    expect(scenario.refusal('jobcentre', 'security.confirmAlert').rule).toBe('FM-CNF-2');
  });

  it('alerts anew when it is raised again: nobody with something to tell is refused (FM-SEC-3)', () => {
    const scenario = inCourse().does('police', 'security.raiseAcute').does('municipal', 'security.confirmAlert').does('probation', 'security.raiseAcute', { why: 'Nu med våben' });
    expect(alerted(scenario)).toContain(people.municipal.user);
  });

  it('is lifted by police alone, and on a security assessment made since (FM-SEC-3, FM-SEC-1)', () => {
    const scenario = inCourse().does('municipal', 'security.raiseAcute');
    const waits = () => taskRows(scenario.state).filter((row) => row.mine && row.key.startsWith('acute.')).map((row) => row.command);
    expect(waits()).toEqual(['security.assess']);
    expect(scenario.refusal('police', 'security.liftAcute', { why: 'Anholdt' })).toMatchObject({ rule: 'FM-SEC-3' });
    scenario.does('police', 'security.assess', assess);
    expect(waits()).toEqual(['security.liftAcute']);
    expect(scenario.refusal('municipal', 'security.liftAcute', { why: 'Anholdt' }).rule).toBe('FM-CNF-2');
    scenario.does('police', 'security.liftAcute', { why: 'Anholdt' });
    expect([acuteThreat(scenario.state), waits(), alerted(scenario)]).toEqual([undefined, [], []]);
    expect(scenario.refusal('police', 'security.liftAcute', { why: 'Igen' }).rule).toBe('FM-SEC-3');
  });

  it('asks for one assessment and not two (FM-SEC-1)', () => {
    const { state } = inCourse().does('municipal', 'security.raiseAcute');
    expect(taskRows(state).filter((row) => row.mine && row.command === 'security.assess').map((row) => row.key)).toEqual(['acute.assess']);
  });
});
