import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { Office } from '../support/browser-office.js';
import { register, takeAndBegin } from '../support/browser-steps.js';
import { WORDS } from '../support/browser-words.js';
import { pdf } from '../support/uploads.js';

let office: Office;
beforeAll(async () => { office = await Office.open(knownDate('2026-11-02')); });
afterAll(() => office.close());

it('a file is laid in a case, refused with what was typed kept, listed for the circle, and fetched again (FM-WORK-2)', async () => {
  const number = await register(office, { name: WORDS.name, said: WORDS.said });
  await takeAndBegin(office, number);
  const municipal = await office.at('ishoj.koordinator');
  const chosen = (bytes: Buffer, name: string) => municipal.page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/pdf', buffer: bytes });
  await municipal.openCase(number, 'Dokumenter');
  expect(await municipal.text()).toContain('Der er ikke lagt bilag på sagen.');
  await municipal.follow('Læg et bilag på sagen');
  expect(await municipal.text()).toContain('Filen undersøges ikke for skadelige programmer.');
  await municipal.write('Titel', 'Udtalelse fra skolen');
  await municipal.pick('Hvad handler det om?', 'Personlige forhold');
  await chosen(Buffer.from('<svg onload="alert(1)"/>'), 'brev.pdf');
  expect(await municipal.refused('Læg et bilag på sagen')).toContain('Filen er ikke af en type, der kan gemmes.');
  expect(await municipal.valueOf('Titel')).toBe('Udtalelse fra skolen');
  await chosen(pdf('Skolens ord', 120_000), 'skolens udtalelse.pdf');
  await municipal.press('Læg et bilag på sagen');
  expect(await municipal.text()).toContain('Bilaget er gemt og låst.');
  expect(await municipal.text()).toContain('PDF, 120 KB');

  const probation = await office.at('kif.vestegnen');
  await probation.openCase(number);
  await probation.press('Nej, åbn sagen');
  await probation.openCase(number, 'Dokumenter');
  expect((await probation.download(probation.page.getByRole('link', { name: 'Hent bilag' }))).equals(pdf('Skolens ord', 120_000))).toBe(true);
  await probation.openCase(number, 'Journal');
  expect(await probation.text()).toContain('Udtalelse fra skolen');
  expect(office.checks.faults).toEqual([]);
}, 240_000);
