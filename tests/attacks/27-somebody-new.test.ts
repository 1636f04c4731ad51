import { beforeEach, describe, expect, it } from 'vitest';
import { endAccess } from '../../src/store/people.js';
import { listTasks, whoAmI } from '../../src/store/lists.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { rebuildCase } from '../../src/store/rebuild.js';
import { hashOfToken, renewSession, startSession } from '../../src/store/session-start.js';
import { addDays, copenhagenDate } from '../../src/domain/kernel/time.js';
import { takenCase, type TestHouse, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let house: TestHouse;
let web: TestWeb;
let operator: Pool;
let id: string;
beforeEach(async () => {
  house = await testHouse(noLimits);
  web = await testWeb(house, 1_000_000);
  operator = createPool(house.db.url('udvej_operator'), { max: 1, name: 'test operator' });
  id = await takenCase(house);
  return async () => {
    await operator.end();
    await web.close();
  };
});

const claimsOf = (who: PersonName, functions: readonly string[], authority: string) =>
  ({ issuer: 'test', subject: who, name: `Navn ${who}`, authority, functions, authTime: new Date(), level: 'substantial' });
/** Logs in at his identity provider, which says this of him now; all that follows is asked with that session. */
const comesAs = async (who: PersonName, functions: readonly string[] = people[who].functions, authority: string = people[who].authority): Promise<string> => {
  const token = await startSession(house.login, claimsOf(who, functions, authority));
  (house.tokens as Record<string, string>)[who] = token ?? '';
  return token ?? '';
};
const idNow = async (who: PersonName): Promise<string | undefined> => (await whoAmI(house.web, house.tokens[who]))?.user_id;
/** What he gets of the case: page, program, command, and how much of it is on his list. */
const gets = async (who: PersonName): Promise<readonly unknown[]> => [
  (await web.get(who, `/sager/${id}`)).statusCode, (await web.api(who, 'GET', `/api/v1/cases/${id}`)).statusCode,
  (await house.order(who, 'journal.add', { kind: 'personal', text: 'Ringede' }, { caseId: id })).kind,
  (await listTasks(house.web, house.tokens[who])).filter((one) => one.case_id === id).length > 0,
];
const NOTHING = [404, 404, 'absent', false];
const ALL = [200, 200, 'done', true];
const blocked = async (): Promise<readonly string[]> => (await house.db.superuser<{ user_id: string }>('select user_id from app.block where case_id = $1 order by user_id', [id])).map((row) => row.user_id);

describe('Control 27: a claim that is gone (access.md)', () => {
  it.each([
    ['police', ['auditor'], 'rigspolitiet'],
    ['municipal', ['admin'], 'rigspolitiet'],
    ['police', ['police_exit'], 'police:fyn'],
    ['municipal', ['municipal_exit'], 'municipality:0461'],
    ['municipal', ['measure_owner'], 'municipality:0183'],
    ['probation', ['measure_owner'], 'municipality:0183:jobcentre'],
  ] as const)('ends at the login all that %s had by it: page, program, command and list, as %s of %s', async (who, functions, authority) => {
    await house.does('municipal', id, 'assessment.begin');
    await comesAs(who);
    expect(await gets(who)).toEqual(ALL);
    const phone = house.tokens[who];
    await comesAs(who, functions, authority);
    expect(await gets(who)).toEqual(NOTHING);
    expect(await whoAmI(house.web, phone)).toBeUndefined();
  });

  it('ends it also where he proves himself anew in a session that goes on', async () => {
    const renewed = await renewSession(house.login, claimsOf('municipal', ['municipal_exit'], 'municipality:0461'), hashOfToken(house.tokens.municipal));
    (house.tokens as Record<string, string>)['municipal'] = 'token' in renewed ? renewed.token : '';
    expect(await idNow('municipal')).not.toBe(people.municipal.user);
    expect((await web.get('municipal', `/sager/${id}`)).statusCode).toBe(404);
    expect('token' in (await renewSession(house.login, claimsOf('municipal', ['municipal_exit'], 'municipality:0461'), hashOfToken(house.tokens.municipal)))).toBe(true);
  });

  it('is not gone where one is added: he has what he had, and stays who he is', async () => {
    await house.does('municipal', id, 'assessment.begin');
    await comesAs('municipal', ['municipal_exit', 'measure_owner']);
    expect(await idNow('municipal')).toBe(people.municipal.user);
    expect(await gets('municipal')).toEqual(ALL);
  });

  it('ends his other sessions also where one is added: none goes on that says something else of him, and one that says the same does', async () => {
    const [phone, more] = [house.tokens.municipal, ['municipal_exit', 'measure_owner']];
    const first = await comesAs('municipal', more);
    expect(await whoAmI(house.web, phone)).toBeUndefined();
    await comesAs('municipal', more.toReversed());
    expect((await whoAmI(house.web, first))?.functions).toEqual(more);
    expect((await house.db.superuser<{ n: number }>('select count(*)::int as n from sec.session where user_id = $1 and revoked_at is null', [people.municipal.user]))[0]?.n).toBe(2);
  });

  it('comes back to somebody new: to another department and back again is to have nothing of the time before, whose name stays in the history', async () => {
    const before = await idNow('municipal');
    await comesAs('municipal', ['municipal_exit'], 'municipality:0461');
    const away = await idNow('municipal');
    await comesAs('municipal');
    const back = await idNow('municipal');
    expect(new Set([before, away, back]).size).toBe(3);
    expect((await web.get('municipal', `/sager/${id}`)).statusCode).toBe(404);
    expect((await web.get('police', `/sager/${id}`)).body).toContain('Navn municipal');
    expect((await house.db.superuser<{ n: number }>(`select count(*)::int as n from app.staff where subject = 'municipal' and disabled_at is null`))[0]?.n).toBe(1);
    expect(await house.db.superuser(`select actor from audit.event where action = 'access.ended' order by at`)).toEqual([{ actor: before }, { actor: away }]);
  });

  it('leaves what he had to be handed on, to himself in his new place if need be, and his co-ordinator is told (FM-WORK-7)', async () => {
    const told = async () => (await listTasks(house.web, house.tokens.police)).filter((one) => one.case_id === id && one.command === 'circle.handOver').length;
    expect(await told()).toBe(0);
    await comesAs('municipal', ['municipal_exit', 'measure_owner']);
    await comesAs('municipal', ['municipal_exit']);
    expect(await told()).toBe(1);
    await house.does('police', id, 'circle.handOver', { user: people.municipal.user, to: await idNow('municipal'), reason: 'Nyt arbejde' });
    expect((await web.get('municipal', `/sager/${id}`)).statusCode).toBe(200);
    expect(await told()).toBe(0);
  });

  it('takes his place in the unit’s roster, and lets nobody in who has left since', async () => {
    await house.db.superuser(`insert into app.unit_roster values ('koebenhavns-vestegn', 'municipal', '0183', $1)`, [people.municipal.user]);
    await comesAs('municipal', ['municipal_exit'], 'municipality:0461');
    expect(await house.db.superuser('select 1 from app.unit_roster')).toEqual([]);
    expect(await endAccess(operator, 'test', 'municipal')).toBe(true);
    expect(await comesAs('municipal')).toBe('');
    expect(await comesAs('municipal', ['municipal_exit'], 'municipality:0461')).toBe('');
    expect(await endAccess(operator, 'test', 'municipal')).toBe(false);
  });

  it('makes one person new of two logins at once, and never two', async () => {
    await Promise.all(Array.from({ length: 6 }, () => startSession(house.login, claimsOf('municipal', ['municipal_exit'], 'municipality:0461'))));
    expect(await house.db.superuser(`select count(*)::int as n from app.staff where subject = 'municipal'`)).toEqual([{ n: 2 }]);
  });
});

describe('Control 20: somebody new whom a case shut out', () => {
  it('is shut out as before, also when it was said under a name that he had; and a rebuild leaves it so', async () => {
    await house.does('municipal', id, 'circle.exclude', { user: people.police2.user, reason: 'Fætter' });
    await comesAs('police2', ['police_exit'], 'police:fyn');
    await comesAs('police2');
    const now = await idNow('police2');
    expect(await blocked()).toHaveLength(3);
    expect(await blocked()).toContain(now);
    await house.does('municipal', id, 'circle.add', { user: people.probation2.user, role: 'contact', reason: 'Kender ham' });
    await comesAs('probation2', ['municipal_exit'], 'municipality:0461');
    await house.does('police', id, 'circle.exclude', { user: people.probation2.user, reason: 'Nabo' });
    const all = await blocked();
    expect(all).toHaveLength(5);
    expect(all).toContain(await idNow('probation2'));
    expect(await rebuildCase(operator, house.vault, id, 'auditor')).toBe(0);
    await house.db.superuser('delete from app.block');
    expect(await rebuildCase(operator, house.vault, id, 'auditor')).toBe(5);
    expect(await blocked()).toEqual(all);
  });

  it('is named in no form of it, given no seat and no part of it, and asked for nothing in it', async () => {
    await comesAs('police2', ['police_exit', 'measure_owner', 'screening']);
    await house.does('police', id, 'circle.exclude', { user: people.police2.user, reason: 'Fætter' });
    await comesAs('police2', ['police_exit', 'screening']);
    const now = (await idNow('police2')) ?? '';
    for (const form of ['circle.handOver', 'circle.depute', 'circle.declareConflict', 'screening.ask']) expect((await web.get('police', `/sager/${id}/goer/${form}`)).body.includes(now), form).toBe(false);
    const until = addDays(copenhagenDate(house.clock()), 20);
    for (const [command, input] of [
      ['circle.handOver', { user: people.police.user, to: now, reason: 'Orlov' }], ['circle.depute', { user: people.police.user, deputy: now, until, reason: 'Ferie' }],
      ['circle.declareConflict', { reason: 'Nabo', replacement: now }], ['circle.add', { user: now, role: 'contact', reason: 'Kender ham' }], ['screening.ask', { screener: now, what: 'Kan han mødes her?' }],
    ] as const) expect(await house.order('police', command, input, { caseId: id }), command).toMatchObject({ kind: 'rejected' });
    // Nobody else is kept out by it.
    expect((await house.order('police', 'circle.handOver', { user: people.municipal.user, to: people.municipal2.user, reason: 'Orlov' }, { caseId: id })).kind).toBe('done');
  });

  it('is shut out under both names, when he comes as somebody new at the moment that he is shut out', async () => {
    const before = await idNow('police2');
    await house.db.superuser('begin');
    await house.db.superuser('insert into app.block values ($1, $2)', [id, before]);
    const coming = comesAs('police2', ['measure_owner']).then(() => true);
    const waits = async () => (await house.db.superuser('select 1 from pg_locks where not granted and transactionid = pg_current_xact_id()::xid')).length > 0;
    while (!(await waits()) && !(await Promise.race([coming, Promise.resolve(false)])));
    await house.db.superuser('commit');
    await coming;
    expect(await blocked()).toEqual([before, await idNow('police2')].sort());
  });
});
