import path from 'node:path';
import { type DatabaseUrls, settingNames } from '../store/postgres/engine-guard.js';
import type { ClamdPlace } from '../store/scanning/clamd.js';
import type { WrappedKey } from '../store/vault/kms.js';
import type { IssuerSettings } from '../web/login/issuers.js';
import * as fields from './setting-fields.js';
import type { Field } from './setting-fields.js';
import { type Given, type Purpose, RULES } from './setting-rules.js';

export type { Purpose } from './setting-rules.js';

export interface Settings {
  readonly mode: (typeof fields.MODES)[number];
  readonly host: string;
  readonly port: number;
  /** "http://127.0.0.1:3000": where browsers reach us. */
  readonly origin: string;
  /** Absolute. */
  readonly dataDir: string;
  /** The configured ways into the database; none of them means the embedded server. */
  readonly urls: DatabaseUrls;
  /** Milliseconds since 1970 that the demonstration's clock shows at the start; it runs from there. */
  readonly demoNow: number | undefined;
  readonly issuers: readonly IssuerSettings[];
  /** 32 bytes from which the keys of forms, logins and ETags are derived; a demonstration makes its own when it is left out. */
  readonly secretKey: Buffer | undefined;
  /** The key service of production; undefined: keys in files of the data folder, which only a demonstration may have. */
  readonly kms: KmsSettings | undefined;
  /** Where the witness of the log is: a file outside the database, or an address; undefined: a file in the data folder. */
  readonly witness: fields.WitnessPlace | undefined;
  /** What CPR numbers are sealed with, and what opens them again, as the key service wraps it: the worker's alone (FM-INT-3). */
  readonly matchPublicKey: Buffer | undefined;
  readonly matchPrivateKey: WrappedKey | undefined;
  /** What the witness asks to be told by whom it listens to. */
  readonly witnessToken: string | undefined;
  /** Where clamd listens, that looks through files; undefined: nobody does. */
  readonly clamd: ClamdPlace | undefined;
  /** Multiplies every limit a person can meet. */
  readonly limitsFactor: number;
}

/** A Transit engine, and with which token this process comes to it: the web's and the worker's are two. */
export interface KmsSettings {
  readonly url: string;
  readonly token: string;
  readonly mount?: string;
  readonly namespace?: string;
}
type Unset<T> = { readonly [Key in keyof T]?: T[Key] | undefined };
const kmsOf = (url: string | undefined, { token = '', mount, namespace }: Unset<Omit<KmsSettings, 'url'>>): KmsSettings | undefined =>
  url === undefined ? undefined : { url, token, ...(mount === undefined ? {} : { mount }), ...(namespace === undefined ? {} : { namespace }) };

export type SettingsRead =
  | { readonly settings: Settings; readonly warnings: readonly string[] }
  /** Every fault at once, a Danish sentence each, beginning with the setting's name. */
  | { readonly faults: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

const WAYS = Object.keys(settingNames) as (keyof DatabaseUrls)[];

/** Every variable of ours: one beginning with UDVEJ_ that is not here is a slip of the pen. */
export const OWN = [
  'UDVEJ_DATA_DIR',
  'UDVEJ_MODE',
  'UDVEJ_ORIGIN',
  'UDVEJ_DEMO_NOW',
  'UDVEJ_SECRET_KEY',
  'UDVEJ_LIMITS_FACTOR',
  'UDVEJ_KMS_URL',
  'UDVEJ_KMS_TOKEN',
  'UDVEJ_KMS_MOUNT',
  'UDVEJ_KMS_NAMESPACE',
  'UDVEJ_MATCH_PUBLIC_KEY',
  'UDVEJ_MATCH_PRIVATE_KEY',
  'UDVEJ_WITNESS',
  'UDVEJ_WITNESS_TOKEN',
  'UDVEJ_CLAMD',
] as const;

/** Reads and judges all settings. An empty variable is not set. */
export function readSettings(env: Environment, purpose: Purpose = 'serve'): SettingsRead {
  const faults: string[] = [];
  const read = <T>(name: string, { read: parse }: Field<T>): T | undefined => {
    const text = env[name]?.trim() ?? '';
    if (text === '') return undefined;
    const found = parse(text);
    if ('value' in found) return found.value;
    faults.push(`${name} ${found.fault}`);
    return undefined;
  };

  const urls: DatabaseUrls = Object.fromEntries(WAYS.map((way) => [way, read(settingNames[way], fields.databaseUrl)]));
  // A URL that cannot be read is configured too: the embedded server must not step in for it.
  const configured = WAYS.some((way) => (env[settingNames[way]]?.trim() ?? '') !== '');
  const stated = read('UDVEJ_MODE', fields.mode);
  const modeFaulty = faults.some((fault) => fault.startsWith('UDVEJ_MODE '));
  const given: Given = {
    purpose,
    configured,
    urls,
    mode: stated ?? (configured || modeFaulty ? undefined : 'demonstration'),
    host: read('HOST', fields.host),
    origin: read('UDVEJ_ORIGIN', fields.origin),
    issuers: read('ISSUERS', fields.issuers),
    witness: read('UDVEJ_WITNESS', fields.witness),
    isSet: (name) => (env[name]?.trim() ?? '') !== '',
  };
  const port = read('PORT', fields.port) ?? 3000;
  const host = given.host ?? '127.0.0.1';
  const settings = {
    host,
    port,
    urls,
    origin: given.origin?.origin ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    dataDir: path.resolve(read('UDVEJ_DATA_DIR', fields.folder) ?? 'data'),
    demoNow: read('UDVEJ_DEMO_NOW', fields.moment),
    issuers: given.issuers ?? [],
    secretKey: read('UDVEJ_SECRET_KEY', fields.key),
    kms: kmsOf(read('UDVEJ_KMS_URL', fields.kmsUrl), {
      token: read('UDVEJ_KMS_TOKEN', fields.secretWord) ?? '',
      mount: read('UDVEJ_KMS_MOUNT', fields.kmsName),
      namespace: read('UDVEJ_KMS_NAMESPACE', fields.kmsName),
    }),
    witness: given.witness,
    matchPublicKey: read('UDVEJ_MATCH_PUBLIC_KEY', fields.key),
    matchPrivateKey: read('UDVEJ_MATCH_PRIVATE_KEY', fields.wrappedKey),
    witnessToken: read('UDVEJ_WITNESS_TOKEN', fields.token),
    clamd: read('UDVEJ_CLAMD', fields.clamd),
    limitsFactor: read('UDVEJ_LIMITS_FACTOR', fields.factor) ?? 1,
  };

  if (given.mode === undefined && !modeFaulty) {
    faults.push(
      'UDVEJ_MODE mangler. Når databasen er sat i indstillingerne, skal der stå, hvad den bruges til: demonstration eller production.',
    );
  }
  for (const rule of RULES) faults.push(...rule(given));
  if (given.mode === undefined || faults.length > 0) return { faults };
  return { settings: { ...settings, mode: given.mode }, warnings: unknownNames(env) };
}

const unknownNames = (env: Environment): readonly string[] =>
  Object.keys(env)
    .filter((name) => name.startsWith('UDVEJ_') && !(OWN as readonly string[]).includes(name))
    .sort()
    .map((name) => `${name} er ingen indstilling og har ingen virkning. Indstillingerne er ${OWN.join(', ')}.`);
