import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listTasks } from '../../src/store/lists.js';
import { takenCase, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

const REASON = 'Han har ringet og sagt, at to mænd med våben står uden for hans dør nu.';

let web: TestWeb;
let id: string;
let number: string;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
});
/** Every test begins with a case of its own, on a day on which nobody has opened anything. */
const anew = async (): Promise<void> => {
  id = await takenCase(web.house);
  number = (await web.house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [id]))[0]?.number ?? '';
};
afterEach(async () => {
  await web.house.db.superuser(`update audit.event set at = at - interval '2 days' where action like 'emergency.%'`);
  for (const table of ['audit.review', 'sec.emergency', 'app.notification']) await web.house.db.superuser(`delete from ${table}`);
});
afterAll(() => web.close());

const opens = (who: PersonName, reason = REASON) => web.post(who, '/akut', { number, reason });
const taskOf = async (who: PersonName) => (await listTasks(web.house.web, web.house.tokens[who])).find((one) => one.case_id === id && one.mine && one.command === 'safetyCard.noteOpening');
/** The form that a task on somebody's front page leads to, as the page links to it. */
const formOf = async (who: PersonName): Promise<string> => {
  const page = await web.get(who, '/');
  return new RegExp(`href="(/sager/${id}/goer/safetyCard\\.noteOpening[^"]*)"`).exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
};

