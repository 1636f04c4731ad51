import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { knownDate } from '../../src/domain/kernel/time.js';
import { enterAgreement, followAndEnd, prepareAgreement } from '../support/browser-agreement.js';
import { Office } from '../support/browser-office.js';
import { assess, layTheGround, register, takeAndBegin, writeDown } from '../support/browser-steps.js';
import { WORDS } from '../support/browser-words.js';
import { scanFor, serverFiles } from '../support/canary.js';

const { dataDir } = inject('database');
const began = new Date();
/** The whole way is some two hundred pages, each looked at. */
const LONG = 400_000;

let office: Office;
let said = '';
beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    vi.spyOn(stream, 'write').mockImplementation((...args: Parameters<typeof write>) => {
      said += String(args[0]);
      return write(...args);
    });
  }
  office = await Office.open(knownDate('2026-11-02'));
});
afterEach(() => {
  expect(office.checks.faults.splice(0)).toEqual([]);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await office.close();
});

const three = async () => [await office.at('politi.vestegnen'), await office.at('ishoj.koordinator'), await office.at('kif.vestegnen')] as const;

describe('by clicking and typing alone', () => {
  it('three authorities take one person from the inquiry to the discharge document (FM-INT-1, FM-ASM-12, FM-AGR-3, FM-END-4, FM-WORK-3)', async () => {
    const number = await register(office, { name: WORDS.name, said: WORDS.said });
    await takeAndBegin(office, number);
    const [police, municipal, probation] = await three();
    await police.follow('Mit arbejde');
    await police.picture('mit-arbejde');
    await layTheGround(office, number);
    await writeDown(office, number);
    await police.openCase(number);
    await police.picture('sag');

    await assess(police, number, 'Afgiv vurderingen fra politiet', { accept: true, ...WORDS.police });
    await municipal.openCase(number, 'Visitation');
    expect(await municipal.text()).toContain('Vises, når din er afgivet');
    expect(await municipal.text()).not.toContain(WORDS.police.pro);
    await assess(municipal, number, 'Afgiv vurderingen fra kommunen', { accept: true, ...WORDS.municipal });
    await assess(probation, number, 'Afgiv vurderingen fra Kriminalforsorgen', { accept: true, ...WORDS.probation });
    expect(await probation.text()).toContain(WORDS.police.pro);
    expect(await probation.text()).toContain('Alle finder, at kandidaten bør optages');
    await probation.openCase(number, 'Visitation');
    await probation.picture('visitation');
    await police.task(number, 'Træf afgørelse');
    await police.write('Begrundelse', WORDS.accepted);
    await police.press('Optag kandidaten i exit');

    await prepareAgreement(office, number);
    await enterAgreement(office, number);
    expect(await office.at('jobcenter.ishoj').then((desk) => desk.text())).toContain('I gang');
    await followAndEnd(office, number);

    await municipal.openCase(number, 'Dokumenter', true);
    await municipal.picture('dokumenter');
    const links = await municipal.page.getByRole('link', { name: 'Hent PDF' }).all();
    expect(links).toHaveLength(4);
    for (const link of links) expect((await municipal.download(link)).subarray(0, 5).toString()).toBe('%PDF-');
    await police.openCase(number, undefined, true);
    expect(await police.text()).toContain('Afsluttet (forløbet blev gennemført) siden');
    await police.follow('Kreds og log');
    await police.unfold('Ældre opslag');
    expect(await police.text()).toContain('Så navnet');
  }, LONG);

  it('a second one is refused with reasons after a hearing, and the contact point decides the review (FM-LAW-1, FM-DEC-1, FM-DEC-2)', async () => {
    const { second } = WORDS;
    const number = await register(office, second);
    await takeAndBegin(office, number);
    await layTheGround(office, number);
    const [police, municipal, probation] = await three();
    await assess(police, number, 'Afgiv vurderingen fra politiet', { accept: true, ...second });
    await assess(municipal, number, 'Afgiv vurderingen fra kommunen', { accept: false, ...second });
    await assess(probation, number, 'Afgiv vurderingen fra Kriminalforsorgen', { accept: false, ...second });
    expect(await probation.text()).toContain('I er ikke enige');

    await police.task(number, 'Hør kandidaten, før I træffer afgørelse');
    await police.write('Hvilke oplysninger', second.facts);
    await police.write('Svarfrist', office.day(14));
    await police.press('Hør kandidaten');
    await police.task(number, 'Notér svaret på høringen, eller at der ikke kom noget');
    expect(await police.text()).toContain(second.facts);
    await police.write('Hvad svarede', second.answer);
    await police.press('Notér kandidatens svar');
    await police.task(number, 'Træf afgørelse');
    await police.choose('Hvad opfylder kandidaten ikke?', 'Motivation');
    await police.write('Begrundelse', second.reasons);
    expect(await police.refused('Giv afslag')).toContain('hvordan kandidaten kan få afslaget prøvet');
    expect(await police.valueOf('Begrundelse')).toBe(second.reasons);
    await police.write('Vejledning om klage', second.complaint);
    await police.press('Giv afslag');
    await police.task(number, 'Tilbyd almindelig forebyggelse');
    await police.choose('Er personen tilbudt', 'Ja, personen er henvist');
    await police.pick('Hvor?', 'SSP');
    await police.write('Bemærkning', second.prevention);
    await police.press('Notér tilbud');
    await police.openCase(number, undefined, true);
    await police.follow('Bed om prøvelse');
    await police.write('Hvad siger kandidaten', second.account);
    await police.press('Se, hvad kontaktpunktet får');
    expect(await police.text()).toContain(second.account);
    await police.press('Send til kontaktpunktet');

    for (const [login, reasons] of [['kontaktpunkt.kl', second.upheld], ['kontaktpunkt.politi', second.upheldToo]] as const) {
      const official = await office.at(login);
      await official.task(number, 'Tag stilling til et afslag');
      await official.press('Tag spørgsmålet');
      expect(await official.text()).toContain(second.account);
      expect(await official.text()).not.toContain(second.pro);
      await official.follow('Giv stilling');
      await official.choose('Hvad er din myndigheds stilling?', 'Afslaget fastholdes');
      await official.write('Begrundelse', reasons);
      await official.press('Giv din myndigheds stilling');
    }
    const official = await office.at('kontaktpunkt.politi');
    expect(await official.text()).not.toContain(number);
    await official.follow('Mit arbejde');
    expect(await official.text()).not.toContain(number);
    await official.follow('Tal');
    await police.openCase(number, 'Visitation', true);
    expect(await police.text()).toContain(second.upheld);
  }, LONG);

  it('one in custody goes from the directorate’s inbox to the decision, with police asked in (FM-ORG-3, FM-CUS-1)', async () => {
    const { custody } = WORDS;
    const number = await register(office, { ...custody, custody: true });
    const dfk = await office.at('dfk.exit');
    await dfk.follow(`Tag henvendelsen ${number}`);
    await dfk.press('Tag henvendelsen');
    await dfk.press('Nej, åbn sagen');
    await dfk.task(number, 'Begynd visitationen');
    await dfk.press('Begynd visitationen');
    await dfk.task(number, 'Føj en kollega fra politiet til kredsen, som kan bekræfte registrering');
    await dfk.pick('Kollega', 'Mette Lindqvist');
    await dfk.choose('Rolle i kredsen', 'Politiets repræsentant');
    await dfk.write('Hvorfor skal kollegaen med?', custody.why);
    await dfk.press('Føj en kollega');
    await dfk.task(number, 'Fastlæg målgruppen');
    await dfk.choose('Hvilken kategori', '1b');
    await dfk.press('Fastlæg målgruppen');
    const police = await office.at('politi.vestegnen');
    await police.task(number, 'Bekræft, om personen var registreret');
    await police.press('Nej, åbn sagen');
    await police.choose('Politiets bekræftelse', 'Tidligere registreret');
    await police.press('Fastlæg målgruppen');
    await dfk.task(number, 'Afklar behov for flytning');
    await dfk.choose('Er det nødvendigt', 'Nej');
    await dfk.write('Hvorfor?', custody.relocation);
    await dfk.press('Afklar behov for flytning');
    await dfk.task(number, 'Indhent jeres egne oplysninger');
    await dfk.write('Hvad viser oplysningerne?', custody.obtained);
    await dfk.press('Notér, at egne oplysninger');
    await assess(dfk, number, 'Afgiv vurderingen fra Direktoratet for Kriminalforsorgen', { accept: true, ...custody });
    await dfk.task(number, 'Træf afgørelse');
    await dfk.press('Optag kandidaten i exit');
    expect(await dfk.text()).toContain('Truffet af Kriminalforsorgen');
  }, LONG);
});

