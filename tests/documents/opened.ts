import { documentData, DOCUMENT_KINDS, type WrittenDocument } from '../../src/app/documents.js';
import type { OpenedCase } from '../../src/app/open-case.js';
import { generationOf, readsScope } from '../../src/domain/access/scopes.js';
import { fold, type RecordedEvent } from '../../src/domain/exit-case/case.js';
import { isJournalEvent } from '../../src/domain/exit-case/journal.js';
import type { BodyDraft } from '../../src/domain/kernel/command.js';
import { Prose } from '../../src/domain/kernel/prose-text.js';
import type { OpenBody } from '../../src/store/case-rows.js';
import { people, type PersonName } from '../support/people.js';
import { type Outcome, Scenario } from '../support/scenario.js';

/** A scenario forgets the texts: here they are kept beside the events they came with. */
const texts = new WeakMap<object, readonly BodyDraft[]>();

/** From now on every scenario of the file keeps its texts; call it before the first. */
export function keepTexts(): void {
  const tries: (this: Scenario, who: PersonName, name: string, input?: object) => Outcome = Reflect.get(Scenario.prototype, 'tries');
  Scenario.prototype.tries = function kept(who, name, input) {
    const outcome = tries.call(this, who, name, input);
    if (Array.isArray(outcome)) for (const { event, bodies } of outcome as readonly { event: object; bodies?: readonly BodyDraft[] }[]) texts.set(event, bodies ?? []);
    return outcome;
  };
}

const reveal = (value: unknown): unknown => {
  if (value instanceof Prose) return Prose.read(value);
  if (Array.isArray(value)) return value.map(reveal);
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, reveal(one)]));
  return value;
};

/** The case as it would open for somebody: all its events, and of the texts those he reads and the page asks for. */
export function openedFor({ stream, state }: Scenario, who: PersonName, kinds: readonly string[] = DOCUMENT_KINDS): OpenedCase {
  const actor = people[who];
  const bodiesOf = ({ event, version }: RecordedEvent): readonly OpenBody[] => {
    const then = fold(stream.filter((one) => one.version <= version));
    return (texts.get(event) ?? []).flatMap(({ scope, content }) => {
      const row = { id: '', kind: scope.kind, subject: scope.subject ?? '', generation: generationOf(then, scope) };
      return kinds.includes(scope.kind) && readsScope(state, actor.user, row) ? [{ scope: row, content: reveal(content) as OpenBody['content'] }] : [];
    });
  };
  const entries = stream.filter(({ event }) => isJournalEvent(event.type));
  return {
    kind: 'open', id: '22222222-0000-4000-8000-000000000001', number: 'UV-7K3M-9QX', label: 'Falken', actor, standing: 'circle', impartial: true, state, etag: '""',
    facts: stream.filter((one) => !entries.includes(one)), entries, bodies: new Map(stream.map((one) => [one.version, bodiesOf(one)] as const).filter(([, bodies]) => bodies.length > 0)),
  };
}

export const nameOf = (user: string): string => (user === people.municipal.user ? 'Mette Lindqvist' : 'En kollega');

/** A document of a scenario as somebody gets it; a failed test when he gets none. */
export function documentOf(scenario: Scenario, who: PersonName, key: string): WrittenDocument {
  const written = documentData(openedFor(scenario, who), key, { today: scenario.today, nameOf });
  if (written === undefined) throw new Error(`no document ${key} for ${who}`);
  return written;
}
