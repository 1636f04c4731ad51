import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { epochMilliseconds, type Instant } from '../domain/kernel/time.js';
import { lettersNotSet, settable, spelledOut } from './letters.js';

/** A template of this folder; its `.typ` file says what it is made from. */
export type Template = 'consent' | 'agreement' | 'decision' | 'interruption' | 'discharge' | 'bundle';

/** What every template is given, beside its own: the frame reads these. */
export interface DocumentData {
  /** 'UV-7K3M-9QX-2': all that the file's name and its title tell (security.md, HTTP). */
  readonly number: string;
  readonly language: 'da' | 'en';
  readonly heading: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly notice?: string;
}

export interface Rendering {
  /** Archivable (the one handed out), or the standard for accessible PDF: the compiler keeps one at a time. */
  readonly standard?: 'a-2a' | 'ua-1';
  /** When it arose. Written into the file, so that the same data gives the same bytes. */
  readonly at: Instant;
}
export type Rendered = { readonly bytes: Uint8Array } | { readonly unavailable: string };

/** The part of the compiler's native binding that is used here; it ships without types. */
interface Compiler {
  readonly pdf: (
    document: { readonly mainFilePath: string; readonly inputs: Readonly<Record<string, string>> },
    options: { readonly pdfStandard: string; readonly creationTimestamp: number },
  ) => Uint8Array;
  readonly evictCache: (maxAge: number) => void;
}
interface Binding {
  readonly NodeCompiler: {
    readonly create: (options: { readonly workspace: string; readonly fontArgs: readonly { readonly fontPaths: readonly string[] }[] }) => Compiler;
  };
}

const ELSEWHERE = 'Dokumenter kan ikke laves på denne maskine. Det kræver Linux på en x64-maskine. Resten af Udvej virker som sædvanligt.';

const require = createRequire(import.meta.url);
const templates = fileURLToPath(new URL('./', import.meta.url));

const BINDINGS = ['gnu', 'musl'].map((libc) => `@myriaddreamin/typst-ts-node-compiler-linux-x64-${libc}`);

/** The native binding for this machine: only the one that fits is installed, and only it can be loaded. */
function loadBinding(): Binding | undefined {
  for (const name of BINDINGS) {
    try {
      return require(name) as Binding;
    } catch {
      // Made for another machine, or not installed on this one.
    }
  }
  return undefined;
}

/** Folders of the fonts the frame names; a package that is not installed is left out, and its signs are spelled out. */
const fontFolders = (): readonly string[] =>
  Object.entries({
    '@expo-google-fonts/ibm-plex-sans': ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold'],
    '@expo-google-fonts/noto-emoji': ['400Regular'],
  }).flatMap(([name, weights]) => {
    try {
      const folder = path.dirname(require.resolve(`${name}/package.json`));
      return weights.map((weight) => path.join(folder, weight));
    } catch {
      return [];
    }
  });

let compiler: Compiler | 'none' | undefined;
const theCompiler = (): Compiler | 'none' => {
  compiler ??= loadBinding()?.NodeCompiler.create({ workspace: templates, fontArgs: [{ fontPaths: fontFolders() }] }) ?? 'none';
  return compiler;
};

/** Why no document can be made on this machine, in Danish; undefined where they can. */
export const documentsUnavailable = (): string | undefined => (theCompiler() === 'none' ? ELSEWHERE : undefined);

/** Signs no font has are found one try at a time; more tries than this means something else is wrong. */
const TRIES = 4;

/**
 * Makes a tagged PDF of a template and its data. All text goes in as data; a sign that no font has stands as its code point, '[U+6F22]'.
 * The compiler's memory of the document is emptied afterwards.
 * @throws Error when the template itself is at fault; it says nothing of the data.
 */
export function renderDocument(template: Template, data: DocumentData, { standard = 'a-2a', at }: Rendering): Rendered {
  const typst = theCompiler();
  if (typst === 'none') return { unavailable: ELSEWHERE };
  const mainFilePath = path.join(templates, `${template}.typ`);
  const options = { pdfStandard: standard, creationTimestamp: Math.floor(epochMilliseconds(at) / 1000) };
  const missing = new Set<string>();
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const text = JSON.stringify(data, (_key, value: unknown) => (typeof value === 'string' ? spelledOut(settable(value), missing) : value));
      try {
        return { bytes: typst.pdf({ mainFilePath, inputs: { data: text } }, options) };
      } catch (error) {
        const found = lettersNotSet(error).filter((letter) => !missing.has(letter));
        // What the compiler says quotes the data: it goes no further than here.
        if (found.length === 0) throw new Error(`the template ${template} does not compile as ${standard}`);
        for (const letter of found) missing.add(letter);
      }
    }
    throw new Error(`the template ${template} does not compile as ${standard}`);
  } finally {
    typst.evictCache(0);
  }
}
