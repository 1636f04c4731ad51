import { authorityDoubt } from '../../../domain/guidance/guidance.js';
import { paths } from '../../paths.js';
import type { SignedInCall } from '../../route.js';
import type { FormError } from '../../ui/error-summary.js';
import { Checkbox } from '../../ui/form.js';
import { typedText } from '../adgang/words.js';
import { errorAt, namelessErrors, NamelessForm, namelessIn, type NamelessTyped, NOTHING_TYPED } from '../nameless-form.js';

/** What was typed in a question or an answer, and what is wrong with it. */
export interface Typed extends NamelessTyped {
  /** That a number, an address or a link in an answer is an authority's. */
  readonly authoritys: boolean;
}
export const NOTHING: Typed = { ...NOTHING_TYPED, authoritys: false };

export const typedIn = (call: SignedInCall): Typed & { readonly key: string } => ({ ...namelessIn(call), authoritys: typedText(call.body, 'myndigheds') === 'true' });

/** What is said at the fields. @param fault of the text, if there is one; @param doubt whose a number in it is */
export const errorsOf = (fault: string | undefined, ticked: boolean, doubt?: string): readonly FormError[] => [
  ...namelessErrors(fault, true), ...(doubt === undefined ? [] : [{ name: 'myndigheds', message: doubt }]), ...namelessErrors(undefined, ticked),
];

interface Props {
  readonly call: SignedInCall;
  readonly typed: Typed;
  /** The question that is answered; left out: one is asked. */
  readonly answers?: string;
}

/** A question for guidance, or the answer to one. */
export const TextForm = ({ call, typed, answers }: Props) => answers === undefined ? (
  <NamelessForm
    call={call} typed={typed} action={paths.guidance()} label="Hvad vil du have vejledning om?" button="Send spørgsmålet"
    follows="Spørgsmålet går til Det Nationale Exitkontaktpunkt, der svarer inden 14 dage. Kun du og kontaktpunktet kan læse det."
  />
) : (
  <NamelessForm
    call={call} typed={typed} action={paths.guidanceQuestion(answers)} label="Dit svar" button="Send svaret"
    hint="En myndigheds telefonnummer, mailadresse eller link må gerne stå i svaret." follows="Den, der spurgte, kan læse svaret med det samme. Det kan ikke rettes bagefter."
  >
    {authorityDoubt(typed.text) !== undefined && <Checkbox name="myndigheds" label="Det er en myndigheds nummer, mailadresse eller link, ikke en persons" checked={typed.authoritys} {...errorAt(typed, 'myndigheds')} />}
  </NamelessForm>
);
