import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inboxCase, registration, testHouse } from '../support/house.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterAll(() => web.close());

const withoutUnit = (more: object = {}): Promise<string> => inboxCase(web.house, { ...registration, municipality: 'unknown', whereabouts: 'Sover på skift i Odense og Ishøj', ...more });

describe('an emergency in an inquiry without a unit (FM-CNF-10)', () => {
  it('stands first of all at the contact point, for no police know of it, until a unit is named', async () => {
    const [before, id] = [await withoutUnit({ urgent: true }), await withoutUnit()];
    const [{ number } = { number: '' }] = await web.house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [id]);
    const opened = await web.post('police', '/akut', { number, reason: 'Der er en konkret trussel på livet lige nu', what: 'number', kind: 'number', by: 'number' });
    expect(opened.statusCode, opened.body).toBe(303);
    const rows = (await web.api('officialKl', 'GET', '/api/v1/inquiries-without-unit')).json<readonly { readonly id: string; readonly emergency: boolean }[]>();
    expect(rows[0]).toMatchObject({ id, emergency: true });
    expect(rows.find((one) => one.id === before)).toMatchObject({ emergency: false });
    for (const address of ['/overblik', `/uden-enhed/${id}`]) expect((await web.get('officialKl', address)).body).toContain('Nødadgang er brugt');
    expect((await web.get('officialKl', `/uden-enhed/${before}`)).body).not.toContain('Nødadgang er brugt');
    const work = (await web.get('officialDfk', '/')).body;
    expect(work).toContain('Udpeg en enhed nu: sikkerhedskortet er åbnet ved fare for liv');
    expect(work.indexOf(`/uden-enhed/${id}`)).toBeLessThan(work.indexOf('/noedopslag/'));
    for (const who of ['police', 'policeFyn'] as const) expect((await web.get(who, '/')).body).not.toContain(number);
    await web.house.does('officialKl', id, 'contactPoint.nameUnit', { unit: 'fyn', reason: 'Er mest i Odense' });
    expect((await web.get('policeFyn', '/')).body).toContain('Tag henvendelsen: sikkerhedskortet er åbnet ved fare for liv');
    expect((await web.get('officialDfk', '/')).body).not.toContain('Udpeg en enhed nu');
  });
});
