import { type DatabaseUrls, settingNames } from '../store/postgres/engine-guard.js';
import { isLoopback, type IssuerSettings } from '../web/login/issuers.js';
import type * as fields from './setting-fields.js';

/** What the settings are read for: only serving needs logins and an address of its own. */
export type Purpose = 'serve' | 'worker' | 'witness' | 'rewrap' | 'migrate' | 'rebuild' | 'leaver' | 'audit' | 'token' | 'match-key' | 'retention' | 'restored';

/** What was set, as far as settings are judged together. */
export interface Given {
  readonly purpose: Purpose;
  readonly configured: boolean;
  readonly urls: DatabaseUrls;
  readonly mode: (typeof fields.MODES)[number] | undefined;
  readonly host: string | undefined;
  readonly origin: URL | undefined;
  readonly issuers: readonly IssuerSettings[] | undefined;
  readonly witness: fields.WitnessPlace | undefined;
  readonly isSet: (name: string) => boolean;
}

/** Rules between settings; each says everything that breaks it. */
export const RULES: readonly ((given: Given) => readonly string[])[] = [
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
  if (purpose === 'serve' || purpose === 'worker') {
    // What lets somebody into a case, or shuts him out of all, is at hand only while it is done (docs/security.md).
    refused.push(...(isSet(settingNames.operator) ? [`${settingNames.operator} hører til de kommandoer, der gives i hånden (rebuild og leaver). Fjern den her.`] : []));
  }
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

/** The worker's ways into the databases, and those of the commands that go in beside it. */
const WAYS_OF: { readonly [purpose in Purpose]?: readonly (keyof DatabaseUrls)[] } = {
  worker: ['worker', 'workerKeys', 'sealer'],
  audit: ['sealer'],
  leaver: ['operator'],
  rebuild: ['operator', 'keys'],
  rewrap: ['workerKeys'],
  retention: ['worker'],
  restored: ['worker', 'workerKeys'],
};

/** Keys never lie in a file in production, and the log has a witness there: whoever owns the machine must not be able to take the one or write the other anew. */
function keysAndWitness({ mode, purpose, witness, isSet }: Given): readonly string[] {
  const token = isSet('UDVEJ_KMS_URL') && !isSet('UDVEJ_KMS_TOKEN') ? ['UDVEJ_KMS_TOKEN mangler. Nøgletjenesten spørger, hvem der kommer.'] : [];
  if (mode !== 'production' || ['token', 'witness', 'migrate', 'retention', 'restored'].includes(purpose)) return token;
  return [
    ...token,
    ...(isSet('UDVEJ_KMS_URL')
      ? []
      : ['UDVEJ_KMS_URL mangler. I drift må nøglerne kun ligge i en nøgletjeneste (HashiCorp Vault eller OpenBao), aldrig i en fil.']),
    ...(purpose === 'serve' && !isSet('UDVEJ_MATCH_PUBLIC_KEY')
      ? ['UDVEJ_MATCH_PUBLIC_KEY mangler. CPR-numre forsegles med den til arbejdsprocessen. Lav nøglerne med udvej match-key.']
      : []),
    ...(purpose === 'serve' && isSet('UDVEJ_MATCH_PRIVATE_KEY')
      ? ['UDVEJ_MATCH_PRIVATE_KEY hører til arbejdsprocessen. Fjern den her.']
      : []),
    ...(purpose === 'worker' && !isSet('UDVEJ_MATCH_PRIVATE_KEY')
      ? ['UDVEJ_MATCH_PRIVATE_KEY mangler. Arbejdsprocessen åbner CPR-numre med den. Lav nøglerne med udvej match-key.']
      : []),
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
  if (purpose === 'token' || purpose === 'witness' || purpose === 'match-key' || mode === undefined) return [];
  if (purpose === 'worker' || (WAYS_OF[purpose] !== undefined && mode === 'production')) {
    return (WAYS_OF[purpose] ?? []).filter((way) => !isSet(settingNames[way])).map(
      (way) => `${settingNames[way]} mangler. Hver del af Udvej har sin egen bruger i databasen, også de kommandoer, der gives i hånden.`,
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
