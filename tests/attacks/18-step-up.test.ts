import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isSteppedUp } from '../../src/store/step-up.js';
import { csrfToken, formToken } from '../../src/web/visitor.js';
import { takenCase } from '../support/house.js';
import { hashed, type LoginWeb, loginWeb, type Reply, tokenIn } from '../support/login-web.js';
import { people, type PersonName } from '../support/people.js';

/**
 * Every function of the database that does what control 18 names. Whoever writes one adds it here; the catalogue is held against the list.
 * What is asked depends on the session alone, so it is asked before anything is looked for.
 */
const DEMANDING: readonly string[] = [
  'sec.ask_review(text,text)', 'sec.emergency_asker()', 'sec.match_names(uuid)', 'sec.ask_export(uuid)', 'sec.begin_export(uuid,text)', 'sec.case_extract(uuid,text)', 'sec.names(uuid[])', 'sec.overview_names(uuid[])', 'sec.publish_figures(jsonb,jsonb,integer,timestamp with time zone)', 'sec.read_address(uuid,text)', 'sec.record_re_registration(text,date,boolean,boolean,timestamp with time zone)', 'sec.search_own()', 'sec.vote(uuid,boolean)', 'sec.withdraw_figures(uuid,text,timestamp with time zone)',
];
const DEMAND = /^\s*perform sec\.need_step_up(_at_desk)?\(\);$/m;

let web: LoginWeb;
let mine: string;
let asked: string;
beforeAll(async () => {
  web = await loginWeb();
  mine = await takenCase(web.house);
  asked = await questionTaken();
});
afterAll(() => web.close());
beforeEach(async () => {
  await web.house.db.superuser(`delete from audit.event where action = 'step-up.begun'`);
});

/** A case whose question an official of the contact point has taken: its identity is in his bundle. */
async function questionTaken(): Promise<string> {
  const { house } = web;
  const id = await takenCase(house);
  await house.does('police', id, 'assessment.begin');
  await house.does('municipal', id, 'assessment.askAdvice', { topic: 'motivation', question: 'Hvad gør andre?', entries: [] });
  const [row] = await house.db.superuser<{ id: string }>('select id from app.question where case_id = $1', [id]);
  await house.does('officialKl', id, 'contactPoint.takeQuestion', { question: row?.id });
  return id;
}

/** Somebody who came in that long ago, at that level. */
async function signedIn(who: PersonName, { minutes = 0, acr = 'substantial' }: { readonly minutes?: number; readonly acr?: string } = {}): Promise<string> {
  const token = tokenIn(await web.through('/login', undefined, { ...web.claimsOf(who), acr })) ?? '';
  await web.house.db.superuser('update sec.session set auth_time = now() - make_interval(mins => $2) where token_hash = $1', [hashed(token), minutes]);
  return token;
}
const names = (token: string, id: string, headers?: Readonly<Record<string, string>>): Promise<Reply> =>
  web.post(token, `/sager/${id}/navne`, { _csrf: csrfToken(web.settings.csrfKey, token) }, headers);
const rowsOf = (action: string) =>
  web.house.db.superuser<{ actor: string; case_ref: string | null; purpose: string | null }>('select actor, case_ref, purpose from audit.event where action = $1 order by at', [action]);

