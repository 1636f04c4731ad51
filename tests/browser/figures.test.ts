import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { aCaseInCourse } from '../support/agreement-states.js';
import { aCaseInAssessment, aRefusedCase } from '../support/assessment-states.js';
import { Office } from '../support/browser-office.js';
import { aDischargedCase } from '../support/course-states.js';
import { tellFigures } from '../support/figures-told.js';

let office: Office;
beforeAll(async () => { office = await Office.open(knownDate('2026-11-02')); });
afterAll(() => office.close());

it('the contact point draws the figures for a period, looks at how long things take, compares two days, and records that somebody is registered again (FM-STA-1 to FM-STA-4, FM-END-5)', async () => {
  await tellFigures(office.house.db, [aCaseInCourse('2026-03-02'), aDischargedCase('2026-03-02'), aDischargedCase('2026-04-02'), aRefusedCase('2026-04-01'), aCaseInAssessment('2026-05-01')]);
  const [ended] = await office.house.db.superuser<{ number: string }>(`
    update app.exit_case c set number = sec.case_number(public.gen_random_bytes(8)) from stat.link l join stat.standing s on s.stat_id = l.stat_id and s.state = 'completed' and s.superseded_at is null
    where l.case_id = c.id returning c.number`);
  const desk = await office.at('kontaktpunkt.politi');
  const { page } = desk;
  await desk.follow('Tal');
  await page.getByLabel('Fra og med').fill('1. januar 2026');
  await page.getByLabel('Fordelt på').selectOption({ label: 'Kommune' });
  await desk.press('Opgør');
  expect(await desk.text()).toContain('Kommune for kommune');
  expect(new URL(page.url()).searchParams.get('fra')).toBe('1. januar 2026');
  await office.checks.look(page);

  // The period goes along from page to page.
  await desk.follow('Tider og opfølgning');
  expect(await page.getByLabel('Fra og med').inputValue()).toBe('1. januar 2026');
  expect(await page.getByRole('img', { name: /^Fra henvendelse til afgørelse/ }).count()).toBe(1);
  await office.checks.look(page);
  await desk.follow('Sammenlign og rettelser');
  await page.getByLabel('Sammenlign med dagen').fill('1. februar 2026');
  await desk.press('Opgør');
  expect(await desk.text()).toContain('De to perioder ved siden af hinanden');
  await office.checks.look(page);

  await desk.follow('De officielle tal');
  await desk.follow('Registrér, at en person er registreret igen');
  await page.getByLabel('Sagens nummer').fill('UV-0');
  expect(await desk.refused('Gem')).toContain('Nummeret er ikke skrevet rigtigt');
  expect(await page.getByLabel('Sagens nummer').inputValue()).toBe('UV-0');
  await office.checks.look(page);
  await page.getByLabel('Sagens nummer').fill(ended?.number ?? '');
  await page.getByLabel('Hvornår blev personen').fill('1. november 2026');
  await desk.press('Gem');
  expect(await desk.text()).toContain('Det er registreret og tælles med i tallene.');
  expect(page.url()).not.toContain(ended?.number ?? 'UV-');
  expect(office.checks.faults).toEqual([]);
});
