import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { people } from '../support/people.js';
import { testHouse } from '../support/house.js';
import { noLimits } from '../support/wall-house.js';
import { fingerprint, LOOKING } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let waiting: string;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterAll(() => web.close());
beforeEach(async () => {
  waiting = (await web.api('municipal', 'POST', '/api/v1/guidance', { text: 'Hvad gør andre?' })).json<{ id: string }>().id;
});

const TICK = { 'uden-identitet': 'true' };
const stored = () => fingerprint(web.house.db, LOOKING);
/** What a form of ours says is wrong, by its field. */
const faultsIn = (html: string): readonly string[] => [...html.matchAll(/<a class="function-link" href="#felt-([^"]*)">([^<]*)<\/a>/g)].map(([, field = '', text = '']) => `${field}: ${text}`);
const LONG = 'Hvad gør andre? '.repeat(300);
const IDENTIFYING = 'Det kan vise, hvem det drejer sig om. Tag det ud, og send igen.';
const UNTICKED = 'uden-identitet: Læs din tekst igennem, og sæt kryds, når intet i den kan vise, hvem det drejer sig om.';

const bad: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
  ['a CPR number', { tekst: 'Hvad med 010190-1234?', ...TICK }, [`tekst: Teksten ser ud til at indeholde et CPR-nummer (ti cifre). ${IDENTIFYING}`]],
  ['a case number', { tekst: 'Hvad med UV-7K3M-9QW?', ...TICK }, [`tekst: Teksten ser ud til at indeholde et sagsnummer. ${IDENTIFYING}`]],
  ['no tick', { tekst: 'Hvad gør andre?' }, [UNTICKED]],
  ['a tick that is none', { tekst: 'Hvad gør andre?', 'uden-identitet': 'måske' }, [UNTICKED]],
  ['a text that is too long', { tekst: LONG, ...TICK }, ['tekst: Teksten er for lang. Der er plads til 4.000 tegn.']],
  ['characters that cannot be kept', { tekst: 'Hvad gør \u0007 andre?', ...TICK }, ['tekst: Teksten indeholder tegn, der ikke kan gemmes. Skriv den igen uden dem.']],
];

describe.each([
  ['a question', () => ({ who: 'police' as const, url: '/vejledning', none: 'tekst: Skriv, hvad du vil have vejledning om.' })],
  ['an answer', () => ({ who: 'officialKl' as const, url: `/vejledning/${waiting}`, none: 'tekst: Skriv svaret.' })],
])('%s for guidance (FM-NCP-6)', (_what, form) => {
  it.each(bad)('with %s comes back with what is wrong at its field; nothing typed is lost and nothing stored', async (_fault, fields, faults) => {
    const before = await stored();
    const { who, url } = form();
    const reply = await web.post(who, url, fields);
    expect([reply.statusCode, faultsIn(reply.body)]).toEqual([422, faults]);
    expect(reply.body).toContain('<title>Fejl: Vejledning');
    expect(reply.body).toContain(`>${(fields['tekst'] ?? '').trim()}</textarea>`);
    expect(/<input[^>]*type="checkbox"[^>]*>/.exec(reply.body)?.[0].includes('checked')).toBe(fields['uden-identitet'] === 'true');
    expect(await stored()).toEqual(before);
  });

  it('that is empty, blank or sent with nothing says what is missing', async () => {
    const { who, url, none } = form();
    for (const fields of [{}, { tekst: ' \n ' }] as readonly Readonly<Record<string, string>>[]) expect(faultsIn((await web.post(who, url, fields)).body)).toEqual([none, UNTICKED]);
  });

  it('keeps its lines, shows its signs as signs, and is confirmed', async () => {
    const { who, url } = form();
    const sent = await web.post(who, url, { tekst: 'Børn <b>og</b> "bolig"\r\n& gæld', ...TICK });
    expect(sent.statusCode).toBe(303);
    expect(decodeURIComponent(sent.cookies.find(({ name }) => name === 'udvej-sagt')?.value ?? '')).toMatch(/^guidance\.(asked|answered)$/);
    const [row] = await web.house.db.superuser<{ id: string }>('select id from app.text order by greatest(asked_at, answered_at) desc, (asked_by = $1) desc, answered_at is null limit 1', [people.police.user]);
    const page = await web.get('officialDfk', who === 'police' ? `/vejledning/${row?.id ?? ''}` : url);
    expect(page.body).toContain('Børn &lt;b>og&lt;/b> &quot;bolig&quot;\n&amp; gæld');
  });
});

