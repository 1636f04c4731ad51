import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { House } from '../src/app/house.js';
import { StaffDirectory } from '../src/app/staff-directory.js';
import { instantFromEpoch } from '../src/domain/kernel/time.js';
import { openDatabase } from '../src/store/postgres/engine.js';
import { startSession } from '../src/store/session-start.js';
import { publicHalf } from '../src/store/matching/sealed-number.js';
import { Vault } from '../src/store/vault/vault.js';
import { sessionCookieName } from '../src/web/login/session-cookie.js';
import { buildRoutes } from '../src/web/routes.js';
import { buildServer } from '../src/web/server.js';
import { Visitors } from '../src/web/visitor.js';
import type { WebSettings } from '../src/web/web-settings.js';
import { asChild, type Running } from './child.js';
import type { Person } from './plan.js';
import { startProfile } from './profile.js';
import { keyServiceOf, type RootKeys } from './root-keys.js';

/** The program under test: the real server on the real pools, in a process of its own. */
export interface ServerSettings {
  readonly urls: { readonly web: string; readonly login: string; readonly keys: string };
  /** Stays empty: every URL is given. */
  readonly dataDir: string;
  readonly rootKeys: RootKeys;
  readonly people: readonly Person[];
  /** Where a processor profile goes, if one is taken. */
  readonly profile?: string;
}
export interface ServerFacts {
  readonly origin: string;
  readonly cookie: string;
  /** A session's token for each of the people asked for. */
  readonly tokens: readonly string[];
}

/** Times the usual limits: far above any load made here, by the same counting. */
const RATE_FACTOR = 1_000_000;

asChild(async ({ urls, dataDir, rootKeys, people, profile }: ServerSettings): Promise<Running<ServerFacts>> => {
  const database = await openDatabase({ urls, dataDir, production: false, needsMigration: false });
  const house: House = {
    web: database.web, vault: new Vault(database.vault, database.web, keyServiceOf(rootKeys)),
    clock: () => instantFromEpoch(Date.now()), etagKey: randomBytes(32), matchKey: publicHalf(randomBytes(32)),
  };
  const settings: WebSettings = {
    origin: 'http://127.0.0.1', secure: false, demonstration: true, version: 'bench', csrfKey: randomBytes(32), rateFactor: RATE_FACTOR,
  };
  const app = await buildServer({
    house, settings, routes: buildRoutes({ directory: new StaffDirectory(house), login: [] }), visitors: new Visitors(house), log: () => undefined,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const tokens: string[] = [];
  for (const { id: _id, ...claims } of people) {
    const token = await startSession(database.login, { ...claims, issuer: 'bench', authTime: new Date(), level: 'substantial' });
    if (token === undefined) throw new Error(`no session for ${claims.subject}`);
    tokens.push(token);
  }
  const endProfile = profile === undefined ? undefined : await startProfile(profile);
  return {
    facts: { origin: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, cookie: sessionCookieName(false), tokens },
    stop: async () => {
      await endProfile?.();
      await app.close();
      await database.close();
    },
  };
});
