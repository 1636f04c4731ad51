import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { DEMONSTRATION_PEOPLE } from '../../src/domain/reference/demonstration-people.js';
import { Office } from '../support/browser-office.js';
import { numberOn } from '../support/browser-steps.js';
import { WORDS } from '../support/browser-words.js';

let office: Office;
beforeAll(async () => { office = await Office.open(knownDate('2026-11-02')); });
afterAll(() => office.close());

it('what was typed survives a login that ran out meanwhile: a new one in another tab, a look, and it is sent (FM-WORK-5)', async () => {
  const desk = await office.at('ishoj.koordinator');
  await desk.follow('Ny henvendelse');
  await desk.write('Navn', WORDS.name);
  await desk.write('Hvordan er det sikkert', WORDS.safeContact);
  await desk.pick('Hvor bor personen?', 'Ishøj');
  await desk.write('Hvad sagde personen?', WORDS.said);
  await office.house.db.superuser('update sec.session set revoked_at = now()');
  await desk.press('Send til enheden');
  expect(await desk.text()).toContain('Du er logget ud');
  expect(await desk.text()).not.toContain(WORDS.name);

  const [tab] = await Promise.all([desk.page.context().waitForEvent('page'), desk.page.getByRole('link', { name: 'Log ind i et nyt faneblad' }).click()]);
  const person = DEMONSTRATION_PEOPLE.find((one) => one.login === 'ishoj.koordinator')?.name ?? '';
  await tab.getByRole('button', { name: `Fortsæt som ${person}` }).click();
  await tab.getByRole('heading', { name: 'Mit arbejde' }).first().waitFor();
  await tab.close();

  expect(await desk.refused('Fortsæt')).toContain('Læs det igennem, og tryk på knappen igen, så sker det.');
  expect(await desk.valueOf('Hvad sagde personen?')).toBe(WORDS.said);
  expect(await desk.valueOf('Navn')).toBe(WORDS.name);
  await desk.press('Send til enheden');
  expect(await numberOn(desk)).toMatch(/^UV-/);
  // The two answers that are no success are told in the console, too; nothing else is.
  expect(office.checks.faults.filter((one) => !/status of 40[13]/.test(one))).toEqual([]);
});
