import { StartRefused } from '../store/postgres/embedded-error.js';
import { endAccess } from '../store/people.js';
import type { Settings } from './settings.js';
import { wayIn } from './way-in.js';

const HOW = 'Skriv, hvem det er: npm run --silent udvej -- leaver <udsteder> <login>, som de står i medarbejderens login.';

/**
 * Closes the access of somebody who has left, at once: for operations by hand, or for a feed of leavers, a call for each. A second call changes nothing.
 * @param args who says who he is (issuer), and what he is called there (subject)
 * @returns the exit code: 1 for somebody who has no access.
 * @throws StartRefused in plain Danish: nobody named, no way into the database.
 */
export async function leaver(args: readonly string[], where: Pick<Settings, 'urls' | 'dataDir' | 'mode' | 'kms'>, log: (line: string) => void): Promise<number> {
  const [issuer, subject, ...more] = args;
  if (issuer === undefined || subject === undefined || more.length > 0) throw new StartRefused(HOW);
  const { pools, close } = await wayIn(['operator'], where, log);
  try {
    const ended = await endAccess(pools.operator, issuer, subject);
    log(ended ? 'Adgangen er lukket. Koordinatorerne kan nu se, hvilke opgaver der skal gives videre.' : 'Der er ingen med det login, som har adgang. Intet er ændret.');
    return ended ? 0 : 1;
  } finally {
    await close();
  }
}
