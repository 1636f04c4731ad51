import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { PageChecks } from '../support/browser-checks.js';
import { Office } from '../support/browser-office.js';
import { register, takeAndBegin } from '../support/browser-steps.js';

let office: Office;
beforeAll(async () => { office = await Office.open(knownDate('2026-11-02')); });
afterAll(() => office.close());

it('two officials bring two cases of one person to their end: one settles and decides who is told, the unit ends its case as a double, the other sees what was decided (FM-INT-3, FM-STA-4)', async () => {
  const numbers = [await register(office, { name: 'Emil Sandbjerg', said: 'Vil ud af det hele' }), await register(office, { name: 'Emil Sandbjerg', said: 'Kom igen i dag' })] as const;
  for (const number of numbers) await takeAndBegin(office, number);
  // The worker, who alone can open CPR numbers, is not in this house: the match as it would leave it.
  await office.house.db.superuser(`insert into match.hit (cases, due) select array_agg(id order by id), '2026-11-05' from app.exit_case`);

  const [allowed, kept] = [new PageChecks(), new PageChecks()];
  const kl = await office.at('kontaktpunkt.kl');
  await kl.follow('Mit arbejde');
  await kl.follow('Sammenfald, der venter (1)');
  await kl.follow('Se de to sager');
  // A colleague says yes to the names, and meanwhile the units answer: nobody need see them.
  await kl.press('Bed om at se navnene');
  await office.house.db.superuser(`update app.approval set given = true, decided_at = now() where kind = 'match-names'`);
  await kl.follow('Mit arbejde');
  await kl.follow('Se navnene');
  expect(await kl.text()).toContain('kollegaens ja bortfalder');
  await allowed.look(kl.page);
  await kl.choose('Hvad er du kommet frem til?', 'Det er samme person');
  await kl.choose('Hvordan ved du det?', 'Jeg har set navnene');
  expect(await kl.refused('Afgør sammenfaldet')).toContain('Se navnene først');
  await kl.choose('Hvordan ved du det?', 'Enhederne har svaret');
  await kl.press('Afgør sammenfaldet');
  expect(await kl.text()).toContain('De to sager er om samme person');
  await kl.follow('Mit arbejde');
  expect(await kl.text()).not.toContain('ser de to navne');
  await kl.follow('Sammenfald, der venter (1)');
  await kl.follow('Beslut');
  expect(await kl.refused('Gem beslutningen')).toContain('Vælg, hvem der skal have besked');
  await kl.choose('Hvem skal have besked', `Begge: ${numbers[1]}`);
  await kl.choose('På hvilket grundlag?', 'Retsplejelovens § 115');
  await kl.tick('Jeg har sikret mig');
  expect(await kl.refused('Gem beslutningen')).toContain('gælder kun omkring en løsladelse');
  await kl.choose('På hvilket grundlag?', 'Exitsamarbejdets opgave');
  await kl.press('Gem beslutningen');
  expect(await kl.text()).toContain('Begge enheder har fået besked.');

  const police = await office.at('politi.vestegnen');
  await police.task(numbers[1], 'Afslut sagen som dublet: der er en anden sag om samme person');
  expect(await police.text()).toContain(`Der er en anden sag om samme person: ${numbers[0]}`);
  await police.write('Hvordan slutter sagen hos jer?', 'Den første sag føres videre, og kommunen siger det til personen');
  await police.press('Afslut sagen som dublet');
  expect(await police.text()).toContain('tæller ikke med i nogen tal');
  expect(await police.text()).not.toContain('Aftal med dem');
  await police.task(numbers[0], 'Se, at der er en anden sag om samme person');
  expect(await police.text()).toContain(`Der er en anden sag om samme person: ${numbers[1]}`);
  expect(await police.text()).toContain(`Kontaktpunktet har afgjort, at ${numbers[1]} slutter som dublet. Denne sag går videre.`);
  expect(await police.text()).not.toContain('Hvorfor går sagen videre?');
  await kept.look(police.page);
  await police.openCase(numbers[0]);
  expect(await police.text()).toContain(`Der er en anden sag om samme person: ${numbers[1]}`);

  const colleague = await office.at('kontaktpunkt.politi');
  await colleague.follow('Mit arbejde');
  await colleague.follow('Sammenfald');
  expect(await colleague.text()).toContain(`Begge: ${numbers[1]}`);
  expect(await colleague.text()).toContain('Ingen sammenfald venter.');
  // The same kind of page as when nothing was settled, and yet another.
  const settled = new PageChecks();
  await settled.look(colleague.page);
  expect([...office.checks.faults, ...settled.faults, ...allowed.faults, ...kept.faults]).toEqual([]);
});

