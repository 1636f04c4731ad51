import { authorityName } from '../../src/domain/reference/authorities.js';
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addDays, copenhagenDate } from '../../src/domain/kernel/time.js';
import { openText } from '../../src/store/texts-outside-cases.js';
import { fileKeyService } from '../../src/store/vault/kms.js';
import { Vault } from '../../src/store/vault/vault.js';
import { scanFor } from '../support/canary.js';
import { testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { audited } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { newSession } from '../support/wall-reach.js';
import { fingerprint, LOOKING, type Prompt, prompt } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let smuggled: Prompt;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  smuggled = await prompt(web.house.db, 'udvej_web');
});
afterEach(() => web.house.db.superuser('delete from app.text'));
afterAll(async () => {
  await smuggled.close();
  await web.close();
});

const EVERYBODY = Object.keys(people) as PersonName[];
const OFFICIALS = ['officialPolice', 'officialKl', 'officialDfk'] as const satisfies readonly PersonName[];
const NEITHER = ['auditor', 'admin', 'screener', 'screener2'] as const satisfies readonly PersonName[];
const ASKERS = EVERYBODY.filter((who) => ![...OFFICIALS, ...NEITHER].some((one) => one === who));
/** Somebody of the staff directory who is nobody yet. */
const ANEW = randomUUID();
/** The database counts by its own clock, from ten o'clock on this day. */
const MOMENT = expect.stringMatching(/^2026-11-02T09:\d\d:\d\d\.\d{3}Z$/) as string;
const QUESTION = 'Hvad gør andre, når nogen vil ud og har børn?';
const ANSWER = 'Inddrag familieafdelingen, før der laves en aftale.';

const asks = (who: PersonName, text = QUESTION) => web.api(who, 'POST', '/api/v1/guidance', { text });
const asked = async (who: PersonName = 'jobcentre', text = QUESTION): Promise<string> => {
  const reply = await asks(who, text);
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json<{ id: string }>().id;
};
const reads = (who: PersonName, id: string) => web.api(who, 'GET', `/api/v1/guidance/${id}`);
const answers = (who: PersonName, id: string, text = ANSWER) => web.api(who, 'POST', `/api/v1/guidance/${id}/answer`, { text });
const listed = async (who: PersonName) => (await web.api(who, 'GET', '/api/v1/guidance')).json<readonly { readonly id: string; readonly due: string; readonly answeredAt: string | null }[]>();
const noted = async (work: () => Promise<unknown>) => (await audited(web, work)).rows.map(({ actor, action, case_ref, purpose }) => [actor, action, case_ref, purpose]);
const stored = () => fingerprint(web.house.db, LOOKING);

