import { connect, type Socket } from 'node:net';

/** What a scanner says of a file; whoever cannot be asked has not said that it is clean. */
export type ScanResult = 'clean' | 'infected' | 'unavailable';
export type Scanner = (bytes: Buffer) => Promise<ScanResult>;

/** Where clamd listens: a socket of this machine, or a port of it. */
export type ClamdPlace = { readonly path: string } | { readonly host: string; readonly port: number };

/** What goes over the line at once; clamd takes more. */
const PIECE = 256 * 1024;
const PATIENCE_MS = 60_000;

/** Asks clamd by its INSTREAM command. Only its plain yes is one: an error, a cut answer, silence or a limit of its own is `unavailable`. */
export const clamd = (place: ClamdPlace, patience = PATIENCE_MS): Scanner => (bytes) =>
  new Promise((resolve) => {
    const socket = connect(place);
    let answer = '';
    const end = (result: ScanResult): void => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(patience, () => end('unavailable'));
    socket.on('error', () => end(verdict(answer)));
    socket.on('close', () => end(verdict(answer)));
    socket.on('data', (data: Buffer) => {
      answer += data.toString('latin1');
      if (answer.length > 4096 || answer.includes('\0')) end(verdict(answer));
    });
    socket.on('connect', () => {
      send(socket, bytes).catch(() => end('unavailable'));
    });
  });

const verdict = (answer: string): ScanResult => (answer === 'stream: OK\0' ? 'clean' : /^stream: .+ FOUND\0$/.test(answer) ? 'infected' : 'unavailable');

async function send(socket: Socket, bytes: Buffer): Promise<void> {
  await written(socket, Buffer.from('zINSTREAM\0', 'latin1'));
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE);
    await written(socket, lengthOf(piece));
    await written(socket, piece);
  }
  await written(socket, Buffer.alloc(4));
}

const lengthOf = ({ length }: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  return head;
};

const written = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
