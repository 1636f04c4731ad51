import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, copenhagenDate, formatDate, instantOf } from '../../src/domain/kernel/time.js';
import { caseNumberOf, inboxCase, registration, seats, takenCase, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
});
afterAll(() => web.close());

const HASTE = 'Haster: personen er bange for sin sikkerhed';
const arrives = (more: object = {}): Promise<string> => inboxCase(web.house, { ...registration, ...more });
const number = (id: string): Promise<string> => caseNumberOf(web.house, id);
const page = async (who: PersonName): Promise<string> => (await web.get(who, '/')).body;
/** The lines of *I dag og for sent*, in order. */
const now = (body: string): readonly string[] => [...(/aria-labelledby="nu".*?<\/section>/s.exec(body)?.[0] ?? '').matchAll(/<li.*?<\/li>/gs)].map(([line]) => line);
const inboxNumbers = (body: string): readonly string[] => [...(/<ul class="no-max-width plain-list inbox">.*?<\/ul>/s.exec(body)?.[0] ?? '').matchAll(/<strong>(UV-[^<]+)<\/strong>/g)].map(([, one]) => one ?? '');
const today = () => copenhagenDate(web.house.clock());

describe('an inquiry of somebody who fears for his safety, in a unit’s inbox (FM-INT-2, FM-WORK-1)', () => {
  it('is the first line of today with each keeper of the inbox, due the day it came, before what is later and first in the inbox', async () => {
    await web.house.db.superuser(`update app.task set due = due - 30 where case_id = $1`, [await takenCase(web.house)]);
    const id = [await arrives(), await arrives({ urgent: true }), await arrives()][1] ?? '';
    // What a colleague must answer within a day comes after it, where no life hangs on the answer.
    await web.house.db.superuser(`insert into app.approval (kind, subject, line, requester, authority, until) values ('held-number', gen_random_uuid(), 'Lapses soon', $1, 'police:koebenhavns-vestegn', now() + interval '5 hours')`, [people.municipal.user]);
    for (const who of ['police', 'police2'] as const) {
      const body = await page(who);
      const [first = ''] = now(body);
      expect([who, first.includes(HASTE), first.includes(await number(id)), first.includes(`href="/indbakke/${id}"`), first.toLowerCase().includes(`datetime="${today()}"`)]).toEqual([who, true, true, true, true]);
      expect([inboxNumbers(body)[0], inboxNumbers(body).length]).toEqual([await number(id), 3]);
      expect([body.split(HASTE).length, now(body)[1]?.includes('Lapses soon')]).toEqual([2, true]);
      expect(body).toContain('Indbakken: 3 henvendelser, én haster');
      for (const secret of [registration.said, registration.name]) expect(body).not.toContain(secret);
    }
    expect((await web.api('police', 'GET', '/api/v1/inbox')).json<readonly { readonly id: string; readonly due: string }[]>()[0]).toMatchObject({ id, due: today() });
    for (const who of ['policeFyn', 'municipal', 'officialKl', 'auditor', 'admin'] as const) {
      const body = await page(who);
      expect([who, body.includes(HASTE), body.includes(await number(id))]).toEqual([who, false, false]);
    }
    await web.house.does('police', id, 'inquiry.take', seats);
    const body = await page('police2');
    expect([body.includes(HASTE), body.includes('Indbakken: 2 henvendelser<')]).toEqual([false, true]);
  });

  it('is late the day after, and still before everything else', async () => {
    const start = today();
    const id = await arrives({ urgent: true });
    web.house.setClock(instantOf(addDays(start, 1), 10, 0));
    const [first = ''] = now(await page('police2'));
    expect([first.includes(await number(id)), first.includes('is-late'), first.includes(formatDate(start))]).toEqual([true, true, true]);
    web.house.setClock(instantOf(start, 10, 0));
    await web.house.does('police', id, 'inquiry.take', seats);
  });

  it('stands once where its safety card was opened as well: as that (FM-CNF-10)', async () => {
    const id = await arrives({ urgent: true });
    await web.post('odense', '/akut', { number: await number(id), reason: 'Der er en konkret trussel på livet lige nu', what: 'number', kind: 'number', by: 'number' });
    const body = await page('police2');
    expect([now(body)[0]?.includes('sikkerhedskortet er åbnet ved fare for liv'), body.includes(HASTE)]).toEqual([true, false]);
    await web.house.does('police', id, 'inquiry.take', seats);
  });
});

describe('one without a unit, at the contact point (FM-INT-7)', () => {
  it('is the first line of today there, due the day it came, and says so on its page and on the form of who names', async () => {
    const without = (more: object = {}) => arrives({ municipality: 'unknown', whereabouts: 'Sover på skift i Odense og Ishøj', ...more });
    const [before, id] = [await without(), await without({ urgent: true })];
    const body = await page('officialKl');
    expect([now(body)[0]?.includes('Udpeg en enhed: det haster'), now(body)[0]?.includes(`/uden-enhed/${id}`), now(body).some((line) => line.includes(before))]).toEqual([true, true, false]);
    expect((await web.api('officialKl', 'GET', '/api/v1/inquiries-without-unit')).json<readonly object[]>()[0]).toMatchObject({ id, due: today() });
    expect((await web.get('officialKl', `/uden-enhed/${id}`)).body).toContain('Den haster, så enheden skal tage den samme dag.');
    expect((await web.get('officialKl', `/uden-enhed/${before}`)).body).toContain('senest næste arbejdsdag');
  });
});
