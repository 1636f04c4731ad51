import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listApprovals, vote } from '../../src/store/approvals.js';
import { namesBehindMatch } from '../../src/store/identities.js';
import { settleHit } from '../../src/store/matching/hits.js';
import { seats } from '../support/house.js';
import { cprOf, grown, listHits, type MatchingDesk, matchingDesk } from '../support/matching-desk.js';
import { people, type PersonName } from '../support/people.js';

let desk: MatchingDesk;
beforeAll(async () => { desk = await matchingDesk(); });
afterAll(() => desk.close());

describe('Control 14: an inquiry with a CPR number tells nobody whether the person has a case (FM-INT-3)', () => {
  it('is answered with the same bytes, by the same statements and rows, for a number that has a case and one that has none', async () => {
    await desk.register('odense', cprOf(1));
    await desk.register('odense', cprOf(2));
    await desk.register('municipal', cprOf(4));
    await desk.compare();
    const arms: { readonly shape: string; readonly rows: object; readonly said: object; readonly statements: number }[] = [];
    for (const cpr of [cprOf(1), cprOf(3)]) {
      const before = await desk.rowCounts();
      const logged = await desk.web.house.db.superuser<{ n: string }>('select count(*) as n from audit.event');
      const statements = desk.statementsSoFar();
      const reply = await desk.register('municipal', cpr);
      const events = await desk.web.house.db.superuser<{ action: string }>('select action from audit.event order by at offset $1', [Number(logged[0]?.n)]);
      arms.push({
        shape: JSON.stringify([reply.statusCode, Object.keys(reply.headers).sort(), reply.body.replace(/UV-\w{4}-\w{3}/, 'UV').replace(/"receivedAt":"[^"]+"/, '')]),
        rows: grown(before, await desk.rowCounts()), said: events.map(({ action }) => action), statements: desk.statementsSoFar() - statements,
      });
    }
    expect(arms[0]).toEqual(arms[1]);
    expect(arms[0]?.rows).toMatchObject({ 'match.inquiry': 1 });
  });

  it('gives the contact point a task, and nobody else a word', async () => {
    const first = desk.numberOf(await desk.register('odense', cprOf(11)));
    const tasks = () => desk.web.house.db.superuser('select reader, case_id, key from app.task union all select user_id, case_id, kind from app.notification n, lateral (select null::uuid) as u (user_id) order by case_id, key');
    const second = desk.numberOf(await desk.register('municipal', cprOf(11)));
    const before = await tasks();
    await desk.compare();
    expect(await desk.hits('officialKl')).toContainEqual([first, second].sort());
    expect(await tasks()).toEqual(before);
    for (const who of ['police', 'municipal', 'odense', 'policeFyn', 'custody', 'auditor', 'admin'] as const) expect(await desk.hits(who), who).toEqual([]);
    for (const who of ['police', 'municipal', 'admin'] as const) expect((await desk.web.get(who, '/')).body).not.toContain('samme person');
    expect((await desk.web.get('officialKl', '/')).body).toContain('samme person');
  });

  it('stays on the front page of each of the contact point until it is settled, and past its due day as late (FM-INT-3)', async () => {
    const numbers = [desk.numberOf(await desk.register('odense', cprOf(12))), desk.numberOf(await desk.register('municipal', cprOf(12)))];
    await desk.compare();
    await desk.web.house.db.superuser(`update match.hit set due = '2026-10-30' where cases @> (select array_agg(id) from app.exit_case where number = any ($1))`, [numbers]);
    const now = async (who: PersonName) => /<section class="work work--now"[\s\S]*?<\/section>/.exec((await desk.web.get(who, '/')).body)?.[0] ?? '';
    const line = (page: string) => page.split('<li').find((one) => numbers.every((number) => one.includes(number))) ?? '';
    for (const who of ['officialKl', 'officialDfk', 'officialPolice'] as const) expect([line(await now(who)).includes('Se, om to sager er om samme person'), /for sent/.test(line(await now(who)))], who).toEqual([true, true]);
    for (const who of ['police', 'municipal', 'odense', 'admin'] as const) expect(line(await now(who)), who).toBe('');
  });

  it('finds a number that was written another way, or came later or was corrected, and does not find the wrong one any more', async () => {
    const first = desk.numberOf(await desk.register('odense', cprOf(21)));
    const second = desk.numberOf(await desk.register('municipal', undefined));
    const id = (await desk.web.house.db.superuser<{ id: string }>('select id from app.exit_case where number = $1', [second]))[0]?.id ?? '';
    await desk.web.house.does('police', id, 'inquiry.take', seats);
    await desk.web.house.does('municipal', id, 'person.update', { cpr: cprOf(22) });
    await desk.compare();
    expect(await desk.hits('officialKl')).not.toContainEqual([first, second].sort());
    await desk.web.house.does('municipal', id, 'person.correct', { cpr: cprOf(21).replace(/^(.{6})/, '$1-') });
    await desk.compare();
    expect(await desk.hits('officialKl')).toContainEqual([first, second].sort());
    const third = desk.numberOf(await desk.register('odense', cprOf(22)));
    await desk.compare();
    expect(await desk.hits('officialKl')).not.toContainEqual([third, second].sort());
  });

  it('is settled by the contact point alone, once, and the log of a case says nothing of it', async () => {
    await desk.register('odense', cprOf(31));
    const number = desk.numberOf(await desk.register('municipal', cprOf(31)));
    const id = (await desk.web.house.db.superuser<{ id: string }>('select id from app.exit_case where number = $1', [number]))[0]?.id ?? '';
    await desk.web.house.does('police', id, 'inquiry.take', seats);
    await desk.compare();
    const hit = (await listHits(desk.web.house.web, desk.web.house.tokens.officialKl)).find(({ numbers }) => numbers.includes(number))?.id ?? '';
    const settle = (who: PersonName) => settleHit(desk.web.house.web, desk.web.house.tokens[who], hit, 'same', 'units');
    for (const who of ['police', 'auditor', 'admin'] as const) expect(await settle(who), who).toBeUndefined();
    expect(await settle('officialDfk')).toBe('settled');
    expect(await settle('officialKl')).toBeUndefined();
    const said = await desk.web.house.db.superuser<{ action: string; case_ref: string | null }>(`select action, case_ref from audit.event where purpose = $1`, [hit]);
    expect(said.map(({ action }) => action)).toEqual(['match.denied', 'match.denied', 'match.denied', 'match.settled', 'match.denied']);
    expect(said.every(({ case_ref: about }) => about === null)).toBe(true);
  });

  it('is settled neither by one press, nor by names that were allowed and not seen (FM-INT-3)', async () => {
    await desk.register('odense', cprOf(33));
    const number = desk.numberOf(await desk.register('municipal', cprOf(33)));
    await desk.compare();
    const { web } = desk;
    const hit = (await listHits(web.house.web, web.house.tokens.officialKl)).find(({ numbers }) => numbers.includes(number))?.id ?? '';
    const address = `/sammenfald/${hit}`;
    const stands = async () => (await listHits(web.house.web, web.house.tokens.officialKl)).some(({ id }) => id === hit);
    const hasty = await web.post('officialKl', address, { outcome: 'same' });
    expect([hasty.statusCode, await stands()]).toEqual([422, true]);
    expect(hasty.body).toContain('Vælg, hvordan du ved det');
    const unfounded = await web.post('officialKl', address, { outcome: 'same', basis: 'names' });
    expect([unfounded.statusCode, await stands()]).toEqual([422, true]);
    expect(unfounded.body).toContain('Du har ikke set navnene');
    await web.post('officialKl', `${address}/navne`, {});
    const [asked] = await web.house.db.superuser<{ id: string }>('select id from app.approval where subject = $1', [hit]);
    await vote(web.house.web, web.house.tokens.officialDfk, asked?.id ?? '', true);
    const unseen = await web.post('officialKl', address, { outcome: 'same', basis: 'names' });
    expect([unseen.statusCode, await stands()]).toEqual([422, true]);
    expect(unseen.body).toContain('Se navnene først');
    expect((await web.post('officialKl', `${address}/navne`, { vis: 'ja' })).body).toContain('Afgør sammenfaldet');
    // Shown to one official, they are what he alone builds on.
    expect((await web.post('officialPolice', address, { outcome: 'same', basis: 'names' })).statusCode).toBe(422);
    expect((await web.post('officialKl', address, { outcome: 'same', basis: 'names' })).statusCode).toBe(303);
    expect(await web.house.db.superuser('select outcome, basis from match.hit where id = $1', [hit])).toEqual([{ outcome: 'same', basis: 'names' }]);
  });

  it('is settled by what the units said though a colleague has allowed the names, and the names are then shown to nobody (FM-INT-3, control 17)', async () => {
    await desk.register('odense', cprOf(37));
    const number = desk.numberOf(await desk.register('municipal', cprOf(37)));
    await desk.compare();
    const { web } = desk;
    const { id: hit = '', numbers = [] } = (await listHits(web.house.web, web.house.tokens.officialKl)).find((one) => one.numbers.includes(number)) ?? {};
    const address = `/sammenfald/${hit}`;
    const lines = async (who: PersonName) => (await listApprovals(web.house.web, web.house.tokens[who])).filter(({ line }) => numbers.every((one) => line.includes(one))).map(({ given }) => given);
    // One official has his yes; another's question waits.
    await web.post('officialKl', `${address}/navne`, {});
    const [asked] = await web.house.db.superuser<{ id: string }>('select id from app.approval where subject = $1', [hit]);
    await vote(web.house.web, web.house.tokens.officialDfk, asked?.id ?? '', true);
    await web.post('officialPolice', `${address}/navne`, {});
    const [waiting] = await web.house.db.superuser<{ id: string }>('select id from app.approval where subject = $1 and decided_at is null', [hit]);
    expect([await lines('officialKl'), await lines('officialDfk'), (await web.get('officialKl', address)).body.includes('kollegaens ja bortfalder')]).toEqual([[true, null], [null], true]);
    expect((await web.post('officialKl', address, { outcome: 'different', basis: 'units' })).statusCode).toBe(303);

    const named = () => web.house.db.superuser(`select 1 from audit.event where action = 'case.named'`);
    const before = await named();
    expect((await web.post('officialKl', `${address}/navne`, {})).body).toContain('Navnene vises ikke');
    expect(await namesBehindMatch(web.house.web, web.house.vault, web.house.tokens.officialKl, hit)).toEqual([]);
    // Not by the match alone: the yes itself is over, also for a transaction that began before.
    expect(await web.house.db.superuser(`select sec.use_approval('match-names', $1, $2) as used`, [hit, people.officialKl.user])).toEqual([{ used: false }]);
    expect(await web.house.db.superuser('select 1 from app.approval where subject = $1 and until > asked_at', [hit])).toEqual([]);
    expect(await named()).toEqual(before);
    // Nobody is asked about it any more, and who has the yes is not reminded of it.
    expect([await lines('officialKl'), await lines('officialDfk'), await lines('officialPolice')]).toEqual([[], [], []]);
    expect(await vote(web.house.web, web.house.tokens.officialDfk, waiting?.id ?? '', true)).toBeUndefined();
  });

  it('keeps nobody waiting for a number that cannot be opened: it is laid aside, with an alarm in the log, for inquiries and emergencies alike', async () => {
    const first = desk.numberOf(await desk.register('odense', cprOf(35)));
    desk.numberOf(await desk.register('municipal', cprOf(36)));
    await desk.web.house.db.superuser(`update match.inquiry set sealed = '\\x00' where case_id <> (select id from app.exit_case where number = $1)`, [first]);
    await desk.web.house.db.superuser(`insert into match.wanted (user_id, sealed) values (gen_random_uuid(), '\\x00')`);
    const second = desk.numberOf(await desk.register('municipal', cprOf(35)));
    expect(await desk.compare()).toBe(2);
    expect(await desk.hits('officialKl')).toContainEqual([first, second].sort());
    expect(await desk.compare()).toBe(0);
    expect(await desk.web.house.db.superuser(`select purpose from audit.event where action = 'alarm.number-not-readable'`)).toEqual([{ purpose: '2' }]);
  });

  it('is settled once also when two officials settle it at once', async () => {
    for (const who of ['odense', 'municipal'] as const) await desk.register(who, cprOf(51));
    await desk.compare();
    const [hit] = await desk.web.house.db.superuser<{ id: string }>('select id from match.hit where settled_at is null order by found_at desc limit 1');
    const [first, second] = await Promise.all([desk.web.house.web.connect(), desk.web.house.web.connect()]);
    const settles = (client: typeof first, outcome: string) => client.query<{ said: string | null }>('select sec.settle_match($1, $2, $3) as said', [hit?.id, outcome, 'units']);
    await first.query(`begin; select set_config('app.session', '${desk.web.house.tokens.officialKl}', true)`);
    await second.query(`begin; select set_config('app.session', '${desk.web.house.tokens.officialDfk}', true)`);
    expect((await settles(first, 'same')).rows).toEqual([{ said: 'settled' }]);
    const late = settles(second, 'different');
    await vi.waitUntil(async () => (await desk.web.house.db.superuser(`select 1 from pg_stat_activity where wait_event_type = 'Lock'`)).length > 0);
    await first.query('commit');
    expect((await late).rows).toEqual([{ said: null }]);
    await second.query('commit');
    for (const client of [first, second]) client.release();
    expect(await desk.web.house.db.superuser('select outcome, settled_by from match.hit where id = $1', [hit?.id])).toEqual([{ outcome: 'same', settled_by: people.officialKl.user }]);
  });

  it('leaves an official who is shut out of one of the cases without the match', async () => {
    await desk.register('odense', cprOf(41));
    const number = desk.numberOf(await desk.register('municipal', cprOf(41)));
    await desk.compare();
    await desk.web.house.db.superuser(`insert into app.block select id, '00000000-0000-4000-8000-000000000042' from app.exit_case where number = $1`, [number]);
    expect((await desk.hits('officialKl')).flat()).not.toContain(number);
    expect((await desk.hits('officialDfk')).flat()).toContain(number);
  });
});
