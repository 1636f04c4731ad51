import { z } from 'zod';
import type { Prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import type { PlainDate } from '../kernel/time.js';
import { kindsOfScope, type SharingKind, sharingKindLabel } from '../reference/legal-bases.js';
import type { ExitCase } from './case.js';
import { sharingBasis } from './consent.js';

/** The words lie where the whole unit reads them, so they are of the kinds that lie there; health and economy belong in the journal (FM-CNF-4). */
const KINDS = kindsOfScope('general');
export const kindOfWords = z
  .enum(KINDS, { error: 'Vælg, hvad teksten handler om' })
  .optional()
  .meta({
    label: 'Hvad handler teksten om?',
    hint: 'Teksten deles med kredsen. Skriv ikke om helbred, misbrug og økonomi her. Det hører til i journalen.',
    widget: 'select',
    options: KINDS.map((one) => ({ value: one, label: sharingKindLabel(one) })),
  });

interface Words {
  readonly text: Prose | undefined;
  readonly kind: SharingKind | undefined;
}

/** Words that the circle reads are a disclosure and need a basis for their kind; `without` says what can be recorded all the same (FM-CON-2, FM-CON-3). */
export const wordsNotShared = (state: ExitCase, words: Words, today: PlainDate, without: string): Rejection | undefined => {
  if (words.text === undefined) return undefined;
  if (words.kind === undefined)
    return reject('FM-CON-3', ['own'], 'Vælg, hvad teksten handler om. Den deles med kredsen.', 'kind');
  const basis = sharingBasis(state, words.kind, today);
  return basis.allowed ? undefined : reject('FM-CON-3', ['consent'], `${basis.why} ${without}`, 'kind');
};

/**
 * Whether words of the kind can be shared today; of any kind, where none is chosen. Where they can, they are asked for; who chose a kind that
 * cannot is not asked to tell it as another.
 */
export const canBeShared = (state: ExitCase, chosen: SharingKind | undefined, today: PlainDate): boolean =>
  (chosen === undefined ? KINDS : [chosen]).some((one) => sharingBasis(state, one, today).allowed);

/** The kind on the event and the words beside it; neither without the other. */
export const besides = ({ text, kind: of }: Words) =>
  text === undefined || of === undefined
    ? { on: {}, beside: {} }
    : { on: { kind: of }, beside: { bodies: [{ scope: { kind: 'general' as const }, content: { what: text } }] } };
