import type { FreshDatabase } from './database.js';

/** What a page of the desk is asked for by: one of each that stands in the lists. */
export interface WholeCountry {
  readonly question: string;
  readonly match: string;
}

/**
 * So many cases of the whole country, straight into the tables that the contact point's desk is made of and into those of the case file that it must not read: a third of them go on, the
 * rest have ended. Nothing of them can be opened.
 */
export async function wholeCountry({ superuser }: FreshDatabase, cases: number): Promise<WholeCountry> {
  // Without the triggers that say who may write what: this is nobody's work.
  await superuser(`set session_replication_role = replica`);
  const official = `(select id from app.staff where 'contact_point' = any (functions) order by id limit 1)`;
  const asker = `(select id from app.staff where 'police_exit' = any (functions) order by id limit 1)`;
  for (const sql of [
    `create temp table drawn as select n, md5('case ' || n)::uuid as id, 'UV-' || n as number,
      (array['nordjylland', 'oestjylland', 'fyn', 'vestegnen'])[1 + n % 4] as unit, (array['0851', '0751', '0461', '0183'])[1 + n % 4] as municipality,
      (array['assessment', 'course', 'closed', 'closed', 'closed', 'course'])[1 + n % 6] as phase, date '2026-11-02' - n % 2000 as since from generate_series(1, ${cases}) as n`,
    `insert into app.exit_case (id, number, label, unit, municipality, phase, place, since, next_due, version, created_at, touched_at)
      select id, number, 'Falken', unit, municipality, phase, 'freedom', since, since + 14, 6, since, since from drawn`,
    `insert into app.overview (case_id, number, unit, municipality, phase, place, since, next_due, waits_for)
      select id, number, unit, municipality, phase, 'freedom', since, since + 14, 'other' from drawn where phase <> 'closed'`,
    `insert into app.unit_inbox (case_id, unit, number, received_at, municipality, channel, place, urgent, due, taken_at)
      select id, unit, number, since, municipality, 'phone', 'freedom', false, since + 1, case when n % 2000 > 0 then since + 1 end from drawn`,
    `update app.unit_inbox set unit = 'unnamed', municipality = null, at_contact_point = true where taken_at is null and case_id in (select id from drawn where n % 4000 = 0)`,
    `insert into app.case_member (case_id, user_id, role, subject, valid_from) select id, ${asker}, 'police', '', since from drawn where n % 1000 = 0`,
    `insert into app.notification (kind, case_id, version, number, unit, at, acknowledged_at, acknowledged_by)
      select kind, id, version, number, unit, since + version, case when n % 500 > 0 then since + version + 1 end, case when n % 500 > 0 then ${official} end
      from drawn cross join (values ('assessment-begun', 1), ('course-status', 3)) as told (kind, version)`,
    `insert into app.question (id, case_id, kind, number, unit, asked_at, asked_on, due, status, needed, ended_on)
      select md5('question ' || n)::uuid, id, 'advice', number, unit, since, since, since + 14, case when n % 1000 = 0 then 'open' else 'answered' end, 1, case when n % 1000 > 0 then since + 7 end
      from drawn where n % 5 = 0`,
    `insert into app.text (id, kind, asked_by, asker, authority, asked_at, due, question_ct, answer_ct, answered_at, answered_by, delete_on)
      select md5('guidance ' || n)::uuid, 'guidance', ${asker}, ${asker}, 'police:vestegnen', since, since + 7, '\\x00', case when n % 1000 > 0 then '\\x00'::bytea end, case when n % 1000 > 0 then since + 3 end, case when n % 1000 > 0 then ${official} end, since + 700
      from drawn where n % 5 = 0`,
    `insert into match.hit (id, cases, found_at, due, settled_at, settled_by, outcome, basis)
      select md5('match ' || a.n)::uuid, array[least(a.id, b.id), greatest(a.id, b.id)], a.since, a.since + 3, case when a.n % 1000 > 0 then a.since + 2 end, case when a.n % 1000 > 0 then ${official} end,
        case when a.n % 1000 > 0 then 'different' end, case when a.n % 1000 > 0 then 'units' end
      from drawn a join drawn b on b.n = a.n + 1 where a.n % 10 = 0`,
    `insert into stat.link (case_id, stat_id) select id, md5('stat ' || n)::uuid from drawn`,
    `insert into stat.standing (stat_id, state, from_date, to_date, recorded_at, superseded_at, unit, municipality, place, measures, step, days)
      select md5('stat ' || n)::uuid, state, since + begins, since + ends, since + begins, null, unit, municipality, 'freedom', case state when 'course' then array['mentorstoette'] else '{}' end, step, days + n % 7
      from drawn cross join (values ('inquiry', 0, 3, null, null), ('assessment', 3, 30, null, null), ('accepted', 30, 60, 'decision', 30), ('course', 60, null, 'agreement', 30)) as stood (state, begins, ends, step, days)`,
    `insert into stat.follow_up (stat_id, unit, due_on, held_on, recorded_at) select md5('stat ' || n)::uuid, unit, since + 90, since + 90, since + 60 from drawn`,
    `insert into stat.re_registration (stat_id, on_date, recorded_at) select md5('stat ' || n)::uuid, since + 400, since + 400 from drawn where n % 50 = 0`,
  ]) await superuser(sql);
  await superuser('set session_replication_role = origin');
  await superuser('vacuum analyze');
  const first = async (table: string, open: string): Promise<string> => (await superuser<{ id: string }>(`select id from ${table} where ${open} limit 1`))[0]?.id ?? '';
  return { question: await first('app.question', `status = 'open'`), match: await first('match.hit', 'settled_at is null') };
}
