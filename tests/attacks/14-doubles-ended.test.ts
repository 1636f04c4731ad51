import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, copenhagenDate, knownDate } from '../../src/domain/kernel/time.js';
import { nationalCells, nationalCorrections } from '../../src/store/figures.js';
import { settleHit } from '../../src/store/matching/hits.js';
import { caseOfVestegn, doubleTasks, ending, inboxPair, newCpr, settledPair, tells } from '../support/double-pairs.js';
import { caseNumberOf } from '../support/house.js';
import { type MatchingDesk, matchingDesk } from '../support/matching-desk.js';
import { people } from '../support/people.js';
import { audited } from '../support/wall-http.js';
import { caseOfFyn } from '../support/wall-house.js';

let desk: MatchingDesk;
beforeAll(async () => { desk = await matchingDesk(); });
afterAll(() => desk.close());

const house = () => desk.web.house;
const sql = <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) => house().db.superuser<Row>(text, values);
const PAGE = '/sammenfald';

describe('a case that ended as a double (FM-STA-4)', () => {
  const from = knownDate('2011-01-01');
  /** Cases counted along the units, by how they stand. */
  const counted = async (drawnAt = house().clock(), asOf = copenhagenDate(house().clock())): Promise<Readonly<Record<string, number>>> => {
    const cells = await nationalCells(house().web, house().tokens.officialKl, { from, asOf, drawnAt });
    return Object.fromEntries(cells.filter(({ dimension }) => dimension === 'unit').map(({ value, state, n }) => [`${value ?? ''} ${state}`, n]));
  };

  it('is counted nowhere on any day, in what is drawn again as then, and shows as a late correction (FM-STA-3)', async () => {
    const one = await settledPair(desk);
    await house().does('policeFyn', one.fyn, 'assessment.begin');
    await tells(desk, 'officialKl', one, ending(one, 'fyn', false));
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
    const one = await settledPair(desk);
    await tells(desk, 'officialKl', one, ending(one, 'vestegn', true));
    await house().does('municipal', one.vestegn, 'case.markDuplicate', { note: 'Fyn fører sagen' });
    expect(await sql('select 1 from app.task where case_id = $1', [one.vestegn])).toEqual([]);
    expect(await sql('select outcome from app.retention where case_id = $1', [one.vestegn])).toEqual([{ outcome: 'duplicate' }]);
    expect((await desk.web.get('police', `/sager/${one.vestegn}`)).body).toContain('dublet af en anden sag');
    await house().does('policeFyn', one.fyn, 'case.keepDespiteDouble');
    expect(await doubleTasks(desk, one.fyn)).toEqual([]);
    expect((await desk.web.get('officialDfk', PAGE)).body).toContain('slutter som dublet');
  });
});

describe('three cases of one person (FM-INT-3)', () => {
  const third = async () => {
    const cpr = newCpr();
    const [a, b, c] = [await caseOfVestegn(desk, cpr), await caseOfFyn(house(), { cpr }), await caseOfFyn(house(), { cpr })];
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
    await tells(desk, 'officialKl', { id: ab }, first === b ? 'first' : 'second');
    await house().does('policeFyn', b, 'case.markDuplicate', { note: 'Vestegn fører sagen' });
    const page = (await desk.web.get('officialKl', `${PAGE}/${bc}`)).body;
    expect(page).toContain(`${await caseNumberOf(house(), b)} er afsluttet.`);
    // Two cases of one unit.
    expect(page).toContain('de ligger hos samme enhed');
    expect(page).not.toContain('hos den anden');
    await settle(bc, 'same');
    expect((await desk.web.get('officialKl', `${PAGE}/${bc}`)).body).toContain('der er ikke mere at gøre');
    expect((await desk.web.get('officialKl', PAGE)).body).toContain('Der gives ingen besked.');
    expect((await desk.web.get('officialKl', '/')).body).not.toContain(`${await caseNumberOf(house(), b)} og`);
    for (const caseId of [a, c]) expect(await doubleTasks(desk, caseId)).toEqual([]);
  });
});

