import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takenCase } from '../support/house.js';
import { people } from '../support/people.js';
import { ask, audited, seen } from '../support/wall-http.js';
import { prompt } from '../support/wall-sql.js';
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

  it('learns by an order’s key of no other case, whether it is there or not: the key is of its case', async () => {
    const id = await takenCase(web.house);
    const keyed = async (key: string, order: Promise<unknown>): Promise<Buffer | undefined> => {
      await order;
      return (await web.house.db.superuser<{ hash: Buffer }>('select request_hash as hash from app.command where key = $1', [key]))[0]?.hash;
    };
    const hash = await keyed('fresh', web.house.order('policeFyn', 'inquiry.register', { municipality: '0461', said: 'a', name: 'b', safeContact: 'c', channel: 'phone' }, { key: 'fresh' }));
    const at = await prompt(web.house.db, 'udvej_web');
    try {
      for (const of of [id, '00000000-0000-4000-8000-00000000ffff']) {
        const { result, rows } = await audited(web, () => at.tries(web.house.tokens.policeFyn, `select answer, payload from sec.begin_command($1, 'journal.add', 0, 'fresh', $2)`, { values: [of, hash] }));
        expect([result.rows, rows]).toEqual([[{ answer: null, payload: null }], [{ actor: people.policeFyn.user, action: 'case.denied', case_ref: of, purpose: 'journal.add' }]]);
      }
      // To who is admitted to the other, too, it is a key that was used, and nothing of what it answered there.
      const other = await takenCase(web.house);
      const note = await keyed('note', web.house.order('police', 'journal.add', { text: 'Ringede', kind: 'personal' }, { caseId: id, key: 'note' }));
      expect((await at.tries(web.house.tokens.police, `select (answer::json -> 'done') ->> 1 as result from sec.begin_command($1, 'journal.add', 0, 'note', $2)`, { values: [other, note] })).rows).toEqual([{ result: null }]);
      expect((await web.house.order('police', 'journal.add', { text: 'Ringede', kind: 'personal' }, { caseId: other, key: 'note' })).kind).toBe('key-reused');
    } finally {
      await at.close();
    }
  });

  it('is told by the key of an order in a case, where he registers under it, that there was one, and nothing of what it answered', async () => {
    const id = await takenCase(web.house);
    expect((await web.house.order('municipal', 'journal.add', { text: 'Ringede', kind: 'personal' }, { caseId: id, key: 'in-a-case' })).kind).toBe('done');
    expect((await web.house.db.superuser(`select 1 from app.command where key = 'in-a-case' and result is not null`)).length).toBe(1);
    const at = await prompt(web.house.db, 'udvej_web');
    try {
      const { rows } = await at.tries(web.house.tokens.municipal, `select id, (done::json -> 'done') ->> 1 as result, (done::json -> 'done') ->> 0 <> '' as known from sec.begin_case('in-a-case')`);
      expect(rows).toEqual([{ id: null, result: null, known: true }]);
    } finally {
      await at.close();
    }
  });

  it('is answered again about what he registered as long as he may register, each time with a row in the log', async () => {
    const registers = () => web.house.order('treatment', 'inquiry.register', { municipality: '0183', said: 'Vil ud', channel: 'phone' }, { key: 'registered' });
    const first = await registers();
    const { result, rows } = await audited(web, registers);
    expect([result, rows]).toEqual([first, [{ actor: people.treatment.user, action: 'inquiry.answered', case_ref: null, purpose: null }]]);
    await web.house.db.superuser(`update sec.session set functions = '{auditor}' where user_id = $1`, [people.treatment.user]);
    const denied = await audited(web, registers);
    expect([denied.result.kind, denied.rows.map((row) => row.action)]).toEqual(['absent', ['inquiry.denied']]);
  });
});
