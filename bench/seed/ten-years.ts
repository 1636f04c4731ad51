import { asSuperuser } from '../database.js';

/** The record of figures as ten years of all cases would have left it: every case's life from its inquiry, what was said of it before and is superseded, measures, follow-ups, and some registered again. */
const TEN_YEARS = [
  'set session_replication_role = replica',
  'truncate stat.standing, stat.follow_up, stat.re_registration, stat.drawing',
  `create temp table life as select row_number() over (order by c.id) as n, l.stat_id, current_date - (row_number() over (order by c.id))::int % 3650 as began, c.unit, c.municipality
    from app.exit_case c join stat.link l on l.case_id = c.id`,
  `insert into stat.standing (stat_id, state, from_date, to_date, recorded_at, superseded_at, unit, municipality, category, place, age_band, measures, step, days)
    select stat_id, case when state = 'completed' and n % 3 = 0 then 'interrupted' else state end, began + first, case when began + last <= current_date then began + last end, began + first, null, unit,
      coalesce(municipality, '0101'), (array['1a', '1b', '2a', '2b', '2c'])[1 + n % 5], case when n % 10 = 0 then 'custody' else 'freedom' end, (array['under-18', '18-24', '25-29', '30-39', '40+'])[1 + n % 5],
      case when first >= 60 then (array['{bolig}', '{misbrugsbehandling}', '{mentorstoette,misbrugsbehandling}', '{bolig,mentorstoette,misbrugsbehandling}'])[1 + n % 4] else '{}' end::text[], step, days + n % (days / 2)
    from life cross join (values ('inquiry', 0, 3, null, null), ('assessment', 3, 30, null, null), ('accepted', 30, 60, 'decision', 30), ('course', 60, 700, 'agreement', 30), ('completed', 700, null, 'end', 640))
      as stood (state, first, last, step, days) where began + first <= current_date`,
  `insert into stat.standing select stat_id, state, from_date, null, recorded_at, recorded_at + (to_date - from_date) * interval '1 day', unit, municipality, category, place, age_band, measures, step, days
    from stat.standing where to_date is not null`,
  `insert into stat.follow_up (stat_id, unit, due_on, held_on, recorded_at)
    select stat_id, unit, began + 90 * nth, began + 90 * nth + nth % 2, began + 60 from life, generate_series(1, 6) as nth where began + 90 * nth < current_date`,
  `insert into stat.re_registration (stat_id, on_date, recorded_at) select stat_id, began + 800, began + 800 from life where n % 20 = 0 and began + 800 <= current_date`,
  'update stat.change set n = n + 1',
  'set session_replication_role = origin',
  'vacuum analyze stat.standing, stat.follow_up, stat.re_registration',
] as const;

/** Lays it in the place of what the cases of the benchmark have behind them, who have all just begun; so that figures are drawn of what there is to count. */
export const layTenYears = (superuserUrl: string): Promise<void> =>
  asSuperuser(superuserUrl, async (client) => {
    for (const statement of TEN_YEARS) await client.query(statement);
  });
