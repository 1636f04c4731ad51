import { compareDates, daysBetween, dueInWords, formatDate } from '../../domain/kernel/time.js';
import type { PlainDate } from '../../domain/kernel/time.js';
import { Badge } from './badge.js';
import { Icon } from './icon.js';

export interface DueProps {
  readonly due: PlainDate;
  readonly today: PlainDate;
}

/** Whether a due day has passed; the day itself is still in time. */
export const isLate = ({ due, today }: DueProps): boolean => compareDates(due, today) < 0;

/** Days from which something is no matter of now. */
const FAR_OFF = 30;
export const isFarOff = ({ due }: { readonly due: PlainDate }, today: PlainDate): boolean => daysBetween(today, due) > FAR_OFF;

/** A due date in words; the exact day on pointing at it, and in print. */
export const DueWords = ({ due, today }: DueProps) => (
  <span>
    <time dateTime={due} title={formatDate(due)}>
      {dueInWords(due, today)}
    </time>
    <span class="print-only">{` (${formatDate(due)})`}</span>
  </span>
);

/** A line of its own: late ones are told by icon, words and colour together. */
export const Due = ({
  waiting = false,
  muted = false,
  ...props
}: DueProps & { readonly waiting?: boolean; readonly muted?: boolean }) => {
  const late = isLate(props);
  return (
    <p class={late ? 'due is-late' : muted ? 'due muted' : 'due'}>
      <Icon name={late ? 'error' : waiting ? 'hourglass' : 'time'} />
      <span>
        <DueWords {...props} />
        <span class="due-exact no-print">{formatDate(props.due)}</span>
      </span>
    </p>
  );
};

/** What lapses at an hour of its own: 'Inden kl. 21.12'. */
export const DueBy = ({ words }: { readonly words: string }) => (
  <p class="due is-late">
    <Icon name="error" />
    <span>{words}</span>
  </p>
);

/** For tables: late and today stand out, what is further off is plain words. */
export const DueBadge = (props: DueProps) => {
  if (isLate(props))
    return (
      <Badge kind="late">
        <DueWords {...props} />
      </Badge>
    );
  return props.due === props.today ? (
    <Badge kind="soon">
      <DueWords {...props} />
    </Badge>
  ) : (
    <DueWords {...props} />
  );
};