describe('guidance without a case (FM-NCP-6)', () => {
  it.each(ASKERS)('may be asked for by %s, who reads it and its answer, and it is due in fourteen days', async (who) => {
    const id = await asked(who);
    const today = copenhagenDate(web.house.clock());
    expect((await reads(who, id)).json()).toEqual({
      id, authority: people[who].authority, askedAt: MOMENT, due: addDays(today, 14), answeredAt: null, mine: true, unread: false, deleteOn: '2028-11-02', question: QUESTION, answer: null,
    });
    expect((await answers('officialKl', id)).statusCode).toBe(200);
    expect((await reads(who, id)).json()).toMatchObject({ answer: ANSWER, answeredAt: MOMENT, deleteOn: '2027-11-02' });
    expect((await listed(who)).map((row) => row.id)).toEqual([id]);
  });

  it.each([...NEITHER, ...OFFICIALS])('cannot be asked for by %s, by page, program or prompt, which the log says', async (who) => {
    const before = await stored();
    for (const ask of [() => asks(who), () => web.post(who, '/vejledning', { tekst: QUESTION, 'uden-identitet': 'true' })]) {
      expect(await noted(async () => { expect((await ask()).statusCode).toBe(404); })).toEqual([[people[who].user, 'page.denied', null, 'guidance']]);
    }
    const byHand = [`select id from sec.begin_text('guidance', null, null)`, `select sec.ask_text('\\x00', null, null, null, null)`];
    expect((await smuggled.tries(await newSession(web.house.db, people[who].user), byHand)).refused).toBe('28000');
    expect((await smuggled.tries(await newSession(web.house.db, people[who].user), byHand[0] ?? '')).rows).toEqual([{ id: null }]);
    expect(await stored()).toEqual(before);
    expect((await smuggled.tries(await newSession(web.house.db, people.police.user), byHand)).refused).toBeUndefined();
  });

  it('is read by who asked and the contact point alone: to everybody else, his colleagues among them, it is as an id that is nothing', async () => {
    const id = await asked('municipal');
    const mayRead = (who: PersonName) => who === 'municipal' || (OFFICIALS as readonly PersonName[]).includes(who);
    for (const who of EVERYBODY) {
      const nothing = randomUUID();
      for (const address of ['/api/v1/guidance/', '/vejledning/']) {
        const ask = (one: string) => (address.startsWith('/api') ? web.api(who, 'GET', `${address}${one}`) : web.get(who, `${address}${one}`));
        const [given, none] = [await ask(id), await ask(nothing)];
        expect([who, address, given.statusCode]).toEqual([who, address, mayRead(who) ? 200 : 404]);
        if (!mayRead(who)) expect(given.body).toBe(none.body);
      }
      if (!mayRead(who)) expect(await noted(() => reads(who, id))).toEqual([[people[who].user, 'page.denied', null, 'guidance']]);
      const byHand = await smuggled.tries(await newSession(web.house.db, people[who].user), `select payload from sec.open_text('guidance', '${id}')`);
      expect([who, byHand.rows.length]).toEqual([who, mayRead(who) ? 1 : 0]);
      const onList = await smuggled.tries(await newSession(web.house.db, people[who].user), `select id from app.list_texts(current_setting('app.session'), 'guidance')`);
      expect([who, onList.rows.length]).toEqual([who, mayRead(who) ? 1 : 0]);
    }
  });

  it('is not read by one’s own new self, who comes from another authority', async () => {
    const id = await asked('municipal');
    await web.house.db.superuser(`insert into app.staff (id, issuer, subject, name, authority, functions) select $1, issuer, subject || '-ny', name, 'municipality:0461', functions from app.staff where id = $2`, [ANEW, people.municipal.user]);
    expect((await smuggled.tries(await newSession(web.house.db, ANEW), `select payload from sec.open_text('guidance', '${id}')`)).rows).toEqual([]);
  });

  it.each(EVERYBODY.filter((who) => !(OFFICIALS as readonly PersonName[]).includes(who)))('is answered by nobody but the contact point: not by %s', async (who) => {
    const id = await asked('municipal');
    const before = await stored();
    expect((await answers(who, id)).statusCode).toBe(404);
    expect((await web.post(who, `/vejledning/${id}`, { tekst: ANSWER, 'uden-identitet': 'true' })).statusCode).toBe(404);
    const byHand = await smuggled.tries(await newSession(web.house.db, people[who].user), `select sec.answer_text('guidance', '${id}', '\\x00') as said`);
    expect(byHand.rows).toEqual([{ said: null }]);
    expect(await stored()).toEqual(before);
  });

  it('is answered once: a colleague’s answer later is refused plainly, kept nowhere and shown to him again', async () => {
    const id = await asked();
    expect((await answers('officialPolice', id)).statusCode).toBe(200);
    const before = await stored();
    const again = await answers('officialKl', id, 'Et helt andet svar');
    expect([again.statusCode, again.json<{ detail: string }>().detail]).toEqual([422, 'Der er allerede svaret på spørgsmålet, og der svares kun én gang. Dit svar er ikke gemt.']);
    const page = await web.post('officialKl', `/vejledning/${id}`, { tekst: 'Et helt andet svar', 'uden-identitet': 'true' });
    expect(page.statusCode).toBe(422);
    for (const text of ['Dit svar er ikke sendt', 'Et helt andet svar', ANSWER]) expect(page.body).toContain(text);
    const byHand = await smuggled.tries(await newSession(web.house.db, people.officialDfk.user), `select sec.answer_text('guidance', '${id}', '\\x00') as said`);
    expect(byHand.rows).toEqual([{ said: 'already' }]);
    expect(await stored()).toEqual(before);
  });

  it('of two answers at once keeps one, and tells the other', async () => {
    const id = await asked();
    const replies = await Promise.all(OFFICIALS.map((who) => answers(who, id, `Svar fra ${who === 'officialKl' ? 'den ene' : 'en anden'}`)));
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 422, 422]);
  });

  it('lies with the contact point while it waits and for ninety days after, late first, without a word of it', async () => {
    const [first, second, old, late] = [await asked('police'), await asked('jobcentre'), await asked('custody'), await asked('odense')];
    await web.house.db.superuser(`update app.text set due = due - 20 where id = $1`, [late]);
    for (const id of [second, old]) await answers('officialKl', id);
    await web.house.db.superuser(`update app.text set answered_at = answered_at - interval '91 days' where id = $1`, [old]);
    expect((await listed('officialDfk')).map(({ id }) => id)).toEqual([late, first, second]);
    // Who asked keeps it.
    expect((await listed('custody')).map(({ id }) => id)).toEqual([old]);
    const list = await web.api('officialDfk', 'GET', '/api/v1/guidance');
    expect(Object.keys(list.json<object[]>()[0] ?? {})).toEqual(['id', 'authority', 'askedAt', 'due', 'answeredAt', 'mine', 'unread', 'deleteOn']);
    const page = (await web.get('officialDfk', '/vejledning')).body;
    for (const text of [QUESTION, ANSWER, 'Navn police', 'Hvad vil du have vejledning om?']) expect(page).not.toContain(text);
    expect(page).toContain('Besvaret de seneste 90 dage');
    const later = async (days: number) => web.house.db.superuser(`update sec.setting set value = value - $1 where name = 'clock_behind'`, [days * 24 * 60 * 60]);
    await later(91);
    expect((await listed('officialDfk')).map(({ id }) => id)).toEqual([late, first]);
    await later(-91);
  });

  it('stands on the front page of the contact point, one line for each that waits, and on nobody else’s', async () => {
    const ids = [await asked('police'), await asked('jobcentre')];
    await answers('officialKl', await asked('custody'));
    const front = (await web.get('officialKl', '/')).body;
    expect(front.match(/href="\/vejledning\/[0-9a-f-]{36}"/g)).toHaveLength(2);
    for (const id of ids) expect(front).toContain(`href="/vejledning/${id}"`);
    for (const text of [authorityName(people.jobcentre.authority), 'Københavns Vestegns Politi']) expect(front).toContain(text);
    expect((await web.get('police', '/')).body).not.toContain('Giv vejledning');
  });

  it('is told of on the front page of who asked, and marked as unread, until he opens the answer; of nobody else', async () => {
    const TOLD = 'Kontaktpunktet har svaret på dit spørgsmål';
    const unread = async (who: PersonName) => (await web.api(who, 'GET', '/api/v1/guidance')).json<readonly { readonly id: string; readonly unread: boolean }[]>().filter((row) => row.unread).map(({ id }) => id);
    const id = await asked('jobcentre');
    await asked('jobcentre', 'Et andet spørgsmål');
    const front = async (who: PersonName) => (await web.get(who, '/')).body;
    expect(await front('jobcentre')).not.toContain(TOLD);
    expect((await reads('jobcentre', id)).json()).toMatchObject({ unread: false });
    await answers('officialPolice', id);
    expect((await front('jobcentre')).match(new RegExp(TOLD, 'g'))).toHaveLength(1);
    expect(await front('jobcentre')).toContain(`href="/vejledning/${id}"`);
    expect((await web.get('jobcentre', '/vejledning')).body.match(/Ulæst svar/g)).toHaveLength(1);
    expect(await unread('jobcentre')).toEqual([id]);
    // Another's reading is not his.
    await reads('officialKl', id);
    for (const who of ['officialKl', 'officialPolice', 'police', 'municipal'] as const) {
      expect(await front(who), who).not.toContain(TOLD);
      expect(await unread(who), who).toEqual([]);
    }
    expect(await unread('jobcentre')).toEqual([id]);
    await web.get('jobcentre', `/vejledning/${id}`);
    expect(await front('jobcentre')).not.toContain(TOLD);
    expect((await web.get('jobcentre', '/vejledning')).body).not.toContain('Ulæst svar');
    expect(await unread('jobcentre')).toEqual([]);
  });

  it('leaves its rows in the log: asked, listed, read, answered, and by whom', async () => {
    let id = '';
    expect(await noted(async () => { id = await asked('municipal'); })).toEqual([[people.municipal.user, 'guidance.asked', null, id]]);
    expect(await noted(() => listed('officialKl'))).toEqual([[people.officialKl.user, 'guidance.listed', null, null]]);
    expect(await noted(() => reads('officialKl', id))).toEqual([[people.officialKl.user, 'guidance.read', null, id]]);
    expect(await noted(() => answers('officialKl', id))).toEqual([[people.officialKl.user, 'guidance.read', null, id], [people.officialKl.user, 'guidance.answered', null, id]]);
    expect(await noted(() => reads('municipal', id))).toEqual([[people.municipal.user, 'guidance.read', null, id]]);
  });

  it('gives no key without its row in the log: a reading that is taken back opens nothing', async () => {
    const id = await asked('municipal');
    const client = await web.house.web.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('app.session', $1, true)`, [web.house.tokens.municipal]);
      const { rows: [row] } = await client.query<{ payload: string; mac: Buffer }>(`select payload, mac from sec.open_text('guidance', $1)`, [id]);
      await client.query('rollback');
      expect(row).toBeDefined();
      const forgetful = new Vault(web.house.vaultPool, web.house.web, fileKeyService(randomBytes(32)));
      await expect(forgetful.redeem(row ?? { payload: '', mac: Buffer.alloc(0) })).rejects.toThrow('not honoured');
    } finally {
      client.release();
    }
  });

  it('has its words nowhere in plain: not in database, log, address or title', async () => {
    const canary = (): string => `Kanarie${randomBytes(8).toString('hex').replaceAll(/\d/g, 'x')}`;
    const [question, answer] = [canary(), canary()];
    const sent = await web.post('police', '/vejledning', { tekst: question, 'uden-identitet': 'true' });
    const [id = ''] = (await listed('police')).map((row) => row.id);
    const given = await web.post('officialKl', `/vejledning/${id}`, { tekst: answer, 'uden-identitet': 'true' });
    expect([sent.statusCode, given.statusCode]).toEqual([303, 303]);
    const page = (await web.get('police', `/vejledning/${id}`)).body;
    expect([page.includes(question), page.includes(answer)]).toEqual([true, true]);
    const texts = { addresses: [sent, given].map((reply) => JSON.stringify(reply.headers)).join('\n'), title: /<title>[^<]*/.exec(page)?.[0] ?? '', log: web.log.join('\n') };
    expect(await scanFor([question, answer], { database: web.house.db, texts })).toEqual([]);
    expect(await scanFor([question], { texts: { page } })).not.toEqual([]);
  });

  it('cannot be opened where its row is put in the place of another', async () => {
    const [one, other] = [await asked('municipal', 'Det ene spørgsmål'), await asked('police', 'Det andet spørgsmål')];
    await web.house.db.superuser('update app.text set question_ct = (select question_ct from app.text where id = $2) where id = $1', [one, other]);
    await expect(openText(web.house.web, web.house.vault, web.house.tokens.municipal, 'guidance', one)).rejects.toThrow();
  });
});
