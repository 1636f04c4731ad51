import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, knownDate } from '../../src/domain/kernel/time.js';
import { nationalCells } from '../../src/store/figures.js';
import { retentionCounts } from '../../src/store/retention.js';
import { SAID_COOKIE } from '../../src/web/said-next.js';
import { saidOf } from '../../src/web/pages/said.js';
import { type RetentionWorld, retentionWorld } from '../support/retention-world.js';
import { inboxCase, registration } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { ask, seen } from '../support/wall-http.js';

/** A year after the inquiry was closed. */
const OVER = knownDate('2027-11-02');
const BEFORE = addDays(OVER, -1);

let world: RetentionWorld;
beforeAll(async () => { world = await retentionWorld(); });
afterAll(() => world.close());

const figures = async (): Promise<string> => {
  await world.house.db.superuser('delete from stat.drawing');
  const cells = await nationalCells(world.house.web, world.house.tokens.officialKl, { from: knownDate('2026-01-01'), asOf: knownDate('2026-11-02'), drawnAt: world.house.clock() });
  const { body } = await world.web.get('officialKl', '/tal');
  return JSON.stringify([...cells].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))) + body.slice(body.indexOf('<main'), body.indexOf('</main'));
};
const openings = (id: string) => Promise.all([
  `/sager/${id}`, `/sager/${id}/journal`, `/sager/${id}/dokumenter`, `/spoergsmaal/${id}`, `/indbakke/${id}`, `/api/v1/cases/${id}`,
].flatMap((url) => (['police', 'municipal', 'probation', 'officialKl', 'admin'] as const satisfies readonly PersonName[]).map(async (who) => ({
  asked: seen(await ask(world.web, who, { method: 'GET', url })), never: seen(await ask(world.web, who, { method: 'GET', url: url.replace(id, randomUUID()) })),
}))));
const shredded = async (id: string) => (await world.house.db.superuser<{ gone: boolean }>('select shredded_at is not null as gone from app.exit_case where id = $1', [id]))[0]?.gone;

