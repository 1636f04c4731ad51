import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { PageChecks } from '../support/browser-checks.js';
import { Office } from '../support/browser-office.js';

let office: Office;
beforeAll(async () => { office = await Office.open(knownDate('2026-11-02')); });
afterAll(() => office.close());

it('a job centre asks for guidance, the contact point answers and gives a number to ring, and who asked is told until he has read it (FM-NCP-6)', async () => {
  const asker = await office.at('jobcenter.ishoj');
  await asker.follow('Vejledning');
  await asker.write('Hvad vil du have vejledning om?', 'Ring til mig på 12 34 56 78: hvem betaler for et kørekort?');
  expect(await asker.refused('Send spørgsmålet')).toContain('et telefonnummer');
  await asker.write('Hvad vil du have vejledning om?', 'Hvem betaler for et kørekort?');
  await asker.tick('Jeg har ikke skrevet noget');
  await asker.press('Send spørgsmålet');
  expect(await asker.text()).toContain('2. november 2028');
  await asker.follow('2. november 2026');
  await asker.press('Tag spørgsmålet tilbage');
  expect(await asker.text()).toContain('Du har ikke spurgt om noget endnu.');
  await asker.write('Hvad vil du have vejledning om?', 'Hvem betaler for et kørekort, og hvornår?');
  await asker.tick('Jeg har ikke skrevet noget');
  await asker.press('Send spørgsmålet');

  const desk = await office.at('kontaktpunkt.politi');
  await desk.follow('Mit arbejde');
  await desk.follow('Læs og svar');
  expect(await desk.text()).toContain('og hvornår?');
  await desk.write('Dit svar', 'Kommunen. Ring til os på 4515 3630 eller til Borgerservice på 70 20 00 00.');
  await desk.tick('Jeg har ikke skrevet noget');
  expect(await desk.refused('Send svaret')).toContain('Sæt kryds, hvis det er en myndigheds');
  await desk.tick('Det er en myndigheds nummer');
  await desk.press('Send svaret');
  expect(await desk.text()).toContain('Borgerservice');

  const again = await office.at('jobcenter.ishoj');
  await again.follow('Mit arbejde');
  expect(await again.text()).toContain('Kontaktpunktet har svaret på dit spørgsmål');
  await again.follow('Vejledning');
  expect(await again.text()).toContain('Ulæst svar');
  // The list with an answer in it is another than the one that was looked at.
  const unread = new PageChecks();
  await unread.look(again.page);
  await again.follow('Mit arbejde');
  await again.follow('Læs svaret');
  expect(await again.text()).toContain('Ring til os på 4515 3630');
  await again.follow('Mit arbejde');
  expect(await again.text()).not.toContain('Kontaktpunktet har svaret');
  expect([...office.checks.faults, ...unread.faults]).toEqual([]);
});
