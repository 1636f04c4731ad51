import path from 'node:path';
import { check } from './checks.js';
import { measureDesk } from './desk.js';
import { type Child, runChild } from './child.js';
import type { Cleanup } from './cleanup.js';
import { asSuperuser, type Cluster, dropDatabase, keysOf, makeDatabase } from './database.js';
import { floorMeasured, floorUser, type FloorUrls, seedFloor } from './floor/seed.js';
import type { FloorFacts, FloorSettings } from './floor/server.js';
import { measure, type Row, type Surroundings, warmUp } from './measure.js';
import type { Options } from './options.js';
import { MEASURED, measuredUsers, NOTES, official, person, staffOf } from './plan.js';
import { deskLine, HEAD, rowLine, type SizeResult } from './report.js';
import { ownRootKey, type RootKeys } from './root-keys.js';
import { seed } from './seed/seed.js';
import { layTenYears } from './seed/ten-years.js';
import type { ServerFacts, ServerSettings } from './server.js';
import { standInKeys } from './stand-in-keys.js';
import { floor, type Target, udvej } from './targets.js';
import { verifySeed } from './verify.js';

const START_MS = 60_000;

interface Part {
  readonly target: Target;
  readonly stop: () => Promise<void>;
}

/** Gives the translation of a source file. */
type Program = (source: string) => URL;

async function house(cluster: Cluster, name: string, cases: number, rootKeys: RootKeys, profile: string | undefined, program: Program): Promise<Part & { readonly child: Child<ServerFacts> }> {
  const url = (role: 'udvej_web' | 'udvej_login' | 'udvej_vault') => cluster.url(role, name);
  const people = [...measuredUsers(cases).map(person), official];
  const settings: ServerSettings = {
    urls: { web: url('udvej_web'), login: url('udvej_login'), keys: url('udvej_vault') }, dataDir: cluster.folder, rootKeys, people,
    ...(profile === undefined ? {} : { profile: path.resolve(profile, `udvej-${cases}.cpuprofile`) }),
  };
  const child: Child<ServerFacts> = await runChild(program('bench/server.ts'), settings, START_MS);
  return { target: udvej(child, cases), stop: child.stop, child };
}

async function floorServer(name: 'plain' | 'secured', urls: FloorUrls, users: number, program: Program): Promise<Part> {
  const settings: FloorSettings = { secured: name === 'secured', appUrl: name === 'secured' ? urls.app : urls.owner, countsUrl: urls.counts };
  const child: Child<FloorFacts> = await runChild(program('bench/floor/server.ts'), settings, START_MS);
  const ids = floorMeasured(users, MEASURED).map(floorUser);
  const { rows } = await asSuperuser(urls.owner, (client) =>
    client.query<{ cases: string[] }>(
      'select array(select m.case_id::text from case_member m where m.user_id = u.id order by 1) as cases from unnest($1::uuid[]) with ordinality as u (id, n) order by u.n', [ids],
    ));
  return { target: floor(name, child, users, rows.map((row) => row.cases)), stop: child.stop };
}

/** So many requests have left so many rows in the two logs, or more: what was asked by hand is there too. */
async function checkLogs(cluster: Cluster, name: string, floors: FloorUrls, before: readonly [number, number], rows: readonly Row[]): Promise<void> {
  const now = await logs(cluster, name, floors);
  (['udvej', 'secured'] as const).forEach((target, n) => {
    const asked = rows.filter((row) => row.target === target).reduce((sum, row) => sum + row.requests, 0);
    const written = (now[n] ?? 0) - (before[n] ?? 0);
    if (written < asked) throw new Error(`${target}: ${asked} requests left ${written} rows in the log`);
  });
}

async function logs(cluster: Cluster, name: string, floors: FloorUrls): Promise<readonly [number, number]> {
  const ask = async (url: string, table: string) => asSuperuser(url, async (client) => Number((await client.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n));
  return [await ask(cluster.url('superuser', name), 'audit.event'), await ask(floors.owner, 'audit_read')];
}

/** Seeds and measures one size; its databases and processes are gone afterwards. */
export async function runSize(cluster: Cluster, cases: number, options: Options, program: Program, cleanup: Cleanup): Promise<SizeResult> {
  const name = `udvej_${cases}`;
  const floorName = `floor_${cases}`;
  const rootKeys = options.keys === 'file' ? ownRootKey() : await standInKeys(cleanup);
  console.log(`\n${cases.toLocaleString('en')} cases`);
  await makeDatabase(cluster, name);
  const seeded = await seed({ superuserUrl: cluster.url('superuser', name), superuserOfKeysUrl: cluster.url('superuser', keysOf(name)), folder: cluster.folder, rootKeys, cases, notes: options.notes }, program('bench/seed/writer.ts'));
  await verifySeed(cluster, name, cases, rootKeys, options.notes);
  const floors = await seedFloor(cluster, floorName, cases, options.notes, MEASURED);
  const ofEach = options.notes === NOTES ? '' : `; ${options.notes} notes on each case that is opened`;
  console.log(`# seeded in ${seeded.seconds.toFixed(0)} s: ${seeded.rows.toLocaleString('en')} rows, every key and ciphertext genuine${ofEach}; three cases opened and read`);

  const parts: Part[] = [];
  const started = <One extends Part>(part: One): One => {
    parts.push(part);
    cleanup.add(part.stop);
    return part;
  };
  started(await floorServer('plain', floors, staffOf(cases), program));
  started(await floorServer('secured', floors, staffOf(cases), program));
  const { child: ours } = started(await house(cluster, name, cases, rootKeys, options.profile, program));
  const targets = parts.map((part) => part.target);
  for (const target of targets) await check(target, cases, options.notes);
  console.log('# checked: rows, notes, counts, and that a stranger gets 404, on all three\n');

  const on: Surroundings = {
    cases, postmaster: cluster.server.pid, memory: new Map(),
    renewSessions: () => asSuperuser(cluster.url('superuser', name), async (client) => { await client.query('update sec.session set last_seen = now()'); }),
  };
  const before = await logs(cluster, name, floors);
  console.log(HEAD);
  const rows: Row[] = [];
  for (const operation of options.operations) {
    await on.renewSessions();
    await warmUp(targets, operation, options);
    for (const connections of options.connections) {
      const measured = await measure(targets, operation, connections, options, on);
      rows.push(...measured);
      for (const row of measured) console.log(rowLine(row));
    }
  }
  await checkLogs(cluster, name, floors, before, rows);
  await on.renewSessions();
  await layTenYears(cluster.url('superuser', name));
  const desk = await measureDesk(ours, cases, on.memory, (row) => console.log(deskLine(row)));
  for (const part of parts) await part.stop();
  await dropDatabase(cluster, name);
  await dropDatabase(cluster, floorName);
  return { cases, seeded, rows, desk, memory: Object.fromEntries(on.memory) };
}
