import { randomUUID } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copenhagenDate, formatDate, instant, type Instant, knownDate } from '../../src/domain/kernel/time.js';
import { hiddenCells } from '../../src/domain/statistics/hidden-cells.js';
import { type Publication, publicationOf } from '../../src/domain/statistics/publication.js';
import { besidePublication, keepPublication, listPublications, withdrawPublication } from '../../src/store/publications.js';
import { aDischargedCase } from '../support/course-states.js';
import { tellFigures } from '../support/figures-told.js';
import { people, type PersonName } from '../support/people.js';
import { openSpreadsheet } from '../support/spreadsheet.js';
import { type Counted, countedFrom, dice, isIn, peopleIn, somebody } from '../support/published-people.js';
import { tellPeople } from '../support/published-record.js';
import { audited } from '../support/wall-http.js';
import { prompt } from '../support/wall-sql.js';
import { testWeb, type TestWeb } from '../support/web.js';

const SINCE = '2024-05-01';
const FROM = knownDate('2015-04-01');
const UNTIL = knownDate('2026-06-30');
const PERIOD = { fra: formatDate(FROM), til: formatDate(UNTIL) };
const OTHERS = ['police', 'municipal', 'probation', 'custody', 'jobcentre', 'odense', 'screener', 'auditor', 'admin'] as const satisfies readonly PersonName[];
const chance = dice(11);
const EMPTY: Publication = { from: FROM, asOf: UNTIL, drawnAt: '2026-07-01T09:00:00.000Z' as Instant, threshold: 5, tables: [], numbers: {} };

let web: TestWeb;
const counted: Counted[] = [];
const add = async (more: readonly Counted[]): Promise<void> => {
  await tellPeople(web.house.db, more, SINCE, web.house.clock());
  counted.push(...more);
};
beforeAll(async () => {
  web = await testWeb();
  await tellFigures(web.house.db, [aDischargedCase('2026-03-02')]);
  await add(peopleIn(3, chance));
});
afterAll(() => web.close());

const publish = (who: PersonName = 'officialKl') => web.post(who, '/tal/offentliggoer', PERIOD);
const published = async (): Promise<readonly { readonly id: string }[]> => (await web.api('municipal', 'GET', '/api/v1/statistics/published')).json();
const rows = () => web.house.db.superuser<{ n: number; withdrawn: boolean }>('select n, withdrawn_at is not null as withdrawn from stat.published order by n');

interface Table { readonly id: string; readonly columns: readonly { readonly id: string; readonly label: string }[]; readonly rows: readonly { readonly value: string; readonly label: string; readonly numbers: readonly (number | null)[] }[] }
/** What a municipality reads by program: every number by figure, table and row. */
const answers = async (id: string, who: PersonName = 'municipal'): Promise<ReadonlyMap<string, number | null>> => {
  const { tables } = (await web.api(who, 'GET', `/api/v1/statistics/published/${id}`)).json<{ tables: readonly Table[] }>();
  return new Map(tables.flatMap((table) => table.rows.flatMap(({ value, numbers }) => numbers.map((n, nth) => [`${table.columns[nth]?.id ?? ''}/${table.id}/${value}`, n] as const))));
};
const newest = async (): Promise<string> => (await published())[0]?.id ?? '';
/** The cells of the page's tables that are numbers. */
const pageNumbers = (html: string): readonly number[] => [...html.matchAll(/<td[^>]*>(?:<div>)?([\d.]+)(?:<\/div>)?<\/td>/g)].map(([, n]) => Number(n?.replaceAll('.', '')));
/** Fields of a file that holds no quotes. */
const parsed = (csv: string): readonly (readonly string[])[] => csv.replace(/^\uFEFF/, '').split('\r\n').map((line) => line.split(';'));
const few = (n: number | null): boolean => n !== null && n !== 0 && Math.abs(n) < 5;

