import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, copenhagenDate, type Instant, knownDate } from '../../src/domain/kernel/time.js';
import type { Telling, TellingBasis } from '../../src/domain/reference/telling-bases.js';
import { nationalCells, nationalCorrections } from '../../src/store/figures.js';
import { settleHit } from '../../src/store/matching/hits.js';
import { decideTelling, listMatchDesk, untoldCases } from '../../src/store/matching/tellings.js';
import { takenCase } from '../support/house.js';
import { cprOf, type MatchingDesk, matchingDesk } from '../support/matching-desk.js';
import { people, type PersonName } from '../support/people.js';
import { audited, seen } from '../support/wall-http.js';
import { caseOfFyn } from '../support/wall-house.js';

let desk: MatchingDesk;
beforeAll(async () => { desk = await matchingDesk(); });
afterAll(() => desk.close());

const house = () => desk.web.house;
const sql = <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) => house().db.superuser<Row>(text, values);
interface Pair {
  readonly hit: string;
  /** The case of Vestegn and that of Fyn. */
  readonly vestegn: string;
  readonly fyn: string;
  /** Which of the two the desk's first is. */
  readonly firstIsVestegn: boolean;
}
let person = 300;

/** Two taken cases of one person, one in Vestegn and one in Fyn, and their match. */
async function pair(): Promise<Pair> {
  const cpr = cprOf((person += 1));
  const vestegn = await takenCase(house(), { municipality: '0183', said: 'Vil ud', name: 'Emil', cpr, channel: 'phone' });
  const fyn = await caseOfFyn(house(), { cpr });
  await desk.compare();
  const [row] = await sql<{ id: string; first: string }>('select id, cases[1] as first from match.hit where cases @> $1', [[vestegn, fyn]]);
  return { hit: row?.id ?? '', vestegn, fyn, firstIsVestegn: row?.first === vestegn };
}
const settled = async (): Promise<Pair> => {
  const one = await pair();
  expect(await settleHit(house().web, house().tokens.officialKl, one.hit, 'same', 'units')).toBe('settled');
  return one;
};
/** The choice in which this case ends. */
const ending = ({ firstIsVestegn }: Pair, unit: 'vestegn' | 'fyn', both: boolean): Telling => {
  const at = (unit === 'vestegn') === firstIsVestegn ? 'first' : 'second';
  return both ? `both-${at}` : at;
};
const PAGE = '/sammenfald';
const seenOf = async (hit: string): Promise<Instant | null> => (await listMatchDesk(house().web, house().tokens.officialKl)).find(({ id }) => id === hit)?.decided_at ?? null;
const tells = (who: PersonName, hit: string, telling: string, law: TellingBasis | '' = 'before-consent', checked = 'true', decidedAt: Instant | null = null) => desk.web.post(who, `${PAGE}/${hit}/besked`, { telling, law, checked, decidedAt: decidedAt ?? '' });
const doubleTasks = (caseId: string) => sql<{ reader: string; title: string; command: string }>(`select reader, title, command from app.task where case_id = $1 and key = 'double' and mine`, [caseId]);
const numberOf = async (caseId: string): Promise<string> => (await sql<{ number: string }>('select number from app.exit_case where id = $1', [caseId]))[0]?.number ?? '';

/** What the unit of a case sees of it, everywhere: pages, lists, the log of it, the state that the program's own way gives. */
const all = async (who: PersonName, caseId: string): Promise<readonly unknown[]> => {
  const replies = [];
  for (const url of ['/', '/sager', `/sager/${caseId}`, `/sager/${caseId}/tidslinje`, `/sager/${caseId}/dokumenter`, `/api/v1/cases/${caseId}`, `/api/v1/cases/${caseId}/actions`, '/api/v1/tasks']) replies.push(seen(await desk.web.get(who, url)));
  return replies;
};
/** Keys of forms are random. */
const plain = (replies: readonly unknown[]): string => JSON.stringify(replies).replaceAll(/name=\\?\\?"_(?:key|csrf)\\?\\?" value=\\?\\?"[^"]*"/g, '').replaceAll(/data-csrf=\\?\\?"[^"]*"/g, '');

