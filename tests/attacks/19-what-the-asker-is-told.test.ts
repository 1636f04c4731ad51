import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { caseNumber, EXAMPLE_NUMBER, parseCaseNumber } from '../../src/domain/kernel/case-number.js';
import { demonstrationCpr } from '../../src/domain/kernel/cpr.js';
import { formatInstant, instant, knownDate } from '../../src/domain/kernel/time.js';
import { takenCase, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type Prompt, prompt } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

const REASON = 'Han har ringet og sagt, at to mænd med våben står uden for hans dør nu.';
const CPR = demonstrationCpr(knownDate('1992-06-09'), 'male', 33);

let web: TestWeb;
let sql: Prompt;
let id: string;
let number: string;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  sql = await prompt(web.house.db, 'udvej_web');
  ({ id, number } = await another());
});
afterEach(async () => {
  await web.house.db.superuser(`update audit.event set at = at - interval '2 days' where action like 'emergency.%'`);
  for (const table of ['audit.review', 'sec.emergency', 'match.wanted']) await web.house.db.superuser(`delete from ${table}`);
});
afterAll(async () => {
  await sql.close();
  await web.close();
});

const another = async () => {
  const of = await takenCase(web.house);
  return { id: of, number: (await web.house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [of]))[0]?.number ?? '' };
};
const opens = (who: PersonName, fields: Readonly<Record<string, string>> = { number, reason: REASON }) => web.post(who, '/akut', fields);
const reviewed = () => web.house.db.superuser('delete from audit.review');
const formWith = (body: string, name: string): string => (body.match(/<form\b.*?<\/form>/gs) ?? []).find((form) => form.includes(`name="${name}"`)) ?? '';

