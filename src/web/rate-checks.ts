import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RateClass } from './route.js';

/** Requests a window, by class; a window of four seconds makes five a second with a burst of twenty (security.md, "Rate limits"). */
const RATES: Readonly<Record<Exclude<RateClass, 'unlimited'>, { readonly max: number; readonly timeWindow: number }>> = {
  read: { max: 20, timeWindow: 4_000 },
  write: { max: 20, timeWindow: 4_000 },
  search: { max: 60, timeWindow: 3_600_000 },
  // Counted by address, and a whole office comes from one: at eight in the morning its people must not keep each other out.
  login: { max: 60, timeWindow: 60_000 },
};

/** How often: one count a person and class, whatever he asks for and by how many sessions; one an address for who tries tokens. */
export interface RateChecks {
  readonly person: (rate: RateClass, request: FastifyRequest, reply: FastifyReply, key: string) => Promise<boolean>;
  readonly stranger: (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;
}
/** Tokens that are nobody's, a minute and address. */
const STRANGERS = { max: 60, timeWindow: 60_000 };

/** The counters of one server. @param factor multiplies every limit, for load tests of a demonstration */
export function rateChecks(app: FastifyInstance, factor: number): RateChecks {
  const keys = new WeakMap<FastifyRequest, string>();
  const check = ({ max, timeWindow }: { readonly max: number; readonly timeWindow: number }) => {
    const count = app.createRateLimit({ max: max * factor, timeWindow, keyGenerator: (request) => keys.get(request) ?? request.ip });
    return async (request: FastifyRequest, reply: FastifyReply, key: string): Promise<boolean> => {
      keys.set(request, key);
      const taken = await count(request);
      if (taken.isAllowed || !taken.isExceeded) return true;
      void reply.header('retry-after', taken.ttlInSeconds);
      return false;
    };
  };
  const classes = { read: check(RATES.read), write: check(RATES.write), search: check(RATES.search), login: check(RATES.login) };
  const stranger = check(STRANGERS);
  return {
    person: (rate, request, reply, key) => (rate === 'unlimited' ? Promise.resolve(true) : classes[rate](request, reply, key)),
    stranger: (request, reply) => stranger(request, reply, request.ip),
  };
}
