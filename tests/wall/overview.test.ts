import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { inboxCase, registration, takenCase, testHouse } from '../support/house.js';
import { assessedCase, clearOverview, goTo, standing } from '../support/overview-world.js';
import { people, type PersonName } from '../support/people.js';
import { audited, counted, seen } from '../support/wall-http.js';
import { caseOfFyn, noLimits } from '../support/wall-house.js';
import { type Prompt, prompt } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

const MONDAY = knownDate('2026-11-02');
const OFFICIALS = ['officialPolice', 'officialKl', 'officialDfk'] as const satisfies readonly PersonName[];
const OTHERS = (Object.keys(people) as PersonName[]).filter((who) => !people[who].functions.includes('contact_point'));

let web: TestWeb;
let sql: Prompt;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  sql = await prompt(web.house.db, 'udvej_web');
});
afterAll(async () => {
  await sql.close();
  await web.close();
});
beforeEach(() => goTo(web.house, MONDAY));
afterEach(async () => {
  await clearOverview(web.house);
  await web.house.db.superuser('update app.unit_inbox set taken_at = now() where taken_at is null');
});

interface Listed {
  readonly total: number;
  readonly late: number;
  readonly page: number;
  readonly cases: readonly { readonly number: string; readonly waitsFor: string | null; readonly contactPerson: string | null; readonly daysInPhase: number; readonly questions: readonly { readonly kind: string }[] }[];
  readonly municipalities: readonly { readonly municipality: string | null; readonly cases: number; readonly late: number }[];
  readonly untaken: readonly { readonly unit: string; readonly daysLate: number }[];
}
const listed = async (query = '', who: PersonName = 'officialKl'): Promise<Listed> => (await web.api(who, 'GET', `/api/v1/overview${query}`)).json<Listed>();
const numbers = async (query = '', who: PersonName = 'officialKl'): Promise<readonly string[]> => (await listed(query, who)).cases.map((one) => one.number);
const numberOf = async (id: string): Promise<string> => (await web.house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [id]))[0]?.number ?? '';
const text = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

describe('the national overview (FM-NCP-1)', () => {
  it('has everyone in assessment and in course, with unit, municipality, status, custody or freedom, contact person and what waits', async () => {
    const { house } = web;
    const id = await assessedCase(house);
    await house.db.superuser('update app.overview set contact_person = $1 where case_id = $2', [people.municipal.user, id]);
    const page = text((await web.get('officialKl', '/overblik')).body);
    for (const said of [await numberOf(id), 'Visitation', 'Københavns Vestegn Ishøj', 'Frihed', 'Navn municipal', 'I dag', '1 sag i visitation eller forløb, ingen for sent.', 'Ingen sager er for sent']) expect(page).toContain(said);
    expect((await listed()).cases).toEqual([expect.objectContaining({ number: await numberOf(id), contactPerson: 'Navn municipal', waitsFor: 'groundwork', daysInPhase: 0 })]);
  });

  it('has no case before its assessment, and none that is over', async () => {
    const { house } = web;
    await inboxCase(house);
    await takenCase(house);
    const over = await takenCase(house);
    await house.does('municipal', over, 'inquiry.close', { reason: 'withdrawn', note: 'Vil ikke mere' });
    const ended = await assessedCase(house);
    await house.does('police', ended, 'assessment.interrupt', { reason: 'withdrew' });
    expect(await numbers()).toEqual([]);
    expect(text((await web.get('officialKl', '/overblik')).body)).toContain('Der er ingen sager i visitation eller forløb.');
  });

  it('names an open question by its kind, and leads to it', async () => {
    const { house } = web;
    const id = await assessedCase(house);
    await house.does('municipal', id, 'assessment.askAdvice', { topic: 'motivation', question: 'Hvad gør andre?', entries: [] });
    const [row] = await house.db.superuser<{ id: string }>('select id from app.question where case_id = $1', [id]);
    expect((await web.get('officialKl', '/overblik')).body).toContain(`<a href="/spoergsmaal/${row?.id ?? ''}">Råd</a>`);
    expect((await listed()).cases[0]?.questions).toEqual([{ id: row?.id, kind: 'advice' }]);
    await house.db.superuser(`update app.question set status = 'answered' where case_id = $1`, [id]);
    expect((await listed()).cases[0]?.questions).toEqual([]);
  });

  it('says how many are late, and of a late case by how many days and what it waits for', async () => {
    await standing(web.house, [{ due: '2026-10-30', waitsFor: 'decision' }, { due: '2026-11-01', waitsFor: 'measure' }, { due: '2026-11-02', waitsFor: 'follow-up' }, {}]);
    const page = text((await web.get('officialKl', '/overblik')).body);
    for (const said of ['4 sager i visitation eller forløb, to for sent.', 'To sager er for sent', '3 dage for sent', 'Afgørelse mangler', 'Frist for tiltag', 'I dag', 'Opfølgning', 'Intet venter']) expect(page).toContain(said);
  });

  it('writes one row in the log for each of its lists, and names nobody', async () => {
    const { rows } = await audited(web, () => web.get('officialKl', '/overblik'));
    expect(counted(rows)).toEqual({ 'overview.listed': 2, 'untaken.listed': 1, 'unnamed.listed': 1 });
    expect(rows.every((row) => row.case_ref === null && row.actor === people.officialKl.user)).toBe(true);
  });
});

