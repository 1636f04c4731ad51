import net from 'node:net';
import { StartRefused } from '../store/postgres/embedded-error.js';

interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Tries the address and lets it go again, so that a start which cannot succeed says so before anything is built.
 * @throws StartRefused naming the setting.
 */
export async function refuseTakenAddress(address: Address): Promise<void> {
  const probe = net.createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error) => reject(addressFault(error, address)));
    probe.listen(address, () => probe.close(() => resolve()));
  });
}

/** What an error of listening means, as something to do; any other error unchanged. */
export function addressFault(error: Error, { host, port }: Address): Error {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new StartRefused(
        `Porten ${port} på ${host} er optaget af et andet program. Sæt PORT til en ledig port, f.eks. PORT=${port === 65_535 ? 3000 : port + 1}.`,
        { cause: error },
      );
    case 'EACCES':
      return new StartRefused(`Udvej må ikke bruge porten ${port}. Sæt PORT til et tal over 1023.`, { cause: error });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartRefused(`Maskinen har ikke adressen ${host}. Sæt HOST til en, den har, f.eks. 127.0.0.1.`, {
        cause: error,
      });
    default:
      return error;
  }
}
