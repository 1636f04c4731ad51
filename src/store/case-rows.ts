import type { ScopeKind } from '../domain/kernel/command.js';
import type { UserId } from '../domain/kernel/ids.js';
import type { Instant } from '../domain/kernel/time.js';
import type { CaseEvent, RecordedEvent } from '../domain/exit-case/case.js';
import { unseal } from './vault/envelope.js';
import type { KeyRing, Ticket } from './vault/vault.js';

/** A row of `app.read_case` and its like: the parts of a case in one answer (003_opening.sql). */
export interface CaseRow {
  readonly part: 'done' | 'session' | 'ticket' | 'case' | 'scope' | 'event' | 'body';
  readonly version: number;
  readonly type: string;
  readonly at: string;
  readonly actor: string;
  readonly scope_id: string;
  readonly n: number;
  readonly note: string;
  readonly ct: Buffer;
}

export interface ScopeRow {
  readonly id: string;
  readonly kind: ScopeKind;
  readonly subject: string;
  readonly generation: number;
}

/** A case as it came from the database: ciphertext still, and only what row-level security let through. */
export interface SealedCase {
  /** The live session, as the database knows it. */
  readonly actor: { readonly user: string; readonly authority: string; readonly functions: readonly string[] };
  /** What the same order answered before, under its idempotency key. */
  readonly done?: { readonly hash: Buffer; readonly result: unknown };
  readonly ticket?: Ticket;
  /** How the reader came in: the circle, or the unit's inbox. */
  readonly standing: string;
  readonly lastSeen?: string;
  readonly number: string;
  readonly label: string;
  readonly version: number;
  readonly scopes: readonly ScopeRow[];
  readonly events: readonly CaseRow[];
  readonly bodies: readonly CaseRow[];
}

/** Sorts the rows of one answer; undefined when there are none: not there, or not for the caller. */
export function sealedCase(rows: readonly CaseRow[]): SealedCase | undefined {
  if (rows.length === 0) return undefined;
  const events: CaseRow[] = [];
  const bodies: CaseRow[] = [];
  const scopes: ScopeRow[] = [];
  let ticket: Ticket | undefined;
  let done: SealedCase['done'];
  let actor: SealedCase['actor'] = { user: '', authority: '', functions: [] };
  let head = { number: '', label: '', version: 0 };
  let standing = 'circle';
  let lastSeen: string | undefined;
  for (const row of rows) {
    switch (row.part) {
      case 'done':
        done = { hash: row.ct, result: JSON.parse(row.note) as unknown };
        break;
      case 'session':
        actor = { user: row.actor, authority: row.type, functions: row.note.split(',') };
        lastSeen = row.at;
        break;
      case 'ticket':
        ticket = { payload: row.note, mac: row.ct };
        standing = row.type;
        break;
      case 'case':
        head = { number: row.note, label: row.type, version: row.version };
        break;
      case 'scope':
        scopes.push({ id: row.scope_id, kind: row.type as ScopeKind, subject: row.note, generation: row.version });
        break;
      case 'event':
        events.push(row);
        break;
      case 'body':
        bodies.push(row);
        break;
    }
  }
  return { actor, ...(done ? { done } : {}), ...(ticket ? { ticket } : {}), ...(lastSeen === undefined ? {} : { lastSeen }), standing, ...head, scopes, events, bodies };
}

/** The text of one body as it was written, and the scope it lies in. */
export interface OpenBody {
  readonly scope: ScopeRow;
  readonly content: Readonly<Record<string, unknown>>;
}

/** A decrypted case: what the rules fold, and the journal's entries beside it. */
export interface OpenStream {
  readonly facts: readonly RecordedEvent[];
  readonly entries: readonly RecordedEvent[];
  readonly bodies: ReadonlyMap<number, readonly OpenBody[]>;
}

const event = (caseId: string, row: CaseRow, core: ScopeRow, ring: KeyRing): RecordedEvent => {
  const secret = ring.get(core.id);
  if (!secret) throw new Error('the core of an opened case has no key');
  const facts = JSON.parse(unseal(secret, { table: 'case_event', caseId, version: row.version, type: row.type, scopeId: core.id }, row.ct)) as object;
  return { event: { type: row.type, ...facts } as CaseEvent, version: row.version, at: row.at as Instant, actor: row.actor as UserId };
};

/** Decrypts what the ring opens. Bodies whose scope is not in it were not asked for, and stay away. */
export function openStream(caseId: string, sealed: SealedCase, ring: KeyRing): OpenStream {
  const core = sealed.scopes.find((scope) => scope.kind === 'core');
  if (!core) throw new Error('a case without a core scope');
  const facts: RecordedEvent[] = [];
  const entries: RecordedEvent[] = [];
  const types = new Map<number, string>();
  for (const row of sealed.events) {
    types.set(row.version, row.type);
    (row.n === 1 ? entries : facts).push(event(caseId, row, core, ring));
  }
  const scopes = new Map(sealed.scopes.map((scope) => [scope.id, scope]));
  const bodies = new Map<number, OpenBody[]>();
  for (const row of sealed.bodies) {
    const scope = scopes.get(row.scope_id);
    const secret = ring.get(row.scope_id);
    if (!scope || !secret) continue;
    const place = { table: 'case_body', caseId, version: row.version, type: types.get(row.version) ?? '', scopeId: row.scope_id } as const;
    const content = JSON.parse(unseal(secret, place, row.ct)) as Readonly<Record<string, unknown>>;
    const known = bodies.get(row.version);
    if (known) known.push({ scope, content });
    else bodies.set(row.version, [{ scope, content }]);
  }
  return { facts, entries, bodies };
}
