import type { ComponentChildren } from 'preact';
import { formatDate, copenhagenTime, instant, plainDate } from '../../domain/kernel/time.js';
import { Checkbox, Checkboxes, DateField, FieldGroup, Hidden, Radios, Select, TextArea, TextField, TimeField } from './form.js';
import type { FieldProps, Option } from './form.js';
import { INSTANT_JOINT, instantNames } from './read-form.js';
import { joinName } from './schema-model.js';
import type { FieldNode, GroupNode, RepeatNode, SchemaNode } from './schema-model.js';

/** What is wrong, by the field's name in dots: `{ 'evidence.signedOn': 'Skriv en dato, der findes.' }`. */
export type FieldErrors = Readonly<Record<string, string>>;

/** Fields that the page draws itself, by name, with what the schema says of them and what was typed. */
export type OwnFields = Readonly<Record<string, (field: FieldProps, options: readonly Option[]) => ComponentChildren>>;

interface Given {
  readonly values: unknown;
  readonly errors: FieldErrors;
  readonly choices: Readonly<Record<string, readonly Option[]>>;
  readonly path: string;
  readonly own?: OwnFields;
  /** In a group that may be left empty nothing is chosen beforehand and nothing is marked as needed. */
  readonly blank?: boolean;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const valueAt = (values: unknown, key: string): unknown =>
  key === '' ? values : isRecord(values) && Object.hasOwn(values, key) ? values[key] : undefined;

/** A value as it stands in an input. */
const shown = (value: unknown): string => {
  if (typeof value === 'number') return String(value).replace('.', ',');
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
};

const shownList = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(shown) : []);

export const SchemaNodes = ({ nodes, ...given }: Given & { readonly nodes: readonly SchemaNode[] }) => (
  <>
    {nodes.map((node) => {
      const here = { ...given, values: valueAt(given.values, node.key), path: joinName(given.path, node.key) };
      if (node.node === 'field') return <SchemaField key={node.key} field={node} {...here} />;
      return node.node === 'group' ? (
        <Group key={node.key} group={node} {...here} />
      ) : (
        <Repeat key={node.key} repeat={node} {...here} />
      );
    })}
  </>
);

const Group = ({ group, ...given }: Given & { readonly group: GroupNode }) => {
  const fields = <SchemaNodes {...given} nodes={group.children} blank={given.blank === true || !group.required} />;
  if (group.label === undefined) return fields;
  return (
    <FieldGroup legend={group.label} hint={group.hint} name={given.path} error={given.errors[given.path]}>
      {fields}
    </FieldGroup>
  );
};

/** The groups filled in so far and one more stand open; the rest fold away until they are wanted. */
const Repeat = ({ repeat, ...given }: Given & { readonly repeat: RepeatNode }) => {
  const values: readonly unknown[] = Array.isArray(given.values) ? given.values : [];
  const most = Math.max(repeat.most, values.length);
  const open = Math.min(most, Math.max(values.length + 1, repeat.least));
  const title = repeat.label ?? '';
  const groups = Array.from({ length: most }, (_, at) => (
    <FieldGroup
      key={at}
      legend={most === 1 ? title : `${title} ${at + 1}`.trim()}
      name={joinName(given.path, at)}
      error={given.errors[joinName(given.path, at)]}
    >
      <SchemaNodes
        {...given}
        nodes={repeat.children}
        values={values[at]}
        path={joinName(given.path, at)}
        blank={at >= Math.max(values.length, repeat.least)}
      />
    </FieldGroup>
  ));
  return (
    <FieldGroup
      legend={title}
      hint={repeat.hint ?? 'Lad felterne stå tomme, hvis der ikke er flere.'}
      name={given.path}
      error={given.errors[given.path]}
    >
      {groups.slice(0, open)}
      {open < most && (
        <details class="fold">
          <summary>{`Plads til flere (${most - open})`}</summary>
          {groups.slice(open)}
        </details>
      )}
    </FieldGroup>
  );
};

const SchemaField = ({ field, ...given }: Given & { readonly field: FieldNode }) => {
  const name = given.path;
  const value = given.values ?? (given.blank === true ? undefined : field.initial);
  if (field.kind === 'hidden') return <HiddenValue name={name} value={field.constant ?? value} />;
  const common = {
    name,
    label: field.label ?? field.key,
    hint: field.hint,
    required: field.required && !field.nullable && given.blank !== true,
    error: given.errors[name] ?? errorOfItem(given.errors, name),
  };
  const options = field.choices === undefined ? field.options : (given.choices[field.choices] ?? []);
  const own = given.own?.[name];
  if (own) return <>{own({ ...common, value: shown(value) }, options)}</>;
  switch (field.kind) {
    case 'text':
      return <TextField {...common} value={shown(value)} />;
    case 'number':
      return (
        <TextField {...common} value={shown(value)} width="s" inputMode={field.value === 'integer' ? 'numeric' : 'decimal'} />
      );
    case 'textarea':
      return <TextArea {...common} value={shown(value)} />;
    case 'lines':
      return (
        <TextArea {...common} hint={field.hint ?? 'Ét punkt på hver linje.'} value={shownList(value).map(shownDay).join('\n')} />
      );
    case 'date':
      return <DateField {...common} value={shown(value)} />;
    case 'instant':
      return <InstantFields {...common} value={shown(value)} />;
    case 'radio':
      return <Radios {...common} options={options} value={shown(value)} />;
    case 'select':
      return <Select {...common} options={options} value={shown(value)} empty="Vælg" />;
    case 'checkboxes':
      return <Checkboxes {...common} options={options} value={shownList(value)} />;
    case 'checkbox':
      return <Checkbox {...common} required={false} checked={value === true || value === 'true'} />;
  }
};

/** An error of one item of a list belongs to the field that holds the list. */
const errorOfItem = (errors: FieldErrors, name: string): string | undefined =>
  Object.entries(errors).find(([key]) => key.startsWith(`${name}.`) && /^\d+$/u.test(key.slice(name.length + 1)))?.[1];

const HiddenValue = ({ name, value }: { readonly name: string; readonly value: unknown }) => (
  <>
    {(Array.isArray(value) ? shownList(value) : [shown(value)]).map((one) => (
      <Hidden key={one} name={name} value={one} />
    ))}
  </>
);

const shownDay = (value: string): string => {
  const day = plainDate(value);
  return day === undefined ? value : formatDate(day);
};

/** Date and clock as texts: of a moment, or as they were typed when they could not be read. */
const partsOfInstant = (value: string): readonly [date: string, time: string] => {
  const at = instant(value);
  if (at === undefined) {
    const [date = '', time = ''] = value.split(INSTANT_JOINT);
    return [date, time];
  }
  const { date, hour, minute } = copenhagenTime(at);
  return [formatDate(date), `${hour}.${String(minute).padStart(2, '0')}`];
};

interface InstantProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly error?: string;
  readonly value: string;
}

const InstantFields = ({ name, label, hint, required, error, value }: InstantProps) => {
  const names = instantNames(name);
  const [date, time] = partsOfInstant(value);
  return (
    <FieldGroup legend={label} required={required} hint={hint} name={name} error={error}>
      <div class="form-pair">
        <DateField name={names.date} label="Dato" value={date} />
        <TimeField name={names.time} label="Klokken" value={time} />
      </div>
    </FieldGroup>
  );
};
