import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Instant } from '../../src/domain/kernel/time.js';
import { settleHit } from '../../src/store/matching/hits.js';
import { decideTelling, listMatchDesk, untoldCases } from '../../src/store/matching/tellings.js';
import { doubleTasks, ending, newCpr, pairOf, settledPair, tells } from '../support/double-pairs.js';
import { caseNumberOf } from '../support/house.js';
import { type MatchingDesk, matchingDesk } from '../support/matching-desk.js';
import { people, type PersonName } from '../support/people.js';
import { audited, seen } from '../support/wall-http.js';
import { caseOfFyn } from '../support/wall-house.js';

let desk: MatchingDesk;
beforeAll(async () => { desk = await matchingDesk(); });
afterAll(() => desk.close());

const house = () => desk.web.house;
const sql = <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) => house().db.superuser<Row>(text, values);
const PAGE = '/sammenfald';
const seenOf = async (hit: string): Promise<Instant | null> => (await listMatchDesk(house().web, house().tokens.officialKl)).find(({ id }) => id === hit)?.decided_at ?? null;

/** What the unit of a case sees of it, everywhere: pages, lists, the log of it, the state that the program's own way gives. */
const all = async (who: PersonName, caseId: string): Promise<readonly unknown[]> => {
  const replies = [];
  for (const url of ['/', '/sager', `/sager/${caseId}`, `/sager/${caseId}/tidslinje`, `/sager/${caseId}/dokumenter`, `/api/v1/cases/${caseId}`, `/api/v1/cases/${caseId}/actions`, '/api/v1/tasks']) {
    const reply = url.startsWith('/api/') ? await desk.web.api(who, 'GET', url) : await desk.web.get(who, url);
    expect(reply.statusCode, url).toBe(200);
    replies.push(seen(reply));
  }
  return replies;
};
/** Keys of forms are random. */
const plain = (replies: readonly unknown[]): string => JSON.stringify(replies).replaceAll(/name=\\?\\?"_(?:key|csrf)\\?\\?" value=\\?\\?"[^"]*"/g, '').replaceAll(/data-csrf=\\?\\?"[^"]*"/g, '');

