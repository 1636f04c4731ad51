import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { Office } from '../support/browser-office.js';
import { register, takeAndBegin } from '../support/browser-steps.js';
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

  await municipal.openCase(number);
  expect(await municipal.text()).toContain(ADVICE);
  const police = await office.at('politi.vestegnen');
  await police.openCase(number);
  expect(await police.text()).toContain(ADVICE);
  expect(await police.text()).not.toContain(WORDS.healthNote);
  expect(office.checks.faults).toEqual([]);
}, 240_000);
