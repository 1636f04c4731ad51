import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOGIN_PATHS } from '../../src/web/login/login-paths.js';
import { againOf, type Route } from '../../src/web/route.js';
import { csrfToken, formToken } from '../../src/web/visitor.js';
import { inboxCase, takenCase } from '../support/house.js';
import { type LoginWeb, loginWeb, type Reply, tokenIn } from '../support/login-web.js';
import { people, type PersonName } from '../support/people.js';
import { fingerprint, LOOKING } from '../support/wall-sql.js';
import { addresses } from '../support/wall-walk.js';

type Fields = Readonly<Record<string, string>>;

let web: LoginWeb;
let mine: string;
let waiting: string;
/** A second session of somebody who is signed in already. */
const second = new Map<PersonName, string>();
beforeAll(async () => {
  web = await loginWeb();
  mine = await takenCase(web.house);
  waiting = await inboxCase(web.house);
  for (const who of ['municipal', 'police', 'officialKl'] as const) second.set(who, tokenIn(await web.through('/login', undefined, web.claimsOf(who))) ?? '');
});
afterAll(() => web.close());

const isApi = ({ path }: Route): boolean => path.startsWith('/api/');
/** Every address that does something, as the table has it: a new one is covered by being there. */
const unsafe = (): readonly Route[] => web.routes.filter(({ method }) => method !== 'GET');
const mayBy = ({ permission }: Route): PersonName => (permission === 'contact-point' ? 'officialKl' : permission === 'inbox-keeper' ? 'police' : 'municipal');
const urlsOf = (route: Route): readonly string[] => (route.path.includes(':') ? [...addresses(route, mine), ...addresses(route, waiting)] : [route.path]);
/** Something that would be taken: a note for every form, a search for every search. */
const TYPED: Fields = { text: 'Ringede', kind: 'personal', own: 'false', q: 'noget', name: 'Ditte', said: 'Vil ud', municipality: '0183', channel: 'phone', place: 'freedom', urgent: 'false', _key: 'en-noegle' };

const OURS: Fields = { 'sec-fetch-site': 'same-origin' };
const sends = (route: Route, url: string, csrf: string | undefined, headers: Fields): Promise<Reply> => {
  const token = web.house.tokens[mayBy(route)];
  if (!isApi(route)) return web.post(token, url, { ...(csrf === undefined ? {} : { _csrf: csrf }), ...TYPED }, headers);
  return web.app.inject({ method: 'POST', url, payload: JSON.stringify({ text: 'Ringede', kind: 'personal' }), headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers } });
};
const right = (route: Route): string => formToken(web.settings.csrfKey, { token: web.house.tokens[mayBy(route)], user: people[mayBy(route)].user });
const stored = () => fingerprint(web.house.db, LOOKING);

/** Each kind of post that no page of ours sends: what it bears as its token, and what the browser says of it. */
const FORGED: readonly (readonly [string, { readonly csrf: (route: Route) => string | undefined; readonly headers: Fields; readonly api: boolean; readonly own?: true }])[] = [
  ['without a token', { csrf: () => undefined, headers: OURS, api: false }],
  ['with an empty token', { csrf: () => '', headers: OURS, api: false }],
  ['with the token of another person', { csrf: () => formToken(web.settings.csrfKey, { token: web.house.tokens.odense, user: people.odense.user }), headers: OURS, api: false }],
  ['with the token of another session of the same person', { csrf: (route) => formToken(web.settings.csrfKey, { token: second.get(mayBy(route)) ?? '', user: people[mayBy(route)].user }), headers: OURS, api: false, own: true }],
  ['with a token by another key', { csrf: (route) => csrfToken(Buffer.alloc(32), web.house.tokens[mayBy(route)]), headers: OURS, api: false }],
  ['from another site, with the right token', { csrf: right, headers: { 'sec-fetch-site': 'cross-site' }, api: true }],
  ['from a neighbouring host, with the right token', { csrf: right, headers: { 'sec-fetch-site': 'same-site' }, api: true }],
  ['from an address typed by hand, with the right token', { csrf: right, headers: { 'sec-fetch-site': 'none' }, api: true }],
  ['from another origin, with the right token', { csrf: right, headers: { ...OURS, origin: 'https://ond.example' }, api: true }],
  ['from an origin that is hidden, with the right token', { csrf: right, headers: { ...OURS, origin: 'null' }, api: true }],
];

describe('Control 29: a post that no page of ours sent', () => {
  it.each(FORGED)('%s is refused by every address that does something, and changes nothing', async (_what, { csrf, headers, api, own }) => {
    const before = await stored();
    const taken: string[] = [];
    let asked = 0;
    for (const route of unsafe()) {
      if (route.permission === 'public' || (isApi(route) && !api)) continue;
      for (const url of urlsOf(route)) {
        asked += 1;
        const { statusCode, cookies } = await sends(route, url, csrf(route), headers);
        // His own form of another session is drawn again for him, nothing carried out: where it may no longer be drawn, he gets what its page answers.
        const drawnAgain = own === true && againOf(route) !== undefined && [303, 404].includes(statusCode) && cookies.length === 0;
        if (statusCode !== 403 && !drawnAgain) taken.push(`${route.method} ${url}: ${statusCode}`);
      }
    }
    expect(asked).toBeGreaterThan(8);
    expect(taken).toEqual([]);
    expect(await stored()).toEqual(before);
    for (const who of ['municipal', 'police', 'officialKl'] as const) expect((await web.get(web.house.tokens[who], '/sager')).statusCode, `${who} is still signed in`).toBe(200);
  });

  it('would be noticed: the same with its own token, from our own page, is carried out', async () => {
    const before = await stored();
    const route = unsafe().find(({ path }) => path === '/sager/:id/goer/:command');
    expect(route).toBeDefined();
    if (route) expect((await sends(route, `/sager/${mine}/goer/journal.add`, right(route), OURS)).statusCode).toBe(303);
    expect(await stored()).not.toEqual(before);
  });

  it('has no session by its cookie at a program’s address: what a browser sends by itself opens nothing there', async () => {
    for (const route of unsafe().filter(isApi)) {
      for (const url of urlsOf(route)) {
        const reply = await web.app.inject({ method: 'POST', url, payload: '{}', headers: { cookie: `udvej=${web.house.tokens.municipal}`, 'content-type': 'application/json' } });
        expect([url, reply.statusCode]).toEqual([url, 401]);
      }
    }
  });

  it('finds one open address, which believes a signature and nothing else', async () => {
    const open = unsafe().filter(({ permission }) => permission === 'public');
    expect(open.map(({ path }) => path)).toEqual([LOGIN_PATHS.backChannel]);
    const before = await stored();
    for (const { path } of open) expect((await web.post(web.house.tokens.municipal, path, TYPED, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(400);
    expect(await stored()).toEqual(before);
  });

  it('cannot be any other method: nothing is done by GET', () => {
    expect(new Set(web.routes.map(({ method }) => method))).toEqual(new Set(['GET', 'POST']));
  });
});
