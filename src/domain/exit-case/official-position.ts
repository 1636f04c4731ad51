import { z } from 'zod';
import type { CommandContext, Draft } from '../kernel/command.js';
import { cprFault } from '../kernel/identifying.js';
import type { UserId } from '../kernel/ids.js';
import { fixedProse, prose, type Prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import type { CaseEvent } from './case.js';
import { nextOf, type Question } from './question.js';
import { standPart } from './question-bundle.js';
import { overtakenPosition } from './question-outcome.js';
import { CRITERIA, type Criterion, type Position } from './vote.js';

/** A choice once made is taken back by another: an acceptance names nothing. */
const NONE = 'none';
const CRITERION_OR_NONE = [...CRITERIA, { value: NONE, label: 'Ingen af dem: kandidaten optages' }] as const;
type CriterionOrNone = (typeof CRITERION_OR_NONE)[number]['value'];
export const criterionMeant = (chosen: CriterionOrNone | undefined): Criterion | undefined => (chosen === NONE ? undefined : chosen);

/** What belongs to a refusal alone is not passed over in silence beside an acceptance; undefined when all is in place. */
export const onlyOfRefusal = ({ criterion, complaintRoute }: { readonly criterion?: Criterion | undefined; readonly complaintRoute?: Prose | undefined }): Rejection | undefined => {
  if (criterion !== undefined)
    return reject('FM-DEC-1', ['own'], 'Du har valgt både, at kandidaten optages, og hvad kandidaten ikke opfylder. Vælg “Ingen af dem”, eller vælg afslag.', 'criterion');
  return complaintRoute === undefined ? undefined : reject('FM-LAW-1', ['own'], 'Vejledning om klage gives kun ved afslag. Slet den, eller vælg afslag.', 'complaintRoute');
};

/** The fields in which an official gives his authority's position. What he writes lies in the bundle, and is the letter's if his position becomes the decision (FM-DEC-1, FM-LAW-1). */
export const positionFields = {
  criterion: z
    .enum(
      CRITERION_OR_NONE.map((option) => option.value),
      { error: 'Vælg, hvad kandidaten ikke opfylder' },
    )
    .optional()
    .meta({ label: 'Hvad opfylder kandidaten ikke?', hint: 'Kun ved afslag. Det skal være noget, kandidaten er hørt om.', widget: 'radio', options: CRITERION_OR_NONE }),
  reasons: prose({
    label: 'Begrundelse',
    hint: 'Bliver jeres fælles stilling til afgørelsen, står dine ord i brevet til kandidaten.',
    missing: 'Skriv begrundelsen',
    max: 8000,
    fault: cprFault,
  }),
  complaintRoute: prose({
    label: 'Vejledning om klage',
    hint: 'Kun ved afslag. Det, du skriver, står i brevet til kandidaten. Skriver ingen af jer noget her, står der, at afgørelsen er endelig og ikke kan indbringes for en anden myndighed.',
    max: 4000,
    fault: cprFault,
  }).optional(),
};

const FINAL =
  'Det Nationale Exitkontaktpunkt har truffet endelig afgørelse. Afgørelsen kan ikke indbringes for en anden forvaltningsmyndighed. Det er altid muligt at henvende sig igen.';

/** Guidance on complaint under the contact point's own refusal (FM-LAW-1): the constant unless one of the officials whose position it is wrote another, which the constant would contradict. */
export const finalRoute = (written: Prose | undefined, { routeWritten }: NonNullable<Stand['decided']>): Prose | undefined =>
  written ?? (routeWritten ? undefined : fixedProse(FINAL));

/** Where a position leaves the question. */
export interface Stand {
  readonly draft: Draft<CaseEvent>;
  /** Set when two authorities now say the same: what they decide, who they are, the criteria they named, and whether one of them wrote guidance on complaint. */
  readonly decided?: { readonly participants: readonly UserId[]; readonly criteria: readonly Criterion[]; readonly routeWritten: boolean };
}

/**
 * Counts an authority's position: two equal ones of the three authorities decide. It is given once, and once more in its place when something came to
 * the question after it: he may have judged otherwise, had he read it (FM-DEC-2, FM-LAW-1).
 */
export const givePosition = (
  question: Question,
  given: { readonly position: Position; readonly criterion?: Criterion | undefined; readonly reasons: Prose; readonly complaintRoute: Prose | undefined },
  ctx: CommandContext,
): Stand | Rejection => {
  const { user, authority } = ctx.actor;
  const others = question.positions.filter((one) => one.authority !== authority);
  if (others.length < question.positions.length && overtakenPosition(question, authority) === undefined) {
    return reject(
      'FM-DEC-2',
      ['question'],
      'Din myndighed har givet sin stilling. Nu skal en anden af de tre myndigheder give sin.',
      'question',
    );
  }
  const { position, criterion, reasons, complaintRoute } = given;
  const route = complaintRoute === undefined ? {} : { routeWritten: true as const };
  const draft: Draft<CaseEvent> = {
    event: { type: 'OfficialPositionGiven', question: question.id, official: user, authority, position, criterion, ...route },
    bodies: [{ scope: { kind: 'bundle', subject: standPart(question.id, { authority, nth: nextOf(question, authority) }) }, content: { reasons, complaintRoute } }],
  };
  const equal = others.filter((one) => one.position === position);
  if (equal.length === 0) return { draft };
  const criteria = [...equal.map((one) => one.criterion), criterion].filter((one) => one !== undefined);
  return {
    draft,
    decided: {
      participants: [...equal.map((one) => one.user), user],
      criteria: [...new Set(criteria)],
      routeWritten: complaintRoute !== undefined || equal.some((one) => one.routeWritten === true),
    },
  };
};
