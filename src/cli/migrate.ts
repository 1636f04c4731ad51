import { fillCommandTable } from '../store/command-table.js';
import { withClient } from '../store/postgres/engine-guard.js';
import { openDatabase } from '../store/postgres/engine.js';
import type { Settings } from './settings.js';

/**
 * Builds the database or brings it up to date, with the domain's table of commands, and leaves it.
 * @throws StartRefused in plain Danish.
 */
export async function migrate(
  { urls, dataDir, mode }: Pick<Settings, 'urls' | 'dataDir' | 'mode'>,
  log: (line: string) => void,
): Promise<void> {
  const database = await openDatabase({ urls, dataDir, production: mode === 'production', needsMigration: true, onLog: log });
  try {
    if (database.superuser !== undefined) await withClient('migrate', database.superuser, (client) => fillCommandTable(client));
    log('Databasen er bygget og opdateret.');
  } finally {
    await database.close();
  }
}
