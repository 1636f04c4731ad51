import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { readPdf } from '../documents/reading.js';
import { Office } from '../support/browser-office.js';
import { standing } from '../support/overview-world.js';

let office: Office;
beforeAll(async () => { office = await Office.open(knownDate('2026-11-02')); });
afterAll(() => office.close());

const ELSEWHERE = ['0461', '0461', '0851', '0101', '0101', '0101'] as const;
const times = (text: string, part: string): number => text.split(part).length - 1;

it('paper says on every page who printed it and that it is confidential, and no page is left empty for a long table (FM-NCP-1, FM-CNF-5)', async () => {
  await standing(office.house, Array.from({ length: 60 }, (_, n) => ({ municipality: ELSEWHERE[n % ELSEWHERE.length] ?? '0461', since: `2026-0${1 + (n % 9)}-01`, due: n % 3 === 0 ? '2026-11-09' : null, waitsFor: 'follow-up' })));
  const desk = await office.at('kontaktpunkt.kl');
  await desk.follow('Overblik');
  const printed = await desk.page.pdf({ format: 'A4', preferCSSPageSize: true });
  if (process.env['UDVEJ_PICTURES'] !== undefined) writeFileSync(`${process.env['UDVEJ_PICTURES']}/print.pdf`, printed);
  const { pages } = await readPdf(printed);
  expect(pages.length).toBeGreaterThan(1);
  for (const page of pages) expect(times(page, 'Udskrevet af ')).toBe(1);
  for (const page of pages) expect(page).toMatch(/^Udskrevet af .* kl\. \d\d\.\d\d\. Fortroligt\./);
  // The section with the long table begins on the page on which its turn comes.
  const [first = ''] = pages;
  expect(times(first, 'UV-')).toBeGreaterThan(0);
  expect(office.checks.faults).toEqual([]);
});
