import { randomUUID } from 'node:crypto';
import type { RecordedEvent, ExitCase } from '../domain/exit-case/case.js';
import { correctedNotification, isOfAnAuthority } from '../domain/exit-case/annulment.js';
import { notificationOf } from '../domain/exit-case/follows.js';
import { unitSentOn } from '../domain/exit-case/question.js';
import { outcomeOf, overtakenPosition } from '../domain/exit-case/question-outcome.js';
import { authoritiesNeeded } from '../domain/exit-case/question-tasks.js';
import type { Instant } from '../domain/kernel/time.js';
import { type FigureRecords, figureRecords } from '../domain/statistics/record.js';
import type { ScopeRow } from './case-rows.js';
import { blockRows, inboxRows, memberRows, overviewRows, readersOf, retentionRows, structureOf, taskRowsOf } from './followed-rows.js';
import type { PoolClient } from './postgres/pools.js';

export { structureOf, type StructureRow } from './followed-rows.js';

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
/** Each part of the state is the very object it was where no event touched it. */
const untouched = ({ before, after }: Change): boolean => (Object.keys(after) as (keyof ExitCase)[]).every((part) => before[part] === after[part]);
/** Before its first event a case has no rows. */
const isNew = ({ before }: Change): boolean => before.inquiry.status === 'none';

/** So many rows must change: a member who leaves in the middle makes row-level security touch none, without an error. */
async function touching(count: number, client: PoolClient, sql: string, values: readonly unknown[]): Promise<void> {
  const { rowCount } = await client.query(sql, [...values]);
  if (rowCount !== count) throw new Error('a row of the case was not there to be changed');
}

/** Inserts whole rows of a table, or brings those that are there up to date. */
async function put(client: PoolClient, table: string, key: string, columns: readonly string[], rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  const update = columns.length === 0 ? 'nothing' : `update set ${columns.map((one) => `${one} = excluded.${one}`).join(', ')}`;
  await touching(rows.length, client, `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1) on conflict (${key}) do ${update}`, [JSON.stringify(rows)]);
}

/** The rows that are not as they were. */
const changed = <Row extends object>(before: readonly Row[], after: readonly Row[]): readonly Row[] => {
  const was = new Set(before.map((row) => JSON.stringify(row)));
  return after.filter((row) => !was.has(JSON.stringify(row)));
};

async function structure(client: PoolClient, change: Change): Promise<void> {
  const { caseId, before, after } = change;
  const row = structureOf(after);
  if (!isNew(change) && same(structureOf(before), row)) return;
  await touching(1, client, 'update app.exit_case set unit = $2, municipality = $3, phase = $4, place = $5, since = $6, next_due = $7, contact_person = $8 where id = $1', [
    caseId, row.unit, row.municipality, row.phase, row.place, row.since, row.nextDue, row.contactPerson,
  ]);
  const line = overviewRows(change, after);
  if (line.length === 0) await client.query('delete from app.overview where case_id = $1', [caseId]);
  else await put(client, 'app.overview', 'case_id', ['unit', 'municipality', 'phase', 'place', 'since', 'next_due', 'contact_person', 'waits_for'], line);
}

async function retention(client: PoolClient, change: Change): Promise<void> {
  const rows = retentionRows(change, change.after);
  if (same(retentionRows(change, change.before), rows)) return;
  if (rows.length === 0) await client.query('delete from app.retention where case_id = $1', [change.caseId]);
  else await put(client, 'app.retention', 'case_id', ['unit', 'outcome', 'ended_on', 'due_on', 'held_until', 'archived', 'reviewable'], rows);
}

async function inbox(client: PoolClient, change: Change): Promise<void> {
  const rows = inboxRows(change, change.after);
  if (!isNew(change) && same(inboxRows(change, change.before), rows)) return;
  await put(client, 'app.unit_inbox', 'case_id', ['unit', 'municipality', 'place', 'due', 'taken_at', 'at_contact_point', 'ends_as_double'], rows);
}

async function circle(client: PoolClient, change: Change): Promise<void> {
  const { before, after } = change;
  await put(client, 'app.case_member', 'case_id, user_id, role, subject, valid_from', ['valid_to', 'until'], changed(memberRows(change, before), memberRows(change, after)));
  await put(client, 'app.block', 'user_id, case_id', [], changed(blockRows(change, before), blockRows(change, after)));
}

/** Who reads what, as rows that row-level security obeys (FM-CNF-4). */
async function readers(client: PoolClient, { caseId, before, after, scopes, made, recordedAt }: Change): Promise<void> {
  const was = readersOf(before, scopes);
  const is = readersOf(after, [...scopes, ...made]);
  const pairs = (of: ReadonlyMap<string, string>, which: (key: string, until: string) => boolean): readonly string[] => [...of].filter(([key, until]) => which(key, until)).map(([key]) => key);
  const ended = pairs(was, (key) => !is.has(key));
  const moved = pairs(is, (key, until) => was.has(key) && was.get(key) !== until);
  const added = pairs(is, (key) => !was.has(key));
  const columns = (keys: readonly string[]) => [caseId, keys.map((key) => key.split('|')[0]), keys.map((key) => key.split('|')[1])];
  const here = 'where m.case_id = $1 and m.scope_id = p.s and m.user_id = p.u and m.valid_to is null';
  if (ended.length > 0) {
    await client.query(`update app.scope_member m set valid_to = $4, until = 'infinity' from unnest($2::uuid[], $3::uuid[]) as p (s, u) ${here}`, [...columns(ended), recordedAt]);
  }
  if (moved.length > 0) {
    await client.query(`update app.scope_member m set until = p.d from unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) as p (s, u, d) ${here}`, [...columns(moved), moved.map((key) => is.get(key))]);
  }
  await put(client, 'app.scope_member', 'scope_id, user_id, valid_from', ['valid_to', 'until'], added.map((key) => {
    const [scope, user] = key.split('|');
    return { scope_id: scope, case_id: caseId, user_id: user, valid_from: recordedAt, valid_to: null, until: is.get(key) };
  }));
}

