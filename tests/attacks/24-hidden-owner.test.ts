import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { authorityName } from '../../src/domain/reference/authorities.js';
import { listWeekQuestions } from '../../src/store/access-log.js';
import { inboxCase, registration, takenCase, testHouse } from '../support/house.js';
import { people } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

/** Somebody is in the case for a measure about health, of which police may not know (FM-CNF-4). */
let web: TestWeb;
let id: string;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterAll(() => web.close());
beforeEach(async () => {
  id = await takenCase(web.house);
  await web.house.does('municipal', id, 'assessment.begin');
  await web.house.does('municipal', id, 'measure.propose', { type: 'stofmisbrug', owner: people.treatment.user });
  for (const table of ['draw', 'review', 'week_question']) await web.house.db.superuser(`delete from audit.${table}`);
  await web.house.db.superuser(`delete from audit.event where case_ref = $1 and action <> 'conflict.none'`, [id]);
});

const ISHOEJ = authorityName('municipality:0183');
const drawn = async (): Promise<string> => {
  const week = (await web.house.db.superuser<{ week: string }>('select audit.week_of(now())::text as week'))[0]?.week ?? '';
  await web.house.db.superuser('select audit.draw_week($1)', [week]);
  return week;
};
const opens = async (...all: readonly ('municipal' | 'treatment' | 'police')[]): Promise<void> => {
  for (const who of all) expect((await web.get(who, `/sager/${id}`)).statusCode).toBe(200);
};
const circle = async (): Promise<string> => (await web.get('police', `/sager/${id}/kreds`)).body;
const asked = (page: string): string => page.slice(page.indexOf('id="ugens-opslag"'), page.indexOf('id="kreds"'));
const log = (page: string): string => page.slice(page.indexOf('id="log"'), page.indexOf('Lav et udtræk til personen'));
/** What a page says, without what is new on every page: moments, numbers and tokens. */
const words = (page: string): string => page.replace(/<[^>]*>/g, '|').replace(/[\d.:]+/g, '#');
const NAMED = { navne: 'true', grund: 'court' };
interface Row { readonly what: string; readonly authority: string; readonly name?: string }
const extract = async (more: Readonly<Record<string, string>>, who: 'police' | 'custody' | 'custody2' = 'police', of = id): Promise<readonly Row[]> =>
  (JSON.parse((await web.post(who, `/sager/${of}/udtraek`, { som: 'json', ...more })).body) as { rows: Row[] }).rows;
const asks = async (): Promise<boolean> => (await listWeekQuestions(web.house.web, web.house.tokens.police)).some((one) => one.case_id === id);

