import { createHash, createHmac, randomInt, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type ShownRejection, shownRejection } from '../domain/access/core-view.js';
import { type CaseEvent, caseCommand, evolve, type ExitCase, fold, type RecordedEvent } from '../domain/exit-case/case.js';
import { generationOf } from '../domain/access/scopes.js';
import { labelFor } from '../domain/kernel/case-number.js';
import type { Actor, AnyCommand, CommandContext, Draft, FileFormat } from '../domain/kernel/command.js';
import type { UserId } from '../domain/kernel/ids.js';
import { isRejection, reject } from '../domain/kernel/rejection.js';
import { copenhagenDate } from '../domain/kernel/time.js';
import { keepFile } from '../store/attachments.js';
import { type OpenStream, openStream, type SealedCase } from '../store/case-rows.js';
import { toTell } from '../store/matching/tellings.js';
import { submitNumbers } from '../store/matching/submission.js';
import { append, beginCase, beginCommand, newScopes, registerCase, resumeCommand, STALE, withNewKeys } from '../store/case-stream.js';
import { followThrough, structureOf } from '../store/follow-through.js';
import { type PoolClient, type Transaction, withTransaction } from '../store/postgres/pools.js';
import { colleaguesNamed, type StaffMember } from '../store/staff.js';
import type { KeyRing } from '../store/vault/vault.js';
import { etagFor } from './etag.js';
import { type House, type Refused, refusedBy } from './house.js';
import { actorOf, asHisNow, NEWEST_ENTRIES } from './open-case.js';

/** The file that came with an order, fit to be kept; or what is wrong with it, in Danish. Judged before, told only to who is admitted. */
export type OrderFile = { readonly format: FileFormat; readonly bytes: Buffer } | { readonly refused: string };

export interface Order {
  readonly token: string;
  readonly command: string;
  /** Absent for `inquiry.register`, which makes the case. */
  readonly caseId?: string;
  readonly input: unknown;
  readonly ifMatch?: string;
  /** Idempotency key: the same order under it is carried out once, and answers the same. */
  readonly key?: string;
  /** Of `attachment.add` alone. */
  readonly file?: OrderFile;
}

/** An order with the hash of what it asks, where it came under a key. */
interface Marked extends Order {
  readonly mark?: { readonly key: string; readonly hash: Buffer };
}

/** What is remembered of an order carried out, and answered again under its key. */
export interface Receipt {
  readonly caseId?: string;
  readonly number?: string;
  readonly receivedAt?: string;
  readonly unit?: string;
  /** The id of the file that was laid in the case. */
  readonly file?: string;
}

export interface FieldIssue {
  /** Dotted path of the field; empty when it is the whole. */
  readonly field: string;
  readonly message: string;
}

export type Outcome =
  | { readonly kind: 'done'; readonly receipt: Receipt; readonly etag?: string }
  | { readonly kind: 'invalid'; readonly issues: readonly FieldIssue[] }
  | { readonly kind: 'rejected'; readonly shown: ShownRejection }
  /** Something the caller may see is newer than what he acted on. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'key-reused' }
  | { readonly kind: 'unknown-command' }
  | Refused;

type CaseCommand = AnyCommand<ExitCase, CaseEvent>;

/** How often a lost race is judged again before the caller is told; each round the winner has committed. */
const ROUNDS = 8;

/** Carries out one command: admitted by the database, judged on the core, appended with everything that follows, in one transaction. */
export async function execute(house: House, order: Order): Promise<Outcome> {
  const command = caseCommand(order.command);
  if (!command || (order.caseId === undefined) !== (command.admission === 'staff')) return { kind: 'unknown-command' };
  const marked: Marked = order.key === undefined ? order : { ...order, mark: { key: order.key, hash: hashOf(house, order) } };
  try {
    for (let round = 1; ; round += 1) {
      try {
        return await attempt(house, marked, command);
      } catch (error) {
        if (!isLostRace(error)) throw error;
        if (round === ROUNDS) return { kind: 'stale' };
      }
    }
  } catch (error) {
    return refusedBy(error);
  }
}

/** Made by two commands at once: the first body of a scope, the receipt of one idempotency key. Judged again, the second finds the first's. */
const MADE_ONCE = ['scope_case_id_kind_subject_generation_key', 'command_pkey'];

const isLostRace = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  if (error.code === '23505') return 'constraint' in error && MADE_ONCE.includes(String(error.constraint));
  return error.code === STALE || error.code === '40001' || error.code === '40P01';
};