describe('two cases of one person (FM-INT-3)', () => {
  it('stand in a queue that the contact point alone has, open ones with their due day, settled ones with what was decided', async () => {
    const one = await pair();
    const numbers = [await numberOf(one.vestegn), await numberOf(one.fyn)];
    const open = await desk.web.get('officialDfk', PAGE);
    expect(open.statusCode).toBe(200);
    for (const number of numbers) expect(open.body).toContain(number);
    expect((await desk.web.get('officialDfk', '/')).body).toContain('Sammenfald, der venter');
    for (const who of ['police', 'municipal', 'odense', 'policeFyn', 'custody', 'jobcentre', 'auditor', 'admin', 'screener'] as const) {
      expect(seen(await desk.web.get(who, PAGE)), who).toEqual(seen(await desk.web.get(who, '/findes-ikke')));
      expect(await listMatchDesk(house().web, house().tokens[who]), who).toEqual([]);
    }
    await settleHit(house().web, house().tokens.officialKl, one.hit, 'different', 'units');
    expect((await desk.web.get('officialDfk', PAGE)).body).toContain('Det er to forskellige personer. Enhederne har svaret hver for sig.');
    await sql(`update match.hit set settled_at = now() - interval '91 days' where id = $1`, [one.hit]);
    expect((await listMatchDesk(house().web, house().tokens.officialDfk)).map(({ id }) => id)).not.toContain(one.hit);
  });

  it('are kept from an official who is shut out of either, open and settled, and he decides and tells nothing', async () => {
    for (const side of ['vestegn', 'fyn'] as const) {
      const one = await settled();
      await sql('insert into app.block (user_id, case_id) values ($1, $2)', [people.officialDfk.user, one[side]]);
      expect((await listMatchDesk(house().web, house().tokens.officialDfk)).map(({ id }) => id)).not.toContain(one.hit);
      expect(seen(await desk.web.get('officialDfk', `${PAGE}/${one.hit}`))).toEqual(seen(await desk.web.get('officialDfk', `${PAGE}/${randomUUID()}`)));
      expect((await tells('officialDfk', one.hit, ending(one, 'vestegn', false))).statusCode).toBe(404);
      expect(await decideTelling(house().web, house().tokens.officialDfk, one.hit, { telling: 'first', law: 'consent', seen: null })).toEqual({ kind: 'absent' });
      await decideTelling(house().web, house().tokens.officialKl, one.hit, { telling: ending(one, 'vestegn', true), law: 'before-consent', seen: null });
      expect(await untoldCases(house().web, house().tokens.officialDfk, one.hit)).toBeUndefined();
      for (const caseId of [one.vestegn, one.fyn]) expect(await house().order('officialDfk', 'contactPoint.tellDouble', {}, { caseId })).toEqual({ kind: 'absent' });
      expect(await doubleTasks(one.vestegn)).toEqual([]);
    }
  });

  it('wait on the desk until it is decided who is told, also when that is nobody, which can be changed', async () => {
    const one = await settled();
    expect((await desk.web.get('officialKl', '/')).body).toContain('Beslut, hvem der skal vide, at to sager er om samme person');
    expect((await tells('officialKl', one.hit, 'nobody', '')).headers['location']).toBe(PAGE);
    expect(await sql('select telling, law, decided_by from match.hit where id = $1', [one.hit])).toEqual([{ telling: 'nobody', law: null, decided_by: people.officialKl.user }]);
    expect(await sql('select 1 from match.telling where hit_id = $1', [one.hit])).toEqual([]);
    expect((await tells('officialDfk', one.hit, ending(one, 'fyn', false), 'before-consent', 'true', await seenOf(one.hit))).statusCode).toBe(303);
    expect(await doubleTasks(one.fyn)).toHaveLength(1);
    // Told is told.
    expect(await decideTelling(house().web, house().tokens.officialKl, one.hit, { telling: 'nobody', seen: await seenOf(one.hit) })).toEqual({ kind: 'absent' });
  });

  it('are told of to one unit alone: it has the task and no number, and the other sees not a byte, not a row and not a line in its log', async () => {
    const one = await settled();
    await all('policeFyn', one.fyn);
    const before = plain(await all('policeFyn', one.fyn));
    const version = () => sql('select version, touched_at from app.exit_case where id = $1', [one.fyn]);
    const [was, logged] = [await version(), await sql('select count(*) from audit.event where case_ref = $1 and actor = $2', [one.fyn, people.officialKl.user])];
    expect((await tells('officialKl', one.hit, ending(one, 'vestegn', false))).statusCode).toBe(303);
    expect(await doubleTasks(one.vestegn)).toEqual([{ reader: people.police.user, title: 'Afslut sagen som dublet: der er en anden sag om samme person', command: 'case.markDuplicate' }]);
    const page = (await desk.web.get('municipal', `/sager/${one.vestegn}`)).body;
    expect(page).toContain('En anden sag om samme person');
    expect(page).not.toContain(await numberOf(one.fyn));
    expect((await desk.web.get('police', '/')).body).toContain('der er en anden sag om samme person');
    const form = (await desk.web.get('police', `/sager/${one.vestegn}/goer/case.markDuplicate`)).body;
    expect(form).toContain('Tal kun med kontaktpunktet om den anden sag.');
    for (const words of ['Aftal med', 'Hvad er aftalt', await numberOf(one.fyn)]) expect(form).not.toContain(words);
    expect(plain(await all('policeFyn', one.fyn))).toBe(before);
    expect([await version(), await sql('select count(*) from audit.event where case_ref = $1 and actor = $2', [one.fyn, people.officialKl.user])]).toEqual([was, logged]);
    expect(await house().order('policeFyn', 'case.markDuplicate', { note: 'Vi slutter' }, { caseId: one.fyn })).toMatchObject({ kind: 'rejected', shown: { rule: 'FM-INT-3' } });
  });

  it('are told of to both: each has the other’s number and unit, and no case opens to anybody new', async () => {
    const one = await settled();
    expect((await tells('officialKl', one.hit, ending(one, 'fyn', true))).statusCode).toBe(303);
    expect((await doubleTasks(one.fyn)).map(({ command }) => command)).toEqual(['case.markDuplicate']);
    expect((await doubleTasks(one.vestegn)).map(({ command }) => command)).toEqual(['case.keepDespiteDouble']);
    // The end comes first, though the assessment is due before it; the form says which other case, and whom to agree with.
    expect(/<li class="first">[\s\S]*?<\/li>/.exec((await desk.web.get('policeFyn', `/sager/${one.fyn}`)).body)?.[0]).toContain('Afslut som dublet');
    expect((await desk.web.get('policeFyn', `/sager/${one.fyn}/goer/case.markDuplicate`)).body).toMatch(new RegExp(`<h2 id="handling">[\\s\\S]*${await numberOf(one.vestegn)} hos[\\s\\S]*Aftal med dem`));
    const keep = (await desk.web.get('police', `/sager/${one.vestegn}/goer/case.keepDespiteDouble`)).body;
    expect(keep).toMatch(new RegExp(`<h2 id="handling">[\\s\\S]*${await numberOf(one.fyn)} hos Fyn`));
    // Which of the two ends is decided, and said; of the unit whose case goes on nothing is asked.
    expect([keep.includes(`Kontaktpunktet har afgjort, at ${await numberOf(one.fyn)} slutter som dublet. Denne sag går videre.`), keep.includes('Hvorfor går sagen videre?')]).toEqual([true, false]);
    const against = (await desk.web.get('policeFyn', `/sager/${one.fyn}/goer/case.keepDespiteDouble`)).body;
    expect([against.includes('Kontaktpunktet har afgjort, at det er denne sag, der slutter som dublet.'), against.includes('Hvorfor går sagen videre?'), against.includes('behøver du ikke')]).toEqual([true, true, false]);
    expect((await desk.web.post('policeFyn', `/sager/${one.fyn}/goer/case.keepDespiteDouble`, {})).body).toContain('Skriv, hvorfor den går videre.');
    expect((await desk.web.get('police', `/sager/${one.vestegn}`)).body).toContain(`${await numberOf(one.fyn)} hos Fyn`);
    expect((await desk.web.get('policeFyn', `/sager/${one.fyn}`)).body).toContain(`${await numberOf(one.vestegn)} hos`);
    for (const [who, id] of [['police', one.fyn], ['policeFyn', one.vestegn], ['officialKl', one.fyn], ['officialKl', one.vestegn]] as const) expect((await desk.web.get(who, `/sager/${id}`)).statusCode, who).toBe(404);
  });

  it('are not told of twice, nor by a command of the official’s own', async () => {
    const one = await settled();
    for (const caseId of [one.vestegn, one.fyn]) expect(await house().order('officialKl', 'contactPoint.tellDouble', {}, { caseId })).toEqual({ kind: 'absent' });
    await tells('officialKl', one.hit, ending(one, 'vestegn', false));
    for (const caseId of [one.vestegn, one.fyn]) expect(await house().order('officialKl', 'contactPoint.tellDouble', {}, { caseId })).toEqual({ kind: 'absent' });
    for (const who of ['police', 'auditor', 'municipal'] as const) expect(await house().order(who, 'contactPoint.tellDouble', {}, { caseId: one.vestegn })).toEqual({ kind: 'absent' });
    expect(await sql(`select type from app.case_event where case_id = $1 and type = 'DoubleTold'`, [one.vestegn])).toHaveLength(1);
  });

  it('are told of when the desk tries again, where it was decided and not carried out', async () => {
    const one = await settled();
    await decideTelling(house().web, house().tokens.officialKl, one.hit, { telling: ending(one, 'vestegn', true), law: 'before-consent', seen: null });
    expect((await desk.web.get('officialDfk', '/')).body).toContain('Send beskeden om, at to sager er om samme person');
    expect((await desk.web.get('officialDfk', `${PAGE}/${one.hit}`)).body).toContain('Beskeden er ikke nået frem til alle');
    expect((await desk.web.post('officialDfk', `${PAGE}/${one.hit}/besked`, { again: 'yes', decidedAt: (await seenOf(one.hit)) ?? '' })).statusCode).toBe(303);
    expect([await doubleTasks(one.vestegn), await doubleTasks(one.fyn)].flat()).toHaveLength(2);
  });

  it('need a choice, a basis that fits and the official’s word that it holds, each said at its place with nothing lost and nothing stored (FM-CON-3)', async () => {
    const one = await settled();
    const telling = ending(one, 'vestegn', false);
    const refused: readonly (readonly [string, Awaited<ReturnType<typeof tells>>])[] = [
      ['Vælg, hvem der skal have besked', await tells('officialKl', one.hit, '')],
      ['Vælg, hvem der skal have besked', await tells('officialKl', one.hit, 'alle')],
      ['Vælg, hvad beskeden bygger på', await tells('officialKl', one.hit, telling, '')],
      ['Sig, at du har sikret dig', await tells('officialKl', one.hit, telling, 'consent', '')],
      ['gælder kun omkring en løsladelse', await tells('officialKl', one.hit, telling, 'release')],
    ];
    for (const [words, reply] of refused) {
      expect(reply.statusCode, words).toBe(422);
      expect(reply.body).toContain(words);
    }
    expect(refused[4]?.[1].body).toMatch(/value="release" checked/);
    await sql(`update app.exit_case set phase = 'accepted' where id = $1`, [one.fyn]);
    expect((await tells('officialKl', one.hit, telling, 'before-consent')).body).toContain('personen har svaret på, om oplysninger må deles');
    await sql(`update app.exit_case set phase = 'closed' where id = $1`, [one.fyn]);
    expect((await tells('officialKl', one.hit, telling, 'consent')).body).toContain('Af en afsluttet sag gives intet videre');
    expect(await decideTelling(house().web, house().tokens.officialKl, one.hit, { telling, law: 'consent', seen: null })).toEqual({ kind: 'closed' });
    expect(await sql('select telling from match.hit where id = $1', [one.hit])).toEqual([{ telling: null }]);
    expect(await sql('select 1 from match.telling where hit_id = $1', [one.hit])).toEqual([]);
    await sql(`update app.exit_case set phase = 'inquiry' where id = $1`, [one.fyn]);
  });

  it('leave in the log that it was decided, and of which cases only what was told', async () => {
    const one = await settled();
    const { rows } = await audited(desk.web, () => tells('officialKl', one.hit, ending(one, 'vestegn', false)));
    expect(rows.filter(({ action }) => action === 'match.decided')).toEqual([expect.objectContaining({ actor: people.officialKl.user, case_ref: null })]);
    expect(rows.filter(({ case_ref: about }) => about !== null).map(({ action, case_ref: about }) => [action, about])).toEqual([['case.command', one.vestegn]]);
  });
});

