import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demonstrationCpr } from '../../src/domain/kernel/cpr.js';
import { knownDate } from '../../src/domain/kernel/time.js';
import { listHits, settleHit } from '../../src/store/matching/hits.js';
import { matchWaiting } from '../../src/store/matching/inquiries.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { fileMac } from '../../src/store/vault/kms.js';
import { registration, seats, testHouse } from '../support/house.js';
import type { PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

const cprOf = (n: number): string => demonstrationCpr(knownDate('1994-03-07'), 'male', n);
const mac = fileMac(randomBytes(32));

let web: TestWeb;
let worker: Pool;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  worker = createPool(web.house.db.url('udvej_worker'), { max: 2, name: 'test worker' });
  await web.house.db.superuser(`update sec.setting set value = 1000 where name like 'numbers_per_day%'`);
});
afterAll(async () => {
  await worker.end();
  await web.close();
});

const sent = vi.spyOn(pg.Client.prototype, 'query');
const statementsSoFar = (): number => sent.mock.calls.length;
const compare = () => matchWaiting({ pool: worker, secret: web.house.matchSecret, mac });
const register = (who: PersonName, cpr: string | undefined) => web.api(who, 'POST', '/api/v1/cases', { ...registration, ...(cpr === undefined ? {} : { cpr }) }, { 'idempotency-key': randomUUID() });
const numberOf = (reply: Awaited<ReturnType<typeof register>>): string => reply.json<{ number: string }>().number;
const hits = async (who: PersonName) => (await listHits(web.house.web, web.house.tokens[who])).map(({ numbers }) => [...numbers].sort());

