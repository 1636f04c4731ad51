import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { Office } from '../support/browser-office.js';
import { register, takeAndBegin } from '../support/browser-steps.js';
import { standing } from '../support/overview-world.js';

let office: Office;
beforeAll(async () => { office = await Office.open(knownDate('2026-11-02')); });
afterAll(() => office.close());

const ELSEWHERE = ['0461', '0461', '0851', '0101', '0101', '0101', '0101', '0101', '0101', '0151'] as const;

it('the contact point sees the country, narrows it by the map with the keyboard, and sees the names once (FM-NCP-1)', async () => {
  const waiting = await register(office, { name: 'Emil Tangkær', said: 'Vil ud' });
  await takeAndBegin(office, waiting);
  await register(office, { name: 'Karl Lund', said: 'Vil også ud' });
  const [late = ''] = await standing(office.house, [
    { due: '2026-10-19', waitsFor: 'decision', since: '2024-07-06', phase: 'assessment' }, ...Array.from({ length: 29 }, (_, n) => ({ municipality: ELSEWHERE[n % ELSEWHERE.length] ?? '0461', since: `2026-0${1 + (n % 9)}-01`, due: n % 3 === 0 ? '2026-11-09' : null, waitsFor: 'follow-up' })),
  ]);
  office.pass(3);
  const desk = await office.at('kontaktpunkt.kl');
  await desk.follow('Overblik');
  for (const said of ['31 sager i visitation eller forløb, én for sent', 'Én sag er for sent', late, '17 dage for sent', 'Afgørelse mangler', 'Viser 1–25 af 31 sager', 'Henvendelser, som ingen har taget', '2 dage for sent']) expect(await desk.text()).toContain(said);
  expect(await desk.text()).not.toContain('Tangkær');

  const { page } = desk;
  const copenhagen = page.getByRole('link', { name: /^København: \d+ sager$/ });
  await copenhagen.focus();
  expect(await page.locator('.map a:focus .said').evaluate((text) => getComputedStyle(text).visibility)).toBe('visible');
  const loaded = page.waitForEvent('load');
  await page.keyboard.press('Enter');
  await loaded;
  expect(new URL(page.url()).search).toBe('?kommune=0101');
  expect(await desk.text()).toContain('sager passer, ingen er for sent');
  await desk.follow('Ryd filteret');

  // On A4 the age's bar is still on the page.
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 690, height: 900 });
  expect(await page.locator('.agebar').first().evaluate((bar) => bar.getBoundingClientRect().right)).toBeLessThanOrEqual(690);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
  await page.emulateMedia({ media: null });
  await page.setViewportSize({ width: 1280, height: 900 });

  await page.locator('.wide-only form').getByLabel('Kommune').selectOption({ label: 'Ishøj' });
  await page.locator('.wide-only form').getByRole('button', { name: 'Vis', exact: true }).click();
  await page.getByRole('heading', { name: 'Én sag passer' }).waitFor();
  await desk.press('Vis navne');
  expect(await desk.text()).toContain('Emil Tangkær');
  expect(await desk.text()).toContain('Navnene vises kun nu.');
  await office.checks.look(page);
  expect(page.url()).not.toContain('Tangk');
  await desk.follow('Overblik');
  expect(await desk.text()).not.toContain('Emil Tangkær');

  // On a phone the tables stand alone and the filter is folded away; without scripts, too.
  await page.setViewportSize({ width: 390, height: 844 });
  expect([await page.locator('svg.map').isVisible(), await page.getByRole('table', { name: 'Sager i hver politikreds' }).isVisible()]).toEqual([false, true]);
  await page.locator('summary', { hasText: 'Filtrér' }).click();
  await page.locator('.phone-only form').getByLabel('Kun for sent').check();
  await page.locator('.phone-only form').getByRole('button', { name: 'Vis', exact: true }).click();
  await page.getByRole('heading', { name: 'Én sag passer, én er for sent' }).waitFor();
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${office.house.origin}/overblik?enhed=mars`);
  await office.checks.look(page);
  expect(office.checks.faults).toEqual([]);
});
