import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addDays, addMinutes, instantOf, knownDate } from '../../src/domain/kernel/time.js';
import { listNotifications, notificationsWaiting } from '../../src/store/notifications.js';
import { inboxCase } from '../support/house.js';
import { type NotifiedHouse, notifiedHouse } from '../support/notified-house.js';
import { people, type PersonName } from '../support/people.js';
import { audited } from '../support/wall-http.js';
import { caseOfFyn } from '../support/wall-house.js';
import { gaveNothing } from '../support/wall-sql.js';

let desk: NotifiedHouse;
beforeAll(async () => { desk = await notifiedHouse(); });
afterEach(() => desk.forgets());
afterAll(() => desk.close());

const TODAY = knownDate('2026-11-02');
const OFFICIALS = ['officialPolice', 'officialKl', 'officialDfk'] as const;
const OTHERS = (Object.keys(people) as PersonName[]).filter((who) => !(OFFICIALS as readonly PersonName[]).includes(who));
const shutOut = (caseId: string, who: PersonName) => desk.house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [caseId, people[who].user]);
const stored = () => desk.house.db.superuser<{ id: string; by: string | null; at: string | null }>('select id, acknowledged_by as by, acknowledged_at::text as at from app.notification order by id');
const noted = async (work: () => Promise<unknown>) => (await audited(desk.web, work)).rows.filter(({ action }) => !action.endsWith('.listed')).map(({ actor, action, case_ref, purpose }) => [actor, action, case_ref, purpose]);

