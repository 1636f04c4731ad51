import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addDays, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { carryOutShreddings, orderTexts, shreddingsAgree } from '../../src/store/retention.js';
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
afterEach(() => world.setDay(knownDate('2026-11-02')));
afterAll(async () => {
  await smuggled.close();
  await world.close();
});

const YEAR_ON = knownDate('2027-11-02');
const TWO_YEARS_ON = knownDate('2028-11-02');
const asked = async (who: PersonName = 'jobcentre'): Promise<string> => (await world.web.api(who, 'POST', '/api/v1/guidance', { text: 'Hvad gør andre?' })).json<{ id: string }>().id;
const answered = async (): Promise<string> => {
  const id = await asked();
  expect((await world.web.api('officialKl', 'POST', `/api/v1/guidance/${id}/answer`, { text: 'Spørg kommunen' })).statusCode).toBe(200);
  return id;
};
const reads = async (who: PersonName, id: string) => (await world.web.api(who, 'GET', `/api/v1/guidance/${id}`)).statusCode;
const withdraws = (who: PersonName, id: string) => world.web.api(who, 'POST', `/api/v1/guidance/${id}/withdraw`);
const keysOf = async (id: string) => (await world.house.db.keys('select 1 from keys.scope_key where scope_id = $1', [id])).length;
const rowsOf = async (id: string) => (await world.house.db.superuser('select 1 from app.text where id = $1', [id])).length;
const left = async (id: string) => [await rowsOf(id), await keysOf(id)];
const logOf = async (id: string) => (await world.house.db.superuser<{ actor: string | null; action: string }>(`select actor, action from audit.event where purpose = $1 and action in ('guidance.withdrawn', 'text.removed') order by at`, [id])).map(({ actor, action }) => [actor, action]);
const turnOn = async (day: PlainDate): Promise<void> => {
  await world.setDay(day);
  await world.turn();
};

