import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, copenhagenDate, formatDate, knownDate } from '../../src/domain/kernel/time.js';
import { nationally } from '../../src/domain/statistics/breakdown.js';
import { nationalCells, nationalCorrections } from '../../src/store/figures.js';
import { aCaseInCourse } from '../support/agreement-states.js';
import { aRefusedCase } from '../support/assessment-states.js';
import { aDischargedCase, anInterruptedCase } from '../support/course-states.js';
import { tellFigures } from '../support/figures-told.js';
import { people, type PersonName } from '../support/people.js';
import type { Scenario } from '../support/scenario.js';
import { testWeb, type TestWeb } from '../support/web.js';

/** A number with another check character than it must have. */
const MISTYPED_NUMBER = 'UV-7K3M-9QW';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(); });
afterAll(() => web.close());

const today = () => copenhagenDate(web.house.clock());
/** The case in the figures; its number. */
async function numbered(scenario: Scenario): Promise<string> {
  const [before] = await web.house.db.superuser<{ ids: string[] }>('select coalesce(array_agg(id), $1) as ids from app.exit_case', ['{}']);
  await tellFigures(web.house.db, [scenario]);
  const [row] = await web.house.db.superuser<{ number: string }>(
    `update app.exit_case set number = sec.case_number(public.gen_random_bytes(8)) where id <> all ($1) returning number`, [before?.ids]);
  return row?.number ?? '';
}
const PAGE = '/tal/registreret-igen';
const API = '/api/v1/commands/contactPoint.recordReRegistration';
const sends = (who: PersonName, number: string, on: string, what = 'record') => web.post(who, PAGE, { number, on, what });
const again = async (): Promise<number> =>
  nationally(await nationalCells(web.house.web, web.house.tokens.officialKl, { from: knownDate('2011-01-01'), asOf: today(), drawnAt: web.house.clock() })).completed.reRegistered;

