import { StartRefused } from '../store/postgres/embedded-error.js';
import { endingWithStarter, watchForEnding } from './ending.js';
import { neutralError } from './neutral-error.js';
import { type Purpose, readSettings, type Settings } from './settings.js';
import { STARTED } from './worker-process.js';

const HELP = `Udvej — sagssystem for exitforløb

  npm start                                   starter Udvej; uden indstillinger som demonstration på http://127.0.0.1:3000
  npm run --silent udvej -- token <login>     skriver et token til JSON-API'et for et demonstrationslogin
  npm run --silent udvej -- migrate           bygger eller opdaterer databasen
  npm run --silent udvej -- rebuild --approved-by <login>
                                              bygger sagernes lister, opgaver og adgange igen ud fra det, der er sket i sagerne;
                                              <login> er den kollega, der har godkendt det, og det står i hver sags log
  npm run --silent udvej -- leaver <udsteder> <login>
                                              lukker adgangen med det samme for en medarbejder, der er fratrådt;
                                              i en demonstration er udstederen <adresse>/demo-login
  npm run --silent udvej -- audit verify      regner hele loggen efter og holder den op mod loggens vidne
  npm run --silent udvej -- rewrap            pakker alle nøgler om, når hovednøglen er skiftet i nøgletjenesten
  npm run --silent udvej -- retention         tæller, hvor mange afsluttede sager der skal slettes, uden at slette eller nævne nogen
  npm run --silent udvej -- restored          efter en sikkerhedskopi er lagt tilbage: sletter igen, hvad der var slettet
  npm run --silent udvej -- match-key         laver nøglerne til sammenligning af CPR-numre, til indstillingerne
  npm run --silent udvej -- worker            arbejdsprocessen alene; i en demonstration følger den med npm start
  npm run --silent udvej -- witness           loggens vidne, på en maskine, som driften ikke råder over
  npm run --silent udvej -- help              denne hjælp

Indstillinger: PORT, HOST, UDVEJ_DATA_DIR, UDVEJ_MODE, UDVEJ_ORIGIN, UDVEJ_SECRET_KEY, ISSUERS, UDVEJ_DEMO_NOW, UDVEJ_LIMITS_FACTOR,
UDVEJ_WITNESS, UDVEJ_WITNESS_TOKEN, UDVEJ_KMS_URL, UDVEJ_KMS_TOKEN, UDVEJ_KMS_MOUNT, UDVEJ_KMS_NAMESPACE, UDVEJ_MATCH_PUBLIC_KEY,
UDVEJ_MATCH_PRIVATE_KEY, UDVEJ_CLAMD, DATABASE_URL, MIGRATE_DATABASE_URL, LOGIN_DATABASE_URL, WORKER_DATABASE_URL, SEALER_DATABASE_URL, OPERATOR_DATABASE_URL, KEYS_DATABASE_URL,
MIGRATE_KEYS_DATABASE_URL, WORKER_KEYS_DATABASE_URL.
`;

/**
 * Runs one command of the program: `serve` when none is named.
 * Each is loaded when it is asked for: a token must not wait for the pages.
 * @returns the exit code. What went wrong has been said on stderr, in plain Danish and without a stack.
 */
export async function main([command = 'serve', ...rest]: readonly string[]): Promise<number> {
  try {
    switch (command) {
      case 'serve': {
        const settings = settingsFor('serve');
        const { serve } = await import('./serve.js');
        return await serve(settings, logLine, watchForEnding(logLine));
      }
      case 'worker': {
        const settings = settingsFor('worker');
        const { work } = await import('./worker.js');
        return await work(settings, logLine, rest[0] === STARTED ? endingWithStarter(logLine) : watchForEnding(logLine));
      }
      case 'witness': {
        const settings = settingsFor('witness');
        const { bearWitness } = await import('./witness.js');
        return await bearWitness(settings, logLine, watchForEnding(logLine));
      }
      case 'audit': {
        const settings = settingsFor('audit');
        const { audit } = await import('./audit.js');
        return await audit(rest, settings, logLine);
      }
      case 'rewrap': {
        const settings = settingsFor('rewrap');
        const { rewrap } = await import('./rewrap.js');
        return await rewrap(settings, logLine);
      }
      case 'retention': {
        const settings = settingsFor('retention');
        const { retention } = await import('./retention.js');
        return await retention(settings, logLine);
      }
      case 'restored': {
        const settings = settingsFor('restored');
        const { restored } = await import('./restored.js');
        return await restored(settings, logLine);
      }
      case 'match-key': {
        const settings = settingsFor('match-key');
        const { matchKey } = await import('./match-key.js');
        process.stdout.write(`${await matchKey(settings)}\n`);
        return 0;
      }
      case 'token': {
        const settings = settingsFor('token');
        const { tokenFor } = await import('./token.js');
        process.stdout.write(`${await tokenFor(rest[0], settings)}\n`);
        return 0;
      }
      case 'migrate': {
        const settings = settingsFor('migrate');
        const { migrate } = await import('./migrate.js');
        await migrate(settings, logLine);
        return 0;
      }
      case 'leaver': {
        const settings = settingsFor('leaver');
        const { leaver } = await import('./leaver.js');
        return await leaver(rest, settings, logLine);
      }
      case 'rebuild': {
        const settings = settingsFor('rebuild');
        const { rebuild } = await import('./rebuild.js');
        return await rebuild(rest, settings, logLine);
      }
      case 'help':
        process.stdout.write(HELP);
        return 0;
      default:
        throw new StartRefused(`Udvej kender ikke kommandoen ${command}.\n\n${HELP}`);
    }
  } catch (error) {
    process.stderr.write(
      `${error instanceof StartRefused ? error.message : `Udvej stoppede på grund af en uventet fejl: ${neutralError(error)}`}\n`,
    );
    return 1;
  }
}

/** Neutral lines only: what is logged here may be read by operations. */
const logLine = (line: string): void => {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
};

function settingsFor(purpose: Purpose): Settings {
  const read = readSettings(process.env, purpose);
  if ('faults' in read) {
    throw new StartRefused(
      ['Udvej kan ikke starte. Ret dette, og prøv igen:', ...read.faults.map((fault) => `  - ${fault}`)].join('\n'),
    );
  }
  for (const warning of read.warnings) process.stderr.write(`${warning}\n`);
  return read.settings;
}
