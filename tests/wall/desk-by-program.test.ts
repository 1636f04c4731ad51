import { Validator } from '@seriousme/openapi-schema-validator';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../src/web/route.js';
import { takenCase } from '../support/house.js';
import { type NotifiedHouse, notifiedHouse } from '../support/notified-house.js';
import { people, type PersonName } from '../support/people.js';
import { audited, counted, seen } from '../support/wall-http.js';

let desk: NotifiedHouse;
beforeAll(async () => { desk = await notifiedHouse(); });
afterAll(() => desk.close());

const OTHERS = (Object.keys(people) as PersonName[]).filter((who) => !people[who].functions.includes('contact_point'));
const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

/** What a page of the desk is by program. */
const BY_PROGRAM: Readonly<Record<string, readonly string[]>> = {
  'GET /overblik': ['GET /api/v1/overview'],
  'GET /spoergsmaal': ['GET /api/v1/questions'], 'GET /spoergsmaal/:id': ['GET /api/v1/questions/:id'], 'POST /spoergsmaal/:id': ['POST /api/v1/cases/:id/commands/:name'],
  'GET /sammenfald': ['GET /api/v1/matches'], 'GET /sammenfald/:id': ['GET /api/v1/matches/:id'], 'POST /sammenfald/:id': ['POST /api/v1/matches/:id/settle'],
  'POST /sammenfald/:id/navne': ['POST /api/v1/matches/:id/names'], 'POST /sammenfald/:id/besked': ['POST /api/v1/matches/:id/tell'],
  'GET /underretninger': ['GET /api/v1/notifications', 'GET /api/v1/notifications/units'], 'POST /underretninger': ['POST /api/v1/notifications/acknowledge'],
  'GET /noedopslag/:id': ['GET /api/v1/notifications/emergencies'], 'POST /noedopslag/:id': ['POST /api/v1/notifications/emergencies/:id/seen'],
  'GET /uden-enhed/:id': ['GET /api/v1/inquiries-without-unit/:id'], 'POST /uden-enhed/:id': ['POST /api/v1/cases/:id/commands/:name'], 'POST /spoergsmaal/proev-afslag': ['POST /api/v1/commands/decision.requestReview'],
  'GET /vejledning': ['GET /api/v1/guidance'], 'POST /vejledning': ['POST /api/v1/guidance'], 'GET /vejledning/:id': ['GET /api/v1/guidance/:id'], 'POST /vejledning/:id': ['POST /api/v1/guidance/:id/answer'], 'POST /vejledning/:id/tilbage': ['POST /api/v1/guidance/:id/withdraw'],
  'GET /tal': ['GET /api/v1/statistics', 'GET /api/v1/statistics/own'], 'GET /tal/tider': ['GET /api/v1/statistics/times'], 'GET /tal/sammenlign': ['GET /api/v1/statistics/compared', 'GET /api/v1/statistics/corrections'],
  'GET /tal/kvalitet': ['GET /api/v1/statistics/practice'], 'POST /tal/kvalitet': ['POST /api/v1/statistics/practice/questions'],
  'GET /tal/kvalitet/:id': ['GET /api/v1/statistics/practice/questions', 'GET /api/v1/statistics/practice/questions/:id'], 'POST /tal/kvalitet/:id': ['POST /api/v1/statistics/practice/questions/:id/answer'], 'POST /tal/kvalitet/:id/tilbage': ['POST /api/v1/statistics/practice/questions/:id/withdraw'], 'GET /tal/offentliggoer': ['GET /api/v1/statistics/draft'], 'POST /tal/offentliggoer': ['POST /api/v1/statistics/published'],
  'POST /tal/offentliggoer/tilbage': ['POST /api/v1/statistics/withdrawn'], 'GET /tal/offentliggjort': ['GET /api/v1/statistics/published', 'GET /api/v1/statistics/own'],
  'GET /tal/offentliggjort/:id': ['GET /api/v1/statistics/published/:id'], 'POST /tal/registreret-igen': ['POST /api/v1/commands/contactPoint.recordReRegistration'],
};
/** What is for the screen alone, and why. */
const SCREEN_ALONE: Readonly<Record<string, string>> = {
  'POST /overblik': 'names are shown once, to who sits there, and are kept by no program',
  'GET /tal/offentliggjort/:id/fil': 'the tables of a publication are its JSON',
  'GET /tal/registreret-igen': 'a form with nothing in it',
  'GET /spoergsmaal/proev-afslag': 'a form with nothing in it',
};

