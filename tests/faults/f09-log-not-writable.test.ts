import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registration, takenCase, testHouse } from '../support/house.js';
import { type Asked, ask } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { addresses } from '../support/wall-walk.js';
import { type TestWeb, testWeb } from '../support/web.js';
import { launch, type Process, said } from './program.js';

const ALARM = 'ALARM: Der kan ikke skrives i adgangsloggen';
const NOTE = 'Ringede som aftalt fra den blå bil';
/** No more at once than have a connection: the others would only stand in line. */
const AT_ONCE = 8;

let web: TestWeb;
let worker: Process;
let folder: string;
let caseId: string;
let number: string;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  caseId = await takenCase(web.house);
  await web.house.does('police', caseId, 'journal.add', { text: NOTE, kind: 'personal' });
  number = (await web.house.opens('police', caseId)).number;
  folder = mkdtempSync(path.join(os.tmpdir(), 'udvej-faults-'));
  worker = launch('program-child.ts', 0, {
    UDVEJ_MODE: 'demonstration', UDVEJ_DATA_DIR: folder, SEALER_DATABASE_URL: web.house.db.url('udvej_sealer'), WORKER_DATABASE_URL: web.house.db.url('udvej_worker'),
    WORKER_KEYS_DATABASE_URL: web.house.db.urlOfKeys('udvej_worker'),
  }, ['worker']).process;
});
afterAll(async () => {
  worker.signal('SIGTERM');
  await worker.exit;
  await web.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Every address that shows something of the case, a list, and a note. */
const asked = (): readonly Asked[] => [
  ...web.routes.filter(({ method, path: at }) => method === 'GET' && at.includes(':id')).flatMap((route) => addresses(route, caseId)).map((url): Asked => ({ method: 'GET', url })),
  { method: 'GET', url: '/sager' }, { method: 'GET', url: '/api/v1/cases' },
  { method: 'POST', url: `/api/v1/cases/${caseId}/commands/journal.add`, body: { text: 'Et notat mere', kind: 'personal' }, headers: { 'idempotency-key': randomUUID() } },
];

interface Walk {
  readonly statuses: readonly number[];
  readonly bodies: readonly string[];
  /** Longest answer, in milliseconds. */
  readonly slowest: number;
}

async function walk(): Promise<Walk> {
  const all = asked();
  const replies: { readonly status: number; readonly body: string; readonly took: number }[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) {
    replies.push(...(await Promise.all(all.slice(at, at + AT_ONCE).map(async (one) => {
      const began = performance.now();
      const reply = await ask(web, 'police', one);
      return { status: reply.statusCode, body: reply.body, took: performance.now() - began };
    }))));
  }
  return { statuses: [...new Set(replies.map(({ status }) => status))].sort(), bodies: replies.map(({ body }) => body), slowest: Math.max(...replies.map(({ took }) => took)) };
}

/** Walks while the log cannot be written, waits for the worker's word, and makes it good again. */
async function unwritable(what: string, break_: string, mend: string): Promise<Walk> {
  const before = worker.said.filter((line) => line.includes(ALARM)).length;
  const other = new pg.Client({ connectionString: web.house.db.url('superuser') });
  await other.connect();
  const began = performance.now();
  await other.query(break_);
  try {
    const walked = await walk();
    while (worker.said.filter((line) => line.includes(ALARM)).length <= before) {
      await said(worker, ALARM, 60_000);
      if (performance.now() - began > 60_000) throw new Error(`no alarm within a minute, but:\n${worker.said.join('\n')}`);
      await after(100);
    }
    const shown = walked.bodies.filter((body) => [registration.name, number, NOTE, registration.said].some((word) => body.includes(word))).length;
    console.log(`F9, ${what}: ${walked.bodies.length} requests, ${walked.statuses.join(', ')} in ${(walked.slowest / 1_000).toFixed(1)} s at most, ${shown} with case data, alarm within ${((performance.now() - began) / 1_000).toFixed(0)} s`);
    expect(shown).toBe(0);
    return walked;
  } finally {
    await other.query(mend);
    await other.end();
  }
}

/** How often the log says that it could not be written. */
const alarmRows = async (): Promise<number> =>
  Number((await web.house.db.superuser<{ n: string }>(`select count(*) as n from audit.event where action = 'alarm.log-not-writable'`))[0]?.n);

describe('F9: the log cannot be written', () => {
  it('shows the case while it can: the words that are looked for below are found', async () => {
    const { bodies, statuses } = await walk();
    expect(statuses).toContain(200);
    expect(bodies.some((body) => body.includes(NOTE)) && bodies.some((body) => body.includes(number))).toBe(true);
  });

  it.each([
    ['locked', 'begin; lock table audit.event in access exclusive mode', 'rollback'],
    [
      'disk full',
      `create function audit.full() returns trigger language plpgsql as $$ begin raise exception 'No space left on device' using errcode = '53100'; end $$;
       create trigger full_disk before insert on audit.event for each row execute function audit.full()`,
      'drop trigger full_disk on audit.event; drop function audit.full()',
    ],
  ])('%s: every look and every command is 503 with not a byte of a case, and the worker alarms within a minute', async (what, break_, mend) => {
    const before = await alarmRows();
    const { statuses, bodies, slowest } = await unwritable(what, break_, mend);
    expect(statuses).toEqual([503]);
    // One page, one answer of the API; the page says whose session it is in no word.
    expect(new Set(bodies).size).toBe(2);
    expect(slowest).toBeLessThan(10_000);
    // It is over as soon as it can be written again, and the auditor reads there that it could not.
    expect((await web.get('police', `/sager/${caseId}`)).statusCode).toBe(200);
    for (const began = performance.now(); (await alarmRows()) === before && performance.now() - began < 30_000;) await after(200);
    expect(await alarmRows()).toBe(before + 1);
  });
});