describe('a case that ended as a double (FM-STA-4)', () => {
  const from = knownDate('2011-01-01');
  /** Cases counted along the units, by how they stand. */
  const counted = async (drawnAt = house().clock(), asOf = copenhagenDate(house().clock())): Promise<Readonly<Record<string, number>>> => {
    const cells = await nationalCells(house().web, house().tokens.officialKl, { from, asOf, drawnAt });
    return Object.fromEntries(cells.filter(({ dimension }) => dimension === 'unit').map(({ value, state, n }) => [`${value ?? ''} ${state}`, n]));
  };

  it('is counted nowhere on any day, in what is drawn again as then, and shows as a late correction (FM-STA-3)', async () => {
    const one = await settled();
    await house().does('policeFyn', one.fyn, 'assessment.begin');
    await tells('officialKl', one.hit, ending(one, 'fyn', false));
    const before = await counted();
    const drawn = { from, asOf: copenhagenDate(house().clock()), drawnAt: house().clock() };
    house().setClock(`${addDays(drawn.asOf, 1)}T09:00:00.000Z` as never);
    await house().does('policeFyn', one.fyn, 'case.markDuplicate', { note: 'Vestegn fører sagen' });
    const after = await counted();
    expect(after['fyn assessment'] ?? 0).toBe((before['fyn assessment'] ?? 0) - 1);
    expect(Object.keys(after).filter((key) => key.includes('duplicate'))).toEqual([]);
    expect(Object.values(after).reduce((sum, n) => sum + n, 0)).toBe(Object.values(before).reduce((sum, n) => sum + n, 0) - 1);
    // The day before, by what is known now, and as it was drawn then.
    expect((await counted(house().clock(), drawn.asOf))['fyn assessment'] ?? 0).toBe((before['fyn assessment'] ?? 0) - 1);
    expect(await counted(drawn.drawnAt, drawn.asOf)).toEqual(before);
    const { rows: late } = await nationalCorrections(house().web, house().tokens.officialKl, drawn, house().clock());
    expect(late).toEqual([expect.objectContaining({ recordedOn: addDays(drawn.asOf, 1), was: 'assessment', is: 'duplicate', wasUnit: 'fyn', isUnit: null })]);
    expect((await desk.web.get('officialKl', '/tal')).body).not.toContain('duplicate');
  });

  it('is in nobody’s way any more: no task, not in the overview, and kept as a closed inquiry (FM-WORK-4)', async () => {
    const one = await settled();
    await tells('officialKl', one.hit, ending(one, 'vestegn', true));
    await house().does('municipal', one.vestegn, 'case.markDuplicate', { note: 'Fyn fører sagen' });
    expect(await sql('select 1 from app.task where case_id = $1', [one.vestegn])).toEqual([]);
    expect(await sql('select outcome from app.retention where case_id = $1', [one.vestegn])).toEqual([{ outcome: 'duplicate' }]);
    expect((await desk.web.get('police', `/sager/${one.vestegn}`)).body).toContain('dublet af en anden sag');
    await house().does('policeFyn', one.fyn, 'case.keepDespiteDouble');
    expect(await doubleTasks(one.fyn)).toEqual([]);
    expect((await desk.web.get('officialDfk', PAGE)).body).toContain('slutter som dublet');
  });
});

