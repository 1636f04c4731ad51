import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import type { Instant } from '../domain/kernel/time.js';
import { loginPath, safeReturnPath } from './login/login-paths.js';
import type { SentAnswer } from './route.js';
import { sayNext } from './said-next.js';
import { Layout } from './ui/layout.js';
import { renderPage } from './ui/render.js';

interface PlainPageProps {
  readonly title: string;
  readonly now: Instant;
  /** Holds what somebody typed: where scripts run, the page is left when nobody has touched it for a quarter of an hour. */
  readonly leaves?: boolean;
  readonly children: ComponentChildren;
}

/** A page without menu or name: for answers that must be the same for everybody. */
export const PlainPage = ({ title, now, leaves, children }: PlainPageProps) => (
  <Layout title={title} nav={[]} now={now} leaves={leaves}>
    <header class="page-head"><h1>{title}</h1></header>
    {children}
  </Layout>
);

/** Where to after the login: the page that was asked for; what a form sent is not sent again. */
const wayBack = ({ method, url }: FastifyRequest): string => (method === 'GET' ? safeReturnPath(url) : '/');

const PROBLEMS = {
  absent: { status: 404, title: 'Siden findes ikke', detail: 'Se efter, om adressen er skrevet rigtigt.' },
  'signed-out': { status: 401, title: 'Du er ikke logget ind', detail: 'Log ind for at gå videre.' },
  limited: { status: 429, title: 'Vent lidt', detail: 'Du har åbnet eller sendt for meget på kort tid. Prøv igen om lidt.' },
  broken: { status: 500, title: 'Noget gik galt', detail: 'Noget gik galt hos os. Der er ikke gemt noget. Prøv igen om lidt.' },
  unavailable: { status: 503, title: 'Udvej er ikke klar', detail: 'Udvej er ikke klar lige nu. Der er ikke gemt noget. Prøv igen om lidt.' },
  forged: { status: 403, title: 'Siden var for gammel', detail: 'Formularen kom ikke fra en side, du har åben nu. Åbn siden igen, og send den derfra.' },
  malformed: { status: 400, title: 'Det kunne ikke læses', detail: 'Det, der blev sendt, kunne ikke læses. Der er ikke gemt noget.' },
  large: { status: 413, title: 'Det er for stort', detail: 'Det, der blev sendt, er for stort. Et notat kan være på 20.000 tegn. Der er ikke gemt noget.' },
  media: { status: 415, title: 'Det kunne ikke læses', detail: 'Send indholdet som JSON eller fra en formular.' },
} as const;
export type Problem = keyof typeof PROBLEMS;

const problemPage = (problem: Problem, now: Instant) => {
  const { title, detail } = PROBLEMS[problem];
  return <PlainPage title={title} now={now}><p>{detail}</p><p><a class="button button-secondary" href="/">Gå til forsiden</a></p></PlainPage>;
};

/** The common answers, the same bytes for the same problem whoever asks and whatever was asked for (CNF-3, control 2). */
export function sendProblem(reply: FastifyReply, problem: Problem, api: boolean, now: Instant): FastifyReply {
  const { status, title, detail } = PROBLEMS[problem];
  if (api) return reply.code(status).type('application/problem+json').send(JSON.stringify({ type: 'about:blank', title, status, detail }));
  return reply.code(status).type('text/html; charset=utf-8').send(renderPage(problemPage(problem, now)));
}

/** The page for what is no request at all, which no reply can be made to. */
export const malformedPage = (now: Instant): string => renderPage(problemPage('malformed', now));

/** @param on `secure`: over https, where every cookie is marked so. */
export function send(reply: FastifyReply, answer: SentAnswer, { api, secure, now }: { readonly api: boolean; readonly secure: boolean; readonly now: Instant }): FastifyReply {
  switch (answer.kind) {
    case 'page':
      return reply.code(answer.status ?? 200).headers(answer.headers ?? {}).type('text/html; charset=utf-8').send(renderPage(answer.body));
    case 'redirect':
      if (answer.said !== undefined) sayNext(reply, answer.said, secure);
      return reply.redirect(answer.to, 303);
    case 'json':
      return reply.code(answer.status ?? 200).headers(answer.headers ?? {}).type('application/json; charset=utf-8').send(JSON.stringify(answer.body));
    case 'problem': {
      const { status, title, detail, more, headers } = answer;
      return reply.code(status).headers(headers ?? {}).type('application/problem+json').send(JSON.stringify({ type: 'about:blank', title, status, detail, ...more }));
    }
    case 'file':
      return reply.code(200).headers(answer.headers ?? {}).type(answer.type).header('content-disposition', `attachment; filename="${answer.name}"`).send(Buffer.from(answer.bytes));
    case 'sent':
      return reply;
    case 'absent':
      return sendProblem(reply, 'absent', api, now);
    case 'limited':
      return sendProblem(reply, 'limited', api, now);
    case 'signed-out':
      return api ? sendProblem(reply, 'signed-out', true, now) : reply.redirect(loginPath({ returnTo: wayBack(reply.request) }), 303);
  }
}
