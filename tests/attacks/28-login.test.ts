import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { fetchFrom, type Forgery, StandInIssuer } from '../support/stand-in-issuer.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { createLogin, type Login, type LoginRefusal } from '../../src/web/login/client.js';
import type { IssuerSettings } from '../../src/web/login/issuers.js';

let db: FreshDatabase;
let loginPool: Pool;
let ishoej: StandInIssuer;
let odense: StandInIssuer;
let login: Login;

const settingsOf = ({ issuer, clientId, clientSecret }: StandInIssuer, municipality: string): IssuerSettings => ({
  issuer,
  clientId,
  clientSecret,
  authorities: [`municipality:${municipality}*`],
  functions: ['municipal_exit', 'measure_owner'],
  label: municipality,
});
const rita = { sub: 'rita', name: 'Rita Opfundet', udvej_authority: 'municipality:0183', udvej_functions: ['municipal_exit'] };

beforeAll(async () => {
  db = await freshDatabase();
  loginPool = createPool(db.url('udvej_login'), { max: 2, name: 'test login' });
});
afterAll(async () => {
  await loginPool.end();
  await db.drop();
});
beforeEach(async () => {
  ishoej = new StandInIssuer('https://id.ishoej.example');
  odense = new StandInIssuer('https://id.odense.example');
  login = createLogin({
    issuers: [settingsOf(ishoej, '0183'), settingsOf(odense, '0461')],
    origin: 'https://udvej.example',
    loginPool,
    key: randomBytes(32),
    demonstration: false,
    fetch: fetchFrom(ishoej, odense),
  });
  await db.superuser('truncate sec.session, app.staff cascade');
  await db.superuser(`delete from audit.event`);
});

const begun = async (issuer = 0) => {
  const attempt = await login.begin({ issuer, returnTo: '/sager' });
  if (attempt === undefined) throw new Error('not begun');
  return attempt;
};
const sessions = async (): Promise<number> =>
  (await db.superuser<{ n: number }>('select count(*)::int as n from sec.session'))[0]?.n ?? -1;

/** Where the provider's own signature says who it is, and he is not let in: one row, with the reason. Else nobody is known to have come. */
const OF_SOMEBODY: readonly LoginRefusal[] = ['level', 'claims', 'outside', 'old', 'another', 'ended'];

async function expectRefusal(finished: Awaited<ReturnType<Login['finish']>>, reason: LoginRefusal): Promise<void> {
  expect(finished).toMatchObject({ kind: 'refused', reason });
  expect(finished).not.toHaveProperty('token');
  expect(await sessions()).toBe(0);
  const rows = await db.superuser<{ action: string; purpose: string }>(`select action, purpose from audit.event where action <> 'login'`);
  expect(rows).toEqual(OF_SOMEBODY.includes(reason) ? [{ action: 'login.denied', purpose: reason }] : []);
}

/** Logs in with one thing wrong; the refusal. */
async function forged(forgery: Forgery, claims: object = {}) {
  ishoej.forgery = forgery;
  const { to, pending } = await begun();
  return login.finish(ishoej.logIn(to, { ...rita, ...claims }), pending);
}

test('logs in whoever his own authority’s provider vouches for', async () => {
  const finished = await forged({});
  expect(finished).toMatchObject({ kind: 'started', returnTo: '/sager' });
  expect(await db.superuser('select issuer, subject, name, authority, functions from app.staff')).toEqual([
    {
      issuer: 'https://id.ishoej.example',
      subject: 'rita',
      name: 'Rita Opfundet',
      authority: 'municipality:0183',
      functions: ['municipal_exit'],
    },
  ]);
});

test('asks for a code with PKCE, state, nonce, and a login no older than the idle limit', async () => {
  const query = new URL((await begun()).to).searchParams;
  expect(Object.fromEntries(query)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    max_age: '900',
    redirect_uri: 'https://udvej.example/login/retur',
    scope: 'openid profile',
  });
  for (const secret of ['state', 'nonce', 'code_challenge']) expect(query.get(secret)?.length).toBeGreaterThan(40);
  expect(query.has('prompt')).toBe(false);
});