describe('two officials at one match (FM-INT-3)', () => {
  const settles = (who: PersonName, hit: string, outcome: string, basis: string) => desk.web.post(who, `${PAGE}/${hit}`, { outcome, basis });

  it('the second is told that it is settled, and gets back what he chose; nothing of it is stored', async () => {
    const one = await settled();
    const late = await settles('officialDfk', one.hit, 'different', 'units');
    expect(late.statusCode).toBe(422);
    for (const words of ['Din afgørelse er ikke gemt', 'Det er to forskellige personer. Enhederne har svaret hver for sig.', 'De to sager er om samme person']) expect(late.body).toContain(words);
    expect(await sql('select outcome, settled_by from match.hit where id = $1', [one.hit])).toEqual([{ outcome: 'same', settled_by: people.officialKl.user }]);
    expect((await desk.web.post('officialDfk', `${PAGE}/${one.hit}/navne`, {})).body).toContain('Navnene vises ikke');
    expect(await sql(`select 1 from app.approval where subject = $1`, [one.hit])).toEqual([]);
    for (const who of ['police', 'policeFyn', 'auditor', 'admin', 'jobcentre'] as const) expect(seen(await settles(who, one.hit, 'different', 'units')), who).toEqual(seen(await desk.web.get(who, '/findes-ikke')));
  });

  it('and so of who is told: what a colleague decided stands, and the other one’s choice is shown to him', async () => {
    const one = await settled();
    expect((await tells('officialKl', one.hit, ending(one, 'vestegn', false))).statusCode).toBe(303);
    const late = await tells('officialDfk', one.hit, ending(one, 'fyn', true), 'consent');
    expect(late.statusCode).toBe(422);
    for (const words of ['Din beslutning er ikke gemt', `${await numberOf(one.fyn)} (Fyn) slutter som dublet`, 'Personens samtykke']) expect(late.body).toContain(words);
    expect(await doubleTasks(one.fyn)).toEqual([]);
    // The same again, as by a press too many, is told as before.
    expect((await tells('officialKl', one.hit, ending(one, 'vestegn', false))).statusCode).toBe(303);
    await sql('insert into app.block (user_id, case_id) values ($1, $2)', [people.officialDfk.user, one.fyn]);
    expect((await tells('officialDfk', one.hit, ending(one, 'fyn', true))).statusCode).toBe(404);
  });

  it('a no to the names is said to who asked, until he asks again; it is answered while the match can be settled in time (control 17)', async () => {
    const one = await pair();
    const asks = () => desk.web.post('officialKl', `${PAGE}/${one.hit}/navne`, {});
    const asked = () => sql<{ id: string; in_time: boolean }>(`select a.id, a.until < (h.due + 1)::timestamp at time zone 'Europe/Copenhagen' as in_time from app.approval a join match.hit h on h.id = a.subject where a.subject = $1 and a.given is null`, [one.hit]);
    await asks();
    expect(await asked()).toMatchObject([{ in_time: true }]);
    await sql(`update app.approval set given = false, decided_at = now() where subject = $1`, [one.hit]);
    const page = (await desk.web.get('officialKl', `${PAGE}/${one.hit}`)).body;
    expect(page).toContain('En kollega har sagt nej til, at du ser navnene.');
    // Who has not asked reads that there was one, and not to whom.
    const other = (await desk.web.get('officialDfk', `${PAGE}/${one.hit}`)).body;
    expect([other.includes('Der er før sagt nej'), other.includes('at du ser navnene.')]).toEqual([true, false]);
    await asks();
    expect(await asked()).toHaveLength(1);
    expect((await desk.web.get('officialKl', `${PAGE}/${one.hit}`)).body).toContain('er spurgt og har ikke svaret endnu');
    // Of a match that is late a day is left to answer.
    await sql(`update app.approval set used_at = now() where subject = $1 and given is null`, [one.hit]);
    await sql(`update match.hit set due = current_date - 2 where id = $1`, [one.hit]);
    await asks();
    expect(await sql(`select until > now() + interval '23 hours' as day from app.approval where subject = $1 and used_at is null and given is null`, [one.hit])).toEqual([{ day: true }]);
  });
});