describe('control 35: figures are published hidden, whole, and never changed (FM-STA-2, FM-STA-4, FM-NCP-5)', () => {
  it('says who publishes while nothing is', async () => {
    expect((await web.get('municipal', '/tal/offentliggjort')).body).toContain('Det gør Det Nationale Exitkontaktpunkt');
    expect(await published()).toEqual([]);
  });

  it('the contact point sees them as everybody will, and publishes them; nothing stands before that', async () => {
    const preview = await web.get('officialKl', `/tal/offentliggoer?${new URLSearchParams(PERIOD).toString()}`);
    expect([preview.statusCode, pageNumbers(preview.body).filter(few)]).toEqual([200, []]);
    expect([preview.body.includes('tal er skjult, fordi de er under 5'), preview.body.includes('trækkes fra dem, der er offentliggjort før')]).toEqual([true, false]);
    expect([preview.body.includes('Perioden er på under tre måneder'), preview.body.lastIndexOf('</table>') < preview.body.indexOf('Offentliggør tallene</button>')]).toEqual([false, true]);
    expect(await rows()).toEqual([]);
    const { result, rows: log } = await audited(web, () => publish());
    expect([result.statusCode, result.headers['location']]).toEqual([303, '/tal/offentliggjort']);
    expect(log.map(({ action }) => action).sort()).toEqual(['figures.drawn', 'figures.published']);
    expect(pageNumbers((await web.get('municipal', '/tal/offentliggjort')).body).length).toBeGreaterThan(100);
  });

  it('a municipality reads no number of one to four: not on the page, by program or in a file; and what it reads is so', async () => {
    const id = await newest();
    const read = await answers(id);
    expect([...read.values()].filter(few)).toEqual([]);
    expect([...read.values()].filter((n) => n === null).length).toBeGreaterThan(50);
    for (const [key, n] of read) {
      const [figure = '', table = '', value = ''] = key.split('/');
      // One more is the discharged case that went the way of commands.
      const extra = figure === 'completed' && n !== null && n !== counted.filter((one) => isIn(one, figure, table, value)).length ? 1 : 0;
      if (n !== null) expect(n - extra, key).toBe(counted.filter((one) => isIn(one, figure, table, value)).length);
    }
    const { body } = await web.get('municipal', `/tal/offentliggjort/${id}`);
    expect(pageNumbers(body).filter(few)).toEqual([]);
    expect(body.includes('<span class="sr-only">skjult</span>')).toBe(true);
    for (const table of ['country', 'place', 'unit', 'municipality', 'category', 'age']) {
      const file = await web.get('municipal', `/tal/offentliggjort/${id}/fil?tabel=${table}`);
      expect([file.statusCode, file.headers['content-type'], file.headers['content-disposition']]).toEqual([200, 'text/csv; charset=utf-8', expect.stringMatching(/^attachment; filename="tal-[a-z]+-2026-06-30\.csv"$/)]);
      const { tables } = (await web.api('municipal', 'GET', `/api/v1/statistics/published/${id}`)).json<{ tables: readonly Table[] }>();
      const one = tables.find((told) => told.id === table);
      const [headings, ...lines] = parsed(file.body);
      expect(headings?.slice(1)).toEqual(one?.columns.map(({ label }) => label));
      expect(lines.slice(0, one?.rows.length)).toEqual(one?.rows.map(({ label, numbers }) => [label, ...numbers.map((n) => (n === null ? 'skjult' : String(n)))]));
      expect(lines.flat().join(' ')).toContain('Tal under 5 er skjult.');
    }
  });

  it('the spreadsheet has a sheet for each table with the same numbers and the same hidden, and says what it is of', async () => {
    const id = await newest();
    const file = await web.get('municipal', `/tal/offentliggjort/${id}/fil?format=xlsx`);
    expect([file.statusCode, file.headers['content-type'], file.headers['content-disposition']]).toEqual([200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'attachment; filename="tal-2026-06-30.xlsx"']);
    const [about, ...sheets] = openSpreadsheet(file.rawPayload);
    const { tables } = (await web.api('municipal', 'GET', `/api/v1/statistics/published/${id}`)).json<{ tables: readonly (Table & { readonly caption: string })[] }>();
    const written = (n: number | null | undefined) => n ?? 'skjult';
    const values = (rows: (typeof sheets)[number]['rows']) => rows.map((row) => row.map(({ value }) => value));
    expect(sheets.map(({ name }) => name)).toEqual(['De officielle tal', ...tables.slice(1).map(({ caption }) => caption), 'Nye sager at vente']);
    for (const [nth, { columns, rows: parts }] of tables.entries()) {
      const want = nth === 0 ? columns.map(({ label }, at) => [label, written(parts[0]?.numbers[at])]) : parts.map(({ label, numbers }) => [label, ...numbers.map(written)]);
      expect(values(sheets[nth]?.rows.slice(1, 1 + want.length) ?? [])).toEqual(want);
      expect(String(sheets[nth]?.rows.at(-1)?.[0]?.value)).toContain('Hver sag tælles én gang. Tal under 5 er skjult.');
    }
    expect(sheets.flatMap(({ name, rows }) => (name === 'Nye sager at vente' ? [] : rows.flat())).filter(({ value }) => typeof value === 'number' && few(value))).toEqual([]);
    expect(sheets.every(({ frozenRows, rows: [headings] }) => frozenRows === 1 && headings?.every(({ bold }) => bold))).toBe(true);
    expect(values(about?.rows ?? [])).toEqual(expect.arrayContaining([['Perioden begynder', 42095], ['Perioden slutter', 46203], ['Opgjort', expect.any(Number)], ['Hvad der tælles', expect.stringContaining('Hver sag tælles én gang')], ['Små tal', expect.stringContaining('under 5 er skjult')]]));
    const [publisher] = await web.house.db.superuser<{ name: string }>('select name from app.staff where id = $1', [people.officialKl.user]);
    expect(Object.values(unzipSync(file.rawPayload)).map((one) => strFromU8(one)).filter((one) => one.includes(publisher?.name ?? '<'))).toEqual([]);
  });

  it('two publications do not subtract, nor does one that was withdrawn and one in its place', async () => {
    const first = await answers(await newest());
    await add(Array.from({ length: 3 }, () => somebody('completed', true, chance)));
    expect((await publish()).statusCode).toBe(303);
    const second = await newest();
    const later = await answers(second);
    const differences = (one: ReadonlyMap<string, number | null>, other: ReadonlyMap<string, number | null>): readonly number[] =>
      [...one].flatMap(([key, n]) => { const then = other.get(key); return n === null || then === null || then === undefined ? [] : [n - then]; });
    expect(later.get('completed/country/denmark')).toBeNull();
    expect(differences(later, first).length).toBeGreaterThan(100);
    expect(differences(later, first).filter(few)).toEqual([]);
    const preview = await web.get('officialKl', `/tal/offentliggoer?${new URLSearchParams(PERIOD).toString()}`);
    expect(preview.body.includes('trækkes fra dem, der er offentliggjort før')).toBe(true);

    expect((await web.post('officialPolice', '/tal/offentliggoer/tilbage', { id: second, grund: 'early' })).statusCode).toBe(303);
    await add(Array.from({ length: 4 }, () => somebody('interrupted', false, chance)));
    expect((await publish()).statusCode).toBe(303);
    const third = await answers(await newest());
    for (const before of [first, later]) expect(differences(third, before).filter(few)).toEqual([]);
  });

  it('the newest is withdrawn for a reason, and is nowhere then; those before it stand, and only the newest can go', async () => {
    const [last, before] = await published();
    const gone = last?.id ?? '';
    const missing = await web.post('officialKl', '/tal/offentliggoer/tilbage', { id: gone });
    expect([missing.statusCode, missing.body.includes('Vælg, hvorfor tallene trækkes tilbage.')]).toEqual([422, true]);
    expect((await web.post('officialKl', '/tal/offentliggoer/tilbage', { id: before?.id ?? '', grund: 'record' })).statusCode).toBe(422);
    expect((await web.post('officialKl', '/tal/offentliggoer/tilbage', { id: 'ingen', grund: 'record' })).statusCode).toBe(422);
    expect((await published()).length).toBe(2);
    const { rows: log } = await audited(web, () => web.post('officialKl', '/tal/offentliggoer/tilbage', { id: gone, grund: 'record' }));
    expect(log).toEqual([expect.objectContaining({ action: 'figures.withdrawn', actor: people.officialKl.user })]);
    for (const url of [`/tal/offentliggjort/${gone}`, `/tal/offentliggjort/${gone}/fil?tabel=unit`, `/tal/offentliggjort/${gone}/fil?format=xlsx`]) expect((await web.get('municipal', url)).statusCode, url).toBe(404);
    expect((await web.api('officialKl', 'GET', `/api/v1/statistics/published/${gone}`)).statusCode).toBe(404);
    expect((await published()).map(({ id }) => id)).toEqual([before?.id]);
    expect((await besidePublication(web.house.web, web.house.tokens.officialKl, { from: knownDate('2015-04-01'), asOf: copenhagenDate(web.house.clock()), drawnAt: web.house.clock() }, 2025))?.earlier).toHaveLength(3);
    expect((await web.post('officialKl', '/tal/offentliggoer/tilbage', { id: gone, grund: 'record' })).statusCode).toBe(422);
  });

  it('is the contact point’s alone to do, on the page and at the database', async () => {
    const stood = await rows();
    const id = await newest();
    for (const who of OTHERS) {
      const asked = [await web.get(who, '/tal/offentliggoer'), await publish(who), await web.post(who, '/tal/offentliggoer/tilbage', { id, grund: 'early' }), await web.get(who, '/tal/kvalitet')];
      expect(asked.map(({ statusCode }) => statusCode), who).toEqual([404, 404, 404, 404]);
      const token = web.house.tokens[who];
      expect(await keepPublication(web.house.web, token, EMPTY, { year: 2026, ranges: {} }, stood.length, web.house.clock()), who).toBeUndefined();
      expect(await withdrawPublication(web.house.web, token, id, 'early', web.house.clock()), who).toBeUndefined();
      expect(await besidePublication(web.house.web, token, { from: knownDate('2015-04-01'), asOf: copenhagenDate(web.house.clock()), drawnAt: web.house.clock() }, 2025), who).toBeUndefined();
    }
    expect(await rows()).toEqual(stood);
    const injected = await prompt(web.house.db, 'udvej_web');
    for (const role of [undefined, 'udvej_national', 'udvej_command']) {
      for (const sql of ['select * from stat.published', `update stat.published set body = '{}'`, 'delete from stat.published', `select stat.new_cases(2020, 2026, now())`]) {
        expect((await injected.tries(web.house.tokens.officialKl, sql, role === undefined ? {} : { role })).refused, sql).toBe('42501');
      }
    }
    await injected.close();
  });

  it('needs a login of the last minutes, to publish and to withdraw (control 18)', async () => {
    const id = await newest();
    const stood = await rows();
    await web.house.db.superuser(`update sec.session set auth_time = now() - interval '10 minutes' where user_id = $1`, [people.officialDfk.user]);
    expect((await publish('officialDfk')).statusCode).toBe(401);
    expect((await web.post('officialDfk', '/tal/offentliggoer/tilbage', { id, grund: 'early' })).statusCode).toBe(401);
    await expect(keepPublication(web.house.web, web.house.tokens.officialDfk, EMPTY, { year: 2026, ranges: {} }, stood.length, web.house.clock())).rejects.toMatchObject({ code: 'UV401' });
    await expect(withdrawPublication(web.house.web, web.house.tokens.officialDfk, id, 'early', web.house.clock())).rejects.toMatchObject({ code: 'UV401' });
    expect(await rows()).toEqual(stood);
  });

  it('the database keeps no number of one to four, whoever brings it, and none that was laid beside fewer than there are', async () => {
    const stood = await rows();
    const keep = (numbers: Readonly<Record<string, unknown>>, before = stood.length) =>
      keepPublication(web.house.web, web.house.tokens.officialKl, { ...EMPTY, numbers } as Publication, { year: 2026, ranges: {} }, before, web.house.clock());
    for (const n of [1, 4, -1, '3', [2], { n: 2 }]) await expect(keep({ 'completed/unit/fyn': 8, 'completed/municipality/0461': n }), JSON.stringify(n)).rejects.toMatchObject({ code: '23514' });
    expect(await keep({ a: 8, b: 0, c: null }, stood.length - 1)).toBe('overtaken');
    await expect(web.house.db.superuser(`update stat.published set body = jsonb_set(body, '{numbers,completed/country/denmark}', '4') where withdrawn_at is null`)).rejects.toMatchObject({ code: '23514' });
    expect(await rows()).toEqual(stood);
  });

  it('publishes nothing when the tables do not add up, and says so', async () => {
    const stood = await rows();
    // A case that stands in no row of its table.
    await web.house.db.superuser(`insert into stat.standing (stat_id, state, from_date, recorded_at, unit, municipality, category, place) values ($1, 'course', '2026-01-01', '2026-01-01T08:00:00Z', 'fyn', '0461', '9z', 'freedom')`, [people.police.user]);
    const reply = await publish();
    expect([reply.statusCode, reply.body.includes('Tallene er ikke offentliggjort'), reply.body.includes('stemmer ikke med hinanden')]).toEqual([422, true, true]);
    expect(await rows()).toEqual(stood);
    await web.house.db.superuser('delete from stat.standing where stat_id = $1', [people.police.user]);
  });

  it('warns of a period of less than three months, before it is published', async () => {
    const warned = async (fra: string, til: string) => (await web.get('officialKl', `/tal/offentliggoer?${new URLSearchParams({ fra, til }).toString()}`)).body.includes('Perioden er på under tre måneder');
    expect([await warned('1. januar 2026', '30. marts 2026'), await warned('14. januar 2019', '14. januar 2019'), await warned('1. januar 2026', '31. marts 2026'), await warned('30. november 2025', '26. februar 2026')]).toEqual([true, true, false, true]);
  });

  it('its print is not confidential, and a chart on paper says what it counts; the full figures’ is', async () => {
    const read = (await web.get('municipal', '/tal/offentliggjort?vis=refused')).body;
    expect([read.includes('Udskrevet af'), read.includes('Fortroligt'), read.includes('>Lokale exitenheder: afslag</figcaption>'), read.includes('>Kommuner: afslag</p>')]).toEqual([true, false, true, true]);
    for (const url of ['/tal', '/tal/offentliggoer']) expect((await web.get('officialKl', url)).body, url).toContain('Fortroligt.');
  });

  it('a period that is none is told at its field, and what was typed stays', async () => {
    const reply = await web.post('officialKl', '/tal/offentliggoer', { fra: '1. april 2015', til: 'i går' });
    expect([reply.statusCode, reply.body.includes('Datoen kan ikke læses'), reply.body.includes('value="i går"')]).toEqual([422, true, true]);
    expect((await web.post('officialKl', '/tal/offentliggoer', { fra: '1. april 2015', til: '1. januar 2099' })).statusCode).toBe(422);
  });

  it('is read by everybody signed in and nobody else; what is not there is not there', async () => {
    const id = await newest();
    for (const who of OTHERS) {
      expect((await web.get(who, '/tal/offentliggjort')).statusCode, who).toBe(200);
      const usual = await web.get(who, '/tal');
      expect([usual.statusCode, usual.body.includes('Offentliggjorte tal'), usual.body.includes('De officielle tal')], who).toEqual([200, true, false]);
    }
    expect((await web.get(undefined, '/tal/offentliggjort')).statusCode).not.toBe(200);
    expect((await web.api(undefined, 'GET', '/api/v1/statistics/published')).statusCode).toBe(401);
    await expect(listPublications(web.house.web, 'forged')).rejects.toMatchObject({ code: '28000' });
    for (const url of [`/tal/offentliggjort/${randomUUID()}`, '/tal/offentliggjort/ingen', `/tal/offentliggjort/${randomUUID()}/fil?tabel=unit`, `/tal/offentliggjort/${id}/fil?tabel=ingen`, `/tal/offentliggjort/${id}/fil`,
      `/tal/offentliggjort/${randomUUID()}/fil?format=xlsx`, `/tal/offentliggjort/${id}/fil?format=xls`, `/tal/offentliggjort/${id}/fil?format=xlsx&tabel=unit`, '/tal/fil?format=xlsx']) {
      expect((await web.get('municipal', url)).statusCode, url).toBe(404);
    }
    for (const one of [randomUUID(), 'ingen']) expect((await web.api('municipal', 'GET', `/api/v1/statistics/published/${one}`)).statusCode).toBe(404);
    const left = async (url: string) => (await audited(web, () => web.get('municipal', url))).rows.map(({ action }) => action);
    expect(await left(`/tal/offentliggjort/${id}`)).toEqual(['publications.listed']);
    expect(await left(`/tal/offentliggjort/${randomUUID()}`)).toEqual(['publications.listed', expect.stringMatching(/\.denied$/)]);
  });

  it('a reader sees his own first; a municipality also the cases to be ready for, from years that are over (S1)', async () => {
    const inquiries = (municipality: string, n: number, on: string) =>
      tellPeople(web.house.db, Array.from({ length: n }, (): Counted => ({ state: 'inquiry', again: false, unit: 'koebenhavns-vestegn', municipality, category: 'A', age: '25-29', place: 'freedom' })), on, web.house.clock());
    // The neighbours' fewer are there to be hidden with those who are too few.
    for (const [year, n] of [[2023, 10], [2024, 12], [2025, 11]] as const) for (const [home, there] of [['0183', n], ['0153', 8], ['0151', 7]] as const) await inquiries(home, there, `${year}-03-01`);
    // Of this year, which is not over.
    await inquiries('0183', 40, '2026-02-01');
    expect((await publish()).statusCode).toBe(303);
    const at = async (who: PersonName): Promise<string> => (await web.get(who, '/tal/offentliggjort')).body;
    const municipal = await at('municipal');
    expect(/Din kommune: Ishøj[\s\S]*I kan vente i 2027<\/h2><p class="big">Mellem \d+ og \d+<[\s\S]*Hele landet/.test(municipal)).toBe(true);
    const beside = await besidePublication(web.house.web, web.house.tokens.officialKl, { from: knownDate('2015-04-01'), asOf: copenhagenDate(web.house.clock()), drawnAt: web.house.clock() }, 2025);
    expect(beside?.newCases.filter(({ municipality }) => municipality === '0183').reduce((sum, { n }) => sum + n, 0)).toBeGreaterThanOrEqual(33);
    expect(beside?.newCases.some(({ year }) => year === 2026)).toBe(false);
    expect(municipal).toContain('Årene er 2023–2025. Året 2026 er ikke talt med, for det var ikke slut, da tallene blev opgjort.');
    expect(/Din kommune: Odense[\s\S]*For få til at sige noget/.test(await at('odense'))).toBe(true);
    const fyn = await at('policeFyn');
    expect([fyn.includes('Din enhed: Fyn'), fyn.includes('I kan vente')]).toEqual([true, false]);
    expect(/Din (enhed|kommune)/.test(await at('officialKl'))).toBe(false);
  });

  it('what is published of an old period stands beside the newest figures and not before them, and says nothing of cases to come', async () => {
    const [current] = await published();
    expect((await web.post('officialKl', '/tal/offentliggoer', { fra: '1. april 2015', til: '14. januar 2019' })).statusCode).toBe(303);
    const [old, next] = await published();
    expect(next).toEqual(current);
    const heading = async (who: PersonName, url: string) => / – (30. juni 2026|14. januar 2019), offentliggjort/.exec((await web.get(who, url)).body)?.[1];
    for (const who of OTHERS) for (const url of ['/tal', '/tal/offentliggjort']) expect(await heading(who, url), `${who} ${url}`).toBe('30. juni 2026');
    // Who published it sees what he did, and that the others do not see it first.
    const desk = (await web.get('officialKl', '/tal/offentliggjort')).body;
    expect([await heading('officialKl', '/tal/offentliggjort'), desk.includes('Enheder og kommuner ser først tallene'), desk.includes(`/tal/offentliggjort/${current?.id ?? ''}`)]).toEqual(['14. januar 2019', true, true]);
    const { body } = await web.get('municipal', `/tal/offentliggjort/${old?.id ?? ''}`);
    expect([body.includes('14. januar 2019'), body.includes('Se de nyeste tal'), body.includes('Din kommune: Ishøj'), body.includes('I kan vente')]).toEqual([true, true, true, false]);
    const sheets = async (id: string | undefined) => openSpreadsheet((await web.get('municipal', `/tal/offentliggjort/${id ?? ''}/fil?format=xlsx`)).rawPayload).map(({ name }) => name);
    expect([(await sheets(old?.id)).includes('Nye sager at vente'), (await sheets(current?.id)).includes('Nye sager at vente')]).toEqual([false, true]);
    // The same period again: of equal ends the newest.
    expect((await publish()).statusCode).toBe(303);
    expect((await web.get('municipal', '/tal')).body).toContain(`/tal/offentliggjort/${current?.id ?? ''}`);
    expect((await web.post('officialKl', '/tal/offentliggoer/tilbage', { id: await newest(), grund: 'early' })).statusCode).toBe(303);
    expect((await web.get('municipal', '/tal')).body).not.toContain(`href="/tal/offentliggjort/${current?.id ?? ''}"`);
  });
});

