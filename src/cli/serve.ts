import type { FastifyInstance } from 'fastify';
import { createRequire } from 'node:module';
import { setTimeout as after } from 'node:timers/promises';
import type { House } from '../app/house.js';
import { stepUpBegun } from '../app/step-up.js';
import { StaffDirectory } from '../app/staff-directory.js';
import { fillCommandTable, usualLimits } from '../store/command-table.js';
import { endSession } from '../store/lists.js';
import { StartRefused } from '../store/postgres/embedded-error.js';
import { settingNames, withClient } from '../store/postgres/engine-guard.js';
import { changedSinceBuilt } from '../store/postgres/as-built.js';
import { faultsOfTheWall } from '../store/postgres/catalogue.js';
import { type Database, openDatabase } from '../store/postgres/engine.js';
import type { Pool } from '../store/postgres/pools.js';
import { shreddingsAgree } from '../store/retention.js';
import { strayRules } from '../store/rules-in-tables.js';
import { sweepRegularly } from '../store/sweep.js';
import { clamd } from '../store/scanning/clamd.js';
import type { KeyService } from '../store/vault/kms.js';
import { Vault } from '../store/vault/vault.js';
import { createLogin } from '../web/login/client.js';
import { type DemonstrationProvider, demonstrationIssuer, demonstrationProvider } from '../web/login/provider.js';
import { loginRoutes } from '../web/login/routes.js';
import { buildRoutes } from '../web/routes.js';
import { buildServer } from '../web/server.js';
import { Visitors } from '../web/visitor.js';
import type { WebSettings } from '../web/web-settings.js';
import { addressFault, refuseTakenAddress } from './address.js';
import { clockFrom } from './clock.js';
import { tryOthersCases } from './demonstration/curious-officer.js';
import { historyRunning } from './demonstration/fill-history.js';
import { historyBehind } from './demonstration/history-behind.js';
import { fillLivingCases } from './demonstration/living-cases.js';
import type { DemonstrationParts } from './demonstration/parts.js';
import { fillDemonstrationStaff } from './demonstration/staff.js';
import { welcome } from './demonstration/welcome.js';
import type { Ending } from './ending.js';
import { loginTable } from '../web/login/login-table.js';
import { neutralError } from './neutral-error.js';
import { matchPublicKey, scopeKeys } from './key-services.js';
import { deriveKey, keptSecretKey } from './own-keys.js';
import { tellRunning } from './running.js';
import type { Settings } from './settings.js';
import { startWorker, type WorkerEnvironment } from './worker-process.js';

/** The version in package.json, two folders up from the sources and from the build alike. */
const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** So long it answers on when others still send requests here: more than the time between two questions whether it is ready. */
const HANDOVER_MS = 5_000;

/**
 * Puts the program together from its settings, answers until the end is wished for, and takes everything down again, the database last.
 * @returns the exit code.
 * @throws StartRefused when it cannot start; nothing is left running.
 */
export async function serve(settings: Settings, log: (line: string) => void, ending: Ending): Promise<number> {
  await refuseTakenAddress(settings);
  const closing: (() => unknown)[] = [];
  try {
    const database = await openDatabase({
      urls: settings.urls,
      dataDir: settings.dataDir,
      production: settings.mode === 'production',
      needsMigration: settings.mode === 'demonstration',
      onLog: log,
    });
    closing.push(database.close);
    closing.push(sweepRegularly(database.login, (error) => log(neutralError(error))));
    // In production the worker is started by itself, with settings that this process is not to know.
    if (settings.mode === 'demonstration') {
      const missing = (['worker', 'workerKeys', 'sealer'] as const).filter((way) => database.urls[way] === undefined);
      if (missing.length === 0) closing.push(startWorker(workerEnvironment(database, settings), log));
      else log(`Loggen forsegles ikke: ${missing.map((way) => settingNames[way]).join(', ')} mangler.`);
    }
    const secretKey = settings.secretKey ?? keptSecretKey(settings.dataDir);
    const house: House = {
      web: database.web,
      vault: new Vault(database.vault, database.web, await prepare(database, settings)),
      clock: clockFrom(settings.demoNow),
      etagKey: deriveKey(secretKey, 'etag'),
      matchKey: matchPublicKey(settings),
      ...(settings.clamd && { scan: clamd(settings.clamd) }),
    };
    if (!house.scan && settings.mode === 'production') log(NOBODY_SCANS);
    const { superuser } = database;
    const demonstration: DemonstrationParts | undefined =
      settings.mode === 'demonstration' && superuser !== undefined
        ? { house, login: database.login, superuser, issuer: demonstrationIssuer(settings.origin), signal: ending.signal, log }
        : undefined;
    if (demonstration) {
      await fillLivingCases(demonstration);
      await tryOthersCases(demonstration);
    }

    const server = await assemble(house, database, settings, { secretKey, ending: ending.signal, log });
    closing.push(() => server.close());
    await listen(server, settings);
    if (settings.mode === 'demonstration') {
      closing.push(tellRunning(settings.dataDir, { issuer: demonstrationIssuer(settings.origin), login: urlOf(database.login), keys: urlOf(database.vault) }));
      process.stdout.write(`${welcome(settings.origin)}\n`);
    }
    log(`Udvej ${version} er klar på ${settings.origin}`);
    if (demonstration) {
      const history = historyBehind(demonstration);
      closing.push(() => history);
    }

    const code = await ending.wished;
    if (ending.isHandover()) await after(HANDOVER_MS);
    return code;
  } finally {
    for (const close of closing.reverse()) {
      // One that fails must not keep the rest from closing, least of all the database.
      await Promise.resolve()
        .then(close)
        .catch((error: unknown) => log(neutralError(error)));
    }
    log('Udvej er stoppet.');
  }
}

