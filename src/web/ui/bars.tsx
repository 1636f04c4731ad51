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

/** Horizontal bars on one scale. Said as one picture with all its numbers; the table with the same numbers stands beside it. */
export const Bars = ({ title, bars }: { readonly title: string; readonly bars: readonly Bar[] }) => {
  const most = Math.max(1, ...bars.map(({ value, spread }) => Math.max(value, spread?.[1] ?? 0)));
  const long = (value: number): number => Math.round((value / most) * (WIDTH - LABELS - ROOM) * 10) / 10;
  return (
    <svg class="bars wide-only" viewBox={`0 0 ${WIDTH} ${bars.length * ROW}`} role="img" aria-label={`${title}: ${bars.map(({ label, text }) => `${label} ${text}`).join(', ')}.`}>
      {bars.map(({ label, value, text, spread }, index) => {
        const y = index * ROW;
        return (
          <g key={label}>
            <text class="label" x={LABELS - 10} y={y + 17}>{label}</text>
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
  );
};
