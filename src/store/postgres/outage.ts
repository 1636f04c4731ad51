/** The way to the server is gone, or it does not answer on it. */
const NETWORK = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'];
/**
 * SQLSTATEs: connections (08), a server without disk, memory or connections (53), one that is stopping, starting or ended the statement (57), the
 * operating system's errors (58); a table that is held, and a server that only reads.
 */
const STATES = /^(08|53|57|58)|^(55P03|25006)$/;
/** What the driver says without a code. */
const WORDS = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** Whether the database could not be asked just now: nothing is wrong with what was asked, and the same may succeed later. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { readonly code?: unknown };
  if (typeof code !== 'string') return WORDS.test(error.message);
  return NETWORK.includes(code) || (code.length === 5 && STATES.test(code));
}
