import { afterAll, beforeAll, expect, it } from 'vitest';
import { caseNumber } from '../../src/domain/kernel/case-number.js';
import { knownDate } from '../../src/domain/kernel/time.js';
import type { Desk } from '../support/browser-desk.js';
import { Office } from '../support/browser-office.js';
import { hearBeforeRefusal, noteAnswer, register } from '../support/browser-steps.js';
import { WORDS } from '../support/browser-words.js';

let office: Office;
beforeAll(async () => { office = await Office.open(knownDate('2026-11-02')); });
afterAll(() => office.close());

const { second } = WORDS;
const ACCOUNT = 'Jeg har ikke set dem siden maj, men det spurgte ingen om';
const MORE = 'Vi har talt med ham igen i går, og han siger det samme.';

/** Refused by the majority of the unit; the candidate gets the number on a letter. */
async function refuse(number: string): Promise<Desk> {
  const police = await hearBeforeRefusal(office, number);
  await noteAnswer(police, number);
  await police.task(number, 'Træf afgørelse');
  await police.choose('Hvad opfylder kandidaten ikke?', 'Motivation');
  await police.write('Begrundelse', second.reasons);
  await police.write('Vejledning om klage', second.complaint);
  await police.press('Giv afslag');
  return police;
}

const LATER = 'Han har siden ringet og sagt nej til at møde dem.';
/** The unit sends more after the official gave his position: he is told on his front page, in the queue on the narrowest screen, and in the case (FM-DEC-2). */
async function newsFor(official: Desk, police: Desk, number: string): Promise<void> {
  await official.openCase(number);
  expect(await official.text()).toContain('Lige nu er der ikke noget, du skal gøre');
  await police.openCase(number, 'Visitation');
  await police.unfold('Andre handlinger');
  await police.follow('Send det, kontaktpunktet skal have til prøvelsen');
  await police.write('Andet, kontaktpunktet skal have med', LATER);
  await police.press('Se, hvad kontaktpunktet får');
  await police.press('Send til kontaktpunktet');
  await official.follow('Spørgsmål');
  expect(await official.text()).toContain('Nyt siden din stillingtagen');
  await official.page.setViewportSize({ width: 320, height: 844 });
  expect(await official.page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
  await office.checks.look(official.page);
  await official.page.setViewportSize({ width: 1280, height: 900 });
  await official.follow('Mit arbejde');
  await office.checks.look(official.page);
  await official.follow('Se det nye');
  for (const words of [LATER, 'Giv en ny stilling', 'ændrer det noget, kan du give en ny']) expect(await official.text()).toContain(words);
  expect(await official.text()).not.toContain('Lige nu er der ikke noget, du skal gøre');
}

it('a refused candidate turns to the contact point: an official asks by the number, the unit sends what is needed, two authorities overturn the refusal, and it stands in a letter (FM-DEC-2, FM-NCP-2, FM-CNF-4)', async () => {
  const number = await register(office, { name: second.name, said: second.said });
  const police = await refuse(number);

  const kl = await office.at('kontaktpunkt.kl');
  await kl.follow('Spørgsmål');
  await kl.follow('Bed om prøvelse af et afslag');
  expect(await kl.text()).toContain('Sagen åbnes ikke for dig.');
  await kl.write('Sagsnummer', caseNumber(new Uint8Array(8).fill(7)));
  await kl.write('Hvad siger kandidaten til afslaget?', ACCOUNT);
  expect(await kl.refused('Bed om prøvelse')).toContain('Der er ikke noget afslag, kontaktpunktet kan prøve, med det nummer.');
  expect(await kl.valueOf('Hvad siger kandidaten til afslaget?')).toBe(ACCOUNT);
  await kl.write('Sagsnummer', number.toLowerCase());
  await kl.press('Bed om prøvelse');
  const queue = await kl.text();
  for (const words of ['Afslaget er sendt til prøvelse og ligger nu i køen.', number, 'Prøvelse af et afslag', 'To myndigheder']) expect(queue).toContain(words);
  for (const word of [ACCOUNT, second.name, second.reasons]) expect(queue).not.toContain(word);

  await police.task(number, 'Kontaktpunktet har bedt om at prøve afslaget. Send det, kontaktpunktet skal have.');
  expect(await police.text()).toContain(ACCOUNT);
  expect(await police.refused('Se, hvad kontaktpunktet får')).toContain('Vælg mindst én tekst, eller skriv selv.');
  await police.write('Andet, kontaktpunktet skal have med', MORE);
  await police.press('Se, hvad kontaktpunktet får');
  // The refusal goes along by itself.
  expect(await police.text()).toContain(second.reasons);
  await police.press('Send til kontaktpunktet');
  for (const words of ['Det er sendt til kontaktpunktet.', 'Kandidaten har selv henvendt sig til kontaktpunktet', ACCOUNT, MORE]) expect(await police.text()).toContain(words);

  for (const [login, reasons] of [['kontaktpunkt.kl', second.upheld], ['kontaktpunkt.politi', second.upheldToo]] as const) {
    const official = await office.at(login);
    await official.task(number, 'Tag stilling til et afslag');
    await official.press('Tag spørgsmålet');
    for (const words of [ACCOUNT, MORE, second.reasons]) expect(await official.text()).toContain(words);
    expect(await official.text()).not.toContain(second.said);
    await official.follow('Giv stilling');
    await official.choose('Hvad er din myndigheds stilling?', 'Afslaget ændres');
    await official.write('Begrundelse', reasons);
    await official.press('Giv din myndigheds stilling');
    if (login === 'kontaktpunkt.kl') await newsFor(official, police, number);
  }
  await police.openCase(number, 'Visitation');
  expect(await police.text()).toContain('Kandidaten er optaget');
  expect(await police.text()).toContain(second.upheld);
  await police.follow('Dokumenter');
  const letter = await police.download(police.page.getByRole('link', { name: /afgørelse/i }).first());
  expect(letter.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  expect(office.checks.faults).toEqual([]);
}, 400_000);
