import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { caseNumberOf, inboxCase, registration, takenCase, testHouse } from '../support/house.js';
import { assessedCase, clearOverview, goTo, type Listed, listed, MONDAY, numbersListed, standing } from '../support/overview-world.js';
import { people, type PersonName } from '../support/people.js';
import { audited, counted, seen, textOf } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { type Prompt, prompt } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

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
afterEach(() => clearOverview(web.house));

describe('the national overview (FM-NCP-1)', () => {
  it('has everyone in assessment and in course, with unit, municipality, status, custody or freedom, contact person and what waits', async () => {
    const { house } = web;
    const id = await assessedCase(house);
    await house.db.superuser('update app.overview set contact_person = $1 where case_id = $2', [people.municipal.user, id]);
    const page = textOf((await web.get('officialKl', '/overblik')).body);
    for (const said of [await caseNumberOf(web.house, id), 'Visitation', 'Københavns Vestegn Ishøj', 'Frihed', 'Navn municipal', 'I dag', '1 sag i visitation eller forløb, ingen for sent.', 'Ingen sager er for sent']) expect(page).toContain(said);
    expect((await listed(web)).cases).toEqual([expect.objectContaining({ number: await caseNumberOf(web.house, id), contactPerson: 'Navn municipal', waitsFor: 'groundwork', daysInPhase: 0 })]);
  });

  it('has no case before its assessment, and none that is over', async () => {
    const { house } = web;
    await inboxCase(house);
    await takenCase(house);
    const over = await takenCase(house);
    await house.does('municipal', over, 'inquiry.close', { reason: 'withdrawn', note: 'Vil ikke mere' });
    const ended = await assessedCase(house);
    await house.does('police', ended, 'assessment.interrupt', { reason: 'withdrew' });
    expect(await numbersListed(web)).toEqual([]);
    expect(textOf((await web.get('officialKl', '/overblik')).body)).toContain('Der er ingen sager i visitation eller forløb.');
  });

  it('names an open question by its kind, and leads to it', async () => {
    const { house } = web;
    const id = await assessedCase(house);
    await house.does('municipal', id, 'assessment.askAdvice', { topic: 'motivation', question: 'Hvad gør andre?', entries: [] });
    const [row] = await house.db.superuser<{ id: string }>('select id from app.question where case_id = $1', [id]);
    expect((await web.get('officialKl', '/overblik')).body).toContain(`<a href="/spoergsmaal/${row?.id ?? ''}">Råd</a>`);
    expect((await listed(web)).cases[0]?.questions).toEqual([{ id: row?.id, kind: 'advice' }]);
    await house.db.superuser(`update app.question set status = 'answered' where case_id = $1`, [id]);
    expect((await listed(web)).cases[0]?.questions).toEqual([]);
  });

  it('says how many are late, and of a late case by how many days and what it waits for', async () => {
    await standing(web.house, [{ due: '2026-10-30', waitsFor: 'decision' }, { due: '2026-11-01', waitsFor: 'measure' }, { due: '2026-11-02', waitsFor: 'follow-up' }, {}]);
    const page = textOf((await web.get('officialKl', '/overblik')).body);
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
    const before = [(await web.api('officialKl', 'GET', '/api/v1/overview')).body, textOf((await web.get('officialKl', '/overblik')).body)];
    await house.does('police', id, 'screening.ask', { screener: people.screener.user, what: 'Alt om ham' });
    expect([(await web.api('officialKl', 'GET', '/api/v1/overview')).body, textOf((await web.get('officialKl', '/overblik')).body)]).toEqual(before);
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
    const [his, others] = [await listed(web), await listed(web, '', 'officialPolice')];
    expect([his.total, his.municipalities.map((one) => one.municipality), his.untaken]).toEqual([1, ['0461'], []]);
    expect([others.total, others.municipalities.length, others.untaken.length]).toEqual([2, 2, 1]);
    const { rows, result } = await audited(web, () => web.post('officialKl', '/overblik', {}));
    expect(result.body).not.toContain('Emil Sandbjerg');
    expect(rows.filter((row) => row.case_ref === id)).toEqual([]);
    expect((await sql.tries(house.tokens.officialKl, `select * from sec.overview_names(array['${id}']::uuid[])`)).rows).toEqual([]);
    expect((await web.post('officialPolice', '/overblik', {})).body).toContain('Emil Sandbjerg');
  });
});

describe('an inquiry that nobody takes (FM-INT-2; access.md, "The unit’s inbox")', () => {
  const told = async (day: string): Promise<Listed['untaken']> => {
    await goTo(web.house, knownDate(day));
    return (await listed(web)).untaken;
  };

  it('is a line at the contact point from the day after its second working day: the unit and how late, and nothing else', async () => {
    await inboxCase(web.house, { ...registration, name: 'Emil Tangkær' });
    const number = (await web.house.db.superuser<{ number: string }>('select number from app.unit_inbox where taken_at is null'))[0]?.number ?? '';
    // Monday it came, Tuesday it was due, Wednesday is the second working day.
    expect(await told('2026-11-03')).toEqual([]);
    expect(await told('2026-11-04')).toEqual([]);
    expect(await told('2026-11-05')).toEqual([{ unit: 'koebenhavns-vestegn', daysLate: 2 }]);
    const { body } = await web.get('officialKl', '/overblik');
    expect(textOf(body)).toContain('Henvendelser, som ingen har taget 1');
    expect(textOf(body)).toContain('Københavns Vestegn 2 dage for sent');
    for (const secret of [number, 'Tangkær', 'Haster', '3. november', '2026-11-03']) expect(body).not.toContain(secret);
  });

  it('stands under a filter as without one, as the inquiries without a unit do, and the page says that it is of the whole country', async () => {
    await inboxCase(web.house);
    await inboxCase(web.house, { ...registration, municipality: 'unknown', whereabouts: 'Er mest i Odense' });
    await told('2026-11-05');
    const said = async (query: string) => textOf((await web.get('officialKl', `/overblik${query}`)).body).split('Hele landet er med: filteret gælder ikke her.').length - 1;
    // The other order, and a filter that cannot be used, leave nothing out.
    expect([await said('?enhed=fyn'), await said(''), await said('?sorter=oldest'), await said('?enhed=findes-ikke')]).toEqual([2, 0, 0, 0]);
    expect(textOf((await web.get('officialKl', '/overblik?enhed=fyn')).body)).toContain('Københavns Vestegn 2 dage for sent');
  });

  it('is told a working day sooner where the person fears for his safety, and not that he does', async () => {
    await inboxCase(web.house, { ...registration, urgent: true });
    // Monday it came and was due.
    expect(await told('2026-11-03')).toEqual([]);
    expect(await told('2026-11-04')).toEqual([{ unit: 'koebenhavns-vestegn', daysLate: 2 }]);
    expect((await web.get('officialKl', '/overblik')).body).not.toContain('Haster');
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