const attempt = (house: House, order: Marked, command: CaseCommand): Promise<Outcome> =>
  withTransaction(
    house.web,
    (_client, transaction) => inTransaction(house, transaction, order, command),
    // An inquiry that was not registered leaves nothing, not even the row that says it was.
    (outcome) => (order.caseId === undefined && outcome.kind !== 'done' && outcome.kind !== 'absent' ? 'rollback' : 'commit'),
  );

/** What an order asks, to know it again under its key. Keyed: a plain hash of a CPR number could be found by trying them all. */
export const hashOf = (house: House, order: Pick<Order, 'command' | 'caseId' | 'input' | 'file'>): Buffer =>
  createHmac('sha256', house.etagKey).update(JSON.stringify([order.command, order.caseId ?? null, order.input, ...fingerprint(order.file)])).digest();

const fingerprint = (file: OrderFile | undefined): readonly string[] => (file && 'bytes' in file ? [createHash('sha256').update(file.bytes).digest('base64')] : []);

/** The case the command is about, ready to be judged; or the answer when it does not come to that. */
interface Ready {
  readonly caseId: string;
  readonly sealed: SealedCase;
  readonly stream: OpenStream;
  readonly ring: KeyRing;
}

async function admitted(house: House, transaction: Transaction, order: Marked, command: CaseCommand): Promise<Ready | Outcome> {
  const { client } = transaction;
  // Entries are not part of the state: a correction looks through them, and an ETag is made from the newest a reader sees.
  const entries = command.name === 'journal.correct' ? 100_000 : order.ifMatch === undefined ? 0 : NEWEST_ENTRIES;
  if (order.caseId === undefined) {
    const sealed = await beginCase(client, order.token, order.mark?.key);
    if (sealed?.done) return replay(sealed.done, order);
    if (sealed?.id === undefined) return { kind: 'absent' };
    return { caseId: sealed.id, sealed, stream: { facts: [], entries: [], bodies: new Map() }, ring: new Map() };
  }
  const { caseId } = order;
  let sealed = await beginCommand(client, order.token, caseId, command.name, entries, order.mark?.key, order.mark?.hash);
  if (sealed?.done) return replay(sealed.done, order);
  if (!sealed?.ticket) return { kind: 'absent' };
  let ring = house.vault.held(sealed.ticket);
  if (!ring) {
    // The audit row commits before a key leaves the vault; then the command goes on in a second transaction.
    const { ticket, actor } = sealed;
    await transaction.end('commit');
    ring = await house.vault.redeem(ticket);
    transaction.begin();
    const resumed = await resumeCommand(client, order.token, caseId, command.name, ticket, entries);
    if (!resumed) return { kind: 'absent' };
    sealed = { ...resumed, actor };
  }
  return { caseId, sealed, stream: openStream(caseId, sealed, ring), ring };
}

const replay = (done: { readonly hash: Buffer; readonly result: unknown }, { mark }: Marked): Outcome =>
  mark?.hash.equals(done.hash) ? { kind: 'done', receipt: done.result as Receipt } : { kind: 'key-reused' };

async function inTransaction(house: House, transaction: Transaction, order: Marked, command: CaseCommand): Promise<Outcome> {
  const ready = await admitted(house, transaction, order, command);
  return 'kind' in ready ? ready : judged(house, transaction, order, command, ready);
}

async function judged(house: House, transaction: Transaction, order: Marked, command: CaseCommand, ready: Ready): Promise<Outcome> {
  const { caseId, sealed, stream, ring } = ready;
  const before = fold(stream.facts);
  const actor = actorOf(sealed);
  const state = asHisNow(house, before, actor.user);
  const seen = [...stream.facts, ...stream.entries];

  const parsed = command.input.safeParse(order.input ?? {});
  const fileIssues: readonly FieldIssue[] = order.file && 'refused' in order.file ? [{ field: 'file', message: order.file.refused }] : [];
  if (!parsed.success || fileIssues.length > 0) return { kind: 'invalid', issues: [...(parsed.error ? issuesOf(parsed.error) : []), ...fileIssues] };
  if (order.ifMatch !== undefined && order.ifMatch !== etagFor(house, actor.user, caseId, state, seen)) return { kind: 'stale' };

  const verdict = judge(command, state, parsed.data, await contextFor(house, transaction.client, actor, command, order, stream));
  if (isRejection(verdict)) return { kind: 'rejected', shown: shownRejection(state, actor, verdict) };

  const done = await record(house, transaction, order, { caseId, sealed, ring, state: before, actor, drafts: verdict });
  const { receipt } = done;
  if (order.caseId === undefined) return { kind: 'done', receipt };
  return { kind: 'done', receipt, etag: etagFor(house, actor.user, caseId, asHisNow(house, done.after, actor.user), [...seen, ...done.events]) };
}

