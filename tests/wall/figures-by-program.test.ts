import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { municipalityOfAuthority, unitOfAuthority, units as allUnits } from '../../src/domain/reference/authorities.js';
import { knownDate } from '../../src/domain/kernel/time.js';
import { aCaseInCourse } from '../support/agreement-states.js';
import { aDischargedCase } from '../support/course-states.js';
import { tellFigures } from '../support/figures-told.js';
import { people, type PersonName } from '../support/people.js';
import { dice, peopleIn } from '../support/published-people.js';
import { tellPeople } from '../support/published-record.js';
import { audited, counted, seen } from '../support/wall-http.js';
import { testWeb, type TestWeb } from '../support/web.js';

let web: TestWeb;
let filled: number | undefined;
beforeAll(async () => {
  web = await testWeb(undefined, 1_000_000, () => filled);
  await tellFigures(web.house.db, [aCaseInCourse('2026-03-02'), aDischargedCase('2026-03-02')]);
  await tellPeople(web.house.db, peopleIn(3, dice(11)), '2024-05-01', web.house.clock());
});
afterAll(() => web.close());

const OTHERS = (Object.keys(people) as PersonName[]).filter((who) => !people[who].functions.includes('contact_point'));
const get = (who: PersonName | undefined, path: string) => web.api(who, 'GET', `/api/v1/statistics${path}`);
const post = (who: PersonName | undefined, path: string, body: unknown) => web.api(who, 'POST', `/api/v1/statistics${path}`, body);
const PERIOD = { from: '2015-04-01', asOf: '2026-06-30' };
const QUERY = new URLSearchParams(PERIOD).toString();
interface Problem { readonly detail: string; readonly errors: readonly { readonly pointer: string }[] }
interface Table { readonly id: string; readonly columns: readonly { readonly id: string }[]; readonly rows: readonly { readonly value: string; readonly numbers: readonly (number | null)[] }[] }
const published = async (): Promise<readonly { readonly id: string; readonly asOf: string }[]> => (await get('municipal', '/published')).json();
const stored = () => web.house.db.superuser('select n, withdrawn_at is not null as withdrawn from stat.published order by n');
const few = (n: number | null): boolean => n !== null && n !== 0 && n < 5;

