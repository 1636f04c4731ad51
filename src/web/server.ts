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
import { answerTo, bringsTyped, fileIn } from './answering.js';
import { type Problem, send, sendProblem } from './answers.js';
import { isOutage } from '../store/postgres/outage.js';
import { finishBegun } from './closing.js';
import { readSessionToken } from './login/session-cookie.js';
import { readMultipart } from './multipart.js';
import { readableUrl, readJsonStrictly, refuseUnreadable } from './readable.js';
import { rateChecks } from './rate-checks.js';
import { isApi, type Route, type SentAnswer } from './route.js';
import { TakingTurns } from './taking-turns.js';
import type { Visitor, Visitors } from './visitor.js';
import type { WebSettings } from './web-settings.js';

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
    rewriteUrl: readableUrl, clientErrorHandler: (error, socket) => refuse(error, socket),
    // One proxy of ours stands before it: what it wrote last is true, what the client wrote before it is anybody's.
    logger: false, bodyLimit: BODY_LIMIT, trustProxy: settings.secure ? (_address: string, hop: number) => hop === 0 : false, forceCloseConnections: true,
  });
  const refuse = refuseUnreadable(app, house.clock);
  readJsonStrictly(app, BODY_LIMIT);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': [`'none'`], 'script-src': [`'self'`], 'style-src': [`'self'`], 'img-src': [`'self'`], 'font-src': [`'self'`], 'connect-src': [`'self'`],
        'form-action': [`'self'`], 'base-uri': [`'none'`], 'frame-ancestors': [`'none'`],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: settings.secure ? { maxAge: 63_072_000, includeSubDomains: true } : false,
  });
  finishBegun(app);
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: BODY_LIMIT });
  await app.register(rateLimit, { global: false });
  const limits = rateChecks(app, settings.rateFactor);
  const visitorOf = new WeakMap<FastifyRequest, Visitor>();
  app.addHook('onSend', (request, reply, payload, done) => {
    if (!request.url.startsWith('/assets/')) void reply.header('cache-control', 'no-store');
    // Who holds a connection leaves it in order, before it is closed under his next request.
    if (settings.ending?.aborted) void reply.header('connection', 'close');
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
  const turns = new TakingTurns(FILES_AT_ONCE, FILES_WAITING);
  const serve = (on: FastifyInstance, route: Route): void => {
    const api = isApi(route.path);
    const answered = (reply: FastifyReply, answer: SentAnswer) => send(reply, answer, { api, secure: settings.secure, now: house.clock() });
    on.route({
      method: route.method, url: route.path,
      // Before a byte of the body is read: who is not signed in learns nothing by what he sends (access.md, order of checks).
      onRequest: async (request, reply) => {
        if (route.permission === 'public') return undefined;
        const token = api ? bearer(request) : readSessionToken(request, settings.secure);
        const visitor = token === undefined ? undefined : await parts.visitors.of(token, { fresh: needsFresh(route), asks: !(api && request.method === 'GET') });
        if (visitor) {
          visitorOf.set(request, visitor);
          return undefined;
        }
        const typed = bringsTyped(route, request, settings);
        if ((token !== undefined || typed) && !(await limits.stranger(request, reply))) return answered(reply, { kind: 'limited' });
        // What he typed is given back to him, once it is read; of anything else not a byte is.
        return typed ? undefined : answered(reply, { kind: 'signed-out' });
      },
      handler: async (request, reply) => {
        const visitor = visitorOf.get(request);
        const answer = route.files === undefined
          ? await answerTo(parts, route, request, reply, visitor, limits)
          : await turns.take(async () => {
            const found = await answerTo(parts, route, request, reply, visitor, limits, await fileIn(route, request));
            if (found.kind === 'file') await handedOver(answered(reply, found));
            return found;
          });
        return answer?.kind === 'sent' || reply.sent ? reply : answered(reply, answer ?? { kind: 'limited' });
      },
    });
  };
  for (const route of routes.filter((one) => one.files !== 'taken')) serve(app, route);
  await app.register(async (scope) => {
    await readMultipart(scope);
    for (const route of routes.filter((one) => one.files === 'taken')) serve(scope, route);
  });
  return app;
}

/** Files that lie in memory at once, whole; and how many wait for their turn. */
const FILES_AT_ONCE = 3;
const FILES_WAITING = 20;

/** Who reads an answer slower than this has gone. */
const READ_WITHIN_MS = 10 * 60_000;

/** When the last byte of an answer has left, or its reader: until then it lies in memory. */
const handedOver = ({ raw }: FastifyReply): Promise<void> =>
  new Promise((resolve) => {
    if (raw.writableFinished) {
      resolve();
      return;
    }
    const slow = setTimeout(() => raw.destroy(), READ_WITHIN_MS);
    const end = (): void => {
      clearTimeout(slow);
      resolve();
    };
    raw.once('finish', end).once('close', end);
  });

/** The file and line of our own code that failed: enough to find it, nothing of the data. */
const placeOf = (error: Error): string => /\(?[^\s(]*\/(src|dist)\/([^\s)]+)\)?/.exec(error.stack ?? '')?.[2] ?? '';

const problemOf = (error: { readonly statusCode?: number | undefined; readonly code?: string | undefined }): Problem => {
  if (error.code === 'KEYS_UNAVAILABLE' || isOutage(error)) return 'unavailable';
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
      // What the file server forbids is not there.
      return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500 ? 'absent' : 'broken';
  }
};

/** Where the handler itself asks the database, the name may be a minute old; elsewhere the session is asked for now (control 27). */
const needsFresh = ({ audit, permission }: Route): boolean =>
  audit === 'none: no case data' || !['signed-in', 'circle', 'public'].includes(permission);
