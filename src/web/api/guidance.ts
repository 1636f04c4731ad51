import { z } from 'zod';
import { answerForGuidance, askForGuidance, guidanceList, readGuidance, withdrawQuestion } from '../../app/guidance.js';
import { isRefused } from '../../app/house.js';
import type { TextRow } from '../../store/texts-outside-cases.js';
import { headerKey } from '../idempotency.js';
import type { Answer, Route, SignedInCall } from '../route.js';
import { BAD_KEY } from './cases.js';
import { textAnswers, textAsked } from './nameless-text.js';

const SAYS = textAnswers('FM-NCP-6');

const rowOf = ({ id, authority, asked_at: askedAt, due, answered_at: answeredAt, asks: mine, unread, delete_on: deleteOn }: TextRow<'guidance'>) => ({ id, authority, askedAt, due, answeredAt, mine, unread, deleteOn });

async function list({ house, visitor }: SignedInCall): Promise<Answer> {
  const rows = await guidanceList(house, visitor.token);
  return 'kind' in rows ? rows : { kind: 'json', body: rows.map(rowOf) };
}

const sentText = z.strictObject({ text: z.string() });
/** What was sent as the text; undefined for a body that is something else. */
const textIn = (body: unknown): string | undefined => {
  const given = sentText.safeParse(body);
  return given.success ? given.data.text : undefined;
};
const WHICH = 'Skriv text som en tekst, og intet andet.';
const wrong = (detail: string, pointer = '/text'): Answer => SAYS.wrong({ pointer, detail });

async function askFor({ house, visitor, body, request }: SignedInCall): Promise<Answer> {
  const key = headerKey(request.headers['idempotency-key']);
  if (key === false) return BAD_KEY;
  const text = textIn(body);
  if (text === undefined) return wrong(WHICH, '');
  const asked = await askForGuidance(house, visitor, text, key);
  return asked.kind === 'invalid' ? wrong(asked.fault) : textAsked(asked);
}

async function one({ house, visitor, params }: SignedInCall): Promise<Answer> {
  const found = await readGuidance(house, visitor.token, params['id'] ?? '');
  return found.kind === 'read' ? { kind: 'json', body: { ...rowOf(found.read), question: found.read.question, answer: found.read.answer ?? null } } : found;
}

const sentAnswer = z.strictObject({ text: z.string(), authoritys: z.boolean().optional() });

/** A question that is not there is said to be so before anything is said of the text. */
async function answer({ house, visitor, params, body }: SignedInCall): Promise<Answer> {
  const given = sentAnswer.safeParse(body);
  const done = await answerForGuidance(house, visitor.token, params['id'] ?? '', { text: given.data?.text ?? '', ticked: true, authoritys: given.data?.authoritys === true });
  if (isRefused(done)) return done;
  if (done.kind === 'answered') return { kind: 'json', body: {} };
  if (done.kind === 'already') return SAYS.already;
  if (!given.success) return wrong('Skriv text som en tekst, eventuelt authoritys som true eller false, og intet andet.', '');
  return done.fault === undefined ? wrong(done.doubt ?? '', '/authoritys') : wrong(done.fault);
}

async function withdraw({ house, visitor, params }: SignedInCall): Promise<Answer> {
  const done = await withdrawQuestion(house, visitor.token, params['id'] ?? '');
  if (isRefused(done)) return done;
  return done.kind === 'withdrawn' ? { kind: 'json', body: {} } : SAYS.tooLate;
}

/** Guidance without a case and without identity (FM-NCP-6). Programs give no tick: whoever runs one answers for what it sends. */
export const guidanceApi: readonly Route[] = [
  { method: 'GET', path: '/api/v1/guidance', permission: 'guidance', purpose: 'guidance', audit: 'guidance.listed', rate: 'read', handle: list },
  { method: 'POST', path: '/api/v1/guidance', permission: 'asks-guidance', purpose: 'guidance', audit: 'guidance.asked', rate: 'write', handle: askFor },
  { method: 'GET', path: '/api/v1/guidance/:id', permission: 'guidance', purpose: 'guidance', audit: 'guidance.read', rate: 'read', handle: one },
  { method: 'POST', path: '/api/v1/guidance/:id/withdraw', permission: 'asks-guidance', purpose: 'guidance', audit: 'guidance.withdrawn', rate: 'write', handle: withdraw },
  { method: 'POST', path: '/api/v1/guidance/:id/answer', permission: 'contact-point', purpose: 'guidance', audit: 'guidance.answered', rate: 'write', handle: answer },
];