describe('the contact point’s desk by program', () => {
  it('has every page of the desk, as often and after the same new login, and opens nothing to anybody whom the page is not for', () => {
    const routes = new Map(desk.web.routes.map((route) => [nameOf(route), route]));
    const pages = desk.web.routes.filter(({ path, permission }) => !path.startsWith('/api/') && (permission === 'contact-point' || /^\/(tal|vejledning)(\/|$)/.test(path)));
    expect(pages.map(nameOf).filter((page) => !(page in BY_PROGRAM) && !(page in SCREEN_ALONE))).toEqual([]);
    expect([...Object.keys(BY_PROGRAM), ...Object.keys(SCREEN_ALONE)].filter((page) => !routes.has(page))).toEqual([]);
    const wrong = Object.entries(BY_PROGRAM).flatMap(([page, programs]) => programs.flatMap((name) => {
      const [here, there] = [routes.get(page), routes.get(name)];
      // A command of a case is judged in the case.
      const wider = there?.permission !== here?.permission && here?.permission !== 'signed-in' && there?.permission !== 'circle';
      return there === undefined || wider || there.rate !== here?.rate || there.stepUp !== here.stepUp ? [`${page}: ${name}`] : [];
    }));
    expect(wrong).toEqual([]);
  });

  it('is described whole in OpenAPI 3.1, which holds, and nothing is described that is not there', async () => {
    const description = (await desk.web.api(undefined, 'GET', '/api/v1/openapi.json')).json<{ paths: Readonly<Record<string, Readonly<Record<string, object>>>> }>();
    expect(await new Validator().validate(structuredClone(description))).toMatchObject({ valid: true });
    const described = new Set(Object.entries(description.paths).flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)));
    const api = desk.web.routes.filter(({ path }) => path.startsWith('/api/')).map(nameOf);
    expect(api.filter((name) => !described.has(name) && !name.endsWith('/commands/:name'))).toEqual([]);
    expect([...described].filter((name) => !api.includes(name) && !name.startsWith('POST /api/v1/cases/:id/commands/') && !/ \/(healthz|readyz)$/.test(name))).toEqual([]);
    for (const command of ['contactPoint.takeQuestion', 'contactPoint.advise', 'contactPoint.decide', 'contactPoint.decideReview', 'contactPoint.returnQuestion']) expect(described, command).toContain(`POST /api/v1/cases/:id/commands/${command}`);
  });
});

