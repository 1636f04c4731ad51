import { createHmac, timingSafeEqual } from 'node:crypto';
import type { House } from '../app/house.js';
import { authorityName } from '../domain/reference/authorities.js';
import { touchSession, whoAmI } from '../store/lists.js';

/** The person behind a request, for the page's head and menus. What he may do is asked of the database at every request. */
export interface Visitor {
  readonly token: string;
  readonly user: string;
  readonly name: string;
  readonly authority: string;
  readonly authorityName: string;
  readonly functions: readonly string[];
}

/** Longest a name in the page's head may be out of date; and how often at most the idle limit begins anew. */
const KEPT_MS = 60_000;

/** Names for the head of pages, kept a minute; truth about sessions stays in the database. */
export class Visitors {
  readonly #kept = new Map<string, { readonly visitor: Visitor; readonly until: number }>();
  readonly #house: House;

  constructor(house: House) {
    this.#house = house;
  }

  /**
   * @param fresh ask the database also when the name is known: for routes that ask it nothing else, or that go by the function.
   * @param asks somebody is there and asks; a program that reads again and again is no sign of it.
   */
  async of(token: string, { fresh, asks }: { readonly fresh: boolean; readonly asks: boolean }): Promise<Visitor | undefined> {
    const kept = this.#kept.get(token);
    if (!fresh && kept && kept.until > performance.now()) return kept.visitor;
    const me = await whoAmI(this.#house.web, token);
    this.#kept.delete(token);
    if (!me) return undefined;
    const quiet = Math.max(0, Date.now() - Date.parse(me.last_seen));
    const renewed = asks && quiet >= KEPT_MS;
    if (renewed) await touchSession(this.#house.web, token);
    const visitor: Visitor = { token, user: me.user_id, name: me.name, authority: me.authority, authorityName: authorityName(me.authority), functions: me.functions };
    if (this.#kept.size > 5_000) this.#kept.clear();
    // No longer than until the next renewal is due, so that a session never ends more than a minute early.
    this.#kept.set(token, { visitor, until: performance.now() + (renewed ? KEPT_MS : Math.max(0, KEPT_MS - quiet)) });
    return visitor;
  }

  forget(token: string): void {
    this.#kept.delete(token);
  }
}

const proof = (key: Buffer, of: string): string => createHmac('sha256', key).update(of).digest('base64url');
const isEqual = (wanted: string, given: string): boolean => {
  const [one, other] = [Buffer.from(wanted), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
};
/** What a form sent as its token: the session's part, and the person's after the full stop. */
const partsOf = (given: unknown): readonly string[] => (typeof given === 'string' ? given.split('.', 2) : []);

/** The session's part of the forms' token, so that another site's form carries none that fits (control 29). */
export const csrfToken = (key: Buffer, token: string): string => proof(key, token);
export const csrfFits = (key: Buffer, token: string, given: unknown): boolean => isEqual(csrfToken(key, token), partsOf(given)[0] ?? '');

/** What a page's forms carry: the session's part, and one of the person, which outlives the session. */
export const formToken = (key: Buffer, { token, user }: Pick<Visitor, 'token' | 'user'>): string => `${csrfToken(key, token)}.${proof(key, `person ${user}`)}`;
/** Whether a form was drawn for this very person, in whatever session: what he typed is his to read again, and nobody else's. */
export const isOwnForm = (key: Buffer, { user }: Pick<Visitor, 'user'>, given: unknown): boolean => isEqual(proof(key, `person ${user}`), partsOf(given)[1] ?? '');