describe('what the contact point was told (FM-NOT-1)', () => {
  it('is listed for its officials, what waits first and oldest first, then what was read, the latest first', async () => {
    const id = await desk.begun();
    const [first] = await desk.of(id);
    const [second, third, fourth] = await desk.sends(id, 3, addMinutes(desk.house.clock(), -60));
    for (const read of [third, first]) await desk.acknowledges('officialKl', [read ?? '']);
    for (const who of OFFICIALS) {
      expect((await desk.listed(who)).map((row) => row.id)).toEqual([second, fourth]);
      expect((await desk.listed(who, { all: true })).map((row) => row.id)).toEqual([second, fourth, first, third]);
    }
  });

  it('holds structure only: kind, number, unit, when', async () => {
    const id = await desk.begun();
    const { number } = await desk.house.opens('police', id);
    const [row] = await desk.listed('officialKl');
    expect(row).toEqual({
      id: (await desk.of(id))[0], caseId: id, kind: 'assessment-begun', number, unit: 'koebenhavns-vestegn', at: desk.house.clock(), acknowledgedAt: null, acknowledgedBy: null, corrects: null, correctedAt: null, endedAsDouble: false,
    });
  });

  it('is chosen by unit and kind, and comes a page at a time; a page beyond the last is the last', async () => {
    const id = await desk.begun();
    await desk.sends(id, 60, desk.house.clock());
    const [of] = await desk.of(id);
    await desk.acknowledges('officialKl', [of ?? '']);
    const page = (asked: object) => listNotifications(desk.house.web, desk.house.tokens.officialKl, { all: true, limit: 25, page: 1, ...asked });
    expect(await page({})).toMatchObject({ waiting: 60, total: 61, page: 1 });
    const [two, three, nine] = await Promise.all([page({ page: 2 }), page({ page: 3 }), page({ page: 9 })]);
    expect([two.rows.length, three.rows.length, three.rows.at(-1)?.id, nine.page]).toEqual([25, 11, of, 3]);
    expect(nine.rows).toEqual(three.rows);
    expect(await page({ kinds: ['assessment-begun'] })).toMatchObject({ waiting: 0, total: 1 });
    expect(await page({ unit: 'fyn' })).toMatchObject({ total: 0, rows: [], page: 1 });
    expect(await page({ unit: 'koebenhavns-vestegn', all: false })).toMatchObject({ waiting: 60, total: 60 });
  });

  it('goes of what was read no further back than a hundred pages, so that it costs the same after ten years', async () => {
    const id = await desk.begun();
    await desk.acknowledges('officialKl', await desk.of(id));
    await desk.sends(id, 120, desk.house.clock());
    await desk.house.db.superuser(`update app.notification set acknowledged_at = '2026-01-01'::timestamptz + version * interval '1 second' where version > 1000`);
    const page = await listNotifications(desk.house.web, desk.house.tokens.officialKl, { all: true, limit: 1, page: 999 });
    expect(page).toMatchObject({ waiting: 0, total: 100, page: 100 });
    expect(page.rows).toMatchObject([{ acknowledgedAt: expect.stringContaining(':17:02') as string }]);
  });

  it('is counted unit for unit, with the oldest that waits, whatever is chosen', async () => {
    const vestegn = await desk.begun();
    const fyn = await caseOfFyn(desk.house);
    await desk.sends(fyn, 2, instantOf(addDays(TODAY, -9), 8, 0));
    await desk.acknowledges('officialDfk', await desk.of(vestegn));
    await desk.sends(vestegn, 1, instantOf(addDays(TODAY, -2), 8, 0));
    const { units } = await listNotifications(desk.house.web, desk.house.tokens.officialKl, { all: false, unit: 'dfk', limit: 25, page: 1 });
    expect(units).toMatchObject([{ unit: 'fyn', waiting: 2 }, { unit: 'koebenhavns-vestegn', waiting: 1 }]);
    expect(await notificationsWaiting(desk.house.web, desk.house.tokens.officialKl)).toEqual({ waiting: 3, oldest: units[0]?.oldest });
  });

  it('is nothing to anybody else, by no function, and says of a case that shuts an official out nothing', async () => {
    const [open, closed] = [await desk.begun(), await desk.begun()];
    await shutOut(closed, 'officialDfk');
    for (const who of OTHERS) {
      expect([who, await desk.listed(who, { all: true }), await notificationsWaiting(desk.house.web, desk.house.tokens[who])]).toEqual([who, [], { waiting: 0, oldest: null }]);
      for (const url of ['/underretninger', '/api/v1/notifications']) expect([who, url, (await (url.startsWith('/api') ? desk.web.api(who, 'GET', url) : desk.web.get(who, url))).statusCode]).toEqual([who, url, 404]);
    }
    const list = await listNotifications(desk.house.web, desk.house.tokens.officialDfk, { all: true, limit: 50, page: 1 });
    expect([list.total, list.units[0]?.waiting, list.rows.map((row) => row.caseId)]).toEqual([1, 1, [open]]);
    expect(await notificationsWaiting(desk.house.web, desk.house.tokens.officialDfk)).toMatchObject({ waiting: 1 });
    expect((await desk.listed('officialKl')).length).toBe(2);
  });

  it('says of a correction what does not hold any more, and of that that it was corrected (FM-WORK-2)', async () => {
    const id = await desk.refused();
    const wrong = { what: 'decision', reason: 'Registreret i den forkerte sag' };
    await desk.house.does('police', id, 'record.annul', wrong);
    desk.house.setClock(addMinutes(desk.house.clock(), 24 * 60));
    await desk.house.does('municipal', id, 'record.annul', wrong);
    const rows = await desk.listed('officialKl');
    const [begun, refused, corrected] = rows;
    expect(rows.map((row) => row.kind)).toEqual(['assessment-begun', 'refused', 'corrected']);
    expect([begun?.correctedAt, refused?.correctedAt, corrected?.corrects]).toEqual([null, corrected?.at, { kind: 'refused', at: refused?.at }]);
    const { body } = await desk.web.get('officialKl', '/underretninger');
    expect(body).toContain('Rettelse: “Der er givet afslag” fra 2. november 2026 var registreret forkert og gælder ikke');
    expect(body).toContain('Rettet 3. november 2026: det var registreret forkert');
    desk.house.setClock(instantOf(TODAY, 10, 0));
  });
});

