import { z } from 'zod';
import { DEMONSTRATION_PEOPLE, demonstrationPerson } from '../domain/reference/demonstration-people.js';
import { StartRefused } from '../store/postgres/embedded-error.js';
import { readSecret } from '../store/postgres/embedded-secrets.js';
import { createPool } from '../store/postgres/pools.js';
import { startSession } from '../store/session-start.js';
import { findRunning } from './running.js';
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
  const pool = createPool(urls.login ?? withKeptPassword(running.login, dataDir), { max: 1, name: 'token' });
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

/** The password that Udvej made for the role itself; where the login has a setting of its own, it must be set here too. */
function withKeptPassword(login: string, dataDir: string): string {
  const url = new URL(login);
  const { udvej_login: password } = zPasswords.parse(JSON.parse(readSecret(dataDir, 'roles.json') ?? '{}'));
  if (url.username !== 'udvej_login' || password === undefined) {
    throw new StartRefused(
      'Udvej kører med sit eget login til databasen. Sæt LOGIN_DATABASE_URL, som da Udvej blev startet, og prøv igen.',
    );
  }
  url.password = encodeURIComponent(password);
  return url.href;
}

const zPasswords = z.object({ udvej_login: z.string().optional() });
