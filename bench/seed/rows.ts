import { randomBytes } from 'node:crypto';
import { readsScope } from '../../src/domain/access/scopes.js';
import { emptyCase, evolve, type ExitCase, fold } from '../../src/domain/exit-case/case.js';
import { notificationOf, standingOf, taskRows } from '../../src/domain/exit-case/follows.js';
import { isJournalEvent } from '../../src/domain/exit-case/journal.js';
import { addWorkingDays, copenhagenDate, type Instant } from '../../src/domain/kernel/time.js';
import { structureOf } from '../../src/store/follow-through.js';
import { ScopeSecret, seal } from '../../src/store/vault/envelope.js';
import type { KeyService } from '../../src/store/vault/kms.js';
import { uuidOf } from '../plan.js';
import { type PlainCase, SCOPES } from './case.js';

/** The tables a case is spread over, with the columns given. */
export const COLUMNS = {
  'app.exit_case': 'id, number, label, unit, municipality, phase, place, since, next_due, contact_person, version, created_at, touched_at',
  'app.case_event': 'case_id, version, type, at, recorded_at, actor, journal, core_ct',
  'app.scope': 'id, case_id, kind, subject, generation',
  'app.case_body': 'case_id, version, n, scope_id, body_ct',
  'app.case_member': 'case_id, user_id, role, subject, valid_from',
  'app.scope_member': 'scope_id, case_id, user_id, valid_from',
  'app.unit_inbox': 'case_id, unit, number, received_at, municipality, channel, place, urgent, due, taken_at',
  'app.task': 'reader, case_id, key, title, mine, owner, due, command',
  'app.overview': 'case_id, number, unit, municipality, phase, place, since, contact_person, next_due, waits_for',
  'app.notification': 'kind, case_id, version, number, unit, at',
  'keys.scope_key': 'scope_id, key_ver, kek_ver, wrapped',
  'stat.link': 'case_id, stat_id',
  'stat.follow_up': 'stat_id, unit, due_on, held_on, recorded_at',
  'stat.standing': 'stat_id, state, from_date, to_date, recorded_at, superseded_at, unit, municipality, category, place, age_band',
  'audit.event': 'at, actor, action, case_ref, purpose',
} as const;
export type Table = keyof typeof COLUMNS;
export const TABLES = Object.keys(COLUMNS) as readonly Table[];

type Value = string | number | boolean | Buffer | null | undefined;
export type Put = (table: Table, ...values: readonly Value[]) => void;

