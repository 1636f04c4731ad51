import type { Desk } from './browser-desk.js';
import type { Office } from './browser-office.js';
import { WORDS } from './browser-words.js';

interface Inquiry {
  readonly name: string;
  readonly said: string;
  readonly custody?: boolean;
  readonly urgent?: boolean;
}

/** The municipality writes down who has come; the number stands on the receipt and nowhere else for it. */
export async function register(office: Office, { name, said, custody = false, urgent = false }: Inquiry): Promise<string> {
  const desk = await office.at('ishoj.koordinator');
  await desk.follow('Ny henvendelse');
  await desk.write('Navn', name);
  await desk.write('Hvordan er det sikkert', WORDS.safeContact);
  await desk.pick('Hvor bor personen?', 'Ishøj');
  if (custody) await desk.choose('Er personen i varetægt', 'Ja');
  await desk.write('Hvad sagde personen?', said);
  if (urgent) await desk.choose('Haster det?', 'Ja');
  await desk.press('Send til enheden');
  return numberOn(desk);
}

export const numberOn = async (desk: Desk): Promise<string> => {
  const [number] = /UV-[0-9A-Z]{4}-[0-9A-Z]{3}/.exec(await desk.text()) ?? [];
  if (number === undefined) throw new Error(`no number on this page:\n${await desk.text()}`);
  return number;
};

/** The police co-ordinator takes it from the unit's inbox, and begins. */
export async function takeAndBegin(office: Office, number: string): Promise<void> {
  const police = await office.at('politi.vestegnen');
  await police.follow('Mit arbejde');
  await police.follow(`Tag henvendelsen ${number}`);
  await police.press('Tag henvendelsen');
  await police.press('Nej, åbn sagen');
  await police.task(number, 'Begynd visitationen');
  await police.press('Begynd visitationen');
}

/** Target group, own registers, relocation: all but the three conclusions. */
export async function layTheGround(office: Office, number: string): Promise<void> {
  const police = await office.at('politi.vestegnen');
  await police.task(number, 'Fastlæg målgruppen');
  await police.choose('Hvilken kategori', '1a');
  await police.choose('Politiets bekræftelse', 'Registreret');
  await police.press('Fastlæg målgruppen');
  await police.task(number, 'Indhent jeres egne oplysninger');
  await police.write('Hvad viser oplysningerne?', WORDS.obtainedByPolice);
  await police.press('Notér, at egne oplysninger');
  await police.task(number, 'Afklar behov for flytning');
  await police.choose('Er det nødvendigt', 'Nej');
  await police.write('Hvorfor?', WORDS.relocation);
  await police.press('Afklar behov for flytning');
  const probation = await office.at('kif.vestegnen');
  await probation.task(number, 'Indhent jeres egne oplysninger');
  await probation.press('Nej, åbn sagen');
  await probation.write('Hvad viser oplysningerne?', WORDS.obtainedByProbation);
  await probation.press('Notér, at egne oplysninger');
}

interface Vote {
  readonly accept: boolean;
  readonly pro: string;
  readonly con: string;
  readonly remarks?: string;
}

/** One authority's conclusion, written where its task leads to. */
export async function assess(desk: Desk, number: string, task: string, { accept, pro, con, remarks }: Vote): Promise<void> {
  await desk.task(number, task);
  await desk.choose('Din konklusion om motivation', accept ? 'Motiveret' : 'Ikke motiveret');
  await desk.tick('Trækker: partner', 'Skubber: træt');
  await desk.write('Hvad taler for?', pro, 0);
  await desk.write('Hvad taler imod?', con, 0);
  await desk.choose('Din konklusion om egnethed', 'Egnet');
  for (const roman of ['I.', 'II.', 'III.', 'IV.']) await desk.choose(roman, 'Ja');
  await desk.write('Hvad taler for?', pro, 1);
  await desk.choose('Din konklusion om behov', 'Har behov');
  await desk.write('Hvad taler for?', pro, 2);
  await desk.choose('Din samlede konklusion', accept ? 'Kandidaten bør optages' : 'Kandidaten bør ikke optages');
  if (remarks !== undefined) await desk.write('Bemærkninger', remarks);
  await desk.press('Afgiv din myndigheds vurdering');
}

/** The unit disagrees, and the candidate is heard before anything is decided: the words of `WORDS.second`. @returns the co-ordinator's desk */
export async function hearBeforeRefusal(office: Office, number: string): Promise<Desk> {
  await takeAndBegin(office, number);
  await layTheGround(office, number);
  const { second } = WORDS;
  const [police, municipal, probation] = [await office.at('politi.vestegnen'), await office.at('ishoj.koordinator'), await office.at('kif.vestegnen')];
  await assess(police, number, 'Afgiv vurderingen fra politiet', { accept: true, ...second });
  await assess(municipal, number, 'Afgiv vurderingen fra kommunen', { accept: false, ...second });
  await assess(probation, number, 'Afgiv vurderingen fra Kriminalforsorgen', { accept: false, ...second });
  await police.task(number, 'Hør kandidaten, før I træffer afgørelse');
  await police.write('Hvilke oplysninger', second.facts);
  await police.write('Svarfrist', office.day(14));
  await police.press('Hør kandidaten');
  return police;
}

/** What the candidate answered is noted. */
export async function noteAnswer(police: Desk, number: string): Promise<void> {
  await police.task(number, 'Notér svaret på høringen, eller at der ikke kom noget');
  await police.write('Hvad svarede', WORDS.second.answer);
  await police.press('Notér kandidatens svar');
}

/** What is written on the way: notes, a meeting, the person's particulars; and found again by searching. */
export async function writeDown(office: Office, number: string): Promise<void> {
  const municipal = await office.at('ishoj.koordinator');
  await municipal.openCase(number, 'Journal');
  await municipal.follow('Skriv et notat');
  await municipal.write('Notat', WORDS.note);
  await municipal.pick('Hvad handler det om?', 'Personlige');
  await municipal.press('Skriv et notat');
  await municipal.follow('Skriv et notat');
  await municipal.write('Notat', WORDS.healthNote);
  await municipal.pick('Hvad handler det om?', 'Helbred');
  await municipal.press('Skriv et notat');
  await municipal.follow('Skriv referat');
  await municipal.write('Dato', office.day());
  await municipal.write('Klokken', '9.30');
  await municipal.write('Hvem deltog?', WORDS.participants);
  await municipal.write('Referat', WORDS.meeting);
  await municipal.write('Hvad blev aftalt?', WORDS.agreed);
  await municipal.pick('Hvad handler det om?', 'Personlige');
  await municipal.press('Skriv referat');
  await municipal.follow('Tidslinje', municipal.page.getByRole('navigation', { name: 'Sagens sider' }));
  await municipal.follow('Notater og møder');
  await municipal.follow('Overblik');
  await municipal.unfold('Andre handlinger');
  await municipal.follow('Opdatér personens oplysninger');
  await municipal.write('CPR-nummer', WORDS.cpr);
  await municipal.write('Kaldenavn', WORDS.alias);
  await municipal.write('Telefon', WORDS.phone);
  await municipal.press('Opdatér personens oplysninger');
  await municipal.search(WORDS.alias);
  await municipal.follow(number);
  await municipal.press('Vis navne');
}
