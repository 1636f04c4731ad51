/**
 * A form read out of the JSON Schema of a command's input (zod's `toJSONSchema`, `io: 'input'`). Beside the standard's own keywords
 * these are read: `label`, `hint`, `widget`, `options`, `section`, `order` (lower first; without one: after those that have it, as
 * written) and `repeat` (how many times an array of objects can be filled in). Drawn by `schema-form.tsx`, read back by `read-form.ts`.
 */

import type { Option } from './fields.js';

/** A JSON Schema as it comes: any keyword, any value. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export type FieldKind =
  'text' | 'textarea' | 'lines' | 'number' | 'date' | 'instant' | 'radio' | 'select' | 'checkboxes' | 'checkbox' | 'hidden';
export type ValueType = 'string' | 'boolean' | 'integer' | 'number' | 'list';

interface Named {
  /** The property's name; names of nested ones are joined by dots in the form. */
  readonly key: string;
  readonly label?: string;
  readonly hint?: string;
  readonly section?: string;
  readonly required: boolean;
}
export interface FieldNode extends Named {
  readonly node: 'field';
  readonly kind: FieldKind;
  readonly value: ValueType;
  /** For lists typed in lines: what each line is. */
  readonly each?: 'text' | 'date';
  readonly nullable: boolean;
  readonly options: readonly Option[];
  /** The name of a list of choices that the page gives: 'staff', 'member', 'measure'. */
  readonly choices?: string;
  readonly initial?: unknown;
  /** The one value the field can have; it is not asked for. */
  readonly constant?: string | number | boolean;
}
export interface GroupNode extends Named {
  readonly node: 'group';
  readonly children: readonly SchemaNode[];
  /** Of several shapes one is chosen by a field of this name; each value has its own fields. */
  readonly variants?: { readonly by: string; readonly keys: ReadonlyMap<string, readonly string[]> };
}
export interface RepeatNode extends Named {
  readonly node: 'repeat';
  readonly least: number;
  readonly most: number;
  readonly children: readonly SchemaNode[];
}
export type SchemaNode = FieldNode | GroupNode | RepeatNode;

const KINDS: readonly string[] = [
  'text',
  'textarea',
  'lines',
  'number',
  'date',
  'instant',
  'radio',
  'select',
  'checkboxes',
  'checkbox',
  'hidden',
];
const isKind = (widget: string | undefined): widget is FieldKind => widget !== undefined && KINDS.includes(widget);

/** Up to this many choices are all shown; more fold into a list. */
const RADIOS_AT_MOST = 6;
/** Texts longer than this get several lines. */
const ONE_LINE = 200;

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);
const schemasIn = (value: unknown): readonly JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : []);
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);
const plain = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value);

/** Follows `$ref` and unwraps "this or null"; what stands beside wins over what is referred to. */
const resolve = (schema: JsonSchema, root: JsonSchema): JsonSchema & { readonly nullable?: boolean } => {
  const { $ref, anyOf, ...rest } = schema;
  if (typeof $ref === 'string') {
    const target: unknown = $ref
      .split('/')
      .slice(1)
      .reduce<unknown>((at, step) => (isSchema(at) ? at[step] : undefined), root);
    return resolve({ ...(isSchema(target) ? target : {}), ...rest }, root);
  }
  if (Array.isArray(schema['type']) && schema['type'].includes('null')) {
    return { ...schema, type: schema['type'].find((one) => one !== 'null') as unknown, nullable: true };
  }
  const branches = schemasIn(anyOf);
  if (branches.length === 0) return schema;
  const others = branches.filter((branch) => branch['type'] !== 'null');
  const nullable = others.length < branches.length;
  const [only] = others;
  if (only !== undefined && others.length === 1) return { ...resolve(only, root), ...rest, nullable };
  const constants = others.map((branch) => branch['const']);
  return constants.every(plain) ? { ...rest, type: 'string', enum: constants, nullable } : { ...rest, oneOf: others, nullable };
};

const optionsOf = (schema: JsonSchema): readonly Option[] => {
  if (Array.isArray(schema['options'])) {
    return schemasIn(schema['options']).map((option) => ({ value: String(option['value']), label: String(option['label']) }));
  }
  if (Array.isArray(schema['enum']))
    return schema['enum'].filter(plain).map((value) => ({ value: String(value), label: String(value) }));
  return schema['type'] === 'boolean'
    ? [
        { value: 'true', label: 'Ja' },
        { value: 'false', label: 'Nej' },
      ]
    : [];
};

const valueType = (schema: JsonSchema): ValueType => {
  const type = schema['type'];
  return type === 'boolean' || type === 'integer' || type === 'number' ? type : type === 'array' ? 'list' : 'string';
};

const guessKind = (schema: JsonSchema, options: readonly Option[], hasChoices: boolean): FieldKind => {
  if (schema['type'] === 'array') return hasChoices || options.length > 0 ? 'checkboxes' : 'lines';
  if (hasChoices) return 'select';
  if (options.length > 0) return options.length <= RADIOS_AT_MOST ? 'radio' : 'select';
  if (schema['format'] === 'date') return 'date';
  if (schema['format'] === 'date-time') return 'instant';
  if (schema['type'] === 'integer' || schema['type'] === 'number') return 'number';
  return number(schema['maxLength'], 0) > ONE_LINE ? 'textarea' : 'text';
};

