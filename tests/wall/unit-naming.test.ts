import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf, knownDate } from '../../src/domain/kernel/time.js';
import { scanFor } from '../support/canary.js';
import { inboxCase, registration, seats, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { audited, seen } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { newSession, webReach } from '../support/wall-reach.js';
import { gaveNothing, type Prompt, prompt } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let smuggled: Prompt;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  smuggled = await prompt(web.house.db, 'udvej_web');
});
afterAll(async () => {
  await smuggled.close();
  await web.close();
});

const EVERYBODY = Object.keys(people) as PersonName[];
const OFFICIALS: readonly PersonName[] = ['officialPolice', 'officialKl', 'officialDfk'];
const OTHERS = EVERYBODY.filter((who) => !OFFICIALS.includes(who));
const WHEREABOUTS = 'Sover på skift i Odense og Ishøj, siger han';
const UNKNOWN = { ...registration, municipality: 'unknown', whereabouts: WHEREABOUTS };
const FYN = { unit: 'fyn', reason: 'Er mest i Odense' };
const LIST = '/api/v1/inquiries-without-unit';

const withoutUnit = (more: object = {}): Promise<string> => inboxCase(web.house, { ...UNKNOWN, ...more });
const names = (who: PersonName, id: string, input: object = FYN) => web.api(who, 'POST', `/api/v1/cases/${id}/commands/contactPoint.nameUnit`, input);
const named = async (): Promise<string> => {
  const id = await withoutUnit();
  expect((await names('officialKl', id)).statusCode).toBe(200);
  return id;
};
const listed = async (who: PersonName) => (await web.api(who, 'GET', LIST)).json<readonly { readonly id: string; readonly unit: string; readonly due: string; readonly receivedAt: string }[]>();
const row = async (id: string) => (await listed('officialKl')).find((one) => one.id === id);
const inboxOf = async (who: PersonName) => (await web.api(who, 'GET', '/api/v1/inbox')).json<readonly { readonly id: string; readonly due: string; readonly receivedAt: string }[]>();
const noted = async (work: () => Promise<unknown>) => (await audited(web, work)).rows.map(({ actor, action, case_ref, purpose }) => [actor, action, case_ref, purpose]);
/** Every way to it, by page and by program. */
const ways = (id: string): readonly ((who: PersonName) => ReturnType<TestWeb['get']>)[] => [
  (who) => web.get(who, `/uden-enhed/${id}`), (who) => web.post(who, `/uden-enhed/${id}`, FYN), (who) => web.api(who, 'GET', `${LIST}/${id}`), (who) => names(who, id),
];

