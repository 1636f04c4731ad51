import { type FollowUp, SIGN_ANSWERS, type SignAnswer, SIGNS } from '../../../domain/exit-case/follow-up.js';
import type { PlainDate } from '../../../domain/kernel/time.js';
import { shortDate } from '../../ui/when.js';

type Sign = keyof typeof SIGNS;
const LEVELS: readonly Exclude<SignAnswer, 'unknown'>[] = ['ceased', 'lessened', 'unchanged'];
const HEIGHT: Readonly<Record<SignAnswer, number | undefined>> = { ceased: 16, lessened: 54, unchanged: 92, unknown: undefined };
const LEFT = 96;
const RIGHT = 388;
const WIDTH = 410;
/** The longest date without a year, '15. september': three of them have room side by side. */
const SHORT_DATE = 13;

/** The dates that have room under the curve: the first, the last within the edge, and one between them; all stand in the table. */
const datesUnder = (dates: readonly string[]): readonly { readonly at: number; readonly text: string; readonly last: boolean }[] =>
  dates.map((text, at) => ({ at, text, last: at > 0 && at === dates.length - 1 }))
    .filter(({ at, text, last }) => at === 0 || last || (dates.length === 3 && text.length <= SHORT_DATE));

export const answerLabel = (answer: SignAnswer | undefined): string =>
  answer === undefined ? 'Ikke vurderet' : (SIGN_ANSWERS.find((one) => one.value === answer)?.label ?? answer);

/** One sign of exit over the follow-ups, by itself and never summed (FM-CRS-1); the same answers stand in the table below it. */
export const SignCurve = ({ sign, followUps, today }: { readonly sign: Sign; readonly followUps: readonly FollowUp[]; readonly today: PlainDate }) => {
  const latest = followUps.slice(-6);
  const step = latest.length > 1 ? (RIGHT - LEFT) / (latest.length - 1) : 0;
  const points = latest.map((one, index) => ({ x: LEFT + index * step, y: one.signs[sign] === undefined ? undefined : HEIGHT[one.signs[sign]], on: one.on, answer: one.signs[sign] }));
  const known = points.filter((point): point is (typeof points)[number] & { y: number } => point.y !== undefined);
  const last = latest.at(-1);
  return (
    <div class="sign">
      <h3>{SIGNS[sign]}</h3>
      <p class="muted">{last === undefined ? '' : `${answerLabel(last.signs[sign])}, ${shortDate(last.on, today)}`}</p>
      <svg class="curve" viewBox={`0 0 ${WIDTH} 136`} role="img" aria-label={points.map((point) => `${shortDate(point.on, today)}: ${answerLabel(point.answer).toLowerCase()}`).join('. ')}>
        {LEVELS.map((level) => (
          <g key={level}>
            <path class="grid" d={`M86 ${HEIGHT[level] ?? 0}H410`} />
            <text x="0" y={(HEIGHT[level] ?? 0) + 4.5}>{answerLabel(level)}</text>
          </g>
        ))}
        <polyline class="line" points={known.map(({ x, y }) => `${x},${y}`).join(' ')} />
        {known.map(({ x, y }, index) => <circle key={x} class={index === known.length - 1 ? 'dot last' : 'dot'} cx={x} cy={y} r="5" />)}
        {datesUnder(points.map(({ on }) => shortDate(on, today))).map(({ at, text, last: isLast }) => (
          <text key={at} x={isLast ? WIDTH : points[at]?.x} y="124" text-anchor={isLast ? 'end' : 'middle'}>{text}</text>
        ))}
      </svg>
    </div>
  );
};
