import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { Office } from '../support/browser-office.js';
import { numberOn } from '../support/browser-steps.js';

let office: Office;
beforeAll(async () => { office = await Office.open(knownDate('2026-11-02')); });
afterAll(() => office.close());

const WHEREABOUTS = 'Har ingen adresse. Sover på skift hos venner i Odense og Nyborg.';

it('a municipality registers an inquiry without a known residence, the contact point names Fyn, and Fyn takes it (FM-INT-7)', async () => {
  const ishoj = await office.at('ishoj.koordinator');
  await ishoj.follow('Ny henvendelse');
  await ishoj.write('Navn', 'Emil Tangkær');
  await ishoj.pick('Hvor bor personen?', 'Det vides ikke');
  expect(await ishoj.text()).toContain('Kontaktpunktet udpeger en enhed, hvis personen ikke er i varetægt eller fængsel.');
  await ishoj.write('Hvad sagde personen?', 'Jeg vil ud af det nu');
  expect(await ishoj.refused('Send til enheden')).toContain('Skriv, hvad I ved om, hvor personen hører til.');
  expect(await ishoj.errorAt('Hvad ved I om')).toContain('Skriv, hvad I ved om, hvor personen hører til.');
  expect(await ishoj.valueOf('Hvad sagde personen?')).toBe('Jeg vil ud af det nu');
  await ishoj.write('Hvad ved I om', WHEREABOUTS);
  await ishoj.press('Send til enheden');
  expect(await ishoj.text()).toContain('Kontaktpunktet udpeger en enhed.');
  const number = await numberOn(ishoj);

  const desk = await office.at('kontaktpunkt.politi');
  await desk.follow('Overblik');
  expect(await desk.text()).toContain('Uden enhed');
  expect(await desk.text()).toContain(number);
  await desk.task(number, 'Udpeg en enhed');
  expect(await desk.text()).toContain(WHEREABOUTS);
  for (const secret of ['Tangkær', 'Jeg vil ud af det nu']) expect(await desk.text()).not.toContain(secret);
  await desk.pick('Hvilken enhed', 'Fyn');
  await desk.pick('Hvilken kommune?', 'Ishøj');
  await desk.write('Hvorfor den enhed?', 'Er mest i Odense');
  expect(await desk.refused('Udpeg enheden')).toContain('Kommunen hører ikke til den enhed.');
  expect(await desk.valueOf('Hvorfor den enhed?')).toBe('Er mest i Odense');
  await desk.pick('Hvilken kommune?', 'Odense');
  await desk.press('Udpeg enheden');
  expect(await desk.text()).toContain('Enheden er udpeget.');
  expect(await desk.text()).toContain('Udpeget, men ikke taget endnu (1)');

  const fyn = await office.at('politi.fyn');
  await fyn.follow('Mit arbejde');
  await fyn.follow(`Tag henvendelsen ${number}`);
  expect(await fyn.text()).toContain('Kontaktpunktet har udpeget jeres enhed.');
  await fyn.press('Tag henvendelsen');
  await fyn.press('Nej, åbn sagen');
  expect(await fyn.text()).toContain(number);
  await fyn.page.locator('summary', { hasText: 'Hvor personen hører til' }).click();
  expect(await fyn.text()).toContain(WHEREABOUTS);
  expect(await fyn.text()).toContain('Er mest i Odense');
  expect(office.checks.faults).toEqual([]);
});

it('the keeper of an inbox lets the contact point name the unit (FM-INT-7)', async () => {
  const ishoj = await office.at('ishoj.koordinator');
  await ishoj.follow('Ny henvendelse');
  await ishoj.pick('Hvor bor personen?', 'Ishøj');
  await ishoj.write('Hvad sagde personen?', 'Jeg vil også ud');
  await ishoj.press('Send til enheden');
  const number = await numberOn(ishoj);
  const police = await office.at('politi.vestegnen');
  await police.follow('Mit arbejde');
  await police.follow(`Tag henvendelsen ${number}`);
  await police.follow('Send videre til en anden enhed');
  await police.follow('Lad kontaktpunktet udpege enheden');
  await police.write('Hvad ved I om', 'Kommunen siger, han er flyttet. Det siger han ikke selv.');
  await police.press('Lad kontaktpunktet udpege enheden');
  expect(await police.text()).toContain('Kontaktpunktet er bedt om at udpege enheden.');
  expect(await police.text()).not.toContain(number);
  const desk = await office.at('kontaktpunkt.politi');
  await desk.follow('Overblik');
  expect(await desk.text()).toContain('Ishøj, omstridt');
  expect(office.checks.faults).toEqual([]);
});
