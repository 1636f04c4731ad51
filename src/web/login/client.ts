import {
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import type { Configuration, CustomFetch } from 'openid-client';
import { type Pool, stripDetail } from '../../store/postgres/pools.js';
import { type Claims, denyLogin, endTold as endToldSessions, renewSession, startSession } from '../../store/session-start.js';
import { type ClaimsRefusal, judgeClaims } from './claims.js';
import { lazyDiscovery } from './discovery.js';
import { issuerKeys } from './issuer-keys.js';
import { demandSecure, type IssuerSettings, zIssuers } from './issuers.js';
import { wantedOf } from './levels.js';
import { LOGIN_PATHS, type NotDone } from './login-paths.js';
import { judgeLogoutToken, saidOf } from './logout-token.js';
import { openPending, type PendingLogin, sealPending } from './pending-login.js';

export interface LoginParts {
  readonly issuers: readonly IssuerSettings[];
  /** Where browsers reach us: 'https://udvej.example.dk'. */
  readonly origin: string;
  /** The one role that can start a session. */
  readonly loginPool: Pool;
  /** Seals logins under way; 32 bytes, the same on every node. */
  readonly key: Buffer;
  readonly demonstration: boolean;
  /** Reaches the identity providers another way than by the network. */
  readonly fetch?: CustomFetch;
}

/** Why nobody was logged in. Words of the server's log; never a person's data. */
export type LoginRefusal =
  | ClaimsRefusal
  /** The browser has no login under way: too old, used already, or begun elsewhere. */
  | 'no-attempt'
  /** The identity provider said no, or the person gave up there. */
  | 'by-issuer'
  /** State, code, signature, nonce, issuer, audience or times do not hold. */
  | 'proof'
  | 'unavailable'
  /** The person's access to Udvej was ended. */
  | 'ended'
  /** Asked to prove himself anew, it was another person who came. */
  | 'another';

export interface Refused {
  readonly kind: 'refused';
  readonly reason: LoginRefusal;
  /** The library's name of what failed, for the log. */
  readonly code?: string;
  readonly issuer?: string;
  /** Where he was going, when that is known. */
  readonly returnTo?: string;
  /** He was to prove himself anew; the session he has goes on. */
  readonly stepUp?: boolean;
  readonly notDone?: NotDone | undefined;
}

/** A person who is to prove himself anew (control 18). */
export interface StepUpAttempt {
  /** The hash of his session's token, in hex: the session that the new one takes the place of. */
  readonly before: string;
  /** Where he logged in, and the least level now. */
  readonly issuer: string;
  readonly level: string;
  /** What he wanted and is to do again by hand; undefined where the page he comes back to is all. */
  readonly notDone?: NotDone | undefined;
}

export interface Login {
  /** Names of the identity providers, in the order of the settings. */
  readonly labels: readonly string[];
  /** Whether browsers reach us over https. */
  readonly secure: boolean;
  readonly origin: string;
  readonly demonstration: boolean;
  /**
   * @param attempt.issuer its number in the settings; for a step-up it is the person's own
   * @returns where to send the browser, and what to leave in it; undefined when the provider does not answer.
   */
  readonly begin: (attempt: {
    issuer: number;
    returnTo: string;
    stepUp?: StepUpAttempt | undefined;
  }) => Promise<{ to: string; pending: string } | undefined>;
  /** @param query what came back in the address; @param pending what was left in the browser */
  readonly finish: (
    query: URLSearchParams,
    pending: string | undefined,
  ) => Promise<{ kind: 'started'; token: string; returnTo: string; notDone?: NotDone | undefined } | Refused>;
  /** What an identity provider tells: that a person, or one login of his there, is over. @returns false for anything that is not to be believed. */
  readonly endTold: (logoutToken: string) => Promise<boolean>;
  /** Where one can log out of the identity providers too, of those that offer it. */
  readonly farewells: () => Promise<readonly { label: string; href: string }[]>;
}

/**
 * How old a login at the identity provider may be, in seconds. Fifteen minutes, as a session's idle limit: else an unattended screen
 * would log itself in again. Whoever must prove himself anew is asked for a login of this very moment (control 18).
 */
const MAX_AGE = 15 * 60;

/**
 * Logs people in at their own identity providers: code flow with PKCE, state and nonce (control 28).
 * @throws when a setting is unsafe: the program must not start.
 */
export function createLogin({ issuers, origin, loginPool, key, demonstration, fetch }: LoginParts): Login {
  if (key.length !== 32) throw new Error('the key that seals logins must be 32 bytes');
  demandSecure('ORIGIN', origin, demonstration);
  for (const { issuer } of zIssuers.parse(issuers)) demandSecure('ISSUERS', issuer, demonstration);
  const providers = issuers.map((settings) => {
    const discovered = lazyDiscovery(settings, fetch);
    return { settings, discovered, keys: issuerKeys(discovered, fetch) };
  });
  const callback = new URL(LOGIN_PATHS.callback, origin).href;

  const begin: Login['begin'] = async ({ issuer, returnTo, stepUp }) => {
    const provider = stepUp ? providers.find(({ settings }) => settings.issuer === stepUp.issuer) : providers[issuer];
    const config = await provider?.discovered().catch(unlessABug);
    if (provider === undefined || config === undefined) return undefined;
    const attempt = {
      issuer: provider.settings.issuer,
      state: randomState(),
      nonce: randomNonce(),
      verifier: randomPKCECodeVerifier(),
      returnTo,
      since: Date.now(),
      ...(stepUp && { stepUp: { before: stepUp.before, level: stepUp.level, notDone: stepUp.notDone } }),
    };
    const levels = wantedOf(provider.settings, stepUp?.level ?? 'substantial');
    const to = buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope: 'openid profile',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
      max_age: stepUp ? '0' : String(MAX_AGE),
      ...(stepUp && { prompt: 'login' }),
      ...(levels !== undefined && { acr_values: levels }),
    });
    return { to: to.href, pending: sealPending(key, attempt, attempt.since) };
  };

  const finish: Login['finish'] = async (query, sealed) => {
    const attempt = openPending(key, sealed, Date.now());
    const provider = providers.find(({ settings }) => settings.issuer === attempt?.issuer);
    if (attempt === undefined || provider === undefined) return { kind: 'refused', reason: 'no-attempt' };
    const { issuer } = provider.settings;
    const { returnTo } = attempt;
    const refused = (reason: LoginRefusal, code?: string): Refused => ({ kind: 'refused', reason, code, issuer, returnTo, stepUp: attempt.stepUp !== undefined, notDone: attempt.stepUp?.notDone });

    const config = await provider.discovered().catch(unlessABug);
    if (config === undefined) return refused('unavailable');
    const proved = await redeem(config, callback, query, attempt);
    if ('reason' in proved) return refused(proved.reason, proved.code);
    const { stepUp, since } = attempt;
    const judged = judgeClaims(provider.settings, proved.token, Date.now(), stepUp && { since, level: stepUp.level });
    if ('refused' in judged) {
      await denyLogin(loginPool, issuer, proved.token, judged.refused, 'said' in judged ? judged.said : undefined);
      return refused(judged.refused);
    }
    const started = await (stepUp ? renewSession(loginPool, judged.claims, Buffer.from(stepUp.before, 'hex')) : begun(loginPool, judged.claims)).catch((error: unknown) => {
      throw stripDetail(error);
    });
    return 'refused' in started ? refused(started.refused) : { kind: 'started', token: started.token, returnTo, notDone: stepUp?.notDone };
  };

  const endTold: Login['endTold'] = async (token) => {
    const said = saidOf(token);
    const provider = providers.find(({ settings }) => settings.issuer === said?.issuer);
    if (!provider) return false;
    const order = judgeLogoutToken(token, provider.settings, await provider.keys(said?.kid), Date.now());
    return order !== undefined && endToldSessions(loginPool, { issuer: provider.settings.issuer, subject: order.subject, sid: order.sid }, order.jti);
  };

  const farewells: Login['farewells'] = async () => {
    const all = await Promise.all(
      providers.map(async ({ settings: { label }, discovered }) => {
        const config = await discovered().catch(unlessABug);
        return config?.serverMetadata().end_session_endpoint === undefined
          ? []
          : [{ label, href: buildEndSessionUrl(config).href }];
      }),
    );
    return all.flat();
  };

  return {
    labels: issuers.map(({ label }) => label),
    secure: origin.startsWith('https:'),
    origin,
    demonstration,
    begin,
    finish,
    endTold,
    farewells,
  };
}

