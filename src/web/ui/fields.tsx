import type { ComponentChildren } from 'preact';
import { formatDate, plainDate } from '../../domain/kernel/time.js';
import { useFieldId } from './field-id.js';

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  /** What is wrong, in words that say how to mend it. */
  readonly error?: string;
  readonly value?: string;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** How wide the field stands; it tells the reader how much is expected. */
export type FieldWidth = 's' | 'm' | 'l';

/** What an input needs to be tied to its label, hint and error. */
interface Ties {
  readonly id: string;
  readonly name: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: 'true';
}

/** The ids that describe a field, as `aria-describedby` wants them. */
export const describedBy = (id: string, { hint, error }: Pick<FieldProps, 'hint' | 'error'>): string | undefined => {
  const ids = [...(hint === undefined ? [] : [`${id}-hjaelp`]), ...(error === undefined ? [] : [`${id}-fejl`])];
  return ids.length === 0 ? undefined : ids.join(' ');
};

export const NeedMark = ({ required }: { readonly required?: boolean }) =>
  required === true ? (
    <>
      {' '}
      <span class="need">(skal udfyldes)</span>
    </>
  ) : null;

export const HintAndError = ({ id, hint, error }: { readonly id: string } & Pick<FieldProps, 'hint' | 'error'>) => (
  <>
    {hint !== undefined && (
      <span class="form-hint" id={`${id}-hjaelp`}>
        {hint}
      </span>
    )}
    {error !== undefined && (
      <span class="form-error-message" id={`${id}-fejl`}>
        <span class="sr-only">Fejl: </span>
        {error}
      </span>
    )}
  </>
);

/** Label, hint and error around one input. */
const FieldFrame = (
  props: FieldProps & { readonly input: (ties: Ties) => ComponentChildren; readonly after?: ComponentChildren },
) => {
  const id = useFieldId(props.name);
  return (
    <div class={props.error === undefined ? 'form-group' : 'form-group form-error'}>
      <label class="form-label" for={id}>
        {props.label}
        <NeedMark required={props.required} />
      </label>
      <HintAndError id={id} hint={props.hint} error={props.error} />
      {props.input({
        id,
        name: props.name,
        'aria-describedby': describedBy(id, props),
        'aria-invalid': props.error === undefined ? undefined : 'true',
      })}
      {props.after}
    </div>
  );
};

export interface TextFieldProps extends FieldProps {
  readonly width?: FieldWidth;
  readonly inputMode?: 'text' | 'numeric' | 'tel' | 'email' | 'decimal';
  /** The browser may keep nothing of what is typed here; only for values that are nobody's secret. */
  readonly autocomplete?: string;
  /** Something said under the field, such as what a search found. */
  readonly after?: ComponentChildren;
  /** The id of the element that what is typed here searches into, after a pause. */
  readonly searchInto?: string;
}

export const TextField = ({ width = 'm', inputMode, autocomplete = 'off', searchInto, ...field }: TextFieldProps) => (
  <FieldFrame
    {...field}
    input={(ties) => (
      <input
        {...ties}
        class={`form-input w-${width}`}
        type="text"
        inputMode={inputMode}
        autocomplete={autocomplete}
        value={field.value}
        data-search-pause={searchInto === undefined ? undefined : `#${searchInto}`}
      />
    )}
  />
);

/** A file to be chosen. What was chosen cannot be kept: the browser gives no page a file it has not been given by hand. */
export const FileField = ({ accept, ...field }: FieldProps & { readonly accept: string }) => (
  <FieldFrame {...field} input={(ties) => <input {...ties} class="form-input w-l" type="file" accept={accept} />} />
);

export const TextArea = ({ rows = 5, ...field }: FieldProps & { readonly rows?: number; readonly after?: ComponentChildren }) => (
  <FieldFrame {...field} input={(ties) => <textarea {...ties} class="form-input w-l" rows={rows} value={field.value} />} />
);

export interface SelectProps extends FieldProps {
  readonly options: readonly Option[];
  /** What follows from each choice, by value; said under the field, and where scripts run as soon as it is chosen. */
  readonly notes?: Readonly<Record<string, string>>;
  /** The first, empty choice: 'Vælg kommune'. Left out only where something is always chosen. */
  readonly empty?: string;
  readonly width?: FieldWidth;
}

export const Select = ({ options, empty, width = 'm', notes, ...field }: SelectProps) => (
  <FieldFrame
    {...field}
    {...(notes && { after: <ChoiceNote name={field.name} note={notes[field.value ?? '']} /> })}
    input={(ties) => (
      <select {...ties} class={`form-select w-${width}`} data-note-into={notes && `#${ties.id}-note`}>
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === field.value} data-note={notes?.[option.value]}>
            {option.label}
          </option>
        ))}
      </select>
    )}
  />
);

const ChoiceNote = ({ name, note = '' }: { readonly name: string; readonly note?: string | undefined }) => (
  <p class="choice-note" id={`${useFieldId(name)}-note`} aria-live="polite">
    {note}
  </p>
);

/** A day as Danes write it. Accepts as value either a plain date or whatever the user typed, which is shown again as it was. */
export const DateField = ({ hint = 'Fx 21. november 2026', value = '', ...field }: FieldProps) => {
  const day = plainDate(value);
  return <TextField {...field} hint={hint} width="s" value={day === undefined ? value : formatDate(day)} />;
};

/** A time of day as Danes write it. */
export const TimeField = ({ hint = 'Fx 10.25', ...field }: FieldProps) => (
  <TextField {...field} hint={hint} width="s" inputMode="numeric" />
);
