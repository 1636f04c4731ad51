import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sayImpartial } from '../../src/store/lists.js';
import type { PersonName } from '../support/people.js';
import { fingerprint, LOOKING } from '../support/wall-sql.js';
import { noLimits } from '../support/wall-house.js';
import { againstAcceptance, forAcceptance, refusal } from '../support/assessment-states.js';
import { takenCase, testHouse } from '../support/house.js';
import { type TestWeb, testWeb } from '../support/web.js';

const SAID = 'Han bor hos sin søster & vil "væk".\nHun må ikke nævnes <i>nogen</i> steder';
const HEALTH = 'Sover dårligt og får hjælp hos egen læge';
const POLICE = 'Set sammen med to fra gruppen';
const UNPICKED = 'Har talt med sin gamle skole';

let web: TestWeb;
let mine: string;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  const { house } = web;
  mine = await takenCase(house);
  for (const who of ['municipal', 'probation'] as const) await sayImpartial(house.web, house.tokens[who], mine);
  await house.does('police', mine, 'assessment.begin');
  await house.does('municipal', mine, 'journal.add', { text: SAID, kind: 'social' });
  await house.does('municipal', mine, 'journal.add', { text: HEALTH, kind: 'health' });
  await house.does('municipal', mine, 'journal.add', { text: UNPICKED, kind: 'personal' });
  await house.does('police', mine, 'journal.add', { text: POLICE, kind: 'criminal', own: true });
});
afterAll(() => web.close());

