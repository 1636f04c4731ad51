import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchLog } from '../../src/jobs/watch-log.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';

let db: FreshDatabase;
let worker: Pool;
beforeAll(async () => {
  db = await freshDatabase();
  worker = createPool(db.url('udvej_worker'), { max: 2, name: 'test worker' });
});
afterAll(async () => {
  await worker.end();
  await db.drop();
});

const rows = async (): Promise<readonly string[]> => (await db.superuser<{ action: string }>('select action from audit.event')).map(({ action }) => action);

describe('the log, tried again and again (security.md, control 10; fault F9)', () => {
  it('alarms while it cannot be written, and has a row of it when it can again; a try leaves nothing', async () => {
    const told: string[] = [];
    const heard: (() => void)[] = [];
    const watching = (alarm: (words: string) => void) => watchLog(worker, alarm, () => undefined, 5);
    await watching((words) => told.push(words)).stop();
    expect([told, await rows()]).toEqual([[], []]);

    await db.superuser(`create function audit.full() returns trigger language plpgsql as $$ begin raise exception 'No space left on device' using errcode = '53100'; end $$`);
    await db.superuser('create trigger full_disk before insert on audit.event for each row execute function audit.full()');
    const first = new Promise<void>((resolve) => { heard.push(resolve); });
    const job = watching((words) => {
      told.push(words);
      heard.forEach((come) => come());
    });
    await first;
    await db.superuser('drop trigger full_disk on audit.event');
    while ((await rows()).length === 0);
    await job.stop();
    expect(told[0]).toBe('ALARM: Der kan ikke skrives i adgangsloggen. Ingen kan åbne en sag, før der kan.');
    expect(await rows()).toEqual(['alarm.log-not-writable']);
  });

  it('alarms when a row has waited for its seal for more than a minute, once in the log, until it is sealed (control 12)', async () => {
    await db.superuser(`update audit.event set at = at - interval '2 minutes' where action = 'alarm.log-not-writable'`);
    const told: string[] = [];
    const job = watchLog(worker, (words) => told.push(words), () => undefined, 5);
    while (told.length < 3) await new Promise((resolve) => { setImmediate(resolve); });
    await job.stop();
    expect(new Set(told)).toEqual(new Set(['ALARM: Adgangsloggen er ikke forseglet i over et minut.']));
    expect((await rows()).filter((action) => action === 'alarm.log-not-sealed')).toHaveLength(1);
    await db.superuser('delete from audit.pending');
    told.length = 0;
    await watchLog(worker, (words) => told.push(words), () => undefined, 5).stop();
    expect(told).toEqual([]);
  });
});
