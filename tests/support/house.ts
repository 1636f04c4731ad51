import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { execute, type Order, type Outcome } from '../../src/app/execute.js';
import type { House } from '../../src/app/house.js';
import { openCase, type OpenedCase } from '../../src/app/open-case.js';
import { epochMilliseconds, type Instant, instantOf, knownDate } from '../../src/domain/kernel/time.js';
import { fillCommandTable, type Limits, usualLimits } from '../../src/store/command-table.js';
import { sayImpartial } from '../../src/store/lists.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { startSession } from '../../src/store/session-start.js';
import { publicHalf } from '../../src/store/matching/sealed-number.js';
import { fileKeyService, type KeyService } from '../../src/store/vault/kms.js';
import { Vault } from '../../src/store/vault/vault.js';
import { type FreshDatabase, freshDatabase } from './database.js';
import { people, type PersonName } from './people.js';

/** The whole program below the web, on a database of its own, with everybody signed in. */
export interface TestHouse extends House {
  readonly db: FreshDatabase;
  /** What the worker opens CPR numbers with. */
  readonly matchSecret: Buffer;
  readonly login: Pool;
  readonly vaultPool: Pool;
  readonly tokens: Readonly<Record<PersonName, string>>;
  /** Sets the clock that events get. */
  readonly setClock: (at: Instant) => void;
  /** Carries a command out as somebody. */
  readonly order: (who: PersonName, command: string, input: object, more?: Partial<Order>) => Promise<Outcome>;
  /** Carries it out, or fails the test. */
  readonly does: (who: PersonName, caseId: string, command: string, input?: object) => Promise<void>;
  readonly opens: (who: PersonName, caseId: string) => Promise<OpenedCase>;
  readonly close: () => Promise<void>;
}

/** @param keys the key service; one of this house alone unless given. @param given a database of a server of its own, for faults. */
export async function testHouse(limits: Limits = usualLimits, keys: KeyService = fileKeyService(randomBytes(32)), given?: FreshDatabase): Promise<TestHouse> {
  const db = given ?? (await freshDatabase());
  const superuser = new pg.Client({ connectionString: db.url('superuser') });
  await superuser.connect();
  let now = instantOf(knownDate('2026-11-02'), 10, 0);
  await fillCommandTable(superuser, limits, epochMilliseconds(now));
  // Fixed ids, as the demonstration's logins have.
  for (const [name, person] of Object.entries(people)) {
    await superuser.query('insert into app.staff (id, issuer, subject, name, authority, functions) values ($1, $2, $3, $4, $5, $6)', [
      person.user, 'test', name, `Navn ${name}`, person.authority, person.functions,
    ]);
  }
  await superuser.end();
  const web = createPool(db.url('udvej_web'), { max: 8, name: 'test web' });
  const login = createPool(db.url('udvej_login'), { max: 2, name: 'test login' });
  const vaultPool = createPool(db.url('udvej_vault'), { max: 4, name: 'test vault' });
  const tokens: Partial<Record<PersonName, string>> = {};
  for (const [name, person] of Object.entries(people)) {
    const token = await startSession(login, {
      issuer: 'test', subject: name, name: `Navn ${name}`, authority: person.authority, functions: person.functions, authTime: new Date(), level: 'substantial',
    });
    if (token === undefined) throw new Error('no session');
    tokens[name as PersonName] = token;
  }
  const matchSecret = randomBytes(32);
  const house: House = { web, vault: new Vault(vaultPool, web, keys), clock: () => now, etagKey: randomBytes(32), matchKey: publicHalf(matchSecret) };
  const all = tokens as Record<PersonName, string>;
  const order = (who: PersonName, command: string, input: object, more: Partial<Order> = {}) => execute(house, { token: all[who], command, input, ...more });
  return {
    ...house, db, matchSecret, login, vaultPool, tokens: all, order,
    setClock: (at) => { now = at; },
    does: async (who, caseId, command, input = {}) => {
      const outcome = await order(who, command, input, { caseId });
      if (outcome.kind !== 'done') throw new Error(`${command} by ${who}: ${JSON.stringify(outcome)}`);
    },
    opens: async (who, caseId) => {
      const opened = await openCase(house, all[who], caseId, 'overview');
      if (opened.kind !== 'open') throw new Error(`${who} did not get in: ${opened.kind}`);
      return opened;
    },
    close: async () => {
      await Promise.all([web.end(), login.end(), vaultPool.end()]);
      await db.drop();
    },
  };
}

export const registration = {
  municipality: '0183', said: 'Vil ud af det hele', name: 'Emil Sandbjerg', safeContact: 'Kun sms efter kl. 16', channel: 'phone',
};
export const seats = { police: people.police.user, municipal: people.municipal.user, probation: people.probation.user };

/** Registers and takes an inquiry; the id as the taker finds it in his inbox. He has said that he has no conflict of interest. */
export async function takenCase(house: TestHouse, input: object = registration): Promise<string> {
  const id = await inboxCase(house, input);
  await house.does('police', id, 'inquiry.take', seats);
  await sayImpartial(house.web, house.tokens.police, id);
  return id;
}

export async function inboxCase(house: TestHouse, input: object = registration): Promise<string> {
  const done = await house.order('municipal', 'inquiry.register', input);
  if (done.kind !== 'done') throw new Error(JSON.stringify(done));
  const rows = await house.db.superuser<{ case_id: string }>('select case_id from app.unit_inbox where number = $1', [done.receipt.number]);
  return rows[0]?.case_id ?? '';
}

/** The number that stands on the letters of a case. */
export const caseNumberOf = async (house: Pick<TestHouse, 'db'>, caseId: string): Promise<string> =>
  (await house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [caseId]))[0]?.number ?? '';
