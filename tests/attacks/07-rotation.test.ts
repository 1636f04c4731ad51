import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCase } from '../../src/app/open-case.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { rewrapAll } from '../../src/store/vault/rewrap.js';
import { transitKeyService } from '../../src/store/vault/transit.js';
import { Vault } from '../../src/store/vault/vault.js';
import { takenCase, type TestHouse, testHouse } from '../support/house.js';
import { StandInTransit } from '../support/stand-in-transit.js';
import { noLimits } from '../support/wall-house.js';

const KEY = 'udvej-scopes';
let transit: StandInTransit;
let house: TestHouse;
let worker: Pool;
/** The word of each in the key service: none may do what is another's. */
let tokens: { readonly web: string; readonly rotation: string; readonly operator: string };
const serviceFor = (token: string) => transitKeyService({ url: transit.url, token, key: KEY });

beforeAll(async () => {
  transit = await StandInTransit.open();
  transit.key(KEY, 'aes256-gcm96');
  tokens = {
    web: transit.allow(`transit/encrypt/${KEY}`, `transit/decrypt/${KEY}`), rotation: transit.allow(`transit/rewrap/${KEY}`), operator: transit.allow(`transit/keys/${KEY}/rotate`),
  };
  house = await testHouse(noLimits, serviceFor(tokens.web));
  worker = createPool(house.db.urlOfKeys('udvej_worker'), { max: 2, name: 'test worker' });
});
afterAll(async () => {
  await worker.end();
  await house.close();
  await transit.close();
});

/** What somebody does in the key service itself. */
const rotate = async () => {
  const answer = await fetch(`${transit.url}/v1/transit/keys/${KEY}/rotate`, { method: 'POST', headers: { 'x-vault-token': tokens.operator } });
  expect(answer.status).toBe(200);
};

/** A vault that holds no key yet, as another node of the same system. */
const anotherNode = () => ({ ...house, vault: new Vault(house.vaultPool, house.web, serviceFor(tokens.web)) });
const versions = async () => (await house.db.keys<{ v: number }>('select distinct kek_ver as v from keys.scope_key order by 1')).map(({ v }) => v);

describe('Control 7: the root key is changed while the system runs', () => {
  it('wraps every key anew with a word that can open none, and every case reads as before, on every node', async () => {
    const id = await takenCase(house);
    await house.does('police', id, 'journal.add', { text: 'Skrevet før', kind: 'personal' });
    await rotate();
    await house.does('municipal', id, 'journal.add', { text: 'Sover dårligt', kind: 'health' });
    expect(await versions()).toEqual([1, 2]);
    const reading = Promise.all(Array.from({ length: 10 }, () => openCase(anotherNode(), house.tokens.municipal, id, 'overview')));
    const { keys, changed } = await rewrapAll(worker, serviceFor(tokens.rotation));
    expect((await reading).every((one) => one.kind === 'open')).toBe(true);
    expect(await versions()).toEqual([2]);
    expect(keys).toBeGreaterThan(4);
    expect(changed).toBe(keys - 1);
    const opened = await openCase(anotherNode(), house.tokens.municipal, id, 'overview');
    const texts = opened.kind === 'open' ? [...opened.bodies.values()].flat().map(({ content }) => content['text']) : [];
    expect(texts).toEqual(expect.arrayContaining(['Skrevet før', 'Sover dårligt']));
    expect(await rewrapAll(worker, serviceFor(tokens.rotation))).toEqual({ keys, changed: 0 });
    await expect(serviceFor(tokens.rotation).unwrap([{ kekVersion: 2, wrapped: Buffer.alloc(60) }])).rejects.toThrow('it answered 403');
  });

  it('leaves a key alone that somebody else has changed in between', async () => {
    await rotate();
    const [before] = await house.db.keys<{ scope_id: string; wrapped: Buffer }>('select scope_id, wrapped from keys.scope_key order by scope_id limit 1');
    const service = serviceFor(tokens.rotation);
    const { keys, changed } = await rewrapAll(worker, {
      rewrap: async (some) => {
        await house.db.keys('update keys.scope_key set wrapped = $2 where scope_id = $1', [before?.scope_id, Buffer.from('another')]);
        return service.rewrap(some);
      },
    });
    expect(changed).toBe(keys - 1);
    await house.db.keys('update keys.scope_key set wrapped = $2 where scope_id = $1', [before?.scope_id, before?.wrapped]);
  });

  it('says plainly that the key service is away: nothing of a case, and 503 (F8)', async () => {
    const id = await takenCase(house);
    transit.seal();
    await expect(openCase(anotherNode(), house.tokens.police, id, 'overview')).rejects.toMatchObject({ code: 'KEYS_UNAVAILABLE' });
    transit.recover();
    expect((await openCase(anotherNode(), house.tokens.police, id, 'overview')).kind).toBe('open');
  });
});