describe('two cases of one person (FM-INT-3)', () => {
  it('stand in a queue that the contact point alone has, open ones with their due day, settled ones with what was decided', async () => {
    const one = await pairOf(desk);
    const numbers = [await caseNumberOf(house(), one.vestegn), await caseNumberOf(house(), one.fyn)];
    const open = await desk.web.get('officialDfk', PAGE);
    expect(open.statusCode).toBe(200);
    for (const number of numbers) expect(open.body).toContain(number);
    expect((await desk.web.get('officialDfk', '/')).body).toContain('Sammenfald, der venter');
    for (const who of ['police', 'municipal', 'odense', 'policeFyn', 'custody', 'jobcentre', 'auditor', 'admin', 'screener'] as const) {
      expect(seen(await desk.web.get(who, PAGE)), who).toEqual(seen(await desk.web.get(who, '/findes-ikke')));
      expect(await listMatchDesk(house().web, house().tokens[who]), who).toEqual([]);
    }
    await settleHit(house().web, house().tokens.officialKl, one.id, 'different', 'units');
    expect((await desk.web.get('officialDfk', PAGE)).body).toContain('Det er to forskellige personer. Enhederne har svaret hver for sig.');
    await sql(`update match.hit set settled_at = sec.clock() - interval '91 days' where id = $1`, [one.id]);
    expect((await listMatchDesk(house().web, house().tokens.officialDfk)).map(({ id }) => id)).not.toContain(one.id);
  });

  it('are kept from an official who is shut out of either, open and settled, and he decides and tells nothing', async () => {
    for (const side of ['vestegn', 'fyn'] as const) {
      const one = await settledPair(desk);
      await sql('insert into app.block (user_id, case_id) values ($1, $2)', [people.officialDfk.user, one[side]]);
      expect((await listMatchDesk(house().web, house().tokens.officialDfk)).map(({ id }) => id)).not.toContain(one.id);
      expect(seen(await desk.web.get('officialDfk', `${PAGE}/${one.id}`))).toEqual(seen(await desk.web.get('officialDfk', `${PAGE}/${randomUUID()}`)));
      expect((await tells(desk, 'officialDfk', one, ending(one, 'vestegn', false))).statusCode).toBe(404);
      expect(await decideTelling(house().web, house().tokens.officialDfk, one.id, { telling: 'first', law: 'consent', seen: null })).toEqual({ kind: 'absent' });
      await decideTelling(house().web, house().tokens.officialKl, one.id, { telling: ending(one, 'vestegn', true), law: 'before-consent', seen: null });
      expect(await untoldCases(house().web, house().tokens.officialDfk, one.id)).toBeUndefined();
      for (const caseId of [one.vestegn, one.fyn]) expect(await house().order('officialDfk', 'contactPoint.tellDouble', {}, { caseId })).toEqual({ kind: 'absent' });
      expect(await doubleTasks(desk, one.vestegn)).toEqual([]);
    }
  });

  it('wait on the desk until it is decided who is told, also when that is nobody, which can be changed', async () => {
    const one = await settledPair(desk);
    expect((await desk.web.get('officialKl', '/')).body).toContain('Beslut, hvem der skal vide, at to sager er om samme person');
    expect((await tells(desk, 'officialKl', one, 'nobody', '')).headers['location']).toBe(PAGE);
    expect(await sql('select telling, law, decided_by from match.hit where id = $1', [one.id])).toEqual([{ telling: 'nobody', law: null, decided_by: people.officialKl.user }]);
    expect(await sql('select 1 from match.telling where hit_id = $1', [one.id])).toEqual([]);
    expect((await tells(desk, 'officialDfk', one, ending(one, 'fyn', false), 'before-consent', 'true', await seenOf(one.id))).statusCode).toBe(303);
    expect(await doubleTasks(desk, one.fyn)).toHaveLength(1);
    // Told is told.
    expect(await decideTelling(house().web, house().tokens.officialKl, one.id, { telling: 'nobody', seen: await seenOf(one.id) })).toEqual({ kind: 'absent' });
  });

  it('are told of to one unit alone: it has the task and no number, and the other sees not a byte, not a row and not a line in its log', async () => {
    const one = await settledPair(desk);
    await all('policeFyn', one.fyn);
    const before = plain(await all('policeFyn', one.fyn));
    const version = () => sql('select version, touched_at from app.exit_case where id = $1', [one.fyn]);
    const [was, logged] = [await version(), await sql('select count(*) from audit.event where case_ref = $1 and actor = $2', [one.fyn, people.officialKl.user])];
    expect((await tells(desk, 'officialKl', one, ending(one, 'vestegn', false))).statusCode).toBe(303);
    expect(await doubleTasks(desk, one.vestegn)).toEqual([{ reader: people.police.user, title: 'Afslut sagen som dublet: der er en anden sag om samme person', command: 'case.markDuplicate' }]);
    const page = (await desk.web.get('municipal', `/sager/${one.vestegn}`)).body;
    expect(page).toContain('En anden sag om samme person');
    expect(page).not.toContain(await caseNumberOf(house(), one.fyn));
    expect((await desk.web.get('police', '/')).body).toContain('der er en anden sag om samme person');
    const form = (await desk.web.get('police', `/sager/${one.vestegn}/goer/case.markDuplicate`)).body;
    expect(form).toContain('Tal kun med kontaktpunktet om den anden sag.');
    for (const words of ['Aftal med', 'Hvad er aftalt', await caseNumberOf(house(), one.fyn)]) expect(form).not.toContain(words);
    expect(plain(await all('policeFyn', one.fyn))).toBe(before);
    expect([await version(), await sql('select count(*) from audit.event where case_ref = $1 and actor = $2', [one.fyn, people.officialKl.user])]).toEqual([was, logged]);
    expect(await house().order('policeFyn', 'case.markDuplicate', { note: 'Vi slutter' }, { caseId: one.fyn })).toMatchObject({ kind: 'rejected', shown: { rule: 'FM-INT-3' } });
  });

  it('are told of to both: each has the other’s number and unit, and no case opens to anybody new', async () => {
    const one = await settledPair(desk);
    expect((await tells(desk, 'officialKl', one, ending(one, 'fyn', true))).statusCode).toBe(303);
    expect((await doubleTasks(desk, one.fyn)).map(({ command }) => command)).toEqual(['case.markDuplicate']);
    expect((await doubleTasks(desk, one.vestegn)).map(({ command }) => command)).toEqual(['case.keepDespiteDouble']);
    // The end comes first, though the assessment is due before it; the form says which other case, and whom to agree with.
    expect(/<li class="first">[\s\S]*?<\/li>/.exec((await desk.web.get('policeFyn', `/sager/${one.fyn}`)).body)?.[0]).toContain('Afslut som dublet');
    expect((await desk.web.get('policeFyn', `/sager/${one.fyn}/goer/case.markDuplicate`)).body).toMatch(new RegExp(`<h2 id="handling">[\\s\\S]*${await caseNumberOf(house(), one.vestegn)} hos[\\s\\S]*Aftal med dem`));
    const keep = (await desk.web.get('police', `/sager/${one.vestegn}/goer/case.keepDespiteDouble`)).body;
    expect(keep).toMatch(new RegExp(`<h2 id="handling">[\\s\\S]*${await caseNumberOf(house(), one.fyn)} hos Fyn`));
    // Which of the two ends is decided, and said; of the unit whose case goes on nothing is asked.
    expect([keep.includes(`Kontaktpunktet har afgjort, at ${await caseNumberOf(house(), one.fyn)} slutter som dublet. Denne sag går videre.`), keep.includes('Hvorfor går sagen videre?')]).toEqual([true, false]);
    const against = (await desk.web.get('policeFyn', `/sager/${one.fyn}/goer/case.keepDespiteDouble`)).body;
    expect([against.includes('Kontaktpunktet har afgjort, at det er denne sag, der slutter som dublet.'), against.includes('Hvorfor går sagen videre?'), against.includes('behøver du ikke')]).toEqual([true, true, false]);
    expect((await desk.web.post('policeFyn', `/sager/${one.fyn}/goer/case.keepDespiteDouble`, {})).body).toContain('Skriv, hvorfor den går videre.');
    expect((await desk.web.get('police', `/sager/${one.vestegn}`)).body).toContain(`${await caseNumberOf(house(), one.fyn)} hos Fyn`);
    expect((await desk.web.get('policeFyn', `/sager/${one.fyn}`)).body).toContain(`${await caseNumberOf(house(), one.vestegn)} hos`);
    for (const [who, id] of [['police', one.fyn], ['policeFyn', one.vestegn], ['officialKl', one.fyn], ['officialKl', one.vestegn]] as const) expect((await desk.web.get(who, `/sager/${id}`)).statusCode, who).toBe(404);
  });

  it('are not told of twice, nor by a command of the official’s own', async () => {
    const one = await settledPair(desk);
    for (const caseId of [one.vestegn, one.fyn]) expect(await house().order('officialKl', 'contactPoint.tellDouble', {}, { caseId })).toEqual({ kind: 'absent' });
    await tells(desk, 'officialKl', one, ending(one, 'vestegn', false));
    for (const caseId of [one.vestegn, one.fyn]) expect(await house().order('officialKl', 'contactPoint.tellDouble', {}, { caseId })).toEqual({ kind: 'absent' });
    for (const who of ['police', 'auditor', 'municipal'] as const) expect(await house().order(who, 'contactPoint.tellDouble', {}, { caseId: one.vestegn })).toEqual({ kind: 'absent' });
    expect(await sql(`select type from app.case_event where case_id = $1 and type = 'DoubleTold'`, [one.vestegn])).toHaveLength(1);
  });

  it('are told of when the desk tries again, where it was decided and not carried out', async () => {
    const one = await settledPair(desk);
    await decideTelling(house().web, house().tokens.officialKl, one.id, { telling: ending(one, 'vestegn', true), law: 'before-consent', seen: null });
    expect((await desk.web.get('officialDfk', '/')).body).toContain('Send beskeden om, at to sager er om samme person');
    expect((await desk.web.get('officialDfk', `${PAGE}/${one.id}`)).body).toContain('Beskeden er ikke nået frem til alle');
    expect((await desk.web.post('officialDfk', `${PAGE}/${one.id}/besked`, { again: 'yes', decidedAt: (await seenOf(one.id)) ?? '' })).statusCode).toBe(303);
    expect([await doubleTasks(desk, one.vestegn), await doubleTasks(desk, one.fyn)].flat()).toHaveLength(2);
  });

  it('need a choice, a basis that fits and the official’s word that it holds, each said at its place with nothing lost and nothing stored (FM-CON-3)', async () => {
    const one = await settledPair(desk);
    const telling = ending(one, 'vestegn', false);
    const refused: readonly (readonly [string, Awaited<ReturnType<typeof tells>>])[] = [
      ['Vælg, hvem der skal have besked', await tells(desk, 'officialKl', one, '')],
      ['Vælg, hvem der skal have besked', await tells(desk, 'officialKl', one, 'alle')],
      ['Vælg, hvad beskeden bygger på', await tells(desk, 'officialKl', one, telling, '')],
      ['Sig, at du har sikret dig', await tells(desk, 'officialKl', one, telling, 'consent', '')],
      ['gælder kun omkring en løsladelse', await tells(desk, 'officialKl', one, telling, 'release')],
    ];
    for (const [words, reply] of refused) {
      expect(reply.statusCode, words).toBe(422);
      expect(reply.body).toContain(words);
    }
    expect(refused[4]?.[1].body).toMatch(/value="release" checked/);
    await sql(`update app.exit_case set phase = 'accepted' where id = $1`, [one.fyn]);
    expect((await tells(desk, 'officialKl', one, telling, 'before-consent')).body).toContain('personen har svaret på, om oplysninger må deles');
    await sql(`update app.exit_case set phase = 'closed' where id = $1`, [one.fyn]);
    expect((await tells(desk, 'officialKl', one, telling, 'consent')).body).toContain('Af en afsluttet sag gives intet videre');
    expect(await decideTelling(house().web, house().tokens.officialKl, one.id, { telling, law: 'consent', seen: null })).toEqual({ kind: 'closed' });
    expect(await sql('select telling from match.hit where id = $1', [one.id])).toEqual([{ telling: null }]);
    expect(await sql('select 1 from match.telling where hit_id = $1', [one.id])).toEqual([]);
    await sql(`update app.exit_case set phase = 'inquiry' where id = $1`, [one.fyn]);
  });

  it('leave in the log that it was decided, and of which cases only what was told', async () => {
    const one = await settledPair(desk);
    const { rows } = await audited(desk.web, () => tells(desk, 'officialKl', one, ending(one, 'vestegn', false)));
    expect(rows.filter(({ action }) => action === 'match.decided')).toEqual([expect.objectContaining({ actor: people.officialKl.user, case_ref: null })]);
    expect(rows.filter(({ case_ref: about }) => about !== null).map(({ action, case_ref: about }) => [action, about])).toEqual([['case.command', one.vestegn]]);
  });
});

