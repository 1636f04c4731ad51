import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSession } from '../../src/store/session-start.js';
import { sessionCookieName } from '../../src/web/login/session-cookie.js';
import { againOf, type Route } from '../../src/web/route.js';
import { formToken } from '../../src/web/visitor.js';
import { inboxCase, takenCase, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { seen } from '../support/wall-http.js';
import { caseOfFyn, noLimits } from '../support/wall-house.js';
import { fingerprint, LOOKING } from '../support/wall-sql.js';
import { addresses } from '../support/wall-walk.js';
import { type TestWeb, testWeb } from '../support/web.js';

const UNKNOWN = '4b7d0f5e-2f0b-4a53-9d0f-6d4c2a1e8f77';
const NAME = 'Ditte Skovlunde';
const CPR = '018190-3001';
const TEXT = `Ringede til ${NAME}.\nHun er "klar" & vil <b>gerne</b> mødes`;
const NOTE = { text: TEXT, kind: 'personal', own: 'false', _key: 'en-noegle', _seen: 'et-maerke' } as const;
const INQUIRY = { name: NAME, cpr: CPR, said: TEXT, municipality: '0183', channel: 'phone', place: 'freedom', urgent: 'false', _key: 'en-anden' } as const;
type Fields = Readonly<Record<string, string>>;

let web: TestWeb;
let mine: string;
let others: string;
let over: string;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  mine = await takenCase(web.house);
  others = await caseOfFyn(web.house);
  over = await begun();
  await end(over);
});
afterAll(() => web.close());

async function begun(): Promise<string> {
  const { authority, functions } = people.municipal;
  return (await startSession(web.house.login, { issuer: 'test', subject: 'municipal', name: 'Navn municipal', authority, functions, authTime: new Date(), level: 'high' })) ?? '';
}
const end = (token: string) => web.house.db.superuser('update sec.session set revoked_at = now() where token_hash = $1', [createHash('sha256').update(token).digest()]);

const OURS = (): Fields => ({ origin: web.settings.origin, 'sec-fetch-site': 'same-origin' });
const send = (token: string | undefined, url: string, fields: Fields | string, headers: Fields = OURS()) => web.app.inject({
  method: 'POST', url, payload: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...(token === undefined ? {} : { cookie: `${sessionCookieName(false)}=${token}` }), ...headers },
});
/** The token of a form as a page drew it for somebody in a session. */
const drawnFor = (who: PersonName, token: string): string => formToken(web.settings.csrfKey, { token, user: people[who].user });
/** As a page drawn for the session that is over: its token goes with it. */
const late = (url: string, fields: Fields, headers?: Fields) => send(over, url, { _csrf: drawnFor('municipal', over), ...fields }, headers);
/** From the same page, after a login in another tab. */
const after = (who: PersonName, url: string, fields: Fields, headers?: Fields) => send(web.house.tokens[who], url, { _csrf: drawnFor(who, over), ...fields }, headers);

const plain = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
const hidden = (body: string): Fields =>
  Object.fromEntries([...body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [plain(name), plain(value)]));
/** What a reader sees: the page without its tags. */
const visible = (body: string): string => plain(body.replaceAll(/<[^>]*>/g, ' '));
/** What of a form's fields was typed, and what came with it; the token says only whose form it was. */
const typedIn = ({ _csrf, ...fields }: Fields): Fields => fields;
const goer = (id: string, command = 'journal.add'): string => `/sager/${id}/goer/${command}`;
const typedForms = (): readonly Route[] => web.routes.filter((route) => againOf(route) !== undefined);
const stored = () => fingerprint(web.house.db, LOOKING);

