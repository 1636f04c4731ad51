import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHouse } from '../support/house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(), 1_000_000); });
afterAll(() => web.close());

const EARLY = 'Den dag skal være periodens sidste dag eller en senere: før den kunne tallene ikke være registreret.';
interface Problem { readonly errors: readonly { readonly pointer: string; readonly detail: string }[] }
const page = (typed: Readonly<Record<string, string>>) => web.get('officialKl', `/tal/sammenlign?${new URLSearchParams({ fra: '1. januar 2016', til: '30. juni 2020', ...typed }).toString()}`);
const program = (query: Readonly<Record<string, string>>) => web.api('officialKl', 'GET', `/api/v1/statistics/compared?${new URLSearchParams({ from: '2016-01-01', asOf: '2020-06-30', ...query }).toString()}`);
/** What is said at a field of the page. */
const at = (body: string, name: string): string => new RegExp(`id="${name}-fejl"[^>]*>([^]*?)</span>`).exec(body)?.[1] ?? (new RegExp(`name="${name}"[^>]*aria-invalid="true"`).test(body) ? 'invalid' : '');

describe('two periods beside one another (FM-STA-3)', () => {
  it('are drawn as of a day when both were over: of the other the same is said as of the first, and at the same place', async () => {
    // The other ends after the first, and after the day that the figures are drawn as of.
    const other = await page({ opgjort: '31. december 2020', med: '1. januar 2021' });
    expect([other.statusCode, other.body.includes(EARLY), other.body.includes('Som opgjort den: '), at(other.body, 'opgjort') === '', at(other.body, 'med')]).toEqual([422, true, true, false, '']);
    // What is said of the first.
    const first = await page({ opgjort: '29. juni 2020', med: '30. juni 2019' });
    expect([first.statusCode, first.body.includes(EARLY), at(first.body, 'opgjort'), at(first.body, 'med')]).toEqual([422, true, at(other.body, 'opgjort'), '']);
    // Of both at once it is said once.
    const both = await page({ opgjort: '29. juni 2020', med: '1. januar 2021' });
    expect([both.statusCode, both.body.split(`Som opgjort den: ${EARLY}`).length]).toEqual([422, first.body.split(`Som opgjort den: ${EARLY}`).length]);
    // What was typed stays, and no figure is shown.
    for (const typed of ['31. december 2020', '1. januar 2021']) expect(other.body).toContain(`value="${typed}"`);
    expect(other.body).not.toContain('De to perioder ved siden af hinanden');
  });

  it('may be drawn as of the very last day of the later one, and of any day after; and now', async () => {
    const allowed: readonly Readonly<Record<string, string>>[] = [{ opgjort: '1. januar 2021', med: '1. januar 2021' }, { opgjort: '2. januar 2021', med: '1. januar 2021' }, { med: '1. januar 2021' }, { opgjort: '30. juni 2020' }, { opgjort: '30. juni 2020', med: '30. juni 2020' }];
    for (const typed of allowed) {
      const reply = await page(typed);
      expect([typed, reply.statusCode, reply.body.includes('De to perioder ved siden af hinanden')]).toEqual([typed, 200, true]);
    }
  });

  it('the same by program, for a day and for a moment', async () => {
    for (const drawn of ['2020-12-31', '2020-12-31T12:00:00.000Z', '2020-06-30']) {
      const reply = await program({ drawn, with: '2021-01-01' });
      expect([drawn, reply.statusCode, reply.json<Problem>().errors]).toEqual([drawn, 422, [{ pointer: '/drawn', detail: `Ret drawn. ${EARLY}` }]]);
    }
    expect((await program({ drawn: '2020-06-29', with: '2021-01-01' })).json<Problem>().errors).toEqual([{ pointer: '/drawn', detail: `Ret drawn. ${EARLY}` }]);
    const allowed: readonly Readonly<Record<string, string>>[] = [{ drawn: '2021-01-01', with: '2021-01-01' }, { drawn: '2021-01-01T12:00:00.000Z', with: '2021-01-01' }, { drawn: '2020-06-30' }, { with: '2021-01-01' }];
    for (const query of allowed) {
      const reply = await program(query);
      expect([query, reply.statusCode, reply.json<{ other: { asOf: string } }>().other.asOf]).toEqual([query, 200, query['with'] ?? '2019-06-30']);
    }
  });

  it('says of a day that cannot be compared with, and of a period that cannot be used, what it said', async () => {
    expect((await program({ with: '2030-01-01', drawn: '2020-06-30' })).json<Problem>().errors).toMatchObject([{ pointer: '/with' }]);
    expect((await program({ with: '2021-01-01', asOf: '2030-01-01', drawn: '2020-06-30' })).json<Problem>().errors).toMatchObject([{ pointer: '/asOf' }]);
    const unreadable = await page({ opgjort: '31. december 2020', med: 'i fjor' });
    expect([unreadable.statusCode, unreadable.body.includes('Sammenlign med: Datoen kan ikke læses'), unreadable.body.includes(EARLY)]).toEqual([422, true, false]);
  });
});
