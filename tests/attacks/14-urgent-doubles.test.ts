import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, copenhagenDate } from '../../src/domain/kernel/time.js';
import { settleHit } from '../../src/store/matching/hits.js';
import { decideTelling, listMatchDesk, othersOver } from '../../src/store/matching/tellings.js';
import { type DoublePair, ending, inboxPair, pairOf, tells } from '../support/double-pairs.js';
import { caseNumberOf } from '../support/house.js';
import { type MatchingDesk, matchingDesk } from '../support/matching-desk.js';
import { people, type PersonName } from '../support/people.js';

let desk: MatchingDesk;
beforeAll(async () => { desk = await matchingDesk(); });
afterAll(() => desk.close());

const house = () => desk.web.house;
const sql = <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) => house().db.superuser<Row>(text, values);
const PAGE = '/sammenfald';
const rowOf = async (id: string) => (await listMatchDesk(house().web, house().tokens.officialKl)).find((one) => one.id === id);
const page = async (url: string): Promise<string> => (await desk.web.get('officialDfk', url)).body;
const settle = ({ id }: DoublePair) => settleHit(house().web, house().tokens.officialKl, id, 'same', 'units');
const today = () => copenhagenDate(house().clock());

describe('a match of an urgent inquiry that nobody has taken (FM-INT-3)', () => {
  it('is due the same day, and the desk sees which of the two hastes: in its queue, on the match’s page, on Mit arbejde and by program', async () => {
    const one = await inboxPair(desk, true);
    const row = await rowOf(one.id);
    const at = one.second === 'second' ? 1 : 0;
    expect([row?.due, row?.urgent[at], row?.urgent[1 - at]]).toEqual([today(), true, false]);
    expect(await page('/')).toContain(`Se, om to sager er om samme person. ${one.number} haster`);
    const words = `${one.number} haster, og ingen har taget den`;
    expect(await page(`${PAGE}/${one.id}`)).toContain(words);
    const queued = /<tr[^>]*>(?:(?!<\/tr>)[\s\S])*?Haster[\s\S]*?<\/tr>/.exec(await page(PAGE))?.[0] ?? '';
    expect(queued).toMatch(new RegExp(`${one.number}[^<]*<span class="badge is-late">`));
    const [byProgram] = (await desk.web.api('officialDfk', 'GET', '/api/v1/matches')).json<readonly { readonly id: string; readonly cases: readonly { readonly number: string; readonly urgent: boolean }[] }[]>().filter(({ id }) => id === one.id);
    expect(Object.fromEntries((byProgram?.cases ?? []).map(({ number, urgent }) => [number, urgent]))).toEqual({ [one.number]: true, [await caseNumberOf(house(), one.vestegn)]: false });
    await settle(one);
    expect(await page('/')).toContain(`Beslut, hvem der skal vide, at to sager er om samme person. ${one.number} haster`);
    expect(await page(`${PAGE}/${one.id}`)).toContain(words);
    // Taken, it is somebody's in a circle, and no different from any other.
    await sql('update app.unit_inbox set taken_at = now() where case_id = $1', [one.fyn]);
    expect((await rowOf(one.id))?.urgent).toEqual([false, false]);
    expect(await page(`${PAGE}/${one.id}`)).not.toContain('haster');
  });

  it('comes before every other match and before all that is late, for each official', async () => {
    const [late, one] = [await pairOf(desk), await inboxPair(desk, true)];
    await sql('update match.hit set due = due - 30 where id = $1', [late.id]);
    expect((await listMatchDesk(house().web, house().tokens.officialKl)).find(({ outcome }) => outcome === null)?.id).toBe(one.id);
    for (const who of ['officialKl', 'officialPolice'] as const) {
      const lines = (await desk.web.get(who, '/')).body;
      expect([lines.indexOf(`href="${PAGE}/${one.id}"`) > 0, lines.indexOf(`href="${PAGE}/${one.id}"`) < lines.indexOf(`href="${PAGE}/${late.id}"`)]).toEqual([true, true]);
    }
    await sql('update app.unit_inbox set taken_at = now() where case_id = $1', [one.fyn]);
  });

  it('is found and settled now, also while a demonstration’s past is told', async () => {
    const behind = (await sql<{ value: number }>(`select value::int from sec.setting where name = 'clock_behind'`))[0]?.value ?? 0;
    await sql(`update sec.setting set value = case name when 'telling_past' then 1 else 300000000 end where name in ('telling_past', 'clock_behind')`);
    const one = await pairOf(desk);
    await settle(one);
    const [row] = await sql<{ now: boolean }>(`select found_at > now() - interval '1 hour' and settled_at > now() - interval '1 hour' and due >= current_date + 2 as now from match.hit where id = $1`, [one.id]);
    await sql(`update sec.setting set value = case name when 'telling_past' then 0 else $1 end where name in ('telling_past', 'clock_behind')`, [behind]);
    expect(row).toEqual({ now: true });
    await sql('delete from match.hit where id = $1', [one.id]);
  });

  it('is due in three days where neither hastes, or what hastes is taken', async () => {
    for (const one of [await inboxPair(desk), await pairOf(desk)]) {
      expect(await rowOf(one.id)).toMatchObject({ due: addDays(today(), 3), urgent: [false, false] });
      expect(await page(`${PAGE}/${one.id}`)).not.toContain('haster');
    }
  });

  it('is no consent’s to be told of: nobody has spoken with the person, and the tick names the case it is about (FM-CON-3)', async () => {
    const one = await inboxPair(desk);
    await settle(one);
    const telling = ending(one, 'vestegn', false);
    const refused = await tells(desk, 'officialKl', one, telling, 'consent');
    expect([refused.statusCode, refused.body.includes(`Ingen har taget henvendelsen i ${one.number}, så ingen har spurgt personen om samtykke.`)]).toEqual([422, true]);
    expect(refused.body).toContain(`Jeg har sikret mig, at grundlaget holder i ${one.number} hos Fyn:`);
    const byProgram = await desk.web.api('officialKl', 'POST', `/api/v1/matches/${one.id}/tell`, { telling, law: 'consent', checked: true });
    expect([byProgram.statusCode, byProgram.json()]).toEqual([422, expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/law' })] })]);
    // Before the choice is made the form says of each which case it is.
    expect(await page(`${PAGE}/${one.id}`)).toMatch(new RegExp(`[Ss]lutter ${await caseNumberOf(house(), one.vestegn)}, (?:og hører kun den ene det, )?er det ${one.number} hos Fyn`));
    // A tick that named one case is none for another.
    const about = (was: string) => desk.web.post('officialKl', `${PAGE}/${one.id}/besked`, { telling, law: 'before-consent', checked: 'true', about: was, decidedAt: '' });
    const other = await about(ending(one, 'fyn', false));
    expect([other.statusCode, other.body.includes('Sig, at du har sikret dig')]).toEqual([422, true]);
    expect((await about(telling)).statusCode).toBe(303);
  });

  it('is not told of to its own unit alone: on the page at its field, by program, and in the database; both, the other way round and nobody can be chosen', async () => {
    const one = await inboxPair(desk, true);
    await settle(one);
    const alone = ending(one, 'fyn', false);
    const refused = await tells(desk, 'officialKl', one, alone);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain(`${one.number} haster, og ingen har taget den. Slutter den, uden at den anden enhed hører det, når det, personen sagde, ingen.`);
    expect(refused.body).toMatch(new RegExp(`value="${alone}" checked`));
    const byProgram = await desk.web.api('officialKl', 'POST', `/api/v1/matches/${one.id}/tell`, { telling: alone, law: 'before-consent', checked: true });
    expect([byProgram.statusCode, byProgram.json()]).toEqual([422, expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/telling' })] })]);
    const decide = (telling: Parameters<typeof decideTelling>[3]['telling']) => decideTelling(house().web, house().tokens.officialKl, one.id, { telling, law: 'before-consent', seen: null });
    expect(await decide(alone)).toEqual({ kind: 'unheard' });
    expect(await sql('select telling, decided_at from match.hit where id = $1', [one.id])).toEqual([{ telling: null, decided_at: null }]);
    expect(await sql('select 1 from match.telling where hit_id = $1', [one.id])).toEqual([]);
    expect((await tells(desk, 'officialKl', one, 'nobody', '')).statusCode).toBe(303);
    expect((await tells(desk, 'officialKl', one, ending(one, 'fyn', true), 'before-consent', 'true', (await rowOf(one.id))?.decided_at ?? null)).statusCode).toBe(303);
    const round = await inboxPair(desk, true);
    await settle(round);
    expect((await tells(desk, 'officialKl', round, ending(round, 'vestegn', false))).statusCode).toBe(303);
    // One that does not haste can be told alone.
    const calm = await inboxPair(desk);
    await settle(calm);
    expect((await tells(desk, 'officialKl', calm, ending(calm, 'fyn', false))).statusCode).toBe(303);
  });
});

describe('one person, and nobody is told yet (FM-INT-3)', () => {
  const NOBODY = 'Ingen har fået besked endnu';
  const line = async (): Promise<boolean> => (await page('/')).includes('Beslut igen, om nogen skal vide, at to sager er om samme person');
  const decidedAt = async ({ id }: DoublePair) => (await rowOf(id))?.decided_at ?? null;
  /** As if it had been decided so long ago. */
  const ago = (one: DoublePair, days: number) => sql('update match.hit set decided_at = sec.clock() - $2 * interval \'1 day\', settled_at = sec.clock() - $2 * interval \'1 day\' where id = $1', [one.id, days]);
  const byProgram = async ({ id }: DoublePair) => (await desk.web.api('officialDfk', 'GET', `/api/v1/matches/${id}`)).json<{ readonly askedAgainOn: string | null }>().askedAgainOn;

  it('stays in a list of its own, and is asked again of each official seven days after it was decided, also by the same decision', async () => {
    const one = await pairOf(desk);
    await settle(one);
    expect(await byProgram(one)).toBeNull();
    await tells(desk, 'officialKl', one, 'nobody', '');
    const queue = await page(PAGE);
    const numbers = (await rowOf(one.id))?.numbers ?? [];
    expect([queue.indexOf(NOBODY) < queue.indexOf('Afgjort de seneste'), queue.split('id="afgjorte"')[1]?.includes(numbers[0] ?? '')]).toEqual([true, false]);
    expect([await byProgram(one), await line()]).toEqual([addDays(today(), 7), false]);
    await ago(one, 6);
    expect(await line()).toBe(false);
    await ago(one, 7);
    expect([await byProgram(one), await line()]).toEqual([today(), true]);
    expect((await desk.web.get('officialPolice', '/')).body).toContain('Beslut igen');
    for (const who of ['police', 'policeFyn', 'auditor'] as const) expect((await desk.web.get(who, '/')).body, who).not.toContain('Beslut igen');
    expect((await tells(desk, 'officialDfk', one, 'nobody', '', '', await decidedAt(one))).statusCode).toBe(303);
    expect([await byProgram(one), await line()]).toEqual([addDays(today(), 7), false]);
  });

  it('is asked again the next day where one of them hastes and nobody has taken it', async () => {
    const one = await inboxPair(desk, true);
    await settle(one);
    await tells(desk, 'officialKl', one, 'nobody', '');
    expect(await byProgram(one)).toBe(addDays(today(), 1));
    await sql('update app.unit_inbox set taken_at = now() where case_id = $1', [one.fyn]);
    expect(await byProgram(one)).toBe(addDays(today(), 7));
    await sql(`update match.hit set outcome = 'different' where id = $1`, [one.id]);
  });

  it('is there however long ago it was settled, before all that is brought to its end, until a unit is told or a case is over', async () => {
    const [one, newer] = [await pairOf(desk), await pairOf(desk)];
    await settle(one);
    await tells(desk, 'officialKl', one, 'nobody', '');
    await ago(one, 200);
    await settleHit(house().web, house().tokens.officialKl, newer.id, 'different', 'units');
    const ids = (await listMatchDesk(house().web, house().tokens.officialDfk)).map(({ id }) => id);
    expect(ids.indexOf(one.id)).toBeGreaterThanOrEqual(0);
    expect(ids.indexOf(one.id)).toBeLessThan(ids.indexOf(newer.id));
    expect(await line()).toBe(true);
    expect((await tells(desk, 'officialDfk', one, ending(one, 'fyn', false), 'before-consent', 'true', await decidedAt(one))).statusCode).toBe(303);
    expect([await rowOf(one.id), await line()]).toEqual([undefined, false]);
    const over = await pairOf(desk);
    await settle(over);
    await tells(desk, 'officialKl', over, 'nobody', '');
    await ago(over, 8);
    expect(await line()).toBe(true);
    await house().does('policeFyn', over.fyn, 'inquiry.close', { reason: 'withdrawn', note: 'Vil ikke mere' });
    const listed = (await page(PAGE)).split('id="ingen-besked"')[1]?.split('id="afgjorte"')[0] ?? '';
    expect([await line(), await byProgram(over), listed.includes(await caseNumberOf(house(), over.fyn))]).toEqual([false, null, false]);
  });
});

describe('a unit whose case goes on (FM-INT-3)', () => {
  const section = async (who: PersonName, id: string) => /<section[^>]*aria-labelledby="anden-sag"[\s\S]*?<\/section>/.exec((await desk.web.get(who, `/sager/${id}`)).body)?.[0] ?? '';
  const over = (who: PersonName, id: string) => othersOver(house().web, house().tokens[who], id);

  it('is told that the other one is over where it was told which it is, and is told nothing of it before', async () => {
    const one = await pairOf(desk);
    await settle(one);
    await tells(desk, 'officialKl', one, ending(one, 'fyn', true));
    const number = await caseNumberOf(house(), one.fyn);
    expect([await over('police', one.vestegn), (await section('police', one.vestegn)).includes(`${number} slutter som dublet`)]).toEqual([[], true]);
    await house().does('policeFyn', one.fyn, 'case.markDuplicate', { note: 'Vestegn fører sagen' });
    expect(await over('police', one.vestegn)).toEqual([number]);
    const says = await section('municipal', one.vestegn);
    expect([says.includes(`${number} er afsluttet nu. Denne sag går videre.`), says.includes(`${number} slutter`)]).toEqual([true, false]);
    // Of the case, to its circle: to nobody else, and not of the case that ended.
    for (const who of ['policeFyn', 'odense', 'officialKl', 'auditor', 'jobcentre', 'screener'] as const) expect(await over(who, one.vestegn), who).toEqual([]);
    expect(await over('policeFyn', one.fyn)).toEqual([]);
    await sql('insert into app.block (user_id, case_id) values ($1, $2)', [people.municipal.user, one.vestegn]);
    expect(await over('municipal', one.vestegn)).toEqual([]);
  });

  it('is told the same day that the other one hastes and is unread', async () => {
    const one = await inboxPair(desk, true);
    await settle(one);
    expect((await tells(desk, 'officialKl', one, ending(one, 'fyn', true))).statusCode).toBe(303);
    expect(await section('police', one.vestegn)).toContain('Den hastede, og ingen havde læst den, da I fik besked: ring til dem i dag.');
    const due = async (id: string) => (await sql<{ due: string }>(`select distinct due::text from app.task where case_id = $1 and key = 'double'`, [id])).map((row) => row.due);
    expect(await due(one.vestegn)).toEqual([today()]);
  });

  it('is led to what the person said on the form that ends its case, and not where it says that it goes on', async () => {
    const one = await pairOf(desk);
    await settle(one);
    await tells(desk, 'officialKl', one, ending(one, 'fyn', true));
    const leads = async (command: string) => (await desk.web.get('policeFyn', `/sager/${one.fyn}/goer/${command}`)).body.includes(`href="/sager/${one.fyn}/visitation#henvendelse"`);
    expect([await leads('case.markDuplicate'), await leads('case.keepDespiteDouble')]).toEqual([true, false]);
  });

  it('hears nothing of the other’s end where it was not told of it', async () => {
    const one = await pairOf(desk);
    await settle(one);
    await tells(desk, 'officialKl', one, ending(one, 'fyn', false));
    await house().does('policeFyn', one.fyn, 'case.markDuplicate', { note: 'Den anden fører sagen' });
    expect([await over('police', one.vestegn), await section('police', one.vestegn)]).toEqual([[], '']);
  });
});
