import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listTexts } from '../../src/store/texts-outside-cases.js';
import { shreddingsAgree } from '../../src/store/retention.js';
import { people, type PersonName } from '../support/people.js';
import { type RetentionWorld, retentionWorld } from '../support/retention-world.js';
import { newSession } from '../support/wall-reach.js';
import { type Prompt, prompt } from '../support/wall-sql.js';

let world: RetentionWorld;
let smuggled: Prompt;
beforeAll(async () => {
  world = await retentionWorld();
  smuggled = await prompt(world.house.db, 'udvej_web');
});
afterEach(() => world.house.db.superuser('delete from app.text'));
afterAll(async () => {
  await smuggled.close();
  await world.close();
});

const API = '/api/v1/guidance';
const ask = (key?: string, who: PersonName = 'jobcentre') => world.web.api(who, 'POST', API, { text: 'Hvad gør andre?' }, key === undefined ? {} : { 'idempotency-key': key });
const idOf = async (reply: ReturnType<typeof ask>): Promise<string> => (await reply).json<{ id: string }>().id;
const sql = <R extends Record<string, unknown>>(text: string, values: unknown[] = []) => world.house.db.superuser<R>(text, values);
const keys = async () => (await world.house.db.keys<{ id: string }>('select scope_id as id from keys.scope_key order by 1')).map(({ id }) => id);
const denied = async (who: PersonName) => Number((await sql<{ n: string }>(`select count(*) as n from audit.event where actor = $1 and action = 'page.denied' and purpose = 'guidance'`, [people[who].user]))[0]?.n);

describe('a text that came to nothing (decision 27)', () => {
  it('leaves no key: what was made for it is ordered gone, and goes with the worker’s next turn', async () => {
    const before = await keys();
    await sql(`create function public.fails() returns trigger language plpgsql as $$ begin raise exception 'no room' using errcode = '53100'; end $$`);
    await sql('create trigger fails before insert on app.text for each row execute function public.fails()');
    try {
      expect((await ask()).statusCode).toBeGreaterThanOrEqual(500);
    } finally {
      await sql('drop trigger fails on app.text');
      await sql('drop function public.fails()');
    }
    const [left, ...more] = (await keys()).filter((id) => !before.includes(id));
    expect([more, await sql('select id from sec.text_order where done_at is null')]).toEqual([[], [{ id: left }]]);
    await world.turn();
    expect(await keys()).toEqual(before);
    expect(await shreddingsAgree(world.house.login, world.house.vaultPool)).toBe(true);
    // And nothing stands in the way of asking it again.
    expect((await ask()).statusCode).toBe(201);
  });

  it('is ordered gone by who began it alone: no other text, nothing of a case, and not the text that it became', async () => {
    const [id, before] = [await idOf(ask()), await keys()];
    const [scope] = await sql<{ id: string }>('select id from app.scope limit 1');
    const session = await newSession(world.house.db, people.jobcentre.user);
    for (const one of [id, scope?.id ?? randomUUID(), randomUUID()]) {
      for (const mac of ['null', `'\\x00'`]) await smuggled.tries(session, `select sec.abandon_text('${one}', ${mac})`);
    }
    // With the very word: the text is there.
    const [word] = await sql<{ mac: Buffer }>('select sec.begun_mac($1) as mac', [id]);
    await smuggled.tries(session, `select sec.abandon_text('${id}', '\\x${word?.mac.toString('hex') ?? ''}')`);
    expect([await sql('select 1 from sec.text_order where done_at is null'), await keys(), (await sql('select id from app.text')).length]).toEqual([[], before, 1]);
    expect((await smuggled.tries(session, `select sec.begun_mac('${id}')`)).refused).toBe('42501');
    // What is ordered gone becomes no text any more.
    const begun = `select set_config('app.test', id::text, true), sec.abandon_text(id, mac) from sec.begin_text('guidance', null, null)`;
    expect((await smuggled.tries(session, [begun, `select sec.ask_text('\\x00', null, null, null, null)`])).refused).toBe('23000');
  });
});

describe('a key under which something was asked and taken back', () => {
  it('stays used: what was sent before comes late, and is not asked a second time', async () => {
    const key = randomUUID();
    const id = await idOf(ask(key));
    expect((await world.web.api('jobcentre', 'POST', `${API}/${id}/withdraw`)).statusCode).toBe(200);
    const late = await ask(key);
    expect([late.statusCode, late.json<{ title: string }>().title, await sql('select 1 from app.text')]).toEqual([422, 'Nøglen er brugt', []]);
    // Somebody else's key is his own, and another key is another question.
    expect([(await ask(key, 'municipal')).statusCode, (await ask(randomUUID())).statusCode]).toEqual([201, 201]);
    // No word of what was asked is kept, and nothing longer than a day.
    const kept = await sql('select * from sec.withdrawn_key');
    expect([kept.map((row) => Object.keys(row)), JSON.stringify(kept).includes(key)]).toEqual([[['user_id', 'key_hash', 'at']], false]);
    await sql(`update sec.withdrawn_key set at = at - interval '25 hours'`);
    await world.turn();
    expect(await sql('select 1 from sec.withdrawn_key')).toEqual([]);
    expect((await ask(key)).statusCode).toBe(201);
  });
});

describe('an answer and a withdrawal that come too late', () => {
  it('leave their row in the log also where they lose the race (control 10)', async () => {
    for (const [who, act] of [['officialKl', `select sec.answer_text('guidance', $1, '\\x00') as said`], ['jobcentre', `select sec.withdraw_text('guidance', $1) as said`]] as const) {
      const id = await idOf(ask());
      const [mine, before] = [await newSession(world.house.db, people[who].user), await denied(who)];
      const [holder, racer] = [await world.house.web.connect(), await world.house.web.connect()];
      try {
        for (const [client, session] of [[holder, world.house.tokens.jobcentre], [racer, mine]] as const) {
          await client.query('begin');
          await client.query(`select set_config('app.session', $1, true)`, [session]);
        }
        await holder.query(`select sec.withdraw_text('guidance', $1)`, [id]);
        const late = racer.query<{ said: string | null }>(act, [id]);
        const waits = async () => (await sql<{ n: string }>(`select count(*) as n from pg_stat_activity where wait_event_type = 'Lock' and state = 'active' and query like '%_text(%'`))[0]?.n === '1';
        while (!(await waits())) await new Promise((done) => { setImmediate(done); });
        await holder.query('commit');
        expect((await late).rows, who).toEqual([{ said: null }]);
        await racer.query('commit');
      } finally {
        holder.release();
        racer.release();
      }
      expect(await denied(who), who).toBe(before + 1);
    }
    expect(await listTexts(world.house.web, world.house.tokens.officialKl, 'guidance')).toEqual([]);
  });
});
