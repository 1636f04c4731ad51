import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance } from 'fastify';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BrowserJar, signIn } from '../../../tests/support/browser-jar.js';
import { type FreshDatabase, freshDatabase } from '../../../tests/support/database.js';
import { DEMONSTRATION_PEOPLE } from '../../domain/reference/demonstration-people.js';
import { endSession, whoAmI } from '../../store/lists.js';
import { beginStepUp, isSteppedUp } from '../../store/step-up.js';
import { createPool, type Pool } from '../../store/postgres/pools.js';
import { createLogin } from './client.js';
import { LOGIN_PATHS } from './login-paths.js';
import { demonstrationIssuer, demonstrationProvider } from './provider.js';
import { loginRoutes } from './routes.js';

let db: FreshDatabase;
let loginPool: Pool;
let web: Pool;
let app: FastifyInstance;
let origin: string;
const logged: string[] = [];

beforeAll(async () => {
  db = await freshDatabase();
  loginPool = createPool(db.url('udvej_login'), { max: 2, name: 'test login' });
  web = createPool(db.url('udvej_web'), { max: 2, name: 'test web' });
  // The provider must know its address before the server is built: the socket comes first.
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  app = Fastify({ serverFactory: (handler) => server.on('request', handler), forceCloseConnections: true });
  await app.register(cookie);
  await app.register(formbody);
  const provider = await demonstrationProvider(origin);
  await app.register(provider.plugin);
  const login = createLogin({ issuers: [provider.settings], origin, loginPool, key: randomBytes(32), demonstration: true });
  const routes = loginRoutes({
    login,
    endSession: (token) => endSession(web, token),
    beginStepUp: async (token) => (await beginStepUp(web, token)) ?? 'signed-out',
    log: (line) => logged.push(line),
  });
  app.get(LOGIN_PATHS.login, (request, reply) => routes.startLogin({ request, reply }));
  app.get(LOGIN_PATHS.callback, (request, reply) => routes.finishLogin({ request, reply }));
  app.post(LOGIN_PATHS.logout, (request, reply) => routes.logout({ request, reply }));
  await app.ready();
});

afterAll(async () => {
  await app.close();
  await Promise.all([loginPool.end(), web.end()]);
  await db.drop();
});

const actions = async (): Promise<string[]> =>
  (await db.superuser<{ action: string }>('select action from audit.event order by at')).map(({ action }) => action);

test('whoever chooses a person of the demonstration is that person, with his authority and functions', async () => {
  const browser = new BrowserJar(origin);
  const answer = await signIn(browser, 'politi.vestegnen', '/login?til=/sager%3Fside%3D2');
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sager?side=2']);
  const token = browser.cookie('udvej') ?? '';
  expect(await whoAmI(web, token)).toMatchObject({
    name: 'Mette Lindqvist',
    authority: 'police:koebenhavns-vestegn',
    functions: ['police_exit'],
  });
  const rows = await db.superuser<{ issuer: string; subject: string; level: string; fresh: boolean }>(
    `select f.issuer, f.subject, s.level, s.auth_time > now() - interval '1 minute' as fresh
     from sec.session s join app.staff f on f.id = s.user_id where s.token_hash = sha256($1)`,
    [Buffer.from(token)],
  );
  expect(rows).toEqual([{ issuer: demonstrationIssuer(origin), subject: 'politi.vestegnen', level: 'substantial', fresh: true }]);
  expect(await actions()).toEqual(['login']);
});

test('every person of the demonstration can log in', async () => {
  for (const { login, name } of DEMONSTRATION_PEOPLE) {
    const browser = new BrowserJar(origin);
    await signIn(browser, login);
    expect((await whoAmI(web, browser.cookie('udvej') ?? ''))?.name, login).toBe(name);
  }
});

test('the session cookie is out of scripts’ reach, and the token stands in no address', async () => {
  const browser = new BrowserJar(origin);
  const answer = await signIn(browser, 'kif.vestegnen');
  const line = answer.headers.getSetCookie().find((one) => one.startsWith('udvej='));
  expect(line?.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax']);
  expect(answer.url + (answer.headers.get('location') ?? '')).not.toContain(browser.cookie('udvej') ?? '?');
});

test('a second login asks anew who one is, and ends the session before it', async () => {
  const browser = new BrowserJar(origin);
  await signIn(browser, 'ishoj.koordinator');
  const first = browser.cookie('udvej') ?? '';
  await signIn(browser, 'ishoj.koordinator.2');
  expect((await whoAmI(web, browser.cookie('udvej') ?? ''))?.name).toBe('Line Østerby');
  expect(await whoAmI(web, first)).toBeUndefined();
});

test('a step-up gives the same person a new session, proved now, in the place of the old; another person is refused, and the old session stays (control 18)', async () => {
  const browser = new BrowserJar(origin);
  await signIn(browser, 'kontaktpunkt.kl');
  const first = browser.cookie('udvej') ?? '';
  await db.superuser(`update sec.session set auth_time = now() - interval '1 hour' where token_hash = sha256($1)`, [Buffer.from(first)]);
  const refused = await signIn(browser, 'kontaktpunkt.dfk', '/login?igen=ja&til=/tal');
  expect([refused.status, browser.cookie('udvej'), (await whoAmI(web, first))?.name === undefined]).toEqual([403, first, false]);
  const answer = await signIn(browser, 'kontaktpunkt.kl', '/login?igen=ja&til=/tal');
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/tal']);
  const renewed = browser.cookie('udvej') ?? '';
  expect([await whoAmI(web, first), await isSteppedUp(web, renewed)]).toEqual([undefined, true]);
});

test('logging out ends the session in the database and has the browser forget all', async () => {
  const browser = new BrowserJar(origin);
  await signIn(browser, 'politi.fyn');
  const token = browser.cookie('udvej') ?? '';
  const answer = await browser.visit(LOGIN_PATHS.logout, { form: {} });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('clear-site-data')).toBe('"cache", "cookies", "storage"');
  expect(browser.cookie('udvej')).toBeUndefined();
  expect(await whoAmI(web, token)).toBeUndefined();
  expect((await actions()).at(-1)).toBe('logout');
  const page = await answer.text();
  expect(page).toContain('<h1>Du er logget ud</h1>');
  expect(page).toContain('href="/login"');
});

