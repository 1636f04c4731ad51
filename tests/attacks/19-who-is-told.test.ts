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
});
