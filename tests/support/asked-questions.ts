import { copenhagenDate, instantOf, type PlainDate } from '../../src/domain/kernel/time.js';
import { takenCase, type TestHouse, testHouse } from './house.js';
import type { PersonName } from './people.js';
import { concludedCase } from './refused-cases.js';
import { textOf } from './wall-http.js';
import { noLimits } from './wall-house.js';
import { testWeb } from './web.js';

/** The page with the queue of questions. */
export const PAGE = '/spoergsmaal';

/** A question to the contact point, of a case of Vestegn. */
export interface AskedQuestion {
  readonly caseId: string;
  readonly number: string;
  readonly question: string;
  readonly due: PlainDate;
}
async function askedIn(house: TestHouse, caseId: string): Promise<AskedQuestion> {
  const [row] = await house.db.superuser<{ id: string; number: string; due: PlainDate }>('select id, number, due::text from app.question where case_id = $1', [caseId]);
  if (!row) throw new Error('not asked');
  return { caseId, number: row.number, question: row.id, due: row.due };
}
/** Asked for advice. */
export async function adviceAsked(house: TestHouse): Promise<AskedQuestion> {
  const caseId = await takenCase(house);
  await house.does('police', caseId, 'assessment.begin');
  await house.does('municipal', caseId, 'assessment.askAdvice', { topic: 'motivation', question: 'Hvad gør andre?', entries: [] });
  return askedIn(house, caseId);
}

/** The row of one question on the page, as it reads; undefined when it does not stand there. */
export const rowOf = (body: string, { number }: AskedQuestion): string | undefined => {
  const found = body.split('<tr').find((one) => one.includes(number));
  return found === undefined ? undefined : textOf(`<tr${found}`);
};

/** A house with questions to the contact point, and its officials at the queue. */
export async function questionDesk() {
  const house = await testHouse(noLimits);
  const web = await testWeb(house, 1_000_000);
  const page = async (who: PersonName, query = ''): Promise<string> => (await web.get(who, `${PAGE}${query}`)).body;
  return {
    web, house, page,
    today: () => copenhagenDate(house.clock()),
    /** Ten in the morning of a day. */
    goTo: (day: PlainDate): void => house.setClock(instantOf(day, 10, 0)),
    advice: () => adviceAsked(house),
    /** The three have given their conclusions, and do not agree: what is asked for is a final decision. */
    referred: async (): Promise<AskedQuestion> => {
      const caseId = await concludedCase(house, { police: 'accept', municipal: 'refuse', probation: 'refuse' });
      await house.does('police', caseId, 'assessment.referToContactPoint', { account: 'Vi er ikke enige' });
      return askedIn(house, caseId);
    },
    take: (who: PersonName, { question }: AskedQuestion) => web.post(who, `${PAGE}/${question}`, {}),
    stands: async (who: PersonName, asked: AskedQuestion, query = ''): Promise<boolean> => rowOf(await page(who, query), asked) !== undefined,
    close: () => web.close(),
  };
}
export type QuestionDesk = Awaited<ReturnType<typeof questionDesk>>;
