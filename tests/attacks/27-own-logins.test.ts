import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { whoAmI } from '../../src/store/lists.js';
import { denyLogin, hashOfToken, startSession } from '../../src/store/session-start.js';
import { sessionCookieName } from '../../src/web/login/session-cookie.js';
import { csrfToken } from '../../src/web/visitor.js';
import { testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { audited } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { prompt, type Prompt } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let smuggled: Prompt;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  smuggled = await prompt(web.house.db, 'udvej_web');
});
afterAll(async () => {
  await smuggled.close();
  await web.close();
});
beforeEach(() => web.house.db.superuser('update sec.session set revoked_at = null, last_seen = now()'));

const login = async (who: PersonName, functions: readonly string[] = people[who].functions): Promise<string> => {
  const { authority } = people[who];
  return (await startSession(web.house.login, { issuer: 'test', subject: who, name: `Navn ${who}`, authority, functions, authTime: new Date(), level: 'high' })) ?? '';
};
const end = (token: string) => web.house.db.superuser('update sec.session set expires_at = now() where token_hash = $1', [hashOfToken(token)]);
const isOpen = async (token: string): Promise<boolean> => (await whoAmI(web.house.web, token)) !== undefined;
const ask = (token: string, method: 'GET' | 'POST' = 'GET', csrf = csrfToken(web.settings.csrfKey, token)) => web.app.inject({
  method, url: method === 'GET' ? '/dine-logins' : '/dine-logins/afslut',
  headers: { cookie: `${sessionCookieName(false)}=${token}`, origin: web.settings.origin, 'sec-fetch-site': 'same-origin', ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
  ...(method === 'POST' ? { payload: new URLSearchParams({ _csrf: csrf }).toString() } : {}),
});
/** How many live sessions the page shows, and how many logins of the month. */
const shown = (body: string): readonly number[] => ['nu', 'fremmed', 'maaned'].map((part) => body.split(`aria-labelledby="${part}"`)[1]?.split('</section')[0] ?? '').filter((_, n) => n !== 1)
  .map((part) => (part.split('<tbody')[1]?.match(/<tr/g) ?? []).length);

describe('Control 27: the page of one’s own logins', () => {
  it('shows the sessions that live now, marks this one, and no other person’s', async () => {
    const [mine, phone] = [await login('municipal'), await login('municipal')];
    await login('municipal2');
    const before = shown((await ask(mine)).body);
    const { body } = await ask(phone);
    // What the house began with, and these two.
    expect(before[0]).toBe(3);
    expect(shown(body)[0]).toBe(3);
    expect(body.match(/Dette login/g)).toHaveLength(1);
    expect(body).not.toContain('Navn municipal2');
    for (const secret of [mine, phone].flatMap((token) => [token, hashOfToken(token).toString('hex')])) expect(body).not.toContain(secret);
    await end(mine);
    await web.house.db.superuser(`update sec.session set last_seen = now() - interval '16 minutes' where token_hash = $1`, [hashOfToken(web.house.tokens.municipal)]);
    expect(shown((await ask(phone)).body)[0]).toBe(1);
    expect((await ask(phone)).body).toContain('Du er kun logget ind her.');
    await end(phone);
  });

  it('shows a month of one’s own logins, those that were refused with the reason, and nobody else’s', async () => {
    const token = await login('probation');
    const before = shown((await ask(token)).body)[1] ?? 0;
    await denyLogin(web.house.login, 'test', { sub: 'probation' }, 'level');
    await denyLogin(web.house.login, 'test', { sub: 'probation2' }, 'outside');
    await web.house.db.superuser(`insert into audit.event (at, actor, action) select now() - make_interval(days => d), $1, 'login' from unnest(array[20, 40]) d`, [people.probation.user]);
    const { body } = await ask(token);
    expect(shown(body)[1]).toBe(before + 2);
    expect(body).toContain('Afvist: loginnet var ikke sikkert nok');
    expect(body).not.toContain('kan ikke sige god for');
    await end(token);
  });

  it('shows the month of the login, also from before he came as somebody new, and the refused ones of then', async () => {
    const before = shown((await ask(await login('treatment', ['measure_owner', 'screening']))).body)[1] ?? 0;
    await denyLogin(web.house.login, 'test', { sub: 'treatment' }, 'level');
    const now = await login('treatment', ['measure_owner']);
    expect((await whoAmI(web.house.web, now))?.user_id).not.toBe(people.treatment.user);
    const { body } = await ask(now);
    expect(shown(body)).toEqual([1, before + 2]);
    expect(body).toContain('Afvist: loginnet var ikke sikkert nok');
    await end(now);
  });

  it('leaves a row in the log, is reached from the head of every page, and says whom to call', async () => {
    const { result, rows } = await audited(web, () => web.get('auditor', '/dine-logins'));
    expect(result.statusCode).toBe(200);
    expect(rows).toEqual([{ actor: people.auditor.user, action: 'logins.listed', case_ref: null, purpose: null }]);
    expect(result.body).toContain('Ring straks til it-vagten i din myndighed');
    for (const who of ['police', 'auditor', 'officialKl', 'admin'] as const) expect((await web.get(who, who === 'auditor' ? '/adgang' : '/')).body, who).toContain('href="/dine-logins"');
  });
});

describe('Control 27: the button that ends all the others', () => {
  it('ends them at their next request, and neither this one nor anybody else’s; once in the log', async () => {
    const [mine, phone] = [await login('municipal'), await login('municipal')];
    expect((await ask(phone)).statusCode).toBe(200);
    const { result, rows } = await audited(web, () => ask(mine, 'POST'));
    expect([result.statusCode, result.headers.location]).toEqual([303, '/dine-logins']);
    expect(rows).toEqual([{ actor: people.municipal.user, action: 'logout.others', case_ref: null, purpose: null }]);
    expect([(await ask(phone)).statusCode, (await ask(mine)).statusCode]).toEqual([303, 200]);
    expect([await isOpen(mine), await isOpen(phone), await isOpen(web.house.tokens.municipal)]).toEqual([true, false, false]);
    for (const who of ['municipal2', 'police', 'probation', 'auditor'] as const) expect(await isOpen(web.house.tokens[who]), who).toBe(true);
    expect((await audited(web, () => ask(mine, 'POST'))).rows.map((row) => row.action)).toEqual(['logout.others']);
    await Promise.all([end(mine), end(phone)]);
  });

  it('is pressed by a page of ours and by nobody else (control 29)', async () => {
    const [mine, phone] = [await login('municipal'), await login('municipal')];
    for (const csrf of ['', csrfToken(web.settings.csrfKey, web.house.tokens.police), csrfToken(web.settings.csrfKey, phone)]) expect((await ask(mine, 'POST', csrf)).statusCode).toBe(403);
    expect([await isOpen(mine), await isOpen(phone)]).toEqual([true, true]);
    await Promise.all([end(mine), end(phone)]);
  });

  it('ends and shows nobody else’s by smuggled SQL either: whose it is, the session alone says', async () => {
    const open = async () => (await web.house.db.superuser<{ user_id: string }>('select user_id from sec.session where revoked_at is null and user_id <> $1 order by token_hash', [people.police.user]));
    const before = await open();
    const { user } = people.municipal;
    for (const sql of [
      'select sec.end_other_sessions()', `select set_config('app.user', '${user}', true), sec.end_other_sessions()`, 'select sec.my_logins()',
    ]) expect((await smuggled.tries(web.house.tokens.police, sql)).refused, sql).toBeUndefined();
    for (const sql of [
      `select sec.end_other_sessions('${user}')`, `select sec.my_logins('${user}')`, `update sec.session set revoked_at = now() where user_id = '${user}'`, `select * from sec.session where user_id = '${user}'`,
      `select * from audit.event where actor = '${user}'`, `select sec.end_told('\\x00', 'test', 'municipal', null)`,
    ]) expect((await smuggled.tries(web.house.tokens.police, sql)).refused, sql).toMatch(/^(42501|42883)$/);
    expect(await open()).toEqual(before);
    const [page] = (await smuggled.tries(web.house.tokens.police, 'select sec.my_logins() as page')).rows as readonly { readonly page: { readonly sessions: readonly { readonly this: boolean }[] } }[];
    expect(page?.page.sessions.filter((one) => one.this)).toHaveLength(1);
    expect(page?.page.sessions).toHaveLength(1);
    for (const sql of ['select sec.end_other_sessions()', 'select sec.my_logins()']) expect((await smuggled.tries('', sql)).refused, sql).toBe('28000');
  });
});
