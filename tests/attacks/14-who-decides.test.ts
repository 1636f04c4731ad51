import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideTelling, listMatchDesk } from '../../src/store/matching/tellings.js';
import { type DoublePair, doubleTasks, settledPair } from '../support/double-pairs.js';
import { heldAt } from '../support/held-statement.js';
import { type MatchingDesk, matchingDesk } from '../support/matching-desk.js';
import { people, type PersonName } from '../support/people.js';

let desk: MatchingDesk;
beforeAll(async () => { desk = await matchingDesk(); });
afterAll(() => desk.close());

const house = () => desk.web.house;
const sql = <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) => house().db.superuser<Row>(text, values);
const rowOf = async (id: string) => (await listMatchDesk(house().web, house().tokens.officialPolice)).find((one) => one.id === id);
const seenOf = async (id: string) => (await rowOf(id))?.decided_at ?? null;
const tell = (who: PersonName, { id }: DoublePair, body: object) => desk.web.api(who, 'POST', `/api/v1/matches/${id}/tell`, body);
const choice = (telling: string, more: object = {}) => ({ telling, law: 'before-consent', checked: true, ...more });
const sendsPage = (who: PersonName, { id }: DoublePair, body: Record<string, string>) => desk.web.post(who, `/sammenfald/${id}/besked`, body);
/** What each unit was told to do: Vestegn and Fyn. */
const tasks = async ({ vestegn, fyn }: DoublePair) => [(await doubleTasks(desk, vestegn)).map(({ command }) => command), (await doubleTasks(desk, fyn)).map(({ command }) => command)];
const MEANWHILE = expect.stringContaining('En kollega') as unknown;
/** It is decided as he had it before him, and a unit has been told so. */
const TOLD = 'Der er givet besked, og det kan ikke ændres.';

describe('two officials who decide at once who is told (FM-INT-3)', () => {
  it.each([
    ['the unit has been told, and it is not over yet', 'after update on match.telling for each row when (new.told_at is not null)', ''],
    ['the unit is being told what was decided', `before insert on app.case_event for each row when (new.type = 'DoubleTold')`, 'both-'],
  ])('who decides anew while %s waits, and is told: one case alone is asked to end', async (_when, trigger, both) => {
    const one = await settledPair(desk);
    const held = await heldAt(house().db, trigger);
    const faster = tell('officialDfk', one, choice(one.first));
    await held.reached();
    const slower = tell('officialKl', one, choice(`${both}${one.second}`, { decidedAt: await seenOf(one.id) }));
    await held.waitsBehind(slower);
    await held.release();
    expect([(await faster).json(), (await slower).statusCode, (await slower).json()]).toEqual([{ outcome: 'told' }, 422, expect.objectContaining({ detail: TOLD })]);
    expect((await tell('officialKl', one, {})).json()).toEqual({ outcome: 'told' });
    expect(await tasks(one)).toEqual([['case.markDuplicate'], []]);
    expect(await rowOf(one.id)).toMatchObject({ telling: one.first, told: 1, untold: 0 });
    expect(await house().order('policeFyn', 'case.markDuplicate', { note: 'Slutter' }, { caseId: one.fyn })).toMatchObject({ kind: 'rejected' });
  });

  it('with nothing decided before them, one decides, and the slower is told by program and page', async () => {
    const one = await settledPair(desk);
    const held = await heldAt(house().db, 'after update on match.hit for each row when (new.decided_at is distinct from old.decided_at)');
    const faster = tell('officialDfk', one, choice(one.first));
    await held.reached();
    const slower = sendsPage('officialKl', one, { telling: one.second, law: 'before-consent', checked: 'true', decidedAt: '' });
    await held.waitsBehind(slower);
    await held.release();
    expect([(await faster).json(), (await slower).statusCode]).toEqual([{ outcome: 'told' }, 422]);
    expect((await slower).body).toContain('Din beslutning er ikke gemt');
    const late = await tell('officialPolice', one, choice(one.second));
    expect([late.statusCode, late.json()]).toEqual([422, expect.objectContaining({ detail: MEANWHILE })]);
    expect(await tasks(one)).toEqual([['case.markDuplicate'], []]);
    expect(await sql('select decided_by from match.hit where id = $1', [one.id])).toEqual([{ decided_by: people.officialDfk.user }]);
  });

  it('who had decided, and was decided over before the unit was told, is told so: the other one’s word alone goes out', async () => {
    const one = await settledPair(desk);
    const held = await heldAt(house().db, `before insert on audit.event for each row when (new.action = 'case.command' and new.actor = '${people.officialDfk.user}')`);
    const over = tell('officialDfk', one, choice(one.first));
    await held.reached();
    expect((await tell('officialKl', one, choice(one.second, { decidedAt: await seenOf(one.id) }))).json()).toEqual({ outcome: 'told' });
    await held.release();
    expect([(await over).statusCode, (await over).json()]).toEqual([422, expect.objectContaining({ detail: MEANWHILE })]);
    expect(await tasks(one)).toEqual([[], ['case.markDuplicate']]);
  });

  it('who sends the page from before a colleague said nobody is told so, keeps what he chose, and decides with that before him', async () => {
    const one = await settledPair(desk);
    expect((await desk.web.get('officialKl', `/sammenfald/${one.id}`)).body).toMatch(/name="decidedAt" value(?!=)/);
    await tell('officialDfk', one, { telling: 'nobody' });
    const chosen = { telling: one.first, law: 'before-consent', checked: 'true' };
    const late = await sendsPage('officialKl', one, { ...chosen, decidedAt: '' });
    expect(late.statusCode).toBe(422);
    for (const words of ['Din beslutning er ikke gemt', 'besluttet, at ingen får besked', 'slutter som dublet']) expect(late.body).toContain(words);
    expect(late.body).toMatch(new RegExp(`value="${one.first}" checked`));
    expect(late.body).toMatch(/value="before-consent" checked/);
    // Also with a fault in it: else the form would come back with what the colleague decided before it, and he would overwrite it unseen.
    expect((await sendsPage('officialKl', one, { telling: one.first, decidedAt: '' })).body).toContain('Din beslutning er ikke gemt');
    expect([await tasks(one), (await rowOf(one.id))?.telling]).toEqual([[[], []], 'nobody']);
    const seen = /name="decidedAt" value="([^"]+)"/.exec(late.body)?.[1] ?? '';
    expect((await sendsPage('officialKl', one, { ...chosen, decidedAt: seen })).statusCode).toBe(303);
    expect(await tasks(one)).toEqual([['case.markDuplicate'], []]);
  });

  it('each decision has a moment of its own, and none is made with another before one than the last', async () => {
    const one = await settledPair(desk);
    const decide = (seen: Parameters<typeof decideTelling>[3]['seen']) => decideTelling(house().web, house().tokens.officialKl, one.id, { telling: one.first, law: 'consent', seen });
    const [first, stale] = [await decide(null), await decide(null)];
    expect([first.kind, stale.kind]).toEqual(['decided', 'absent']);
    await sql(`update match.hit set decided_at = now() + interval '1 hour' where id = $1`, [one.id]);
    const ahead = await seenOf(one.id);
    const again = await decide(ahead);
    expect(again.kind === 'decided' && ahead !== null && again.at > ahead).toBe(true);
    expect((await decide(ahead)).kind).toBe('absent');
  });
});

