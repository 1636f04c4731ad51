import { eventsOf, textOf } from '../../../app/texts.js';
import { currentMembers } from '../../../domain/exit-case/circle.js';
import { coveredFor } from '../../../domain/exit-case/consent.js';
import { copenhagenDate, formatDate, type PlainDate } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { isSensitiveKind, LEGAL_BASIS_IDS, legalBasis, type LegalBasisId, scopeOfKind, SHARING_KINDS, type SharingKind, sharingKindLabel } from '../../../domain/reference/legal-bases.js';
import type { Answer } from '../../route.js';
import { Empty } from '../../ui/empty.js';
import { Section } from '../../ui/layout.js';
import { Table } from '../../ui/table.js';
import { ActLinks, Typed } from './act-links.js';
import { type CaseCall, casePage, nameOf } from './case-page.js';
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
          <Shared on={on} today={today} />
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
  readonly kind: SharingKind;
  readonly to: string;
  readonly basis: string;
  readonly why?: string;
  readonly mark: boolean;
}

/** What left the circle, and entries in shared scopes, which are disclosures inside it (FM-CON-3). */
const Shared = ({ on, today: _today }: { readonly on: CaseCall; readonly today: PlainDate }) => {
  const { opened } = on;
  const { state } = opened;
  const outside = eventsOf(opened, 'DisclosureRecorded').map(({ event, version }): Sharing => {
    const why = textOf(opened, version, 'why');
    return {
      key: `d${version}`, on: event.on, kind: event.kind, to: textOf(opened, version, 'receiver') ?? authorityName(event.to), basis: basisName(event.basis), mark: event.notForInvestigating,
      ...(why === undefined ? {} : { why }),
    };
  });
  const inside = eventsOf(opened, 'NoteAdded', 'MeetingRecorded').filter((one) => ['general', 'health', 'economy'].includes(one.event.scope) && opened.bodies.has(one.version)).map(({ event, version, at, actor }): Sharing => {
    const readers = currentMembers(state).filter((member) => member.user !== actor && member.role !== 'owner' && member.role !== 'question' && (scopeOfKind(event.kind) === 'general' || !member.authority.startsWith('police:')));
    return {
      key: `n${version}`, on: copenhagenDate(at), kind: event.kind, to: `${list.format([...new Set(readers.map((one) => authorityName(one.authority)))])} (fra ${nameOf(on, actor)})`,
      basis: state.consent.on !== undefined && copenhagenDate(at) >= state.consent.on ? 'Samtykke' : 'Lov, før samtykke', mark: false,
    };
  });
  const rows = [...outside, ...inside].sort((a, b) => (a.on < b.on ? 1 : -1));
  if (rows.length === 0) return <Empty title="Der er ikke delt noget endnu."><p>Når nogen skriver i journalen eller videregiver noget, står det her: hvad, til hvem, hvornår og på hvilket grundlag.</p></Empty>;
  return (
    <Table caption="Hvem har fået hvad, nyeste først" quietCaption phone="stack" rows={rows} rowKey={(row) => row.key} columns={[
      { label: 'Dato', cell: (row) => formatDate(row.on) },
      { label: 'Oplysninger', cell: (row) => sharingKindLabel(row.kind) },
      { label: 'Til', cell: (row) => row.to },
      { label: 'Grundlag', cell: (row) => <>{row.basis}{row.mark && <span class="muted"> Må ikke bruges til efterforskning.</span>}{row.why !== undefined && <><br /><span class="muted">{row.why}</span></>}</> },
    ]} />
  );
};