describe('Control 19: what who asks in an emergency is told (FM-CNF-10)', () => {
  it('says of the third in a day how many there are, when there is one again and what to do meanwhile, and keeps what was typed', async () => {
    await opens('policeFyn');
    await reviewed();
    await opens('policeFyn');
    await reviewed();
    const [first] = await web.house.db.superuser<{ again: string }>(`select audit.moment(min(at) + interval '1 day') as again from audit.event where action = 'emergency.opened' and at > now() - interval '1 day'`);
    const before = (await web.house.db.superuser(`select 1 from audit.event where action = 'page.denied'`)).length;
    const third = await opens('policeFyn');
    const again = formatInstant(instant(first?.again ?? '') ?? web.house.clock());
    expect(third.statusCode).toBe(429);
    for (const words of ['to nødopslag', again, '112', 'vagtleder', REASON, number, '<title>Fejl: Nødopslag']) expect(third.body, words).toContain(words);
    expect(third.body).not.toContain('Prøv igen om lidt');
    expect((await web.house.db.superuser(`select 1 from audit.event where action = 'page.denied'`)).length).toBe(before + 1);
    const byCpr = await opens('policeFyn', { cpr: CPR });
    expect([byCpr.statusCode, byCpr.body.includes('to nødopslag'), byCpr.body.includes(CPR)]).toEqual([429, true, true]);
  });

  it('says a refusal as an alert, in the title, and at the field where there is one', async () => {
    await opens('policeFyn');
    const second = await opens('policeFyn');
    expect([second.statusCode, /<title>Fejl:/.test(second.body), /role="alert"[^>]*>.*?ikke gennemgået endnu/s.test(second.body), second.body.includes('nøglen til sagen')]).toEqual([422, true, true, false]);
    expect(second.body).toContain(REASON);
    const nobody = await opens('odense', { number: caseNumber(randomBytes(8)), reason: REASON });
    expect([nobody.statusCode, /<title>Fejl:/.test(nobody.body), /role="alert"/.test(nobody.body), /aria-invalid="true"[^>]*name="number"|name="number"[^>]*aria-invalid="true"/.test(nobody.body)]).toEqual([200, true, true, true]);
  });

  it('asks by number and by CPR number in forms of their own, so that nothing is demanded in vain or dropped', async () => {
    const { body } = await web.get('policeFyn', '/akut');
    const [byNumber, byCpr] = [formWith(body, 'number'), formWith(body, 'cpr')];
    expect([byNumber.includes('name="reason"'), byNumber.includes('name="cpr"'), byCpr.includes('name="reason"'), byCpr.includes('skal udfyldes')]).toEqual([true, false, false, true]);
    const empty = await opens('policeFyn', { cpr: '' });
    expect([empty.statusCode, formWith(empty.body, 'cpr').includes('aria-invalid="true"'), formWith(empty.body, 'number').includes('aria-invalid="true"')]).toEqual([422, true, false]);
    const both = await opens('policeFyn', { number, cpr: CPR, reason: REASON });
    expect([both.statusCode, both.body.includes(CPR), both.body.includes(number), await web.house.db.superuser('select 1 from sec.emergency')]).toEqual([422, true, true, []]);
  });

  it('leads who is in the case to it, begins nothing and counts nothing, and says to everybody else what it always said', async () => {
    const counted = () => web.house.db.superuser(`select 1 from audit.event where action like 'emergency.%' and at > now() - interval '1 day'`);
    for (const who of ['police', 'municipal', 'probation'] as const) {
      const own = await opens(who);
      expect([who, own.statusCode, own.body.includes('Du er med i sagen. Åbn den her.'), own.body.includes(`href="/sager/${id}/sikkerhed"`)]).toEqual([who, 200, true, true]);
      expect([await counted(), await web.house.db.superuser('select 1 from sec.emergency'), await web.house.db.superuser('select 1 from audit.review')]).toEqual([[], [], []]);
    }
    const bare = (body: string): string => (/<main.*<\/main>/s.exec(body)?.[0] ?? '').replace(/(?:value|data-csrf)="[^"]*"/g, '').replace(/Udskrevet af [^<]*/, '');
    const nobody = await opens('police2', { number: caseNumber(randomBytes(8)), reason: REASON });
    await web.house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [id, people.municipal.user]);
    const shut = await opens('municipal');
    await web.house.db.superuser('delete from app.block');
    expect([shut.statusCode, bare(shut.body)]).toEqual([nobody.statusCode, bare(nobody.body)]);
    expect((await opens('police2')).statusCode).toBe(303);
  });

  it('does not take who is in the case for one measure for somebody who reads the card', async () => {
    await web.house.db.superuser(`insert into app.case_member (case_id, user_id, role, subject, valid_from) values ($1, $2, 'owner', 'x', now())`, [id, people.municipal2.user]);
    const outside = await opens('municipal2');
    await web.house.db.superuser('delete from app.case_member where user_id = $1', [people.municipal2.user]);
    expect([outside.statusCode, outside.headers.location]).toEqual([303, `/akut/${id}/kort`]);
  });

  it('wants the reason in words, as the auditor does', async () => {
    for (const reason of ['a'.repeat(60), '\u{1F6A8}'.repeat(45), '1234567890 '.repeat(6)]) {
      const refused = await opens('policeFyn', { number, reason });
      expect([refused.statusCode, refused.body.includes('Skriv med ord, hvad der truer nogens liv')]).toEqual([422, true]);
    }
    expect(await web.house.db.superuser('select 1 from sec.emergency')).toEqual([]);
  });

  it('calls a number with a wrong character mistyped, counts it for nothing, and shows as its example one that is written rightly', async () => {
    expect(parseCaseNumber(EXAMPLE_NUMBER)).toBe(EXAMPLE_NUMBER);
    for (const typed of ['UV-7K3M-9QW', `${number.slice(0, -1)}${number.endsWith('X') ? 'W' : 'X'}`]) {
      const refused = await opens('policeFyn', { number: typed, reason: REASON });
      expect([typed, refused.statusCode, refused.body.includes('skrevet forkert: et tegn er galt')]).toEqual([typed, 422, true]);
    }
    expect((await opens('policeFyn', { number: 'x', reason: REASON })).body).toContain('som ser sådan ud');
    const { body } = await web.get('policeFyn', '/akut');
    expect([body.includes(EXAMPLE_NUMBER), body.includes('Du har to tilbage')]).toEqual([true, true]);
  });

  it('says how many are left of the day’s two, and what counts as one', async () => {
    const shown = async () => /Du har (\S+) tilbage/.exec((await web.get('policeFyn', '/akut')).body)?.[1];
    expect(await shown()).toBe('to');
    await opens('policeFyn', { number: caseNumber(randomBytes(8)), reason: REASON });
    expect(await shown()).toBe('ét');
    await opens('policeFyn', { cpr: CPR });
    expect(await shown()).toBeUndefined();
    expect((await web.get('odense', '/akut')).body).toContain('også når der ikke er noget kort');
  });

  it('says on top that none can be made now and why, before anything is filled in, and shows no form for it', async () => {
    const page = async () => {
      const { body } = await web.get('policeFyn', '/akut');
      return { body, form: body.includes('name="number"') || body.includes('name="cpr"') };
    };
    expect((await page()).form).toBe(true);
    await opens('policeFyn');
    const after = await page();
    expect([after.form, after.body.includes('ikke gennemgået endnu'), after.body.includes(`/akut/${id}/kort`)]).toEqual([false, true, true]);
    const again = await opens('policeFyn', { number: caseNumber(randomBytes(8)), reason: REASON });
    expect([again.body.split('ikke gennemgået endnu').length, again.body.includes(REASON), again.body.includes('tilbage i dette døgn')]).toEqual([2, true, false]);
    await reviewed();
    expect((await page()).form).toBe(true);
    const nothing = await opens('policeFyn', { number: caseNumber(randomBytes(8)), reason: REASON });
    const [first] = await web.house.db.superuser<{ again: string }>(`select audit.moment(min(at) + interval '1 day') as again from audit.event where action = 'emergency.opened' and at > now() - interval '1 day'`);
    const when = formatInstant(instant(first?.again ?? '') ?? web.house.clock());
    expect([nothing.statusCode, nothing.body.includes('ikke noget sikkerhedskort'), nothing.body.includes(when), nothing.body.includes('name="number"')]).toEqual([200, true, true, false]);
    const none = await page();
    expect([none.form, none.body.includes(when)]).toEqual([false, true]);
  });

  it('keeps the form for what fell over before the circle was told, also when it was the last of the day', async () => {
    await opens('policeFyn', { number: caseNumber(randomBytes(8)), reason: REASON });
    expect((await sql.tries(web.house.tokens.policeFyn, 'select sec.emergency_by_number($1)', { values: [number] })).refused).toBeUndefined();
    const { body } = await web.get('policeFyn', '/akut');
    expect([body.includes('name="number"'), body.includes('skriv samme nummer igen'), body.includes('ikke gennemgået endnu')]).toEqual([true, true, false]);
    expect((await opens('policeFyn')).headers.location).toBe(`/akut/${id}/kort`);
  });

  it('says whom to ring who can truly say yes: police for all but its own, where one may be alone', async () => {
    await opens('odense', { cpr: CPR });
    await opens('policeFyn', { cpr: CPR });
    const [odense, police] = [(await web.get('odense', '/akut')).body, (await web.get('policeFyn', '/akut')).body];
    expect([odense.includes('Politiets exitenheder og kollegerne i din myndighed er spurgt'), police.includes('Politiets exitenheder og'), police.includes('Kollegerne i din myndighed er spurgt')]).toEqual([true, false, true]);
  });

  it('tells two open cards from one another by their cases’ numbers', async () => {
    const other = await another();
    await opens('policeFyn');
    await reviewed();
    await opens('policeFyn', { number: other.number, reason: REASON });
    const { body } = await web.get('policeFyn', '/akut');
    for (const one of [{ id, number }, other]) expect(new RegExp(`href="/akut/${one.id}/kort"[^>]*>[^<]*${one.number}`).test(body)).toBe(true);
  });

  it('shows whom to call on every card: what police wrote, else the case’s unit, and 112', async () => {
    await opens('policeFyn');
    const bare = await web.get('policeFyn', `/akut/${id}/kort`);
    expect(bare.body).toContain('Politiet har ikke udfyldt kortet endnu');
    for (const words of ['Københavns Vestegn', '112']) expect(bare.body, words).toContain(words);
    await web.house.does('police', id, 'safetyCard.set', { call: 'Vagthavende, 11 11 11 11' });
    const filled = await web.get('policeFyn', `/akut/${id}/kort`);
    expect([filled.body.includes('Vagthavende, 11 11 11 11'), filled.body.includes('Politiet har ikke udfyldt kortet endnu'), filled.body.includes(`<span class="nowrap">${number}</span>`), filled.body.includes('<dl class="pairs')]).toEqual([true, false, true, true]);
    // A card that names nobody along says that nobody is, as on the case's own page.
    for (const body of [filled.body, (await web.get('police', `/sager/${id}/sikkerhed`)).body]) expect(body).toMatch(/Hvem er med[^a-zæøå]*(?:<[^>]+>\s*)*Ingen/);
    expect(filled.body).not.toContain(people.police.user);
  });
});