describe('an inquiry without a unit, at the contact point (FM-INT-7)', () => {
  it('is registered by whoever receives it, whose receipt says who names the unit', async () => {
    const reply = await web.post('jobcentre', '/ny-henvendelse', { ...UNKNOWN });
    expect(reply.statusCode).toBe(200);
    expect(reply.body).toContain('Kontaktpunktet udpeger en enhed.');
    const byProgram = await web.api('probation', 'POST', '/api/v1/cases', UNKNOWN);
    expect(byProgram.statusCode).toBe(201);
    expect(byProgram.json()).toMatchObject({ unit: 'unnamed' });
  });

  it('is a line of structure for every official: number, received, channel, due the next working day', async () => {
    const id = await withoutUnit();
    for (const who of OFFICIALS) {
      const line = (await listed(who)).find((one) => one.id === id);
      expect(line).toEqual({
        id, number: expect.any(String) as unknown, unit: 'unnamed', municipality: null, place: 'freedom', channel: 'phone', urgent: false, receivedAt: web.house.clock(), due: '2026-11-03', emergency: false,
      });
    }
    const page = (await web.get('officialKl', '/overblik')).body;
    expect(page).toContain('Uden enhed');
    expect(page).toContain(`/uden-enhed/${id}`);
    const work = (await web.get('officialDfk', '/')).body;
    expect(work).toContain('Udpeg en enhed');
    for (const body of [page, work]) for (const word of [WHEREABOUTS, 'Sandbjerg', 'Vil ud af det hele']) expect(body).not.toContain(word);
  });

  it('is late the day after it was due, and is then no line among those that a unit has not taken', async () => {
    const id = await withoutUnit();
    web.house.setClock(instantOf(knownDate('2026-11-06'), 10, 0));
    const page = (await web.get('officialKl', '/overblik')).body;
    web.house.setClock(instantOf(knownDate('2026-11-02'), 10, 0));
    expect(page).toContain(`/uden-enhed/${id}`);
    expect(page).toContain('3 dage for sent');
    expect(page).not.toContain('som ingen har taget');
  });

  it('shows an official what is known of the place, each look a row in the log, and neither name nor what was said', async () => {
    const id = await withoutUnit();
    expect(await noted(async () => {
      const { body, statusCode } = await web.get('officialPolice', `/uden-enhed/${id}`);
      expect(statusCode).toBe(200);
      expect(body).toContain(WHEREABOUTS);
      for (const word of ['Sandbjerg', 'Vil ud af det hele', 'Kun sms']) expect(body).not.toContain(word);
    })).toEqual([[people.officialPolice.user, 'whereabouts.read', id, 'unit']]);
    expect((await web.api('officialDfk', 'GET', `${LIST}/${id}`)).json()).toMatchObject({ id, unit: 'unnamed', seen: 1, known: [{ kind: 'whereabouts', text: WHEREABOUTS, at: web.house.clock() }] });
  });

  it.each(OTHERS)('does not exist for %s, by page or by program: an id that is nothing is answered alike, with one row of a refusal', async (who) => {
    const [id, nothing] = [await withoutUnit(), randomUUID()];
    const [theirs, none] = [ways(id), ways(nothing)];
    for (const [at, way] of theirs.entries()) {
      const { result, rows } = await audited(web, () => way(who));
      expect(result.statusCode).toBe(404);
      expect(rows.map((one) => one.action)).toEqual([expect.stringMatching(/^(case|page)\.denied$/)]);
      const other = await none[at]?.(who);
      expect(other && { ...seen(other), body: other.body.replaceAll(nothing, id) }).toEqual({ ...seen(result), body: result.body });
    }
    expect((await web.api(who, 'GET', LIST)).statusCode).toBe(404);
    expect((await inboxOf(who)).map((one) => one.id)).not.toContain(id);
    for (const address of [`/indbakke/${id}`, `/indbakke/${id}/videre`, `/indbakke/${id}/kontaktpunkt`, `/sager/${id}`]) expect((await web.get(who, address)).statusCode).toBe(404);
  });

  it('gives nobody else a row of it by any function that the web may call', async () => {
    const id = await withoutUnit();
    const [scope] = await web.house.db.superuser<{ id: string }>(`select id from app.scope where case_id = $1 and kind = 'bundle'`, [id]);
    for (const who of ['police', 'policeFyn', 'municipal', 'admin', 'auditor'] as const) {
      for (const { sql, role } of await webReach(web.house.db, id)) {
        if (!/whereabouts|unit_naming|at_contact_point/.test(sql)) continue;
        const attempt = await smuggled.tries(await newSession(web.house.db, people[who].user), sql, role === undefined ? {} : { role });
        expect(gaveNothing(attempt), `${who}: ${sql}`).toBe(true);
      }
    }
    const his = await smuggled.tries(await newSession(web.house.db, people.officialKl.user), `select scope_id from sec.read_whereabouts('${id}')`);
    expect(his.rows).toEqual([{ scope_id: scope?.id }]);
  });

  it('opens to an official in no other way: not the case, not its name', async () => {
    const id = await withoutUnit();
    for (const address of [`/sager/${id}`, `/sager/${id}/tidslinje`, `/sager/${id}/goer/contactPoint.nameUnit`]) expect((await web.get('officialKl', address)).statusCode).toBe(404);
    expect((await web.api('officialKl', 'GET', `/api/v1/cases/${id}`)).statusCode).toBe(404);
    const [named] = await web.house.db.superuser<{ n: number }>(`select count(*)::int as n from app.case_member where case_id = $1`, [id]);
    expect(named?.n).toBe(0);
    await names('officialKl', id);
    expect((await web.get('officialKl', `/sager/${id}`)).statusCode).toBe(404);
  });

  it('is unknown to an official whom it shuts out', async () => {
    const id = await withoutUnit();
    await web.house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [id, people.officialKl.user]);
    expect((await listed('officialKl')).map((one) => one.id)).not.toContain(id);
    expect((await web.get('officialKl', '/overblik')).body).not.toContain(id);
    expect((await web.get('officialKl', '/')).body).not.toContain(id);
    for (const way of ways(id)) expect((await way('officialKl')).statusCode).toBe(404);
    expect((await web.get('officialDfk', `/uden-enhed/${id}`)).statusCode).toBe(200);
  });

  it('is counted nowhere', async () => {
    const figures = async () => (await web.api('officialKl', 'GET', '/api/v1/statistics?asOf=2026-11-02')).json<object>();
    web.house.setClock(instantOf(knownDate('2026-11-03'), 10, 0));
    const before = await figures();
    web.house.setClock(instantOf(knownDate('2026-11-02'), 10, 0));
    await withoutUnit();
    web.house.setClock(instantOf(knownDate('2026-11-03'), 10, 0));
    expect(await figures()).toEqual(before);
    web.house.setClock(instantOf(knownDate('2026-11-02'), 10, 0));
    expect((await web.api('officialKl', 'GET', '/api/v1/overview')).json()).toMatchObject({ total: 0, untaken: [] });
  });

  it('leaves not a word of the text in the databases', async () => {
    const canary = `Sover hos kanariefugl${randomUUID().slice(0, 8).replaceAll(/\d/g, 'x')}`;
    await withoutUnit({ whereabouts: canary });
    expect(await scanFor([canary], { database: web.house.db, texts: { log: web.log.join('\n') } })).toEqual([]);
  });
});

