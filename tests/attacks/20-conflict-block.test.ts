import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takenCase } from '../support/house.js';
import { people } from '../support/people.js';
import { ask, audited, seen } from '../support/wall-http.js';
import { toldToOutsiders } from '../support/wall-told.js';
import { outside, type Outsider } from '../support/wall-walk.js';
import type { TestWeb } from '../support/web.js';

let web: TestWeb;
let outsiders: readonly Outsider[];
beforeAll(async () => { ({ web, outsiders } = await outside()); });
afterAll(() => web.close());

describe('Control 20: somebody who was shut out for a conflict of interest', () => {
  it('gets by every request, a member before it or not, the bytes of an unknown id (control 2)', async () => {
    const shutOut = outsiders.filter(({ what }) => what.includes('shut out'));
    expect(shutOut.length).toBe(4);
    const { differences, compared } = await toldToOutsiders(web, shutOut);
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(150);
  }, 60_000);

  it('is not told to who proposes him: a barred person and an unknown one are answered alike, and stand in no list', async () => {
    const id = await takenCase(web.house);
    await web.house.does('municipal', id, 'circle.exclude', { user: people.police2.user, reason: 'Fætter' });
    const add = (user: string) => ask(web, 'probation', { method: 'POST', url: `/api/v1/cases/${id}/commands/circle.add`, body: { user, role: 'contact', reason: 'Kender ham' } });
    expect(seen(await add(people.police2.user))).toEqual(seen(await add('00000000-0000-4000-8000-00000000ffff')));
    await web.post('probation', `/sager/${id}/habil`, {});
    const form = await web.get('probation', `/sager/${id}/goer/circle.add`);
    expect(form.body).toContain('Navn policeFyn');
    expect(form.body).not.toContain('Navn police2');
  });

  it('gets no answer again to an order of his own from before, and a row in the log says that he tried', async () => {
    const id = await takenCase(web.house);
    const body = { text: 'Ringede', kind: 'personal' };
    const sends = (of: string) => ask(web, 'probation', { method: 'POST', url: `/api/v1/cases/${of}/commands/journal.add`, body, headers: { 'idempotency-key': 'before' } });
    expect((await sends(id)).statusCode).toBe(200);
    await web.house.does('police', id, 'circle.exclude', { user: people.probation.user, reason: 'Fætter' });
    const { result, rows } = await audited(web, () => sends(id));
    expect(seen(result)).toEqual(seen(await sends('00000000-0000-4000-8000-00000000ffff')));
    expect(rows).toEqual([{ actor: people.probation.user, action: 'case.denied', case_ref: id, purpose: 'journal.add' }]);
  });

  it('gets the answer that he lost of the order he left by, within ten minutes and with a row in the log; not later, and not after somebody else’s act', async () => {
    const id = await takenCase(web.house);
    const sends = () => ask(web, 'probation', { method: 'POST', url: `/api/v1/cases/${id}/commands/circle.declareConflict`, body: { reason: 'Fætter' }, headers: { 'idempotency-key': 'leaves' } });
    expect((await sends()).statusCode).toBe(200);
    const { result, rows } = await audited(web, sends);
    expect(result.statusCode).toBe(200);
    expect(rows).toEqual([{ actor: people.probation.user, action: 'case.command', case_ref: id, purpose: 'circle.declareConflict' }]);
    await web.house.db.superuser(`update app.command set at = at - interval '11 minutes' where key = 'leaves'`);
    expect((await sends()).statusCode).toBe(404);
    await web.house.db.superuser(`update app.command set at = now() where key = 'leaves'`);
    expect((await sends()).statusCode).toBe(200);
    await web.house.does('police', id, 'journal.add', { text: 'Noteret', kind: 'personal' });
    expect((await sends()).statusCode).toBe(404);
  });
});