describe('three cases of one person (FM-INT-3)', () => {
  const third = async () => {
    const cpr = cprOf((person += 1));
    const [a, b, c] = [await takenCase(house(), { municipality: '0183', said: 'Vil ud', name: 'Emil', cpr, channel: 'phone' }), await caseOfFyn(house(), { cpr }), await caseOfFyn(house(), { cpr })];
    await desk.compare();
    const hitOf = async (x: string, y: string): Promise<string> => (await sql<{ id: string }>('select id from match.hit where cases @> $1', [[x, y]]))[0]?.id ?? '';
    return { a, b, c, ab: await hitOf(a, b), bc: await hitOf(b, c), ac: await hitOf(a, c) };
  };
  const settle = (hit: string, outcome: 'same' | 'different') => settleHit(house().web, house().tokens.officialKl, hit, outcome, 'units');

  it('what follows from two matches that are settled is said on the third, and nothing before', async () => {
    const same = await third();
    await settle(same.ab, 'same');
    expect((await desk.web.get('officialKl', `${PAGE}/${same.ac}`)).body).not.toContain('Det følger af');
    await settle(same.bc, 'same');
    expect((await desk.web.get('officialKl', `${PAGE}/${same.ac}`)).body).toContain('begge sager er om samme person');
    const apart = await third();
    await settle(apart.ab, 'same');
    await settle(apart.bc, 'different');
    expect((await desk.web.get('officialKl', `${PAGE}/${apart.ac}`)).body).toContain('de to sager er om to forskellige personer');
  });

  it('a case that has ended as a double leaves nothing to decide in its other matches', async () => {
    const { a, b, c, ab, bc } = await third();
    await settle(ab, 'same');
    const first = (await sql<{ first: string }>('select cases[1] as first from match.hit where id = $1', [ab]))[0]?.first;
    await tells('officialKl', ab, first === b ? 'first' : 'second');
    await house().does('policeFyn', b, 'case.markDuplicate', { note: 'Vestegn fører sagen' });
    const page = (await desk.web.get('officialKl', `${PAGE}/${bc}`)).body;
    expect(page).toContain(`${await numberOf(b)} er afsluttet.`);
    // Two cases of one unit.
    expect(page).toContain('de ligger hos samme enhed');
    expect(page).not.toContain('hos den anden');
    await settle(bc, 'same');
    expect((await desk.web.get('officialKl', `${PAGE}/${bc}`)).body).toContain('der er ikke mere at gøre');
    expect((await desk.web.get('officialKl', PAGE)).body).toContain('Der gives ingen besked.');
    expect((await desk.web.get('officialKl', '/')).body).not.toContain(`${await numberOf(b)} og`);
    for (const caseId of [a, c]) expect(await doubleTasks(caseId)).toEqual([]);
  });
});

