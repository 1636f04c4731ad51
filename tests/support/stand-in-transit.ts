import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type KeyType, type Question, Refusal, StandInKey, zQuestion } from './stand-in-transit-key.js';

export interface StandInAnswer {
  readonly status: number;
  /** A text is sent as it is, anything else as JSON. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface StandInQuestion {
  readonly method: string;
  /** After `/v1/`. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

const failure = (status: number, ...errors: readonly string[]): StandInAnswer => ({ status, body: { errors } });
/** What stands around every answer. */
const answered = (data: Readonly<Record<string, unknown>>, status = 200): StandInAnswer => ({
  status,
  body: { request_id: randomBytes(8).toString('hex'), lease_id: '', renewable: false, lease_duration: 0, data, wrap_info: null, warnings: null, auth: null, mount_type: 'transit' },
});

/**
 * A Transit engine on a port of this machine that speaks the documented HTTP API of HashiCorp Vault and OpenBao, as far as Udvej asks, and
 * really encrypts, signs and makes MACs. Everything else is forbidden, as there, until a token is allowed it.
 */
export class StandInTransit {
  /** Everything that was asked, in order, answered or not. */
  readonly asked: StandInQuestion[] = [];
  readonly #server: Server;
  readonly #mount: string;
  readonly #namespace: string | undefined;
  readonly #keys = new Map<string, StandInKey>();
  readonly #rights = new Map<string, ReadonlySet<string>>();
  #sealed = false;
  #sends: 'all' | 'nothing' | 'half' | 'half and hangs up' = 'all';
  #change: (answer: StandInAnswer) => StandInAnswer = (answer) => answer;

  private constructor(mount: string, namespace: string | undefined) {
    this.#mount = mount;
    this.#namespace = namespace;
    this.#server = createServer((request, reply) => void this.#serve(request, reply));
  }

  static async open({ mount = 'transit', namespace }: { readonly mount?: string; readonly namespace?: string } = {}): Promise<StandInTransit> {
    const transit = new StandInTransit(mount, namespace);
    await new Promise<void>((resolve) => transit.#server.listen(0, '127.0.0.1', resolve));
    return transit;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** A new key of one version. */
  key(name: string, type: KeyType): void {
    this.#keys.set(name, new StandInKey(name, type));
  }

  /** A token that may do this and nothing else, said as a policy says it: `transit/encrypt/scopes`, `transit/keys/log/rotate`. */
  allow(...paths: readonly string[]): string {
    const token = `hvs.${randomBytes(24).toString('base64url')}`;
    this.#rights.set(token, new Set(paths));
    return token;
  }

  seal(): void {
    this.#sealed = true;
  }

  /** From now on no answer comes, or half of one, and the line stays open. */
  hang(sends: 'nothing' | 'half' = 'nothing'): void {
    this.#sends = sends;
  }

  /** From now on it hangs up in the middle of every answer. */
  hangUp(): void {
    this.#sends = 'half and hangs up';
  }

  /** From now on every answer is this instead of what it would have been. */
  answerWith(change: (answer: StandInAnswer) => StandInAnswer): void {
    this.#change = change;
  }

  /** Keys and tokens stay; all else is again as it was at first. */
  recover(): void {
    this.#sealed = false;
    this.#sends = 'all';
    this.#change = (answer) => answer;
    this.asked.length = 0;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #serve(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const sent = await text(request);
    const question = { method, path: url.replace(/^\/v1\//, ''), headers, body: sent === '' ? undefined : (JSON.parse(sent) as unknown) };
    this.asked.push(question);
    if (this.#sends === 'nothing') return;
    const { status, body, headers: more } = this.#change(this.#answer(question));
    const words = typeof body === 'string' ? body : JSON.stringify(body);
    reply.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...more });
    if (this.#sends === 'all') reply.end(words);
    else reply.write(words.slice(0, words.length / 2));
    if (this.#sends === 'half and hangs up') reply.destroy();
  }

  #answer({ method, path, headers, body }: StandInQuestion): StandInAnswer {
    if (this.#sealed) return failure(503, 'Vault is sealed');
    const allowed = this.#rights.get(String(headers['x-vault-token']))?.has(path) ?? false;
    if (!allowed || headers['x-vault-namespace'] !== this.#namespace) return failure(403, 'permission denied');
    const [operation = '', name = '', further] = path.startsWith(`${this.#mount}/`) ? path.slice(this.#mount.length + 1).split('/') : [];
    const key = this.#keys.get(name);
    try {
      if (operation === 'keys' && method === 'GET') return key ? answered(key.read()) : failure(404);
      if (method !== 'POST') return failure(405, 'unsupported operation');
      if (!key) return failure(400, operation === 'sign' ? 'signing key not found' : 'encryption key not found');
      if (operation === 'keys' && further === 'rotate') {
        key.rotate();
        return answered(key.read());
      }
      return done(operation, key, zQuestion.parse(body));
    } catch (error) {
      if (error instanceof Refusal) return failure(400, error.message);
      throw error;
    }
  }
}

function done(operation: string, key: StandInKey, question: Question): StandInAnswer {
  switch (operation) {
    // One that fails makes the whole answer a 400, and the others are in it all the same.
    case 'encrypt':
      return batch(question, ({ plaintext }) => key.encrypt(given(plaintext, 'plaintext to encrypt')), 400);
    case 'decrypt':
      return batch(question, ({ ciphertext }) => key.decrypt(given(ciphertext, 'ciphertext to decrypt')), 400);
    // Here it does not.
    case 'rewrap':
      return batch(question, ({ ciphertext }) => key.encrypt(key.decrypt(given(ciphertext, 'ciphertext to decrypt')).plaintext), 200);
    case 'sign':
      return answered(key.sign(question));
    case 'hmac':
      return answered(key.hmac(question));
    default:
      return failure(404, 'unsupported path');
  }
}

const given = (value: string | undefined, what: string): string => {
  if (value === undefined) throw new Refusal(`missing ${what}`);
  return value;
};

type Item = NonNullable<Question['batch_input']>[number];
function batch({ batch_input: items = [] }: Question, one: (item: Item) => object, ifOneFails: number): StandInAnswer {
  if (items.length === 0) throw new Refusal('missing batch input to process');
  let status = 200;
  const results = items.map((item) => {
    try {
      return { ...one(item), reference: '' };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      status = ifOneFails;
      return { error: error.message, reference: '' };
    }
  });
  return answered({ batch_results: results }, status);
}
