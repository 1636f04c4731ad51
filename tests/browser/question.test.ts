import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { readPdf } from '../documents/reading.js';
import { Office } from '../support/browser-office.js';
import { hearBeforeRefusal, noteAnswer, register, takeAndBegin } from '../support/browser-steps.js';
import { WORDS } from '../support/browser-words.js';

let office: Office;
beforeAll(async () => { office = await Office.open(knownDate('2026-11-02')); });
afterAll(() => office.close());

const QUESTION = 'Hvordan vejer I en gæld til gruppen?';
const OWN = 'Gælden er på cirka 80.000 kr.';
const ADVICE = 'Lad gælden indgå, men lad den ikke afgøre sagen alene.';

it('a unit asks advice with texts it picks in the case, an official takes the question from the queue and answers, and the unit reads it (FM-ASM-6, FM-NCP-2, FM-CNF-4)', async () => {
  const number = await register(office, { name: WORDS.name, said: WORDS.said });
  await takeAndBegin(office, number);
  const municipal = await office.at('ishoj.koordinator');
  for (const [text, kind] of [[WORDS.note, 'Personlige'], [WORDS.healthNote, 'Helbred']] as const) {
    await municipal.openCase(number, 'Journal');
    await municipal.follow('Skriv et notat');
    await municipal.write('Notat', text);
    await municipal.pick('Hvad handler det om?', kind);
    await municipal.press('Skriv et notat');
  }

  await municipal.openCase(number);
  await municipal.follow('Stil et spørgsmål');
  await municipal.write('Hvad vil I spørge om?', QUESTION);
  await municipal.tick('Notat (Personlige', 'Notat (Helbred');
  await municipal.write('Andet, kontaktpunktet skal have med', OWN);
  expect(await municipal.refused('Se, hvad kontaktpunktet får')).toContain('Vælg, hvad I vil have råd om');
  await municipal.choose('Hvad vil I have råd om?', 'Egnethed');
  await municipal.press('Se, hvad kontaktpunktet får');
  const shown = await municipal.page.locator('blockquote').allInnerTexts();
  expect(shown.map((text) => [WORDS.healthNote, WORDS.note, OWN].find((one) => text.includes(one)))).toEqual([WORDS.healthNote, WORDS.note, OWN]);
  expect(await municipal.text()).toContain('Intet er sendt endnu.');
  await municipal.press('Ret');
  expect(await municipal.valueOf('Hvad vil I spørge om?')).toBe(QUESTION);
  expect(await municipal.valueOf('Andet, kontaktpunktet skal have med')).toBe(OWN);
  await municipal.press('Se, hvad kontaktpunktet får');
  await municipal.press('Send til kontaktpunktet');
  expect(await municipal.text()).toContain('Spørgsmålet er sendt til kontaktpunktet.');

  const official = await office.at('kontaktpunkt.kl');
  await official.follow('Spørgsmål');
  expect(await official.text()).toContain(number);
  await official.press('Tag spørgsmålet');
  expect(await official.page.locator('blockquote').allInnerTexts()).toEqual(shown);
  const seen = await official.text();
  expect(seen).toContain(QUESTION);
  for (const word of [WORDS.said, WORDS.safeContact]) expect(seen).not.toContain(word);
  await official.follow('Spørgsmål');
  expect(await official.text()).toContain('Dem, du har taget');
  await official.follow('Åbn spørgsmålet');
  await official.follow('Giv råd');
  expect(await official.text()).toContain(WORDS.note);
  await official.write('Råd til enheden', ADVICE);
  await official.press('Giv enheden råd');
  expect(await official.text()).toContain('Rådet er sendt til enheden.');
  await official.unfold('Besvaret eller givet tilbage');
  expect(await official.text()).toContain('Råd givet');

  await municipal.task(number, 'Læs kontaktpunktets svar');
  expect(await municipal.text()).toContain(ADVICE);
  await municipal.press('Jeg har læst kontaktpunktets svar');
  await municipal.follow('Mit arbejde');
  expect(await municipal.text()).not.toContain('Læs kontaktpunktets svar');
  await municipal.openCase(number);
  expect(await municipal.text()).toContain(ADVICE);
  const police = await office.at('politi.vestegnen');
  await police.openCase(number);
  expect(await police.text()).toContain(ADVICE);
  expect(await police.text()).not.toContain(WORDS.healthNote);
  expect(office.checks.faults).toEqual([]);
}, 240_000);

