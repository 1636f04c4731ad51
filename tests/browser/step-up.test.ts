import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { DEMONSTRATION_PEOPLE } from '../../src/domain/reference/demonstration-people.js';
import { Office } from '../support/browser-office.js';

let office: Office;
beforeAll(async () => { office = await Office.open(knownDate('2026-11-02')); });
afterAll(() => office.close());

it('whoever must prove himself anew is led to the login by a link and back to where he was, and goes on (control 18)', async () => {
  const desk = await office.at('kontaktpunkt.kl');
  const { page } = desk;
  await desk.follow('Tal');
  await office.house.db.superuser(`update sec.session set auth_time = now() - interval '6 minutes'`);
  await page.getByRole('searchbox').first().fill('Tangkær');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Log ind igen for at fortsætte' }).waitFor();
  await office.checks.look(page);
  await page.getByRole('link', { name: 'Log ind igen' }).click();
  const person = DEMONSTRATION_PEOPLE.find((one) => one.login === 'kontaktpunkt.kl')?.name ?? '';
  await page.getByRole('button', { name: `Fortsæt som ${person}` }).click();
  await page.getByRole('heading', { name: 'Tal' }).first().waitFor();
  await page.getByRole('searchbox').first().fill('Tangkær');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Søgning i mine sager' }).waitFor();
  expect(await desk.text()).toContain('Ingen af de sager, du er med i, passer.');
  // The answer that asks for the login is told in the console, too; nothing else is.
  expect(office.checks.faults.filter((one) => !/status of 401/.test(one))).toEqual([]);
});
