import { describe, expect, it } from 'vitest';
import { aDischargedCase } from '../../../tests/support/course-states.js';
import { ENTRY_KINDS } from './journal.js';
import { EVENT_CATEGORIES, eventCategory, eventTitle } from './event-titles.js';

describe('what a happening is to who looks for it (FM-WORK-6)', () => {
  it.each([
    ['ConclusionSubmitted', 'decision'], ['CaseRefused', 'decision'], ['MeasureDecided', 'decision'], ['SecurityAssessed', 'decision'], ['CourseInterrupted', 'decision'],
    ['InquiryRegistered', 'contact'], ['HearingAnswered', 'contact'], ['FollowUpHeld', 'contact'], ['SafeContactSet', 'contact'],
    ['DisclosureRecorded', 'disclosure'], ['QuestionAsked', 'disclosure'], ['InquiryConveyed', 'disclosure'],
    ['MeasureStarted', 'other'], ['MemberAdded', 'other'], ['QuestionWithdrawn', 'other'],
  ] as const)('%s is of the category %s', (type, category) => {
    expect(eventCategory(type)).toBe(category);
  });

  it('the journal’s entries and nothing of the stream that rules fold are notes', () => {
    expect(ENTRY_KINDS.map(eventCategory)).toEqual(['note', 'note', 'note', 'note']);
    expect(aDischargedCase().stream.filter(({ event }) => eventCategory(event.type) === 'note')).toEqual([]);
  });

  it('a whole course has a title and a category for everything that happened', () => {
    const { stream } = aDischargedCase();
    expect(stream.filter(({ event }) => eventTitle(event) === '')).toEqual([]);
    expect(new Set(stream.map(({ event }) => eventCategory(event.type)))).toEqual(new Set(EVENT_CATEGORIES.filter((one) => one !== 'note' && one !== 'disclosure')));
  });
});