describe('Control 26: a case whose period is over', () => {
  it('is there in full the day before, and nobody is asked', async () => {
    const id = await world.closedCase();
    await world.setDay(BEFORE);
    const before = await world.rowsOf(id);
    expect(await world.turn()).toEqual({ asked: 0, shredded: 0 });
    expect(await world.rowsOf(id)).toEqual(before);
    for (const table of ['app.case_event', 'app.case_body', 'app.scope', 'app.case_member', 'app.scope_member', 'app.unit_inbox', 'app.receipt', 'app.retention', 'match.person', 'stat.link']) {
      expect(before[table], table).toBeGreaterThan(0);
    }
    expect(await world.asked('police')).toEqual([]);
  });

  it('is deleted when two authorities of its last unit have said yes: no row of it is left, it is not there for anybody, and no figure moves (FM-WORK-4, FM-STA-3)', async () => {
    const id = await world.closedCase();
    const [named] = await world.house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [id]);
    const number = named?.number ?? '';
    await world.house.does('municipal', id, 'retention.archive');
    await world.house.order('police', 'journal.add', { text: 'For sent', kind: 'personal' }, { caseId: id, key: randomUUID() });
    const drawn = await figures();
    await world.setDay(OVER);
    await world.turn();
    expect(await world.asked('police')).toContain(`${number} · henvendelsen blev lukket · slut 2. november 2026 · arkiv bekræftet af Kommunen`);
    for (const who of ['odense', 'policeFyn', 'officialKl', 'auditor', 'admin', 'jobcentre'] as const) expect(await world.asked(who), who).toEqual([]);
    expect(await world.answers('police', id)).toBe('counted');
    await world.turn();
    expect(await shredded(id)).toBe(false);
    // A second person of the same authority counts for nothing.
    expect(await world.answers('police2', id)).toBe('same-authority');
    await world.turn();
    expect(await shredded(id)).toBe(false);
    expect(await world.answers('municipal', id)).toBe('given');
    expect((await world.turn()).shredded).toBe(1);

    expect(await shredded(id)).toBe(true);
    const left = await world.rowsOf(id);
    // What is left is the answer of the two, which names no more than they read.
    expect(left).toEqual({ 'app.approval': 1 });
    for (const { asked, never } of await openings(id)) expect(asked).toEqual(never);
    for (const who of ['police', 'municipal'] as const) {
      const found = await ask(world.web, who, { method: 'POST', url: '/soeg', body: { q: 'Emil Sandbjerg' } });
      expect(found.body).not.toContain(number);
      expect((await world.web.get(who, '/sager?vis=afsluttede')).body).not.toContain(number);
      expect((await world.web.get(who, '/')).body).not.toContain(number);
    }
    expect(await figures()).toBe(drawn);
    expect((await world.turn()).shredded).toBe(0);
  });

  it('leaves a receipt: what was deleted, when, and by whose yes; nobody it was about', async () => {
    const rows = await world.house.db.superuser<{ number: string; outcome: string; ended: string; voters: string[] }>(`
      select o.number, o.outcome, o.ended_on::text as ended, array(select v.voter from app.approval_vote v where v.approval_id = o.approval_id order by v.at) as voters
      from sec.shred_order o where o.done_at is not null`);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ outcome: 'closed-inquiry', ended: '2026-11-02', voters: [people.police.user, people.municipal.user] });
    const log = await world.house.db.superuser<{ action: string }>(`select action from audit.event where action in ('shredding.proposed', 'case.shredded') and case_ref in (select case_id from sec.shred_order) order by at`);
    expect(log.map((row) => row.action)).toEqual(['shredding.proposed', 'case.shredded']);
  });

  it('is kept while a legal hold lasts, also when the hold comes after the two have said yes (FM-WORK-4)', async () => {
    const id = await world.closedCase();
    await world.setDay(knownDate('2026-11-02'));
    await world.house.does('police', id, 'retention.hold', { reason: 'Der er en retssag', until: '2028-03-01' });
    await world.setDay(knownDate('2028-03-01'));
    await world.turn();
    expect(await world.answers('police', id)).toBeUndefined();
    await world.setDay(knownDate('2028-03-02'));
    await world.turn();
    expect(await world.answers('police', id)).toBe('counted');
    expect(await world.answers('probation', id)).toBe('given');
    await world.setDay(knownDate('2026-11-02'));
    await world.house.does('police', id, 'retention.release', { reason: 'Dommen er faldet' });
    await world.house.does('police', id, 'retention.hold', { reason: 'Den er anket', until: '2029-01-01' });
    await world.setDay(knownDate('2028-03-02'));
    await world.turn();
    expect(await shredded(id)).toBe(false);
    await world.setDay(knownDate('2029-01-02'));
    expect((await world.turn()).shredded).toBe(1);
  });

  it('is asked about in words that name the act, say where to look, and when it will happen', async () => {
    const id = await world.closedCase();
    await world.setDay(OVER);
    await world.turn();
    const [asked] = await world.house.db.superuser<{ id: string }>(`select id from app.approval where subject = $1`, [id]);
    const address = `/godkendelser/${asked?.id ?? ''}`;
    const { body } = await world.web.get('municipal', address);
    expect(body).toContain('Ja, slet sagen');
    expect(body.indexOf('Nej, behold sagen')).toBeLessThan(body.indexOf('Ja, slet sagen'));
    expect(body).not.toContain('nøgler');
    expect(body).toContain('Spørg enheden i den kreds');
    await world.web.post('police', address, { answer: 'yes', slags: 'shredding' });
    const last = await world.web.post('municipal', address, { answer: 'yes', slags: 'shredding' });
    expect(saidOf(last.cookies.find(({ name }) => name === SAID_COOKIE)?.value ?? '')).toContain('Sagen bliver slettet i løbet af få minutter');
    expect((await world.turn()).shredded).toBe(1);
  });

  it('is not asked about again for half a year after a no', async () => {
    const id = await world.closedCase();
    await world.setDay(OVER);
    await world.turn();
    expect(await world.answers('municipal', id, false)).toBe('refused');
    const questions = async () => (await world.house.db.superuser(`select 1 from app.approval where subject = $1`, [id])).length;
    await world.turn();
    expect(await questions()).toBe(1);
    await world.house.db.superuser(`update app.approval set decided_at = now() - interval '181 days' where subject = $1`, [id]);
    await world.turn();
    expect(await questions()).toBe(2);
    expect(await shredded(id)).toBe(false);
  });

  it('is asked about with few others of its unit at a time, and counted without a name', async () => {
    for (let n = 0; n < 4; n += 1) await world.closedCase(false);
    await world.setDay(OVER);
    await world.turn();
    await world.turn();
    const open = await world.house.db.superuser(`select 1 from app.approval where kind = 'shredding' and decided_at is null`);
    expect(open).toHaveLength(3);
    const [counted] = await retentionCounts(world.pools.cases);
    expect(counted).toMatchObject({ outcome: 'closed-inquiry', deleted: 3 });
    expect(counted?.due).toBeGreaterThanOrEqual(4);
    expect(Object.keys(counted ?? {}).sort()).toEqual(['deleted', 'due', 'held', 'kept', 'outcome']);
  });

  it('of the prisons, whose unit is one authority, takes the contact point’s yes beside its own', async () => {
    await world.setDay(knownDate('2026-11-02'));
    const id = await inboxCase(world.house, { ...registration, place: 'custody', channel: 'custody' });
    await world.house.does('custody', id, 'inquiry.take', { custody: people.custody.user });
    await world.house.does('custody', id, 'inquiry.close', { reason: 'withdrawn', note: 'Vil ikke mere' });
    await world.setDay(OVER);
    await world.turn();
    for (const who of ['police', 'municipal', 'probation', 'auditor', 'admin'] as const) expect(await world.answers(who, id), who).toBeUndefined();
    expect(await world.answers('custody', id)).toBe('counted');
    // The directorate's own official is of the same authority as the prisons' unit.
    expect(await world.answers('officialDfk', id)).toBe('same-authority');
    expect(await world.answers('officialKl', id)).toBe('given');
    expect((await world.turn()).shredded).toBe(1);
  });
});
