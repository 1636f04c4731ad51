import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registration, takenCase } from '../../../../tests/support/house.js';
import { testWeb, type TestWeb } from '../../../../tests/support/web.js';
import { caseOfFyn } from '../../../../tests/support/wall-house.js';

let web: TestWeb;
let number: string;
let label: string;
beforeAll(async () => {
  web = await testWeb();
  const id = await takenCase(web.house, { ...registration, alias: 'Storm', cpr: '018190-3001', phone: '99 12 34 56' });
  await caseOfFyn(web.house, { name: 'Emil Sandbjerg' });
  const opened = await web.house.opens('police', id);
  ({ number, label } = opened);
});
afterAll(() => web.close());

/** What the look said under the field, as plain words. */
const foundIn = (body: string): string => (/aria-live="polite">(.*?)<\/div><\/div><\/div>/.exec(body.slice(body.indexOf('felt-name-fundet')))?.[1] ?? '').replaceAll(/<[^>]*>/g, '');
const look = (fields: Readonly<Record<string, string>>) => web.post('police', '/ny-henvendelse/ligner', fields);
const numbersIn = (body: string): readonly string[] => [...new Set(body.match(/UV-[0-9A-Z]{4}-[0-9A-Z]{3}/g) ?? [])];
const actions = async (): Promise<readonly string[]> => (await web.house.db.superuser<{ action: string }>('select action from audit.event order by at')).map((row) => row.action);

describe('a new inquiry begins with a look in one’s own cases (FM-INT-4)', () => {
  it.each([
    ['the name', { name: 'emil sandbjerg' }],
    ['a part of it', { name: 'Emil S' }],
    ['a longer name', { name: 'Emil Åge Sandbjerg' }],
    ['an alias given as the name', { name: 'storm' }],
    ['the CPR number', { cpr: '0181903001' }],
    ['the phone', { phone: '99123456' }],
  ])('and shows the case that is like %s, by number, label and phase', async (_what, fields) => {
    const reply = await look(fields);
    expect(reply.statusCode).toBe(200);
    expect(foundIn(reply.body)).toContain(`Ligner en af dine sager: ${number}`);
    expect(reply.body).toContain(`“${label}”, Henvendelse`);
    expect(numbersIn(reply.body)).toEqual([number]);
  });

  it.each([
    ['another name', { name: 'Karl Lund' }],
    ['a letter', { name: 'e' }],
    ['another surname', { name: 'Emil Thorup' }],
    ['the beginning of a CPR number', { cpr: '0181' }],
    ['nothing', {}],
  ])('and says so when none is like %s', async (_what, fields) => {
    const { body } = await look(fields);
    expect(foundIn(body)).toBe('Ingen af dine sager ligner.');
    expect(numbersIn(body)).toEqual([]);
  });

  it('never in others’: the same person in a case of Fyn is not shown to who is outside it', async () => {
    const { body } = await web.post('odense', '/ny-henvendelse/ligner', { name: 'Emil Sandbjerg' });
    expect(numbersIn(body)).toHaveLength(1);
    expect(numbersIn(body)).not.toContain(number);
    expect(foundIn((await web.post('jobcentre', '/ny-henvendelse/ligner', { name: 'Emil Sandbjerg' })).body)).toBe('Ingen af dine sager ligner.');
  });

  it('loses nothing that was typed, registers nothing, and is logged as a search', async () => {
    const before = (await actions()).length;
    const { body } = await look({ name: 'Emil Sandbjerg', said: 'Vil ud <nu>', municipality: '0183', channel: 'visit', 'receivedAt-dato': 'i går', 'receivedAt-tid': '10.25', _key: 'samme-noegle' });
    for (const kept of ['value="Emil Sandbjerg"', 'Vil ud &lt;nu>', 'value="i går"', 'value="10.25"', 'value="samme-noegle"']) expect(body).toContain(kept);
    expect(body).toMatch(/<option value="0183" selected/);
    expect(body).toMatch(/value="visit"[^>]*checked|checked[^>]*value="visit"/);
    expect(body).not.toContain('at rette');
    expect([...(await actions()).slice(before)].sort()).toEqual(['case.named', 'search.own']);
  });

  it('is offered by a button that posts, so that no name gets into an address', async () => {
    const { body } = await web.get('police', '/ny-henvendelse');
    expect(body).toMatch(/<form method="post"[^>]*>/);
    expect(body).toMatch(/<button type="submit"[^>]*formaction="\/ny-henvendelse\/ligner"[^>]*>Søg i mine sager/i);
    expect((await web.get('police', '/ny-henvendelse/ligner')).statusCode).toBe(404);
  });
});

describe('the unit that gets the inquiry (FM-INT-2)', () => {
  it('is said under the municipality, with each choice for who can choose without a new page, and on the page that comes back', async () => {
    const line = (body: string) => /id="felt-municipality-note"[^>]*>([^<]*)</.exec(body)?.[1];
    const empty = (await web.get('police', '/ny-henvendelse')).body;
    expect(line(empty)).toBe('');
    expect(empty).toMatch(/<option value="0183"[^>]*data-note="Henvendelsen går til Københavns Vestegn/);
    expect(line((await look({ municipality: '0183' })).body)).toContain('Henvendelsen går til Københavns Vestegn');
    expect(line((await look({ municipality: '0461' })).body)).toContain('Fyn');
    expect(line((await look({ municipality: '9999' })).body)).toBe('');
  });
});

describe('the search on every page (FM-CNF-3)', () => {
  it.each([
    ['the number', () => number], ['the number in small letters without its hyphens', () => number.toLowerCase().replaceAll('-', '')],
    ['the case’s label', () => label], ['the label with its quotes', () => `“${label}”`], ['the name', () => 'Sandbjerg'],
  ])('finds one’s own case by %s', async (_what, text) => {
    expect(numbersIn((await web.post('police', '/soeg', { q: text() })).body)).toEqual([number]);
  });

  it('finds no other’s case by its number or label', async () => {
    for (const text of [number, label]) expect((await web.post('odense', '/soeg', { q: text })).body).toContain('Ingen af de sager');
  });
});
