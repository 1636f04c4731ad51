import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { Office } from '../support/browser-office.js';

let office: Office;
beforeAll(async () => { office = await Office.open(knownDate('2026-11-02')); });
afterAll(() => office.close());

it('somebody finds his own logins from the head of a page, also on a phone, and ends all the others (control 27)', async () => {
  const { page } = await office.at('ishoj.koordinator');
  await office.house.db.superuser(`insert into sec.session (token_hash, user_id, functions, authority, auth_time, level)
    select sha256('another'), user_id, functions, authority, auth_time, level from sec.session`);
  await page.getByRole('link', { name: 'Dine logins' }).first().click();
  await page.getByRole('heading', { name: 'Er der et login, du ikke kender?' }).waitFor();
  await office.checks.look(page);
  await page.getByRole('button', { name: 'Afslut alle andre' }).click();
  await page.getByText('Alle andre login er afsluttet.').waitFor();
  expect(await page.getByText('Du er kun logget ind her.', { exact: true }).count()).toBe(1);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator('summary', { hasText: 'Menu' }).click();
  await page.locator('.menu-panel').getByRole('link', { name: 'Dine logins' }).click();
  await page.getByRole('heading', { name: 'Dine logins', level: 1 }).waitFor();
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(office.checks.faults).toEqual([]);
});

it('who said yes to a deletion finds its receipt, which prints without menus (FM-WORK-4)', async () => {
  const { page } = await office.at('ishoj.koordinator');
  await page.goto(`${office.house.origin}/sager?vis=afsluttede`);
  expect(await page.getByRole('link', { name: 'Se slettede sager' }).count()).toBe(0);
  const approval = randomUUID();
  await office.house.db.superuser(`insert into app.approval (id, kind, subject, line, until) values ($1, 'shredding', gen_random_uuid(), 'x', now())`, [approval]);
  await office.house.db.superuser(`insert into app.approval_vote (approval_id, requester, voter, authority, yes)
    select a.id, a.requester, s.id, s.authority, true from app.approval a, app.staff s where a.id = $1 and s.subject in ('politi.vestegnen', 'ishoj.koordinator')`, [approval]);
  await office.house.db.superuser(`insert into sec.shred_order (case_id, approval_id, number, outcome, ended_on, payload, mac, done_at) values (gen_random_uuid(), $1, 'UV-7K3M-9QX', 'closed-inquiry', '2025-11-02', 'x', 'x', now())`, [approval]);
  await page.reload();
  await page.getByRole('link', { name: 'Se slettede sager' }).click();
  await office.checks.look(page);
  await page.getByRole('link', { name: 'Kvittering for UV-7K3M-9QX' }).click();
  await page.getByRole('heading', { name: 'Kvittering for sletning' }).waitFor();
  await office.checks.look(page);
  await page.emulateMedia({ media: 'print' });
  expect([await page.getByText('Udskrevet af').isVisible(), await page.getByRole('navigation').first().isVisible(), await page.getByText('Se alle slettede sager').isVisible()]).toEqual([true, false, false]);
  if (process.env['UDVEJ_PICTURES'] !== undefined) await page.screenshot({ path: `${process.env['UDVEJ_PICTURES']}/print.png` });
  await page.emulateMedia({ media: 'screen' });
  expect(office.checks.faults).toEqual([]);
});
