import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { aCaseInCourse } from '../support/agreement-states.js';
import { aRefusedCase } from '../support/assessment-states.js';
import { PageChecks } from '../support/browser-checks.js';
import { Office } from '../support/browser-office.js';
import { tellFigures } from '../support/figures-told.js';

let office: Office;
beforeAll(async () => { office = await Office.open(knownDate('2026-11-02')); });
afterAll(() => office.close());

it('the contact point sends a unit its row of the drawing with a question, the unit answers in words, and the contact point reads it beside the figures (FM-NCP-7)', async () => {
  await tellFigures(office.house.db, [...[2, 3, 4, 5, 6].map((day) => aCaseInCourse(`2026-03-0${day}`)), aRefusedCase('2026-04-01')]);
  const desk = await office.at('kontaktpunkt.politi');
  await desk.follow('Tal');
  await desk.follow('Kvalitet');
  expect(await desk.text()).toContain('Intet tiltag sat i gang');
  await desk.write('Hvad vil du spørge om?', 'Hvorfor er der intet tiltag i gang i UV-7K3M-9QW?');
  expect(await desk.refused('Send til enheden')).toContain('Vælg den enhed');
  await desk.pick('Enhed', 'Københavns Vestegn');
  await desk.write('Hvad vil du spørge om?', 'Hvorfor er der så få tiltag i gang?');
  await desk.tick('Jeg har ikke skrevet noget');
  await desk.press('Send til enheden');
  expect(await desk.text()).toContain('Enheden har ikke svaret endnu');
  await desk.press('Tag spørgsmålet tilbage');
  expect(await desk.text()).toContain('Spørgsmålet til enheden er taget tilbage og slettet.');
  await desk.pick('Enhed', 'Københavns Vestegn');
  await desk.write('Hvad vil du spørge om?', 'Hvorfor er der så få tiltag i gang nu?');
  await desk.tick('Jeg har ikke skrevet noget');
  await desk.press('Send til enheden');
  expect(await desk.text()).toContain('Opgjort');

  const unit = await office.at('politi.vestegnen');
  await unit.follow('Mit arbejde');
  expect(await unit.text()).toContain('Svar kontaktpunktet om enhedens tal');
  await unit.follow('Læs og svar');
  await unit.write('Jeres svar', 'De er bevilget og venter på en mentor.');
  await unit.tick('Jeg har ikke skrevet noget');
  await unit.press('Send svaret');
  expect(await unit.text()).toContain('De er bevilget og venter på en mentor.');
  // The same parts as while it waited, and yet another page.
  const answered = new PageChecks();
  await answered.look(unit.page);
  await unit.follow('Mit arbejde');
  expect(await unit.text()).not.toContain('Svar kontaktpunktet om enhedens tal');
  // It is found again on the unit's own page, folded away.
  await unit.follow('Enheden');
  expect(await unit.text()).toContain('I har svaret på alle spørgsmål.');
  await unit.page.getByText('Besvarede (1)').click();
  await answered.look(unit.page);
  await unit.follow('2. november 2026', unit.page.locator('details'));
  await unit.follow('Alle spørgsmål til enheden');
  expect(await unit.text()).toContain('Besvarede (1)');

  const reader = await office.at('kontaktpunkt.kl');
  await reader.follow('Mit arbejde');
  expect(await reader.text()).toContain('En enhed har svaret på jeres spørgsmål om kvalitet');
  await reader.follow('Læs svaret');
  expect(await reader.text()).toContain('De er bevilget og venter på en mentor.');
  await reader.follow('Kvalitet, alle enheder');
  expect(await reader.text()).toContain('Besvaret');
  await answered.look(reader.page);
  await reader.follow('Mit arbejde');
  expect(await reader.text()).not.toContain('En enhed har svaret');
  expect([...office.checks.faults, ...answered.faults]).toEqual([]);
});
