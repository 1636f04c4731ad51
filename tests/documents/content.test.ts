import { describe, expect, it } from 'vitest';
import { documentsOf, type WrittenDocument } from '../../src/app/documents.js';
import { renderDocument } from '../../src/documents/render.js';
import { aConsent, allWithdrawn, anAcceptedCaseWithConsent, aPresentedAgreement, partWithdrawn, terms } from '../support/agreement-states.js';
import { aCaseHeard, aCaseReadyToConclude, aCaseWithConclusions, anAcceptedCase, anAcceptedCustodyCase, aRefusedCase, concludes } from '../support/assessment-states.js';
import { aRevisedCase, anInterruptedCase } from '../support/course-states.js';
import { people, type PersonName } from '../support/people.js';
import { aCase, Scenario } from '../support/scenario.js';
import { documentOf, keepTexts, openedFor } from './opened.js';
import { readPdf } from './reading.js';
import { aCourseWithFollowUps, aDischargedCourse, anInterruptedForBreach } from './states.js';

keepTexts();

const textOf = async (written: WrittenDocument): Promise<string> => {
  const made = renderDocument(written.template, written.data, { at: written.at });
  if ('unavailable' in made) throw new Error(made.unavailable);
  return (await readPdf(made.bytes)).text;
};
type Reader = 'municipal' | 'police' | 'custody';
const keyOf = (scenario: Scenario, title: string, who: Reader = 'municipal'): string => {
  const found = documentsOf(openedFor(scenario, who)).find((one) => one.title === title);
  if (found === undefined) throw new Error(`no ${title}`);
  return found.key;
};
const reads = (scenario: Scenario, title: string, who: Reader = 'municipal') => textOf(documentOf(scenario, who, keyOf(scenario, title, who)));

describe('the consent (FM-CON-1, FM-CON-5)', () => {
  it('can be handed out before it is given, with every kind and the circle\'s authorities to tick, lines to sign on, and the number of its text', async () => {
    const text = await reads(aCase(), 'Samtykke til underskrift');
    for (const said of ['Samtykke til udveksling', 'Emil Sandbjerg', 'Personlige forhold', 'Misbrugsproblemer', 'Københavns Vestegns Politi', 'Ishøj Kommune', 'Dato', 'Underskrift', 'Tekst 2018-1', 'trække mit samtykke tilbage']) expect(text).toContain(said);
    expect(text).not.toContain('Det underskrevne ligger');
  });

  it('can be handed out in English', async () => {
    const text = await reads(aCase(), 'Samtykke til underskrift, engelsk');
    for (const said of ['Consent to the exchange of information', 'Substance abuse', 'My rights', 'Signature', 'Text 2018-1']) expect(text).toContain(said);
    expect(text).not.toContain('Underskrift');
  });

  it('shows only what was ticked, who signed when, and where the paper is', async () => {
    const scenario = anAcceptedCase();
    scenario.does('municipal', 'consent.give', aConsent(scenario, { kinds: ['personal'], sensitiveKinds: ['health'], authorities: [people.police.authority], expiresOn: '2027-06-01' }));
    const text = await reads(scenario, 'Samtykke', 'police');
    for (const said of ['Personlige forhold', 'Helbredsmæssige forhold', 'Københavns Vestegns Politi', 'Underskrevet af Emil Sandbjerg 2. november 2026', 'Ishøj 26/1042', 'Samtykket gælder til og med 1. juni 2027']) expect(text).toContain(said);
    for (const unsaid of ['Økonomiske forhold', 'Misbrugsproblemer', 'Ishøj Kommune']) expect(text).not.toContain(unsaid);
  });

  it('stands in the language it was signed in, dates too', async () => {
    const scenario = anAcceptedCase();
    scenario.does('municipal', 'consent.give', aConsent(scenario, { language: 'en' })).days(2).does('municipal', 'consent.withdraw', allWithdrawn);
    const text = await reads(scenario, 'Samtykke');
    expect(text).toContain('Signed by Emil Sandbjerg on 2 November 2026');
    expect(text).toContain('Withdrawn in whole or in part on 4 November 2026');
  });

  it('says that it was withdrawn, replaced, or annulled (FM-CON-2, FM-WORK-2)', async () => {
    const withdrawn = anAcceptedCaseWithConsent().days(1).does('municipal', 'consent.withdraw', partWithdrawn({ kinds: ['health'] }));
    expect(await reads(withdrawn, 'Samtykke')).toContain('Trukket tilbage helt eller delvist 3. november 2026');
    const replaced = anAcceptedCaseWithConsent().days(1);
    replaced.does('municipal', 'consent.give', aConsent(replaced));
    expect(await reads(replaced, 'Samtykke')).toContain('Afløst af et nyt samtykke 3. november 2026');
    const annulled = anAcceptedCaseWithConsent();
    for (const who of ['municipal', 'police'] as const) annulled.does(who, 'record.annul', { what: 'consent', reason: 'Forkert sag' });
    expect(await reads(annulled, 'Samtykke')).toContain('Annulleret 2. november 2026');
    expect(await reads(anAcceptedCaseWithConsent(), 'Samtykke')).not.toContain('Annulleret');
  });
});

