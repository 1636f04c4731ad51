// The second half of the build: brings what the compiler does not make (SQL, styles, scripts of the pages, templates) into dist, removes
// what has no source any more — a migration that lingered would be run — and marks the build as whole.
// An argument is the fingerprint of what the compiler was given; without it, of what lies there now.
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { built, filesUnder, fingerprint, markBuilt, source } from './build-stamp.mjs';

const isCompiled = (file) => /\.tsx?$/.test(file);

mkdirSync(built, { recursive: true });
const assets = filesUnder(source).filter((file) => !isCompiled(file));
for (const file of assets) cpSync(path.join(source, file), path.join(built, file));

const hasSource = (file) => {
  const stem = path.join(source, file.replace(/\.js(\.map)?$/, ''));
  return (
    existsSync(path.join(source, file)) ||
    (stem !== path.join(source, file) && (existsSync(`${stem}.ts`) || existsSync(`${stem}.tsx`)))
  );
};
for (const file of filesUnder(built)) if (!hasSource(file)) rmSync(path.join(built, file));

markBuilt(process.argv[2] ?? fingerprint());
