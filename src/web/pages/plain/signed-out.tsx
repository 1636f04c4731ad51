import { PlainPage } from '../../answers.js';
import { loginPath } from '../../login/login-paths.js';
import type { Answer, Call } from '../../route.js';
import { SubmitButton } from '../../ui/buttons.js';
import { Form, Hidden } from '../../ui/form.js';

type Fields = readonly (readonly [name: string, value: string])[];

/** More than the longest form of ours has. */
const MOST_FIELDS = 1_000;

/**
 * What a form sent, each value by itself, in its order; its token too, which fits nothing any more but says whose form it was.
 * Undefined for what no form of ours sends.
 */
const fieldsOf = (body: unknown): Fields | undefined => {
  if (typeof body !== 'object' || body === null) return undefined;
  const fields = Object.entries(body as Readonly<Record<string, string | readonly string[]>>)
    .flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : value.map((one) => [name, one] as const)));
  return fields.length > MOST_FIELDS ? undefined : fields;
};

/**
 * The answer to a form whose session ran out meanwhile: what was typed goes back to who sent it, out of sight, and is kept nowhere else; after
 * a login in another tab it is sent again from here, and shown to the same person before anything is carried out (FM-WORK-5). Left alone, the
 * page goes. It holds nothing but what was sent, so it says nothing of any case (access.md, order of checks).
 */
export function typedKept({ body, request, now }: Pick<Call, 'body' | 'request' | 'now'>): Answer {
  const fields = fieldsOf(body);
  if (fields === undefined) return { kind: 'signed-out' };
  return {
    kind: 'page',
    status: 401,
    body: (
      <PlainPage title="Du er logget ud" now={now} leaves>
        <p>Der er ikke gemt noget i Udvej, men det, du skrev, er her endnu. Lad dette faneblad stå åbent, til du er færdig. Det ryddes, når ingen har rørt det i et kvarter.</p>
        <ol>
          <li>
            <a href={loginPath()} target="_blank" rel="noopener">Log ind i et nyt faneblad</a>
          </li>
          <li>Kom tilbage hertil, og tryk på “Fortsæt”. Så kan du læse det igennem, før du sender det.</li>
        </ol>
        <Form action={request.url}>
          {fields.map(([name, value]) => <Hidden name={name} value={value} />)}
          <SubmitButton>Fortsæt</SubmitButton>
        </Form>
      </PlainPage>
    ),
  };
}