describe('the decision (FM-DEC-1, FM-LAW-1)', () => {
  it('lets in: how and by which authorities it was taken, and what comes next; nobody by name', async () => {
    const text = await reads(anAcceptedCase(), 'Afgørelse: optaget');
    for (const said of ['Emil Sandbjerg optages i exit', 'Den lokale exitenhed, Københavns Vestegn, enstemmigt', 'Ishøj Kommune', 'Alle myndighederne har vurderet', 'Det er frivilligt at være med']) expect(text).toContain(said);
    for (const unsaid of ['Klagevejledning', 'En kollega', 'Mette Lindqvist']) expect(text).not.toContain(unsaid);
  });

  it('refuses with the criterion not met, reasons, hearing and complaint route', async () => {
    const text = await reads(aRefusedCase(), 'Afgørelse: afslag');
    for (const said of [
      'Emil Sandbjerg optages ikke i exit', 'ved flertal', 'Motivation: personen er ikke motiveret', 'To af tre myndigheder finder ikke kandidaten motiveret',
      'Kandidaten blev hørt 2. november 2026 og svarede 2. november 2026', 'Klagevejledning', 'Afslaget kan prøves hos Det Nationale Exitkontaktpunkt',
    ]) expect(text).toContain(said);
    expect(text).not.toContain('Egnethed:');
  });

  it('says why the candidate was not heard', async () => {
    const scenario = aCaseWithConclusions({ municipal: 'refuse', probation: 'refuse' }).does('municipal', 'hearing.send', { exception: 'Kandidaten kender oplysningerne' });
    scenario.does('police', 'decision.refuse', { criterion: 'motivation', reasons: 'Ikke motiveret', complaintRoute: 'Kontaktpunktet' });
    expect(await reads(scenario, 'Afgørelse: afslag')).toContain('Kandidaten er ikke hørt. Kandidaten kender oplysningerne');
  });

  it('tells how the authorities voted in total only, and nothing an authority wrote under seal (FM-ASM-12)', async () => {
    const scenario = aCaseReadyToConclude();
    for (const who of ['police', 'municipal', 'probation'] as const) concludes(scenario, who, who === 'police' ? 'refuse' : 'accept');
    const text = await reads(scenario.does('police', 'decision.accept', { reasons: 'Har skiftet omgangskreds' }), 'Afgørelse: optaget');
    expect(text).toContain('ved flertal');
    expect(text).toContain('Har skiftet omgangskreds');
    for (const unsaid of ['Ser stadig kredsen', 'sine børn', 'egnet']) expect(text).not.toContain(unsaid);
  });

  it('names Kriminalforsorgen in custody (FM-ORG-3)', async () => {
    const text = await reads(anAcceptedCustodyCase(), 'Afgørelse: optaget', 'custody');
    expect(text).toContain('Truffet af Direktoratet for Kriminalforsorgen');
    expect(text).not.toContain('exitenhed,');
  });

  it('of the contact point on the unit\'s refusal stands by itself, names the day of that refusal and, when it stands, what was not met; and the refusal says so (FM-DEC-2, FM-DEC-1)', async () => {
    for (const [position, title, said] of [['uphold', 'Afgørelse: afslaget fastholdes', 'Afslaget af 2. november 2026 fastholdes'], ['overturn', 'Afgørelse: afslaget er ændret', 'Afslaget af 2. november 2026 ændres. Emil Sandbjerg optages i exit']] as const) {
      const scenario = aRefusedCase('2026-11-02').days(3).does('municipal', 'decision.requestReview', { account: 'Vil gerne' });
      const question = scenario.state.questions.questions.at(-1)?.id;
      for (const who of ['officialPolice', 'officialKl'] as const) {
        scenario.does(who, 'contactPoint.takeQuestion', { question }).does(who, 'contactPoint.decideReview', { question, position, reasons: 'Set på det hele igen' });
      }
      const text = await reads(scenario, title);
      for (const one of [said, 'Det Nationale Exitkontaktpunkt, som har prøvet enhedens afslag', 'Rigspolitiet og KL', 'Set på det hele igen']) expect(text).toContain(one);
      for (const ofRefusal of ['Klagevejledning', 'Det er ikke opfyldt', 'Motivation: personen er ikke motiveret']) expect(text.includes(ofRefusal), ofRefusal).toBe(position === 'uphold');
      expect(await reads(scenario, 'Afgørelse: afslag')).toContain(position === 'uphold' ? 'fastholdt afslaget' : 'ændret afslaget');
      expect(documentsOf(openedFor(scenario, 'municipal')).map((one) => one.title)).not.toContain('Afgørelse: optaget');
    }
  });

  it('of the contact point has of who gave his position anew, after more had come, the newest words alone (FM-DEC-2, FM-LAW-1)', async () => {
    const scenario = aRefusedCase('2026-11-02').does('officialKl', 'decision.requestReview', { account: 'Vil gerne' }).days(7);
    const question = scenario.state.questions.questions.at(-1)?.id;
    const stands = (who: PersonName, reasons: string) => scenario.does(who, 'contactPoint.decideReview', { question, position: 'uphold', reasons });
    for (const who of ['officialPolice', 'officialKl'] as const) scenario.does(who, 'contactPoint.takeQuestion', { question });
    stands('officialKl', 'Uden enhedens ord');
    scenario.does('municipal', 'decision.supplementReview', { entries: [{ text: 'Afslaget' }] });
    stands('officialKl', 'Med enhedens ord');
    stands('officialPolice', 'Set på det hele igen');
    const text = await reads(scenario, 'Afgørelse: afslaget fastholdes');
    for (const said of ['KL: Med enhedens ord', 'Rigspolitiet: Set på det hele igen']) expect(text).toContain(said);
    expect(text).not.toContain('Uden enhedens ord');
  });

  it.each([
    ['accept', 'Afgørelse: optaget', ['Emil Sandbjerg optages i exit', 'Det er frivilligt at være med'], ['Klagevejledning', 'Det er ikke opfyldt']],
    ['refuse', 'Afgørelse: afslag', ['Emil Sandbjerg optages ikke i exit', 'Motivation: personen er ikke motiveret', 'Kandidaten blev hørt', 'Klagevejledning', 'Skriv til Folketingets Ombudsmand'], ['Det sker nu']],
  ] as const)('of the contact point in a case that the unit put to it says %s, why, and the complaint route that was recorded (FM-ASM-7, FM-DEC-2, FM-LAW-1)', async (position, title, says, unsaid) => {
    const scenario = aCaseHeard().does('police', 'assessment.referToContactPoint', { account: 'Vi er ikke enige' });
    const question = scenario.state.questions.questions.at(-1)?.id;
    const refusal = position === 'refuse' ? { criterion: 'motivation', complaintRoute: 'Skriv til Folketingets Ombudsmand' } : {};
    for (const [who, reasons] of [['officialPolice', 'Kredsen ses ikke mere'], ['officialKl', 'Set på det hele']] as const) {
      scenario.does(who, 'contactPoint.takeQuestion', { question }).does(who, 'contactPoint.decide', { question, position, reasons, ...refusal });
    }
    const text = await reads(scenario, title);
    for (const one of [...says, 'Det Nationale Exitkontaktpunkt, som enheden har forelagt sagen for', 'Rigspolitiet og KL', 'Rigspolitiet: Kredsen ses ikke mere', 'KL: Set på det hele']) expect(text).toContain(one);
    // What went along is no part of it.
    for (const one of [...unsaid, 'Vi er ikke enige', 'kan ikke indbringes', 'endelig']) expect(text).not.toContain(one);
  });

  const ROUTE = 'Skriv til Folketingets Ombudsmand';
  const decidedBy = (...stands: readonly (readonly [PersonName, 'accept' | 'refuse', object?])[]): Scenario => {
    const scenario = aCaseHeard().does('police', 'assessment.referToContactPoint', { account: 'Vi er ikke enige' });
    const question = scenario.state.questions.questions.at(-1)?.id;
    for (const [who, position, more = {}] of stands) {
      scenario.does(who, 'contactPoint.takeQuestion', { question }).does(who, 'contactPoint.decide', { question, position, reasons: `Ord fra ${who}`, ...(position === 'refuse' ? { criterion: 'motivation' } : {}), ...more });
    }
    return scenario;
  };

  it('has the reasons of everybody whose position it is, and of nobody who was against it (FM-DEC-1, FM-DEC-2)', async () => {
    const text = await reads(decidedBy(['officialPolice', 'refuse'], ['officialKl', 'accept'], ['officialDfk', 'refuse']), 'Afgørelse: afslag');
    for (const one of ['Rigspolitiet: Ord fra officialPolice', 'Direktoratet for Kriminalforsorgen: Ord fra officialDfk']) expect(text).toContain(one);
    expect(text).not.toContain('officialKl');
  });

  it.each([
    ['the first', { complaintRoute: ROUTE }, {}],
    ['the second', {}, { complaintRoute: ROUTE }],
    ['both, in the same words', { complaintRoute: ROUTE }, { complaintRoute: ROUTE }],
  ])('has the guidance on complaint that %s wrote, and then not that there is none (FM-LAW-1)', async (_who, first, second) => {
    const text = await reads(decidedBy(['officialPolice', 'refuse', first], ['officialDfk', 'refuse', second]), 'Afgørelse: afslag');
    expect(text).toMatch(new RegExp(`Klagevejledning ${ROUTE}(?!.*${ROUTE})`));
    expect(text).not.toContain('kan ikke indbringes');
  });

  it('has both guidances where they differ, each under its authority (FM-LAW-1)', async () => {
    const text = await reads(decidedBy(['officialPolice', 'refuse', { complaintRoute: ROUTE }], ['officialDfk', 'refuse', { complaintRoute: 'Gå til domstolene' }]), 'Afgørelse: afslag');
    expect(text).toContain(`Rigspolitiet: ${ROUTE} Direktoratet for Kriminalforsorgen: Gå til domstolene`);
  });

  it('says that it is final where nobody whose position it is wrote any guidance (FM-DEC-2, FM-LAW-1)', async () => {
    const text = await reads(decidedBy(['officialPolice', 'refuse'], ['officialDfk', 'refuse']), 'Afgørelse: afslag');
    expect(text).toContain('Afgørelsen kan ikke indbringes for en anden forvaltningsmyndighed');
  });

  it('that was annulled says so (FM-WORK-2)', async () => {
    const scenario = anAcceptedCase();
    for (const who of ['municipal', 'police'] as const) scenario.does(who, 'record.annul', { what: 'decision', reason: 'Forkert sag' });
    expect(await reads(scenario, 'Afgørelse: optaget')).toContain('Dokumentet gælder ikke');
  });

  it('is not there before it is taken', () => {
    expect(documentsOf(openedFor(aCaseHeard(), 'municipal')).map((one) => one.title)).toEqual(['Samtykke til underskrift', 'Samtykke til underskrift, engelsk']);
  });
});

