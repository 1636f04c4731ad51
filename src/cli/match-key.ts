import { randomBytes } from 'node:crypto';
import { publicHalf } from '../store/matching/sealed-number.js';
import { StartRefused } from '../store/postgres/embedded-error.js';
import { transitKeyService } from '../store/vault/transit.js';
import { KEYS } from './key-services.js';
import type { Settings } from './settings.js';

/**
 * Makes the two halves of the key that CPR numbers are sealed with, once for a house: the public one for the program that answers people, the
 * private one wrapped by the key service for the worker. Neither is kept.
 * @returns the lines of the two settings.
 * @throws StartRefused without a key service; KeyServiceFailed
 */
export async function matchKey({ kms }: Pick<Settings, 'kms'>): Promise<string> {
  if (kms === undefined) throw new StartRefused('UDVEJ_KMS_URL mangler. Uden for drift laver Udvej selv nøglerne.');
  const secret = randomBytes(32);
  const [wrapped] = await transitKeyService({ ...kms, key: KEYS.matchSeal }).wrap([secret]);
  if (wrapped === undefined) throw new Error('the key service gave no key');
  return [
    `UDVEJ_MATCH_PUBLIC_KEY=${publicHalf(secret).toString('base64')}`,
    `UDVEJ_MATCH_PRIVATE_KEY=vault:v${wrapped.kekVersion}:${wrapped.wrapped.toString('base64')}`,
  ].join('\n');
}
