import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorityName } from '../../src/domain/reference/authorities.js';
import { takenCase, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { ask, audited, seen } from '../support/wall-http.js';
import { caseOfFyn, noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let id: string;
let others: string;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  id = await takenCase(web.house);
  others = await caseOfFyn(web.house);
  await web.post('probation', `/sager/${id}/habil`, {});
  for (const who of ['police', 'municipal', 'probation'] as const) for (const page of ['', '/journal', '/kreds']) await web.get(who, `/sager/${id}${page}`);
  await web.post('municipal', `/sager/${id}/navne`, {});
  await web.house.does('municipal', id, 'journal.add', { text: 'Ringede som aftalt', kind: 'personal' });
  // Another case, and somebody who tried: neither belongs in the extract.
  await web.get('policeFyn', `/sager/${others}`);
  await web.get('odense', `/sager/${id}`);
});
afterAll(() => web.close());

interface Line { readonly id: string; readonly at: string; readonly authority: string; readonly function: string; readonly name?: string; readonly what: string }
const extract = (who: PersonName, fields: Readonly<Record<string, string>>, of = id) => web.post(who, `/sager/${of}/udtraek`, fields);
const rowsOf = (reply: { readonly body: string }): readonly Line[] => (JSON.parse(reply.body) as { readonly rows: readonly Line[] }).rows;
const truth = () => web.house.db.superuser<{ id: string; at: string; actor: string }>(
  `select e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, e.actor from audit.event e where e.case_ref = $1 and e.action not like '%.denied' order by e.at, e.id`, [id]);

describe('Control 24: the extract of who looked into a case', () => {
  it('holds every look that the log has, no more and no fewer, each with authority, function and moment', async () => {
    const reply = await extract('police', { som: 'json' });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-disposition']).toMatch(/^attachment; filename="UV-[\w-]+-1\.json"$/);
    const rows = rowsOf(reply);
    const ground = await truth();
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.map((row) => [row.id, row.at])).toEqual(ground.map((row) => [row.id, row.at]));
    const authorityOf = new Map(Object.values(people).map((one) => [one.user as string, one.authority]));
    expect(rows.map((row) => row.authority)).toEqual(ground.map((row) => authorityName(authorityOf.get(row.actor) ?? '')));
    expect(rows.every((row) => row.function !== '' && row.what !== '')).toBe(true);
    // The last row is the extract itself.
    expect(rows.at(-1)?.what).toBe('Lavede et udtræk af sagens log');
  });

  it('withholds the names of staff, on the page and in the file', async () => {
    for (const som of ['side', 'json']) {
      const { body } = await extract('police', { som });
      const within = som === 'side' ? body.slice(body.indexOf('<table')) : body;
      expect(within).not.toContain('Navn municipal');
      expect(within).not.toContain('Navn probation');
    }
  });

  it('shows them only when they are asked for with a reason; without one the form comes back as it was sent, and nothing is made', async () => {
    const { result, rows } = await audited(web, () => extract('police', { navne: 'true' }));
    expect(result.statusCode).toBe(422);
    expect(result.body).toContain('Vælg, hvorfor medarbejdernes navne skal med');
    expect(result.body).toMatch(/name="navne"[^>]* checked/);
    expect(rows.map((row) => row.action)).not.toContain('log.extracted');
    expect((await extract('police', { navne: 'true', grund: 'fordi' })).statusCode).toBe(422);
    const named = await audited(web, () => extract('police', { navne: 'true', grund: 'court', som: 'json' }));
    expect(rowsOf(named.result).some((row) => row.name === 'Navn probation')).toBe(true);
    expect(rowsOf(named.result).some((row) => row.name === 'Navn municipal')).toBe(false);
    expect(named.rows).toEqual([{ actor: people.police.user, action: 'log.extracted', case_ref: id, purpose: 'with names court' }]);
  });

  it('tells a person who is in the case for one measure from his municipality’s others neither by place nor by name (FM-CNF-4)', async () => {
    await web.house.db.superuser(`insert into audit.event (actor, action, case_ref, purpose) values ($1, 'case.opened', $2, 'tiltag')`, [people.treatment.user, id]);
    const rows = rowsOf(await extract('police', { navne: 'true', grund: 'court', som: 'json' }));
    const { id: _id, at: _at, ...owner } = rows.findLast((row) => row.what === 'Åbnede sagen: Tiltag') ?? { id: '', at: '' };
    expect(owner).toEqual({ what: 'Åbnede sagen: Tiltag', authority: authorityName('municipality:0183'), function: 'Medarbejder i kommunen' });
    await web.house.db.superuser('delete from audit.event where actor = $1 and case_ref = $2', [people.treatment.user, id]);
  });

  it('goes to who has just proved who he is, with or without names; what was chosen outlives the login (control 18)', async () => {
    await web.house.db.superuser(`update sec.session set auth_time = now() - interval '6 minutes' where user_id = $1`, [people.police.user]);
    try {
      for (const fields of [{ som: 'json' }, { navne: 'true', grund: 'court' }] as readonly Readonly<Record<string, string>>[]) {
        const { result, rows } = await audited(web, () => extract('police', fields));
        expect(result.statusCode).toBe(401);
        expect(rows).toEqual([{ actor: people.police.user, action: 'step-up.denied', case_ref: id, purpose: 'extract' }]);
        for (const [name, value] of Object.entries(fields)) expect(result.body).toContain(`<input type="hidden" name="${name}" value="${value}"`);
      }
    } finally {
      await web.house.db.superuser('update sec.session set auth_time = now()');
    }
  });

  it('leaves one row in the log, and says there whether names were in it', async () => {
    const { rows } = await audited(web, () => extract('police', {}));
    expect(rows).toEqual([{ actor: people.police.user, action: 'log.extracted', case_ref: id, purpose: 'without names' }]);
  });

  it.each(['municipal', 'probation', 'police2', 'policeFyn', 'officialKl', 'auditor', 'admin'] as const)('is not made by %s, who gets the answer of a case that is not there, with its row', async (who) => {
    const nowhere = '4b7d0f5e-2f0b-4a53-9d0f-6d4c2a1e8f77';
    const { result, rows } = await audited(web, () => extract(who, { som: 'json' }));
    expect(seen(result)).toEqual(seen(await extract(who, { som: 'json' }, nowhere)));
    expect(result.statusCode).toBe(404);
    expect(rows).toEqual([{ actor: people[who].user, action: 'case.denied', case_ref: id, purpose: 'extract' }]);
  });
});

