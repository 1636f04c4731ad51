import pg from 'pg';
import { instantFromEpoch } from '../../src/domain/kernel/time.js';
import { runChild } from '../child.js';
import { casesOf, measuredUsers, NOTES, official, person, staffOf } from '../plan.js';
import { bringBack, takeIndexes } from './indexes.js';
import type { Share, Written } from './writer.js';
import type { RootKeys } from '../root-keys.js';

export interface SeedOrder {
  readonly superuserUrl: string;
  readonly superuserOfKeysUrl: string;
  /** Read by the database's own process too. */
  readonly folder: string;
  readonly rootKeys: RootKeys;
  readonly cases: number;
  /** Notes on the cases of the people measured. */
  readonly notes: number;
}
export interface Seeded {
  readonly seconds: number;
  readonly rows: number;
}

const WRITERS = 2;
const LONGEST_MS = 40 * 60_000;

/**
 * Fills an empty, migrated database: every key and ciphertext genuine, everything else as the store would have written it.
 * @param program the writer's translation.
 */
export async function seed(order: SeedOrder, program: URL): Promise<Seeded> {
  const started = performance.now();
  const client = new pg.Client({ connectionString: order.superuserUrl });
  await client.connect();
  try {
    await staff(client, order.cases);
    const indexes = await takeIndexes(client);
    const written = await Promise.all(shares(order).map((share) => write(share, program)));
    await bringBack(client, indexes);
    // What autovacuum would have done long before a register has grown to this size; then nothing is left to be written out under load.
    await client.query('vacuum (freeze, analyze)');
    await client.query('checkpoint');
    return { seconds: (performance.now() - started) / 1000, rows: written.reduce((sum, one) => sum + one.rows, 0) };
  } finally {
    await client.end();
  }
}

async function staff(client: pg.Client, cases: number): Promise<void> {
  const people = [official, ...Array.from({ length: staffOf(cases) }, (_, user) => person(user))];
  await client.query(
    `insert into app.staff (id, issuer, subject, name, authority, functions)
     select p.id, 'bench', p.subject, p.name, p.authority, array[p.function] from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) as p (id, subject, name, authority, function)`,
    [people.map((one) => one.id), people.map((one) => one.subject), people.map((one) => one.name), people.map((one) => one.authority), people.map((one) => one.functions[0])],
  );
}

function shares({ superuserUrl, superuserOfKeysUrl, folder, rootKeys, cases, notes }: SeedOrder): readonly Share[] {
  const measured = [...new Set(measuredUsers(cases).flatMap((user) => casesOf(cases, user)))];
  const size = Math.ceil(cases / WRITERS);
  return Array.from({ length: WRITERS }, (_, n): Share => ({
    superuserUrl, superuserOfKeysUrl, folder, rootKeys, cases, from: n * size, to: Math.min(cases, (n + 1) * size),
    notes: { usual: NOTES, many: notes, measured }, today: instantFromEpoch(Date.now()),
  }));
}

async function write(share: Share, program: URL): Promise<Written> {
  // A writer ends with us: it needs no putting away of its own.
  const child = await runChild<Written>(program, share, LONGEST_MS);
  await child.stop();
  return child.facts;
}
