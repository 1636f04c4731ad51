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
  ['a phone number and a mail address', { tekst: 'Ring 12 34 56 78 eller emil@eksempel.dk', ...TICK }, [`tekst: Teksten ser ud til at indeholde et telefonnummer (otte cifre eller et nummer med landekode) og en mailadresse. ${IDENTIFYING}`]],
  ['no tick', { tekst: 'Hvad gør andre?' }, [UNTICKED]],
  ['a tick that is none', { tekst: 'Hvad gør andre?', 'uden-identitet': 'måske' }, [UNTICKED]],
  ['a link and no tick', { tekst: 'Se www.eksempel.dk' }, [`tekst: Teksten ser ud til at indeholde et link. ${IDENTIFYING}`, UNTICKED]],
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
    const [row] = await web.house.db.superuser<{ id: string }>('select id from app.guidance order by greatest(asked_at, answered_at) desc, (asked_by = $1) desc, answered_at is null limit 1', [people.police.user]);
    const page = await web.get('officialDfk', who === 'police' ? `/vejledning/${row?.id ?? ''}` : url);
    expect(page.body).toContain('Børn &lt;b>og&lt;/b> &quot;bolig&quot;\n&amp; gæld');
  });
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
      ['/api/v1/guidance', ['get', 'post']], ['/api/v1/guidance/{id}', ['get']], ['/api/v1/guidance/{id}/answer', ['post']],
    ]);
  });
});
