import { randomBytes } from 'node:crypto';
import type { ClientBase } from 'pg';
import { StartRefused } from '../store/postgres/embedded-error.js';
import type { KeyService, Signer } from '../store/vault/kms.js';
import { transitKeyService, transitMac, transitSigner } from '../store/vault/transit.js';
import type { MatchKeys } from '../store/matching/inquiries.js';
import { publicHalf } from '../store/matching/sealed-number.js';
import { fileKeys, fileLogKey, fileMatchKeys, keptKeys } from './own-keys.js';
import type { Settings } from './settings.js';

type Where = Pick<Settings, 'kms' | 'dataDir'>;

/** The names of our keys in the key service; each role's token is let in to its own (`docs/security.md`). */
export const KEYS = { scopes: 'udvej-scopes', log: 'udvej-log', match: 'udvej-match', matchSeal: 'udvej-match-seal' } as const;

/**
 * The keys of cases, for the program that answers people.
 * @param ofKeys superuser in the database of the keys, where they lie in a file: it is held against them before anybody is let in.
 */
export const scopeKeys = async ({ kms, dataDir }: Where, ofKeys: (work: (client: ClientBase) => Promise<KeyService>) => Promise<KeyService>): Promise<KeyService> =>
  kms === undefined ? ofKeys((client) => fileKeys(dataDir, client)) : tried(transitKeyService({ ...kms, key: KEYS.scopes }));

/** A key there and back, before anybody is let in. @throws StartRefused when the key service does not do that for us. */
async function tried(service: KeyService): Promise<KeyService> {
  const key = randomBytes(32);
  try {
    const [back] = await service.unwrap(await service.wrap([key]));
    if (back?.equals(key)) return service;
  } catch (error) {
    throw new StartRefused(`Nøgletjenesten giver ikke Udvej, hvad den skal: ${error instanceof Error ? error.message : 'intet svar'}.`, { cause: error });
  }
  throw new StartRefused('Nøgletjenesten giver en anden nøgle tilbage end den, den fik.');
}

/** The same for a command beside it. @throws StartRefused when they lie in a file that is not there. */
export const keptScopeKeys = ({ kms, dataDir }: Where): KeyService => (kms === undefined ? keptKeys(dataDir) : transitKeyService({ ...kms, key: KEYS.scopes }));

/** The key of the log's signatures, for the worker and the log's check. */
export const logSigner = ({ kms, dataDir }: Where): Signer => (kms === undefined ? fileLogKey(dataDir) : transitSigner({ ...kms, key: KEYS.log }));

/** What CPR numbers are sealed with, for the program that answers people. */
export const matchPublicKey = ({ dataDir, matchPublicKey: set }: Pick<Settings, 'dataDir' | 'matchPublicKey'>): Buffer => set ?? publicHalf(fileMatchKeys(dataDir).secret);

/** What opens and compares them, for the worker alone (control 16). @throws KeyServiceFailed */
export async function matchKeys({ kms, dataDir, matchPrivateKey }: Where & Pick<Settings, 'matchPrivateKey'>): Promise<MatchKeys> {
  if (kms === undefined || matchPrivateKey === undefined) return fileMatchKeys(dataDir);
  const [secret] = await transitKeyService({ ...kms, key: KEYS.matchSeal }).unwrap([matchPrivateKey]);
  if (secret === undefined) throw new Error('the key service gave no key');
  return { secret, mac: transitMac({ ...kms, key: KEYS.match, purpose: 'match' }) };
}
