import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, copenhagenDate, formatDate, instant, knownDate } from '../../src/domain/kernel/time.js';
import { aCaseInCourse } from '../support/agreement-states.js';
import { aCaseInAssessment, aRefusedCase } from '../support/assessment-states.js';
import { aDischargedCase } from '../support/course-states.js';
import { tellFigures } from '../support/figures-told.js';
import { tellPeople } from '../support/published-record.js';
import { testWeb, type TestWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => {
  web = await testWeb();
  await tellFigures(web.house.db, [aCaseInCourse('2026-03-02'), aDischargedCase('2026-03-02'), aRefusedCase('2026-04-01'), aCaseInAssessment('2026-05-01')]);
  // Of 2013, but recorded when the year was over.
  await tellPeople(web.house.db, [{ state: 'completed', again: false, unit: 'fyn', municipality: '0461', category: '1a', age: '25-29', place: 'freedom' }], '2013-05-01', instant('2014-01-10T09:00:00.000Z') ?? web.house.clock());
});
afterAll(() => web.close());

const today = () => copenhagenDate(web.house.clock());
const PERIOD = `fra=${encodeURIComponent('1. januar 2026')}&til=${encodeURIComponent('1. november 2026')}`;
const page = async (url: string) => {
  const { statusCode, body } = await web.get('officialKl', url);
  return { statusCode, body, text: body.slice(body.indexOf('<main'), body.indexOf('</main')).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ') };
};
const api = (query: string, part = '') => web.api('officialKl', 'GET', `/api/v1/statistics${part}?${query}`);

describe('the pages of figures (FM-STA-1, FM-STA-2)', () => {
  it('give the official table and every part of it, along whichever dimension is asked for', async () => {
    const { text } = await page(`/tal?${PERIOD}&fordelt=category`);
    expect(text).toContain('Igangværende exitforløb 1 Igangværende visitationer 1 Gennemførte exitforløb 1 0');
    expect(text).toContain('Efter målgruppens kategorier');
    expect(text).toMatch(/1a\. [^0-9]* 1 /);
    expect((await page(`/tal?${PERIOD}&fordelt=municipality`)).text).toContain('Ishøj');
    expect((await page(`/tal?${PERIOD}&fordelt=measure`)).text).toMatch(/Efter tiltag, der er sat i gang .* Intet tiltag sat i gang 1 1 1 .* En sag med flere tiltag står ved hvert af dem, så rækkerne kan ikke lægges sammen\./);
    expect((await page(`/tal?${PERIOD}&fordelt=`)).text).toContain('Enhed for enhed');
    const none = await page(`/tal?${PERIOD}&fordelt=shoe-size`);
    expect([none.statusCode, none.text.includes('Den fordeling findes ikke. Vælg en fra listen.'), none.body.includes('<table'), /<select[^>]*aria-invalid="true"/.test(none.body), none.body.includes('value="1. januar 2026"')]).toEqual([422, true, false, true, true]);
  });

  it('say start, population and moment under every table (FM-STA-4)', async () => {
    for (const url of ['/tal', '/tal/tider', '/tal/sammenlign']) {
      expect((await page(`${url}?${PERIOD}`)).text, url).toContain('for 1. januar 2026 – 1. november 2026. Hver sag tælles én gang');
    }
  });

  it('tell how long the steps took, which follow-ups were held, and say plainly where there is nothing to tell (FM-NCP-7)', async () => {
    const { text } = await page(`/tal/tider?${PERIOD}`);
    expect(text).toContain('Fra henvendelse til afgørelse');
    expect(text).toMatch(/Hele landet 3 /);
    const none = await page(`/tal/tider?fra=${encodeURIComponent('1. januar 2016')}&til=${encodeURIComponent('1. november 2016')}`);
    expect(none.text).toContain('Ingen sager nåede så langt i perioden.');
    expect(none.text).toContain('Der skulle ikke holdes opfølgninger i perioden.');
  });

  it('are not drawn as of a day before the period was over: they would be read as few', async () => {
    for (const url of ['/tal', '/tal/tider', '/tal/sammenlign', '/tal/kvalitet']) {
      const { statusCode, body, text } = await page(`${url}?${PERIOD}&opgjort=${encodeURIComponent('31. oktober 2026')}`);
      expect([statusCode, text.includes('Den dag skal være periodens sidste dag eller en senere'), body.includes('value="31. oktober 2026"'), body.includes('<table')], url).toEqual([422, true, true, false]);
      const at = await page(`${url}?${PERIOD}&opgjort=${encodeURIComponent('1. november 2026')}`);
      expect([at.statusCode, at.text.includes('Opgjort ved udgangen af 1. november 2026 for 1. januar 2026 – 1. november 2026')], url).toEqual([200, true]);
    }
  });

  it('keep what was typed and say what is wrong at its field, whichever day it is', async () => {
    for (const url of ['/tal', '/tal/tider', '/tal/sammenlign']) {
      const { statusCode, body } = await page(`${url}?fra=${encodeURIComponent('1. januar 2026')}&til=${encodeURIComponent('1. november 2026')}&opgjort=${encodeURIComponent(formatDate(addDays(today(), 2)))}`);
      expect([statusCode, body.includes('i fremtiden'), body.includes(`value="${formatDate(addDays(today(), 2))}"`)], url).toEqual([422, true, true]);
    }
    const other = await page(`/tal/sammenlign?${PERIOD}&med=${encodeURIComponent('30. februar 2026')}`);
    expect([other.statusCode, other.body.includes('value="30. februar 2026"'), other.text.includes('De to perioder')]).toEqual([422, true, false]);
  });
});

describe('two days beside one another, and what came late (FM-STA-3)', () => {
  it('shows both days and what has changed between them', async () => {
    const { text } = await page(`/tal/sammenlign?${PERIOD}&med=${encodeURIComponent('28. februar 2026')}`);
    expect(text).toContain('1. januar 2026 – 28. februar 2026 1. januar 2026 – 1. november 2026 Forskel');
    expect(text).toContain('Igangværende exitforløb 0 1 +1');
  });

  it('takes the same day a year before when no other is chosen', async () => {
    expect((await page(`/tal/sammenlign?fra=${encodeURIComponent('1. april 2015')}&til=${encodeURIComponent('29. februar 2024')}`)).text).toContain('1. april 2015 – 28. februar 2023 1. april 2015 – 29. februar 2024 Forskel');
  });

  it('moves a period that had not begun then back as a whole, and leaves the other out where there were no figures yet', async () => {
    expect((await page(`/tal/sammenlign?fra=${encodeURIComponent('1. juni 2026')}&til=${encodeURIComponent('30. juni 2026')}`)).text).toContain('1. juni 2025 – 30. juni 2025 1. juni 2026 – 30. juni 2026 Forskel');
    const early = await page(`/tal/sammenlign?fra=${encodeURIComponent('1. januar 2011')}&til=${encodeURIComponent('1. juli 2011')}`);
    expect([early.statusCode, early.text.includes('De to perioder')]).toEqual([200, false]);
  });

  it('sets the same days of another year beside a period, in leap years too', async () => {
    const compared = async (fra: string, til: string, med: string) => (await page(`/tal/sammenlign?${new URLSearchParams({ fra, til, med }).toString()}`)).text;
    expect(await compared('1. januar 2020', '31. december 2020', '31. december 2019')).toContain('1. januar 2019 – 31. december 2019 1. januar 2020 – 31. december 2020 Forskel');
    expect(await compared('1. januar 2021', '31. december 2021', '31. december 2020')).toContain('1. januar 2020 – 31. december 2020 1. januar 2021 – 31. december 2021 Forskel');
    expect(await compared('1. februar 2025', '28. februar 2025', '29. februar 2024')).toContain('1. februar 2024 – 29. februar 2024 1. februar 2025 – 28. februar 2025 Forskel');
    expect(await compared('29. februar 2024', '31. marts 2024', '31. marts 2023')).toContain('28. februar 2023 – 31. marts 2023 29. februar 2024');
    // Another day of the year: as long as the period.
    expect(await compared('1. juni 2026', '30. juni 2026', '15. maj 2026')).toContain('16. april 2026 – 15. maj 2026 1. juni 2026');
  });

  it('says that nothing was recorded after the day, or lists what was, without a case', async () => {
    expect((await page(`/tal/sammenlign?${PERIOD}`)).text).toContain('Intet er registreret efter 1. november 2026');
    const { text } = await page(`/tal/sammenlign?fra=${encodeURIComponent('1. januar 2013')}&til=${encodeURIComponent('31. december 2013')}`);
    expect(text).toContain('10. januar 2014 Fra ikke talt til gennemført Fyn');
    // Of what else can be corrected both pages say that it is not listed (FM-STA-3).
    expect(text).toContain('Rettelser, der kun ændrer tider eller opfølgninger, står ikke her.');
    expect((await page(`/tal/tider?${PERIOD}`)).text).toMatch(/har ændret tider eller opfølgninger, er ikke skrevet op enkeltvis/);
    expect(text).not.toMatch(/UV-/);
  });
});

describe('figures by program', () => {
  it('have the parts beside the whole where they are asked for, and refuse what there is not', async () => {
    const whole = (await api('from=2026-01-01&asOf=2026-11-01')).json<Record<string, unknown>>();
    expect(whole).toMatchObject({ runningCourses: 1, runningAssessments: 1, completed: { total: 1, reRegistered: 0 }, refused: 1, complete: true });
    expect(whole).not.toHaveProperty('parts');
    const parts = (await api('from=2026-01-01&asOf=2026-11-01&by=place')).json<{ parts: readonly { value: string; runningCourses: number }[] }>().parts;
    expect(parts.map(({ value, runningCourses }) => [value, runningCourses])).toEqual([['freedom', 1], ['custody', 0]]);
    const refused = await api('from=2026-01-01&asOf=2026-11-01&by=shoe-size');
    expect([refused.statusCode, refused.json<{ detail: string }>().detail]).toEqual([422, expect.stringContaining('municipality')]);
  });

  it('have times and corrections under addresses of their own, for the contact point alone', async () => {
    expect((await api('from=2026-01-01&asOf=2026-11-01', '/times')).json()).toMatchObject({ steps: expect.arrayContaining([expect.objectContaining({ step: 'decision', unit: null, n: 3 })]) as unknown, followUps: expect.any(Array) as unknown });
    expect((await api('from=2013-01-01&asOf=2013-12-31&drawn=2013-12-31', '/corrections')).json()).toMatchObject({ total: 1, corrections: expect.objectContaining({ length: 1 }) as unknown });
    for (const who of ['police', 'municipal', 'custody', 'auditor', 'admin', 'jobcentre'] as const) {
      for (const part of ['', '/times', '/corrections']) expect((await web.api(who, 'GET', `/api/v1/statistics${part}?asOf=2026-11-01`)).statusCode, `${who} ${part}`).toBe(404);
      for (const url of ['/tal/tider', '/tal/sammenlign']) expect((await web.get(who, url)).statusCode, `${who} ${url}`).toBe(404);
    }
  });

  it('answer for the first day of the record and for a day without a case', async () => {
    expect((await api(`asOf=${knownDate('2015-04-01')}`)).json()).toMatchObject({ runningCourses: 0, completed: { total: 0, reRegistered: 0 } });
  });
});
