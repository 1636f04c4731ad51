import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addDays, addMinutes, instantOf, knownDate } from '../../src/domain/kernel/time.js';
import { caseNotifications } from '../../src/store/notifications.js';
import { unitPage } from '../../src/store/people.js';
import { type NotifiedHouse, notifiedHouse } from '../support/notified-house.js';
import { people, type PersonName } from '../support/people.js';
import { audited } from '../support/wall-http.js';
import { caseOfFyn } from '../support/wall-house.js';
import { gaveNothing } from '../support/wall-sql.js';

let desk: NotifiedHouse;
beforeAll(async () => { desk = await notifiedHouse(); });
afterEach(() => desk.forgets());
afterAll(() => desk.close());

const FULL = ['police', 'municipal', 'probation'] as const;
const rowsOf = (who: PersonName, id: string) => caseNotifications(desk.house.web, desk.house.tokens[who], id);
const api = async (who: PersonName, id: string) => (await desk.web.api(who, 'GET', `/api/v1/cases/${id}/notifications`)).json<readonly { kind: string; sentAt: string; readAt: string | null; corrects: object | null }[]>();
/** What of the page's middle is said of notifications. */
const told = async (who: PersonName, id: string): Promise<string> => /<details[^>]*><summary>Sendt til kontaktpunktet[\s\S]*?<\/details>/.exec((await desk.web.get(who, `/sager/${id}/tidslinje`)).body)?.[0] ?? '';
const unreadOf = async (who: PersonName) => (await unitPage(desk.house.web, desk.house.tokens[who]))?.unread;

describe('what was sent to the contact point, to the unit (FM-NOT-1)', () => {
  it('stands in the case for its full members, with the day it was sent and the day it was read', async () => {
    const id = await desk.refused();
    desk.house.setClock(addMinutes(desk.house.clock(), 24 * 60));
    for (const who of FULL) {
      expect((await api(who, id)).map(({ kind, readAt }) => [kind, readAt])).toEqual([['refused', null], ['assessment-begun', null]]);
      expect(await told(who, id)).toMatch(/Sendt til kontaktpunktet \(2, ikke læst endnu\)[\s\S]*Der er givet afslag[\s\S]*2\. november 2026[\s\S]*Ikke læst endnu/);
    }
    const [begun = ''] = await desk.of(id);
    await desk.acknowledges('officialKl', [begun]);
    await desk.house.db.superuser(`update app.notification set acknowledged_at = '2026-11-04 09:00+01' where id = $1`, [begun]);
    expect((await api('probation', id)).map(({ readAt }) => readAt)).toEqual([null, '2026-11-04T08:00:00.000Z']);
    expect(await told('probation', id)).toMatch(/\(2, heraf 1 ikke læst endnu\)[\s\S]*Visitationen er begyndt[\s\S]*2\. november 2026[\s\S]*4\. november 2026/);
    desk.house.setClock(instantOf(knownDate('2026-11-02'), 10, 0));
  });

  it('is not told by whom it was read, by no page, no function and no column', async () => {
    const id = await desk.begun();
    await desk.acknowledges('officialKl', await desk.of(id));
    for (const who of FULL) {
      const said = `${await told(who, id)}${JSON.stringify(await api(who, id))}${JSON.stringify(await rowsOf(who, id))}`;
      for (const secret of ['officialKl', people.officialKl.user, 'Kommunernes Landsforening']) expect(said).not.toContain(secret);
      expect((await desk.smuggled.tries(desk.house.tokens[who], 'select acknowledged_by from app.notification')).refused).toBe('42501');
    }
  });

  it('is nothing to who is in the case for less: an owner of a measure, a screener, who took a question', async () => {
    const id = await desk.begun();
    const member = (who: PersonName, role: string) => desk.house.db.superuser('insert into app.case_member (case_id, user_id, role, subject) values ($1, $2, $3, gen_random_uuid()::text)', [id, people[who].user, role]);
    await member('jobcentre', 'owner');
    await member('screener2', 'screening');
    await member('officialDfk', 'question');
    for (const who of ['jobcentre', 'screener2', 'officialDfk'] as const) {
      expect([who, await rowsOf(who, id)]).toEqual([who, []]);
      expect(gaveNothing(await desk.smuggled.tries(desk.house.tokens[who], 'select case_id, version, kind, at, acknowledged_at, corrects from app.notification'))).toBe(true);
    }
    // The same row of the circle with a role in the whole case would read it.
    await desk.house.db.superuser(`update app.case_member set role = 'contact' where case_id = $1 and user_id = $2`, [id, people.jobcentre.user]);
    expect(await rowsOf('jobcentre', id)).toHaveLength(1);
  });

  it('is the common 404 to who is not in the case, and leaves one row with who asked', async () => {
    const id = await desk.begun();
    for (const who of ['odense', 'policeFyn', 'police2', 'officialKl', 'auditor', 'admin'] as const) {
      const { result, rows } = await audited(desk.web, () => desk.web.api(who, 'GET', `/api/v1/cases/${id}/notifications`));
      expect([who, result.statusCode, rows.map(({ action, case_ref, actor }) => [action, case_ref, actor])]).toEqual([who, 404, [['case.denied', id, people[who].user]]]);
      expect([who, await rowsOf(who, id)]).toEqual([who, []]);
    }
  });

  it('ends with the membership, and at once for whom the case shuts out', async () => {
    const id = await desk.begun();
    await desk.house.does('municipal', id, 'circle.exclude', { user: people.probation.user, reason: 'Fætter' });
    expect([(await rowsOf('municipal', id)).length, await rowsOf('probation', id)]).toEqual([1, []]);
    await desk.house.db.superuser(`update app.case_member set until = '2000-01-01' where case_id = $1 and user_id = $2`, [id, people.municipal.user]);
    expect(await rowsOf('municipal', id)).toEqual([]);
    await desk.house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [id, people.police.user]);
    expect(await rowsOf('police', id)).toEqual([]);
  });

  it('leaves an opening in an emergency to the circle’s own word (FM-CNF-10)', async () => {
    const id = await desk.begun();
    await desk.house.db.superuser(`insert into app.notification (kind, case_id, version, number, unit, at) select 'card-opened', id, version, number, unit, now() from app.exit_case where id = $1`, [id]);
    for (const who of FULL) expect((await rowsOf(who, id)).map(({ kind }) => kind)).toEqual(['assessment-begun']);
    expect(await unreadOf('police')).toMatchObject({ count: 1 });
  });

  it('of a correction says what does not hold any more (FM-WORK-2)', async () => {
    const id = await desk.refused();
    const wrong = { what: 'decision', reason: 'Registreret i den forkerte sag' };
    await desk.house.does('police', id, 'record.annul', wrong);
    await desk.house.does('municipal', id, 'record.annul', wrong);
    const [correction, refused] = await api('probation', id);
    expect([correction?.kind, correction?.corrects]).toEqual(['corrected', { kind: 'refused', sentAt: refused?.sentAt }]);
    expect(await told('probation', id)).toContain('Rettelse: “Der er givet afslag” fra 2. november 2026');
  });

  it('is left out as far as the reader may not know of the event that told it (FM-CNF-4)', async () => {
    const id = await desk.begun();
    // Told by an event that is not in the case as he reads it.
    await desk.sends(id, 1, desk.house.clock());
    expect([(await rowsOf('police', id)).length, (await api('police', id)).length]).toEqual([2, 1]);
  });
});

