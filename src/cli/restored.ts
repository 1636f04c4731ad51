import { carryOutShreddings } from '../store/retention.js';
import type { Settings } from './settings.js';
import { wayIn } from './way-in.js';

/** After a backup was restored, of either database: shreds again what had been shredded since it was taken, before anybody is let in (control 25). @returns the exit code. */
export async function restored(settings: Settings, log: (line: string) => void): Promise<number> {
  const { pools, close } = await wayIn(['worker', 'workerKeys'], settings, log);
  try {
    const count = await carryOutShreddings({ cases: pools.worker, keys: pools.workerKeys });
    log(count === 0 ? 'De to databaser er enige om, hvilke sager der er slettet.' : `${count} ${count === 1 ? 'sag' : 'sager'}, som var slettet før, er slettet igen.`);
    return 0;
  } finally {
    await close();
  }
}