describe('publishing by program (FM-STA-2, FM-STA-4, FM-NCP-5)', () => {
  it('shows first what everybody will see, hidden, and how much is hidden for which reason; nothing stands before it is published', async () => {
    expect((await get('municipal', '/own')).json()).toEqual({ publication: null, note: null, own: null });
    const { result, rows } = await audited(web, () => get('officialKl', `/draft?${QUERY}`));
    const draft = result.json<{ tables: readonly Table[]; hidden: Readonly<Record<string, number>>; newest: unknown; complete: boolean }>();
    expect([result.statusCode, draft.newest, draft.complete, counted(rows)]).toEqual([200, null, true, { 'figures.drawn': 1 }]);
    expect(draft.tables.flatMap((table) => table.rows.flatMap(({ numbers }) => numbers)).filter(few)).toEqual([]);
    expect(draft.hidden).toMatchObject({ small: expect.any(Number) as unknown, earlier: 0 });
    expect(await stored()).toEqual([]);
  });

  it('publishes what was shown, with the rows of the page in the log, for everybody to read', async () => {
    const { tables } = (await get('officialKl', `/draft?${QUERY}`)).json<{ tables: readonly Table[] }>();
    const { result, rows } = await audited(web, () => post('officialKl', '/published', PERIOD));
    expect([result.statusCode, result.json(), counted(rows)]).toEqual([201, { outcome: 'published' }, { 'figures.drawn': 1, 'figures.published': 1 }]);
    const [newest] = await published();
    expect((await get('municipal', `/published/${newest?.id ?? ''}`)).json<{ tables: readonly Table[] }>().tables).toEqual(tables);
  });

  it('says before the button that this very period is published, when and by which authority, and refuses nothing for it', async () => {
    const PUBLISH = `/tal/offentliggoer?${new URLSearchParams({ fra: '1. april 2015', til: '30. juni 2026' }).toString()}`;
    const [one] = await published();
    const draft = async (query: string) => (await get('officialPolice', `/draft?${query}`)).json<{ samePeriod: unknown }>().samePeriod;
    expect([await draft(QUERY), await draft(new URLSearchParams({ ...PERIOD, from: '2015-04-02' }).toString()), await draft(new URLSearchParams({ ...PERIOD, asOf: '2026-06-29' }).toString())]).toEqual([expect.objectContaining({ id: one?.id, authority: 'kl' }), null, null]);
    const page = (await web.get('officialPolice', PUBLISH)).body;
    expect(page).toMatch(/Perioden er offentliggjort[^]*For 1\. april 2015 – 30\. juni 2026, offentliggjort [^<]* af KL\. Offentliggør du den igen, står begge[^]*<button[^>]*>[^]*Offentliggør tallene/);
    expect((await web.get('officialPolice', PUBLISH.replace('30.', '29.'))).body).not.toContain('Perioden er offentliggjort');
    expect((await post('officialPolice', '/published', PERIOD)).statusCode).toBe(201);
    expect([(await published()).length, await draft(QUERY)]).toEqual([2, expect.objectContaining({ authority: 'rigspolitiet' })]);
    // What was taken back stands no more, and is not spoken of.
    expect((await post('officialPolice', '/withdrawn', { id: (await published())[0]?.id, because: 'early' })).statusCode).toBe(200);
    expect(await draft(QUERY)).toMatchObject({ id: one?.id });
  });

  it('says of a period that cannot be used what and where, and publishes nothing', async () => {
    const before = await stored();
    const bad: readonly (readonly [unknown, string])[] = [
      [{}, '/asOf'], [{ asOf: 20260630 }, '/asOf'], [{ from: 'x', asOf: '2026-06-30' }, '/from'], [{ from: '2026-07-01', asOf: '2026-06-30' }, '/asOf'], [{ asOf: '2099-01-01' }, '/asOf'], [{ from: '2001-01-01', asOf: '2026-06-30' }, '/from'],
      [{ ...PERIOD, drawn: '2020-01-01' }, ''], [[], ''],
    ];
    for (const [body, pointer] of bad) {
      const reply = await post('officialKl', '/published', body);
      expect([reply.statusCode, reply.json<Problem>().errors[0]?.pointer], JSON.stringify(body)).toEqual([422, pointer]);
    }
    expect((await get('officialKl', '/draft')).json<Problem>().errors).toMatchObject([{ pointer: '/asOf' }]);
    filled = 0.5;
    try {
      expect((await post('officialKl', '/published', PERIOD)).statusCode).toBe(422);
      expect((await get('officialKl', `/draft?${QUERY}`)).json()).toMatchObject({ complete: false });
    } finally {
      filled = undefined;
    }
    expect(await stored()).toEqual(before);
  });

  it('is done after a new login alone, and by the contact point alone (control 18)', async () => {
    const before = await stored();
    const [newest] = await published();
    const tries = async (who: PersonName | undefined) => [await get(who, `/draft?${QUERY}`), await post(who, '/published', PERIOD), await post(who, '/withdrawn', { id: newest?.id, because: 'early' })];
    const nowhere = seen(await web.api('police', 'GET', '/api/v1/findes-ikke'));
    for (const who of OTHERS) for (const reply of await tries(who)) expect(seen(reply), who).toEqual(nowhere);
    for (const reply of await tries(undefined)) expect(reply.statusCode).toBe(401);
    await web.house.db.superuser(`update sec.session set auth_time = now() - interval '6 minutes' where user_id = $1`, [people.officialDfk.user]);
    for (const reply of await tries('officialDfk')) expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([401, 'step-up']);
    expect(await stored()).toEqual(before);
  });

  it('takes the newest back for a reason, and only the newest', async () => {
    const [newest] = await published();
    const bad: readonly (readonly [unknown, string])[] = [[{}, '/because'], [{ id: newest?.id, because: 'x' }, '/because'], [{ id: 'x', because: 'early' }, '/id'], [{ id: randomUUID(), because: 'early' }, '/id'], [{ id: 7, because: 'early' }, '/id'], [{ id: newest?.id, because: 'early', words: 'x' }, '']];
    for (const [body, pointer] of bad) {
      const reply = await post('officialKl', '/withdrawn', body);
      expect([reply.statusCode, reply.json<Problem>().errors[0]?.pointer], JSON.stringify(body)).toEqual([422, pointer]);
    }
    expect((await published()).length).toBe(1);
    expect(counted((await audited(web, () => post('officialKl', '/withdrawn', { id: randomUUID(), because: 'early' }))).rows)).toEqual({ 'page.denied': 1 });
    const { result, rows } = await audited(web, () => post('officialPolice', '/withdrawn', { id: newest?.id, because: 'early' }));
    expect([result.statusCode, result.json(), counted(rows), await published()]).toEqual([200, { outcome: 'withdrawn' }, { 'figures.withdrawn': 1 }, []]);
    expect((await get('municipal', `/published/${newest?.id ?? ''}`)).statusCode).toBe(404);
  });
});

