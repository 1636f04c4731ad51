import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { Office } from '../support/browser-office.js';
import { register, takeAndBegin } from '../support/browser-steps.js';

let office: Office;
beforeAll(async () => { office = await Office.open(knownDate('2026-11-02')); });
afterAll(() => office.close());

/** What other units sent, a day apart and of every kind, the last of them eleven days ago. */
const sentByOthers = (count: number) => office.house.db.superuser(`
  with cases as (
    insert into app.exit_case (id, number, label, unit, municipality, phase, place, since, version, created_at, touched_at)
    select gen_random_uuid(), sec.case_number(decode(lpad(to_hex(n), 16, '0'), 'hex')), 'Ravnen', (array['fyn', 'oestjylland', 'dfk'])[1 + n % 3], '0461', 'course', 'freedom', '2026-10-01', 9, '2026-10-01', '2026-10-01'
    from generate_series(1, $1::int) n returning id, number, unit)
  insert into app.notification (kind, case_id, version, number, unit, at)
  select (array['assessment-begun', 'agreement-entered', 'course-status', 'course-completed'])[1 + place % 4], id, 3, number, unit, timestamptz '2026-11-02 08:40+01' - (place % 12) * interval '1 day'
  from (select cases.*, row_number() over (order by number) as place from cases) c`, [count]);

it('an official sees how long each has waited, and acknowledges one, some and a page of them, also with a colleague at it and on a phone (FM-NOT-1)', async () => {
  const number = await register(office, { name: 'Emil Sandbjerg', said: 'Vil ud af det hele' });
  await takeAndBegin(office, number);
  await sentByOthers(31);

  const desk = await office.at('kontaktpunkt.politi');
  const { page } = desk;
  await page.getByRole('heading', { name: '32 underretninger venter' }).waitFor();
  await page.getByRole('link', { name: 'Se og kvittér' }).click();
  const rows = page.getByRole('row').filter({ has: page.getByRole('checkbox') });
  expect([await rows.count(), await rows.first().getByText('11 dage').count(), await rows.first().locator('.badge.is-late').count()]).toEqual([25, 1, 1]);
  await page.getByText('Enhed for enhed (4)').click();
  await office.checks.look(page);

  expect(await desk.refused('Kvittér for de valgte')).toContain('Vælg mindst én underretning');
  await rows.nth(1).getByRole('checkbox').check();
  await rows.nth(2).getByRole('checkbox').check();
  // A colleague is sooner with one of them.
  const taken = await rows.nth(2).getByRole('checkbox').inputValue();
  await office.house.db.superuser(`update app.notification set acknowledged_at = at, acknowledged_by = (select id from app.staff where subject = 'kontaktpunkt.kl') where id = $1`, [taken]);
  await desk.press('Kvittér for de valgte');
  await page.getByText('Du har kvitteret for én underretning. Én underretning var der allerede kvitteret for.').waitFor();
  await rows.first().getByRole('button').click();
  await page.getByText('Du har kvitteret for én underretning.', { exact: true }).waitFor();

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Kvittér for alle 25 på siden' }).click();
  await page.getByText('Du har kvitteret for 25 underretninger.').waitFor();
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(await rows.count()).toBe(4);
  await page.getByRole('row').filter({ hasText: number }).waitFor();

  await page.getByLabel('Enhed', { exact: true }).selectOption('fyn');
  await page.getByLabel('Vis', { exact: true }).selectOption('alle');
  await desk.press('Vis');
  expect(new URL(page.url()).search).toBe('?enhed=fyn&slags=&vis=alle');
  await page.getByText('Karen Holm Iversen').or(page.getByText('Anne Grete Bisgaard')).first().waitFor();
  await office.checks.look(page);
  await page.goto(`${office.house.origin}/underretninger`);
  await desk.press('Kvittér for alle');
  await page.getByText('Alt er læst. Der venter ingen underretninger.').waitFor();
  await office.checks.look(page);
  expect(office.checks.faults).toEqual([]);
});

it('the unit sees on its page and in the case what was sent and when it was read (FM-NOT-1)', async () => {
  const unread = await register(office, { name: 'Karl Lund', said: 'Vil ud' });
  await takeAndBegin(office, unread);
  const police = await office.at('politi.vestegnen');
  await police.openCase(unread);
  await police.page.getByRole('navigation', { name: 'Sagens sider' }).getByRole('link', { name: 'Tidslinje' }).click();
  await police.unfold('Sendt til kontaktpunktet (1, ikke læst endnu)');
  await office.checks.look(police.page);
  expect(await police.page.getByRole('row').filter({ hasText: 'Visitationen er begyndt' }).innerText()).toMatch(/2\. november 2026[\s\S]*Ikke læst endnu/);
  await police.follow('Enheden');
  await police.page.getByText('Én underretning fra en sag, du er med i, er ikke læst af kontaktpunktet endnu.').waitFor();
  await office.checks.look(police.page);
  const desk = await office.at('kontaktpunkt.dfk');
  await desk.follow('Underretninger');
  await desk.press('Kvittér');
  await police.follow('Enheden');
  await police.page.getByText('Kontaktpunktet har læst alt').waitFor();
  await police.openCase(unread, 'Tidslinje');
  await police.unfold('Sendt til kontaktpunktet (1, alt er læst)');
  expect((await police.page.getByRole('row').filter({ hasText: 'Visitationen er begyndt' }).innerText()).match(/2\. november 2026/g)).toHaveLength(2);
  expect(office.checks.faults).toEqual([]);
});
