import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHouse } from '../support/house.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';
import { wholeCountry } from '../support/whole-country.js';

const CASES = 100_000;
/** What a page may read of a table that grows with the cases: some pages of a list, never the table. How many there are may be counted off an index alone. */
const MOST_ROWS = 2_000;
/** Read whole, and meant to be: the list that the overview is, and the record that figures are counted from. */
const MEANT = (table: string): boolean => table === 'app.overview' || table.startsWith('stat.');

/** Has the server tell the web's own connections every plan that it carries out, also inside functions, with the rows it came by. */
const TELLING = {
  session_preload_libraries: 'auto_explain', 'auto_explain.log_min_duration': '0', 'auto_explain.log_nested_statements': 'on', 'auto_explain.log_analyze': 'on', 'auto_explain.log_timing': 'off',
  'auto_explain.log_verbose': 'on', 'auto_explain.log_format': 'json', 'auto_explain.log_level': 'notice',
};

interface Node {
  readonly 'Node Type': string;
  readonly Schema?: string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Node[];
}
const nodesOf = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
const read = (node: Node): number =>
  ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) * (node['Actual Loops'] ?? 0);

const PAGES = [
  '/', '/overblik', '/overblik?sortering=nyest&side=40', '/overblik?enhed=fyn&forsinket=ja', '/underretninger', '/underretninger?vis=alle&side=7', '/underretninger?vis=alle&slags=refused', '/underretninger?enhed=fyn', '/spoergsmaal', '/spoergsmaal/:id', '/spoergsmaal/proev-afslag', '/sammenfald',
  '/sammenfald/:id', '/vejledning', '/tal', '/tal/tider', '/tal/sammenlign', '/tal/kvalitet', '/tal/offentliggoer', '/tal/offentliggjort', '/tal/registreret-igen',
  '/api/v1/statistics/practice/questions', '/api/v1/overview', '/api/v1/notifications', '/api/v1/questions', '/api/v1/inquiries-without-unit', '/api/v1/guidance', '/api/v1/statistics?from=2020-01-01&asOf=2026-11-01', '/api/v1/statistics/times?from=2020-01-01&asOf=2026-11-01', '/api/v1/statistics/corrections?from=2020-01-01&asOf=2026-11-01', '/api/v1/statistics/published',
  '/api/v1/questions/:id', '/api/v1/questions?ended=true', '/api/v1/matches', '/api/v1/matches/:id', '/api/v1/notifications/units', '/api/v1/notifications/emergencies', '/api/v1/statistics/own',
  ...['compared', 'practice', 'draft'].map((part) => `/api/v1/statistics/${part}?from=2020-01-01&asOf=2026-11-01`),
];

let web: TestWeb;
let told: string[];
let addresses: ReadonlyMap<string, string>;
beforeAll(async () => {
  const house = await testHouse(noLimits);
  const there = await wholeCountry(house.db, CASES);
  for (const [name, value] of Object.entries(TELLING)) await house.db.superuser(`alter database ${house.db.name} set ${name} = '${value}'`);
  await house.db.superuser(`update sec.session set level = 'high', auth_time = now()`);
  house.web.on('connect', (client) => client.on('notice', ({ message = '' }) => told.push(message)));
  web = await testWeb(house, 1_000_000);
  addresses = new Map([['/spoergsmaal/:id', `/spoergsmaal/${there.question}`], ['/sammenfald/:id', `/sammenfald/${there.match}`], ['/api/v1/questions/:id', `/api/v1/questions/${there.question}`], ['/api/v1/matches/:id', `/api/v1/matches/${there.match}`]]);
}, 120_000);
afterAll(() => web.close());

/** How many rows a page reads of each table, but for those it is meant to read. */
async function readBy(address: string): Promise<ReadonlyMap<string, number>> {
  told = [];
  const { statusCode } = await (address.startsWith('/api') ? web.api('officialPolice', 'GET', address) : web.get('officialPolice', address));
  // The figures of this country were written, not told: they do not add up, and a program is refused what a page says in words.
  expect(statusCode).toBe(address.startsWith('/api/v1/statistics/draft') ? 422 : 200);
  return rowsTold();
}

function rowsTold(): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  for (const message of told) {
    for (const node of nodesOf((JSON.parse(message.slice(message.indexOf('{'))) as { readonly Plan: Node }).Plan)) {
      const table = `${node.Schema ?? ''}.${node['Relation Name'] ?? ''}`;
      if (node['Relation Name'] !== undefined && node['Node Type'] !== 'Index Only Scan' && !MEANT(table)) rows.set(table, (rows.get(table) ?? 0) + read(node));
    }
  }
  return rows;
}

describe('With a hundred thousand cases, no page of the desk reads a table whole but the overview and the record of figures', () => {
  it.each(PAGES)('%s (FM-NCP-1, FM-NOT-1, FM-NCP-2, FM-STA-1)', async (path) => {
    const rows = await readBy(addresses.get(path) ?? path);
    expect(told.length).toBeGreaterThan(0);
    expect([...rows].filter(([, n]) => n > MOST_ROWS)).toEqual([]);
  });
});

it('and a page that did would be seen: the same list by what no index has is told with all that it reads', async () => {
  told = [];
  const client = await web.house.web.connect();
  await client.query('set role udvej_national');
  await client.query(`select set_config('app.session', $1, false)`, [web.house.tokens.officialPolice]);
  await client.query(`select count(number) from app.notification where number = 'UV-1'`).finally(() => client.release(true));
  expect([...rowsTold()].filter(([, n]) => n > MOST_ROWS)).toEqual([['app.notification', expect.any(Number)]]);
});

it('and every page of the desk stands here, but for those that show one of what a list has', () => {
  const here = new Set([...PAGES.map((path) => path.replace(/\?.*/, '')), '/tal/offentliggjort/:id', '/tal/offentliggjort/:id/fil', '/api/v1/statistics/published/:id', '/tal/kvalitet/:id', '/api/v1/statistics/practice/questions/:id', '/vejledning/:id', '/uden-enhed/:id', '/api/v1/guidance/:id', '/api/v1/inquiries-without-unit/:id', '/noedopslag/:id']);
  const pages = web.routes.filter(({ method, permission, path }) => method === 'GET' && (permission === 'contact-point' || permission === 'guidance' || /^\/(tal|api\/v1\/statistics)/.test(path))).map(({ path }) => path);
  expect(pages.filter((path) => !here.has(path))).toEqual([]);
});
