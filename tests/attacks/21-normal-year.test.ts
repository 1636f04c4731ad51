import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { replayedLog } from '../support/replayed-log.js';

let db: FreshDatabase;
beforeAll(async () => { db = await freshDatabase(); });
afterAll(() => db.drop());

const CASES = 60;
const MEMBERS = 4;

/**
 * A year of honest work, 2025, the same at every run: sixty running cases with four members each. A follow-up a month, a note of each member about every
 * three weeks, and looks: two around each of his notes, one or two around each follow-up, and now and then one because somebody rang. Everybody works by day,
 * a few late in the evening; somebody on call is woken a few times; somebody's bookmark leads twice into a case that he has left.
 */
const year = async (): Promise<void> => {
  await db.superuser('select setseed(0.21)');
  await db.superuser('alter table audit.event disable trigger user');
  await db.superuser(`
    insert into app.exit_case (id, number, label, unit, phase, place, since, version, created_at, touched_at)
    select ('c0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'UV-' || n, 'Fugl ' || n, 'fyn', 'course', 'freedom', '2024-01-01', 1, '2024-01-01', '2025-12-31' from generate_series(1, ${CASES}) n`);
  // One person is in six cases.
  await db.superuser(`
    insert into app.case_member (case_id, user_id, role, valid_from)
    select ('c0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, ('a0000000-0000-4000-8000-' || lpad((m * 100 + n % 10)::text, 12, '0'))::uuid, 'contact', '2024-01-01'
    from generate_series(1, ${CASES}) n, generate_series(1, ${MEMBERS}) m`);
  await db.superuser(`
    insert into app.case_event (case_id, version, type, at, recorded_at, actor, journal, core_ct, written_at)
    select m.case_id, row_number() over (partition by m.case_id), e.type, e.at, e.at, m.user_id, false, '', e.at
    from app.case_member m cross join lateral (
      select 'NoteAdded' as type, timestamptz '2025-01-01 09:00+01' + make_interval(days => (g * 21 + random() * 12 - 6)::int, mins => (random() * 420)::int) as at from generate_series(0, 17) g where m.user_id is not null
      union all select 'FollowUpHeld', timestamptz '2025-01-10 13:00+01' + make_interval(days => g * 30) from generate_series(0, 11) g where m.user_id::text like '%000000000_0_'  and m.user_id::text like '%1__') e`);
  await db.superuser(`
    insert into audit.event (at, actor, action, case_ref, purpose)
    select c.written_at + make_interval(mins => (case k when 1 then -20 else random() * 4000 end)::int), c.actor, 'case.opened', c.case_id, 'overview' from app.case_event c, generate_series(1, 2) k where c.type = 'NoteAdded'
    union all select c.written_at + make_interval(days => (random() * 8 - 4)::int, mins => (random() * 120)::int), m.user_id, 'case.opened', m.case_id, 'opfoelgning'
      from app.case_event c join app.case_member m on m.case_id = c.case_id, generate_series(1, 2) where c.type = 'FollowUpHeld' and random() < 0.75
    union all select timestamptz '2025-01-01 08:00+01' + make_interval(days => (random() * 363)::int, mins => (random() * 720)::int), m.user_id, 'case.opened', m.case_id, 'journal'
      from app.case_member m, generate_series(1, 8)`);
  // Clock times of the second looks fall anywhere: people sleep at night.
  await db.superuser(`update audit.event set at = audit.start_of(audit.day_of(at)) + make_interval(hours => 8, mins => (random() * 700)::int) where (at at time zone 'Europe/Copenhagen')::time not between '07:00' and '22:45'`);
  await db.superuser(`insert into audit.event (at, actor, action, case_ref, purpose)
    select timestamptz '2025-02-01 02:00+01' + make_interval(days => g * 45), m.user_id, 'case.opened', m.case_id, 'sikkerhed' from generate_series(1, 7) g join lateral (select * from app.case_member order by case_id, user_id offset g * 9 limit 1) m on true`);
  await db.superuser(`insert into app.case_member (case_id, user_id, role, valid_from, valid_to) select case_id, 'b0000000-0000-4000-8000-000000000001', 'contact', '2024-01-01', '2024-12-01' from app.case_member order by 1 limit 1`);
  await db.superuser(`insert into audit.event (at, actor, action, case_ref, purpose) select timestamptz '2025-03-01 09:00+01' + make_interval(days => g * 100), user_id, 'case.denied', case_id, 'overview'
    from generate_series(1, 2) g, app.case_member where user_id = 'b0000000-0000-4000-8000-000000000001'`);
  await db.superuser('analyze');
};

describe('Control 21: a normal year', () => {
  it('gives the auditor at most two false alarms in a thousand openings, those that were let go counted with them', async ({ annotate }) => {
    await year();
    await replayedLog(db).turns('2025-01-01', '2026-01-10');
    const [openings] = await db.superuser<{ n: number }>(`select count(*)::int as n from audit.event where action = 'case.opened'`);
    const alarms = await db.superuser<{ kind: string; n: number; lapsed: number }>('select kind, count(*)::int as n, count(*) filter (where lapsed)::int as lapsed from audit.review group by kind order by kind');
    void annotate(`${openings?.n ?? 0} openings: ${JSON.stringify(alarms)}`);
    expect(openings?.n).toBeGreaterThan(9_000);
    // It could give some: nights and a look into a case that was left are found.
    expect(alarms.map((one) => one.kind)).toEqual(expect.arrayContaining(['ended', 'night']));
    expect(alarms.reduce((sum, one) => sum + one.n, 0) / (openings?.n ?? 0)).toBeLessThanOrEqual(0.002);
  });
});
