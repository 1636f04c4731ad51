import type { Instant } from '../../src/domain/kernel/time.js';
import type { FreshDatabase } from './database.js';
import type { Counted } from './published-people.js';

/** Writes people into the record of figures as they stand since a day, each a case of his own; those registered again were so the same day. */
export async function tellPeople(db: FreshDatabase, people: readonly Counted[], since: string, recordedAt: Instant): Promise<void> {
  await db.superuser(
    `with told as (select gen_random_uuid() as stat_id, p.* from jsonb_to_recordset($1::jsonb) as p (state text, again boolean, unit text, municipality text, category text, age text, place text)),
     standing as (
       insert into stat.standing (stat_id, state, from_date, recorded_at, unit, municipality, category, place, age_band)
       select t.stat_id, t.state, $2::date, $3::timestamptz, t.unit, t.municipality, t.category, t.place, t.age from told t)
     insert into stat.re_registration (stat_id, on_date, recorded_at) select t.stat_id, $2::date, $3::timestamptz from told t where t.again`,
    [JSON.stringify(people), since, recordedAt],
  );
}
