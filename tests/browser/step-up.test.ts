import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { DEMONSTRATION_PEOPLE } from '../../src/domain/reference/demonstration-people.js';
import { PageChecks } from '../support/browser-checks.js';
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
  expect(await desk.text()).toContain('Du har bekræftet, hvem du er. Skriv det, du søger efter, igen.');
  await page.getByRole('searchbox').first().fill('Tangkær');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Søgning i mine sager' }).waitFor();
  expect(await desk.text()).toContain('Ingen af de sager, du er med i, passer.');
  // A button is pressed again, for nothing is carried out by itself.
  await desk.follow('Tal');
  await desk.follow('Offentliggør');
  await office.house.db.superuser(`update sec.session set auth_time = now() - interval '6 minutes'`);
  await page.getByRole('button', { name: 'Offentliggør tallene' }).click();
  await page.getByRole('link', { name: 'Log ind igen' }).click();
  await page.getByRole('button', { name: `Fortsæt som ${person}` }).click();
  await page.getByText('Du har bekræftet, hvem du er. Tryk på knappen igen, så sker det.').waitFor();
  const told = new PageChecks();
  await told.look(page);
  expect([told.faults, await office.house.db.superuser('select 1 from stat.published')]).toEqual([[], []]);
  await desk.press('Offentliggør tallene');
  expect(await desk.text()).toContain('Tallene er offentliggjort.');
  // What was typed is kept in its own page meanwhile, and drawn again after the login in another.
  await desk.follow('Tal');
  await desk.follow('Registrér, at en person er registreret igen');
  await desk.write('Sagens nummer', 'UV-7K3M-9QX');
  await desk.write('Hvornår blev personen', '1. oktober 2026');
  await office.house.db.superuser(`update sec.session set auth_time = now() - interval '6 minutes'`);
  await page.getByRole('button', { name: 'Gem', exact: true }).click();
  const tab = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'Log ind i et nyt faneblad' }).click();
  const login = await tab;
  await login.getByRole('button', { name: `Fortsæt som ${person}` }).click();
  // That tab is done with, and says so.
  await login.getByText('Du har bekræftet, hvem du er. Gå tilbage til det andet faneblad, og tryk på “Fortsæt”.').waitFor();
  await told.look(login);
  await login.close();
  await page.getByRole('button', { name: 'Fortsæt' }).click();
  await page.getByText('Læs det igennem, og tryk på knappen igen, så sker det.').waitFor();
  expect([await desk.valueOf('Sagens nummer'), await desk.valueOf('Hvornår blev personen')]).toEqual(['UV-7K3M-9QX', '1. oktober 2026']);
  await told.look(page);
  expect(told.faults).toEqual([]);
  // The answers that ask for the login are told in the console, too, and the one to the form of the session before; nothing else is.
  expect(office.checks.faults.map((one) => /status of (\d+)/.exec(one)?.[1] ?? one)).toEqual(['401', '401', '401', '403']);
});
