import pg from 'pg';
import { epochMilliseconds, instantOf, type PlainDate } from '../../src/domain/kernel/time.js';
import { setDatabaseClock } from '../../src/store/command-table.js';
import { registration, takenCase, type TestHouse } from './house.js';

/** A case whose assessment has begun: it stands in the contact point's overview. */
export async function assessedCase(house: TestHouse, input: object = {}): Promise<string> {
  const id = await takenCase(house, { ...registration, ...input });
  await house.does('police', id, 'assessment.begin');
  return id;
}

/** One row of the overview as it stands in its table. */
export interface Standing {
  readonly unit?: string;
  readonly municipality?: string;
  readonly phase?: 'assessment' | 'accepted' | 'course';
  readonly place?: 'freedom' | 'custody';
  readonly since?: string;
  readonly due?: string | null;
  readonly waitsFor?: string | null;
}

/** So many cases of nobody, straight into the list: nothing of them is to be opened. Their numbers, in the order given. */
export async function standing(house: Pick<TestHouse, 'db'>, rows: readonly Standing[]): Promise<readonly string[]> {
  const numbers: string[] = [];
  for (const { unit = 'fyn', municipality = '0461', phase = 'course', place = 'freedom', since = '2026-10-01', due = null, waitsFor = null } of rows) {
    const [row] = await house.db.superuser<{ number: string }>(`
      with made as (insert into app.exit_case (id, number, label, unit, municipality, phase, place, since, next_due, version, created_at, touched_at)
        values (gen_random_uuid(), sec.case_number(decode(substr(md5(random()::text), 1, 16), 'hex')), 'Falken', $1, $2, $3, $4, $5, $6, 1, now(), now()) returning *)
      insert into app.overview (case_id, number, unit, municipality, phase, place, since, next_due, waits_for)
      select id, number, unit, municipality, phase, place, since, next_due, $7 from made returning number`, [unit, municipality, phase, place, since, due, waitsFor]);
    numbers.push(row?.number ?? '');
  }
  return numbers;
}

/** Takes the list empty again; the cases themselves stay. */
export const clearOverview = (house: TestHouse): Promise<unknown> => house.db.superuser('delete from app.overview');

/** Ten in the morning of a day, for the program and for the database. */
export async function goTo(house: TestHouse, day: PlainDate): Promise<void> {
  const at = instantOf(day, 10, 0);
  house.setClock(at);
  const superuser = new pg.Client({ connectionString: house.db.url('superuser') });
  await superuser.connect();
  await setDatabaseClock(superuser, epochMilliseconds(at)).finally(() => superuser.end());
}
