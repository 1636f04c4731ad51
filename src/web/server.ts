import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { House } from '../app/house.js';
import { type Problem, send, sendProblem } from './answers.js';
import { noteDenied } from '../store/lists.js';
import { readSessionToken } from './login/session-cookie.js';
import { type Answer, type Call, isApi, type RateClass, type Route } from './route.js';
import { csrfFits, Visitors } from './visitor.js';
import type { WebSettings } from './web-settings.js';

/** Requests a window, by class; a window of four seconds makes five a second with a burst of twenty (security.md, "Rate limits"). */
const RATES: Readonly<Record<Exclude<RateClass, 'unlimited'>, { readonly max: number; readonly timeWindow: number }>> = {
  read: { max: 20, timeWindow: 4_000 },
  write: { max: 20, timeWindow: 4_000 },
  search: { max: 60, timeWindow: 3_600_000 },
  login: { max: 10, timeWindow: 60_000 },
};

/** A megabyte of typing is more than any form takes; the field says what it can hold before that (bad input, never a 500). */
const BODY_LIMIT = 2 * 1024 * 1024;

/** What an API caller sends as `Authorization: Bearer …`; forms carry the cookie instead, never both. */
const bearer = (request: FastifyRequest): string | undefined => /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];

export interface ServerParts {
  readonly house: House;
  readonly settings: WebSettings;
  readonly routes: readonly Route[];
  readonly visitors: Visitors;
  /** Neutral lines only: method, status, duration; never an address, a person or a text. */
  readonly log: (line: string) => void;
  /** Anything that must be mounted beside the route table (the demonstration's identity provider). */
  readonly mount?: (app: FastifyInstance) => Promise<void>;
}

const assetsFolder = fileURLToPath(new URL('./assets/', import.meta.url));
/** `dist` of the design system: its package hides its stylesheet behind `exports`, so it is found by the script's path. */
const designFolder = path.dirname(path.dirname(createRequire(import.meta.url).resolve('dkfds')));

/** The server: every answer passes here, so that headers, sessions, tokens, limits and the common refusals are the same everywhere. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const { house, settings, routes } = parts;
  const app = Fastify({
    rewriteUrl: ({ url = '/' }) => (isReadable(url) ? url : '/ulaeselig'),
    logger: false, bodyLimit: BODY_LIMIT, trustProxy: settings.secure, forceCloseConnections: true,
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': [`'none'`], 'script-src': [`'self'`], 'style-src': [`'self'`], 'img-src': [`'self'`], 'font-src': [`'self'`], 'connect-src': [`'self'`],
        'form-action': [`'self'`], 'base-uri': [`'none'`], 'frame-ancestors': [`'none'`],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: settings.secure ? { maxAge: 63_072_000, includeSubDomains: true } : false,
  });
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: BODY_LIMIT });
  await app.register(rateLimit, {
    global: false,
    keyGenerator: (request) => readSessionToken(request, settings.secure) ?? bearer(request) ?? request.ip,
    errorResponseBuilder: () => Object.assign(new Error('limited'), { statusCode: 429 }),
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false, 'retry-after': true },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    if (!request.url.startsWith('/assets/')) void reply.header('cache-control', 'no-store');
    void reply.header('x-robots-tag', 'noindex').header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
    done(null, payload);
  });
  app.addHook('onResponse', (request, reply, done) => {
    parts.log(`${request.method} ${reply.statusCode} ${Math.round(reply.elapsedTime)} ms`);
    done();
  });
  const fail = (request: FastifyRequest, reply: FastifyReply, problem: Problem) => sendProblem(reply, problem, isApi(request.url), house.clock());
  app.setNotFoundHandler((request, reply) => fail(request, reply, 'absent'));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error);
    // Only what kind of error: its message and detail could hold what somebody typed.
    if (problem === 'broken') parts.log(`error ${error.name} ${error.code} ${placeOf(error)}`);
    return fail(request, reply, problem);
  });
  await app.register(fastifyStatic, { root: assetsFolder, prefix: '/assets/', maxAge: '1h', index: false });
  await app.register(fastifyStatic, { root: designFolder, prefix: '/assets/dkfds/', decorateReply: false, immutable: true, maxAge: '365d', index: false });
  await parts.mount?.(app);
  for (const route of routes) {
    app.route({
      method: route.method, url: route.path,
      ...(route.rate === 'unlimited' ? {} : { config: { rateLimit: { ...RATES[route.rate], max: RATES[route.rate].max * settings.rateFactor } } }),
      handler: async (request, reply) => {
        const answer = await answerTo(parts, route, request, reply);
        return answer.kind === 'sent' ? reply : send(reply, answer, { api: isApi(route.path), secure: settings.secure, now: house.clock() });
      },
    });
  }
  return app;
}

/** The file and line of our own code that failed: enough to find it, nothing of the data. */
const placeOf = (error: Error): string => /\(?[^\s(]*\/(src|dist)\/([^\s)]+)\)?/.exec(error.stack ?? '')?.[2] ?? '';

const problemOf = (error: { readonly statusCode?: number | undefined; readonly code?: string | undefined }): Problem => {
  if (error.code !== undefined && ['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '53300', '08006'].includes(error.code)) return 'unavailable';
  switch (error.statusCode) {
    case 400:
      return 'malformed';
    case 413:
      return 'large';
    case 415:
      return 'media';
    case 429:
      return 'limited';
    default:
      return 'broken';
  }
};

/** Login, then the form's token; membership, input and rule follow inside the use case, in that order (access.md). */
async function answerTo({ house, settings, visitors }: ServerParts, route: Route, request: FastifyRequest, reply: FastifyReply): Promise<Answer> {
  const call: Call = {
    house, settings, request, reply, now: house.clock(),
    params: request.params as Readonly<Record<string, string>>, query: request.query as Readonly<Record<string, string | undefined>>, body: request.body,
  };
  if (route.permission === 'public') return route.handle(call);
  const api = isApi(route.path);
  const token = api ? bearer(request) : readSessionToken(request, settings.secure);
  const fresh = route.audit === 'none: no case data' || route.permission === 'contact-point' || route.permission === 'inbox-keeper' || route.method === 'POST';
  const visitor = token === undefined ? undefined : await visitors.of(token, fresh);
  if (!visitor) return { kind: 'signed-out' };
  if (route.method === 'POST' && !api && !sameSite(request, settings, visitor.token)) {
    await sendProblem(reply, 'forged', false, call.now);
    return { kind: 'sent' };
  }
  // A function that a page is not for gets the answer of a page that is not there.
  if (!isFor(route.permission, visitor.functions)) {
    await noteDenied(house.web, visitor.token);
    return { kind: 'absent' };
  }
  return route.handle({ ...call, visitor });
}

const isFor = (permission: Exclude<Route['permission'], 'public'>, functions: readonly string[]): boolean =>
  permission === 'contact-point' ? functions.includes('contact_point')
    : permission === 'inbox-keeper' ? functions.some((one) => one === 'police_exit' || one === 'custody_exit')
      : true;

/** An address that cannot be decoded is one that is not there: it gets the headers and the answer of any other. */
const isReadable = (url: string): boolean => {
  try {
    return decodeURIComponent(url) !== '';
  } catch {
    return false;
  }
};

const sameSite = (request: FastifyRequest, settings: WebSettings, token: string): boolean => {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin } = request.headers;
  if (origin !== undefined && origin !== settings.origin) return false;
  return csrfFits(settings.csrfKey, token, (request.body as Readonly<Record<string, unknown>> | null | undefined)?.['_csrf']);
};