describe('a form', () => {
  it('says at the field what is wrong, and keeps what was typed', async () => {
    const { mistaken } = WORDS;
    const desk = await office.at('ishoj.koordinator');
    await desk.follow('Ny henvendelse');
    await desk.write('Navn', mistaken.name);
    await desk.write('CPR-nummer', '12345');
    const summary = await desk.refused('Send til enheden');
    expect(summary).toContain('Der er tre ting at rette');
    expect(await desk.errorAt('CPR-nummer')).toContain('ti cifre');
    expect(await desk.errorAt('Hvor bor personen?')).not.toBe('');
    expect(await desk.errorAt('Hvad sagde personen?')).not.toBe('');
    expect([await desk.valueOf('Navn'), await desk.valueOf('CPR-nummer')]).toEqual([mistaken.name, '12345']);
  });

  it('says so when somebody was faster', async () => {
    const number = await register(office, WORDS.mistaken);
    await takeAndBegin(office, number);
    const [police, municipal] = await three();
    for (const desk of [police, municipal]) {
      await desk.openCase(number, 'Sikkerhed');
      await desk.follow('Aftal sikker kontakt');
      await desk.write('Hvordan er det sikkert', WORDS.mistaken.note);
      await desk.choose('Er Digital Post sikkert?', 'Nej');
    }
    await police.press('Aftal sikker kontakt');
    expect(await municipal.refused('Aftal sikker kontakt')).toContain('Der er sket noget i sagen, mens du skrev');
    expect(await municipal.valueOf('Hvordan er det sikkert')).toBe(WORDS.mistaken.note);
    await municipal.press('Aftal sikker kontakt');
  });
});

