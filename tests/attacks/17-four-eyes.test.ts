import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demonstrationCpr } from '../../src/domain/kernel/cpr.js';
import { knownDate } from '../../src/domain/kernel/time.js';
import { listApprovals, vote } from '../../src/store/approvals.js';
import { matchWaiting } from '../../src/store/matching/inquiries.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { startSession } from '../../src/store/session-start.js';
import { fileMac } from '../../src/store/vault/kms.js';
import { registration, takenCase, testHouse } from '../support/house.js';
import { listHits } from '../support/matching-desk.js';
import { people, type PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let worker: Pool;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  worker = createPool(web.house.db.url('udvej_worker'), { max: 2, name: 'test worker' });
});
afterAll(async () => {
  await worker.end();
  await web.close();
});

const votes = (who: PersonName, id: string, yes = true) => vote(web.house.web, web.house.tokens[who], id, yes);
const waiting = async (who: PersonName) => (await listApprovals(web.house.web, web.house.tokens[who])).map(({ id }) => id);
const standing = async (id: string) =>
  (await web.house.db.superuser<{ given: boolean | null; used: boolean }>('select given, used_at is not null as used from app.approval where id = $1', [id]))[0];

/** Something asked by a person, or by the system. */
async function asked(kind: string, subject: string, who?: PersonName): Promise<string> {
  const rows = await web.house.db.superuser<{ id: string }>(
    `insert into app.approval (kind, subject, line, requester, authority, until) values ($1, $2, 'linje', coalesce($3, '00000000-0000-0000-0000-000000000000'::uuid), coalesce($4, ''), now() + interval '1 day') returning id`,
    [kind, subject, who && people[who].user, who && people[who].authority]);
  return rows[0]?.id ?? '';
}
/** How often it was let happen, of twenty at once. */
const used = async (kind: string, subject: string, who?: PersonName): Promise<number> => {
  const tries = await Promise.all(Array.from({ length: 20 }, () => web.house.db.superuser<{ ok: boolean }>(
    `select sec.use_approval($1, $2, coalesce($3, '00000000-0000-0000-0000-000000000000'::uuid)) as ok`, [kind, subject, who && people[who].user])));
  return tries.flat().filter(({ ok }) => ok).length;
};

