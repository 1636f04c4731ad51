import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../', import.meta.url));
export const source = path.join(root, 'src');
export const built = path.join(root, 'dist');

const stamp = path.join(built, '.built-from');
const recipe = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts/copy-assets.mjs'];

/** Paths of all files under a folder, relative to it, in a fixed order. */
export const filesUnder = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();

/** Tests are not built. */
export const isTest = (file) => /\.test\.tsx?$/.test(file);

/** What a build is made from, in one word. By content: dates change when files are copied or checked out. */
export function fingerprint() {
  const hash = createHash('sha256');
  const sources = filesUnder(source)
    .filter((file) => !isTest(file))
    .map((file) => path.join('src', file));
  for (const file of [...recipe, ...sources])
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

/** Whether dist is a whole build of what src holds now; a program shipped without its sources always is. */
export const isFresh = () => existsSync(stamp) && (!existsSync(source) || readFileSync(stamp, 'utf8') === fingerprint());

/** Taken away first and written last: a build cut short has none. */
export const markUnbuilt = () => rmSync(stamp, { force: true });
export const markBuilt = (from) => writeFileSync(stamp, from);
