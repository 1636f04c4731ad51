import { parseArgs } from 'node:util';
import { StartRefused } from '../store/postgres/embedded-error.js';
import type { Pool } from '../store/postgres/pools.js';
import { NOT_APPROVED, rebuildable, rebuildCase } from '../store/rebuild.js';
import { Vault } from '../store/vault/vault.js';
import { neutralError } from './neutral-error.js';
import { keptScopeKeys } from './key-services.js';
import type { Settings } from './settings.js';
import { wayIn } from './way-in.js';

type Where = Pick<Settings, 'urls' | 'dataDir' | 'mode' | 'kms'>;
type Log = (line: string) => void;

/** A line about how far it has come after so many cases. */
const TELL_EVERY = 100;

/**
 * Builds every table that follows the streams anew, case by case, beside a running Udvej or by itself.
 * @param args `--approved-by <login>`: the colleague who approved it; each case's log names him.
 * @returns the exit code: 1 when a case could not be rebuilt. It is left as it was, and the others are rebuilt all the same.
 * @throws StartRefused in plain Danish: no approval, no way into the database, no keys.
 */
export async function rebuild(args: readonly string[], where: Where, log: Log): Promise<number> {
  const approvedBy = approval(args);
  const { pools: { operator, keys: vault }, close } = await wayIn(['operator', 'keys'], where, log);
  try {
    const cases = await approvedCases(operator, approvedBy);
    if (cases.length === 0) {
      log('Der er ingen sager at genopbygge.');
      return 0;
    }
    return await rebuildAll(cases, (caseId) => rebuildCase(operator, new Vault(vault, operator, keptScopeKeys(where)), caseId, approvedBy), log);
  } finally {
    await close();
  }
}

const HOW = 'Skriv, hvem der har godkendt genopbygningen: npm run --silent udvej -- rebuild --approved-by <login>.';

function approval(args: readonly string[]): string {
  try {
    const { values } = parseArgs({ args: [...args], options: { 'approved-by': { type: 'string' } } });
    const login = values['approved-by']?.trim() ?? '';
    if (login !== '') return login;
  } catch (error) {
    throw new StartRefused(`rebuild kender kun --approved-by. ${HOW}`, { cause: error });
  }
  throw new StartRefused(`${HOW} Uden en godkendelse sker der ingenting.`);
}

async function approvedCases(operator: Pool, approvedBy: string): Promise<readonly string[]> {
  try {
    return await rebuildable(operator, approvedBy);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === NOT_APPROVED)) throw error;
    throw new StartRefused(`Der er ingen kollega med adgang til Udvej, der hedder ${approvedBy}. ${HOW}`, { cause: error });
  }
}

async function rebuildAll(cases: readonly string[], one: (caseId: string) => Promise<number | undefined>, log: Log): Promise<number> {
  log(`Genopbygger ${counted(cases.length)}.`);
  let wrong = 0;
  let failed = 0;
  for (const [place, caseId] of cases.entries()) {
    try {
      wrong += (await one(caseId)) ?? 0;
    } catch (error) {
      failed += 1;
      // Which case it was stands in the log of the database, not here.
      log(`En sag kunne ikke genopbygges og er, som den var: ${neutralError(error)}`);
    }
    if ((place + 1) % TELL_EVERY === 0) log(`${place + 1} af ${cases.length} sager er gennemgået.`);
  }
  log(`${counted(cases.length - failed)} er genopbygget. ${wrong === 0 ? 'Alt stod, som det skulle.' : `${wrong} rækker stod forkert og er rettet.`}`);
  if (failed > 0) log(`${counted(failed)} kunne ikke genopbygges.`);
  return failed > 0 ? 1 : 0;
}

const counted = (cases: number): string => (cases === 1 ? '1 sag' : `${cases} sager`);
