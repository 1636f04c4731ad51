import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vote } from '../../src/store/approvals.js';
import { decideTelling } from '../../src/store/matching/tellings.js';
import { doubleTasks, pairOf, settledPair } from '../support/double-pairs.js';
import { type MatchingDesk, matchingDesk } from '../support/matching-desk.js';
import { people, type PersonName } from '../support/people.js';
import { audited, counted, seen } from '../support/wall-http.js';

let desk: MatchingDesk;
beforeAll(async () => { desk = await matchingDesk(); });
afterAll(() => desk.close());

const OTHERS = (Object.keys(people) as PersonName[]).filter((who) => !people[who].functions.includes('contact_point'));
const house = () => desk.web.house;
interface Told {
  readonly title: string;
  readonly detail: string;
  readonly rule?: string;
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
}
const get = (who: PersonName | undefined, path = '') => desk.web.api(who, 'GET', `/api/v1/matches${path}`);
const post = (who: PersonName | undefined, path: string, body: unknown = {}) => desk.web.api(who, 'POST', `/api/v1/matches${path}`, body);
const stored = () => house().db.superuser('select id, outcome, basis, telling, law from match.hit order by id');
const tasks = async (caseId: string) => (await doubleTasks(desk, caseId)).map(({ command }) => ({ command }));
const pair = () => pairOf(desk);
const settled = () => settledPair(desk);

describe('the queue of doubles by program (FM-INT-3)', () => {
  it('has what the page has: two cases as structure, due days, and what became of it, with the rows of the page in the log', async () => {
    const one = await pair();
    const { result, rows } = await audited(desk.web, () => get('officialKl'));
    const [listed] = result.json<{ id: string; cases: readonly { number: string; unit: string }[] }[]>().filter(({ id }) => id === one.id);
    expect(listed).toMatchObject({ cases: expect.arrayContaining([expect.objectContaining({ unit: 'fyn', place: 'freedom', phase: 'inquiry' })]) as unknown, outcome: null, telling: null, untold: 0, due: expect.any(String) as unknown });
    expect(result.body).not.toContain('Emil');
    expect(counted(rows)).toEqual({ 'matches.listed': 1 });
    const looked = await audited(desk.web, () => get('officialKl', `/${one.id}`));
    expect([looked.result.json(), counted(looked.rows)]).toEqual([{ ...listed, names: 'none' }, { 'matches.listed': 1, 'approvals.listed': 1 }]);
    const page = await audited(desk.web, () => desk.web.get('officialKl', `/sammenfald/${one.id}`));
    expect(counted(page.rows)).toEqual(counted(looked.rows));
  });

  it('is for the contact point alone: everybody else, and whoever is shut out of either case, gets what is not there', async () => {
    const one = await pair();
    const before = await stored();
    const nowhere = seen(await desk.web.api('police', 'GET', '/api/v1/findes-ikke'));
    const ask = async (who: PersonName) => [
      await get(who, `/${one.id}`), await post(who, `/${one.id}/settle`, { outcome: 'same', basis: 'units' }), await post(who, `/${one.id}/names`), await post(who, `/${one.id}/tell`, { telling: 'nobody' }),
    ];
    for (const who of OTHERS) for (const reply of [await get(who), ...(await ask(who))]) expect(seen(reply), who).toEqual(nowhere);
    await house().db.superuser('insert into app.block (user_id, case_id) values ($1, $2)', [people.officialDfk.user, one.fyn]);
    for (const reply of await ask('officialDfk')) expect(seen(reply)).toEqual(nowhere);
    expect((await get('officialDfk')).body).not.toContain(one.id);
    expect((await get(undefined)).statusCode).toBe(401);
    expect(await stored()).toEqual(before);
  });

  it('says that there is no such match before it says anything of what was sent, in one row of the log', async () => {
    const nowhere = seen(await desk.web.api('police', 'GET', '/api/v1/findes-ikke'));
    for (const id of ['x', randomUUID()]) {
      for (const [act, body] of [['settle', { outcome: 'mars' }], ['tell', []], ['names', {}]] as const) {
        const { result, rows } = await audited(desk.web, () => post('officialKl', `/${id}/${act}`, body));
        expect([seen(result), rows.filter(({ action }) => action.endsWith('.denied')).map(({ action, case_ref: about }) => [action, about])], `${act} ${id}`).toEqual([nowhere, [['page.denied', null]]]);
      }
    }
  });

  it('settles it once, with how it was found out; what is missing or none is said at its place, and nothing is stored', async () => {
    const one = await pair();
    const before = await stored();
    const bad: readonly (readonly [unknown, readonly string[], string])[] = [
      [{}, ['/outcome', '/basis'], 'Vælg, hvad du er kommet frem til'], [{ outcome: 'same' }, ['/basis'], 'Vælg, hvordan du ved det'], [{ outcome: 'maybe', basis: 'units' }, ['/outcome'], 'Vælg, hvad du er kommet frem til'],
      [{ outcome: 'same', basis: 'names' }, ['/basis'], 'Du har ikke set navnene'], [{ outcome: 'same', basis: 'units', note: 'x' }, [''], 'Send outcome og basis, og intet andet.'], [['same'], [''], 'Send outcome og basis'],
    ];
    for (const [body, pointers, words] of bad) {
      const reply = await post('officialKl', `/${one.id}/settle`, body);
      const told = reply.json<Told>();
      expect([reply.statusCode, told.rule, told.errors.map(({ pointer }) => pointer), told.detail.startsWith(words)], JSON.stringify(body)).toEqual([422, 'FM-INT-3', pointers, true]);
    }
    expect(await stored()).toEqual(before);
    const { result, rows } = await audited(desk.web, () => post('officialKl', `/${one.id}/settle`, { outcome: 'different', basis: 'units' }));
    expect([result.statusCode, result.json(), rows.filter(({ action }) => action === 'match.settled').length]).toEqual([200, { outcome: 'different' }, 1]);
    const slower = await post('officialDfk', `/${one.id}/settle`, { outcome: 'same', basis: 'units' });
    expect([slower.statusCode, slower.json<Told>().detail.startsWith('En kollega')]).toEqual([422, true]);
    expect((await get('officialKl', `/${one.id}`)).json()).toMatchObject({ outcome: 'different', basis: 'units', names: null });
  });
});

