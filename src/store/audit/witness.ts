import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { SignedHead } from './chain.js';

/** Somebody outside operations who has seen how long the log was, and what it came to. Best where those who run the database cannot write. */
export interface Witness {
  /** @throws RefusedByWitness when it has seen more rows than that, or as many that came to something else. */
  readonly show: (head: SignedHead) => Promise<void>;
  /** Everything it has seen, oldest first. */
  readonly seen: () => Promise<readonly SignedHead[]>;
}

/** The log has become shorter, or another one, since the witness saw it last. */
export class RefusedByWitness extends Error {
  constructor() {
    super('the witness has seen another log');
  }
}

/** A head as witnesses write it. */
export const zHead = z.object({
  size: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  keyVersion: z.int().positive(),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});

export const written = ({ size, hash, keyVersion, signature }: SignedHead): z.infer<typeof zHead> => ({
  size, hash: hash.toString('hex'), keyVersion, signature: signature.toString('hex'),
});
export const readHead = (head: z.infer<typeof zHead>): SignedHead => ({
  size: head.size, hash: Buffer.from(head.hash, 'hex'), keyVersion: head.keyVersion, signature: Buffer.from(head.signature, 'hex'),
});

/** A file that only grows, a head a line. */
export function fileWitness(file: string): Witness {
  const seen = (): readonly SignedHead[] =>
    existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').map((line) => readHead(zHead.parse(JSON.parse(line)))) : [];
  const show = (head: SignedHead): void => {
    const last = seen().at(-1);
    if (last && (head.size < last.size || (head.size === last.size && !head.hash.equals(last.hash)))) throw new RefusedByWitness();
    if (last?.size === head.size) return;
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const open = openSync(file, 'a', 0o600);
    try {
      writeSync(open, `${JSON.stringify(written(head))}\n`);
      fsyncSync(open);
    } finally {
      closeSync(open);
    }
  };
  return { show: async (head) => { await Promise.resolve(); show(head); }, seen: async () => { await Promise.resolve(); return seen(); } };
}

const PATIENCE_MS = 10_000;

/** A witness on a machine of somebody else's (`udvej witness`): heads are sent to `<url>/heads`, and asked for there. */
export function httpWitness(url: string, token: string | undefined): Witness {
  const at = `${url.replace(/\/$/, '')}/heads`;
  const ask = async (init: RequestInit): Promise<Response> => {
    const answer = await fetch(at, {
      ...init, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    });
    if (answer.status === 409) throw new RefusedByWitness();
    if (!answer.ok) throw new Error(`the witness answered ${answer.status}`);
    return answer;
  };
  return {
    show: async (head) => {
      await (await ask({ method: 'POST', body: JSON.stringify(written(head)) })).arrayBuffer();
    },
    seen: async () => z.array(zHead).parse(await (await ask({ method: 'GET' })).json()).map(readHead),
  };
}
