import type { ComponentChildren } from 'preact';

export interface Column<Row> {
  readonly label: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Numbers stand right, marks in the middle. */
  readonly align?: 'right' | 'mid';
  /** The heading is said, not shown. */
  readonly quiet?: boolean;
  /** On a phone: a shorter heading before the value. */
  readonly phoneLabel?: string;
  /** On a phone with brief rows: part of the running text. */
  readonly run?: boolean;
  /** Holds the row's buttons: no heading before it on a phone. */
  readonly acts?: boolean;
}

export interface TableProps<Row> {
  /** What the table shows; always said, shown unless `quietCaption`. */
  readonly caption: string;
  readonly quietCaption?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** On a phone: rows become blocks ('stack'), blocks of running text ('brief'), or the table scrolls sideways ('scroll'). */
  readonly phone?: 'stack' | 'brief' | 'scroll';
  /** More columns than a narrow screen has room for: it scrolls sideways in its place, on a phone only as `phone` says. */
  readonly wide?: boolean;
  readonly compact?: boolean;
  /** The last row sums up the others. */
  readonly total?: boolean;
  /** Where the figures come from and when, under the table. */
  readonly source?: ComponentChildren;
  readonly class?: string;
}

const alignment = <Row,>(column: Column<Row>): string =>
  [
    column.align === undefined ? '' : column.align,
    column.align === 'right' ? 'num' : '',
    column.acts === true ? 'do' : '',
    column.run === true ? 'run' : '',
  ]
    .filter(Boolean)
    .join(' ');

const className = <Row,>({ phone = 'stack', compact, total, class: extra }: TableProps<Row>): string =>
  [
    'table',
    phone === 'scroll' ? '' : phone === 'brief' ? 'stack brief' : 'stack',
    compact === true ? 'table--compact' : '',
    total === true ? 'has-total' : '',
    extra ?? '',
  ]
    .filter(Boolean)
    .join(' ');

/** A table with a caption; the first column names the row. */
export const Table = <Row,>(props: TableProps<Row>) => {
  const table = (
    <table class={className(props)}>
      <caption class={props.quietCaption === true ? 'sr-only' : undefined}>{props.caption}</caption>
      <thead>
        <tr>
          {props.columns.map((column) => (
            <th key={column.label} scope="col" class={alignment({ ...column, run: false }) || undefined}>
              {column.quiet === true ? <span class="sr-only">{column.label}</span> : column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={props.rowKey(row)}>
            {props.columns.map((column, index) =>
              index === 0 ? (
                <th key={column.label} scope="row">
                  {column.cell(row)}
                </th>
              ) : (
                <Cell key={column.label} column={column} row={row} />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <>
      {props.phone === 'scroll' || props.wide === true ? (
        <div class="table-scroll" tabIndex={0} role="region" aria-label={props.caption}>
          {table}
        </div>
      ) : (
        table
      )}
      {props.source !== undefined && <p class="source">{props.source}</p>}
    </>
  );
};

/** Empty cells stay truly empty: on a phone they vanish. */
const Cell = <Row,>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) => {
  const content = column.cell(row);
  const empty = content === null || content === undefined || content === false || content === '';
  return (
    <td
      class={alignment(column) || undefined}
      data-label={column.acts === true ? undefined : (column.phoneLabel ?? column.label)}
    >
      {empty ? null : column.acts === true ? content : <div>{content}</div>}
    </td>
  );
};

/** A value with what qualifies it on a second, smaller line. */
export const TwoLines = ({ first, second }: { readonly first: ComponentChildren; readonly second: ComponentChildren }) => (
  <>
    {first}
    <br />
    <span class="area">{second}</span>
  </>
);
