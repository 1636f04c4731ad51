import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, copenhagenDate, formatDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { aCaseInCourse } from '../support/agreement-states.js';
import { aDischargedCase } from '../support/course-states.js';
import { tellFigures } from '../support/figures-told.js';
import { heldAt } from '../support/held-statement.js';
import { people, type PersonName } from '../support/people.js';
import type { Scenario } from '../support/scenario.js';
import { testWeb, type TestWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(); });
afterAll(() => web.close());

const today = () => copenhagenDate(web.house.clock());
const ago = (days: number): PlainDate => addDays(today(), -days);
/** An ended course in the figures; the number of its case. */
async function numbered(scenario: Scenario = aDischargedCase('2026-03-02')): Promise<string> {
  const [before] = await web.house.db.superuser<{ ids: string[] }>('select coalesce(array_agg(id), $1) as ids from app.exit_case', ['{}']);
  await tellFigures(web.house.db, [scenario]);
  const [row] = await web.house.db.superuser<{ number: string }>('update app.exit_case set number = sec.case_number(public.gen_random_bytes(8)) where id <> all ($1) returning number', [before?.ids]);
  return row?.number ?? '';
}
/** The day after which there is a month to register in: whose course ended long before. */
async function ended(): Promise<string> {
  const number = await numbered();
  await web.house.db.superuser(`update stat.standing s set from_date = '2026-03-02' from stat.link l, app.exit_case c where l.stat_id = s.stat_id and c.id = l.case_id and c.number = $1 and s.superseded_at is null and s.to_date is null`, [number]);
  return number;
}
const PAGE = '/tal/registreret-igen';
const API = '/api/v1/commands/contactPoint.recordReRegistration';
const sends = (who: PersonName, number: string, on: PlainDate, more: Readonly<Record<string, string>> = {}) => web.post(who, PAGE, { number, on: formatDate(on), what: 'record', ...more });
const program = (who: PersonName, number: string, on: PlainDate, more: object = {}) => web.api(who, 'POST', API, { number, on, ...more });
const stands = async (number: string): Promise<readonly string[]> =>
  (await web.house.db.superuser<{ on: string }>('select r.on_date::text as on from stat.re_registration r join stat.link l on l.stat_id = r.stat_id join app.exit_case c on c.id = l.case_id where c.number = $1 and r.superseded_at is null order by 1', [number])).map(({ on }) => on);
const logged = async () => (await web.house.db.superuser<{ n: string }>('select count(*) as n from audit.event'))[0]?.n;
const newest = async () => (await web.house.db.superuser<{ action: string; case_ref: string | null; purpose: string | null }>('select action, case_ref, purpose from audit.event order by at desc limit 1'))[0];
const TICK = 'Det er en ny registrering';
const asksFor = (day: PlainDate): string => `Det står her allerede, at personen blev registreret igen ${formatDate(day)}. Er det en ny registrering, så sæt kryds, og gem igen. Er det den samme, skal du ikke gemme noget.`;