describe('what the overview tells (access.md, "The contact point"; FM-CNF-3)', () => {
  it('is structure only: no name, label, number of a person, text or id of a case', async () => {
    const { house } = web;
    const id = await assessedCase(house, { name: 'Emil Tangkær', alias: 'Skyggen', cpr: '010190-1237', phone: '20 30 40 50', safeContact: 'Kun sms efter kl. 16' });
    await house.does('police', id, 'journal.add', { text: 'Bor hos sin søster', kind: 'personal' });
    const [row] = await house.db.superuser<{ label: string }>('select label from app.exit_case where id = $1', [id]);
    const bytes = (await web.get('officialKl', '/overblik')).body + (await web.api('officialKl', 'GET', '/api/v1/overview')).body;
    for (const secret of ['Emil', 'Tangkær', 'Skyggen', '010190', '20 30 40 50', 'sms efter', 'Bor hos', row?.label ?? 'Falken', id]) expect(bytes).not.toContain(secret);
  });

  it('is the same whether or not police wait for something of their own (FM-SEC-2)', async () => {
    const { house } = web;
    const id = await assessedCase(house);
    const before = [(await web.api('officialKl', 'GET', '/api/v1/overview')).body, text((await web.get('officialKl', '/overblik')).body)];
    await house.does('police', id, 'screening.ask', { screener: people.screener.user, what: 'Alt om ham' });
    expect([(await web.api('officialKl', 'GET', '/api/v1/overview')).body, text((await web.get('officialKl', '/overblik')).body)]).toEqual(before);
  });

  it('is for the contact point alone: to everybody else there is no such page, and the log says that he tried', async () => {
    await standing(web.house, [{}]);
    for (const who of OTHERS) {
      for (const asks of [() => web.get(who, '/overblik'), () => web.post(who, '/overblik', {}), () => web.api(who, 'GET', '/api/v1/overview')]) {
        const { result, rows } = await audited(web, asks);
        expect([who, result.statusCode, rows.map((row) => row.action)]).toEqual([who, 404, ['page.denied']]);
      }
      expect(seen(await web.get(who, '/overblik'))).toEqual(seen(await web.get(who, '/findes-ikke')));
    }
    for (const who of OFFICIALS) expect((await web.get(who, '/overblik')).statusCode).toBe(200);
  });

  it('is not read by anybody else at the database’s own prompt either', async () => {
    const { house } = web;
    const id = await assessedCase(house);
    await inboxCase(house);
    await goTo(house, knownDate('2026-11-20'));
    const all = [
      `select * from app.list_overview(current_setting('app.session'), '2026-11-20', null, null, null, null, false, 'due', 25, 0)`, `select * from app.count_overview(current_setting('app.session'), '2026-11-20')`,
      `select * from app.list_untaken(current_setting('app.session'), '2026-11-20', '2026-11-19')`, `select * from sec.overview_names(array['${id}']::uuid[])`,
    ];
    for (const who of OTHERS) for (const one of all) expect([who, one, (await sql.tries(house.tokens[who], one)).rows]).toEqual([who, one, []]);
    for (const one of all) expect([one, (await sql.tries(house.tokens.officialKl, one)).rows.length]).toEqual([one, expect.toSatisfy((n: number) => n > 0)]);
  });

  it('is empty of a case for the official it shuts out: in the list, the counts, the map, the names and the lines (FM-DEC-4)', async () => {
    const { house } = web;
    const id = await assessedCase(house);
    await standing(house, [{ municipality: '0461' }]);
    const waiting = await inboxCase(house);
    await goTo(house, knownDate('2026-11-20'));
    for (const one of [id, waiting]) await house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [one, people.officialKl.user]);
    const [his, others] = [await listed(), await listed('', 'officialPolice')];
    expect([his.total, his.municipalities.map((one) => one.municipality), his.untaken]).toEqual([1, ['0461'], []]);
    expect([others.total, others.municipalities.length, others.untaken.length]).toEqual([2, 2, 1]);
    const { rows, result } = await audited(web, () => web.post('officialKl', '/overblik', {}));
    expect(result.body).not.toContain('Emil Sandbjerg');
    expect(rows.filter((row) => row.case_ref === id)).toEqual([]);
    expect((await sql.tries(house.tokens.officialKl, `select * from sec.overview_names(array['${id}']::uuid[])`)).rows).toEqual([]);
    expect((await web.post('officialPolice', '/overblik', {})).body).toContain('Emil Sandbjerg');
  });
});

