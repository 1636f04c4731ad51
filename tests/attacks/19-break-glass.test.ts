import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { caseNumber } from '../../src/domain/kernel/case-number.js';
import { demonstrationCpr } from '../../src/domain/kernel/cpr.js';
import { knownDate } from '../../src/domain/kernel/time.js';
import { matchWaiting } from '../../src/store/matching/inquiries.js';
import { listTasks } from '../../src/store/lists.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { fileMac } from '../../src/store/vault/kms.js';
import { registration, seats, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

const REASON = 'Han har ringet og sagt, at to mænd med våben står uden for hans dør nu.';
const CARD = { call: 'Vagthavende, 11 11 11 11', precautions: 'Hund i opgangen', along: 'Kæreste og et barn på 3 år' };
const CPR = demonstrationCpr(knownDate('1992-06-09'), 'male', 33);
const mac = fileMac(randomBytes(32));

let web: TestWeb;
let worker: Pool;
let id: string;
let number: string;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  worker = createPool(web.house.db.url('udvej_worker'), { max: 2, name: 'test worker' });
  number = (await web.api('municipal', 'POST', '/api/v1/cases', { ...registration, cpr: CPR })).json<{ number: string }>().number;
  id = (await web.house.db.superuser<{ id: string }>('select id from app.exit_case where number = $1', [number]))[0]?.id ?? '';
  await web.house.does('police', id, 'inquiry.take', seats);
  await web.house.does('police', id, 'safetyCard.set', CARD);
  await web.house.does('municipal', id, 'journal.add', { kind: 'personal', text: 'Et notat fra journalen' });
  await compare();
});
/** Every test begins a day on which nobody has opened anything. */
afterEach(async () => {
  await web.house.db.superuser(`update audit.event set at = at - interval '2 days' where action like 'emergency.%'`);
  await web.house.db.superuser('delete from audit.review');
  await web.house.db.superuser('delete from sec.emergency');
  await web.house.db.superuser('delete from match.wanted');
});
afterAll(async () => {
  await worker.end();
  await web.close();
});

const compare = () => matchWaiting({ pool: worker, secret: web.house.matchSecret, mac });
const opens = (who: PersonName, fields: Readonly<Record<string, string>>) => web.post(who, '/akut', { reason: REASON, ...fields });
const card = (who: PersonName, of = id) => web.get(who, `/akut/${of}/kort`);
const bare = (body: string): string => body.replace(/(?:value|data-csrf)="[^"]*"/g, '').replaceAll(/UV-\w{4}-\w{3}/g, 'UV');
const events = async (action: string) => (await web.house.db.superuser<{ actor: string; case_ref: string | null }>(`select actor, case_ref from audit.event where action = $1 and at > now() - interval '1 day' order by at`, [action]));

