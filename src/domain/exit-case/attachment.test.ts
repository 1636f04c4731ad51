import { describe, expect, it } from 'vitest';
import { seesEvent } from '../access/core-view.js';
import { anAcceptedCaseWithConsent, partWithdrawn } from '../../../tests/support/agreement-states.js';
import { aCase, type Scenario } from '../../../tests/support/scenario.js';
import { people } from '../../../tests/support/people.js';
import { MOST_BYTES, sizeClassOf } from './attachment.js';

const input = { title: 'Udtalelse fra lægen', kind: 'personal', name: 'mette hansen.pdf' };
const withFile = (scenario: Scenario): Scenario => Object.assign(scenario, { file: { format: 'pdf', bytes: 90_000 } as const });

describe('a file laid in a case', () => {
  it('is an entry of the journal, with name, title and length among its words and only its size class in the core (FM-WORK-2)', () => {
    const outcome = withFile(aCase()).tries('municipal', 'attachment.add', input);
    expect(outcome).toMatchObject([{ event: { type: 'AttachmentAdded', kind: 'personal', scope: 'general', sizeClass: 1 }, bodies: [{ scope: { kind: 'general' }, content: { format: 'pdf', bytes: 90_000 } }] }]);
    expect(JSON.stringify((outcome as readonly { event: object }[])[0]?.event)).not.toMatch(/90.?000|pdf|mette|læge/i);
  });

  it('refuses without a file, and says so at its field (FM-WORK-2)', () => {
    expect(aCase().refusal('municipal', 'attachment.add', input)).toMatchObject({ rule: 'FM-WORK-2', field: 'file' });
  });

  it('refuses whoever is not in the circle (FM-CNF-2)', () => {
    expect(withFile(aCase()).refusal('policeFyn', 'attachment.add', input).rule).toBe('FM-CNF-2');
  });

  it.each([['health', 'health'], ['economic', 'economy'], ['social', 'general']])('about %s goes to the scope %s, as a note does (FM-CNF-4)', (kind, scope) => {
    expect(withFile(aCase()).tries('municipal', 'attachment.add', { ...input, kind })).toMatchObject([{ event: { scope }, bodies: [{ scope: { kind: scope } }] }]);
  });

  it('refuses one on health by police, and takes it for police alone (FM-CNF-4)', () => {
    expect(withFile(aCase()).refusal('police', 'attachment.add', { ...input, kind: 'health' })).toMatchObject({ rule: 'FM-CNF-4', field: 'kind' });
    expect(withFile(aCase()).tries('police', 'attachment.add', { ...input, kind: 'health', own: true })).toMatchObject([{ event: { scope: 'police' } }]);
    expect(withFile(aCase()).refusal('municipal', 'attachment.add', { ...input, own: true })).toMatchObject({ rule: 'FM-CNF-4', field: 'own' });
  });

  it('refuses what consent does not allow to be shared, as of a note (FM-CON-2, FM-CON-3)', () => {
    const withdrawn = withFile(anAcceptedCaseWithConsent()).does('municipal', 'consent.withdraw', partWithdrawn({ kinds: ['social'] }));
    expect(withdrawn.refusal('municipal', 'attachment.add', { ...input, kind: 'social' })).toMatchObject({ rule: 'FM-CON-3', field: 'kind' });
  });

  it('is not known of by who does not read its scope (FM-WORK-6)', () => {
    const scenario = withFile(aCase()).does('municipal', 'attachment.add', { ...input, kind: 'health' });
    const told = scenario.stream.find(({ event }) => event.type === 'AttachmentAdded');
    if (!told) throw new Error('no event');
    expect(seesEvent(scenario.state, people.police.user, told)).toBe(false);
    expect(seesEvent(scenario.state, people.probation.user, told)).toBe(true);
  });

  it('is corrected by addition, as a note is (FM-WORK-2)', () => {
    const scenario = withFile(aCase()).does('municipal', 'attachment.add', input);
    const [added] = scenario.events('AttachmentAdded');
    if (added?.type !== 'AttachmentAdded') throw new Error('no event');
    expect(scenario.does('municipal', 'journal.correct', { entry: added.entry, text: 'Det er side 2, der mangler', kind: 'personal' }).events('NoteCorrected')).toHaveLength(1);
  });

  it.each([[0, 0], [64 * 1024, 0], [64 * 1024 + 1, 1], [128 * 1024, 1], [128 * 1024 + 1, 2], [MOST_BYTES, 10]])('of %i bytes is of class %i', (bytes, size) => {
    expect(sizeClassOf(bytes)).toBe(size);
  });
});