describe('the contact point names the unit (FM-INT-7)', () => {
  it('and the inquiry lies in its inbox, to be taken within a working day from then, received when it was', async () => {
    const id = await withoutUnit();
    const received = web.house.clock();
    web.house.setClock(instantOf(knownDate('2026-11-04'), 9, 0));
    const rows = await noted(async () => {
      const reply = await web.post('officialKl', `/uden-enhed/${id}`, { ...FYN, municipality: '0461' });
      expect(reply.statusCode).toBe(303);
      expect(reply.headers['location']).toBe('/overblik');
    });
    web.house.setClock(instantOf(knownDate('2026-11-02'), 10, 0));
    expect(rows).toEqual([[people.officialKl.user, 'case.command', id, 'contactPoint.nameUnit']]);
    expect((await inboxOf('policeFyn')).find((one) => one.id === id)).toMatchObject({ due: '2026-11-05', receivedAt: received, municipality: '0461' });
    expect((await inboxOf('police')).map((one) => one.id)).not.toContain(id);
    await web.house.db.superuser(`update app.staff set authority = 'probation:fyn' where id = $1`, [people.probation2.user]);
    const taken = await web.post('policeFyn', `/indbakke/${id}`, { police: people.policeFyn.user, municipal: people.odense.user, probation: people.probation2.user });
    await web.house.db.superuser('update app.staff set authority = $2 where id = $1', [people.probation2.user, people.probation2.authority]);
    expect(taken.statusCode, taken.body).toBe(303);
  });

  it('and may name another until it is taken; then it is gone from the desk', async () => {
    const id = await named();
    expect(await row(id)).toMatchObject({ unit: 'fyn' });
    expect((await web.get('officialDfk', `/uden-enhed/${id}`)).body).toContain('I har udpeget Fyn');
    expect((await names('officialDfk', id, { unit: 'koebenhavns-vestegn', municipality: '0183', reason: 'Er flyttet', seen: 2 })).statusCode).toBe(200);
    await web.house.does('police', id, 'inquiry.take', seats);
    expect(await row(id)).toBeUndefined();
    for (const way of ways(id)) expect((await way('officialKl')).statusCode).toBe(404);
  });

  it('and what it was named by is read in the case by the unit that took it', async () => {
    const id = await withoutUnit();
    await names('officialKl', id, { unit: 'koebenhavns-vestegn', reason: 'Er mest i Ishøj' });
    await web.house.does('police', id, 'inquiry.take', seats);
    const view = await web.api('police', 'GET', `/api/v1/cases/${id}`);
    expect(view.body).toContain(WHEREABOUTS);
    expect(view.body).toContain('Er mest i Ishøj');
  });

  it('and no official names it over a colleague: his form comes back with who named what and with all that he typed', async () => {
    const id = await withoutUnit();
    const drawn = (await web.get('officialKl', `/uden-enhed/${id}`)).body;
    expect(drawn).toMatch(/name="seen" value="1"/);
    expect((await web.post('officialDfk', `/uden-enhed/${id}`, { ...FYN, seen: '1' })).statusCode).toBe(303);
    const late = { unit: 'koebenhavns-vestegn', municipality: '', reason: 'Er mest i Ishøj' };
    const reply = await web.post('officialKl', `/uden-enhed/${id}`, { ...late, seen: '1' });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('Direktoratet for Kriminalforsorgen har udpeget Fyn, siden du åbnede siden.');
    expect(reply.body).toContain('Er mest i Odense');
    expect(reply.body).toContain('Er mest i Ishøj');
    expect(reply.body).toMatch(/<option value="koebenhavns-vestegn"[^>]* selected/);
    expect(reply.body).toMatch(/name="seen" value="2"/);
    expect(await row(id)).toMatchObject({ unit: 'fyn' });
    expect((await names('officialKl', id, { unit: 'koebenhavns-vestegn', reason: 'Er mest i Ishøj' })).statusCode).toBe(422);
    expect((await web.post('officialKl', `/uden-enhed/${id}`, { ...late, seen: '2' })).statusCode).toBe(303);
    expect(await row(id)).toMatchObject({ unit: 'koebenhavns-vestegn' });
  });

  it('and who sends a form of an inquiry that is gone meanwhile is told so, and the same whatever id it had', async () => {
    const id = await named();
    const form = { unit: 'koebenhavns-vestegn', reason: 'Er mest i Ishøj', seen: '2', _key: 'drawn' };
    await web.house.db.superuser('update app.unit_inbox set taken_at = now() where case_id = $1', [id]);
    for (const one of [id, randomUUID()]) {
      const reply = await web.post('officialKl', `/uden-enhed/${one}`, form);
      expect([reply.statusCode, reply.headers['location']]).toEqual([303, '/overblik']);
      const cookie = [reply.headers['set-cookie'] ?? []].flat().join(';');
      expect(cookie).toContain('inquiry.gone');
      expect((await web.post('police', `/uden-enhed/${one}`, form)).statusCode).toBe(404);
    }
    const other = await inboxCase(web.house);
    await web.house.does('police', other, 'inquiry.take', seats);
    for (const one of [other, randomUUID()]) {
      const reply = await web.post('police2', `/indbakke/${one}`, { ...seats, _key: 'drawn' });
      expect([reply.statusCode, reply.headers['location']]).toEqual([303, '/']);
    }
  });

  it('and what is wrong stands at its field, with all that was typed', async () => {
    const id = await withoutUnit();
    const reply = await web.post('officialKl', `/uden-enhed/${id}`, { unit: 'fyn', municipality: '0183', reason: 'Er mest på Fyn' });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('Kommunen hører ikke til den enhed.');
    expect(reply.body).toContain('Er mest på Fyn');
    expect(reply.body).toContain(WHEREABOUTS);
    expect((await web.post('officialKl', `/uden-enhed/${id}`, { unit: '', reason: 'Ved ikke' })).body).toContain('Vælg en enhed');
    expect(await row(id)).toMatchObject({ unit: 'unnamed' });
  });
});