describe('Control 19: break-glass (FM-CNF-10, FM-SEC-6)', () => {
  it('opens the safety card by the case’s number, and nothing else of the case', async () => {
    const opened = await opens('policeFyn', { number: number.toLowerCase() });
    expect([opened.statusCode, opened.headers.location]).toEqual([303, `/akut/${id}/kort`]);
    const shown = await card('policeFyn');
    expect(shown.statusCode).toBe(200);
    for (const line of [...Object.values(CARD), 'Kun sms efter kl. 16']) expect(shown.body).toContain(line);
    for (const secret of ['Emil', 'Sandbjerg', CPR, 'Et notat fra journalen', 'Vil ud af det hele', 'Ishøj']) expect(shown.body).not.toContain(secret);
    for (const url of [`/sager/${id}`, `/sager/${id}/sikkerhed`, `/sager/${id}/journal`, `/api/v1/cases/${id}`, `/api/v1/cases/${id}/actions`]) {
      expect((await (url.startsWith('/api') ? web.api('policeFyn', 'GET', url) : web.get('policeFyn', url))).statusCode, url).toBe(404);
    }
    expect((await web.api('policeFyn', 'GET', '/api/v1/cases')).json()).toEqual([]);
    expect((await web.api('policeFyn', 'POST', `/api/v1/cases/${id}/commands/journal.add`, { kind: 'personal', text: 'x' })).statusCode).toBe(404);
  });

  it('tells the co-ordinator, the contact point and the auditor, before the card is shown', async () => {
    await opens('policeFyn', { number });
    const mine = (await listTasks(web.house.web, web.house.tokens.police)).filter((task) => task.command === 'safetyCard.noteOpening');
    expect(mine.map((task) => task.mine)).toContain(true);
    expect((await web.api('officialKl', 'GET', '/api/v1/notifications')).body).toContain('card-opened');
    const [review] = await web.house.db.superuser<{ kind: string; person: string; hours: string }>(`select kind, person, round(extract(epoch from due - found_at) / 3600) as hours from audit.review`);
    expect(review).toMatchObject({ kind: 'break-glass', person: people.policeFyn.user });
    expect(Number(review?.hours)).toBe(72);
    expect((await web.house.opens('police', id)).bodies).toBeDefined();
    const read = await web.api('police', 'GET', `/api/v1/cases/${id}`);
    expect(read.body).toContain('to mænd med våben');
    const done = mine.find((task) => task.mine);
    await web.house.does('police', id, 'safetyCard.noteOpening', { opening: done?.key.split(':')[1] ?? '', note: 'Talt med kollegaen' });

    // The row of the log and of the hour alone, as somebody would leave who fell over between the two: no card.
    await web.house.db.superuser(`insert into sec.emergency (event_id, user_id, case_id) values (gen_random_uuid(), $1, $2)`, [people.probation2.user, id]);
    expect((await card('probation2')).statusCode).toBe(404);
  });

  it('shows it for sixty minutes, to him alone, each look a row in the log', async () => {
    await opens('policeFyn', { number });
    const before = (await events('card.opened')).length;
    await card('policeFyn');
    await card('policeFyn');
    expect((await events('card.opened')).slice(before)).toEqual([1, 2].map(() => ({ actor: people.policeFyn.user, case_ref: id })));
    for (const who of ['odense', 'policeFyn', 'admin', 'auditor'] as const) {
      if (who === 'policeFyn') await web.house.db.superuser(`update sec.emergency set at = at - interval '61 minutes', until = until - interval '61 minutes'`);
      const refused = await card(who);
      expect([who, refused.statusCode]).toEqual([who, 404]);
      expect(bare(refused.body)).toBe(bare((await card(who, randomUUID())).body));
    }
  });

  it('is refused a second time until the first was looked at by the auditor, and twice a day is all there is', async () => {
    expect((await opens('policeFyn', { number })).statusCode).toBe(303);
    const second = await opens('policeFyn', { number });
    expect([second.statusCode, second.body.includes('ikke gennemgået endnu')]).toEqual([422, true]);
    expect((await opens('odense', { number })).statusCode).toBe(303);
    await web.house.db.superuser('delete from audit.review');
    expect((await opens('policeFyn', { number })).statusCode).toBe(303);
    await web.house.db.superuser('delete from audit.review');
    expect((await opens('policeFyn', { number })).statusCode).toBe(429);
  });

  it('is refused a second time also when both come at once, or a colleague’s yes to a CPR number waits', async () => {
    await opens('police2', { cpr: CPR });
    await compare();
    const asked = (await web.house.db.superuser<{ id: string }>('select id from match.wanted order by at desc limit 1'))[0]?.id ?? '';
    const [waits] = (await web.house.web.query<{ id: string }>(`select id from app.list_approvals($1) where kind = 'card-by-number'`, [web.house.tokens.police])).rows;
    await web.post('police', `/godkendelser/${waits?.id ?? ''}`, { answer: 'yes' });

    const clients = await Promise.all([web.house.web.connect(), web.house.web.connect()]);
    const [first, second] = clients;
    for (const client of clients) await client.query(`begin; select set_config('app.session', '${web.house.tokens.police2}', true)`);
    await first.query('select sec.emergency_by_number($1)', [number]);
    const late = second.query('select sec.emergency_by_number($1)', [caseNumber(randomBytes(8))]).then(() => 'opened', (error: unknown) => (error as { code: string }).code);
    // The second waits for the first, and is not merely behind it.
    const waiting = `select 1 from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`;
    await expect.poll(() => web.house.db.superuser(waiting)).toHaveLength(1);
    await first.query('commit');
    expect(await late).toBe('UV423');
    await second.query('rollback');
    for (const client of clients) client.release();

    const by = await web.post('police2', `/akut/${asked}`, { reason: REASON });
    expect([by.statusCode, by.body.includes('ikke gennemgået endnu')]).toEqual([422, true]);
    await web.house.db.superuser('delete from audit.review');
    // The yes is still there.
    expect((await web.post('police2', `/akut/${asked}`, { reason: REASON })).statusCode).toBe(303);
  });

  it('alarms when nobody has looked at it for seventy-two hours', async () => {
    await opens('policeFyn', { number });
    await web.house.db.superuser(`update audit.review set due = now() - interval '1 second'`);
    await worker.query('select * from audit.review_turn()');
    expect(await web.house.db.superuser(`select 1 from audit.event where action like 'alarm.%' and at > now() - interval '1 minute'`)).not.toEqual([]);
  });

  it('says the same of a number that is nobody’s, and of a case one is shut out of', async () => {
    const nobody = await opens('policeFyn', { number: caseNumber(randomBytes(8)) });
    await web.house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [id, people.odense.user]);
    const shut = await opens('odense', { number });
    await web.house.db.superuser('delete from app.block');
    expect([nobody.statusCode, shut.statusCode]).toEqual([200, 200]);
    expect(nobody.body).toContain('ikke noget sikkerhedskort');
    const strip = (reply: typeof shut) => bare(reply.body).replace(/<header.*?<\/header>/s, '').replace(/Udskrevet af [^<]*/, '').replace(/<footer.*?<\/footer>/s, '');
    expect(strip(nobody)).toBe(strip(shut));
    expect((await events('emergency.denied')).map(({ case_ref: about }) => about)).toEqual([null, null]);
  });

  it('is for those who may, who have just proved who they are, and who say why', async () => {
    for (const who of ['jobcentre', 'auditor', 'admin'] as const) expect((await opens(who, { number })).statusCode, who).toBe(404);
    const short = await opens('policeFyn', { number, reason: 'Det haster' });
    expect([short.statusCode, short.body.includes('Mindst 40 tegn'), short.body.includes('Det haster')]).toEqual([422, true, true]);
    await web.house.db.superuser(`update sec.session set auth_time = now() - interval '6 minutes' where user_id = $1`, [people.policeFyn.user]);
    expect((await opens('policeFyn', { number })).statusCode).toBe(401);
    await expect(web.house.web.query(`select sec.emergency_by_number($1) from (select set_config('app.session', $2, true)) s`, [number, web.house.tokens.policeFyn])).rejects.toThrow(/step up/);
    await web.house.db.superuser(`update sec.session set auth_time = now() where user_id = $1`, [people.policeFyn.user]);
    expect(await events('emergency.opened')).toEqual([]);
  });

  it('by CPR number answers hit and miss alike until a second officer has said yes', async () => {
    const missing = demonstrationCpr(knownDate('1992-06-09'), 'male', 35);
    const asked: { status: number; to: unknown; page: string }[] = [];
    for (const cpr of [CPR, missing]) {
      const reply = await opens('police2', { cpr });
      asked.push({ status: reply.statusCode, to: reply.headers.location, page: '' });
    }
    await compare();
    expect(asked[0]).toEqual(asked[1]);
    const wanted = await web.house.db.superuser<{ id: string; case_id: string | null; sealed: Buffer }>('select id, case_id, sealed from match.wanted order by at');
    expect(wanted.map((one) => [one.case_id, one.sealed.length])).toEqual([[id, 0], [null, 0]]);
    const attempt = (one: { id: string } | undefined) => web.post('police2', `/akut/${one?.id ?? ''}`, { reason: REASON });
    for (const one of wanted) expect((await attempt(one)).statusCode).toBe(404);
    const waiting = (await web.house.web.query<{ id: string; kind: string }>('select id, kind from app.list_approvals($1)', [web.house.tokens.police])).rows.filter((one) => one.kind === 'card-by-number');
    expect(waiting).toHaveLength(2);
    for (const one of waiting) expect((await web.post('police', `/godkendelser/${one.id}`, { answer: 'yes' })).statusCode).toBe(303);
    const hit = await attempt(wanted[0]);
    expect([hit.statusCode, hit.headers.location]).toEqual([303, `/akut/${id}/kort`]);
    expect((await card('police2')).body).toContain(CARD.call);
    await web.house.db.superuser('delete from audit.review');
    const miss = await attempt(wanted[1]);
    expect([miss.statusCode, miss.body.includes('ikke noget sikkerhedskort')]).toEqual([200, true]);
    expect((await attempt(wanted[0])).statusCode).toBe(404);
  });
});
