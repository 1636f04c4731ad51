import { reject, type Rejection } from '../kernel/rejection.js';
import { legalBasis } from './legal-bases.js';

/** On what the contact point tells a unit that there is another case about the same person (FM-INT-3, FM-CON-3; S0 §5.3). */
export const TELLING_BASIS_IDS = ['before-consent', 'consent', 'release'] as const;
export type TellingBasis = (typeof TELLING_BASIS_IDS)[number];

/** As it stands in the middle of a sentence. */
const inSentence = (title: string): string => title.charAt(0).toLocaleLowerCase('da-DK') + title.slice(1);

const LABELS: Readonly<Record<TellingBasis, string>> = {
  'before-consent': `Exitsamarbejdets opgave, før der er svaret om samtykke (${inSentence(legalBasis('gdpr-6-1-e').title)}, og ${inSentence(legalBasis('dbl-8-2-2').title)})`,
  consent: 'Personens samtykke',
  release: legalBasis('rpl-115-1-3').title,
};
/** As a table says it, without the paragraphs. */
const SHORT: Readonly<Record<TellingBasis, string>> = { 'before-consent': 'loven før samtykke', consent: 'samtykke', release: 'løsladelse' };
export const tellingBasisWords = (basis: TellingBasis): string => SHORT[basis];
export const tellingBasisLabel = (basis: TellingBasis): string => LABELS[basis];

export const isTellingBasis = (text: unknown): text is TellingBasis => TELLING_BASIS_IDS.some((one) => one === text);

/** What the desk may know of a case: its structure. */
export interface CaseLine {
  readonly number: string;
  readonly phase: string;
  readonly place: string;
  /** An inquiry that hastes and that nobody has taken: what the person said is read by nobody yet. */
  readonly urgent: boolean;
}

/** Until the decision, a case may have asked for consent or not; after it, it has (FM-CON-1). */
const BEFORE_DECISION: readonly string[] = ['inbox', 'inquiry', 'assessment'];
/** A course that has begun ends as a course, and never as a double. */
const CAN_END: readonly string[] = [...BEFORE_DECISION, 'accepted'];

/** Who is told: nobody yet, the unit of one, or both; and of two cases, first or second, the one that ends as the double. It is always told itself. */
export const TELLINGS = ['nobody', 'first', 'second', 'both-first', 'both-second'] as const;
export type Telling = (typeof TELLINGS)[number];
export const isTelling = (text: unknown): text is Telling => TELLINGS.some((one) => one === text);

/** Which of the two cases ends; undefined while nobody is told. */
export const endingOf = (telling: Telling): 0 | 1 | undefined => (telling === 'nobody' ? undefined : telling.endsWith('first') ? 0 : 1);
const tellsBoth = (telling: Telling): boolean => telling.startsWith('both');

/** What is in the way of telling so at all, as far as the structure of the two cases says. */
export const notTellable = (cases: readonly [CaseLine, CaseLine], telling: Telling): Rejection | undefined => {
  const ends = endingOf(telling);
  if (ends === undefined) return undefined;
  const closed = cases.find((one) => one.phase === 'closed');
  if (closed) return reject('FM-END-4', ['own'], `${closed.number} er afsluttet. Af en afsluttet sag gives intet videre, og en ny sag er ikke en dublet af den. Vælg, at ingen får besked.`, 'telling');
  if (!CAN_END.includes(cases[ends].phase)) {
    return reject('FM-INT-3', ['own'], `Der er begyndt et exitforløb i ${cases[ends].number}, så den kan ikke slutte som dublet. Vælg, at den anden slutter.`, 'telling');
  }
  return tellsBoth(telling) ? undefined : unheardEnd(cases[ends]);
};

/** An inquiry ends that hastes and nobody has read, and the unit whose case goes on would hear nothing of it. */
const unheardEnd = ({ number, urgent }: CaseLine): Rejection | undefined => {
  if (!urgent) return undefined;
  return reject('FM-INT-3', ['own'], `${number} haster, og ingen har taget den. Slutter den, uden at den anden enhed hører det, når det, personen sagde, ingen. Vælg, at begge får besked, at den anden sag slutter, eller at ingen får besked endnu.`, 'telling');
};

/** The cases that a unit is told something of, first or second: each unit that is told learns of the other's. None while nobody is told. */
export const toldOf = (telling: Telling): readonly (0 | 1)[] => {
  const ends = endingOf(telling);
  return ends === undefined ? [] : tellsBoth(telling) ? [0, 1] : [ends === 0 ? 1 : 0];
};

/**
 * What is in the way of a basis, as far as the structure of the cases says: a unit that is told learns something of the other's case, so it is that case which the basis must
 * hold in. Of an inquiry that nobody has taken nobody has asked for consent; whether it was given elsewhere and stands still, no structure tells: the official says that he has asked (FM-CON-2, FM-CON-3).
 */
export const basisDoesNotFit = (cases: readonly [CaseLine, CaseLine], telling: Telling, basis: TellingBasis): Rejection | undefined => {
  const sources = toldOf(telling).map((at) => cases[at]);
  const late = sources.find((one) => !BEFORE_DECISION.includes(one.phase));
  if (basis === 'before-consent' && late) {
    return reject('FM-CON-3', ['own'], `I ${late.number} er der truffet afgørelse, og personen har svaret på, om oplysninger må deles. Har personen sagt ja, så vælg samtykket. Ellers vælg, at ingen får besked.`, 'law');
  }
  const untaken = sources.find((one) => one.phase === 'inbox');
  if (basis === 'consent' && untaken) {
    return reject('FM-CON-3', ['own'], `Ingen har taget henvendelsen i ${untaken.number}, så ingen har spurgt personen om samtykke. Vælg et andet grundlag, eller vent, til enheden har taget den.`, 'law');
  }
  const free = sources.find((one) => one.place !== 'custody');
  if (basis === 'release' && free) {
    return reject('FM-CON-3', ['own'], `Retsplejelovens § 115 gælder kun omkring en løsladelse, og personen i ${free.number} er på fri fod. Vælg et andet grundlag.`, 'law');
  }
  return undefined;
};
