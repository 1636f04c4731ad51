import { isRefused } from '../../app/house.js';
import { askForReview, NO_REFUSAL, usedUpWords } from '../../app/review-by-number.js';
import { headerKey } from '../idempotency.js';
import type { Answer, Route, SignedInCall } from '../route.js';
import { BAD_KEY } from './cases.js';
import { outcomeAnswer } from './outcome.js';
import { faulty, sentIn } from './sent.js';

const written = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The same by program: `decision.requestReview` by number, with `{ number, account }`. */
async function requestReview({ house, visitor, body, request }: SignedInCall): Promise<Answer> {
  const { fields: { number, account }, other } = sentIn(body, ['number', 'account']);
  if (other) return faulty([other]);
  const key = headerKey(request.headers['idempotency-key']);
  if (key === false) return BAD_KEY;
  const asked = await askForReview(house, visitor.token, { number: written(number), account: written(account) }, key);
  if (isRefused(asked)) return asked;
  if (asked.kind === 'used-up') return { kind: 'problem', status: 429, title: 'For mange på et døgn', detail: usedUpWords(asked.again) };
  if (asked.kind === 'invalid' || asked.kind === 'key-reused' || asked.kind === 'stale') return outcomeAnswer(asked);
  return asked.kind === 'asked' ? { kind: 'json', body: { outcome: 'asked' } } : faulty([{ name: 'number', message: NO_REFUSAL }], { title: 'Kan ikke gøres', rule: 'FM-DEC-2' });
}

export const reviewByNumberApi: Route = {
  method: 'POST', path: '/api/v1/commands/decision.requestReview', permission: 'contact-point', purpose: 'review of refusal', audit: 'review.asked', rate: 'write', stepUp: 'everybody', handle: requestReview,
};
