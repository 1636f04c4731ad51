import type { Office } from './browser-office.js';
import { WORDS } from './browser-words.js';

/** Consent, security, contact person, contributions and a measure granted by its owner: what an agreement is written from. */
export async function prepareAgreement(office: Office, number: string): Promise<void> {
  const [police, municipal, probation] = [await office.at('politi.vestegnen'), await office.at('ishoj.koordinator'), await office.at('kif.vestegnen')];
  await municipal.openCase(number, 'Samtykke');
  await municipal.follow('Registrér samtykke');
  await municipal.tick('Personlige', 'Økonomiske', 'Sociale', 'Strafbare', 'Helbred');
  await municipal.tick('Københavns Vestegns Politi', 'Ishøj Kommune', 'Kriminalforsorgen', 'Jobcenter Ishøj');
  await municipal.write('Hvornår er der skrevet under?', office.day());
  await municipal.write('Hvor ligger det underskrevne?', WORDS.consentKept);
  await municipal.press('Registrér samtykke');

  await police.task(number, 'Vurdér sikkerheden');
  await police.choose('Hvordan er trusselsniveauet', 'Lav');
  await police.write('Vurderingen', WORDS.security);
  await police.pick('Hvem skal tage forholdsregler', 'Jonas Bækgaard');
  await police.write('Hvad skal medarbejderen gøre?', WORDS.precaution);
  await police.press('Vurdér sikkerheden');
  await municipal.task(number, 'Læs dine forholdsregler, og bekræft det');
  await municipal.press('Bekræft');
  await police.task(number, 'Udfyld sikkerhedskortet');
  await police.write('Hvem skal der ringes til?', WORDS.card.call);
  await police.write('Hvad skal man passe på?', WORDS.card.precautions);
  await police.write('Hvem er med?', WORDS.card.along);
  await police.press('Udfyld sikkerhedskortet');

  await police.task(number, 'Udpeg en kontaktperson');
  await police.pick('Hvem skal være', 'Jonas Bækgaard');
  await police.write('Hvorfor netop', WORDS.contactPerson);
  await police.press('Udpeg en kontaktperson');
  await police.task(number, 'Beslut, hvem der skriver aftalen');
  await police.choose('Hvilken myndighed', 'Kommunen');
  await police.press('Beslut, hvem der skriver');
  for (const desk of [police, municipal, probation]) {
    await desk.task(number, 'Skriv, hvad jeres myndighed kan tilbyde');
    if (desk === municipal) {
      await desk.write('Hvilke tilbud har I overvejet', WORDS.contributions.considered);
      await desk.write('Hvilke tilbud har I valgt?', WORDS.contributions.chosen);
      await desk.write('Hvilke har I valgt fra', WORDS.contributions.notChosen);
    } else {
      await desk.tick('Vi har ikke noget');
    }
    await desk.press('Skriv jeres bidrag');
  }

  await municipal.openCase(number, 'Tiltag');
  await municipal.follow('Foreslå tiltag');
  await municipal.pick('Hvilket tiltag', 'Virksomhedspraktik');
  await municipal.pick('Hvem dér', 'Camilla Ravnsborg');
  await municipal.write('Hvad går tiltaget', WORDS.measure);
  await municipal.press('Foreslå et tiltag');
  await municipal.follow('Registrér ansøgning');
  await municipal.press('Registrér, at kandidaten');
  const jobcentre = await office.at('jobcenter.ishoj');
  await jobcentre.task(number, 'Træf afgørelse om tiltaget');
  await jobcentre.choose('Afgørelse', 'Bevilget');
  await jobcentre.write('Hvorfor?', WORDS.granted);
  await jobcentre.press('Træf afgørelse om tiltaget');
}

