import { z } from 'zod';
import { FUNCTIONS } from '../../domain/access/functions.js';
import { isAuthorityId } from '../../domain/reference/authorities.js';
import type { Claims, SaidOfHim } from '../../store/session-start.js';
import { levelOf, reaches } from './levels.js';
import { mayAssert } from './issuers.js';
import type { IssuerSettings } from './issuers.js';

/** Text that can stand in a page's head and in the directory: no control characters. */
const plainText = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^\P{Cc}+$/u);

/** What an ID token must say besides what OpenID Connect demands of it. */
const zIdToken = z.object({
  iss: z.string(),
  sub: plainText(255),
  name: plainText(200),
  /** The authority's id in Udvej: 'police:fyn'. */
  udvej_authority: z.string(),
  /** None is said by an empty list. Left out, it says nothing: a provider whose settings broke would end everybody's access otherwise. */
  udvej_functions: z.array(z.string()).max(20),
  acr: z.string().optional(),
  sid: z.string().min(1).max(255).optional(),
  /** Seconds since 1970. */
  auth_time: z.int().positive(),
});

export type ClaimsRefusal =
  /** The token lacks a claim, or one is not what it should be. */
  | 'claims'
  /** The person proved too little: below substantial (NSIS). */
  | 'level'
  /** The identity provider speaks for an authority or function that is not its own, or for no function at all. */
  | 'outside'
  /** Asked to prove himself anew, the person comes back with a proof from before. */
  | 'old';

/** Clocks differ; a login further in the future than this would count as fresh for too long. */
export const CLOCK_SECONDS = 60;

/** What is asked of a person who must prove himself anew (control 18): a proof since then, in milliseconds since 1970, and a level. */
export interface Demand {
  readonly since: number;
  readonly level: string;
}

/**
 * Judges the claims of an ID token whose signature, issuer, audience, nonce and times have been checked.
 * @param now milliseconds since 1970
 */
export function judgeClaims(
  issuer: IssuerSettings,
  token: unknown,
  now: number,
  demand?: Demand,
): { readonly claims: Claims } | { readonly refused: Exclude<ClaimsRefusal, 'outside'> } | { readonly refused: 'outside'; readonly said: SaidOfHim } {
  const read = zIdToken.safeParse(token);
  if (!read.success) return { refused: 'claims' };
  const { iss, sub, name, udvej_authority: authority, udvej_functions: functions, acr, sid, auth_time: authTime } = read.data;
  // Some providers speak with many issuers' voices; only the one in the settings was given authorities.
  if (iss !== issuer.issuer || authTime > now / 1000 + CLOCK_SECONDS) return { refused: 'claims' };
  if (!isAuthorityId(authority) || functions.length === 0 || !mayAssert(issuer, authority, functions)) {
    // Of what Udvej knows: a word it does not know is nothing that anybody has here. No word says nothing.
    const said = authority.trim() === '' ? undefined : isAuthorityId(authority) ? authority : '';
    return { refused: 'outside', said: { authority: said, functions: FUNCTIONS.filter((one) => functions.includes(one)) } };
  }
  const level = levelOf(issuer, acr);
  if (level === undefined || (demand && !reaches(level, demand.level))) return { refused: 'level' };
  if (demand && authTime + CLOCK_SECONDS < demand.since / 1000) return { refused: 'old' };
  return { claims: { issuer: iss, subject: sub, name, authority, functions, authTime: new Date(authTime * 1000), level, sid } };
}