describe('acknowledging (FM-NOT-1)', () => {
  it('is done once, by whoever was first, with a row each in the log of the case, which its co-ordinator reads', async () => {
    const [one, other] = [await desk.begun(), await desk.begun()];
    const ids = [...(await desk.of(one)), ...(await desk.of(other))];
    const rows = await noted(() => desk.acknowledges('officialKl', ids));
    expect(rows.sort()).toEqual([[people.officialKl.user, 'notification.acknowledged', one, ids[0]], [people.officialKl.user, 'notification.acknowledged', other, ids[1]]].sort());
    const before = await stored();
    expect(before.map(({ by }) => by)).toEqual([people.officialKl.user, people.officialKl.user]);
    expect(await noted(async () => expect(await desk.acknowledges('officialDfk', ids)).toEqual({ acknowledged: [], already: [...ids].sort(), emergencies: [] }))).toEqual([]);
    expect(await stored()).toEqual(before);
    expect((await desk.web.get('police', `/sager/${one}/kreds`)).body).toMatch(/Navn officialKl[\s\S]{0,300}Kvitterede for en underretning til kontaktpunktet/);
  });

  it('twice at once, of the same page in two orders, gives each notification to one of the two and neither an error', async () => {
    const id = await desk.begun();
    for (let round = 0; round < 5; round += 1) {
      const ids = await desk.sends(id, 40, desk.house.clock());
      const [a, b] = await Promise.all([desk.acknowledges('officialKl', ids), desk.acknowledges('officialPolice', [...ids].reverse())]);
      if (a === undefined || b === undefined || a === 'unknown' || b === 'unknown') throw new Error('refused');
      expect([...a.acknowledged, ...b.acknowledged].sort()).toEqual([...ids].sort());
      expect([a.already.length, b.already.length]).toEqual([b.acknowledged.length, a.acknowledged.length]);
      expect(await desk.house.db.superuser(`select purpose from audit.event where action = 'notification.acknowledged' and purpose = any ($1)`, [ids])).toHaveLength(40);
      await desk.house.db.superuser('delete from app.notification where id = any ($1)', [ids]);
    }
  });

  it('is for nobody else: each gets nothing, stores nothing, and leaves one row that says so', async () => {
    const id = await desk.begun();
    const ids = await desk.of(id);
    const before = await stored();
    for (const who of OTHERS) {
      expect([who, await noted(async () => expect(await desk.acknowledges(who, ids)).toBeUndefined())]).toEqual([who, [[people[who].user, 'page.denied', null, 'acknowledge']]]);
      for (const [url, body] of [['/api/v1/notifications/acknowledge', { ids }]] as const) expect([who, (await desk.web.api(who, 'POST', url, body)).statusCode]).toEqual([who, 404]);
      expect([who, (await desk.web.post(who, '/underretninger', { id: ids[0] ?? '' })).statusCode]).toEqual([who, 404]);
    }
    expect(await stored()).toEqual(before);
  });

  it('is all or nothing: an id that is nobody’s, and one of a case that shuts him out, are the same', async () => {
    const [open, closed] = [await desk.begun(), await desk.begun()];
    await shutOut(closed, 'officialDfk');
    const [mine = '', hidden = ''] = [...(await desk.of(open)), ...(await desk.of(closed))];
    const before = await stored();
    const answers: { readonly statusCode: number; readonly body: string }[] = [];
    for (const wrong of [randomUUID(), hidden, open]) {
      const rows = await noted(async () => { answers.push(await desk.web.api('officialDfk', 'POST', '/api/v1/notifications/acknowledge', { ids: [mine, wrong] })); });
      expect(rows).toEqual([[people.officialDfk.user, 'page.denied', null, 'acknowledge']]);
    }
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
    expect(answers[0]?.statusCode).toBe(422);
    expect(await stored()).toEqual(before);
    expect(await desk.acknowledges('officialDfk', undefined, closed)).toBeUndefined();
    expect(await desk.acknowledges('officialKl', [hidden])).toMatchObject({ acknowledged: [hidden] });
  });

  it('leaves an opening in an emergency as it is: it is seen on a page of its own (FM-CNF-10)', async () => {
    const id = await desk.begun();
    const [begun = ''] = await desk.of(id);
    const [card = ''] = (await desk.house.db.superuser<{ id: string }>(`insert into app.notification (kind, case_id, version, number, unit, at) select 'card-opened', id, version, number, unit, now() from app.exit_case where id = $1 returning id`, [id])).map((row) => row.id);
    expect(await desk.acknowledges('officialKl', [begun, card])).toEqual({ acknowledged: [begun], already: [], emergencies: [card] });
    expect(await desk.acknowledges('officialKl', undefined, id)).toEqual({ acknowledged: [], already: [begun], emergencies: [card] });
    expect((await stored()).find((row) => row.id === card)).toMatchObject({ by: null, at: null });
    expect((await desk.web.get('officialKl', '/underretninger')).body).not.toContain(card);
    expect((await desk.web.api('officialKl', 'GET', '/api/v1/notifications')).body).toContain(card);
  });

  it('opens no way into the case: no event, no key, no membership', async () => {
    const id = await desk.begun();
    const of = () => desk.house.db.superuser('select (select version from app.exit_case where id = $1) as version, (select count(*) from app.case_member where case_id = $1) as members, (select count(*) from sec.commanding_case) as commands', [id]);
    const before = await of();
    expect(await desk.acknowledges('officialKl', undefined, id)).toMatchObject({ acknowledged: await desk.of(id) });
    expect(await of()).toEqual(before);
    expect((await desk.web.api('officialKl', 'GET', `/api/v1/cases/${id}`)).statusCode).toBe(404);
  });

  it('cannot be done around its function, by no role that the web can take on', async () => {
    await desk.begun();
    const before = await stored();
    for (const role of [undefined, 'udvej_national', 'udvej_command']) {
      for (const sql of ['update app.notification set acknowledged_at = now() returning id', 'delete from app.notification returning id', 'select acknowledged_by from app.notification']) {
        expect(gaveNothing(await desk.smuggled.tries(desk.house.tokens[role === 'udvej_national' && sql.startsWith('select') ? 'police' : 'officialKl'], sql, role === undefined ? {} : { role })), `${role ?? 'udvej_web'} ${sql}`).toBe(true);
      }
    }
    expect((await desk.smuggled.tries(desk.house.tokens.officialKl, 'select sec.acknowledge($1, null)', { values: [Array.from({ length: 101 }, () => randomUUID())] })).refused).toBe('22023');
    expect(await stored()).toEqual(before);
  });
});

