import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { formatDate, type Instant, knownDate } from '../../src/domain/kernel/time.js';
import { Office } from '../support/browser-office.js';
import { dice, peopleIn } from '../support/published-people.js';
import { tellPeople } from '../support/published-record.js';
import { openSpreadsheet } from '../support/spreadsheet.js';

let office: Office;
beforeAll(async () => {
  office = await Office.open(knownDate('2026-11-02'));
  await tellPeople(office.house.db, peopleIn(3, dice(3)), '2024-05-01', '2026-07-01T09:00:00.000Z' as Instant);
});
afterAll(() => office.close());

const WIDTHS = [1280, 390] as const;
const pictures = process.env['UDVEJ_PICTURES'];

it('the contact point publishes, and a municipality reads its own first, on any screen (FM-STA-2)', async () => {
  const looksWell = async (page: Parameters<typeof office.checks.look>[0], name: string): Promise<void> => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await office.checks.look(page);
      if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true });
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  };
  const municipality = await office.at('ishoj.koordinator');
  await municipality.follow('Tal');
  expect(await municipality.text()).toContain('Der er ikke offentliggjort tal endnu.');
  await looksWell(municipality.page, 'none');

  const desk = await office.at('kontaktpunkt.kl');
  await desk.follow('Tal');
  expect(await desk.text()).toContain('En fil til deling: offentliggør tallene');
  await desk.page.getByLabel('Fordelt på').selectOption({ label: 'Kategori' });
  await desk.press('Opgør');
  // On a phone every number of a part is there, under its heading, without scrolling sideways.
  await desk.page.setViewportSize({ width: 390, height: 900 });
  const last = desk.page.getByRole('table', { name: /^Efter målgruppens kategorier/ }).locator('td').last();
  expect(await last.evaluate((cell) => { const { left, right } = cell.getBoundingClientRect(); return left >= 0 && right <= 390; })).toBe(true);
  await looksWell(desk.page, 'figures');
  await desk.follow('Kvalitet');
  await looksWell(desk.page, 'quality');
  await desk.follow('Offentliggør');
  expect(await desk.text()).toContain('bliver skjult.');
  await looksWell(desk.page, 'preview');
  await desk.press('Offentliggør tallene');
  expect(await desk.text()).toContain('Tallene er offentliggjort.');
  await looksWell(desk.page, 'published-at-desk');

  await municipality.follow('Tal');
  for (const said of ['Din kommune: Ishøj', 'Nye sager, I kan vente i 2027', 'For få til at sige noget', formatDate(knownDate('2026-06-30'))]) expect(await municipality.text()).toContain(said);
  await municipality.page.getByLabel('Vis på kortet og i søjlerne').selectOption({ label: 'Gennemførte exitforløb' });
  await municipality.press('Vis');
  await municipality.page.locator('summary', { hasText: 'Vis kommunerne som tabel' }).click();
  expect(await municipality.page.getByRole('row', { name: /^Ishøj/ }).count()).toBe(1);
  await looksWell(municipality.page, 'published');
  const download = municipality.page.waitForEvent('download');
  await municipality.page.getByRole('link', { name: 'Kommuner (CSV)' }).click();
  expect((await download).suggestedFilename()).toBe('tal-kommuner-2026-06-30.csv');

  // All of it as a spreadsheet, by keyboard alone: from the heading of the files to the link and Enter.
  const all = municipality.page.getByRole('link', { name: 'Alle tabeller i ét regneark (Excel)' });
  const whole = municipality.page.waitForEvent('download');
  await municipality.page.getByLabel('Vis på kortet og i søjlerne').focus();
  for (let tabs = 0; tabs < 40 && !(await all.evaluate((link) => link === link.ownerDocument.activeElement)); tabs += 1) await municipality.page.keyboard.press('Tab');
  await municipality.page.keyboard.press('Enter');
  const spreadsheet = await whole;
  expect(spreadsheet.suggestedFilename()).toBe('tal-2026-06-30.xlsx');
  const sheets = openSpreadsheet(readFileSync(await spreadsheet.path()));
  expect(sheets.map(({ name }) => name)).toEqual(['Om tallene', 'De officielle tal', 'Frihed og fængsel', 'Lokale exitenheder', 'Kommuner', 'Målgruppe', 'Alder', 'Nye sager at vente']);
  // The page's table and the sheet are one.
  const ishoej = await municipality.page.getByRole('row', { name: /^Ishøj/ }).locator('td').allInnerTexts();
  expect(sheets[4]?.rows.find(([name]) => name?.value === 'Ishøj')?.slice(1).map(({ value }) => String(value))).toEqual(ishoej.map((cell) => (cell.includes('skjult') ? 'skjult' : cell.trim().replaceAll('.', ''))));

  // On paper: what a chart counts stands over it, and nothing runs out of the page.
  await municipality.page.emulateMedia({ media: 'print' });
  await municipality.page.setViewportSize({ width: 680, height: 900 });
  expect([await municipality.page.getByText('Lokale exitenheder: gennemførte exitforløb').isVisible(), await municipality.page.getByText('Fortroligt').count(), await municipality.page.getByRole('heading', { name: 'Hent som fil' }).count(), await municipality.page.getByText('CSV').filter({ visible: true }).count()]).toEqual([true, 0, 0, 0]);
  expect(await municipality.page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
  if (pictures !== undefined) await municipality.page.screenshot({ path: `${pictures}/published-print.png`, fullPage: true });
  await municipality.page.emulateMedia({ media: null });
  await municipality.page.setViewportSize({ width: 1280, height: 900 });

  await desk.follow('Offentliggør');
  expect(await desk.refused('Træk tallene tilbage')).toContain('Vælg, hvorfor tallene trækkes tilbage.');
  await looksWell(desk.page, 'withdraw');
  await desk.page.getByLabel('Perioden var forkert').check();
  await desk.press('Træk tallene tilbage');
  expect(await desk.text()).toContain('Tallene er trukket tilbage');
  await municipality.follow('Tal');
  expect(await municipality.text()).toContain('Der er ikke offentliggjort tal endnu.');
  expect(office.checks.faults).toEqual([]);
});
