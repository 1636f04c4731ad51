import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, copenhagenDate, formatDate, instantOf, type PlainDate } from '../../src/domain/kernel/time.js';
import { takenCase, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { concludedCase, type Numbered, numberOf, questionOf, refusedCase } from '../support/refused-cases.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  await web.house.db.superuser(`update sec.setting set value = 1000 where name = 'reviews_per_day'`);
});
afterAll(() => web.close());

const today = () => copenhagenDate(web.house.clock());
const goTo = (day: PlainDate): void => web.house.setClock(instantOf(day, 10, 0));
const does = (who: PersonName, { caseId }: Numbered, command: string, input: object = {}) => web.house.does(who, caseId, command, input);

const ACCOUNT = 'De hørte ikke efter, hvad jeg sagde';
const SENT = 'Vores begrundelse, ord for ord';
/** The contact point has a unit's refusal reviewed, by its number. */
async function askedByDesk(): Promise<Numbered> {
  const one = await refusedCase(web.house);
  expect((await web.post('officialKl', '/spoergsmaal/proev-afslag', { number: one.number, account: ACCOUNT })).statusCode).toBe(303);
  return one;
}
const supplements = (one: Numbered) => does('municipal', one, 'decision.supplementReview', { entries: [{ text: SENT }] });
async function advice(): Promise<Numbered> {
  const one = await numberOf(web.house, await takenCase(web.house));
  await does('police', one, 'assessment.begin');
  await does('municipal', one, 'assessment.askAdvice', { topic: 'motivation', question: 'Hvad gør andre?', entries: [] });
  return one;
}

const text = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
/** The row of one question as the queue has it. */
const row = async (who: PersonName, { number }: Numbered): Promise<string> => {
  const found = (await web.get(who, '/spoergsmaal')).body.split('<tr').find((one) => one.includes(number));
  return found === undefined ? '' : text(`<tr${found}`);
};
interface Asked { readonly caseId: string; readonly askedBy: string; readonly askedOn: PlainDate; readonly sentOn: PlainDate | null; readonly status: string }
const told = async (who: PersonName, one: Numbered, query = ''): Promise<Asked | undefined> =>
  (await web.api(who, 'GET', `/api/v1/questions${query}`)).json<readonly Asked[]>().find(({ caseId }) => caseId === one.caseId);
const BY_DESK = 'Kontaktpunktet bad selv om prøvelsen';
const NOTHING = 'Enheden har ikke sendt noget endnu';

