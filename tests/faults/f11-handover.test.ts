import { randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takenCase, type TestHouse, testHouse } from '../support/house.js';
import { usualLimits } from '../../src/store/command-table.js';
import { ask } from './asking.js';
import { type Process, type Production, production, withTheRealClock } from './program.js';

/** Requests a second; 200 on the machine of the specification. */
const RATE = Number(process.env['FAULT_RPS'] ?? 50);
/** How often it is asked which of the two are ready. */
const LOOK_MS = 500;
let world: Production;
let house: TestHouse;
let caseId: string;
let slow: string;
const nodes: Process[] = [];
beforeAll(async () => {
  world = await production();
  house = await testHouse(usualLimits, world.keys);
  await withTheRealClock(house.db);
  [caseId, slow] = [await takenCase(house), await takenCase(house)];
  for (let n = 0; n < 2; n += 1) nodes.push(await world.start(house.db.url));
});
afterAll(async () => {
  await world.close();
  await house.close();
});

const isReady = async (node: Process): Promise<boolean> => (await ask(node.port, '', '/readyz', undefined, 5_000)).answer === 200;

/** Requests at a steady pace to those that said they are ready, each tried once more with the other one when it fails. */
function load(until: AbortSignal) {
  const tally = { asked: 0, again: 0, failed: [] as string[], worst: 0 };
  /** By port: a node that was started anew has the old one's. */
  const ready = new Map(nodes.map(({ port }) => [port, true]));
  const looking = nodes.map(async (node) => {
    while (!until.aborted) {
      ready.set(node.port, await isReady(node));
      await after(LOOK_MS);
    }
  });
  const one = async (n: number): Promise<void> => {
    const path = n % 4 === 0 ? '/api/v1/cases' : `/api/v1/cases/${caseId}`;
    const ports = nodes.map(({ port }) => port);
    const willing = ports.filter((port) => ready.get(port));
    const first = willing[n % willing.length] ?? ports[0] ?? 0;
    const tries = [first, ports.find((port) => port !== first) ?? first];
    const sent = performance.now();
    tally.asked += 1;
    const answers: unknown[] = [];
    for (const port of tries) {
      const { answer } = await ask(port, house.tokens.police, path);
      answers.push(answer);
      if (answer === 200) break;
      tally.again += 1;
    }
    if (answers.at(-1) !== 200) tally.failed.push(answers.join(', '));
    tally.worst = Math.max(tally.worst, performance.now() - sent);
  };
  const asking = (async () => {
    const waiting: Promise<void>[] = [];
    const began = performance.now();
    for (let n = 0; !until.aborted; n += 1) {
      waiting.push(one(n));
      await after(Math.max(0, began + ((n + 1) * 1_000) / RATE - performance.now()));
    }
    await Promise.all(waiting);
  })();
  return { tally, over: Promise.all([...looking, asking]) };
}

/** A note that waits for a lock when the connections are closed: begun in time, and to be answered. */
async function slowNote(node: Process): Promise<unknown> {
  const other = new pg.Client({ connectionString: house.db.url('superuser') });
  await other.connect();
  await other.query('begin');
  await other.query('select from app.exit_case where id = $1 for update', [slow]);
  const answer = ask(node.port, house.tokens.municipal, `/api/v1/cases/${slow}/commands/journal.add`, { body: { text: 'Ringede som aftalt', kind: 'personal' }, key: randomUUID() });
  await after(2_500);
  await other.query('rollback');
  await other.end();
  return (await answer).answer;
}

interface Ended {
  readonly code: number | null;
  readonly seconds: number;
  readonly readyAfter: boolean;
  readonly slow: unknown;
}

/** Ends one as whoever starts and stops programs does. */
async function handOver(node: Process): Promise<Ended> {
  const began = performance.now();
  node.signal('SIGTERM');
  await after(1_000);
  const readyAfter = await isReady(node);
  await after(2_500);
  const noted = slowNote(node);
  const code = await node.exit;
  return { code, seconds: (performance.now() - began) / 1_000, readyAfter, slow: await noted };
}

describe('F11: one after the other is stopped and started anew under load', () => {
  it(`no request of ${RATE} a second fails after one more try, those that were begun are finished, and each ends in order within 25 seconds (control 40)`, async () => {
    // The keys of the case are released, so that the note below waits for nothing but the lock.
    await ask(nodes[0]?.port ?? 0, house.tokens.municipal, `/api/v1/cases/${slow}`);
    const end = new AbortController();
    const { tally, over } = load(end.signal);
    await after(2_000);
    const ended: Ended[] = [];
    for (const [n, node] of [...nodes.entries()]) {
      ended.push(await handOver(node));
      nodes[n] = await world.start(house.db.url, node.port);
      await after(1_500);
    }
    end.abort();
    await over;
    const took = ended.map(({ seconds }) => seconds.toFixed(1)).join(' and ');
    console.log(`F11: ${tally.asked} requests, ${tally.again} tried again, ${tally.failed.length} failed, the slowest ${(tally.worst / 1_000).toFixed(1)} s; ended with ${ended.map(({ code }) => code).join(' and ')} after ${took} s`);
    expect(tally.failed).toEqual([]);
    for (const { code, seconds, readyAfter, slow: noted } of ended) {
      expect({ code, readyAfter, noted }).toEqual({ code: 0, readyAfter: false, noted: 200 });
      expect(seconds).toBeGreaterThan(5);
      expect(seconds).toBeLessThan(25);
    }
  });
});
