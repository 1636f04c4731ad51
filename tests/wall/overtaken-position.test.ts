import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, copenhagenDate, formatDate, instantOf } from '../../src/domain/kernel/time.js';
import { testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { concludedCase } from '../support/refused-cases.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterAll(() => web.close());

/** A disagreement that two officials have; KL has said yes, and the time to answer the hearing is over. */
async function spoken() {
  const caseId = await concludedCase(web.house, { police: 'accept', municipal: 'refuse', probation: 'refuse' });
  const does = (who: PersonName, command: string, input: object = {}) => web.house.does(who, caseId, command, input);
  const start = copenhagenDate(web.house.clock());
  await does('municipal', 'hearing.send', { facts: 'Du ser stadig kredsen', deadline: addDays(start, 10) });
  web.house.setClock(instantOf(addDays(start, 11), 10, 0));
  await does('police', 'assessment.referToContactPoint', { account: 'Vi er ikke enige' });
  const [row] = await web.house.db.superuser<{ id: string; number: string }>('select id, number from app.question where case_id = $1', [caseId]);
  const { id: question, number } = row ?? { id: '', number: '' };
  for (const who of ['officialKl', 'officialDfk'] as const) await web.post(who, `/spoergsmaal/${question}`, {});
  const decides = (who: PersonName, position: 'accept' | 'refuse', reasons = 'Samlet set') => web.post(who, `/sager/${caseId}/goer/contactPoint.decide`, { question, position, reasons, ...(position === 'refuse' ? { criterion: 'motivation' } : {}) });
  await decides('officialKl', 'accept');
  const queued = async (who: PersonName) => plain((await web.get(who, '/spoergsmaal')).body.split('<tr').find((one) => one.includes(number)) ?? '');
  /** What the front page says of it. */
  const told = async (who: PersonName) => {
    const section = /<section[^>]*aria-labelledby="nyt-siden".*?<\/section>/s.exec((await web.get(who, '/')).body)?.[0];
    return section?.includes(number) === true ? plain(section) : undefined;
  };
  return {
    caseId, question, decides, queued, told, news: formatDate(addDays(start, 11)),
    answers: () => does('municipal', 'hearing.answer', { answer: 'Jeg så dem sidst i maj' }),
    file: (who: PersonName) => textAt(who, `/sager/${caseId}`),
    overtaken: async () => (await web.api('officialKl', 'GET', `/api/v1/questions/${question}`)).json<{ overtaken: readonly string[] }>().overtaken,
  };
}
const plain = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const textAt = async (who: PersonName, url: string): Promise<string> => plain((await web.get(who, url)).body);
const BADGE = 'Nyt siden din stillingtagen';
const NEWS = 'Der er kommet nyt, efter at I gav jeres stilling';

describe('what comes to a question after an official has given his position', () => {
  it('is nothing before it has come: neither page, queue nor program tells of it, and no second position is taken (FM-DEC-2)', async () => {
    const { file, queued, overtaken, decides } = await spoken();
    expect([(await file('officialKl')).includes(NEWS), (await queued('officialKl')).includes(BADGE), await overtaken()]).toEqual([false, false, []]);
    const reply = await decides('officialKl', 'refuse', 'Noget nyt, jeg skrev');
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('Noget nyt, jeg skrev');
  });

  it('is told to him on the question and in the queue, and to programs; not to a colleague who has yet to give his, and not to the unit (FM-DEC-2, FM-NCP-2)', async () => {
    const { caseId, question, file, queued, told, overtaken, answers, news } = await spoken();
    expect(await told('officialKl')).toBeUndefined();
    await answers();
    const reads = await file('officialKl');
    for (const words of [NEWS, `Det kom ${news}`, `Noteret ${news}, efter at I gav jeres stilling`, 'Jeg så dem sidst i maj']) expect(reads).toContain(words);
    expect((await web.get('officialKl', `/sager/${caseId}`)).body).toContain(`href="/sager/${caseId}/goer/contactPoint.decide?question=${question}"`);
    expect([await queued('officialKl'), await overtaken()]).toEqual([expect.stringContaining(BADGE), ['kl']]);
    // On the front page it stands by itself, by no day, and leads to the question.
    expect(await told('officialKl')).toContain('Endelig afgørelse');
    expect((await web.get('officialKl', '/')).body).toContain(`href="/spoergsmaal/${question}"`);
    expect(reads).not.toContain('Lige nu er der ikke noget, du skal gøre');
    expect(reads).toContain('ændrer det noget, kan du give en ny');
    for (const who of ['officialDfk', 'officialPolice', 'municipal', 'police'] as const) expect(await told(who), who).toBeUndefined();
    for (const who of ['officialDfk', 'officialPolice'] as const) expect(await queued(who), who).toMatch(/^(?!.*Nyt siden).*stilling givet/);
    expect(await file('officialDfk')).toContain('efter at spørgsmålet blev sendt');
    for (const who of ['officialDfk', 'municipal', 'police'] as const) expect(await file(who), who).not.toContain(NEWS);
  });

  it('lets him give another, which counts instead; the first stands beside it, and the news is told no more (FM-DEC-2, FM-WORK-2)', async () => {
    const { question, file, queued, told, overtaken, answers, decides } = await spoken();
    await answers();
    expect((await decides('officialKl', 'refuse', 'Svaret overbeviser ikke')).statusCode).toBe(303);
    const reads = await file('officialDfk');
    expect(reads).toMatch(/Tidligere stilling, gælder ikke mere\. KL: Kandidaten optages: +Samlet set/);
    expect(reads).toMatch(/ KL: Kandidaten får afslag\. Motivation: personen er ikke motiveret: +Svaret overbeviser ikke/);
    expect([(await file('officialKl')).includes(NEWS), (await queued('officialKl')).includes(BADGE), await told('officialKl'), await overtaken()]).toEqual([false, false, undefined, []]);
    const spokenBy = async () => (await web.house.db.superuser<{ spoken_by: readonly string[]; outcome: string | null }>('select spoken_by, outcome from app.question where id = $1', [question]))[0];
    expect(await spokenBy()).toEqual({ spoken_by: [people.officialKl.user], outcome: null });
    expect((await decides('officialDfk', 'refuse')).statusCode).toBe(303);
    expect(await spokenBy()).toMatchObject({ outcome: 'refused' });
  });

  it('is told no more once the question has ended, also to him who gave no other (FM-DEC-2, FM-WORK-1)', async () => {
    const { told, answers, decides } = await spoken();
    await answers();
    expect(await told('officialKl')).toBeDefined();
    expect((await decides('officialDfk', 'accept')).statusCode).toBe(303);
    expect(await told('officialKl')).toBeUndefined();
  });
});
