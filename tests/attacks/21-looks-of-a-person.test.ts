import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHouse } from '../support/house.js';
import { people } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterAll(() => web.close());

describe('Control 21: what the auditor is shown of one person', () => {
  it('counts every kind of look that the rules of the log count, and lists them as such', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const looks = await web.house.db.superuser<{ action: string }>(`select a.action from (values ('case.opened'), ('case.exported'), ('address.read'), ('case.command'), ('log.read')) a (action) where audit.is_look(a.action)`);
    expect(looks.map((row) => row.action)).toEqual(['case.opened', 'case.exported', 'address.read']);
    for (const [action, of] of [['case.opened', one], ['case.exported', one], ['address.read', other], ['case.command', randomUUID()], ['case.denied', randomUUID()]]) {
      await web.house.db.superuser('insert into audit.event (actor, action, case_ref) values ($1, $2, $3)', [people.policeFyn.user, action, of]);
    }
    const page = (await web.get('auditor', `/adgang/person/${people.policeFyn.user}`)).body;
    expect(page).toContain('3 opslag i 2 forskellige sager, 1 afviste forsøg.');
    expect(page).toMatch(/data-label="Opslag"[^>]*>(<div>)?3</);
    const opened = (await web.get('auditor', `/adgang/person/${people.policeFyn.user}?vis=aabnet`)).body;
    const rows = opened.slice(opened.indexOf('id="raekker"'));
    expect(rows).toContain('Hentede sagen ud');
    expect(rows.split('data-label="Hvad"').length - 1).toBe(3);
  });
});
