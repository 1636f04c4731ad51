import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execute } from '../../src/app/execute.js';
import { fillLivingCases } from '../../src/cli/demonstration/living-cases.js';
import { PHASES } from '../../src/domain/exit-case/follows.js';
import { addMinutes, type Instant, instantOf, knownDate } from '../../src/domain/kernel/time.js';
import type { DemonstrationLogin } from '../../src/domain/reference/demonstration-people.js';
import { listCases } from '../../src/store/lists.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { NOT_APPROVED, rebuildable, rebuildCase } from '../../src/store/rebuild.js';
import { type DemonstrationHouse, demonstrationHouse } from '../demonstration/demonstration-house.js';
import { callable, tableRights } from '../support/wall-catalogue.js';
import { fingerprint, LOOKING, prompt } from '../support/wall-sql.js';

const FOLLOWING = ['app.case_member', 'app.scope_member', 'app.block', 'app.unit_inbox', 'app.task', 'app.overview', 'app.retention'] as const;
const APPROVER = 'revisor';

let house: DemonstrationHouse;
let operator: Pool;
let cases: readonly string[];
beforeAll(async () => {
  house = await demonstrationHouse();
  await fillLivingCases(house);
  await comingsAndGoings();
  operator = createPool(house.db.url('udvej_operator'), { max: 2, name: 'test operator' });
  cases = await rebuildable(operator, APPROVER);
}, 120_000);
afterAll(async () => {
  await operator.end();
  await house.close();
});

/** What the living cases have little of: people who come, go, come again and are shut out; a scope that only a note has made. */
async function comingsAndGoings(): Promise<void> {
  const [row] = await house.db.superuser<{ id: string }>(`
    select c.id from app.exit_case c join app.case_member m on m.case_id = c.id join app.staff f on f.id = m.user_id
    where c.phase = 'assessment' and f.subject = 'ishoj.koordinator' and not exists (select from app.scope s where s.case_id = c.id and s.kind = 'probation') order by c.number limit 1`);
  const caseId = row?.id ?? '';
  const staff = await house.db.superuser<{ subject: string; id: string }>('select subject, id from app.staff');
  const idOf = (login: string): string => staff.find((one) => one.subject === login)?.id ?? '';
  let now = instantOf(knownDate('2026-11-20'), 15, 0);
  const does = async (login: DemonstrationLogin, command: string, input: object): Promise<void> => {
    now = addMinutes(now, 1);
    house.setClock(now);
    const outcome = await execute(house.house, { token: await house.tokenOf(login), command, caseId, input });
    if (outcome.kind !== 'done') throw new Error(`${command}: ${JSON.stringify(outcome)}`);
  };
  await does('ishoj.koordinator', 'circle.add', { user: idOf('politi.vestegnen.2'), role: 'contact', reason: 'Kender kandidaten' });
  await does('ishoj.koordinator', 'circle.remove', { user: idOf('politi.vestegnen.2'), reason: 'På orlov' });
  await does('ishoj.koordinator', 'circle.add', { user: idOf('politi.vestegnen.2'), role: 'contact', reason: 'Tilbage igen' });
  await does('kif.vestegnen', 'journal.add', { text: 'Kun Kriminalforsorgen', kind: 'personal', own: true });
  await does('ishoj.koordinator', 'assessment.askAdvice', { topic: 'motivation', question: 'Hvad gør andre?', entries: [] });
  const [asked] = await house.db.superuser<{ id: string }>('select id from app.question where case_id = $1 order by asked_at desc', [caseId]);
  const question = asked?.id ?? '';
  for (const command of ['contactPoint.takeQuestion', 'contactPoint.returnQuestion', 'contactPoint.takeQuestion']) await does('kontaktpunkt.kl', command, { question, ...(command === 'contactPoint.returnQuestion' ? { to: 'queue' } : {}) });
  await does('kontaktpunkt.kl', 'contactPoint.advise', { question, advice: 'Tal med ham igen' });
  await does('ishoj.koordinator', 'circle.exclude', { user: idOf('kif.vestegnen.2'), reason: 'Fætter' });
  await does('ishoj.koordinator', 'circle.exclude', { user: idOf('politi.vestegnen.2'), reason: 'Nabo' });
  await namedByContactPoint(addMinutes(now, 1));
}