interface Own { readonly table: string; readonly value: string; readonly numbers: readonly { readonly id: string; readonly n: number | null }[]; readonly expected: { readonly year: number; readonly range: readonly [number, number] | null; readonly said: string; readonly why: string } | null }
describe('one’s own figures by program (FM-STA-2, S1)', () => {
  it('are the row of one’s own municipality or unit as it is published, a municipality’s with how many cases to be ready for', async () => {
    expect((await post('officialKl', '/published', PERIOD)).statusCode).toBe(201);
    const [newest] = await published();
    const asOf = knownDate(PERIOD.asOf);
    const tables = new Map((await get('auditor', `/published/${newest?.id ?? ''}`)).json<{ tables: readonly Table[] }>().tables.map((table) => [table.id, table]));
    let rowsSeen = 0;
    for (const who of ['municipal', 'odense', 'police', 'policeFyn', 'probation', 'custody', 'jobcentre', 'auditor', 'officialKl', 'officialPolice'] as const) {
      const { result, rows } = await audited(web, () => get(who, '/own'));
      const { own, publication } = result.json<{ own: Own | null; publication: { id: string } }>();
      expect([result.statusCode, publication.id, counted(rows)], who).toEqual([200, newest?.id, { 'publications.listed': 1 }]);
      expect((await get(who, `/published/${newest?.id ?? ''}`)).json<{ own: Own | null }>().own, who).toEqual(own);
      const { authority, functions } = people[who];
      const official = (functions).includes('contact_point');
      const municipality = official ? undefined : municipalityOfAuthority(authority);
      const unit = official ? undefined : unitOfAuthority(authority, asOf);
      expect([own?.table, own?.value], who).toEqual(municipality !== undefined ? ['municipality', municipality] : unit !== undefined ? ['unit', unit] : [undefined, undefined]);
      if (own === null) continue;
      rowsSeen += 1;
      expect(own.numbers.map(({ n }) => n), who).toEqual(tables.get(own.table)?.rows.find(({ value }) => value === own.value)?.numbers);
      expect(own.numbers.map(({ n }) => n).filter(few), who).toEqual([]);
      expect(own.expected === null, who).toBe(own.table === 'unit');
      if (own.expected !== null) expect((await web.get(who, '/tal/offentliggjort')).body).toContain(own.expected.said);
    }
    expect(rowsSeen).toBeGreaterThan(4);
    expect((await get(undefined, '/own')).statusCode).toBe(401);
  });
});

describe('figures as of a day, by program (FM-STA-3)', () => {
  const PARTS = ['', '/times', '/practice', '/corrections', '/compared'];
  it('are not drawn as of a day before the period was over, as on the screens', async () => {
    for (const part of PARTS) {
      for (const drawn of ['2014-01-01', '2026-06-29', '2026-06-29T12:00:00.000Z', '2010-12-31']) {
        const reply = await get('officialKl', `${part}?from=2013-01-01&asOf=2026-06-30&drawn=${drawn}`);
        expect([reply.statusCode, reply.json<Problem>().errors], `${part} ${drawn}`).toMatchObject([422, [{ pointer: '/drawn' }]]);
      }
      for (const drawn of ['2026-06-30', '2026-06-30T10:00:00.000Z', '2026-07-01']) expect((await get('officialKl', `${part}?asOf=2026-06-30&drawn=${drawn}`)).statusCode, `${part} ${drawn}`).toBe(200);
    }
    const asked = await web.api('officialKl', 'POST', '/api/v1/statistics/practice/questions', { unit: 'fyn', asOf: '2026-06-30', drawn: '2026-06-29', text: 'Hvorfor tager det så lang tid?' });
    expect([asked.statusCode, asked.json<Problem>().errors]).toMatchObject([422, [{ pointer: '/drawn' }]]);
    // The very words of the screen.
    const early = 'Den dag skal være periodens sidste dag eller en senere: før den kunne tallene ikke være registreret.';
    expect((await get('officialKl', '?from=2013-01-01&asOf=2026-06-30&drawn=2014-01-01')).json<Problem>().detail).toContain(early);
    expect((await web.get('officialKl', `/tal?${new URLSearchParams({ fra: '1. januar 2013', til: '30. juni 2026', opgjort: '1. januar 2014' }).toString()}`)).body).toContain(early);
  });
});

