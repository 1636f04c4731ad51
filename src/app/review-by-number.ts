import { caseCommand } from '../domain/exit-case/case.js';
import { EXAMPLE_NUMBER, parseCaseNumber } from '../domain/kernel/case-number.js';
import { formatInstant, type Instant } from '../domain/kernel/time.js';
import { noteDenied } from '../store/lists.js';
import { askReview } from '../store/review-by-number.js';
import { execute, type FieldIssue, hashOf, type Outcome } from './execute.js';
import { type House, isRefused, type Refused, refusedBy, type UsedUp, usedUp } from './house.js';

const COMMAND = 'decision.requestReview';

/** What an official was told over the counter: the number on the letter, and what the candidate says of his refusal. */
export interface AskedReview {
  readonly number: string;
  readonly account: string;
}
/** `none`: there is no refusal to review with that number, for this official; of which kind is told nobody. `key-reused`, `stale`: nothing was asked, for a reason that is none of the number's. */
export type ReviewAsked = UsedUp | Extract<Outcome, { readonly kind: 'key-reused' | 'stale' }> | { readonly kind: 'asked' } | { readonly kind: 'none' } | { readonly kind: 'invalid'; readonly issues: readonly FieldIssue[] };

/** The same words whether there is no such number, it is no refusal of a unit's, it has been reviewed, or it is not for the official. */
export const NO_REFUSAL =
  'Der er ikke noget afslag, kontaktpunktet kan prøve, med det nummer. Se efter, om det er skrevet rigtigt. Et afslag prøves kun én gang, og kun når den lokale enhed har givet det.';

/** Whatever the number, so that it tells nothing of one (FM-CNF-3). */
export const usedUpWords = (again: Instant): string =>
  `Du har bedt om prøvelse så mange gange, som du kan på et døgn. Numre, der ikke gav noget, tæller med. Du kan bede igen ${formatInstant(again)}. Haster det, så bed en kollega i kontaktpunktet.`;

/** What is wrong with what was typed, before any case is looked for. */
function issuesIn({ number, account }: AskedReview): readonly FieldIssue[] {
  const typed = account.trim() === '' ? undefined : caseCommand(COMMAND)?.input.safeParse({ account });
  return [
    ...(parseCaseNumber(number) === undefined
      ? [{ field: 'number', message: number === '' ? 'Skriv sagens nummer. Det står på brevet med afslaget.' : `Nummeret er ikke skrevet rigtigt. Det ser sådan ud: ${EXAMPLE_NUMBER}.` }] : []),
    ...(typed === undefined ? [{ field: 'account', message: 'Skriv, hvad kandidaten siger til afslaget.' }] : (typed.error?.issues ?? []).map(({ message }) => ({ field: 'account', message }))),
  ];
}

/**
 * The contact point has a unit's refusal reviewed for a candidate who turned to it (FM-DEC-2): found by its number, and done in the case by the command that the unit uses, with his words alone.
 * Nothing of the case opens by it, and what cannot be had is answered alike, also where it was had a moment ago.
 */
export async function askForReview(house: House, token: string, asked: AskedReview, key: string | undefined): Promise<ReviewAsked | Refused> {
  const issues = issuesIn(asked);
  const number = parseCaseNumber(asked.number);
  if (number === undefined || issues.length > 0) return { kind: 'invalid', issues };
  try {
    const refusal = await askReview(house.web, token, number, key);
    if (refusal === undefined) return { kind: 'none' };
    if (refusal === 'key-reused') return { kind: refusal };
    const order = { command: COMMAND, caseId: refusal.caseId, input: { account: asked.account } };
    // Other words under the key are not those that lie there, and are not said to be.
    if (refusal.repeated) return { kind: refusal.repeated.equals(hashOf(house, order)) ? 'asked' : 'key-reused' };
    const outcome = await execute(house, { token, ...order, ...(key === undefined ? {} : { key }) });
    if (outcome.kind === 'done') return { kind: 'asked' };
    if (outcome.kind === 'key-reused' || outcome.kind === 'stale') return outcome;
    return isRefused(outcome) && outcome.kind !== 'absent' ? outcome : { kind: 'none' };
  } catch (error) {
    const gone = usedUp(error);
    if (gone === undefined) return refusedBy(error);
    await noteDenied(house.web, token, undefined, 'review of refusal');
    return gone;
  }
}