describe('two officials at one match (FM-INT-3)', () => {
  const settles = (who: PersonName, hit: string, outcome: string, basis: string) => desk.web.post(who, `${PAGE}/${hit}`, { outcome, basis });

  it('the second is told that it is settled, and gets back what he chose; nothing of it is stored', async () => {
    const one = await settledPair(desk);
    const late = await settles('officialDfk', one.id, 'different', 'units');
    expect(late.statusCode).toBe(422);
    for (const words of ['Din afgørelse er ikke gemt', 'Det er to forskellige personer. Enhederne har svaret hver for sig.', 'De to sager er om samme person']) expect(late.body).toContain(words);
    expect(await sql('select outcome, settled_by from match.hit where id = $1', [one.id])).toEqual([{ outcome: 'same', settled_by: people.officialKl.user }]);
    expect((await desk.web.post('officialDfk', `${PAGE}/${one.id}/navne`, {})).body).toContain('Navnene vises ikke');
    expect(await sql(`select 1 from app.approval where subject = $1`, [one.id])).toEqual([]);
    for (const who of ['police', 'policeFyn', 'auditor', 'admin', 'jobcentre'] as const) expect(seen(await settles(who, one.id, 'different', 'units')), who).toEqual(seen(await desk.web.get(who, '/findes-ikke')));
  });

  it('and so of who is told: what a colleague decided stands, and the other one’s choice is shown to him', async () => {
    const one = await settledPair(desk);
    expect((await tells(desk, 'officialKl', one, ending(one, 'vestegn', false))).statusCode).toBe(303);
    const late = await tells(desk, 'officialDfk', one, ending(one, 'fyn', true), 'consent');
    expect(late.statusCode).toBe(422);
    for (const words of ['Din beslutning er ikke gemt', `${await caseNumberOf(house(), one.fyn)} (Fyn) slutter som dublet`, 'Personens samtykke']) expect(late.body).toContain(words);
    expect(await doubleTasks(desk, one.fyn)).toEqual([]);
    // The same again, as by a press too many, is told as before.
    expect((await tells(desk, 'officialKl', one, ending(one, 'vestegn', false))).statusCode).toBe(303);
    await sql('insert into app.block (user_id, case_id) values ($1, $2)', [people.officialDfk.user, one.fyn]);
    expect((await tells(desk, 'officialDfk', one, ending(one, 'fyn', true))).statusCode).toBe(404);
  });

  it('a no to the names is said to who asked, until he asks again; it is answered while the match can be settled in time (control 17)', async () => {
    const one = await pairOf(desk);
    const asks = () => desk.web.post('officialKl', `${PAGE}/${one.id}/navne`, {});
    const asked = () => sql<{ id: string; in_time: boolean }>(`select a.id, a.until - (now() - sec.clock()) < (h.due + 1)::timestamp at time zone 'Europe/Copenhagen' as in_time from app.approval a join match.hit h on h.id = a.subject where a.subject = $1 and a.given is null`, [one.id]);
    await asks();
    expect(await asked()).toMatchObject([{ in_time: true }]);
    await sql(`update app.approval set given = false, decided_at = now() where subject = $1`, [one.id]);
    const page = (await desk.web.get('officialKl', `${PAGE}/${one.id}`)).body;
    expect(page).toContain('En kollega har sagt nej til, at du ser navnene.');
    // Who has not asked reads that there was one, and not to whom.
    const other = (await desk.web.get('officialDfk', `${PAGE}/${one.id}`)).body;
    expect([other.includes('Der er før sagt nej'), other.includes('at du ser navnene.')]).toEqual([true, false]);
    await asks();
    expect(await asked()).toHaveLength(1);
    expect((await desk.web.get('officialKl', `${PAGE}/${one.id}`)).body).toContain('er spurgt og har ikke svaret endnu');
    // Of a match that is late a day is left to answer.
    await sql(`update app.approval set used_at = now() where subject = $1 and given is null`, [one.id]);
    await sql(`update match.hit set due = sec.today() - 2 where id = $1`, [one.id]);
    await asks();
    expect(await sql(`select until > now() + interval '23 hours' as day from app.approval where subject = $1 and used_at is null and given is null`, [one.id])).toEqual([{ day: true }]);
  });
});

describe('an inquiry without a unit (FM-INT-7)', () => {
  it('is found to be about the same person as any other, and tells its registrant nothing of it (FM-INT-3)', async () => {
    const cpr = newCpr();
    const registered = () => desk.web.api('jobcentre', 'POST', '/api/v1/cases', { municipality: 'unknown', whereabouts: 'Sover på skift hos venner', said: 'Vil ud', channel: 'phone', cpr });
    const first = await registered();
    await caseOfFyn(house(), { cpr });
    await desk.compare();
    const hit = (await listMatchDesk(house().web, house().tokens.officialKl)).find(({ numbers }) => numbers.includes(first.json<{ number: string }>().number));
    expect([...(hit?.units ?? [])].sort()).toEqual(['fyn', 'unnamed']);
    expect((await desk.web.get('officialKl', `${PAGE}/${hit?.id ?? ''}`)).body).toContain('Kontaktpunktet udpeger en enhed');
    const { number: _first, ...one } = first.json<Record<string, unknown>>();
    const { number: _second, ...other } = (await registered()).json<Record<string, unknown>>();
    expect(other).toEqual(one);
  });
});
