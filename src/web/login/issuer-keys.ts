import type { Configuration, CustomFetch } from 'openid-client';
import { z } from 'zod';
import type { PublicKeys } from './logout-token.js';

const zKeys = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional(), use: z.string().optional(), alg: z.string().optional() })) });

/** Keys are asked for anew after this long, and at most so often when one is wanted that is not among them; milliseconds. */
const KEPT_MS = 5 * 60_000;
const AGAIN_MS = 30_000;
const ANSWER_WITHIN_MS = 5_000;

/**
 * The public keys by which an identity provider signs, as it publishes them.
 * @returns none when it does not answer: then nothing it is said to have signed is believed.
 */
export function issuerKeys(discovered: () => Promise<Configuration>, ask: CustomFetch = fetch as CustomFetch): (kid: string | undefined) => Promise<PublicKeys> {
  let current: Promise<PublicKeys> = Promise.resolve([]);
  let at = -Infinity;
  const askedAnew = async (known: PublicKeys): Promise<PublicKeys> => {
    try {
      const address = (await discovered()).serverMetadata().jwks_uri;
      if (address === undefined) return known;
      const answer = await ask(address, { method: 'GET', headers: { accept: 'application/json' }, body: null, redirect: 'manual', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
      return zKeys.safeParse(await answer.json()).data?.keys ?? known;
    } catch {
      // Asked again at the next one.
      return known;
    }
  };
  return async (kid) => {
    const known = await current;
    const wanting = known.length === 0 || (kid !== undefined && !known.some((key) => key.kid === kid));
    if (performance.now() - at >= (wanting ? AGAIN_MS : KEPT_MS)) {
      at = performance.now();
      current = askedAnew(known);
    }
    // Whoever came while it was asked waits for the same answer.
    return current;
  };
}
