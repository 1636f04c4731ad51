import { KEYS } from '../src/cli/key-services.js';
import { StandInTransit } from '../tests/support/stand-in-transit.js';
import type { Cleanup } from './cleanup.js';
import type { RootKeys } from './root-keys.js';

/** The tests' stand-in for a key service, in the benchmark's own process: what is measured asks it over HTTP as it would ask the real one. */
export async function standInKeys(cleanup: Cleanup): Promise<RootKeys> {
  const transit = await StandInTransit.open();
  cleanup.add(() => transit.close());
  transit.key(KEYS.scopes, 'aes256-gcm96');
  return { kind: 'transit', url: transit.url, token: transit.allow(`transit/encrypt/${KEYS.scopes}`, `transit/decrypt/${KEYS.scopes}`) };
}
