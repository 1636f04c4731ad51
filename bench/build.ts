import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { Cleanup } from './cleanup.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Of the project's own settings, what decides the code that comes out; types are another program's business. */
const COMPILER: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.ReactJSX, jsxImportSource: 'preact', verbatimModuleSyntax: true, isolatedModules: true,
};

/**
 * Translates the sources once, as `npm run build` does: the servers measured run the code that runs in life, without a translator beside
 * them in memory and without the wrapping it puts around every function.
 * @returns the address of a source file's translation.
 */
export function build(cleanup: Cleanup): (source: string) => URL {
  const cache = path.join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const out = mkdtempSync(path.join(cache, 'udvej-bench-'));
  cleanup.add(() => rmSync(out, { recursive: true, force: true }));
  writeFileSync(path.join(out, 'package.json'), '{ "type": "module" }');
  for (const folder of ['src', 'bench']) translate(folder, out);
  return (source) => new URL(`file://${path.join(out, source.replace(/\.tsx?$/, '.js'))}`);
}

function translate(folder: string, out: string): void {
  mkdirSync(path.join(out, folder), { recursive: true });
  for (const entry of readdirSync(path.join(ROOT, folder), { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'results') translate(file, out);
    } else if (/\.tsx?$/.test(entry.name)) {
      if (/\.test\.tsx?$/.test(entry.name)) continue;
      const { outputText } = ts.transpileModule(readFileSync(path.join(ROOT, file), 'utf8'), { compilerOptions: COMPILER, fileName: file });
      writeFileSync(path.join(out, file.replace(/\.tsx?$/, '.js')), outputText);
    } else {
      copyFileSync(path.join(ROOT, file), path.join(out, file));
    }
  }
}