it('an inquiry that nobody has taken is closed as a double from the inbox (FM-INT-3)', async () => {
  const other = await register(office, { name: 'Malthe Kirkeby', said: 'Vil ud af det hele' });
  await takeAndBegin(office, other);
  const number = await register(office, { name: 'Malthe Kirkeby', said: 'Skriver igen' });
  await office.house.db.superuser(`insert into match.hit (cases, due) select array_agg(id order by id), '2026-11-05' from app.exit_case where number in ($1, $2)`, [number, other]);

  const kl = await office.at('kontaktpunkt.kl');
  await kl.follow('Mit arbejde');
  await kl.follow('Sammenfald, der venter (1)');
  await kl.follow('Se de to sager');
  expect(await kl.text()).toContain('de ligger hos samme enhed');
  await kl.choose('Hvad er du kommet frem til?', 'Det er to forskellige personer');
  await kl.choose('Hvordan ved du det?', 'Enhederne har svaret');
  // A colleague is faster.
  await office.house.db.superuser(`update match.hit set settled_at = '2026-11-02T10:00Z', outcome = 'same', basis = 'units' where settled_at is null`);
  await kl.refused('Afgør sammenfaldet');
  expect(await kl.text()).toContain('Din afgørelse er ikke gemt');
  expect(await kl.text()).toContain('Det er to forskellige personer. Enhederne har svaret hver for sig.');
  await kl.choose('Hvem skal have besked', `Kun den ene: ${number}`);
  await kl.choose('På hvilket grundlag?', 'Exitsamarbejdets opgave');
  await kl.tick('Jeg har sikret mig');
  await kl.press('Gem beslutningen');
  expect(await kl.text()).toContain('Ingen har taget den endnu, så beskeden står der, når enheden åbner den i sin indbakke.');

  const police = await office.at('politi.vestegnen');
  await police.follow('Mit arbejde');
  expect(await police.text()).toContain('Kontaktpunktet har afgjort, at den slutter som dublet.');
  const home = new PageChecks();
  await home.look(police.page);
  await police.follow(`Tag eller luk henvendelsen ${number}`);
  for (const words of ['Henvendelsen slutter som dublet', 'læser ingen, hvad personen sagde']) expect(await police.text()).toContain(words);
  expect(await police.text()).not.toContain(other);
  await police.follow('Luk henvendelsen som dublet');
  expect(await police.text()).toContain('Ingen kommer med i en kreds');
  // It can still be taken, and from there ended.
  await police.follow('tag den');
  await police.follow('Luk henvendelsen som dublet');
  await police.press('Luk henvendelsen som dublet');
  expect(await police.text()).toContain('Henvendelsen er lukket som dublet');
  expect(await police.text()).not.toContain(number);
  expect([...office.checks.faults, ...home.faults]).toEqual([]);
});

it('an official is told what a colleague decided while he chose, and that what was decided holds no longer (FM-INT-3, FM-CON-3)', async () => {
  const numbers = [await register(office, { name: 'Viktor Elmelund', said: 'Vil ud af det hele' }), await register(office, { name: 'Viktor Elmelund', said: 'Kom igen i dag' })] as const;
  for (const number of numbers) await takeAndBegin(office, number);
  const sql = (text: string) => office.house.db.superuser(text, [numbers[0]]);
  await office.house.db.superuser(`insert into match.hit (cases, due, settled_at, outcome, basis) select array_agg(id order by id), '2026-11-05', '2026-11-02T10:00Z', 'same', 'units' from app.exit_case where number = any ($1)`, [numbers]);
  const HIT = 'id = (select h.id from match.hit h join app.exit_case c on c.id = any (h.cases) where c.number = $1)';

  const kl = await office.at('kontaktpunkt.kl');
  await kl.follow('Mit arbejde');
  await kl.follow('Beslut det');
  await kl.choose('Hvem skal have besked', `Kun den ene: ${numbers[0]}`);
  await kl.choose('På hvilket grundlag?', 'Exitsamarbejdets opgave');
  await kl.tick('Jeg har sikret mig');
  await sql(`update match.hit set decided_at = '2026-11-02T10:00Z', telling = 'nobody' where ${HIT}`);
  await kl.refused('Gem beslutningen');
  for (const words of ['Din beslutning er ikke gemt', 'besluttet, at ingen får besked', `Kun den ene: ${numbers[0]}`]) expect(await kl.text()).toContain(words);

  // Decided and not sent, and then there is a decision in the case that would be told of.
  await sql(`update match.hit set telling = case when cases[1] = (select id from app.exit_case where number = $1) then 'first' else 'second' end, law = 'before-consent' where ${HIT}`);
  await sql(`insert into match.telling (hit_id, case_id, ends) select h.id, c.id, true from match.hit h join app.exit_case c on c.id = any (h.cases) where c.number = $1`);
  await office.house.db.superuser(`update app.exit_case set phase = 'accepted' where number = $1`, [numbers[1]]);
  await kl.follow('Mit arbejde');
  await kl.follow('Send beskeden');
  const settled = new PageChecks();
  await settled.look(kl.page);
  for (const words of ['holder ikke længere', 'personen har svaret på, om oplysninger må deles', 'Beslut det igen']) expect(await kl.text()).toContain(words);
  await kl.choose('Hvem skal have besked', `Kun den ene: ${numbers[0]}`);
  await kl.choose('På hvilket grundlag?', 'Personens samtykke');
  await kl.tick('Jeg har sikret mig');
  await kl.press('Gem beslutningen');
  expect(await kl.text()).toContain('Enheden med den sag, der slutter, har fået besked.');
  expect([...office.checks.faults, ...settled.faults]).toEqual([]);
});

