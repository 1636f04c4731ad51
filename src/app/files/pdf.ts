import { BROKEN, type Fit } from './signs.js';

const END = '%%EOF';

/** A PDF begins with its first byte and ends with its last: nothing stands before its header, and nothing but line breaks after its end. */
export function readPdf(file: Buffer): Fit {
  if (!/^%PDF-[12]\.\d/.test(file.subarray(0, 8).toString('latin1'))) return { refused: BROKEN };
  const end = file.lastIndexOf(END, undefined, 'latin1');
  // Readers look for the end in the last kilobyte.
  if (end === -1 || file.length - end > 1024) return { refused: BROKEN };
  return /^[\r\n\t \0]*$/.test(file.toString('latin1', end + END.length)) ? { format: 'pdf', bytes: file } : { refused: BROKEN };
}
