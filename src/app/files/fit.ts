import type { FileFormat } from '../../domain/kernel/command.js';
import { readJpeg } from './jpeg.js';
import { readOffice } from './office.js';
import { readPdf } from './pdf.js';
import { readPng } from './png.js';
import { readPlainText } from './plain-text.js';
import { type Fit, hasOtherFileInside, MIXED, startsWith } from './signs.js';

const OTHER = 'Filen er ikke af en type, der kan gemmes. Brug PDF, PNG, JPEG, ren tekst, Word (docx), Excel (xlsx) eller OpenDocument (odt).';

const READERS: readonly { readonly start: string; readonly format?: FileFormat; readonly read: (file: Buffer) => Fit | Promise<Fit> }[] = [
  { start: '%PDF-', format: 'pdf', read: readPdf },
  { start: '\x89PNG\r\n\x1a\n', format: 'png', read: readPng },
  { start: '\xff\xd8\xff', format: 'jpg', read: readJpeg },
  { start: 'PK\x03\x04', read: readOffice },
];

/**
 * What a file is by what is in it, never by its name; and the file as it may be kept: pictures without what a camera writes about where and when.
 * Everything that is not wholly one of the kinds allowed is refused: what programs read as two kinds is how one file is checked and another opened (ASVS 5.2.2).
 */
export async function fitFile(file: Buffer): Promise<Fit> {
  if (file.length === 0) return { refused: 'Filen er tom. Vælg en anden.' };
  const reader = READERS.find(({ start }) => startsWith(file, start));
  if (!reader) return readPlainText(file) ?? { refused: OTHER };
  const fit = await reader.read(file);
  return 'bytes' in fit && reader.format !== undefined && hasOtherFileInside(fit.bytes, reader.format) ? { refused: MIXED } : fit;
}