describe('Control 17: four eyes', () => {
  it('a hundred answers at once of who asked let nothing happen', async () => {
    const subject = randomUUID();
    const id = await asked('match-names', subject, 'officialKl');
    const answers = await Promise.all(Array.from({ length: 100 }, () => votes('officialKl', id)));
    expect(new Set(answers)).toEqual(new Set([undefined]));
    expect(await standing(id)).toEqual({ given: null, used: false });
    expect(await used('match-names', subject, 'officialKl')).toBe(0);
    await expect(web.house.db.superuser(`insert into app.approval_vote (approval_id, requester, voter, authority, yes) values ($1, $2, $2, 'kl', true)`, [id, people.officialKl.user]))
      .rejects.toThrow(/check constraint/);
  });

  it('a hundred answers at once of another count as one, and let it happen exactly once', async () => {
    const subject = randomUUID();
    const id = await asked('match-names', subject, 'officialKl');
    const answers = await Promise.all(Array.from({ length: 100 }, () => votes('officialDfk', id)));
    expect(answers.filter((one) => one === 'given')).toHaveLength(1);
    expect(answers.filter((one) => one === undefined)).toHaveLength(99);
    expect(await web.house.db.superuser('select voter from app.approval_vote where approval_id = $1', [id])).toHaveLength(1);
    expect(await used('match-names', subject, 'officialPolice')).toBe(0);
    expect(await used('match-names', subject, 'officialKl')).toBe(1);
    expect(await used('match-names', subject, 'officialKl')).toBe(0);
  });

  it('what takes two authorities takes two: two people of one are not enough, a hundred times', async () => {
    const subject = await takenCase(web.house);
    await web.house.db.superuser(`insert into app.unit_roster (unit, seat, municipality, user_id) values ('koebenhavns-vestegn', 'police', '', $1), ('koebenhavns-vestegn', 'police', 'anden', $2), ('koebenhavns-vestegn', 'municipal', '0183', $3)
      on conflict do nothing`, [people.police.user, people.police2.user, people.municipal.user]);
    const id = await asked('shredding', subject);
    expect(await votes('police', id)).toBe('counted');
    const same = await Promise.all(Array.from({ length: 100 }, (_, n) => votes(n % 2 === 0 ? 'police2' : 'police', id)));
    expect(new Set(same)).toEqual(new Set(['same-authority', undefined]));
    expect(await used('shredding', subject)).toBe(0);
    expect(await votes('municipal', id)).toBe('given');
    expect(await used('shredding', subject)).toBe(1);
  });

  it('two authorities are two that people have now: who has moved to another, or whom the roster has in a place not his, is none of them', async () => {
    const subject = await takenCase(web.house);
    const mover = async (authority: string, functions: readonly string[]): Promise<string> =>
      (await startSession(web.house.login, { issuer: 'test', subject: 'mover', name: 'Navn mover', authority, functions, authTime: new Date(), level: 'substantial' })) ?? '';
    await mover('probation:koebenhavns-vestegn', ['probation_exit']);
    await web.house.db.superuser(`insert into app.unit_roster (unit, seat, municipality, user_id)
      select 'koebenhavns-vestegn', r.seat, r.place, coalesce(r.person, (select s.id from app.staff s where s.subject = 'mover'))
      from (values ('police', '', $1::uuid), ('municipal', '0187', $2), ('probation', '', null)) r (seat, place, person) on conflict do nothing`, [people.police.user, people.municipal2.user]);
    const id = await asked('shredding', subject);
    // An authority of the roster that is not his.
    expect(await votes('municipal2', id)).toBeUndefined();
    expect(await vote(web.house.web, await mover('police:fyn', ['police_exit']), id, true)).toBeUndefined();
    expect(await web.house.db.superuser(`select seat from app.unit_roster where user_id in (select s.id from app.staff s where s.subject = 'mover')`)).toEqual([]);
    expect(await votes('police', id)).toBe('counted');
    expect(await used('shredding', subject)).toBe(0);
  });

  it('a case of the prisons takes a yes of its custody officer’s and one of the contact point’s: two officials are one, and one of his own authority is none beside his', async () => {
    const subject = await takenCase(web.house);
    await web.house.db.superuser(`update app.exit_case set unit = 'dfk', place = 'custody', phase = 'closed' where id = $1`, [subject]);
    await web.house.db.superuser(`insert into app.unit_roster values ('dfk', 'custody', '', $1) on conflict do nothing`, [people.custody.user]);
    const id = await asked('shredding', subject);
    expect(await votes('officialKl', id)).toBe('counted');
    expect(await votes('officialPolice', id)).toBe('same-authority');
    expect(await used('shredding', subject)).toBe(0);
    expect(await votes('custody', id)).toBe('given');
    expect(await used('shredding', subject)).toBe(1);
    const [other, last] = [await asked('shredding', subject), await asked('shredding', subject)];
    expect([await votes('custody', other), await votes('officialDfk', other), await votes('officialPolice', other)]).toEqual(['counted', 'same-authority', 'given']);
    expect([await votes('officialKl', last), await votes('officialPolice', last, false)]).toEqual(['counted', 'refused']);
  });

  it('one person is one, whatever his login says of him: neither a second yes, nor a yes to what he asked himself', async () => {
    const house = await testHouse(noLimits);
    try {
      const subject = await takenCase(house);
      await house.does('police', subject, 'circle.depute', { user: people.police.user, deputy: people.police2.user, until: knownDate('2026-11-20'), reason: 'Ferie' });
      await house.db.superuser(`insert into app.unit_roster values ('koebenhavns-vestegn', 'police', '', $1)`, [people.police2.user]);
      const put = async (kind: string, who?: PersonName): Promise<string> => (await house.db.superuser<{ id: string }>(
        `insert into app.approval (kind, subject, line, requester, authority, until) values ($1, $2, 'linje', coalesce($3, '00000000-0000-0000-0000-000000000000'::uuid), $4, now() + interval '1 day') returning id`,
        [kind, subject, who && people[who].user, who ? people[who].authority : '']))[0]?.id ?? '';
      const [shredding, bundle, own] = [await put('shredding'), await put('case-bundle', 'police'), await put('held-number', 'police2')];
      expect(await vote(house.web, house.tokens.police2, shredding, true)).toBe('counted');
      const moved = await startSession(house.login, { issuer: 'test', subject: 'police2', name: 'Navn police2', authority: 'municipality:0183', functions: ['municipal_exit', 'contact_point'], authTime: new Date(), level: 'substantial' }) ?? '';
      await house.db.superuser(`insert into app.unit_roster select 'koebenhavns-vestegn', 'municipal', '0183', s.id from app.staff s where s.subject = 'police2' and s.disabled_at is null`);
      await house.db.superuser(`update app.approval set authority = 'municipality:0183' where id = $1`, [own]);
      expect(await listApprovals(house.web, moved)).toEqual([]);
      for (const id of [shredding, bundle, own]) expect(await vote(house.web, moved, id, true)).toBeUndefined();
      expect(await house.db.superuser('select given from app.approval where given')).toEqual([]);
    } finally {
      await house.close();
    }
  });

  it('one no is a no, also after a yes', async () => {
    const subject = await takenCase(web.house);
    const id = await asked('shredding', subject);
    expect(await votes('police', id)).toBe('counted');
    expect(await votes('municipal', id, false)).toBe('refused');
    expect(await votes('police2', id)).toBeUndefined();
    expect(await used('shredding', subject)).toBe(0);
  });

  it('is asked of nobody who may not know of it already; to them it is as if it were not there', async () => {
    const id = await takenCase(web.house);
    const cases = {
      'case-bundle': [await asked('case-bundle', id, 'police'), ['municipal', 'probation']],
      'match-names': [await asked('match-names', randomUUID(), 'officialKl'), ['officialPolice', 'officialDfk']],
      'held-number': [await asked('held-number', randomUUID(), 'municipal'), ['municipal2']],
      'card-by-number': [await asked('card-by-number', randomUUID(), 'police'), ['police2']],
      'close-alarm': [await asked('close-alarm', randomUUID(), 'auditor'), ['admin']],
    } as const;
    for (const [kind, [approval, voters]] of Object.entries(cases)) {
      for (const who of Object.keys(people) as PersonName[]) {
        const may = (voters as readonly string[]).includes(who);
        const mine = (await listApprovals(web.house.web, web.house.tokens[who])).find((one) => one.id === approval);
        expect(mine !== undefined && !mine.mine, `${kind} ${who}`).toBe(may);
        const page = await web.get(who, `/godkendelser/${approval}`);
        expect(page.statusCode, `${kind} ${who}`).toBe(may ? 200 : 404);
        if (!may) expect(page.body, `${kind} ${who}`).toBe((await web.get(who, `/godkendelser/${randomUUID()}`)).body);
        if (!may) expect(await votes(who, approval), `${kind} ${who}`).toBeUndefined();
      }
    }
    const [bundle] = cases['case-bundle'];
    await web.house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [id, people.probation.user]);
    expect(await waiting('probation')).not.toContain(bundle);
    expect(await votes('probation', bundle)).toBeUndefined();
  });

  it('of a match is not asked of an official whom one of its cases shuts out (control 20)', async () => {
    const cases = [await takenCase(web.house), await takenCase(web.house)].sort();
    const [hit] = await web.house.db.superuser<{ id: string }>('insert into match.hit (cases, due) values ($1, current_date) returning id', [cases]);
    await web.house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [cases[1], people.officialDfk.user]);
    await web.post('officialKl', `/sammenfald/${hit?.id ?? ''}/navne`, {});
    const lines = async (who: PersonName) => (await listApprovals(web.house.web, web.house.tokens[who])).filter((one) => one.line.includes(' og ') && !one.mine);
    const [asked] = await lines('officialPolice');
    expect(await lines('officialDfk')).toEqual([]);
    expect((await web.get('officialDfk', `/godkendelser/${asked?.id ?? ''}`)).statusCode).toBe(404);
    expect(await votes('officialDfk', asked?.id ?? '')).toBeUndefined();
    expect(await votes('officialPolice', asked?.id ?? '')).toBe('given');
    await web.house.db.superuser('update match.hit set settled_at = now() where id = $1', [hit?.id]);
  });

  it('ends by itself: what was not answered in time cannot be, and what was not used in time neither', async () => {
    const subject = randomUUID();
    const id = await asked('match-names', subject, 'officialKl');
    await web.house.db.superuser(`update app.approval set until = now() - interval '1 second' where id = $1`, [id]);
    expect(await votes('officialDfk', id)).toBeUndefined();
    expect(await waiting('officialDfk')).not.toContain(id);
    await web.house.db.superuser('update app.approval set given = true, decided_at = now() where id = $1', [id]);
    expect(await used('match-names', subject, 'officialKl')).toBe(0);
  });

  it('each answer and each refusal is one row in the log', async () => {
    const id = await asked('match-names', randomUUID(), 'officialKl');
    await votes('officialKl', id);
    await votes('police', id);
    await votes('officialPolice', id);
    const rows = await web.house.db.superuser<{ action: string; actor: string }>('select action, actor from audit.event where purpose = $1 order by at', [id]);
    expect(rows).toEqual([
      { action: 'approval.denied', actor: people.officialKl.user }, { action: 'approval.denied', actor: people.police.user }, { action: 'approval.given', actor: people.officialPolice.user },
    ]);
  });
});