/** An inquiry whose unit the contact point named a day after it came, and that nobody has taken (FM-INT-7). */
async function namedByContactPoint(at: Instant): Promise<void> {
  const order = async (login: DemonstrationLogin, command: string, input: object, caseId?: string) => {
    const outcome = await execute(house.house, { token: await house.tokenOf(login), command, input, ...(caseId === undefined ? {} : { caseId }) });
    if (outcome.kind !== 'done') throw new Error(`${command}: ${JSON.stringify(outcome)}`);
    return outcome.receipt;
  };
  house.setClock(at);
  const { number } = await order('ishoj.koordinator', 'inquiry.register', { municipality: 'unknown', whereabouts: 'Ingen fast adresse', said: 'Vil ud', channel: 'phone' });
  const [row] = await house.db.superuser<{ id: string }>('select id from app.exit_case where number = $1', [number]);
  house.setClock(addMinutes(at, 60 * 24));
  await order('kontaktpunkt.kl', 'contactPoint.nameUnit', { unit: 'fyn', reason: 'Er mest i Odense' }, row?.id);
}

const asOwner = async (...statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await house.db.superuser(statement);
};
const rebuildOne = (caseId: string) => rebuildCase(operator, house.house.vault, caseId, APPROVER);
const rebuildAll = async (): Promise<number> => {
  let wrong = 0;
  for (const caseId of cases) wrong += (await rebuildOne(caseId)) ?? Number.NaN;
  return wrong;
};
const tables = () => fingerprint(house.db, [...LOOKING, 'sec.rebuilding']);
/** Where every row lies: a row that was written again lies elsewhere. */
const places = async (): Promise<unknown> =>
  house.db.superuser(['app.exit_case', ...FOLLOWING].map((table) => `select '${table}' as name, md5(string_agg(t.ctid::text || t.xmin::text, ',' order by t.ctid)) from ${table} t`).join(' union all '));

