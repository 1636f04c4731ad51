import type { Instant } from '../../src/domain/kernel/time.js';
import { acknowledge, listNotifications, type Notification, type NotificationsAsked } from '../../src/store/notifications.js';
import { againstAcceptance, forAcceptance, refusal } from './assessment-states.js';
import { takenCase, type TestHouse, testHouse } from './house.js';
import type { PersonName } from './people.js';
import { noLimits } from './wall-house.js';
import { prompt, type Prompt } from './wall-sql.js';
import { testWeb, type TestWeb } from './web.js';

/** A house whose contact point is told of cases, with the shortest ways to what it was told. */
export interface NotifiedHouse {
  readonly house: TestHouse;
  /** A case whose assessment has begun: one notification. Its units' people are in it. */
  readonly begun: () => Promise<string>;
  /** A case that was refused: two notifications. */
  readonly refused: () => Promise<string>;
  /** The first fifty of the list, what waits alone unless said otherwise. */
  readonly listed: (who: PersonName, asked?: Partial<NotificationsAsked>) => Promise<readonly Notification[]>;
  /** The ids of what was sent of a case, in the order in which it was sent. */
  readonly of: (caseId: string) => Promise<readonly string[]>;
  readonly acknowledges: (who: PersonName, ids: readonly string[] | undefined, caseId?: string) => ReturnType<typeof acknowledge>;
  /** Sends so many of one case and kind at once, each a millisecond after the one before. @returns their ids, oldest first */
  readonly sends: (caseId: string, count: number, at: Instant, unit?: string) => Promise<readonly string[]>;
  /** Everything that was sent, gone. */
  readonly forgets: () => Promise<void>;
  /** The house as people and programs reach it. */
  readonly web: TestWeb;
  /** The database as a statement reaches it that was smuggled into the web's role. */
  readonly smuggled: Prompt;
  readonly close: () => Promise<void>;
}

export async function notifiedHouse(): Promise<NotifiedHouse> {
  const house = await testHouse(noLimits);
  const [web, smuggled] = [await testWeb(house, 1_000_000), await prompt(house.db, 'udvej_web')];
  const begun = async (): Promise<string> => {
    const id = await takenCase(house);
    await house.does('police', id, 'assessment.begin');
    return id;
  };
  return {
    house, begun, web, smuggled,
    refused: async () => {
      const id = await begun();
      await house.does('police', id, 'assessment.targetGroup', { category: '1a', registration: 'registered' });
      await house.does('police', id, 'assessment.recordObtained', { nothingFound: true });
      await house.does('probation', id, 'assessment.recordObtained', { nothingFound: true });
      await house.does('municipal', id, 'assessment.clarifyRelocation', { need: 'none', reason: 'Ingen kendte trusler' });
      await house.does('police', id, 'assessment.submit', forAcceptance);
      for (const who of ['municipal', 'probation'] as const) await house.does(who, id, 'assessment.submit', againstAcceptance);
      await house.does('municipal', id, 'hearing.send', { exception: 'Kender oplysningerne' });
      await house.does('police', id, 'decision.refuse', refusal);
      return id;
    },
    listed: async (who, asked = {}) => (await listNotifications(house.web, house.tokens[who], { all: false, limit: 50, page: 1, ...asked })).rows,
    of: async (caseId) => (await house.db.superuser<{ id: string }>('select id from app.notification where case_id = $1 order by version, at', [caseId])).map(({ id }) => id),
    acknowledges: (who, ids, caseId) => acknowledge(house.web, house.tokens[who], ids, caseId),
    sends: async (caseId, count, at, unit) => (await house.db.superuser<{ id: string }>(`with sent as (insert into app.notification (kind, case_id, version, number, unit, at)
      select 'course-status', c.id, 1000 + n, c.number, coalesce($4, c.unit), $3::timestamptz + n * interval '1 millisecond' from app.exit_case c, generate_series(1, $2::int) n where c.id = $1 returning id, at) select id from sent order by at`, [caseId, count, at, unit ?? null])).map(({ id }) => id),
    forgets: async () => { await house.db.superuser('delete from app.notification'); },
    close: async () => {
      await smuggled.close();
      await web.close();
    },
  };
}
