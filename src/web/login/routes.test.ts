import cookie from '@fastify/cookie';
import Fastify from 'fastify';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createPool } from '../../store/postgres/pools.js';
import { createLogin, type Login } from './client.js';
import { LOGIN_PATHS } from './login-paths.js';
import { loginRoutes } from './routes.js';

const TOKEN = randomBytes(32).toString('base64url');
const OLD = randomBytes(32).toString('base64url');

/** A login that always begins, and ends as told; the protocol itself is tested beside `client.ts`. */
const told = (more: Partial<Login> = {}): Login => ({
  labels: ['Ishøj Kommune'],
  secure: true,
  origin: 'https://udvej.example',
  demonstration: false,
  begin: ({ issuer, returnTo, stepUp }) =>
    Promise.resolve({ to: `https://id.example/auth?${JSON.stringify([issuer, returnTo, stepUp?.level ?? false])}`, pending: 'sealed' }),
  finish: () => Promise.resolve({ kind: 'started', token: TOKEN, returnTo: '/sager' }),
  endTold: () => Promise.resolve(false),
  farewells: () => Promise.resolve([]),
  ...more,
});

async function serve(login: Login) {
  const app = Fastify();
  await app.register(cookie);
  const log: string[] = [];
  const ended: string[] = [];
  const routes = loginRoutes({
    login,
    endSession: (token) => {
      ended.push(token);
      return Promise.resolve();
    },
    beginStepUp: () => Promise.resolve({ issuer: 'https://id.example', level: 'high' }),
    log: (line) => log.push(line),
  });
  app.get(LOGIN_PATHS.login, (request, reply) => routes.startLogin({ request, reply }));
  app.get(LOGIN_PATHS.callback, (request, reply) => routes.finishLogin({ request, reply }));
  app.post(LOGIN_PATHS.logout, (request, reply) => routes.logout({ request, reply }));
  return { app, log, ended };
}
const setCookies = (headers: Readonly<Record<string, unknown>>): string[] => [headers['set-cookie'] ?? []].flat().map(String);
const sentTo = (headers: Readonly<Record<string, unknown>>): unknown =>
  JSON.parse(decodeURIComponent(new URL(String(headers['location'])).search.slice(1)));

describe('going to the provider', () => {
  test('one provider: straight to it, with the login under way left in the browser', async () => {
    const { app } = await serve(told());
    const { statusCode, headers } = await app.inject('/login?til=/sager%3Fside%3D2');
    expect([statusCode, sentTo(headers)]).toEqual([302, [0, '/sager?side=2', false]]);
    expect(setCookies(headers)).toEqual(['__Host-udvej-login=sealed; Max-Age=600; Path=/; HttpOnly; Secure; SameSite=Lax']);
  });

  test('never comes back to another site', async () => {
    const { app } = await serve(told());
    expect(sentTo((await app.inject('/login?til=//ond.example')).headers)).toEqual([0, '/', false]);
    expect(sentTo((await app.inject('/login?til=/sager&til=//ond.example')).headers)).toEqual([0, '/sager', false]);
  });

  test('several providers: a page of links, and the chosen one', async () => {
    const { app } = await serve(told({ labels: ['Ishøj Kommune', 'Rigspolitiet <3'] }));
    const page = (await app.inject('/login?til=/sager')).body;
    expect(page).toContain('href="/login?hos=2&amp;til=%2Fsager"');
    expect(page).toContain('Rigspolitiet &lt;3');
    expect(page).not.toContain('<form');
    expect(sentTo((await app.inject('/login?hos=2&til=/sager')).headers)).toEqual([1, '/sager', false]);
  });

  test.each(['0', '3', '-1', '1.5', 'x', ''])('asks again when provider %j does not exist', async (chosen) => {
    const { app } = await serve(told({ labels: ['Ishøj Kommune', 'Rigspolitiet'] }));
    const { statusCode, body } = await app.inject(`/login?hos=${chosen}`);
    expect(statusCode).toBe(200);
    expect(body).toContain('Vælg, hvor du har dit login.');
  });

  test('says so when the provider does not answer, and keeps where he was going', async () => {
    const { app, log } = await serve(told({ begin: () => Promise.resolve(undefined) }));
    const { statusCode, body } = await app.inject('/login?til=/sager');
    expect(statusCode).toBe(503);
    expect(body).toContain('Login svarer ikke lige nu. Prøv igen om lidt.');
    expect(body).toContain('href="/login?til=%2Fsager"');
    expect(log).toEqual(['login.denied reason=unavailable']);
  });
});