describe('a form whose session ran out meanwhile (FM-WORK-5)', () => {
  it('gets what was typed back, out of sight, with the way to a login beside it; nothing is stored, and no cookie, address or log has it', async () => {
    const before = await stored();
    const url = `${goer(mine)}?own=false`;
    const reply = await late(url, NOTE);
    expect(reply.statusCode).toBe(401);
    expect(typedIn(hidden(reply.body))).toEqual(NOTE);
    expect(reply.body).toContain(`<form method="post" action="${url}"`);
    expect(reply.body).toMatch(/<a href="\/login" target="_blank" rel="noopener">Log ind i et nyt faneblad<\/a>/);
    expect(visible(reply.body)).toContain('Du er logget ud');
    expect(visible(reply.body)).not.toContain(NAME);
    expect(reply.body).not.toContain('<b>');
    expect([reply.headers['set-cookie'], reply.headers.location, reply.headers['cache-control']]).toEqual([undefined, undefined, 'no-store']);
    expect(web.log.at(-1)).toMatch(/^POST 401 \d+ ms$/);
    expect(await stored()).toEqual(before);
  });

  it('gets it back also when he signed out himself in another tab, which took the cookie away', async () => {
    const reply = await send(undefined, goer(mine), NOTE);
    expect([reply.statusCode, typedIn(hidden(reply.body))]).toEqual([401, NOTE]);
  });

  it('keeps every value of a field that has several', async () => {
    const reply = await send(over, goer(mine), 'kinds=personal&kinds=social');
    expect([...reply.body.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => `${name ?? ''}=${value ?? ''}`)).toEqual(['kinds=personal', 'kinds=social']);
  });

  it('gets the same bytes for his own case, for another’s and for none (access.md, order of checks)', async () => {
    const of = async (id: string) => JSON.stringify(seen(await late(goer(id), NOTE))).replaceAll(id, ':id');
    const own = await of(mine);
    expect([await of(others), await of(UNKNOWN), await of('z'.repeat(UNKNOWN.length))]).toEqual([own, own, own]);
  });

  it('gets it back also when the session ended a moment ago, and the server knew him still', async () => {
    const token = await begun();
    expect((await web.app.inject({ method: 'GET', url: goer(mine), headers: { cookie: `${sessionCookieName(false)}=${token}` } })).statusCode).toBe(200);
    await end(token);
    const before = await stored();
    for (const _csrf of [drawnFor('municipal', token), 'et andet']) {
      const reply = await send(token, goer(mine), { _csrf, ...NOTE });
      expect([reply.statusCode, typedIn(hidden(reply.body))]).toEqual([401, NOTE]);
    }
    expect(await stored()).toEqual(before);
  });

  it('is every form in which something is typed', async () => {
    expect(typedForms().map((route) => route.path)).toEqual(['/ny-henvendelse', '/ny-henvendelse/ligner', '/indbakke/:id', '/indbakke/:id/videre', '/indbakke/:id/kontaktpunkt', '/indbakke/:id/dublet', '/uden-enhed/:id', '/enhed/overtag/:id', '/spoergsmaal/proev-afslag', '/akut', '/akut/:id', '/underretninger', '/vejledning', '/vejledning/:id', '/tal/kvalitet', '/tal/kvalitet/:id', '/tal/registreret-igen', '/adgang/fund/:id', '/adgang/alarm/:id', '/sager/:id/udtraek', '/sager/:id/indsigt', '/sager/:id/arkiv', '/sager/:id/goer/:command', '/sager/:id/goer/attachment.add']);
    for (const route of typedForms()) {
      for (const url of addresses(route, mine)) expect([url, (await late(url, NOTE)).statusCode]).toEqual([url, 401]);
    }
  });

  it.each<readonly [string, () => ReturnType<typeof send>]>([
    ['from another site', () => late(goer(mine), NOTE, { origin: 'https://andre.example', 'sec-fetch-site': 'cross-site' })],
    ['from a neighbour', () => late(goer(mine), NOTE, { origin: web.settings.origin, 'sec-fetch-site': 'same-site' })],
    ['from another origin', () => late(goer(mine), NOTE, { origin: 'https://andre.example' })],
    ['from nowhere the browser tells', () => late(goer(mine), NOTE, {})],
    ['as something else than a form', () => late(goer(mine), NOTE, { ...OURS(), 'content-type': 'text/plain' })],
    ['of more fields than any form has', () => send(over, goer(mine), 'a=1&'.repeat(1_001))],
    ['with nothing typed in it', () => late('/session', {})],
  ])('%s is sent to the login as before, and gets nothing back', async (_what, asks) => {
    const reply = await asks();
    expect([reply.statusCode, reply.headers.location, reply.body]).toEqual([303, '/login', '']);
  });

  it('is no matter of the API', async () => {
    const reply = await web.app.inject({ method: 'POST', url: `/api/v1/cases/${mine}/commands/journal.add`, headers: { authorization: `Bearer ${over}`, 'content-type': 'application/json', ...OURS() }, payload: JSON.stringify({ text: TEXT }) });
    expect(reply.statusCode).toBe(401);
    expect(reply.body).not.toContain(NAME);
    expect(reply.headers['content-type']).toContain('application/problem+json');
  });

  it('is refused when it is too great for any form, and counts as one who tries tokens', async () => {
    expect((await late(goer(mine), { text: 'a'.repeat(2_500_000) })).statusCode).toBe(413);
    const slow = await testWeb(web.house, 1);
    const statuses = new Set<number>();
    for (let round = 0; round < 62; round += 1) {
      const reply = await slow.app.inject({ method: 'POST', url: goer(mine), payload: 'text=x', headers: { ...OURS(), cookie: `${sessionCookieName(false)}=${over}`, 'content-type': 'application/x-www-form-urlencoded' } });
      statuses.add(reply.statusCode);
    }
    await slow.app.close();
    expect([...statuses]).toEqual([401, 429]);
  });
});

