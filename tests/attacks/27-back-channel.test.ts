import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { whoAmI } from '../../src/store/lists.js';
import { LOGIN_PATHS } from '../../src/web/login/login-paths.js';
import { type LoginWeb, loginWeb, type Reply, tokenIn } from '../support/login-web.js';
import { people, type PersonName } from '../support/people.js';
import type { Forgery } from '../support/stand-in-issuer.js';

let web: LoginWeb;
beforeAll(async () => { web = await loginWeb(); });
afterAll(() => web.close());
afterEach(() => { web.issuer.forgery = {}; });

const comes = async (who: PersonName, sid?: string): Promise<string> => tokenIn(await web.through('/login', undefined, { ...web.claimsOf(who), ...(sid === undefined ? {} : { sid }) })) ?? '';
const tells = (token: string): Promise<Reply> => web.post(undefined, LOGIN_PATHS.backChannel, { logout_token: token }, { 'sec-fetch-site': 'none' });
const isIn = async (token: string): Promise<boolean> => (await whoAmI(web.house.web, token)) !== undefined;
const told = () => web.house.db.superuser<{ actor: string }>(`select actor from audit.event where action = 'logout.backchannel' order by at`);

describe('Control 27: an identity provider tells that a login is over (OpenID Connect Back-Channel Logout 1.0)', () => {
  it('ends all sessions of the person at once, and nobody else’s, with one row in the log', async () => {
    const [one, two, other] = [await comes('municipal'), await comes('municipal', 'a-login'), await comes('police')];
    const before = (await told()).length;
    const reply = await tells(web.issuer.logoutToken({ sub: 'municipal' }));
    expect([reply.statusCode, reply.body]).toEqual([200, '']);
    expect([await isIn(one), await isIn(two), await isIn(other)]).toEqual([false, false, true]);
    expect((await told()).slice(before)).toEqual([{ actor: people.municipal.user }]);
    // Asked by the page, too, whose name was known a moment ago.
    expect((await web.get(one, '/sager')).statusCode).toBe(303);
  });

  it('ends the one login that it names, and one that has no name', async () => {
    const [one, two, nameless] = [await comes('probation', 'first'), await comes('probation', 'second'), await comes('probation')];
    expect((await tells(web.issuer.logoutToken({ sub: 'probation', sid: 'first' }))).statusCode).toBe(200);
    expect([await isIn(one), await isIn(two), await isIn(nameless)]).toEqual([false, true, false]);
    expect((await tells(web.issuer.logoutToken({ sid: 'second' }))).statusCode).toBe(200);
    expect(await isIn(two)).toBe(false);
  });

  it('is taken once: told again it is refused, and a session begun since goes on', async () => {
    const token = web.issuer.logoutToken({ sub: 'odense' });
    expect((await tells(token)).statusCode).toBe(200);
    const since = await comes('odense');
    expect((await tells(token)).statusCode).toBe(400);
    expect(await isIn(since)).toBe(true);
  });

  const now = () => Math.floor(Date.now() / 1000);
  const wrong: readonly (readonly [string, () => { readonly claims?: object; readonly header?: object; readonly forgery?: Forgery }])[] = [
    ['no signature (alg=none)', () => ({ forgery: { signedBy: 'nobody' } })],
    ['a signature by a stranger', () => ({ forgery: { signedBy: 'stranger' } })],
    ['a signature with our own secret (HS256)', () => ({ forgery: { signedBy: 'client-secret' } })],
    ['a key that the issuer does not have', () => ({ header: { kid: 'two' } })],
    ['another kind of token', () => ({ header: { typ: 'at+jwt' } })],
    ['a header that must be understood', () => ({ header: { crit: ['exp'] } })],
    ['another issuer', () => ({ claims: { iss: 'https://id.odense.example' } })],
    ['another program as its audience', () => ({ claims: { aud: 'another-program' } })],
    ['a time that is long past', () => ({ claims: { iat: now() - 600, exp: now() + 600 } })],
    ['a time to come', () => ({ claims: { iat: now() + 600, exp: now() + 900 } })],
    ['an end that is past', () => ({ claims: { exp: now() - 120 } })],
    ['no time', () => ({ claims: { iat: undefined } })],
    ['no number', () => ({ claims: { jti: undefined } })],
    ['no event', () => ({ claims: { events: undefined } })],
    ['another event', () => ({ claims: { events: { 'http://schemas.openid.net/event/other': {} } } })],
    ['a nonce, as an ID token has', () => ({ claims: { nonce: 'n' } })],
    ['nobody whom it is about', () => ({ claims: { sub: undefined } })],
  ];
  it.each(wrong)('is refused without a word with %s, and ends nothing', async (_what, make) => {
    const session = await comes('municipal2');
    const before = await told();
    const { claims = {}, header = {}, forgery = {} } = make();
    web.issuer.forgery = forgery;
    const reply = await tells(web.issuer.logoutToken({ sub: 'municipal2', ...claims }, { typ: 'logout+jwt', ...header }));
    expect([reply.statusCode, reply.body]).toEqual([400, '']);
    expect(await isIn(session)).toBe(true);
    expect(await told()).toEqual(before);
  });

  it('is refused when what is sent is no token', async () => {
    for (const token of ['', 'x', 'a.b', 'a.b.c', '..', `${web.issuer.logoutToken({ sub: 'police' })}.x`, 'e30.e30.', 'x'.repeat(20_000)]) expect((await tells(token)).statusCode).toBe(400);
    expect((await web.post(undefined, LOGIN_PATHS.backChannel, {})).statusCode).toBe(400);
  });

  it('is believed by the key that the provider changed to, which is asked for at most twice a minute', async () => {
    const session = await comes('police2');
    web.issuer.changeKey();
    const clock = vi.spyOn(performance, 'now');
    const later = performance.now() + 31_000;
    try {
      expect((await tells(web.issuer.logoutToken({ sub: 'police2' }))).statusCode).toBe(400);
      clock.mockReturnValue(later);
      expect((await tells(web.issuer.logoutToken({ sub: 'police2' }))).statusCode).toBe(200);
    } finally {
      clock.mockRestore();
    }
    expect(await isIn(session)).toBe(false);
  });
});