describe('an inquiry that nobody has taken, and ends as a double (FM-INT-3)', () => {
  const inInbox = async (urgent = false) => {
    const one = await inboxPair(desk, urgent);
    await settleHit(house().web, house().tokens.officialKl, one.id, 'same', 'units');
    return one;
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
    await tells(desk, 'officialKl', one, ending(one, 'fyn', false));
    // Its line says what is to be done, and of the other case not a word more than its page.
    expect([(await line()).includes(`href="${one.at}"`), (await line()).includes('slutter som dublet'), (await line()).includes('Tag eller luk henvendelsen'), (await line()).includes('Skal tages'), await byProgram()]).toEqual([true, true, true, false, true]);
    expect((await desk.web.get('policeFyn', '/')).body).not.toContain(await caseNumberOf(house(), one.vestegn));
    expect((await desk.web.get('policeFyn', `${one.at}/dublet`)).body).toContain(`<a href="${one.at}">tag den</a>`);
    const page = (await desk.web.get('policeFyn', one.at)).body;
    expect(page.indexOf('Henvendelsen slutter som dublet')).toBeGreaterThan(0);
    expect(page.indexOf('Henvendelsen slutter som dublet')).toBeLessThan(page.indexOf('Kommunens repræsentant'));
    // Taking it comes first, and of closing it unread it is said what that means.
    expect(page.indexOf('Kommunens repræsentant')).toBeLessThan(page.indexOf('Luk den uden at læse den'));
    expect(page).toContain('læser ingen, hvad personen sagde');
    expect(page).not.toContain(await caseNumberOf(house(), one.vestegn));
    for (const words of ['Ingen kommer med i en kreds', 'Ingen læser, hvad personen sagde']) expect((await desk.web.get('policeFyn', `${one.at}/dublet`)).body).toContain(words);
    const { rows } = await audited(desk.web, () => desk.web.post('policeFyn', `${one.at}/dublet`, {}));
    expect(rows.map(({ action, case_ref: about, purpose }) => [action, about, purpose])).toEqual([['case.command', one.fyn, 'inquiry.endAsDouble']]);
    expect(await sql('select phase from app.exit_case where id = $1', [one.fyn])).toEqual([{ phase: 'closed' }]);
    expect(await sql('select 1 from app.case_member where case_id = $1', [one.fyn])).toEqual([]);
    expect((await desk.web.get('policeFyn', '/')).body).not.toContain(one.number);
    expect((await desk.web.get('policeFyn', one.at)).statusCode).toBe(404);
    expect(await sql('select outcome from app.retention where case_id = $1', [one.fyn])).toEqual([{ outcome: 'duplicate' }]);
  });

  it('is not closed while it hastes: its line and its page say why, what to do and what comes after, and no way around it', async () => {
    const one = await inInbox(true);
    await tells(desk, 'officialKl', one, ending(one, 'fyn', true));
    const line = (await desk.web.get('policeFyn', '/')).body.split('<li>').find((part) => part.includes(`<strong>${one.number}</strong>`))?.split('</li>')[0] ?? '';
    expect([line.includes(`href="${one.at}"`), line.includes('Tag henvendelsen'), line.includes('Den haster, og ingen har læst den'), line.includes('Skal tages'), line.includes('luk henvendelsen')]).toEqual([true, true, true, true, false]);
    const page = (await desk.web.get('policeFyn', one.at)).body;
    for (const words of ['Den haster, og ingen har læst den', 'læs, hvad personen sagde', 'afslutter I den som dublet i sagen', 'Kommunens repræsentant']) expect(page).toContain(words);
    for (const words of ['Luk henvendelsen', 'Luk den uden', `${one.at}/dublet`]) expect(page).not.toContain(words);
    expect((await desk.web.get('policeFyn', `${one.at}/dublet`)).headers['location']).toBe(one.at);
    const pressed = await desk.web.post('policeFyn', `${one.at}/dublet`, {});
    expect([pressed.statusCode, pressed.body.includes('Henvendelsen haster, og ingen har læst den.'), pressed.body.includes(`action="${one.at}"`), pressed.body.includes(`action="${one.at}/dublet"`)]).toEqual([422, true, true, false]);
    expect(await house().order('policeFyn', 'inquiry.endAsDouble', {}, { caseId: one.fyn })).toMatchObject({ kind: 'rejected', shown: { rule: 'FM-INT-3' } });
    expect(await sql('select phase from app.exit_case where id = $1', [one.fyn])).toEqual([{ phase: 'inbox' }]);
  });

  it('with the other case’s number where both are told', async () => {
    const one = await inInbox();
    await tells(desk, 'officialKl', one, ending(one, 'fyn', true));
    expect((await desk.web.get('policeFyn', one.at)).body).toContain(`${await caseNumberOf(house(), one.vestegn)} hos`);
  });

  it('by nobody but the keeper of the inbox it lies in, who is not shut out', async () => {
    const one = await inInbox();
    await tells(desk, 'officialKl', one, ending(one, 'fyn', false));
    for (const who of ['police', 'odense', 'municipal', 'officialKl', 'officialPolice', 'custody', 'auditor', 'admin', 'jobcentre'] as const) {
      expect([who, (await desk.web.get(who, `${one.at}/dublet`)).statusCode, (await desk.web.post(who, `${one.at}/dublet`, {})).statusCode]).toEqual([who, 404, 404]);
      expect(await house().order(who, 'inquiry.endAsDouble', {}, { caseId: one.fyn })).toEqual({ kind: 'absent' });
    }
    await sql('insert into app.block (user_id, case_id) values ($1, $2)', [people.policeFyn.user, one.fyn]);
    expect((await desk.web.post('policeFyn', `${one.at}/dublet`, {})).statusCode).toBe(404);
    expect(await sql('select phase from app.exit_case where id = $1', [one.fyn])).toEqual([{ phase: 'inbox' }]);
  });
});
