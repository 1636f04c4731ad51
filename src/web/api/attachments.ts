import { attach, wasTooLarge } from '../../app/attachments.js';
import type { Answer, Route, SignedInCall } from '../route.js';
import { headerKey } from '../idempotency.js';
import { attachmentFile } from '../pages/sag/bilag.js';
import { caseIdOf } from '../case-id.js';
import { BAD_KEY } from './cases.js';
import { outcomeAnswer } from './outcome.js';

/** The fields as the command takes them: in a form of several parts everything is text. */
const inputOf = ({ body, file }: SignedInCall): unknown => {
  if (file === undefined || typeof body !== 'object' || body === null) return body;
  const { own, ...rest } = body as Readonly<Record<string, unknown>>;
  return { ...rest, ...(own === undefined ? {} : { own: own === 'true' ? true : own === 'false' ? false : own }) };
};

async function add(call: SignedInCall): Promise<Answer> {
  const caseId = caseIdOf(call);
  const key = headerKey(call.request.headers['idempotency-key']);
  // Only who sees the case is told what is wrong with his request.
  const outcome = await attach(call.house, { token: call.visitor.token, caseId, input: key === false ? undefined : inputOf(call), ifMatch: call.request.headers['if-match'], ...(key === false ? { file: 'none' } : { key, file: call.file ?? 'none' }) });
  if (outcome.kind === 'done') return { kind: 'json', status: 201, body: { id: outcome.receipt.file }, ...(outcome.etag === undefined ? {} : { headers: { etag: outcome.etag } }) };
  if (key === false && outcome.kind === 'invalid') return BAD_KEY;
  const answer = outcomeAnswer(outcome);
  return answer.kind === 'problem' && wasTooLarge(outcome) ? { ...answer, status: 413 } : answer;
}

export const attachmentApi: readonly Route[] = [
  { method: 'POST', path: '/api/v1/cases/:id/attachments', permission: 'circle', purpose: 'command', audit: 'case.command', rate: 'write', files: 'taken', handle: add },
  { method: 'GET', path: '/api/v1/cases/:id/attachments/:attachment', permission: 'circle', purpose: 'attachment', audit: 'case.opened', rate: 'read', files: 'given', handle: attachmentFile },
];
