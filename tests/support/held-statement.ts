import pg from 'pg';
import { expect } from 'vitest';
import type { FreshDatabase } from './database.js';

export interface Held {
  /** Somebody has come to the statement, and waits there. */
  readonly reached: () => Promise<void>;
  /** So many more wait for him; or what they do is over already. */
  readonly waitsBehind: (other: Promise<unknown>) => Promise<void>;
  readonly release: () => Promise<void>;
}

const KEY = 77_001;

/** Holds whoever comes to a statement, in the middle of his transaction, until he is released. @param trigger when: 'after update on match.hit for each row when (…)' */
export async function heldAt(db: FreshDatabase, trigger: string): Promise<Held> {
  await db.superuser(`create function public.held() returns trigger security definer language plpgsql set lock_timeout = '30s' as $$ begin perform pg_catalog.pg_advisory_xact_lock(${KEY}); return new; end $$`);
  await db.superuser(`create trigger held ${trigger} execute function public.held()`);
  const holder = new pg.Client({ connectionString: db.url('superuser') });
  await holder.connect();
  await holder.query('select pg_advisory_lock($1)', [KEY]);
  const waiting = async (): Promise<number> => (await db.superuser(`select 1 from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`)).length;
  const poll = (test: () => Promise<boolean>) => expect.poll(test, { timeout: 3_500, interval: 20 }).toBe(true);
  return {
    reached: () => poll(async () => (await waiting()) === 1),
    waitsBehind: async (other) => {
      let over = false;
      void other.then(() => { over = true; }, () => { over = true; });
      await poll(async () => over || (await waiting()) === 2);
    },
    release: async () => {
      await holder.end();
      await db.superuser('drop function public.held() cascade');
    },
  };
}