describe('Control 19: who is told of an emergency opening (FM-CNF-10)', () => {
  it('leads the co-ordinator from his task to a form that can be sent, also when there are two', async () => {
    await anew();
    await opens('policeFyn');
    await opens('odense');
    const address = await formOf('police');
    const form = await web.get('police', address);
    const opening = /name="opening" value="([^"]+)"/.exec(form.body)?.[1] ?? '';
    expect(opening).not.toBe('');
    expect((await web.post('police', address, { opening, note: 'Talt med kollegaen' })).statusCode).toBe(303);

    // Reached without the task: the one that is left.
    const bare = `/sager/${id}/goer/safetyCard.noteOpening`;
    const left = /name="opening" value="([^"]+)"/.exec((await web.get('police', bare)).body)?.[1] ?? '';
    expect([left === '', left === opening]).toEqual([false, false]);
    expect((await web.post('police', bare, { opening: left })).statusCode).toBe(303);
    expect(await taskOf('police')).toBeUndefined();
  });

  it('stands first on the case’s own page as on the front page, however late the rest is, with the authority it came from', async () => {
    await anew();
    await web.house.db.superuser(`delete from app.block`);
    const before = (await web.get('police', `/sager/${id}`)).body;
    expect(/<li class="first">/.test(before)).toBe(true);
    await opens('policeFyn');
    await opens('odense');
    const { body } = await web.get('police', `/sager/${id}`);
    const [first = '', second = ''] = body.match(/<ul class="no-max-width plain-list can">.*?<\/ul>/s)?.[0]?.match(/<li.*?<\/li>/gs) ?? [];
    expect([first.includes('class="first"'), first.includes('Sikkerhedskortet blev åbnet'), second.includes('Sikkerhedskortet blev åbnet')]).toEqual([true, true, true]);
    for (const who of ['Fyns Politi', 'Odense Kommune']) expect(`${first}${second}`, who).toContain(`af ${who}: se hvorfor`);
  });

  it('asks at its field which opening is meant, when it does not know', async () => {
    await anew();
    await opens('policeFyn');
    await opens('odense');
    const empty = await web.post('police', `/sager/${id}/goer/safetyCard.noteOpening`, { opening: '' });
    expect([empty.statusCode, empty.body.includes('aria-invalid="true"'), /<select[^>]*name="opening"/.test(empty.body)]).toEqual([422, true, true]);
  });

  it('shows the reason, who gave it and when to the co-ordinator, in the case and where he answers', async () => {
    await anew();
    await opens('policeFyn');
    for (const url of [`/sager/${id}/sikkerhed`, await formOf('police')]) {
      const page = await web.get('police', url);
      expect([url, page.statusCode, page.body.includes('to mænd med våben'), page.body.includes('Navn policeFyn')]).toEqual([url, 200, true, true]);
    }
    const opening = (await taskOf('police'))?.key.split(':')[1] ?? '';
    await web.house.does('police', id, 'safetyCard.noteOpening', { opening, note: 'Talt med kollegaen fra Fyn' });
    expect((await web.get('police', `/sager/${id}/sikkerhed`)).body).toContain('Talt med kollegaen fra Fyn');
  });

  it('tells the auditor that the reason stands in the case, and whom to ask', async () => {
    await anew();
    await opens('policeFyn');
    const [found] = await web.house.db.superuser<{ id: string }>('select id from audit.review');
    const page = await web.get('auditor', `/adgang/fund/${found?.id ?? ''}`);
    expect([page.statusCode, page.body.includes('sagens koordinator'), page.body.includes('to mænd med våben'), page.body.includes(people.policeFyn.user)]).toEqual([200, true, false, true]);
  });

  it('stands on top of the co-ordinator’s work, today, before what is late', async () => {
    await anew();
    const late = await takenCase(web.house);
    await opens('policeFyn');
    await web.house.db.superuser(`update app.task set due = due - 30 where case_id = $1`, [late]);
    const { body } = await web.get('police', '/');
    expect((await taskOf('police'))?.due).toBe('2026-11-02');
    const first = /<ul class="no-max-width plain-list todo">.*?<\/li>/s.exec(body)?.[0] ?? '';
    expect([first.includes('safetyCard.noteOpening'), body.indexOf('id="nu"') < body.indexOf('safetyCard.noteOpening'), body.indexOf('safetyCard.noteOpening') < body.indexOf('id="senere"')]).toEqual([true, true, true]);
  });

  it('stands with every official of the contact point by number, time and authority alone, until one has seen it', async () => {
    await anew();
    await opens('policeFyn');
    const link = /href="(\/noedopslag\/[^"]+)"/;
    for (const who of ['officialPolice', 'officialKl', 'officialDfk'] as const) {
      const { body } = await web.get(who, '/');
      expect([who, body.includes(number), body.includes('Fyns Politi'), link.test(body)]).toEqual([who, true, true, true]);
    }
    const address = link.exec((await web.get('officialKl', '/')).body)?.[1] ?? '';
    const page = await web.get('officialKl', address);
    expect([page.statusCode, page.body.includes(number), page.body.includes('Fyns Politi'), page.body.includes('Navn policeFyn'), page.body.includes('to mænd med våben')]).toEqual([200, true, true, false, false]);
    for (const who of ['police', 'policeFyn', 'auditor', 'admin'] as const) {
      expect([who, (await web.get(who, address)).statusCode, (await web.post(who, address, {})).statusCode]).toEqual([who, 404, 404]);
    }
    expect((await web.post('officialKl', address, {})).statusCode).toBe(303);
    for (const who of ['officialPolice', 'officialKl', 'officialDfk'] as const) expect((await web.get(who, '/')).body).not.toContain('/noedopslag/');
    expect((await web.post('officialDfk', address, {})).statusCode).toBe(404);
    expect(await web.house.db.superuser(`select actor, case_ref from audit.event where action = 'notification.seen'`)).toEqual([{ actor: people.officialKl.user, case_ref: null }]);
  });

  it('counts an old link to it as no try at a case: a colleague had seen it', async () => {
    await anew();
    await opens('policeFyn');
    const address = /href="(\/noedopslag\/[^"]+)"/.exec((await web.get('officialPolice', '/')).body)?.[1] ?? '';
    expect((await web.post('officialPolice', address, {})).statusCode).toBe(303);
    const denied = (action: string) => web.house.db.superuser(`select case_ref from audit.event where actor = $1 and action = $2 and purpose = 'told' and at > now() - interval '1 minute'`, [people.officialKl.user, action]);
    const before = (await denied('page.denied')).length;
    expect([(await web.get('officialKl', address)).statusCode, (await web.post('officialKl', address, {})).statusCode]).toEqual([404, 404]);
    expect([(await denied('page.denied')).length - before, await denied('case.denied')]).toEqual([2, []]);
  });

  it('is not told to an official who is shut out of the case', async () => {
    await anew();
    await web.house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [id, people.officialKl.user]);
    await opens('policeFyn');
    expect((await web.get('officialKl', '/')).body).not.toContain('/noedopslag/');
    const address = /href="(\/noedopslag\/[^"]+)"/.exec((await web.get('officialDfk', '/')).body)?.[1] ?? '';
    expect([address === '', (await web.get('officialKl', address)).statusCode, (await web.post('officialKl', address, {})).statusCode]).toEqual([false, 404, 404]);
  });
});
