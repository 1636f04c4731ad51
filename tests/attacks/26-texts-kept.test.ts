import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { addDays, instantOf, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { carryOutShreddings, orderShreddings, orderTexts, shreddingsAgree } from '../../src/store/retention.js';
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
const askedUnit = async () => (await world.web.api('officialKl', 'POST', '/api/v1/statistics/practice/questions', { unit: 'koebenhavns-vestegn', asOf: '2026-11-02', text: 'Hvorfor?' })).json<{ id: string }>().id;
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
const logOf = async (id: string) => (await world.house.db.superuser<{ actor: string | null; action: string }>(`select actor, action from audit.event where purpose = $1 and action in ('guidance.withdrawn', 'practice.withdrawn', 'text.removed') order by at`, [id])).map(({ actor, action }) => [actor, action]);
const turnOn = async (day: PlainDate): Promise<void> => {
  await world.setDay(day);
  await world.turn();
};

describe('Control 26: a text outside of cases, guidance as well as a question of practice (FM-NCP-6)', () => {
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

  it('is taken back by the contact point when it is a unit’s to answer, before the unit has, by any of its officials (FM-NCP-7)', async () => {
    const withdraw = (who: PersonName, id: string) => world.web.api(who, 'POST', `/api/v1/statistics/practice/questions/${id}/withdraw`);
    const [id, other] = [await askedUnit(), await askedUnit()];
    for (const who of ['police', 'policeFyn', 'jobcentre', 'auditor', 'admin'] as const) {
      expect([who, (await withdraw(who, id)).statusCode, (await world.web.post(who, `/tal/kvalitet/${id}/tilbage`, {})).statusCode]).toEqual([who, 404, 404]);
      expect((await smuggled.tries(await newSession(world.house.db, people[who].user), `select sec.withdraw_text('practice', '${id}') as said`)).rows).toEqual([{ said: null }]);
    }
    expect(await left(id)).toEqual([1, 1]);
    expect([(await withdraw('officialDfk', id)).statusCode, await left(id)]).toEqual([200, [0, 1]]);
    expect((await world.web.get('police', `/tal/kvalitet/${id}`)).statusCode).toBe(404);
    await world.turn();
    expect([await left(id), await logOf(id)]).toEqual([[0, 0], [[people.officialDfk.user, 'practice.withdrawn'], [null, 'text.removed']]]);
    expect((await world.web.api('police', 'POST', `/api/v1/statistics/practice/questions/${other}/answer`, { text: 'De venter' })).statusCode).toBe(200);
    expect((await withdraw('officialKl', other)).statusCode).toBe(422);
    const page = await world.web.post('officialKl', `/tal/kvalitet/${other}/tilbage`, {});
    expect([page.statusCode, page.body.includes('Enheden nåede at svare'), page.body.includes('De venter'), await left(other)]).toEqual([422, true, true, [1, 1]]);
    const sent = await world.web.post('officialKl', `/tal/kvalitet/${await askedUnit()}/tilbage`, {});
    expect([sent.statusCode, sent.headers.location]).toEqual([303, '/tal/kvalitet']);
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

  it('is ordered gone by its day alone, not by who may read it', async () => {
    const id = await answered();
    expect(await orderTexts(world.pools.cases)).toBe(0);
    for (const who of ['jobcentre', 'officialKl'] as const) {
      for (const sql of [`select sec.order_texts()`, `select sec.order_text('${id}')`, `select sec.erase_text('${id}', '', '')`, `delete from app.text`]) {
        expect((await smuggled.tries(await newSession(world.house.db, people[who].user), sql)).refused, sql).toBe('42501');
      }
    }
    expect(await left(id)).toEqual([1, 1]);
  });

  it('is over on its day, whether the worker comes or not: neither read, listed, answered nor taken back, and never an error', async () => {
    const [id, sent] = [await asked(), await askedUnit()];
    const of = [['jobcentre', 'officialKl', `/api/v1/guidance`, '/vejledning', id], ['officialKl', 'police', '/api/v1/statistics/practice/questions', '/tal/kvalitet', sent]] as const;
    const seen = () => Promise.all(of.map(async ([asks, answers, api, page, one]) => [
      (await world.web.api(asks, 'GET', `${api}/${one}`)).statusCode, (await world.web.get(answers, `${page}/${one}`)).statusCode,
      (await world.web.api(asks, 'GET', api)).body.includes(one), (await world.web.api(answers, 'GET', api)).body.includes(one),
    ]));
    expect(await seen()).toEqual([[200, 200, true, true], [200, 200, true, true]]);
    const refused = async () => {
      expect(await seen()).toEqual([[404, 404, false, false], [404, 404, false, false]]);
      for (const [asks, answers, api, , one] of of) expect([(await world.web.api(answers, 'POST', `${api}/${one}/answer`, { text: 'For sent' })).statusCode, (await world.web.api(asks, 'POST', `${api}/${one}/withdraw`)).statusCode]).toEqual([404, 404]);
    };
    await world.setDay(addDays(TWO_YEARS_ON, 40));
    await refused();
    expect([await left(id), await left(sent)]).toEqual([[1, 1], [1, 1]]);
    // Ordered, and the worker stopped between the two databases: the keys are gone, also out of memory.
    expect(await orderTexts(world.pools.cases)).toBeGreaterThanOrEqual(2);
    for (const order of await world.house.db.superuser<{ payload: string; mac: Buffer }>('select payload, mac from sec.text_order where done_at is null')) await world.pools.keys.query('select keys.shred($1, $2)', [order.payload, order.mac]);
    expect([await left(id), await left(sent)]).toEqual([[0, 0], [0, 0]]);
    const real = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => real() + 6 * 60_000);
    await refused();
    vi.restoreAllMocks();
    await world.turn();
    expect([await logOf(id), await logOf(sent)]).toEqual([[[null, 'text.removed']], [[null, 'text.removed']]]);
  });

  it('has its days from the database: a program with another clock gets no other', async () => {
    const now = world.house.clock();
    world.house.setClock(instantOf(knownDate('2031-01-01'), 9, 0));
    const [id, sent] = [await asked(), await askedUnit()];
    await world.web.api('officialKl', 'POST', `/api/v1/guidance/${id}/answer`, { text: 'Spørg kommunen' });
    world.house.setClock(now);
    const days = await world.house.db.superuser(`select kind, (asked_at at time zone 'Europe/Copenhagen')::date::text as asked, (answered_at at time zone 'Europe/Copenhagen')::date::text as answered, due::text, delete_on::text, (drawn_at at time zone 'Europe/Copenhagen')::date::text as drawn from app.text where id in ($1, $2) order by kind`, [id, sent]);
    expect(days).toEqual([
      { kind: 'guidance', asked: '2026-11-02', answered: '2026-11-02', due: '2026-11-16', delete_on: '2027-11-02', drawn: null }, { kind: 'practice', asked: '2026-11-02', answered: null, due: '2026-12-02', delete_on: '2028-11-02', drawn: '2026-11-02' },
    ]);
  });

  it('stands in the way of no case: an order of a text under the id of a case stops neither its deletion nor another’s', async () => {
    const [one, other] = [await world.closedCase(), await world.closedCase()];
    await world.setDay(knownDate('2027-11-03'));
    await world.turn();
    for (const id of [one, other]) expect([await world.answers('police', id), await world.answers('municipal', id)]).toEqual(['counted', 'given']);
    // What no function of ours writes.
    const payload = `text|${one}|00000000-0000-0000-0000-000000000000|${one}`;
    await world.house.db.superuser(`insert into sec.text_order (id, payload, mac, done_at) select $1, $2, public.hmac(convert_to($2, 'UTF8'), secret, 'sha256'), now() from sec.ticket_secret`, [one, payload]);
    expect(await orderShreddings(world.pools.cases)).toBe(2);
    await world.turn();
    expect(await world.house.db.superuser('select shredded_at is not null as gone from app.exit_case where id in ($1, $2)', [one, other])).toEqual([{ gone: true }, { gone: true }]);
    expect(await shreddingsAgree(world.house.login, world.house.vaultPool)).toBe(true);
  });

  it('goes as a question of practice does, two years after the unit’s answer or after it was sent (FM-NCP-7)', async () => {
    const [open, closed] = [await askedUnit(), await askedUnit()];
    await world.house.db.superuser(`update app.text set answer_ct = '\\x00', answered_at = '2026-12-01', answered_by = $2 where id = $1`, [closed, people.police.user]);
    await turnOn(addDays(TWO_YEARS_ON, -1));
    expect([await left(open), await left(closed)]).toEqual([[1, 1], [1, 1]]);
    await turnOn(TWO_YEARS_ON);
    expect([await left(open), await left(closed)]).toEqual([[0, 0], [1, 1]]);
    await turnOn(knownDate('2028-12-01'));
    expect([await left(closed), await logOf(closed)]).toEqual([[0, 0], [[null, 'text.removed']]]);
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
