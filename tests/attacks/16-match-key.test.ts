import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchKeys, matchPublicKey } from '../../src/cli/key-services.js';
import { matchKey } from '../../src/cli/match-key.js';
import { readSettings } from '../../src/cli/settings.js';
import { demonstrationCpr } from '../../src/domain/kernel/cpr.js';
import { knownDate } from '../../src/domain/kernel/time.js';
import { openNumber, publicHalf, sealNumber } from '../../src/store/matching/sealed-number.js';
import { type TestHouse, testHouse } from '../support/house.js';
import { StandInTransit } from '../support/stand-in-transit.js';
import { noLimits } from '../support/wall-house.js';

const cprOf = (n: number): string => demonstrationCpr(knownDate('1994-03-07'), 'male', n);
let house: TestHouse;
beforeAll(async () => { house = await testHouse(noLimits); });
afterAll(async () => { await house.close(); });

describe('Control 16: what finds people again is out of reach of the program that answers people', () => {
  const roles = ['udvej_web', 'udvej_command', 'udvej_national'] as const;
  it('lets none of its roles read the schema, and gives it no way to the comparison', async () => {
    const tables = await house.db.superuser<{ name: string }>(`select format('match.%I', relname) as name from pg_class where relnamespace = 'match'::regnamespace and relkind = 'r'`);
    expect(tables.length).toBeGreaterThanOrEqual(4);
    const open = await house.db.superuser<{ name: string }>(
      `select r || ' ' || t as name from unnest($1::text[]) r, unnest($2::text[]) t where has_any_column_privilege(r, t, 'select, insert, update, references') or has_table_privilege(r, t, 'delete, truncate')`,
      [roles, tables.map(({ name }) => name)]);
    expect(open).toEqual([]);
    const functions = await house.db.superuser<{ name: string }>(`
      select r || ' ' || p.proname as name from unnest($1::text[]) r, pg_proc p where p.pronamespace = 'match'::regnamespace and has_function_privilege(r, p.oid, 'execute') and has_schema_privilege(r, 'match', 'usage')`, [roles]);
    // And, by a command of the desk alone, what a unit is to be told of a double: no number, no MAC (034_doubles.sql).
    expect(functions.map(({ name }) => name).sort()).toEqual(['udvej_command submit', 'udvej_command to_tell', 'udvej_command told']);
  });

  it('lets nothing be handed in but by a command that is under way', async () => {
    await expect(house.web.query('select match.submit($1)', [Buffer.alloc(70)])).rejects.toThrow(/permission denied/);
    const client = await house.web.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('app.session', $1, true)`, [house.tokens.police]);
      await client.query('set local role udvej_command');
      await expect(client.query('select match.submit($1)', [Buffer.alloc(70)])).rejects.toThrow(/no command/);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('keeps nothing that opens: what was sealed opens with the worker’s key, for its case, whole', () => {
    const secret = randomBytes(32);
    const id = randomUUID();
    const sealed = sealNumber(publicHalf(secret), id, cprOf(5));
    expect(openNumber(secret, id, sealed)).toBe(cprOf(5));
    expect(sealNumber(publicHalf(secret), id, cprOf(5)).equals(sealed)).toBe(false);
    expect(() => openNumber(randomBytes(32), id, sealed)).toThrow();
    expect(() => openNumber(secret, randomUUID(), sealed)).toThrow();
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => openNumber(secret, id, changed), String(at)).toThrow();
    }
  });

  it('lies, in production, with the key service: the program has the half that closes, the worker’s word alone opens and compares', async () => {
    const transit = await StandInTransit.open();
    try {
      transit.key('udvej-match-seal', 'aes256-gcm96');
      transit.key('udvej-match', 'hmac');
      const worker = transit.allow('transit/encrypt/udvej-match-seal', 'transit/decrypt/udvej-match-seal', 'transit/hmac/udvej-match');
      const web = transit.allow('transit/encrypt/udvej-scopes', 'transit/decrypt/udvej-scopes');
      const lines = (await matchKey({ kms: { url: transit.url, token: worker } })).split('\n').map((line) => line.split(/=(.*)/s));
      const read = readSettings({ ...Object.fromEntries(lines.map(([name = '', value = '']) => [name, value])) }, 'token');
      if ('faults' in read) throw new Error(read.faults.join());
      const { settings } = read;
      const as = (token: string) => ({ ...settings, kms: { url: transit.url, token } });
      const { secret, mac } = await matchKeys(as(worker));
      const id = randomUUID();
      expect(openNumber(secret, id, sealNumber(matchPublicKey(settings), id, cprOf(9)))).toBe(cprOf(9));
      expect(await mac.mac(Buffer.from('a'))).toEqual(await mac.mac(Buffer.from('a')));
      await expect(matchKeys(as(web))).rejects.toThrow();
    } finally {
      await transit.close();
    }
  });
});
