import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addDays, instantOf, knownDate } from '../../src/domain/kernel/time.js';
import { MOST_ACKNOWLEDGED } from '../../src/store/notifications.js';
import { formToken } from '../../src/web/visitor.js';
import { type NotifiedHouse, notifiedHouse } from '../support/notified-house.js';
import { people, type PersonName } from '../support/people.js';

let desk: NotifiedHouse;
beforeAll(async () => { desk = await notifiedHouse(); });
afterEach(() => desk.forgets());
afterAll(() => desk.close());

const TODAY = knownDate('2026-11-02');
const daysAgo = (days: number) => instantOf(addDays(TODAY, -days), 12, 0);
const plain = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const page = async (who: PersonName, url = '/underretninger') => (await desk.web.get(who, url)).body;
/** A form with fields of several values, as a browser sends ticks. */
const sends = (fields: readonly (readonly [string, string])[], url = '/underretninger', token = formToken(desk.web.settings.csrfKey, { token: desk.web.house.tokens.officialKl, user: people.officialKl.user })) => desk.web.app.inject({
  method: 'POST', url, payload: new URLSearchParams([['_csrf', token], ...fields.map(([name, value]) => [name, value])]).toString(),
  headers: { cookie: `udvej=${desk.web.house.tokens.officialKl}`, 'content-type': 'application/x-www-form-urlencoded', origin: desk.web.settings.origin, 'sec-fetch-site': 'same-origin' },
});
const open = async () => (await desk.listed('officialKl')).map(({ id }) => id);
/** What the next page says was done. */
const said = async (reply: Awaited<ReturnType<typeof sends>>): Promise<string> => {
  const cookie = reply.cookies.find(({ name }) => name === 'udvej-sagt');
  const next = await desk.web.app.inject({ method: 'GET', url: reply.headers.location ?? '', headers: { cookie: `udvej=${desk.web.house.tokens.officialKl}; udvej-sagt=${encodeURIComponent(cookie?.value ?? '')}` } });
  return /class="alert-text">([^<]*)</.exec(next.body)?.[1] ?? '';
};

