import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { formatTime, instant } from '../../src/domain/kernel/time.js';
import { listTasks } from '../../src/store/lists.js';
import { unitDuties } from '../../src/store/people.js';
import { inboxCase, seats, takenCase, type TestHouse, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

const REASON = 'Han har ringet og sagt, at to mænd med våben står uden for hans dør nu.';

let house: TestHouse;
let web: TestWeb;
let id: string;
let number: string;
beforeAll(async () => {
  house = await testHouse(noLimits);
  web = await testWeb(house, 1_000_000);
});
afterEach(async () => {
  await house.db.superuser('update app.staff set disabled_at = null');
  await house.db.superuser(`update audit.event set at = at - interval '2 days' where action like 'emergency.%'`);
  for (const table of ['audit.review', 'sec.emergency', 'app.notification']) await house.db.superuser(`delete from ${table}`);
});
afterAll(() => web.close());

const numberOf = async (of: string) => (await house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [of]))[0]?.number ?? '';
const opens = () => web.post('odense', '/akut', { number, reason: REASON });
const card = async () => (await web.get('odense', `/akut/${id}/kort`)).body;
const told = async (who: PersonName) => ((await unitDuties(house.web, house.tokens[who]))?.opened ?? []).filter((one) => one.case === id);
const firstOf = (body: string): string => /<ul class="no-max-width plain-list todo">.*?<\/li>/s.exec(body)?.[0] ?? '';
const inboxOf = (body: string): string => /<ul class="no-max-width plain-list inbox">.*?<\/li>/s.exec(body)?.[0] ?? '';
const inquiry = async (): Promise<void> => {
  id = await inboxCase(house);
  number = await numberOf(id);
};
/** The co-ordinator's seat is held by somebody who cannot open the case: it shuts him out under another name that he had. */
const shutOut = async (): Promise<void> => {
  id = await takenCase(house);
  number = await numberOf(id);
  await house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [id, people.police.user]);
};
/** The co-ordinator has left, and the case is nobody's. */
const left = async (): Promise<void> => {
  id = await takenCase(house);
  number = await numberOf(id);
  await house.does('police', id, 'safetyCard.set', { call: 'Navn police, 11 11 11 11' });
  await house.db.superuser('update app.staff set disabled_at = now() where id = $1', [people.police.user]);
};

describe('Control 19: a card opened while nobody co-ordinates the case (FM-CNF-10, FM-INT-2)', () => {
  it('stands first with each keeper of the inbox, by number and hour, until the inquiry is taken; then with the co-ordinator', async () => {
    await inquiry();
    await opens();
    const at = (await told('police2'))[0]?.at ?? '';
    for (const who of ['police', 'police2'] as const) {
      const { body } = await web.get(who, '/');
      const hour = formatTime(instant(at) ?? house.clock());
      expect([who, firstOf(body).includes(number), firstOf(body).includes(`/indbakke/${id}`), firstOf(body).includes(hour)]).toEqual([who, true, true, true]);
      expect([inboxOf(body).includes(number), inboxOf(body).includes(`Sikkerhedskortet blev åbnet`)]).toEqual([true, true]);
      for (const more of ['to mænd med våben', 'Navn odense', 'Odense']) expect(body).not.toContain(more);
    }
    expect([await told('policeFyn'), await told('municipal'), await told('officialKl')]).toEqual([[], [], []]);
    await house.does('police', id, 'inquiry.take', seats);
    expect([await told('police'), await told('police2')]).toEqual([[], []]);
    expect((await listTasks(house.web, house.tokens.police)).some((task) => task.case_id === id && task.mine && task.command === 'safetyCard.noteOpening')).toBe(true);
  });

  it('stands first on the unit’s page and with each keeper when the co-ordinator has left, and no longer when it was gone through', async () => {
    await left();
    await opens();
    const { body } = await web.get('police2', '/');
    expect([firstOf(body).includes(number), firstOf(body).includes('Bliv koordinator'), body.includes('to mænd med våben')]).toEqual([true, true, false]);
    expect(firstOf((await web.get('police2', '/enhed')).body)).toMatch(new RegExp(`${number}.*Sikkerhedskortet er åbnet`, 's'));
    await house.does('police2', id, 'circle.takeOver', { reason: 'Politiets medlem er fratrådt' });
    const task = (await listTasks(house.web, house.tokens.police2)).find((one) => one.case_id === id && one.mine && one.command === 'safetyCard.noteOpening');
    await house.does('police2', id, 'safetyCard.noteOpening', { opening: task?.key.split(':')[1] ?? '' });
    await house.db.superuser('update app.staff set disabled_at = null where id = $1', [people.police.user]);
    await house.db.superuser('update app.staff set disabled_at = now() where id = $1', [people.police2.user]);
    expect((await unitDuties(house.web, house.tokens.police))?.opened.filter((one) => one.case === id)).toEqual([]);
  });

  it('stands there also when who holds the co-ordinator’s seat is shut out of the case, and it can be taken over (control 20)', async () => {
    await shutOut();
    expect((await web.get('police', `/sager/${id}`)).statusCode).toBe(404);
    await opens();
    expect([await told('police'), (await told('police2')).length, (await unitDuties(house.web, house.tokens.police2))?.unattended]).toEqual([[], 1, 1]);
    expect(firstOf((await web.get('police2', '/')).body)).toContain(number);
    await house.does('police2', id, 'circle.takeOver', { reason: 'Politiets medlem kan ikke åbne sagen' });
    expect((await unitDuties(house.web, house.tokens.police2))?.unattended).toBe(0);
  });

  it('is not told to a keeper whom the case shuts out', async () => {
    await inquiry();
    await opens();
    await house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [id, people.police2.user]);
    expect([(await told('police')).length, (await told('police2')).length]).toEqual([1, 0]);
  });

  it('says on the card and to the contact point who truly was told, and tells nobody to ring a co-ordinator who is not there', async () => {
    for (const make of [inquiry, left, shutOut]) {
      await make();
      await opens();
      const shown = await card();
      for (const words of ['Sagen har ingen koordinator', '114', 'Revisor, kontaktpunkt og exitenheden']) expect(shown, make.name).toContain(words);
      for (const untrue of ['Koordinator, revisor og kontaktpunkt har fået besked', 'ring til sagens koordinator', '<dt>Ring til</dt>']) expect(shown, make.name).not.toContain(untrue);
      const address = new RegExp(`href="(/noedopslag/[^"]+)"`).exec((await web.get('officialKl', '/')).body)?.[1] ?? '';
      const page = (await web.get('officialKl', address)).body;
      expect([page.includes(number), page.includes('Sagen har ingen koordinator'), page.includes('har fået grunden at læse')]).toEqual([true, true, false]);
      await house.db.superuser('delete from audit.review');
      await house.db.superuser('delete from app.notification');
      await house.db.superuser('update app.staff set disabled_at = null');
      await house.db.superuser(`update audit.event set at = at - interval '2 days' where action like 'emergency.%'`);
    }
    // Where somebody co-ordinates, it is he who is told.
    id = await takenCase(house);
    number = await numberOf(id);
    await opens();
    const shown = await card();
    expect([shown.includes('Koordinator, revisor og kontaktpunkt har fået besked'), shown.includes('Sagen har ingen koordinator')]).toEqual([true, false]);
    expect(await told('police2')).toEqual([]);
  });
});
