import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { heldAt } from '../support/held-statement.js';
import { testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { fingerprint, LOOKING, type Prompt, prompt } from '../support/wall-sql.js';
import { newSession } from '../support/wall-reach.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let smuggled: Prompt;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  smuggled = await prompt(web.house.db, 'udvej_web');
});
beforeEach(() => web.house.db.superuser('delete from app.text'));
afterAll(async () => {
  await smuggled.close();
  await web.close();
});

const UNIT = 'koebenhavns-vestegn';
const ANSWER = 'De er bevilget, men venter på en mentor.';
const TICK = { 'uden-identitet': 'true' };

const asked = async (): Promise<string> => {
  const reply = await web.api('officialKl', 'POST', '/api/v1/statistics/practice/questions', { unit: UNIT, from: '2026-01-01', asOf: '2026-11-02', text: 'Hvorfor er der så få tiltag i gang?' });
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json<{ id: string }>().id;
};
const sends = (who: PersonName, id: string, tekst = ANSWER) => web.post(who, `/tal/kvalitet/${id}`, { tekst, ...TICK });
const bySending = (who: PersonName, id: string, text = ANSWER) => web.api(who, 'POST', `/api/v1/statistics/practice/questions/${id}/answer`, { text });
const noted = async (action: string): Promise<number> => Number((await web.house.db.superuser<{ n: string }>('select count(*) as n from audit.event where action = $1', [action]))[0]?.n);
const stored = () => fingerprint(web.house.db, [...LOOKING, 'stat.drawing']);

describe('an answer that was sent twice is one answer (FM-NCP-7, FM-NCP-6)', () => {
  const secondClick = async (send: () => ReturnType<typeof sends>) => {
    const first = await send();
    const [given, before] = [await noted('practice.answered'), await stored()];
    const second = await send();
    expect(await stored()).toEqual(before);
    return { first, second, once: (await noted('practice.answered')) === given };
  };

  it('his own same words are told as given, on the page and by program, and stand once in the log', async () => {
    const id = await asked();
    const { first, second, once } = await secondClick(() => sends('police', id));
    const told = (reply: typeof first) => [reply.statusCode, reply.headers['location'], decodeURIComponent(reply.cookies.find(({ name }) => name === 'udvej-sagt')?.value ?? '')];
    expect([told(second), once]).toEqual([told(first), true]);
    expect(told(first)).toEqual([303, `/tal/kvalitet/${id}`, 'practice.answered']);
    // Space around it is nobody's words.
    const before = await noted('practice.answered');
    const program = await bySending('police', id, `  ${ANSWER}\n`);
    expect([program.statusCode, program.json(), await noted('practice.answered')]).toEqual([200, {}, before]);
  });

  it('also when both are under way at once', async () => {
    const id = await asked();
    const before = await noted('practice.answered');
    const held = await heldAt(web.house.db, 'before update on app.text for each row when (old.answer_ct is null and new.answer_ct is not null)');
    const first = sends('police', id);
    await held.reached();
    const second = sends('police', id);
    await held.waitsBehind(second);
    await held.release();
    expect([(await first).statusCode, (await second).statusCode, await noted('practice.answered')]).toEqual([303, 303, before + 1]);
  });

  it('his own other words are not: he reads what stands, and what he wrote is given back', async () => {
    const id = await asked();
    await sends('police', id);
    const before = await stored();
    const other = await sends('police', id, 'Noget andet');
    expect([other.statusCode, other.body.includes('Dit svar er ikke sendt'), other.body.includes('Noget andet'), other.body.includes(ANSWER)]).toEqual([422, true, true, true]);
    expect((await bySending('police', id, 'Noget andet')).statusCode).toBe(422);
    expect(await stored()).toEqual(before);
  });

  it('nor a colleague’s same words: it was not he who answered, and he is told so', async () => {
    const id = await asked();
    await sends('police', id);
    const colleague = await sends('police2', id);
    expect([colleague.statusCode, colleague.body.includes('Dit svar er ikke sendt')]).toEqual([422, true]);
    expect((await bySending('police2', id)).statusCode).toBe(422);
  });

  it('guidance as well', async () => {
    const question = (await web.api('municipal', 'POST', '/api/v1/guidance', { text: 'Hvem betaler for et kørekort?' })).json<{ id: string }>().id;
    const answers = (who: PersonName, tekst: string) => web.post(who, `/vejledning/${question}`, { tekst, ...TICK });
    expect((await answers('officialKl', 'Det gør kommunen.')).statusCode).toBe(303);
    expect([(await answers('officialKl', 'Det gør kommunen.')).statusCode, (await answers('officialKl', 'Det gør I.')).statusCode, (await answers('officialDfk', 'Det gør kommunen.')).statusCode]).toEqual([303, 422, 422]);
  });

  it('whose an answer is, the database says to who wrote it alone, and of nothing else', async () => {
    const id = await asked();
    const own = async (who: PersonName, kind = 'practice', of = id) => (await smuggled.tries(await newSession(web.house.db, people[who].user), `select sec.is_own_answer('${kind}', '${of}') as own`)).rows;
    expect(await own('police')).toEqual([{ own: false }]);
    await sends('police', id);
    expect([await own('police'), await own('police2'), await own('officialKl'), await own('municipal'), await own('police', 'guidance'), await own('police', 'practice', randomUUID())])
      .toEqual([[{ own: true }], [{ own: false }], [{ own: false }], [{ own: false }], [{ own: false }], [{ own: false }]]);
  });
});
