import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testWeb, type TestWeb } from '../../../../tests/support/web.js';
import { addDays, copenhagenDate, formatDate } from '../../../domain/kernel/time.js';
import { fieldId } from '../../ui/field-id.js';

let web: TestWeb;
let share: number | undefined;
beforeAll(async () => {
  web = await testWeb(undefined, 1_000, () => share);
});
afterAll(() => web.close());

const today = () => copenhagenDate(web.house.clock());
const API = '/api/v1/statistics';
const NOT_WHOLE = 'Demonstrationens historie er ved at blive lagt ind (41 %). Tallene er ikke færdige.';

describe('figures of a record that is still being filled (FM-STA-1)', () => {
  it('say so on the page and by program, as long as it lasts and no longer', async () => {
    share = 0.419;
    expect((await web.get('officialKl', '/tal')).body).toContain(NOT_WHOLE);
    expect((await web.api('officialKl', 'GET', `${API}?asOf=${today()}`)).json()).toMatchObject({ complete: false });
    share = undefined;
    expect((await web.get('officialKl', '/tal')).body).not.toContain('lagt ind');
    expect((await web.api('officialKl', 'GET', `${API}?asOf=${today()}`)).json()).toMatchObject({ complete: true });
  });
});

describe('lists of what is now, while a demonstration’s past is told (FM-NCP-1)', () => {
  it('say to the contact point that old cases stand there as if they were new, as long as it lasts', async () => {
    share = 0.419;
    const PAGES = ['/', '/overblik', '/underretninger'];
    for (const page of PAGES) expect((await web.get('officialKl', page)).body, page).toContain('ved at blive lagt ind (41 %). Så længe står gamle sager her, som om de var nye');
    expect((await web.post('officialKl', '/underretninger', {})).body).toContain('lagt ind (41 %)');
    // A unit has none of them.
    expect((await web.get('police', '/')).body).not.toContain('lagt ind');
    share = undefined;
    for (const page of PAGES) expect((await web.get('officialKl', page)).body, page).not.toContain('lagt ind');
  });
});

describe('a period that cannot be counted (FM-STA-1)', () => {
  const ask = (from: string, asOf: string) => web.get('officialKl', `/tal?fra=${encodeURIComponent(from)}&til=${encodeURIComponent(asOf)}`);
  const DRAWN = 'Igangværende exitforløb';

  it('is drawn when both days are well written, as Danes write them', async () => {
    const reply = await ask('1.4.2015', '14. januar 2019');
    expect(reply.statusCode).toBe(200);
    expect(reply.body).toContain(DRAWN);
    expect(reply.body).toContain('for 1. april 2015 – 14. januar 2019');
  });

  it.each([
    ['a day that does not exist', '31.02.2026', '14. januar 2019', 'fra', '31.02.2026', 'kan ikke læses'],
    ['a word', '1. april 2015', 'sidste år', 'til', 'sidste år', 'kan ikke læses'],
    ['a day before there was a programme', '31. december 2010', '14. januar 2019', 'fra', '31. december 2010', 'Tallene begynder 1. januar 2011'],
    ['an end before the start', '2. april 2019', '1. april 2019', 'til', '1. april 2019', 'Perioden slutter, før den begynder'],
  ])('of %s is refused at its field, keeps what was typed, and draws nothing', async (_what, from, asOf, field, kept, why) => {
    const reply = await ask(from, asOf);
    expect(reply.statusCode).toBe(422);
    expect(reply.body).not.toContain(DRAWN);
    expect(reply.body).toContain(`value="${kept}"`);
    expect(reply.body).toContain('Der er én ting at rette');
    const id = fieldId(field);
    const said = (pattern: string) => new RegExp(pattern).exec(reply.body)?.[1] ?? '';
    expect(said(`<a [^>]*href="#${id}"[^>]*>([^<]*)<`)).toContain(why);
    expect(said(`id="${id}-fejl"><span class="sr-only">Fejl: </span>([^<]*)<`)).toContain(why);
    expect(reply.body).toMatch(new RegExp(`<input id="${id}"[^>]*aria-invalid="true"`));
  });

  it('is not counted into the future, on the page or by program', async () => {
    const tomorrow = addDays(today(), 1);
    const reply = await ask('1. april 2015', formatDate(tomorrow));
    expect([reply.statusCode, reply.body.includes(DRAWN)]).toEqual([422, false]);
    expect(reply.body).toContain('i fremtiden');
    const api = await web.api('officialKl', 'GET', `${API}?asOf=${tomorrow}`);
    expect([api.statusCode, api.json<{ detail: string }>().detail]).toEqual([422, expect.stringContaining('i fremtiden')]);
  });

  it('names both fields when both are wrong', async () => {
    const { body } = await ask('x', 'y');
    expect(body).toContain('Der er to ting at rette');
  });
});

describe('what was recorded by a moment (FM-STA-3)', () => {
  const drawn = (text: string) => web.api('officialKl', 'GET', `${API}?asOf=2019-01-14&drawn=${encodeURIComponent(text)}`);

  it('is asked for by a day, which is its end, or by an instant; of today it is now', async () => {
    expect((await drawn('2026-11-01')).json()).toMatchObject({ drawnAt: '2026-11-01T23:00:00.000Z' });
    expect((await drawn(today())).json()).toMatchObject({ drawnAt: web.house.clock() });
    expect((await drawn('2026-11-01T12:00:00.000Z')).json()).toMatchObject({ drawnAt: '2026-11-01T12:00:00.000Z' });
  });

  it.each(['i går', '2026-02-30', '2026-11-01T12:00', '2030-01-01', '9999-12-31', '2030-01-01T12:00:00.000Z'])('cannot be asked for by %s; the answer says which forms are taken', async (text) => {
    const reply = await drawn(text);
    expect(reply.statusCode).toBe(422);
    expect(reply.json<{ detail: string }>().detail).toMatch(/2019-01-14 .*2019-01-14T12:00:00\.000Z/);
  });
});
