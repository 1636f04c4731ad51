/** One bar: what it is of, how long it is, and the words at its end. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  /** From where to where a thinner line goes behind the mark: a spread. */
  readonly spread?: readonly [from: number, to: number];
}

const WIDTH = 640;
const LABELS = 250;
const ROOM = 60;
const ROW = 26;
const LINE = 17;
/** Signs that a line of a label has room for. */
const SIGNS = 34;
const MOST_LINES = 2;

/** A label broken between words; what a second line has no room for is left out, for it stands in the table. */
function linesOf(label: string): readonly string[] {
  const lines: string[] = [];
  for (const word of label.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= SIGNS) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const shown = lines.slice(0, MOST_LINES);
  const last = shown.at(-1) ?? '';
  return lines.length <= MOST_LINES ? shown : [...shown.slice(0, -1), `${last.length < SIGNS ? last : last.slice(0, last.lastIndexOf(' '))}…`];
}

/** Horizontal bars on one scale, under the words of what they count. Said as one picture with all its numbers; the table with the same numbers stands beside it. */
export const Bars = ({ title, bars }: { readonly title: string; readonly bars: readonly Bar[] }) => {
  const most = Math.max(1, ...bars.map(({ value, spread }) => Math.max(value, spread?.[1] ?? 0)));
  const long = (value: number): number => Math.round((value / most) * (WIDTH - LABELS - ROOM) * 10) / 10;
  const labels = bars.map(({ label }) => linesOf(label));
  const row = ROW + (labels.some((lines) => lines.length > 1) ? LINE : 0);
  return (
    <figure class="chart wide-only">
      <figcaption aria-hidden="true">{title}</figcaption>
      <svg class="bars" viewBox={`0 0 ${WIDTH} ${bars.length * row}`} role="img" aria-label={`${title}: ${bars.map(({ label, text }) => `${label} ${text}`).join(', ')}.`}>
        {bars.map(({ label, value, text, spread }, index) => {
          const y = index * row + (row - ROW) / 2;
          const lines = labels[index] ?? [];
          return (
            <g key={label}>
              <text class="label">{lines.map((line, nth) => <tspan key={line} x={LABELS - 10} y={y + 17 + (nth - (lines.length - 1) / 2) * LINE}>{line}</tspan>)}</text>
              <rect class="track" x={LABELS} y={y + 5} width={WIDTH - LABELS - ROOM} height={16} />
              {spread === undefined
                ? <rect class="fill" x={LABELS} y={y + 5} width={long(value)} height={16} />
                : (
                  <>
                    <rect class="spread" x={LABELS + long(spread[0])} y={y + 9} width={Math.max(2, long(spread[1]) - long(spread[0]))} height={8} />
                    <rect class="median" x={LABELS + long(value) - 1.5} y={y + 4} width={3} height={18} />
                  </>
                )}
              <text class="value" x={WIDTH - ROOM + 8} y={y + 17}>{text}</text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
};