describe('acknowledging by the address of commands (spec/commands.md)', () => {
  const url = (id: string) => `/api/v1/cases/${id}/commands/notification.acknowledge`;

  it('takes all that waits in the case with {}, and can be repeated', async () => {
    const id = await desk.refused();
    const ids = await desk.of(id);
    const [done, again] = [await desk.web.api('officialKl', 'POST', url(id), {}), await desk.web.api('officialPolice', 'POST', url(id), {}, { 'idempotency-key': 'a', 'if-match': '"x"' })];
    expect([done.statusCode, done.json(), again.json()]).toEqual([200, { acknowledged: ids, already: [], emergencies: [] }, { acknowledged: [], already: ids, emergencies: [] }]);
  });

  it('takes the named ones of this case, and none of another’s', async () => {
    const [one, other] = [await desk.refused(), await desk.begun()];
    const [first = '', second] = await desk.of(one);
    expect((await desk.web.api('officialKl', 'POST', url(other), { ids: [first] })).statusCode).toBe(422);
    expect((await desk.web.api('officialKl', 'POST', url(one), { ids: [first] })).json()).toEqual({ acknowledged: [first], already: [], emergencies: [] });
    expect(new Set((await desk.listed('officialKl')).map((row) => row.id))).toEqual(new Set([second, ...(await desk.of(other))]));
  });

  it('answers for a case of which nothing was sent, and for one that shuts him out, as for none, before anything is said of what he sent', async () => {
    const [waiting, closed] = [await inboxCase(desk.house), await desk.begun()];
    await shutOut(closed, 'officialDfk');
    for (const body of [{}, { ids: 'x' }, { ids: [randomUUID()] }, { other: 1 }]) {
      const of = async (id: string) => {
        const { result, rows } = await audited(desk.web, () => desk.web.api('officialDfk', 'POST', url(id), body));
        return [result.statusCode, result.body, rows.map(({ action, case_ref, purpose }) => [action, case_ref === id, purpose])];
      };
      const unknown = await of(randomUUID());
      expect(unknown[0]).toBe(404);
      expect([await of(waiting), await of(closed), await of('ikke-et-id').then(([status, text]) => [status, text])]).toEqual([unknown, unknown, unknown.slice(0, 2)]);
    }
  });

  it('tells who is in the case that it is not his to do, and whoever is not that there is none', async () => {
    const id = await desk.begun();
    const mine = await desk.web.api('police', 'POST', url(id), {});
    expect([mine.statusCode, mine.json()]).toMatchObject([422, { rule: 'FM-NOT-1' }]);
    const { result, rows } = await audited(desk.web, () => desk.web.api('odense', 'POST', url(id), {}));
    expect([result.statusCode, rows.map(({ action, case_ref }) => [action, case_ref])]).toEqual([404, [['case.denied', id]]]);
    expect((await stored()).every(({ at }) => at === null)).toBe(true);
  });
});

