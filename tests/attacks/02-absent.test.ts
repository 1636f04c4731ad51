import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseCommands } from '../../src/domain/exit-case/case.js';
import { againOf, caseAsked, type Route } from '../../src/web/route.js';
import { people } from '../support/people.js';
import { type Asked, ask, audited, seen } from '../support/wall-http.js';
import { fingerprint } from '../support/wall-sql.js';
import { told, toldToOutsiders } from '../support/wall-told.js';
import { addresses, outside, type Outsider, requests, UNKNOWN } from '../support/wall-walk.js';
import type { TestWeb } from '../support/web.js';

let web: TestWeb;
let outsiders: readonly Outsider[];
let ended: string;
let withId: readonly Route[];
beforeAll(async () => {
  ({ web, outsiders, ended } = await outside());
  withId = web.routes.filter((route) => route.path.includes(':'));
});
afterAll(() => web.close());

const NOT_AN_ID = ['abc', 'UV-7K3M-9QX', '0', UNKNOWN.toUpperCase(), `${UNKNOWN}0`, ' ', '...', '%00', '\u{1F9ED}', "'; drop table app.exit_case; --", 'null', '__proto__', 'a'.repeat(99)];

describe('Control 2: what is not for somebody (access.md, "What the outside gets")', () => {
  it('answers on every route, to every request, as an unknown id does: the same bytes, the same log, nothing stored', async () => {
    const before = await fingerprint(web.house.db, ['audit.event']);
    const { differences, compared } = await toldToOutsiders(web, outsiders);
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(900);
    expect(await fingerprint(web.house.db, ['audit.event'])).toEqual(before);
  }, 60_000);

  it('is always the same 404, whoever asks and whatever is no id', async () => {
    const others: string[] = [];
    const pages = new Set<string>();
    for (const who of ['policeFyn', 'officialKl', 'auditor'] as const) {
      for (const route of withId) {
        const urls = [UNKNOWN, ...NOT_AN_ID].flatMap((id) => addresses(route, id).slice(0, 1));
        const replies = await Promise.all(urls.map((url) => ask(web, who, { method: route.method, url, body: { text: 'x' } })));
        replies.forEach((reply, index) => {
          const { status, headers, body } = seen(reply);
          if (status === 404) pages.add(JSON.stringify([route.path.startsWith('/api/'), headers, body]));
          else others.push(`${who} ${route.method} ${urls[index] ?? ''}: ${status}`);
        });
      }
    }
    expect(others).toEqual([]);
    // One page and one problem document, byte for byte.
    expect(pages.size).toBe(2);
  });

  it('is said in the words of an address that is not there at all', async () => {
    expect(seen(await web.get('police', `/sager/${UNKNOWN}`))).toEqual(seen(await web.get('police', '/findes-ikke')));
    expect(seen(await web.api('police', 'GET', `/api/v1/cases/${UNKNOWN}`))).toEqual(seen(await web.api('police', 'GET', '/api/v1/findes-ikke')));
  });

  it('leaves one line in the log, with who asked and the id as he sent it (control 10)', async () => {
    const wrong = new Set<string>();
    for (const who of ['policeFyn', 'officialKl', 'auditor', 'admin'] as const) {
      for (const route of withId) {
        for (const url of addresses(route, UNKNOWN).slice(0, 2)) {
          const { rows } = await audited(web, () => ask(web, who, { method: route.method, url, body: { text: 'x' } }));
          const denied = rows.filter((row) => row.action.endsWith('.denied'));
          const right = denied.length === 1 && denied[0]?.actor === people[who].user && denied[0].case_ref === (caseAsked(route, { params: { id: UNKNOWN } }) ?? null) && !rows.some((row) => /^case\.(opened|command|named)$/.test(row.action));
          if (!right) wrong.add(`${who} ${route.method} ${route.path}: ${JSON.stringify(rows.map(({ action, case_ref }) => [action, case_ref]))}`);
        }
      }
    }
    expect([...wrong]).toEqual([]);
  });

  it('is the same for every command there is, in forms and API alike', async () => {
    const fyn = outsiders[0]?.id ?? '';
    const every = (id: string): readonly Asked[] => caseCommands.flatMap(({ name }) => [`/api/v1/cases/${id}/commands/${name}`, `/sager/${id}/goer/${name}`]
      .map((url): Asked => ({ method: 'POST', url, body: { text: 'x', reason: 'x' } })));
    expect(every(fyn).length).toBeGreaterThan(100);
    expect(await told(web, 'municipal2', every, fyn)).toEqual([]);
  });

  it('is the same under a key that was used before, with If-Match, and with headers that ask for more', async () => {
    const asking: readonly (readonly [string, string])[] = [
      ['idempotency-key', 'used-before'], ['if-match', '"abc"'], ['if-match', '*'], ['if-none-match', '*'], ['range', 'bytes=0-10'], ['accept', 'text/plain'], ['x-http-method-override', 'PUT'],
    ];
    const every = (id: string): readonly Asked[] => asking.flatMap(([name, value]) => ['', '/actions', '/commands/journal.add'].map((path): Asked => ({
      method: path.startsWith('/commands') ? 'POST' : 'GET', url: `/api/v1/cases/${id}${path}`, body: { text: 'Noget andet', kind: 'personal' }, headers: { [name]: value },
    })));
    expect(await told(web, 'probation', every, ended)).toEqual([]);
  });

  it('is the same in no other method, and to nobody who is not signed in', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const) {
      const of = async (id: string) => seen(await web.app.inject({ method, url: `/api/v1/cases/${id}` }));
      expect(await of(ended)).toEqual(await of(UNKNOWN));
    }
    for (const route of withId) {
      const of = async (id: string) => seen(await ask(web, undefined, { method: route.method, url: addresses(route, id)[0] ?? '', body: { text: 'x' } }));
      // A form in which something is typed goes back to who typed it; everything else is sent to the login.
      expect((await of(ended)).status).toBe(route.path.startsWith('/api/') || againOf(route) ? 401 : 303);
      // The login is told the way back, which is what was asked for: the one place where the two differ.
      const wayBack = (id: string, answer: Awaited<ReturnType<typeof of>>) => JSON.stringify(answer).replaceAll(id, ':id');
      expect(wayBack(ended, await of(ended))).toEqual(wayBack(UNKNOWN, await of(UNKNOWN)));
    }
  });

  it('would be noticed: a member gets another answer by most of these routes', async () => {
    let others = 0;
    for (const route of withId) if ((await told(web, 'municipal', (id) => requests(route, id).slice(0, 1), ended)).length > 0) others += 1;
    expect(others).toBeGreaterThanOrEqual(6);
  });
});
