import { verifyLog, type Finding, type Report } from '../store/audit/verify.js';
import { StartRefused } from '../store/postgres/embedded-error.js';
import { logSigner } from './key-services.js';
import { logWitness } from './log-witness.js';
import type { Settings } from './settings.js';
import { wayIn } from './way-in.js';

const HOW = 'Skriv npm run --silent udvej -- audit verify.';

/** What a finding means, for those who must act on it; the number is the row's in the log. */
const WORDS: Readonly<Record<Finding['kind'], (n: number) => string>> = {
  changed: (n) => `Række ${n} er ændret, efter at den blev forseglet.`,
  gone: (n) => `Række ${n} er fjernet.`,
  gap: (n) => `Der mangler numre før række ${n}.`,
  broken: (n) => `Rækkerne til og med ${n} er ikke dem, der blev forseglet.`,
  forged: (n) => `Seglet efter række ${n} er ikke sat med loggens nøgle.`,
  cut: (n) => `Vidnet har set ${n} rækker. Så mange er der ikke mere.`,
  rewritten: (n) => `Vidnet har set andre rækker til og med ${n}.`,
  outside: (n) => `${n} rækker har intet nummer og venter heller ikke på et.`,
  unsigned: (n) => `De sidste ${n} rækker har intet segl efter sig.`,
  hanging: (n) => `${n} segl har ingen række under sig.`,
};

/** More of the same would hide the rest. */
const SHOWN = 20;

/**
 * Works the whole log out anew and says what does not fit. Nothing that stands in the log is shown.
 * @returns the exit code: 1 when something was found.
 * @throws StartRefused in plain Danish.
 */
export async function audit([what, ...rest]: readonly string[], settings: Settings, log: (line: string) => void): Promise<number> {
  if (what !== 'verify' || rest.length > 0) throw new StartRefused(HOW);
  const { pools, close } = await wayIn(['sealer'], settings, log);
  try {
    const report = await verifyLog(pools.sealer, await logSigner(settings).publicKeys(), await logWitness(settings).seen());
    tell(report, log);
    return report.findings.length === 0 ? 0 : 1;
  } finally {
    await close();
  }
}

function tell({ rows, heads, waiting, findings }: Report, log: (line: string) => void): void {
  log(`${rows} rækker og ${heads} segl er regnet efter. ${waiting === 0 ? 'Ingen rækker venter på at blive forseglet.' : `${waiting} rækker venter på at blive forseglet.`}`);
  for (const { kind, n } of findings.slice(0, SHOWN)) log(WORDS[kind](n));
  if (findings.length > SHOWN) log(`Og ${findings.length - SHOWN} fund til.`);
  log(findings.length === 0 ? 'Loggen er hel.' : 'LOGGEN ER IKKE HEL. Luk for adgangen, og gem databasen, som den er.');
}
