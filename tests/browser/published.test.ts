import { afterAll, beforeAll, expect, it } from 'vitest';
import { formatDate, type Instant, knownDate } from '../../src/domain/kernel/time.js';
import { Office } from '../support/browser-office.js';
import { dice, peopleIn } from '../support/published-people.js';
import { tellPeople } from '../support/published-record.js';

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
  await desk.follow('Kvalitet');
  await looksWell(desk.page, 'quality');
  await desk.follow('Offentliggør');
  expect(await desk.text()).toContain('bliver skjult.');
  await looksWell(desk.page, 'preview');
  await desk.press('Offentliggør tallene');
  expect(await desk.text()).toContain('Tallene er offentliggjort.');
  await looksWell(desk.page, 'published-at-desk');

  await municipality.follow('Tal');
  for (const said of ['Din kommune: Ishøj', 'Nye sager, I kan vente i 2026', 'For få til at sige noget', formatDate(knownDate('2026-06-30'))]) expect(await municipality.text()).toContain(said);
  await municipality.page.getByLabel('Vis på kortet og i søjlerne').selectOption({ label: 'Gennemførte exitforløb' });
  await municipality.press('Vis');
  await municipality.page.locator('summary', { hasText: 'Vis kommunerne som tabel' }).click();
  expect(await municipality.page.getByRole('row', { name: /^Ishøj/ }).count()).toBe(1);
  await looksWell(municipality.page, 'published');
  const download = municipality.page.waitForEvent('download');
  await municipality.page.getByRole('link', { name: 'Kommuner (CSV)' }).click();
  expect((await download).suggestedFilename()).toBe('tal-kommuner-2026-06-30.csv');

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
