import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StaffDirectory } from '../../src/app/staff-directory.js';
import { demonstrationCpr, formatCpr } from '../../src/domain/kernel/cpr.js';
import { knownDate } from '../../src/domain/kernel/time.js';
import { buildRoutes } from '../../src/web/routes.js';
import { buildServer } from '../../src/web/server.js';
import { csrfToken, Visitors } from '../../src/web/visitor.js';
import { loginWeb, tokenIn } from '../support/login-web.js';
import { inboxCase, registration, takenCase, testHouse } from '../support/house.js';
import type { PersonName } from '../support/people.js';
import { type Asked, ask } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { addresses } from '../support/wall-walk.js';
import { type TestWeb, testWeb } from '../support/web.js';

type Reply = Awaited<ReturnType<typeof ask>>;

/** What a candidate is called here, so that it can be looked for where it must not stand. */
const CPR = formatCpr(demonstrationCpr(knownDate('1991-03-14'), 'male', 7));
const SECRET = { name: 'Vilfred Ambrosius Tangkær', alias: 'Skarven', phone: '42 00 17 93', cpr: CPR, said: 'Hemmelig sætning om natten' };
const TELLTALE = [...SECRET.name.split(' '), SECRET.alias, SECRET.phone, CPR, CPR.replace('-', ''), 'Hemmelig'];

let web: TestWeb;
let id: string;
let waiting: string;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  id = await takenCase(web.house, { ...registration, ...SECRET });
  waiting = await inboxCase(web.house, { ...registration, ...SECRET });
});
afterAll(() => web.close());

/** The exact set; a header that comes, goes or changes fails the test (control 30). */
const ALWAYS = {
  'content-security-policy': `default-src 'none';script-src 'self';style-src 'self';img-src 'self';font-src 'self';connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'`,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-robots-tag': 'noindex',
  'x-xss-protection': '0',
} as const;
/** What belongs to the answer itself and not to the wall. */
const OWN = ['content-type', 'content-length', 'date', 'connection', 'keep-alive', 'etag', 'location', 'set-cookie', 'retry-after', 'cache-control', 'content-disposition', 'transfer-encoding'];
const FILES = [...OWN, 'last-modified', 'accept-ranges', 'vary'];

function wrongWith(reply: Reply, asset = false): readonly string[] {
  const headers: Readonly<Record<string, unknown>> = reply.headers;
  const allowed = asset ? FILES : OWN;
  const wrong = [
    ...Object.entries(ALWAYS).filter(([name, value]) => headers[name] !== value).map(([name]) => `${name}: ${String(headers[name])}`),
    ...Object.keys(headers).filter((name) => !(name in ALWAYS) && !allowed.includes(name)).map((name) => `unexpected ${name}`),
  ];
  const cache = String(headers['cache-control']);
  if (asset ? !/^public, max-age=\d+(, immutable)?$/.test(cache) : cache !== 'no-store') wrong.push(`cache-control: ${cache}`);
  for (const cookie of reply.cookies) if (cookie.httpOnly !== true || !/^(lax|strict)$/i.test(cookie.sameSite ?? '') || cookie.path !== '/') wrong.push(`cookie ${cookie.name}`);
  return wrong;
}

const who: readonly PersonName[] = ['municipal', 'police', 'officialKl', 'auditor', 'odense'];

/** Every route as it answers to several people, hit and miss, right and wrong. */
async function everyAnswer(): Promise<readonly { readonly asked: string; readonly reply: Reply }[]> {
  const answers: { asked: string; reply: Reply }[] = [];
  for (const route of web.routes) {
    const urls = route.path.includes(':') ? [...addresses(route, id), ...addresses(route, waiting)] : [route.path];
    for (const url of urls) {
      for (const one of who) {
        const requests: readonly Asked[] = route.method === 'GET' ? [{ method: 'GET', url }, { method: 'HEAD', url }] : [{ method: 'POST', url, body: { q: SECRET.name, text: '' } }, { method: 'POST', url, body: '{' }];
        for (const request of requests) answers.push({ asked: `${one} ${request.method} ${route.path}`, reply: await ask(web, one, request) });
      }
      answers.push({ asked: `nobody ${route.method} ${route.path}`, reply: await ask(web, undefined, { method: route.method, url, body: {} }) });
    }
  }
  return answers;
}

