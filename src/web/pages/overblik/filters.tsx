import { OVERVIEW_PHASES, OVERVIEW_PLACES, type OverviewField, type OverviewFilter } from '../../../app/overview.js';
import { phaseLabel } from '../../../domain/exit-case/follows.js';
import { units } from '../../../domain/reference/authorities.js';
import { municipalities } from '../../../domain/reference/denmark.js';
import { paths } from '../../paths.js';
import { SubmitButton } from '../../ui/buttons.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { FormScope } from '../../ui/field-id.js';
import { Fold } from '../../ui/fold.js';
import { Checkbox, type Option, Select } from '../../ui/form.js';
import { PLACE_WORDS, unitWords } from './words.js';

/** What the fields are called in an address, in the page's own tongue. */
const NAMES: Readonly<Record<OverviewField, string>> = { unit: 'enhed', municipality: 'kommune', phase: 'fase', place: 'sted', late: 'forsent', sort: 'sorter' };
const ALL = Object.entries(NAMES) as readonly (readonly [OverviewField, string])[];

/** The filter as it stands in an address or in a form's hidden fields. */
export const filterFrom = (given: Readonly<Record<string, unknown>>): OverviewFilter =>
  Object.fromEntries(ALL.flatMap(([field, name]) => (typeof given[name] === 'string' ? [[field, given[name]]] : [])));
export const filterQuery = (filter: OverviewFilter): Readonly<Record<string, string>> =>
  Object.fromEntries(ALL.flatMap(([field, name]) => (filter[field] === undefined ? [] : [[name, filter[field]]])));

/** Whether less than all is shown; another order is the same cases. */
export const narrows = ({ sort: _order, ...codes }: OverviewFilter): boolean => Object.keys(codes).length > 0;

interface Choice {
  readonly field: Exclude<OverviewField, 'late'>;
  readonly label: string;
  readonly empty: string;
  readonly options: readonly Option[];
  readonly fault: string;
}
const CHOICES: readonly Choice[] = [
  { field: 'unit', label: 'Enhed', empty: 'Alle enheder og DfK', options: units.map((value) => ({ value, label: unitWords(value) })), fault: 'Den enhed findes ikke. Vælg en fra listen.' },
  { field: 'municipality', label: 'Kommune', empty: 'Alle kommuner', options: municipalities.map(({ code, name }) => ({ value: code, label: name })), fault: 'Den kommune findes ikke. Vælg en fra listen.' },
  { field: 'phase', label: 'Fase', empty: 'Visitation og forløb', options: OVERVIEW_PHASES.map((value) => ({ value, label: phaseLabel(value) })), fault: 'Den fase findes ikke. Vælg en fra listen.' },
  { field: 'place', label: 'Sted', empty: 'Frihed og frihedsberøvelse', options: OVERVIEW_PLACES.map((value) => ({ value, label: PLACE_WORDS[value] })), fault: 'Det sted findes ikke. Vælg et fra listen.' },
  {
    field: 'sort', label: 'Rækkefølge', empty: 'Mest forsinkede først', fault: 'Den rækkefølge findes ikke. Vælg en fra listen.',
    options: [{ value: 'oldest', label: 'Længst i fasen først' }, { value: 'newest', label: 'Kortest i fasen først' }],
  },
];
const LATE_FAULT = 'Sæt flueben for at se de sager, der er for sent, eller lad være.';

interface FiltersProps {
  readonly filter: OverviewFilter;
  readonly wrong: readonly OverviewField[];
}

const Fields = ({ filter, wrong }: FiltersProps) => {
  const faults = new Map<OverviewField, string>([...CHOICES.map(({ field, fault }) => [field, fault] as const), ['late', LATE_FAULT] as const].filter(([field]) => wrong.includes(field)));
  const at = (field: OverviewField) => {
    const error = faults.get(field);
    return { name: NAMES[field], ...(error === undefined ? {} : { error }), ...(filter[field] === undefined ? {} : { value: filter[field] }) };
  };
  return (
    <>
      <ErrorSummary errors={[...faults].map(([field, message]) => ({ name: NAMES[field], message }))} title="Alle sager vises, for filteret kan ikke bruges" />
      <div class="filters">
        {CHOICES.map(({ field, label, empty, options }) => <Select key={field} {...at(field)} label={label} empty={empty} options={options} />)}
        <Checkbox name={NAMES.late} label="Kun for sent" checked={filter.late !== undefined} {...(faults.has('late') ? { error: LATE_FAULT } : {})} />
        <SubmitButton kind="secondary" icon="tune">Vis</SubmitButton>
        {(narrows(filter) || wrong.length > 0) && <a href={paths.overview()}>Ryd filteret</a>}
      </div>
    </>
  );
};

const FilterForm = ({ scope, ...props }: FiltersProps & { readonly scope: string }) => (
  <form method="get" action={paths.overview()} class="no-print" noValidate aria-label="Filtrér sagerne">
    <FormScope.Provider value={scope}><Fields {...props} /></FormScope.Provider>
  </form>
);

/** What is chosen, in words: a print says to whom the numbers on it belong. */
const Chosen = ({ filter }: Pick<FiltersProps, 'filter'>) => {
  const words = [
    ...CHOICES.flatMap(({ field, label, options }) => options.filter((one) => one.value === filter[field]).map((one) => `${label}: ${one.label}`)), ...(filter.late === undefined ? [] : ['Kun for sent']),
  ];
  return words.length === 0 ? null : <p class="print-only">{`Filter: ${words.join('. ')}.`}</p>;
};

/** What the list is narrowed to and in which order it stands. Its own fold on a phone: the cases come first there. */
export const Filters = (props: FiltersProps) => (
  <>
    {props.wrong.length === 0 && <Chosen filter={props.filter} />}
    <div class="wide-only"><FilterForm {...props} scope="" /></div>
    <div class="phone-only"><Fold summary={narrows(props.filter) ? 'Filtrér (der er valgt et filter)' : 'Filtrér'} open={props.wrong.length > 0} unprinted><FilterForm {...props} scope="lille" /></Fold></div>
  </>
);
