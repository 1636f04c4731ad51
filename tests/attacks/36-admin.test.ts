import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseCommands } from '../../src/domain/exit-case/case.js';
import type { Asked } from '../support/wall-http.js';
import { told, toldToOutsiders } from '../support/wall-told.js';
import { outside, type Outsider } from '../support/wall-walk.js';
import type { TestWeb } from '../support/web.js';

let web: TestWeb;
let outsiders: readonly Outsider[];
beforeAll(async () => { ({ web, outsiders } = await outside()); });
afterAll(() => web.close());

describe('Control 36: who runs the system', () => {
  it('gets of every case there is, by every request, the bytes of an unknown id (control 2)', async () => {
    const cases = [...new Set(outsiders.map(({ id }) => id))].map((id): Outsider => ({ what: 'a case', who: 'admin', id }));
    expect(cases.length).toBeGreaterThanOrEqual(8);
    const { differences, compared } = await toldToOutsiders(web, cases);
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(300);
  }, 60_000);

  it('does nothing in one by any command', async () => {
    const every = (id: string): readonly Asked[] => caseCommands.map(({ name }): Asked => ({ method: 'POST', url: `/api/v1/cases/${id}/commands/${name}`, body: { text: 'x', reason: 'x' } }));
    expect(await told(web, 'admin', every, outsiders[0]?.id ?? '')).toEqual([]);
  });

  it('has no case on any list', async () => {
    expect((await web.api('admin', 'GET', '/api/v1/cases')).json()).toEqual([]);
  });
});
