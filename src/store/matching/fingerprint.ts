import { scrypt } from 'node:crypto';
import type { MacService } from '../vault/kms.js';

/** Some 50 ms for each of the hundred million numbers that are plausible: beside the key that is not there, what a thief would have to pay. */
const SLOW = { N: 16_384, r: 8, p: 1 } as const;
const BYTES = 32;

/** The same bytes for the same number, always, and nothing about it without the key service (security.md §3, "Matching"). @throws KeyServiceFailed */
export async function fingerprintOf(service: MacService, number: string): Promise<Buffer> {
  const slow = await new Promise<Buffer>((resolve, reject) => {
    scrypt(number, 'udvej match v1', BYTES, SLOW, (error, derived) => {
      if (error) reject(error);
      else resolve(derived);
    });
  });
  return service.mac(slow);
}
