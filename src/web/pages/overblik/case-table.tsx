import type { Identity } from '../../../app/names.js';
import { phaseLabel } from '../../../domain/exit-case/follows.js';
import { waitsForWords } from '../../../domain/exit-case/waits-for.js';
import { daysBetween, type PlainDate } from '../../../domain/kernel/time.js';
import { municipalityName } from '../../../domain/reference/denmark.js';
import type { OverviewRow } from '../../../store/overview.js';
import { paths } from '../../paths.js';
import { AgeBar } from '../../ui/age-bar.js';
import { DueBadge } from '../../ui/due.js';
import { type Column, Table, TwoLines } from '../../ui/table.js';
import { QUESTION_KINDS } from '../spoergsmaal/words.js';
import { daysWords, placeWords, unitWords } from './words.js';

/** The names that were asked for, by case; undefined while none are shown. */
export type Shown = ReadonlyMap<string, Identity>;

const CaseNumber = ({ number }: OverviewRow) => <span class="nowrap num">{number}</span>;

const WaitsFor = ({ row, today }: { readonly row: OverviewRow; readonly today: PlainDate }) =>
  row.next_due === null
    ? <span class="muted">Intet venter</span>
    : <TwoLines first={<DueBadge due={row.next_due} today={today} />} second={row.waits_for === null ? '' : waitsForWords(row.waits_for)} />;

const Questions = ({ questions }: OverviewRow) =>
  questions === null ? null : <>{questions.map(({ id, kind }, index) => <>{index > 0 && <br />}<a href={paths.question(id)}>{QUESTION_KINDS[kind].title}</a></>)}</>;

const Age = ({ since, today }: { readonly since: PlainDate; readonly today: PlainDate }) => {
  const days = Math.max(0, daysBetween(since, today));
  return <>{days === 0 ? 'I dag' : daysWords(days)}<AgeBar days={days} /></>;
};

const columns = (today: PlainDate, shown: Shown | undefined): readonly Column<OverviewRow>[] => [
  { label: 'Sag', cell: (row) => (shown === undefined ? <CaseNumber {...row} /> : <TwoLines first={shown.get(row.case_id)?.name ?? 'Ikke oplyst'} second={<CaseNumber {...row} />} />) },
  { label: 'Venter på', cell: (row) => <WaitsFor row={row} today={today} /> },
  { label: 'Åbent spørgsmål', cell: (row) => <Questions {...row} /> },
  { label: 'Fase', cell: (row) => phaseLabel(row.phase), run: true },
  { label: 'Enhed og kommune', cell: (row) => <TwoLines first={unitWords(row.unit)} second={row.municipality === null ? 'Ingen kendt kommune' : municipalityName(row.municipality)} />, run: true },
  { label: 'Sted', cell: (row) => placeWords(row.place), run: true },
  { label: 'Kontaktperson', cell: (row) => row.contact_person ?? <span class="muted">Ingen kontaktperson</span>, run: true },
  { label: 'Alder i fasen', phoneLabel: 'Alder', cell: (row) => <Age since={row.since} today={today} /> },
];

/** The cases of a page: what each waits for first, its age in the phase last. */
export const CaseTable = ({ rows, today, shown, caption }: { readonly rows: readonly OverviewRow[]; readonly today: PlainDate; readonly shown: Shown | undefined; readonly caption: string }) => (
  <Table caption={caption} quietCaption wide phone="brief" columns={columns(today, shown)} rows={rows} rowKey={(row) => row.case_id} />
);