describe('two periods and the units’ practice by program (FM-STA-3, FM-NCP-7)', () => {
  interface Compared { readonly other: { readonly from: string; readonly asOf: string } | null; readonly lines: readonly { readonly key: string; readonly now: number; readonly before: number | null; readonly difference: number | null }[] }
  const compared = async (query: string) => (await get('officialKl', `/compared?${query}`)).json<Compared>();

  it('stand line by line beside one another as each is drawn by itself, a year before unless another day is asked for', async () => {
    const { other, lines } = await compared('from=2015-04-01&asOf=2026-11-01&with=2026-02-28');
    expect(other).toEqual({ from: '2015-04-01', asOf: '2026-02-28' });
    const drawn = async (asOf: string) => (await get('officialKl', `?from=2015-04-01&asOf=${asOf}`)).json<{ runningCourses: number; completed: { total: number } }>();
    const [now, before] = [await drawn('2026-11-01'), await drawn('2026-02-28')];
    expect(now.runningCourses).not.toBe(before.runningCourses);
    expect(lines.find(({ key }) => key === 'runningCourses')).toMatchObject({ now: now.runningCourses, before: before.runningCourses, difference: now.runningCourses - before.runningCourses });
    expect(lines.find(({ key }) => key === 'completed')).toMatchObject({ now: now.completed.total, before: before.completed.total });
    expect((await compared('from=2026-06-01&asOf=2026-06-30')).other).toEqual({ from: '2025-06-01', asOf: '2025-06-30' });
    expect(await compared('from=2011-01-01&asOf=2011-07-01')).toMatchObject({ other: null, lines: expect.arrayContaining([expect.objectContaining({ before: null, difference: null })]) as unknown });
  });

  it.each([['2020-01-01', '2020-12-31', '2019-01-01', '2019-12-31'], ['2021-01-01', '2021-12-31', '2020-01-01', '2020-12-31'], ['2020-02-29', '2020-12-31', '2019-02-28', '2019-12-31']])('%s to %s stands beside %s to %s: years are moved as years', async (from, asOf, begins, ends) => {
    expect((await compared(`from=${from}&asOf=${asOf}`)).other).toEqual({ from: begins, asOf: ends });
  });

  it('tell what each unit’s practice is, the whole country first, and of too few as null', async () => {
    const { units } = (await get('officialKl', '/practice?from=2015-04-01&asOf=2026-11-01')).json<{ units: readonly { unit: string | null; label: string }[] }>();
    expect([units[0], units.slice(1).map(({ unit }) => unit)]).toEqual([expect.objectContaining({ unit: null, label: 'Hele landet', toDecision: null }), allUnits]);
    expect(units.find(({ unit }) => unit === 'bornholm')).toEqual({ unit: 'bornholm', label: 'Bornholm', lacking: null, unplanned: null, unmeasured: null });
  });

  it('are the contact point’s alone, and say of bad input where it is', async () => {
    const nowhere = seen(await web.api('police', 'GET', '/api/v1/findes-ikke'));
    for (const who of OTHERS) for (const part of ['compared', 'practice']) expect(seen(await get(who, `/${part}?asOf=2026-11-01`)), `${who} ${part}`).toEqual(nowhere);
    for (const [query, pointer] of [['', '/asOf'], ['asOf=2026-11-01&with=igår', '/with'], ['asOf=2026-11-01&with=2099-01-01', '/with'], ['asOf=2026-11-01&drawn=x', '/drawn']] as const) {
      const reply = await get('officialKl', `/compared?${query}`);
      expect([reply.statusCode, reply.json<Problem>().errors[0]?.pointer], query).toEqual([422, pointer]);
    }
    expect((await get('officialKl', '/practice')).json<Problem>().errors[0]?.pointer).toBe('/asOf');
  });
});
