import type { Tried, Try } from './writers.js';

/** What one request came to: its status, or that no whole answer came. */
export type Answer = number | 'broken';

/** Asks a program on this machine over HTTP, as somebody. @param latestMs an answer that takes longer has not come. */
export async function ask(port: number, token: string, path: string, post?: { readonly body: object; readonly key: string }, latestMs = 20_000): Promise<{ readonly answer: Answer; readonly body: string }> {
  try {
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: post ? 'POST' : 'GET', signal: AbortSignal.timeout(latestMs), redirect: 'manual',
      headers: { authorization: `Bearer ${token}`, ...(post ? { 'content-type': 'application/json', 'idempotency-key': post.key } : {}) },
      ...(post ? { body: JSON.stringify(post.body) } : {}),
    });
    return { answer: reply.status, body: await reply.text() };
  } catch {
    return { answer: 'broken', body: '' };
  }
}

/** A note under a key over HTTP; tried again when no answer came, when the program was not ready, or when others wrote first. */
export const noteOver = (port: () => number, who: (writer: number) => { readonly token: string; readonly caseId: string }): Try => async (writer, key): Promise<Tried> => {
  const { token, caseId } = who(writer);
  const { answer, body } = await ask(port(), token, `/api/v1/cases/${caseId}/commands/journal.add`, { body: { text: 'Ringede som aftalt', kind: 'personal' }, key });
  if (answer === 'broken' || answer === 503 || (answer === 409 && body.includes('Sagen er ændret'))) return 'again';
  return answer >= 200 && answer < 300 ? 'done' : { strange: `${answer} ${body}` };
};