const REACHED: readonly (readonly [string, string, string])[] = [
  ['a phone number and a mail address', 'Ring 12 34 56 78 eller emil@eksempel.dk', 'et telefonnummer (otte cifre eller et nummer med landekode) og en mailadresse'],
  ['a link', 'Se www.eksempel.dk', 'et link'],
];
const AUTHORITYS = { myndigheds: 'true' };

describe.each(REACHED)('%s (FM-NCP-6)', (_what, tekst, found) => {
  it('is refused in a question, with a tick as without', async () => {
    const before = await stored();
    for (const tick of [{}, AUTHORITYS]) {
      const reply = await web.post('police', '/vejledning', { tekst, ...TICK, ...tick });
      expect([reply.statusCode, faultsIn(reply.body)]).toEqual([422, [`tekst: Teksten ser ud til at indeholde ${found}. ${IDENTIFYING}`]]);
      expect(reply.body).not.toContain('name="myndigheds"');
    }
    expect(await stored()).toEqual(before);
  });

  it('in an answer is asked about: it is sent when it is an authority’s, and nothing is lost before', async () => {
    const before = await stored();
    const doubt = `myndigheds: Teksten ser ud til at indeholde ${found}. Sæt kryds, hvis det er en myndigheds og ikke en persons. Ellers tag det ud.`;
    const reply = await web.post('officialKl', `/vejledning/${waiting}`, { tekst });
    expect([reply.statusCode, faultsIn(reply.body)]).toEqual([422, [doubt, UNTICKED]]);
    expect(reply.body).toContain(`>${tekst}</textarea>`);
    expect(reply.body).toContain('name="myndigheds"');
    const byProgram = await web.api('officialKl', 'POST', `/api/v1/guidance/${waiting}/answer`, { text: tekst });
    expect([byProgram.statusCode, byProgram.json<{ errors: readonly { pointer: string }[] }>().errors.map(({ pointer }) => pointer)]).toEqual([422, ['/authoritys']]);
    expect(await stored()).toEqual(before);
    expect((await web.post('officialKl', `/vejledning/${waiting}`, { tekst, ...TICK, ...AUTHORITYS })).statusCode).toBe(303);
    const [other] = [(await web.api('municipal', 'POST', '/api/v1/guidance', { text: 'Hvad gør andre?' })).json<{ id: string }>().id];
    expect((await web.api('officialKl', 'POST', `/api/v1/guidance/${other}/answer`, { text: tekst, authoritys: true })).statusCode).toBe(200);
  });
});

it('a CPR number or a case number in an answer is refused also where it is said to be an authority’s (FM-NCP-6)', async () => {
  for (const tekst of ['Hvad med 010190-1234?', 'Hvad med UV-7K3M-9QW?', 'Ring 12345678 om 0101901234']) {
    const reply = await web.post('officialKl', `/vejledning/${waiting}`, { tekst, ...TICK, ...AUTHORITYS });
    expect([reply.statusCode, faultsIn(reply.body).length, faultsIn(reply.body)[0]?.endsWith(IDENTIFYING)]).toEqual([422, 1, true]);
  }
});