/** The draft, the presentation, and one accession after the other until the agreement is entered and the measure has started. */
export async function enterAgreement(office: Office, number: string): Promise<void> {
  const [police, municipal, jobcentre] = [await office.at('politi.vestegnen'), await office.at('ishoj.koordinator'), await office.at('jobcenter.ishoj')];
  await municipal.task(number, 'Skriv udkastet til aftalen');
  await municipal.write('Det fælles mål', WORDS.goal);
  await municipal.write('Hvornår skal det senest begynde?', office.day(14));
  await municipal.write('Krav til kandidaten', WORDS.requirement);
  await municipal.write('Hvor mange uger', '4');
  await municipal.write('Hvornår er den første opfølgning?', office.day(28));
  await municipal.write('Hvornår slutter aftalen?', office.day(365));
  await municipal.press('Skriv aftalens indhold');
  await municipal.task(number, 'Læg aftalen frem til tiltrædelse');
  await municipal.press('Læg aftalen frem');
  await municipal.task(number, 'Registrér kandidatens tiltrædelse af aftalen');
  await municipal.choose('Hvad siger kandidaten selv?', 'Enig', 0);
  await municipal.choose('Hvad siger kandidaten selv?', 'Enig', 1);
  await municipal.write('Kandidatens bemærkning', WORDS.candidateNote);
  await municipal.write('Hvornår er der skrevet under?', office.day());
  await municipal.write('Hvor ligger det underskrevne?', WORDS.agreementKept);
  await municipal.press('Tiltræd aftalen');
  await municipal.openCase(number, 'Aftale');
  await municipal.picture('aftale');
  await police.task(number, 'Tiltræd aftalen for enheden');
  await police.press('Tiltræd aftalen');
  await jobcentre.task(number, 'Tiltræd jeres del af aftalen');
  await jobcentre.press('Tiltræd aftalen');
  await jobcentre.task(number, 'Start tiltaget inden fristen');
  await jobcentre.press('Start tiltaget');
}

/** Two follow-ups, the second prefilled with what the first said; three positions; the end and its document. */
export async function followAndEnd(office: Office, number: string): Promise<void> {
  const [police, municipal, probation] = [await office.at('politi.vestegnen'), await office.at('ishoj.koordinator'), await office.at('kif.vestegnen')];
  await municipal.openCase(number);
  await municipal.leafThrough('Andre handlinger');
  office.pass(28);
  await municipal.task(number, 'Hold opfølgning');
  await municipal.choose('Hvordan går det?', 'Følges');
  await municipal.choose('Er kravet opfyldt?', 'Opfyldt');
  await municipal.choose('Banderelateret', 'Delvist');
  await municipal.choose('Omgang', 'Delvist');
  await municipal.choose('Livsstilen', 'Ikke endnu');
  await municipal.choose('Hvad førte', 'Forløbet fortsætter');
  await municipal.write('Bemærkninger', WORDS.followUp);
  await municipal.press('Hold opfølgning');
  office.pass(28);
  await municipal.task(number, 'Hold opfølgning');
  await municipal.choose('Banderelateret', 'Ja');
  await municipal.choose('Hvad førte', 'Enheden skal tage stilling til, om forløbet kan afsluttes');
  await municipal.write('Bemærkninger', WORDS.secondFollowUp);
  await municipal.press('Hold opfølgning');
  await municipal.openCase(number, 'Opfølgning');
  await municipal.picture('opfoelgning');
  for (const [desk, reasons] of [[police, WORDS.positions.police], [municipal, WORDS.positions.municipal], [probation, WORDS.positions.probation]] as const) {
    await desk.task(number, 'Skriv jeres standpunkt til, om forløbet skal fortsætte');
    await desk.choose('Hvad mener', 'Forløbet skal afsluttes');
    await desk.write('Begrundelse', reasons);
    await desk.press('Skriv jeres standpunkt');
  }
  await police.task(number, 'Afslut forløbet, som flertallet vil');
  await police.choose('Er behovet', 'Behovet for exit er væk');
  await police.write('Begrundelse', WORDS.completed);
  await police.press('Afslut forløbet');
  await police.task(number, 'Skriv udskrivningsdokumentet');
  await police.write('Hvad kom der ud', WORDS.results);
  await police.write('Hvad har I lært', WORDS.experiences);
  await police.press('Skriv udskrivningsdokumentet');
}
