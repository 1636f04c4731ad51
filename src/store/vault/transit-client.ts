import { z } from 'zod';

/** Where a Transit engine (HashiCorp Vault or OpenBao) stands, who asks, and which of its keys is meant. */
export interface TransitOptions {
  /**
   * `https://…`; plain http to this machine only, where an agent may stand. It must answer by itself (the active node, or one that
   * passes the question on): a redirect is refused, for it would take keys and token along.
   */
  readonly url: string;
  readonly token: string;
  /** Where the engine is mounted; `transit` when left out. */
  readonly mount?: string;
  /** The name of the key in the engine. */
  readonly key: string;
  readonly namespace?: string;
  /** Milliseconds until the whole answer must be here; five seconds when left out. */
  readonly timeoutMs?: number;
}

export type Operation = 'encrypt' | 'decrypt' | 'rewrap' | 'sign' | 'hmac' | 'keys';

/**
 * The key service gave no answer that can be used. Says what was asked for and how it went, never what was sent or came back, and has no
 * cause: the errors below it quote the header with the token, or the answer with the keys.
 */
export class KeyServiceFailed extends Error {
  /** Unavailable: ask again later. Refused: the token, the key's name or what was sent. Senseless: not an answer of such a service. */
  readonly code: 'KEYS_UNAVAILABLE' | 'KEYS_REFUSED' | 'KEYS_SENSELESS';

  constructor(code: KeyServiceFailed['code'], operation: Operation, how: string) {
    super(`the key service, asked for ${operation}: ${how}`);
    this.code = code;
  }
}

/** Asks once for one operation with the key; a body is posted, and without one it is read. @throws KeyServiceFailed */
export type Ask = <T>(operation: Operation, answer: z.ZodType<T>, body?: Readonly<Record<string, unknown>>) => Promise<T>;

const PATIENCE_MS = 5_000;
/** The engine's own rule for names. It also keeps a name from pointing at another path. */
const NAME = /^\w(?:[\w.-]*\w)?$/;
const HEADER = /^[\x21-\x7e]+$/;
const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** The answer of a service in its envelope. */
export const zAnswer = <T extends z.ZodType>(data: T) => z.object({ data });

/** @throws when the options are not such as can be asked with; the token is never quoted. */
export function askTransit({ url, token, mount = 'transit', key, namespace, timeoutMs = PATIENCE_MS }: TransitOptions): Ask {
  if (!NAME.test(key)) throw new Error('the name of the key in the key service cannot be one');
  if (!mount.split('/').every((part) => NAME.test(part))) throw new Error('the place where the key service is mounted cannot be one');
  if (!HEADER.test(token)) throw new Error('the token of the key service is empty or has signs in it that no token has');
  if (namespace !== undefined && !HEADER.test(namespace)) throw new Error('the namespace of the key service cannot be one');
  const at = `${baseOf(url)}/v1/${mount}`;
  const headers = {
    'content-type': 'application/json', 'x-vault-token': token, 'x-vault-request': 'true',
    ...(namespace === undefined ? {} : { 'x-vault-namespace': namespace }),
  };

  return async (operation, answer, body) => {
    const { status, text } = await exchange(operation, `${at}/${operation}/${key}`, timeoutMs, {
      headers, ...(body === undefined ? { method: 'GET' } : { method: 'POST', body: JSON.stringify(body) }),
    });
    if (status === 429 || status >= 500) throw new KeyServiceFailed('KEYS_UNAVAILABLE', operation, `it answered ${status}`);
    if (status >= 400) throw new KeyServiceFailed('KEYS_REFUSED', operation, `it answered ${status}`);
    const read = answer.safeParse(status === 200 ? parsed(text) : undefined);
    if (!read.success) throw new KeyServiceFailed('KEYS_SENSELESS', operation, `its answer (${status}) is not one to that question`);
    return read.data;
  };
}

function baseOf(url: string): string {
  if (!URL.canParse(url)) throw new Error('the address of the key service is not an address');
  const { protocol, hostname, host, pathname, username, password, search, hash } = new URL(url);
  if (username !== '' || password !== '' || search !== '' || hash !== '')
    throw new Error('the address of the key service has more in it than a host and a path');
  if (protocol !== 'https:' && !(protocol === 'http:' && LOOPBACK.includes(hostname)))
    throw new Error(`the key service must be asked over https; plain http only on this machine: ${host}`);
  return `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
}

/** The whole answer must be here in time: it can stop in the middle, too. */
async function exchange(
  operation: Operation, address: string, timeoutMs: number, init: RequestInit,
): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const answer = await fetch(address, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    return { status: answer.status, text: await answer.text() };
  } catch (error) {
    throw new KeyServiceFailed('KEYS_UNAVAILABLE', operation, failureOf(error, timeoutMs));
  }
}

/** The system's short word for it (`ECONNREFUSED`), and nothing else of the error: its texts quote what was sent. */
function failureOf(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer in ${timeoutMs} ms`;
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? `no answer (${code})` : 'no answer';
}

/** An error of JSON.parse quotes the text it was given. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
