import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copenhagenDate, formatDate, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { rebuildCase, rebuildable } from '../../src/store/rebuild.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { testHouse } from '../support/house.js';
import { clearOverview, goTo, listed } from '../support/overview-world.js';
import { refusedCase } from '../support/refused-cases.js';
import { noLimits } from '../support/wall-house.js';
import { textOf } from '../support/wall-http.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let operator: Pool;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  operator = createPool(web.house.db.url('udvej_operator'), { max: 2, name: 'test operator' });
});
afterAll(async () => {
  await operator.end();
  await web.close();
});

describe('the age of a refused case that a review opened again (FM-DEC-2, FM-NCP-1)', () => {
  it('is counted from the day the review was asked for, in the overview, by program, in the head and in the lists; a rebuild gives the same', async () => {
    await clearOverview(web.house);
    const one = await refusedCase(web.house);
    const refused = copenhagenDate(web.house.clock());
    const asked: PlainDate = knownDate('2026-11-23');
    expect(refused < asked).toBe(true);
    await goTo(web.house, asked);
    await web.house.does('municipal', one.caseId, 'decision.requestReview', { entries: [{ text: 'Afslaget' }] });
    await goTo(web.house, knownDate('2026-11-25'));
    const days = async () => (await listed(web)).cases.filter(({ number }) => number === one.number).map(({ daysInPhase }) => daysInPhase);
    expect(await days()).toEqual([2]);
    expect((await web.api('municipal', 'GET', `/api/v1/cases/${one.caseId}`)).json()).toMatchObject({ phase: 'assessment', since: asked });
    expect(textOf((await web.get('municipal', `/sager/${one.caseId}`)).body)).toContain('Visitation siden 23. november (2 dage)');
    expect(textOf((await web.get('municipal', `/sager/${one.caseId}`)).body)).not.toContain(`siden ${formatDate(refused).slice(0, -5)}`);
    const since = () => web.house.db.superuser<{ since: string }>('select since::text from app.overview where case_id = $1 union all select since::text from app.exit_case where id = $1', [one.caseId]);
    expect(await since()).toEqual([{ since: asked }, { since: asked }]);
    const [approver] = await web.house.db.superuser<{ subject: string }>(`select subject from app.staff where functions @> array['auditor'] limit 1`);
    expect(await rebuildable(operator, approver?.subject ?? '')).toContain(one.caseId);
    await web.house.db.superuser(`update app.overview set since = '2011-01-01' where case_id = $1`, [one.caseId]);
    await rebuildCase(operator, web.house.vault, one.caseId, approver?.subject ?? '');
    expect(await since()).toEqual([{ since: asked }, { since: asked }]);
  });
});
