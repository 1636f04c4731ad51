import { refusedBy } from '../../../app/house.js';
import { copenhagenDate, daysBetween, formatDate, type Instant, type PlainDate } from '../../../domain/kernel/time.js';
import { tellingBasisWords } from '../../../domain/reference/telling-bases.js';
import { type DeskHit, listMatchDesk } from '../../../store/matching/tellings.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Badge } from '../../ui/badge.js';
import { DueBadge } from '../../ui/due.js';
import { Empty } from '../../ui/empty.js';
import { PageHead, Section } from '../../ui/layout.js';
import { Table } from '../../ui/table.js';
import { signedInPage } from '../signed-in-page.js';
import { CaseLines } from './case-lines.js';
import { askedAgainOn, BASIS_TOLD, isOver, isToldToNobody, OUTCOMES, tellingWords, untoldWords, waitsForTelling } from './words.js';

/** 'I dag', 'I går', 'For 3 dage siden': how old it is. */
const ageWords = (found: PlainDate, today: PlainDate): string => {
  const days = daysBetween(found, today);
  return days <= 0 ? 'I dag' : days === 1 ? 'I går' : `For ${days} dage siden`;
};

const howWords = ({ outcome, basis }: DeskHit): string =>
  `${OUTCOMES.find(({ value }) => value === outcome)?.label ?? ''}. ${basis === null ? '' : BASIS_TOLD[basis]}.`;

/** What was decided about telling; of two people there is nothing to tell. */
const Told = ({ row }: { readonly row: DeskHit }) => {
  if (row.outcome === 'different') return <>Der er intet at give besked om.</>;
  if (row.telling === null && isOver(row)) return <>En af sagerne er afsluttet. Der gives ingen besked.</>;
  if (row.telling === null) return <Badge kind="waiting">Ikke besluttet</Badge>;
  return (
    <>
      {`${tellingWords(row, row.telling)}.`}
      {row.law !== null && <><br /><span class="area">{`Grundlag: ${tellingBasisWords(row.law)}`}</span></>}
      {row.untold > 0 && <><br /><Badge kind="waiting">Beskeden er ikke sendt</Badge></>}
      {untoldWords(row) !== undefined && <><br />{untoldWords(row)}</>}
    </>
  );
};

const doWords = (row: DeskHit): string | undefined => (waitsForTelling(row) ? (row.untold > 0 ? 'Send beskeden' : 'Beslut, hvem der får besked') : isToldToNobody(row) ? 'Beslut igen' : undefined);

const ToDo = ({ row }: { readonly row: DeskHit }) => (doWords(row) === undefined ? null : <a href={paths.match(row.id)}>{doWords(row)}<span class="sr-only">{`: ${row.numbers.join(' og ')}`}</span></a>);
const dayOf = (at: Instant | null) => (at === null ? null : formatDate(copenhagenDate(at)));

/** Two units go on with one person: it stays before the desk until somebody is told, or one of the cases is over. */
const ToldToNobody = ({ rows, today }: { readonly rows: readonly DeskHit[]; readonly today: PlainDate }) => rows.length === 0 ? null : (
  <Section id="ingen-besked" title="Ingen har fået besked endnu" count={rows.length}>
    <Table
      caption="Sammenfald, hvor ingen har fået besked endnu" quietCaption rows={rows} rowKey={(row) => row.id}
      columns={[
        { label: 'Sagerne', cell: (row) => <CaseLines row={row} /> },
        { label: 'Besluttet', cell: (row) => dayOf(row.decided_at) },
        { label: 'Besluttes igen', cell: (row) => { const again = askedAgainOn(row); return again === null ? null : <DueBadge due={again} today={today} />; } },
        { label: 'Handling', quiet: true, acts: true, cell: (row) => <ToDo row={row} /> },
      ]}
    />
  </Section>
);

/** Every match of the country: what is to be settled or told, and how the others of the last ninety days ended; for the contact point alone (FM-INT-3). */
export async function matchQueue(call: SignedInCall): Promise<Answer> {
  try {
    const rows = await listMatchDesk(call.house.web, call.visitor.token);
    const today = copenhagenDate(call.now);
    const open = rows.filter((one) => one.outcome === null);
    const nobody = rows.filter(isToldToNobody).sort((a, b) => ((a.decided_at ?? '') < (b.decided_at ?? '') ? -1 : 1));
    const settled = rows.filter((one) => one.outcome !== null && !isToldToNobody(one)).sort((a, b) => Number(waitsForTelling(b)) - Number(waitsForTelling(a)));
    return signedInPage(call, { title: 'Sammenfald', place: 'Sammenfald' }, (
      <>
        <PageHead title="Sammenfald">
          <p class="muted">To sager med det samme CPR-nummer. Kun kontaktpunktet ved det, indtil I beslutter, hvem der skal have besked.</p>
        </PageHead>
        <Section id="aabne" title="Skal afgøres" count={open.length}>
          {open.length === 0 ? <Empty title="Ingen sammenfald venter.">Et nyt står her og på Mit arbejde, så snart et CPR-nummer går igen.</Empty> : (
            <Table
              caption="Sammenfald, der skal afgøres" quietCaption rows={open} rowKey={(row) => row.id}
              columns={[
                { label: 'Sagerne', cell: (row) => <CaseLines row={row} /> },
                { label: 'Fundet', cell: (row) => ageWords(copenhagenDate(row.found_at), today) },
                { label: 'Frist', cell: (row) => <DueBadge due={row.due} today={today} /> },
                { label: 'Handling', quiet: true, acts: true, cell: (row) => <a href={paths.match(row.id)}>Se de to sager<span class="sr-only">{`: ${row.numbers.join(' og ')}`}</span></a> },
              ]}
            />
          )}
        </Section>
        <ToldToNobody rows={nobody} today={today} />
        <Section id="afgjorte" title="Afgjort de seneste 90 dage" count={settled.length}>
          {settled.length === 0 ? <Empty title="Ingen sammenfald er afgjort de seneste 90 dage." /> : (
            <Table
              caption="Sammenfald, der er afgjort" quietCaption rows={settled} rowKey={(row) => row.id}
              columns={[
                { label: 'Sagerne', cell: (row) => <CaseLines row={row} /> },
                { label: 'Afgjort', cell: (row) => dayOf(row.settled_at) },
                { label: 'Udfald', cell: howWords },
                { label: 'Besked', cell: (row) => <Told row={row} /> },
                { label: 'Handling', quiet: true, acts: true, cell: (row) => <ToDo row={row} /> },
              ]}
            />
          )}
        </Section>
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
}
