import { aDischargedCase } from '../../../tests/support/course-states.js';
import { describe, expect, it } from 'vitest';
import { draftsOf, fieldsIn, messageAt, scopesOf } from '../../../tests/support/outcomes.js';
import { people } from '../../../tests/support/people.js';
import { aCase, aCustodyCase, type Scenario } from '../../../tests/support/scenario.js';
import { allWithdrawn, saysNo } from '../../../tests/support/agreement-states.js';

const text = 'Ringet op kl. 14';
const consent = {
  kinds: ['personal'],
  authorities: [people.police.authority, people.municipal.authority, people.probation.authority],
  language: 'da',
  textVersion: '2018-1',
  evidence: { signedOn: '2026-11-02', keptAt: 'Sag 4711' },
};
/** The entry of the first note in the case. */
const entryOf = (scenario: Scenario) => {
  const [first] = scenario.events('NoteAdded');
  return first?.type === 'NoteAdded' ? first.entry : undefined;
};
const note = (scenario: Scenario, entry: object = {}) => scenario.tries('municipal', 'journal.add', { text, kind: 'personal', ...entry });

describe('a journal note', () => {
  it('bears author and time and is locked: it can only be added to (FM-WORK-2)', () => {
    const scenario = aCase().does('municipal', 'journal.add', { text, kind: 'personal' });
    expect(scenario.stream.at(-1)).toMatchObject({
      actor: people.municipal.user,
      at: scenario.now,
      event: { type: 'NoteAdded', phone: false },
    });
  });

  it('is corrected by an addition, and the first stays as it was written (FM-WORK-2)', () => {
    const scenario = aCase().does('municipal', 'journal.add', { text, kind: 'personal' });
    const [first] = scenario.events('NoteAdded');
    const entry = entryOf(scenario);
    scenario.does('municipal', 'journal.correct', { entry, text: 'Det var kl. 15', kind: 'personal' });
    expect(scenario.events('NoteAdded')).toEqual([first]);
    expect(scenario.events('NoteCorrected')).toMatchObject([{ corrects: entry }]);
  });

  it('refuses a correction of nothing (FM-WORK-2)', () => {
    expect(messageAt(aCase().tries('municipal', 'journal.correct', { text, kind: 'personal' }), 'entry')).toBe('Vælg det notat, der skal rettes');
    expect(
      aCase().refusal('municipal', 'journal.correct', { text, entry: '22222222-0000-4000-8000-000000000000', kind: 'personal' }),
    ).toMatchObject({ rule: 'FM-WORK-2', field: 'entry' });
  });

  it('refuses to stand empty (FM-WORK-2)', () => {
    expect(messageAt(aCase().tries('municipal', 'journal.add', { text: '   ', kind: 'personal' }), 'text')).toBe('Skriv notatet');
  });

  it('keeps its words out of the core (FM-CNF-4)', () => {
    expect(JSON.stringify(draftsOf(note(aCase())).map((draft) => draft.event))).not.toContain('Ringet');
  });

  it('is written by full members of the circle alone (FM-CNF-2)', () => {
    expect(aCase().refusal('municipal2', 'journal.add', { text, kind: 'personal' }).rule).toBe('FM-CNF-2');
    expect(aCase().refusal('jobcentre', 'journal.add', { text, kind: 'personal' }).rule).toBe('FM-CNF-2');
  });
});

describe('where a note lies', () => {
  it.each([
    ['journal.add', {}],
    ['journal.correct', { entry: '22222222-0000-4000-8000-000000000000' }],
    ['meeting.record', { participants: 'Jonas', heldAt: '2026-11-02T08:00:00.000Z' }],
  ])('is chosen by whoever writes, never for him: %s without it is refused (FM-CNF-4)', (command, more) => {
    expect(messageAt(aCase().tries('municipal', command, { text, ...more }), 'kind')).toBe('Vælg, hvad notatet handler om');
  });

  it.each([
    ['personal', 'general'],
    ['social', 'general'],
    ['criminal', 'general'],
    ['social-problems', 'general'],
    ['private', 'general'],
    ['health', 'health'],
    ['abuse', 'health'],
    ['economic', 'economy'],
  ])('follows what it is about: %s in %s (FM-CNF-4)', (kind, scope) => {
    expect(scopesOf(note(aCase(), { kind }))).toEqual([scope]);
  });

  it('refuses police a note on health or economy: police does not read them either (FM-CNF-4)', () => {
    for (const kind of ['health', 'abuse', 'economic']) {
      expect(aCase().refusal('police', 'journal.add', { text, kind })).toMatchObject({ rule: 'FM-CNF-4', field: 'kind' });
    }
  });

  it("is the authority's own scope when nobody else is to read it (FM-CNF-4)", () => {
    expect(scopesOf(aCase().tries('police', 'journal.add', { text, own: true, kind: 'personal' }))).toEqual(['police']);
    expect(scopesOf(aCase().tries('probation', 'journal.add', { text, own: true, kind: 'personal' }))).toEqual(['probation']);
    expect(scopesOf(aCustodyCase().tries('custody', 'journal.add', { text, own: true, kind: 'personal' }))).toEqual(['probation']);
  });

  it('refuses an own scope to an authority that has none in the case (FM-CNF-4)', () => {
    expect(aCase().refusal('municipal', 'journal.add', { text, own: true, kind: 'personal' })).toMatchObject({ rule: 'FM-CNF-4', field: 'own' });
  });
});

