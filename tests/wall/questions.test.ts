import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, addWorkingDays, copenhagenDate, formatDate, instantOf, type PlainDate } from '../../src/domain/kernel/time.js';
import { listQuestions } from '../../src/store/lists.js';
import { startSession } from '../../src/store/session-start.js';
import { saidOf } from '../../src/web/pages/said.js';
import { againstAcceptance, forAcceptance } from '../support/assessment-states.js';
import { takenCase, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { fingerprint, LOOKING } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterAll(() => web.close());

const PAGE = '/spoergsmaal';
const today = () => copenhagenDate(web.house.clock());
const goTo = (day: PlainDate): void => web.house.setClock(instantOf(day, 10, 0));

interface Asked {
  readonly caseId: string;
  readonly number: string;
  readonly question: string;
  readonly due: PlainDate;
}
const rowOf = async (caseId: string, house = web.house): Promise<Asked> => {
  const [row] = await house.db.superuser<{ id: string; number: string; due: PlainDate }>('select id, number, due::text from app.question where case_id = $1', [caseId]);
  if (!row) throw new Error('not asked');
  return { caseId, number: row.number, question: row.id, due: row.due };
};
async function advice(house = web.house): Promise<Asked> {
  const caseId = await takenCase(house);
  await house.does('police', caseId, 'assessment.begin');
  await house.does('municipal', caseId, 'assessment.askAdvice', { topic: 'motivation', question: 'Hvad gør andre?', entries: [] });
  return rowOf(caseId, house);
}
/** The three have given their conclusions, and do not agree. */
async function referred(): Promise<Asked> {
  const caseId = await takenCase(web.house);
  const does = (who: PersonName, command: string, input: object = {}) => web.house.does(who, caseId, command, input);
  await does('police', 'assessment.begin');
  await does('police', 'assessment.targetGroup', { category: '1a', registration: 'registered' });
  await does('police', 'assessment.recordObtained', { nothingFound: true });
  await does('probation', 'assessment.recordObtained', { nothingFound: true });
  await does('municipal', 'assessment.clarifyRelocation', { need: 'none', reason: 'Ingen kendte trusler' });
  await does('police', 'assessment.submit', forAcceptance);
  await does('municipal', 'assessment.submit', againstAcceptance);
  await does('probation', 'assessment.submit', againstAcceptance);
  await does('municipal', 'hearing.send', { facts: 'Du ser stadig kredsen', deadline: addDays(today(), 60) });
  await does('municipal', 'hearing.answer', { answer: 'Det er ikke rigtigt' });
  await does('police', 'assessment.referToContactPoint', { account: 'Vi er ikke enige' });
  return rowOf(caseId);
}
const take = (who: PersonName, { question }: Asked) => web.post(who, `${PAGE}/${question}`, {});

const text = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const page = async (who: PersonName, query = ''): Promise<string> => (await web.get(who, `${PAGE}${query}`)).body;
/** The row of one question, as it reads; undefined when it does not stand there. */
const row = (body: string, { number }: Asked): string | undefined => {
  const found = body.split('<tr').find((one) => one.includes(number));
  return found === undefined ? undefined : text(`<tr${found}`);
};
/** What the page after an act says. */
const said = (reply: { readonly cookies: readonly { readonly name: string; readonly value: string }[] }): string =>
  saidOf(decodeURIComponent(reply.cookies.find(({ name }) => name === 'udvej-sagt')?.value ?? '')) ?? '';

const stands = async (who: PersonName, asked: Asked, query = '') => row(await page(who, query), asked) !== undefined;

describe('the queue of questions (FM-NCP-2)', () => {
  it('shows an official of each of the three authorities what is asked, of which case and unit, when and by when', async () => {
    const asked = await advice();
    for (const who of ['officialPolice', 'officialKl', 'officialDfk'] as const) {
      const reads = row(await page(who), asked) ?? '';
      expect(reads).toMatch(new RegExp(`Råd ${asked.number} Københavns Vestegn Spurgt 2. november 2026 Om 14 dage`));
      expect(reads).toContain('Ingen endnu Én myndighed Tag spørgsmålet');
    }
  });

  it('tells nothing of what is asked, and nothing of whom it is about', async () => {
    await advice();
    const body = await page('officialKl');
    for (const word of ['Hvad gør andre?', 'Motivation', 'Emil', 'Sandbjerg']) expect(body).not.toContain(word);
  });

  it('is nobody else’s: the common 404, as for an address that is not there', async () => {
    for (const who of ['police', 'municipal', 'probation', 'custody', 'jobcentre', 'screener', 'auditor', 'admin'] as const) {
      expect([(await web.get(who, PAGE)).statusCode, (await web.api(who, 'GET', '/api/v1/questions')).statusCode, (await web.get(who, '/')).body.includes('href="/spoergsmaal"')], who).toEqual([404, 404, false]);
    }
    expect((await web.get('officialKl', '/')).body).toContain('href="/spoergsmaal"');
  });

  it('leaves one row in the log each time it is read', async () => {
    const count = async () => Number((await web.house.db.superuser<{ n: string }>(`select count(*) as n from audit.event where action = 'questions.listed' and actor = $1`, [people.officialDfk.user]))[0]?.n);
    const before = await count();
    await page('officialDfk');
    expect(await count()).toBe(before + 1);
  });

  it('says nothing of a case that shuts the official out, neither open nor ended, and he cannot take it (control 20)', async () => {
    const asked = await advice();
    await web.house.does('municipal', asked.caseId, 'circle.exclude', { user: people.officialDfk.user, reason: 'Kusine' });
    expect([await stands('officialDfk', asked), await stands('officialKl', asked)]).toEqual([false, true]);
    expect((await web.api('officialDfk', 'GET', '/api/v1/questions')).body).not.toContain(asked.number);
    expect((await take('officialDfk', asked)).statusCode).toBe(404);
    expect((await take('officialKl', asked)).statusCode).toBe(303);
    await web.house.does('officialKl', asked.caseId, 'contactPoint.advise', { question: asked.question, advice: 'Vent' });
    expect([await stands('officialDfk', asked), await stands('officialKl', asked)]).toEqual([false, true]);
  });

  it('is taken from the row: his own stand first, as his, and his colleague of the same authority cannot take it as well', async () => {
    const [first, asked] = [await advice(), await referred()];
    const reply = await take('officialKl', asked);
    expect([reply.statusCode, reply.headers['location']]).toEqual([303, `/sager/${asked.caseId}`]);
    const body = await page('officialKl');
    expect(body.indexOf('Dem, du har taget')).toBeLessThan(body.indexOf(asked.number));
    expect(body.indexOf(asked.number)).toBeLessThan(body.indexOf(first.number));
    expect(row(body, asked)).toContain('Du (KL) Én myndighed mere Åbn spørgsmålet');
    expect(row(await page('officialDfk'), asked)).toMatch(/KL Én myndighed mere Tag spørgsmålet/);
    const again = await take('officialKl', asked);
    expect([again.statusCode, again.headers['location']]).toEqual([303, `/sager/${asked.caseId}`]);
  });

  it('counts how many authorities are still needed: one for advice, two for a decision, a third when two disagree (FM-DEC-2)', async () => {
    const asked = await referred();
    expect(row(await page('officialKl'), asked)).toContain('Ingen endnu To myndigheder');
    await take('officialKl', asked);
    await take('officialDfk', asked);
    expect(row(await page('officialPolice'), asked)).toContain('Stillinger fra dem, der har det');
    expect(row(await page('officialPolice'), asked)).not.toContain('Tag spørgsmålet');
    const decide = (who: PersonName, position: string) => web.house.does(who, asked.caseId, 'contactPoint.decide', { question: asked.question, position, reasons: 'Samlet set', ...(position === 'refuse' ? { criterion: 'motivation' } : {}) });
    await decide('officialKl', 'accept');
    expect(row(await page('officialKl'), asked)).toContain('Du (KL), stilling givet');
    await decide('officialDfk', 'refuse');
    expect(row(await page('officialPolice'), asked)).toMatch(/stilling givet .*stilling givet Uenige: den tredje myndighed Tag spørgsmålet/);
    await take('officialPolice', asked);
    await decide('officialPolice', 'accept');
    const ended = row(await page('officialPolice'), asked);
    expect(ended).toMatch(/Endelig afgørelse 2. november 2026 Afgjort: kandidaten er optaget/);
    expect(ended).not.toContain('Samlet set');
  });

  it('says that one which nobody has taken is to be taken now, three working days before its due date and not before', async () => {
    const asked = await advice();
    const start = today();
    const soon = async () => (row(await page('officialKl'), asked) ?? '').includes('Skal tages nu');
    goTo(addDays(addWorkingDays(asked.due, -3), -1));
    expect(await soon()).toBe(false);
    goTo(addWorkingDays(asked.due, -3));
    expect(await soon()).toBe(true);
    await take('officialDfk', asked);
    expect(await soon()).toBe(false);
    goTo(start);
  });

  it('marks a late one and says what can be done: it goes back to the unit with advice (FM-DEC-2)', async () => {
    const asked = await referred();
    const start = today();
    goTo(asked.due);
    expect(row(await page('officialKl'), asked)).toContain('I dag');
    expect(await stands('officialKl', asked, '?vis=forsinkede')).toBe(false);
    goTo(addDays(asked.due, 2));
    expect(await stands('officialKl', asked, '?vis=forsinkede')).toBe(true);
    expect(row(await page('officialKl'), asked)).toMatch(/2 dage.*giv det tilbage til enheden med et råd/);
    await take('officialKl', asked);
    const body = await page('officialKl');
    expect(body).toContain(`/sager/${asked.caseId}/goer/contactPoint.returnQuestion?question=${asked.question}`);
    const reply = await web.post('officialKl', `/sager/${asked.caseId}/goer/contactPoint.returnQuestion`, { question: asked.question, to: 'unit', advice: 'Hør ham igen' });
    expect([reply.statusCode, reply.headers['location']]).toEqual([303, PAGE]);
    expect(row(await page('officialKl'), asked)).toContain('Givet tilbage til enheden');
    expect((await web.get('municipal', `/sager/${asked.caseId}/visitation`)).body + (await web.get('police', `/sager/${asked.caseId}`)).body).toContain('Hør ham igen');
    goTo(start);
  });

  it('asks nobody for what is done or is another\'s: who has it, who has spoken, and who is not needed (FM-WORK-1, FM-CNF-4)', async () => {
    const asked = await referred();
    const home = async (who: PersonName): Promise<string> => text((await web.get(who, '/')).body);
    const one = async (who: PersonName): Promise<string> => text((await web.get(who, `${PAGE}/${asked.question}`)).body);
    const waits = async (who: PersonName): Promise<readonly boolean[]> => { const body = await home(who); return ['Træf endelig afgørelse ' + asked.number, 'Giv din myndigheds stilling til sagen ' + asked.number].map((words) => body.includes(words)); };
    expect(await waits('officialKl')).toEqual([true, false]);
    await take('officialKl', asked);
    expect(await waits('officialKl')).toEqual([false, true]);
    expect(await one('officialDfk')).toMatch(/KL har taget det.*Tag spørgsmålet/);
    await take('officialDfk', asked);
    expect(await waits('officialPolice')).toEqual([false, false]);
    const late = await one('officialPolice');
    expect(late).toContain('KL og Direktoratet for Kriminalforsorgen har taget det. Der mangler ikke flere.');
    expect(late).not.toContain('Tag spørgsmålet');
    const before = await fingerprint(web.house.db, LOOKING);
    expect((await take('officialPolice', asked)).headers['location']).toBe(PAGE);
    expect(await fingerprint(web.house.db, LOOKING)).toEqual(before);
    expect((await web.get('officialPolice', `/sager/${asked.caseId}`)).statusCode).toBe(404);
    await web.house.does('officialKl', asked.caseId, 'contactPoint.decide', { question: asked.question, position: 'accept', reasons: 'Ja' });
    expect(await waits('officialKl')).toEqual([false, false]);
    expect(await waits('officialDfk')).toEqual([false, true]);
    await web.house.does('officialDfk', asked.caseId, 'contactPoint.decide', { question: asked.question, position: 'refuse', criterion: 'need', reasons: 'Nej' });
    expect(await waits('officialPolice')).toEqual([true, false]);
  });

  it('says what came of a position, and how each question ended (FM-NCP-2, FM-DEC-2)', async () => {
    const asked = await referred();
    const decides = async (who: PersonName, input: object): Promise<string> => {
      await take(who, asked);
      const reply = await web.post(who, `/sager/${asked.caseId}/goer/contactPoint.decide`, { question: asked.question, reasons: 'Samlet set', ...input });
      expect([reply.statusCode, reply.headers['location']]).toEqual([303, PAGE]);
      return said(reply);
    };
    expect(await decides('officialKl', { position: 'accept' })).toContain('Én myndighed mere skal give sin.');
    expect(await decides('officialDfk', { position: 'refuse', criterion: 'need' })).toContain('I er uenige, så den tredje myndighed skal tage stilling.');
    expect(await decides('officialPolice', { position: 'refuse', criterion: 'need' })).toContain('Sagen er afgjort: kandidaten får afslag. Enheden kan se det nu.');
    expect(row(await page('officialKl'), asked)).toContain('Afgjort: kandidaten har fået afslag');
    // What they decided themselves is nothing they are told and have to acknowledge (FM-NOT-1).
    const [told] = await web.house.db.superuser(`select acknowledged_by from app.notification where case_id = $1 and kind = 'refused'`, [asked.caseId]);
    expect(told).toEqual({ acknowledged_by: people.officialPolice.user });
  });

  it('gives back to who had it what he wrote while it was answered, and tells nobody else of anything (FM-CNF-2, FM-WORK-5)', async () => {
    const asked = await advice();
    await take('officialKl', asked);
    const send = (who: PersonName, advice: string, caseId = asked.caseId) => web.post(who, `/sager/${caseId}/goer/contactPoint.advise`, { question: asked.question, advice, _key: randomUUID() });
    expect((await send('officialKl', 'Spørg bostyret')).statusCode).toBe(303);
    const late = await send('officialKl', 'Spørg <hellere> banken');
    expect(late.statusCode).toBe(409);
    for (const words of ['Det, du skrev, er ikke sendt', 'råd givet', 'Spørg &lt;hellere> banken', asked.number]) expect(late.body.replaceAll('&gt;', '>')).toContain(words);
    for (const words of ['Spørg bostyret', 'Hvad gør andre?']) expect(late.body).not.toContain(words);
    const unknown = (await web.get('officialDfk', '/sager/99999999-0000-4000-8000-000000000001')).body;
    for (const who of ['officialDfk', 'officialPolice'] as const) {
      const reply = await send(who, 'x');
      expect([reply.statusCode, text(reply.body)]).toEqual([404, text(unknown)]);
    }
    // A question of another case, and one that he gave back himself.
    const other = await advice();
    expect((await send('officialKl', 'x', other.caseId)).statusCode).toBe(404);
    await take('officialKl', other);
    await web.post('officialKl', `/sager/${other.caseId}/goer/contactPoint.returnQuestion`, { question: other.question, to: 'queue' });
    await take('officialDfk', other);
    await web.house.does('officialDfk', other.caseId, 'contactPoint.advise', { question: other.question, advice: 'x' });
    expect((await web.post('officialKl', `/sager/${other.caseId}/goer/contactPoint.advise`, { question: other.question, advice: 'x' })).statusCode).toBe(404);
    // And nobody who is shut out of the case since.
    await web.house.does('municipal', asked.caseId, 'circle.exclude', { user: people.officialKl.user, reason: 'Kusine' });
    expect((await send('officialKl', 'Spørg banken')).statusCode).toBe(404);
  });

  it('asks where one that is given back is to go (FM-NCP-2)', async () => {
    const asked = await advice();
    await take('officialKl', asked);
    const back = (input: object) => web.post('officialKl', `/sager/${asked.caseId}/goer/contactPoint.returnQuestion`, { question: asked.question, ...input });
    expect(text((await back({})).body)).toContain('Vælg, om spørgsmålet skal i køen eller til enheden.');
    expect(text((await back({ to: 'unit' })).body)).toContain('Skriv et råd til enheden');
    expect(text((await back({ to: 'queue', advice: 'Hør ham igen' })).body)).toContain('Rådet er til enheden.');
    expect(said(await back({ to: 'queue' }))).toContain('Spørgsmålet ligger i køen igen');
    await take('officialKl', asked);
    expect(said(await back({ to: 'unit', advice: 'Hør ham igen' }))).toContain('givet tilbage til enheden med dit råd');
  });

  it('is not offered the way to the unit before its day, but told from when; advice is given at any time (FM-DEC-2)', async () => {
    const [divided, plain] = [await referred(), await advice()];
    const start = today();
    const form = async (asked: typeof divided) => {
      const { body } = await web.get('officialKl', `/sager/${asked.caseId}/goer/contactPoint.returnQuestion?question=${asked.question}`);
      return { unit: body.includes('value="unit"'), advice: body.includes('name="advice"'), queue: body.includes('value="queue"'), from: text(body).includes(`kan spørgsmålet gå fra ${formatDate(asked.due)}`) };
    };
    for (const asked of [divided, plain]) await take('officialKl', asked);
    expect(await form(divided)).toEqual({ unit: false, advice: false, queue: true, from: true });
    expect(await form(plain)).toEqual({ unit: true, advice: true, queue: true, from: false });
    const early = await web.post('officialKl', `/sager/${divided.caseId}/goer/contactPoint.returnQuestion`, { question: divided.question, to: 'unit', advice: 'Hør ham igen' });
    expect([early.statusCode, early.body.includes('Hør ham igen'), text(early.body).includes(`fra ${formatDate(divided.due)}`)]).toEqual([422, true, true]);
    goTo(divided.due);
    expect(await form(divided)).toEqual({ unit: true, advice: true, queue: true, from: false });
    goTo(start);
  });

  it('goes back into the queue when the official hands it back without words', async () => {
    const asked = await advice();
    await take('officialKl', asked);
    await web.post('officialKl', `/sager/${asked.caseId}/goer/contactPoint.returnQuestion`, { question: asked.question, to: 'queue' });
    expect(row(await page('officialKl'), asked)).toContain('Ingen endnu');
    expect((await web.get('officialKl', `/sager/${asked.caseId}`)).statusCode).toBe(404);
  });

  it('shows one kind, his own or those that lack an authority, when asked to', async () => {
    const [one, other] = [await advice(), await referred()];
    await take('officialDfk', one);
    const seen = async (query: string) => [await stands('officialDfk', one, query), await stands('officialDfk', other, query)];
    expect(await seen('?slags=raad')).toEqual([true, false]);
    expect(await seen('?slags=afgoerelse')).toEqual([false, true]);
    expect(await seen('?vis=mine')).toEqual([true, false]);
    expect(await seen('?vis=ledige')).toEqual([false, true]);
    expect(await seen('?vis=mine&slags=afgoerelse')).toEqual([false, false]);
    expect(await page('officialDfk', '?slags=proevelse')).toContain('Ingen af spørgsmålene svarer til det, du har valgt.');
    expect(await seen('?vis=findes-ikke&slags=x')).toEqual([true, true]);
  });

  it('keeps what ended for thirty days on the page, and no longer', async () => {
    const asked = await advice();
    const start = today();
    await take('officialKl', asked);
    await web.house.does('officialKl', asked.caseId, 'contactPoint.advise', { question: asked.question, advice: 'Vent lidt' });
    expect(row(await page('officialKl'), asked)).toMatch(/Råd 2. november 2026 Råd givet/);
    expect(await page('officialKl')).not.toContain('Vent lidt');
    goTo(addDays(start, 30));
    expect(await stands('officialKl', asked)).toBe(true);
    goTo(addDays(start, 31));
    expect(await stands('officialKl', asked)).toBe(false);
    goTo(start);
  });

  it('is not taken twice: who comes too late is told, and nothing is stored', async () => {
    const asked = await advice();
    const sits = async (authority: string) => {
      for (const where of ['app.staff set authority = $1 where id = $2', 'sec.session set authority = $1 where user_id = $2']) await web.house.db.superuser(`update ${where}`, [authority, people.officialPolice.user]);
    };
    await sits('kl');
    await take('officialKl', asked);
    const before = await fingerprint(web.house.db, LOOKING);
    const reply = await take('officialPolice', asked);
    expect([reply.statusCode, reply.headers['location']]).toEqual([303, PAGE]);
    expect(await fingerprint(web.house.db, LOOKING)).toEqual(before);
    expect((await web.get('officialPolice', `/sager/${asked.caseId}`)).statusCode).toBe(404);
    await sits('rigspolitiet');
  });

  it('keeps its shape for programs, with what is new beside it', async () => {
    const asked = await referred();
    await take('officialKl', asked);
    const all = (await web.api('officialKl', 'GET', '/api/v1/questions')).json<readonly { id: string }[]>();
    expect(all.find((one) => one.id === asked.question)).toEqual({
      id: asked.question, caseId: asked.caseId, kind: 'decision', number: asked.number, unit: 'koebenhavns-vestegn', askedAt: expect.any(String) as string, askedOn: '2026-11-02', due: '2026-11-16',
      takenBy: [people.officialKl.user], authorities: ['kl'], spokenBy: [], needed: 1, status: 'open', endedOn: null, outcome: null, heardOn: null, overtaken: [], askedBy: 'unit', sentOn: '2026-11-02', attended: true,
    });
  });
});

describe('an official who comes from another of the three authorities, as somebody new', () => {
  it('is told nothing of a case that shuts him out, as before (control 20)', async () => {
    const house = await testHouse(noLimits);
    const [asked, free] = [await advice(house), await advice(house)];
    await house.does('municipal', asked.caseId, 'circle.exclude', { user: people.officialDfk.user, reason: 'Kusine' });
    const token = await startSession(house.login, { issuer: 'test', subject: 'officialDfk', name: 'Navn officialDfk', authority: 'kl', functions: ['contact_point'], authTime: new Date(), level: 'high' });
    const numbers = (await listQuestions(house.web, token ?? '', today())).map((one) => one.number);
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
