import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import { formKey } from '../idempotency.js';
import type { SignedInCall } from '../route.js';
import { SubmitButton } from '../ui/buttons.js';
import { ErrorSummary, type FormError } from '../ui/error-summary.js';
import { Checkbox, Form, SubmitLine, TextArea } from '../ui/form.js';
import type { FormBody } from '../ui/schema-form.js';
import { typedText } from './adgang/words.js';
import { tokenFor } from './signed-in-page.js';
import { SignedOutMeanwhile } from './signed-out-meanwhile.js';

/** What was typed in a text that must not show whom it is about, and what is wrong with it. */
export interface NamelessTyped {
  readonly text: string;
  /** The writer says that nobody can be known by it. */
  readonly ticked: boolean;
  /** Of the form it came in, so that sent twice it is the same; a form that was not sent yet gets one. */
  readonly key?: string;
  readonly errors: readonly FormError[];
  /** It comes back after a login, and is not sent yet (FM-WORK-5). */
  readonly again?: true;
}
export const NOTHING_TYPED: NamelessTyped = { text: '', ticked: false, errors: [] };

export const namelessIn = ({ body }: SignedInCall): NamelessTyped & { readonly key: string } => ({
  text: typedText(body, 'tekst'), ticked: typedText(body, 'uden-identitet') === 'true', key: formKey((body ?? {}) as FormBody), errors: [],
});

/** What is said at the fields. @param fault of the text, if there is one */
export const namelessErrors = (fault: string | undefined, ticked: boolean): readonly FormError[] => [
  ...(fault === undefined ? [] : [{ name: 'tekst', message: fault }]),
  ...(ticked ? [] : [{ name: 'uden-identitet', message: 'Læs din tekst igennem, og sæt kryds, når intet i den kan vise, hvem det drejer sig om.' }]),
];

export const hasFailed = ({ errors, again }: NamelessTyped): boolean => errors.length > 0 || again === true;
export const statusOf = ({ errors, again }: NamelessTyped): { readonly status?: number } => (again === true ? { status: 403 } : errors.length > 0 ? { status: 422 } : {});

/** What is said at one field, as its property. */
export const errorAt = ({ errors }: NamelessTyped, name: string): { readonly error?: string } => {
  const message = errors.find((one) => one.name === name)?.message;
  return message === undefined ? {} : { error: message };
};

const HINT = 'Skriv ingen navne, steder eller hændelser, som nogen kan kendes på. Udvej finder selv numre, mailadresser og links, men kan ikke se, hvad der er et navn.';

interface Props {
  readonly call: SignedInCall;
  readonly typed: NamelessTyped;
  readonly action: string;
  readonly label: string;
  /** Said after what is said of every such text. */
  readonly hint?: string;
  /** Fields before the text, and between it and the writer's word. */
  readonly before?: ComponentChildren;
  readonly children?: ComponentChildren;
  /** What follows from sending it. */
  readonly follows: string;
  readonly button: string;
}

/** Text that must not show whom it is about: a program finds numbers and addresses in it, a person the rest. */
export const NamelessForm = ({ call, typed, action, label, hint, before, children, follows, button }: Props) => (
  <Form action={action} csrf={tokenFor(call)} idempotencyKey={typed.key ?? randomUUID()} class="act-form no-print">
    {typed.again === true && <SignedOutMeanwhile />}
    <ErrorSummary errors={typed.errors} />
    {before}
    <TextArea name="tekst" label={label} rows={8} required value={typed.text} {...errorAt(typed, 'tekst')} hint={hint === undefined ? HINT : `${HINT} ${hint}`} />
    {children}
    <Checkbox name="uden-identitet" label="Jeg har ikke skrevet noget, der kan vise, hvem det drejer sig om" required checked={typed.ticked} {...errorAt(typed, 'uden-identitet')} />
    <SubmitLine text={follows}><SubmitButton>{button}</SubmitButton></SubmitLine>
  </Form>
);