describe('the queue says who asked, and whether the unit has sent anything (FM-NCP-2, FM-DEC-2)', () => {
  it('of a review that the contact point asked for by number: that it did, that the unit has sent nothing, and afterwards when it first did, on both its pages and by program', async () => {
    const one = await askedByDesk();
    const asked = today();
    const id = await questionOf(web.house, one.caseId);
    for (const who of ['officialPolice', 'officialKl', 'officialDfk'] as const) {
      expect(await row(who, one)).toContain(`${BY_DESK} ${formatDate(asked)}. ${NOTHING}`);
      expect(await told(who, one)).toMatchObject({ askedBy: 'contactPoint', askedOn: asked, sentOn: null });
      const page = (await web.get(who, `/spoergsmaal/${id}`)).body;
      for (const words of [`${BY_DESK} ${formatDate(asked)}. ${NOTHING}.`, 'kan du læse, hvad kandidaten siger til afslaget, og det, enheden sender.']) expect(page).toContain(words);
      expect((await web.api(who, 'GET', `/api/v1/questions/${id}`)).json()).toMatchObject({ askedBy: 'contactPoint', sentOn: null });
    }
    goTo(addDays(asked, 1));
    await supplements(one);
    const sent = today();
    goTo(addDays(sent, 1));
    await supplements(one);
    const said = `${BY_DESK} ${formatDate(asked)}. Enheden sendte det, I skal have, ${formatDate(sent)}`;
    for (const who of ['officialPolice', 'officialDfk'] as const) {
      expect(await row(who, one)).toContain(said);
      expect(await row(who, one)).not.toContain(NOTHING);
      expect((await web.get(who, `/spoergsmaal/${id}`)).body).toContain(said);
      expect(await told(who, one)).toMatchObject({ askedBy: 'contactPoint', sentOn: sent });
    }
  });

  it('of what a unit asks: that it came with the question, whatever its kind', async () => {
    const disputed = await numberOf(web.house, await concludedCase(web.house, { police: 'accept', municipal: 'refuse', probation: 'refuse' }));
    await does('police', disputed, 'assessment.referToContactPoint', { account: 'Vi er ikke enige' });
    const refused = await refusedCase(web.house);
    await does('municipal', refused, 'decision.requestReview', { account: ACCOUNT, entries: [] });
    for (const one of [await advice(), disputed, refused]) {
      expect(await told('officialKl', one)).toMatchObject({ askedBy: 'unit', askedOn: today(), sentOn: today() });
      const reads = await row('officialKl', one);
      expect([reads.includes(`Spurgt ${formatDate(today())}`), reads.includes(BY_DESK), reads.includes(NOTHING)]).toEqual([true, false, false]);
      const page = (await web.get('officialKl', `/spoergsmaal/${await questionOf(web.house, one.caseId)}`)).body;
      for (const words of ['kom sammen med spørgsmålet.', 'kan du læse det, enheden har sendt med.']) expect(page).toContain(words);
    }
    expect((await web.get('officialKl', '/spoergsmaal')).body).toContain('Hvor der ikke står andet, kom det, I skal have fra sagen, sammen med spørgsmålet.');
  });

  it('of a review that a program of the unit’s asked for with neither words nor texts: that nothing was sent', async () => {
    const one = await refusedCase(web.house);
    await does('municipal', one, 'decision.requestReview', {});
    expect(await told('officialKl', one)).toMatchObject({ askedBy: 'unit', sentOn: null });
    expect(await row('officialKl', one)).toContain(`Spurgt ${formatDate(today())}. ${NOTHING}`);
    const page = (await web.get('officialKl', `/spoergsmaal/${await questionOf(web.house, one.caseId)}`)).body;
    expect([page.includes('kom sammen med spørgsmålet'), page.includes('har sendt med'), page.includes('kan du læse, hvornår og hvorfor enheden gav afslag.')]).toEqual([false, false, true]);
  });

  it('by structure alone: nothing of what was said or sent, and still of one that has ended', async () => {
    const one = await askedByDesk();
    await supplements(one);
    const everywhere = [(await web.get('officialDfk', '/spoergsmaal')).body, (await web.api('officialDfk', 'GET', '/api/v1/questions?ended=true')).body];
    for (const body of everywhere) for (const word of [ACCOUNT, SENT, 'Emil', 'Sandbjerg', 'motivation']) expect(body).not.toContain(word);
    const question = await questionOf(web.house, one.caseId);
    for (const who of ['officialKl', 'officialDfk'] as const) {
      await does(who, one, 'contactPoint.takeQuestion', { question });
      await does(who, one, 'contactPoint.decideReview', { question, reasons: 'Samlet set', position: 'uphold', complaintRoute: 'Ingen' });
    }
    expect(await told('officialPolice', one)).toBeUndefined();
    expect(await told('officialPolice', one, '?ended=true')).toMatchObject({ status: 'answered', askedBy: 'contactPoint', sentOn: today() });
  });

  it('to who may see the queue alone: an official who is shut out is told nothing of it, and nobody else reads it (control 20)', async () => {
    const one = await askedByDesk();
    const id = await questionOf(web.house, one.caseId);
    await web.house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [one.caseId, people.officialDfk.user]);
    expect([await row('officialDfk', one), await told('officialDfk', one), await told('officialDfk', one, '?ended=true')]).toEqual(['', undefined, undefined]);
    for (const url of [`/spoergsmaal/${id}`, `/api/v1/questions/${id}`]) {
      const reply = url.startsWith('/api') ? await web.api('officialDfk', 'GET', url) : await web.get('officialDfk', url);
      expect([url, reply.statusCode]).toEqual([url, 404]);
    }
    for (const who of ['police', 'municipal', 'probation', 'custody', 'jobcentre', 'screener', 'auditor', 'admin'] as const) {
      for (const url of ['/api/v1/questions', `/api/v1/questions/${id}`]) expect([who, url, (await web.api(who, 'GET', url)).statusCode]).toEqual([who, url, 404]);
      for (const url of ['/spoergsmaal', `/spoergsmaal/${id}`]) expect([who, url, (await web.get(who, url)).statusCode]).toEqual([who, url, 404]);
    }
    expect(await row('officialKl', one)).toContain(BY_DESK);
  });

  it('describes both to programs', async () => {
    const described = (await web.api('officialKl', 'GET', '/api/v1/openapi.json')).body;
    for (const word of ['"askedBy":{"type":"string","enum":["unit","contactPoint"]}', '"sentOn"', 'sentOn: den dag, enheden først sendte noget']) expect(described).toContain(word);
  });
});
