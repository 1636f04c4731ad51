import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { Signer } from '../../src/store/vault/kms.js';
import type { MacService } from '../../src/store/vault/kms.js';
import { type MacOptions, type TransitKeyService, transitKeyService, transitMac, transitSigner } from '../../src/store/vault/transit.js';
import { KeyServiceFailed, type TransitOptions } from '../../src/store/vault/transit-client.js';
import { StandInTransit } from './stand-in-transit.js';

/** What an error says wherever one may look: its text, its trace, its causes, and everything that hangs on it. */
export const said = (error: unknown): string => inspect(error, { depth: Infinity, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity });

/** The ways in which bytes may stand in a text; a part of them is enough. */
export const writings = (secret: Buffer): readonly string[] => [
  secret.toString('base64'), secret.toString('base64url'), secret.toString('hex'), secret.toString('base64').slice(4, 20),
];

/** A token that nobody was given. */
export const MADE_UP = 'a-made-up-token';

/** A stand-in with the keys that Udvej has there, and the tokens of the program that answers people, of the worker, and of a rotation. */
export class TransitHouse {
  readonly transit: StandInTransit;
  readonly tokens: { readonly web: string; readonly worker: string; readonly rotation: string };

  private constructor(transit: StandInTransit) {
    this.transit = transit;
    // Their real rights, and some on what is not there or cannot do it: a refusal must not always be that of the rights.
    this.tokens = {
      web: transit.allow('transit/encrypt/scopes', 'transit/decrypt/scopes', 'transit/encrypt/misspelled', 'transit/decrypt/log'),
      worker: transit.allow(
        'transit/sign/log', 'transit/keys/log', 'transit/hmac/match', 'transit/keys/scopes', ...['sign', 'keys', 'hmac'].map((operation) => `transit/${operation}/misspelled`),
      ),
      rotation: transit.allow('transit/rewrap/scopes', ...['scopes', 'log', 'match'].map((key) => `transit/keys/${key}/rotate`)),
    };
  }

  static async open(): Promise<TransitHouse> {
    const house = new TransitHouse(await StandInTransit.open());
    house.startAnew();
    return house;
  }

  /** New keys of one version, and nothing that a test has done is left. */
  startAnew(): void {
    this.transit.key('scopes', 'aes256-gcm96');
    this.transit.key('others', 'aes256-gcm96');
    this.transit.key('log', 'ed25519');
    this.transit.key('match', 'hmac');
    this.transit.recover();
  }

  keys(given: Partial<TransitOptions> = {}): TransitKeyService {
    return transitKeyService({ url: this.transit.url, token: this.tokens.web, key: 'scopes', ...given });
  }

  rotation(): TransitKeyService {
    return this.keys({ token: this.tokens.rotation });
  }

  signer(given: Partial<TransitOptions> = {}): Signer {
    return transitSigner({ url: this.transit.url, token: this.tokens.worker, key: 'log', ...given });
  }

  mac(given: Partial<MacOptions> = {}): MacService {
    return transitMac({ url: this.transit.url, token: this.tokens.worker, key: 'match', purpose: 'match', ...given });
  }

  /** Done by those who run the key service, not by Udvej. */
  async rotate(key: 'scopes' | 'log' | 'match'): Promise<void> {
    const answer = await fetch(`${this.transit.url}/v1/transit/keys/${key}/rotate`, { method: 'POST', headers: { 'x-vault-token': this.tokens.rotation } });
    expect(answer.status).toBe(200);
  }

  /** The failure of a question; it says how it went, and neither a token nor any of these secrets. */
  async failureOf(question: Promise<unknown>, secrets: readonly Buffer[] = []): Promise<KeyServiceFailed> {
    const error: unknown = await question.then(() => 'answered', (reason: unknown) => reason);
    expect(error).toBeInstanceOf(KeyServiceFailed);
    const all = said(error);
    for (const secret of [...Object.values(this.tokens), MADE_UP, ...secrets.flatMap(writings)]) expect(all).not.toContain(secret);
    expect((error as KeyServiceFailed).cause).toBeUndefined();
    return error as KeyServiceFailed;
  }
}
