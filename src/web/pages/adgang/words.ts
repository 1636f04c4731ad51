import { isInWords } from '../../../domain/kernel/prose.js';
import type { Alarm, FindingKind, LogPerson, LogRow, Outcome } from '../../../store/access-log.js';
import { functionLabel } from '../../../domain/access/functions.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { addDays, formatDate, formatInstant, type PlainDate } from '../../../domain/kernel/time.js';
import type { CasePage } from '../../../domain/kernel/command.js';
import { PAGE_LABELS } from '../sag/case-page.js';

interface KindWords {
  /** What happened, after the person's name. */
  readonly did: string;
  /** What to think of when it is judged. */
  readonly look: string;
}

export const KINDS: Readonly<Record<FindingKind, KindWords>> = {
  'break-glass': { did: 'brugte nødadgang', look: 'Var der fare for liv, og var det rigtigt ikke at vente på en i kredsen? Grunden står i sagen, som du ikke læser: spørg den, der åbnede kortet, og sagens koordinator. Har sagen ingen koordinator, har endnu ingen læst grunden: så kan du kun spørge den, der åbnede kortet.' },
  unexpected: { did: 'har åbnet en sag, uden at koordinatoren ventede det', look: 'Sagens koordinator har peget på opslaget. Spørg, hvad personen skulle i sagen.' },
  denials: { did: 'har forsøgt at åbne sager, personen ikke er med i', look: 'Tre eller flere forsøg på én dag. Er det et forkert link, eller leder personen efter nogen?' },
  ended: { did: 'har forsøgt at åbne en sag, personen har forladt', look: 'Et gammelt bogmærke, eller bliver der fulgt med i sagen endnu?' },
  unrelated: { did: 'har åbnet en sag uden opgave, frist eller aftale', look: 'Personen er med i sagen, men havde ikke noget at gøre i den 14 dage før og efter.' },
  night: { did: 'har åbnet sager om natten', look: 'Mellem kl. 23 og kl. 5. Var personen på arbejde, og hvad hastede?' },
  sample: { did: 'er trukket ud til stikprøven', look: 'Trukket tilfældigt. Havde personen en grund til opslaget?' },
};

/** What to look for when an alarm is to be closed. */
const ALARM_LOOK: Readonly<Record<string, string>> = {
  'key-without-row': 'Nogen kan have taget nøgler ud uden at åbne en sag i Udvej. Få driften til at finde ud af, hvem der har været i nøglernes database, før alarmen lukkes.',
  'log-not-writable': 'Mens loggen ikke kunne skrives, kunne ingen sag åbnes. Spørg driften, hvad der stoppede den, og om nogen gjorde det med vilje.',
  'log-not-sealed': 'Rækker i loggen ventede mere end et minut på at blive forseglet. Så længe kan de fjernes, uden at det ses. Få driften til at kontrollere loggen.',
  'number-not-readable': 'Et CPR-nummer fra en henvendelse blev ikke sammenlignet med andre sager. Spørg driften hvorfor: der kan være to sager om samme person.',
  'review-overdue': 'Fundene står på listen over det, der skal vurderes. Se efter, at de er vurderet, og hvorfor det trak ud.',
  'access-review-late': 'En koordinator har ikke gennemgået, hvem der har adgang til sagerne. Se efter, at det er gjort.',
};
export const alarmLook = (kind: string): string => ALARM_LOOK[kind] ?? 'Find ud af, hvad der skete, før alarmen lukkes.';

/** How many stand inside one alarm, in its own words, and since when. */
export const alarmCount = ({ kind, n, at }: Pick<Alarm, 'kind' | 'n' | 'at'>): string => `${COUNTED[kind]?.(n) ?? (n === 1 ? 'Én gang' : `${n} gange`)}, siden ${formatInstant(at)}`;
const counted = (one: string, more: string) => (n: number): string => (n === 1 ? one : `${n} ${more}`);
const COUNTED: Readonly<Record<string, (n: number) => string>> = {
  'key-without-row': counted('Én nøgle', 'nøgler'), 'number-not-readable': counted('Ét nummer', 'numre'), 'review-overdue': counted('Ét fund', 'fund'), 'access-review-late': counted('Én gennemgang', 'gennemgange'),
};

/** Where an alarm stands, to its reader. */
export const alarmState = ({ asked, aboutMe }: Pick<Alarm, 'asked' | 'aboutMe'>): string => {
  if (asked?.given === true) return `Lukket ${formatInstant(asked.answeredAt ?? asked.at)}`;
  if (asked?.given === null) return asked.mine || aboutMe ? 'Venter på en kollegas svar' : 'Venter på dit svar eller en anden kollegas';
  return aboutMe ? 'En kollega skal lukke den: den handler også om dig' : asked === null ? 'Skal lukkes' : 'En kollega sagde nej til at lukke den';
};

const LONGEST = 4_000;
/** What is wrong with the words that somebody gives for what he does; undefined when nothing is. @param missing what is said when there are none */
export const wordsFault = (words: string, missing: string): string | undefined =>
  words === '' ? missing : !isInWords(words) ? 'Skriv med ord, hvad du bygger det på' : words.length > LONGEST ? `Begrundelsen kan være på ${LONGEST} tegn. Gør den kortere.` : undefined;
/** The text that came in a field of a form. */
export const typedText = (body: unknown, name: string): string => {
  const given = ((body ?? {}) as Readonly<Record<string, unknown>>)[name];
  return typeof given === 'string' ? given.replaceAll('\r\n', '\n').replaceAll('\0', '').trim() : '';
};

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = { justified: 'Begrundet', unjustified: 'Ikke begrundet', asked: 'Personens leder er spurgt' };