describe('the names of a match by program (control 17)', () => {
  it('are asked for, and never given: they are seen on the screen, after a colleague’s yes, before it is settled', async () => {
    const one = await pair();
    const names = async () => (await get('officialKl', `/${one.id}`)).json<{ names: string }>().names;
    const { result, rows } = await audited(desk.web, () => post('officialKl', `/${one.id}/names`));
    expect([result.statusCode, result.json(), rows.map(({ action }) => action).sort(), await names()]).toEqual([200, { names: 'waiting' }, ['approval.asked', 'approvals.listed', 'matches.listed'], 'waiting']);
    const [asked] = await house().db.superuser<{ id: string }>('select id from app.approval where subject = $1', [one.id]);
    await vote(house().web, house().tokens.officialDfk, asked?.id ?? '', true);
    expect(await names()).toBe('allowed');
    const again = await post('officialKl', `/${one.id}/names`);
    expect([again.statusCode, again.json<Told>().detail, again.body.includes('Emil')]).toEqual([422, expect.stringContaining('på skærmen'), false]);
    expect((await post('officialKl', `/${one.id}/settle`, { outcome: 'same', basis: 'names' })).json<Told>()).toMatchObject({ detail: 'Se navnene først. En kollega har sagt ja til det', errors: [{ pointer: '/basis' }] });
    expect((await desk.web.post('officialKl', `/sammenfald/${one.id}/navne`, { vis: 'ja' })).body).toContain('Emil Sandbjerg');
    expect((await post('officialKl', `/${one.id}/settle`, { outcome: 'same', basis: 'names' })).statusCode).toBe(200);
  });

  it('are no more to be had when it is settled by what the units said, though a colleague has said yes (FM-INT-3)', async () => {
    const one = await pair();
    await post('officialKl', `/${one.id}/names`);
    const [asked] = await house().db.superuser<{ id: string }>('select id from app.approval where subject = $1', [one.id]);
    await vote(house().web, house().tokens.officialDfk, asked?.id ?? '', true);
    expect((await post('officialKl', `/${one.id}/settle`, { outcome: 'same', basis: 'units' })).statusCode).toBe(200);
    expect((await post('officialKl', `/${one.id}/names`)).json<Told>().detail).toContain('i mellemtiden');
    expect((await desk.web.post('officialKl', `/sammenfald/${one.id}/navne`, { vis: 'ja' })).body).not.toContain('Emil Sandbjerg');
    expect(await house().db.superuser('select 1 from app.approval where subject = $1 and until > now()', [one.id])).toEqual([]);
  });

  it('are not asked for without a new login, and a colleague’s no is told (control 18)', async () => {
    const one = await pair();
    await house().db.superuser(`update sec.session set auth_time = now() - interval '6 minutes' where user_id = $1`, [people.officialKl.user]);
    const { result, rows } = await audited(desk.web, () => post('officialKl', `/${one.id}/names`));
    expect([result.statusCode, result.json<{ code: string }>().code, counted(rows)]).toEqual([401, 'step-up', { 'step-up.denied': 1 }]);
    await house().db.superuser('update sec.session set auth_time = now() where user_id = $1', [people.officialKl.user]);
    await post('officialKl', `/${one.id}/names`);
    const [asked] = await house().db.superuser<{ id: string }>('select id from app.approval where subject = $1', [one.id]);
    await vote(house().web, house().tokens.officialDfk, asked?.id ?? '', false);
    expect((await get('officialKl', `/${one.id}`)).json()).toMatchObject({ names: 'refused', namesRefused: true });
    await post('officialKl', `/${one.id}/names`);
    expect((await get('officialKl', `/${one.id}`)).json()).toMatchObject({ names: 'waiting', namesRefused: true });
  });
});