describe('the exit agreement (FM-AGR-2, FM-AGR-3, FM-AGR-8)', () => {
  it('lies before the parties with every part of it, squares for the candidate\'s word and a line for each party', async () => {
    const text = await reads(aPresentedAgreement(), 'Exitaftale, version 1');
    for (const said of [
      'gælder ikke endnu', 'Emil Sandbjerg (kandidaten) og den lokale exitenhed, Københavns Vestegn', 'Vil forlade det kriminelle miljø', 'Virksomhedspraktik', '13 uger hos en murermester', 'Jobcenter Ishøj',
      'begynder senest 30. november 2026', 'Møder til de aftalte samtaler', 'hver 4. uge', 'Mette Lindqvist, Ishøj Kommune', 'Enig', 'Uenig', 'Kunne ikke svare', 'Fra 2. november 2026 til 2. november 2027',
    ]) expect(text).toContain(said);
    expect(text.match(/Underskrift/g)).toHaveLength(3);
    // What is signed stands on the page of the first line to sign on.
    expect(text.indexOf('Tiltrædelse')).toBeGreaterThan(text.indexOf('Side 1 af 2'));
  });

  it('shows the candidate\'s own word and note on each part, and what each party has acceded to', async () => {
    const text = await reads(aCourseWithFollowUps(), 'Exitaftale, version 1');
    for (const said of ['Uenig', '3.2: Vil helst vente', 'Jobcenter Ishøj Tiltag 3.1 2. november 2026', 'Misbrugscenter Ishøj Tiltag 3.2', 'Indgået 2. november 2026']) expect(text).toContain(said);
    for (const unsaid of ['Kunne ikke svare', 'gælder ikke endnu', 'Underskrift']) expect(text).not.toContain(unsaid);
  });

  it('is an extract for police where a measure is of health: not its name, authority, dates, requirements or the word on it (FM-CNF-4)', async () => {
    const scenario = aCourseWithFollowUps();
    const text = await reads(scenario, 'Exitaftale, version 1', 'police');
    for (const said of ['Uddrag af exitaftale', 'et tiltag hos en anden myndighed', 'Virksomhedspraktik', 'Jobcenter Ishøj']) expect(text).toContain(said);
    for (const unsaid of ['stofmisbrug', 'Misbrugscenter', 'nøgtern', 'Uenig', 'Vil helst vente', '3.2']) expect(text).not.toContain(unsaid);
    const whole = await reads(scenario, 'Exitaftale, version 1');
    for (const said of ['stofmisbrug', 'Misbrugscenter', 'nøgtern', 'Uenig', 'Vil helst vente', '3.2']) expect(whole).toContain(said);
  });

  it('stays as it was when a new version replaces it, and says so (FM-AGR-4)', async () => {
    const scenario = aRevisedCase();
    const first = await reads(scenario, 'Exitaftale, version 1');
    expect(first).toContain('hver 4. uge');
    expect(first).toContain('afløst af version 2');
    expect(await reads(scenario, 'Exitaftale, version 2')).toContain('hver 2. uge');
  });

  it('tells of the measures as they were when it was last laid before the parties', async () => {
    const scenario = aPresentedAgreement().does('municipal', 'measure.propose', { type: 'mentor', owner: people.jobcentre.user });
    const mentor = scenario.state.measures.measures.at(-1)?.id;
    scenario.does('jobcentre', 'measure.decide', { measure: mentor, outcome: 'granted' });
    const [first] = scenario.state.agreement.versions;
    scenario.does('municipal', 'agreement.setTerms', terms(scenario, { goal: 'Et nyt mål', requirements: [], measures: [...(first?.measures ?? []), { measure: mentor, startBy: '2026-12-15' }] }));
    const text = await reads(scenario.does('municipal', 'agreement.present'), 'Exitaftale, version 1');
    for (const said of ['Et nyt mål', 'Mentor', 'begynder senest 15. december 2026']) expect(text).toContain(said);
    expect(text).not.toContain('Vil forlade det kriminelle miljø');
  });
});