describe('an inquiry that nobody has taken, and ends as a double (FM-INT-3)', () => {
  /** An inquiry in the inbox of Fyn, of somebody from Nyborg, where nobody is known; and a case of Vestegn about the same person. */
  const inInbox = async () => {
    const cpr = cprOf((person += 1));
    const vestegn = await takenCase(house(), { municipality: '0183', said: 'Vil ud', name: 'Emil', cpr, channel: 'phone' });
    const { number } = (await desk.web.api('officialPolice', 'POST', '/api/v1/cases', { municipality: '0450', said: 'Vil ud', channel: 'phone', cpr })).json<{ number: string }>();
    await desk.compare();
    const [row] = await sql<{ id: string; fyn: string; first: string }>('select h.id, c.id as fyn, h.cases[1] as first from app.exit_case c join match.hit h on c.id = any (h.cases) where c.number = $1', [number]);
    const one: Pair = { hit: row?.id ?? '', vestegn, fyn: row?.fyn ?? '', firstIsVestegn: row?.first === vestegn };
    await settleHit(house().web, house().tokens.officialKl, one.hit, 'same', 'units');
    return { ...one, number, at: `/indbakke/${one.fyn}` };
  };

  it('says whom to call where nobody of the municipality is known, and is closed by its keeper who takes nobody into a circle', async () => {
    const one = await inInbox();
    expect((await desk.web.get('policeFyn', one.at)).body).toContain('Ingen fra Nyborg Kommune er oprettet i Udvej endnu.');
    // Told nothing, he can end nothing.
    expect((await desk.web.get('policeFyn', one.at)).body).not.toContain('dublet');
    expect((await desk.web.get('policeFyn', `${one.at}/dublet`)).headers['location']).toBe(one.at);
    expect((await desk.web.post('policeFyn', `${one.at}/dublet`, {})).statusCode).toBe(422);
    const line = async () => (await desk.web.get('policeFyn', '/')).body.split('<li>').find((part) => part.includes(`<strong>${one.number}</strong>`))?.split('</li>')[0] ?? '';
    const byProgram = async () => (await desk.web.api('policeFyn', 'GET', '/api/v1/inbox')).json<readonly { readonly number: string; readonly endsAsDouble: boolean }[]>().find((row) => row.number === one.number)?.endsAsDouble;
    expect([(await line()).includes(`href="${one.at}"`), (await line()).includes('Tag henvendelsen'), await byProgram()]).toEqual([true, true, false]);
    await tells('officialKl', one.hit, ending(one, 'fyn', false));
    // Its line says what is to be done, and of the other case not a word more than its page.
    expect([(await line()).includes(`href="${one.at}/dublet"`), (await line()).includes('Luk henvendelsen som dublet'), (await line()).includes('Tag henvendelsen'), (await line()).includes('Skal tages'), await byProgram()]).toEqual([true, true, false, false, true]);
    expect((await desk.web.get('policeFyn', '/')).body).not.toContain(await numberOf(one.vestegn));
    expect((await desk.web.get('policeFyn', `${one.at}/dublet`)).body).toContain(`<a href="${one.at}">tag den</a>`);
    const page = (await desk.web.get('policeFyn', one.at)).body;
    expect(page.indexOf('Henvendelsen slutter som dublet')).toBeGreaterThan(0);
    expect(page.indexOf('Henvendelsen slutter som dublet')).toBeLessThan(page.indexOf('Kommunens repræsentant'));
    expect(page).not.toContain(await numberOf(one.vestegn));
    expect((await desk.web.get('policeFyn', `${one.at}/dublet`)).body).toContain('Ingen kommer med i en kreds');
    const { rows } = await audited(desk.web, () => desk.web.post('policeFyn', `${one.at}/dublet`, {}));
    expect(rows.map(({ action, case_ref: about, purpose }) => [action, about, purpose])).toEqual([['case.command', one.fyn, 'inquiry.endAsDouble']]);
    expect(await sql('select phase from app.exit_case where id = $1', [one.fyn])).toEqual([{ phase: 'closed' }]);
    expect(await sql('select 1 from app.case_member where case_id = $1', [one.fyn])).toEqual([]);
    expect((await desk.web.get('policeFyn', '/')).body).not.toContain(one.number);
    expect((await desk.web.get('policeFyn', one.at)).statusCode).toBe(404);
    expect(await sql('select outcome from app.retention where case_id = $1', [one.fyn])).toEqual([{ outcome: 'duplicate' }]);
  });

  it('with the other case’s number where both are told', async () => {
    const one = await inInbox();
    await tells('officialKl', one.hit, ending(one, 'fyn', true));
    expect((await desk.web.get('policeFyn', one.at)).body).toContain(`${await numberOf(one.vestegn)} hos`);
  });

  it('by nobody but the keeper of the inbox it lies in, who is not shut out', async () => {
    const one = await inInbox();
    await tells('officialKl', one.hit, ending(one, 'fyn', false));
    for (const who of ['police', 'odense', 'municipal', 'officialKl', 'officialPolice', 'custody', 'auditor', 'admin', 'jobcentre'] as const) {
      expect([who, (await desk.web.get(who, `${one.at}/dublet`)).statusCode, (await desk.web.post(who, `${one.at}/dublet`, {})).statusCode]).toEqual([who, 404, 404]);
      expect(await house().order(who, 'inquiry.endAsDouble', {}, { caseId: one.fyn })).toEqual({ kind: 'absent' });
    }
    await sql('insert into app.block (user_id, case_id) values ($1, $2)', [people.policeFyn.user, one.fyn]);
    expect((await desk.web.post('policeFyn', `${one.at}/dublet`, {})).statusCode).toBe(404);
    expect(await sql('select phase from app.exit_case where id = $1', [one.fyn])).toEqual([{ phase: 'inbox' }]);
  });
});

describe('an inquiry without a unit (FM-INT-7)', () => {
  it('is found to be about the same person as any other, and tells its registrant nothing of it (FM-INT-3)', async () => {
    const cpr = cprOf((person += 1));
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
