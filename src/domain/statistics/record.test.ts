import { describe, expect, it } from 'vitest';
import { aCaseInCourse, granted, latestMeasure, withPlacement } from '../../../tests/support/agreement-states.js';
import { aCompletedCase } from '../../../tests/support/course-states.js';
import { type ExitCase, fold } from '../exit-case/case.js';
import { addDays, type PlainDate } from '../kernel/time.js';
import { figureRecords } from './record.js';

describe('what a command adds to the figures about measures (FM-STA-2, FM-STA-3)', () => {
  const inCourse = () => granted(withPlacement(aCaseInCourse('2026-03-02').days(10)), 'jobcentre').days(8);
  /** The case with all of its measures started that day. */
  const started = (state: ExitCase, on: PlainDate): ExitCase => ({ ...state, measures: { measures: state.measures.measures.map((one) => ({ ...one, startedOn: on })) } });
  const typesOf = ({ measures }: ExitCase): readonly string[] => [...new Set(measures.measures.map(({ measureType }) => measureType))].sort();
  const inOrder = (types: readonly { readonly type: string }[]) => types.map(({ type }) => type).sort();

  it('is the day it was started, and no new standing', () => {
    const scenario = inCourse();
    const [before, on, first] = [scenario.state, addDays(scenario.today, -8), latestMeasure(scenario)];
    scenario.does('jobcentre', 'measure.start', { measure: first, on });
    const type = scenario.state.measures.measures.find(({ id }) => id === first)?.measureType;
    expect(figureRecords(before, scenario.state, scenario.stream.slice(-1))).toEqual({ started: [{ type, from: on }], held: [] });
  });

  it('is the first day of a type: a second of it adds nothing, unless it was started sooner', () => {
    const { state, today: day } = inCourse();
    const twice = (sooner: PlainDate): ExitCase => {
      const [one] = state.measures.measures;
      if (one === undefined) throw new Error('no measure');
      return { ...state, measures: { measures: [{ ...one, startedOn: day }, { ...one, startedOn: sooner }] } };
    };
    const once: ExitCase = { ...state, measures: { measures: twice(day).measures.measures.slice(0, 1) } };
    const type = once.measures.measures[0]?.measureType;
    expect(figureRecords(once, twice(addDays(day, 3)), []).started).toEqual([]);
    expect(figureRecords(once, twice(addDays(day, -3)), []).started).toEqual([{ type, from: addDays(day, -3) }]);
  });

  it('is told again where a standing takes the place of those days, and not where it began after', () => {
    const { state } = inCourse();
    const since = state.course.since;
    if (since === undefined) throw new Error('a course runs');
    const [before, types] = [{ ...state, course: { ...state.course, status: 'none' as const } }, typesOf(state)];
    const told = (on: PlainDate) => figureRecords(started(before, on), started(state, on), []);
    expect(told(addDays(since, 3)).standing).toMatchObject({ standing: 'course', from: since, measures: [] });
    expect(inOrder(told(addDays(since, 3)).started)).toEqual(types);
    expect(told(since)).toMatchObject({ standing: { measures: types }, started: [] });
  });

  it('stands whole at what ended the case, also what was started after', () => {
    const { state, stream, today: ended } = aCompletedCase('2026-03-02');
    const before = fold(stream.slice(0, stream.findIndex((_, n) => fold(stream.slice(0, n + 1)).course.status === 'completed')));
    const late = addDays(ended, 3);
    expect(figureRecords(started(before, late), started(state, late), [])).toMatchObject({ standing: { standing: 'completed', from: ended, measures: typesOf(state) }, started: [] });
  });
});
