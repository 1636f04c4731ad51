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

/** Names for the head of pages, kept a minute; truth about sessions stays in the database. Whoever asks for anything is not idle. */
export class Visitors {
  readonly #kept = new Map<string, { readonly visitor: Visitor; readonly until: number }>();
  readonly #house: House;

  constructor(house: House) {
    this.#house = house;
  }

  /** @param fresh ask the database also when the name is known: for routes that ask it nothing else, or that go by the function. */
  async of(token: string, fresh: boolean): Promise<Visitor | undefined> {
    const kept = this.#kept.get(token);
    if (!fresh && kept && kept.until > performance.now()) return kept.visitor;
    const me = await whoAmI(this.#house.web, token);
    this.#kept.delete(token);
    if (!me) return undefined;
    if (Date.now() - Date.parse(me.last_seen) >= KEPT_MS) await touchSession(this.#house.web, token);
    const visitor: Visitor = { token, user: me.user_id, name: me.name, authority: me.authority, authorityName: authorityName(me.authority), functions: me.functions };
    if (this.#kept.size > 5_000) this.#kept.clear();
    this.#kept.set(token, { visitor, until: performance.now() + KEPT_MS });
    return visitor;
  }

  forget(token: string): void {
    this.#kept.delete(token);
  }
}

/** The forms' token: bound to the session, so that another site's form carries none that fits (control 29). */
export const csrfToken = (key: Buffer, token: string): string => createHmac('sha256', key).update(token).digest('base64url');

export const csrfFits = (key: Buffer, token: string, given: unknown): boolean => {
  const wanted = Buffer.from(csrfToken(key, token));
  const got = Buffer.from(typeof given === 'string' ? given : '');
  return got.length === wanted.length && timingSafeEqual(got, wanted);
};
