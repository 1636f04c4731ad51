import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hashOfToken } from '../../store/session-start.js';
import type { StepUpDemand } from '../../store/step-up.js';
import type { Login, Refused, StepUpAttempt } from './client.js';
import { isLoopback } from './issuers.js';
import { issuerChoicePage, loggedOutPage, refusalStatus, refusedPage, tooManyStepUpsPage } from './login-pages.js';
import { LOGIN_PATHS, type NotDone, safeReturnPath, stepUpAsked } from './login-paths.js';
import { PENDING_SECONDS } from './pending-login.js';
import { sayNext } from '../said-next.js';
import { clearSessionCookie, proofCookie, readSessionToken, setSessionCookie } from './session-cookie.js';

export interface LoginRoutesParts {
  readonly login: Login;
  /** Ends a session in the database; a token that is nobody's is no error. */
  readonly endSession: (token: string) => Promise<void>;
  /** Counts that the person behind a token is to prove himself anew (control 18). */
  readonly beginStepUp: (token: string) => Promise<StepUpDemand | 'limited' | 'signed-out'>;
  /** One neutral line: reasons and settings, never a person. */
  readonly log: (line: string) => void;
}

export interface LoginCall {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface LoginRoutes {
  /** GET {@link LOGIN_PATHS}.login `?til=/sager&hos=2&igen=ja`: on to the identity provider; with several, a page to choose among them. */
  readonly startLogin: (call: LoginCall) => Promise<void>;
  /** GET {@link LOGIN_PATHS}.callback: back from the identity provider. */
  readonly finishLogin: (call: LoginCall) => Promise<void>;
  /** POST {@link LOGIN_PATHS}.backChannel: an identity provider tells that a login is over (OpenID Connect Back-Channel Logout 1.0). */
  readonly backChannel: (call: LoginCall) => Promise<void>;
  /** POST {@link LOGIN_PATHS}.logout: the caller has checked the form's token. */
  readonly logout: (call: LoginCall) => Promise<void>;
}

/** The handlers of the login's addresses; each sends its own answer. */
export function loginRoutes({ login, endSession, beginStepUp, log }: LoginRoutesParts): LoginRoutes {
  const { secure, demonstration } = login;
  const pendingCookie = secure ? '__Host-udvej-login' : 'udvej-login';

  const refuse = (reply: FastifyReply, { reason, code, issuer, returnTo, stepUp, notDone }: Omit<Refused, 'kind'>): void => {
    log(
      [
        'login.denied',
        `reason=${reason}`,
        ...(code === undefined ? [] : [`code=${code}`]),
        ...(issuer === undefined ? [] : [`issuer=${issuer}`]),
      ].join(' '),
    );
    html(reply.code(refusalStatus(reason)), refusedPage(reason, { returnTo, stepUp, notDone, demonstration }));
  };

  /** Whose session is to be renewed; undefined where there is none, or where another site sent him: it is not to use up his tries. */
  const stepUpOf = async (request: FastifyRequest, notDone: NotDone | undefined): Promise<StepUpAttempt | 'limited' | undefined> => {
    const token = readSessionToken(request, secure);
    if (token === undefined || ['cross-site', 'same-site'].includes(request.headers['sec-fetch-site'] ?? '')) return undefined;
    const demand = await beginStepUp(token);
    if (demand === 'limited') return demand;
    return demand === 'signed-out' ? undefined : { before: hashOfToken(token).toString('hex'), ...demand, notDone };
  };

  const startLogin = async ({ request, reply }: LoginCall): Promise<void> => {
    const astray = otherNameOf(login.origin, request);
    if (astray !== undefined) {
      void reply.redirect(astray, 302);
      return;
    }
    const query = queryOf(request);
    const returnTo = safeReturnPath(query.get('til'));
    const asked = stepUpAsked(query.get('igen'));
    const stepUp = asked.stepUp ? await stepUpOf(request, asked.notDone) : undefined;
    if (stepUp === 'limited') {
      html(reply.code(429), tooManyStepUpsPage(demonstration));
      return;
    }
    const chosen = login.labels.length === 1 ? 0 : Number(query.get('hos')) - 1;
    if (login.labels[chosen] === undefined && !stepUp) {
      html(reply, issuerChoicePage(login.labels, returnTo, demonstration));
      return;
    }
    const begun = await login.begin({ issuer: chosen, returnTo, stepUp });
    if (begun === undefined) {
      refuse(reply, { reason: 'unavailable', returnTo, stepUp: stepUp !== undefined, notDone: stepUp?.notDone });
      return;
    }
    void reply
      .setCookie(pendingCookie, begun.pending, { ...proofCookie(secure), maxAge: PENDING_SECONDS })
      .redirect(begun.to, 302);
  };

  const finishLogin = async ({ request, reply }: LoginCall): Promise<void> => {
    // Used once, whatever comes of it: the same address sent again finds nothing to fit (control 28).
    void reply.clearCookie(pendingCookie, proofCookie(secure));
    const finished = await login.finish(queryOf(request), request.cookies[pendingCookie]);
    if (finished.kind === 'refused') {
      refuse(reply, finished);
      return;
    }
    const before = readSessionToken(request, secure);
    if (before !== undefined) await endSession(before);
    setSessionCookie(reply, finished.token, secure);
    if (finished.notDone !== undefined) sayNext(reply, `step-up.${finished.notDone}`, secure);
    void reply.redirect(finished.returnTo, 303);
  };

  const logout = async ({ request, reply }: LoginCall): Promise<void> => {
    clearSessionCookie(reply, secure);
    const token = readSessionToken(request, secure);
    if (token !== undefined) await endSession(token);
    html(reply.header('clear-site-data', '"cache", "cookies", "storage"'), loggedOutPage(await login.farewells(), demonstration));
  };

  const backChannel = async ({ request, reply }: LoginCall): Promise<void> => {
    const token = (request.body as Readonly<Record<string, unknown>> | null | undefined)?.['logout_token'];
    const done = typeof token === 'string' && token.length <= LONGEST_TOKEN && (await login.endTold(token));
    // Whoever tries what is believed learns nothing by it.
    await reply.code(done ? 200 : 400).send();
  };

  return { startLogin, finishLogin, backChannel, logout };
}

/** Longer than any logout token, in characters. */
const LONGEST_TOKEN = 16_000;

const html = (reply: FastifyReply, page: string): void => void reply.type('text/html; charset=utf-8').send(page);

const queryOf = (request: FastifyRequest): URLSearchParams => new URLSearchParams(/\?(.*)$/s.exec(request.url)?.[1] ?? '');

/**
 * Whoever types `localhost` where the settings say `127.0.0.1` would come back from the login to a host that has not his cookie: he is
 * sent to the name of the settings first. Only between names of the machine itself; a proxy may rename the host as it likes.
 */
function otherNameOf(origin: string, request: FastifyRequest): string | undefined {
  const wanted = new URL(origin);
  const asked = `http://${request.headers.host ?? ''}`;
  if (!isLoopback(wanted) || !URL.canParse(asked)) return undefined;
  const { host, hostname, port } = new URL(asked);
  if (host === wanted.host || port !== wanted.port || !isLoopback(new URL(`http://${hostname}`))) return undefined;
  return new URL(LOGIN_PATHS.login + new URL(request.url, origin).search, origin).href;
}
