import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FreshDatabase } from '../../../tests/support/database.js';
import { freshDatabase } from '../../../tests/support/database.js';
import type { Pool } from './pools.js';
import { createPool, stripDetail, withTransaction } from './pools.js';

let database: FreshDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await freshDatabase();
  await database.superuser('create table public.note (id integer primary key, text text not null)');
  pool = createPool(database.url('superuser'), { max: 3, name: 'test' });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** The one row of a statement. */
async function row<Row extends pg.QueryResultRow>(sql: string, values?: unknown[], from: Pool = pool): Promise<Row> {
  const { rows } = await from.query<Row>(sql, values);
  const [first] = rows;
  if (!first) throw new Error('no row');
  return first;
}

describe('what comes out of a row', () => {
  it('times are ISO text in UTC, whatever zone they were written in', async () => {
    expect(await row(`select timestamptz '2026-11-21 10:42:00.123456+01' as at`)).toEqual({ at: '2026-11-21T09:42:00.123Z' });
    expect(await row(`select timestamptz '2026-06-01 00:00+02' as at`)).toEqual({ at: '2026-05-31T22:00:00.000Z' });
  });

  it('a time without end stays a word', async () => {
    expect(await row(`select timestamptz 'infinity' as at`)).toEqual({ at: 'infinity' });
  });

  it('dates are days and never moments', async () => {
    expect(await row(`select date '2026-03-29' as day`)).toEqual({ day: '2026-03-29' });
  });

  it('a bigint is a number', async () => {
    expect(await row('select count(*) as n, 9007199254740991::bigint as greatest')).toEqual({ n: 1, greatest: 9007199254740991 });
  });

  it('a bigint too great for a number is refused, not rounded', async () => {
    await expect(pool.query('select 9007199254740993::bigint as n')).rejects.toThrow(RangeError);
    expect(await row('select 1 as still_sound')).toEqual({ still_sound: 1 });
  });

  it('lists follow the same rules, with their gaps', async () => {
    const lists = await row(
      `select array[1, null]::bigint[] as numbers, array['2026-11-21']::date[] as days,
              array['2026-11-21 10:42+01', null]::timestamptz[] as times`,
    );
    expect(lists).toEqual({ numbers: [1, null], days: ['2026-11-21'], times: ['2026-11-21T09:42:00.000Z', null] });
  });

  it('the parsers are the pool’s own: another client still has those of the driver', async () => {
    const client = new pg.Client({ connectionString: database.url('superuser') });
    await client.connect();
    const { rows } = await client.query<{ n: unknown }>('select 1::bigint as n');
    await client.end();
    expect(rows[0]?.n).toBe('1');
  });
});

it('a statement may take ten seconds, wait four for a lock, and a transaction may idle thirty', async () => {
  expect(await row('show lock_timeout')).toEqual({ lock_timeout: '4s' });
  expect(await row('show statement_timeout')).toEqual({ statement_timeout: '10s' });
  expect(await row('show idle_in_transaction_session_timeout')).toEqual({ idle_in_transaction_session_timeout: '30s' });
  expect(await row('show application_name')).toEqual({ application_name: 'udvej test' });
});

