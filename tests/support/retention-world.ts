import { randomBytes, randomUUID } from 'node:crypto';
import { keepTimeTurn } from '../../src/jobs/keep-time.js';
import { demonstrationCpr } from '../../src/domain/kernel/cpr.js';
import { instantOf, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { listApprovals, vote } from '../../src/store/approvals.js';
import { matchWaiting } from '../../src/store/matching/inquiries.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import type { Shredders } from '../../src/store/retention.js';
import { fileMac } from '../../src/store/vault/kms.js';
import { inboxCase, registration, seats, type TestHouse, testHouse } from './house.js';
import { people, type PersonName } from './people.js';
import { noLimits } from './wall-house.js';
import { tables } from '../../src/store/postgres/catalogue.js';
import { type TestWeb, testWeb } from './web.js';

/** A house with its web and its worker, and time that can be set for the database as well. */
export interface RetentionWorld {
  readonly web: TestWeb;
  readonly house: TestHouse;
  readonly pools: Shredders;
  /** A closed inquiry of 2 November 2026 with words, a number and a registrant; kept for a year. */
  readonly closedCase: (cpr?: boolean) => Promise<string>;
  /** Whatever day the periods are counted by. */
  readonly setDay: (day: PlainDate) => Promise<void>;
  readonly turn: () => ReturnType<typeof keepTimeTurn>;
  /** Says yes or no to what the worker asks about a case. */
  readonly answers: (who: PersonName, caseId: string, yes?: boolean) => Promise<Awaited<ReturnType<typeof vote>>>;
  /** What somebody reads who is asked. */
  readonly asked: (who: PersonName) => Promise<readonly string[]>;
  /** Rows that name the case, by table: the log, and the receipt, apart. */
  readonly rowsOf: (caseId: string) => Promise<Readonly<Record<string, number>>>;
  readonly close: () => Promise<void>;
}

export async function retentionWorld(): Promise<RetentionWorld> {
  const house = await testHouse(noLimits);
  const web = await testWeb(house, 1_000_000);
  const cases: Pool = createPool(house.db.url('udvej_worker'), { max: 2, name: 'test worker' });
  const keys: Pool = createPool(house.db.urlOfKeys('udvej_worker'), { max: 2, name: 'test worker keys' });
  const pools = { cases, keys };
  await house.db.superuser(`insert into app.unit_roster (unit, seat, municipality, user_id) values ('koebenhavns-vestegn', 'police', '', $1), ('koebenhavns-vestegn', 'police', 'anden', $2),
    ('koebenhavns-vestegn', 'municipal', '0183', $3), ('koebenhavns-vestegn', 'probation', '', $4), ('koebenhavns-vestegn', 'municipal', '0461', $5), ('dfk', 'custody', '', $6) on conflict do nothing`,
    [people.police.user, people.police2.user, people.municipal.user, people.probation.user, people.odense.user, people.custody.user]);
  const approvalOf = async (caseId: string): Promise<string> =>
    (await house.db.superuser<{ id: string }>(`select id from app.approval where subject = $1 and kind = 'shredding' order by asked_at desc limit 1`, [caseId]))[0]?.id ?? randomUUID();
  const setDay = async (day: PlainDate): Promise<void> => {
    const behind = Math.round((Date.now() - Date.parse(instantOf(day, 12, 0))) / 1000);
    await house.db.superuser(`update sec.setting set value = $1 where name = 'clock_behind'`, [behind]);
  };
  let serial = 0;
  return {
    web, house, pools,
    closedCase: async (cpr = true) => {
      serial += 1;
      // Who has just closed a case still reads it, whatever the real day is.
      await setDay(knownDate('2026-11-02'));
      const id = await inboxCase(house, { ...registration, ...(cpr ? { cpr: demonstrationCpr(knownDate('1991-02-03'), 'male', serial) } : {}) });
      await house.does('police', id, 'inquiry.take', seats);
      await house.does('police', id, 'journal.add', { text: 'Kun os', kind: 'personal', own: true });
      await house.does('municipal', id, 'journal.add', { text: 'Ringede forgæves', kind: 'personal' });
      await matchWaiting({ pool: cases, secret: house.matchSecret, mac: fileMac(randomBytes(32)) });
      await house.does('police', id, 'inquiry.close', { reason: 'withdrawn', note: 'Ringet tre gange' });
      return id;
    },
    setDay,
    turn: () => keepTimeTurn(pools),
    answers: async (who, caseId, yes = true) => vote(house.web, house.tokens[who], await approvalOf(caseId), yes),
    asked: async (who) => (await listApprovals(house.web, house.tokens[who])).filter(({ kind }) => kind === 'shredding').map(({ line }) => line),
    rowsOf: async (caseId) => {
      const [one] = await house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [caseId]);
      const counts: Record<string, number> = {};
      for (const table of (await tables(house.db)).filter((name) => !name.startsWith('audit.') && !['app.exit_case', 'sec.shred_order'].includes(name))) {
        const [found] = await house.db.superuser<{ n: number }>(`select count(*)::int as n from ${table} t where t::text like '%' || $1 || '%' or t::text like '%' || $2 || '%'`, [caseId, one?.number]);
        if ((found?.n ?? 0) > 0) counts[table] = found?.n ?? 0;
      }
      return counts;
    },
    close: async () => {
      await Promise.all([cases.end(), keys.end()]);
      await web.close();
    },
  };
}
