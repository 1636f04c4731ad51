import { NEWEST_ENTRIES } from '../../../app/open-case.js';
import { eventsOf, textOf, wordsOf } from '../../../app/texts.js';
import { coveredFor } from '../../../domain/exit-case/consent.js';
import { copenhagenDate, formatDate, type PlainDate } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { isSensitiveKind, LEGAL_BASIS_IDS, legalBasis, type LegalBasisId, SHARING_KINDS, type SharingKind, sharingKindLabel } from '../../../domain/reference/legal-bases.js';
import type { Answer } from '../../route.js';
import { Empty } from '../../ui/empty.js';
import { Section } from '../../ui/layout.js';
import { Table } from '../../ui/table.js';
import { ActLinks, Typed } from './act-links.js';
import { type CaseCall, casePage, nameOf } from './case-page.js';
import { sharedEntries } from './shared-entries.js';
import { pageActions } from './subjects.js';

const STATUS = {
  none: 'Der er ikke svaret på samtykke. Indtil da deles kun det, loven giver grundlag for.',
  given: 'Kandidaten har givet samtykke.',
  refused: 'Kandidaten har sagt nej til samtykke. Der kan ikke deles nye oplysninger.',
  withdrawn: 'Kandidaten har trukket hele samtykket tilbage. Der kan ikke deles nye oplysninger. Det, myndighederne allerede har, beholder de.',
} as const;

const basisName = (basis: string): string => ((LEGAL_BASIS_IDS as readonly string[]).includes(basis) ? legalBasis(basis as LegalBasisId).title : basis === 'consent' ? 'Samtykke' : basis);

/** Consent as a matrix and as a sentence; who got what and when below (FM-CON-1, FM-CON-4, screens.md). */
export function consent(on: CaseCall): Answer {
  const { opened, call } = on;
  const { state } = opened;
  const today = copenhagenDate(call.now);
  const given = eventsOf(opened, 'ConsentGiven', 'ConsentRefused', 'ConsentWithdrawn').at(-1);
  const actions = pageActions(opened, call.now);
  const covered = state.consent.authorities;
  return casePage(on, {
    page: 'samtykke',
    children: (
      <>
        <Section id="samtykke" title="Samtykke">
          <p><strong>{STATUS[state.consent.status]}</strong></p>
          {state.consent.status === 'given' && state.consent.on !== undefined && (
            <p>
              {`Underskrevet ${formatDate(state.consent.on)}. `}
              {state.consent.expiresOn === undefined ? '' : `Gælder til og med ${formatDate(state.consent.expiresOn)}. `}
              {sentence(state.consent.kinds, covered)}
            </p>
          )}
          {given && <Typed label="Opbevares" text={textOf(opened, given.version, 'keptAt')} />}
          {given && <Typed label="Bemærkning" text={textOf(opened, given.version, 'reason')} />}
          {covered.length > 0 && (
            <Table caption="Hvad må deles med hvem" quietCaption phone="scroll" rows={SHARING_KINDS} rowKey={(kind) => kind} columns={[
              { label: 'Oplysninger', cell: (kind) => <>{sharingKindLabel(kind)}{isSensitiveKind(kind) && <span class="muted"> (følsomme)</span>}</> },
              ...covered.map((authority) => ({
                label: authorityName(authority), align: 'mid' as const,
                cell: (kind: SharingKind) => (coveredFor(state, authority, kind, today) ? 'Ja' : 'Nej'),
              })),
            ]} />
          )}
          <ActLinks caseId={opened.id} actions={actions} names={['consent.give', 'consent.withdraw', 'consent.weighWithdrawal', 'consent.refuse']} primary />
        </Section>
        <Section id="delt" title="Hvem har fået hvad">
          <Shared on={on} />
          <ActLinks caseId={opened.id} actions={actions} names={['disclosure.record']} />
        </Section>
      </>
    ),
  });
}

const list = new Intl.ListFormat('da', { type: 'conjunction' });
/** The matrix read aloud: which kinds, with whom. */
const sentence = (kinds: readonly SharingKind[], authorities: readonly string[]): string =>
  `${list.format(authorities.map(authorityName))} må udveksle oplysninger om ${list.format(kinds.map((kind) => sharingKindLabel(kind).toLowerCase()))}.`;

interface Sharing {
  readonly key: string;
  readonly on: PlainDate;
  readonly what: string;
  readonly to: string;
  readonly basis: string;
  readonly why?: string;
  readonly mark: boolean;
}

/** What left the circle, and apart from it the entries in shared scopes, which are disclosures inside it (FM-CON-3). */
const Shared = ({ on }: { readonly on: CaseCall }) => {
  const { opened } = on;
  const outside = eventsOf(opened, 'DisclosureRecorded').map(({ event, version }): Sharing => {
    const why = textOf(opened, version, 'why');
    return {
      key: `d${version}`, on: event.on, what: sharingKindLabel(event.kind), to: textOf(opened, version, 'receiver') ?? authorityName(event.to), basis: basisName(event.basis), mark: event.notForInvestigating,
      ...(why === undefined ? {} : { why }),
    };
  });
  const inside = sharedEntries(opened.state, opened.facts, opened.entries, (version) => Object.keys(wordsOf(opened, version)).length > 0).map((one): Sharing => ({
    key: `n${one.version}`, on: one.on, what: one.what, to: `${list.format(one.to.map(authorityName))} (fra ${nameOf(on, one.from)})`, basis: one.basis, mark: false,
  }));
  if (outside.length + inside.length === 0) return <Empty title="Der er ikke delt noget endnu."><p>Når nogen skriver i journalen eller videregiver noget, står det her: hvad, til hvem, hvornår og på hvilket grundlag.</p></Empty>;
  return (
    <>
      {outside.length > 0 && <SharingTable caption="Videregivet ud af kredsen" rows={outside} />}
      {inside.length > 0 && (
        <>
          <SharingTable caption="Notater og referater, der er delt" rows={inside} />
          <p class="muted">
            {opened.entries.length < NEWEST_ENTRIES ? '' : `Af journalen er de seneste ${NEWEST_ENTRIES} med. `}
            Her står, hvem der kunne læse det, da det blev skrevet. Hvem der er kommet med i kredsen siden, står under Kreds og log.
          </p>
        </>
      )}
    </>
  );
};

/** Newest first. */
const SharingTable = ({ caption, rows }: { readonly caption: string; readonly rows: readonly Sharing[] }) => (
  <Table caption={caption} phone="stack" rows={[...rows].sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0))} rowKey={(row) => row.key} columns={[
    { label: 'Dato', cell: (row) => formatDate(row.on) },
    { label: 'Oplysninger', cell: (row) => row.what },
    { label: 'Til', cell: (row) => row.to },
    { label: 'Grundlag', cell: (row) => <>{row.basis}{row.mark && <span class="muted"> Må ikke bruges til efterforskning.</span>}{row.why !== undefined && <><br /><span class="muted">{row.why}</span></>}</> },
  ]} />
);
