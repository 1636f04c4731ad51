import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, formatDate, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { PageChecks } from '../support/browser-checks.js';
import { Desk } from '../support/browser-desk.js';
import { type BrowserHouse, browserHouse } from '../support/browser-house.js';

let house: BrowserHouse;
let today: PlainDate;
const checks = new PageChecks();
const desks: Desk[] = [];
const desk = async (): Promise<Desk> => {
  const opened = await Desk.open({ origin: house.origin, checks });
  desks.push(opened);
  return opened;
};
const goTo = (day: PlainDate): void => { today = day; house.goTo(day); };
const day = (days: number): string => formatDate(addDays(today, days));
beforeAll(async () => { today = knownDate('2026-11-02'); house = await browserHouse(today); });
afterAll(async () => {
  for (const one of desks) { await one.close(); one.remove(); }
  await house.close();
});

async function assess(at: Desk, number: string, title: string, words: { pro: string; con: string }): Promise<void> {
  await at.task(number, title);
  await at.choose('Din konklusion om motivation', 'Motiveret');
  await at.tick('Trækker: partner', 'Skubber: træt');
  await at.write('Hvad taler for?', `${words.pro} (motivation)`, 0);
  await at.write('Hvad taler imod?', `${words.con} (motivation)`, 0);
  await at.choose('Din konklusion om egnethed', 'Egnet');
  for (const roman of ['I.', 'II.', 'III.', 'IV.']) await at.choose(roman, 'Ja');
  await at.write('Hvad taler for?', `${words.pro} (egnethed)`, 1);
  await at.choose('Din konklusion om behov', 'Har behov');
  await at.write('Hvad taler for?', `${words.pro} (behov)`, 2);
  await at.choose('Din samlede konklusion', 'Kandidaten bør optages');
  await at.press('Afgiv din myndigheds vurdering');
}

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
    await police.press('Tag henvendelsen');
    await police.task(number, 'Begynd visitationen');
    await police.press('Begynd visitationen');
    await police.task(number, 'Fastlæg målgruppen');
    await police.choose('Hvilken kategori', '1a');
    await police.choose('Politiets bekræftelse', 'Registreret');
    await police.press('Fastlæg målgruppen');
    await police.task(number, 'Indhent jeres egne oplysninger');
    await police.write('Hvad viser oplysningerne?', 'Ingen sager');
    await police.press('Notér');
    await police.task(number, 'Afklar behov for flytning');
    await police.choose('Er det nødvendigt', 'Nej');
    await police.write('Hvorfor?', 'ingen trusler');
    await police.press('Afklar');
    const probation = await desk();
    await probation.signIn('kif.vestegnen');
    await probation.task(number, 'Indhent jeres egne oplysninger');
    await probation.tick('Der blev ikke fundet noget');
    await probation.press('Notér');
    await assess(police, number, 'Afgiv vurderingen fra politiet', { pro: 'PolPro', con: 'PolCon' });
    await municipal.task(number, 'Afgiv vurderingen fra kommunen');
    await municipal.follow('Visitation');
    expect(await municipal.text()).toContain('Vises, når din er afgivet');
    expect(await municipal.text()).not.toContain('PolPro');
    await assess(municipal, number, 'Afgiv vurderingen fra kommunen', { pro: 'KomPro', con: 'KomCon' });
    await assess(probation, number, 'Afgiv vurderingen fra Kriminalforsorgen', { pro: 'KifPro', con: 'KifCon' });
    expect(await probation.text()).toContain('PolPro');
    await police.follow('Mit arbejde');
    console.log(await police.text());
    await police.task(number, 'Optag kandidaten i exit');
    await police.press('Optag kandidaten i exit');
    await police.follow('Mit arbejde');
    console.log(await police.text());
    await municipal.follow('Mit arbejde');
    console.log(await municipal.text());
    await municipal.follow(number);
    await municipal.follow('Samtykke');
    await municipal.follow('Åbn samtykket');
    console.log(await municipal.text());
    await municipal.tick('Personlige', 'Økonomiske', 'Sociale', 'Strafbare');
    console.log(day(3), checks.seen, checks.faults);
    goTo(today);
  });
});