describe('the interruption and the discharge (FM-END-1, FM-END-4)', () => {
  it('interrupts for a breach with reasons, hearing, complaint route, and what goes on', async () => {
    const text = await reads(anInterruptedForBreach(), 'Afbrydelse af forløbet');
    for (const said of [
      'Kandidaten lever ikke op til kravene', 'Udeblevet fra tre samtaler uden grund', 'kun enhedens koordinering, der ender', 'Virksomhedspraktik', 'Kandidaten blev hørt', 'Klag til Det Nationale Exitkontaktpunkt',
    ]) expect(text).toContain(said);
  });

  it('needs neither hearing nor complaint route when the candidate wants it himself (FM-END-6)', async () => {
    const text = await reads(anInterruptedCase(), 'Afbrydelse af forløbet');
    expect(text).toContain('Kandidaten ønsker det selv');
    for (const unsaid of ['Klagevejledning', 'Partshøring']) expect(text).not.toContain(unsaid);
  });

  it('gathers up the course: outcome, results, experiences, measures, and each sign by itself (FM-CRS-1)', async () => {
    const text = await reads(aDischargedCourse(), 'Udskrivningsdokument');
    for (const said of [
      'Afsluttet. Behovet for exit er væk', 'Mentor og job blev til noget', 'Samme kontaktperson hele vejen', 'Social behandling for stofmisbrug', 'Banderelateret kriminalitet er ophørt', '30. november 2026 Ja Delvist Ikke endnu',
    ]) expect(text).toContain(said);
    expect(text).not.toContain('styrende adfærd');
  });

  it('leaves the treatment out for police, and says that it is an extract (FM-CNF-4)', async () => {
    const scenario = aDischargedCourse();
    const text = await reads(scenario, 'Udskrivningsdokument', 'police');
    expect(text).toContain('Dette er et uddrag');
    for (const unsaid of ['stofmisbrug', 'Misbrugscenter']) expect(text).not.toContain(unsaid);
  });

  it('calls the candidate by the case\'s number where no name is known', async () => {
    const nameless = { municipality: '0183', said: 'Vil ud', channel: 'phone' };
    const scenario = aCase();
    expect(await reads(scenario, 'Samtykke til underskrift')).toContain('Emil Sandbjerg');
    const unknown = new Scenario().does('municipal', 'inquiry.register', nameless);
    unknown.does('police', 'inquiry.take', { police: people.police.user, municipal: people.municipal.user, probation: people.probation.user });
    expect(await reads(unknown, 'Samtykke til underskrift')).toContain('Kandidaten i sag UV-7K3M-9QX');
  });
});