describe('the pages of guidance (FM-NCP-6)', () => {
  it('say that names cannot be recognised, and who reads it', async () => {
    const { body } = await web.get('jobcentre', '/vejledning');
    for (const text of ['kan ikke se, hvad der er et navn', 'Jeg har ikke skrevet noget, der kan vise, hvem det drejer sig om', 'Kun du og kontaktpunktet kan læse det', 'Du har ikke spurgt om noget endnu.']) expect(body).toContain(text);
  });

  it('stand in the menu of those who ask or answer, before the figures, and of nobody else', async () => {
    const menu = async (who: keyof typeof people, url = '/dine-logins') => [...(await web.get(who, url)).body.split('</nav>')[0]?.matchAll(/<a href="[^"]*"[^>]*>([^<]*)<\/a><\/li>/g) ?? []].map(([, label]) => label);
    for (const who of ['police', 'municipal', 'probation', 'custody', 'jobcentre'] as const) expect((await menu(who)).slice(-2), who).toEqual(['Vejledning', 'Tal']);
    expect((await menu('officialKl')).slice(-2)).toEqual(['Vejledning', 'Tal']);
    for (const who of ['auditor', 'admin', 'screener'] as const) expect(await menu(who), who).not.toContain('Vejledning');
  });

  it('say how long it is kept, in general and of each', async () => {
    const list = (await web.get('municipal', '/vejledning')).body;
    expect(list).toContain('Spørgsmål og svar slettes et år efter svaret. Et spørgsmål uden svar slettes to år efter, at du spurgte.');
    expect(list).toContain('2. november 2028');
    expect((await web.get('municipal', `/vejledning/${waiting}`)).body).toContain('Slettes 2. november 2028, hvis ingen svarer');
    await web.api('officialKl', 'POST', `/api/v1/guidance/${waiting}/answer`, { text: 'Svaret' });
    for (const who of ['municipal', 'officialDfk'] as const) expect((await web.get(who, `/vejledning/${waiting}`)).body).toContain('<p class="muted">Slettes 2. november 2027</p>');
  });

  it('keep an answer whose question was taken back meanwhile, for him who wrote it to copy', async () => {
    await web.post('municipal', `/vejledning/${waiting}/tilbage`, {});
    const reply = await web.post('officialKl', `/vejledning/${waiting}`, { tekst: 'Et langt svar', ...TICK });
    expect(reply.statusCode).toBe(404);
    for (const text of ['Dit svar er ikke sendt', 'Et langt svar']) expect(reply.body).toContain(text);
  });

  it('show who asked, when and by when it is answered, and offer an answer to the contact point alone', async () => {
    const desk = (await web.get('officialKl', `/vejledning/${waiting}`)).body;
    const own = (await web.get('municipal', `/vejledning/${waiting}`)).body;
    for (const page of [desk, own]) for (const text of ['Ishøj Kommune', '2. november 2026', '16. november 2026', 'Hvad gør andre?']) expect(page).toContain(text);
    expect([desk.includes('Send svaret'), own.includes('Send svaret'), own.includes('Kontaktpunktet har ikke svaret endnu')]).toEqual([true, false, true]);
    for (const page of [desk, own]) expect(/<title>([^<]*)/.exec(page)?.[1]).toBe('Vejledning – Udvej');
  });
});

describe('guidance by program (FM-NCP-6)', () => {
  it.each([['nothing', undefined], ['a list', []], ['a number', { text: 7 }], ['more than the text', { text: 'Hvad gør andre?', caseId: 'x' }], ['no words', { text: '  ' }], ['a CPR number', { text: '0101901234' }]])('refuses %s at its place and stores nothing', async (_what, body) => {
    const before = await stored();
    for (const [who, url] of [['police', '/api/v1/guidance'], ['officialKl', `/api/v1/guidance/${waiting}/answer`]] as const) {
      const reply = await web.api(who, 'POST', url, body);
      expect([url, reply.statusCode]).toEqual([url, 422]);
      expect(reply.json()).toMatchObject({ title: 'Teksten kan ikke sendes', rule: 'FM-NCP-6' });
      expect(reply.body).not.toContain('0101901234');
    }
    expect(await stored()).toEqual(before);
  });

  it('is described', async () => {
    const { paths } = (await web.api(undefined, 'GET', '/api/v1/openapi.json')).json<{ paths: Readonly<Record<string, object>> }>();
    expect(Object.entries(paths).filter(([path]) => path.includes('/guidance')).map(([path, verbs]) => [path, Object.keys(verbs)])).toEqual([
      ['/api/v1/guidance', ['get', 'post']], ['/api/v1/guidance/{id}', ['get']], ['/api/v1/guidance/{id}/withdraw', ['post']], ['/api/v1/guidance/{id}/answer', ['post']],
    ]);
  });
});

describe('questions of one minute (FM-NCP-6)', () => {
  it('are told apart by their second, with who asked, at the desk and on both front pages; no list shows or opens what was asked', async () => {
    await web.house.db.superuser('delete from app.text');
    const words = ['Hvad gør andre ved gæld?', 'Hvad gør andre ved bolig?', 'Hvad gør andre ved skole?'];
    for (const text of words) expect((await web.api('jobcentre', 'POST', '/api/v1/guidance', { text })).statusCode).toBe(201);
    await web.house.db.superuser(`update app.text t set asked_at = '2026-11-02T11:51:00Z'::timestamptz + n.nth * interval '7 seconds' from (select id, row_number() over (order by id) as nth from app.text) n where n.id = t.id`);
    const lists = [['jobcentre', '/vejledning'], ['officialKl', '/vejledning'], ['officialKl', '/']] as const;
    for (const [who, url] of lists) {
      const { body } = await web.get(who, url);
      for (const second of ['07', '14', '21']) expect([who, url, body.includes(`2. november 2026 kl. 12.51.${second}`)]).toEqual([who, url, true]);
      for (const text of words) expect(body).not.toContain(text);
    }
    await web.house.db.superuser(`update app.text set asked_at = asked_at + interval '1 minute' where extract(second from asked_at) = 21`);
    const { body } = await web.get('jobcentre', '/vejledning');
    expect([body.includes('kl. 12.52<'), body.includes('12.52.21'), body.includes('kl. 12.51.07')]).toEqual([true, false, true]);
  });
});
