import path from 'node:path';
import { type DatabaseUrls, settingNames } from '../store/postgres/engine-guard.js';
import { isLoopback, type IssuerSettings } from '../web/login/issuers.js';
import * as fields from './setting-fields.js';
import type { Field } from './setting-fields.js';

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
  /** What the witness asks to be told by whom it listens to. */
  readonly witnessToken: string | undefined;
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

/** What the settings are read for: only serving needs logins and an address of its own. */
export type Purpose = 'serve' | 'worker' | 'witness' | 'rewrap' | 'migrate' | 'rebuild' | 'leaver' | 'audit' | 'token';

type Environment = Readonly<Record<string, string | undefined>>;

const WAYS = Object.keys(settingNames) as (keyof DatabaseUrls)[];

/** Every variable of ours: one beginning with UDVEJ_ that is not here is a slip of the pen. */
const OWN = [
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
  'UDVEJ_WITNESS',
  'UDVEJ_WITNESS_TOKEN',
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
    witnessToken: read('UDVEJ_WITNESS_TOKEN', fields.token),
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

interface Given {
  readonly purpose: Purpose;
  readonly configured: boolean;
  readonly urls: DatabaseUrls;
  readonly mode: Settings['mode'] | undefined;
  readonly host: string | undefined;
  readonly origin: URL | undefined;
  readonly issuers: readonly IssuerSettings[] | undefined;
  readonly witness: fields.WitnessPlace | undefined;
  readonly isSet: (name: string) => boolean;
}

/** Rules between settings; each says everything that breaks it. */
const RULES: readonly ((given: Given) => readonly string[])[] = [
  demonstrationStaysHome,
  demonstrationBuildsItself,
  productionNamesAll,
  keysAndWitness,
  databaseWays,
];

function demonstrationStaysHome({ mode, purpose, host, origin }: Given): readonly string[] {
  if (mode !== 'demonstration' || purpose !== 'serve') return [];
  const own = 'En demonstration lukker alle ind uden adgangskode og må kun kunne nås fra maskinen selv';
  return [
    ...(host !== undefined && !isOwnHost(host) ? [`HOST er "${host}". ${own}: brug 127.0.0.1, ::1 eller localhost.`] : []),
    ...(origin !== undefined && !isLoopback(origin)
      ? [`UDVEJ_ORIGIN er "${origin.origin}". ${own}: brug f.eks. http://127.0.0.1:3000, eller lad den være.`]
      : []),
  ];
}

const isOwnHost = (host: string): boolean => isLoopback(new URL(`http://${host.includes(':') ? `[${host}]` : host}`));

function demonstrationBuildsItself({ mode, purpose, configured, isSet }: Given): readonly string[] {
  if (mode !== 'demonstration' || purpose !== 'serve' || !configured || isSet(settingNames.migrate)) return [];
  return [
    `${settingNames.migrate} mangler. En demonstration bygger selv databasen og lægger sine personer i den: sæt den til en bruger, der må det.`,
  ];
}

/** Nothing is assumed in production, and nothing that only a demonstration may have is let in. */
function productionNamesAll({ mode, purpose, origin, issuers, isSet }: Given): readonly string[] {
  if (mode !== 'production') return [];
  const refused = (['UDVEJ_DEMO_NOW', 'UDVEJ_LIMITS_FACTOR'] as const)
    .filter(isSet)
    .map((name) => `${name} hører kun til i en demonstration. Fjern den, når UDVEJ_MODE er production.`);
  if (purpose !== 'serve') return refused;
  const insecure = (issuers ?? []).filter(({ issuer }) => !issuer.startsWith('https:'));
  return [
    ...refused,
    ...(isSet('UDVEJ_ORIGIN')
      ? []
      : ['UDVEJ_ORIGIN mangler. I drift skal der stå, hvilken adresse Udvej har, f.eks. https://udvej.example.dk.']),
    ...(origin !== undefined && origin.protocol !== 'https:'
      ? [`UDVEJ_ORIGIN er "${origin.origin}", men skal begynde med https:// i drift.`]
      : []),
    ...(isSet('ISSUERS')
      ? []
      : ['ISSUERS mangler. I drift skal der stå, hvem der logger medarbejderne ind, og hvilke myndigheder de må tale for.']),
    ...insecure.map(({ label }) => `ISSUERS: adressen på "${label}" skal begynde med https:// i drift.`),
    ...(isSet('UDVEJ_SECRET_KEY')
      ? []
      : [
          'UDVEJ_SECRET_KEY mangler. I drift skal den være den samme på alle maskiner: 32 tilfældige bytes i base64 (openssl rand -base64 32).',
        ]),
    ...(['worker', 'workerKeys', 'sealer'] as const)
      .filter((way) => isSet(settingNames[way]))
      .map((way) => `${settingNames[way]} hører til arbejdsprocessen. Fjern den her, og start udvej worker for sig.`),
  ];
}

/** The worker's ways into the databases, and those of commands that are a part of it. */
const OF_THE_WORKER: { readonly [purpose in Purpose]?: readonly (keyof DatabaseUrls)[] } = {
  worker: ['worker', 'workerKeys', 'sealer'],
  audit: ['sealer'],
  leaver: ['worker'],
  rewrap: ['workerKeys'],
};

/** Keys never lie in a file in production, and the log has a witness there: whoever owns the machine must not be able to take the one or write the other anew. */
function keysAndWitness({ mode, purpose, witness, isSet }: Given): readonly string[] {
  const token = isSet('UDVEJ_KMS_URL') && !isSet('UDVEJ_KMS_TOKEN') ? ['UDVEJ_KMS_TOKEN mangler. Nøgletjenesten spørger, hvem der kommer.'] : [];
  if (mode !== 'production' || ['token', 'witness', 'migrate'].includes(purpose)) return token;
  return [
    ...token,
    ...(isSet('UDVEJ_KMS_URL')
      ? []
      : ['UDVEJ_KMS_URL mangler. I drift må nøglerne kun ligge i en nøgletjeneste (HashiCorp Vault eller OpenBao), aldrig i en fil.']),
    ...(['worker', 'audit'].includes(purpose) && !isSet('UDVEJ_WITNESS')
      ? ['UDVEJ_WITNESS mangler. I drift skal loggen have et vidne uden for driften: file:/… eller https://….']
      : []),
    ...(witness !== undefined && 'url' in witness && !witness.url.startsWith('https:')
      ? ['UDVEJ_WITNESS skal begynde med https:// eller file: i drift.']
      : []),
  ];
}

/** Which ways into the database must be there together; a single superuser's is enough outside production, for the rest is derived from it. */
function databaseWays({ mode, purpose, configured, isSet }: Given): readonly string[] {
  if (purpose === 'token' || purpose === 'witness' || mode === undefined) return [];
  if (purpose === 'worker' || (OF_THE_WORKER[purpose] !== undefined && mode === 'production')) {
    return (OF_THE_WORKER[purpose] ?? []).filter((way) => !isSet(settingNames[way])).map(
      (way) => `${settingNames[way]} mangler. Arbejdsprocessen og loggens kontrol har deres egne brugere i databasen.`,
    );
  }
  if (!configured) {
    return mode === 'production'
      ? [
          `${settingNames.web} mangler. I drift bruger Udvej en database, der passes og sikkerhedskopieres: sæt adresserne til den.`,
        ]
      : [];
  }
  if (purpose === 'migrate' && !isSet(settingNames.migrate))
    return [`${settingNames.migrate} mangler. Sæt den til en bruger, der må bygge databasen.`];
  if (mode === 'demonstration' && !isSet(settingNames.web)) return [];
  const builds = purpose === 'migrate' || mode === 'demonstration';
  const ways = ['web', 'login', 'keys', ...(builds && purpose !== 'rebuild' ? (['migrateKeys'] as const) : [])] as const;
  const missing = ways.filter((way) => !isSet(settingNames[way]));
  return missing.map(
    (way) => `${settingNames[way]} mangler. Hver del af Udvej har sin egen bruger i databasen, så adresserne hører sammen.`,
  );
}

const unknownNames = (env: Environment): readonly string[] =>
  Object.keys(env)
    .filter((name) => name.startsWith('UDVEJ_') && !(OWN as readonly string[]).includes(name))
    .sort()
    .map((name) => `${name} er ingen indstilling og har ingen virkning. Indstillingerne er ${OWN.join(', ')}.`);