test('asks for a login of this moment, and a level, before acts that need them (control 18)', async () => {
  const attempt = await login.begin({ issuer: 0, returnTo: '/sager', stepUp: { before: 'ab'.repeat(32), issuer: odense.issuer, level: 'high' } });
  const to = new URL(attempt?.to ?? '');
  expect([to.host, to.searchParams.get('prompt'), to.searchParams.get('max_age'), to.searchParams.get('acr_values')]).toEqual(['id.odense.example', 'login', '0', null]);
});

const past = () => Math.floor(Date.now() / 1000) - 3600;
const FORGED: Readonly<Record<string, () => Forgery>> = {
  'another nonce': () => ({ claims: { nonce: 'another' } }),
  'no nonce': () => ({ claims: { nonce: undefined } }),
  'another issuer’s name': () => ({ claims: { iss: 'https://id.odense.example' } }),
  'another program as its audience': () => ({ claims: { aud: 'another-program' } }),
  'a time that is past': () => ({ claims: { exp: past(), iat: past() - 300 } }),
  'no signature (alg=none)': () => ({ signedBy: 'nobody' }),
  'a signature by a stranger': () => ({ signedBy: 'stranger' }),
  'a signature with our own secret (HS256)': () => ({ signedBy: 'client-secret' }),
  'a key that the issuer does not have': () => ({ header: { kid: 'two' } }),
  'a login that lies an hour back': () => ({ claims: { auth_time: past() } }),
  'no time of the login': () => ({ claims: { auth_time: undefined } }),
};
test.each(Object.entries(FORGED))('refuses a token with %s (control 28)', async (_, forgery) => {
  await expectRefusal(await forged(forgery()), 'proof');
});

test('refuses an answer with another state (control 28)', async () => {
  const { to, pending } = await begun();
  const query = ishoej.logIn(to, rita);
  query.set('state', 'another');
  await expectRefusal(await login.finish(query, pending), 'proof');
  expect(ishoej.asked).not.toContain('/token');
});

test('refuses an answer that names another provider, so that one cannot pass off the other’s code', async () => {
  const { to, pending } = await begun();
  const query = ishoej.logIn(to, rita);
  query.set('iss', odense.issuer);
  await expectRefusal(await login.finish(query, pending), 'proof');
});

test('refuses a code that was used (control 28)', async () => {
  const { to, pending } = await begun();
  const query = ishoej.logIn(to, rita);
  await login.finish(query, pending);
  await db.superuser('truncate sec.session');
  await expectRefusal(await login.finish(query, pending), 'proof');
});

test('refuses an answer in a browser that began no login', async () => {
  const { to, pending } = await begun();
  const query = ishoej.logIn(to, rita);
  await expectRefusal(await login.finish(query, undefined), 'no-attempt');
  // Not the last letter of it: some of its bits say nothing.
  const other = pending.at(-5) === 'A' ? 'B' : 'A';
  await expectRefusal(await login.finish(query, `${pending.slice(0, -5)}${other}${pending.slice(-4)}`), 'no-attempt');
});

test('refuses when the person gives up at the provider', async () => {
  const { to, pending } = await begun();
  const query = new URLSearchParams({
    error: 'access_denied',
    state: new URL(to).searchParams.get('state') ?? '',
    iss: ishoej.issuer,
  });
  await expectRefusal(await login.finish(query, pending), 'by-issuer');
});

test.each(['low', 'https://data.gov.dk/concept/core/nsis/Low', '', 'urn:example:substantial', undefined])(
  'refuses a login of level %j: below substantial (control 28)',
  async (acr) => {
    await expectRefusal(await forged({}, { acr }), 'level');
  },
);

test.each([
  ['an authority of another issuer', { udvej_authority: 'municipality:0461' }],
  ['the police', { udvej_authority: 'police:koebenhavns-vestegn' }],
  ['an authority that does not exist', { udvej_authority: 'municipality:0183:nowhere' }],
  ['a function that the issuer may not give', { udvej_functions: ['municipal_exit', 'contact_point'] }],
  ['a function that does not exist', { udvej_functions: ['municipal_exit', 'root'] }],
  ['no function', { udvej_functions: [] }],
])('refuses a login with %s, which the issuer may not say of anyone (access.md, Functions)', async (_, claims) => {
  await expectRefusal(await forged({}, claims), 'outside');
});