const named = (key: string, schema: JsonSchema, required: boolean): Named => ({
  key,
  label: text(schema['label']),
  hint: text(schema['hint']),
  section: text(schema['section']),
  required,
});

const fieldNode = (
  key: string,
  schema: JsonSchema & { readonly nullable?: boolean },
  required: boolean,
  root: JsonSchema,
): FieldNode => {
  const items = isSchema(schema['items']) ? resolve(schema['items'], root) : {};
  const widget = text(schema['widget']) ?? text(items['widget']);
  const own = optionsOf(schema);
  const options = own.length > 0 ? own : optionsOf(items);
  const hasChoices = widget !== undefined && !isKind(widget);
  const constant = plain(schema['const']) ? schema['const'] : undefined;
  const fits = isKind(widget) && (schema['type'] !== 'array' || ['checkboxes', 'lines', 'hidden'].includes(widget));
  return {
    ...named(key, schema, required),
    label: text(schema['label']) ?? text(items['label']),
    node: 'field',
    kind: constant !== undefined ? 'hidden' : fits ? widget : guessKind(schema, options, hasChoices),
    value: constant === undefined ? valueType(schema) : 'string',
    each: items['format'] === 'date' ? 'date' : 'text',
    nullable: schema.nullable === true,
    options,
    choices: hasChoices && options.length === 0 ? widget : undefined,
    initial: schema['default'],
    constant,
  };
};

/** Several shapes told apart by one constant property: all their fields, and which belong to which. */
const variantNode = (key: string, schema: JsonSchema, required: boolean, root: JsonSchema): GroupNode => {
  const shapes = schemasIn(schema['oneOf']).map((shape) => resolve(shape, root));
  const properties = shapes.map((shape) => (isSchema(shape['properties']) ? shape['properties'] : {}));
  const by =
    Object.keys(properties[0] ?? {}).find((name) =>
      properties.every((one) => isSchema(one[name]) && plain(one[name]['const'])),
    ) ?? '';
  const tags = properties.map((one) => (isSchema(one[by]) ? one[by] : {}));
  const always = (name: string): boolean =>
    shapes.every((shape) => Array.isArray(shape['required']) && shape['required'].includes(name));
  const chooser: JsonSchema = {
    type: 'string',
    label: schema['label'],
    hint: schema['hint'],
    widget: schema['widget'],
    options:
      schema['options'] ??
      tags.map((tag, at) => ({ value: tag['const'], label: text(tag['label']) ?? text(shapes[at]?.['label']) ?? tag['const'] })),
  };
  const merged: JsonSchema = Object.assign({}, ...properties) as JsonSchema;
  const all: JsonSchema = {
    type: 'object',
    properties: { ...merged, [by]: chooser },
    required: Object.keys(merged).filter(always),
  };
  return {
    ...named(key, { section: schema['section'] }, required),
    node: 'group',
    children: nodesOf(all, root),
    variants: { by, keys: new Map(tags.map((tag, at) => [String(tag['const']), Object.keys(properties[at] ?? {})])) },
  };
};

const nodeOf = (key: string, raw: JsonSchema, required: boolean, root: JsonSchema): SchemaNode => {
  const schema = resolve(raw, root);
  if (Array.isArray(schema['oneOf'])) return variantNode(key, schema, required, root);
  if (isSchema(schema['properties'])) return { ...named(key, schema, required), node: 'group', children: nodesOf(schema, root) };
  const items = isSchema(schema['items']) ? resolve(schema['items'], root) : undefined;
  if (items && isSchema(items['properties'])) {
    const least = number(schema['minItems'], 0);
    const most = Math.max(least, number(schema['repeat'], Math.min(number(schema['maxItems'], 5), 5)));
    return { ...named(key, schema, required), node: 'repeat', least, most, children: nodesOf(items, root) };
  }
  return fieldNode(key, schema, required, root);
};

/** The fields of an object schema, in the order in which they are asked for. */
export const nodesOf = (schema: JsonSchema, root: JsonSchema = schema): readonly SchemaNode[] => {
  const required = Array.isArray(schema['required']) ? (schema['required'] as readonly unknown[]) : [];
  const properties = Object.entries(isSchema(schema['properties']) ? schema['properties'] : {});
  return properties
    .flatMap(([key, value]) =>
      isSchema(value)
        ? [{ order: number(value['order'], Infinity), node: nodeOf(key, value, required.includes(key), root) }]
        : [],
    )
    .sort((a, b) => (a.order === b.order ? 0 : a.order - b.order))
    .map(({ node }) => node);
};

/** The form of a whole input, which may itself be of several shapes. */
export const formModel = (schema: JsonSchema): readonly SchemaNode[] => {
  const whole = nodeOf('', schema, true, schema);
  return whole.node === 'group' && whole.variants === undefined ? whole.children : [whole];
};

/** 'evidence' + 'signedOn' → 'evidence.signedOn' */
export const joinName = (...keys: readonly (string | number)[]): string => keys.filter((key) => key !== '').join('.');