describe('what the overview is narrowed to', () => {
  it('is unit, municipality, phase, place and what is late, each alone and together', async () => {
    const [a = '', b = '', c = '', d = ''] = await standing(web.house, [
      { unit: 'fyn', municipality: '0461', phase: 'course' }, { unit: 'koebenhavns-vestegn', municipality: '0183', phase: 'assessment', due: '2026-10-01' },
      { unit: 'dfk', municipality: '0461', phase: 'accepted', place: 'custody' }, { unit: 'fyn', municipality: '0479', phase: 'assessment', due: '2026-10-02' },
    ]);
    const table: readonly (readonly [string, readonly string[]])[] = [
      ['unit=fyn', [a, d]], ['unit=dfk', [c]], ['municipality=0461', [a, c]], ['phase=assessment', [b, d]], ['place=custody', [c]], ['late=true', [b, d]], ['late=true&unit=fyn', [d]], ['unit=bornholm', []], ['unit=', [a, b, c, d]],
    ];
    for (const [query, those] of table) expect([query, [...(await numbers(`?${query}`))].sort()]).toEqual([query, [...those].sort()]);
    const page = await web.get('officialKl', '/overblik?enhed=fyn&kommune=&fase=assessment&sted=freedom&forsent=true');
    expect([page.statusCode, page.body.includes(d), page.body.includes(a), page.body.includes(b)]).toEqual([200, true, false, false]);
    expect(text(page.body)).toContain('Én sag passer, én er for sent');
    // The head and the map count all of them.
    expect(text(page.body)).toContain('4 sager i visitation eller forløb, to for sent.');
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
    expect(await numbers()).toEqual([d, b, a, c]);
    expect(await numbers('?sort=oldest')).toEqual([c, a, d, b]);
    expect(await numbers('?sort=newest')).toEqual([b, d, a, c]);
  });

  it('are of twenty-five cases; an old link to a page behind the last shows the last, with how many there are', async () => {
    const all = await standing(web.house, Array.from({ length: 26 }, (_, n) => ({ since: `2026-01-${String(n + 1).padStart(2, '0')}` })));
    expect(await numbers('?sort=oldest')).toEqual(all.slice(0, 25));
    expect(await numbers('?sort=oldest&page=2')).toEqual(all.slice(25));
    expect(await listed('?page=2')).toMatchObject({ total: 26, page: 2 });
    expect(text((await web.get('officialKl', '/overblik')).body)).toContain('Viser 1–25 af 26 sager.');
    expect(text((await web.get('officialKl', '/overblik?side=2')).body)).toContain('Viser 26 af 26 sager.');
    for (const page of [3, 999]) {
      expect(text((await web.get('officialKl', `/overblik?side=${page}`)).body)).toContain('Viser 26 af 26 sager.');
      expect(await listed(`?sort=oldest&page=${page}`)).toMatchObject({ total: 26, late: 0, page: 2, cases: [expect.objectContaining({ number: all[25] })] });
    }
    expect(await listed('?unit=nordjylland&page=999')).toMatchObject({ total: 0, page: 1, cases: [] });
    expect(text((await web.get('officialKl', '/overblik?enhed=nordjylland&side=3')).body)).toContain('Ingen sager passer til filteret.');
    const one = await standing(web.house, [{ unit: 'nordjylland' }]);
    expect(await numbers('?unit=nordjylland&page=2')).toEqual(one);
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
    for (const said of ['Fyn 2', 'Ingen kendt kommune 1', 'Hele landet 3']) expect(text(body)).toContain(said);
    expect((await listed()).municipalities).toEqual(expect.arrayContaining([{ municipality: '0461', cases: 2, late: 0 }, { municipality: null, cases: 1, late: 0 }]));
  });
});

