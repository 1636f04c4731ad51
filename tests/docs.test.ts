import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? filesUnder(file) : [file];
  });
const framework = readFileSync(path.join(root, 'docs/framework.md'), 'utf8');

describe('docs/framework.md', () => {
  it('names every rule that the code names', () => {
    const named = new Set(filesUnder(path.join(root, 'src')).filter((file) => /\.(tsx?|sql|typ)$/.test(file)).flatMap((file) => readFileSync(file, 'utf8').match(/\bFM-[A-Z]+-\d+\b/g) ?? []));
    expect([...named].filter((rule) => !framework.includes(`**${rule}**`))).toEqual([]);
  });

  it('points only at files that are there', () => {
    const pointed = [...framework.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map((match) => match[1] ?? '');
    expect(pointed.length).toBeGreaterThan(50);
    expect(pointed.filter((file) => !statSync(path.join(root, file), { throwIfNoEntry: false }))).toEqual([]);
  });
});
