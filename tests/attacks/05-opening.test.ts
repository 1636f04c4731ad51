import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readsScope } from '../../src/domain/access/scopes.js';
import type { ScopeKind } from '../../src/domain/kernel/command.js';
import { createPool } from '../../src/store/postgres/pools.js';
import type { Ticket } from '../../src/store/vault/vault.js';
import type { TestHouse } from '../support/house.js';
import { people } from '../support/people.js';
import { kindsSql, twoCases, type TwoCases } from '../support/wall-house.js';
import { gaveNothing, type Prompt } from '../support/wall-sql.js';

let cases: TwoCases;
let house: TestHouse;
let web: Prompt;
let vault: Prompt;
let mine: string;
let others: string;
beforeAll(async () => {
  cases = await twoCases();
  ({ house, web, vault, mine, others } = cases);
});
afterAll(() => cases.close());

describe('Control 5: an opening', () => {
  it('cannot be forged: not written, not carried by a setting', async () => {
    for (const role of [undefined, 'udvej_command', 'udvej_national']) {
      const options = role === undefined ? {} : { role };
      for (const sql of [
        `insert into sec.opening values (pg_current_xact_id(), '${mine}', '{}')`, `insert into sec.commanding_case values (pg_current_xact_id(), '${mine}')`,
        `update sec.opening set xact = pg_current_xact_id()`, `update sec.commanding_case set xact = pg_current_xact_id()`,
      ]) expect(await web.tries(house.tokens.odense, sql, options)).toEqual({ rows: [], refused: '42501' });
      const set = [`set local app.opened_case = '${mine}'`, `select set_config('app.user', '${people.police.user}', true)`];
      for (const table of ['case_event', 'case_body', 'scope']) {
        expect(gaveNothing(await web.tries(house.tokens.odense, [...set, `select * from app.${table}`], options))).toBe(true);
      }
    }
  });

  it('ends with its transaction, and with the savepoint it was made in', async () => {
    const open = `select * from sec.open_case('${mine}', 'overview', ${kindsSql}, 20)`;
    const look = 'select * from app.case_event';
    expect((await web.tries(house.tokens.police, [open, look])).rows.length).toBeGreaterThan(2);
    expect(await web.tries(house.tokens.police, look)).toEqual({ rows: [] });
    expect(await web.tries(house.tokens.police, ['savepoint s', open, 'rollback to s', look])).toEqual({ rows: [] });
  });

  it('shows of its note only this transaction’s own', async () => {
    for (const [note, begin, role] of [['sec.opening', `select * from sec.open_case('${mine}', 'overview', ${kindsSql}, 20)`, 'udvej_web'], ['sec.commanding_case', `select * from sec.begin_command('${mine}', 'journal.add', 0, null, null)`, 'udvej_command']] as const) {
      for (let n = 0; n < 2; n += 1) await web.tries(house.tokens.police, begin);
      expect((await house.db.superuser(`select 1 from ${note}`)).length).toBeGreaterThan(1);
      const { rows } = await web.tries(house.tokens.police, [begin, `set local role ${role}`, `select case_id from ${note}`]);
      expect(rows).toEqual([{ case_id: mine }]);
      expect((await web.tries(house.tokens.police, `select case_id from ${note}`, { role })).rows).toEqual([]);
    }
  });

  it('is of one case: a second one in the same transaction is refused', async () => {
    await house.does('police', mine, 'circle.add', { user: people.policeFyn.user, role: 'contact', reason: 'Kender ham' });
    expect((await web.tries(house.tokens.policeFyn, [`select * from sec.open_case('${mine}', 'x', ${kindsSql}, 20)`, `select * from sec.open_case('${others}', 'x', ${kindsSql}, 20)`])).refused).toBe('23505');
    expect((await web.tries(house.tokens.policeFyn, [`select * from sec.begin_command('${mine}', 'journal.add', 0, null, null)`, `select * from sec.begin_command('${others}', 'journal.add', 0, null, null)`])).refused).toBe('23505');
  });

  it('left over from another life of the database opens nothing: numbers of transactions start anew after a restore', async () => {
    // A dump restored into a new server brings rows whose numbers are still to come there.
    const [next] = await house.db.superuser<{ xact: string }>('select pg_current_xact_id()::text as xact');
    const coming = Array.from({ length: 60 }, (_, n) => String(Number(next?.xact) + 1 + n));
    await house.db.superuser(`insert into sec.opening select x::xid8, $2, (select array_agg(id) from app.scope where case_id = $2) from unnest($1::text[]) as x on conflict do nothing`, [coming, mine]);
    try {
      // A line in the log takes a number; afterwards the transaction looks around.
      for (let n = 0; n < 5; n += 1) expect(await web.tries(house.tokens.odense, [`select audit.note('cases.listed')`, 'select version from app.case_body'])).toEqual({ rows: [] });
    } finally {
      await house.db.superuser('delete from sec.opening where case_id = $1 and xact::text = any ($2)', [mine, coming]);
    }
  });
});