describe('a transaction', () => {
  const ids = async () =>
    (await pool.query<{ id: number }>('select id from public.note order by id')).rows.map((each) => each.id);

  it('is committed whole, and gives back what the work gave', async () => {
    const given = await withTransaction(pool, async (client) => {
      await client.query(`insert into public.note values (1, 'a'), (2, 'b')`);
      return 'done';
    });
    expect(given).toBe('done');
    expect(await ids()).toEqual([1, 2]);
  });

  it('leaves nothing when the work fails', async () => {
    const work = withTransaction(pool, async (client) => {
      await client.query(`insert into public.note values (3, 'c')`);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await ids()).toEqual([1, 2]);
  });

  it('fails when the work swallowed an error and the server rolled back at the commit', async () => {
    const work = withTransaction(pool, async (client) => {
      await client.query(`insert into public.note values (4, 'd')`);
      await client.query('select 1/0').catch(() => undefined);
      return 'thought it was done';
    });
    await expect(work).rejects.toThrow('rolled back');
    expect(await ids()).toEqual([1, 2]);
  });

  it('fails on what is only checked at the commit', async () => {
    await database.superuser('create table public.answer (to_note integer references public.note deferrable initially deferred)');
    const work = withTransaction(pool, (client) => client.query('insert into public.answer values (99)'));
    await expect(work).rejects.toMatchObject({ code: '23503', detail: undefined });
  });

  it('fails with what was sent and not waited for, whatever came behind it, and leaves nothing', async () => {
    const unheard = withTransaction(pool, async (client, transaction) => {
      await client.query(`insert into public.note values (5, 'e')`);
      transaction.sends({ text: 'select 1/0' });
      return 'thought it was done';
    });
    await expect(unheard).rejects.toMatchObject({ code: '22012' });
    const followed = withTransaction(pool, async (client, transaction) => {
      transaction.sends({ text: 'select 1/0' });
      await client.query(`insert into public.note values (6, 'f')`);
    });
    await expect(followed).rejects.toMatchObject({ code: '22012' });
    expect(await ids()).toEqual([1, 2]);
  });

  it('is not committed without a statement that could not even be sent', async () => {
    const unwritable = { toPostgres: () => { throw new Error('cannot be written'); } };
    const work = withTransaction(pool, async (client, transaction) => {
      await client.query(`insert into public.note values (7, 'g')`);
      transaction.sends({ text: 'insert into public.note values (8, $1)', values: [unwritable] });
    });
    await expect(work).rejects.toThrow('cannot be written');
    expect(await ids()).toEqual([1, 2]);
  });

  it('leaves no setting to the next borrower', async () => {
    const one = createPool(database.url('superuser'), { max: 1, name: 'one' });
    await withTransaction(one, (client) => client.query(`select set_config('app.session', 'secret', true)`));
    const left = await row(`select nullif(current_setting('app.session', true), '') as session`, [], one);
    await one.end();
    expect(left).toEqual({ session: null });
  });
});

describe('when the server ends a connection', () => {
  const end = (pid: number) => database.superuser('select pg_terminate_backend($1)', [pid]);
  const pidOf = async (client: pg.PoolClient | Pool) =>
    (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid ?? 0;

  it('a lent client’s death fails its transaction only, and the connection is not lent again', async () => {
    let pid = 0;
    const work = withTransaction(pool, async (client) => {
      pid = await pidOf(client);
      // Listening for errors here would hide that nobody else does.
      const noticed = new Promise((resolve) => client.once('end', () => resolve(undefined)));
      await end(pid);
      // The process hears of it while no statement is waiting: without a listener this is where it would fall.
      await noticed;
      await client.query('select 1');
    });
    await expect(work).rejects.toThrow();
    expect(pid).toBeGreaterThan(0);
    expect(await pidOf(pool)).not.toBe(pid);
  });

  it('an idle client’s death is noticed by nobody', async () => {
    const one = createPool(database.url('superuser'), { max: 1, name: 'idle' });
    const pid = await pidOf(one);
    const noticed = new Promise((resolve) => one.once('remove', resolve));
    await end(pid);
    await noticed;
    expect(await pidOf(one)).not.toBe(pid);
    await one.end();
  });
});

describe('an error on its way to the log', () => {
  it('has lost the values of the row, and kept what a programmer needs', async () => {
    await pool.query(`insert into public.note values (10, 'x') on conflict do nothing`);
    const error: unknown = await pool.query(`insert into public.note values (10, 'Hemmelig')`).catch((e: unknown) => e);
    expect((error as pg.DatabaseError).detail).toContain('10');
    expect(stripDetail(error)).toBe(error);
    expect(error).toMatchObject({ code: '23505', constraint: 'note_pkey', detail: undefined });
  });

  it('has lost the row that broke a check, and the code around it', async () => {
    const work = withTransaction(pool, (client) =>
      client.query(`do $$ begin insert into public.note values (424242, null); end $$`),
    );
    const error: unknown = await work.catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: '23502',
      detail: undefined,
      where: undefined,
      hint: undefined,
      internalQuery: undefined,
    });
    expect(JSON.stringify(error)).not.toContain('424242');
  });

  it('has lost the input that the message itself quotes', async () => {
    const error: unknown = await withTransaction(pool, (client) => client.query('select $1::uuid', ['310299-9999'])).catch(
      (e: unknown) => e,
    );
    expect(error).toMatchObject({ code: '22P02', message: 'invalid input syntax for type uuid: "…"' });
    expect((error as Error).stack).not.toContain('310299');
  });

  it('is followed through its causes, and what is no error passes untouched', () => {
    const inner = Object.assign(new Error('inner'), { detail: 'Key (cpr)=(x)' });
    stripDetail(new Error('outer', { cause: new AggregateError([inner]) }));
    expect(inner.detail).toBeUndefined();
    expect(stripDetail('text')).toBe('text');
    expect(stripDetail(null)).toBeNull();
  });
});