describe('signing out', () => {
  it('leaves nobody signed in', async () => {
    const desk = await office.at('kif.fyn');
    await desk.signOut();
    expect(await desk.text()).toContain('logget ud');
    await desk.page.goto(`${office.house.origin}/sager`);
    expect(await desk.text()).toContain('Vælg, hvem du er');
    await desk.press('Fortsæt som Bo Hvidtfeldt');
  });
});

describe('afterwards', () => {
  it('nothing of it stands anywhere in plain text: browser profiles, temporary files, server, logs or database (security.md, control 8)', async () => {
    expect(office.typed.size).toBeGreaterThanOrEqual(50);
    await office.closeDesks();
    const planted = 'Plantet for at blive fundet igen';
    mkdirSync(path.join(office.temporary, 'planted'));
    writeFileSync(path.join(office.temporary, 'planted', 'note.txt'), `${planted}\n`);
    const hits = [
      ...(await scanFor([...office.typed, planted], { database: office.house.db, folders: [office.temporary], texts: { log: office.house.log.join('\n'), output: said } })),
      ...(dataDir === undefined ? [] : await scanFor([...office.typed], { files: await serverFiles(dataDir, office.house.db, began) })),
    ];
    expect(hits).toEqual([{ canary: planted, place: path.join(office.temporary, 'planted', 'note.txt'), written: 'utf8' }]);
  });
});