describe('Control 30: every answer', () => {
  let answers: Awaited<ReturnType<typeof everyAnswer>>;
  beforeAll(async () => { answers = await everyAnswer(); }, 120_000);

  it('bears exactly the headers of the wall, is kept nowhere, and says nothing of the program', () => {
    const wrong = answers.flatMap(({ asked, reply }) => wrongWith(reply).map((one) => `${asked} ${reply.statusCode}: ${one}`));
    expect([...new Set(wrong)]).toEqual([]);
    const statuses = new Set(answers.map(({ reply }) => reply.statusCode));
    for (const status of [200, 303, 400, 401, 403, 404, 422]) expect(statuses).toContain(status);
  });

  it('has a title of neutral words and at most a case’s number', () => {
    const titles = new Set<string>();
    for (const { asked, reply } of answers) {
      if (!String(reply.headers['content-type']).startsWith('text/html') || asked.includes(' HEAD ')) continue;
      const [, title = ''] = /<title>([^<]*)<\/title>/.exec(reply.body) ?? [];
      titles.add(title);
    }
    expect(titles.size).toBeGreaterThan(8);
    for (const title of titles) {
      expect(title).toMatch(/^(Fejl: )?[A-ZÆØÅ][a-zæøå]*( [a-zæøå]+)*( UV-[0-9A-Z]{4}-[0-9A-Z]{3})? – Udvej$/);
      expect(title).not.toMatch(/exit|bande|rocker|kandidat|trussel|misbrug|helbred|politi|kriminal|afslag|visitation|samtykke|journal|sikkerhed|afgørelse/i);
    }
    expect([...titles].some((title) => /^Sag UV-/.test(title))).toBe(true);
  });

  it('leads nowhere by a personal word: no address, in headers or in the page, holds one', () => {
    const told: string[] = [];
    for (const { asked, reply } of answers) {
      const { location } = reply.headers;
      const addressesIn = [...(typeof location === 'string' ? [location] : []), ...[...reply.body.matchAll(/ (?:href|action|src|formaction)="([^"]*)"/g)].map((match) => match[1] ?? '')];
      for (const address of addressesIn) {
        const plain = decodeURIComponent(address.replaceAll('+', ' '));
        // An id is drawn at random, and may hold ten digits in a row.
        const said = plain.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id');
        if (TELLTALE.some((word) => plain.includes(word)) || /\d{6}-?\d{4}|UV-[0-9A-Z]{4}/.test(said)) told.push(`${asked}: ${plain}`);
        if (/^(https?:)?\/\//.test(address)) told.push(`${asked} leads out: ${address}`);
      }
    }
    expect([...new Set(told)]).toEqual([]);
  });

  it('leads, when it leads on, to a page of ours by its id', () => {
    const targets = new Set(answers.map(({ reply }) => reply.headers.location).filter((one) => one !== undefined));
    expect(targets.size).toBeGreaterThan(0);
    for (const target of targets) expect(target).toMatch(/^\/(login(\?til=[\w%.~-]+)?|adgang|enhed|dine-logins|overblik|indbakke(\/[0-9a-f-]{36}(\/[a-z]+)?)?|tal\/offentliggjort|slettede-sager\/[0-9a-f-]{36}|sager\/[0-9a-f-]{36}(\/[a-z]+)?)?$/);
  });

  it('leaves in the program’s own log the method, the status and the time, and nothing else', () => {
    expect(web.log.length).toBeGreaterThan(100);
    expect([...new Set(web.log.filter((line) => !/^(GET|POST|HEAD) \d{3} \d+ ms$/.test(line)))]).toEqual([]);
  });
});

describe('Control 30: what is not a page of the table', () => {
  it('bears the same headers: no address, wrong method, unreadable address, too much', async () => {
    const asked: readonly { readonly method: 'GET' | 'POST' | 'PUT' | 'OPTIONS' | 'TRACE'; readonly url: string; readonly payload?: string; readonly headers?: Record<string, string> }[] = [
      { method: 'GET', url: '/findes-ikke' }, { method: 'GET', url: '/api/v1/findes-ikke' }, { method: 'PUT', url: '/sager' }, { method: 'OPTIONS', url: '/api/v1/cases' }, { method: 'TRACE', url: '/' },
      { method: 'GET', url: '/assets/findes-ikke.js' }, { method: 'GET', url: '/assets/../package.json' }, { method: 'GET', url: '/assets/%2e%2e%2fserver.ts' }, { method: 'GET', url: '/assets/' }, { method: 'GET', url: '/.env' },
      { method: 'GET', url: '/sager/%zz' }, { method: 'GET', url: `/sager/${'a'.repeat(300)}` }, { method: 'GET', url: '/api/v1/cases/%zz' },
      { method: 'POST', url: '/api/v1/cases', payload: 'a'.repeat(3_000_000), headers: { 'content-type': 'application/json' } }, { method: 'POST', url: '/soeg', payload: 'x', headers: { 'content-type': 'image/png' } },
    ];
    const wrong: string[] = [];
    for (const request of asked) {
      const reply = await web.app.inject(request);
      // Who is not signed in is sent to the login before anybody reads what he sends.
      if (reply.statusCode < 300 || reply.statusCode >= 500) wrong.push(`${request.method} ${request.url.slice(0, 40)}: ${reply.statusCode}`);
      // A stylesheet that is missing may be asked for again; a page may not be kept.
      wrong.push(...wrongWith(reply).filter((one) => !(request.url.startsWith('/assets') && one.startsWith('cache-control'))).map((one) => `${request.method} ${request.url.slice(0, 40)} ${reply.statusCode}: ${one}`));
    }
    expect(wrong).toEqual([]);
  });

  it('is an asset with them, too, which may be kept', async () => {
    for (const url of ['/assets/udvej.js', '/assets/udvej.css', '/assets/favicon.svg', '/assets/dkfds/css/dkfds.min.css', '/assets/logo.svg']) {
      const reply = await web.app.inject({ method: 'GET', url });
      expect([url, reply.statusCode, wrongWith(reply, true)]).toEqual([url, 200, []]);
    }
  });

  it('is a failure of ours with them, in Danish, with nothing of what failed', async () => {
    const before = web.log.length;
    await web.house.db.superuser('alter function app.list_cases(text, boolean, text, int, int) rename to gone');
    try {
      for (const url of ['/sager', '/api/v1/cases']) {
        const reply = await ask(web, 'municipal', { method: 'GET', url });
        expect([reply.statusCode, wrongWith(reply)]).toEqual([500, []]);
        expect(reply.body).toContain('Noget gik galt');
        expect(reply.body).not.toMatch(/list_cases|function|postgres|42883|\.ts|at /);
      }
    } finally {
      await web.house.db.superuser('alter function app.gone(text, boolean, text, int, int) rename to list_cases');
    }
    for (const line of web.log.slice(before)) expect(line).toMatch(/^((GET|POST) \d{3} \d+ ms|error [\w.]+ \w+ [\w./:-]*)$/);
  });

  it('says 503 with them when the database is away', async () => {
    const away = new pg.Pool({ connectionString: 'postgres://udvej_web:x@127.0.0.1:1/none', connectionTimeoutMillis: 1_000 });
    const server = await serverOn({ web: away });
    const reply = await server.inject({ method: 'GET', url: '/api/v1/tasks', headers: { authorization: `Bearer ${web.house.tokens.municipal}` } });
    expect([reply.statusCode, wrongWith(reply)]).toEqual([503, []]);
    await server.close();
    await away.end();
  });
});

async function serverOn({ secure = false, ...parts }: { readonly web?: pg.Pool; readonly secure?: boolean }): Promise<FastifyInstance> {
  const house = { ...web.house, ...parts };
  const settings = { ...web.settings, secure, origin: secure ? 'https://udvej.example' : web.settings.origin, csrfKey: web.settings.csrfKey };
  return buildServer({ house, settings, routes: buildRoutes({ directory: new StaffDirectory(house), login: [] }), visitors: new Visitors(house), log: () => undefined });
}

describe('Control 30: the login', () => {
  it('bears them on every answer: on its way, back, refused, stepping up, told of a logout, signed out', async () => {
    const on = await loginWeb();
    try {
      const token = tokenIn(await on.through('/login', undefined, on.claimsOf('officialKl'))) ?? '';
      await on.house.db.superuser(`update sec.session set auth_time = now() - interval '1 hour'`);
      const csrf = { _csrf: csrfToken(on.settings.csrfKey, token) };
      const answers: readonly (readonly [string, number, Reply])[] = [
        ['on the way', 302, await on.get(undefined, '/login?til=/sager')],
        ['back', 303, await on.through('/login', undefined, on.claimsOf('municipal'))],
        ['refused', 400, await on.get(undefined, '/login/retur?code=x&state=y')],
        ['not let in', 403, await on.through('/login', undefined, { ...on.claimsOf('municipal'), acr: 'low' })],
        ['to prove himself anew', 401, await on.post(token, '/soeg', { ...csrf, q: 'noget' })],
        ['told of a logout', 200, await on.post(undefined, '/login/bagkanal', { logout_token: on.issuer.logoutToken({ sub: 'odense' }) })],
        ['told what is not believed', 400, await on.post(undefined, '/login/bagkanal', { logout_token: 'x' })],
        ['signed out', 200, await on.post(token, '/log-ud', csrf)],
      ];
      for (const [what, status, reply] of answers) {
        const wrong = wrongWith(reply).filter((one) => !(what === 'signed out' && one === 'unexpected clear-site-data'));
        expect([what, reply.statusCode, wrong]).toEqual([what, status, []]);
      }
    } finally {
      await on.close();
    }
  });
});

describe('Control 30: over https', () => {
  it('demands it for two years, and takes and gives no cookie without it', async () => {
    const server = await serverOn({ secure: true });
    try {
      const page = await server.inject({ method: 'GET', url: '/hjaelp' });
      expect(page.headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
      const token = web.house.tokens.municipal;
      expect((await server.inject({ method: 'GET', url: '/sager', headers: { cookie: `udvej=${token}` } })).statusCode).toBe(303);
      expect((await server.inject({ method: 'GET', url: '/sager', headers: { cookie: `__Host-udvej=${token}` } })).statusCode).toBe(200);
      const done = await server.inject({
        method: 'POST', url: `/sager/${id}/goer/journal.add`, payload: new URLSearchParams({ _csrf: csrfToken(web.settings.csrfKey, token), _key: randomBytes(9).toString('hex'), text: 'Ringede', kind: 'personal' }).toString(),
        headers: { cookie: `__Host-udvej=${token}`, 'content-type': 'application/x-www-form-urlencoded', origin: 'https://udvej.example', 'sec-fetch-site': 'same-origin' },
      });
      expect([done.statusCode, done.cookies.length]).toEqual([303, 1]);
      for (const cookie of done.cookies) expect(cookie).toMatchObject({ httpOnly: true, secure: true, path: '/' });
    } finally {
      await server.close();
    }
  });
});
