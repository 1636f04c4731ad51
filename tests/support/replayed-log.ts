import { randomUUID } from 'node:crypto';
import type { FreshDatabase } from './database.js';
import { people, type PersonName } from './people.js';

/** A log written for a test at moments of its own choosing, and the rules applied to it as the worker's turns would have been. */
export interface ReplayedLog {
  /** One row of the log. */
  readonly row: (who: PersonName, action: string, caseId: string | null, at: string) => Promise<string>;
  /** The rules, turn by turn, one a day at midnight UTC; both days included. */
  readonly turns: (first: string, last: string) => Promise<void>;
  readonly findings: (kind?: string) => Promise<readonly { readonly kind: string; readonly person: string; readonly found_at: string; readonly at: string; readonly n: number; readonly lapsed: boolean }[]>;
  /** A fact in the stream of a case, written by the database's clock at a moment. */
  readonly event: (who: PersonName, caseId: string, type: string, at: string) => Promise<void>;
}

export const replayedLog = ({ superuser }: FreshDatabase): ReplayedLog => {
  let version = 10_000;
  return {
    row: async (who, action, caseId, at) => {
      const id = randomUUID();
      await superuser(`insert into audit.event (id, at, actor, action, case_ref, purpose) values ($1, $2, $3, $4, $5, 'overview')`, [id, at, people[who].user, action, caseId]);
      return id;
    },
    turns: async (first, last) => {
      await superuser(`select audit.find(d, d + interval '1 day') from generate_series($1::timestamptz, $2::timestamptz, interval '1 day') d order by d`, [`${first} 00:00+00`, `${last} 00:00+00`]);
    },
    findings: (kind) => superuser(
      `select kind, person, to_char(found_at at time zone 'UTC', 'YYYY-MM-DD') as found_at, to_char(at at time zone 'UTC', 'YYYY-MM-DD') as at, cardinality(events) as n, lapsed
       from audit.review where $1::text is null or kind = $1 order by at, kind`, [kind ?? null]),
    event: async (who, caseId, type, at) => {
      await superuser(`insert into app.case_event (case_id, version, type, at, recorded_at, actor, journal, core_ct, written_at) values ($1, $2, $3, $5, $5, $4, false, '', $5)`, [
        caseId, (version += 1), type, people[who].user, at,
      ]);
    },
  };
};
