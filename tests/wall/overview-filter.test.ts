import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testHouse } from '../support/house.js';
import { clearOverview, goTo, listed, MONDAY, numbersListed, standing } from '../support/overview-world.js';
import { textOf } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterAll(() => web.close());
beforeEach(() => goTo(web.house, MONDAY));
afterEach(() => clearOverview(web.house));

describe('what the overview is narrowed to', () => {
  it('is unit, municipality, phase, place and what is late, each alone and together', async () => {
    const [a = '', b = '', c = '', d = ''] = await standing(web.house, [
      { unit: 'fyn', municipality: '0461', phase: 'course' }, { unit: 'koebenhavns-vestegn', municipality: '0183', phase: 'assessment', due: '2026-10-01' },
      { unit: 'dfk', municipality: '0461', phase: 'accepted', place: 'custody' }, { unit: 'fyn', municipality: '0479', phase: 'assessment', due: '2026-10-02' },
    ]);
    const table: readonly (readonly [string, readonly string[]])[] = [
      ['unit=fyn', [a, d]], ['unit=dfk', [c]], ['municipality=0461', [a, c]], ['phase=assessment', [b, d]], ['place=custody', [c]], ['late=true', [b, d]], ['late=true&unit=fyn', [d]], ['unit=bornholm', []], ['unit=', [a, b, c, d]],
    ];
    for (const [query, those] of table) expect([query, [...(await numbersListed(web, `?${query}`))].sort()]).toEqual([query, [...those].sort()]);
    const page = await web.get('officialKl', '/overblik?enhed=fyn&kommune=&fase=assessment&sted=freedom&forsent=true');
    expect([page.statusCode, page.body.includes(d), page.body.includes(a), page.body.includes(b)]).toEqual([200, true, false, false]);
    expect(textOf(page.body)).toContain('Én sag passer, én er for sent');
    // The head and the map count all of them.
    expect(textOf(page.body)).toContain('4 sager i visitation eller forløb, to for sent.');
  });

  it('says that none fits, with a way to all of them', async () => {
    await standing(web.house, [{}]);
    const { body } = await web.get('officialKl', '/overblik?enhed=bornholm');
    expect(body).toContain('Ingen sager passer til filteret.');
    expect(body).toContain('<a href="/overblik">Vis alle sager</a>');
    expect(body).not.toContain('Vis navne');
  });

  it('is nothing when it cannot be used: all are shown, and what is wrong stands at its field', async () => {
    const [number = ''] = await standing(web.house, [{}]);
    for (const [query, said] of [['enhed=mars', 'Den enhed findes ikke'], ['kommune=9999', 'Den kommune findes ikke'], ['fase=closed', 'Den fase findes ikke'], ['sted=hjemme', 'Det sted findes ikke'], ['forsent=ja', 'Sæt flueben'], ['sorter=navn', 'Den rækkefølge findes ikke']] as const) {
      const reply = await web.get('officialKl', `/overblik?${query.startsWith('enhed') ? 'fase=accepted' : 'enhed=bornholm'}&${query}`);
      expect([query, reply.statusCode, reply.body.includes(number), reply.body.includes(said)]).toEqual([query, 422, true, true]);
      expect(reply.body).toContain('<title>Fejl: Overblik – Udvej</title>');
    }
    const problem = await web.api('officialKl', 'GET', '/api/v1/overview?phase=closed&sort=x');
    expect([problem.statusCode, problem.json<{ errors: readonly { pointer: string }[] }>().errors.map((one) => one.pointer)]).toEqual([422, ['/phase', '/sort']]);
  });

  it('keeps what was chosen, and writes only codes in an address', async () => {
    await standing(web.house, Array.from({ length: 30 }, () => ({ unit: 'fyn' })));
    const { body } = await web.get('officialKl', '/overblik?enhed=fyn&sorter=oldest');
    expect(body).toContain('<option value="fyn" selected>Fyn</option>');
    expect(body).toContain('href="/overblik?enhed=fyn&amp;sorter=oldest&amp;side=2"');
    expect(body).toMatch(/<input type="hidden" name="enhed" value="fyn"/);
  });
});

describe('the order and the pages of the overview', () => {
  it('are what is due first and nothing due last; the longest in its phase first; the shortest first', async () => {
    const [a, b, c, d] = await standing(web.house, [
      { since: '2026-01-01', due: '2026-12-01' }, { since: '2026-03-01', due: '2026-10-01' }, { since: '2025-01-01', due: null }, { since: '2026-02-01', due: '2026-10-01' },
    ]);
    expect(await numbersListed(web)).toEqual([d, b, a, c]);
    expect(await numbersListed(web, '?sort=oldest')).toEqual([c, a, d, b]);
    expect(await numbersListed(web, '?sort=newest')).toEqual([b, d, a, c]);
  });

  it('are of twenty-five cases; an old link to a page behind the last shows the last, with how many there are', async () => {
    const all = await standing(web.house, Array.from({ length: 26 }, (_, n) => ({ since: `2026-01-${String(n + 1).padStart(2, '0')}` })));
    expect(await numbersListed(web, '?sort=oldest')).toEqual(all.slice(0, 25));
    expect(await numbersListed(web, '?sort=oldest&page=2')).toEqual(all.slice(25));
    expect(await listed(web, '?page=2')).toMatchObject({ total: 26, page: 2 });
    expect(textOf((await web.get('officialKl', '/overblik')).body)).toContain('Viser 1–25 af 26 sager.');
    expect(textOf((await web.get('officialKl', '/overblik?side=2')).body)).toContain('Viser 26 af 26 sager.');
    for (const page of [3, 999]) {
      expect(textOf((await web.get('officialKl', `/overblik?side=${page}`)).body)).toContain('Viser 26 af 26 sager.');
      expect(await listed(web, `?sort=oldest&page=${page}`)).toMatchObject({ total: 26, late: 0, page: 2, cases: [expect.objectContaining({ number: all[25] })] });
    }
    expect(await listed(web, '?unit=nordjylland&page=999')).toMatchObject({ total: 0, page: 1, cases: [] });
    expect(textOf((await web.get('officialKl', '/overblik?enhed=nordjylland&side=3')).body)).toContain('Ingen sager passer til filteret.');
    const one = await standing(web.house, [{ unit: 'nordjylland' }]);
    expect(await numbersListed(web, '?unit=nordjylland&page=2')).toEqual(one);
    expect((await web.get('officialKl', '/overblik?side=x')).statusCode).toBe(200);
  });
});

describe('the map of the overview', () => {
  it('counts every case once, by municipality, whatever the list is narrowed to, and leads to those of one', async () => {
    await standing(web.house, [{ municipality: '0461' }, { municipality: '0461', place: 'custody', unit: 'dfk' }, { municipality: '0183' }]);
    await web.house.db.superuser(`update app.overview set municipality = null where municipality = '0183'`);
    const { body } = await web.get('officialKl', '/overblik?enhed=dfk');
    expect(body).toContain('href="/overblik?kommune=0461" aria-label="Odense: 2 sager"');
    expect(body).not.toContain('kommune=0183');
    for (const said of ['Fyn 2', 'Ingen kendt kommune 1', 'Hele landet 3']) expect(textOf(body)).toContain(said);
    expect((await listed(web)).municipalities).toEqual(expect.arrayContaining([{ municipality: '0461', cases: 2, late: 0 }, { municipality: null, cases: 1, late: 0 }]));
  });
});
