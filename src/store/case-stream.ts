import { randomUUID } from 'node:crypto';
import type { Draft, ScopeKind, ScopeRef } from '../domain/kernel/command.js';
import { type BodyValue } from '../domain/kernel/prose.js';
import { Prose } from '../domain/kernel/prose-text.js';
import type { Instant } from '../domain/kernel/time.js';
import { isJournalEvent } from '../domain/exit-case/journal.js';
import type { CaseEvent } from '../domain/exit-case/case.js';
import { type CaseAnswer, sealedCase, type SealedCase, type ScopeRow } from './case-rows.js';
import type { StructureRow } from './followed-rows.js';
import type { PoolClient, Transaction } from './postgres/pools.js';
import { seal } from './vault/envelope.js';
import type { KeyRing, Vault } from './vault/vault.js';

/** SQLSTATE of a lost race: another command appended first. */
export const STALE = 'UV409';
/** SQLSTATE of a person's hour being used up. */
export const LIMITED = 'UV429';

const answered = async (client: Pick<PoolClient, 'query'>, name: string, text: string, values: readonly unknown[]): Promise<CaseAnswer> => {
  const [row] = (await client.query<{ answer: string | null; sealed: string | null }>({ name, text, values: [...values] })).rows;
  return { answer: row?.answer ? (JSON.parse(row.answer) as CaseAnswer['answer']) : null, sealed: row?.sealed ?? null };
};

/** Reads a case for one purpose: one round trip, committed with its audit row. Undefined: not there, or not for the caller. */
export async function readCase(
  client: Pick<PoolClient, 'query'>, token: string, caseId: string, purpose: string, kinds: readonly ScopeKind[], entries: number,
): Promise<SealedCase | 'limited' | undefined> {
  const row = await answered(client, 'read-case', 'select * from app.read_case($1, $2, $3, $4, $5)', [token, caseId, purpose, kinds, entries]);
  return row.answer?.limited ? 'limited' : sealedCase(row);
}

/** As `readCase`, with every event of the case that tells of a file the reader may see among the entries, however old. */
export async function readCaseWithFiles(
  client: Pick<PoolClient, 'query'>, token: string, caseId: string, purpose: string, kinds: readonly ScopeKind[], entries: number,
): Promise<SealedCase | 'limited' | undefined> {
  const { rows: [row] } = await client.query<{ answer: string | null; sealed: string | null; files: string | null; files_sealed: string | null }>({
    name: 'read-case-with-files', text: 'select * from app.read_case_with_files($1, $2, $3, $4, $5)', values: [token, caseId, purpose, kinds, entries],
  });
  const answer = row?.answer ? (JSON.parse(row.answer) as CaseAnswer['answer']) : null;
  if (answer?.limited) return 'limited';
  const opened = sealedCase({ answer, sealed: row?.sealed ?? null });
  const files = row?.files ? sealedCase({ answer: JSON.parse(row.files) as CaseAnswer['answer'], sealed: row.files_sealed }) : undefined;
  if (!opened || !files) return opened;
  const known = new Set(opened.events.map(([version]) => version));
  const older = <Row extends readonly [version: number, ...rest: readonly unknown[]]>(rows: readonly Row[]): readonly Row[] => rows.filter(([version]) => !known.has(version));
  return { ...opened, events: [...opened.events, ...older(files.events)].sort((a, b) => a[0] - b[0]), bodies: [...opened.bodies, ...older(files.bodies)] };
}

/** Begins a command in the transaction of the client, which becomes `udvej_command` for this one case. Undefined: not admitted. */
export async function beginCommand(
  client: PoolClient, token: string, caseId: string, command: string, entries: number, key?: string, hash?: Buffer,
): Promise<SealedCase | undefined> {
  const values = [token, caseId, command, entries, key ?? null, hash ?? null];
  return sealedCase(await answered(client, 'begin-command', 'select * from app.begin_command($1, $2, $3, $4, $5, $6)', values));
}

/** Begins a new case in the transaction of the client. Undefined: the caller's function cannot register inquiries. */
export async function beginCase(client: PoolClient, token: string, key?: string): Promise<SealedCase | undefined> {
  return sealedCase(await answered(client, 'begin-case', 'select app.begin_case($1, $2) as answer, null as sealed', [token, key ?? null]));
}

/** The row of the case this transaction registers; gives the number that the database drew for it. */
export async function registerCase(
  client: PoolClient, { label, unit, municipality, place, since, at }: Pick<StructureRow, 'unit' | 'municipality' | 'place' | 'since'> & { readonly label: string; readonly at: Instant },
): Promise<string> {
  const { rows: [row] } = await client.query<{ number: string }>('select sec.register_case($1, $2, $3, $4, $5, $6) as number', [label, unit, municipality, place, since, at]);
  if (row === undefined) throw new Error('a case was registered without a number');
  return row.number;
}

