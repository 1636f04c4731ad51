import { type NotificationAge, notificationAge, notificationWords, NOTIFICATION_WORDS, ACKNOWLEDGED_KINDS } from '../../../domain/exit-case/notification.js';
import { copenhagenDate, formatDate, type Instant, type PlainDate } from '../../../domain/kernel/time.js';
import { units, unitName } from '../../../domain/reference/authorities.js';
import type { Notification, UnitWaiting } from '../../../store/notifications.js';
import { paths } from '../../paths.js';
import { Badge } from '../../ui/badge.js';
import { ActButton, SubmitButton } from '../../ui/buttons.js';
import type { FormError } from '../../ui/error-summary.js';
import { Fold } from '../../ui/fold.js';
import { fieldId, Select } from '../../ui/form.js';
import { Table, TwoLines } from '../../ui/table.js';
import { When } from '../../ui/when.js';

/** What is asked for in the address of the page. */
export interface Choice {
  readonly all: boolean;
  readonly unit: string | undefined;
  readonly kind: string | undefined;
  readonly page: number;
  /** What cannot be used of it. */
  readonly wrong: readonly FormError[];
}

const SHOWN = [{ value: 'vent', label: 'Kun dem, der venter' }, { value: 'alle', label: 'Også dem, der er kvitteret for' }] as const;
const KINDS = ACKNOWLEDGED_KINDS.map((value) => ({ value, label: NOTIFICATION_WORDS[value] }));
const UNITS = units.map((value) => ({ value, label: unitName(value) }));

const faultAt = ({ wrong }: Choice, name: string): { readonly error?: string } => {
  const error = wrong.find((one) => one.name === name)?.message;
  return error === undefined ? {} : { error };
};

/** Goes by GET: what is chosen stands in the address, so that it can be kept as a bookmark. */
export const Filters = ({ choice }: { readonly choice: Choice }) => (
  <form class="filters" method="get" action={paths.notifications()} aria-label="Vælg underretninger">
    <Select name="enhed" label="Enhed" empty="Alle enheder" options={UNITS} {...faultAt(choice, 'enhed')} {...(choice.unit === undefined ? {} : { value: choice.unit })} />
    <Select name="slags" label="Hvad" empty="Alt" options={KINDS} {...faultAt(choice, 'slags')} {...(choice.kind === undefined ? {} : { value: choice.kind })} />
    <Select name="vis" label="Vis" options={SHOWN} {...faultAt(choice, 'vis')} value={choice.all ? 'alle' : 'vent'} />
    <SubmitButton kind="secondary">Vis</SubmitButton>
  </form>
);

const BADGES: Readonly<Record<NotificationAge['state'], 'waiting' | 'soon' | 'late'>> = { new: 'waiting', old: 'soon', 'too-old': 'late' };
/** How long something has waited, visibly older from the third and the seventh day. */
export const Age = ({ at, today }: { readonly at: Instant; readonly today: PlainDate }) => {
  const { state, words } = notificationAge(at, today);
  return <Badge kind={BADGES[state]}><span class="sr-only">Venter: </span>{words}</Badge>;
};

/** The form of the ticks; they stand in the table, each row of which has a form of its own. */
export const CHOSEN_FORM = 'kvitter';
/** What the ticks are called in a form, and in the summary of errors. */
export const CHOSEN = 'id';
/** The id of what is said to be wrong with them. */
export const CHOSEN_FAULT = 'valg-fejl';

export interface RowsProps {
  readonly rows: readonly Notification[];
  readonly today: PlainDate;
  readonly now: Instant;
  readonly csrf: string;
  /** Where a form is sent, so that it comes back to the same choice. */
  readonly action: string;
  readonly chosen: readonly string[];
  readonly failed: boolean;
  readonly nameOf: (user: string) => string;
}

/** What is told, with its tick while it waits; what was corrected since, and what corrects. */
const What = ({ row, first, chosen, failed }: { readonly row: Notification; readonly first: boolean } & Pick<RowsProps, 'chosen' | 'failed'>) => {
  const words = notificationWords(row.kind, row.corrects);
  const corrected = row.correctedAt === null ? null : <span class="area">{`Rettet ${formatDate(copenhagenDate(row.correctedAt))}: det var registreret forkert`}</span>;
  if (row.acknowledgedAt !== null) return corrected === null ? <>{words}</> : <>{words}<br />{corrected}</>;
  // The first tick bears the id that the summary of errors leads to.
  const id = first ? fieldId(CHOSEN) : `valg-${row.id}`;
  return (
    <>
      <div class="form-group-checkbox">
        <input class="form-checkbox" type="checkbox" id={id} name={CHOSEN} value={row.id} form={CHOSEN_FORM} checked={chosen.includes(row.id)} aria-invalid={failed ? 'true' : undefined} aria-describedby={failed ? CHOSEN_FAULT : undefined} />
        <label class="form-label" for={id}>{words}<span class="sr-only">{` i ${row.number}`}</span></label>
      </div>
      {corrected}
    </>
  );
};

export const Rows = ({ rows, today, now, csrf, action, chosen, failed, nameOf }: RowsProps) => {
  const first = rows.find((row) => row.acknowledgedAt === null);
  return (
    <Table<Notification> caption="Underretninger, de ældste ulæste først" quietCaption phone="brief" rows={rows} rowKey={(row) => row.id} columns={[
      { label: 'Underretning', cell: (row) => <What row={row} first={row === first} chosen={chosen} failed={failed} /> },
      { label: 'Sag', run: true, cell: (row) => <TwoLines first={row.number} second={unitName(row.unit)} /> },
      { label: 'Sendt', run: true, cell: (row) => <When at={row.at} now={now} begins /> },
      { label: 'Alder', cell: (row) => (row.acknowledgedAt === null
        ? <Age at={row.at} today={today} />
        : <TwoLines first={<Badge kind="done">Kvitteret</Badge>} second={<><When at={row.acknowledgedAt} now={now} begins />{row.acknowledgedBy !== null && `, ${nameOf(row.acknowledgedBy)}`}</>} />) },
      { label: 'Kvittér', quiet: true, acts: true, cell: (row) => row.acknowledgedAt === null && (
        <ActButton action={action} csrf={csrf} values={{ [CHOSEN]: row.id }} context={`for ${notificationWords(row.kind, row.corrects)} i ${row.number}`}>Kvittér</ActButton>
      ) },
    ]} />
  );
};

/** Where most waits, and since when: structure only. */
export const UnitByUnit = ({ rows, today }: { readonly rows: readonly UnitWaiting[]; readonly today: PlainDate }) => rows.length === 0 ? null : (
  <Fold summary={`Enhed for enhed (${rows.length})`}>
    <Table<UnitWaiting> caption="Underretninger, der venter, enhed for enhed" quietCaption phone="stack" rows={rows} rowKey={(row) => row.unit} columns={[
      { label: 'Enhed', cell: (row) => <a href={paths.notifications({ unit: row.unit })}>{unitName(row.unit)}</a> },
      { label: 'Den ældste', cell: (row) => <TwoLines first={<Age at={row.oldest} today={today} />} second={formatDate(copenhagenDate(row.oldest))} /> },
      { label: 'Venter', align: 'right', cell: (row) => row.waiting.toLocaleString('da-DK') },
    ]} />
  </Fold>
);
