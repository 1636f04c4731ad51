import { describe, expect, it } from 'vitest';
import { anAcceptedCaseWithConsent, aCaseInCourse, granted, latestMeasure, withPlacement, withTreatment } from '../../tests/support/agreement-states.js';
import { openedFor } from '../../tests/documents/opened.js';
import { knownDate } from '../domain/kernel/time.js';
import { people, type PersonName } from '../../tests/support/people.js';
import type { Scenario } from '../../tests/support/scenario.js';
import { happenings } from './case-view.js';
import { eventAbout } from './event-about.js';

/** The time line as somebody reads it: '<title>: <what it is about>'. */
const linesOf = (scenario: Scenario, who: PersonName): readonly string[] =>
  happenings(openedFor(scenario, who, ['card'])).map(({ title, about }) => (about === undefined ? title : `${title}: ${about}`));

describe('what an event is about, as far as the reader may know (FM-WORK-6, FM-CNF-4)', () => {
  it('names the measure, the seat and the party', () => {
    const lines = linesOf(granted(withPlacement(aCaseInCourse()), 'jobcentre'), 'municipal');
    expect(lines).toEqual(expect.arrayContaining([
      'Tiltag afgjort: Virksomhedspraktik', 'Politiet har afgivet sin vurdering', 'En part har tiltrådt aftalen: kandidaten', 'En part har tiltrådt aftalen: enheden',
      'Oplysninger indhentet: Københavns Vestegns Politi', 'Det er besluttet, hvem der skriver aftalen: Kommunen', 'En part har tiltrådt aftalen: Jobcenter Ishøj', 'En myndighed har givet sit bidrag til aftalen: Ishøj Kommune',
    ]));
  });

  it('names a treatment to the municipality and its owner, and no line of it stands there for police', () => {
    const scenario = withTreatment(anAcceptedCaseWithConsent());
    const title = 'Tiltag ansøgt: Social behandling for stofmisbrug';
    expect(linesOf(scenario, 'municipal')).toContain(title);
    expect(linesOf(scenario, 'treatment')).toContain(title);
    const before = linesOf(anAcceptedCaseWithConsent(), 'police');
    expect(linesOf(scenario, 'police')).toEqual(before);
  });

  it('does not name the measure to police even of an event that police itself recorded', () => {
    const { state } = withTreatment(anAcceptedCaseWithConsent());
    const measure = state.measures.measures[0]?.id ?? '';
    const event = { type: 'MeasureStopped', measure, on: '2026-11-02' } as never;
    expect(eventAbout(state, people.municipal.user, event)).toBe('Social behandling for stofmisbrug');
    expect(eventAbout(state, people.police.user, event)).toBeUndefined();
  });

  it('does not name a party to police that is one by a treatment alone', () => {
    const scenario = withTreatment(anAcceptedCaseWithConsent());
    const accession = { type: 'PartyAcceded', party: people.treatment.authority, version: 1, on: scenario.today, measures: [latestMeasure(scenario)], words: [] } as const;
    expect(eventAbout(scenario.state, people.municipal.user, accession)).toBe('Misbrugscenter Ishøj');
    expect(eventAbout(scenario.state, people.police.user, accession)).toBeUndefined();
  });

  it('does not name an authority to police that is in the case by a treatment alone, and names the others', () => {
    const { state } = withTreatment(anAcceptedCaseWithConsent());
    const allowed = (authority: string) => ({ type: 'ContactExceptionAllowed', authority, supervision: false, since: knownDate('2026-11-02') }) as const;
    expect(eventAbout(state, people.police.user, allowed(people.treatment.authority))).toBeUndefined();
    expect(eventAbout(state, people.municipal.user, allowed(people.treatment.authority))).toBe('Misbrugscenter Ishøj');
    expect(eventAbout(state, people.police.user, allowed(people.municipal.authority))).toBe('Ishøj Kommune');
  });

  it('does not name who got something: the name would be missing just where the kind is hidden', () => {
    const { state } = anAcceptedCaseWithConsent();
    const event = { type: 'DisclosureRecorded', on: knownDate('2026-11-02'), kind: 'personal', to: people.treatment.authority, basis: 'consent', notForInvestigating: false } as const;
    for (const who of ['police', 'municipal'] as const) expect(eventAbout(state, people[who].user, event)).toBeUndefined();
  });
});
