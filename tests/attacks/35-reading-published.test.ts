import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copenhagenDate, knownDate } from '../../src/domain/kernel/time.js';
import { besidePublication, listPublications } from '../../src/store/publications.js';
import type { PersonName } from '../support/people.js';
import { openSpreadsheet } from '../support/spreadsheet.js';
import type { Counted } from '../support/published-people.js';
import { tellPeople } from '../support/published-record.js';
import { OTHERS, publishingHouse, type PublishingHouse } from '../support/publishing-house.js';
import { audited } from '../support/wall-http.js';

let desk: PublishingHouse;
beforeAll(async () => {
  desk = await publishingHouse();
  await desk.publish();
});
afterAll(() => desk.close());

describe('control 35: what is published is everybody’s to read, his own first (FM-STA-2, FM-STA-4)', () => {
  it('its print is not confidential, and a chart on paper says what it counts; the full figures’ is', async () => {
    const read = (await desk.web.get('municipal', '/tal/offentliggjort?vis=refused')).body;
    expect([read.includes('Udskrevet af'), read.includes('Fortroligt'), read.includes('>Lokale exitenheder: afslag</figcaption>'), read.includes('>Kommuner: afslag</p>')]).toEqual([true, false, true, true]);
    for (const url of ['/tal', '/tal/offentliggoer']) expect((await desk.web.get('officialKl', url)).body, url).toContain('Fortroligt.');
  });

  it('is read by everybody signed in and nobody else; what is not there is not there', async () => {
    const id = await desk.newest();
    for (const who of OTHERS) {
      expect((await desk.web.get(who, '/tal/offentliggjort')).statusCode, who).toBe(200);
      const usual = await desk.web.get(who, '/tal');
      expect([usual.statusCode, usual.body.includes('Offentliggjorte tal'), usual.body.includes('De officielle tal')], who).toEqual([200, true, false]);
    }
    expect((await desk.web.get(undefined, '/tal/offentliggjort')).statusCode).not.toBe(200);
    expect((await desk.web.api(undefined, 'GET', '/api/v1/statistics/published')).statusCode).toBe(401);
    await expect(listPublications(desk.web.house.web, 'forged')).rejects.toMatchObject({ code: '28000' });
    for (const url of [`/tal/offentliggjort/${randomUUID()}`, '/tal/offentliggjort/ingen', `/tal/offentliggjort/${randomUUID()}/fil?tabel=unit`, `/tal/offentliggjort/${id}/fil?tabel=ingen`, `/tal/offentliggjort/${id}/fil`,
      `/tal/offentliggjort/${randomUUID()}/fil?format=xlsx`, `/tal/offentliggjort/${id}/fil?format=xls`, `/tal/offentliggjort/${id}/fil?format=xlsx&tabel=unit`, '/tal/fil?format=xlsx']) {
      expect((await desk.web.get('municipal', url)).statusCode, url).toBe(404);
    }
    for (const one of [randomUUID(), 'ingen']) expect((await desk.web.api('municipal', 'GET', `/api/v1/statistics/published/${one}`)).statusCode).toBe(404);
    const left = async (url: string) => (await audited(desk.web, () => desk.web.get('municipal', url))).rows.map(({ action }) => action);
    expect(await left(`/tal/offentliggjort/${id}`)).toEqual(['publications.listed']);
    expect(await left(`/tal/offentliggjort/${randomUUID()}`)).toEqual(['publications.listed', expect.stringMatching(/\.denied$/)]);
  });

  it('a reader sees his own first; a municipality also the cases to be ready for, from years that are over (S1)', async () => {
    const inquiries = (municipality: string, n: number, on: string) =>
      tellPeople(desk.web.house.db, Array.from({ length: n }, (): Counted => ({ state: 'inquiry', again: false, unit: 'koebenhavns-vestegn', municipality, category: 'A', age: '25-29', place: 'freedom' })), on, desk.web.house.clock());
    // The neighbours' fewer are there to be hidden with those who are too few.
    for (const [year, n] of [[2023, 10], [2024, 12], [2025, 11]] as const) for (const [home, there] of [['0183', n], ['0153', 8], ['0151', 7]] as const) await inquiries(home, there, `${year}-03-01`);
    // Of this year, which is not over.
    await inquiries('0183', 40, '2026-02-01');
    expect((await desk.publish()).statusCode).toBe(303);
    const at = async (who: PersonName): Promise<string> => (await desk.web.get(who, '/tal/offentliggjort')).body;
    const municipal = await at('municipal');
    expect(/Din kommune: Ishøj[\s\S]*I kan vente i 2027<\/h2><p class="big">Mellem \d+ og \d+<[\s\S]*Hele landet/.test(municipal)).toBe(true);
    const beside = await besidePublication(desk.web.house.web, desk.web.house.tokens.officialKl, { from: knownDate('2015-04-01'), asOf: copenhagenDate(desk.web.house.clock()), drawnAt: desk.web.house.clock() }, 2025);
    expect(beside?.newCases.filter(({ municipality }) => municipality === '0183').reduce((sum, { n }) => sum + n, 0)).toBeGreaterThanOrEqual(33);
    expect(beside?.newCases.some(({ year }) => year === 2026)).toBe(false);
    expect(municipal).toContain('Årene er 2023–2025. Året 2026 er ikke talt med, for det var ikke slut, da tallene blev opgjort.');
    expect(/Din kommune: Odense[\s\S]*For få til at sige noget/.test(await at('odense'))).toBe(true);
    const fyn = await at('policeFyn');
    expect([fyn.includes('Din enhed: Fyn'), fyn.includes('I kan vente')]).toEqual([true, false]);
    expect(/Din (enhed|kommune)/.test(await at('officialKl'))).toBe(false);
  });

  it('what is published of an old period stands beside the newest figures and not before them, and says nothing of cases to come', async () => {
    const [current] = await desk.published();
    expect((await desk.web.post('officialKl', '/tal/offentliggoer', { fra: '1. april 2015', til: '14. januar 2019' })).statusCode).toBe(303);
    const [old, next] = await desk.published();
    expect(next).toEqual(current);
    const heading = async (who: PersonName, url: string) => / – (30. juni 2026|14. januar 2019), offentliggjort/.exec((await desk.web.get(who, url)).body)?.[1];
    for (const who of OTHERS) for (const url of ['/tal', '/tal/offentliggjort']) expect(await heading(who, url), `${who} ${url}`).toBe('30. juni 2026');
    // Who published it sees what he did, and that the others do not see it first.
    const his = (await desk.web.get('officialKl', '/tal/offentliggjort')).body;
    expect([await heading('officialKl', '/tal/offentliggjort'), his.includes('Enheder og kommuner ser først tallene'), his.includes(`/tal/offentliggjort/${current?.id ?? ''}`)]).toEqual(['14. januar 2019', true, true]);
    const { body } = await desk.web.get('municipal', `/tal/offentliggjort/${old?.id ?? ''}`);
    expect([body.includes('14. januar 2019'), body.includes('Se de nyeste tal'), body.includes('Din kommune: Ishøj'), body.includes('I kan vente')]).toEqual([true, true, true, false]);
    const sheets = async (id: string | undefined) => openSpreadsheet((await desk.web.get('municipal', `/tal/offentliggjort/${id ?? ''}/fil?format=xlsx`)).rawPayload).map(({ name }) => name);
    expect([(await sheets(old?.id)).includes('Nye sager at vente'), (await sheets(current?.id)).includes('Nye sager at vente')]).toEqual([false, true]);
    // The same period again: of equal ends the newest.
    expect((await desk.publish()).statusCode).toBe(303);
    expect((await desk.web.get('municipal', '/tal')).body).toContain(`/tal/offentliggjort/${current?.id ?? ''}`);
    expect((await desk.web.post('officialKl', '/tal/offentliggoer/tilbage', { id: await desk.newest(), grund: 'early' })).statusCode).toBe(303);
    expect((await desk.web.get('municipal', '/tal')).body).not.toContain(`href="/tal/offentliggjort/${current?.id ?? ''}"`);
  });
});

describe('new cases of a year, for what a municipality should be ready for (S1)', () => {
  it('are counted once, at the unit and home of the year’s end; not when they were a double, nor when nobody had named a unit (FM-INT-7)', async () => {
    const before = async () => (await besidePublication(desk.web.house.web, desk.web.house.tokens.officialKl, { from: knownDate('2015-04-01'), asOf: copenhagenDate(desk.web.house.clock()), drawnAt: desk.web.house.clock() }, 2022))?.newCases;
    expect(await before()).toEqual([]);
    const standing = (stat: string, state: string, from: string, to: string | null, unit: string, home: string | null) =>
      desk.web.house.db.superuser(`insert into stat.standing (stat_id, state, from_date, to_date, recorded_at, unit, municipality, place) values ($1, $2, $3, $4, $5, $6, $7, 'freedom')`, [stat, state, from, to, desk.web.house.clock(), unit, home]);
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