describe('names at the contact point’s desk (access.md, "vis navne")', () => {
  it('are shown for the cases of the page, once, with a row in the log of each; what the list was narrowed to stays', async () => {
    const { house } = web;
    const id = await assessedCase(house);
    const other = await caseOfFyn(house);
    await house.does('policeFyn', other, 'assessment.begin');
    const { result, rows } = await audited(web, () => web.post('officialKl', '/overblik', { kommune: '0183' }));
    expect(result.statusCode).toBe(200);
    expect(text(result.body)).toContain(`Emil Sandbjerg ${await numberOf(id)}`);
    expect(result.body).not.toContain('Karl Lund');
    expect(result.body).toContain('<strong>Navnene vises kun nu.</strong>');
    expect(result.body).toContain('<option value="0183" selected>Ishøj</option>');
    expect(result.headers['cache-control']).toBe('no-store');
    expect(rows.filter((row) => row.action === 'case.named').map((row) => [row.actor, row.case_ref])).toEqual([[people.officialKl.user, id]]);
    expect((await web.get('officialKl', '/overblik')).body).not.toContain('Emil Sandbjerg');
    expect((await web.post('officialKl', '/overblik', {})).body).toContain('Karl Lund');
  });

  it('are not shown without a new login (control 18)', async () => {
    const { house } = web;
    const id = await assessedCase(house);
    await house.db.superuser(`update sec.session set auth_time = now() - interval '6 minutes' where user_id = $1`, [people.officialDfk.user]);
    const { result, rows } = await audited(web, () => web.post('officialDfk', '/overblik', {}));
    expect([result.statusCode, result.body.includes('Emil'), counted(rows)]).toEqual([401, false, { 'step-up.denied': 1 }]);
    expect((await sql.tries(house.tokens.officialDfk, `select * from sec.overview_names(array['${id}']::uuid[])`)).refused).toBe('UV401');
    await house.db.superuser('update sec.session set auth_time = now() where user_id = $1', [people.officialDfk.user]);
  });

  it('are of twenty-five cases at most, and of none that does not stand in the overview', async () => {
    const { house } = web;
    const inside = await assessedCase(house);
    const taken = await takenCase(house);
    const waiting = await inboxCase(house);
    const asks = (ids: readonly string[]) => sql.tries(house.tokens.officialKl, 'select distinct case_id from sec.overview_names($1)', { values: [ids] });
    expect((await asks(Array.from({ length: 26 }, () => inside))).refused).toBe('22023');
    expect((await asks([inside, taken, waiting])).rows).toEqual([{ case_id: inside }]);
    const { rows } = await audited(web, () => asks([taken, waiting]));
    expect(rows).toEqual([]);
  });

  it('count among the names of an hour, and are refused when those are used up', async () => {
    const { house } = web;
    await assessedCase(house);
    await house.db.superuser(`update sec.setting set value = 1 where name = 'names_per_hour'`);
    await house.db.superuser('delete from sec.named');
    try {
      expect((await web.post('officialKl', '/overblik', {})).statusCode).toBe(200);
      const { result, rows } = await audited(web, () => web.post('officialKl', '/overblik', {}));
      expect([result.statusCode, result.body.includes('Emil'), rows.filter((row) => !row.action.endsWith('.listed')).map((row) => [row.action, row.purpose])]).toEqual([429, false, [['page.denied', 'names']]]);
    } finally {
      await house.db.superuser(`update sec.setting set value = 1000000 where name = 'names_per_hour'`);
    }
  });

  it('stand in no address: the page with the names is asked for by post, with the form’s token', async () => {
    await assessedCase(web.house);
    expect((await web.post('officialKl', '/overblik', { _csrf: 'x' })).statusCode).toBe(403);
    expect((await web.post('officialKl', '/overblik', { enhed: 'mars' })).body).not.toContain('Emil Sandbjerg');
    expect(registration.name).toBe('Emil Sandbjerg');
  });
});

