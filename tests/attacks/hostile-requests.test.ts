import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StaffDirectory } from '../../src/app/staff-directory.js';
import { buildRoutes } from '../../src/web/routes.js';
import { buildServer } from '../../src/web/server.js';
import { Visitors } from '../../src/web/visitor.js';
import type { PersonName } from '../support/people.js';
import { fingerprint, LOOKING } from '../support/wall-sql.js';
import { addresses as everyAddressOf } from '../support/wall-walk.js';
import { type Measure, measureOf, notDesigned, type Stored, stored, told, wronglyStored } from './hostile/judging.js';
import { form, get, type HostileRow } from './hostile/row.js';
import { type Answered, sent, sentText } from './hostile/sending.js';
import { escapedMarkOf, markOf, marks } from './hostile/stored-html.js';
import { hostileRequests } from './hostile/table.js';
import { FIRST_DAY, hostileWorld, type World } from './hostile/world.js';

let world: World;
let measure: Measure;
/** What is wrong with the answer to each row; empty when it is as it was designed. */
const wrong = new Map<HostileRow, readonly string[]>();
/** What the pages hold after all that, by who looked where. */
const pages: { readonly who: PersonName; readonly url: string; readonly answer: Answered }[] = [];

beforeAll(async () => {
  world = await hostileWorld();
  measure = await measureOf(world);
  for (const row of hostileRequests) wrong.set(row, await wrongWith(row).catch((error: unknown) => [`could not be tried: ${String(error)}`]));
  await look();
}, 300_000);
afterAll(() => world.close());

/** Names of what somebody stands outside of: put as nobody’s, nothing may change. */
const OUTSIDE = /«(?:others|left|barred|waiting|asked)»/;

const twinOf = ({ answer: { common, likeUnknown }, request }: HostileRow): string | undefined =>
  likeUnknown ?? (common === 'absent' ? OUTSIDE.exec([request.url, request.line ?? ''].join(' '))?.[0] : undefined);

async function wrongWith(row: HostileRow): Promise<readonly string[]> {
  const { request } = row;
  world.setDay(row.day ?? FIRST_DAY);
  if (row.theme === 'stored html') await world.lookAgain();
  const before = await stored(world);
  const answer = await sent(world, request);
  const after = await stored(world);
  const outside = twinOf(row);
  const twin = outside === undefined ? undefined : { answer: await sent(world, request, outside), id: world.filledIn(outside), nobody: world.filledIn('«nobody»') };
  return [
    ...notDesigned(row, answer, measure, twin), ...told(answer, measure, request.as, sentText(world, request), request.url, row.answer.bare), ...wronglyStored(row, before, after),
  ].map((one) => (one.startsWith('status ') ? `${one}: ${answer.body.slice(0, 300).replaceAll(/\s+/g, ' ')}` : one));
}

const READERS = ['municipal', 'police', 'probation', 'jobcentre', 'officialKl'] as const satisfies readonly PersonName[];

/** Every page of the cases that hold hostile words, as everybody reads them. */
async function look(): Promise<void> {
  const routes = buildRoutes({ directory: new StaffDirectory(world.house), login: [] }).filter(({ method, path }) => method === 'GET' && !path.startsWith('/api/'));
  for (const who of READERS) {
    const urls = routes.flatMap((route) => (route.path.includes(':') ? ['«marked»', '«mine»', '«commands»'].flatMap((of) => everyAddressOf(route, 'ID').map((url) => url.replace('ID', of))) : [route.path]));
    for (const url of urls) pages.push({ who, url, answer: await sent(world, get(who, url)) });
    for (const of of ['«marked»', '«mine»', '«commands»']) pages.push({ who, url: `names of ${of}`, answer: await sent(world, form(who, `/sager/${of}/navne`, {})) });
    pages.push({ who, url: 'search', answer: await sent(world, form(who, '/soeg', { q: '<script>' })) });
  }
}

