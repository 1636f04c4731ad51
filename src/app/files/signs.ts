import type { FileFormat } from '../../domain/kernel/command.js';

/** A file that may be kept, as it is kept; or what is wrong with it, in Danish. */
export type Fit = { readonly format: FileFormat; readonly bytes: Buffer } | { readonly refused: string };

export const BROKEN = 'Filen kan ikke læses. Den er måske beskadiget. Åbn den, gem den på ny, og prøv igen.';
export const MIXED = 'Filen er sat sammen af flere slags filer og kan ikke gemmes. Åbn den, gem den på ny som PDF, og prøv igen.';

/** Whether bytes begin so; each sign is one byte. */
export const startsWith = (bytes: Buffer, start: string): boolean => bytes.subarray(0, start.length).equals(Buffer.from(start, 'latin1'));

/** The end of a zip may have a comment of this length behind it. */
const ZIP_TAIL = 65_557;
/** Programs look for the beginning of a PDF, and browsers for markup, within the first kilobyte. */
const HEAD = 1024;
const MARKUP = /<(?:!doctype|html|svg|script|iframe|body|head|\?xml|\?php)/i;

/** Whether a program that is lenient about where a file begins and ends could take this one for another. */
export function hasOtherFileInside(bytes: Buffer, format: FileFormat): boolean {
  const head = bytes.subarray(0, HEAD).toString('latin1');
  const tail = bytes.subarray(-ZIP_TAIL);
  return tail.includes('PK\x05\x06', 0, 'latin1') || tail.includes('PK\x06\x07', 0, 'latin1')
    || head.includes('%PDF-', format === 'pdf' ? 1 : 0) || (format !== 'pdf' && MARKUP.test(head));
}

/** What programs, archives and other containers begin with. */
const NEVER_INSIDE = ['PK\x03\x04', 'PK\x05\x06', 'Rar!', '7z\xbc\xaf\x27\x1c', '\x1f\x8b', 'BZh', '\xfd7zXZ', '\x28\xb5\x2f\xfd', 'MZ', '\x7fELF', '\xd0\xcf\x11\xe0', '\xca\xfe\xba\xbe', '#!', '!<arch>', '%PDF-'];
export const isContainerOrProgram = (bytes: Buffer): boolean => NEVER_INSIDE.some((start) => startsWith(bytes, start));

/** Markup that a browser would run, wherever it stands in a text. */
export const hasMarkup = (text: string): boolean => MARKUP.test(text);
