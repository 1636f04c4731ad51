import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { CustomFetch } from 'openid-client';

type Json = Readonly<Record<string, unknown>>;

/** What to make of the token that is next asked for; left out, it is as it should be. */
export interface Forgery {
  readonly claims?: Json;
  readonly header?: Json;
  /** How it is signed: by the issuer's key, by somebody else's, by the client's secret, or not at all. */
  readonly signedBy?: 'issuer' | 'stranger' | 'client-secret' | 'nobody';
}

const part = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const answer = (body: Json, status = 200): Response => Response.json(body, { status });
const seconds = (): number => Math.floor(Date.now() / 1000);

/** An identity provider that answers without a network and says whatever a test wants. */
export class StandInIssuer {
  readonly clientId = 'udvej';
  readonly clientSecret = randomBytes(24).toString('base64url');
  readonly issuer: string;
  /** Requests by path, in order. */
  readonly asked: string[] = [];
  /** While true, no answer comes. */
  silent = false;
  forgery: Forgery = {};
  #keys = pair();
  #kid = 'one';
  readonly #stranger = pair();
  readonly #codes = new Map<string, Json>();

  constructor(issuer: string) {
    this.issuer = issuer;
  }

  /** What the person's own browser does there: takes the login's address, logs in, and comes back with this query. */
  logIn(address: string, claims: Json): URLSearchParams {
    const request = new URL(address).searchParams;
    const code = randomBytes(16).toString('base64url');
    this.#codes.set(code, {
      iss: this.issuer,
      aud: this.clientId,
      iat: seconds(),
      exp: seconds() + 300,
      auth_time: seconds(),
      acr: 'substantial',
      nonce: request.get('nonce'),
      ...claims,
    });
    return new URLSearchParams({ code, state: request.get('state') ?? '', iss: this.issuer });
  }

  /** Signs by another key from now on, and publishes no other. */
  changeKey(): void {
    this.#keys = pair();
    this.#kid = 'next';
  }

  /** What it tells us when a login there is over. */
  logoutToken(claims: Json, header: Json = { typ: 'logout+jwt' }): string {
    return this.#signed({
      iss: this.issuer, aud: this.clientId, iat: seconds(), exp: seconds() + 120, jti: randomBytes(9).toString('hex'),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} }, ...claims,
    }, header);
  }

  readonly fetch: CustomFetch = (url, { body }) => {
    const { pathname, origin } = new URL(url);
    this.asked.push(pathname);
    if (this.silent) return Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') }));
    switch (pathname) {
      case '/.well-known/openid-configuration':
        return Promise.resolve(
          answer({
            issuer: this.issuer,
            authorization_endpoint: `${origin}/auth`,
            token_endpoint: `${origin}/token`,
            jwks_uri: `${origin}/jwks`,
            end_session_endpoint: `${origin}/out`,
            authorization_response_iss_parameter_supported: true,
            // As careless as one may be: that it offers an algorithm is no reason to accept it.
            id_token_signing_alg_values_supported: ['ES256', 'HS256', 'none'],
          }),
        );
      case '/jwks':
        return Promise.resolve(
          answer({ keys: [{ ...this.#keys.publicKey.export({ format: 'jwk' }), kid: this.#kid, use: 'sig', alg: 'ES256' }] }),
        );
      case '/token':
        return Promise.resolve(this.#token(new URLSearchParams(body instanceof URLSearchParams ? body : undefined)));
      default:
        return Promise.resolve(answer({}, 404));
    }
  };

  #token(form: URLSearchParams): Response {
    const code = form.get('code') ?? '';
    const claims = this.#codes.get(code);
    this.#codes.delete(code);
    if (!claims || form.get('code_verifier') === null) return answer({ error: 'invalid_grant' }, 400);
    return answer({
      access_token: 'unused',
      token_type: 'Bearer',
      id_token: this.#signed({ ...claims, ...this.forgery.claims }),
    });
  }

  #signed(claims: Json, more: Json = {}): string {
    const { signedBy = 'issuer', header } = this.forgery;
    const alg = { issuer: 'ES256', stranger: 'ES256', 'client-secret': 'HS256', nobody: 'none' }[signedBy];
    const text = `${part({ alg, kid: this.#kid, ...more, ...header })}.${part(claims)}`;
    return `${text}.${this.#signature(signedBy, text)}`;
  }

  #signature(signedBy: NonNullable<Forgery['signedBy']>, text: string): string {
    if (signedBy === 'nobody') return '';
    if (signedBy === 'client-secret') return createHmac('sha256', this.clientSecret).update(text).digest('base64url');
    const { privateKey } = signedBy === 'issuer' ? this.#keys : this.#stranger;
    return sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  }
}

/** Many issuers behind one way of asking, each under its own host name. */
export const fetchFrom =
  (...issuers: readonly StandInIssuer[]): CustomFetch =>
  (url, options) => {
    const asked = issuers.find(({ issuer }) => new URL(issuer).host === new URL(url).host);
    return asked ? asked.fetch(url, options) : Promise.reject(new Error(`no stand-in for ${url}`));
  };
