import { randomInt } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoginRole } from '../../src/store/postgres/migrate.js';
import { takenCase, type TestHouse, testHouse } from '../support/house.js';
import { usualLimits } from '../../src/store/command-table.js';
import { noteOver } from './asking.js';
import { type LossyLine, lossyLine } from './lossy-line.js';
import { type Process, type Production, production, withTheRealClock } from './program.js';
import { carriedOutAfter, stored, writing } from './writers.js';

const KILLS = Number(process.env['FAULT_ROUNDS'] ?? 4);
const CASES = 4;
const WRITERS = 12;
const SHARE = 0.05;
const MEMBERS = ['police', 'municipal', 'probation'] as const;

let world: Production;
let house: TestHouse;
let toDatabase: LossyLine;
let toWeb: LossyLine;
let web: Process;
const cases: string[] = [];
/** As the program has it: its way into the database of the cases loses what it is told of commits. */
const url = (role: LoginRole | 'superuser'): string => {
  const direct = new URL(house.db.url(role));
  if (role === 'udvej_web') direct.host = `127.0.0.1:${toDatabase.port}`;
  return direct.href;
};
beforeAll(async () => {
  world = await production();
  house = await testHouse(usualLimits, world.keys);
  await withTheRealClock(house.db);
  for (let n = 0; n < CASES; n += 1) cases.push(await takenCase(house));
  const { hostname: host, port } = new URL(house.db.url('udvej_web'));
  toDatabase = await lossyLine({ host, port: Number(port) }, (words) => words.includes('COMMIT\0'), SHARE);
  web = await world.start(url);
  toWeb = await lossyLine({ host: '127.0.0.1', port: web.port }, (words) => words.subarray(0, 10).toString() === 'HTTP/1.1 2', SHARE);
});
afterAll(async () => {
  toWeb.close();
  await world.close();
  toDatabase.close();
  await house.close();
});

describe('F6: the program is killed while it commits, and one acknowledgement in twenty is lost, of the database and of the program', () => {
  it(`${KILLS} kills: every order is carried out exactly once, and none is answered for without its row and its row in the log`, async () => {
    const end = new AbortController();
    const note = noteOver(() => toWeb.port, (writer) => ({ token: house.tokens[MEMBERS[Math.floor(writer / CASES) % MEMBERS.length] ?? 'police'], caseId: cases[writer % CASES] ?? '' }));
    const { tally, over } = writing(WRITERS, note, end.signal);
    for (let kill = 0; kill < KILLS; kill += 1) {
      await after(randomInt(1_000, 3_000));
      web.signal('SIGKILL');
      await web.exit;
      web = await world.start(url, web.port);
      await carriedOutAfter(tally, performance.now());
    }
    await after(1_000);
    end.abort();
    await over;
    const { lost, twice, unlogged, notes } = await stored(house.db, tally.acked, 0);
    console.log(`F6: ${KILLS} kills, ${toDatabase.lost()} + ${toWeb.lost()} acks dropped, ${tally.acked.size} acked, ${tally.again} tried again, ${lost} lost, ${twice} twice, ${unlogged} unlogged`);
    expect({ strange: tally.strange, lost, twice, unlogged }).toEqual({ strange: [], lost: 0, twice: 0, unlogged: 0 });
    // Each writer ended with an answer, so that every order was at last answered for.
    expect(notes).toBe(tally.acked.size);
    expect(Math.min(toDatabase.lost(), toWeb.lost())).toBeGreaterThan(0);
  });
});
