import { createCipheriv, createDecipheriv, createHmac, generateKeyPairSync, type KeyPairKeyObjectResult, randomBytes, sign } from 'node:crypto';
import { z } from 'zod';

export type KeyType = 'aes256-gcm96' | 'ed25519' | 'hmac';

/** What is posted, of any operation. */
export const zQuestion = z.object({
  batch_input: z.array(z.object({ plaintext: z.string().optional(), ciphertext: z.string().optional() })).optional(),
  input: z.base64().optional(),
  key_version: z.int().nonnegative().default(0),
  algorithm: z.string().default('sha2-256'),
});
export type Question = z.infer<typeof zQuestion>;

/** What the service says to the one who asked, in the words of its own. */
export class Refusal extends Error {}

/** A named key of the stand-in with all its versions. What it can do depends on its type; it can make MACs whatever it is. */
export class StandInKey {
  readonly #versions: { readonly secret: Buffer; readonly pair: KeyPairKeyObjectResult; readonly created: string }[] = [];
  readonly name: string;
  readonly type: KeyType;

  constructor(name: string, type: KeyType) {
    this.name = name;
    this.type = type;
    this.rotate();
  }

  rotate(): void {
    this.#versions.push({ secret: randomBytes(32), pair: generateKeyPairSync('ed25519'), created: new Date().toISOString() });
  }

  encrypt(plaintext: string): { readonly ciphertext: string; readonly key_version: number } {
    if (this.type !== 'aes256-gcm96') throw new Refusal(`message encryption not supported for key type ${this.type}`);
    if (!z.base64().safeParse(plaintext).success) throw new Refusal('illegal base64 data at input byte 0');
    const { version, key } = this.#of(0);
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key.secret, iv, { authTagLength: 16 });
    return { ciphertext: marked(version, Buffer.concat([iv, cipher.update(plaintext, 'base64'), cipher.final(), cipher.getAuthTag()])), key_version: version };
  }

  decrypt(ciphertext: string): { readonly plaintext: string } {
    if (this.type !== 'aes256-gcm96') throw new Refusal(`message decryption not supported for key type ${this.type}`);
    const [, version, base64] = /^vault:v([0-9]+):(.*)$/.exec(ciphertext) ?? [];
    if (version === undefined || base64 === undefined) throw new Refusal('invalid ciphertext: no prefix');
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length < 28 || bytes.toString('base64') !== base64) throw new Refusal('invalid ciphertext: could not decode base64');
    const decipher = createDecipheriv('aes-256-gcm', this.#of(Number(version)).key.secret, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(-16));
    try {
      return { plaintext: Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('base64') };
    } catch {
      throw new Refusal('cipher: message authentication failed');
    }
  }

  sign({ input = '', key_version: asked }: Question): { readonly signature: string; readonly key_version: number } {
    if (this.type !== 'ed25519') throw new Refusal(`key type ${this.type} does not support signing`);
    const { version, key } = this.#of(asked);
    return { signature: marked(version, sign(null, Buffer.from(input, 'base64'), key.pair.privateKey)), key_version: version };
  }

  hmac({ input, key_version: asked, algorithm }: Question): { readonly hmac: string } {
    const hash = { 'sha2-256': 'sha256', 'sha2-512': 'sha512' }[algorithm];
    if (hash === undefined) throw new Refusal(`unsupported algorithm "${algorithm}"`);
    if (input === undefined) throw new Refusal('missing input for HMAC');
    const { version, key } = this.#of(asked);
    return { hmac: marked(version, createHmac(hash, key.secret).update(input, 'base64').digest()) };
  }

  read(): Readonly<Record<string, unknown>> {
    const versions = this.#versions.map(({ pair, created }, index) => {
      const raw = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
      const told = { name: this.type, public_key: raw.toString('base64'), creation_time: created };
      return [String(index + 1), this.type === 'ed25519' ? told : Math.floor(Date.parse(created) / 1000)] as const;
    });
    return { name: this.name, type: this.type, latest_version: versions.length, min_decryption_version: 1, min_encryption_version: 0, derived: false, exportable: false, keys: Object.fromEntries(versions) };
  }

  /** The version asked for; of 0 the newest. */
  #of(asked: number) {
    const version = asked === 0 ? this.#versions.length : asked;
    const key = this.#versions[version - 1];
    if (!key) throw new Refusal('invalid ciphertext: version is too new');
    return { version, key };
  }
}

const marked = (version: number, bytes: Buffer): string => `vault:v${version}:${bytes.toString('base64')}`;
