import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { House } from '../../src/app/house.js';
import { stepUpBegun } from '../../src/app/step-up.js';
import { StaffDirectory } from '../../src/app/staff-directory.js';
import { fillDemonstrationStaff } from '../../src/cli/demonstration/staff.js';
import { loginTable } from '../../src/web/login/login-table.js';
import { epochMilliseconds, type Instant, instantOf, type PlainDate } from '../../src/domain/kernel/time.js';
import { fillCommandTable, usualLimits } from '../../src/store/command-table.js';
import { endSession } from '../../src/store/lists.js';
import { createPool } from '../../src/store/postgres/pools.js';
import { publicHalf } from '../../src/store/matching/sealed-number.js';
import { fileKeyService } from '../../src/store/vault/kms.js';
import { Vault } from '../../src/store/vault/vault.js';
import { createLogin } from '../../src/web/login/client.js';
import { demonstrationIssuer, demonstrationProvider } from '../../src/web/login/provider.js';
import { loginRoutes } from '../../src/web/login/routes.js';
import { buildRoutes } from '../../src/web/routes.js';
import { buildServer } from '../../src/web/server.js';
import { Visitors } from '../../src/web/visitor.js';
import { type FreshDatabase, freshDatabase } from './database.js';
import { freePort } from './free-port.js';

/** The program as a browser meets it: the demonstration's people and login, on a database of its own, at a clock the test sets. */
export interface BrowserHouse {
  readonly origin: string;
  readonly db: FreshDatabase;
  /** Everything the server logged. */
  readonly log: readonly string[];
  /** Sets the clock to ten in the morning of a day. */
  readonly goTo: (day: PlainDate) => void;
  readonly close: () => Promise<void>;
}

export async function browserHouse(day: PlainDate): Promise<BrowserHouse> {
  // The origin stands in the settings before the server listens, so the port is found first.
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const db = await freshDatabase();
  await arrange(db, origin, instantOf(day, 10, 0));
  const web = createPool(db.url('udvej_web'), { max: 8, name: 'test web' });
  const loginPool = createPool(db.url('udvej_login'), { max: 2, name: 'test login' });
  const vaultPool = createPool(db.url('udvej_vault'), { max: 4, name: 'test vault' });
  let now = instantOf(day, 10, 0);
  const house: House = { web, vault: new Vault(vaultPool, web, fileKeyService(randomBytes(32))), clock: () => now, etagKey: randomBytes(32), matchKey: publicHalf(randomBytes(32)) };
  const log: string[] = [];
  const note = (line: string): void => { log.push(line); };
  const visitors = new Visitors(house);
  const provider = await demonstrationProvider(origin);
  const login = createLogin({ issuers: [provider.settings], origin, loginPool, key: randomBytes(32), demonstration: true });
  const leave = async (token: string): Promise<void> => {
    visitors.forget(token);
    await endSession(web, token);
  };
  const app = await buildServer({
    house, visitors, log: note,
    // Three people at work at once, each followed by checks: faster than anybody's hands.
    settings: { origin, secure: false, demonstration: true, version: '0.1.0', csrfKey: randomBytes(32), rateFactor: 1_000 },
    routes: buildRoutes({ directory: new StaffDirectory(house), login: loginTable(loginRoutes({ login, endSession: leave, beginStepUp: (token) => stepUpBegun(house, token), log: note })) }),
    mount: async (server) => { await server.register(provider.plugin); },
  });
  await app.listen({ host: '127.0.0.1', port });
  return {
    origin, db, log,
    goTo: (to) => { now = instantOf(to, 10, 0); },
    close: async () => {
      await app.close();
      await Promise.all([web.end(), loginPool.end(), vaultPool.end()]);
      await db.drop();
    },
  };
}

/** The rows a start of the program would have written. */
async function arrange(db: FreshDatabase, origin: string, clock: Instant): Promise<void> {
  const superuser = new pg.Client({ connectionString: db.url('superuser') });
  await superuser.connect();
  try {
    await fillCommandTable(superuser, usualLimits, epochMilliseconds(clock));
    await fillDemonstrationStaff(superuser, demonstrationIssuer(origin));
  } finally {
    await superuser.end();
  }
}
