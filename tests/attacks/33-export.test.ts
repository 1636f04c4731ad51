import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { formatInstant, instant } from '../../src/domain/kernel/time.js';
import { listApprovals, vote } from '../../src/store/approvals.js';
import { registration, takenCase, type TestHouse, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { ask, audited, seen } from '../support/wall-http.js';
import { caseOfFyn, noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let house: TestHouse;
let id: string;
let others: string;
beforeAll(async () => {
  house = await testHouse(noLimits);
  web = await testWeb(house, 1_000_000);
  id = await takenCase(house, { ...registration, phone: '20 30 40 50' });
  others = await caseOfFyn(house);
  await house.does('police', id, 'journal.add', { text: 'Efterretning om Anders Holm Berg', kind: 'personal', own: true });
  await house.does('probation', id, 'journal.add', { text: 'Tilsynets egen vurdering', kind: 'personal', own: true });
  await house.does('municipal', id, 'journal.add', { text: 'Emil Sandbjerg ringede fra 20 30 40 50 sammen med Rasmus Tofte Lind, 40 50 60 70, cpr 010190-1234. Navn police var med.', kind: 'personal' });
  await house.does('municipal', id, 'journal.add', { text: 'Sover dårligt', kind: 'health' });
});
afterAll(() => web.close());
beforeEach(async () => {
  // A new day: the limit is counted in the log, and the log forgets nothing.
  await house.db.superuser(`update sec.setting set value = 1000 where name = 'exports_per_day'`);
});

const insight = (who: PersonName, som = 'json', of = id) => web.post(who, `/sager/${of}/indsigt`, { grund: 'asked', som });
const archive = (who: PersonName, som = 'json', of = id) => web.post(who, `/sager/${of}/arkiv`, { grund: 'journal', som });
const asks = (who: PersonName, of = id) => web.post(who, `/sager/${of}/arkiv/godkendelse`, {});
const saysYes = async (who: PersonName) => {
  const open = (await listApprovals(house.web, house.tokens[who])).find((one) => one.kind === 'case-bundle' && !one.mine);
  return open && vote(house.web, house.tokens[who], open.id, true);
};
const outsiders = ['odense', 'policeFyn', 'jobcentre', 'officialKl', 'auditor', 'admin'] as const satisfies readonly PersonName[];

describe('Control 33: what an authority takes over in its own archive', () => {
  it('takes the yes of another authority, and a second download with the same yes is refused', async () => {
    const refused = await audited(web, () => archive('municipal'));
    expect(refused.result.statusCode).toBe(303);
    expect(refused.rows).toEqual([{ actor: people.municipal.user, action: 'export.denied', case_ref: id, purpose: 'archive journal' }]);
    expect((await asks('municipal')).statusCode).toBe(303);
    expect((await archive('municipal')).statusCode).toBe(303);
    expect(await saysYes('municipal')).toBeUndefined();
    expect(await saysYes('police')).toBe('given');
    const taken = await audited(web, () => archive('municipal'));
    expect(taken.result.statusCode).toBe(200);
    expect(taken.rows).toEqual([{ actor: people.municipal.user, action: 'case.exported', case_ref: id, purpose: 'archive journal' }]);
    expect((await archive('municipal')).statusCode).toBe(303);
    // What was allowed to one is not allowed to another.
    expect((await archive('probation')).statusCode).toBe(303);
  });

  it('holds titles, dates, parties, KLE and what the asking authority may read, with who took it and when; the file’s name is the case’s number (FM-LAW-2)', async () => {
    await asks('police');
    expect(await saysYes('municipal')).toBe('given');
    const reply = await archive('police');
    const bundle = JSON.parse(reply.body) as { records: { title: string; kle: string; on: string; words: string[] }[]; watermark: string };
    expect(reply.headers['content-disposition']).toMatch(/^attachment; filename="UV-\w{4}-\w{3}-internt-2026-11-02-\d{4}\.json"$/);
    expect(bundle.watermark).toMatch(/^Hentet af Navn police, 2\. november 2026/);
    expect(bundle.records[0]).toMatchObject({ title: 'Henvendelse modtaget', on: '2026-11-02', kle: '27.12.36 Exit-programmer' });
    expect(reply.body).toContain('Efterretning om Anders Holm Berg');
    for (const secret of ['Sover dårligt', 'Tilsynets egen vurdering']) expect(reply.body).not.toContain(secret);
  });

  it('cannot be taken for what goes to the person: another number, another file name, and a word at the top of each page; CPR numbers in their two parts (FM-LAW-4)', async () => {
    const known = await takenCase(house, { ...registration, cpr: '2489004027' });
    await asks('municipal', known);
    await saysYes('police');
    const [kept, given] = [await archive('municipal', 'json', known), await insight('municipal', 'json', known)].map(({ body }) => JSON.parse(body) as { number: string; marking: string; heading: string });
    expect(kept).toMatchObject({ marking: 'Internt: må ikke gives til personen', heading: 'Sagens akter til eget arkiv' });
    expect(given).toMatchObject({ marking: 'Til personen', heading: 'Indsigt i oplysninger om dig' });
    expect(given?.number).toMatch(/^UV-\w{4}-\w{3}-2026-11-02-\d{4}$/);
    expect(kept?.number).toBe(given?.number.replace('-2026', '-internt-2026'));
    for (const reply of [JSON.stringify(kept), JSON.stringify(given)]) expect(reply).toContain('CPR-nummer: 248900-4027');
  });

  it('is made as a PDF as well', async () => {
    await asks('probation');
    await saysYes('police');
    const reply = await archive('probation', 'pdf');
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(reply.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('Control 33: what goes out of the system', () => {
  it('goes only to somebody who sits in the unit for an authority; to all others the case is not there', async () => {
    for (const who of outsiders) {
      for (const url of ['/indsigt', '/arkiv', '/arkiv/godkendelse']) {
        const { result, rows } = await audited(web, () => ask(web, who, { method: 'POST', url: `/sager/${id}${url}`, body: { som: 'json' } }));
        const never = await ask(web, who, { method: 'POST', url: `/sager/00000000-0000-4000-8000-00000000ffff${url}`, body: { som: 'json' } });
        expect(seen(result), `${who} ${url}`).toEqual(seen(never));
        expect(result.statusCode).toBe(404);
        expect(rows.map((row) => row.action), `${who} ${url}`).toEqual(['case.denied']);
      }
    }
    await house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [id, people.probation.user]);
    expect((await insight('probation')).statusCode).toBe(404);
    await house.db.superuser('delete from app.block where case_id = $1', [id]);
  });

  it('does not use up another’s yes when the hour’s cases stop it', async () => {
    const fresh = await takenCase(house);
    await asks('municipal', fresh);
    expect(await saysYes('police')).toBe('given');
    const [usual] = await house.db.superuser<{ value: number }>(`select value from sec.setting where name = 'openings_per_hour'`);
    await house.db.superuser(`update sec.setting set value = 0 where name = 'openings_per_hour'`);
    expect((await archive('municipal', 'json', fresh)).statusCode).toBe(429);
    await house.db.superuser(`update sec.setting set value = $1 where name = 'openings_per_hour'`, [usual?.value]);
    expect((await archive('municipal', 'json', fresh)).statusCode).toBe(200);
  });

  it('goes twice a day for each person, and no more', async () => {
    await house.db.superuser(`update sec.setting set value = 2 where name = 'exports_per_day'`);
    const mine = others;
    expect((await insight('policeFyn', 'json', mine)).statusCode).toBe(200);
    expect((await insight('policeFyn', 'json', mine)).statusCode).toBe(200);
    const third = await insight('policeFyn', 'json', mine);
    const [first] = await house.db.superuser<{ again: string }>(`select audit.moment(min(at) + interval '1 day') as again from audit.event where action = 'case.exported' and actor = $1`, [people.policeFyn.user]);
    expect([third.statusCode, third.body.includes(formatInstant(instant(first?.again ?? '') ?? house.clock())), third.body.includes('Prøv igen om lidt'), /role="alert"/.test(third.body)]).toEqual([429, true, false, true]);
    expect((await insight('odense', 'json', mine)).statusCode).toBe(200);
  });

  it('goes to who has just proved who he is, by the word of the database (control 18)', async () => {
    await house.db.superuser(`update sec.session set auth_time = now() - interval '6 minutes' where user_id = $1`, [people.municipal.user]);
    for (const reply of [await insight('municipal'), await archive('municipal'), await asks('municipal')]) {
      expect(reply.statusCode).not.toBe(200);
      expect(reply.body).not.toContain('Sandbjerg');
    }
    const client = await house.web.connect();
    try {
      await client.query('begin');
      await client.query(`select set_config('app.session', $1, true)`, [house.tokens.municipal]);
      await expect(client.query('select sec.begin_export($1, $2)', [id, 'insight asked'])).rejects.toMatchObject({ code: 'UV401' });
    } finally {
      await client.query('rollback');
      client.release();
      await house.db.superuser('update sec.session set auth_time = now()');
    }
  });

  it('is never more than one case: no address gives the words of two (FM-CNF-7)', async () => {
    const second = await takenCase(house, { ...registration, said: 'Ord i den anden sag' });
    await house.does('police', second, 'journal.add', { text: 'Ord i den anden sag', kind: 'personal' });
    for (const { method, path, permission } of web.routes) {
      if (method !== 'GET' || permission === 'public') continue;
      const { body } = await web.get('police', path.replace(':id', id).replace(':key', '1').replace(':command', 'journal.add'));
      expect(body.includes('Ord i den anden sag'), path).toBe(false);
    }
    for (const made of [await insight('police'), await insight('municipal')]) expect(made.body).not.toContain('Ord i den anden sag');
  });
});

describe('the insight of the person (FM-LAW-4)', () => {
  it('says what, why, from whom, to whom, for how long and with which rights', async () => {
    const { result, rows } = await audited(web, () => insight('municipal'));
    expect(rows).toEqual([{ actor: people.municipal.user, action: 'case.exported', case_ref: id, purpose: 'insight asked' }]);
    const { sections, watermark } = JSON.parse(result.body) as { sections: { title: string; lines: string[] }[]; watermark: string };
    expect(sections.map((one) => one.title)).toEqual([
      'Hvorfor oplysningerne behandles', 'Hvor oplysningerne kommer fra', 'Hvem der har fået oplysninger', 'Hvor længe de gemmes', 'Dine rettigheder', 'Det, der ikke står her',
    ]);
    expect(sections.every((one) => one.lines.length > 0)).toBe(true);
    expect(watermark).toContain('Navn municipal');
    expect(result.body).toContain('Sover dårligt');
    expect(result.body).toContain('retshåndhævelsesloven');
  });

  it('names nothing that police and Kriminalforsorgen do on their own, nor its date and author, and nothing of what the staff does among themselves', async () => {
    const guarded = await takenCase(house);
    await house.does('police', guarded, 'journal.add', { text: 'Efterretning', kind: 'personal', own: true });
    await house.does('police', guarded, 'journal.add', { text: 'Delt af politiet', kind: 'personal' });
    await house.does('probation', guarded, 'journal.add', { text: 'Tilsynets egen', kind: 'personal', own: true });
    await house.does('municipal', guarded, 'journal.add', { text: 'Vi talte om bolig', kind: 'personal' });
    await house.does('police', guarded, 'screening.ask', { screener: people.screener.user, what: 'Åben søgning' });
    await house.does('police', guarded, 'security.assess', { occasion: 'before-agreement', level: 'high', text: 'Hemmelig vurdering' });
    await house.does('police', guarded, 'address.protect', { step: 'notice', on: '2026-11-02', children: 'along' });
    await house.does('police', guarded, 'address.hold', { address: 'Skovduevej 14', why: 'Skal kunne hentes' });
    await house.does('police', guarded, 'circle.exclude', { user: people.municipal2.user, reason: 'Fætter til kandidaten' });
    for (const who of ['police', 'probation', 'municipal'] as const) {
      const result = await insight(who, 'json', guarded);
      const { records, sections } = JSON.parse(result.body) as { records: { title: string; by: string; words: string[] }[]; sections: { title: string; lines: string[] }[] };
      expect(records.map(({ title, by }) => [title, by]), who).toEqual([['Henvendelse modtaget', 'Ishøj Kommune'], ['Notat', 'Ishøj Kommune']]);
      expect(records.flatMap((one) => one.words).join(), who).toContain('Vi talte om bolig');
      expect(JSON.stringify(sections), who).not.toContain('Rigspolitiet');
      for (const secret of ['Delt af', 'Fætter', 'Hemmelig', 'Skovduevej']) expect(result.body, who).not.toContain(secret);
    }
  });

  it('holds nothing that police and Kriminalforsorgen noted about who he is, nor how anybody knew', async () => {
    const noted = await takenCase(house);
    await house.does('police', noted, 'person.update', { alias: 'Kaninen', phone: '20 99 88 77', reason: 'Set under aflytning i sag 4711' });
    await house.does('probation', noted, 'person.correct', { alias: 'Ræven', reason: 'Tilsynet hørte det' });
    await house.does('municipal', noted, 'person.update', { phone: '20 11 22 33', reason: 'Hans mor ringede' });
    await house.does('municipal', noted, 'journal.add', { text: 'Ringede fra 20 99 88 77 og fra 20 11 22 33', kind: 'personal' });
    for (const who of ['police', 'municipal', 'probation'] as const) {
      const { body } = await insight(who, 'json', noted);
      for (const secret of ['aflytning', 'Kaninen', '20 99 88 77', 'Ræven', 'Tilsynet hørte', 'Hans mor']) expect(body, `${who} ${secret}`).not.toContain(secret);
      const { records } = JSON.parse(body) as { records: { title: string; by: string; words: string[] }[] };
      expect(records.filter((one) => one.title === 'Personens oplysninger opdateret').map((one) => [one.by, one.words])).toEqual([['Ishøj Kommune', ['Telefon: 20 11 22 33']]]);
      expect(body).toContain('Ringede fra [udeladt] og fra 20 11 22 33');
    }
  });

  it('leaves out others’ names and numbers, and the material of police and Kriminalforsorgen, whoever makes it', async () => {
    for (const who of ['police', 'municipal', 'probation'] as const) {
      const { body } = await insight(who);
      const { records } = JSON.parse(body) as { records: unknown };
      const told = JSON.stringify(records);
      expect(told).toContain('Emil Sandbjerg');
      expect(told).toContain('20 30 40 50');
      for (const secret of ['Rasmus', 'Tofte', '40 50 60 70', '010190-1234', 'Navn police', 'Anders Holm', 'Tilsynets egen']) expect(told, `${who} ${secret}`).not.toContain(secret);
    }
    expect((await insight('municipal', 'pdf')).rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  });
});
