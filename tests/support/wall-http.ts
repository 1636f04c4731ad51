import type { FastifyInstance, LightMyRequestResponse as Reply } from 'fastify';
import { sessionCookieName } from '../../src/web/login/session-cookie.js';
import { csrfToken } from '../../src/web/visitor.js';
import type { PersonName } from './people.js';
import type { TestWeb } from './web.js';

/** All that somebody at the other end of the line can tell an answer by; the clock's reading apart. */
export interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}
export const seen = (reply: Reply): Seen => {
  const { date: _date, ...headers } = reply.headers;
  return { status: reply.statusCode, headers: Object.fromEntries(Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1))), body: reply.body };
};

/** What stands on a page, as it is read: without its marks. */
export const textOf = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

/** One request, as it leaves a browser or a program. */
export interface Asked {
  readonly method: 'GET' | 'POST' | 'HEAD';
  readonly url: string;
  /** Fields of a form, or a body as it is. */
  readonly body?: Readonly<Record<string, unknown>> | string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const isApi = (url: string): boolean => url.startsWith('/api/');

/** Asks as somebody: with a bearer under /api, with the cookie and the form's token elsewhere. */
export function ask(web: TestWeb, who: PersonName | undefined, { method, url, body, type, headers = {} }: Asked): Promise<Reply> {
  const token = who === undefined ? '' : web.house.tokens[who];
  const proof: Record<string, string> = who === undefined ? {} : isApi(url) ? { authorization: `Bearer ${token}` } : { cookie: `${sessionCookieName(web.settings.secure)}=${token}` };
  if (method !== 'POST') return web.app.inject({ method, url, headers: { ...proof, ...headers } });
  const form = !isApi(url);
  const fields = typeof body === 'object' ? { ...(form ? { _csrf: csrfToken(web.settings.csrfKey, token) } : {}), ...body } : body;
  const payload = typeof fields !== 'object' ? (fields ?? '') : form ? new URLSearchParams(fields).toString() : JSON.stringify(fields);
  return web.app.inject({
    method, url, payload,
    headers: {
      ...proof, 'content-type': type ?? (form ? 'application/x-www-form-urlencoded' : 'application/json'),
      ...(form ? { origin: web.settings.origin, 'sec-fetch-site': 'same-origin' } : {}), ...headers,
    },
  });
}

/** The addresses the server answers, as it holds them itself: 'GET /sager/:id'. */
export function served(app: FastifyInstance): readonly string[] {
  const found: string[] = [];
  const path: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const match = /^((?:│ {3}| {4})*)(?:├── |└── )(.*?)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (!match) continue;
    const depth = (match[1] ?? '').length / 4;
    path.length = depth;
    path[depth] = match[2] ?? '';
    for (const method of (match[3] ?? '').split(', ').filter(Boolean)) found.push(`${method} ${path.join('')}`);
  }
  return found;
}

export interface AuditRow {
  readonly actor: string | null;
  readonly action: string;
  readonly case_ref: string | null;
  readonly purpose: string | null;
}

/** Does something and gives the rows that the log got by it, in order. */
export async function audited<T>(web: TestWeb, work: () => Promise<T>): Promise<{ readonly result: T; readonly rows: readonly AuditRow[] }> {
  const [mark] = await web.house.db.superuser<{ at: string }>('select clock_timestamp()::text as at');
  const result = await work();
  const rows = await web.house.db.superuser<AuditRow & Record<string, unknown>>('select actor, action, case_ref, purpose from audit.event where at >= $1 order by at', [mark?.at]);
  return { result, rows };
}

/** How many rows of each action. */
export const counted = (rows: readonly AuditRow[]): Readonly<Record<string, number>> => {
  const counter: Record<string, number> = {};
  for (const { action } of rows) counter[action] = (counter[action] ?? 0) + 1;
  return counter;
};
