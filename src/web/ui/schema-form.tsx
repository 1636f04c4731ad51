import type { ComponentChildren } from 'preact';
import { ErrorSummary } from './error-summary.js';
import type { FormError } from './error-summary.js';
import { Form, SubmitLine } from './form.js';
import type { FormProps, Option } from './form.js';
import { formModel } from './schema-model.js';
import type { JsonSchema, SchemaNode } from './schema-model.js';
import { SchemaNodes } from './schema-nodes.js';
import type { FieldErrors, OwnFields } from './schema-nodes.js';

export { readForm } from './read-form.js';
export type { FormBody } from './read-form.js';
export type { JsonSchema } from './schema-model.js';
export type { FieldErrors } from './schema-nodes.js';

export interface SchemaFieldsProps {
  readonly schema: JsonSchema;
  /** The input so far: what is known beforehand, or what `readForm` gave after a failed post. */
  readonly values?: unknown;
  readonly errors?: FieldErrors;
  /** Lists that only the page knows, by widget: who is in the circle ('member'), the unit's staff ('staff'), the case's measures ('measure'). */
  readonly choices?: Readonly<Record<string, readonly Option[]>>;
  /** Fields that the page has settled: sent along with their value, not asked for. */
  readonly settled?: readonly string[];
  /** Fields the page draws itself or leaves out. */
  readonly except?: readonly string[];
  /** Fields that the page draws itself. */
  readonly own?: OwnFields;
  readonly headingLevel?: 2 | 3;
}

interface SectionOfFields {
  readonly title: string | undefined;
  readonly nodes: readonly SchemaNode[];
}

/** Fields without a section come first; sections follow in the order of their first field. */
const bySection = (nodes: readonly SchemaNode[]): readonly SectionOfFields[] => {
  const titles = [undefined, ...new Set(nodes.flatMap((node) => node.section ?? []))];
  return titles
    .map((title) => ({ title, nodes: nodes.filter((node) => node.section === title) }))
    .filter(({ nodes: some }) => some.length > 0);
};

const settle = (node: SchemaNode, settled: readonly string[]): SchemaNode =>
  node.node === 'field' && settled.includes(node.key) ? { ...node, kind: 'hidden' } : node;

/** The fields of a command's input, grouped under their sections. Stands inside a {@link Form}. */
export const SchemaFields = ({
  schema,
  values,
  errors = {},
  choices = {},
  settled = [],
  except = [],
  own,
  headingLevel = 2,
}: SchemaFieldsProps) => {
  const nodes = formModel(schema)
    .filter((node) => !except.includes(node.key))
    .map((node) => settle(node, settled));
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  return (
    <>
      {bySection(nodes).map((section) => (
        <>
          {section.title !== undefined && <Heading>{section.title}</Heading>}
          <SchemaNodes nodes={section.nodes} values={values} errors={errors} choices={choices} path="" {...(own && { own })} />
        </>
      ))}
    </>
  );
};

/** Whether an error's field can be gone to; errors of hidden fields and of the whole cannot. */
const isShown = (nodes: readonly SchemaNode[], steps: readonly string[]): boolean => {
  const [key, ...rest] = steps;
  const node = nodes.find((one) => one.key === key) ?? nodes.find((one) => one.key === '');
  if (key === undefined || node === undefined) return false;
  if (node.key === '') return node.node === 'group' && isShown(node.children, steps);
  if (node.node === 'field') return node.kind !== 'hidden' && rest.every((step) => /^\d+$/u.test(step));
  const inner = node.node === 'repeat' ? rest.slice(1) : rest;
  return inner.length === 0 ? node.label !== undefined || node.node === 'repeat' : isShown(node.children, inner);
};

/** Errors by field name as the summary wants them; those under '' concern the whole. */
export const errorList = (schema: JsonSchema, errors: FieldErrors, settled: readonly string[] = []): readonly FormError[] => {
  const nodes = formModel(schema).map((node) => settle(node, settled));
  return Object.entries(errors).map(([name, message]) => (isShown(nodes, name.split('.')) ? { name, message } : { message }));
};

export interface SchemaFormProps extends SchemaFieldsProps, Omit<FormProps, 'children'> {
  /** The act in words: 'Indgå aftalen', never 'Gem'. */
  readonly submit: string;
  /** What follows from sending it, said before the button. */
  readonly consequence?: ComponentChildren;
  readonly cancelHref?: string;
  /** A refusal of the whole: which rule, and what would satisfy it. */
  readonly refusal?: FormError;
  /** Fields of the page's own, after the schema's. */
  readonly children?: ComponentChildren;
}

/** The whole form of one command. */
export const SchemaForm = ({ submit, consequence, cancelHref, refusal, children, ...props }: SchemaFormProps) => {
  const errors = [...(refusal ? [refusal] : []), ...errorList(props.schema, props.errors ?? {}, props.settled)];
  return (
    <Form
      action={props.action}
      csrf={props.csrf}
      idempotencyKey={props.idempotencyKey}
      idPrefix={props.idPrefix}
      class={props.class ?? 'act-form'}
      label={props.label}
      withFile={props.withFile}
    >
      <ErrorSummary errors={errors} />
      <SchemaFields {...props} />
      {children}
      <SubmitLine text={consequence}>
        <button type="submit" class="button button-primary">
          {submit}
        </button>
        {cancelHref !== undefined && (
          <a class="button button-secondary" href={cancelHref}>
            Fortryd
          </a>
        )}
      </SubmitLine>
    </Form>
  );
};
