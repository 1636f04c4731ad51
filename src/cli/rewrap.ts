import { StartRefused } from '../store/postgres/embedded-error.js';
import { rewrapAll } from '../store/vault/rewrap.js';
import { transitKeyService } from '../store/vault/transit.js';
import { KEYS } from './key-services.js';
import type { Settings } from './settings.js';
import { wayIn } from './way-in.js';

/** A line about how far it has come after so many keys. */
const TELL_EVERY = 10_000;

/**
 * After the root key was rotated in the key service: wraps every scope key under its newest version, while Udvej runs.
 * @returns the exit code.
 * @throws StartRefused in plain Danish: keys in a file have no versions.
 */
export async function rewrap(settings: Settings, log: (line: string) => void): Promise<number> {
  const { kms } = settings;
  if (kms === undefined) throw new StartRefused('UDVEJ_KMS_URL mangler. Kun en hovednøgle i en nøgletjeneste kan skiftes, mens Udvej kører.');
  const { pools, close } = await wayIn(['workerKeys'], settings, log);
  try {
    let told = 0;
    const { keys, changed } = await rewrapAll(pools.workerKeys, transitKeyService({ ...kms, key: KEYS.scopes }), (soFar) => {
      if (soFar.keys - told < TELL_EVERY) return;
      told = soFar.keys;
      log(`${soFar.keys} nøgler er gennemgået.`);
    });
    log(`${keys} nøgler er gennemgået, og ${changed} er pakket om med den nyeste hovednøgle.`);
    return 0;
  } finally {
    await close();
  }
}
