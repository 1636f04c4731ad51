import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { practiceOf } from './practice.js';
import { practiceRows } from './practice-question.js';

/** A whole divided: how many of it are in each part. */
type Parts = readonly number[];
const sum = (parts: Parts): number => parts.reduce((all, n) => all + n, 0);
/** Every way in which so many can be divided. */
const divisions = (whole: number, parts: number): readonly Parts[] =>
  parts === 1 ? [[whole]] : Array.from({ length: whole + 1 }, (_, first) => divisions(whole - first, parts - 1).map((rest) => [first, ...rest])).flat();
/** Every choice of some of the parts but none and all: what may be reckoned of a whole is the sum of one of these. */
const choices = (parts: number): readonly (readonly number[])[] =>
  Array.from({ length: 2 ** parts - 2 }, (_, nth) => Array.from({ length: parts }, (__, part) => part).filter((part) => ((nth + 1) >> part) % 2 === 1));
const isFew = (n: number): boolean => n > 0 && n < 5;

/** What Fyn is told of the country: on time and not held, of parts on time, late and not held. */
const ofFollowUps = (own: Parts, others: Parts): unknown => {
  const [onTime, late] = [0, 1].map((part) => (own[part] ?? 0) + (others[part] ?? 0));
  const { onTime: first, notHeld } = practiceRows(practiceOf({
    steps: [], followUps: [{ unit: null, due: sum(own) + sum(others), onTime: onTime ?? 0, late: late ?? 0 }, { unit: 'fyn', due: sum(own), onTime: own[0] ?? 0, late: own[1] ?? 0 }],
  }, []), 'fyn')?.country ?? {};
  return [first, notHeld];
};
/** The same of courses that lack something and that do not. */
const ofCourses = (own: Parts, others: Parts): unknown => {
  const of = (unit: string | null, courses: number, part: number) => ({ unit, courses, lacking: part, unplanned: courses, unmeasured: part });
  const { lacking, unmeasured } = practiceRows(practiceOf({ steps: [], followUps: [] }, [of(null, sum(own) + sum(others), (own[0] ?? 0) + (others[0] ?? 0)), of('fyn', sum(own), own[0] ?? 0)]), 'fyn')?.country ?? {};
  return [lacking, unmeasured];
};

/**
 * What a reader can reckon who knows his own, how many the others are in all, and this program: all that the others may be, when he was told what he was told. Of every sum of parts that is the same in all of them
 * he knows the number.
 */
function reckoned(told: (own: Parts, others: Parts) => unknown, own: Parts, others: number): readonly number[] {
  const alike = new Map<string, Parts[]>();
  for (const world of divisions(others, own.length)) {
    const words = JSON.stringify([told(own, world)], (_, value: unknown) => (value === undefined ? 'none' : value));
    alike.set(words, [...(alike.get(words) ?? []), world]);
  }
  return [...alike.values()].flatMap((worlds) => choices(own.length).flatMap((choice) => {
    const sums = new Set(worlds.map((world) => sum(choice.map((part) => world[part] ?? 0))));
    return sums.size === 1 ? [...sums] : [];
  }));
}

// What the courses lack are three shares that divide nothing between them: how many lack two of them at once follows only where one of them is all or none, and is then the other share.
const some = fc.integer({ min: 5, max: 24 });
const few = fc.integer({ min: 0, max: 7 });
describe('what a unit can reckon of the others from the country’s row, its own known to it (FM-NCP-5, FM-STA-4)', () => {
  it('is nothing of fewer than five follow-ups: on time, late, not held, and any two of these', () => {
    fc.assert(fc.property(fc.tuple(few, few, few), some, (own, others) => { expect(reckoned(ofFollowUps, own, others).filter(isFew)).toEqual([]); }), { numRuns: 25 });
  });

  it('is nothing of fewer than five courses that lack something, or do not', () => {
    fc.assert(fc.property(fc.tuple(few, few), some, (own, others) => { expect(reckoned(ofCourses, own, others).filter(isFew)).toEqual([]); }), { numRuns: 100 });
  });

  it('is nothing at all of fewer than five others', () => {
    for (const [told, own] of [[ofFollowUps, [6, 1, 3]], [ofCourses, [4, 8]]] as const) {
      for (const others of [1, 2, 3, 4]) expect(new Set(divisions(others, own.length).map((world) => JSON.stringify(told(own, world))))).toEqual(new Set(['[null,null]']));
    }
  });

  it('is something, where there are enough', () => {
    expect(new Set(reckoned(ofFollowUps, [6, 0, 0], 24)).size).toBeGreaterThan(5);
    expect(new Set(reckoned(ofCourses, [6, 0], 24)).size).toBeGreaterThan(5);
  });
});
