import { z } from 'zod';
import type { CommandContext, Draft } from '../kernel/command.js';
import type { UserId } from '../kernel/ids.js';
import { fixedProse, prose, type Prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import type { CaseEvent } from './case.js';
import { type Question } from './question.js';
import { inBundle } from './question-bundle.js';
import { CRITERIA, type Criterion, type Position } from './vote.js';

/** The fields in which an official gives his authority's position. */
export const positionFields = {
  criterion: z
    .enum(
      CRITERIA.map((option) => option.value),
      { error: 'Vælg, hvad kandidaten ikke opfylder' },
    )
    .optional()
    .meta({ label: 'Hvad opfylder kandidaten ikke?', hint: 'Kun ved afslag.', widget: 'radio', options: CRITERIA }),
  reasons: prose({ label: 'Begrundelse', missing: 'Skriv begrundelsen', max: 8000 }),
  complaintRoute: prose({
    label: 'Vejledning om klage',
    hint: 'Kun ved afslag. Står feltet tomt, skrives, at afgørelsen er endelig.',
    max: 4000,
  }).optional(),
};

const FINAL =
  'Det Nationale Exitkontaktpunkt har truffet endelig afgørelse. Afgørelsen kan ikke indbringes for en anden forvaltningsmyndighed. Kandidaten kan altid henvende sig igen.';

/** Guidance on complaint under the contact point's own refusal (FM-LAW-1): a constant unless the official writes another. */
export const finalRoute = (written: Prose | undefined): Prose => written ?? fixedProse(FINAL);

/** Where a position leaves the question. */
export interface Stand {
  readonly draft: Draft<CaseEvent>;
  /** Set when two authorities now say the same: what they decide, who they are, and the criteria they named. */
  readonly decided?: { readonly participants: readonly UserId[]; readonly criteria: readonly Criterion[] };
}

/** Counts an authority's position: two equal ones of the three authorities decide (FM-DEC-2). */
export const givePosition = (
  question: Question,
  given: { readonly position: Position; readonly criterion?: Criterion; readonly reasons: Prose },
  ctx: CommandContext,
): Stand | Rejection => {
  const { user, authority } = ctx.actor;
  if (question.positions.some((one) => one.authority === authority)) {
    return reject(
      'FM-DEC-2',
      ['question'],
      'Din myndighed har givet sin stilling. Nu skal en anden af de tre myndigheder give sin.',
      'question',
    );
  }
  const { position, criterion, reasons } = given;
  const draft: Draft<CaseEvent> = {
    event: { type: 'OfficialPositionGiven', question: question.id, official: user, authority, position, criterion },
    bodies: [inBundle(question.id, { reasons })],
  };
  const equal = question.positions.filter((one) => one.position === position);
  if (equal.length === 0) return { draft };
  const criteria = [...equal.map((one) => one.criterion), criterion].filter((one) => one !== undefined);
  return { draft, decided: { participants: [...equal.map((one) => one.user), user], criteria: [...new Set(criteria)] } };
};