test.each([
  ['no word of functions', { udvej_functions: undefined }],
  ['functions in one text', { udvej_functions: 'municipal_exit' }],
  ['no name', { name: ' ' }],
  ['a name with control characters', { name: 'Rita\u0000' }],
  ['a login in the future', { auth_time: Math.floor(Date.now() / 1000) + 3600 }],
])('refuses a login with %s', async (_, claims) => {
  await expectRefusal(await forged({}, claims), 'claims');
});

test('the same name at another provider is another person (control 28)', async () => {
  await forged({});
  const { to, pending } = await begun(1);
  await login.finish(odense.logIn(to, { ...rita, udvej_authority: 'municipality:0461' }), pending);
  const people = await db.superuser<{ id: string; issuer: string }>(
    'select distinct f.id, f.issuer from sec.session s join app.staff f on f.id = s.user_id order by f.issuer',
  );
  expect(people.map(({ issuer }) => issuer)).toEqual([ishoej.issuer, odense.issuer]);
  expect(new Set(people.map(({ id }) => id)).size).toBe(2);
});

test('asks a provider about itself once, and again after a failure', async () => {
  ishoej.silent = true;
  expect(await login.begin({ issuer: 0, returnTo: '/' })).toBeUndefined();
  ishoej.silent = false;
  await begun();
  await begun();
  expect(ishoej.asked).toEqual(['/.well-known/openid-configuration', '/.well-known/openid-configuration']);
});

test('a provider that falls silent on the way is no forgery', async () => {
  const { to, pending } = await begun();
  const query = ishoej.logIn(to, rita);
  ishoej.silent = true;
  await expectRefusal(await login.finish(query, pending), 'unavailable');
});

test('tells where one can log out of the providers too', async () => {
  odense.silent = true;
  const farewells = await login.farewells();
  expect(farewells).toEqual([{ label: '0183', href: 'https://id.ishoej.example/out?client_id=udvej' }]);
});

test('refuses who has lost his access, once in the log, as himself (controls 10, 27)', async () => {
  await forged({});
  await db.superuser('update app.staff set disabled_at = now()');
  await db.superuser('truncate sec.session');
  await expectRefusal(await forged({}), 'ended');
  expect(await db.superuser(`select 1 from audit.event e join app.staff f on f.id = e.actor where e.action = 'login.denied' and f.subject = 'rita'`)).toHaveLength(1);
});

describe('an issuer with words of its own for the levels', () => {
  const levels = { substantial: ['urn:example:2'], high: ['urn:example:3'] };
  const own = () =>
    createLogin({
      issuers: [{ ...settingsOf(ishoej, '0183'), levels }],
      origin: 'https://udvej.example',
      loginPool,
      key: randomBytes(32),
      demonstration: false,
      fetch: fetchFrom(ishoej),
    });
  const comes = async (acr: string) => {
    const at = own();
    const attempt = await at.begin({ issuer: 0, returnTo: '/sager' });
    return at.finish(ishoej.logIn(attempt?.to ?? '', { ...rita, acr }), attempt?.pending);
  };

  test('is asked for one of them, and for no less than the act demands (control 18)', async () => {
    const acr = async (stepUp?: { before: string; issuer: string; level: string }) =>
      new URL((await own().begin({ issuer: 0, returnTo: '/', stepUp }))?.to ?? '').searchParams.get('acr_values');
    expect(await acr()).toBe('urn:example:2 urn:example:3');
    expect(await acr({ before: 'ab'.repeat(32), issuer: ishoej.issuer, level: 'high' })).toBe('urn:example:3');
  });

  test('is believed in those, and in no others: not in the standard’s, which it was not said to use', async () => {
    expect(await comes('urn:example:3')).toMatchObject({ kind: 'started' });
    expect(await db.superuser('select level from sec.session')).toEqual([{ level: 'high' }]);
    await db.superuser('truncate sec.session');
    await expectRefusal(await comes('high'), 'level');
  });
});