/** Every act that stands in somebody's log, in the past tense after his name. */
const ACTIONS: Readonly<Record<string, string>> = {
  'case.opened': 'Åbnede sagen', 'case.command': 'Brugte en formular i sagen', 'case.named': 'Så navnet', 'case.denied': 'Fik ikke adgang', 'page.denied': 'Fik ikke adgang til en side',
  'address.read': 'Læste den beskyttede adresse', 'case.exported': 'Hentede sagen ud', 'export.denied': 'Måtte ikke hente sagen ud', 'search.own': 'Søgte i egne sager',
  'whereabouts.read': 'Læste, hvor personen hører til, for at udpege enheden', 'inquiry.registered': 'Registrerede en henvendelse', 'inquiry.denied': 'Fik ikke lov at registrere en henvendelse', 'inquiry.answered': 'Spurgte igen om svaret på sin henvendelse',
  'figures.published': 'Offentliggjorde tal', 'figures.withdrawn': 'Trak offentliggjorte tal tilbage', 'log.read': 'Læste adgangsloggen', 'figures.corrected': 'Rettede i tallene for sagen', 'figures.unchanged': 'Ville rette i tallene for en sag', 'conflict.none': 'Svarede, at intet gør personen inhabil i sagen', 'log.answered': 'Svarede på, om ugens opslag var ventet', 'log.extracted': 'Lavede et udtræk af sagens log', 'review.judged': 'Vurderede et fund i loggen',
  'emergency.opened': 'Foretog et nødopslag', 'emergency.asked': 'Bad om et nødopslag med CPR-nummer', 'emergency.denied': 'Fik intet nødopslag', 'card.opened': 'Så sikkerhedskortet efter et nødopslag', 'notification.seen': 'Så, at et sikkerhedskort var åbnet', 'notification.acknowledged': 'Kvitterede for en underretning til kontaktpunktet',
  'review.asked': 'Bad om prøvelse af afslaget ud fra sagens nummer', 'review.repeated': 'Spurgte igen om svaret på sit ønske om prøvelse',
  'match.settled': 'Afgjorde et sammenfald', 'match.decided': 'Besluttede, hvem der får besked om et sammenfald', 'match.denied': 'Fik ikke adgang til et sammenfald',
  'approval.asked': 'Bad en kollega om et ja', 'approval.given': 'Sagde ja til det, der skulle godkendes', 'approval.refused': 'Sagde nej til det, der skulle godkendes', 'approval.denied': 'Fik ikke lov at svare på det, der skulle godkendes',
  'roster.changed': 'Ændrede enhedens liste', 'roster.denied': 'Måtte ikke ændre enhedens liste',
  'access.reviewed': 'Gennemgik, hvem der har adgang til egne sager', 'access.denied': 'Havde ingen sager at gennemgå adgangen til', 'access.ended': 'Fik sin adgang lukket',
  'login.denied': 'Blev afvist ved login', 'step-up.begun': 'Begyndte at logge ind igen', 'step-up.denied': 'Skulle logge ind igen først', 'logout.backchannel': 'Blev logget ud af sin egen myndighed',
  'guidance.asked': 'Bad kontaktpunktet om vejledning uden sag', 'guidance.repeated': 'Sendte det samme spørgsmål om vejledning igen', 'guidance.read': 'Læste et spørgsmål om vejledning uden sag', 'guidance.answered': 'Svarede på et spørgsmål om vejledning uden sag', 'guidance.withdrawn': 'Tog sit spørgsmål om vejledning tilbage', 'practice.asked': 'Spurgte en enhed om dens tal', 'practice.repeated': 'Sendte det samme spørgsmål til en enhed igen', 'practice.read': 'Læste et spørgsmål om en enheds tal', 'practice.withdrawn': 'Tog et spørgsmål til en enhed tilbage', 'practice.answered': 'Svarede på et spørgsmål om enhedens tal', 'text.removed': 'Slettede en tekst uden sag',
  'receipt.read': 'Så kvitteringen for en slettet sag', 'logout.others': 'Afsluttede sine andre login',
  'case.rebuilt': 'Godkendte, at sagens oversigter blev genopbygget', 'shredding.proposed': 'Spurgte, om sagen skal slettes', 'case.shredded': 'Slettede sagen',
};

/** Where in a case somebody looked, by what the log notes: the pages that every case has. A form or a command would say how far the case has come, and is not told. */
const PLACES: Readonly<Record<string, string>> = { overview: 'Overblik', names: 'Navn', document: 'Dokumenter', take: 'Henvendelsen i indbakken', api: 'Hele sagen' };

/** What a row of the log says was done, in words that tell nothing of the case. */
export const didWords = ({ action, purpose }: Pick<LogRow, 'action' | 'purpose'>): string => {
  const did = ACTIONS[action] ?? action;
  const place = action === 'case.opened' && purpose !== null ? (PLACES[purpose] ?? PAGE_LABELS.get(purpose as CasePage)) : undefined;
  return place === undefined ? did : `${did}: ${place}`;
};

export const numberWords = ({ number, ref }: Pick<LogRow, 'number' | 'ref'>): string => number ?? (ref === null ? '' : 'Ingen sag med den adresse');

export const nameOfPerson = (person: LogPerson | null): string => person?.name ?? 'En ukendt person';
export const whoWords = ({ authority, functions }: Pick<LogPerson, 'authority' | 'functions'>): string => [authorityName(authority), ...functions.map(functionLabel)].join(', ');

/** 'ugen 16. november 2026 – 22. november 2026' */
export const weekWords = (monday: PlainDate): string => `ugen ${formatDate(monday)} – ${formatDate(addDays(monday, 6))}`;