/** How many rows every table has but the log's, which is asked for by itself. */
async function rowCounts(): Promise<Readonly<Record<string, string>>> {
  const names = await web.house.db.superuser<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('app', 'sec', 'match', 'stat') order by 1`);
  const counts = await web.house.db.superuser<Record<string, string>>(`select ${names.map(({ name }) => `(select count(*) from ${name}) as "${name}"`).join(', ')}`);
  return counts[0] ?? {};
}
const grown = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(after).map(([table, n]): [string, number] => [table, Number(n) - Number(before[table])]).filter(([, n]) => n !== 0));

describe('Control 14: an inquiry with a CPR number tells nobody whether the person has a case (FM-INT-3)', () => {
  it('is answered with the same bytes, by the same statements and rows, for a number that has a case and one that has none', async () => {
    await register('odense', cprOf(1));
    await register('odense', cprOf(2));
    await register('municipal', cprOf(4));
    await compare();
    const arms: { readonly shape: string; readonly rows: object; readonly said: object; readonly statements: number }[] = [];
    for (const cpr of [cprOf(1), cprOf(3)]) {
      const before = await rowCounts();
      const logged = await web.house.db.superuser<{ n: string }>('select count(*) as n from audit.event');
      const statements = statementsSoFar();
      const reply = await register('municipal', cpr);
      const events = await web.house.db.superuser<{ action: string }>('select action from audit.event order by at offset $1', [Number(logged[0]?.n)]);
      arms.push({
        shape: JSON.stringify([reply.statusCode, Object.keys(reply.headers).sort(), reply.body.replace(/UV-\w{4}-\w{3}/, 'UV').replace(/"receivedAt":"[^"]+"/, '')]),
        rows: grown(before, await rowCounts()), said: events.map(({ action }) => action), statements: statementsSoFar() - statements,
      });
    }
    expect(arms[0]).toEqual(arms[1]);
    expect(arms[0]?.rows).toMatchObject({ 'match.inquiry': 1 });
  });

  it('gives the contact point a task, and nobody else a word', async () => {
    const first = numberOf(await register('odense', cprOf(11)));
    const tasks = () => web.house.db.superuser('select reader, case_id, key from app.task union all select user_id, case_id, kind from app.notification n, lateral (select null::uuid) as u (user_id)');
    const second = numberOf(await register('municipal', cprOf(11)));
    const before = await tasks();
    await compare();
    expect(await hits('officialKl')).toContainEqual([first, second].sort());
    expect(await tasks()).toEqual(before);
    for (const who of ['police', 'municipal', 'odense', 'policeFyn', 'custody', 'auditor', 'admin'] as const) expect(await hits(who), who).toEqual([]);
    for (const who of ['police', 'municipal', 'admin'] as const) expect((await web.get(who, '/')).body).not.toContain('samme person');
    expect((await web.get('officialKl', '/')).body).toContain('samme person');
  });

  it('finds a number that was written another way, or came later or was corrected, and does not find the wrong one any more', async () => {
    const first = numberOf(await register('odense', cprOf(21)));
    const second = numberOf(await register('municipal', undefined));
    const id = (await web.house.db.superuser<{ id: string }>('select id from app.exit_case where number = $1', [second]))[0]?.id ?? '';
    await web.house.does('police', id, 'inquiry.take', seats);
    await web.house.does('municipal', id, 'person.update', { cpr: cprOf(22) });
    await compare();
    expect(await hits('officialKl')).not.toContainEqual([first, second].sort());
    await web.house.does('municipal', id, 'person.correct', { cpr: cprOf(21).replace(/^(.{6})/, '$1-') });
    await compare();
    expect(await hits('officialKl')).toContainEqual([first, second].sort());
    const third = numberOf(await register('odense', cprOf(22)));
    await compare();
    expect(await hits('officialKl')).not.toContainEqual([third, second].sort());
  });

  it('is settled by the contact point alone, once, and the log of a case says nothing of it', async () => {
    await register('odense', cprOf(31));
    const number = numberOf(await register('municipal', cprOf(31)));
    const id = (await web.house.db.superuser<{ id: string }>('select id from app.exit_case where number = $1', [number]))[0]?.id ?? '';
    await web.house.does('police', id, 'inquiry.take', seats);
    await compare();
    const hit = (await listHits(web.house.web, web.house.tokens.officialKl)).find(({ numbers }) => numbers.includes(number))?.id ?? '';
    const settle = (who: PersonName) => settleHit(web.house.web, web.house.tokens[who], hit, 'same');
    for (const who of ['police', 'auditor', 'admin'] as const) expect(await settle(who), who).toBe(false);
    expect(await settle('officialDfk')).toBe(true);
    expect(await settle('officialKl')).toBe(false);
    const said = await web.house.db.superuser<{ action: string; case_ref: string | null }>(`select action, case_ref from audit.event where purpose = $1`, [hit]);
    expect(said.map(({ action }) => action)).toEqual(['match.denied', 'match.denied', 'match.denied', 'match.settled', 'match.denied']);
    expect(said.every(({ case_ref: about }) => about === null)).toBe(true);
  });

  it('leaves an official who is shut out of one of the cases without the match', async () => {
    await register('odense', cprOf(41));
    const number = numberOf(await register('municipal', cprOf(41)));
    await compare();
    await web.house.db.superuser(`insert into app.block select id, '00000000-0000-4000-8000-000000000042' from app.exit_case where number = $1`, [number]);
    expect((await hits('officialKl')).flat()).not.toContain(number);
    expect((await hits('officialDfk')).flat()).toContain(number);
  });
});

describe('Control 15: numbers beyond the day’s', () => {
  it('are registered with the same answer, rows and statements, and compared when a colleague has said yes', async () => {
    await web.house.db.superuser(`update sec.setting set value = 5 where name = 'numbers_per_day'`);
    await web.house.db.superuser('delete from match.counted');
    const known = numberOf(await register('odense', cprOf(51)));
    await compare();
    const arms: object[] = [];
    for (let n = 1; n <= 7; n += 1) {
      const before = await rowCounts();
      const statements = statementsSoFar();
      const reply = await register('municipal', n === 6 ? cprOf(51) : cprOf(60 + n));
      arms.push({ status: reply.statusCode, rows: { ...grown(before, await rowCounts()), 'match.counted': 0 }, statements: statementsSoFar() - statements });
    }
    expect(arms.slice(1)).toEqual(arms.slice(1).map(() => arms[1]));
    await compare();
    expect((await hits('officialKl')).flat()).not.toContain(known);

    const asked = async (who: PersonName) => (await web.house.web.query<{ id: string; kind: string }>('select id, kind from app.list_approvals($1)', [web.house.tokens[who]])).rows;
    expect(await asked('municipal')).toEqual([]);
    for (const who of ['police', 'odense', 'officialKl', 'auditor', 'admin'] as const) expect(await asked(who), who).toEqual([]);
    const waiting = await asked('municipal2');
    expect(waiting.map(({ kind }) => kind)).toEqual(['held-number', 'held-number']);
    const answer = (who: PersonName, id: string, yes: boolean) =>
      web.post(who, `/godkendelser/${id}`, { answer: yes ? 'yes' : 'no' });
    expect((await answer('municipal', waiting[0]?.id ?? '', true)).statusCode).toBe(404);
    for (const { id } of waiting) expect((await answer('municipal2', id, true)).statusCode).toBe(303);
    await compare();
    expect((await hits('officialKl')).flat()).toContain(known);
    expect(await web.house.db.superuser('select 1 from match.inquiry')).toEqual([]);
  });
});
