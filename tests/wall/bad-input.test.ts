import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseCommands } from '../../src/domain/exit-case/case.js';
import { registration, takenCase, testHouse } from '../support/house.js';
import { type Asked, ask } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { fingerprint, LOOKING } from '../support/wall-sql.js';
import { isDanish, problemWords } from '../support/wall-words.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let id: string;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  id = await takenCase(web.house);
  await web.house.does('municipal', id, 'journal.add', { text: 'Det første notat', kind: 'personal' });
});
afterAll(() => web.close());

const note = (): string => `/api/v1/cases/${id}/commands/journal.add`;
const meeting = (): string => `/api/v1/cases/${id}/commands/meeting.record`;
const person = (): string => `/api/v1/cases/${id}/commands/person.update`;
const API = '/api/v1/cases';
const MEGABYTE = 1_000_000;
const RIGHT = { text: 'Ringede', kind: 'personal' };

const stored = () => fingerprint(web.house.db, LOOKING);

describe('bad input to the API', () => {
  type Row = readonly [what: string, request: () => Omit<Asked, 'method'>, statuses: readonly number[], pointer?: RegExp];
  const cases: readonly Row[] = [
    ['JSON that ends too soon', () => ({ url: note(), body: '{"text":"x"' }), [400]],
    ['JSON that is none', () => ({ url: note(), body: 'text=x' }), [400]],
    ['an empty body', () => ({ url: note(), body: '' }), [400, 422]],
    ['a list', () => ({ url: note(), body: '[1,2,3]' }), [422]],
    ['null', () => ({ url: note(), body: 'null' }), [422]],
    ['a number', () => ({ url: note(), body: '42' }), [400, 422]],
    ['a text', () => ({ url: note(), body: '"tekst"' }), [400, 422]],
    ['a number for a text', () => ({ url: note(), body: '{"text":5}' }), [422], /^\/text$/],
    ['a list for a text', () => ({ url: note(), body: '{"text":["a","b"]}' }), [422], /^\/text$/],
    ['an object for a text', () => ({ url: note(), body: '{"text":{"a":1}}' }), [422], /^\/text$/],
    ['a text for yes or no', () => ({ url: note(), body: '{"text":"x","phone":"ja"}' }), [422], /^\/phone$/],
    ['a choice that is not there', () => ({ url: note(), body: '{"text":"x","kind":"rygter"}' }), [422], /^\/kind$/],
    ['an empty text', () => ({ url: note(), body: '{"text":"   "}' }), [422], /^\/text$/],
    ['a field that is not there, perhaps a misspelt one', () => ({ url: note(), body: '{"text":"x","knid":"health"}' }), [422], /^\/knid$/],
    ['a megabyte of text', () => ({ url: note(), body: JSON.stringify({ ...RIGHT, text: 'æ'.repeat(MEGABYTE / 2) }) }), [422], /^\/text$/],
    ['three megabytes', () => ({ url: note(), body: JSON.stringify({ ...RIGHT, text: 'a'.repeat(3 * MEGABYTE) }) }), [413]],
    ['NUL', () => ({ url: note(), body: JSON.stringify({ ...RIGHT, text: 'a\u0000b' }) }), [422], /^\/text$/],
    ['the bell', () => ({ url: note(), body: JSON.stringify({ ...RIGHT, text: 'a\u0007b' }) }), [422], /^\/text$/],
    ['escape', () => ({ url: note(), body: JSON.stringify({ ...RIGHT, text: '\u001b[31mrød' }) }), [422], /^\/text$/],
    ['delete', () => ({ url: note(), body: JSON.stringify({ ...RIGHT, text: 'a\u007fb' }) }), [422], /^\/text$/],
    ['a control character of the upper half', () => ({ url: note(), body: JSON.stringify({ ...RIGHT, text: 'a\u009bb' }) }), [422], /^\/text$/],
    ['half a character', () => ({ url: note(), body: '{"text":"a\\ud83db","kind":"personal"}' }), [422], /^\/text$/],
    ['a prototype', () => ({ url: note(), body: '{"text":"x","__proto__":{"kind":"health"}}' }), [400, 422]],
    ['a constructor', () => ({ url: note(), body: '{"text":"x","constructor":{"prototype":{"admin":true}}}' }), [400, 422]],
    ['a hundred thousand lists in each other', () => ({ url: note(), body: `{"text":${'['.repeat(100_000)}${']'.repeat(100_000)}}` }), [400, 422]],
    ['a hundred thousand objects in each other, beside it', () => ({ url: note(), body: `{"text":"x","more":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}` }), [400, 422]],
    ['a list of two hundred thousand', () => ({ url: note(), body: JSON.stringify({ text: Array.from({ length: 200_000 }, () => 1) }) }), [422], /^\/text$/],
    ['a command that is not there', () => ({ url: `${API}/${id}/commands/findes.ikke`, body: '{}' }), [422]],
    ['a command named as a part of every object', () => ({ url: `${API}/${id}/commands/__proto__`, body: '{}' }), [422]],
    ['a form', () => ({ url: note(), body: 'text=x', type: 'application/x-www-form-urlencoded' }), [415, 422]],
    ['xml', () => ({ url: note(), body: '<text>x</text>', type: 'application/xml' }), [415]],
    ['plain text', () => ({ url: note(), body: 'x', type: 'text/plain' }), [415, 422]],
    ['an old If-Match', () => ({ url: note(), body: RIGHT, headers: { 'if-match': '"ikke-den-nyeste"' } }), [409]],
    ['a key of 201 characters', () => ({ url: note(), body: RIGHT, headers: { 'idempotency-key': 'k'.repeat(201) } }), [400, 422]],
    ['a key of a hundred thousand characters', () => ({ url: note(), body: RIGHT, headers: { 'idempotency-key': randomBytes(75_000).toString('base64url') } }), [400, 422, 431]],
    ['an empty key', () => ({ url: note(), body: RIGHT, headers: { 'idempotency-key': '' } }), [400, 422]],
    ['a meeting in 1850', () => ({ url: meeting(), body: { heldAt: '1850-01-01T10:00:00.000Z', participants: 'x', text: 'x', kind: 'personal' } }), [422], /^\/heldAt$/],
    ['a meeting in 2200', () => ({ url: meeting(), body: { heldAt: '2200-01-01T10:00:00.000Z', participants: 'x', text: 'x', kind: 'personal' } }), [422], /^\/heldAt$/],
    ['a meeting on a day that does not exist', () => ({ url: meeting(), body: { heldAt: '2026-02-30T10:00:00.000Z', participants: 'x', text: 'x' } }), [422], /^\/heldAt$/],
    ['a moment without a zone', () => ({ url: meeting(), body: { heldAt: '2026-02-03T10:00', participants: 'x', text: 'x' } }), [422], /^\/heldAt$/],
    ['a move in 1850', () => ({ url: `${API}/${id}/commands/residence.change`, body: { municipality: '0461', from: '1850-01-01' } }), [422], /^\/from$/],
    ['a move in 2200', () => ({ url: `${API}/${id}/commands/residence.change`, body: { municipality: '0461', from: '2200-01-01' } }), [422], /^\/from$/],
    ['a municipality that is not there', () => ({ url: API, body: { ...registration, municipality: '9999' } }), [422], /^\/municipality$/],
    ['an inquiry of 1850', () => ({ url: API, body: { ...registration, receivedAt: '1850-01-01T10:00:00.000Z' } }), [422], /^\/receivedAt$/],
    ['an inquiry of 2200', () => ({ url: API, body: { ...registration, receivedAt: '2200-01-01T10:00:00.000Z' } }), [422], /^\/receivedAt$/],
    ['an inquiry without anything', () => ({ url: API, body: '{}' }), [422]],
    ...['1', '010101', '0101011234567', 'abcdefghij', '3113991234', '000000-0000', '0101O1-1234', '010101–12345', '\u0660\u0661\u0660\u0661\u0660\u0661-1234', '\u{1F600}', "' or 1=1"].map(
      (cpr): Row => [`a CPR number written ${JSON.stringify(cpr)}`, () => ({ url: person(), body: { cpr } }), [422], /^\/cpr$/],
    ),
  ];

  for (const [what, request, statuses, pointer] of cases) it(`${what}: is refused in Danish, at the field, and stores nothing`, async () => {
    const before = await stored();
    const reply = await ask(web, 'municipal', { method: 'POST', ...request() });
    expect(statuses).toContain(reply.statusCode);
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
    for (const text of problemWords(reply.body)) expect(text).toSatisfy(isDanish);
    if (pointer) {
      const { errors } = JSON.parse(reply.body) as { errors: readonly { pointer: string }[] };
      expect(errors.map((one) => one.pointer)).toContainEqual(expect.stringMatching(pointer));
    }
    expect(await stored()).toEqual(before);
  });

  it('says the same of a key that was used, with a body so deep that it cannot be written down', async () => {
    const key = { 'idempotency-key': 'deep-1' };
    expect((await ask(web, 'municipal', { method: 'POST', url: note(), body: RIGHT, headers: key })).statusCode).toBe(200);
    const deep = await ask(web, 'municipal', { method: 'POST', url: note(), body: `{"text":"x","more":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, headers: key });
    expect([400, 422]).toContain(deep.statusCode);
    for (const text of problemWords(deep.body)) expect(text).toSatisfy(isDanish);
  });

  it('is answered in Danish for every field of every command, whatever stands there instead', () => {
    const wrong: readonly unknown[] = [5, -1.5, true, null, 'x', '', '\u0000', 'a'.repeat(30_000), [], [null], ['x'], {}, { x: 1 }, [[]], '1850-01-01', '2200-13-45'];
    const said = new Map<string, string>();
    for (const command of caseCommands) {
      const shape = (command.input as unknown as { shape?: Readonly<Record<string, unknown>> }).shape;
      const inputs: readonly unknown[] = [...wrong, ...Object.keys(shape ?? {}).flatMap((field) => wrong.map((value) => ({ [field]: value })))];
      for (const input of inputs) {
        for (const issue of command.input.safeParse(input).error?.issues ?? []) if (!isDanish(issue.message)) said.set(`${command.name} ${issue.path.join('.')}: ${issue.message}`, '');
      }
    }
    expect([...said.keys()]).toEqual([]);
  });

  it('keeps emoji and text from right to left as they were written', async () => {
    for (const text of ['👩‍👩‍👧 og 🧭', 'مرحبا، كيف حالك؟', 'שלום', '﷽', 'e\u0301 é', '漢字', '<script>alert(1)</script> & "x" \'y\'', '{{7*7}} ${7*7} %s']) {
      expect((await web.api('municipal', 'POST', note(), { text, kind: 'personal' })).statusCode).toBe(200);
      const { timeline } = (await web.api('municipal', 'GET', `${API}/${id}`)).json<{ timeline: readonly { words: { text?: string } }[] }>();
      expect(timeline.map((one) => one.words.text)).toContain(text);
    }
    const page = (await web.get('municipal', `/sager/${id}/journal`)).body;
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;script>alert(1)&lt;/script> &amp; ');
  });

  it.each([
    '/api/v1/statistics', '/api/v1/statistics?asOf=igår', '/api/v1/statistics?asOf=2019-01-14&asOf=2019-01-15', '/api/v1/statistics?from=2020-01-01&asOf=2019-01-14',
    '/api/v1/statistics?asOf=2019-02-30', '/api/v1/statistics?asOf=2019-01-14&drawn=x', '/api/v1/statistics?asOf=%00',
  ])('says in Danish what is wrong with the question %s', async (url) => {
    const reply = await web.api('officialKl', 'GET', url);
    expect(reply.statusCode).toBe(422);
    for (const text of problemWords(reply.body)) expect(text).toSatisfy(isDanish);
  });
});
