import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { startSession } from '../../src/store/session-start.js';
import { sessionCookieName } from '../../src/web/login/session-cookie.js';
import { people, type PersonName } from '../support/people.js';
import { type RetentionWorld, retentionWorld } from '../support/retention-world.js';
import { audited, counted, seen } from '../support/wall-http.js';
import { gaveNothing, prompt, type Prompt } from '../support/wall-sql.js';

let world: RetentionWorld;
let smuggled: Prompt;
let id: string;
let receipt: string;
let number: string;
let emptyDesk: string;
/** The question about the deletion and its receipt, when two have said yes and nothing is carried out. */
let meanwhile: readonly number[];
beforeAll(async () => {
  world = await retentionWorld();
  smuggled = await prompt(world.house.db, 'udvej_web');
  emptyDesk = (await world.web.get('officialKl', '/slettede-sager')).body;
  id = await world.closedCase();
  number = (await world.house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [id]))[0]?.number ?? '';
  await world.setDay(knownDate('2027-11-04'));
  await world.turn();
  await world.answers('police', id);
  await world.answers('municipal', id);
  receipt = (await world.house.db.superuser<{ id: string }>('select id from app.approval where subject = $1', [id]))[0]?.id ?? '';
  meanwhile = await Promise.all([`/slettede-sager/${receipt}`, `/godkendelser/${receipt}`, '/slettede-sager'].map(async (url) => (await world.web.get('police', url)).statusCode));
  await world.turn();
});
afterAll(async () => {
  await smuggled.close();
  await world.close();
});

const READERS = ['police', 'police2', 'municipal', 'municipal2', 'officialKl', 'officialPolice', 'officialDfk'] as const satisfies readonly PersonName[];
const OTHERS = (Object.keys(people) as PersonName[]).filter((who) => !(READERS as readonly PersonName[]).includes(who));
const main = (body: string): string => body.slice(body.indexOf('<main'), body.indexOf('</main'));
const page = async (who: PersonName, url: string): Promise<string> => main((await world.web.get(who, url)).body);
const address = () => `/slettede-sager/${receipt}`;

