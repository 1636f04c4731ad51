import { SubmitButton } from '../../ui/buttons.js';
import { Form, Hidden } from '../../ui/form.js';

type Fields = readonly (readonly [name: string, value: string])[];

/** More than the longest form of ours has. */
const MOST_FIELDS = 1_000;

/**
 * What a form sent, each value by itself, in its order; its token too, which fits nothing any more but says whose form it was.
 * Undefined for what no form of ours sends.
 */
export const keptFields = (body: unknown): Fields | undefined => {
  if (typeof body !== 'object' || body === null) return undefined;
  const fields = Object.entries(body as Readonly<Record<string, string | readonly string[]>>)
    .flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : value.map((one) => [name, one] as const)));
  return fields.length > MOST_FIELDS ? undefined : fields;
};

interface KeptFormProps {
  /** Where the form was sent to, and is sent to again. */
  readonly action: string;
  readonly fields: Fields;
  /** Address of the login that is wanting. */
  readonly login: string;
}

/** What was typed, out of sight, with the way to a login beside it. */
export const KeptForm = ({ action, fields, login }: KeptFormProps) => (
  <>
    <p>Der er ikke gemt noget i Udvej, men det, du skrev, er her endnu. Lad dette faneblad stå åbent, til du er færdig. Det ryddes, når ingen har rørt det i et kvarter.</p>
    <ol>
      <li>
        <a href={login} target="_blank" rel="noopener">Log ind i et nyt faneblad</a>
      </li>
      <li>Kom tilbage hertil, og tryk på “Fortsæt”. Så kan du læse det igennem, før du sender det.</li>
    </ol>
    <Form action={action}>
      {fields.map(([name, value]) => <Hidden name={name} value={value} />)}
      <SubmitButton>Fortsæt</SubmitButton>
    </Form>
  </>
);