describe('who is told of a double, by program (FM-INT-3, FM-CON-3)', () => {
  it('needs a choice, a basis that fits and the official’s word that it holds, each at its place, and stores nothing without', async () => {
    const one = await settled();
    const before = await stored();
    const bad: readonly (readonly [unknown, readonly string[], string])[] = [
      [{}, ['/telling'], 'Vælg, hvem der skal have besked'], [{ telling: 'alle', law: 'consent', checked: true }, ['/telling'], 'Vælg, hvem der skal have besked'], [{ telling: one.first }, ['/law', '/checked'], 'Vælg, hvad beskeden bygger på'],
      [{ telling: one.first, law: 'consent', checked: 'true' }, ['/checked'], 'Sig, at du har sikret dig'], [{ telling: one.first, law: 'release', checked: true }, ['/law'], 'Retsplejelovens § 115'],
      [{ telling: one.first, law: 'before-consent', checked: true, note: 'x' }, [''], 'Send telling, law, checked og decidedAt, og intet andet.'],
    ];
    for (const [body, pointers, words] of bad) {
      const told = (await post('officialKl', `/${one.id}/tell`, body)).json<Told & { status: number }>();
      expect([told.status, told.errors.map(({ pointer }) => pointer), told.detail.startsWith(words)], JSON.stringify(body)).toEqual([422, pointers, true]);
    }
    expect(await stored()).toEqual(before);
  });

  it('tells the one unit, once, with the rows of the page in the log; nobody may be told and then somebody', async () => {
    const one = await settled();
    expect((await post('officialKl', `/${one.id}/tell`, { telling: 'nobody' })).json()).toEqual({ outcome: 'nobody' });
    const choice = { telling: one.first, law: 'before-consent', checked: true };
    // As if nothing had been decided: what a colleague decided is not overwritten unseen.
    expect((await post('officialKl', `/${one.id}/tell`, choice)).json<Told>().detail.startsWith('En kollega')).toBe(true);
    const { decidedAt } = (await get('officialKl', `/${one.id}`)).json<{ decidedAt: string }>();
    const { result, rows } = await audited(desk.web, () => post('officialKl', `/${one.id}/tell`, { ...choice, decidedAt }));
    expect([result.statusCode, result.json()]).toEqual([200, { outcome: 'told' }]);
    expect(rows.filter(({ case_ref: about }) => about !== null).map(({ action, case_ref: about }) => [action, about])).toEqual([['case.command', one.vestegn]]);
    expect([(await tasks(one.vestegn)).map(({ command }) => command), await tasks(one.fyn)]).toEqual([['case.markDuplicate'], []]);
    expect((await get('officialDfk', `/${one.id}`)).json()).toMatchObject({ telling: one.first, law: 'before-consent', untold: 0 });
    const again = await post('officialKl', `/${one.id}/tell`, { telling: 'nobody' });
    expect([again.statusCode, again.json<Told>().detail.startsWith('En kollega'), await tasks(one.vestegn)]).toEqual([422, true, [{ command: 'case.markDuplicate' }]]);
  });

  it('is told by an empty body alone where it was decided and not told: what is unknown, of another kind or too much is said at its place, and tells nobody', async () => {
    const one = await settled();
    const decided = await decideTelling(house().web, house().tokens.officialDfk, one.id, { telling: one.first, law: 'before-consent', seen: null });
    const decidedAt = decided.kind === 'decided' ? decided.at : '';
    const before = await stored();
    const bad: readonly (readonly [unknown, readonly string[]])[] = [
      [{ telling: 'nobody', why: 'x' }, ['']], [{ telling: 'nobodi' }, ['/telling']], [{ telling: '' }, ['/telling']], [{ telling: null }, ['/telling']], [['nobody'], ['']], ['"nobody"', ['']], ['null', ['']], ['[]', ['']],
      [{ telling: 'nobody', law: 'consent' }, ['/law']], [{ telling: 'nobody', checked: true }, ['/checked']], [{ law: 'samtykke' }, ['/law']], [{ checked: 'true' }, ['/checked']], [{ decidedAt: 'i går' }, ['/decidedAt']],
      [{ decidedAt: 5 }, ['/decidedAt']], [{ decidedAt }, ['/telling']], [{ law: 'consent', decidedAt }, ['/telling']], [{ telling: one.first, law: 'before-consent', decidedAt }, ['/checked']], [{ telling: 'nobody' }, ['']],
    ];
    for (const [body, pointers] of bad) {
      const reply = await post('officialKl', `/${one.id}/tell`, body);
      expect([reply.statusCode, reply.json<Told>().errors.map(({ pointer }) => pointer), await tasks(one.vestegn), await tasks(one.fyn)], JSON.stringify(body)).toEqual([422, pointers, [], []]);
    }
    expect(await stored()).toEqual(before);
    expect((await post('officialKl', `/${one.id}/tell`, {})).json()).toEqual({ outcome: 'told' });
    expect([await tasks(one.vestegn), await tasks(one.fyn)]).toEqual([[{ command: 'case.markDuplicate' }], []]);
  });

  it('is not decided of a match that is open, or of two people', async () => {
    const one = await pair();
    const body = { telling: 'nobody' };
    expect((await post('officialKl', `/${one.id}/tell`, body)).statusCode).toBe(404);
    await post('officialKl', `/${one.id}/settle`, { outcome: 'different', basis: 'units' });
    expect((await post('officialKl', `/${one.id}/tell`, body)).statusCode).toBe(404);
  });
});