describe('what of it is unread, on the page of the unit (FM-NOT-1)', () => {
  it('counts the cases that the keeper is in, not his colleagues’ and not other units’', async () => {
    const before = await unreadOf('police');
    expect(before).toEqual({ count: 0, oldest: null });
    expect((await desk.web.get('police', '/enhed')).body).toContain('Kontaktpunktet har læst alt');
    const mine = await desk.begun();
    const fyn = await caseOfFyn(desk.house);
    const oldest = instantOf(addDays(knownDate('2026-11-02'), -8), 8, 0);
    await desk.sends(mine, 1, oldest);
    await desk.sends(fyn, 3, oldest);
    expect(await unreadOf('police')).toEqual({ count: 2, oldest: addMinutes(oldest, 0).replace('.000Z', '.001Z') });
    expect(await unreadOf('police2')).toEqual({ count: 0, oldest: null });
    expect(await unreadOf('policeFyn')).toMatchObject({ count: 3 });
    const { body } = await desk.web.get('police', '/enhed');
    expect(body).toMatch(/2 underretninger fra de sager, du er med i, er ikke læst af kontaktpunktet endnu\. Den ældste er fra 25\. oktober 2026/);
    expect(body).toMatch(/is-late[\s\S]{0,200}8 dage/);
    await desk.acknowledges('officialDfk', undefined, mine);
    expect(await unreadOf('police')).toEqual({ count: 0, oldest: null });
  });

  it('does not count for police what was corrected because an authority’s own accession was annulled: which measures there are is not for police (FM-CNF-4)', async () => {
    const id = await desk.begun();
    await desk.acknowledges('officialDfk', undefined, id);
    const before = await unreadOf('police');
    await desk.house.db.superuser(`insert into app.notification (kind, case_id, version, number, unit, at, of_an_authority) select 'corrected', id, 90, number, unit, now(), true from app.exit_case where id = $1`, [id]);
    expect(await unreadOf('police')).toEqual(before);
    await desk.house.db.superuser(`update app.notification set of_an_authority = false where case_id = $1 and version = 90`, [id]);
    expect(await unreadOf('police')).toMatchObject({ count: 1 });
  });

  it('is no page for who keeps no inbox, and leaves the one row it always left', async () => {
    for (const who of ['municipal', 'officialKl', 'auditor'] as const) expect([who, await unreadOf(who)]).toEqual([who, undefined]);
    const { rows } = await audited(desk.web, () => unreadOf('police'));
    expect(rows.map(({ action }) => action)).toEqual(['unit.listed']);
  });
});
