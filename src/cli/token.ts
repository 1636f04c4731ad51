import { DEMONSTRATION_PEOPLE, demonstrationPerson } from '../domain/reference/demonstration-people.js';
import { StartRefused } from '../store/postgres/embedded-error.js';
import { createPool } from '../store/postgres/pools.js';
import { startSession } from '../store/session-start.js';
import { findRunning, runningUrl } from './running.js';
import type { Settings } from './settings.js';

/**
 * Starts a session for a demonstration login in the Udvej that runs on the data folder.
 * @returns the bearer token of the JSON API, opaque and good for as long as any session.
 * @throws StartRefused in plain Danish: nobody of that name, nothing running, no way in.
 */
export async function tokenFor(
  login: string | undefined,
  { mode, dataDir, urls }: Pick<Settings, 'mode' | 'dataDir' | 'urls'>,
): Promise<string> {
  if (mode !== 'demonstration')
    throw new StartRefused('Tokens udstedes kun i en demonstration. I drift logger medarbejderne ind hos deres egen myndighed.');
  const person = demonstrationPerson(login ?? '');
  if (person === undefined) {
    const said =
      login === undefined
        ? 'Skriv, hvem tokenet er til: npm run --silent udvej -- token politi.vestegnen.'
        : `Der er ingen, der hedder ${login}.`;
    throw new StartRefused(`${said} Vælg en af: ${DEMONSTRATION_PEOPLE.map((one) => one.login).join(', ')}.`);
  }
  const running = findRunning(dataDir);
  if (running === undefined) throw new StartRefused('Udvej kører ikke. Start det først med npm start.');
  const pool = createPool(urls.login ?? runningUrl(running, 'login', dataDir), { max: 1, name: 'token' });
  try {
    const { login: subject, name, authority, functions } = person;
    const token = await startSession(pool, {
      issuer: running.issuer,
      subject,
      name,
      authority,
      functions,
      authTime: new Date(),
      level: 'substantial',
    });
    if (token === undefined) throw new StartRefused(`Adgangen for ${subject} er lukket.`);
    return token;
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    throw new StartRefused('Udvej kører, men databasen svarer ikke på det login, Udvej selv bruger. Prøv igen om lidt.', {
      cause: error,
    });
  } finally {
    await pool.end();
  }
}