describe('rebuilding what follows the streams', () => {
  it('has cases in every phase to try on, and rows in every table', async () => {
    const phases = await house.db.superuser<{ phase: string }>('select distinct phase from app.exit_case');
    expect(phases.map((row) => row.phase).sort()).toEqual([...PHASES].sort());
    for (const table of FOLLOWING) {
      const [row] = await house.db.superuser<{ n: number }>(`select count(*)::int as n from ${table}`);
      expect(row?.n, table).toBeGreaterThan(0);
    }
    const [refused] = await house.db.superuser<{ n: number }>('select count(*) filter (where reviewable)::int * count(*) filter (where not reviewable)::int as n from app.retention');
    expect(refused?.n, 'refusals that can be reviewed, and closed cases that cannot').toBeGreaterThan(0);
    for (const table of ['case_member', 'scope_member']) {
      const [ended] = await house.db.superuser<{ n: number }>(`select count(*)::int as n from app.${table} where valid_to is not null`);
      expect(ended?.n).toBeGreaterThan(2);
      const [bounded] = await house.db.superuser<{ n: number }>(`select count(*)::int as n from app.${table} where until < 'infinity'`);
      expect(bounded?.n).toBeGreaterThan(2);
    }
  });

  it('leaves every row where it lies when all is as it should be', async () => {
    const before = [await tables(), await places()];
    expect(await rebuildAll()).toBe(0);
    expect([await tables(), await places()]).toEqual(before);
  });

  it('gives every table anew as it was, when all that follows was thrown away', async () => {
    const before = await tables();
    await asOwner(
      ...FOLLOWING.map((table) => `delete from ${table}`),
      `update app.exit_case set unit = 'x', municipality = null, phase = 'x', place = 'x', since = '2000-01-01', next_due = null, contact_person = gen_random_uuid()`,
    );
    expect(await tables()).not.toEqual(before);
    expect(await rebuildAll()).toBeGreaterThan(cases.length);
    expect(await tables()).toEqual(before);
  });

  it('puts right a row that was changed, takes away what should not be there, and counts both', async () => {
    const before = await tables();
    const [mine, others] = await house.db.superuser<{ id: string; scope: string }>(`select c.id, s.id as scope from app.exit_case c join app.scope s on s.case_id = c.id and s.kind = 'core' where c.phase = 'course' and c.place = 'freedom' order by c.number limit 2`);
    const stranger = `(select id from app.staff where subject = 'admin')`;
    await asOwner(
      `insert into app.case_member (case_id, user_id, role) values ('${mine?.id ?? ''}', ${stranger}, 'police')`,
      `insert into app.scope_member (scope_id, case_id, user_id) values ('${mine?.scope ?? ''}', '${mine?.id ?? ''}', ${stranger})`,
      `insert into app.block values ('${mine?.id ?? ''}', ${stranger})`,
      `update app.task set title = 'En anden' where case_id = '${mine?.id ?? ''}' and (reader, key) = (select reader, key from app.task where case_id = '${mine?.id ?? ''}' order by key, reader limit 1)`,
      `update app.overview set unit = 'fyn', next_due = null where case_id = '${mine?.id ?? ''}'`,
      `update app.case_member set valid_to = now() where case_id = '${mine?.id ?? ''}' and role = 'municipal'`,
    );
    expect(await rebuildOne(others?.id ?? '')).toBe(0);
    expect(await rebuildOne(mine?.id ?? '')).toBe(6);
    expect(await tables()).toEqual(before);
  });

  it('leaves records and figures as they are, also where they are wrong', async () => {
    await asOwner(
      'begin', `delete from app.notification where kind = 'assessment-begun'`, `update app.question set status = 'open'`, 'delete from app.receipt', 'delete from stat.standing where superseded_at is not null',
      `update stat.standing set measures = '{x}'`, 'commit',
    );
    const wrong = await tables();
    expect(await rebuildAll()).toBe(0);
    expect(await tables()).toEqual(wrong);
  });

  it('writes one row in the log of each case, under the name of who approved it', async () => {
    await asOwner(`delete from audit.event where action = 'case.rebuilt'`);
    await rebuildAll();
    const rows = await house.db.superuser<{ case_ref: string; login: string }>(
      `select e.case_ref, f.subject as login from audit.event e join app.staff f on f.id = e.actor where e.action = 'case.rebuilt' order by e.case_ref`);
    expect(rows).toEqual([...cases].sort().map((caseId) => ({ case_ref: caseId, login: APPROVER })));
  });

  it('goes on beside people at work: no command is lost, and all follows in the end', async () => {
    house.setClock(addMinutes(house.house.clock(), 30));
    const token = await house.tokenOf('ishoj.koordinator');
    const mine = await listCases(house.house.web, token, { limit: 200 });
    const at = house.house.clock();
    const people = await house.db.superuser<{ id: string }>(`select id from app.staff where subject = 'dfk.exit'`);
    const orders = mine.flatMap((one, n) => {
      const clock = () => addMinutes(at, n);
      const does = (command: string, input: object) => execute({ ...house.house, clock }, { token, command, caseId: one.id, input });
      return [does('journal.add', { text: 'Ringede', kind: 'health' }), does('circle.exclude', { user: people[0]?.id, reason: 'Nabo' })];
    });
    const [outcomes] = await Promise.all([Promise.all(orders), rebuildAll(), rebuildAll()]);
    expect(mine.length).toBeGreaterThan(5);
    expect(outcomes.every(({ kind }) => kind === 'done' || kind === 'rejected')).toBe(true);
    expect(outcomes.filter(({ kind }) => kind === 'done').length).toBeGreaterThan(mine.length);
    expect(await rebuildAll()).toBe(0);
  });

  it('skips a case whose keys were shredded', async () => {
    const [gone = ''] = cases;
    await asOwner(`update app.exit_case set shredded_at = now() where id = '${gone}'`);
    const before = await tables();
    expect(await rebuildOne(gone)).toBeUndefined();
    expect(await rebuildable(operator, APPROVER)).toEqual(cases.slice(1));
    expect(await tables()).toEqual(before);
    await asOwner('update app.exit_case set shredded_at = null');
  });
});

