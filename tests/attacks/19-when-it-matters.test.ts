import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openByNumber } from '../../src/app/emergency.js';
import type { CaseNumber } from '../../src/domain/kernel/case-number.js';
import { demonstrationCpr } from '../../src/domain/kernel/cpr.js';
import { addDays, formatTime, instant, instantOf, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { listApprovals } from '../../src/store/approvals.js';
import { setDatabaseClock } from '../../src/store/command-table.js';
import { matchWaiting } from '../../src/store/matching/inquiries.js';
import { withClient } from '../../src/store/postgres/engine-guard.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { fileMac } from '../../src/store/vault/kms.js';
import { inboxCase, registration, seats, takenCase, type TestHouse, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type Prompt, prompt } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

const REASON = 'Han har ringet og sagt, at to mænd med våben står uden for hans dør nu.';
const CPR = demonstrationCpr(knownDate('1992-06-09'), 'male', 33);
const mac = fileMac(randomBytes(32));

let house: TestHouse;
let web: TestWeb;
let sql: Prompt;
let worker: Pool;
let id: string;
let number: string;
beforeAll(async () => {
  house = await testHouse(noLimits);
  web = await testWeb(house, 1_000_000);
  sql = await prompt(house.db, 'udvej_web');
  worker = createPool(house.db.url('udvej_worker'), { max: 2, name: 'test worker' });
  id = await takenCase(house, { ...registration, cpr: CPR });
  number = await numberOf(id);
  await house.does('police', id, 'safetyCard.set', { call: 'Vagthavende, 11 11 11 11' });
  await compare();
});
/** Every test begins a day on which nobody has opened anything. */
afterEach(async () => {
  await house.db.superuser(`update audit.event set at = at - interval '2 days' where action like 'emergency.%'`);
  for (const table of ['audit.review', 'sec.emergency', 'match.wanted']) await house.db.superuser(`delete from ${table}`);
});
afterAll(async () => {
  await sql.close();
  await worker.end();
  await web.close();
});

const numberOf = async (of: string) => (await house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [of]))[0]?.number ?? '';
const compare = () => matchWaiting({ pool: worker, secret: house.matchSecret, mac });
const opens = (who: PersonName, fields: Readonly<Record<string, string>>, to = '/akut') => web.post(who, to, { reason: REASON, ...fields });
const card = async (who: PersonName) => (await web.get(who, `/akut/${id}/kort`)).statusCode;
const begun = () => house.db.superuser('select 1 from sec.emergency');
const says = async (who: PersonName) => { for (const one of await waiting(who)) await web.post(who, `/godkendelser/${one.id}`, { answer: 'yes' }); };
const waiting = async (who: PersonName) => (await listApprovals(house.web, house.tokens[who])).filter((one) => one.kind === 'card-by-number' && !one.mine);
async function asks(who: PersonName, cpr: string = CPR): Promise<string> {
  await opens(who, { cpr });
  await compare();
  return (await house.db.superuser<{ id: string }>('select id from match.wanted order by at desc limit 1'))[0]?.id ?? '';
}