const plain = (html: string): string => html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
const act = () => `/sager/${mine}/goer/assessment.askAdvice`;
/** The keys of the offered texts, by what they say. */
async function offered(who: PersonName): Promise<ReadonlyMap<string, string>> {
  const { body } = await web.get(who, act());
  const blocks = body.split('<div class="hand-over-text">').slice(1);
  return new Map(blocks.map((block) => [plain(/<p class="typed">([^]*?)<\/p>/.exec(block)?.[1] ?? ''), /name="_valgt" value="([^"]*)"/.exec(block)?.[1] ?? '']));
}
const keyOf = async (who: PersonName, part: string): Promise<string> => [...(await offered(who))].find(([text]) => text.includes(part))?.[1] ?? '';
const STEPS: readonly Readonly<Record<string, string>>[] = [{}, { _trin: 'send' }];
const QUESTION = { topic: 'motivation', question: 'Bærer\nmotivationen?' };
/** A form with several values of one name, as a browser posts it. */
const send = (who: PersonName, fields: Readonly<Record<string, string>>, picked: readonly string[] = []) =>
  web.post(who, act(), { ...fields, ...(picked.length === 1 ? { _valgt: picked[0] ?? '' } : {}) });
/** The newest first. */
const questions = async () => (await web.house.opens('municipal', mine)).state.questions.questions.map(({ id }) => id).reverse();
const stored = () => fingerprint(web.house.db, LOOKING);
const handed = (body: string): readonly string[] => [...body.matchAll(/<blockquote class="typed">([^]*?)<\/blockquote>/g)].map(([, text = '']) => plain(text));

describe('the unit composes what the contact point gets (FM-CNF-4, FM-ASM-6)', () => {
  it('is offered the texts of the case that the asker himself can read, newest first, none picked beforehand', async () => {
    const texts = [...(await offered('municipal')).keys()];
    expect(texts.map((text) => [UNPICKED, HEALTH, SAID, 'Vil ud af det hele'].find((one) => text.includes(one)))).toEqual([UNPICKED, HEALTH, SAID, 'Vil ud af det hele']);
    expect((await web.get('municipal', act())).body).not.toMatch(/name="_valgt"[^>]* checked/);
    expect([...(await offered('police')).keys()].join()).toContain(POLICE);
    expect([...(await offered('police')).keys()].join()).not.toContain(HEALTH);
  });

  it('sees exactly what goes along before anything is sent, and the step stores nothing', async () => {
    const key = await keyOf('municipal', 'søster');
    const before = await stored();
    const reply = await send('municipal', { ...QUESTION, _eget: 'Og vi er i tvivl' }, [key]);
    expect(reply.statusCode).toBe(200);
    expect(reply.body).toContain('Det her får kontaktpunktet at se');
    expect(handed(reply.body)).toEqual([expect.stringContaining(SAID), 'Og vi er i tvivl']);
    expect(plain(reply.body)).toContain(QUESTION.question);
    expect(reply.body).not.toContain(UNPICKED);
    expect(await stored()).toEqual(before);
    expect(await questions()).toEqual([]);
  });

  it('comes back to the form by “Ret”, with all that was picked and typed', async () => {
    const key = await keyOf('municipal', 'søster');
    const reply = await send('municipal', { ...QUESTION, _eget: 'Og vi er i tvivl', _trin: 'ret' }, [key]);
    expect(reply.statusCode).toBe(200);
    expect(reply.body).toMatch(new RegExp(`value="${key}" checked`));
    expect(plain(reply.body)).toContain(QUESTION.question);
    expect(reply.body).toContain('Og vi er i tvivl');
    expect(await questions()).toEqual([]);
  });

  it('gets everything back that was picked and typed when something is missing, and nothing is stored', async () => {
    const key = await keyOf('municipal', 'søster');
    for (const step of STEPS) {
      const reply = await send('municipal', { question: QUESTION.question, _eget: 'Og vi er i tvivl', ...step }, [key]);
      expect(reply.statusCode).toBe(422);
      expect(reply.body).toContain('Vælg, hvad I vil have råd om');
      expect(reply.body).toMatch(new RegExp(`value="${key}" checked`));
      expect(plain(reply.body)).toContain(QUESTION.question);
      expect(reply.body).toContain('Og vi er i tvivl');
    }
    expect(await questions()).toEqual([]);
  });

  it.each<readonly [string, () => Promise<string> | string]>([
    ['a text that only another can read', () => keyOf('police', POLICE)],
    ['the same text as another reads it', () => keyOf('police', 'søster')],
    ['a text that is not there', () => 'AAAAAAAAAAAAAAAAAAAAAA'],
  ])('refuses %s, in the same words, at both steps', async (_what, make) => {
    const key = await make();
    expect(key).not.toBe('');
    for (const step of STEPS) {
      const reply = await send('municipal', { ...QUESTION, ...step }, [key]);
      expect([reply.statusCode, reply.body.includes('En af de tekster, du har valgt, findes ikke.')]).toEqual([422, true]);
      expect(reply.body).not.toContain(POLICE);
    }
    expect(await questions()).toEqual([]);
  });

  it('takes no text from the page for what is picked: what is sent is the case’s own, as it was shown', async () => {
    const key = await keyOf('municipal', 'søster');
    const shown = handed((await send('municipal', QUESTION, [key])).body);
    const reply = await send('municipal', { ...QUESTION, _trin: 'send', 'entries.0.text': 'Opdigtet', _key: 'een-gang' }, [key]);
    expect([reply.statusCode, reply.headers['location']]).toEqual([303, `/sager/${mine}/visitation`]);
    const [question] = await questions();
    await web.house.does('officialKl', mine, 'contactPoint.takeQuestion', { question });
    const { body } = await web.get('officialKl', `/sager/${mine}`);
    expect(handed(body)).toEqual(shown);
    expect(body).not.toContain('Opdigtet');
  });

  it('gives the official who took it the bundle in full and nothing else of the case (FM-NCP-2)', async () => {
    const pages = await Promise.all(['', '/tidslinje', '/journal', '/visitation', '/dokumenter', '/goer/contactPoint.advise'].map((page) => web.get('officialKl', `/sager/${mine}${page}`)));
    const all = plain(pages.map(({ body }) => body).join());
    expect(all).toContain(SAID);
    for (const text of [UNPICKED, HEALTH, POLICE, 'Vil ud af det hele', 'Kun sms efter kl. 16']) expect(all).not.toContain(text);
    expect(JSON.stringify((await web.api('officialKl', 'GET', `/api/v1/cases/${mine}`)).json())).not.toMatch(/gamle skole|egen læge|to fra gruppen|Vil ud af det hele/);
  });

  it('lets nobody in the unit read a text by the bundle that he does not read in the case', async () => {
    const key = await keyOf('municipal', HEALTH);
    const look = await send('municipal', QUESTION, [key]);
    expect(look.body).toContain('I enheden læses den kun af Kommunen og Kriminalforsorgen');
    expect((await send('municipal', { ...QUESTION, _trin: 'send' }, [key])).statusCode).toBe(303);
    const [question] = await questions();
    await web.house.does('officialDfk', mine, 'contactPoint.takeQuestion', { question });
    const reads = async (who: PersonName) => (await web.get(who, `/sager/${mine}`)).body.includes(HEALTH);
    expect([await reads('officialDfk'), await reads('municipal'), await reads('probation'), await reads('police')]).toEqual([true, true, true, false]);
    expect(plain((await web.get('police', `/sager/${mine}`)).body)).toContain(QUESTION.question);
    await web.house.does('officialDfk', mine, 'contactPoint.advise', { question, advice: 'Vent en måned' });
    expect((await web.get('police', `/sager/${mine}`)).body).toContain('Vent en måned');
    expect((await web.get('officialDfk', `/sager/${mine}`)).statusCode).toBe(404);
  });

  it('is taken by program as before: texts of the program’s own', async () => {
    const reply = await web.api('municipal', 'POST', `/api/v1/cases/${mine}/commands/assessment.askAdvice`, { ...QUESTION, entries: [{ text: 'Skrevet af et andet system' }] });
    expect(reply.statusCode).toBe(200);
    expect((await web.get('municipal', `/sager/${mine}`)).body).toContain('Skrevet af et andet system');
    expect((await web.api('municipal', 'POST', `/api/v1/cases/${mine}/commands/assessment.askAdvice`, { ...QUESTION, entries: [{ text: 'x', seats: ['nobody'] }] })).statusCode).toBe(422);
  });

  it('is nobody’s but the unit’s', async () => {
    for (const who of ['policeFyn', 'officialPolice', 'jobcentre', 'auditor'] as const) expect((await web.get(who, act())).statusCode, who).toBe(404);
  });
});

describe('a case whose unit does not agree (FM-ASM-7, FM-DEC-2)', () => {
  const LONG = `Begynder sådan. ${'Og han holder sine aftaler. '.repeat(60)}Ender sådan.`;
  let id: string;
  const goer = (command: string) => `/sager/${id}/goer/${command}`;
  const does = (who: PersonName, command: string, input: object = {}) => web.house.does(who, id, command, input);
  const page = async (who: PersonName) => plain((await web.get(who, `/sager/${id}`)).body) + plain((await web.get(who, `/sager/${id}/visitation`)).body);
  const offers = async (who: PersonName, command: string, title: string): Promise<{ readonly key: string; readonly block: string }> => {
    const block = (await web.get(who, goer(command))).body.split('<div class="hand-over-text">').find((one) => one.includes(title)) ?? '';
    return { key: /name="_valgt" value="([^"]*)"/.exec(block)?.[1] ?? '', block: plain(block) };
  };
  beforeAll(async () => {
    id = await takenCase(web.house);
    for (const who of ['municipal', 'probation'] as const) await sayImpartial(web.house.web, web.house.tokens[who], id);
    await does('police', 'assessment.begin');
    await does('police', 'assessment.targetGroup', { category: '1a', registration: 'registered' });
    for (const who of ['police', 'probation'] as const) await does(who, 'assessment.recordObtained', { nothingFound: true });
    await does('municipal', 'assessment.clarifyRelocation', { need: 'none', reason: 'Ingen kendte trusler' });
    await does('police', 'assessment.submit', { ...forAcceptance, motivationFor: LONG });
  });

  it('hands over one’s own conclusion while it is sealed to the contact point, and by it to nobody in the unit (FM-ASM-12)', async () => {
    const { key, block } = await offers('police', 'assessment.askAdvice', 'Politiet har afgivet sin vurdering');
    expect(block).toContain('I enheden læses den kun af Politiet');
    expect(block).toContain('<summary>Læs hele teksten');
    expect((await offers('municipal', 'assessment.askAdvice', 'Politiet har afgivet sin vurdering')).key).toBe('');
    expect((await web.post('police', goer('assessment.askAdvice'), { ...QUESTION, _valgt: key, _trin: 'send' })).statusCode).toBe(303);
    const [row] = await web.house.db.superuser<{ id: string }>('select id from app.question where case_id = $1', [id]);
    await does('officialKl', 'contactPoint.takeQuestion', { question: row?.id });
    expect(await page('officialKl')).toContain(LONG);
    expect(await page('officialKl')).toContain('Motivation. Konklusion om motivation\nMotiveret');
    expect(await page('municipal')).not.toContain('Begynder sådan');
    await does('officialKl', 'contactPoint.advise', { question: row?.id, advice: 'Fint' });
  });

  it('is put to the contact point, with the hearing and the conclusions that are open; and comes back with what was typed when it cannot be put any more', async () => {
    for (const who of ['municipal', 'probation'] as const) await does(who, 'assessment.submit', againstAcceptance);
    await does('municipal', 'hearing.send', { facts: 'Du ser stadig kredsen', deadline: '2099-01-01' });
    await does('municipal', 'hearing.answer', { answer: 'nej' });
    const answer = await offers('municipal', 'assessment.referToContactPoint', 'Svar på partshøring modtaget');
    const conclusion = await offers('municipal', 'assessment.referToContactPoint', 'Politiet har afgivet sin vurdering');
    expect(conclusion.block).not.toContain('I enheden læses den kun');
    const fields = { account: 'Er det længe nok siden?', _valgt: answer.key };
    const look = await web.post('municipal', goer('assessment.referToContactPoint'), fields);
    expect(handed(look.body)).toEqual([expect.stringMatching(/^Svar på partshøring modtaget, 2. november 2026\nnej$/)]);
    await does('police', 'decision.refuse', refusal);
    for (const step of STEPS) {
      const late = await web.post('municipal', goer('assessment.referToContactPoint'), { ...fields, ...step });
      expect([late.statusCode, late.body.includes('Er det længe nok siden?'), late.body.includes(`value="${answer.key}" checked`)]).toEqual([422, true, true]);
    }
  });

  it('asks for a review of the refusal in the same way (FM-DEC-2)', async () => {
    const { body: form } = await web.get('municipal', goer('decision.requestReview'));
    expect(plain(form)).toMatch(new RegExp(`Afslag på optagelse, 2. november 2026</strong>.*Afslaget går altid med.*Det er ikke opfyldt: Motivation: personen er ikke motiveret\\s+Begrundelse: ${refusal.reasons}`, 's'));
    // It is none of those that can be left out, and nothing from the page comes in its place.
    expect(plain(form).split(refusal.reasons)).toHaveLength(2);
    const typed = { account: 'Vil prøve igen', _eget: 'Han har mødt hver dag', refusal: 'Et andet afslag', 'refusal[0]': 'x' };
    const look = await web.post('municipal', goer('decision.requestReview'), typed);
    expect(handed(look.body)).toEqual([expect.stringContaining(refusal.reasons), 'Han har mødt hver dag']);
    const sent = await web.post('municipal', goer('decision.requestReview'), { ...typed, _trin: 'send' });
    expect([sent.statusCode, sent.headers['location']]).toEqual([303, `/sager/${id}/visitation`]);
    const [row] = await web.house.db.superuser<{ id: string }>(`select id from app.question where case_id = $1 and kind = 'review'`, [id]);
    await does('officialDfk', 'contactPoint.takeQuestion', { question: row?.id });
    const seen = await page('officialDfk');
    expect(handed(seen)).toEqual(handed(look.body));
    for (const text of ['Enheden gav afslag 2. november 2026. Det er ikke opfyldt: Motivation', 'Vil prøve igen']) expect(seen).toContain(text);
    for (const text of ['Et andet afslag', 'Begynder sådan', 'Du ser stadig kredsen', 'Ingen kendte trusler']) expect(seen).not.toContain(text);
  });
});
