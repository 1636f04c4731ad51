import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { nationalCompleteness } from '../../src/store/figures.js';
import { testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  await web.house.db.superuser('delete from stat.drawing');
});
afterAll(() => web.close());

const DRAWING = { from: knownDate('2026-01-01'), asOf: knownDate('2026-11-02') };

interface Course {
  readonly unit?: string;
  readonly state?: string;
  readonly category?: string | null;
  readonly age?: string | null;
  readonly municipality?: string | null;
  readonly place?: string;
  readonly followUp?: { readonly due: string; readonly held?: string };
  readonly measures?: readonly string[];
  readonly caseId?: string;
}
/** A course as the record has it; complete, but for what is said. */
async function course({ unit = 'fyn', state = 'course', category = '1a', age = '18-24', municipality = '0461', place = 'freedom', followUp, measures = ['mentor'], caseId }: Course): Promise<void> {
  const id = randomUUID();
  const at = '2026-03-01T08:00:00.000Z';
  await web.house.db.superuser('insert into stat.standing (stat_id, state, from_date, recorded_at, unit, municipality, category, place, age_band, measures) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [id, state, '2026-02-01', at, unit, municipality, category, place, age, measures]);
  const { due, held } = followUp ?? { due: '2026-11-20' };
  if (due !== '') await web.house.db.superuser('insert into stat.follow_up (stat_id, unit, due_on, held_on, recorded_at) values ($1, $2, $3, $4, $5)', [id, unit, due, held ?? null, at]);
  if (caseId !== undefined) await web.house.db.superuser('insert into stat.link (case_id, stat_id) values ($1, $2)', [caseId, id]);
}
const counted = async (who: PersonName, unit: string | null) => (await nationalCompleteness(web.house.web, web.house.tokens[who], { ...DRAWING, drawnAt: web.house.clock() }))?.find((row) => row.unit === unit);

describe('how complete the record is (FM-NCP-7)', () => {
  it('counts running courses alone, by what a figure knows of them: facts, a follow-up to come, a measure that has been started', async () => {
    await course({});
    await course({ category: null });
    await course({ age: null });
    await course({ municipality: null });
    // In prison a municipality is not asked for.
    await course({ municipality: null, place: 'custody' });
    await course({ category: null, age: null, municipality: null });
    // A day that has passed is none to come, nor one that is held; this very day is.
    await course({ followUp: { due: '2026-11-01' } });
    await course({ followUp: { due: '2026-11-20', held: '2026-11-01' } });
    await course({ followUp: { due: '2026-11-02' } });
    await course({ followUp: { due: '' } });
    await course({ measures: [] });
    await course({ measures: [], age: '40+' });
    for (const state of ['assessment', 'accepted', 'completed', 'refused']) await course({ state, category: null, followUp: { due: '' }, measures: [] });
    await course({ unit: 'bornholm', category: null });
    expect(await counted('officialKl', 'fyn')).toEqual({ unit: 'fyn', courses: 12, lacking: 4, unplanned: 3, unmeasured: 2 });
    expect(await counted('officialKl', 'bornholm')).toEqual({ unit: 'bornholm', courses: 1, lacking: 1, unplanned: 0, unmeasured: 0 });
    expect(await counted('officialKl', null)).toEqual({ unit: null, courses: 13, lacking: 5, unplanned: 3, unmeasured: 2 });
  });

  it('is told on the page and by program without small numbers, with what each number does not say', async () => {
    const { body } = await web.get('officialKl', '/tal/kvalitet?fra=1.+januar+2026');
    for (const text of ['Hvad der mangler i de igangværende forløb 2. november 2026', '33 %', '25 %', '17 %', 'Den siger ikke, om enheden ved det']) expect(body).toContain(text);
    const { units: rows } = (await web.api('officialKl', 'GET', '/api/v1/statistics/practice?from=2026-01-01&asOf=2026-11-02')).json<{ units: readonly { unit: string | null }[] }>();
    expect(rows.find(({ unit }) => unit === 'fyn')).toMatchObject({ lacking: 33, unplanned: 25, unmeasured: 17 });
    expect(rows.find(({ unit }) => unit === 'bornholm')).toMatchObject({ lacking: null, unplanned: null, unmeasured: null });
    expect(rows.find(({ unit }) => unit === 'oestjylland')).not.toHaveProperty('lacking');
  });

  it('is the contact point’s alone', async () => {
    for (const who of (Object.keys(people) as PersonName[]).filter((one) => !one.startsWith('official'))) {
      expect(await nationalCompleteness(web.house.web, web.house.tokens[who], { ...DRAWING, drawnAt: web.house.clock() }), who).toBeUndefined();
      expect([(await web.get(who, '/tal/kvalitet')).statusCode, (await web.api(who, 'GET', '/api/v1/statistics/practice?asOf=2026-11-02')).statusCode], who).toEqual([404, 404]);
    }
  });

  it('leaves out a case that shuts the official out, for him alone (control 20)', async () => {
    const caseId = randomUUID();
    await web.house.db.superuser(`insert into app.exit_case (id, number, label, unit, phase, place, since, version, created_at, touched_at) values ($1, 'T-1', 'Falken', 'fyn', 'closed', 'freedom', '2026-01-01', 1, now(), now())`, [caseId]);
    await course({ category: null, caseId });
    await web.house.db.superuser('insert into app.block (case_id, user_id) values ($1, $2)', [caseId, people.officialDfk.user]);
    expect((await counted('officialKl', 'fyn'))?.lacking).toBe(5);
    expect((await counted('officialDfk', 'fyn'))?.lacking).toBe(4);
  });
});
