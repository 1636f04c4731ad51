import { newestHead, sealAll } from '../store/audit/sealer.js';
import { RefusedByWitness, type Witness } from '../store/audit/witness.js';
import type { Pool } from '../store/postgres/pools.js';
import type { Signer } from '../store/vault/kms.js';
import { repeatedly } from './repeat.js';

export interface LogJobs {
  /** Of the sealer. */
  readonly pool: Pool;
  readonly signer: Signer;
  readonly witness: Witness;
  /** Neutral words for operations. */
  readonly alarm: (words: string) => void;
  readonly onFailure: (error: unknown) => void;
}

const SEAL_EVERY_MS = 1_000;
/** How much of the log's end could be taken away unseen is what was written since the witness saw it last. */
const WITNESS_EVERY_MS = 10 * 60_000;

/**
 * Seals the log every second and shows its head to the witness every ten minutes; once more at the end.
 * @returns what ends it.
 */
export function sealRegularly({ pool, signer, witness, alarm, onFailure }: LogJobs, sealEveryMs = SEAL_EVERY_MS, witnessEveryMs = WITNESS_EVERY_MS): () => Promise<void> {
  const show = async (): Promise<void> => {
    const head = await newestHead(pool);
    if (head) await witness.show(head);
  };
  const shown = async (): Promise<void> => {
    try {
      await show();
    } catch (error) {
      alarm(error instanceof RefusedByWitness
        ? 'ALARM: Loggens vidne har set en anden log. Kør udvej audit verify.'
        : 'ALARM: Loggens vidne kan ikke nås.');
      onFailure(error);
    }
  };
  const sealing = repeatedly(sealEveryMs, () => sealAll(pool, signer), onFailure);
  const witnessing = repeatedly(witnessEveryMs, shown, onFailure);
  return async () => {
    await sealing.stop();
    await witnessing.stop();
    await sealAll(pool, signer).catch(onFailure);
    await shown();
  };
}