async function tasks(client: PoolClient, change: Change): Promise<void> {
  const was = taskRowsOf(change, change.before);
  const is = taskRowsOf(change, change.after);
  const gone = changed(is, was);
  if (gone.length > 0) {
    await client.query('delete from app.task t using unnest($2::uuid[], $3::text[], $4::boolean[]) as p (r, k, m) where t.case_id = $1 and t.reader = p.r and t.key = p.k and t.mine = p.m', [
      change.caseId, gone.map((row) => row.reader), gone.map((row) => row.key), gone.map((row) => row.mine),
    ]);
  }
  await put(client, 'app.task', 'reader, case_id, key, mine', [], changed(was, is));
}

async function questions(client: PoolClient, { caseId, number, before, after, recordedAt }: Change): Promise<void> {
  if (same(before.questions, after.questions)) return;
  for (const question of after.questions.questions) {
    await client.query(
      `insert into app.question (id, case_id, kind, number, unit, asked_at, asked_on, due, status, taken_by, authorities, spoken_by, needed, ended_on, outcome, heard_on, overtaken, by_desk, sent_on)
       values ($1, $2, $3, $4, $5, $19, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
       on conflict (id) do update set status = $8, taken_by = $9, authorities = $10, spoken_by = $11, needed = $12, ended_on = $13, outcome = $14, heard_on = $15, overtaken = $16, sent_on = $18`,
      [
        question.id, caseId, question.kind, number, after.inquiry.unit, question.askedOn, question.due, question.status, question.takenBy.map((one) => one.user),
        question.takenBy.map((one) => one.authority), question.positions.map((one) => one.user), question.status === 'open' ? authoritiesNeeded(question) : 0, question.endedOn ?? null,
        outcomeOf(question) ?? null, question.heardOn ?? null, question.positions.filter((one) => overtakenPosition(question, one.authority) !== undefined).map((one) => one.authority),
        question.by === 'contactPoint', unitSentOn(question) ?? null, recordedAt,
      ],
    );
  }
}

/** The refusal that the contact point gave itself is no news to it: read by the official who decided, as he did (FM-NOT-1, FM-DEC-2). */
const knownToContactPoint = (recorded: RecordedEvent): RecordedEvent | undefined =>
  recorded.event.type === 'CaseRefused' && recorded.event.method === 'contactPoint' ? recorded : undefined;

/** Records: notifications and what the figures count, written with the event and never rebuilt (FM-NOT-1, FM-STA-3). */
async function records(client: PoolClient, { caseId, number, before, after, events, recordedAt }: Change): Promise<void> {
  for (const recorded of events) {
    if (recorded.event.type === 'CoordinationTakenOver') {
      await client.query('insert into app.take_over (case_id, version, unit, number, by_user, at) values ($1, $2, $3, $4, $5, $6)', [
        caseId, recorded.version, after.inquiry.unit, number, recorded.event.by, recorded.at,
      ]);
    }
    if (recorded.event.type === 'DoubleTold') await client.query('select match.told()');
    const kind = notificationOf(recorded.event);
    if (kind === undefined) continue;
    const knows = knownToContactPoint(recorded);
    await client.query('insert into app.notification (id, kind, case_id, version, number, unit, at, corrects, of_an_authority, acknowledged_at, acknowledged_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
      randomUUID(), kind, caseId, recorded.version, number, after.inquiry.unit, recorded.at, correctedNotification(before, recorded.event) ?? null, isOfAnAuthority(recorded.event), knows?.at ?? null, knows?.actor ?? null,
    ]);
  }
  await figures(client, figureRecords(before, after, events), recordedAt);
}

/** The figures' own record, kept apart from the case and only added to (FM-STA-3). */
async function figures(client: PoolClient, { standing, started, held, nextDue }: FigureRecords, recordedAt: Instant): Promise<void> {
  if (standing !== undefined) {
    const { standing: state, from, replaces, unit, municipality, category, place, ageBand, measures } = standing;
    await client.query('select stat.record($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [state, from, recordedAt, replaces, unit, municipality, category, place, ageBand, measures]);
  }
  for (const { type, from } of started) await client.query('select stat.record_measure($1, $2, $3)', [type, from, recordedAt]);
  for (const one of held) await client.query('select stat.record_follow_up($1, $2, $3)', [one.due, one.held, recordedAt]);
  if (nextDue !== undefined) await client.query('select stat.record_follow_up($1, null, $2)', [nextDue, recordedAt]);
}

/** Brings every table that follows the stream up to the state after a command. */
export async function followThrough(client: PoolClient, change: Change): Promise<void> {
  // Journal entries move nobody and no scope: the common command writes nothing here.
  if (change.made.length === 0 && untouched(change)) return;
  await circle(client, change);
  await readers(client, change);
  await inbox(client, change);
  await structure(client, change);
  await retention(client, change);
  await tasks(client, change);
  await questions(client, change);
  await records(client, change);
}