describe('the same form after a new login (FM-WORK-5; security.md, control 29)', () => {
  it('is shown with all that was typed, carried out only when it is sent from there, and then once', async () => {
    const before = await stored();
    const given = hidden((await late(goer(mine), NOTE)).body);
    const shown = await after('municipal', goer(mine), given);
    expect(shown.statusCode).toBe(403);
    expect(visible(shown.body)).toContain('Du har logget ind igen, og det, du skrev, står her. Læs det igennem, og tryk på knappen igen, så sker det.');
    expect(plain(shown.body)).toContain(TEXT);
    expect(hidden(shown.body)).toMatchObject({ _csrf: drawnFor('municipal', web.house.tokens.municipal), _key: NOTE._key, _seen: NOTE._seen });
    expect(await stored()).toEqual(before);
    const again = { ...given, _csrf: hidden(shown.body)['_csrf'] ?? '' };
    expect((await after('municipal', goer(mine), again)).statusCode).toBe(303);
    expect((await after('municipal', goer(mine), again)).statusCode).toBe(303);
    const notes = (await web.house.opens('municipal', mine)).entries.filter((one) => one.event.type === 'NoteAdded');
    expect(notes).toHaveLength(1);
  });

  it.each(['/ny-henvendelse', '/ny-henvendelse/ligner'])('is %s as well: no inquiry, no search, and no name or number in address, cookie or log', async (url) => {
    const before = await stored();
    const given = hidden((await late(url, INQUIRY)).body);
    expect(typedIn(given)).toEqual(INQUIRY);
    const shown = await after('municipal', url, given);
    expect([shown.statusCode, shown.headers.location, shown.headers['set-cookie']]).toEqual([403, undefined, undefined]);
    for (const word of [NAME, CPR, TEXT]) expect(plain(shown.body)).toContain(word);
    for (const [, address = ''] of shown.body.matchAll(/ (?:href|action|formaction)="([^"]*)"/g)) expect(address).not.toMatch(/Ditte|018190/);
    expect(web.log.join('\n')).not.toMatch(/Ditte|018190|ny-henvendelse/);
    expect(await stored()).toEqual(before);
  });

  it('is shown also when the command cannot be given now: sending it then says why, with the text still there', async () => {
    const fields = { what: TEXT, kind: 'personal', _key: 'en-tredje' };
    const shown = await after('municipal', goer(mine, 'breach.record'), fields);
    expect([shown.statusCode, plain(shown.body).includes(TEXT)]).toEqual([403, true]);
    const sent = await web.post('municipal', goer(mine, 'breach.record'), fields);
    expect([sent.statusCode, plain(sent.body).includes(TEXT)]).toEqual([422, true]);
  });

  it('is shown also when it may be shared no longer: what was written about a breach stays in sight, and is not recorded without (FM-CON-2)', async () => {
    const id = await takenCase(web.house);
    const fields = { what: TEXT, kind: 'personal' };
    await web.house.does('municipal', id, 'consent.refuse', { reason: 'Vil ikke' });
    const sent = await web.post('municipal', goer(id, 'breach.record'), fields);
    expect([sent.statusCode, plain(sent.body).includes(TEXT)]).toEqual([422, true]);
    expect(sent.body).toContain('name="what"');
  });

  it('is the inbox’s, which is not taken by it', async () => {
    const waiting = await inboxCase(web.house);
    const before = await stored();
    const shown = await after('police', `/indbakke/${waiting}/videre`, { unit: 'fyn', reason: TEXT });
    expect(shown.statusCode).toBe(403);
    expect(plain(shown.body)).toContain(TEXT);
    expect(await stored()).toEqual(before);
  });

  it('of a case that is not his is the common 404, the same bytes as for none', async () => {
    const unknown = seen(await web.get('municipal', goer(UNKNOWN)));
    for (const id of [others, UNKNOWN, 'ikke-et-nummer']) expect(seen(await after('municipal', goer(id), NOTE))).toEqual(unknown);
    expect(seen(await after('municipal', goer(mine, 'findes.ikke'), NOTE)).status).toBe(404);
    for (const path of ['', '/videre']) expect(seen(await after('municipal', `/indbakke/${mine}${path}`, NOTE))).toEqual(unknown);
  });

  it('is shown to nobody but who typed it, and not after the session has ended again', async () => {
    const before = await stored();
    const given = hidden((await late('/ny-henvendelse', INQUIRY)).body);
    for (const who of ['police', 'odense'] as const) {
      const shown = await after(who, '/ny-henvendelse', given);
      expect([shown.statusCode, visible(shown.body).includes('Siden var for gammel')]).toEqual([403, true]);
      expect(plain(shown.body)).not.toContain(NAME);
    }
    const token = await begun();
    expect((await web.app.inject({ method: 'GET', url: goer(mine), headers: { cookie: `${sessionCookieName(false)}=${token}` } })).statusCode).toBe(200);
    await end(token);
    expect((await send(token, '/ny-henvendelse', given)).statusCode).toBe(401);
    expect(await stored()).toEqual(before);
  });

  it('from anywhere else than our own pages is refused as ever, with nothing of what it holds; the same bytes everywhere', async () => {
    const before = await stored();
    const from: readonly Fields[] = [
      {}, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'none' }, { 'sec-fetch-site': 'same-site', origin: web.settings.origin }, { origin: 'https://andre.example' }, { origin: 'null' },
      { ...OURS(), origin: 'https://andre.example' }, { ...OURS(), 'content-type': 'text/plain' },
    ];
    const answers = new Set<string>();
    for (const route of typedForms()) {
      for (const headers of from) answers.add(JSON.stringify(seen(await after('municipal', addresses(route, mine)[0] ?? '', { ...NOTE, ...INQUIRY }, headers))));
    }
    // A form in which nothing is typed is refused so from our own pages, too.
    answers.add(JSON.stringify(seen(await after('municipal', `/sager/${mine}/navne`, NOTE))));
    expect(answers.size).toBe(1);
    expect([...answers][0]).toContain('Siden var for gammel');
    expect([...answers][0]).not.toContain(NAME);
    expect(await stored()).toEqual(before);
  });

  it.each<Fields>([{ 'sec-fetch-site': 'same-origin' }, { origin: 'http://127.0.0.1:3000' }])('is known as ours by %o alone', async (headers) => {
    expect((await after('municipal', goer(mine), NOTE, headers)).statusCode).toBe(403);
    expect(plain((await after('municipal', goer(mine), NOTE, headers)).body)).toContain(TEXT);
  });
});
