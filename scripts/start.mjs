// Starts Udvej, and builds it first when dist is missing or made from other sources than those that lie here. The program runs in this
// same process: Ctrl-C and kill reach it without a go-between.
//   node scripts/start.mjs [command …]          builds with a word about it on stdout
//   node scripts/start.mjs --cli <command …>    for commands whose output is read by others: whatever the build says goes to stderr
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { built, fingerprint, isFresh, markUnbuilt, root } from './build-stamp.mjs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
  refuse(`Udvej kræver Node 20.19 eller nyere. Her kører Node ${process.versions.node}.`);

const given = process.argv.slice(2);
const quiet = given[0] === '--cli';
const args = quiet ? given.slice(1) : given;

if (!isFresh()) build();

const { main } = await import(pathToFileURL(path.join(built, 'cli', 'main.js')).href);
process.exitCode = await main(quiet && args.length === 0 ? ['help'] : args);
// A connection somebody else keeps open must not keep a finished command alive.
setTimeout(() => process.exit(), 2000).unref();

function build() {
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  if (!existsSync(compiler)) {
    refuse('Udvej er ikke bygget, eller kilderne er ændret siden, og TypeScript er ikke installeret. Kør npm ci, og start igen.');
  }
  (quiet ? process.stderr : process.stdout).write('Bygger Udvej …\n');
  const from = fingerprint();
  markUnbuilt();
  const steps = [
    [compiler, '-p', path.join(root, 'tsconfig.build.json')],
    [path.join(root, 'scripts', 'copy-assets.mjs'), from],
  ];
  for (const step of steps) {
    const { status } = spawnSync(process.execPath, step, { cwd: root, stdio: ['ignore', quiet ? 2 : 1, 2] });
    if (status !== 0) refuse('Udvej kunne ikke bygges. Fejlene står ovenfor.');
  }
}

function refuse(why) {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