describe('what is told late (FM-CON-3)', () => {
  const decided = (one: DoublePair, telling: 'first' | 'second' | 'both-first' | 'both-second') => decideTelling(house().web, house().tokens.officialDfk, one.id, { telling, law: 'before-consent', seen: null });
  const accepted = (caseId: string) => sql(`update app.exit_case set phase = 'accepted' where id = $1`, [caseId]);

  it('is asked again for its basis: what holds no longer is sent by nobody, and is decided anew', async () => {
    const one = await settledPair(desk);
    await decided(one, one.first);
    await accepted(one.fyn);
    const late = await tell('officialKl', one, {});
    expect([late.statusCode, late.json()]).toEqual([422, expect.objectContaining({ detail: expect.stringContaining('personen har svaret på, om oplysninger må deles') as unknown, errors: [expect.objectContaining({ pointer: '/law' })] })]);
    const seen = (await seenOf(one.id)) ?? '';
    for (const page of [await desk.web.get('officialKl', `/sammenfald/${one.id}`), await sendsPage('officialKl', one, { again: 'yes', decidedAt: seen })]) {
      for (const words of ['holder ikke længere', 'personen har svaret på, om oplysninger må deles', 'Gem beslutningen', 'Beslut det igen']) expect(page.body).toContain(words);
      expect(page.body).not.toContain('Send beskeden');
    }
    expect((await tell('officialKl', one, choice(one.first, { decidedAt: seen }))).statusCode).toBe(422);
    expect(await tasks(one)).toEqual([[], []]);
    expect((await sendsPage('officialKl', one, { telling: one.first, law: 'consent', checked: 'true', decidedAt: seen })).statusCode).toBe(303);
    expect([await tasks(one), (await rowOf(one.id))?.law]).toEqual([[['case.markDuplicate'], []], 'consent']);
  });

  it('is not told to the other unit when it holds no longer: that nobody more is told is decided, and what was told stands', async () => {
    const one = await settledPair(desk);
    await decided(one, `both-${one.first}`);
    await house().does('officialDfk', one.vestegn, 'contactPoint.tellDouble');
    await accepted(one.fyn);
    expect((await tell('officialKl', one, {})).statusCode).toBe(422);
    const decidedAt = await seenOf(one.id);
    const page = (await desk.web.get('officialKl', `/sammenfald/${one.id}`)).body;
    for (const words of ['Giv ikke flere besked', 'har fået besked, og det kan ikke kaldes tilbage']) expect(page).toContain(words);
    expect(page).not.toContain('Gem beslutningen');
    const other = await tell('officialKl', one, choice(one.second, { law: 'consent', decidedAt }));
    expect([other.statusCode, other.json()]).toEqual([422, expect.objectContaining({ detail: TOLD })]);
    const done = await sendsPage('officialKl', one, { telling: 'nobody', decidedAt: decidedAt ?? '' });
    expect([done.statusCode, await tasks(one)]).toEqual([303, [['case.markDuplicate'], []]]);
    expect(await rowOf(one.id)).toMatchObject({ telling: one.first, law: 'before-consent', told: 1, untold: 0 });
    expect((await tell('officialKl', one, { telling: 'nobody', decidedAt: await seenOf(one.id) })).statusCode).toBe(422);
  });

  it('goes first to the unit whose case ends, and to the other not before it', async () => {
    const one = await settledPair(desk);
    await decided(one, `both-${one.second}`);
    // Fyn's case cannot be written to: somebody is always faster in it.
    await sql(`create function public.refuse() returns trigger language plpgsql as $$ begin raise exception 'stale' using errcode = 'UV409'; end $$`);
    await sql(`create trigger refuse before update on match.telling for each row when (new.case_id = '${one.fyn}') execute function public.refuse()`);
    const reply = await tell('officialKl', one, {});
    await sql('drop function public.refuse() cascade');
    expect([reply.json(), await tasks(one)]).toEqual([{ outcome: 'waiting' }, [[], []]]);
    expect((await tell('officialKl', one, {})).json()).toEqual({ outcome: 'told' });
    expect(await tasks(one)).toEqual([['case.keepDespiteDouble'], ['case.markDuplicate']]);
  });
});