const judge = (command: CaseCommand, state: ExitCase, input: unknown, context: CommandContext) =>
  command.may.test(state, context.actor)
    ? (command.when(state, context) ?? command.decide(state, input as never, context))
    : reject('FM-CNF-2', ['own'], `Kun ${command.may.who} kan gøre dette.`);

/** Every id that stands in the input is looked up among the staff: the rule asks for those it needs. */
const idsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(idsIn) : [];
};

async function contextFor(house: House, client: PoolClient, actor: Actor, { admission }: CaseCommand, { input, file }: Order, stream: OpenStream): Promise<CommandContext> {
  const now = house.clock();
  const telling = admission === 'match' ? await toTell(client) : undefined;
  const staff: ReadonlyMap<string, StaffMember> = await colleaguesNamed(client, idsIn(input).slice(0, 50));
  return {
    actor, now, today: copenhagenDate(now),
    colleague: (user: UserId) => staff.get(user),
    entry: (entry) => stream.entries.some(({ event }) => 'entry' in event && event.entry === entry),
    ...(file && 'bytes' in file ? { file: { format: file.format, bytes: file.bytes.length } } : {}),
    ...(telling && { telling }),
    newId: <T extends string>() => randomUUID() as string as T,
  };
}

interface Recording {
  readonly caseId: string;
  readonly sealed: SealedCase;
  readonly ring: KeyRing;
  readonly state: ExitCase;
  readonly actor: Actor;
  readonly drafts: readonly Draft<CaseEvent>[];
}

async function record(house: House, transaction: Transaction, order: Marked, { caseId, sealed, ring, state, actor, drafts }: Recording) {
  const { client } = transaction;
  const now = house.clock();
  const events: RecordedEvent[] = drafts.map((draft, index) => ({ event: draft.event, version: sealed.version + index + 1, at: now, actor: actor.user }));
  const after = events.reduce((folded, { event, ...meta }) => evolve(folded, event, meta), state);
  const isNew = sealed.version === 0;
  const label = isNew ? labelFor(randomInt(1_000_000)) : sealed.label;
  const number = isNew ? await registerCase(client, { ...structureOf(after), label, at: now }) : sealed.number;
  const receipt: Receipt = isNew ? { number, receivedAt: after.inquiry.receivedAt, unit: after.inquiry.unit } : { caseId, ...Object.fromEntries(drafts.flatMap(({ event }) => (event.type === 'AttachmentAdded' ? [['file', event.file]] : []))) };

  const made = newScopes(drafts, sealed.scopes, (scope) => generationOf(after, scope));
  const keys = await withNewKeys(house.vault, ring, made);
  if (isNew) {
    await client.query('insert into app.receipt (user_id, number, received_at, unit) values ($1, $2, $3, $4)', [actor.user, number, after.inquiry.receivedAt, after.inquiry.unit]);
  }
  for (const scope of made) {
    await client.query('insert into app.scope (id, case_id, kind, subject, generation) values ($1, $2, $3, $4, $5)', [scope.id, caseId, scope.kind, scope.subject, scope.generation]);
  }
  append(transaction, {
    caseId, expected: sealed.version, drafts, at: now, recordedAt: now, scopes: [...sealed.scopes, ...made], ring: keys,
    generationOf: (scope) => generationOf(after, scope),
    ...(order.mark === undefined ? {} : { receipt: { ...order.mark, result: receipt } }),
  });
  await submitNumbers(client, house.matchKey, caseId, drafts);
  for (const { event, version } of events) {
    if (event.type === 'AttachmentAdded' && order.file && 'bytes' in order.file) {
      await keepFile(client, { caseId, event, version, scopes: [...sealed.scopes, ...made], generation: generationOf(after, { kind: event.scope }), ring: keys, bytes: order.file.bytes });
    }
  }
  await followThrough(client, { caseId, number, label, before: state, after, events, recordedAt: now, scopes: sealed.scopes, made });
  return { receipt, after, events };
}

/** Field issues in Danish; a path into the input as the form names its fields. */
const issuesOf = (error: z.ZodError): readonly FieldIssue[] =>
  error.issues.flatMap((issue): readonly FieldIssue[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: [...issue.path, key].join('.'), message: 'Feltet findes ikke.' }))
      : [{ field: issue.path.join('.'), message: issue.message }]);
