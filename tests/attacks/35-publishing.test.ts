import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copenhagenDate, instant, type Instant, knownDate } from '../../src/domain/kernel/time.js';
import { hiddenCells } from '../../src/domain/statistics/hidden-cells.js';
import { type Publication, publicationOf } from '../../src/domain/statistics/publication.js';
import { besidePublication, keepPublication, withdrawPublication } from '../../src/store/publications.js';
import { people, type PersonName } from '../support/people.js';
import { openSpreadsheet } from '../support/spreadsheet.js';
import { countedFrom, dice, isIn, peopleIn, somebody } from '../support/published-people.js';
import { FROM, OTHERS, PERIOD, publishingHouse, type PublishingHouse, UNTIL } from '../support/publishing-house.js';
import { audited } from '../support/wall-http.js';
import { prompt } from '../support/wall-sql.js';

const EMPTY: Publication = { from: FROM, asOf: UNTIL, drawnAt: '2026-07-01T09:00:00.000Z' as Instant, threshold: 5, tables: [], numbers: {} };

let desk: PublishingHouse;
beforeAll(async () => { desk = await publishingHouse(); });
afterAll(() => desk.close());

const rows = () => desk.web.house.db.superuser<{ n: number; withdrawn: boolean }>('select n, withdrawn_at is not null as withdrawn from stat.published order by n');

interface Table { readonly id: string; readonly columns: readonly { readonly id: string; readonly label: string }[]; readonly rows: readonly { readonly value: string; readonly label: string; readonly numbers: readonly (number | null)[] }[] }
/** What a municipality reads by program: every number by figure, table and row. */
const answers = async (id: string, who: PersonName = 'municipal'): Promise<ReadonlyMap<string, number | null>> => {
  const { tables } = (await desk.web.api(who, 'GET', `/api/v1/statistics/published/${id}`)).json<{ tables: readonly Table[] }>();
  return new Map(tables.flatMap((table) => table.rows.flatMap(({ value, numbers }) => numbers.map((n, nth) => [`${table.columns[nth]?.id ?? ''}/${table.id}/${value}`, n] as const))));
};
/** The cells of the page's tables that are numbers. */
const pageNumbers = (html: string): readonly number[] => [...html.matchAll(/<td[^>]*>(?:<div>)?([\d.]+)(?:<\/div>)?<\/td>/g)].map(([, n]) => Number(n?.replaceAll('.', '')));
/** Fields of a file that holds no quotes. */
const parsed = (csv: string): readonly (readonly string[])[] => csv.replace(/^\uFEFF/, '').split('\r\n').map((line) => line.split(';'));
const few = (n: number | null): boolean => n !== null && n !== 0 && Math.abs(n) < 5;

