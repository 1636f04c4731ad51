import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
beforeEach(() => web.house.db.superuser('delete from app.text'));
afterAll(() => web.close());

const UNIT = 'koebenhavns-vestegn';
const ANSWER = 'De er bevilget, men venter på en mentor.';
const TICK = { 'uden-identitet': 'true' };
/** As if it had been asked and answered so much earlier. */
const earlier = (id: string, time: string) => web.house.db.superuser('update app.text set asked_at = asked_at - $2::interval, answered_at = answered_at - $2::interval where id = $1', [id, time]);

const asked = async (unit = UNIT, asOf = '2026-11-02'): Promise<string> => {
  const reply = await web.api('officialKl', 'POST', '/api/v1/statistics/practice/questions', { unit, from: '2026-01-01', asOf, text: 'Hvorfor er der så få tiltag i gang?' });
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json<{ id: string }>().id;
};
const sends = (who: PersonName, id: string, tekst = ANSWER) => web.post(who, `/tal/kvalitet/${id}`, { tekst, ...TICK });

const page = async (who: PersonName = 'police'): Promise<string> => (await web.get(who, '/enhed')).body;
/** What is folded away as answered, with the ids in the order in which they stand there. */
const answeredIn = (body: string) => {
  const fold = /<details[^>]*><summary>(Besvarede \(\d+\))<\/summary>([^]*?)<\/details>/.exec(body);
  return { summary: fold?.[1], ids: [...(fold?.[2] ?? '').matchAll(/\/tal\/kvalitet\/([0-9a-f-]{36})/g)].map(([, id]) => id), open: (fold?.[0] ?? '').includes('<details open') };
};

describe('the unit’s page has what the contact point asked it about its figures (FM-NCP-7)', () => {
  it('what waits stands there, and what was answered is folded away, the newest first, with the day it goes', async () => {
    expect(await page()).not.toContain('Spørgsmål fra kontaktpunktet om enhedens tal');
    const first = await asked();
    const second = await asked(UNIT, '2026-10-31');
    const waiting = await asked(UNIT, '2026-10-30');
    expect(answeredIn(await page())).toEqual({ summary: undefined, ids: [], open: false });
    for (const id of [second, first]) expect((await sends('police', id)).statusCode).toBe(303);
    await earlier(first, '1 day');
    const body = await page();
    expect(answeredIn(body)).toEqual({ summary: 'Besvarede (2)', ids: [second, first], open: false });
    expect(body.slice(0, body.indexOf('Besvarede (2)'))).toContain(`/tal/kvalitet/${waiting}`);
    for (const day of ['1. november 2028', '2. november 2028']) expect(body).toContain(day);
    // Of the text nothing stands on a list.
    expect([body.includes(ANSWER), body.includes('så få tiltag')]).toEqual([false, false]);
    // And from the question the way leads back.
    expect((await web.get('police', `/tal/kvalitet/${first}`)).body).toContain('href="/enhed#kvalitet"');
    expect((await web.get('officialKl', `/tal/kvalitet/${first}`)).body).not.toContain('href="/enhed#kvalitet"');
    await sends('police', waiting);
    expect(await page()).toContain('I har svaret på alle spørgsmål.');
  });

  it('for as long as it is kept, and not on the day it goes', async () => {
    const id = await asked();
    await sends('police', id);
    await earlier(id, '2 years - 1 day');
    expect(answeredIn(await page()).ids).toEqual([id]);
    await earlier(id, '1 day');
    expect(answeredIn(await page()).ids).toEqual([]);
    expect(await page()).not.toContain('Spørgsmål fra kontaktpunktet om enhedens tal');
  });

  it('of this unit alone: another unit’s co-ordinators have none of it, nor who does not keep its inbox', async () => {
    const id = await asked();
    await sends('police', id);
    for (const who of Object.keys(people) as PersonName[]) {
      const { authority, functions } = people[who];
      const may = authority === `police:${UNIT}` && functions.some((one) => one === 'police_exit');
      expect([who, (await page(who)).includes(id)]).toEqual([who, may]);
    }
    const prisons = await asked('dfk');
    expect([(await page('custody')).includes(prisons), (await page('police')).includes(prisons)]).toEqual([true, false]);
  });
});

describe('what stands on Mit arbejde is what it was (FM-WORK-1)', () => {
  it('one that waits, and none that was answered', async () => {
    const id = await asked();
    expect((await web.get('police', '/')).body).toContain(`/tal/kvalitet/${id}`);
    await sends('police', id);
    expect((await web.get('police', '/')).body).not.toContain(`/tal/kvalitet/${id}`);
  });
});