describe('Control 17: the persons behind a match', () => {
  it('are shown to the official who asked, once, when another has said yes, and to nobody else', async () => {
    const cpr = demonstrationCpr(knownDate('1991-02-03'), 'female', 7);
    for (const [who, name] of [['odense', 'Signe Vandfald'], ['municipal', 'Signe V. Fald']] as const) {
      expect((await web.api(who, 'POST', '/api/v1/cases', { ...registration, name, cpr }, { 'idempotency-key': randomUUID() })).statusCode).toBe(201);
    }
    await matchWaiting({ pool: worker, secret: web.house.matchSecret, mac: fileMac(randomBytes(32)) });
    const [hit] = await listHits(web.house.web, web.house.tokens.officialKl);
    const address = `/sammenfald/${hit?.id ?? ''}/navne`;
    const names = async (who: PersonName, body = {}) => {
      const reply = await web.post(who, address, body);
      return { status: reply.statusCode, shown: reply.body.includes('Signe Vandfald') && reply.body.includes('Signe V. Fald') };
    };
    const named = async () => (await web.house.db.superuser(`select 1 from audit.event where action = 'case.named'`)).length;
    expect(await names('officialKl')).toEqual({ status: 303, shown: false });
    expect(await names('officialKl')).toEqual({ status: 303, shown: false });
    expect(await web.house.db.superuser(`select 1 from app.approval where subject = $1`, [hit?.id])).toHaveLength(1);
    for (const who of ['police', 'auditor', 'admin'] as const) expect(await names(who)).toEqual({ status: 404, shown: false });
    const [approval = ''] = await waiting('officialDfk').then(async (ids) => {
      const rows = await web.house.db.superuser<{ id: string }>('select id from app.approval where subject = $1', [hit?.id]);
      return ids.filter((id) => rows.some((row) => row.id === id));
    });
    expect((await web.post('officialDfk', `/godkendelser/${approval}`, { answer: 'yes' })).statusCode).toBe(303);
    const before = await named();
    const show = { vis: 'ja' };
    // Asking shows nothing, and who has a yes asks for no other.
    expect(await names('officialKl')).toEqual({ status: 303, shown: false });
    expect(await names('officialKl', show)).toEqual({ status: 200, shown: true });
    expect(await named()).toBe(before + 2);
    // Sent again, as by loading the page anew, it shows nothing and asks nobody.
    const again = await web.post('officialKl', address, show);
    expect([again.statusCode, again.body.includes('Navnene er vist'), again.body.includes('Bed om at se navnene'), again.body.includes('Signe')]).toEqual([200, true, true, false]);
    expect(await web.house.db.superuser(`select 1 from app.approval where subject = $1`, [hit?.id])).toHaveLength(1);
    for (const who of ['police', 'auditor', 'admin'] as const) expect(await names(who, show)).toEqual({ status: 404, shown: false });
    expect(await names('officialDfk', show)).toEqual({ status: 200, shown: false });
    expect(await web.house.db.superuser(`select 1 from app.approval where subject = $1`, [hit?.id])).toHaveLength(1);
    expect(await named()).toBe(before + 2);
    expect(await names('officialKl')).toEqual({ status: 303, shown: false });
    expect(await web.house.db.superuser(`select 1 from app.approval where subject = $1`, [hit?.id])).toHaveLength(2);
  });
});
