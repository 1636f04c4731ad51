import { seesParty } from '../../domain/access/scopes.js';
import { missingParties } from '../../domain/exit-case/accession.js';
import { type AgreementVersion, wordsOf } from '../../domain/exit-case/agreement.js';
import { formatDate } from '../../domain/kernel/time.js';
import { authorityName } from '../../domain/reference/authorities.js';
import { requirementWords } from '../agreement-words.js';
import { measureText, measureTitle, startWords } from '../measure-words.js';
import type { OpenedCase } from '../open-case.js';
import { eventsOf, wordsOf as textsOf } from '../texts.js';
import { candidateName, type DocumentFrame, headFacts, type SeenMeasures, seenMeasures, unitAsParty, unitInSentence, type Writing } from './frame.js';

/** One measure or requirement, with what the candidate says of it; no word yet means squares to tick (FM-AGR-8). */
interface Clause {
  readonly number: string;
  readonly title: string;
  readonly details: readonly string[];
  readonly word?: string;
}
interface MeasureClause extends Clause {
  readonly authority: string;
  readonly start: string;
}

export interface AgreementData extends DocumentFrame {
  readonly parties: string;
  readonly goal: string;
  readonly measures: readonly MeasureClause[];
  readonly hidden?: string;
  readonly requirements: readonly Clause[];
  readonly followUp: string;
  readonly contactPerson: string;
  readonly notes: readonly { readonly about: string; readonly text: string }[];
  /** What the candidate can answer to a clause. */
  readonly answers: readonly string[];
  readonly acceded: readonly { readonly party: string; readonly part: string; readonly on: string }[];
  /** Those who have not acceded: each gets a line to sign on. */
  readonly awaited: readonly string[];
}

const ANSWERS: Readonly<Record<string, string>> = { agrees: 'Enig', disagrees: 'Uenig', 'could-not-answer': 'Kunne ikke svare' };

/** The goal as it was last written in the version it belongs to. */
const goalOf = (opened: OpenedCase, { goalOf: number }: AgreementVersion): string | undefined =>
  eventsOf(opened, 'TermsSet').filter(({ event }) => event.version === number).map((one) => textsOf(opened, one.version, 'general')['goal'])
    .filter((goal): goal is string => typeof goal === 'string').at(-1);

const wordOn = (version: AgreementVersion, item: string): { readonly word?: string } => {
  const said = wordsOf(version).findLast((one) => one.item === item)?.word;
  return said === undefined ? {} : { word: ANSWERS[said] ?? said };
};

const measureClauses = ({ opened }: Writing, version: AgreementVersion, { seen }: SeenMeasures): readonly MeasureClause[] =>
  seen.map(({ measure, startBy, place }) => {
    const text = measureText(opened, measure);
    return {
      number: `3.${place}`, title: measureTitle(opened, measure), authority: authorityName(measure.authority), start: startWords(measure, startBy, version),
      details: [...(text === undefined ? [] : [text]), ...(measure.coveredByActionPlan === true ? ['Står i Kriminalforsorgens handlingsplan, som aftalen henviser til.'] : [])],
      ...wordOn(version, measure.id),
    };
  });

/** Requirements whose words the reader may read; a measure's stands with the measure's name. */
const requirementClauses = ({ opened }: Writing, version: AgreementVersion, { seen }: SeenMeasures): readonly Clause[] => {
  const words = requirementWords(opened);
  return version.requirements.flatMap(({ id, measure: belongs }, index) => {
    const title = words.get(id);
    if (title === undefined) return [];
    const measure = seen.find((one) => one.measure.id === belongs)?.measure;
    return { number: `4.${index + 1}`, title, details: measure === undefined ? [] : [`Hører til: ${measureTitle(opened, measure)}`], ...wordOn(version, id) };
  });
};

/** What the candidate added to his word, clause by clause, as far as it is for the reader. */
const notesOn = ({ opened }: Writing, version: AgreementVersion, clauses: ReadonlyMap<string, string>): AgreementData['notes'] =>
  eventsOf(opened, 'PartyAcceded').filter(({ event }) => event.party === 'candidate' && event.version === version.number).flatMap((one) =>
    (opened.bodies.get(one.version) ?? []).flatMap(({ content: { item, note } }) => {
      const about = typeof item === 'string' ? clauses.get(item) : undefined;
      return about === undefined || typeof note !== 'string' ? [] : [{ about, text: note }];
    }));