describe('Control 26: guidance without a case (FM-NCP-6)', () => {
  it('is there in full the day before its year is over, and the day after it is gone: row, key and page', async () => {
    const id = await answered();
    await turnOn(addDays(YEAR_ON, -1));
    expect([await left(id), await reads('jobcentre', id), await reads('officialDfk', id)]).toEqual([[1, 1], 200, 200]);
    await turnOn(YEAR_ON);
    expect([await left(id), await reads('jobcentre', id), await reads('officialDfk', id)]).toEqual([[0, 0], 404, 404]);
    expect(await logOf(id)).toEqual([[null, 'text.removed']]);
    expect(await shreddingsAgree(world.house.login, world.house.vaultPool)).toBe(true);
    // Once is enough.
    await world.turn();
    expect(await logOf(id)).toHaveLength(1);
  });

  it('that nobody answers is kept until it is two years old, and answered then for a year from the answer', async () => {
    const [never, late] = [await asked(), await asked()];
    await turnOn(addDays(TWO_YEARS_ON, -1));
    expect([await left(never), await left(late)]).toEqual([[1, 1], [1, 1]]);
    await world.house.db.superuser(`update app.text set answer_ct = '\\x00', answered_at = '2028-10-01', answered_by = $2 where id = $1`, [late, people.officialKl.user]);
    await turnOn(TWO_YEARS_ON);
    expect([await left(never), await left(late)]).toEqual([[0, 0], [1, 1]]);
    await turnOn(knownDate('2029-10-01'));
    expect(await left(late)).toEqual([0, 0]);
  });

  it('is taken back by who asked while nobody has answered: gone at once, its key with the worker’s turn', async () => {
    const id = await asked();
    expect((await withdraws('jobcentre', id)).statusCode).toBe(200);
    expect([await left(id), await reads('jobcentre', id), await reads('officialKl', id)]).toEqual([[0, 1], 404, 404]);
    // The two databases agree before it and after.
    expect(await shreddingsAgree(world.house.login, world.house.vaultPool)).toBe(true);
    await world.turn();
    expect(await left(id)).toEqual([0, 0]);
    expect(await shreddingsAgree(world.house.login, world.house.vaultPool)).toBe(true);
    expect(await logOf(id)).toEqual([[people.jobcentre.user, 'guidance.withdrawn'], [null, 'text.removed']]);
    expect((await world.web.api('officialKl', 'POST', `/api/v1/guidance/${id}/answer`, { text: 'For sent' })).statusCode).toBe(404);
  });

  it('is not taken back by anybody else, nor after the answer, by page, program or prompt', async () => {
    const id = await asked();
    for (const who of ['officialKl', 'police', 'municipal', 'auditor', 'admin'] as const) {
      expect([who, (await withdraws(who, id)).statusCode, (await world.web.post(who, `/vejledning/${id}/tilbage`, {})).statusCode]).toEqual([who, 404, 404]);
      expect((await smuggled.tries(await newSession(world.house.db, people[who].user), `select sec.withdraw_text('guidance', '${id}') as said`)).rows).toEqual([{ said: null }]);
    }
    expect((await withdraws('jobcentre', randomUUID())).statusCode).toBe(404);
    expect(await left(id)).toEqual([1, 1]);
    await world.web.api('officialKl', 'POST', `/api/v1/guidance/${id}/answer`, { text: 'Spørg kommunen' });
    expect((await withdraws('jobcentre', id)).statusCode).toBe(422);
    const page = await world.web.post('jobcentre', `/vejledning/${id}/tilbage`, {});
    expect([page.statusCode, page.body.includes('Kontaktpunktet nåede at svare'), page.body.includes('Spørg kommunen')]).toEqual([422, true, true]);
    expect(await left(id)).toEqual([1, 1]);
    expect(await logOf(id)).toEqual([]);
  });

  it('stays gone when a backup of either database is put back', async () => {
    const id = await answered();
    const [key] = await world.house.db.keys<{ wrapped: Buffer }>('select wrapped from keys.scope_key where scope_id = $1', [id]);
    await world.house.db.superuser(`create table public.kept as select id, kind, asked_by, authority, asked_at, due, question_ct from app.text where id = '${id}'`);
    await turnOn(YEAR_ON);
    expect(await left(id)).toEqual([0, 0]);
    // The cases as they were before: the row is back, and nothing says that it was to go.
    await world.house.db.superuser('delete from sec.text_order where id = $1', [id]);
    await world.house.db.superuser('insert into app.text (id, kind, asked_by, authority, asked_at, due, question_ct) select id, kind, asked_by, authority, asked_at, due, question_ct from public.kept');
    await world.house.db.superuser('drop table public.kept');
    expect(await shreddingsAgree(world.house.login, world.house.vaultPool)).toBe(false);
    await carryOutShreddings(world.pools);
    expect([await left(id), await shreddingsAgree(world.house.login, world.house.vaultPool)]).toEqual([[0, 0], true]);
    // The keys as they were before.
    await world.house.db.keys('delete from keys.shred_ledger where case_id = $1', [id]);
    await world.house.db.keys('insert into keys.scope_key (scope_id, key_ver, kek_ver, wrapped) values ($1, 1, 1, $2)', [id, key?.wrapped]);
    await carryOutShreddings(world.pools);
    expect([await left(id), await shreddingsAgree(world.house.login, world.house.vaultPool)]).toEqual([[0, 0], true]);
  });

  it('is ordered gone by its day alone: not by who may read it, and a case is not made one of its kind', async () => {
    const id = await answered();
    expect(await orderTexts(world.pools.cases)).toBe(0);
    for (const who of ['jobcentre', 'officialKl'] as const) {
      for (const sql of [`select sec.order_texts()`, `select sec.order_text('${id}')`, `select sec.erase_text('${id}', '', '')`, `delete from app.text`]) {
        expect((await smuggled.tries(await newSession(world.house.db, people[who].user), sql)).refused, sql).toBe('42501');
      }
    }
    expect(await left(id)).toEqual([1, 1]);
  });

  it('goes as a question of practice does, two years after the unit’s answer or after it was sent (FM-NCP-7)', async () => {
    const ask = async () => (await world.web.api('officialKl', 'POST', '/api/v1/statistics/practice/questions', { unit: 'koebenhavns-vestegn', asOf: '2026-11-02', text: 'Hvorfor?' })).json<{ id: string }>().id;
    const [open, closed] = [await ask(), await ask()];
    const there = async (id: string) => [(await world.house.db.superuser('select 1 from app.text where id = $1', [id])).length, await keysOf(id)];
    await world.house.db.superuser(`update app.text set answer_ct = '\\x00', answered_at = '2026-12-01', answered_by = $2 where id = $1`, [closed, people.police.user]);
    await turnOn(addDays(TWO_YEARS_ON, -1));
    expect([await there(open), await there(closed)]).toEqual([[1, 1], [1, 1]]);
    await turnOn(TWO_YEARS_ON);
    expect([await there(open), await there(closed)]).toEqual([[0, 0], [1, 1]]);
    await turnOn(knownDate('2028-12-01'));
    expect([await there(closed), await logOf(closed)]).toEqual([[0, 0], [[null, 'text.removed']]]);
    expect(await shreddingsAgree(world.house.login, world.house.vaultPool)).toBe(true);
  });

  it('is no deleted case: it stands on no list of them', async () => {
    const list = async () => (await world.web.get('officialKl', '/slettede-sager')).body.replaceAll(/(name="_csrf" value|nonce|kl\.)="?[^">]*/g, '');
    const before = await list();
    const id = await answered();
    await turnOn(YEAR_ON);
    expect(await left(id)).toEqual([0, 0]);
    await world.setDay(knownDate('2026-11-02'));
    expect(await list()).toBe(before);
  });
});
