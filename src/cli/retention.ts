import { isOutcome, outcomeWords, periodWords } from '../domain/reference/retention-periods.js';
import { retentionCounts } from '../store/retention.js';
import type { Settings } from './settings.js';
import { wayIn } from './way-in.js';

/** How many closed cases there are, and for how many of them the period is over; nothing is asked or deleted by it, and nothing named (FM-WORK-4). @returns the exit code. */
export async function retention(settings: Settings, log: (line: string) => void): Promise<number> {
  const { pools, close } = await wayIn(['worker'], settings, log);
  try {
    const counts = await retentionCounts(pools.worker);
    if (counts.length === 0) log('Ingen sager er afsluttet.');
    for (const { outcome, kept, due, held, deleted } of counts) {
      const words = isOutcome(outcome) ? `${outcomeWords(outcome)} (gemmes ${periodWords(outcome)})` : outcome;
      log(`${words}: ${kept} gemmes, heraf er fristen gået for ${due}, og ${held} må ikke slettes endnu; ${deleted} er slettet.`);
    }
    return 0;
  } finally {
    await close();
  }
}
