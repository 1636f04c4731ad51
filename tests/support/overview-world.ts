import pg from 'pg';
import { epochMilliseconds, instantOf, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { setDatabaseClock } from '../../src/store/command-table.js';
import { registration, takenCase, type TestHouse } from './house.js';
import type { PersonName } from './people.js';
import type { TestWeb } from './web.js';

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

/** Takes the lists empty again, of cases and of inquiries that nobody has taken; the cases themselves stay. */
export async function clearOverview(house: TestHouse): Promise<void> {
  await house.db.superuser('delete from app.overview');
  await house.db.superuser('update app.unit_inbox set taken_at = now() where taken_at is null');
}

/** The overview as a program reads it. */
export interface Listed {
  readonly total: number;
  readonly late: number;
  readonly page: number;
  readonly cases: readonly { readonly number: string; readonly waitsFor: string | null; readonly contactPerson: string | null; readonly daysInPhase: number; readonly questions: readonly { readonly kind: string }[] }[];
  readonly municipalities: readonly { readonly municipality: string | null; readonly cases: number; readonly late: number }[];
  readonly untaken: readonly { readonly unit: string; readonly daysLate: number }[];
}
/** What an official of the contact point reads by program. @param query with its question mark */
export const listed = async (web: TestWeb, query = '', who: PersonName = 'officialKl'): Promise<Listed> => (await web.api(who, 'GET', `/api/v1/overview${query}`)).json<Listed>();
/** The numbers of the cases it lists, in its order. */
export const numbersListed = async (web: TestWeb, query = ''): Promise<readonly string[]> => (await listed(web, query)).cases.map((one) => one.number);

/** The Monday on which each test of the overview begins. */
export const MONDAY = knownDate('2026-11-02');

/** Ten in the morning of a day, for the program and for the database. */
export async function goTo(house: TestHouse, day: PlainDate): Promise<void> {
  const at = instantOf(day, 10, 0);
  house.setClock(at);
  const superuser = new pg.Client({ connectionString: house.db.url('superuser') });
  await superuser.connect();
  await setDatabaseClock(superuser, epochMilliseconds(at)).finally(() => superuser.end());
}
