import { drawnFault, periodFaults } from '../../../app/statistics.js';
import { addDays, copenhagenDate, type Instant, instantOf, knownDate, type PlainDate } from '../../../domain/kernel/time.js';
import { drawnWords, periodWords } from '../../../domain/statistics/period-words.js';
import { POPULATION } from '../../../domain/statistics/publication-words.js';
import type { Drawing } from '../../../store/figures.js';
import { paths } from '../../paths.js';
import type { SignedInCall } from '../../route.js';
import { SubmitButton } from '../../ui/buttons.js';
import { ErrorSummary, type FormError } from '../../ui/error-summary.js';
import { FormScope } from '../../ui/field-id.js';
import { DateField, Select } from '../../ui/form.js';
import { type PeriodEnd, periodEnd } from '../period-end.js';

/** The official figures begin the day the contact point was set up (S4). */
const FIRST = knownDate('2015-04-01');

/** The period that was asked for, as it was typed, with what is wrong at each end. */
export interface Period {
  readonly from: PeriodEnd;
  readonly asOf: PeriodEnd;
  /** Empty: drawn now. */
  readonly drawn: PeriodEnd;
  /** Set when nothing is wrong. */
  readonly drawing?: Drawing;
  readonly errors: readonly FormError[];
}

/** What had been recorded when a day was over; of today, what is recorded by now. */
const endOf = (day: PlainDate | undefined, now: Instant): Instant => {
  if (day === undefined) return now;
  const end = instantOf(addDays(day, 1), 0, 0);
  return end < now ? end : now;
};

/** Reads a period out of the query; an end that is left out is the usual one. @param usualEnd the last day when none is asked for; today when left out @param wrong what else is wrong with what the page asks for, as 'Felt: fejl' */
export function readPeriod({ query, now }: Pick<SignedInCall, 'query' | 'now'>, { usualEnd, wrong: others = [] }: { readonly usualEnd?: PlainDate; readonly wrong?: readonly FormError[] } = {}): Period {
  const today = copenhagenDate(now);
  const from = periodEnd(query['fra'], FIRST);
  const asOf = periodEnd(query['til'], usualEnd ?? today);
  const drawn = periodEnd(query['opgjort'], undefined);
  const faults = periodFaults(from.day, asOf.day, today);
  const wrong: readonly (readonly [name: string, label: string, fault: string | undefined])[] = [
    ['fra', 'Fra og med', from.fault ?? faults.from], ['til', 'Til og med', asOf.fault ?? faults.asOf],
    ['opgjort', 'Som opgjort den', drawn.fault ?? drawnFault(drawn.day, asOf.day, today)],
  ];
  const errors = [...wrong.flatMap(([name, label, fault]): readonly FormError[] => (fault === undefined ? [] : [{ name, message: `${label}: ${fault}` }])), ...others];
  return {
    from, asOf, drawn, errors,
    ...(errors.length > 0 || from.day === undefined || asOf.day === undefined ? {} : { drawing: { from: from.day, asOf: asOf.day, drawnAt: endOf(drawn.day, now) } }),
  };
}

/** The period as a query, for links to other pages of figures. */
export const periodQuery = ({ from, asOf, drawn }: Period): Readonly<Record<string, string>> => ({ fra: from.typed, til: asOf.typed, ...(drawn.typed === '' ? {} : { opgjort: drawn.typed }) });

interface PeriodFormProps {
  readonly period: Period;
  readonly action: string;
  /** What else the page asks for. */
  readonly choice?: { readonly name: string; readonly label: string; readonly value: string; readonly options: readonly { readonly value: string; readonly label: string }[] };
  /** Another day that the page asks for. */
  readonly also?: { readonly name: string; readonly label: string; readonly value: string };
  /** Drawn now and never as of another moment. */
  readonly drawnNow?: true;
}

/** The days, in a form whose answer is a page that can be kept as a link. */
export const PeriodForm = ({ period: { from, asOf, drawn, errors }, action, choice, also, drawnNow }: PeriodFormProps) => {
  const at = (name: string) => {
    const message = errors.find((one) => one.name === name)?.message.replace(/^[^:]*: /, '');
    return message === undefined ? {} : { error: message };
  };
  return (
    <form method="get" action={action} class="act-form no-print" noValidate>
      <FormScope.Provider value="">
        <ErrorSummary errors={errors} />
        <div class="form-pair">
          <DateField name="fra" label="Fra og med" value={from.typed} {...at('fra')} />
          <DateField name="til" label="Til og med" value={asOf.typed} {...at('til')} />
          {drawnNow !== true && <DateField name="opgjort" label="Som opgjort den (kan stå tomt)" hint="Tallene, som de så ud, da den dag var slut." value={drawn.typed} {...at('opgjort')} />}
          {also && <DateField {...also} {...at(also.name)} />}
        </div>
        {choice && <Select name={choice.name} label={choice.label} value={choice.value} options={choice.options} {...at(choice.name)} />}
      </FormScope.Provider>
      <SubmitButton kind="primary">Opgør</SubmitButton>
    </form>
  );
};

/** Start, population and moment, under every table (FM-STA-4). */
export const sourceOf = ({ drawnAt, ...period }: Drawing): string =>
  `${drawnWords(drawnAt)} for ${periodWords(period)}. ${POPULATION}`;

const PAGES = [
  ['figures', 'De officielle tal', paths.figures], ['times', 'Tider og opfølgning', paths.figureTimes], ['compare', 'Sammenlign og rettelser', paths.figureCompare], ['quality', 'Kvalitet', paths.figureQuality],
  ['publish', 'Offentliggør', paths.publish], ['published', 'Offentliggjort', () => paths.published()],
] as const;
/** Pages that begin with a period of their own, or have none. */
const OWN_PERIOD: readonly string[] = ['publish', 'published'];

/** The pages of figures, with the period kept from one to the next. */
export const FigurePages = ({ current, period }: { readonly current: (typeof PAGES)[number][0]; readonly period: Period }) => (
  <nav class="tabs no-print" aria-label="Tal">
    <ul class="no-max-width plain-list">
      {PAGES.map(([page, label, href]) => (
        <li key={page}><a href={OWN_PERIOD.includes(page) ? href() : `${href()}?${new URLSearchParams(periodQuery(period)).toString()}`} aria-current={page === current ? 'page' : undefined}>{label}</a></li>
      ))}
    </ul>
  </nav>
);
