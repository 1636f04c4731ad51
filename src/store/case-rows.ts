import type { ScopeKind } from '../domain/kernel/command.js';
import type { UserId } from '../domain/kernel/ids.js';
import { instantFromEpoch } from '../domain/kernel/time.js';
import type { CaseEvent, RecordedEvent } from '../domain/exit-case/case.js';
import { type ScopeSecret, unseal } from './vault/envelope.js';
import type { KeyRing, Ticket } from './vault/vault.js';

/**
 * A case as the database answers it (003_opening.sql): what is readable as one JSON text, moments in epoch milliseconds; the ciphertexts
 * of events and then of bodies behind one another as one value in base64, their lengths last in their rows.
 */
export interface CaseAnswer {
  readonly answer: {
    /** The id of a new case. */
    readonly id?: string;
    /** The hour's limit of cases is used up. */
    readonly limited?: true;
    readonly done?: readonly [hash: string, result: unknown];
    readonly session?: readonly [user: string, authority: string, functions: readonly string[]] | null;
    readonly ticket?: readonly [payload: string, mac: string, standing: string] | null;
    /** `impartial` only where the case was opened for reading. */
    readonly head?: readonly [number: string, label: string, version: number, impartial?: boolean];
    readonly scopes?: readonly (readonly [id: string, kind: string, subject: string, generation: number])[] | null;
    readonly events?: readonly (readonly [version: number, type: string, at: number, actor: string, journal: 0 | 1, length: number])[] | null;
    readonly bodies?: readonly (readonly [version: number, scope: string, length: number])[] | null;
  } | null;
  readonly sealed: string | null;
}
type SealedEvent = readonly [version: number, type: string, at: number, actor: string, journal: 0 | 1, ct: Buffer];
type SealedBody = readonly [version: number, scope: string, ct: Buffer];

export interface ScopeRow {
  readonly id: string;
  readonly kind: ScopeKind;
  readonly subject: string;
  readonly generation: number;
}

/** A case as it came from the database: ciphertext still, and only what row-level security let through. */
export interface SealedCase {
  /** Of a new case only. */
  readonly id?: string;
  /** The live session, as the database knows it. */
  readonly actor: { readonly user: string; readonly authority: string; readonly functions: readonly string[] };
  /** What the same order answered before, under its idempotency key. */
  readonly done?: { readonly hash: Buffer; readonly result: unknown };
  readonly ticket?: Ticket;
  /** How the reader came in: the circle, or the unit's inbox. */
  readonly standing: string;
  readonly number: string;
  readonly label: string;
  readonly version: number;
  /** The reader has said that he has no conflict of interest (FM-DEC-4). */
  readonly impartial: boolean;
  readonly scopes: readonly ScopeRow[];
  readonly events: readonly SealedEvent[];
  readonly bodies: readonly SealedBody[];
}

/** Names the parts of one answer; undefined when there is none: not there, or not for the caller. */
export function sealedCase({ answer, sealed }: CaseAnswer): SealedCase | undefined {
  if (!answer) return undefined;
  const { id, done, session, ticket, head, scopes, events, bodies } = answer;
  const [user = '', authority = '', functions = []] = session ?? [];
  const [number = '', label = '', version = 0, impartial = false] = head ?? [];
  const ciphertexts = Buffer.from(sealed ?? '', 'base64');
  let place = 0;
  const next = (length: number): Buffer => ciphertexts.subarray(place, (place += length));
  return {
    actor: { user, authority, functions }, number, label, version, impartial, standing: ticket?.[2] ?? 'circle',
    ...(id === undefined ? {} : { id }),
    ...(done ? { done: { hash: Buffer.from(done[0], 'base64'), result: done[1] } } : {}),
    ...(ticket ? { ticket: { payload: ticket[0], mac: Buffer.from(ticket[1], 'base64') } } : {}),
    scopes: (scopes ?? []).map(([scope, kind, subject, generation]) => ({ id: scope, kind: kind as ScopeKind, subject, generation })),
    events: (events ?? []).map(([at, type, moment, actor, journal, length]) => [at, type, moment, actor, journal, next(length)]),
    bodies: (bodies ?? []).map(([at, scope, length]) => [at, scope, next(length)]),
  };
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

/** What a core's ciphertext said. Cores hold no words (docs/decisions/0002); it is forgotten together with the key that opened it. */
interface Read {
  readonly ct: Buffer;
  readonly moment: number;
  readonly event: RecordedEvent;
}
const readBy = new WeakMap<ScopeSecret, Map<number, Read>>();

/** The same bytes in the same place under the same key say the same: they are decrypted once, and come from the database each time. */
const event = (caseId: string, [version, type, at, actor, , ct]: SealedEvent, core: ScopeRow, ring: KeyRing): RecordedEvent => {
  const secret = ring.get(core.id);
  if (!secret) throw new Error('the core of an opened case has no key');
  const known = readBy.get(secret) ?? new Map<number, Read>();
  readBy.set(secret, known);
  const before = known.get(version);
  if (before?.event.event.type === type && before.event.actor === actor && before.moment === at && before.ct.equals(ct)) return before.event;
  const facts = JSON.parse(unseal(secret, { table: 'case_event', caseId, version, type, scopeId: core.id }, ct)) as object;
  const one: RecordedEvent = { event: { type, ...facts } as CaseEvent, version, at: instantFromEpoch(at), actor: actor as UserId };
  // The same object goes to every reader: nobody changes it.
  Object.freeze(one.event);
  known.set(version, { ct: Buffer.from(ct), moment: at, event: Object.freeze(one) });
  return one;
};

/**
 * What came from outside of the circle: the database cannot judge the words of who opened the card in an emergency, and what a statement smuggled in
 * there wrote must not take the case from those who are in it (control 19). Unreadable, it is passed over; anything else that is unreadable is a fault.
 */
export const readable = <T>(type: string, read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if (type !== 'CardOpened') throw error;
    return undefined;
  }
};

/** Decrypts what the ring opens. Bodies whose scope is not in it were not asked for, and stay away. */
export function openStream(caseId: string, sealed: SealedCase, ring: KeyRing): OpenStream {
  const core = sealed.scopes.find((scope) => scope.kind === 'core');
  if (!core) throw new Error('a case without a core scope');
  const facts: RecordedEvent[] = [];
  const entries: RecordedEvent[] = [];
  const types = new Map<number, string>();
  for (const row of sealed.events) {
    types.set(row[0], row[1]);
    const read = readable(row[1], () => event(caseId, row, core, ring));
    if (read !== undefined) (row[4] === 1 ? entries : facts).push(read);
  }
  const scopes = new Map(sealed.scopes.map((scope) => [scope.id, scope]));
  const bodies = new Map<number, OpenBody[]>();
  for (const [version, scopeId, ct] of sealed.bodies) {
    const scope = scopes.get(scopeId);
    const secret = ring.get(scopeId);
    if (!scope || !secret) continue;
    const place = { table: 'case_body', caseId, version, type: types.get(version) ?? '', scopeId } as const;
    const content = readable(place.type, () => JSON.parse(unseal(secret, place, ct)) as Readonly<Record<string, unknown>>);
    if (content === undefined) continue;
    const known = bodies.get(version);
    if (known) known.push({ scope, content });
    else bodies.set(version, [{ scope, content }]);
  }
  return { facts, entries, bodies };
}