describe('a question by program (FM-NCP-2)', () => {
  const asked = async () => {
    const caseId = await takenCase(desk.web.house);
    await desk.web.house.does('police', caseId, 'assessment.begin');
    await desk.web.house.does('municipal', caseId, 'assessment.askAdvice', { topic: 'motivation', question: 'Hvad gør andre med Skarven?', entries: [] });
    const [row] = await desk.web.house.db.superuser<{ id: string }>('select id from app.question where case_id = $1', [caseId]);
    return { caseId, id: row?.id ?? '' };
  };

  it('is read as structure, taken, read with what the unit sent along, and answered; what ended is asked for by itself', async () => {
    const { caseId, id } = await asked();
    const one = await audited(desk.web, () => desk.web.api('officialKl', 'GET', `/api/v1/questions/${id}`));
    expect([one.result.json(), counted(one.rows)]).toEqual([expect.objectContaining({ id, caseId, kind: 'advice', takenBy: [], needed: 1, status: 'open', endedOn: null }), { 'questions.listed': 1 }]);
    await desk.web.house.db.superuser(`update app.question set heard_on = '2026-10-30' where id = $1`, [id]);
    expect((await desk.web.api('officialKl', 'GET', `/api/v1/questions/${id}`)).json()).toMatchObject({ outcome: null, heardOn: '2026-10-30' });
    expect(one.result.body).not.toContain('Skarven');
    expect((await desk.web.api('officialKl', 'GET', `/api/v1/cases/${caseId}`)).statusCode).toBe(404);
    const gives = (name: string, input: object) => desk.web.api('officialKl', 'POST', `/api/v1/cases/${caseId}/commands/${name}`, input);
    expect((await gives('contactPoint.takeQuestion', { question: id })).statusCode).toBe(200);
    const bundle = await desk.web.api('officialKl', 'GET', `/api/v1/cases/${caseId}`);
    expect([bundle.statusCode, bundle.body.includes('Hvad gør andre med Skarven?'), bundle.body.includes('Emil Sandbjerg')]).toEqual([200, true, false]);
    expect((await gives('contactPoint.advise', { question: id, advice: 'Tag den med ro' })).statusCode).toBe(200);
    expect((await desk.web.api('officialKl', 'GET', `/api/v1/cases/${caseId}`)).statusCode).toBe(404);
    expect((await desk.web.api('officialKl', 'GET', `/api/v1/questions/${id}`)).statusCode).toBe(404);
    const ids = async (query: string) => (await desk.web.api('officialKl', 'GET', `/api/v1/questions${query}`)).json<{ id: string; status: string; endedOn: string | null }[]>().filter((row) => row.id === id);
    const wrong = await desk.web.api('officialKl', 'GET', '/api/v1/questions?ended=maybe');
    expect([wrong.statusCode, wrong.json<object>(), await ids('?ended=false&findes=ikke')]).toEqual([422, expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/ended' })] }), []]);
    expect([await ids(''), await ids('?ended=true')]).toEqual([[], [expect.objectContaining({ status: 'answered', endedOn: expect.any(String) as unknown, outcome: 'answered', heardOn: null })]]);
  });

  it('is not there for anybody but the contact point, nor for an official who is shut out of its case', async () => {
    const { caseId, id } = await asked();
    const nowhere = seen(await desk.web.api('police', 'GET', '/api/v1/findes-ikke'));
    for (const who of OTHERS) expect(seen(await desk.web.api(who, 'GET', `/api/v1/questions/${id}`)), who).toEqual(nowhere);
    expect(seen(await desk.web.api('officialDfk', 'GET', `/api/v1/questions/${randomUUID()}`))).toEqual(nowhere);
    await desk.web.house.db.superuser('insert into app.block (user_id, case_id) values ($1, $2)', [people.officialDfk.user, caseId]);
    expect(seen(await desk.web.api('officialDfk', 'GET', `/api/v1/questions/${id}`))).toEqual(nowhere);
    expect((await desk.web.api('officialDfk', 'GET', '/api/v1/questions')).body).not.toContain(id);
  });
});

describe('what the contact point was told, by program (FM-NOT-1, FM-CNF-10)', () => {
  it('is told unit for unit, with how much waits and since when', async () => {
    await desk.forgets();
    const id = await desk.begun();
    await desk.sends(id, 2, desk.web.house.clock(), 'fyn');
    const { result, rows } = await audited(desk.web, () => desk.web.api('officialKl', 'GET', '/api/v1/notifications/units'));
    expect(result.json<{ waiting: number; units: readonly { unit: string; waiting: number }[] }>()).toMatchObject({ waiting: 3, units: expect.arrayContaining([expect.objectContaining({ unit: 'fyn', waiting: 2 }), expect.objectContaining({ waiting: 1 })]) as unknown });
    expect(counted(rows)).toEqual({ 'notifications.listed': 1 });
  });

  it('is acknowledged as all that waits of a case by nothing sent alone: what is sent and cannot be understood acknowledges nothing', async () => {
    await desk.forgets();
    const id = await desk.begun();
    const waits = async () => (await desk.web.api('officialKl', 'GET', '/api/v1/notifications/units')).json<{ waiting: number }>().waiting;
    const acknowledges = (body?: unknown) => desk.web.api('officialKl', 'POST', `/api/v1/cases/${id}/commands/notification.acknowledge`, body);
    const before = await waits();
    for (const body of ['null', '[]', '"x"', '0', '{"ids":null}', '{"id":[]}', '{"ids":[],"all":true}']) expect([(await acknowledges(body)).statusCode, await waits()], body).toEqual([422, before]);
    expect([before > 0, (await acknowledges({})).statusCode, await waits()]).toEqual([true, 200, 0]);
  });

  it('has an opening in an emergency by itself, which is seen once and by nobody else', async () => {
    const caseId = await takenCase(desk.web.house);
    const [known] = await desk.web.house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [caseId]);
    const reason = 'Han har ringet og sagt, at to mænd med våben står uden for hans dør nu.';
    expect((await desk.web.post('odense', '/akut', { number: known?.number ?? '', reason })).statusCode).toBe(303);
    const [opened] = await desk.web.house.db.superuser<{ id: string }>(`select id from app.notification where kind = 'card-opened' and case_id = $1`, [caseId]);
    const sent = opened?.id;
    const told = async (who: PersonName) => (await desk.web.api(who, 'GET', '/api/v1/notifications/emergencies')).json<{ id: string; number: string }[]>();
    const all = await told('officialDfk');
    expect(all).toEqual([expect.objectContaining({ id: sent, number: known?.number, authority: people.odense.authority, attended: true })]);
    for (const secret of [reason, people.odense.user, 'Emil']) expect(JSON.stringify(all)).not.toContain(secret);
    const see = (who: PersonName, id = sent ?? '') => desk.web.api(who, 'POST', `/api/v1/notifications/emergencies/${id}/seen`, {});
    const nowhere = seen(await desk.web.api('police', 'GET', '/api/v1/findes-ikke'));
    for (const who of OTHERS) {
      expect(seen(await see(who)), who).toEqual(nowhere);
      for (const part of ['units', 'emergencies']) expect(seen(await desk.web.api(who, 'GET', `/api/v1/notifications/${part}`)), `${who} ${part}`).toEqual(nowhere);
    }
    for (const id of ['x', randomUUID()]) expect(seen(await see('officialKl', id))).toEqual(nowhere);
    expect((await told('officialKl')).length).toBe(1);
    const { result, rows } = await audited(desk.web, () => see('officialKl'));
    expect([result.statusCode, counted(rows)]).toEqual([200, { 'notification.seen': 1 }]);
    expect([await told('officialDfk'), (await see('officialDfk')).statusCode]).toEqual([[], 404]);
  });
});
