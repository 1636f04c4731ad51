import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { StaffFunction } from '../../../domain/access/functions.js';
import type { UserId } from '../../../domain/kernel/ids.js';
import type { AuthorityId } from '../../../domain/reference/authorities.js';
import type { Worker } from '../case-script.js';
import { inCustody, inFreedom, type UnitCast } from '../unit-cast.js';
import { Dice } from './dice.js';
import { Names } from './names.js';
import type { HistoryCase } from './plan.js';

/** Says who they are in the history, and is no login: nobody can come in as one of them. */
export const HISTORY_ISSUER = 'demonstration-history';

/** Cases one person has; then the next one has taken over. Fewer than a person may open in an hour. */
const CASES_EACH = 40;

const FUNCTION_OF = {
  police: 'police_exit',
  municipality: 'municipal_exit',
  probation: 'probation_exit',
  dfk: 'custody_exit',
} as const satisfies Readonly<Record<string, StaffFunction>>;

const fingerprint = (text: string): Buffer => createHash('sha256').update(`${HISTORY_ISSUER} ${text}`).digest();
/** The same person has the same id in every demonstration. */
const idOf = (print: Buffer): UserId => `de310000-0000-4000-8000-${print.toString('hex').slice(0, 12)}` as UserId;

/** The people who had the cases of the history, in every district and municipality that had any. */
export class HistoryStaff {
  readonly #people = new Map<string, Worker>();
  readonly #casts = new Map<HistoryCase, UnitCast>();

  constructor(plan: readonly HistoryCase[]) {
    const names = new Names(new Dice(1_952));
    const had = new Map<AuthorityId, number>();
    const turn = (kind: keyof typeof FUNCTION_OF, authority: AuthorityId): Worker => {
      const count = had.get(authority) ?? 0;
      had.set(authority, count + 1);
      return this.#worker(kind, authority, Math.floor(count / CASES_EACH), names);
    };
    for (const one of plan) {
      const police = turn('police', `police:${one.district}`);
      this.#casts.set(
        one,
        one.place === 'custody'
          ? inCustody(turn('dfk', 'dfk'), police)
          : inFreedom(
              police,
              turn('municipality', `municipality:${one.municipality}`),
              turn('probation', `probation:${one.district}`),
            ),
      );
    }
  }

  get all(): readonly Worker[] {
    return [...this.#people.values()];
  }

  castOf(one: HistoryCase): UnitCast {
    const cast = this.#casts.get(one);
    if (cast === undefined) throw new RangeError('a case that is not in the plan');
    return cast;
  }

  #worker(kind: keyof typeof FUNCTION_OF, authority: AuthorityId, place: number, names: Names): Worker {
    const login = `${authority}.${place + 1}`;
    const known = this.#people.get(login);
    if (known !== undefined) return known;
    const print = fingerprint(login);
    const made: Worker = {
      id: idOf(print),
      login,
      authority,
      functions: [FUNCTION_OF[kind]],
      name: names.next((print[0] ?? 0) % 2 === 0 ? 'female' : 'male'),
    };
    this.#people.set(login, made);
    return made;
  }
}

/** Puts them into the staff directory. @param superuser may become `udvej_owner` */
export const enterHistoryStaff = (superuser: Pick<pg.ClientBase, 'query'>, staff: readonly Worker[]): Promise<void> =>
  asOwner(
    superuser,
    `insert into app.staff (id, issuer, subject, name, authority, functions)
       select id, $2, login, name, authority, functions from jsonb_to_recordset($1::jsonb) as one (id uuid, login text, name text, authority text, functions text[])
     on conflict (id) do nothing`,
    [JSON.stringify(staff), HISTORY_ISSUER],
  );

/** Those with no open case left have retired: they stand behind what they did, and are no longer among the colleagues to choose. */
export const retireHistoryStaff = (superuser: Pick<pg.ClientBase, 'query'>): Promise<void> =>
  asOwner(
    superuser,
    `update app.staff set disabled_at = now() where issuer = $1 and disabled_at is null and not exists (
       select from app.case_member m join app.exit_case c on c.id = m.case_id where m.user_id = staff.id and m.valid_to is null and c.phase <> 'closed')`,
    [HISTORY_ISSUER],
  );

/** Runs one statement as the owner of the tables. */
export async function asOwner(superuser: Pick<pg.ClientBase, 'query'>, sql: string, values: unknown[]): Promise<void> {
  await superuser.query('begin');
  try {
    await superuser.query('set local role udvej_owner');
    await superuser.query(sql, values);
    await superuser.query('commit');
  } catch (error) {
    await superuser.query('rollback').catch(() => undefined);
    throw error;
  }
}
