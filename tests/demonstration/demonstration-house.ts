import { randomBytes } from 'node:crypto';
import type { House } from '../../src/app/house.js';
import type { DemonstrationParts } from '../../src/cli/demonstration/parts.js';
import { fillDemonstrationStaff } from '../../src/cli/demonstration/staff.js';
import { type DemonstrationLogin, demonstrationPerson } from '../../src/domain/reference/demonstration-people.js';
import { epochMilliseconds, type Instant, instantOf, knownDate } from '../../src/domain/kernel/time.js';
import { fillCommandTable, usualLimits } from '../../src/store/command-table.js';
import { withClient } from '../../src/store/postgres/engine-guard.js';
import { createPool } from '../../src/store/postgres/pools.js';
import { startSession } from '../../src/store/session-start.js';
import { publicHalf } from '../../src/store/matching/sealed-number.js';
import { fileKeyService } from '../../src/store/vault/kms.js';
import { Vault } from '../../src/store/vault/vault.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';

const ISSUER = 'test-demonstration';

/** A new demonstration as a start prepares it, before it is filled, on a database of its own. */
export interface DemonstrationHouse extends DemonstrationParts {
  readonly db: FreshDatabase;
  readonly tokenOf: (login: DemonstrationLogin) => Promise<string>;
  readonly setClock: (at: Instant) => void;
  /** The same, to be interrupted by itself. */
  readonly until: (signal: AbortSignal) => DemonstrationParts;
  readonly close: () => Promise<void>;
}

export async function demonstrationHouse(day = '2026-11-20'): Promise<DemonstrationHouse> {
  const db = await freshDatabase();
  const superuser = db.url('superuser');
  let now = instantOf(knownDate(day), 14, 0);
  await withClient('migrate', superuser, async (client) => {
    await fillCommandTable(client, usualLimits, epochMilliseconds(now));
    await fillDemonstrationStaff(client, ISSUER);
  });
  const web = createPool(db.url('udvej_web'), { max: 8, name: 'test web' });
  const login = createPool(db.url('udvej_login'), { max: 2, name: 'test login' });
  const vault = createPool(db.url('udvej_vault'), { max: 4, name: 'test vault' });
  const house: House = {
    web,
    vault: new Vault(vault, web, fileKeyService(randomBytes(32))),
    clock: () => now,
    etagKey: randomBytes(32), matchKey: publicHalf(randomBytes(32)),
  };
  const parts: DemonstrationParts = {
    house,
    login,
    superuser,
    issuer: ISSUER,
    signal: new AbortController().signal,
    log: () => undefined,
  };
  return {
    ...parts,
    db,
    setClock: (at) => {
      now = at;
    },
    until: (signal) => ({ ...parts, signal }),
    tokenOf: async (subject) => {
      const person = demonstrationPerson(subject);
      const token =
        person && (await startSession(login, { ...person, issuer: ISSUER, subject, authTime: new Date(), level: 'substantial' }));
      if (token === undefined) throw new Error(`${subject} was not let in`);
      return token;
    },
    close: async () => {
      await Promise.all([web.end(), login.end(), vault.end()]);
      await db.drop();
    },
  };
}