const begun = async (pool: Pool, claims: Claims): Promise<{ readonly token: string } | { readonly refused: 'ended' }> => {
  const token = await startSession(pool, claims);
  return token === undefined ? { refused: 'ended' } : { token };
};

/** Trades the code for the ID token, and has everything about it checked that is the standard's. */
async function redeem(
  config: Configuration,
  callback: string,
  query: URLSearchParams,
  attempt: PendingLogin,
): Promise<{ token: unknown } | { reason: LoginRefusal; code?: string }> {
  const address = new URL(callback);
  address.search = query.toString();
  try {
    const tokens = await authorizationCodeGrant(config, address, {
      pkceCodeVerifier: attempt.verifier,
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      maxAge: MAX_AGE,
      idTokenExpected: true,
    });
    return { token: tokens.claims() };
  } catch (error) {
    if (error instanceof AuthorizationResponseError) return { reason: 'by-issuer', code: error.code };
    if (error instanceof ResponseBodyError || error instanceof WWWAuthenticateChallengeError)
      return { reason: 'proof', code: error.code };
    unlessABug(error);
    return isSilence(error)
      ? { reason: 'unavailable' }
      : { reason: 'proof', code: error instanceof ClientError ? error.code : undefined };
  }
}

/** The provider was not reached: no answer in time, or no connection (a TypeError of fetch, with the socket's error as its cause). */
const isSilence = (error: unknown): boolean =>
  error instanceof ClientError
    ? error.code === 'OAUTH_TIMEOUT' || error.code === 'OAUTH_ABORT'
    : error instanceof TypeError && error.cause !== undefined;

/** What a provider can do to us is a refusal; anything else is ours to mend. */
function unlessABug(error: unknown): undefined {
  if (error instanceof ClientError || isSilence(error)) return undefined;
  throw error;
}
