import { BROKEN, type Fit, hasOtherFileInside, MIXED, startsWith } from './signs.js';

const [SOI, EOI, SOS, APP0, APP1, APP14] = [0xd8, 0xd9, 0xda, 0xe0, 0xe1, 0xee];
/** Tables and frames: what a picture is made of. DHT 0xc4, DAC 0xcc, DQT 0xdb, DRI 0xdd stand among the frames' numbers and after them. */
const isOfThePicture = (marker: number): boolean => (marker >= 0xc0 && marker <= 0xcf) || marker === 0xdb || marker === 0xdd || marker === 0xdc;
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const MOST_PIXELS = 120_000_000;

/** The head that says how the picture is to be read, without the small picture and the rest that may stand in it. */
const JFIF = Buffer.from('ffe000104a46494600010100000100010000', 'hex');
/** Adobe's segment says how colours are meant; it holds nothing else. */
const isAdobe = (segment: Buffer): boolean => segment.length === 16 && segment.toString('latin1', 4, 9) === 'Adobe';

/**
 * A JPEG read segment by segment: kept is what the picture is made of and which way up it is; Exif with place and time, comments, small
 * pictures, and whatever stands behind the picture's end are left out.
 */
export function readJpeg(file: Buffer): Fit {
  const kept: Buffer[] = [Buffer.from([0xff, SOI])];
  let at = 2;
  let framed = false;
  while (at + 4 <= file.length || (at + 2 === file.length && file[at + 1] === EOI)) {
    if (file[at] !== 0xff) return { refused: BROKEN };
    const marker = file[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) return ended(file, at + 2, kept, framed);
    const end = at + 2 + file.readUInt16BE(at + 2);
    if (end > file.length || end < at + 4) return { refused: BROKEN };
    const segment = file.subarray(at, end);
    if (isFrame(marker) && segment.length >= 9 && segment.readUInt16BE(5) * segment.readUInt16BE(7) > MOST_PIXELS) return { refused: BROKEN };
    framed ||= isFrame(marker);
    if (marker === SOS) {
      const scan = endOfScan(file, end);
      kept.push(file.subarray(at, scan));
      at = scan;
      continue;
    }
    if (marker === APP0 && startsWith(segment.subarray(4), 'JFIF\0')) kept.push(JFIF);
    else if (marker === APP1) kept.push(...turned(segment));
    else if (isOfThePicture(marker) || (marker === APP14 && isAdobe(segment))) kept.push(segment);
    else if (!(marker >= APP0 && marker <= 0xef) && marker !== 0xfe) return { refused: BROKEN };
    at = end;
  }
  return { refused: BROKEN };
}

/** Cameras put a second picture or a film behind the first: that is left out. A zip there is somebody's doing. */
const ended = (file: Buffer, at: number, kept: readonly Buffer[], framed: boolean): Fit => {
  if (!framed) return { refused: BROKEN };
  if (at < file.length && hasOtherFileInside(file.subarray(at), 'jpg')) return { refused: MIXED };
  return { format: 'jpg', bytes: Buffer.concat([...kept, Buffer.from([0xff, EOI])]) };
};

/** Where the picture's own bytes end: at the next marker that is neither a restart nor a byte 0xff of the picture. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at !== -1; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return file.length;
}

const ORIENTATION = 0x0112;

/** Of all that Exif says, which way up the picture is, in a segment of our own; nothing where it is upright or unsaid. */
function turned(segment: Buffer): readonly Buffer[] {
  const tiff = segment.subarray(10);
  if (!startsWith(segment.subarray(4), 'Exif\0\0') || tiff.length < 8) return [];
  const little = startsWith(tiff, 'II');
  const u16 = (at: number): number => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  const count = Math.min(u16(first), 200);
  for (let at = first + 2, n = 0; n < count; at += 12, n += 1) {
    if (u16(at) === ORIENTATION) return u16(at + 8) >= 2 && u16(at + 8) <= 8 ? [orientation(u16(at + 8))] : [];
  }
  return [];
}

const orientation = (value: number): Buffer => {
  const exif = Buffer.from('ffe10022457869660000' + '4d4d002a00000008' + '0001' + '0112000300000001' + '00000000' + '00000000', 'hex');
  exif.writeUInt16BE(value, 28);
  return exif;
};
