import { readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { DISTRICTS, municipalities } from '../../src/domain/reference/denmark.js';
import { asSuperuser, type Cluster } from '../database.js';
import { CASES_PER_PERSON, CIRCLE, FACTS, NOTES } from '../plan.js';

/** The floors' people: case ids are 1…n, a user's token is made from his number. */
export const floorUser = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
export const floorToken = (n: number): string => `s${n}`;
export const ANALYST_TOKEN = 'sanalyst';

export interface FloorUrls {
  readonly owner: string;
  readonly app: string;
  readonly counts: string;
}

const sql = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** As many cases, members, steps, notes and log rows as the house of this size has, in a database of the floors' own. */
export async function seedFloor(cluster: Cluster, name: string, cases: number, notes: number, measured: number): Promise<FloorUrls> {
  const users = (cases * CIRCLE) / CASES_PER_PERSON;
  const passwords = { bench_app: randomBytes(18).toString('hex'), bench_counts: randomBytes(18).toString('hex') };
  await asSuperuser(cluster.server.superuserUrl, async (client) => {
    for (const [role, password] of Object.entries(passwords)) {
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
      await client.query(`${rowCount === 0 ? 'create' : 'alter'} role ${role} login password '${password}'`);
    }
    await client.query(`create database ${name}`);
  });
  await asSuperuser(cluster.server.url('postgres', name), async (client) => {
    await client.query(sql('schema.sql'));
    await client.query('set session_replication_role = replica');
    await client.query('insert into police_district select i, n from unnest($1::text[]) with ordinality as d (n, i)', [DISTRICTS.map((one) => one.name)]);
    await client.query('insert into municipality select i, 1 + (i % 12), n from unnest($1::text[]) with ordinality as m (n, i)', [municipalities.map((one) => one.name)]);
    for (const statement of fill(cases, users, notes, measured)) await client.query(statement);
    await client.query('reset session_replication_role');
    await client.query(sql('security.sql'));
    await client.query('vacuum (freeze, analyze)');
    await client.query('checkpoint');
  });
  return {
    owner: cluster.server.url('postgres', name),
    app: cluster.server.url('bench_app', name, passwords.bench_app),
    counts: cluster.server.url('bench_counts', name, passwords.bench_counts),
  };
}

const uid = (n: string): string => `('00000000-0000-4000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/** Every number comes from the plan: nothing here is anybody's text. */
function fill(cases: number, users: number, notes: number, measured: number): readonly string[] {
  const teams = users / 10;
  // Member k of case i; a person's cases lie all over the table, as the plan has it.
  const member = (k: string): string => `(1 + (i % ${teams}) * 10 + (i / ${teams} + ${k}) % 10)`;
  const all = `generate_series(1, ${cases}) i`;
  const perCase = (k: number): string => `${all}, generate_series(0, ${k - 1}) k`;
  const notesOf = `case when exists (select from generate_series(0, ${CIRCLE - 1}) m where ${member('m')} % ${users / measured} = 1) then ${notes} else ${NOTES} end`;
  return [
    `insert into app_user select ${uid('i')}, 'Medarbejder ' || i from generate_series(1, ${users}) i`,
    `insert into app_session select 's' || i, ${uid('i')}, 'caseworker', now() + interval '1 day' from generate_series(1, ${users}) i`,
    `insert into app_session values ('${ANALYST_TOKEN}', ${uid('0')}, 'analyst', now() + interval '1 day')`,
    `insert into casefile select i, 'C-' || lpad(i::text, 7, '0'), 'Sag ' || i, 'open', m, 1 + (m % 12), date '2026-06-01' + (i % 365),
        timestamptz '2026-01-01' - (i::bigint * 7919 % 1000003) * interval '97 seconds', repeat('Kort om sagen. ', 12)
      from (select i, 1 + (i::bigint * 31 % 98)::int as m from ${all}) s`,
    `insert into case_member (case_id, user_id, role) select i, ${uid(member('k'))}, case k when 0 then 'lead' else 'member' end from ${perCase(CIRCLE)}`,
    `insert into step (case_id, title, status, due)
      select i, 'Skridt ' || k || ' i sag ' || i, (array['planned', 'running', 'done', 'stopped'])[1 + k % 4], date '2026-06-01' + (i + k * 17) % 300 from ${perCase(FACTS)}`,
    `insert into note (case_id, author_id, body, created_at)
      select i, ${uid(member('0'))}, repeat('Notat ' || k || ' i en sag. ', 14), timestamptz '2026-01-01' + (i % 1000) * interval '1 minute' + k * interval '1 day'
      from ${all}, generate_series(1, ${notesOf}) k`,
    `insert into audit_read (at, user_id, act, case_ids) select now() - i * interval '1 minute', ${uid(member('k % 6'))}, 'open', array[i] from ${perCase(FACTS + NOTES)}`,
  ];
}

/** The numbers of the people measured. */
export const floorMeasured = (users: number, measured: number): readonly number[] => Array.from({ length: measured }, (_, n) => 1 + (n * users) / measured);