test('the same answer of the provider sent again starts no second session (control 28)', async () => {
  const browser = new BrowserJar(origin);
  const first = await signIn(browser, 'politi.vestegnen');
  const again = await browser.visit(first.url);
  expect(again.status).toBe(400);
  expect(await again.text()).toContain('Login lykkedes ikke. Prøv igen.');
  expect(logged.at(-1)).toBe('login.denied reason=no-attempt');
});

test('a code is worth nothing the second time, even with a copy of the cookie (control 28)', async () => {
  const browser = new BrowserJar(origin);
  let copy = '';
  const visit = browser.visit.bind(browser);
  browser.visit = (address, options) => {
    copy = browser.cookie('udvej-login') ?? copy;
    return visit(address, options);
  };
  const first = await signIn(browser, 'politi.vestegnen');
  const thief = new BrowserJar(origin);
  thief.setCookie('udvej-login', copy);
  const again = await thief.visit(first.url);
  expect([again.status, thief.cookie('udvej')]).toEqual([400, undefined]);
  expect(logged.at(-1)).toMatch(/^login\.denied reason=proof code=OAUTH_RESPONSE_BODY_ERROR /);
});

test('a person whose access was ended is told so, and the refusal is in the access log', async () => {
  const browser = new BrowserJar(origin);
  await signIn(browser, 'bolig.ishoj');
  await db.superuser(`update app.staff set disabled_at = now() where subject = 'bolig.ishoj'`);
  const other = new BrowserJar(origin);
  const answer = await signIn(other, 'bolig.ishoj');
  expect([answer.status, other.cookie('udvej')]).toEqual([403, undefined]);
  expect(await answer.text()).toContain('Din adgang til Udvej er lukket.');
  expect((await actions()).at(-1)).toBe('login.denied');
  expect(await whoAmI(web, browser.cookie('udvej') ?? '')).toBeUndefined();
});

test('what the demonstration’s provider shows needs no script and no style of its own (control 30)', async () => {
  const browser = new BrowserJar(origin);
  const choice = await browser.follow(await browser.visit('/login'));
  const refusal = await browser.visit('/demo-login/auth?client_id=nobody');
  const formPost = await browser.visit(
    `${(await browser.visit('/login')).headers.get('location') ?? ''}&response_mode=form_post`,
  );
  const lost = await browser.visit('/demo-login/vaelg/unknown');
  expect([choice.status, refusal.status, formPost.status, lost.status]).toEqual([200, 400, 400, 400]);
  for (const page of [choice, refusal, formPost, lost].map((one) => one.text())) {
    expect(await page).not.toMatch(/<style|<script(?! type="module" src="\/assets\/)|\sstyle=|\son\w+=/);
  }
});

test('a person who is not on the list cannot be chosen, nor can another site choose', async () => {
  for (const { form, headers } of [
    { form: { login: 'politi.koebenhavn' }, headers: {} },
    { form: { login: 'admin' }, headers: { 'sec-fetch-site': 'cross-site' } },
    { form: { login: 'admin' }, headers: { origin: 'https://ond.example' } },
  ]) {
    const browser = new BrowserJar(origin);
    const choice = await browser.follow(await browser.visit('/login'));
    const action = /action="([^"]+)"/.exec(await choice.text())?.[1] ?? '';
    const answer = await browser.visit(action, { form, headers });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  }
});

test('answers only under the name it was started with', async () => {
  const { statusCode } = await app.inject({
    url: '/demo-login/.well-known/openid-configuration',
    headers: { host: 'udvej.ond.example' },
  });
  expect(statusCode).toBe(421);
});

test('whoever comes by another name of the machine is sent to the one of the settings', async () => {
  const port = new URL(origin).port;
  const astray = await app.inject({ url: '/login?til=/sager', headers: { host: `localhost:${port}` } });
  expect([astray.statusCode, astray.headers.location]).toEqual([302, `${origin}/login?til=/sager`]);
  const proxied = await app.inject({ url: '/login', headers: { host: 'udvej.example' } });
  expect(proxied.headers.location).toMatch(/\/demo-login\/auth\?/);
});

test('the demonstration’s provider is not built for an address that others reach', async () => {
  await expect(demonstrationProvider('https://udvej.example.dk')).rejects.toThrow('127.0.0.1');
  await expect(demonstrationProvider('http://127.0.0.1.ond.example')).rejects.toThrow('127.0.0.1');
});
