import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatInstant, instantOf, knownDate } from '../../src/domain/kernel/time.js';
import { listNews, type NewsRow } from '../../src/store/lists.js';
import { startSession } from '../../src/store/session-start.js';
import { inboxCase, seats, takenCase, type TestHouse, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { ask } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let house: TestHouse;
let id: string;
/** Everybody but the probation officer has been here on the second; what follows happens the day after, and they come again. */
beforeAll(async () => {
  house = await testHouse(noLimits);
  web = await testWeb(house, 1_000_000);
  id = await takenCase(house);
  house.setClock(instantOf(knownDate('2026-11-03'), 15, 0));
  await cameYesterday('actor <> $1');
  await house.db.superuser(`update sec.setting set value = value - 25 * 3600 where name = 'clock_behind'`);
});
afterAll(() => web.close());

/** By the database's time; what the program's clock lies behind it is an hour and a day less from then on. */
const cameYesterday = (whose: string) => house.db.superuser(`update audit.event set at = at - interval '1 day' where action = 'login' and ${whose}`, [people.probation.user]);
const again = async (who: PersonName): Promise<string> => {
  const { authority, functions } = people[who];
  const token = await startSession(house.login, { issuer: 'test', subject: who, name: `Navn ${who}`, authority, functions, authTime: new Date(), level: 'substantial' });
  if (token === undefined) throw new Error('no session');
  return token;
};
const newsOf = async (who: PersonName): Promise<readonly NewsRow[]> => listNews(house.web, await again(who));
const typesOf = async (who: PersonName): Promise<readonly string[]> => (await newsOf(who)).map((one) => one.type);
const note = (who: PersonName, more: object) => house.does(who, id, 'journal.add', { text: 'Ringede', kind: 'personal', ...more });

describe('what happened since one was here (FM-WORK-1, FM-WORK-6)', () => {
  it('is nothing that was there when he last came', async () => {
    expect(await newsOf('municipal')).toEqual([]);
  });

  it('tells what the others did, newest first, with the case, and not one’s own acts', async () => {
    await house.does('police', id, 'assessment.begin');
    await note('municipal', {});
    const news = await newsOf('municipal');
    expect(news.map((one) => one.type)).toEqual(['AssessmentBegun']);
    const opened = await house.opens('municipal', id);
    expect(news[0]).toMatchObject({ case_id: id, number: opened.number, label: opened.label });
    expect(formatInstant(news[0]?.at ?? house.clock())).toContain('3. november 2026');
    expect(await typesOf('police')).toEqual(['NoteAdded']);
    await note('police', {});
    expect(await typesOf('municipal')).toEqual(['NoteAdded', 'AssessmentBegun']);
  });

  it('stands under what waits on the front page, with the way to the case; to who is here for the first time there is no such part', async () => {
    const front = async (who: PersonName) => (await ask(web, who, { method: 'GET', url: '/' })).body;
    expect(await newsOf('probation')).toEqual([]);
    expect(await front('probation')).not.toContain('Siden sidst');
    const page = await front('municipal');
    const news = page.slice(page.indexOf('Siden sidst'));
    expect(page).toContain('Siden sidst');
    expect(news).toContain('Visitation begyndt');
    expect(news).toContain(`href="/sager/${id}"`);
  });

  it('goes on being told all day, however often one comes', async () => {
    const first = await newsOf('municipal');
    expect(first.length).toBeGreaterThan(0);
    expect(await newsOf('municipal')).toEqual(first);
  });

  it('tells police nothing of health and of a treatment, and the owner nothing of the unit; what is hidden takes no place (FM-CNF-4)', async () => {
    await cameYesterday('actor = $1');
    const before = await typesOf('police');
    for (let n = 0; n < 12; n += 1) await note('municipal', { kind: 'health' });
    await house.does('municipal', id, 'measure.propose', { type: 'stofmisbrug', owner: people.treatment.user });
    expect(await typesOf('police')).toEqual(before);
    expect(await typesOf('probation')).toHaveLength(10);
    expect(await newsOf('treatment')).toEqual([]);
  });

  it('tells nobody else of an authority’s own note', async () => {
    const before = await newsOf('municipal');
    await note('police', { own: true });
    expect(await newsOf('municipal')).toEqual(before);
  });

  it('tells nothing to those outside, and nothing to who has left', async () => {
    await inboxCase(house);
    for (const who of ['odense', 'policeFyn', 'auditor', 'admin', 'officialKl'] as const) expect(await newsOf(who)).toEqual([]);
    await house.does('police', id, 'circle.remove', { user: seats.probation, reason: 'Går på barsel' });
    expect(await newsOf('probation')).toEqual([]);
  });

  it('asks for no key and opens no case: the log has its own row and no other', async () => {
    const log = async () => (await house.db.superuser<{ action: string; n: number }>('select action, count(*)::int as n from audit.event where actor = $1 group by 1', [people.municipal.user]))
      .reduce<Record<string, number>>((all, one) => ({ ...all, [one.action]: one.n }), {});
    const token = await again('municipal');
    const before = await log();
    await listNews(house.web, token);
    expect(await log()).toEqual({ ...before, 'news.listed': (before['news.listed'] ?? 0) + 1 });
    await expect(listNews(house.web, 'nobody')).rejects.toMatchObject({ code: '28000' });
  });
});