describe('what cannot be read (FM-NOT-1)', () => {
  it.each([
    ['no list', {}, '/ids'], ['an empty list', { ids: [] }, '/ids'], ['a text', { ids: 'x' }, '/ids'], ['what is no id', { ids: ['x'] }, '/ids/0'], ['a number', { ids: [7] }, '/ids/0'], ['null', { ids: [null] }, '/ids/0'],
    ['a hundred and one', { ids: Array.from({ length: 101 }, () => randomUUID()) }, '/ids'], ['something more', { ids: [randomUUID()], all: true }, ''], ['a list for a body', [], ''],
  ])('%s is answered in Danish at its place, and stores nothing', async (_name, body, pointer) => {
    await desk.begun();
    const before = await stored();
    const answer = await desk.web.api('officialKl', 'POST', '/api/v1/notifications/acknowledge', body);
    expect([answer.statusCode, answer.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer]).toEqual([422, pointer]);
    expect(answer.body).not.toMatch(/invalid|expected|regex|uuid/i);
    expect(await stored()).toEqual(before);
  });

  it('a kind or a unit that does not exist is said, and an odd page is none', async () => {
    await desk.begun();
    expect((await desk.web.api('officialKl', 'GET', '/api/v1/notifications?kind=findes-ikke')).statusCode).toBe(422);
    expect((await desk.web.api('officialKl', 'GET', '/api/v1/notifications?kind=assessment-begun&page=abc&unacknowledged=true')).json()).toHaveLength(1);
    for (const unit of [encodeURIComponent("' or true --"), '%00', 'mars']) expect((await desk.web.api('officialKl', 'GET', `/api/v1/notifications?unit=${unit}`)).statusCode, unit).toBe(422);
    for (const query of ['side=-1', 'side=99999999999999999999', 'side=abc', 'vis=x&vis=y', 'enhed=fyn&enhed=mars']) expect([query, (await desk.web.get('officialKl', `/underretninger?${query}`)).statusCode]).toEqual([query, 200]);
    for (const query of ['enhed=%00', 'enhed=mars', 'slags=card-opened', 'slags=findes-ikke']) expect([query, (await desk.web.get('officialKl', `/underretninger?${query}`)).statusCode]).toEqual([query, 422]);
  });
});
