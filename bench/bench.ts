import os from 'node:os';
import { build } from './build.js';
import { Cleanup } from './cleanup.js';
import { startCluster } from './database.js';
import { type Options, readOptions } from './options.js';
import { goalLine, goalsOf, sealerLine, type SizeResult, writeResults } from './report.js';
import { measureSealer } from './sealer.js';
import { runSize } from './size.js';

/** Measures the real server beside two floors, in one run (`--help` for the options). */
async function run(options: Options, cleanup: Cleanup): Promise<boolean> {
  const cluster = await startCluster(cleanup);
  console.log(
    `Udvej beside two floors: a bare server with one prepared query (plain), and the same with session, transaction, row-level security and\n`
    + `a committed row in the log (secured). ratio is to the secured floor's rate in the same turns; open is the journal page, note is\n`
    + `POST /api/v1/cases/:id/commands/journal.add, counts is GET /api/v1/statistics. server and postgr. are processor time a request;\n`
    + `of time is the secured floor's by this. ${os.cpus().length} processors, PostgreSQL ${cluster.version}, Node ${process.version};\n`
    + `${options.keys === 'file' ? 'root key in a file' : 'key service by a stand-in over HTTP'}; ${options.seconds} s in ${options.rounds} turns each, load before the start ${os.loadavg()[0]?.toFixed(1) ?? ''}.`,
  );
  const program = build(cleanup);
  const sealer = options.sealer === 0 ? undefined : await measureSealer(cluster, options.sealer, program, cleanup);
  if (sealer) console.log(`\n${sealerLine(sealer)}`);
  const sizes: SizeResult[] = [];
  for (const cases of options.sizes) {
    sizes.push(await runSize(cluster, cases, options, program, cleanup));
    // After every size: a long run that is cut short leaves what it has.
    writeResults(options, cluster.version, sizes, sealer);
  }
  console.log(`\n${goalsOf(sizes, sealer).map(goalLine).join('\n')}`);
  console.log(`\n# ${writeResults(options, cluster.version, sizes, sealer)}`);
  const bad = sizes.flatMap(({ rows, desk }) => [...rows, ...desk]).reduce((sum, row) => sum + row.bad, 0);
  if (bad > 0) console.error(`# ${bad} answers were bad: these figures do not count`);
  return bad === 0;
}

const cleanup = new Cleanup();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    console.error('\n# interrupted: putting everything away');
    void cleanup.run().finally(() => process.exit(130));
  });
}

try {
  process.exitCode = (await run(readOptions(process.argv.slice(2)), cleanup)) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 1;
} finally {
  await cleanup.run();
}
