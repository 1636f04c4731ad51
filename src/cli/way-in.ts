import { existsSync } from 'node:fs';
import { StartRefused } from '../store/postgres/embedded-error.js';
import { checkServer, settingNames } from '../store/postgres/engine-guard.js';
import { openDatabase } from '../store/postgres/engine.js';
import { createPool, type Pool } from '../store/postgres/pools.js';
import { findRunning, runningUrl } from './running.js';
import type { Settings } from './settings.js';

/** The parts of Udvej that a command may be. */
type Way = 'keys' | 'worker' | 'workerKeys' | 'sealer' | 'operator';

export interface WayIn<Ways extends Way> {
  readonly pools: Readonly<Record<Ways, Pool>>;
  readonly close: () => Promise<unknown>;
}

/**
 * A command's way into the database: by its own settings, through the Udvej that runs on the data folder, or into a database that is opened for it.
 * @throws StartRefused when the data folder is not there, and when the settings name a database and not all of these ways into it.
 */
export async function wayIn<Ways extends Way>(
  ways: readonly Ways[],
  { urls, dataDir, mode }: Pick<Settings, 'urls' | 'dataDir' | 'mode'>,
  log: (line: string) => void,
): Promise<WayIn<Ways>> {
  const production = mode === 'production';
  const through = (urlOf: (way: Ways) => string): WayIn<Ways> => {
    const pools = ways.map((way) => [way, createPool(urlOf(way), { max: 2, name: `command ${way}` })] as const);
    return { pools: Object.fromEntries(pools) as Record<Ways, Pool>, close: () => Promise.all(pools.map(([, pool]) => pool.end())) };
  };
  const given = new Map(ways.flatMap((way) => (urls[way] === undefined ? [] : [[way, urls[way]] as const])));
  if (given.size === ways.length) {
    await checkServer(Object.fromEntries(given), { production, onLog: log });
    return through((way) => given.get(way) ?? '');
  }
  const running = Object.values(urls).some((url) => url !== undefined) ? undefined : findRunning(dataDir);
  if (running !== undefined) return through((way) => runningUrl(running, way, dataDir));

  // A forgotten setting must not build a house beside the one that was meant.
  if (Object.values(urls).every((url) => url === undefined) && !existsSync(dataDir)) {
    throw new StartRefused(`Der er ingen Udvej i mappen ${dataDir}. Sæt UDVEJ_DATA_DIR til den mappe, som Udvej kører med, og prøv igen.`);
  }
  const database = await openDatabase({ urls, dataDir, production, needsMigration: false, onLog: log });
  const open: Partial<Record<Way, () => Pool>> = { keys: () => database.vault, worker: database.worker, sealer: database.sealer, operator: database.operator };
  const pools = ways.flatMap((way) => (open[way] === undefined ? [] : [[way, open[way]()] as const]));
  if (pools.length === ways.length) return { pools: Object.fromEntries(pools) as Record<Ways, Pool>, close: database.close };
  await database.close();
  const missing = ways.filter((way) => open[way] === undefined).map((way) => settingNames[way]);
  throw new StartRefused(`${missing.join(' og ')} mangler. Kommandoen går ind i databasen med den.`);
}
