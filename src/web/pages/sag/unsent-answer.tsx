import { commandSchema } from '../../../app/command-schema.js';
import { unitName } from '../../../domain/reference/authorities.js';
import type { QuestionRow } from '../../../store/lists.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { LinkButton } from '../../ui/buttons.js';
import { PageHead } from '../../ui/layout.js';
import { signedInPage } from '../signed-in-page.js';
import { endWords, QUESTION_KINDS } from '../spoergsmaal/words.js';

interface Field {
  readonly label?: string;
  readonly options?: unknown;
  readonly widget?: string;
}
/** The texts of a form as they were typed, each under its label. */
const typedTexts = (command: string, values: unknown): readonly { readonly label: string; readonly text: string }[] => {
  const fields = (commandSchema(command)?.['properties'] ?? {}) as Readonly<Record<string, Field>>;
  return Object.entries((values ?? {}) as Readonly<Record<string, unknown>>).flatMap(([name, text]) => {
    const { label, options, widget } = fields[name] ?? {};
    return typeof text === 'string' && text !== '' && label !== undefined && options === undefined && widget !== 'hidden' ? [{ label, text }] : [];
  });
};

/** What an official wrote while his question ended is not lost: he can copy it. Of the case nothing is shown but what his list of questions says. */
export const unsentAnswer = (call: SignedInCall, row: QuestionRow, command: string, values: unknown): Answer => signedInPage(call, { title: 'Ikke sendt', place: 'Spørgsmål', within: true, status: 409 }, (
  <>
    <PageHead title={QUESTION_KINDS[row.kind].title}><p class="muted">{`${row.number}, ${unitName(row.unit)}`}</p></PageHead>
    <Alert kind="warning" title="Det, du skrev, er ikke sendt" announce>{`Spørgsmålet ligger ikke længere hos jer: ${endWords(row).toLocaleLowerCase('da-DK')}. Det kan ikke besvares igen.`}</Alert>
    <p>Du skrev:</p>
    {typedTexts(command, values).map(({ label, text }) => (
      <section key={label}>
        <h2>{label}</h2>
        <blockquote class="typed">{text}</blockquote>
      </section>
    ))}
    <LinkButton href={paths.questions()}>Alle spørgsmål</LinkButton>
  </>
));