it('an urgent inquiry that nobody has read is seen at the desk, is not told of alone, and is taken before it ends; the names are asked for once (FM-INT-3)', async () => {
  const other = await register(office, { name: 'Oliver Tranberg', said: 'Vil ud af det hele' });
  await takeAndBegin(office, other);
  const number = await register(office, { name: 'Oliver Tranberg', said: 'De kommer i aften', urgent: true });
  await office.house.db.superuser(`insert into match.hit (cases, due) select array_agg(id order by id), '2026-11-02' from app.exit_case where number in ($1, $2)`, [number, other]);
  const [queue, desk, chosen, inbox, own] = [new PageChecks(), new PageChecks(), new PageChecks(), new PageChecks(), new PageChecks()];

  const kl = await office.at('kontaktpunkt.kl');
  await kl.follow('Mit arbejde');
  expect(await kl.text()).toContain(`Se, om to sager er om samme person. ${number} haster`);
  await own.look(kl.page);
  await kl.follow('Sammenfald, der venter (1)');
  await queue.look(kl.page);
  await kl.follow('Se de to sager');
  expect(await kl.text()).toContain(`${number} haster, og ingen har taget den`);
  await kl.press('Bed om at se navnene');
  await office.house.db.superuser(`update app.approval set given = true, decided_at = now() where kind = 'match-names' and given is null`);
  await kl.page.reload();
  await kl.press('Vis navnene nu');
  expect(await kl.text()).toContain('Navnene vises kun nu');
  await kl.page.reload();
  expect(await kl.text()).toContain('Navnene er vist');
  expect(await office.house.db.superuser(`select 1 from app.approval where kind = 'match-names' and given is null`)).toEqual([]);
  await desk.look(kl.page);
  await kl.choose('Hvad er du kommet frem til?', 'Det er samme person');
  await kl.choose('Hvordan ved du det?', 'Jeg har set navnene');
  await kl.press('Afgør sammenfaldet');
  await kl.choose('Hvem skal have besked', `Kun den ene: ${number}`);
  await kl.choose('På hvilket grundlag?', 'Exitsamarbejdets opgave');
  await kl.tick('Jeg har sikret mig');
  expect(await kl.refused('Gem beslutningen')).toContain('når det, personen sagde, ingen');
  await chosen.look(kl.page);
  await kl.choose('Hvem skal have besked', 'Ingen endnu');
  await kl.press('Gem beslutningen');
  expect(await kl.text()).toContain('Ingen har fået besked endnu');
  const nobody = new PageChecks();
  await nobody.look(kl.page);
  await kl.follow('Beslut igen');
  await kl.choose('Hvem skal have besked', `Begge: ${number}`);
  await kl.choose('På hvilket grundlag?', 'Exitsamarbejdets opgave');
  await kl.tick('Jeg har sikret mig');
  await kl.press('Gem beslutningen');

  const police = await office.at('politi.vestegnen');
  await police.follow('Mit arbejde');
  expect(await police.text()).toContain('Den haster, og ingen har læst den: tag den først');
  await police.follow(`Tag henvendelsen ${number}`);
  expect(await police.text()).toContain('Den haster, og ingen har læst den');
  expect(await police.text()).not.toContain('Luk henvendelsen');
  await inbox.look(police.page);
  await police.press('Tag henvendelsen');
  await police.press('Nej, åbn sagen');
  await police.task(number, 'Afslut sagen som dublet: der er en anden sag om samme person');
  await police.write('Hvordan slutter sagen hos jer?', 'Det, personen sagde, er med over');
  await police.press('Afslut sagen som dublet');
  await police.openCase(other);
  expect(await police.text()).toContain(`${number} er afsluttet nu. Denne sag går videre.`);
  const over = new PageChecks();
  await over.look(police.page);
  expect([...office.checks.faults, ...[queue, desk, chosen, inbox, own, nobody, over].flatMap(({ faults }) => faults)]).toEqual([]);
});
