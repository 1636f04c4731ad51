import { testHouse } from './house.js';
import type { PersonName } from './people.js';
import { noLimits } from './wall-house.js';
import { testWeb } from './web.js';

/** The page and the address for programs by which a review is asked for by the number of the case. */
export const PAGE = '/spoergsmaal/proev-afslag';
export const API = '/api/v1/commands/decision.requestReview';
/** What the candidate says to the refusal. */
export const ACCOUNT = 'De hørte ikke efter, hvad jeg sagde';

interface LogRow {
  readonly action: string;
  readonly actor: string;
  readonly case_ref: string | null;
  readonly purpose: string | null;
}

/** A house in which the contact point may ask for as many reviews a day as it likes. */
export async function reviewDesk() {
  const web = await testWeb(await testHouse(noLimits), 1_000_000);
  const rows = <Row extends object>(sql: string, values: unknown[] = []) => web.house.db.superuser<Row & Record<string, unknown>>(sql, values);
  /** Sets how many numbers an official may ask for in a day. */
  const ofADay = (n: number) => rows(`update sec.setting set value = $1 where name = 'reviews_per_day'`, [n]);
  await ofADay(1_000);
  return {
    web, house: web.house, rows, ofADay,
    asks: (who: PersonName, number: string, account = ACCOUNT, key?: string) => web.post(who, PAGE, { number, account, ...(key === undefined ? {} : { _key: key }) }),
    byProgram: (who: PersonName, number: string, headers?: Readonly<Record<string, string>>) => web.api(who, 'POST', API, { number, account: ACCOUNT }, headers),
    /** A number that no case has. */
    free: async (): Promise<string> => (await rows<{ n: string }>('select sec.case_number(public.gen_random_bytes(8)) as n'))[0]?.n ?? '',
    /** What an act wrote in the log. */
    logged: async <T>(act: () => Promise<T>): Promise<{ readonly result: T; readonly log: readonly LogRow[] }> => {
      const [before] = await rows<{ n: string }>('select count(*) as n from audit.event');
      const result = await act();
      return { result, log: await rows<LogRow>('select action, actor, case_ref, purpose from audit.event order by at, id offset $1', [before?.n]) };
    },
    close: () => web.close(),
  };
}
export type ReviewDesk = Awaited<ReturnType<typeof reviewDesk>>;