describe('the table of hostile requests', () => {
  it('has at least two hundred, no two alike, each with a name of its own', () => {
    const written = hostileRequests.map(({ request }) => JSON.stringify(request, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value)));
    const twice = hostileRequests.filter((_, n) => written.indexOf(written[n] ?? '') !== n).map(({ theme, name }) => `${theme}: ${name}`);
    expect(twice).toEqual([]);
    expect(hostileRequests.length).toBeGreaterThanOrEqual(200);
    const names = hostileRequests.map(({ theme, name }) => `${theme}: ${name}`);
    expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
  });

  it('tries every theme, and more than a hundred and twenty tricks that were chosen by hand', () => {
    const of = (theme: HostileRow['theme']) => hostileRequests.filter((row) => row.theme === theme).length;
    for (const theme of ['ids', 'sessions', 'cross-site', 'addresses', 'headers', 'line', 'sql', 'templates', 'html', 'stored html', 'login', 'bodies', 'methods', 'mass assignment'] as const) expect(of(theme), theme).toBeGreaterThanOrEqual(20);
    expect(of('sessions') + of('cross-site') + of('addresses') + of('line') + of('bodies')).toBeGreaterThan(120);
  });
});

const themes = [...new Set(hostileRequests.map(({ theme }) => theme))];
describe.each(themes)('a hostile request (%s) gets the designed answer, tells nothing and stores nothing but what it may', (theme) => {
  it.each(hostileRequests.filter((row) => row.theme === theme).map((row) => [row.name, row] as const))('%s', (_name, row) => {
    expect((wrong.get(row) ?? ['was not sent']).join('\n')).toBe('');
  });
});

describe('what was stored of it', () => {
  it('comes back escaped on every page, to everybody, and tells nobody a secret', () => {
    const leaks = pages.flatMap(({ who, url, answer }) => told(answer, measure, who, `hx${markOf('')}`, url).filter((one) => !one.startsWith('tells of the program')).map((one) => `${who} ${url}: ${one}`));
    expect(leaks).toEqual([]);
  });

  it('does come back: the pages show what most steps of the case wrote', () => {
    const shown = new Set(marks.filter((mark) => pages.some(({ answer }) => answer.body.includes(escapedMarkOf(mark)))));
    expect(shown.size).toBeGreaterThanOrEqual(20);
    expect(pages.filter(({ answer }) => answer.status === 200).length).toBeGreaterThan(60);
  });

  it('is nothing at all after the same again as nobody', async () => {
    const before = await fingerprint(world.house.db, LOOKING);
    const carriedOut = hostileRequests.filter(({ stores, request }) => (stores === 'event' || stores === 'case') && request.line === undefined);
    expect(carriedOut.length).toBeGreaterThan(40);
    const statuses = new Set<number>();
    for (const { request } of carriedOut) {
      const { authorization: _bearer, cookie: _cookie, ...headers } = request.headers;
      statuses.add((await sent(world, { ...request, as: undefined, headers })).status);
    }
    expect([...statuses].filter((status) => ![303, 401].includes(status))).toEqual([]);
    expect(await fingerprint(world.house.db, LOOKING)).toEqual(before);
  });
});