const NOBODY_SCANS = 'Bilag bliver ikke undersøgt for skadelige programmer: UDVEJ_CLAMD er ikke sat.';

/** What must be in the database before the first request, written as the one who may. */
async function prepare(database: Database, settings: Settings): Promise<KeyService> {
  const { origin, limitsFactor, demoNow } = settings;
  const { superuser, superuserOfKeys } = database;
  if (settings.mode === 'production') {
    await refuseBrokenWall(database);
    await refuseUnshredded(database);
    return scopeKeys(settings, () => Promise.reject(new StartRefused('I drift må sagernes nøgler ikke ligge i en fil.')));
  }
  if (superuser === undefined || superuserOfKeys === undefined)
    throw new StartRefused('En demonstration bygger selv databasen og skal have lov til det.');
  await withClient('migrate', superuser, async (client) => {
    const limits = {
      openingsPerHour: usualLimits.openingsPerHour * limitsFactor,
      namesPerHour: usualLimits.namesPerHour * limitsFactor,
      uploadsPerHour: 20 * limitsFactor,
    };
    await fillCommandTable(client, limits, demoNow);
    await fillDemonstrationStaff(client, demonstrationIssuer(origin));
  });
  return scopeKeys(settings, (work) => withClient('migrateKeys', superuserOfKeys, work));
}

/** Somebody may have changed the database since it was built (control 43). */
export async function refuseBrokenWall({ web, vault, login }: Pick<Database, 'web' | 'vault' | 'login'>): Promise<void> {
  const asking = (pool: Pool) => ({ ask: async <Row extends object>(sql: string, values?: unknown[]) => (await pool.query<Row>(sql, values)).rows });
  const faults: string[] = [];
  for (const database of [asking(web), asking(vault)]) faults.push(...(await faultsOfTheWall(database)), ...(await changedSinceBuilt(database)));
  // A wall that was changed may have no such function, or one that lies.
  if (faults.length === 0) faults.push(...(await strayRules(login)));
  if (faults.length > 0) throw new StartRefused(`Databasen er ikke lukket, som den skal være. Ret det, før Udvej startes: ${faults.join('; ')}.`);
}

/** A backup that was laid in the place of one of the databases would show what had been deleted since (control 25). */
export async function refuseUnshredded({ login, vault }: Pick<Database, 'login' | 'vault'>): Promise<void> {
  if (await shreddingsAgree(login, vault)) return;
  throw new StartRefused('De to databaser er ikke enige om, hvilke sager der er slettet. Er en sikkerhedskopi lagt tilbage, så kør udvej restored, før Udvej startes.');
}

async function assemble(
  house: House,
  database: Database,
  settings: Settings,
  { secretKey, ending, log }: { readonly secretKey: Buffer; readonly ending: AbortSignal; readonly log: (line: string) => void },
): Promise<FastifyInstance> {
  const demonstration = settings.mode === 'demonstration';
  const { origin } = settings;
  const web: WebSettings = {
    origin,
    secure: origin.startsWith('https:'),
    demonstration,
    version,
    csrfKey: deriveKey(secretKey, 'csrf'),
    rateFactor: settings.limitsFactor,
    ending,
  };
  const provider: DemonstrationProvider | undefined = demonstration ? await demonstrationProvider(origin) : undefined;
  const visitors = new Visitors(house);
  const login = createLogin({
    issuers: [...(provider ? [provider.settings] : []), ...settings.issuers],
    origin,
    loginPool: database.login,
    key: deriveKey(secretKey, 'login'),
    demonstration,
  });
  const leave = async (token: string): Promise<void> => {
    visitors.forget(token);
    await endSession(house.web, token);
  };
  return buildServer({
    house,
    settings: web,
    visitors,
    log,
    routes: buildRoutes({
      directory: new StaffDirectory(house),
      login: loginTable(loginRoutes({ login, endSession: leave, beginStepUp: (token) => stepUpBegun(house, token), log })),
      figuresFilled: historyShare,
    }),
    ...(provider && {
      mount: async (app: FastifyInstance) => {
        await app.register(provider.plugin);
      },
    }),
  });
}

async function listen(server: FastifyInstance, { host, port }: Settings): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    throw error instanceof Error ? addressFault(error, { host, port }) : error;
  }
}

/** The figures are whole but for a demonstration's history that is still being made. */
const historyShare = (): number | undefined => {
  const running = historyRunning();
  return running && running.done / running.total;
};

const workerEnvironment = ({ urls }: Database, { mode, dataDir, witness, witnessToken, kms, matchPrivateKey: own }: Settings): WorkerEnvironment => ({
  UDVEJ_KMS_URL: kms?.url,
  UDVEJ_KMS_TOKEN: kms?.token,
  UDVEJ_KMS_MOUNT: kms?.mount,
  UDVEJ_KMS_NAMESPACE: kms?.namespace,
  UDVEJ_MODE: mode,
  UDVEJ_DATA_DIR: dataDir,
  [settingNames.worker]: urls.worker,
  [settingNames.workerKeys]: urls.workerKeys,
  [settingNames.sealer]: urls.sealer,
  UDVEJ_MATCH_PRIVATE_KEY: own && `vault:v${own.kekVersion}:${own.wrapped.toString('base64')}`,
  UDVEJ_WITNESS: witness && ('file' in witness ? `file:${witness.file}` : witness.url),
  UDVEJ_WITNESS_TOKEN: witnessToken,
});

const urlOf = ({ options }: Database['login']): string => options.connectionString ?? '';
