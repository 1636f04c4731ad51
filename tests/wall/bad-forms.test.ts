import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csrfToken } from '../../src/web/visitor.js';
import { takenCase, testHouse } from '../support/house.js';
import { type Asked, ask } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { fingerprint, LOOKING } from '../support/wall-sql.js';
import { fieldWords, isDanish } from '../support/wall-words.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let id: string;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  id = await takenCase(web.house);
});
afterAll(() => web.close());

const MEGABYTE = 1_000_000;
const stored = () => fingerprint(web.house.db, LOOKING);

describe('bad input to a form', () => {
  const form = (): string => `/sager/${id}/goer/journal.add`;
  const text = 'En lang tanke, som nogen har skrevet i ti minutter';

  it.each<readonly [string, () => string, Readonly<Record<string, string>>, string, readonly string[]]>([
    ['a choice that is not there', form, { text, kind: 'rygter' }, 'kind', [text]],
    ['a megabyte of text', form, { text: `${text}${'a'.repeat(MEGABYTE)}`, kind: 'personal' }, 'text', [text, 'Der er plads til 20.000 tegn']],
    ['NUL and escape', form, { text: `${text}\u0000\u001b`, kind: 'personal' }, 'text', [text]],
    ['an empty note', form, { text: '  ', kind: 'health' }, 'text', ['Skriv notatet']],
    ['a meeting in 1850', () => `/sager/${id}/goer/meeting.record`, { 'heldAt-dato': '1. januar 1850', 'heldAt-tid': '10.00', participants: 'Os', text, kind: 'personal' }, 'heldAt', [text]],
    ['a meeting in 2200', () => `/sager/${id}/goer/meeting.record`, { 'heldAt-dato': '1. januar 2200', 'heldAt-tid': '10.00', participants: 'Os', text, kind: 'personal' }, 'heldAt', [text, '1. januar 2200']],
    ['a day nobody can read', () => `/sager/${id}/goer/meeting.record`, { 'heldAt-dato': 'i forgårs', 'heldAt-tid': '25.61', participants: 'Os', text, kind: 'personal' }, 'heldAt', [text, 'i forgårs', '25.61']],
    ['a CPR number of another shape', () => '/ny-henvendelse', { municipality: '0183', said: text, cpr: '12345', channel: 'phone', place: 'freedom', urgent: 'false' }, 'cpr', [text, '12345', 'ti cifre']],
    ['a CPR number in emoji', () => '/ny-henvendelse', { municipality: '0183', said: text, cpr: '👻', channel: 'phone' }, 'cpr', [text, '👻']],
    ['no municipality', () => '/ny-henvendelse', { said: text, channel: 'phone' }, 'municipality', [text, 'Vælg den kommune']],
  ])('%s: comes back with the words at the field and what was typed, and stores nothing', async (_what, url, fields, field, kept) => {
    const before = await stored();
    const reply = await web.post('municipal', url(), fields);
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toMatch(new RegExp(`id="[^"]*${field}[^"]*-fejl"|id="[^"]*${field}[^"]*"[^>]*tabindex="-1"|class="form-error-message"`));
    expect(reply.body).toContain('role="alert"');
    expect(reply.body).toMatch(/<title>Fejl: /);
    for (const one of kept) expect(reply.body).toContain(one);
    const said = fieldWords(reply.body);
    expect(said.length).toBeGreaterThan(0);
    for (const one of said) expect(one).toSatisfy(isDanish);
    expect(await stored()).toEqual(before);
  });

  it('too great for any form says so, and stores nothing', async () => {
    const before = await stored();
    const reply = await web.post('municipal', form(), { text: 'a'.repeat(3 * MEGABYTE) });
    expect(reply.statusCode).toBe(413);
    expect(reply.body).toContain('for stort');
    expect(await stored()).toEqual(before);
  });

  it('of the kind that only a program sends, is never a failure of ours', async () => {
    const token = csrfToken(web.settings.csrfKey, web.house.tokens.municipal);
    const raw = (url: string, body: string, type = 'application/x-www-form-urlencoded'): Asked => ({ method: 'POST', url, body, type });
    const odd: readonly Asked[] = [
      raw(form(), `_csrf=${token}&text=a&text=b&kind=personal&kind=health`), raw(form(), `_csrf=${token}&text[0]=a&text[__proto__]=b&__proto__=c&constructor=d`),
      raw(form(), `_csrf=${token}&text=%ff%fe%00&kind=%00`), raw(form(), `_csrf=${token}&_key=${randomBytes(6_000).toString('hex')}&text=En&kind=personal`), raw(form(), `_csrf=${token}&_key=a%00b&text=To&kind=personal`),
      raw(form(), `_csrf=${token}&_key=x&_key=y&text=Tre&kind=personal`), raw(form(), `_csrf=${token}&${Array.from({ length: 3_000 }, (_, n) => `f${n}=1`).join('&')}`),
      raw(form(), JSON.stringify({ _csrf: token, text: 5, kind: ['personal'] }), 'application/json'), raw(form(), JSON.stringify({ _csrf: token, text: { a: 1 } }), 'application/json'),
      raw(form(), JSON.stringify({ _csrf: token, text: 'x', _key: 7 }), 'application/json'), raw('/soeg', JSON.stringify({ _csrf: token, q: { a: 1 } }), 'application/json'),
      raw('/soeg', `_csrf=${token}&q=${'a'.repeat(MEGABYTE)}`), raw('/soeg', `_csrf=${token}&q=%00&q=b`), raw('/ny-henvendelse', JSON.stringify({ _csrf: token, said: [[[]]], municipality: {} }), 'application/json'),
      raw(form(), '', 'multipart/form-data; boundary=x'), raw(form(), 'x', 'text/plain'), raw(form(), 'x', 'application/octet-stream'), raw(`/sager/${id}/navne`, `_csrf=${token}&x=${'a'.repeat(100_000)}`),
      raw(`/sager/${id}/goer/__proto__`, `_csrf=${token}`), raw(`/sager/${id}/goer/constructor`, `_csrf=${token}`), raw(`/sager/${id}/goer/inquiry.register`, `_csrf=${token}&said=x`),
      ...['?entry=a&entry=b', `?entry=${id}&entry=${id}`, '?__proto__=x', '?entry=%00', `?${'a'.repeat(5_000)}=1`].flatMap((query): readonly Asked[] => [
        { method: 'GET', url: `/sager/${id}/goer/journal.correct${query}` }, raw(`/sager/${id}/goer/journal.correct${query}`, `_csrf=${token}&text=x`),
      ]),
      ...['?side=-1', '?side=1e99', '?side=abc', '?side=1&side=2', '?vis=x&vis=y', '?side=%00', '?side=99999999999999999999'].map((query): Asked => ({ method: 'GET', url: `/sager${query}` })),
    ];
    const broken: string[] = [];
    for (const one of odd) {
      const reply = await ask(web, 'municipal', one);
      if (reply.statusCode >= 500) broken.push(`${one.method} ${one.url.slice(0, 60)} ${JSON.stringify(one.body ?? '').slice(-60)}: ${reply.statusCode}`);
      else if (reply.statusCode >= 400) expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
    }
    for (const query of ['?fra=a&fra=b', '?til=a&til=b', '?fra=1850-01-01', '?til=2200-01-01', '?fra=2200-01-01', '?fra=%00', '?fra=31.02.2026', '?til=9999-12-31', '?fra=0000-00-00']) {
      const reply = await web.get('officialKl', `/tal${query}`);
      if (reply.statusCode >= 500) broken.push(`GET /tal${query}: ${reply.statusCode}`);
    }
    expect(broken).toEqual([]);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('of an address that cannot be read answers as every address that is not there', async () => {
    const absent = await web.get('municipal', '/findes-ikke');
    for (const url of ['/sager/%zz', '/%', `/sager/${'a'.repeat(200)}`, `/sager/${id}/goer/${'a'.repeat(200)}`]) {
      const reply = await web.get('municipal', url);
      expect([reply.statusCode, reply.body], url.slice(0, 40)).toEqual([404, absent.body]);
    }
  });
});