describe('sharing a note', () => {
  it('rests on law until the candidate has answered about consent (FM-CON-3)', () => {
    expect(scopesOf(note(aCase(), { kind: 'criminal' }))).toEqual(['general']);
  });

  it('rests on consent for the kinds it names (FM-CON-1, FM-CON-3)', () => {
    const scenario = aCase().does('municipal', 'consent.give', consent);
    expect(scopesOf(note(scenario, { kind: 'personal' }))).toEqual(['general']);
    expect(scenario.refusal('municipal', 'journal.add', { text, kind: 'social' })).toMatchObject({
      rule: 'FM-CON-3',
      field: 'kind',
      rests: ['consent'],
    });
  });

  it.each<[string, (scenario: Scenario) => object]>([
    ['journal.add', () => ({})],
    ['meeting.record', () => ({ participants: 'Jonas', heldAt: '2026-11-02T08:00:00.000Z' })],
    ['journal.correct', (scenario) => ({ entry: entryOf(scenario) })],
  ])('is refused to %s after a no: law is no fallback (FM-CON-3)', (command, more) => {
    const scenario = aCase().does('municipal', 'journal.add', { text, kind: 'personal' }).does('municipal', 'consent.refuse', saysNo);
    expect(scenario.refusal('municipal', command, { text, kind: 'personal', ...more(scenario) })).toMatchObject({ rule: 'FM-CON-3', field: 'kind' });
  });

  it('is refused after consent was withdrawn (FM-CON-2, FM-CON-3)', () => {
    const scenario = aCase().does('municipal', 'consent.give', consent).does('municipal', 'consent.withdraw', allWithdrawn);
    expect(scenario.refusal('municipal', 'journal.add', { text, kind: 'personal' })).toMatchObject({ rule: 'FM-CON-3', field: 'kind' });
  });

  it("is not what an authority's own note does: that needs no consent (FM-CON-3)", () => {
    const scenario = aCase().does('municipal', 'consent.refuse', saysNo);
    expect(scopesOf(scenario.tries('police', 'journal.add', { text, own: true, kind: 'personal' }))).toEqual(['police']);
  });
});

describe('the record of a meeting', () => {
  const meeting = { heldAt: '2026-11-02T08:00:00.000Z', participants: 'Emil, Jonas', text: 'Gennemgik planen', kind: 'personal' };

  it('says when, who took part, what was said and what was agreed (FM-WORK-2)', () => {
    const outcome = aCase().tries('municipal', 'meeting.record', { ...meeting, agreed: 'Nyt møde om 14 dage' });
    expect(fieldsIn(outcome, 'general')).toEqual(['participants', 'text', 'agreed']);
    expect(draftsOf(outcome).map((draft) => draft.event)).toMatchObject([{ type: 'MeetingRecorded', heldAt: meeting.heldAt }]);
  });

  it('refuses a meeting that has not been held (FM-WORK-2)', () => {
    expect(aCase().refusal('municipal', 'meeting.record', { ...meeting, heldAt: '2026-11-03T08:00:00.000Z' })).toMatchObject({
      rule: 'FM-WORK-2',
      field: 'heldAt',
    });
  });

  it('refuses police a meeting on health (FM-CNF-4)', () => {
    expect(aCase().refusal('police', 'meeting.record', { ...meeting, kind: 'health' }).rule).toBe('FM-CNF-4');
  });
});

describe('a closed case', () => {
  it.each([
    ['journal.add', { text: 'Efterskrift', kind: 'personal' }],
    ['person.update', { alias: 'Em' }],
    ['safeContact.set', { safeContact: 'Ring aldrig', digitalPost: 'never' }],
    ['circle.declareConflict', { reason: 'Fætter' }],
  ] as const)('takes no more: %s (FM-END-4)', (name, input) => {
    expect(aDischargedCase().refusal('municipal', name, input).rests).toContain('ending');
  });
});