describe('an inquiry that nobody takes (FM-INT-2; access.md, "The unit’s inbox")', () => {
  const told = async (day: string): Promise<Listed['untaken']> => {
    await goTo(web.house, knownDate(day));
    return (await listed()).untaken;
  };

  it('is a line at the contact point from the day after its second working day: the unit and how late, and nothing else', async () => {
    await inboxCase(web.house, { ...registration, name: 'Emil Tangkær', urgent: true });
    const number = (await web.house.db.superuser<{ number: string }>('select number from app.unit_inbox where taken_at is null'))[0]?.number ?? '';
    // Monday it came, Tuesday it was due, Wednesday is the second working day.
    expect(await told('2026-11-03')).toEqual([]);
    expect(await told('2026-11-04')).toEqual([]);
    expect(await told('2026-11-05')).toEqual([{ unit: 'koebenhavns-vestegn', daysLate: 2 }]);
    const { body } = await web.get('officialKl', '/overblik');
    expect(text(body)).toContain('Henvendelser, som ingen har taget 1');
    expect(text(body)).toContain('Københavns Vestegn 2 dage for sent');
    for (const secret of [number, 'Tangkær', 'Haster', '3. november', '2026-11-03']) expect(body).not.toContain(secret);
  });

  it('stands under a filter as without one, as the inquiries without a unit do, and the page says that it is of the whole country', async () => {
    await inboxCase(web.house);
    await inboxCase(web.house, { ...registration, municipality: 'unknown', whereabouts: 'Er mest i Odense' });
    await told('2026-11-05');
    const said = async (query: string) => text((await web.get('officialKl', `/overblik${query}`)).body).split('Hele landet er med: filteret gælder ikke her.').length - 1;
    // The other order, and a filter that cannot be used, leave nothing out.
    expect([await said('?enhed=fyn'), await said(''), await said('?sorter=oldest'), await said('?enhed=findes-ikke')]).toEqual([2, 0, 0, 0]);
    expect(text((await web.get('officialKl', '/overblik?enhed=fyn')).body)).toContain('Københavns Vestegn 2 dage for sent');
  });

  it('is counted in working days: one of a Friday is told on the Wednesday', async () => {
    await goTo(web.house, knownDate('2026-11-06'));
    await inboxCase(web.house);
    expect(await told('2026-11-10')).toEqual([]);
    expect(await told('2026-11-11')).toEqual([{ unit: 'koebenhavns-vestegn', daysLate: 2 }]);
  });

  it('is gone when somebody takes it, and nothing is said where there is none', async () => {
    const id = await inboxCase(web.house);
    expect(await told('2026-11-09')).toHaveLength(1);
    await web.house.does('police', id, 'inquiry.take', { police: people.police.user, municipal: people.municipal.user, probation: people.probation.user });
    expect(await told('2026-11-09')).toEqual([]);
    expect((await web.get('officialKl', '/overblik')).body).not.toContain('som ingen har taget');
  });

  it('is not told before it is late by the database’s own clock, whatever day is asked for', async () => {
    await goTo(web.house, knownDate('2031-03-03'));
    await inboxCase(web.house);
    const asks = () => sql.tries(web.house.tokens.officialKl, `select * from app.list_untaken(current_setting('app.session'), '2100-01-01', '2100-01-01')`);
    expect((await asks()).rows).toEqual([]);
    await goTo(web.house, knownDate('2031-03-05'));
    expect((await asks()).rows).toHaveLength(1);
  });
});
