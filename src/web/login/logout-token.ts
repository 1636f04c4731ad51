import { constants, createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { z } from 'zod';
import type { IssuerSettings } from './issuers.js';

/** Signatures that are taken, each with what node calls it. Never one by a shared secret, and never none. */
const ALGORITHMS = {
  ES256: { kty: 'EC', digest: 'sha256', options: { dsaEncoding: 'ieee-p1363' } },
  ES384: { kty: 'EC', digest: 'sha384', options: { dsaEncoding: 'ieee-p1363' } },
  RS256: { kty: 'RSA', digest: 'sha256', options: {} },
  PS256: { kty: 'RSA', digest: 'sha256', options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } },
  EdDSA: { kty: 'OKP', digest: null, options: {} },
} as const;

const zHeader = z.object({
  alg: z.enum(['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA']),
  typ: z.string().toLowerCase().pipe(z.enum(['logout+jwt', 'jwt'])).optional(),
  kid: z.string().optional(),
  crit: z.never().optional(),
});

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const zClaims = z.object({
  iss: z.string(),
  aud: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  /** Seconds since 1970. */
  iat: z.number(),
  exp: z.number().optional(),
  jti: z.string().min(1).max(1_000),
  events: z.object({ [EVENT]: z.looseObject({}) }),
  sub: z.string().min(1).max(255).optional(),
  sid: z.string().min(1).max(255).optional(),
  // So that an ID token can never be taken for one.
  nonce: z.never().optional(),
});

/** How old one may be, and how far the clocks may differ, in seconds. The database knows what was told for longer than that (018_step_up.sql). */
const AGE = 5 * 60;
const CLOCK = 60;

export interface LogoutOrder {
  readonly jti: string;
  readonly subject: string | undefined;
  readonly sid: string | undefined;
}

export type PublicKeys = readonly (JsonWebKey & { readonly kid?: string; readonly use?: string; readonly alg?: string })[];

const jsonOf = (part: string | undefined): unknown => {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

/** Who signed it and with which key, before any of it is proved: only good for finding out whom to ask. */
export function saidOf(token: string): { readonly issuer: string; readonly kid: string | undefined } | undefined {
  const [header, claims] = token.split('.');
  const said = z.object({ iss: z.string() }).safeParse(jsonOf(claims));
  return said.success ? { issuer: said.data.iss, kid: zHeader.safeParse(jsonOf(header)).data?.kid } : undefined;
}

/**
 * Judges a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6). Whether it was told before is the database's word.
 * @param keys of the issuer; @param now milliseconds since 1970
 * @returns what is over; undefined for anything but a token of this issuer for us, signed, fresh and about a logout.
 */
export function judgeLogoutToken(token: string, { issuer, clientId }: Pick<IssuerSettings, 'issuer' | 'clientId'>, keys: PublicKeys, now: number): LogoutOrder | undefined {
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  const header = zHeader.safeParse(jsonOf(head));
  const claims = zClaims.safeParse(jsonOf(body));
  if (rest.length > 0 || !header.success || !claims.success) return undefined;
  if (!isSigned(`${head}.${body}`, Buffer.from(signature, 'base64url'), header.data, keys)) return undefined;
  const { iss, aud, iat, exp, jti, sub, sid } = claims.data;
  const seconds = now / 1000;
  if (iss !== issuer || !aud.includes(clientId) || iat > seconds + CLOCK || iat < seconds - AGE || (exp !== undefined && exp < seconds - CLOCK)) return undefined;
  return sub === undefined && sid === undefined ? undefined : { jti, subject: sub, sid };
}

function isSigned(text: string, signature: Buffer, { alg, kid }: z.infer<typeof zHeader>, keys: PublicKeys): boolean {
  const { kty, digest, options } = ALGORITHMS[alg];
  return keys.some((key) => {
    if (key.kty !== kty || (key.use !== undefined && key.use !== 'sig') || (key.alg !== undefined && key.alg !== alg) || (kid !== undefined && key.kid !== kid)) return false;
    try {
      return verify(digest, Buffer.from(text), { key: createPublicKey({ key, format: 'jwk' }), ...options }, signature);
    } catch {
      // A key that is none, or a signature of another length.
      return false;
    }
  });
}