describe('who may rebuild', () => {
  /** The vault is in the database of the keys, which has no such schema. */
  const NOT_THERE = '3F000';
  const everything = () => fingerprint(house.db, ['sec.session']);
  const [none, unknown] = ['', 'ingen.her'];

  it('nobody without an approval: it names one colleague whose access is open, and nothing happens before', async () => {
    await asOwner(`update app.staff set disabled_at = now() where subject = 'bolig.ishoj'`, `insert into app.staff (id, issuer, subject, name, authority, functions) values (gen_random_uuid(), 'other', 'kif.fyn', 'x', 'x', '{}')`);
    const before = await everything();
    for (const login of [none, unknown, 'bolig.ishoj', 'kif.fyn', '%']) {
      await expect(rebuildable(operator, login)).rejects.toMatchObject({ code: NOT_APPROVED });
      await expect(rebuildCase(operator, house.house.vault, cases[0] ?? '', login)).rejects.toMatchObject({ code: NOT_APPROVED });
    }
    expect(await everything()).toEqual(before);
  });

  it('only the role of maintenance, and it by four functions alone, beside that which ends a leaver’s access', async () => {
    expect(await callable(house.db, 'udvej_maintenance')).toEqual(['sec.begin_rebuild(uuid,text)', 'sec.leave(text,text)', 'sec.rebuildable(text)', 'sec.rebuilt(jsonb)', 'sec.resume_rebuild(uuid,text,bytea)']);
    expect(await tableRights(house.db, 'udvej_maintenance')).toEqual([]);
    const calls = [`select sec.rebuildable('${APPROVER}')`, `select * from sec.begin_rebuild('${cases[0] ?? ''}', '${APPROVER}')`, `select sec.resume_rebuild('${cases[0] ?? ''}', '|||', '')`, `select sec.rebuilt('{}')`];
    const token = await house.tokenOf('politi.vestegnen');
    const before = await everything();
    for (const login of ['udvej_web', 'udvej_login', 'udvej_vault', 'udvej_worker', 'udvej_sealer', 'udvej_operator'] as const) {
      const at = await prompt(house.db, login);
      const roles = login === 'udvej_web' || login === 'udvej_worker' ? [undefined, 'udvej_command', 'udvej_national', 'udvej_match', 'udvej_maintenance'] : [undefined];
      for (const role of roles) {
        for (const call of calls) expect(await at.tries(token, call, role === undefined ? {} : { role }), `${login} ${role ?? ''} ${call}`).toEqual({ rows: [], refused: login === 'udvej_vault' ? NOT_THERE : '42501' });
      }
      await at.close();
    }
    expect(await everything()).toEqual(before);
  });

  it('by the ticket of the row in the log, for that case alone, and writes for a case begun in the same transaction alone', async () => {
    const [mine = '', others = ''] = cases;
    const at = await prompt(house.db, 'udvej_operator');
    const asked = { role: 'udvej_maintenance' };
    const resume = 'select sec.resume_rebuild($1, $2, $3) as answer';
    const { rows } = await at.tries('', `select payload, mac from sec.begin_rebuild('${mine}', '${APPROVER}')`, asked);
    const { payload, mac } = rows[0] as { payload: string; mac: Buffer };
    for (const values of [[others, payload, mac], [mine, payload.replace(mine, others), mac], [mine, payload, Buffer.alloc(32)], [mine, payload, Buffer.alloc(0)]]) {
      expect((await at.tries('', resume, { ...asked, values })).rows).toEqual([{ answer: null }]);
    }
    expect(await at.tries('', [`select sec.rebuilt('{}')`], asked)).toMatchObject({ refused: '42501' });
    // Its row in the log gone, the ticket is worth nothing; nor for the transaction after the one it was used in.
    expect((await at.tries('', resume, { ...asked, values: [mine, payload, mac] })).rows[0]?.['answer']).toBeTruthy();
    expect(await at.tries('', [`select sec.rebuilt('{}')`], asked)).toMatchObject({ refused: '42501' });
    await asOwner(`delete from audit.event where id = '${payload.split('|')[3] ?? ''}'`);
    expect((await at.tries('', resume, { ...asked, values: [mine, payload, mac] })).rows).toEqual([{ answer: null }]);
    await at.close();
  });

  it('for rows of that case alone, whatever else is sent along', async () => {
    const [mine = '', others = ''] = cases;
    const at = await prompt(house.db, 'udvej_operator');
    const { rows } = await at.tries('', `select payload, mac from sec.begin_rebuild('${mine}', '${APPROVER}')`, { role: 'udvej_maintenance' });
    const { payload, mac } = rows[0] as { payload: string; mac: Buffer };
    const foreign = { case_id: others, user_id: others, role: 'police', subject: '', valid_from: '2026-11-20T10:00:00Z', until: 'infinity' };
    const [own] = await house.db.superuser<{ row: object }>('select to_jsonb(c) as row from app.exit_case c where id = $1', [mine]);
    const sent = await at.tries('', [`select sec.resume_rebuild('${mine}', '${payload}', '\\x${mac.toString('hex')}')`, 'select sec.rebuilt($1)'], {
      role: 'udvej_maintenance', values: [JSON.stringify({ exit_case: own?.row, case_member: [foreign, { ...foreign, case_id: mine }], block: [{ case_id: others, user_id: others }] })],
    });
    expect(sent.refused).toBeUndefined();
    await at.close();
    expect(await house.db.superuser('select case_id from app.case_member where user_id = $1 union all select case_id from app.block where user_id = $1', [others])).toEqual([{ case_id: mine }]);
    await rebuildOne(mine);
  });
});