it('a disagreement is decided by two officials of three, who are told what came of it; the letter has the words of both, and the co-ordinator gives it to the candidate (FM-ASM-7, FM-DEC-1, FM-DEC-2, FM-LAW-1)', async () => {
  const { second } = WORDS;
  const number = await register(office, second);
  const police = await hearBeforeRefusal(office, number);
  const municipal = await office.at('ishoj.koordinator');
  // What he answers must reach those who decide.
  await municipal.openCase(number);
  await municipal.unfold('Kan ikke gøres endnu');
  expect(await municipal.text()).toMatch(/Kandidaten kan svare på høringen til og med .*Notér først svaret/);
  await noteAnswer(police, number);
  await municipal.openCase(number, 'Visitation');
  await municipal.unfold('Andre handlinger');
  await municipal.follow('Forelæg uenigheden for kontaktpunktet');
  await municipal.write('Hvad er I uenige om?', 'Om motivationen');
  await municipal.tick('Svar på partshøring modtaget');
  await municipal.press('Se, hvad kontaktpunktet får');
  await municipal.press('Send til kontaktpunktet');

  const give = async (login: 'kontaktpunkt.politi' | 'kontaktpunkt.kl' | 'kontaktpunkt.dfk', refuses: boolean, reasons: string, route?: string) => {
    const official = await office.at(login);
    await official.task(number, 'Træf endelig afgørelse');
    await official.press('Tag spørgsmålet');
    expect(await official.text()).toContain(second.answer);
    await official.follow('Giv stilling');
    expect(await official.text()).toContain('står dine ord i brevet til kandidaten');
    await official.choose('Hvad er din myndigheds stilling?', refuses ? 'Kandidaten får afslag' : 'Kandidaten optages');
    await official.choose('Hvad opfylder kandidaten ikke?', 'Motivation');
    await official.write('Begrundelse', reasons);
    if (!refuses) {
      expect(await official.refused('Giv din myndigheds stilling')).toContain('Vælg “Ingen af dem”');
      await official.choose('Hvad opfylder kandidaten ikke?', 'Ingen af dem');
    }
    if (route !== undefined) await official.write('Vejledning om klage', route);
    const before = await official.text();
    await official.press('Giv din myndigheds stilling');
    return { before, said: await official.text(), official };
  };
  const FIRST = 'Kredsen er hans daglige selskab.';
  const ROUTE = 'Skriv til Folketingets Ombudsmand.';
  const LAST = 'Han har ikke villet skifte nummer.';
  const first = await give('kontaktpunkt.politi', true, FIRST, ROUTE);
  expect(first.said).toContain('Én myndighed mere skal give sin.');
  await first.official.follow('Mit arbejde');
  expect(await first.official.text()).not.toContain(number);
  const against = await give('kontaktpunkt.kl', false, 'Han bør prøves.');
  expect(against.said).toContain('I er uenige, så den tredje myndighed skal tage stilling.');
  expect(against.said).toContain('Uenige: den tredje myndighed');
  const last = await give('kontaktpunkt.dfk', true, LAST);
  for (const words of [FIRST, ROUTE, 'Han bør prøves.']) expect(last.before).toContain(words);
  expect(last.said).toContain('Sagen er afgjort: kandidaten får afslag. Enheden kan se det nu.');

  await municipal.task(number, 'Læs kontaktpunktets svar');
  for (const words of [FIRST, LAST, 'Han bør prøves.']) expect(await municipal.text()).toContain(words);
  await police.task(number, 'Giv kandidaten afgørelsen');
  const letter = (await readPdf(await police.download(police.page.getByRole('link', { name: 'Hent afgørelsen (PDF)' })))).text;
  for (const words of [`Rigspolitiet: ${FIRST}`, `Direktoratet for Kriminalforsorgen: ${LAST}`, ROUTE]) expect(letter).toContain(words);
  for (const words of ['Han bør prøves.', 'kan ikke indbringes']) expect(letter).not.toContain(words);
  await police.press('Notér, at kandidaten har fået afgørelsen');
  await police.follow('Mit arbejde');
  expect(await police.text()).not.toContain('Giv kandidaten afgørelsen');
  expect(office.checks.faults).toEqual([]);
}, 240_000);
