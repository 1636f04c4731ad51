import { seesMember } from '../../domain/access/scopes.js';
import { type CircleRole, currentMembers } from '../../domain/exit-case/circle.js';
import { retentionOf } from '../../domain/exit-case/retention.js';
import type { ScopeKind } from '../../domain/kernel/command.js';
import { formatCpr, parseCpr } from '../../domain/kernel/cpr.js';
import { copenhagenDate, formatDate, formatInstant, formatTime, type Instant } from '../../domain/kernel/time.js';
import { authorityName, unitName } from '../../domain/reference/authorities.js';
import { EXIT_SUBJECT, kleTitle } from '../../domain/reference/kle.js';
import { sharingKindLabel } from '../../domain/reference/legal-bases.js';
import { periodWords } from '../../domain/reference/retention-periods.js';
import { documentsOf } from '../documents.js';
import { candidateName, type DocumentFrame } from '../documents/frame.js';
import type { OpenedCase } from '../open-case.js';
import { eventsOf, wordsOf } from '../texts.js';
import { blanked, type Spared } from './blanked.js';
import { type BundleRecord, recordsOf, type Shown } from './records.js';
import { toldOf } from './told.js';

/** What is carried out of a case: the same on paper and as data. */
export interface Bundle extends DocumentFrame {
  /** Who carried it out, and when: on every page. */
  readonly watermark: string;
  /** Who it is for, at the top of every page: the one may be given to the person, the other never. */
  readonly marking: string;
  readonly sections: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly records: readonly BundleRecord[];
}

export interface Carrier {
  readonly name: string;
  readonly authority: string;
  readonly now: Instant;
  /** By authority; undefined for who has left. */
  readonly authorityOf: (user: string) => string | undefined;
  readonly nameOf: (user: string) => string | undefined;
}

/** What an authority may take over in its own archive: all it reads, but the protected address. */
export const ARCHIVE_KINDS: readonly ScopeKind[] = ['identity', 'general', 'sealed', 'police', 'probation', 'health', 'economy', 'card', 'measure', 'precaution', 'bundle'];

const author = ({ authorityOf }: Carrier) => (user: string): string => {
  const authority = authorityOf(user);
  return authority === undefined ? 'En tidligere kollega' : authorityName(authority);
};

/** A file's name tells nothing but the case's number, when it was fetched, and of the one that stays in the house that it does: the two cannot be taken for each other. */
const NAMED = { person: { within: '', marking: 'Til personen' }, house: { within: '-internt', marking: 'Internt: må ikke gives til personen' } } as const;

const frame = (opened: OpenedCase, carrier: Carrier, heading: string, goesTo: keyof typeof NAMED) => ({
  number: `${opened.number}${NAMED[goesTo].within}-${copenhagenDate(carrier.now)}-${formatTime(carrier.now).replace(/\D/g, '')}`, language: 'da' as const, heading, marking: NAMED[goesTo].marking,
  facts: [
    { label: 'Vedrører', value: candidateName(opened) }, { label: 'Sagsnummer', value: opened.number }, { label: 'Enhed', value: unitName(opened.state.inquiry.unit) },
    { label: 'Emne', value: kleTitle(EXIT_SUBJECT) }, { label: 'Hentet', value: `${formatInstant(carrier.now)} af ${carrier.name}, ${carrier.authority}` },
  ],
  watermark: `Hentet af ${carrier.name}, ${formatInstant(carrier.now)}`,
});

const partiesOf = ({ state, actor }: OpenedCase, but: readonly CircleRole[] = []): readonly string[] =>
  [...new Set(currentMembers(state).filter((one) => seesMember(state, actor.user, one) && !but.includes(one.role)).map((one) => authorityName(one.authority)))];

/** Everything the asking authority reads, for its own journal (FM-LAW-2). */
export const archiveBundle = (opened: OpenedCase, carrier: Carrier): Bundle => ({
  ...frame(opened, carrier, 'Sagens akter til eget arkiv', 'house'),
  notice: 'Indeholder kun det, som den myndighed, der har hentet akterne, må læse i sagen.',
  sections: [
    { title: 'Parter', lines: [candidateName(opened), ...partiesOf(opened)] },
    { title: 'Dokumenter', lines: documentsOf(opened).map(({ number, title, at }) => `${number}: ${title}, ${formatDate(at)}`) },
  ],
  records: recordsOf(opened, { event: () => true, words: (_one, kind) => ARCHIVE_KINDS.includes(kind) }, author(carrier)),
});