describe('Control 25: the receipt of a deletion (FM-WORK-4)', () => {
  it('says the number, how it ended, when its time was over, when it was deleted, and which two authorities said yes, to both of them and the contact point', async () => {
    for (const who of READERS) {
      for (const url of ['/slettede-sager', address()]) {
        const text = await page(who, url);
        for (const words of [number, 'Henvendelsen blev lukket', '2. november 2027', '4. november 2027', 'Københavns Vestegns Politi', 'Ishøj Kommune']) expect(text, `${who} ${url}`).toContain(words);
      }
    }
  });

  it('names who answered to his own colleagues alone', async () => {
    const named = ['police', 'municipal'].map((name) => new RegExp(`: Navn ${name}<`));
    for (const url of ['/slettede-sager', address()]) {
      for (const [who, police, municipal] of [['police2', true, false], ['municipal2', false, true], ['officialKl', false, false], ['officialPolice', false, false]] as const) {
        const text = await page(who, url);
        expect(named.map((one) => one.test(text)), `${who} ${url}`).toEqual([police, municipal]);
      }
    }
  });

  it('says nothing of whom it was about, nor the case’s own id', async () => {
    for (const who of READERS) {
      for (const url of ['/slettede-sager', address()]) {
        const { body } = await world.web.get(who, url);
        for (const words of ['Emil', 'Sandbjerg', id, 'Ringet tre gange']) expect(body, `${who} ${url}`).not.toContain(words);
      }
    }
  });

  it('is not there for anybody else, list or receipt: the bytes of an unknown page, and one row that says so (controls 2, 10)', async () => {
    expect(OTHERS).toEqual(expect.arrayContaining(['probation', 'odense', 'policeFyn', 'custody', 'jobcentre', 'auditor', 'screener', 'admin']));
    for (const who of OTHERS) {
      const nowhere = seen(await world.web.get(who, '/findes-ikke'));
      for (const url of ['/slettede-sager', '/slettede-sager?side=2', address()]) {
        const { result, rows } = await audited(world.web, () => world.web.get(who, url));
        expect(seen(result), `${who} ${url}`).toEqual(nowhere);
        expect(rows.map((row) => [row.actor, row.action, row.case_ref]), `${who} ${url}`).toEqual([[people[who].user, 'page.denied', null]]);
      }
    }
    for (const unknown of [randomUUID(), 'x', id]) expect(seen(await world.web.get('police', `/slettede-sager/${unknown}`))).toEqual(seen(await world.web.get('police', '/findes-ikke')));
  });

  it('is not there for others of an authority that said yes, who have nothing to do with exit', async () => {
    for (const func of ['auditor', 'admin', 'measure_owner', 'screening']) {
      const token = await startSession(world.house.login, { issuer: 'test', subject: func, name: 'Navn anden', authority: people.police.authority, functions: [func], authTime: new Date(), level: 'high' });
      for (const url of ['/slettede-sager', address(), `/godkendelser/${receipt}`]) {
        const reply = await world.web.app.inject({ method: 'GET', url, headers: { cookie: `${sessionCookieName(false)}=${token ?? ''}` } });
        expect(reply.statusCode, `${func} ${url}`).toBe(404);
      }
    }
  });

  it('is not there by smuggled SQL either', async () => {
    for (const who of OTHERS) {
      for (const sql of ['select sec.deleted_cases(null, 0)', `select sec.deleted_cases('${receipt}', 0)`, `select app.list_deleted(current_setting('app.session'), null, -1)`, `select sec.answers_for_deletions('${receipt}')`, 'select sec.answers_for_deletions(null)']) {
        expect(gaveNothing(await smuggled.tries(world.house.tokens[who], sql)), `${who} ${sql}`).toBe(true);
      }
    }
    for (const sql of ['select * from sec.shred_order', 'select * from app.approval_vote', 'select * from sec.deletions_of(null)']) expect((await smuggled.tries(world.house.tokens.police, sql)).refused, sql).toBe('42501');
  });

  it('leaves a row in the log for each look, the receipt’s with the case', async () => {
    const list = await audited(world.web, () => world.web.get('police', '/slettede-sager'));
    expect(list.rows).toEqual([{ actor: people.police.user, action: 'deletions.listed', case_ref: null, purpose: null }]);
    const one = await audited(world.web, () => world.web.get('officialKl', address()));
    expect(one.rows).toEqual([{ actor: people.officialKl.user, action: 'receipt.read', case_ref: id, purpose: null }]);
  });

  it('comes when the deletion is done, and not when it is only allowed', () => {
    expect(meanwhile).toEqual([404, 404, 404]);
  });

  it('stands where the question was, for who reads it, and has a link from the closed cases, Mit arbejde and Tal for nobody else', async () => {
    const { statusCode, headers } = await world.web.get('municipal', `/godkendelser/${receipt}`);
    expect([statusCode, headers.location]).toEqual([303, address()]);
    const { result, rows } = await audited(world.web, () => world.web.get('probation', `/godkendelser/${receipt}`));
    expect([seen(result), counted(rows)]).toEqual([seen(await world.web.get('probation', '/findes-ikke')), { 'approvals.listed': 1, 'page.denied': 1 }]);
    for (const [who, there] of [['police', true], ['officialKl', true], ['probation', false], ['odense', false]] as const) {
      for (const from of ['/sager?vis=afsluttede', '/', ...(who === 'officialKl' ? ['/tal'] : [])]) expect((await world.web.get(who, from)).body.includes('href="/slettede-sager"'), `${who} ${from}`).toBe(there);
    }
  });

  it('says before there is any what will stand there', () => {
    expect(emptyDesk).toContain('Der er ikke slettet nogen sager endnu.');
    expect(emptyDesk).toContain('Har to sagt ja, bliver sagen slettet, og kvitteringen står her.');
  });

  it('is not there for whom the case shut out, a colleague, a contact point, or somebody who comes under another name since: no list, no number, and one row that says so (control 20)', async () => {
    const kept = await world.closedCase();
    const [{ number: of } = { number: '' }] = await world.house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [kept]);
    await world.house.db.superuser('insert into app.block select $1, unnest($2::uuid[])', [kept, [people.police2.user, people.municipal2.user, people.officialDfk.user]]);
    await world.setDay(knownDate('2027-11-04'));
    await world.turn();
    for (const who of ['police', 'municipal'] as const) await world.answers(who, kept);
    await world.turn();
    const [{ id: its } = { id: '' }] = await world.house.db.superuser<{ id: string }>('select id from app.approval where subject = $1', [kept]);
    // Has had a function that is gone, and is somebody new (001_sessions_and_audit.sql).
    const comes = (functions: readonly string[]) => startSession(world.house.login, { issuer: 'test', subject: 'municipal2', name: 'Navn municipal2', authority: people.municipal2.authority, functions: [...functions], authTime: new Date(), level: 'high' });
    await comes(['municipal_exit', 'measure_owner']);
    const renewed = (await comes(['municipal_exit'])) ?? '';
    const sees = async (token: string, url: string) => {
      const { result, rows } = await audited(world.web, () => world.web.app.inject({ method: 'GET', url, headers: { cookie: `${sessionCookieName(false)}=${token}` } }));
      return [result.statusCode, result.body.includes(of), rows.map((row) => row.action)];
    };
    for (const token of [world.house.tokens.police2, renewed, world.house.tokens.officialDfk]) {
      expect(await sees(token, `/slettede-sager/${its}`)).toEqual([404, false, ['page.denied']]);
      // The other receipt is his as before.
      expect(await sees(token, '/slettede-sager')).toEqual([200, false, ['deletions.listed']]);
      expect((await smuggled.tries(token, `select sec.answers_for_deletions('${its}') as there`)).rows).toEqual([{ there: false }]);
    }
    for (const who of ['police', 'municipal', 'officialKl'] as const) expect(await sees(world.house.tokens[who], `/slettede-sager/${its}`)).toEqual([200, true, ['receipt.read']]);
  });

  it('of an order that came out of a newer copy of the keys is the contact point’s alone, who is told what is not known; more than fifty stand on pages', async () => {
    const unknown = randomUUID();
    await world.house.db.superuser(`insert into sec.shred_order (case_id, approval_id, payload, mac, done_at)
      select gen_random_uuid(), case n when 1 then $1::uuid else gen_random_uuid() end, 'x', '\\x00', now() - make_interval(mins => n) from generate_series(1, 60) n`, [unknown]);
    expect(await page('officialKl', `/slettede-sager/${unknown}`)).toContain('Ikke oplyst');
    expect((await world.web.get('police', `/slettede-sager/${unknown}`)).statusCode).toBe(404);
    expect(await page('officialKl', '/slettede-sager')).toContain('Side 1 af 2');
    expect(await page('officialKl', '/slettede-sager?side=2')).toContain('Side 2 af 2');
    expect(await page('police', '/slettede-sager')).not.toContain('Side 1');
  });
});
