import { type NotificationAge, notificationAge, notificationWords, NOTIFICATION_WORDS, ACKNOWLEDGED_KINDS } from '../../../domain/exit-case/notification.js';
import { copenhagenDate, formatDate, type Instant, type PlainDate } from '../../../domain/kernel/time.js';
import { units, unitName } from '../../../domain/reference/authorities.js';
import type { Notification, UnitWaiting } from '../../../store/notifications.js';
import { paths } from '../../paths.js';
import { Badge } from '../../ui/badge.js';
import { SubmitButton } from '../../ui/buttons.js';
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

/** The form of the ticks and of each row's own button, which stand in the table: so that who presses one row's button keeps the ticks of the others. */
export const CHOSEN_FORM = 'kvitter';
/** What the ticks are called in a form, and in the summary of errors. */
export const CHOSEN = 'id';
/** What a row's own button is called. */
export const ALONE = 'kun';
/** The id of what is said to be wrong with them. */
export const CHOSEN_FAULT = 'valg-fejl';

export interface RowsProps {
  readonly rows: readonly Notification[];
  readonly today: PlainDate;
  readonly now: Instant;
  readonly chosen: readonly string[];
  readonly failed: boolean;
  readonly nameOf: (user: string) => string;
}

/** What is told, with its tick while it waits; what was corrected since, what corrects, and whether the case ended as a double. */
const What = ({ row, first, chosen, failed }: { readonly row: Notification; readonly first: boolean } & Pick<RowsProps, 'chosen' | 'failed'>) => {
  const words = notificationWords(row.kind, row.corrects);
  const since = [
    ...(row.correctedAt === null ? [] : [`Rettet ${formatDate(copenhagenDate(row.correctedAt))}: det var registreret forkert`]), ...(row.endedAsDouble ? ['Sagen er afsluttet som dublet og tæller ikke med i nogen tal'] : []),
  ].map((one) => <span key={one} class="area">{one}</span>);
  if (row.acknowledgedAt !== null) return <>{words}{since.map((one) => <><br />{one}</>)}</>;
  // The first tick bears the id that the summary of errors leads to.
  const id = first ? fieldId(CHOSEN) : `valg-${row.id}`;
  return (
    <>
      <div class="form-group-checkbox">
        <input class="form-checkbox" type="checkbox" id={id} name={CHOSEN} value={row.id} form={CHOSEN_FORM} checked={chosen.includes(row.id)} aria-invalid={failed ? 'true' : undefined} aria-describedby={failed ? CHOSEN_FAULT : undefined} />
        <label class="form-label" for={id}>{words}<span class="sr-only">{` i ${row.number}`}</span></label>
      </div>
      {since.map((one, index) => <>{index > 0 && <br />}{one}</>)}
    </>
  );
};

export const Rows = ({ rows, today, now, chosen, failed, nameOf }: RowsProps) => {
  const first = rows.find((row) => row.acknowledgedAt === null);
  return (
    <>
      {/* Enter on a tick presses the form's first button: not a row's own. */}
      {first !== undefined && <button type="submit" form={CHOSEN_FORM} hidden tabIndex={-1} aria-hidden="true">Kvittér for de valgte</button>}
      <Table<Notification> caption="Underretninger, de ældste ulæste først" quietCaption phone="brief" rows={rows} rowKey={(row) => row.id} columns={[
        { label: 'Underretning', cell: (row) => <What row={row} first={row === first} chosen={chosen} failed={failed} /> },
        { label: 'Sag', run: true, cell: (row) => <TwoLines first={row.number} second={unitName(row.unit)} /> },
        { label: 'Sendt', run: true, cell: (row) => <When at={row.at} now={now} begins /> },
        { label: 'Alder', cell: (row) => (row.acknowledgedAt === null
          ? <Age at={row.at} today={today} />
          : <TwoLines first={<Badge kind="done">Kvitteret</Badge>} second={<><When at={row.acknowledgedAt} now={now} begins />{row.acknowledgedBy !== null && `, ${nameOf(row.acknowledgedBy)}`}</>} />) },
        { label: 'Kvittér', quiet: true, acts: true, cell: (row) => row.acknowledgedAt === null && (
          <SubmitButton kind="secondary" form={CHOSEN_FORM} name={ALONE} value={row.id} context={`for ${notificationWords(row.kind, row.corrects)} i ${row.number}`}>Kvittér</SubmitButton>
        ) },
      ]} />
    </>
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
