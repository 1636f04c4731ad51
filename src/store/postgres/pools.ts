import pg from 'pg';

export type Pool = pg.Pool;
export type PoolClient = pg.PoolClient;

export interface PoolOptions {
  /** The most connections open at once. */
  max: number;
  /** Shown as `application_name` in the server's own lists. */
  name: string;
}

/** In seconds and by the server: a statement that runs longer, or a transaction left open by a bug, is ended. */
const sessionSettings = [
  // Every statement goes by ids: planning it anew for each cost as much as carrying it out (measured).
  '-c plan_cache_mode=force_generic_plan',
  // A plan made while a table was nearly empty would read all of it ever after: the notes of openings grow by thousands (measured).
  '-c enable_seqscan=off',
  // Before version 18 a table without an index then looks so dear that its plan would be compiled at every call.
  '-c jit=off',
  '-c statement_timeout=10s',
  // Shorter than a connection is waited for: when a table is held, the few who have a connection give it back before those in line give up.
  '-c lock_timeout=4s',
  '-c idle_in_transaction_session_timeout=30s',
  '-c TimeZone=UTC',
  '-c DateStyle=ISO',
].join(' ');

/**
 * A pool of connections for one role. Its rows hold times as ISO text in UTC with milliseconds, dates as `YYYY-MM-DD`,
 * and `bigint` as numbers; a bigint too great for a number is an error, never a nearby number.
 */
export function createPool(url: string, { max, name }: PoolOptions): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: `udvej ${name}`,
    options: sessionSettings,
    // A statement need not wait for the answer of the one before it: the server carries them out in order, one by one.
    pipeline: true,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    types: rowTypes,
  });
  // Without a listener here and on every client — also while it is lent out — a restart of the server ends our process.
  // The next statement on the connection fails by itself, and the pool opens a new one.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * A transaction whose statements need not wait for one another's answers: what is sent in one turn of the program leaves in one packet and wakes the
 * server once, its beginning with the first statement and its end with the last; a packet costs a note as much as its encryption (measured).
 */
export class Transaction {
  readonly client: PoolClient;
  #unheard: Promise<unknown>[] = [];
  #failed: { readonly error: unknown } | undefined;

  /** Begins. */
  constructor(client: PoolClient) {
    this.client = client;
    this.begin();
  }

  /** Begins again, after an end. */
  begin(): void {
    this.sends({ text: 'begin' });
  }

  /** Sends what nobody waits for but the end: when it fails, so does everything behind it. */
  sends(statement: pg.QueryConfig): void {
    const { stream } = this.client.connection;
    stream.cork();
    process.nextTick(() => stream.uncork());
    // With a callback, for it tells at once of what cannot be sent; a promise would tell after the end has gone out.
    this.#unheard.push(new Promise((resolve) => {
      this.client.query(statement, (error: Error | null) => {
        if (error) this.#failed ??= { error };
        resolve(undefined);
      });
    }));
  }

  /** What the work's error came from: of a transaction that has failed, every later statement says only that it has. */
  cause(error: unknown): unknown {
    return this.#failed ? this.#failed.error : error;
  }

  #fails(): void {
    if (this.#failed) throw this.#failed.error;
  }

  /** @throws what failed of that which was sent; or when the server rolled back what the work thought was done. */
  async end(how: 'commit' | 'rollback'): Promise<void> {
    // What could not even be sent has not failed for the server, which would commit without it.
    this.#fails();
    const [ended] = await Promise.all([this.client.query(how), ...this.#unheard.splice(0)]);
    this.#fails();
    // After a swallowed error COMMIT is answered by ROLLBACK, without an error of its own.
    if (how === 'commit' && ended.command !== 'COMMIT') throw new Error('the transaction had failed and was rolled back at its commit');
  }
}

/**
 * Runs `work` in one transaction: all of it is committed, or none of it. A connection in doubt is closed and not lent
 * again. Errors leave without the values PostgreSQL quotes in them.
 * @param ends how it ends by what came of the work, when that is not always by being committed.
 * @throws what `work` throws; or an error when the server rolled back what `work` thought was done.
 */
export async function withTransaction<T>(
  pool: Pool, work: (client: PoolClient, transaction: Transaction) => Promise<T>, ends: (result: T) => 'commit' | 'rollback' = () => 'commit',
): Promise<T> {
  const client = await pool.connect();
  const transaction = new Transaction(client);
  let sound = false;
  try {
    const result = await work(client, transaction);
    await transaction.end(ends(result));
    sound = true;
    return result;
  } catch (error) {
    sound = await rolledBack(client);
    throw stripDetail(transaction.cause(error));
  } finally {
    client.release(!sound);
  }
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    return false;
  }
}

/** Where PostgreSQL puts values of rows and parameters: `Key (cpr)=(…) already exists`. */
const tellTale = ['detail', 'where', 'internalQuery', 'hint'] as const;

/**
 * Takes personal data out of an error from PostgreSQL, in place and through its causes: detail, where, internal query
 * and hint, and the values that data errors (class 22) quote in the message itself. Other values pass untouched.
 * @returns the same error, fit for a log.
 */
export function stripDetail<E>(error: E): E {
  if (!(error instanceof Error)) return error;
  const told = error as Error & Partial<Record<(typeof tellTale)[number] | 'code', unknown>>;
  for (const field of tellTale) if (field in told) told[field] = undefined;
  if (typeof told.code === 'string' && told.code.startsWith('22')) {
    const spoken = told.message;
    told.message = spoken.replace(/"[^]*"/, '"…"');
    if (told.stack !== undefined) told.stack = told.stack.replace(spoken, told.message);
  }
  if (error instanceof AggregateError) error.errors.forEach(stripDetail);
  if (error.cause !== undefined) stripDetail(error.cause);
  return error;
}

/** PostgreSQL's own numbers for its types. */
const oid = { int8: 20, date: 1082, timestamp: 1114, timestamptz: 1184 } as const;
const arrayOf = { int8: 1016, date: 1182, timestamp: 1115, timestamptz: 1185, text: 1009 } as const;

// The published types know the numbers of plain types only.
const parserFor = pg.types.getTypeParser as (type: number, format?: string) => (text: string) => unknown;
const textArray = parserFor(arrayOf.text) as (text: string) => (string | null)[];

const parsers = new Map<number, (text: string) => unknown>([
  [oid.int8, wholeNumber],
  [oid.timestamptz, isoTime],
  [oid.date, asItIs],
  [oid.timestamp, asItIs],
  [arrayOf.int8, listOf(wholeNumber)],
  [arrayOf.timestamptz, listOf(isoTime)],
  [arrayOf.date, listOf(asItIs)],
  [arrayOf.timestamp, listOf(asItIs)],
]);

const rowTypes = {
  getTypeParser: (type: number, format?: string) =>
    (format === 'binary' ? undefined : parsers.get(type)) ?? parserFor(type, format),
} as pg.CustomTypesConfig;

function listOf<T>(one: (text: string) => T): (text: string) => (T | null)[] {
  return (text) => textArray(text).map((element) => (element === null ? null : one(element)));
}

function asItIs(text: string): string {
  return text;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint is too great for a number');
  return value;
}

/** `2026-11-21 09:42:00.123456+00` → `2026-11-21T09:42:00.123Z`; `infinity` stays. */
function isoTime(text: string): string {
  const parts = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)?([+-]\d\d)(:\d\d)?$/.exec(text);
  if (!parts) return text;
  const [, day = '', time = '', fraction = '', hours = '', minutes = ':00'] = parts;
  return new Date(`${day}T${time}${fraction.slice(0, 4)}${hours}${minutes}`).toISOString();
}
