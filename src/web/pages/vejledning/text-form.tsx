import { authorityDoubt } from '../../../domain/guidance/guidance.js';
import { paths } from '../../paths.js';
import type { SignedInCall } from '../../route.js';
import { SubmitButton } from '../../ui/buttons.js';
import { ErrorSummary, type FormError } from '../../ui/error-summary.js';
import { Checkbox, Form, SubmitLine, TextArea } from '../../ui/form.js';
import { typedText } from '../adgang/words.js';
import { tokenFor } from '../signed-in-page.js';
import { SignedOutMeanwhile } from '../signed-out-meanwhile.js';

/** What was typed in a question or an answer, and what is wrong with it. */
export interface Typed {
  readonly text: string;
  readonly ticked: boolean;
  /** That a number, an address or a link in an answer is an authority's. */
  readonly authoritys: boolean;
  readonly errors: readonly FormError[];
  /** It comes back after a login, and is not sent yet (FM-WORK-5). */
  readonly again?: true;
}
export const NOTHING: Typed = { text: '', ticked: false, authoritys: false, errors: [] };

export const typedIn = ({ body }: SignedInCall): Typed => ({ text: typedText(body, 'tekst'), ticked: typedText(body, 'uden-identitet') === 'true', authoritys: typedText(body, 'myndigheds') === 'true', errors: [] });

/** What is said at the fields. @param fault of the text, if there is one; @param doubt whose a number in it is */
export const errorsOf = (fault: string | undefined, ticked: boolean, doubt?: string): readonly FormError[] => [
  ...(fault === undefined ? [] : [{ name: 'tekst', message: fault }]),
  ...(doubt === undefined ? [] : [{ name: 'myndigheds', message: doubt }]),
  ...(ticked ? [] : [{ name: 'uden-identitet', message: 'Læs din tekst igennem, og sæt kryds, når intet i den kan vise, hvem det drejer sig om.' }]),
];

export const hasFailed = ({ errors, again }: Typed): boolean => errors.length > 0 || again === true;
export const statusOf = ({ errors, again }: Typed): { readonly status?: number } => (again === true ? { status: 403 } : errors.length > 0 ? { status: 422 } : {});

interface Props {
  readonly call: SignedInCall;
  readonly typed: Typed;
  /** The question that is answered; left out: one is asked. */
  readonly answers?: string;
}

/** Text that must not show whom it is about: a program finds numbers and addresses in it, a person the rest. */
export const TextForm = ({ call, typed, answers }: Props) => {
  const at = (name: string): { readonly error?: string } => {
    const message = typed.errors.find((one) => one.name === name)?.message;
    return message === undefined ? {} : { error: message };
  };
  return (
    <Form action={answers === undefined ? paths.guidance() : paths.guidanceQuestion(answers)} csrf={tokenFor(call)} class="act-form no-print">
      {typed.again === true && <SignedOutMeanwhile />}
      <ErrorSummary errors={typed.errors} />
      <TextArea
        name="tekst" label={answers === undefined ? 'Hvad vil du have vejledning om?' : 'Dit svar'} rows={8} required value={typed.text} {...at('tekst')}
        hint={`Skriv ingen navne, steder eller hændelser, som nogen kan kendes på. Udvej finder selv numre, mailadresser og links, men kan ikke se, hvad der er et navn.${answers === undefined ? '' : ' En myndigheds telefonnummer, mailadresse eller link må gerne stå i svaret.'}`}
      />
      {answers !== undefined && authorityDoubt(typed.text) !== undefined && (
        <Checkbox name="myndigheds" label="Det er en myndigheds nummer, mailadresse eller link, ikke en persons" checked={typed.authoritys} {...at('myndigheds')} />
      )}
      <Checkbox name="uden-identitet" label="Jeg har ikke skrevet noget, der kan vise, hvem det drejer sig om" required checked={typed.ticked} {...at('uden-identitet')} />
      <SubmitLine text={answers === undefined ? 'Spørgsmålet går til Det Nationale Exitkontaktpunkt, der svarer inden 14 dage. Kun du og kontaktpunktet kan læse det.' : 'Den, der spurgte, kan læse svaret med det samme. Det kan ikke rettes bagefter.'}>
        <SubmitButton>{answers === undefined ? 'Send spørgsmålet' : 'Send svaret'}</SubmitButton>
      </SubmitLine>
    </Form>
  );
};
