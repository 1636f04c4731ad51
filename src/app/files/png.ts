import { crc32 } from 'node:zlib';
import { BROKEN, type Fit } from './signs.js';

const SIGNATURE = 8;
/** Length, type and check around a chunk's data. */
const AROUND = 12;
/** What the picture is made of; texts, dates, Exif and whatever else stands in a file are left out. */
const KEPT = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'pHYs', 'sBIT', 'bKGD', 'IDAT', 'IEND']);
/** More than any scanner makes; a picture of more is made to exhaust who opens it. */
const MOST_PIXELS = 120_000_000;

/** A PNG read chunk by chunk, each with its check: kept is what the picture is made of, and nothing about who took it where. */
export function readPng(file: Buffer): Fit {
  const kept: Buffer[] = [file.subarray(0, SIGNATURE)];
  let at = SIGNATURE;
  for (let n = 0; at + AROUND <= file.length; n += 1) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const end = at + AROUND + length;
    if (end > file.length || !/^[a-zA-Z]{4}$/.test(type) || (n === 0) !== (type === 'IHDR')) return { refused: BROKEN };
    const chunk = file.subarray(at, end);
    if (crc32(chunk.subarray(4, -4)) !== chunk.readUInt32BE(chunk.length - 4)) return { refused: BROKEN };
    if (type === 'IHDR' && (length !== 13 || chunk.readUInt32BE(8) * chunk.readUInt32BE(12) > MOST_PIXELS)) return { refused: BROKEN };
    if (KEPT.has(type)) kept.push(chunk);
    // A critical chunk that nobody knows: the picture could not be shown without it.
    else if (/^[A-Z]/.test(type)) return { refused: BROKEN };
    at = end;
    if (type === 'IEND') return at === file.length && length === 0 ? { format: 'png', bytes: Buffer.concat(kept) } : { refused: BROKEN };
  }
  return { refused: BROKEN };
}
