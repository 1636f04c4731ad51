import { z } from 'zod';
import { isRefused } from '../../app/house.js';
import { askForReview, NO_REFUSAL, usedUpWords } from '../../app/review-by-number.js';
import { EXAMPLE_NUMBER } from '../../domain/kernel/case-number.js';
import { headerKey } from '../idempotency.js';
import type { Answer, Route, SignedInCall } from '../route.js';
import { BAD_KEY } from './cases.js';
import { outcomeAnswer } from './outcome.js';

const order = z.strictObject({ number: z.string().max(60), account: z.string() });
const wrong = (detail: string): Answer => ({ kind: 'problem', status: 422, title: 'Kan ikke gøres', detail, more: { rule: 'FM-DEC-2' } });

/** The same by program: `decision.requestReview` by number, with `{ number, account }`. */
async function requestReview(call: SignedInCall): Promise<Answer> {
  const given = order.safeParse(call.body);
  if (!given.success) return wrong(`Skriv number som ${EXAMPLE_NUMBER}, og account med det, kandidaten siger til afslaget.`);
  const key = headerKey(call.request.headers['idempotency-key']);
  if (key === false) return BAD_KEY;
  const asked = await askForReview(call.house, call.visitor.token, given.data, key);
  if (isRefused(asked)) return asked;
  if (asked.kind === 'used-up') return { kind: 'problem', status: 429, title: 'For mange på et døgn', detail: usedUpWords(asked.again) };
  if (asked.kind === 'invalid' || asked.kind === 'key-reused' || asked.kind === 'stale') return outcomeAnswer(asked);
  return asked.kind === 'asked' ? { kind: 'json', body: { outcome: 'asked' } } : wrong(NO_REFUSAL);
}

export const reviewByNumberApi: Route = {
  method: 'POST', path: '/api/v1/commands/decision.requestReview', permission: 'contact-point', purpose: 'review of refusal', audit: 'review.asked', rate: 'write', stepUp: 'everybody', handle: requestReview,
};