/** His name and number; what he is called and his telephone where it is told of, for police may know of one that he has told nobody. */
const ownWords = (opened: OpenedCase, told: Shown): readonly string[] =>
  eventsOf(opened, 'InquiryRegistered', 'PersonUpdated').flatMap((one) => {
    const words = wordsOf(opened, one.version, 'identity');
    const noted = told.words(one, 'identity') ? [words['alias'], words['phone']] : [];
    const cpr = typeof words['cpr'] === 'string' ? parseCpr(words['cpr']) : undefined;
    return [words['name'], ...noted, words['cpr'], cpr && cpr.kind !== 'invalid' ? formatCpr(cpr.number) : undefined].filter((one): one is string => typeof one === 'string');
  });

const RIGHTS = [
  'Du kan bede om at få forkerte oplysninger rettet (artikel 16) og om at få oplysninger slettet (artikel 17), når loven giver dig ret til det.',
  'Du kan bede om, at behandlingen begrænses (artikel 18), og du kan gøre indsigelse mod den (artikel 21).',
  'Du kan klage til Datatilsynet, hvis du mener, at dine oplysninger bliver behandlet i strid med loven.',
] as const;

/** That somebody screens him, or that the contact point is asked about him, is nothing he is told. */
const UNTOLD: readonly CircleRole[] = ['screening', 'question'];

const recipientsOf = (opened: OpenedCase, told: Shown): readonly string[] =>
  eventsOf(opened, 'DisclosureRecorded').filter(told.event).map(({ event: { on, kind, to } }) => `${formatDate(on)}: ${sharingKindLabel(kind)} til ${authorityName(to)}`);

const retentionWords = ({ state }: OpenedCase): string => {
  const retention = retentionOf(state);
  if (retention === undefined) return 'Sagen er i gang. Når den er slut, gemmes den i en periode, der afhænger af, hvordan den slutter. Derefter slettes den.';
  return `Sagen gemmes i ${periodWords(retention.outcome)} efter, at den sluttede.${retention.dueOn === undefined ? '' : ` Sletning behandles fra ${formatDate(retention.dueOn)}.`}`;
};

/** What is held about the person, as art. 15 of the data protection regulation says, by the authority that he asked (FM-LAW-4). Others are left out by default. */
export const insightBundle = (opened: OpenedCase, carrier: Carrier): Bundle => {
  const told = toldOf(opened, carrier.authorityOf);
  const recipients = recipientsOf(opened, told);
  const users = [...new Set([...opened.facts, ...opened.entries].map((one) => one.actor as string).concat(opened.state.circle.members.map((one) => one.user)))];
  const spared: Spared = {
    own: [...ownWords(opened, told), ...currentMembers(opened.state).map((one) => authorityName(one.authority)), unitName(opened.state.inquiry.unit)],
    others: users.flatMap((user) => carrier.nameOf(user) ?? []),
  };
  return {
    ...frame(opened, carrier, 'Indsigt i oplysninger om dig', 'person'),
    notice: 'Det, der ligner navne, numre og adresser på andre end dig, er udeladt. Politiets og Kriminalforsorgens eget materiale er udeladt efter retshåndhævelsesloven: spørg dem om indsigt i det.',
    sections: [
      { title: 'Hvorfor oplysningerne behandles', lines: ['For at vurdere, om du kan få et exitforløb, og for at gennemføre det. Retsgrundlaget er myndighedernes egne love og dit samtykke, hvor det er givet.'] },
      { title: 'Hvor oplysningerne kommer fra', lines: ['Fra dig selv og fra myndighederne i din exitsag:', ...partiesOf(opened, UNTOLD)] },
      { title: 'Hvem der har fået oplysninger', lines: recipients.length === 0 ? ['Ingen andre end myndighederne i din exitsag, så vidt det kan stå her.'] : recipients },
      { title: 'Hvor længe de gemmes', lines: [retentionWords(opened)] },
      { title: 'Dine rettigheder', lines: RIGHTS },
      { title: 'Det, der ikke står her', lines: [
        `Dette er, hvad ${carrier.authority} må læse i sagen ${formatDate(copenhagenDate(carrier.now))}. Andre myndigheder i sagen svarer selv for deres oplysninger.`,
        'Her står det, du selv har fortalt, har fået at vide eller har været med til, og det, myndigheder uden for politiet og Kriminalforsorgen har noteret om dig.',
        'En beskyttet adresse står aldrig på papir. Hvem der har set oplysningerne, kan du få at vide i et udtræk af sagens log.',
      ] },
    ],
    records: recordsOf(opened, told, author(carrier)).map((one) => ({ ...one, words: one.words.map((text) => blanked(text, spared)) })),
  };
};