/** The second transaction of a command whose keys had to be released first; undefined when the standing is gone meanwhile. */
export async function resumeCommand(
  client: PoolClient, token: string, caseId: string, command: string, ticket: { payload: string; mac: Buffer }, entries: number,
): Promise<SealedCase | undefined> {
  const values = [token, caseId, command, ticket.payload, ticket.mac, entries];
  return sealedCase(await answered(client, 'resume-command', 'select * from app.resume_command($1, $2, $3, $4, $5, $6)', values));
}

/** Which scope row a body goes to; the generation is the newest of a shared scope as the rules have it. */
export type GenerationOf = (ref: ScopeRef) => number;

const find = (scopes: readonly ScopeRow[], kind: ScopeKind, subject: string, generation: number): ScopeRow | undefined =>
  scopes.find((scope) => scope.kind === kind && scope.subject === subject && scope.generation === generation);

/** The scopes the drafts need and the case does not have yet. A new case has its core and its card from the first: who opens the card in an emergency makes no scope (control 19). */
export function newScopes(drafts: readonly Draft<CaseEvent>[], scopes: readonly ScopeRow[], generationOf: GenerationOf): readonly ScopeRow[] {
  const made: ScopeRow[] = [];
  const need = (kind: ScopeKind, subject: string, generation: number): void => {
    if (!find(scopes, kind, subject, generation) && !find(made, kind, subject, generation)) made.push({ id: randomUUID(), kind, subject, generation });
  };
  need('core', '', 1);
  need('card', '', 1);
  for (const draft of drafts) for (const { scope } of draft.bodies ?? []) need(scope.kind, scope.subject ?? '', generationOf(scope));
  return made;
}

const reveal = (value: BodyValue): unknown => {
  if (value instanceof Prose) return Prose.read(value);
  if (Array.isArray(value)) return (value as readonly BodyValue[]).map(reveal);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value as Readonly<Record<string, BodyValue>>).filter(([, one]) => one !== undefined).map(([key, one]) => [key, reveal(one)]));
  }
  return value;
};

export interface Append {
  readonly caseId: string;
  readonly expected: number;
  readonly drafts: readonly Draft<CaseEvent>[];
  readonly at: Instant;
  readonly recordedAt: Instant;
  /** All scopes of the case, the new ones too, with keys in the ring for those written. */
  readonly scopes: readonly ScopeRow[];
  readonly ring: KeyRing;
  readonly generationOf: GenerationOf;
  /** What is answered when the same order comes again under its key. */
  readonly receipt?: { readonly key: string; readonly hash: Buffer; readonly result: unknown };
}

/** Encrypts and appends the facts of one command at the expected version; the end of the transaction fails with code `STALE` when another came first. */
export function append(transaction: Transaction, { caseId, expected, drafts, at, recordedAt, scopes, ring, generationOf, receipt }: Append): void {
  const key = (scope: ScopeRow | undefined) => {
    const secret = scope && ring.get(scope.id);
    if (!scope || !secret) throw new Error('a scope is written without its key');
    return { scope, secret };
  };
  const core = key(find(scopes, 'core', '', 1));
  const cores: Buffer[] = [];
  const bodies: { version: number; n: number; scope: string; ct: Buffer }[] = [];
  drafts.forEach((draft, index) => {
    const version = expected + index + 1;
    const { type, ...facts } = draft.event;
    cores.push(seal(core.secret, { table: 'case_event', caseId, version, type, scopeId: core.scope.id }, JSON.stringify(facts)));
    (draft.bodies ?? []).forEach((body, n) => {
      const { scope, secret } = key(find(scopes, body.scope.kind, body.scope.subject ?? '', generationOf(body.scope)));
      const place = { table: 'case_body', caseId, version, type, scopeId: scope.id } as const;
      bodies.push({ version, n, scope: scope.id, ct: seal(secret, place, JSON.stringify(reveal(body.content))) });
    });
  });
  transaction.sends({
    name: 'append', text: 'select app.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)',
    values: [
      caseId, expected, drafts.map((draft) => draft.event.type), at, recordedAt, drafts.map((draft) => isJournalEvent(draft.event.type)),
      cores, bodies.map((one) => one.version), bodies.map((one) => one.n), bodies.map((one) => one.scope), bodies.map((one) => one.ct),
      receipt?.key ?? null, receipt?.hash ?? null, receipt === undefined ? null : JSON.stringify(receipt.result),
    ],
  });
}

/** Makes the keys of new scopes, on the vault's own connection and committed, and gives the ring with them added. */
export async function withNewKeys(vault: Vault, ring: KeyRing, made: readonly ScopeRow[]): Promise<KeyRing> {
  return made.length === 0 ? ring : new Map([...ring, ...(await vault.create(made.map((scope) => scope.id)))]);
}
