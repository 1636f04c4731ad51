import { describe, expect, it } from 'vitest';
import { draftsOf, messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import { people } from '../../../tests/support/people.js';
import { aCase, type Scenario } from '../../../tests/support/scenario.js';
import { seesEvent, seesFact, seesProgress } from '../access/core-view.js';
import { NEWS_TYPES } from '../access/news.js';
import { readsScope } from '../access/scopes.js';
import { membershipsOf } from './circle.js';
import { taskRows } from './follows.js';
import { openScreening } from './screening.js';

const ask = { screener: people.screener.user, what: 'Grupper i åbne profiler' };
const search = { where: 'Et socialt medie', found: 'yes', text: 'Et billede med tidligere venner' };
const persons = { persons: [{ who: 'Kaldenavn Bro', level: 'risk', why: 'Har truet offentligt' }] };
const handOver = { risk: 'yes', text: 'En person med risikoprofil' };

const asked = (): Scenario => aCase().does('police', 'screening.ask', ask);
const idOf = ({ state }: Scenario): string => openScreening(state)?.id ?? '';
const scope = (kind: 'identity' | 'general' | 'police' | 'card' | 'address', subject = '') => ({ kind, subject, generation: 1 });

describe('the security screening', () => {
  it('puts whom police asks into the case, to identity and his own entries and to nothing else (FM-SEC-2)', () => {
    const scenario = asked();
    const { state } = scenario;
    expect(membershipsOf(state, people.screener.user).map((one) => one.role)).toEqual(['screening']);
    const reads = (one: ReturnType<typeof scope>) => readsScope(state, people.screener.user, one);
    expect([reads(scope('identity')), reads(scope('police', idOf(scenario)))]).toEqual([true, true]);
    expect([scope('general'), scope('police'), scope('police', 'another'), scope('card'), scope('address')].map(reads)).toEqual([false, false, false, false, false]);
    expect(seesProgress(state, people.screener.user)).toBe(false);
    expect(seesFact(state, people.screener, 'security')).toBe(false);
  });

  it('is asked for by police alone, of somebody whose function it is and who is not shut out (FM-SEC-2)', () => {
    expect(aCase().refusal('municipal', 'screening.ask', ask).rule).toBe('FM-CNF-2');
    const unknown = aCase().refusal('police', 'screening.ask', { ...ask, screener: people.odense.user });
    const barred = aCase().does('municipal', 'circle.exclude', { user: people.screener.user, reason: 'Fætter' }).refusal('police', 'screening.ask', ask);
    expect([unknown.rule, unknown.field]).toEqual(['FM-SEC-2', 'screener']);
    expect(barred).toEqual(unknown);
    expect(asked().refusal('police', 'screening.ask', ask).field).toBe('screener');
  });

  it('writes all its words where police and this screener alone read them, and of persons nothing in the core (FM-SEC-2)', () => {
    const scenario = asked();
    const mine = scope('police', idOf(scenario));
    const own = `police:${mine.subject}`;
    expect(scopesOf(scenario.tries('screener', 'screening.recordSearch', search))).toEqual([own]);
    scenario.does('screener', 'screening.recordSearch', search);
    const told = scenario.tries('screener', 'screening.assessThreat', persons);
    expect(scopesOf(told)).toEqual([own]);
    expect(JSON.stringify(draftsOf(told).map((one) => one.event))).not.toMatch(/Bro|risk/);
    for (const who of ['municipal', 'probation', 'custody'] as const) expect(readsScope(scenario.state, people[who].user, mine)).toBe(false);
  });

  it('goes from search to assessment to handing over, and says what is missing (FM-SEC-2)', () => {
    const scenario = asked();
    expect(scenario.refusal('screener', 'screening.assessThreat', persons).detail).toContain('søgt');
    expect(scenario.refusal('screener', 'screening.handOver', handOver).rule).toBe('FM-SEC-2');
    expect(scenario.refusal('screener', 'screening.recordSearch', { where: 'Et medie', found: 'yes' }).field).toBe('text');
    expect(scenario.refusal('screener', 'screening.recordSearch', { ...search, on: '2026-11-03' }).field).toBe('on');
    expect(messageAt(scenario.tries('screener', 'screening.assessThreat', { persons: [] }), 'persons')).toContain('mindst én');
    scenario.does('screener', 'screening.recordSearch', { where: 'Et nyhedsarkiv', found: 'no' }).does('screener', 'screening.assessThreat', persons);
    expect(scenario.refusal('police', 'screening.handOver', handOver).rule).toBe('FM-CNF-2');
  });

  it('ends the screener’s membership when it is handed over, and police reads it at once (FM-SEC-2)', () => {
    const scenario = asked();
    const screening = idOf(scenario);
    scenario.does('screener', 'screening.recordSearch', search).does('screener', 'screening.assessThreat', persons).does('screener', 'screening.handOver', handOver);
    expect(membershipsOf(scenario.state, people.screener.user)).toEqual([]);
    expect(readsScope(scenario.state, people.screener.user, scope('police', screening))).toBe(false);
    const reading = () => taskRows(scenario.state).filter((row) => row.key.startsWith('screening'));
    expect(reading()).toMatchObject([{ reader: people.police.user, mine: true, due: '2026-11-03', command: 'security.assess' }]);
    scenario.does('police', 'security.assess', { occasion: 'before-agreement', level: 'high', text: 'Alvorligt' });
    expect(reading()).toEqual([]);
  });

  it('waits for the screener with a day for each part, and for police when it is late; the others get no line of it (FM-SEC-2, FM-WORK-1)', () => {
    const scenario = asked();
    const rows = () => taskRows(scenario.state).filter((row) => row.key.startsWith('screening'));
    const of = (who: 'screener' | 'police') => rows().filter((row) => row.reader === people[who].user && row.mine).map((row) => [row.command, row.due]);
    expect(of('screener')).toEqual([['screening.recordSearch', '2026-11-05']]);
    expect(of('police')).toEqual([['screening.ask', '2026-11-18']]);
    expect(new Set(rows().map((row) => row.reader))).toEqual(new Set([people.police.user, people.screener.user]));
    scenario.does('screener', 'screening.recordSearch', search);
    expect(of('screener')).toEqual([['screening.assessThreat', '2026-11-11']]);
  });

  it('is known to police and its screener alone, on the time line and among the news (FM-SEC-2, FM-CNF-4)', () => {
    const scenario = asked();
    const event = scenario.stream.find((one) => one.event.type === 'ScreeningAsked');
    const sees = (who: keyof typeof people) => event !== undefined && seesEvent(scenario.state, people[who].user, event);
    expect([sees('police'), sees('screener'), sees('municipal'), sees('probation'), sees('screener2')]).toEqual([true, true, false, false, false]);
    expect(NEWS_TYPES.filter((type) => type.startsWith('Screening'))).toEqual([]);
    const taken = scenario.stream.find((one) => one.event.type === 'InquiryTaken');
    expect(taken !== undefined && seesEvent(scenario.state, people.screener.user, taken)).toBe(false);
  });

  it('is taken over by another who is asked, who does not read the first one’s words (FM-SEC-2)', () => {
    const scenario = asked().does('screener', 'screening.recordSearch', search);
    const first = idOf(scenario);
    scenario.does('police', 'screening.ask', { ...ask, screener: people.screener2.user });
    expect(membershipsOf(scenario.state, people.screener.user)).toEqual([]);
    expect(readsScope(scenario.state, people.screener2.user, scope('police', first))).toBe(false);
    expect(readsScope(scenario.state, people.screener2.user, scope('police', idOf(scenario)))).toBe(true);
    expect(readsScope(scenario.state, people.police.user, scope('police', first))).toBe(true);
  });

  it('waits for police to ask another when the screener has left the circle (FM-WORK-1)', () => {
    const scenario = asked().does('municipal', 'circle.remove', { user: people.screener.user, reason: 'Andet arbejde' });
    expect(taskRows(scenario.state).filter((row) => row.mine && row.key.startsWith('screening'))).toMatchObject([{ reader: people.police.user, due: '2026-11-03', command: 'screening.ask' }]);
  });
});
