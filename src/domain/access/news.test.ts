import { describe, expect, it } from 'vitest';
import { withTreatment } from '../../../tests/support/agreement-states.js';
import { aDischargedCase } from '../../../tests/support/course-states.js';
import { anAcceptedCase } from '../../../tests/support/assessment-states.js';
import { people } from '../../../tests/support/people.js';
import { seesEvent } from './core-view.js';
import { NEWS_TYPES } from './news.js';

describe('the facts that every full member may know of (FM-WORK-1, FM-CNF-4)', () => {
  it.each(['police', 'municipal', 'probation'] as const)('are seen by %s, every one of a whole course', (who) => {
    for (const { state, stream } of [aDischargedCase(), withTreatment(anAcceptedCase())]) {
      const news = stream.filter(({ event }) => NEWS_TYPES.includes(event.type));
      expect(news.length).toBeGreaterThan(5);
      expect(news.filter((one) => !seesEvent(state, people[who].user, one))).toEqual([]);
    }
  });

  it('are none of those that police does not see of a treatment, and no entry of the journal', () => {
    const { state, stream } = withTreatment(anAcceptedCase());
    const hidden = stream.filter((one) => !seesEvent(state, people.police.user, one)).map(({ event }) => event.type);
    expect(new Set(hidden)).toEqual(new Set(['MemberAdded', 'MeasureProposed', 'MeasureRequested']));
    expect(NEWS_TYPES.filter((type) => hidden.includes(type) || type === 'NoteAdded')).toEqual([]);
  });
});