/** A value as COPY's text format has it. */
export const copied = (value: Value): string => {
  if (value === null || value === undefined) return '\\N';
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`;
  if (typeof value === 'boolean') return value ? 't' : 'f';
  return typeof value === 'number' ? String(value) : value.replace(/[\\\t\n\r]/g, (sign) => `\\${sign === '\t' ? 't' : sign === '\n' ? 'n' : sign === '\r' ? 'r' : sign}`);
};

interface Sealed {
  readonly id: string;
  readonly scopes: readonly string[];
  readonly secrets: readonly ScopeSecret[];
}

/** Genuine keys, wrapped by the key service as the vault has them wrapped. */
async function keysOf(keys: KeyService, { id }: PlainCase, put: Put): Promise<Sealed> {
  const raw = SCOPES.map(() => randomBytes(32));
  const wrapped = await keys.wrap(raw);
  const scopes = SCOPES.map((kind) => uuidOf(kind, id));
  scopes.forEach((scope, n) => put('keys.scope_key', scope, 1, wrapped[n]?.kekVersion, wrapped[n]?.wrapped));
  return { id, scopes, secrets: raw.map((secret) => new ScopeSecret(secret, 1)) };
}

/** The stream as the store seals it: every core and every body at its own place. */
function putStream({ stream }: PlainCase, { id, scopes, secrets }: Sealed, put: Put): void {
  const lock = (scope: number) => {
    const secret = secrets[scope];
    const scopeId = scopes[scope];
    if (!secret || scopeId === undefined) throw new Error('a scope of the plan is missing');
    return { secret, scopeId };
  };
  const core = lock(0);
  for (const { event, version, at, actor, bodies } of stream) {
    const { type, ...facts } = event;
    const sealed = seal(core.secret, { table: 'case_event', caseId: id, version, type, scopeId: core.scopeId }, JSON.stringify(facts));
    put('app.case_event', id, version, type, at, at, actor, isJournalEvent(type), sealed);
    bodies.forEach(({ scope, content }, n) => {
      const { secret, scopeId } = lock(SCOPES.indexOf(scope.kind));
      put('app.case_body', id, version, n, scopeId, seal(secret, { table: 'case_body', caseId: id, version, type, scopeId }, JSON.stringify(content)));
    });
  }
}

/** Who is in, and who reads what, as the domain's own table says. */
function putCircle(plain: PlainCase, state: ExitCase, { id, scopes }: Sealed, put: Put): void {
  for (const { user, role, from } of state.circle.members) put('app.case_member', id, user, role, '', from);
  scopes.forEach((scope, n) => {
    const kind = SCOPES[n] ?? 'core';
    put('app.scope', scope, id, kind, '', 1);
    for (const user of plain.members) if (readsScope(state, user, { kind, subject: '', generation: 1 })) put('app.scope_member', scope, id, user, plain.stream[0]?.at);
  });
}

/** Tasks for every tenth case: the lists measured here read none, but the table must not be empty. */
const WITH_TASKS = 10;

/** What follows the stream, by the store's and the domain's own functions. */
function putFollowing(plain: PlainCase, state: ExitCase, one: number, put: Put): void {
  const { id, number, label, stream } = plain;
  const [first] = stream;
  const last = stream.at(-1);
  if (first?.event.type !== 'InquiryRegistered' || !last) throw new Error('a case begins with its inquiry');
  const row = structureOf(state);
  const { unit, municipality, phase, place, since, nextDue, waitsFor, contactPerson } = row;
  put('app.exit_case', id, number, label, unit, municipality, phase, place, since, nextDue, contactPerson, stream.length, first.at, last.at);
  put('app.overview', id, number, unit, municipality, phase, place, since, contactPerson, nextDue, waitsFor);
  const due = addWorkingDays(copenhagenDate(first.at), 1);
  put('app.unit_inbox', id, unit, number, first.at, municipality, state.inquiry.channel, place, state.inquiry.urgent, due, state.inquiry.takenAt);
  if (one % WITH_TASKS === 0) for (const task of taskRows(state)) put('app.task', task.reader, id, task.key, task.title, task.mine, task.owner, task.due, task.command);
  for (const { event, version, at, actor, command } of stream) {
    put('audit.event', at, actor, command === 'inquiry.register' ? 'inquiry.registered' : 'case.command', id, command === 'inquiry.register' ? null : command);
    const kind = notificationOf(event);
    if (kind !== undefined) put('app.notification', kind, id, version, number, unit, at);
  }
  putFigures(id, standingOf(evolve(emptyCase, first.event, first)), standingOf(state), first.at, [unit, municipality, null, place, null], put);
}

/** As `stat.record` leaves it: the inquiry's open row superseded by one with its end, and the standing of now. */
function putFigures(id: string, before: ReturnType<typeof standingOf>, now: ReturnType<typeof standingOf>, at: Instant, facts: readonly Value[], put: Put): void {
  const figure = uuidOf('stat', id);
  put('stat.link', id, figure);
  put('stat.standing', figure, before.standing, before.from, null, at, at, ...facts);
  put('stat.standing', figure, before.standing, before.from, now.from, at, null, ...facts);
  put('stat.standing', figure, now.standing, now.from, null, at, null, ...facts);
  // None of these cases has come so far; but what is counted must be there to be counted.
  put('stat.follow_up', figure, facts[0] ?? null, now.from, now.from, at);
}

export async function putCase(keys: KeyService, plain: PlainCase, one: number, put: Put): Promise<void> {
  const state = fold(plain.stream.map(({ event, version, at, actor }) => ({ event, version, at, actor })));
  const sealed = await keysOf(keys, plain, put);
  putStream(plain, sealed, put);
  putCircle(plain, state, sealed, put);
  putFollowing(plain, state, one, put);
}