describe('Control 19: break-glass opens when it matters (FM-CNF-10)', () => {
  it('begins nothing for a reason that the circle could not be told, and says what is wrong with it', async () => {
    const pasted = await opens('policeFyn', { number, reason: REASON.replace(', ', ',\u000b') });
    expect([pasted.statusCode, pasted.body.includes('ikke noget sikkerhedskort')]).toEqual([422, false]);
    expect(await begun()).toEqual([]);
    expect((await opens('policeFyn', { number })).statusCode).toBe(303);
    expect(await card('policeFyn')).toBe(200);
  });

  it('goes on where it fell over between its two steps, by number, and offers no card before', async () => {
    expect((await sql.tries(house.tokens.policeFyn, 'select sec.emergency_by_number($1)', { values: [number] })).refused).toBeUndefined();
    expect((await web.get('policeFyn', '/akut')).body).not.toContain(`/akut/${id}/kort`);
    expect((await opens('policeFyn', { number })).headers.location).toBe(`/akut/${id}/kort`);
    expect([await card('policeFyn'), (await begun()).length]).toEqual([200, 1]);
    expect((await web.get('policeFyn', '/akut')).body).toContain(`/akut/${id}/kort`);
    expect((await opens('policeFyn', { number })).statusCode).toBe(422);
  });

  it('goes on where it fell over between its two steps, by a colleague’s yes', async () => {
    const asked = await asks('police2');
    const [open] = await waiting('police');
    await web.post('police', `/godkendelser/${open?.id ?? ''}`, { answer: 'yes' });
    expect((await sql.tries(house.tokens.police2, 'select sec.emergency_by_wanted($1) as id', { values: [asked] })).rows).toEqual([{ id }]);
    expect(await card('police2')).toBe(404);
    expect((await opens('police2', {}, `/akut/${asked}`)).headers.location).toBe(`/akut/${id}/kort`);
    expect([await card('police2'), (await begun()).length]).toEqual([200, 1]);
    expect((await opens('police2', {}, `/akut/${asked}`)).statusCode).toBe(404);
  });

  it('by CPR number can be answered for everyone who may ask: by his own authority, and where it is not police, by police', async () => {
    for (const [who, answered, not] of [['police2', 'police', 'policeFyn'], ['odense', 'policeFyn', 'municipal'], ['municipal', 'municipal2', 'odense'], ['probation', 'police', 'odense'],
      ['custody', 'officialDfk', 'municipal'], ['officialKl', 'police', 'jobcentre']] as const) {
      await asks(who);
      for (const [voter, count] of [[who, 0], [answered, 1], [not, 0]] as const) expect([who, voter, (await waiting(voter)).length]).toEqual([who, voter, count]);
      await house.db.superuser(`update app.approval set until = now() where kind = 'card-by-number'`);
    }
  });

  it('goes on when its hour went by before the circle could be told: that one showed nothing', async () => {
    expect((await sql.tries(house.tokens.policeFyn, 'select sec.emergency_by_number($1)', { values: [number] })).refused).toBeUndefined();
    // Until its hour is over it goes on, and no other is begun beside it.
    const other = await takenCase(house);
    expect((await opens('policeFyn', { number: await numberOf(other) })).statusCode).toBe(422);
    await house.db.superuser(`update sec.emergency set at = at - interval '61 minutes', until = until - interval '61 minutes'`);
    expect((await opens('policeFyn', { number })).statusCode).toBe(303);
    expect(await card('policeFyn')).toBe(200);
    await house.db.superuser(`update audit.event set at = at - interval '2 days' where action like 'emergency.%'`);
    // One that was told bars the next, also when its hour is over.
    await house.db.superuser(`update sec.emergency set until = now() where until > now()`);
    expect((await opens('policeFyn', { number: await numberOf(other) })).statusCode).toBe(422);
  });

  it('tells the circle once of what was asked for several times at once, leads each to the card, and is no command to be repeated', async () => {
    const own = await takenCase(house);
    const of = await numberOf(own);
    const opened = () => house.db.superuser(`select 1 from app.case_event where case_id = $1 and type = 'CardOpened'`, [own]);
    // Twice begun, as by two clicks: each has been given the case, and neither has told anybody.
    for (let n = 0; n < 2; n += 1) expect((await sql.tries(house.tokens.odense, 'select sec.emergency_by_number($1) as id', { values: [of] })).rows).toEqual([{ id: own }]);
    const both = await Promise.all([1, 2].map(() => opens('odense', { number: of })));
    for (const one of both) expect([one.statusCode, one.headers.location ?? one.body.includes('ikke gennemgået endnu')]).toEqual(one.statusCode === 303 ? [303, `/akut/${own}/kort`] : [422, true]);
    expect([both.some((one) => one.statusCode === 303), (await opened()).length]).toEqual([true, 1]);
    for (let n = 0; n < 2; n += 1) expect((await house.order('odense', 'safetyCard.open', { reason: REASON }, { caseId: own })).kind).toBe('absent');
    expect([(await opened()).length, (await house.db.superuser('select 1 from app.notification where case_id = $1', [own])).length]).toEqual([1, 1]);
  });

  it('leads who lost to his own other order to the card', async () => {
    const own = await takenCase(house);
    // The first is told between the second's two steps.
    const connect = async () => {
      if ((await begun()).length === 1) await house.order('odense', 'safetyCard.open', { reason: REASON }, { caseId: own });
      return house.web.connect();
    };
    const between = Object.assign(Object.create(house.web) as Pool, { connect, query: house.web.query.bind(house.web) });
    expect(await openByNumber({ ...house, web: between }, house.tokens.odense, (await numberOf(own)) as CaseNumber, REASON)).toEqual({ kind: 'open', caseId: own });
  });

  it('puts what lapses within the hour first with who answers, and the colleague’s yes first with who asked, each with its hour', async () => {
    const late = await takenCase(house);
    await house.db.superuser(`update app.task set due = due - 30 where case_id = $1`, [late]);
    const first = async (who: PersonName) => /<ul class="no-max-width plain-list todo">.*?<\/li>/s.exec((await web.get(who, '/')).body)?.[0] ?? '';
    const asked = await asks('police2');
    const [open] = await waiting('police');
    const until = `kl. ${formatTime(instant(open?.until ?? '') ?? house.clock()).slice(4)}`;
    const top = await first('police');
    expect([top.includes(`/godkendelser/${open?.id ?? ''}`), /Inden [^<]*kl\./.test(top), top.includes(until)]).toEqual([true, true, true]);
    expect(await first('police2')).not.toContain('/akut');
    await web.post('police', `/godkendelser/${open?.id ?? ''}`, { answer: 'yes' });
    const yes = await first('police2');
    expect([yes.includes('En kollega har sagt ja til dit nødopslag'), yes.includes('href="/akut"'), yes.includes(until)]).toEqual([true, true, true]);
    const page = (await web.get('police2', '/akut')).body;
    expect([page.includes('Åbn kortet for dette CPR-nummer'), page.includes('du spurgte om kl.'), page.includes(CPR.slice(0, 6))]).toEqual([true, true, false]);
    // One way to go on stands open; what would begin anew is folded.
    expect([/<details[^>]*>.*name="number"/s.test(page), page.indexOf('Åbn kortet for dette') < page.indexOf('<details class="fold"')]).toEqual([true, true]);
    await opens('police2', {}, `/akut/${asked}`);
    expect(await first('police2')).not.toContain('sagt ja');
  });

  it('puts every answer that lapses within a day among the first, of whatever kind', async () => {
    const line = 'Lapses soon';
    await house.db.superuser(`insert into app.approval (kind, subject, line, requester, authority, until) values ('held-number', gen_random_uuid(), $1, $2, 'police:koebenhavns-vestegn', now() + interval '23 hours')`, [line, people.police2.user]);
    const other = await takenCase(house);
    await house.db.superuser(`update app.task set due = due - 40 where case_id = $1`, [other]);
    const number = await numberOf(other);
    // Before what is late, however late; where a life is in danger stands before both.
    const top = async () => {
      const { body } = await web.get('police', '/');
      return body.includes(line) && body.indexOf(line) < body.indexOf(number);
    };
    expect(await top()).toBe(true);
    await house.db.superuser(`update app.approval set until = now() + interval '25 hours' where line = $1`, [line]);
    expect(await top()).toBe(false);
    await house.db.superuser('delete from app.approval where line = $1', [line]);
  });

  it('leads who is in the case to it also by a CPR number, when a colleague has said yes, and not before', async () => {
    const asked = await asks('police');
    expect((await opens('police', {}, `/akut/${asked}`)).statusCode).toBe(404);
    const [open] = await waiting('police2');
    await web.post('police2', `/godkendelser/${open?.id ?? ''}`, { answer: 'yes' });
    const own = await opens('police', {}, `/akut/${asked}`);
    expect([own.statusCode, own.body.includes('Du er med i sagen. Åbn den her.'), await begun()]).toEqual([200, true, []]);
  });

  it('opens no card of a case that is closed and that nobody reads any more: nobody would be told', async () => {
    const itIs = async (day: PlainDate): Promise<void> => {
      const at = instantOf(day, 10, 0);
      house.setClock(at);
      await withClient('migrate', house.db.url('superuser'), (client) => setDatabaseClock(client, Date.parse(at)));
    };
    const start = knownDate('2025-03-03');
    await itIs(start);
    const old = await takenCase(house);
    expect((await house.order('police', 'inquiry.close', { reason: 'withdrawn', note: 'Han vil ikke mere' }, { caseId: old })).kind).toBe('done');
    await itIs(addDays(start, 20));
    const early = await opens('policeFyn', { number: await numberOf(old) });
    expect([early.statusCode, early.headers.location]).toEqual([303, `/akut/${old}/kort`]);
    await itIs(addDays(start, 200));
    await house.db.superuser('delete from audit.review');
    const late = await opens('odense', { number: await numberOf(old) });
    expect([late.statusCode, late.body.includes('ikke noget sikkerhedskort')]).toEqual([200, true]);
    expect(await house.db.superuser('select 1 from sec.emergency where user_id = $1', [people.odense.user])).toEqual([]);
    await itIs(knownDate('2026-11-02'));
  });
});

