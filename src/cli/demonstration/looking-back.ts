import { epochMilliseconds, type Instant } from '../../domain/kernel/time.js';
import { setDatabaseClock, setTelling } from '../../store/command-table.js';
import { withClient } from '../../store/postgres/engine-guard.js';
import type { DemonstrationParts } from './parts.js';

/**
 * Tells what is long past with the database's clock set back to its beginning: those who went on in a case after its end could still read
 * it then (FM-END-4). Until it is told, closed cases of the demonstration are read for longer. A start sets the clock right again.
 */
export async function lookingBack(
  { superuser, house }: Pick<DemonstrationParts, 'superuser' | 'house'>,
  first: Instant,
  tell: () => Promise<void>,
): Promise<void> {
  const setClock = (at: Instant, telling: boolean): Promise<void> =>
    withClient('migrate', superuser, async (client) => {
      await setDatabaseClock(client, epochMilliseconds(at));
      await setTelling(client, telling);
    });
  await setClock(first, true);
  try {
    await tell();
  } finally {
    await setClock(house.clock(), false);
  }
}
