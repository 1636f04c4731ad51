import { once } from 'node:events';
import net from 'node:net';

/** A line to a server that breaks before some of the acknowledgements have come through. */
export interface LossyLine {
  readonly port: number;
  /** How many acknowledgements were lost. */
  readonly lost: () => number;
  readonly close: () => void;
}

/**
 * Listens on a port of its own and passes everything on, both ways; but of the server's words that are an acknowledgement, the given share is
 * never delivered, and the line is cut instead.
 */
export async function lossyLine(to: { readonly host: string; readonly port: number }, isAck: (words: Buffer) => boolean, share: number): Promise<LossyLine> {
  let lost = 0;
  const open = new Set<net.Socket>();
  const line = net.createServer((near) => {
    const far = net.connect(to);
    for (const [one, other] of [[near, far], [far, near]] as const) {
      open.add(one);
      one.on('error', () => undefined).on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    near.on('data', (words) => far.write(words));
    far.on('data', (words) => {
      if (isAck(words) && Math.random() < share) {
        lost += 1;
        near.destroy();
        far.destroy();
      } else {
        near.write(words);
      }
    });
  });
  line.listen(0, '127.0.0.1');
  await once(line, 'listening');
  return {
    port: (line.address() as net.AddressInfo).port, lost: () => lost,
    close: () => {
      line.close();
      for (const socket of open) socket.destroy();
    },
  };
}
