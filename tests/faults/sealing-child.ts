import { sealRegularly } from '../../src/jobs/seal-log.js';
import { createPool } from '../../src/store/postgres/pools.js';
import { fileSigner } from '../../src/store/vault/kms.js';

// A sealer as a process of its own, which seals without a pause until it is killed. Small batches, so that it is hit in the middle of one.
const { SEALER_URL = '', SEED = '' } = process.env;
const quiet = { show: () => Promise.resolve(), seen: () => Promise.resolve([]) };
sealRegularly({
  pool: createPool(SEALER_URL, { max: 2, name: 'faults sealer' }),
  signer: fileSigner(Buffer.from(SEED, 'base64')),
  witness: quiet,
  alarm: () => undefined,
  onFailure: (error) => { throw error; },
}, 1);
process.send?.('sealing');
