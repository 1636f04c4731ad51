import { createServer, type Server } from 'node:net';
import type { ClamdPlace } from '../../src/store/scanning/clamd.js';

/** The text that every scanner takes for a malicious program, so that scanners can be tried; put together here, so that none takes this file for one. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE', '!$H+H*'].join('');

export interface StandInClamd {
  readonly place: ClamdPlace;
  /** Everything it was given to look through. */
  readonly seen: readonly Buffer[];
  /** What it answers from now on instead of the truth; undefined: the truth. */
  answer: string | undefined;
  readonly close: () => Promise<void>;
}

/** clamd's INSTREAM command on a port of this machine: pieces with their lengths before them, an empty one last. */
export async function standInClamd(): Promise<StandInClamd> {
  const seen: Buffer[] = [];
  const server: Server = createServer((socket) => {
    const given: Buffer[] = [];
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => {
      given.push(data);
      // An empty piece comes last: nothing is put together before it may have come.
      const bytes = data.subarray(-4).equals(Buffer.alloc(Math.min(4, data.length))) ? whole(Buffer.concat(given)) : undefined;
      if (bytes === undefined) return;
      seen.push(bytes);
      socket.end(stand.answer ?? (bytes.includes(EICAR) ? 'stream: Win.Test.EICAR_HDB-1 FOUND\0' : 'stream: OK\0'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const stand = {
    place: { host: '127.0.0.1', port: typeof address === 'object' && address !== null ? address.port : 0 }, seen, answer: undefined as string | undefined,
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
  return stand;
}

const COMMAND = 'zINSTREAM\0';

/** The bytes, when all of them and the empty piece have come. */
function whole(given: Buffer): Buffer | undefined {
  if (!given.subarray(0, COMMAND.length).equals(Buffer.from(COMMAND))) return undefined;
  const pieces: Buffer[] = [];
  for (let at = COMMAND.length; at + 4 <= given.length; ) {
    const length = given.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(given.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}
