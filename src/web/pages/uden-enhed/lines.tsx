import { formatInstant, type PlainDate } from '../../../domain/kernel/time.js';
import { unitName, UNNAMED_UNIT } from '../../../domain/reference/authorities.js';
import type { UnitNamingRow } from '../../../store/unit-naming.js';
import { paths } from '../../paths.js';
import { Badge } from '../../ui/badge.js';
import { LinkButton } from '../../ui/buttons.js';
import { DueBadge } from '../../ui/due.js';
import { Fold } from '../../ui/fold.js';
import { Section } from '../../ui/layout.js';
import { type Column, Table } from '../../ui/table.js';
import { channelWords, EMERGENCY, municipalityWords } from './words.js';

const COMMON: readonly Column<UnitNamingRow>[] = [
  { label: 'Nummer', cell: (row) => <>{row.number}{row.urgent && <> <Badge kind="late">Haster</Badge></>}{row.emergency && <> <Badge kind="late">{EMERGENCY}</Badge></>}</> },
  { label: 'Modtaget', cell: (row) => formatInstant(row.received_at) },
  { label: 'Hvordan', cell: channelWords },
];

/** Said of what a filter of the overview leaves as it is. */
export const WholeCountry = ({ narrowed }: { readonly narrowed: boolean }) => (narrowed ? <p class="muted">Hele landet er med: filteret gælder ikke her.</p> : null);

/** Inquiries whose unit the contact point names: no name, and nothing that was said; what is known of the place stands on the inquiry's own page, and is logged (FM-INT-7). */
export const WithoutUnit = ({ rows, today, narrowed }: { readonly rows: readonly UnitNamingRow[]; readonly today: PlainDate; readonly narrowed: boolean }) => {
  const without = rows.filter((row) => row.unit === UNNAMED_UNIT);
  const named = rows.filter((row) => row.unit !== UNNAMED_UNIT);
  if (rows.length === 0) return null;
  return (
    <Section id="uden-enhed" title="Uden enhed" count={without.length}>
      <WholeCountry narrowed={narrowed} />
      {without.length === 0 ? <p>Alle henvendelser har en enhed.</p> : (
        <>
          <p>Ingen enhed har dem, før I har udpeget en. Det skal ske senest arbejdsdagen efter. Dem, der haster, skal have en samme dag.</p>
          <Table caption="Henvendelser uden enhed" quietCaption compact phone="stack" rows={without} rowKey={(row) => row.case_id} columns={[
            ...COMMON, { label: 'Kommune', cell: municipalityWords }, { label: 'Frist', cell: (row) => <DueBadge due={row.due} today={today} /> },
            { label: 'Udpeg', quiet: true, acts: true, cell: (row) => <LinkButton href={paths.nameUnit(row.case_id)} context={row.number}>Læs og udpeg</LinkButton> },
          ]} />
        </>
      )}
      {named.length > 0 && (
        <Fold summary={`Udpeget, men ikke taget endnu (${named.length})`}>
          <Table caption="Henvendelser, hvis enhed er udpeget, og som ingen har taget" quietCaption compact phone="stack" rows={named} rowKey={(row) => row.case_id} columns={[
            ...COMMON, { label: 'Enhed', cell: (row) => unitName(row.unit) }, { label: 'Skal tages', cell: (row) => <DueBadge due={row.due} today={today} /> },
            { label: 'Udpeg', quiet: true, acts: true, cell: (row) => <LinkButton href={paths.nameUnit(row.case_id)} context={row.number}>Udpeg en anden</LinkButton> },
          ]} />
        </Fold>
      )}
    </Section>
  );
};
