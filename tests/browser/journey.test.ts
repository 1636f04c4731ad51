import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { PageChecks } from '../support/browser-checks.js';
import { Desk } from '../support/browser-desk.js';
import { type BrowserHouse, browserHouse } from '../support/browser-house.js';

let house: BrowserHouse;
const checks = new PageChecks();
const desks: Desk[] = [];
const desk = async (): Promise<Desk> => {
  const opened = await Desk.open({ origin: house.origin, checks });
  desks.push(opened);
  return opened;
};
beforeAll(async () => { house = await browserHouse(knownDate('2026-11-02')); });
afterAll(async () => {
  for (const one of desks) { await one.close(); one.remove(); }
  await house.close();
});

describe('by clicking and typing alone', () => {
  it('one', async () => {
    const municipal = await desk();
    await municipal.signIn('ishoj.koordinator');
    await municipal.follow('Ny henvendelse');
    await municipal.write('Navn', 'Emil Sandbjerg');
    await municipal.write('Hvordan er det sikkert', 'Kun sms efter kl. 16');
    await municipal.pick('Hvor bor personen?', 'Ishøj');
    await municipal.write('Hvad sagde personen?', 'Vil ud');
    await municipal.press('Send til enheden');
    const number = /UV-[\w-]+/.exec(await municipal.text())?.[0] ?? '';
    expect(number).not.toBe('');
    const police = await desk();
    await police.signIn('politi.vestegnen');
    await police.follow('Tag henvendelsen ' + number);
    console.log(await police.text());
    console.log(checks.seen, checks.faults);
  });
});