describe('The week’s openings of a case (FM-CNF-5)', () => {
  const monday = async (): Promise<string> => (await web.house.db.superuser<{ week: string }>('select audit.week_of(now())::text as week'))[0]?.week ?? '';

  it('are asked about once, of the co-ordinator alone, who answers by a word or points some out to the auditor', async () => {
    const week = await monday();
    expect((await web.get('police', `/sager/${id}/kreds`)).body).not.toContain('Var ugens opslag ventet?');
    await web.house.db.superuser('select audit.draw_week($1)', [week]);
    expect((await web.get('police', '/')).body).toContain('Sig, om ugens opslag i sagen var ventet');
    expect((await web.get('municipal', '/')).body).not.toContain('Sig, om ugens opslag');
    const asked = (await web.get('police', `/sager/${id}/kreds`)).body;
    const values = [...asked.matchAll(/name="uventet" value="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(values.map((value) => value.split('|')[0]).sort()).toEqual([people.probation.user, 'municipality:0183'].sort());
    expect((await web.get('municipal', `/sager/${id}/kreds`)).body).not.toContain('Var ugens opslag ventet?');
    const pointed = values.find((value) => value.startsWith(people.probation.user)) ?? '';
    const { result, rows } = await audited(web, () => web.post('police', `/sager/${id}/ugens-opslag`, { uge: week, uventet: pointed }));
    expect(result.statusCode).toBe(303);
    expect(rows).toEqual([{ actor: people.police.user, action: 'log.answered', case_ref: id, purpose: 'unexpected' }]);
    const [item] = await web.house.db.superuser<{ person: string; n: number }>(`select person, cardinality(events) as n from audit.review where kind = 'unexpected'`);
    expect(item).toEqual({ person: people.probation.user, n: 3 });
    expect((await web.get('police', `/sager/${id}/kreds`)).body).not.toContain('Var ugens opslag ventet?');
    expect((await web.get('police', '/')).body).not.toContain('Sig, om ugens opslag');
  });

  it('are not answered for by anybody else, and nobody is pointed out who did not look', async () => {
    const week = await monday();
    const before = await web.house.db.superuser('select id from audit.review order by id');
    for (const who of ['municipal', 'odense', 'auditor', 'admin'] as const) {
      const { result, rows } = await audited(web, () => ask(web, who, { method: 'POST', url: `/sager/${id}/ugens-opslag`, body: { uge: week, uventet: `${people.police.user}|${week}` } }));
      expect(result.statusCode).toBe(404);
      expect(rows).toEqual([{ actor: people[who].user, action: 'case.denied', case_ref: id, purpose: 'week' }]);
    }
    for (const uventet of [`${people.odense.user}|${week}`, `${people.police.user}|${week}`, `${people.municipal.user}|2020-01-01`, 'x', '']) {
      expect((await web.post('police', `/sager/${id}/ugens-opslag`, { uge: week, uventet })).statusCode).toBe(303);
    }
    expect(await web.house.db.superuser('select id from audit.review order by id')).toEqual(before);
  });
});