describe('Control 5: a ticket', () => {
  let ticket: Ticket;
  beforeEach(async () => { ticket = await cases.ticketOf('police', mine); });

  it('gives its keys once, for the scopes in it, and leaves a line in the log of releases', async () => {
    const scopes = (ticket.payload.split('|')[1] ?? '').split(',');
    const { rows } = await cases.release(ticket);
    expect(rows.map((row) => row['scope_id']).sort()).toEqual([...scopes].sort());
    expect(await cases.release(ticket)).toEqual({ rows: [] });
    expect(await house.db.keys('select 1 from keys.release_log where nonce = $1', [ticket.payload.split('|')[3]])).toHaveLength(1);
  });

  it('of others, changed in any of its parts, or with any other mac, gives nothing', async () => {
    const foreign = await cases.ticketOf('policeFyn', others);
    const parts = ticket.payload.split('|');
    const otherParts = foreign.payload.split('|');
    const [, scopes = '', expiry = ''] = parts;
    const changed = [
      parts.with(0, others), parts.with(1, `${scopes},${otherParts[1] ?? ''}`), parts.with(1, otherParts[1] ?? ''), parts.with(2, String(Number(expiry) + 3600)), parts.with(3, randomUUID()), [...parts, 'x'],
      ...parts.map((_, index) => parts.with(index, otherParts[index] ?? '')),
    ].map((some) => some.join('|')).filter((payload) => payload !== ticket.payload && payload !== foreign.payload);
    for (const payload of changed) for (const mac of [ticket.mac, foreign.mac]) expect(await cases.release({ payload, mac })).toEqual({ rows: [] });
    for (const mac of [foreign.mac, Buffer.alloc(32), Buffer.alloc(0), ticket.mac.subarray(0, 4), Buffer.concat([ticket.mac, Buffer.alloc(1)]), randomBytes(32), createHmac('sha256', '').update(ticket.payload).digest()]) {
      expect(await cases.release({ payload: ticket.payload, mac })).toEqual({ rows: [] });
    }
    expect(gaveNothing(await vault.tries('', 'select * from keys.release(null, null, null)'))).toBe(true);
    const stampOf = async (nonce: string | undefined) => (await web.tries('', 'select sec.stamp($1) as stamp', { values: [nonce] })).rows[0]?.['stamp'];
    const stamp = await stampOf(parts[3]);
    expect(await vault.tries('', 'select * from keys.release($1, null, $2)', { values: [ticket.payload, stamp] })).toEqual({ rows: [] });
    for (const other of [null, await stampOf(otherParts[3]), ticket.mac, randomBytes(32)]) {
      expect(await vault.tries('', 'select * from keys.release($1, $2, $3)', { values: [ticket.payload, ticket.mac, other] })).toEqual({ rows: [] });
    }
    // A database that was laid back in part has no secret to hold a ticket against: it opens nothing then.
    const [secret] = await house.db.keys<{ secret: Buffer }>('delete from keys.ticket_secret returning secret');
    for (const [mac, proof] of [[null, null], [ticket.mac, stamp]]) expect(await vault.tries('', 'select * from keys.release($1, $2, $3)', { values: [ticket.payload, mac, proof] })).toEqual({ rows: [] });
    await house.db.keys('insert into keys.ticket_secret values ($1)', [secret?.secret]);
    // None of it used the ticket up.
    expect((await cases.release(ticket)).rows.length).toBeGreaterThan(0);
  });

  it('is worth nothing after thirty seconds, even when it is genuine', async () => {
    const parts = ticket.payload.split('|');
    const now = Math.floor(Date.now() / 1000);
    expect(Number(parts[2]) - now).toBeLessThanOrEqual(31);
    expect(await cases.release(await cases.signed(parts.with(2, String(now - 1)).join('|')))).toEqual({ rows: [] });
    expect((await cases.release(await cases.signed(parts.with(2, String(now + 20)).join('|')))).rows.length).toBeGreaterThan(0);
  });

  it('can be redeemed by nobody but the vault, and the vault can do nothing else', async () => {
    for (const role of [undefined, 'udvej_command', 'udvej_national']) {
      expect((await web.tries(house.tokens.police, 'select * from keys.release($1, $2, null)', { values: [ticket.payload, ticket.mac], ...(role === undefined ? {} : { role }) })).refused).toBe('3F000');
    }
    for (const sql of ['select * from keys.scope_key', 'select * from keys.ticket_secret', 'select * from keys.released(now(), now())', 'set role udvej_worker', 'delete from keys.release_log']) {
      expect((await vault.tries(house.tokens.police, sql)).refused).toBe('42501');
    }
    for (const sql of ['select * from app.exit_case', 'select * from sec.session', 'select sec.whoami()']) expect((await vault.tries(house.tokens.police, sql)).refused).toMatch(/^(42P01|3F000)$/);
    const scope = (ticket.payload.split('|')[1] ?? '').split(',')[0];
    expect((await vault.tries('', `select keys.put(array['${scope ?? ''}']::uuid[], 1, array['\\x00'::bytea])`)).refused).toBe('23505');
  });

  it('holds the scopes its reader may read and no others, for everybody in the circle', async () => {
    const { state } = await house.opens('municipal', mine);
    const scopes = await house.db.superuser<{ id: string; kind: ScopeKind; subject: string; generation: number }>('select id, kind, subject, generation from app.scope where case_id = $1', [mine]);
    expect(scopes.map((scope) => scope.kind).sort()).toEqual(['card', 'core', 'general', 'health', 'identity', 'police']);
    for (const who of ['police', 'municipal', 'probation'] as const) {
      const got = ((await cases.ticketOf(who, mine)).payload.split('|')[1] ?? '').split(',').sort();
      expect(got).toEqual(scopes.filter((scope) => readsScope(state, people[who].user, scope)).map((scope) => scope.id).sort());
      expect(got.length).toBeLessThan(scopes.length);
    }
  });

  it('of an opening that was rolled back, and so stands in no log, gives no key', async () => {
    const direct = await withRollback(`select payload, mac from sec.open_case('${mine}', 'quietly', ${kindsSql}, 20) where payload is not null`);
    expect(await house.db.superuser(`select 1 from audit.event where purpose = 'quietly'`)).toEqual([]);
    expect(await cases.release(direct)).toEqual({ rows: [] });
  });

  it('is stamped for no row that is not committed: not in the transaction that wrote it, nor in a part of it', async () => {
    const opened = `select set_config('test.payload', payload, true) from sec.open_case('${mine}', 'quietly', ${kindsSql}, 20)`;
    const stamped = `select sec.stamp(split_part(current_setting('test.payload'), '|', 4)::uuid) as stamp`;
    for (const statements of [[opened, stamped], ['savepoint a', opened, 'release a', stamped]]) {
      expect(await web.tries(house.tokens.police, statements)).toEqual({ rows: [{ stamp: null }] });
    }
    const [, , , nonce] = ticket.payload.split('|');
    const { rows } = await web.tries('', 'select sec.stamp($1) as stamp', { values: [nonce] });
    expect(rows[0]?.['stamp']).toBeInstanceOf(Buffer);
    await house.db.superuser(`update audit.event set at = at - interval '2 minutes' where id = $1`, [nonce]);
    expect((await web.tries('', 'select sec.stamp($1) as stamp', { values: [nonce] })).rows).toEqual([{ stamp: null }]);
  });

  const withRollback = async (open: string): Promise<Ticket> => {
    const pool = createPool(house.db.url('udvej_web'), { max: 1, name: 'rolled back' });
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('app.session', $1, true)`, [house.tokens.police]);
      const { rows } = await client.query<{ payload: string; mac: Buffer }>(open);
      await client.query('rollback');
      const [row] = rows;
      if (!row) throw new Error('no ticket');
      return row;
    } finally {
      client.release();
      await pool.end();
    }
  };
});
