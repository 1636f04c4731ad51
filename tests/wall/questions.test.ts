import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, addWorkingDays } from '../../src/domain/kernel/time.js';
import { listQuestions } from '../../src/store/lists.js';
import { startSession } from '../../src/store/session-start.js';
import { adviceAsked, PAGE, questionDesk, type QuestionDesk, rowOf } from '../support/asked-questions.js';
import { testHouse } from '../support/house.js';
import { people } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { testWeb } from '../support/web.js';

let desk: QuestionDesk;
beforeAll(async () => { desk = await questionDesk(); });
afterAll(() => desk.close());

describe('the queue of questions (FM-NCP-2)', () => {
  it('shows an official of each of the three authorities what is asked, of which case and unit, when and by when', async () => {
    const asked = await desk.advice();
    for (const who of ['officialPolice', 'officialKl', 'officialDfk'] as const) {
      const reads = rowOf(await desk.page(who), asked) ?? '';
      expect(reads).toMatch(new RegExp(`Råd ${asked.number} Københavns Vestegn Spurgt 2. november 2026 Om 14 dage`));
      expect(reads).toContain('Ingen endnu Én myndighed Tag spørgsmålet');
    }
  });

  it('tells nothing of what is asked, and nothing of whom it is about', async () => {
    await desk.advice();
    const body = await desk.page('officialKl');
    for (const word of ['Hvad gør andre?', 'Motivation', 'Emil', 'Sandbjerg']) expect(body).not.toContain(word);
  });

  it('is nobody else’s: the common 404, as for an address that is not there', async () => {
    for (const who of ['police', 'municipal', 'probation', 'custody', 'jobcentre', 'screener', 'auditor', 'admin'] as const) {
      expect([(await desk.web.get(who, PAGE)).statusCode, (await desk.web.api(who, 'GET', '/api/v1/questions')).statusCode, (await desk.web.get(who, '/')).body.includes('href="/spoergsmaal"')], who).toEqual([404, 404, false]);
    }
    expect((await desk.web.get('officialKl', '/')).body).toContain('href="/spoergsmaal"');
  });

  it('leaves one row in the log each time it is read', async () => {
    const count = async () => Number((await desk.house.db.superuser<{ n: string }>(`select count(*) as n from audit.event where action = 'questions.listed' and actor = $1`, [people.officialDfk.user]))[0]?.n);
    const before = await count();
    await desk.page('officialDfk');
    expect(await count()).toBe(before + 1);
  });

  it('says nothing of a case that shuts the official out, neither open nor ended, and he cannot take it (control 20)', async () => {
    const asked = await desk.advice();
    await desk.house.does('municipal', asked.caseId, 'circle.exclude', { user: people.officialDfk.user, reason: 'Kusine' });
    expect([await desk.stands('officialDfk', asked), await desk.stands('officialKl', asked)]).toEqual([false, true]);
    expect((await desk.web.api('officialDfk', 'GET', '/api/v1/questions')).body).not.toContain(asked.number);
    expect((await desk.take('officialDfk', asked)).statusCode).toBe(404);
    expect((await desk.take('officialKl', asked)).statusCode).toBe(303);
    await desk.house.does('officialKl', asked.caseId, 'contactPoint.advise', { question: asked.question, advice: 'Vent' });
    expect([await desk.stands('officialDfk', asked), await desk.stands('officialKl', asked)]).toEqual([false, true]);
  });

  it('says that one which nobody has taken is to be taken now, three working days before its due date and not before', async () => {
    const asked = await desk.advice();
    const start = desk.today();
    const soon = async () => (rowOf(await desk.page('officialKl'), asked) ?? '').includes('Skal tages nu');
    desk.goTo(addDays(addWorkingDays(asked.due, -3), -1));
    expect(await soon()).toBe(false);
    desk.goTo(addWorkingDays(asked.due, -3));
    expect(await soon()).toBe(true);
    await desk.take('officialDfk', asked);
    expect(await soon()).toBe(false);
    desk.goTo(start);
  });

  it('marks a late one and says what can be done: it goes back to the unit with advice (FM-DEC-2)', async () => {
    const asked = await desk.referred();
    const start = desk.today();
    desk.goTo(asked.due);
    expect(rowOf(await desk.page('officialKl'), asked)).toContain('I dag');
    expect(await desk.stands('officialKl', asked, '?vis=forsinkede')).toBe(false);
    desk.goTo(addDays(asked.due, 2));
    expect(await desk.stands('officialKl', asked, '?vis=forsinkede')).toBe(true);
    expect(rowOf(await desk.page('officialKl'), asked)).toMatch(/2 dage.*giv det tilbage til enheden med et råd/);
    await desk.take('officialKl', asked);
    const body = await desk.page('officialKl');
    expect(body).toContain(`/sager/${asked.caseId}/goer/contactPoint.returnQuestion?question=${asked.question}`);
    const reply = await desk.web.post('officialKl', `/sager/${asked.caseId}/goer/contactPoint.returnQuestion`, { question: asked.question, to: 'unit', advice: 'Hør ham igen' });
    expect([reply.statusCode, reply.headers['location']]).toEqual([303, PAGE]);
    expect(rowOf(await desk.page('officialKl'), asked)).toContain('Givet tilbage til enheden');
    expect((await desk.web.get('municipal', `/sager/${asked.caseId}/visitation`)).body + (await desk.web.get('police', `/sager/${asked.caseId}`)).body).toContain('Hør ham igen');
    desk.goTo(start);
  });

  it('shows one kind, his own or those that lack an authority, when asked to', async () => {
    const [one, other] = [await desk.advice(), await desk.referred()];
    await desk.take('officialDfk', one);
    const seen = async (query: string) => [await desk.stands('officialDfk', one, query), await desk.stands('officialDfk', other, query)];
    expect(await seen('?slags=raad')).toEqual([true, false]);
    expect(await seen('?slags=afgoerelse')).toEqual([false, true]);
    expect(await seen('?vis=mine')).toEqual([true, false]);
    expect(await seen('?vis=ledige')).toEqual([false, true]);
    expect(await seen('?vis=mine&slags=afgoerelse')).toEqual([false, false]);
    expect(await desk.page('officialDfk', '?slags=proevelse')).toContain('Ingen af spørgsmålene svarer til det, du har valgt.');
    expect(await seen('?vis=findes-ikke&slags=x')).toEqual([true, true]);
  });

  it('keeps what ended for thirty days on the page, and no longer', async () => {
    const asked = await desk.advice();
    const start = desk.today();
    await desk.take('officialKl', asked);
    await desk.house.does('officialKl', asked.caseId, 'contactPoint.advise', { question: asked.question, advice: 'Vent lidt' });
    expect(rowOf(await desk.page('officialKl'), asked)).toMatch(/Råd 2. november 2026 Råd givet/);
    expect(await desk.page('officialKl')).not.toContain('Vent lidt');
    desk.goTo(addDays(start, 30));
    expect(await desk.stands('officialKl', asked)).toBe(true);
    desk.goTo(addDays(start, 31));
    expect(await desk.stands('officialKl', asked)).toBe(false);
    desk.goTo(start);
  });

  it('keeps its shape for programs, with what is new beside it', async () => {
    const asked = await desk.referred();
    await desk.take('officialKl', asked);
    const all = (await desk.web.api('officialKl', 'GET', '/api/v1/questions')).json<readonly { id: string }[]>();
    expect(all.find((one) => one.id === asked.question)).toEqual({
      id: asked.question, caseId: asked.caseId, kind: 'decision', number: asked.number, unit: 'koebenhavns-vestegn', askedAt: expect.stringMatching(/^2026-11-02T/) as string, askedOn: '2026-11-02', due: '2026-11-16',
      takenBy: [people.officialKl.user], authorities: ['kl'], spokenBy: [], needed: 1, status: 'open', endedOn: null, outcome: null, heardOn: null, overtaken: [], askedBy: 'unit', sentOn: '2026-11-02', attended: true,
    });
  });
});

describe('an official who comes from another of the three authorities, as somebody new', () => {
  it('is told nothing of a case that shuts him out, as before (control 20)', async () => {
    const house = await testHouse(noLimits);
    const [asked, free] = [await adviceAsked(house), await adviceAsked(house)];
    await house.does('municipal', asked.caseId, 'circle.exclude', { user: people.officialDfk.user, reason: 'Kusine' });
    const token = await startSession(house.login, { issuer: 'test', subject: 'officialDfk', name: 'Navn officialDfk', authority: 'kl', functions: ['contact_point'], authTime: new Date(), level: 'high' });
    const numbers = (await listQuestions(house.web, token ?? '', desk.today())).map((one) => one.number);
    expect(numbers).toEqual([free.number]);
    await house.close();
  });
});

describe('an empty desk', () => {
  it('says so, and what will stand there (FM-NCP-2)', async () => {
    const empty = await testWeb();
    const body = await empty.get('officialKl', PAGE);
    expect(body.body).toContain('Ingen spørgsmål venter.');
    expect(body.body).toContain('Ingen spørgsmål er besvaret eller givet tilbage.');
    await empty.close();
  });
});
