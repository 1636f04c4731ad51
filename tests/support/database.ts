import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { LoginRole } from '../../src/store/postgres/migrate.js';
import { closeDatabase, keyRoles } from '../../src/store/postgres/migrate.js';

/** Asks as superuser, past all row-level security: for arranging and for looking behind the scenes. */
export type Ask = <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>;

export interface FreshDatabase {
  name: string;
  /** The URL of a login role — or of the superuser — into this database; the vault's into that of its keys. */
  url: (role: LoginRole | 'superuser') => string;
  /** Into the database of the keys. */
  urlOfKeys: (role: LoginRole | 'superuser') => string;
  superuser: Ask;
  /** The same, by the name that the catalogue's rules know. */
  ask: Ask;
  /** The same in the database of the keys. */
  keys: Ask;
  /** Ends every connection to them and removes them. */
  drop: () => Promise<void>;
}

/** A database of its own and one of its keys, copied from the migrated templates in some 80 ms: what one test commits no other sees. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { superuserUrl, template, keysTemplate, passwords } = inject('database');
  const name = `udvej_test_${randomBytes(8).toString('hex')}`;
  const keysName = `${name}_keys`;
  await visit(superuserUrl, async (client) => {
    await client.query(`create database ${name} template ${template}`);
    await client.query(`create database ${keysName} template ${keysTemplate}`);
  });
  const urlIn = (database: string) => (role: LoginRole | 'superuser') => {
    const it = new URL(superuserUrl);
    it.pathname = database;
    if (role !== 'superuser') {
      it.username = role;
      it.password = passwords[role];
    }
    return it.href;
  };
  const urlOfCases = urlIn(name);
  const urlOfKeys = urlIn(keysName);
  const cases = await inside(urlOfCases('superuser'));
  await closeDatabase(cases);
  const keys = await inside(urlOfKeys('superuser'));
  await closeDatabase(keys, keyRoles);
  const as = (client: pg.Client): Ask => async <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => (await client.query<Row>(sql, values)).rows;
  return {
    name,
    url: (role) => (role === 'udvej_vault' ? urlOfKeys(role) : urlOfCases(role)),
    urlOfKeys,
    superuser: as(cases),
    ask: as(cases),
    keys: as(keys),
    drop: async () => {
      await Promise.all([cases.end(), keys.end()]);
      await visit(superuserUrl, async (client) => {
        for (const one of [name, keysName]) await client.query(`drop database if exists ${one} with (force)`);
      });
    },
  };
}

async function inside(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function visit(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = await inside(url);
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
