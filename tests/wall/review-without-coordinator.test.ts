import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listTasks } from '../../src/store/lists.js';
import { unitDuties } from '../../src/store/people.js';
import { testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { type Numbered, questionOf, refusedCase } from '../support/refused-cases.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterEach(async () => { await web.house.db.superuser('update app.staff set disabled_at = null'); });
afterAll(() => web.close());

/** The whole circle of a refusal leaves. */
const leave = () => web.house.db.superuser('update app.staff set disabled_at = now() where id = any ($1)', [[people.police.user, people.municipal.user, people.probation.user]]);
const WORDS = 'Sagen har ingen koordinator i Udvej. Ring til enheden.';
const asks = ({ number }: Numbered) => web.post('officialKl', '/spoergsmaal/proev-afslag', { number, account: 'De hørte ikke efter' });
const unattended = async (who: PersonName) => (await unitDuties(web.house.web, web.house.tokens[who]))?.unattended ?? 0;

describe('a review of a refusal whose circle has left', () => {
  it('waits for those who keep the unit’s inbox today as a case without a co-ordinator; who takes it over is asked for what the contact point is to have (FM-DEC-2, FM-WORK-7)', async () => {
    const one = await refusedCase(web.house);
    await leave();
    expect(await unattended('police2')).toBe(0);
    expect((await asks(one)).statusCode).toBe(303);
    expect([await unattended('police2'), await unattended('policeFyn'), await unattended('officialKl')]).toEqual([1, 0, 0]);
    expect((await web.get('police2', '/enhed')).body).toContain(one.number);
    expect((await web.get('police2', `/sager/${one.caseId}`)).statusCode).toBe(404);
    await web.house.does('police2', one.caseId, 'circle.takeOver', { reason: 'Afslaget skal prøves' });
    expect((await listTasks(web.house.web, web.house.tokens.police2)).filter((task) => task.case_id === one.caseId && task.mine).map((task) => task.command)).toContain('decision.supplementReview');
    expect(await unattended('police2')).toBe(0);
  });

  it('is told to the contact point, which can ring, on its pages and by program: that nobody is there, not who is gone; and no more when somebody has taken it over (FM-DEC-2, FM-CNF-2)', async () => {
    const one = await refusedCase(web.house);
    expect((await asks(one)).statusCode).toBe(303);
    const question = await questionOf(web.house, one.caseId);
    const told = async () => {
      const queue = (await web.get('officialDfk', '/spoergsmaal')).body.split('<tr').find((part) => part.includes(one.number)) ?? '';
      const page = (await web.get('officialDfk', `/spoergsmaal/${question}`)).body;
      for (const name of ['Navn police', 'Navn municipal', 'Navn probation']) expect(queue + page).not.toContain(name);
      return [queue.includes(WORDS), page.includes(WORDS), (await web.api('officialDfk', 'GET', `/api/v1/questions/${question}`)).json<{ attended: boolean }>().attended];
    };
    expect(await told()).toEqual([false, false, true]);
    await leave();
    expect(await told()).toEqual([true, true, false]);
    await web.house.does('police2', one.caseId, 'circle.takeOver', { reason: 'Afslaget skal prøves' });
    expect(await told()).toEqual([false, false, true]);
  });

  it('is told of nothing else by it: of a case without an open question, of one that shuts the official out, to nobody who is no official (FM-CNF-2, control 20)', async () => {
    const [open, closed] = [await refusedCase(web.house), await refusedCase(web.house)];
    expect((await asks(open)).statusCode).toBe(303);
    const says = async (who: PersonName, { caseId }: Numbered): Promise<boolean | null | undefined> => {
      const client = await web.house.web.connect();
      try {
        await client.query('begin');
        await client.query(`select set_config('app.session', $1, true), set_config('role', 'udvej_national', true)`, [web.house.tokens[who]]);
        return (await client.query<{ said: boolean | null }>('select sec.is_attended_for_desk($1) as said', [caseId])).rows[0]?.said;
      } finally {
        await client.query('rollback');
        client.release();
      }
    };
    expect([await says('officialKl', open), await says('officialKl', closed), await says('police', open), await says('admin', open)]).toEqual([true, null, null, null]);
    await web.house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [open.caseId, people.officialKl.user]);
    expect([await says('officialKl', open), await says('officialDfk', open)]).toEqual([null, true]);
  });
});
