import { formatInstant } from '../../../domain/kernel/time.js';
import type { AlarmRefusal } from '../../../store/access-log.js';

/** The noes of an alarm: a colleague who is asked anew, and who reads it later, see that it was refused and what was said of it then. */
export const AlarmRefusals = ({ refused }: { readonly refused: readonly AlarmRefusal[] }) => refused.length === 0 ? null : (
  <>
    <h3 class="mt-4">{refused.length === 1 ? 'Der er sagt nej før' : `Der er sagt nej ${refused.length} gange før`}</h3>
    {refused.map((one) => (
      <div key={one.approval}>
        <p>{`${one.answeredBy ?? 'En kollega'} sagde nej ${formatInstant(one.answeredAt)} til det, ${one.by} skrev ${formatInstant(one.at)}:`}</p>
        <blockquote class="typed">{one.words}</blockquote>
      </div>
    ))}
  </>
);