describe('the judgement itself', () => {
  const good = async (): Promise<Answered> => sent(world, get('municipal', '/sager/«nobody»'));
  const judged = async (change: Partial<Answered>): Promise<readonly string[]> => told({ ...(await good()), ...change }, measure, 'municipal', '', '/sager/x');

  it('finds nothing in an answer that is right', async () => {
    expect(await judged({})).toEqual([]);
  });

  it.each([
    ['a failure', { status: 500 }], ['a stack trace', { body: 'TypeError: x\n    at handle (/srv/udvej/dist/web/server.js:10:20)' }], ['a line of a stack alone', { body: '   at async Object.handle (node:internal/x:10:20)' }], ['a path of the machine', { body: 'cannot open /etc/udvej/key.pem' }],
    ['a package', { body: 'in node_modules/x/index.js' }], ['the database’s driver', { body: 'pg: connection terminated' }], ['a statement', { body: 'in: SELECT core_ct FROM x' }], ['the database’s complaint', { body: 'duplicate key value violates unique x' }], ['a table', { body: 'permission denied: app.case_event' }],
    ['a role', { body: 'role udvej_web' }], ['the framework', { body: '{"code":"FST_ERR_CTP","error":"Bad Request"}' }], ['what was not put into words', { body: '<p>[object Object]</p>' }], ['a raw tag', { body: '<p><script>hx(1)</script></p>' }], ['a raw handler', { body: '<img src=x onerror=hx(2)>' }],
    ['what was reckoned', { body: '<p>hx49hx</p>' }], ['a name', { body: '<p>Ambrosius Klitgård</p>' }],
  ] as const)('finds %s', async (_what, change) => {
    expect((await judged(change)).length).toBeGreaterThan(0);
  });

  it('finds another’s token, a secret in a header, a header that is missing and one too many', async () => {
    const { headers } = await good();
    expect(await judged({ body: world.filledIn('«token:police»') })).not.toEqual([]);
    expect(await judged({ headers: { ...headers, location: `/sager?q=${encodeURIComponent('x')}Ambrosius Klitgård` } })).not.toEqual([]);
    const { 'content-security-policy': _policy, ...without } = headers;
    expect(await judged({ headers: without })).not.toEqual([]);
    expect(await judged({ headers: { ...headers, 'x-powered-by': 'x' } })).not.toEqual([]);
    expect(await judged({ headers: { ...headers, 'access-control-allow-origin': '*' } })).not.toEqual([]);
  });

  it('finds an answer that is not the designed one: another status, another page, another way, another than an unknown id’s', async () => {
    const request = get('municipal', '/sager/«others»');
    const of = (answer: HostileRow['answer']): HostileRow => ({ theme: 'ids', name: 'x', request, answer });
    const answer = await good();
    const id = world.filledIn('«others»');
    const nobody = world.filledIn('«nobody»');
    expect(notDesigned(of({ status: [404], common: 'absent' }), answer, measure, { answer, id, nobody })).toEqual([]);
    expect(notDesigned(of({ status: [403] }), answer, measure)).not.toEqual([]);
    expect(notDesigned(of({ status: [404], common: 'forged' }), answer, measure)).not.toEqual([]);
    expect(notDesigned(of({ status: [404], to: /^\/login/ }), answer, measure)).not.toEqual([]);
    expect(notDesigned(of({ status: [404], common: 'absent' }), answer, measure, { answer: { ...answer, headers: { ...answer.headers, etag: 'x' } }, id, nobody })).not.toEqual([]);
    expect(notDesigned(of({ status: [404] }), { ...answer, answers: 2 }, measure)).not.toEqual([]);
  });

  it('finds what was stored: an event, one of another’s, a case, a session, a session ended', () => {
    const row: HostileRow = { theme: 'ids', name: 'x', request: get('municipal', '/'), answer: { status: [200] } };
    const before: Stored = { events: {}, cases: 1, commands: 1, sessions: 1, live: 1 };
    expect(wronglyStored(row, before, before)).toEqual([]);
    const police = world.filledIn('«user:police»');
    const municipal = world.filledIn('«user:municipal»');
    expect(wronglyStored(row, before, { ...before, events: { [municipal]: 1 } })).not.toEqual([]);
    expect(wronglyStored({ ...row, stores: 'event' }, before, { ...before, events: { [municipal]: 1 } })).toEqual([]);
    expect(wronglyStored({ ...row, stores: 'event' }, before, { ...before, events: { [police]: 1 } })).not.toEqual([]);
    expect(wronglyStored({ ...row, stores: 'event' }, before, before)).not.toEqual([]);
    for (const more of [{ cases: 2 }, { commands: 2 }, { sessions: 2 }, { live: 0 }]) expect(wronglyStored(row, before, { ...before, ...more })).not.toEqual([]);
  });
});

describe('limits that go by where somebody comes from', () => {
  /** Answers to seventy tries of tokens that are nobody's, as they come through a proxy that adds the address it sees. */
  async function tried(written: (n: number) => string): Promise<readonly number[]> {
    const settings = { origin: 'https://udvej.example', secure: true, demonstration: false, version: '0.0.0', csrfKey: Buffer.alloc(32, 1), rateFactor: 1 };
    const app = await buildServer({ house: world.house, settings, routes: buildRoutes({ directory: new StaffDirectory(world.house), login: [] }), visitors: new Visitors(world.house), log: () => undefined });
    try {
      const statuses: number[] = [];
      for (let n = 0; n < 70; n += 1) {
        const headers = { authorization: `Bearer ${'a'.repeat(40)}${n}`, 'x-forwarded-for': `${written(n)}192.0.2.7` };
        statuses.push((await app.inject({ method: 'GET', url: '/api/v1/tasks', headers })).statusCode);
      }
      return statuses;
    } finally {
      await app.close();
    }
  }

  it('stop who tries token after token', async () => {
    expect((await tried(() => '')).filter((status) => status === 429)).toHaveLength(10);
  });

  it('are not had anew by saying that one comes from elsewhere: what stands before the proxy’s own word is the sender’s', async () => {
    expect((await tried((n) => `10.1.${n}.1, `)).filter((status) => status === 429)).toHaveLength(10);
  });
});
