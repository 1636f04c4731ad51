import type { ComponentChildren } from 'preact';
import { FormScope, useFieldId } from './field-id.js';
import { NeedMark } from './fields.js';

export { DateField, FileField, Select, TextArea, TextField, TimeField } from './fields.js';
export type { FieldProps, Option } from './fields.js';
export { Checkbox, Checkboxes, Radios } from './choices.js';
export { fieldId } from './field-id.js';

export interface FormProps {
  readonly action: string;
  readonly csrf?: string;
  /** Makes a repeated post harmless: the same key is carried out once. */
  readonly idempotencyKey?: string;
  /** Needed when a page has more than one form. */
  readonly idPrefix?: string;
  readonly class?: string;
  readonly label?: string;
  /** A file comes with it. */
  readonly withFile?: boolean | undefined;
  readonly children: ComponentChildren;
}

/** A form that posts. The browser's own validation is off: the server says what is missing, in Danish, with all that was typed kept. */
export const Form = ({ action, csrf, idempotencyKey, idPrefix = '', class: extra, label, withFile, children }: FormProps) => (
  <form method="post" action={action} encType={withFile === true ? 'multipart/form-data' : undefined} noValidate class={extra} aria-label={label} data-guard>
    {csrf !== undefined && <Hidden name="_csrf" value={csrf} />}
    {idempotencyKey !== undefined && <Hidden name="_key" value={idempotencyKey} />}
    <FormScope.Provider value={idPrefix}>{children}</FormScope.Provider>
  </form>
);

export const Hidden = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <input type="hidden" name={name} value={value} />
);

/** The end of a form: what follows from sending it, and the buttons. */
export const SubmitLine = ({ text, children }: { readonly text?: ComponentChildren; readonly children: ComponentChildren }) => (
  <div class={text === undefined ? 'form-end' : 'submit-line'}>
    {text !== undefined && <p>{text}</p>}
    {children}
  </div>
);

/** Fields that belong together, named by a legend. */
export const FieldGroup = (props: {
  readonly legend: string;
  readonly hint?: string;
  readonly error?: string;
  readonly name?: string;
  readonly required?: boolean;
  readonly children: ComponentChildren;
}) => {
  const id = useFieldId(props.name ?? props.legend);
  return (
    <fieldset
      class={props.error === undefined ? 'field-group' : 'field-group form-error'}
      id={id}
      tabIndex={props.error === undefined ? undefined : -1}
    >
      <legend class="form-label">
        {props.legend}
        <NeedMark required={props.required} />
      </legend>
      {props.hint !== undefined && <p class="form-hint">{props.hint}</p>}
      {props.error !== undefined && (
        <p class="form-error-message">
          <span class="sr-only">Fejl: </span>
          {props.error}
        </p>
      )}
      {props.children}
    </fieldset>
  );
};