describe('Control 24: what police is told of who looked, where somebody is in the case for what police may not know of (FM-CNF-4)', () => {
  it('says of him what it says of the municipality’s own member: the log, the week’s question and the extract are the same', async () => {
    const told: string[][] = [];
    for (const who of ['municipal', 'treatment'] as const) {
      await web.house.db.superuser(`delete from audit.event where case_ref = $1 and action <> 'conflict.none'`, [id]);
      for (const table of ['draw', 'review', 'week_question']) await web.house.db.superuser(`delete from audit.${table}`);
      await opens(who);
      await drawn();
      expect(await asks()).toBe(true);
      const page = await circle();
      const extracts = [await extract({}), await extract(NAMED)];
      told.push([words(asked(page)), words(log(page)), ...extracts.map((rows) => JSON.stringify(rows.slice(0, 3).map((row) => ({ ...row, id: '', at: '' }))))]);
    }
    expect(told[1]).toEqual(told[0]);
    expect(told[0]?.[0]).toContain(ISHOEJ);
  });

  it('leaves no row of the extract out of the log beside it, and names nobody of the municipality', async () => {
    await opens('municipal', 'treatment', 'treatment', 'police');
    await drawn();
    const page = await circle();
    const rows = await extract(NAMED);
    const of = (text: string, word: string): number => text.split(word).length - 1;
    // The opening of the page itself stands in both; the extract has the reading of the log besides, and itself.
    expect(of(log(page), 'Åbnede sagen')).toBe(rows.filter((row) => row.what.startsWith('Åbnede sagen')).length);
    expect(of(log(page), ISHOEJ)).toBe(rows.filter((row) => row.authority === ISHOEJ).length);
    for (const name of ['Navn municipal', 'Navn treatment']) {
      expect(asked(page) + log(page)).not.toContain(name);
      expect(rows.map((row) => row.name)).not.toContain(name);
    }
    expect(asked(page) + log(page)).not.toContain(people.treatment.user);
    expect(rows.some((row) => row.name === 'Navn police')).toBe(true);
  });

  it('lays what police did not expect of the municipality before the auditor, each person with his openings', async () => {
    await opens('municipal', 'treatment', 'treatment');
    const week = await drawn();
    const values = [...asked(await circle()).matchAll(/name="uventet" value="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(values.map((value) => value.split('|')[0])).toEqual(['municipality:0183']);
    expect((await web.post('police', `/sager/${id}/ugens-opslag`, { uge: week, uventet: values[0] ?? '' })).statusCode).toBe(303);
    const found = await web.house.db.superuser<{ person: string; n: number }>(`select person, cardinality(events) as n from audit.review where kind = 'unexpected' order by person`);
    expect(found).toEqual([{ person: people.municipal.user, n: 1 }, { person: people.treatment.user, n: 2 }]);
  });

  const HIDDEN = 'En anden myndighed i sagen';
  const owners = [['probation2', undefined], ['custody', undefined], ['odense', undefined], ['jobcentre', 'region:1084'], ['odense', 'municipality:0461:jobcentre']] as const;
  it.each(owners)('tells neither who %s is nor where he is from, who owns a measure about health (his authority: %s), and gives the log his line', async (who, elsewhere) => {
    const authority = elsewhere ?? people[who].authority;
    await web.house.does('municipal', id, 'measure.propose', { type: 'andet', title: 'Samtaler', authority: people[who].authority, owner: people[who].user, kinds: ['personal', 'health'] });
    await web.house.db.superuser('update app.staff set authority = $2 where id = $1', [people[who].user, authority]);
    try {
      for (let n = 0; n < 2; n += 1) expect((await web.get(who, `/sager/${id}`)).statusCode).toBe(200);
      await drawn();
      expect(await asks()).toBe(false);
      const page = await circle();
      const rows = await extract(NAMED);
      expect(rows.filter((row) => row.authority === HIDDEN).map((row) => row.what)).toEqual(['Åbnede sagen: Overblik', 'Åbnede sagen: Overblik']);
      expect(log(page).split(HIDDEN).length - 1).toBe(2);
      // Whom the reader may know of stands as before, by his authority.
      expect(rows.some((row) => row.authority === ISHOEJ)).toBe(true);
      // Kriminalforsorgen is in every case by its own member, the others by him alone.
      const place = authority === people.probation.authority ? [] : [authorityName(authority)];
      for (const tells of [`Navn ${who}`, people[who].user, ...place]) expect([tells, page.includes(tells), JSON.stringify(rows).includes(tells)]).toEqual([tells, false, false]);
    } finally {
      await web.house.db.superuser('update app.staff set authority = $2 where id = $1', [people[who].user, people[who].authority]);
    }
  });

  it('names the authority of an owner whose measure police may know of, in the log and in the extract', async () => {
    await web.house.does('municipal', id, 'measure.propose', { type: 'andet', title: 'Mentor', text: 'Går til boksning', authority: people.odense.authority, owner: people.odense.user, kinds: ['personal'] });
    expect((await web.get('odense', `/sager/${id}`)).statusCode).toBe(200);
    expect(log(await circle())).toContain(authorityName('municipality:0461'));
    expect((await extract(NAMED)).some((row) => row.authority === authorityName('municipality:0461'))).toBe(true);
  });

  it('hides nobody from who co-ordinates in custody: Kriminalforsorgen is the unit there, and reads the words of every measure, as does who follows its officer', async () => {
    const inside = await inboxCase(web.house, { ...registration, place: 'custody', channel: 'custody' });
    await web.house.does('custody', inside, 'inquiry.take', { custody: people.custody.user });
    await web.house.does('custody', inside, 'assessment.begin');
    await web.house.does('custody', inside, 'measure.propose', { type: 'andet', title: 'Samtaler', authority: people.odense.authority, owner: people.odense.user, kinds: ['personal', 'health'], coveredByActionPlan: false });
    expect((await web.get('odense', `/sager/${inside}`)).statusCode).toBe(200);
    for (const who of ['custody', 'custody2'] as const) {
      if (who === 'custody2') {
        await web.house.does('custody', inside, 'circle.handOver', { user: people.custody.user, to: people.custody2.user, reason: 'Orlov' });
        await web.post('custody2', `/sager/${inside}/habil`, {});
      }
      const rows = await extract(NAMED, who, inside);
      expect(rows.filter((row) => row.what === 'Åbnede sagen: Overblik').map((row) => row.authority)).toEqual([authorityName(people.odense.authority)]);
      expect(rows.map((row) => row.authority)).not.toContain(HIDDEN);
    }
  });

  it('asks nothing, neither on the list nor on the page, when only he looked and is of an authority that would tell of him', async () => {
    await web.house.db.superuser(`update app.staff set authority = 'region:1084' where id = $1`, [people.treatment.user]);
    try {
      await opens('treatment');
      await drawn();
      expect(await asks()).toBe(false);
      const page = await circle();
      expect(page).not.toContain('Var ugens opslag ventet?');
      expect(log(page)).not.toContain(authorityName('region:1084'));
      expect(log(page)).toContain('En anden myndighed i sagen');
    } finally {
      await web.house.db.superuser('update app.staff set authority = $2 where id = $1', [people.treatment.user, people.treatment.authority]);
    }
  });

  it('asks who has become co-ordinator since nothing about himself alone', async () => {
    await web.house.does('police', id, 'circle.add', { user: people.police2.user, role: 'contact', reason: 'Kender ham' });
    expect((await web.get('police2', `/sager/${id}`)).statusCode).toBe(200);
    await drawn();
    expect(await asks()).toBe(true);
    await web.house.does('police', id, 'circle.depute', { user: people.police.user, deputy: people.police2.user, until: '2026-11-20', reason: 'Ferie' });
    expect((await listWeekQuestions(web.house.web, web.house.tokens.police2)).some((one) => one.case_id === id)).toBe(false);
    expect((await web.get('police2', `/sager/${id}/kreds`)).body).not.toContain('Var ugens opslag ventet?');
  });
});
