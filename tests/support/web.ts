import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { StaffDirectory } from '../../src/app/staff-directory.js';
import { sessionCookieName } from '../../src/web/login/session-cookie.js';
import type { FiguresFilled } from '../../src/web/figures-filled.js';
import { buildRoutes } from '../../src/web/routes.js';
import type { Route } from '../../src/web/route.js';
import { buildServer } from '../../src/web/server.js';
import { csrfToken, Visitors } from '../../src/web/visitor.js';
import type { WebSettings } from '../../src/web/web-settings.js';
import type { PersonName } from './people.js';
import { type TestHouse, testHouse } from './house.js';

type Reply = Awaited<ReturnType<FastifyInstance['inject']>>;

/** The real server on a test house, asked in process: headers, tokens and limits as in life. */
export interface TestWeb {
  readonly house: TestHouse;
  readonly app: FastifyInstance;
  readonly routes: readonly Route[];
  readonly settings: WebSettings;
  /** Everything the server logged. */
  readonly log: readonly string[];
  readonly get: (who: PersonName | undefined, url: string) => Promise<Reply>;
  /** Posts a form as a browser does, with the session's token. */
  readonly post: (who: PersonName, url: string, fields: Readonly<Record<string, string>>) => Promise<Reply>;
  readonly api: (who: PersonName | undefined, method: 'GET' | 'POST', url: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Reply>;
  readonly close: () => Promise<void>;
}

export async function testWeb(house?: TestHouse, rateFactor = 1_000, figuresFilled?: FiguresFilled): Promise<TestWeb> {
  const on = house ?? (await testHouse());
  const settings: WebSettings = { origin: 'http://127.0.0.1:3000', secure: false, demonstration: true, version: '0.0.0', csrfKey: randomBytes(32), rateFactor };
  const log: string[] = [];
  const routes = buildRoutes({ directory: new StaffDirectory(on), login: [], ...(figuresFilled && { figuresFilled }) });
  const app = await buildServer({ house: on, settings, routes, visitors: new Visitors(on), log: (line) => log.push(line) });
  const cookie = (who: PersonName) => `${sessionCookieName(false)}=${on.tokens[who]}`;
  return {
    house: on, app, routes, settings, log,
    get: (who, url) => app.inject({ method: 'GET', url, headers: who === undefined ? {} : { cookie: cookie(who) } }),
    post: (who, url, fields) => app.inject({
      method: 'POST', url, headers: { cookie: cookie(who), 'content-type': 'application/x-www-form-urlencoded', origin: settings.origin, 'sec-fetch-site': 'same-origin' },
      payload: new URLSearchParams({ _csrf: csrfToken(settings.csrfKey, on.tokens[who]), ...fields }).toString(),
    }),
    api: (who, method, url, body, headers = {}) => app.inject({
      method, url, headers: { ...(who === undefined ? {} : { authorization: `Bearer ${on.tokens[who]}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
    close: async () => {
      await app.close();
      await on.close();
    },
  };
}