describe('the same person registered again twice within thirty days (FM-END-5)', () => {
  it('is asked about before it is recorded, with the day that stands; with his word for it, it is recorded', async () => {
    const number = await ended();
    const empty = (await web.get('officialKl', PAGE)).body;
    expect((await sends('officialKl', number, ago(10))).statusCode).toBe(303);
    for (const on of [ago(11), ago(9), ago(40), today()]) {
      const reply = await sends('officialDfk', number, on);
      expect([on, reply.statusCode, reply.body.includes(asksFor(ago(10))), reply.body.includes(TICK), reply.body.includes(`value="${formatDate(on)}"`), reply.body.includes(`value="${number}"`)]).toEqual([on, 422, true, true, true, true]);
      // The question stands before the button.
      expect(reply.body.lastIndexOf(TICK)).toBeLessThan(reply.body.indexOf('>Gem<'));
      expect(reply.body).not.toMatch(/name="another"[^>]* checked/);
    }
    expect([await stands(number), empty.includes(TICK)]).toEqual([[ago(10)], false]);
    const ticked = await sends('officialDfk', number, ago(9), { another: 'true' });
    expect([ticked.statusCode, await stands(number)]).toEqual([303, [ago(10), ago(9)]]);
  });

  it('is not asked about when it is thirty-one days from it, when the one near it was taken back, or when it is taken back itself', async () => {
    const number = await ended();
    await sends('officialKl', number, ago(31));
    expect((await sends('officialKl', number, today())).statusCode).toBe(303);
    const other = await ended();
    await sends('officialKl', other, ago(10));
    await sends('officialKl', other, ago(10), { what: 'withdraw' });
    expect([(await sends('officialKl', other, ago(9))).statusCode, await stands(other)]).toEqual([303, [ago(9)]]);
    await sends('officialKl', other, ago(8), { another: 'true' });
    expect([(await sends('officialKl', other, ago(8), { what: 'withdraw' })).statusCode, await stands(other)]).toEqual([303, [ago(9)]]);
  });

  it('of the very same day is said to stand already, whether he ticks it or not; the nearest is told of several', async () => {
    const number = await ended();
    await sends('officialKl', number, ago(20));
    for (const send of [() => sends('officialKl', number, ago(20)), () => sends('officialKl', number, ago(20), { another: 'true' })]) expect((await send()).body).toContain('Det er allerede registreret, at det skete');
    await sends('officialKl', number, ago(10), { another: 'true' });
    expect((await sends('officialKl', number, ago(12))).body).toContain(asksFor(ago(10)));
    expect((await sends('officialKl', number, ago(18))).body).toContain(asksFor(ago(20)));
    expect(await stands(number)).toEqual([ago(20), ago(10)]);
  });

  it('by program is refused by its rule at the field by which it is confirmed', async () => {
    const number = await ended();
    expect((await program('officialKl', number, ago(10))).json()).toEqual({ outcome: 'recorded' });
    const reply = await program('officialDfk', number, ago(9));
    const { rule, errors } = reply.json<{ rule: string; errors: readonly { pointer: string; detail: string }[] }>();
    expect([reply.statusCode, rule, errors]).toEqual([422, 'FM-END-5', [{ pointer: '/another', detail: `Det står her allerede, at personen blev registreret igen ${formatDate(ago(10))}. Er det en ny registrering, så send another som true. Er det den samme, skal du ikke gemme noget.` }]]);
    expect([(await program('officialDfk', number, ago(9), { another: false })).statusCode, await stands(number)]).toEqual([422, [ago(10)]]);
    expect((await program('officialDfk', number, ago(9), { another: true })).json()).toEqual({ outcome: 'recorded' });
    // The first of its kind needs no word, and takes one.
    const first = await ended();
    expect((await program('officialKl', first, ago(9), { another: true })).json()).toEqual({ outcome: 'recorded' });
    const wrong = await program('officialKl', number, ago(8), { another: 'ja' });
    expect([wrong.statusCode, wrong.json<{ rule?: string; errors: readonly { pointer: string }[] }>()]).toMatchObject([422, { errors: [{ pointer: '/another' }] }]);
    expect(wrong.json<{ rule?: string }>().rule).toBeUndefined();
  });

  it('of two at once takes one, and asks about the other', async () => {
    const number = await ended();
    const held = await heldAt(web.house.db, 'before insert on stat.re_registration for each row');
    const first = sends('officialKl', number, ago(10));
    await held.reached();
    const second = sends('officialDfk', number, ago(9));
    await held.waitsBehind(second);
    await held.release();
    expect([(await first).statusCode, (await second).statusCode, await stands(number)]).toEqual([303, 422, [ago(10)]]);
  });

  it('is told to who may know of the number alone: an unknown one, one that goes on and one that shuts him out answer as they did, and leave the row they left', async () => {
    const number = await ended();
    await sends('officialKl', number, ago(10));
    await web.house.db.superuser('insert into app.block (case_id, user_id) select id, $2 from app.exit_case where number = $1', [number, people.officialDfk.user]);
    const goesOn = await numbered(aCaseInCourse('2026-03-02'));
    const [free] = await web.house.db.superuser<{ number: string }>('select sec.case_number(public.gen_random_bytes(8)) as number');
    const told = (body: string, typed: string): string => body.slice(body.indexOf('<main'), body.indexOf('</main')).replaceAll(typed, 'NUMBER').replace(/name="_csrf"[^>]*/g, '');
    const seen = await Promise.all([number, goesOn, free?.number ?? ''].map(async (one) => {
      const reply = await sends('officialDfk', one, ago(9));
      const byProgram = await program('officialDfk', one, ago(9));
      return [reply.statusCode, told(reply.body, one), byProgram.statusCode, byProgram.body];
    }));
    expect(seen[0]).toEqual(seen[2]);
    expect(seen[1]).toEqual(seen[2]);
    expect(seen[0]?.[1]).toContain('Der er ikke noget afsluttet forløb med det nummer');
    await sends('officialDfk', number, ago(9));
    expect(await newest()).toEqual({ action: 'case.denied', case_ref: null, purpose: 'registered again' });
    // Ticked it is the same.
    expect((await sends('officialDfk', number, ago(9), { another: 'true' })).body).toContain('Der er ikke noget afsluttet forløb med det nummer');
    expect(await stands(number)).toEqual([ago(10)]);
    const before = await logged();
    await sends('officialKl', number, ago(9));
    expect([Number(await logged()) - Number(before), await newest()]).toEqual([1, { action: 'figures.unchanged', case_ref: null, purpose: null }]);
    for (const who of ['police', 'municipal', 'auditor', 'admin'] as const) expect([(await sends(who, number, ago(9))).statusCode, (await program(who, number, ago(9))).statusCode]).toEqual([404, 404]);
  });
});