describe('control 35: figures are published hidden, whole, and never changed (FM-STA-2, FM-STA-4, FM-NCP-5)', () => {
  it('says who publishes while nothing is', async () => {
    expect((await desk.web.get('municipal', '/tal/offentliggjort')).body).toContain('Det gør Det Nationale Exitkontaktpunkt');
    expect(await desk.published()).toEqual([]);
  });

  it('the contact point sees them as everybody will, and publishes them; nothing stands before that', async () => {
    const preview = await desk.web.get('officialKl', `/tal/offentliggoer?${new URLSearchParams(PERIOD).toString()}`);
    expect([preview.statusCode, pageNumbers(preview.body).filter(few)]).toEqual([200, []]);
    expect([preview.body.includes('tal er skjult, fordi de er under 5'), preview.body.includes('trækkes fra dem, der er offentliggjort før')]).toEqual([true, false]);
    expect([preview.body.includes('Perioden er på under tre måneder'), preview.body.lastIndexOf('</table>') < preview.body.indexOf('Offentliggør tallene</button>')]).toEqual([false, true]);
    expect(await rows()).toEqual([]);
    const { result, rows: log } = await audited(desk.web, () => desk.publish());
    expect([result.statusCode, result.headers['location']]).toEqual([303, '/tal/offentliggjort']);
    expect(log.map(({ action }) => action).sort()).toEqual(['figures.drawn', 'figures.published']);
    expect(pageNumbers((await desk.web.get('municipal', '/tal/offentliggjort')).body).length).toBeGreaterThan(100);
  });

  it('a municipality reads no number of one to four: not on the page, by program or in a file; and what it reads is so', async () => {
    const id = await desk.newest();
    const read = await answers(id);
    expect([...read.values()].filter(few)).toEqual([]);
    expect([...read.values()].filter((n) => n === null).length).toBeGreaterThan(50);
    for (const [key, n] of read) {
      const [figure = '', table = '', value = ''] = key.split('/');
      // One more is the discharged case that went the way of commands.
      const extra = figure === 'completed' && n !== null && n !== desk.counted.filter((one) => isIn(one, figure, table, value)).length ? 1 : 0;
      if (n !== null) expect(n - extra, key).toBe(desk.counted.filter((one) => isIn(one, figure, table, value)).length);
    }
    const { body } = await desk.web.get('municipal', `/tal/offentliggjort/${id}`);
    expect(pageNumbers(body).filter(few)).toEqual([]);
    expect(body.includes('<span class="sr-only">skjult</span>')).toBe(true);
    for (const table of ['country', 'place', 'unit', 'municipality', 'category', 'age']) {
      const file = await desk.web.get('municipal', `/tal/offentliggjort/${id}/fil?tabel=${table}`);
      expect([file.statusCode, file.headers['content-type'], file.headers['content-disposition']]).toEqual([200, 'text/csv; charset=utf-8', expect.stringMatching(/^attachment; filename="tal-[a-z]+-2026-06-30\.csv"$/)]);
      const { tables } = (await desk.web.api('municipal', 'GET', `/api/v1/statistics/published/${id}`)).json<{ tables: readonly Table[] }>();
      const one = tables.find((told) => told.id === table);
      const [headings, ...lines] = parsed(file.body);
      expect(headings?.slice(1)).toEqual(one?.columns.map(({ label }) => label));
      expect(lines.slice(0, one?.rows.length)).toEqual(one?.rows.map(({ label, numbers }) => [label, ...numbers.map((n) => (n === null ? 'skjult' : String(n)))]));
      expect(lines.flat().join(' ')).toContain('Tal under 5 er skjult.');
    }
  });

  it('the spreadsheet has a sheet for each table with the same numbers and the same hidden, and says what it is of', async () => {
    const id = await desk.newest();
    const file = await desk.web.get('municipal', `/tal/offentliggjort/${id}/fil?format=xlsx`);
    expect([file.statusCode, file.headers['content-type'], file.headers['content-disposition']]).toEqual([200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'attachment; filename="tal-2026-06-30.xlsx"']);
    const [about, ...sheets] = openSpreadsheet(file.rawPayload);
    const { tables } = (await desk.web.api('municipal', 'GET', `/api/v1/statistics/published/${id}`)).json<{ tables: readonly (Table & { readonly caption: string })[] }>();
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
    const [publisher] = await desk.web.house.db.superuser<{ name: string }>('select name from app.staff where id = $1', [people.officialKl.user]);
    expect(Object.values(unzipSync(file.rawPayload)).map((one) => strFromU8(one)).filter((one) => one.includes(publisher?.name ?? '<'))).toEqual([]);
  });

  it('two publications do not subtract, nor does one that was withdrawn and one in its place', async () => {
    const first = await answers(await desk.newest());
    await desk.add(Array.from({ length: 3 }, () => somebody('completed', true, desk.chance)));
    expect((await desk.publish()).statusCode).toBe(303);
    const second = await desk.newest();
    const later = await answers(second);
    const differences = (one: ReadonlyMap<string, number | null>, other: ReadonlyMap<string, number | null>): readonly number[] =>
      [...one].flatMap(([key, n]) => { const then = other.get(key); return n === null || then === null || then === undefined ? [] : [n - then]; });
    expect(later.get('completed/country/denmark')).toBeNull();
    expect(differences(later, first).length).toBeGreaterThan(100);
    expect(differences(later, first).filter(few)).toEqual([]);
    const preview = await desk.web.get('officialKl', `/tal/offentliggoer?${new URLSearchParams(PERIOD).toString()}`);
    expect(preview.body.includes('trækkes fra dem, der er offentliggjort før')).toBe(true);

    expect((await desk.web.post('officialPolice', '/tal/offentliggoer/tilbage', { id: second, grund: 'early' })).statusCode).toBe(303);
    await desk.add(Array.from({ length: 4 }, () => somebody('interrupted', false, desk.chance)));
    expect((await desk.publish()).statusCode).toBe(303);
    const third = await answers(await desk.newest());
    for (const before of [first, later]) expect(differences(third, before).filter(few)).toEqual([]);
  });

  it('the newest is withdrawn for a reason, and is nowhere then; those before it stand, and only the newest can go', async () => {
    const [last, before] = await desk.published();
    const gone = last?.id ?? '';
    const missing = await desk.web.post('officialKl', '/tal/offentliggoer/tilbage', { id: gone });
    expect([missing.statusCode, missing.body.includes('Vælg, hvorfor tallene trækkes tilbage.')]).toEqual([422, true]);
    expect((await desk.web.post('officialKl', '/tal/offentliggoer/tilbage', { id: before?.id ?? '', grund: 'record' })).statusCode).toBe(422);
    expect((await desk.web.post('officialKl', '/tal/offentliggoer/tilbage', { id: 'ingen', grund: 'record' })).statusCode).toBe(422);
    expect((await desk.published()).length).toBe(2);
    const { rows: log } = await audited(desk.web, () => desk.web.post('officialKl', '/tal/offentliggoer/tilbage', { id: gone, grund: 'record' }));
    expect(log).toEqual([expect.objectContaining({ action: 'figures.withdrawn', actor: people.officialKl.user })]);
    for (const url of [`/tal/offentliggjort/${gone}`, `/tal/offentliggjort/${gone}/fil?tabel=unit`, `/tal/offentliggjort/${gone}/fil?format=xlsx`]) expect((await desk.web.get('municipal', url)).statusCode, url).toBe(404);
    expect((await desk.web.api('officialKl', 'GET', `/api/v1/statistics/published/${gone}`)).statusCode).toBe(404);
    expect((await desk.published()).map(({ id }) => id)).toEqual([before?.id]);
    expect((await besidePublication(desk.web.house.web, desk.web.house.tokens.officialKl, { from: knownDate('2015-04-01'), asOf: copenhagenDate(desk.web.house.clock()), drawnAt: desk.web.house.clock() }, 2025))?.earlier).toHaveLength(3);
    expect((await desk.web.post('officialKl', '/tal/offentliggoer/tilbage', { id: gone, grund: 'record' })).statusCode).toBe(422);
  });

  it('is the contact point’s alone to do, on the page and at the database', async () => {
    const stood = await rows();
    const id = await desk.newest();
    for (const who of OTHERS) {
      const asked = [await desk.web.get(who, '/tal/offentliggoer'), await desk.publish(who), await desk.web.post(who, '/tal/offentliggoer/tilbage', { id, grund: 'early' }), await desk.web.get(who, '/tal/kvalitet')];
      expect(asked.map(({ statusCode }) => statusCode), who).toEqual([404, 404, 404, 404]);
      const token = desk.web.house.tokens[who];
      expect(await keepPublication(desk.web.house.web, token, EMPTY, { year: 2026, ranges: {} }, stood.length, desk.web.house.clock()), who).toBeUndefined();
      expect(await withdrawPublication(desk.web.house.web, token, id, 'early', desk.web.house.clock()), who).toBeUndefined();
      expect(await besidePublication(desk.web.house.web, token, { from: knownDate('2015-04-01'), asOf: copenhagenDate(desk.web.house.clock()), drawnAt: desk.web.house.clock() }, 2025), who).toBeUndefined();
    }
    expect(await rows()).toEqual(stood);
    const injected = await prompt(desk.web.house.db, 'udvej_web');
    for (const role of [undefined, 'udvej_national', 'udvej_command']) {
      for (const sql of ['select * from stat.published', `update stat.published set body = '{}'`, 'delete from stat.published', `select stat.new_cases(2020, 2026, now())`]) {
        expect((await injected.tries(desk.web.house.tokens.officialKl, sql, role === undefined ? {} : { role })).refused, sql).toBe('42501');
      }
    }
    await injected.close();
  });

  it('needs a login of the last minutes, to publish and to withdraw (control 18)', async () => {
    const id = await desk.newest();
    const stood = await rows();
    await desk.web.house.db.superuser(`update sec.session set auth_time = now() - interval '10 minutes' where user_id = $1`, [people.officialDfk.user]);
    expect((await desk.publish('officialDfk')).statusCode).toBe(401);
    expect((await desk.web.post('officialDfk', '/tal/offentliggoer/tilbage', { id, grund: 'early' })).statusCode).toBe(401);
    await expect(keepPublication(desk.web.house.web, desk.web.house.tokens.officialDfk, EMPTY, { year: 2026, ranges: {} }, stood.length, desk.web.house.clock())).rejects.toMatchObject({ code: 'UV401' });
    await expect(withdrawPublication(desk.web.house.web, desk.web.house.tokens.officialDfk, id, 'early', desk.web.house.clock())).rejects.toMatchObject({ code: 'UV401' });
    expect(await rows()).toEqual(stood);
  });

  it('the database keeps no number of one to four, whoever brings it, and none that was laid beside fewer than there are', async () => {
    const stood = await rows();
    const keep = (numbers: Readonly<Record<string, unknown>>, before = stood.length) =>
      keepPublication(desk.web.house.web, desk.web.house.tokens.officialKl, { ...EMPTY, numbers } as Publication, { year: 2026, ranges: {} }, before, desk.web.house.clock());
    for (const n of [1, 4, -1, '3', [2], { n: 2 }]) await expect(keep({ 'completed/unit/fyn': 8, 'completed/municipality/0461': n }), JSON.stringify(n)).rejects.toMatchObject({ code: '23514' });
    expect(await keep({ a: 8, b: 0, c: null }, stood.length - 1)).toBe('overtaken');
    await expect(desk.web.house.db.superuser(`update stat.published set body = jsonb_set(body, '{numbers,completed/country/denmark}', '4') where withdrawn_at is null`)).rejects.toMatchObject({ code: '23514' });
    expect(await rows()).toEqual(stood);
  });

  it('publishes nothing when the tables do not add up, and says so', async () => {
    const stood = await rows();
    // A case that stands in no row of its table.
    await desk.web.house.db.superuser(`insert into stat.standing (stat_id, state, from_date, recorded_at, unit, municipality, category, place) values ($1, 'course', '2026-01-01', '2026-01-01T08:00:00Z', 'fyn', '0461', '9z', 'freedom')`, [people.police.user]);
    const reply = await desk.publish();
    expect([reply.statusCode, reply.body.includes('Tallene er ikke offentliggjort'), reply.body.includes('stemmer ikke med hinanden')]).toEqual([422, true, true]);
    expect(await rows()).toEqual(stood);
    await desk.web.house.db.superuser('delete from stat.standing where stat_id = $1', [people.police.user]);
  });

  it('warns of a period of less than three months, before it is published', async () => {
    const warned = async (fra: string, til: string) => (await desk.web.get('officialKl', `/tal/offentliggoer?${new URLSearchParams({ fra, til }).toString()}`)).body.includes('Perioden er på under tre måneder');
    expect([await warned('1. januar 2026', '30. marts 2026'), await warned('14. januar 2019', '14. januar 2019'), await warned('1. januar 2026', '31. marts 2026'), await warned('30. november 2025', '26. februar 2026')]).toEqual([true, true, false, true]);
  });

  it('a period that is none is told at its field, and what was typed stays', async () => {
    const reply = await desk.web.post('officialKl', '/tal/offentliggoer', { fra: '1. april 2015', til: 'i går' });
    expect([reply.statusCode, reply.body.includes('Datoen kan ikke læses'), reply.body.includes('value="i går"')]).toEqual([422, true, true]);
    expect((await desk.web.post('officialKl', '/tal/offentliggoer', { fra: '1. april 2015', til: '1. januar 2099' })).statusCode).toBe(422);
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