describe('new cases of a year, for what a municipality should be ready for (S1)', () => {
  it('are counted once, at the unit and home of the year’s end; not when they were a double, nor when nobody had named a unit (FM-INT-7)', async () => {
    const before = async () => (await besidePublication(web.house.web, web.house.tokens.officialKl, { from: knownDate('2015-04-01'), asOf: copenhagenDate(web.house.clock()), drawnAt: web.house.clock() }, 2022))?.newCases;
    expect(await before()).toEqual([]);
    const standing = (stat: string, state: string, from: string, to: string | null, unit: string, home: string | null) =>
      web.house.db.superuser(`insert into stat.standing (stat_id, state, from_date, to_date, recorded_at, unit, municipality, place) values ($1, $2, $3, $4, $5, $6, $7, 'freedom')`, [stat, state, from, to, web.house.clock(), unit, home]);
    const [moved, double, over, unnamed] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    await standing(moved, 'inquiry', '2022-02-01', '2022-04-01', 'fyn', null);
    await standing(moved, 'assessment', '2022-04-01', '2023-02-01', 'oestjylland', '0751');
    await standing(moved, 'refused', '2023-02-01', null, 'koebenhavn', '0101');
    await standing(double, 'inquiry', '2022-02-01', '2022-03-01', 'fyn', '0461');
    await standing(double, 'duplicate', '2022-03-01', null, 'fyn', '0461');
    await standing(over, 'inquiry', '2018-02-01', null, 'fyn', '0461');
    await standing(unnamed, 'inquiry', '2022-12-30', '2023-01-04', 'unnamed', null);
    await standing(unnamed, 'inquiry', '2023-01-04', null, 'fyn', null);
    expect(await before()).toEqual([{ year: 2022, unit: 'oestjylland', municipality: '0751', n: 1 }]);
  });
});

describe('what the contact point is told of what is hidden', () => {
  it('adds up, and is the publication’s own (FM-STA-2)', () => {
    const cells = countedFrom(peopleIn(1, dice(5)));
    const drawing = { from: FROM, asOf: UNTIL, drawnAt: instant('2026-07-01T09:00:00.000Z') ?? EMPTY.drawnAt };
    const { publication } = publicationOf(drawing, cells);
    if (publication === undefined) throw new Error('nothing is published');
    const hidden = hiddenCells(publication, cells, undefined);
    expect(hidden.earlier).toBe(0);
    expect(hidden.small).toBeGreaterThan(0);
    const again = publicationOf(drawing, countedFrom([...peopleIn(1, dice(5)), somebody('completed', false, dice(6))]), [publication]).publication;
    if (again === undefined) throw new Error('nothing is published');
    expect(hiddenCells(again, countedFrom([...peopleIn(1, dice(5)), somebody('completed', false, dice(6))]), publication).earlier).toBeGreaterThan(0);
  });
});
