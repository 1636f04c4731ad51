import { chmodSync, closeSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { type Instant } from '../../src/domain/kernel/time.js';
import type { KeyService } from '../../src/store/vault/kms.js';
import { asChild, type Running } from '../child.js';
import { plainCase } from './case.js';
import { COLUMNS, copied, type Put, putCase, type Table, TABLES } from './rows.js';
import { keyServiceOf, type RootKeys } from '../root-keys.js';

/** One writer's share of the cases. */
export interface Share {
  readonly superuserUrl: string;
  readonly superuserOfKeysUrl: string;
  readonly folder: string;
  readonly rootKeys: RootKeys;
  readonly cases: number;
  /** First case and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** How many notes a case has; `many` for the cases of the people measured. */
  readonly notes: { readonly usual: number; readonly many: number; readonly measured: readonly number[] };
  readonly today: Instant;
}
export interface Written {
  readonly rows: number;
}

/** So many cases at a time lie in files; the folder stays small however many there are. */
const BATCH = 500;

/** Files read by the database's own process: COPY takes them at full speed, and the driver needs no part in it. */
function filesOf(folder: string, share: string) {
  const open = new Map<Table, { readonly file: string; readonly lines: string[] }>();
  let rows = 0;
  const put: Put = (table, ...values) => {
    const one = open.get(table) ?? { file: path.join(folder, `${share}-${table}`), lines: [] };
    open.set(table, one);
    one.lines.push(values.map(copied).join('\t'));
    rows += 1;
  };
  const write = (): readonly (readonly [Table, string])[] =>
    TABLES.flatMap((table) => {
      const one = open.get(table);
      if (!one) return [];
      const handle = openSync(one.file, 'w');
      // The server may run as another user than we do.
      chmodSync(one.file, 0o644);
      writeSync(handle, `${one.lines.join('\n')}\n`);
      closeSync(handle);
      return [[table, one.file] as const];
    });
  return { put, write, rows: () => rows };
}

async function batch({ cases, ofKeys }: Clients, keys: KeyService, share: Share, from: number, to: number): Promise<number> {
  const files = filesOf(share.folder, String(share.from));
  const measured = new Set(share.notes.measured);
  for (let one = from; one < to; one += 1) {
    await putCase(keys, plainCase(share.cases, one, measured.has(one) ? share.notes.many : share.notes.usual, share.today), one, files.put);
  }
  await cases.query('begin');
  for (const [table, file] of files.write()) {
    const client = table.startsWith('keys.') ? ofKeys : cases;
    await client.query(`copy ${table} (${COLUMNS[table]}) from ${client.escapeLiteral(file)}`);
    rmSync(file);
  }
  await cases.query('commit');
  return files.rows();
}

interface Clients {
  readonly cases: pg.Client;
  readonly ofKeys: pg.Client;
}

async function connected(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, application_name: 'udvej bench seed' });
  await client.connect();
  // What refers to what is right by construction: checking millions of references would take most of the time.
  await client.query(`set session_replication_role = replica; set synchronous_commit = off`);
  return client;
}

asChild(async (share: Share): Promise<Running<Written>> => {
  const clients = { cases: await connected(share.superuserUrl), ofKeys: await connected(share.superuserOfKeysUrl) };
  const keys = keyServiceOf(share.rootKeys);
  let rows = 0;
  for (let from = share.from; from < share.to; from += BATCH) rows += await batch(clients, keys, share, from, Math.min(from + BATCH, share.to));
  await Promise.all([clients.cases.end(), clients.ofKeys.end()]);
  return { facts: { rows }, stop: () => Promise.resolve() };
});
