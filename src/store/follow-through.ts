import { randomUUID } from 'node:crypto';
import { readsScope } from '../domain/access/scopes.js';
import type { RecordedEvent, ExitCase } from '../domain/exit-case/case.js';
import { currentMembers } from '../domain/exit-case/circle.js';
import { notificationOf, phaseOf, standingOf, type TaskRow, taskRows, tasksOf } from '../domain/exit-case/follows.js';
import { addWorkingDays, copenhagenDate, type Instant, type PlainDate } from '../domain/kernel/time.js';
import type { ScopeRow } from './case-rows.js';
import type { PoolClient } from './postgres/pools.js';

/** What one command changed, for the tables that follow the stream; written in its transaction, as `udvej_command`. */
export interface Change {
  readonly caseId: string;
  readonly number: string;
  readonly label: string;
  readonly before: ExitCase;
  readonly after: ExitCase;
  readonly events: readonly RecordedEvent[];
  readonly recordedAt: Instant;
  /** The scopes the case had, and those this command made. */
  readonly scopes: readonly ScopeRow[];
  readonly made: readonly ScopeRow[];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The list's row of a case: structure only. */
export interface StructureRow {
  readonly unit: string;
  readonly municipality: string | null;
  readonly phase: string;
  readonly place: string;
  readonly since: PlainDate;
  readonly nextDue: PlainDate | null;
  readonly contactPerson: string | null;
}
export const structureOf = (state: ExitCase): StructureRow => {
  const { phase, since } = phaseOf(state);
  return {
    unit: state.inquiry.unit, municipality: state.inquiry.municipality ?? null, phase, place: state.inquiry.place, since,
    nextDue: tasksOf(state)[0]?.due ?? null, contactPerson: state.agreement.contactPerson ?? null,
  };
};

async function structure(client: PoolClient, { caseId, number, before, after }: Change): Promise<void> {
  const row = structureOf(after);
  if (before.inquiry.status !== 'none' && same(structureOf(before), row)) return;
  const values = [caseId, row.unit, row.municipality, row.phase, row.place, row.since, row.nextDue, row.contactPerson];
  await one(client, 'update app.exit_case set unit = $2, municipality = $3, phase = $4, place = $5, since = $6, next_due = $7, contact_person = $8 where id = $1', values);
  if (['assessment', 'accepted', 'course'].includes(row.phase)) {
    await client.query(
      `insert into app.overview (case_id, number, unit, municipality, phase, place, since, next_due, contact_person) values ($1, $9, $2, $3, $4, $5, $6, $7, $8)
       on conflict (case_id) do update set unit = $2, municipality = $3, phase = $4, place = $5, since = $6, next_due = $7, contact_person = $8`,
      [...values, number],
    );
  } else {
    await client.query('delete from app.overview where case_id = $1', [caseId]);
  }
}

/** One row must change: a member who leaves in the middle makes row-level security touch none, without an error. */
async function one(client: PoolClient, sql: string, values: readonly unknown[]): Promise<void> {
  const { rowCount } = await client.query(sql, [...values]);
  if (rowCount !== 1) throw new Error('a row of the case was not there to be changed');
}

async function inbox(client: PoolClient, { caseId, number, before, after }: Change): Promise<void> {
  const { inquiry } = after;
  if (same(before.inquiry, inquiry)) return;
  if (before.inquiry.status === 'none') {
    const received = copenhagenDate(inquiry.receivedAt);
    await client.query(
      'insert into app.unit_inbox (case_id, unit, number, received_at, municipality, channel, place, urgent, due) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [caseId, inquiry.unit, number, inquiry.receivedAt, inquiry.municipality ?? null, inquiry.channel, inquiry.place, inquiry.urgent, addWorkingDays(received, 1)],
    );
  } else if (inquiry.status === 'inbox') {
    await one(client, 'update app.unit_inbox set unit = $2, municipality = $3, place = $4 where case_id = $1', [caseId, inquiry.unit, inquiry.municipality ?? null, inquiry.place]);
  } else if (before.inquiry.status === 'inbox') {
    await one(client, 'update app.unit_inbox set taken_at = now() where case_id = $1', [caseId]);
  }
}

const memberKey = (member: { user: string; role: string; measure?: string; question?: string }): string =>
  `${member.user}|${member.role}|${member.measure ?? member.question ?? ''}`;

async function circle(client: PoolClient, { caseId, before, after }: Change): Promise<boolean> {
  const was = new Set(currentMembers(before).map(memberKey));
  const is = new Set(currentMembers(after).map(memberKey));
  for (const key of is) {
    if (was.has(key)) continue;
    await client.query('insert into app.case_member (case_id, user_id, role, subject) values ($1, $2, $3, $4)', [caseId, ...key.split('|')]);
  }
  for (const key of was) {
    if (is.has(key)) continue;
    await one(client, 'update app.case_member set valid_to = now() where case_id = $1 and user_id = $2 and role = $3 and subject = $4 and valid_to is null', [caseId, ...key.split('|')]);
  }
  for (const user of after.circle.excluded.filter((each) => !before.circle.excluded.includes(each))) {
    await client.query('insert into app.block (case_id, user_id) values ($1, $2) on conflict do nothing', [caseId, user]);
  }
  return was.size !== is.size || [...is].some((key) => !was.has(key));
}

/** Who reads what, as rows that row-level security obeys; the domain's table is asked for every scope and member (FM-CNF-4). */
async function readers(client: PoolClient, { caseId, before, after, scopes, made }: Change): Promise<void> {
  const users = [...new Set([...currentMembers(before), ...currentMembers(after)].map((member) => member.user))];
  const added: [string, string][] = [];
  const ended: [string, string][] = [];
  for (const scope of [...scopes, ...made]) {
    for (const user of users) {
      const had = scopes.includes(scope) && readsScope(before, user, scope);
      const has = readsScope(after, user, scope);
      if (has && !had) added.push([scope.id, user]);
      if (had && !has) ended.push([scope.id, user]);
    }
  }
  const columns = (pairs: readonly [string, string][]) => [caseId, pairs.map(([scope]) => scope), pairs.map(([, user]) => user)];
  if (added.length > 0) {
    await client.query('insert into app.scope_member (scope_id, case_id, user_id) select s, $1, u from unnest($2::uuid[], $3::uuid[]) as p (s, u)', columns(added));
  }
  if (ended.length > 0) {
    await client.query(
      `update app.scope_member m set valid_to = now() from unnest($2::uuid[], $3::uuid[]) as p (s, u)
       where m.case_id = $1 and m.scope_id = p.s and m.user_id = p.u and m.valid_to is null`,
      columns(ended),
    );
  }
}

async function tasks(client: PoolClient, { caseId, before, after }: Change): Promise<void> {
  const rows = taskRows(after);
  if (same(taskRows(before), rows)) return;
  await client.query('delete from app.task where case_id = $1', [caseId]);
  await insertTasks(client, caseId, rows);
}

export async function insertTasks(client: PoolClient, caseId: string, rows: readonly TaskRow[]): Promise<void> {
  if (rows.length === 0) return;
  const column = <K extends keyof TaskRow>(name: K) => rows.map((row) => row[name]);
  await client.query(
    `insert into app.task (case_id, reader, key, title, mine, owner, due, command)
     select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::boolean[], $6::text[], $7::date[], $8::text[])`,
    [caseId, column('reader'), column('key'), column('title'), column('mine'), column('owner'), column('due'), column('command')],
  );
}

async function questions(client: PoolClient, { caseId, number, before, after }: Change): Promise<void> {
  if (same(before.questions, after.questions)) return;
  for (const question of after.questions.questions) {
    await client.query(
      `insert into app.question (id, case_id, kind, number, unit, asked_at, due, status, taken_by) values ($1, $2, $3, $4, $5, now(), $6, $7, $8)
       on conflict (id) do update set status = $7, taken_by = $8`,
      [question.id, caseId, question.kind, number, after.inquiry.unit, question.due, question.status, question.takenBy.map((one) => one.user)],
    );
  }
}

/** Records: notifications and the statistics' standing, written with the event and never rebuilt (FM-NOT-1, FM-STA-3). */
async function records(client: PoolClient, { caseId, number, before, after, events, recordedAt }: Change): Promise<void> {
  for (const recorded of events) {
    const kind = notificationOf(recorded.event);
    if (kind === undefined) continue;
    await client.query('insert into app.notification (id, kind, case_id, version, number, unit, at) values ($1, $2, $3, $4, $5, $6, $7)', [
      randomUUID(), kind, caseId, recorded.version, number, after.inquiry.unit, recorded.at,
    ]);
  }
  const now = standingOf(after);
  const facts = (state: ExitCase) => [state.inquiry.unit, state.inquiry.municipality ?? null, state.targetGroup.category ?? null, state.inquiry.place, state.person.ageBand ?? null];
  if (before.inquiry.status !== 'none' && same(standingOf(before), now) && same(facts(before), facts(after))) return;
  await client.query('select stat.record($1, $2, $3, $4, $5, $6, $7, $8)', [now.standing, now.from, recordedAt, ...facts(after)]);
}

/** Brings every table that follows the stream up to the state after a command. */
export async function followThrough(client: PoolClient, change: Change): Promise<void> {
  const moved = await circle(client, change);
  // Journal entries move nobody and no scope: the common command writes nothing here.
  const quiet = !moved && change.made.length === 0 && same(change.before, change.after);
  if (quiet) return;
  await readers(client, change);
  await inbox(client, change);
  await structure(client, change);
  await tasks(client, change);
  await questions(client, change);
  await records(client, change);
}