describe('Control 19: break-glass by a CPR number (FM-CNF-10)', () => {
  it('opens the card of the case that goes on, also when somebody has registered the person again, taken it, or had it closed', async () => {
    const cpr = demonstrationCpr(knownDate('1994-06-09'), 'male', 33);
    const first = await takenCase(house, { ...registration, cpr });
    const again = await inboxCase(house, { ...registration, cpr });
    await house.db.superuser(`update app.exit_case set created_at = created_at + interval '1 hour' where id = $1`, [again]);
    await compare();
    const opened = async () => {
      const asked = await asks('police2', cpr);
      await says('police');
      const { location } = (await opens('police2', {}, `/akut/${asked}`)).headers;
      // Whether there are one or two.
      expect((await web.get('police2', String(location))).body).toContain('kan der være mere end én sag om personen');
      return location;
    };
    const newDay = async () => {
      await house.db.superuser(`update audit.event set at = at - interval '2 days' where action like 'emergency.%'`);
      for (const table of ['audit.review', 'sec.emergency']) await house.db.superuser(`delete from ${table}`);
    };
    const asked: unknown[] = [['in an inbox', await opened()]];
    await house.does('police', again, 'inquiry.take', seats);
    await house.does('police', first, 'safetyCard.set', { call: 'Vagthavende, 22 22 22 22', precautions: 'Hund', along: 'Et barn' });
    await newDay();
    asked.push(['taken, without a card', await opened()]);
    await house.does('police', again, 'safetyCard.set', { call: 'Vagthavende, 33 33 33 33', precautions: 'Hund', along: 'Et barn' });
    await house.does('police', again, 'inquiry.close', { reason: 'withdrawn', note: 'En dublet' });
    await newDay();
    asked.push(['closed', await opened()]);
    expect(asked).toEqual(['in an inbox', 'taken, without a card', 'closed'].map((when) => [when, `/akut/${first}/kort`]));
  });

  it('is one try of the day’s two, whether it found a card or nothing: a wrong digit leaves the right number', async () => {
    const wrong = await asks('police2', demonstrationCpr(knownDate('1980-01-01'), 'male', 1));
    await says('police');
    expect((await opens('police2', {}, `/akut/${wrong}`)).statusCode).toBe(200);
    const right = await asks('police2');
    await says('police');
    expect((await opens('police2', {}, `/akut/${right}`)).headers.location).toBe(`/akut/${id}/kort`);
    await house.db.superuser('delete from audit.review');
    expect((await opens('police2', { number })).statusCode).toBe(429);
    expect((await opens('police2', { cpr: CPR })).statusCode).toBe(429);
  });

  it('says what is the matter when a colleague has said yes and the number is not looked up yet, or cannot be', async () => {
    await opens('police2', { cpr: CPR });
    await says('police');
    const asked = (await house.db.superuser<{ id: string }>('select id from match.wanted'))[0]?.id ?? '';
    const page = async () => (await web.get('police2', '/akut')).body;
    const before = await page();
    expect([before.includes('En kollega har godkendt det, og CPR-nummeret bliver slået op'), before.includes('Spørgsmålet falder bort'), before.includes(`action="/akut/${asked}"`)]).toEqual([true, false, false]);
    expect((await opens('police2', {}, `/akut/${asked}`)).statusCode).toBe(404);
    await matchWaiting({ pool: worker, secret: randomBytes(32), mac });
    const after = await page();
    expect([after.includes('CPR-nummeret kan ikke slås op'), after.includes('brug sagens nummer'), after.includes('Spørgsmålet falder bort')]).toEqual([true, true, false]);
    // The number of the case at hand opens it all the same.
    expect((await opens('police2', { number })).statusCode).toBe(303);
  });
});