describe('somebody is registered again after his course (FM-END-5)', () => {
  it('counts among those whose course ended, from the day it happened, by the number of the case alone', async () => {
    const number = await numbered(aDischargedCase('2026-03-02'));
    const before = await again();
    const reply = await sends('officialKl', number.toLowerCase(), formatDate(today()));
    expect([reply.statusCode, reply.headers['location']]).toEqual([303, '/tal']);
    expect(await again()).toBe(before + 1);
    const rows = await web.house.db.superuser<{ action: string; actor: string }>(`select action, actor from audit.event where action like 'figures.corr%'`);
    expect(rows).toEqual([{ action: 'figures.corrected', actor: people.officialKl.user }]);
  });

  it('can be taken back when it was a mistake, and what was drawn before says so as a correction (FM-STA-3)', async () => {
    const number = await numbered(aDischargedCase('2026-03-02'));
    const on = formatDate(today());
    expect((await sends('officialKl', number, on)).statusCode).toBe(303);
    const counted = await again();
    expect((await sends('officialKl', number, on)).body).toContain('Det er allerede registreret');
    web.house.setClock(`${addDays(today(), 1)}T09:00:00.000Z` as never);
    const drawn = { from: knownDate('2011-01-01'), asOf: addDays(today(), -1), drawnAt: web.house.clock() };
    web.house.setClock(`${today()}T10:00:00.000Z` as never);
    expect((await sends('officialKl', number, on, 'withdraw')).statusCode).toBe(303);
    expect(await again()).toBe(counted - 1);
    expect((await sends('officialKl', number, on, 'withdraw')).body).toContain('så der er intet at rette');
    const { rows: late } = await nationalCorrections(web.house.web, web.house.tokens.officialKl, drawn, web.house.clock());
    expect(late.map(({ was, is }) => [was, is])).toEqual([['completed-re-registered', 'completed']]);
  });

  it.each([
    ['a case that goes on', () => aCaseInCourse('2026-03-02')], ['one that was refused', () => aRefusedCase('2026-03-02')],
  ])('is not said of %s, in the words for a number that nobody has', async (_what, scenario) => {
    const number = await numbered(scenario());
    const on = formatDate(today());
    const reply = await sends('officialKl', number, on);
    const [free] = await web.house.db.superuser<{ number: string }>('select sec.case_number(public.gen_random_bytes(8)) as number');
    const nobodys = free?.number ?? '';
    const unknown = await sends('officialKl', nobodys, on);
    const told = (body: string, typed: string): string => body.slice(body.indexOf('<main'), body.indexOf('</main')).replaceAll(typed, 'NUMBER').replace(/name="_csrf"[^>]*/g, '');
    expect([reply.statusCode, told(reply.body, number)]).toEqual([unknown.statusCode, told(unknown.body, nobodys)]);
    expect(reply.statusCode).toBe(422);
  });

  it('is not said of a case that shuts the official out (control 20)', async () => {
    const number = await numbered(anInterruptedCase('2026-03-02'));
    await web.house.db.superuser('insert into app.block (case_id, user_id) select id, $2 from app.exit_case where number = $1', [number, people.officialKl.user]);
    expect((await sends('officialKl', number, formatDate(today()))).body).toContain('Der er ikke noget afsluttet forløb med det nummer');
    expect((await sends('officialPolice', number, formatDate(today()))).statusCode).toBe(303);
  });

  it('needs a number that is well written, a day that has been, and no day before the course had ended; what was typed stays', async () => {
    const scenario = aDischargedCase('2026-03-02');
    const number = await numbered(scenario);
    for (const [typed, on, said] of [['UV-1', formatDate(today()), 'Nummeret er ikke skrevet rigtigt'], [number, 'i går', 'kan ikke læses'], [number, formatDate(addDays(today(), 1)), 'ligger i fremtiden'], [number, '1. marts 2026', 'Forløbet sluttede']] as const) {
      const reply = await sends('officialKl', typed, on);
      expect([reply.statusCode, reply.body.includes(said), reply.body.includes(`value="${typed}"`), reply.body.includes(`value="${on}"`)], `${typed} ${on}`).toEqual([422, true, true, true]);
    }
  });

  it('is the contact point’s alone, on the page and by program', async () => {
    const number = await numbered(aDischargedCase('2026-03-02'));
    const before = await again();
    for (const who of ['police', 'municipal', 'probation', 'custody', 'auditor', 'admin', 'screener'] as const) {
      expect([(await web.get(who, PAGE)).statusCode, (await sends(who, number, formatDate(today()))).statusCode, (await web.api(who, 'POST', API, { number, on: today() })).statusCode], who).toEqual([404, 404, 404]);
    }
    expect(await again()).toBe(before);
    expect((await web.api('officialKl', 'POST', API, { number, on: today() })).json()).toEqual({ outcome: 'recorded' });
  });

  it('says by program where what was sent is wrong; a rule is named for what a rule refuses, never for what was mistyped', async () => {
    const number = await numbered(aDischargedCase('2026-03-02'));
    const day = today();
    const bad: readonly (readonly [unknown, readonly string[], string | undefined])[] = [
      [undefined, ['/number', '/on'], undefined], [{}, ['/number', '/on'], undefined], [{ number: 7, on: 7, withdraw: 'nej' }, ['/number', '/on', '/withdraw'], undefined], [{ number: MISTYPED_NUMBER, on: day }, ['/number'], undefined],
      [{ number, on: '2026-02-30' }, ['/on'], undefined], [{ number, on: addDays(day, 1) }, ['/on'], undefined], [{ number, on: day, why: 'x' }, [''], undefined], [[], [''], undefined], [{ number, on: '2026-03-01' }, ['/on'], 'FM-END-5'],
    ];
    const before = await again();
    for (const [body, pointers, rule] of bad) {
      const reply = await web.api('officialKl', 'POST', API, body);
      const { errors, rule: named } = reply.json<{ errors: readonly { pointer: string }[]; rule?: string }>();
      expect([reply.statusCode, errors.map(({ pointer }) => pointer), named], JSON.stringify(body)).toEqual([422, pointers, rule]);
    }
    expect(await again()).toBe(before);
  });
});
