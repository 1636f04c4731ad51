import Fastify from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { fileWitness, readHead, RefusedByWitness, written, zHead } from '../store/audit/witness.js';
import { StartRefused } from '../store/postgres/embedded-error.js';
import { addressFault } from './address.js';
import type { Ending } from './ending.js';
import type { Settings } from './settings.js';

/** A head is some 250 bytes. */
const MOST_BYTES = 4_096;

/**
 * The witness's own program, for a machine that those who run the database have no say over: it writes down how long the log was, and refuses a log
 * that has become shorter or another one. It learns nothing of what stands in the log.
 * @returns the exit code, when the end is wished for.
 */
export async function bearWitness({ host, port, witness: place, witnessToken: token }: Settings, log: (line: string) => void, ending: Ending): Promise<number> {
  if (place === undefined || !('file' in place)) throw new StartRefused('UDVEJ_WITNESS mangler. Vidnet skriver i en fil: file:/…');
  if (token === undefined) throw new StartRefused('UDVEJ_WITNESS_TOKEN mangler. Vidnet hører kun på den, der har det (mindst 32 tegn).');
  const witness = fileWitness(place.file);
  const server = Fastify({ logger: false, bodyLimit: MOST_BYTES });
  const wanted = digest(`Bearer ${token}`);
  server.addHook('onRequest', async (request, reply) => {
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), wanted)) await reply.code(401).send();
  });
  server.get('/heads', async () => (await witness.seen()).map(written));
  server.post('/heads', async (request, reply) => {
    const head = zHead.safeParse(request.body);
    if (!head.success) return reply.code(400).send();
    try {
      await witness.show(readHead(head.data));
      return await reply.code(204).send();
    } catch (error) {
      if (!(error instanceof RefusedByWitness)) throw error;
      log('ALARM: Loggen er blevet kortere eller en anden, siden den blev set sidst.');
      return reply.code(409).send();
    }
  });
  try {
    await server.listen({ host, port });
  } catch (error) {
    throw error instanceof Error ? addressFault(error, { host, port }) : error;
  }
  log(`Loggens vidne lytter på ${host}:${port}.`);
  try {
    return await ending.wished;
  } finally {
    await server.close();
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
