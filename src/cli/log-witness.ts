import path from 'node:path';
import { fileWitness, httpWitness, type Witness } from '../store/audit/witness.js';
import type { Settings } from './settings.js';

/** The witness of the log: where the settings say, or a file in the data folder, which only a demonstration may use. */
export function logWitness({ witness, witnessToken, dataDir }: Pick<Settings, 'witness' | 'witnessToken' | 'dataDir'>): Witness {
  if (witness === undefined) return fileWitness(path.join(dataDir, 'witness', 'heads.jsonl'));
  return 'file' in witness ? fileWitness(witness.file) : httpWitness(witness.url, witnessToken);
}
