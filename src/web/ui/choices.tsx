import { describedBy, HintAndError, NeedMark } from './fields.js';
import type { FieldProps, Option } from './fields.js';
import { useFieldId } from './field-id.js';

/** The first choice bears the field's own id: there the error summary's link lands. */
const choiceId = (id: string, index: number): string => (index === 0 ? id : `${id}-${index}`);

const className = (error?: string): string => (error === undefined ? 'choices' : 'choices form-error');

/** One of a few; all are seen at once. */
export const Radios = ({ options, ...field }: FieldProps & { readonly options: readonly Option[] }) => {
  const id = useFieldId(field.name);
  return (
    <fieldset
      class={className(field.error)}
      role="radiogroup"
      aria-describedby={describedBy(id, field)}
      aria-invalid={field.error === undefined ? undefined : 'true'}
    >
      <legend class="form-label">
        {field.label}
        <NeedMark required={field.required} />
      </legend>
      <HintAndError id={id} hint={field.hint} error={field.error} />
      {options.map((option, index) => (
        <div class="form-group-radio" key={option.value}>
          <input
            class="form-radio"
            type="radio"
            id={choiceId(id, index)}
            name={field.name}
            value={option.value}
            checked={option.value === field.value}
          />
          <label class="form-label" for={choiceId(id, index)}>
            {option.label}
          </label>
        </div>
      ))}
    </fieldset>
  );
};

type ManyProps = Omit<FieldProps, 'value'> & { readonly options: readonly Option[]; readonly value?: readonly string[] };

/** Any number of a few. */
export const Checkboxes = ({ options, value = [], ...field }: ManyProps) => {
  const id = useFieldId(field.name);
  return (
    <fieldset class={className(field.error)} aria-describedby={describedBy(id, field)}>
      <legend class="form-label">
        {field.label}
        <NeedMark required={field.required} />
      </legend>
      <HintAndError id={id} hint={field.hint} error={field.error} />
      {options.map((option, index) => (
        <div class="form-group-checkbox" key={option.value}>
          <input
            class="form-checkbox"
            type="checkbox"
            id={choiceId(id, index)}
            name={field.name}
            value={option.value}
            checked={value.includes(option.value)}
            aria-invalid={field.error === undefined ? undefined : 'true'}
          />
          <label class="form-label" for={choiceId(id, index)}>
            {option.label}
          </label>
        </div>
      ))}
    </fieldset>
  );
};

/** One thing that is so or not so. */
export const Checkbox = ({ checked = false, ...field }: Omit<FieldProps, 'value'> & { readonly checked?: boolean }) => {
  const id = useFieldId(field.name);
  return (
    <div class={field.error === undefined ? 'form-group lone-checkbox' : 'form-group lone-checkbox form-error'}>
      <HintAndError id={id} error={field.error} />
      <div class="form-group-checkbox">
        <input
          class="form-checkbox"
          type="checkbox"
          id={id}
          name={field.name}
          value="true"
          checked={checked}
          aria-describedby={describedBy(id, field)}
          aria-invalid={field.error === undefined ? undefined : 'true'}
        />
        <label class="form-label" for={id}>
          {field.label}
          <NeedMark required={field.required} />
        </label>
      </div>
      <HintAndError id={id} hint={field.hint} />
    </div>
  );
};