describe('Control 18: an act that a session alone is not enough for', () => {
  it('is refused with a proof of more than five minutes, with a link to a login and back, and one row in the log', async () => {
    const token = await signedIn('officialKl', { minutes: 6 });
    const before = await rowsOf('step-up.denied');
    const named = await rowsOf('case.named');
    const reply = await names(token, asked, { referer: `${web.settings.origin}/sager/${asked}` });
    expect(reply.statusCode).toBe(401);
    expect(reply.body).toContain('<h1>Log ind igen for at fortsætte</h1>');
    expect(reply.body).toContain(`href="/login?til=${encodeURIComponent(`/sager/${asked}`)}&amp;igen=tryk"`);
    expect((await rowsOf('step-up.denied')).slice(before.length)).toEqual([{ actor: people.officialKl.user, case_ref: asked, purpose: 'names' }]);
    expect(await rowsOf('case.named')).toEqual(named);
  });

  it('is done with a proof of less', async () => {
    const reply = await names(await signedIn('officialKl', { minutes: 4 }), asked);
    expect([reply.statusCode, reply.body.includes('Log ind igen')]).toEqual([200, false]);
  });

  it('is refused with a fresh proof of too low a level', async () => {
    await web.house.db.superuser(`update sec.setting set value = 3 where name = 'step_up_level'`);
    try {
      expect((await names(await signedIn('officialKl'), asked)).statusCode).toBe(401);
      expect((await names(await signedIn('officialKl', { acr: 'high' }), asked)).statusCode).toBe(200);
    } finally {
      await web.house.db.superuser(`update sec.setting set value = 2 where name = 'step_up_level'`);
    }
  });

  it('is refused alike whether or not there is such a case, and whoever’s it is', async () => {
    const token = await signedIn('officialKl', { minutes: 6 });
    const [one, ...others] = await Promise.all([asked, mine, randomUUID()].map((id) => names(token, id)));
    for (const other of others) expect([other.statusCode, other.body]).toEqual([one?.statusCode, one?.body]);
  });

  it('is not carried out by itself afterwards: on the page he comes back to he is told, once, to press again; of a search, to write it again', async () => {
    const told = async (token: string, url: string, link: string) => {
      const back = await web.through(link, token, web.claimsOf('officialKl'));
      const [renewed, said] = [tokenIn(back) ?? '', back.cookies.find(({ name }) => name === 'udvej-sagt')];
      const cookie: Readonly<Record<string, string>> = said === undefined ? {} : { cookie: `udvej=${renewed}; udvej-sagt=${said.value}` };
      return { to: back.headers.location, kept: said && { httpOnly: said.httpOnly, sameSite: said.sameSite, maxAge: said.maxAge }, body: (await web.get(renewed, url, cookie)).body };
    };
    const linkIn = (reply: Reply): string => (/href="(\/login\?[^"]*igen=[^"]*)"/.exec(reply.body)?.[1] ?? '').replaceAll('&amp;', '&');
    const named = await rowsOf('case.named');
    const csrf = (token: string) => ({ _csrf: csrfToken(web.settings.csrfKey, token) });
    const acting = await signedIn('officialKl', { minutes: 6 });
    const act = await told(acting, '/tal', linkIn(await web.post(acting, `/sager/${asked}/navne`, csrf(acting), { referer: `${web.settings.origin}/tal` })));
    expect([act.to, act.kept, act.body.includes('Du har bekræftet, hvem du er. Tryk på knappen igen, så sker det.')]).toEqual(['/tal', { httpOnly: true, sameSite: 'Lax', maxAge: 60 }, true]);
    const seeking = await signedIn('officialKl', { minutes: 6 });
    const search = await told(seeking, '/tal', linkIn(await web.post(seeking, '/soeg', { ...csrf(seeking), q: 'Vilfred Tangkær' }, { referer: `${web.settings.origin}/tal` })));
    expect([search.body.includes('Skriv det, du søger efter, igen.'), search.body.includes('Vilfred')]).toEqual([true, false]);
    // A page that was asked for is there: there is nothing to press again, and nothing is said. Nor after a way back that another site named.
    const opening = await signedIn('officialKl', { minutes: 6 });
    const page = await told(opening, '/tal/offentliggoer', linkIn(await web.get(opening, '/tal/offentliggoer')));
    expect([page.to, page.kept, page.body.includes('Du har bekræftet')]).toEqual(['/tal/offentliggoer', undefined, false]);
    const astray = await signedIn('officialKl', { minutes: 6 });
    expect(linkIn(await web.post(astray, `/sager/${asked}/navne`, csrf(astray), { referer: 'https://ond.example/tal' }))).toBe('/login?igen=ja');
    expect(await rowsOf('case.named')).toEqual(named);
  });

  it('keeps what was typed of a new registration, and carries nothing out by the login (FM-END-5)', async () => {
    const token = await signedIn('officialKl', { minutes: 6 });
    const typed = { number: 'UV-7K3M-9QX', on: '1. oktober 2026', what: 'withdraw' };
    const reply = await web.post(token, '/tal/registreret-igen', { _csrf: formToken(web.settings.csrfKey, { token, user: people.officialKl.user }), ...typed });
    expect(reply.statusCode).toBe(401);
    const kept = Object.fromEntries([...reply.body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
    expect(kept).toMatchObject(typed);
    const renewed = tokenIn(await web.through('/login?igen=ja', token, web.claimsOf('officialKl'))) ?? '';
    const again = await web.post(renewed, '/tal/registreret-igen', kept);
    expect([again.statusCode, again.body.includes('value="UV-7K3M-9QX"'), again.body.includes('value="1. oktober 2026"'), /value="withdraw"[^>]* checked/.test(again.body), again.body.includes('tryk på knappen igen, så sker det')]).toEqual([403, true, true, true, true]);
  });

  it('keeps why a case is carried out, for the reason stands in the log (FM-LAW-4)', async () => {
    const token = await signedIn('municipal', { minutes: 6 });
    const of = (who: string) => formToken(web.settings.csrfKey, { token: who, user: people.municipal.user });
    const reply = await web.post(token, `/sager/${mine}/indsigt`, { _csrf: of(token), grund: 'attorney', som: 'json' });
    expect([reply.statusCode, reply.body.includes('<input type="hidden" name="grund" value="attorney"')]).toEqual([401, true]);
    const renewed = tokenIn(await web.through('/login?igen=ja', token, web.claimsOf('municipal'))) ?? '';
    const exported = await rowsOf('case.exported');
    const again = await web.post(renewed, `/sager/${mine}/indsigt`, { _csrf: of(token), grund: 'attorney', som: 'json' }, { origin: web.settings.origin, 'sec-fetch-site': 'same-origin' });
    expect([again.statusCode, /<details[^>]* open[^>]*><summary>Indsigt til personen/.test(again.body), /<option value="attorney" selected/.test(again.body), again.body.includes('Det er ikke sendt endnu')]).toEqual([403, true, true, true]);
    expect(await rowsOf('case.exported')).toEqual(exported);
    expect((await web.post(renewed, `/sager/${mine}/indsigt`, { _csrf: of(renewed), grund: 'attorney', som: 'json' })).statusCode).toBe(200);
    expect((await rowsOf('case.exported')).at(-1)?.purpose).toContain('attorney');
  });

  it('is not needed for a member’s own *Vis navne* (access.md)', async () => {
    expect((await names(await signedIn('municipal', { minutes: 300 }), mine)).statusCode).toBe(200);
  });

  it('is demanded by the database itself, whatever the program asks', async () => {
    const token = await signedIn('officialKl', { minutes: 6 });
    for (const sql of [`select * from sec.names(array['${asked}']::uuid[])`, 'select * from sec.search_own()']) {
      const client = await web.house.web.connect();
      try {
        await client.query('begin');
        await client.query(`select set_config('app.session', $1, true)`, [token]);
        await expect(client.query(sql)).rejects.toMatchObject({ code: 'UV401' });
      } finally {
        await client.query('rollback');
        client.release();
      }
    }
  });

  it('is demanded by each function of the list, before it looks for anything', async () => {
    for (const name of DEMANDING) {
      const [row] = await web.house.db.superuser<{ body: string }>('select prosrc as body from pg_proc where oid = $1::regprocedure', [name]);
      const body = row?.body ?? '';
      const demand = body.search(DEMAND);
      expect(demand, `${name} demands a step-up`).toBeGreaterThan(0);
      const reads = body.search(/\b(from|into|insert|update|delete)\b[^;]*\b(app|audit|keys|match)\./);
      expect(reads === -1 || reads > demand, `${name} demands it before it looks`).toBe(true);
    }
    const callers = await web.house.db.superuser<{ name: string }>(`
      select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('app', 'sec', 'audit', 'keys', 'match', 'stat') and p.prosrc ~ 'sec\\.need_step_up' and p.proname <> 'need_step_up_at_desk' order by 1`);
    expect(callers.map(({ name }) => name)).toEqual([...DEMANDING].sort());
  });

  it('is asked for before a search is looked at, and keeps what was typed', async () => {
    const token = await signedIn('officialKl', { minutes: 6 });
    const reply = await web.post(token, '/ny-henvendelse/ligner', { _csrf: formToken(web.settings.csrfKey, { token, user: people.officialKl.user }), name: 'Vilfred Tangkær', _key: 'en-noegle' });
    expect(reply.statusCode).toBe(401);
    expect(reply.body).toContain('<input type="hidden" name="name" value="Vilfred Tangkær"');
    expect(reply.body).toContain('<a href="/login?igen=faneblad" target="_blank" rel="noopener">');
    // After the login in another tab the form is drawn again, and nothing was carried out.
    const kept = Object.fromEntries([...reply.body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
    const renewed = tokenIn(await web.through('/login?igen=faneblad', token, web.claimsOf('officialKl'))) ?? '';
    const again = await web.post(renewed, '/ny-henvendelse/ligner', kept);
    expect(again.statusCode).toBe(403);
    expect(again.body).toContain('value="Vilfred Tangkær"');
  });

  it('is refused to a program in the words of RFC 9470', async () => {
    const { stepUpProblem } = await import('../../src/web/pages/plain/step-up.js');
    expect(stepUpProblem()).toMatchObject({
      kind: 'problem', status: 401, title: 'Log ind igen for at fortsætte', more: { code: 'step-up', maxAge: 300, login: '/login?igen=ja' },
      headers: { 'www-authenticate': 'Bearer error="insufficient_user_authentication", max_age="300"' },
    });
  });
});

describe('Control 18: proving oneself anew', () => {
  it('gives the same person a new session, and ends the old one', async () => {
    const token = await signedIn('officialKl', { minutes: 30 });
    expect(await isSteppedUp(web.house.web, token)).toBe(false);
    const reply = await web.through('/login?igen=ja&til=/tal', token, web.claimsOf('officialKl'));
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/tal']);
    const renewed = tokenIn(reply) ?? '';
    expect(renewed).not.toBe(token);
    expect(await isSteppedUp(web.house.web, renewed)).toBe(true);
    expect((await web.get(token, '/tal')).statusCode).toBe(303);
  });

  const refusals: readonly (readonly [string, string, () => object])[] = [
    ['another person than the session’s', 'another', () => web.claimsOf('officialDfk')],
    ['a login from before he was asked', 'old', () => ({ ...web.claimsOf('officialKl'), auth_time: Math.floor(Date.now() / 1000) - 240 })],
    ['a level below what is demanded', 'level', () => ({ ...web.claimsOf('officialKl'), acr: 'low' })],
  ];
  it.each(refusals)('refuses %s, once in the log, and the session he has goes on as it was', async (_what, reason, claims) => {
    const token = await signedIn('officialKl', { minutes: 30 });
    const before = await rowsOf('login.denied');
    const sessions = await web.house.db.superuser('select 1 from sec.session');
    const reply = await web.through('/login?igen=ja', token, claims());
    expect([reply.statusCode, tokenIn(reply)]).toEqual([403, undefined]);
    expect((await rowsOf('login.denied')).slice(before.length).map(({ purpose }) => purpose)).toEqual([reason]);
    expect(await web.house.db.superuser('select 1 from sec.session')).toHaveLength(sessions.length);
    expect((await web.get(token, '/tal')).statusCode).toBe(200);
    expect(await isSteppedUp(web.house.web, token)).toBe(false);
  });

  it('is asked for at most five times in a quarter of an hour, and the sixth says so', async () => {
    const token = await signedIn('officialKl');
    for (let time = 1; time <= 5; time += 1) expect((await web.get(token, '/login?igen=ja')).statusCode).toBe(302);
    const sixth = await web.get(token, '/login?igen=ja');
    expect([sixth.statusCode, sixth.body.includes('Vent et kvarter')]).toEqual([429, true]);
    expect(await rowsOf('step-up.begun')).toHaveLength(5);
    expect((await web.get(await signedIn('officialDfk'), '/login?igen=ja')).statusCode).toBe(302);
    await web.house.db.superuser(`update audit.event set at = at - interval '16 minutes' where action = 'step-up.begun'`);
    expect((await web.get(token, '/login?igen=ja')).statusCode).toBe(302);
  });

  it('is not begun for somebody whom another site sends', async () => {
    const token = await signedIn('officialKl');
    const reply = await web.get(token, '/login?igen=ja', { 'sec-fetch-site': 'cross-site' });
    expect(new URL(reply.headers.location ?? '').searchParams.has('prompt')).toBe(false);
    expect(await rowsOf('step-up.begun')).toEqual([]);
  });

  it('asks for a login of this very moment', async () => {
    const reply = await web.get(await signedIn('officialKl'), '/login?igen=ja');
    const query = new URL(reply.headers.location ?? '').searchParams;
    expect([query.get('prompt'), query.get('max_age')]).toEqual(['login', '0']);
  });
});
