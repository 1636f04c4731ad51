import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeFinding } from '../../src/store/access-log.js';
import { startSession } from '../../src/store/session-start.js';
import { testHouse } from '../support/house.js';
import { people } from '../support/people.js';
import { audited } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterAll(() => web.close());

/** A finding about somebody, and whether it is closed. */
const found = async (person: string): Promise<string> => (await web.house.db.superuser<{ id: string }>(
  `insert into audit.review (kind, person, at, found_at, due, finding, events) values ('denials', $1, now(), now(), now() + interval '14 days', $2, '{}') returning id`, [person, randomUUID()]))[0]?.id ?? '';
const isClosed = async (id: string): Promise<boolean> =>
  (await web.house.db.superuser<{ closed: boolean }>('select closed_at is not null as closed from audit.review where id = $1', [id]))[0]?.closed ?? false;
const JUDGED = { vurdering: 'justified', ord: 'Et forkert link' };

describe('Control 17: what the log has of the auditor himself', () => {
  it('is not his to judge: he is told that a colleague must, and a judgement he sends all the same is refused and in the log', async () => {
    const own = await found(people.auditor.user);
    const page = await web.get('auditor', `/adgang/fund/${own}`);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Fundet handler om dig. En kollega, der også fører tilsyn med loggen, skal vurdere det.');
    expect(page.body).not.toContain('name="vurdering"');
    const { result, rows } = await audited(web, () => web.post('auditor', `/adgang/fund/${own}`, JUDGED));
    expect(result.statusCode).toBe(404);
    expect(rows.map((row) => [row.actor, row.action])).toEqual([[people.auditor.user, 'page.denied']]);
    expect(await isClosed(own)).toBe(false);
    expect(await web.house.db.superuser('select id from audit.judgement where review_id = $1', [own])).toEqual([]);
  });

  it('is not his either from a time when his login said something else of him', async () => {
    const login = (functions: readonly string[], authority: string) => startSession(web.house.login, { issuer: 'test', subject: 'police2', name: 'Navn police2', authority, functions, authTime: new Date(), level: 'substantial' });
    const before = await found(people.police2.user);
    const token = await login(['auditor'], 'rigspolitiet') ?? '';
    expect(await judgeFinding(web.house.web, token, before, 'justified', 'Mit eget')).toBe(false);
    expect(await isClosed(before)).toBe(false);
  });

  it('is all that is not his: what the log has of others he judges alone', async () => {
    const others = await found(people.police.user);
    expect((await web.post('auditor', `/adgang/fund/${others}`, JUDGED)).statusCode).toBe(303);
    expect(await isClosed(others)).toBe(true);
  });
});
