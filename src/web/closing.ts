import type { FastifyInstance } from 'fastify';
import type { ServerResponse } from 'node:http';

/** Longest that is waited: a statement may take ten seconds, and the whole end of the program twenty-five (fault F11). */
const LATEST_MS = 12_000;

/** Lets every request that was begun come to its end before the server closes its connections. Those that come after get 503. */
export function finishBegun(app: FastifyInstance, latestMs = LATEST_MS): void {
  const begun = new Set<ServerResponse>();
  let finished: (() => void) | undefined;
  app.addHook('onRequest', (_request, { raw }, done) => {
    begun.add(raw);
    const over = (): void => {
      begun.delete(raw);
      if (begun.size === 0) finished?.();
    };
    raw.once('finish', over).once('close', over);
    done();
  });
  app.addHook('preClose', async () => {
    if (begun.size === 0) return;
    let late: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      finished = resolve;
      late = setTimeout(resolve, latestMs);
    });
    clearTimeout(late);
  });
}