const partyName = (writing: Writing, version: AgreementVersion, party: string): string => {
  if (party === 'candidate') return candidateName(writing.opened);
  return party === 'unit' ? unitAsParty(unitOf(writing, version)) : authorityName(party);
};
const unitOf = ({ opened }: Writing, version: AgreementVersion): string => version.unit ?? opened.state.inquiry.unit;

/** Who has acceded and who is awaited; of authorities only those whose measures the reader knows of (FM-AGR-3, FM-CNF-4). */
const accessionsOf = (writing: Writing, version: AgreementVersion, { seen }: SeenMeasures): Pick<AgreementData, 'acceded' | 'awaited'> => {
  const { opened } = writing;
  const isKnown = (one: { readonly party: string; readonly measures: readonly string[] }): boolean => seesParty(opened.state, opened.actor.user, one);
  return {
    acceded: version.accessions.filter(isKnown).map(({ party, measures, version: at }) => {
      const event = eventsOf(opened, 'PartyAcceded').find((one) => one.version === at)?.event;
      const own = seen.filter(({ measure }) => measures.includes(measure.id)).map(({ place }) => `3.${place}`);
      return { party: partyName(writing, version, party), part: own.length === 0 ? 'Hele aftalen' : `Tiltag ${own.join(', ')}`, on: event === undefined ? '' : formatDate(event.on) };
    }),
    awaited: missingParties(opened.state, version).filter(isKnown).map(({ party }) => partyName(writing, version, party)),
  };
};

const standing = ({ opened }: Writing, version: AgreementVersion): string | undefined => {
  if (version.status === 'entered') return undefined;
  if (version.status === 'presented') return 'Aftalen er lagt frem og gælder ikke endnu.';
  const next = opened.state.agreement.versions.find((one) => one.supersedes === version.number);
  return next?.enteredOn === undefined ? 'Aftalen er afløst af en nyere version.' : `Aftalen er afløst af version ${next.number}, ${formatDate(next.enteredOn)}.`;
};

/** Whoever carried the contact when the version was laid before the parties. */
const contactOf = ({ opened, then, nameOf }: Writing): string => {
  const user = then.agreement.contactPerson;
  if (user === undefined) return 'Ikke udpeget.';
  const authority = opened.state.circle.members.find((member) => member.user === user)?.authority;
  return `${nameOf(user)}${authority === undefined ? '' : `, ${authorityName(authority)}`}. Kontaktpersonen har som hovedregel al kontakt mellem myndighederne og kandidaten.`;
};

const rhythm = ({ followUpEveryWeeks: weeks, firstFollowUp: first }: AgreementVersion): string =>
  weeks === undefined || first === undefined ? 'Ikke aftalt.' : `Der er opfølgning hver ${weeks === 1 ? 'uge' : `${weeks}. uge`}, første gang ${formatDate(first)}.`;

/** An agreement that lies before the parties, is in force, or was (FM-AGR-2, FM-AGR-4); undefined when its words are not for the reader. */
export function agreement(writing: Writing, version: AgreementVersion): AgreementData | undefined {
  const { opened, number } = writing;
  const goal = goalOf(opened, version);
  if (goal === undefined || version.validFrom === undefined || version.validTo === undefined) return undefined;
  const known = seenMeasures(writing, version);
  const measures = measureClauses(writing, version, known);
  const requirements = requirementClauses(writing, version, known);
  const clauses = new Map([
    ...known.seen.map(({ measure, place }): [string, string] => [measure.id, `3.${place}`]),
    ...version.requirements.map(({ id }, index): [string, string] => [id, `4.${index + 1}`]),
  ]);
  const notice = standing(writing, version);
  return {
    number, language: 'da', heading: known.hidden === undefined ? 'Exitaftale' : 'Uddrag af exitaftale',
    facts: [
      ...headFacts(writing),
      { label: 'Version', value: String(version.number) },
      { label: 'Gælder', value: `Fra ${formatDate(version.validFrom)} til ${formatDate(version.validTo)}` },
      ...(version.enteredOn === undefined ? [] : [{ label: 'Indgået', value: formatDate(version.enteredOn) }]),
    ],
    parties: `Aftalen er mellem ${candidateName(opened)} (kandidaten) og ${unitInSentence(unitOf(writing, version))}. De myndigheder, der har ansvaret for et tiltag, tiltræder hver sin del.`,
    goal, measures, requirements, followUp: rhythm(version), contactPerson: contactOf(writing), notes: notesOn(writing, version, clauses), answers: Object.values(ANSWERS),
    ...accessionsOf(writing, version, known),
    ...(known.hidden === undefined ? {} : { hidden: known.hidden }),
    ...(notice === undefined ? {} : { notice }),
  };
}
