// Everything that must hold, whatever became of the rest: types, lint and house rules side by side, then all tests.
// Arguments go on to vitest:  npm test -- src/cli
// The last line is `N passed, N failed`, with `, N skipped` where there are: each of the three checks counts as one.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const tool = (...parts) => path.join(root, 'node_modules', ...parts);
const scratch = mkdtempSync(path.join(os.tmpdir(), 'udvej-results-'));
const results = path.join(scratch, 'vitest.json');

const env = { ...process.env };
if (env.CI === 'true') {
  env.NO_COLOR = '1';
  delete env.FORCE_COLOR;
}

const checks = [
  ['Typer', [tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'tsconfig.json']],
  ['Lint', [tool('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0']],
  ['Husregler', [tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', 'src']],
];
const counted = { passed: 0, failed: 0, skipped: 0 };

const checked = checks.map(([name, command]) => [name, runQuietly(command)]);
for (const [name, outcome] of checked) {
  const { code, said } = await outcome;
  console.log(`— ${name}`);
  process.stdout.write(said);
  if (code === 0) counted.passed += 1;
  else counted.failed += 1;
}

console.log('— Test');
const ended = await run([
  tool('vitest', 'vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  ...process.argv.slice(2),
]);
const tests = countTests(ended);
rmSync(scratch, { recursive: true, force: true });
for (const outcome of Object.keys(counted)) counted[outcome] += tests[outcome];
if (tests.passed + tests.failed === 0) console.log('Ingen test blev kørt.');

const { passed, failed, skipped } = counted;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || tests.passed + tests.failed === 0 ? 1 : 0;

/** Runs one of the tools to its end. @returns its exit code; 1 when a signal ended it. */
function run(command) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** The same, with what it says kept until it is its turn to be shown. @returns its exit code and its words */
function runQuietly(command) {
  return new Promise((resolve) => {
    const said = [];
    const child = spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
    child.once('error', (error) => resolve({ code: 1, said: `${error.message}\n` }));
    child.once('close', (code) => resolve({ code: code ?? 1, said: Buffer.concat(said).toString('utf8') }));
  });
}

/** What vitest counted. A file that did not load, and an error outside of any test, count as one failed each: nothing that went wrong is lost. */
function countTests(exitCode) {
  let report;
  try {
    report = JSON.parse(readFileSync(results, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  );
  const failed = report.numFailedTests + unloaded.length;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
