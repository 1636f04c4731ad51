import { randomBytes } from 'node:crypto';
import type { Pool } from '../postgres/pools.js';
import { ScopeSecret } from './envelope.js';
import type { KeyService } from './kms.js';

/** A one-time ticket, written by the database together with the audit row that it proves. */
export interface Ticket {
  readonly payload: string;
  readonly mac: Buffer;
}

/** The keys one ticket opened: nothing outside it. */
export type KeyRing = ReadonlyMap<string, ScopeSecret>;

/** Longest a released key is kept in memory; an opening of the case still needs its committed audit row each time. */
const KEPT_MS = 5 * 60_000;
/** Some 60 cases of ten scopes for every one of 50 people at work. */
const KEPT_MOST = 30_000;
/** Keys that nobody asks for any more are looked for so often. */
const FORGET_EVERY_MS = 5_000;

const scopesOf = ({ payload }: Ticket): readonly string[] => (payload.split('|')[1] ?? '').split(',').filter((id) => id !== '');

/** Gives out scope keys for tickets, and makes new ones. The only room that holds keys, on a connection of its own. */
export class Vault {
  readonly #kept = new Map<string, { readonly secret: ScopeSecret; readonly until: number }>();
  readonly #pool: Pool;
  readonly #cases: Pool;
  readonly #keys: KeyService;

  /** @param pool of the vault, into the database of the keys; @param cases into the other, which says what stands in the log. */
  constructor(pool: Pool, cases: Pool, keys: KeyService) {
    this.#pool = pool;
    this.#cases = cases;
    this.#keys = keys;
    setInterval(() => this.#forget(), FORGET_EVERY_MS).unref();
  }

  /** How many keys are in memory, and with them what the cores of their events said. */
  get kept(): number {
    return this.#kept.size;
  }

  /** The keys of a ticket when all are still in memory; undefined when one must be released first. */
  held(ticket: Ticket): KeyRing | undefined {
    const now = performance.now();
    const ring = new Map<string, ScopeSecret>();
    for (const id of scopesOf(ticket)) {
      const kept = this.#kept.get(id);
      if (!kept || kept.until < now) return undefined;
      ring.set(id, kept.secret);
    }
    return ring;
  }

  /**
   * Redeems a ticket whose transaction has committed: its scopes' keys, from memory or released by the key database.
   * @throws when the ticket is forged, used, too old, or a key is gone (shredded).
   */
  async redeem(ticket: Ticket): Promise<KeyRing> {
    const held = this.held(ticket);
    if (held) return held;
    const { rows } = await this.#pool.query<{ scope_id: string; key_ver: number; kek_ver: number; wrapped: Buffer }>({
      name: 'release', text: 'select scope_id, key_ver, kek_ver, wrapped from keys.release($1, $2, $3)', values: [ticket.payload, ticket.mac, await this.#stamp(ticket)],
    });
    const plain = await this.#keys.unwrap(rows.map((row) => ({ kekVersion: row.kek_ver, wrapped: row.wrapped })));
    const ring = new Map<string, ScopeSecret>();
    rows.forEach((row, index) => {
      const secret = plain[index];
      if (secret) ring.set(row.scope_id, this.#keep(row.scope_id, new ScopeSecret(secret, row.key_ver)));
    });
    if (scopesOf(ticket).some((id) => !ring.has(id))) throw new Error('the ticket was not honoured');
    return ring;
  }

  /** Makes and commits the keys of new scopes, before the first event that uses them. */
  async create(scopeIds: readonly string[]): Promise<KeyRing> {
    const secrets = scopeIds.map(() => randomBytes(32));
    const wrapped = await this.#keys.wrap(secrets);
    await this.#pool.query({
      name: 'put', text: 'select keys.put($1, $2, $3)', values: [scopeIds, wrapped[0]?.kekVersion ?? 1, wrapped.map((one) => one.wrapped)],
    });
    const ring = new Map<string, ScopeSecret>();
    scopeIds.forEach((id, index) => {
      const secret = secrets[index];
      if (secret) ring.set(id, this.#keep(id, new ScopeSecret(secret, 1)));
    });
    return ring;
  }

  /** That the log has the ticket's row, by the word of the database that has the log. */
  async #stamp({ payload }: Ticket): Promise<Buffer | null> {
    const { rows } = await this.#cases.query<{ stamp: Buffer | null }>({ name: 'stamp', text: 'select sec.stamp($1) as stamp', values: [payload.split('|')[3]] });
    return rows[0]?.stamp ?? null;
  }

  /** A Map keeps the order of arrival, so the oldest stand first. */
  #forget(): void {
    const now = performance.now();
    for (const [id, { until }] of this.#kept) {
      if (until >= now) return;
      this.#kept.delete(id);
    }
  }

  #keep(id: string, secret: ScopeSecret): ScopeSecret {
    if (this.#kept.size >= KEPT_MOST) {
      const oldest = this.#kept.keys().next();
      if (!oldest.done) this.#kept.delete(oldest.value);
    }
    this.#kept.delete(id);
    this.#kept.set(id, { secret, until: performance.now() + KEPT_MS });
    return secret;
  }
}
