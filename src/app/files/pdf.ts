import { BROKEN, type Fit } from './signs.js';

const END = '%%EOF';

/** A PDF begins with its first byte and ends with its last: nothing stands before its header, and nothing but line breaks after its end. */
export function readPdf(file: Buffer): Fit {
  if (!/^%PDF-[12]\.\d/.test(file.subarray(0, 8).toString('latin1'))) return { refused: BROKEN };
  const end = file.lastIndexOf(END, undefined, 'latin1');
  if (end === -1 || !/^[\r\n\t \0]*$/.test(file.subarray(end + END.length).toString('latin1'))) return { refused: BROKEN };
  // What ends in line breaks by the thousand hides something behind them from who looks at the end.
  return file.length - end > 1024 ? { refused: BROKEN } : { format: 'pdf', bytes: file };
}
