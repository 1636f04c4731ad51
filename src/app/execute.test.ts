import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inboxCase, registration, seats, takenCase, type TestHouse, testHouse } from '../../tests/support/house.js';
import { people } from '../../tests/support/people.js';
import { openCase } from './open-case.js';

let house: TestHouse;
beforeAll(async () => { house = await testHouse(); });
afterAll(() => house.close());

describe('a case from the inquiry to the circle', () => {
  it('gives the registrant a number, a time and a unit, and nothing else (FM-INT-2)', async () => {
    const done = await house.order('odense', 'inquiry.register', registration);
    expect(done).toEqual({ kind: 'done', receipt: { number: expect.stringMatching(/^UV-\w{4}-\w{3}$/) as string, receivedAt: '2026-11-02T09:00:00.000Z', unit: 'koebenhavns-vestegn' } });
  });

  it('lets the keeper of the inbox alone take it, and opens it to one person per authority (FM-ORG-1, FM-INT-2)', async () => {
    const id = await inboxCase(house);
    expect((await openCase(house, house.tokens.police, id, 'overview')).kind).toBe('absent');
    expect((await house.order('policeFyn', 'inquiry.take', seats, { caseId: id })).kind).toBe('absent');
    expect((await house.order('municipal', 'inquiry.take', seats, { caseId: id })).kind).toBe('absent');
    await house.does('police', id, 'inquiry.take', seats);
    for (const who of ['police', 'municipal', 'probation'] as const) expect((await house.opens(who, id)).state.inquiry.status).toBe('taken');
    for (const who of ['police2', 'odense', 'officialKl', 'custody', 'auditor', 'admin'] as const) {
      expect(await openCase(house, house.tokens[who], id, 'overview')).toEqual({ kind: 'absent' });
    }
  });

  it('keeps a note, encrypted, for those who read its scope (FM-WORK-2, FM-CNF-4)', async () => {
    const id = await takenCase(house);
    await house.does('municipal', id, 'journal.add', { text: 'Har søvnbesvær', kind: 'health' });
    const texts = async (who: 'police' | 'probation') =>
      [...(await house.opens(who, id)).bodies.values()].flat().map((body) => JSON.stringify(body.content)).join();
    expect(await texts('probation')).toContain('søvnbesvær');
    expect(await texts('police')).not.toContain('søvnbesvær');
    const [dump] = await house.db.superuser<{ all: string }>(`select string_agg(encode(body_ct, 'escape'), '') as all from app.case_body`);
    expect(dump?.all).not.toContain('vnbesv');
  });

  it('writes one audit row for each look, and one for each denial (FM-CNF-5)', async () => {
    const id = await takenCase(house);
    const count = async () => (await house.db.superuser<{ action: string; n: number }>('select action, count(*)::int as n from audit.event where case_ref = $1 group by 1 order by 1', [id]));
    const before = await count();
    await house.opens('municipal', id);
    await openCase(house, house.tokens.odense, id, 'overview');
    const after = await count();
    const n = (rows: typeof before, action: string) => rows.find((row) => row.action === action)?.n ?? 0;
    expect(n(after, 'case.opened') - n(before, 'case.opened')).toBe(1);
    expect(n(after, 'case.denied') - n(before, 'case.denied')).toBe(1);
  });

  it('carries an order out once under its key, and answers the same again; another order under it is refused', async () => {
    const key = 'abc-1';
    const first = await house.order('municipal', 'inquiry.register', registration, { key });
    const again = await house.order('municipal', 'inquiry.register', registration, { key });
    expect(again).toEqual(first);
    expect((await house.order('municipal', 'inquiry.register', { ...registration, said: 'noget andet' }, { key })).kind).toBe('key-reused');
  });

  it('leaves everything but the log unchanged when a command is rejected', async () => {
    const id = await takenCase(house);
    const tables = ['app.exit_case', 'app.case_event', 'app.case_body', 'app.scope', 'app.case_member', 'app.scope_member', 'app.task', 'app.notification', 'stat.standing', 'app.command'];
    const state = () => house.db.superuser(tables.map((table) => `select '${table}', md5(string_agg(t::text, '' order by t::text)) from ${table} t`).join(' union all '));
    const before = await state();
    const outcome = await house.order('municipal', 'circle.remove', { user: people.probation2.user, reason: 'x' }, { caseId: id, key: 'reject-1' });
    expect(outcome.kind).toBe('rejected');
    expect(await state()).toEqual(before);
  });

  it('judges a lost race again, and loses neither note', async () => {
    const id = await takenCase(house);
    const outcomes = await Promise.all(Array.from({ length: 6 }, (_, n) => house.order('municipal', 'journal.add', { text: `note ${n}`, kind: 'personal' }, { caseId: id })));
    expect(outcomes.map((one) => one.kind)).toEqual(Array.from({ length: 6 }, () => 'done'));
    expect((await house.opens('police', id)).entries).toHaveLength(6);
  });

  it('makes the first body of a scope once, when two write it at the same time', async () => {
    const id = await takenCase(house);
    const outcomes = await Promise.all(Array.from({ length: 3 }, (_, n) => house.order('municipal', 'journal.add', { text: `helbred ${n}`, kind: 'health' }, { caseId: id })));
    expect(outcomes.map((one) => one.kind)).toEqual(['done', 'done', 'done']);
    expect(await house.db.superuser(`select 1 from app.scope where case_id = $1 and kind = 'health'`, [id])).toHaveLength(1);
  });

  it('carries an order out once, when it comes twice at the same time under one key', async () => {
    const id = await takenCase(house);
    const outcomes = await Promise.all([1, 2].map(() => house.order('municipal', 'journal.add', { text: 'én gang', kind: 'personal' }, { caseId: id, key: 'twice' })));
    expect(outcomes.map((one) => one.kind)).toEqual(['done', 'done']);
    expect((await house.opens('municipal', id)).entries).toHaveLength(1);
  });

  it('answers stale when the caller acted on an older case than he may see', async () => {
    const id = await takenCase(house);
    const { etag } = await house.opens('municipal', id);
    await house.does('police', id, 'journal.add', { text: 'nyt', kind: 'personal' });
    expect((await house.order('municipal', 'journal.add', { text: 'x', kind: 'personal' }, { caseId: id, ifMatch: etag })).kind).toBe('stale');
  });

  it('ends access with the membership, at the next request (FM-CNF-2)', async () => {
    const id = await takenCase(house);
    await house.does('municipal', id, 'circle.remove', { user: people.probation.user, reason: 'Har skiftet arbejde' });
    expect((await openCase(house, house.tokens.probation, id, 'overview')).kind).toBe('absent');
    expect((await house.order('probation', 'journal.add', { text: 'x' }, { caseId: id })).kind).toBe('absent');
  });

  it('shuts an excluded person out, in the words of an unknown case (FM-DEC-4)', async () => {
    const id = await takenCase(house);
    await house.does('municipal', id, 'circle.exclude', { user: people.police.user, reason: 'Fætter' });
    expect(await openCase(house, house.tokens.police, id, 'overview')).toEqual({ kind: 'absent' });
  });
});
