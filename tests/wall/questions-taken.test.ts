import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatDate } from '../../src/domain/kernel/time.js';
import { saidOf } from '../../src/web/pages/said.js';
import { type AskedQuestion, PAGE, questionDesk, type QuestionDesk, rowOf } from '../support/asked-questions.js';
import { people, type PersonName } from '../support/people.js';
import { textOf } from '../support/wall-http.js';
import { fingerprint, LOOKING } from '../support/wall-sql.js';

let desk: QuestionDesk;
beforeAll(async () => { desk = await questionDesk(); });
afterAll(() => desk.close());

/** What the page after an act says. */
const said = (reply: { readonly cookies: readonly { readonly name: string; readonly value: string }[] }): string =>
  saidOf(decodeURIComponent(reply.cookies.find(({ name }) => name === 'udvej-sagt')?.value ?? '')) ?? '';

describe('a question that is taken (FM-NCP-2)', () => {
  it('is taken from the row: his own stand first, as his, and his colleague of the same authority cannot take it as well', async () => {
    const [first, asked] = [await desk.advice(), await desk.referred()];
    const reply = await desk.take('officialKl', asked);
    expect([reply.statusCode, reply.headers['location']]).toEqual([303, `/sager/${asked.caseId}`]);
    const body = await desk.page('officialKl');
    expect(body.indexOf('Dem, du har taget')).toBeLessThan(body.indexOf(asked.number));
    expect(body.indexOf(asked.number)).toBeLessThan(body.indexOf(first.number));
    expect(rowOf(body, asked)).toContain('Du (KL) Én myndighed mere Åbn spørgsmålet');
    expect(rowOf(await desk.page('officialDfk'), asked)).toMatch(/KL Én myndighed mere Tag spørgsmålet/);
    const again = await desk.take('officialKl', asked);
    expect([again.statusCode, again.headers['location']]).toEqual([303, `/sager/${asked.caseId}`]);
  });

  it('counts how many authorities are still needed: one for advice, two for a decision, a third when two disagree (FM-DEC-2)', async () => {
    const asked = await desk.referred();
    expect(rowOf(await desk.page('officialKl'), asked)).toContain('Ingen endnu To myndigheder');
    await desk.take('officialKl', asked);
    await desk.take('officialDfk', asked);
    expect(rowOf(await desk.page('officialPolice'), asked)).toContain('Stillinger fra dem, der har det');
    expect(rowOf(await desk.page('officialPolice'), asked)).not.toContain('Tag spørgsmålet');
    const decide = (who: PersonName, position: string) => desk.house.does(who, asked.caseId, 'contactPoint.decide', { question: asked.question, position, reasons: 'Samlet set', ...(position === 'refuse' ? { criterion: 'motivation' } : {}) });
    await decide('officialKl', 'accept');
    expect(rowOf(await desk.page('officialKl'), asked)).toContain('Du (KL), stilling givet');
    await decide('officialDfk', 'refuse');
    expect(rowOf(await desk.page('officialPolice'), asked)).toMatch(/stilling givet .*stilling givet Uenige: den tredje myndighed Tag spørgsmålet/);
    await desk.take('officialPolice', asked);
    await decide('officialPolice', 'accept');
    const ended = rowOf(await desk.page('officialPolice'), asked);
    expect(ended).toMatch(/Endelig afgørelse 2. november 2026 Afgjort: kandidaten er optaget/);
    expect(ended).not.toContain('Samlet set');
  });

  it('asks nobody for what is done or is another\'s: who has it, who has spoken, and who is not needed (FM-WORK-1, FM-CNF-4)', async () => {
    const asked = await desk.referred();
    const home = async (who: PersonName): Promise<string> => textOf((await desk.web.get(who, '/')).body);
    const one = async (who: PersonName): Promise<string> => textOf((await desk.web.get(who, `${PAGE}/${asked.question}`)).body);
    const waits = async (who: PersonName): Promise<readonly boolean[]> => { const body = await home(who); return ['Træf endelig afgørelse ' + asked.number, 'Giv din myndigheds stilling til sagen ' + asked.number].map((words) => body.includes(words)); };
    expect(await waits('officialKl')).toEqual([true, false]);
    await desk.take('officialKl', asked);
    expect(await waits('officialKl')).toEqual([false, true]);
    expect(await one('officialDfk')).toMatch(/KL har taget det.*Tag spørgsmålet/);
    await desk.take('officialDfk', asked);
    expect(await waits('officialPolice')).toEqual([false, false]);
    const late = await one('officialPolice');
    expect(late).toContain('KL og Direktoratet for Kriminalforsorgen har taget det. Der mangler ikke flere.');
    expect(late).not.toContain('Tag spørgsmålet');
    const before = await fingerprint(desk.house.db, LOOKING);
    expect((await desk.take('officialPolice', asked)).headers['location']).toBe(PAGE);
    expect(await fingerprint(desk.house.db, LOOKING)).toEqual(before);
    expect((await desk.web.get('officialPolice', `/sager/${asked.caseId}`)).statusCode).toBe(404);
    await desk.house.does('officialKl', asked.caseId, 'contactPoint.decide', { question: asked.question, position: 'accept', reasons: 'Ja' });
    expect(await waits('officialKl')).toEqual([false, false]);
    expect(await waits('officialDfk')).toEqual([false, true]);
    await desk.house.does('officialDfk', asked.caseId, 'contactPoint.decide', { question: asked.question, position: 'refuse', criterion: 'need', reasons: 'Nej' });
    expect(await waits('officialPolice')).toEqual([true, false]);
  });

  it('says what came of a position, and how each question ended (FM-NCP-2, FM-DEC-2)', async () => {
    const asked = await desk.referred();
    const decides = async (who: PersonName, input: object): Promise<string> => {
      await desk.take(who, asked);
      const reply = await desk.web.post(who, `/sager/${asked.caseId}/goer/contactPoint.decide`, { question: asked.question, reasons: 'Samlet set', ...input });
      expect([reply.statusCode, reply.headers['location']]).toEqual([303, PAGE]);
      return said(reply);
    };
    expect(await decides('officialKl', { position: 'accept' })).toContain('Én myndighed mere skal give sin.');
    expect(await decides('officialDfk', { position: 'refuse', criterion: 'need' })).toContain('I er uenige, så den tredje myndighed skal tage stilling.');
    expect(await decides('officialPolice', { position: 'refuse', criterion: 'need' })).toContain('Sagen er afgjort: kandidaten får afslag. Enheden kan se det nu.');
    expect(rowOf(await desk.page('officialKl'), asked)).toContain('Afgjort: kandidaten har fået afslag');
    // What they decided themselves is nothing they are told and have to acknowledge (FM-NOT-1).
    const [told] = await desk.house.db.superuser(`select acknowledged_by from app.notification where case_id = $1 and kind = 'refused'`, [asked.caseId]);
    expect(told).toEqual({ acknowledged_by: people.officialPolice.user });
  });

  it('gives back to who had it what he wrote while it was answered, and tells nobody else of anything (FM-CNF-2, FM-WORK-5)', async () => {
    const asked = await desk.advice();
    await desk.take('officialKl', asked);
    const send = (who: PersonName, advice: string, caseId = asked.caseId) => desk.web.post(who, `/sager/${caseId}/goer/contactPoint.advise`, { question: asked.question, advice, _key: randomUUID() });
    expect((await send('officialKl', 'Spørg bostyret')).statusCode).toBe(303);
    const late = await send('officialKl', 'Spørg <hellere> banken');
    expect(late.statusCode).toBe(409);
    for (const words of ['Det, du skrev, er ikke sendt', 'råd givet', 'Spørg &lt;hellere> banken', asked.number]) expect(late.body.replaceAll('&gt;', '>')).toContain(words);
    for (const words of ['Spørg bostyret', 'Hvad gør andre?']) expect(late.body).not.toContain(words);
    const unknown = (await desk.web.get('officialDfk', '/sager/99999999-0000-4000-8000-000000000001')).body;
    for (const who of ['officialDfk', 'officialPolice'] as const) {
      const reply = await send(who, 'x');
      expect([reply.statusCode, textOf(reply.body)]).toEqual([404, textOf(unknown)]);
    }
    // A question of another case, and one that he gave back himself.
    const other = await desk.advice();
    expect((await send('officialKl', 'x', other.caseId)).statusCode).toBe(404);
    await desk.take('officialKl', other);
    await desk.web.post('officialKl', `/sager/${other.caseId}/goer/contactPoint.returnQuestion`, { question: other.question, to: 'queue' });
    await desk.take('officialDfk', other);
    await desk.house.does('officialDfk', other.caseId, 'contactPoint.advise', { question: other.question, advice: 'x' });
    expect((await desk.web.post('officialKl', `/sager/${other.caseId}/goer/contactPoint.advise`, { question: other.question, advice: 'x' })).statusCode).toBe(404);
    // And nobody who is shut out of the case since.
    await desk.house.does('municipal', asked.caseId, 'circle.exclude', { user: people.officialKl.user, reason: 'Kusine' });
    expect((await send('officialKl', 'Spørg banken')).statusCode).toBe(404);
  });

  it('asks where one that is given back is to go (FM-NCP-2)', async () => {
    const asked = await desk.advice();
    await desk.take('officialKl', asked);
    const back = (input: object) => desk.web.post('officialKl', `/sager/${asked.caseId}/goer/contactPoint.returnQuestion`, { question: asked.question, ...input });
    expect(textOf((await back({})).body)).toContain('Vælg, om spørgsmålet skal i køen eller til enheden.');
    expect(textOf((await back({ to: 'unit' })).body)).toContain('Skriv et råd til enheden');
    expect(textOf((await back({ to: 'queue', advice: 'Hør ham igen' })).body)).toContain('Rådet er til enheden.');
    expect(said(await back({ to: 'queue' }))).toContain('Spørgsmålet ligger i køen igen');
    await desk.take('officialKl', asked);
    expect(said(await back({ to: 'unit', advice: 'Hør ham igen' }))).toContain('givet tilbage til enheden med dit råd');
  });

  it('is not offered the way to the unit before its day, but told from when; advice is given at any time (FM-DEC-2)', async () => {
    const [divided, plain] = [await desk.referred(), await desk.advice()];
    const start = desk.today();
    const form = async (asked: AskedQuestion) => {
      const { body } = await desk.web.get('officialKl', `/sager/${asked.caseId}/goer/contactPoint.returnQuestion?question=${asked.question}`);
      return { unit: body.includes('value="unit"'), advice: body.includes('name="advice"'), queue: body.includes('value="queue"'), from: textOf(body).includes(`kan gå tilbage til enheden med et råd fra ${formatDate(asked.due)}`) };
    };
    for (const asked of [divided, plain]) await desk.take('officialKl', asked);
    expect(await form(divided)).toEqual({ unit: false, advice: false, queue: true, from: true });
    expect(await form(plain)).toEqual({ unit: true, advice: true, queue: true, from: false });
    const early = await desk.web.post('officialKl', `/sager/${divided.caseId}/goer/contactPoint.returnQuestion`, { question: divided.question, to: 'unit', advice: 'Hør ham igen' });
    expect([early.statusCode, early.body.includes('Hør ham igen'), textOf(early.body).includes(`fra ${formatDate(divided.due)}`)]).toEqual([422, true, true]);
    desk.goTo(divided.due);
    expect(await form(divided)).toEqual({ unit: true, advice: true, queue: true, from: false });
    desk.goTo(start);
  });

  it('goes back into the queue when the official hands it back without words', async () => {
    const asked = await desk.advice();
    await desk.take('officialKl', asked);
    await desk.web.post('officialKl', `/sager/${asked.caseId}/goer/contactPoint.returnQuestion`, { question: asked.question, to: 'queue' });
    expect(rowOf(await desk.page('officialKl'), asked)).toContain('Ingen endnu');
    expect((await desk.web.get('officialKl', `/sager/${asked.caseId}`)).statusCode).toBe(404);
  });

  it('is not taken twice: who comes too late is told, and nothing is stored', async () => {
    const asked = await desk.advice();
    const sits = async (authority: string) => {
      for (const where of ['app.staff set authority = $1 where id = $2', 'sec.session set authority = $1 where user_id = $2']) await desk.house.db.superuser(`update ${where}`, [authority, people.officialPolice.user]);
    };
    await sits('kl');
    await desk.take('officialKl', asked);
    const before = await fingerprint(desk.house.db, LOOKING);
    const reply = await desk.take('officialPolice', asked);
    expect([reply.statusCode, reply.headers['location']]).toEqual([303, PAGE]);
    expect(await fingerprint(desk.house.db, LOOKING)).toEqual(before);
    expect((await desk.web.get('officialPolice', `/sager/${asked.caseId}`)).statusCode).toBe(404);
    await sits('rigspolitiet');
  });
});