describe('coming back', () => {
  test('over https the session’s cookie is bound to the host', async () => {
    const { app } = await serve(told());
    const { statusCode, headers } = await app.inject({
      url: '/login/retur?code=x&state=y',
      cookies: { '__Host-udvej-login': 'sealed' },
    });
    expect([statusCode, headers.location]).toEqual([303, '/sager']);
    expect(setCookies(headers)).toContain(`__Host-udvej=${TOKEN}; Path=/; HttpOnly; Secure; SameSite=Lax`);
  });

  test('the login under way is taken from the browser, whatever comes of it (control 28)', async () => {
    for (const finish of [told().finish, () => Promise.resolve({ kind: 'refused', reason: 'proof' } as const)]) {
      const { app } = await serve(told({ finish }));
      const { headers } = await app.inject('/login/retur?code=x');
      expect(setCookies(headers).find((one) => one.startsWith('__Host-udvej-login=;'))).toContain('Expires=Thu, 01 Jan 1970');
    }
  });

  test('the session that was is ended; one refused keeps the one he has', async () => {
    const cookies = { '__Host-udvej': OLD };
    const granted = await serve(told());
    await granted.app.inject({ url: '/login/retur', cookies });
    expect(granted.ended).toEqual([OLD]);
    const refused = await serve(told({ finish: () => Promise.resolve({ kind: 'refused', reason: 'level' }) }));
    const { headers } = await refused.app.inject({ url: '/login/retur', cookies });
    expect(refused.ended).toEqual([]);
    expect(setCookies(headers).filter((one) => one.startsWith('__Host-udvej='))).toEqual([]);
  });

  test('a cookie without the prefix is not looked at over https', async () => {
    const { app, ended } = await serve(told());
    await app.inject({ url: '/login/retur', cookies: { udvej: OLD } });
    expect(ended).toEqual([]);
  });

  test('the log says why, and neither whom nor by which code', async () => {
    const { app, log } = await serve(
      told({
        finish: () =>
          Promise.resolve({
            kind: 'refused',
            reason: 'proof',
            code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
            issuer: 'https://id.example',
          }),
      }),
    );
    await app.inject('/login/retur?code=geheim&state=rita');
    expect(log).toEqual(['login.denied reason=proof code=OAUTH_JWT_CLAIM_COMPARISON_FAILED issuer=https://id.example']);
  });

  test.each([
    ['proof', 400, 'Login lykkedes ikke. Prøv igen.'],
    ['level', 403, 'Log ind på sikringsniveau Betydelig eller Høj.'],
    ['outside', 403, 'Dit login giver ikke adgang til Udvej.'],
    ['claims', 403, 'Dit login mangler oplysninger'],
    ['ended', 403, 'Din adgang til Udvej er lukket.'],
  ] as const)('says in plain words what would satisfy: %s', async (reason, status, words) => {
    const { app } = await serve(told({ finish: () => Promise.resolve({ kind: 'refused', reason, returnTo: '/sager' }) }));
    const { statusCode, body } = await app.inject('/login/retur');
    expect(statusCode).toBe(status);
    expect(body).toContain(words);
    expect(body).toContain('<title>Du er ikke logget ind – Udvej</title>');
    expect(body).toContain('href="/login?til=%2Fsager"');
  });
});

describe('logging out', () => {
  test('goes on by a link, also out of the provider', async () => {
    const { app, ended } = await serve(
      told({ farewells: () => Promise.resolve([{ label: 'Ishøj Kommune', href: 'https://id.example/out?client_id=udvej' }]) }),
    );
    const { statusCode, headers, body } = await app.inject({ method: 'POST', url: '/log-ud', cookies: { '__Host-udvej': OLD } });
    expect([statusCode, headers['clear-site-data'], ended]).toEqual([200, '"cache", "cookies", "storage"', [OLD]]);
    expect(setCookies(headers)[0]).toMatch(/^__Host-udvej=; Max-Age=0; Path=\/; .*Secure/);
    expect(body).toContain('<a href="https://id.example/out?client_id=udvej">Log også ud hos Ishøj Kommune</a>');
  });

  test('is the same page for somebody who has no session', async () => {
    const { app, ended } = await serve(told());
    const { statusCode, body } = await app.inject({ method: 'POST', url: '/log-ud', cookies: { '__Host-udvej': 'not a token' } });
    expect([statusCode, ended]).toEqual([200, []]);
    expect(body).toContain('<h1>Du er logget ud</h1>');
  });
});

describe('unsafe settings stop the start', () => {
  const loginPool = createPool('postgres://nobody@127.0.0.1:1/none', { max: 1, name: 'never asked' });
  const issuer = {
    issuer: 'https://id.example',
    clientId: 'udvej',
    clientSecret: 's',
    authorities: ['police:*'],
    functions: ['police_exit' as const],
    label: 'Politiet',
  };
  const parts = { issuers: [issuer], origin: 'https://udvej.example', loginPool, key: randomBytes(32), demonstration: false };

  test('safe ones do not', () => {
    expect(createLogin(parts).secure).toBe(true);
    expect(
      createLogin({
        ...parts,
        demonstration: true,
        origin: 'http://127.0.0.1:3000',
        issuers: [{ ...issuer, issuer: 'http://127.0.0.1:3000/demo-login' }],
      }).secure,
    ).toBe(false);
  });

  test.each([
    ['plain http in life', { origin: 'http://127.0.0.1:3000' }],
    ['plain http on the network', { origin: 'http://udvej.example', demonstration: true }],
    ['a provider over plain http in life', { issuers: [{ ...issuer, issuer: 'http://127.0.0.1:3000/demo-login' }] }],
    ['a provider over plain http on the network', { issuers: [{ ...issuer, issuer: 'http://id.example' }], demonstration: true }],
    ['a provider that stands twice', { issuers: [issuer, issuer] }],
    ['no provider', { issuers: [] }],
    ['a pattern that names no authority', { issuers: [{ ...issuer, authorities: ['politi:*'] }] }],
    ['a short key', { key: randomBytes(16) }],
  ])('%s', (_, unsafe) => {
    expect(() => createLogin({ ...parts, ...unsafe })).toThrow();
  });
});
