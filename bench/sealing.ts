import { sealRegularly } from '../src/jobs/seal-log.js';
import { createPool } from '../src/store/postgres/pools.js';
import { fileSigner } from '../src/store/vault/kms.js';
import { asChild, type Running } from './child.js';

/** The real sealer, once a second as in life, in a process of its own. */
export interface SealingSettings {
  readonly url: string;
  readonly seed: string;
}

asChild(({ url, seed }: SealingSettings): Promise<Running<undefined>> => {
  const pool = createPool(url, { max: 2, name: 'bench sealer' });
  const quiet = { show: () => Promise.resolve(), seen: () => Promise.resolve([]) };
  const stop = sealRegularly({
    pool, signer: fileSigner(Buffer.from(seed, 'base64')), witness: quiet, alarm: (words) => console.error(`# ${words}`), onFailure: (error) => console.error('# sealer:', error),
  });
  return Promise.resolve({
    facts: undefined,
    stop: async () => {
      await stop();
      await pool.end();
    },
  });
});