describe('the inbox of notifications (FM-NOT-1)', () => {
  it('a row’s own button acknowledges that row alone, and keeps the ticks of the others', async () => {
    const [alone = '', ticked = '', third = ''] = await desk.sends(await desk.begun(), 3, daysAgo(1));
    const before = await open();
    const reply = await sends([['kun', alone], ['id', ticked], ['id', alone], ['paa-siden', third]]);
    expect([reply.statusCode, plain(reply.body).includes('Du har kvitteret for én underretning. Det, du havde valgt, er stadig valgt.')]).toEqual([200, true]);
    expect([...reply.body.matchAll(/name="id" value="([^"]+)"[^>]*checked/g)].map(([, id]) => id)).toEqual([ticked]);
    expect((await open()).sort()).toEqual(before.filter((id) => id !== alone).sort());
    // With no other ticked it goes as before; one that is none is refused, and the ticks stay.
    expect(await said(await sends([['kun', third]]))).toBe('Du har kvitteret for én underretning.');
    expect((await sends([['kun', 'x'], ['id', ticked]])).statusCode).toBe(422);
    expect(await open()).toContain(ticked);
    // Enter on a tick sends the ticks: the form's first button is no row's own.
    expect(/<button type="submit" form="kvitter"[^>]*>/.exec(await page('officialKl'))?.[0]).not.toContain('name="kun"');
  });

  it('says of a notification whose case ended as a double that it did, and of no other (FM-STA-4)', async () => {
    const [double, other] = [await desk.begun(), await desk.begun()];
    const says = async () => plain(await page('officialKl')).split('Sagen er afsluttet som dublet og tæller ikke med i nogen tal').length - 1;
    expect(await says()).toBe(0);
    await desk.house.db.superuser(`insert into app.retention (case_id, outcome, ended_on, due_on, unit, archived) values ($1, 'duplicate', '2026-11-02', '2027-11-02', 'fyn', '{}'), ($2, 'refused', '2026-11-02', '2031-11-02', 'fyn', '{}')`, [double, other]);
    expect(await says()).toBe(1);
    const listed = (await desk.web.api('officialKl', 'GET', '/api/v1/notifications')).json<readonly { readonly caseId: string; readonly endedAsDouble: boolean }[]>();
    expect([double, other].map((id) => listed.find((one) => one.caseId === id)?.endedAsDouble)).toEqual([true, false]);
    await desk.house.db.superuser('delete from app.retention where case_id = any ($1)', [[double, other]]);
  });

  it('tells the age by icon, word and tint, and the exact moment on pointing at it and on paper', async () => {
    const id = await desk.begun();
    for (const days of [2, 3, 6, 7]) await desk.house.db.superuser(`update app.notification set version = version + $1 where id = any ($2)`, [days * 10, await desk.sends(id, 1, daysAgo(days))]);
    const body = await page('officialKl');
    const badges = [...body.matchAll(/<span class="badge( is-\w+)?"><svg[\s\S]*?<\/svg>(?:<span class="sr-only">[^<]*<\/span>)?([^<]*)</g)].map(([, tint = '', words = '']) => [tint.trim(), words]);
    expect(badges.slice(0, 5)).toEqual([['is-late', '7 dage'], ['is-soon', '6 dage'], ['is-soon', '3 dage'], ['', '2 dage'], ['', 'I dag']]);
    expect(body).toContain('title="26. oktober 2026 kl. 12.00"');
    expect(body).toContain('<span class="print-only">26. oktober 2026 kl. 12.00</span>');
  });

  it('says no name, no place and no words of a case, in page, title and address', async () => {
    const id = await desk.begun();
    const body = await page('officialKl');
    const { number, label } = await desk.house.opens('police', id);
    expect(body).toContain(number);
    for (const secret of ['Emil Sandbjerg', label, 'Ishøj', 'Navn police', id]) expect(body).not.toContain(secret);
    expect(/<title>([^<]*)/.exec(body)?.[1]).toBe('Underretninger – Udvej');
  });

  it('says of a unit, a kind or a choice that there is not that there is none, at its field, and shows the rest', async () => {
    const id = await desk.begun();
    const { number } = await desk.house.opens('police', id);
    for (const [query, why] of [['enhed=mars', 'Den enhed findes ikke.'], ['slags=shoe', 'Den slags underretning findes ikke.'], ['vis=intet', 'Vælg fra listen, hvad der skal vises.']] as const) {
      const reply = await desk.web.get('officialKl', `/underretninger?${query}`);
      const field = /<a class="function-link" href="#([^"]+)">([^<]*)/.exec(reply.body);
      expect([reply.statusCode, field?.[2]?.startsWith(why), reply.body.includes(number), /<title>([^<]*)/.exec(reply.body)?.[1]], query).toEqual([422, true, true, 'Fejl: Underretninger – Udvej']);
      expect(reply.body, query).toMatch(new RegExp(`<select id="${field?.[1] ?? ''}"[^>]*aria-invalid="true"`));
    }
    expect((await desk.web.get('officialKl', '/underretninger?enhed=&slags=&vis=vent')).statusCode).toBe(200);
  });

  it('acknowledges one by its button, the ticked ones, or the whole page, and says how many and how many were so before', async () => {
    const id = await desk.begun();
    await desk.sends(id, 29, daysAgo(1));
    const [a = '', b = '', c = '', ...rest] = await open();
    expect(await said(await sends([['id', a]]))).toBe('Du har kvitteret for én underretning.');
    await desk.acknowledges('officialDfk', [b]);
    expect(await said(await sends([['id', b], ['id', c]]))).toBe('Du har kvitteret for én underretning. Én underretning var der allerede kvitteret for.');
    expect(await said(await sends([['id', b], ['id', c]]))).toBe('2 underretninger var der allerede kvitteret for.');
    const shown = [...(await page('officialKl')).matchAll(/name="paa-siden" value="([^"]+)"/g)].map(([, one = '']) => one);
    expect(shown).toEqual(rest.slice(0, 25));
    expect(await said(await sends([...shown.map((one) => ['paa-siden', one] as const), ['alt', 'ja']]))).toBe('Du har kvitteret for 25 underretninger.');
    expect(await open()).toEqual(rest.slice(25));
  });

  it('comes back to the same choice and page', async () => {
    const id = await desk.begun();
    await desk.sends(id, 30, daysAgo(1));
    const last = (await open()).at(-1) ?? '';
    const reply = await sends([['id', last]], '/underretninger?vis=alle&enhed=koebenhavns-vestegn&side=2');
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/underretninger?vis=alle&enhed=koebenhavns-vestegn&side=2']);
    expect(plain(await page('officialKl', '/underretninger?vis=alle&side=9'))).toContain('Side 2 af 2.');
  });

  it('says of a unit or a kind that there is not at its field that it cannot be used, and shows everything', async () => {
    await desk.begun();
    const [first] = await desk.listed('officialKl');
    for (const [query, words, field] of [['enhed=mars', 'Den enhed findes ikke.', 'enhed'], ['enhed=fyn&slags=card-opened', 'Den slags underretning findes ikke.', 'slags'], ['enhed=mars&slags=x', 'Den enhed findes ikke.', 'slags']] as const) {
      const { statusCode, body } = await desk.web.get('officialKl', `/underretninger?${query}`);
      expect([statusCode, body.includes('<title>Fejl: Underretninger'), body.includes(words), body.includes('Alle underretninger, der venter, vises, for filteret kan ikke bruges'), new RegExp(`<select[^>]*name="${field}"[^>]*aria-invalid="true"`).test(body), body.includes(first?.number ?? 'none')], query)
        .toEqual([422, true, true, true, true, true]);
    }
    for (const query of ['', 'enhed=&slags=', 'enhed=fyn', 'slags=refused', 'vis=alle']) expect((await desk.web.get('officialKl', `/underretninger?${query}`)).statusCode, query).toBe(200);
  });

  it('asks for at least one, at its place, and stores nothing', async () => {
    await desk.begun();
    const reply = await sends([]);
    expect([reply.statusCode, reply.body.includes('<title>Fejl: Underretninger'), reply.body.includes('aria-invalid="true"'), reply.body.includes('id="valg-fejl"')]).toEqual([422, true, true, true]);
    expect(await open()).toHaveLength(1);
  });

  it.each([
    ['what is no id', () => ['x'], false], ['an unknown one', () => [randomUUID()], true], ['too many', () => Array.from({ length: MOST_ACKNOWLEDGED + 1 }, () => randomUUID()), false],
  ] as const)('answers %s with words, and stores nothing; what was ticked by hand stays ticked', async (_what, wrong, byHand) => {
    await desk.begun();
    const [mine = ''] = await open();
    const reply = await sends([mine, ...wrong()].map((id) => ['id', id] as const));
    expect([reply.statusCode, plain(reply.body).includes('Der er ikke kvitteret for noget.')]).toEqual([422, true]);
    expect(await open()).toEqual([mine]);
    expect(new RegExp(`value="${mine}"[^>]*checked|checked[^>]*value="${mine}"`).test(reply.body)).toBe(byHand);
  });

  it('shows the ticks again, and carries nothing out, after a login in between (FM-WORK-5)', async () => {
    await desk.begun();
    const [mine = ''] = await open();
    const old = formToken(desk.web.settings.csrfKey, { token: 'a session that is over', user: people.officialKl.user });
    const reply = await sends([['id', mine]], '/underretninger', old);
    expect([reply.statusCode, new RegExp(`value="${mine}"[^>]*checked|checked[^>]*value="${mine}"`).test(reply.body), reply.body.includes('Det er ikke sendt endnu'), await open()]).toEqual([403, true, true, [mine]]);
  });

  it('helps where it is empty, whatever is chosen', async () => {
    for (const [query, words] of [['', 'Alt er læst.'], ['?vis=alle', 'Der er ikke kommet nogen underretninger endnu.'], ['?enhed=fyn', 'Ingen underretninger passer til det, du har valgt.'], ['?slags=refused&vis=alle', 'Ingen underretninger passer']] as const) {
      expect([query, plain(await page('officialKl', `/underretninger${query}`)).includes(words)]).toEqual([query, true]);
    }
  });

  it('is one line on the front page while there are any, late when the oldest is too old, and in the menu of the contact point alone', async () => {
    expect(plain(await page('officialKl', '/'))).not.toMatch(/underretning(er)? venter/);
    const id = await desk.begun();
    expect(plain(await page('officialPolice', '/'))).toContain('En underretning venter');
    await desk.sends(id, 2, daysAgo(7));
    expect(plain(await page('officialKl', '/'))).toMatch(/I dag og for sent [\s\S]*3 underretninger venter Kontaktpunktet · Den ældste er fra 26\. oktober 2026 1 dag for sent/);
    for (const [who, there] of [['officialDfk', true], ['police', false], ['municipal', false], ['auditor', false]] as const) {
      expect([who, (await page(who, who === 'auditor' ? '/adgang' : '/')).includes('href="/underretninger"')]).toEqual([who, there]);
    }
  });
});
