import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { StaffDirectory } from '../../src/app/staff-directory.js';
import { stepUpBegun } from '../../src/app/step-up.js';
import { FUNCTIONS } from '../../src/domain/access/functions.js';
import { endSession } from '../../src/store/lists.js';
import { createLogin } from '../../src/web/login/client.js';
import { loginTable } from '../../src/web/login/login-table.js';
import { loginRoutes } from '../../src/web/login/routes.js';
import { buildRoutes } from '../../src/web/routes.js';
import type { Route } from '../../src/web/route.js';
import { buildServer } from '../../src/web/server.js';
import { Visitors } from '../../src/web/visitor.js';
import type { WebSettings } from '../../src/web/web-settings.js';
import { type TestHouse, testHouse } from './house.js';
import { people, type PersonName } from './people.js';
import { StandInIssuer } from './stand-in-issuer.js';
import { noLimits } from './wall-house.js';

export type Reply = Awaited<ReturnType<FastifyInstance['inject']>>;
type Fields = Readonly<Record<string, string>>;

/** The real server with the real login, at an identity provider that says what a test wants; the house's people are known there. */
export interface LoginWeb {
  readonly house: TestHouse;
  readonly app: FastifyInstance;
  readonly routes: readonly Route[];
  readonly settings: WebSettings;
  readonly issuer: StandInIssuer;
  readonly log: readonly string[];
  readonly get: (token: string | undefined, url: string, headers?: Fields) => Promise<Reply>;
  readonly post: (token: string | undefined, url: string, fields: Fields, headers?: Fields) => Promise<Reply>;
  /** Follows a link to the login as somebody's browser does, and comes back; what the way back was answered with. */
  readonly through: (link: string, token: string | undefined, claims: object) => Promise<Reply>;
  readonly claimsOf: (who: PersonName) => Readonly<Record<string, unknown>>;
  readonly close: () => Promise<void>;
}

/** The session's token that an answer left in the browser. */
export const tokenIn = (reply: Reply): string | undefined => reply.cookies.find(({ name, value }) => name === 'udvej' && value !== '')?.value;
export const hashed = (token: string): Buffer => createHash('sha256').update(token).digest();

export async function loginWeb(): Promise<LoginWeb> {
  const house = await testHouse(noLimits);
  const issuer = new StandInIssuer('https://id.example');
  await house.db.superuser('update app.staff set issuer = $1', [issuer.issuer]);
  const settings: WebSettings = { origin: 'http://127.0.0.1:3000', secure: false, demonstration: true, version: '0.0.0', csrfKey: randomBytes(32), rateFactor: 1_000_000 };
  const { clientId, clientSecret } = issuer;
  const login = createLogin({
    issuers: [{ issuer: issuer.issuer, clientId, clientSecret, authorities: ['*'], functions: [...FUNCTIONS], label: 'Landet' }],
    origin: settings.origin, loginPool: house.login, key: randomBytes(32), demonstration: true, fetch: issuer.fetch,
  });
  const visitors = new Visitors(house);
  const leave = async (token: string) => {
    visitors.forget(token);
    await endSession(house.web, token);
  };
  const log: string[] = [];
  const note = (line: string): void => void log.push(line);
  const routes = buildRoutes({ directory: new StaffDirectory(house), login: loginTable(loginRoutes({ login, endSession: leave, beginStepUp: (token) => stepUpBegun(house, token), log: note })) });
  const app = await buildServer({ house, settings, routes, visitors, log: note });
  const cookie = (token: string | undefined, more = ''): Fields => (token === undefined && more === '' ? {} : { cookie: [token && `udvej=${token}`, more].filter(Boolean).join('; ') });
  const get: LoginWeb['get'] = (token, url, headers = {}) => app.inject({ method: 'GET', url, headers: { ...cookie(token), ...headers } });
  return {
    house, app, routes, settings, issuer, log, get,
    post: (token, url, fields, headers = {}) => app.inject({
      method: 'POST', url, payload: new URLSearchParams(fields).toString(),
      headers: { ...cookie(token), 'content-type': 'application/x-www-form-urlencoded', origin: settings.origin, 'sec-fetch-site': 'same-origin', ...headers },
    }),
    through: async (link, token, claims) => {
      const sent = await get(token, link);
      const to = sent.headers.location;
      if (to === undefined) return sent;
      const pending = sent.cookies.find(({ name }) => name === 'udvej-login')?.value ?? '';
      const back = issuer.logIn(to, { ...claims });
      return app.inject({ method: 'GET', url: `/login/retur?${back.toString()}`, headers: cookie(token, `udvej-login=${pending}`) });
    },
    claimsOf: (who) => ({ sub: who, name: `Navn ${who}`, udvej_authority: people[who].authority, udvej_functions: [...people[who].functions] }),
    close: async () => {
      await app.close();
      await house.close();
    },
  };
}
