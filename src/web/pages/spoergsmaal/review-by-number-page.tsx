import { randomUUID } from 'node:crypto';
import { askForReview, type AskedReview, NO_REFUSAL, usedUpWords } from '../../../app/review-by-number.js';
import { isRefused } from '../../../app/house.js';
import { EXAMPLE_NUMBER } from '../../../domain/kernel/case-number.js';
import { formKey } from '../../idempotency.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { LinkButton, SubmitButton } from '../../ui/buttons.js';
import { ErrorSummary, type FormError } from '../../ui/error-summary.js';
import { Form, SubmitLine, TextArea, TextField } from '../../ui/form.js';
import { PageHead } from '../../ui/layout.js';
import type { FormBody } from '../../ui/schema-form.js';
import { typedText } from '../adgang/words.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { SignedOutMeanwhile } from '../signed-out-meanwhile.js';

interface Typed extends AskedReview {
  readonly key: string;
  readonly errors: readonly FormError[];
  /** The day's numbers are used up: there is nothing to correct. */
  readonly usedUp?: string;
  /** It comes back after a login, and is not sent yet (FM-WORK-5). */
  readonly again?: true;
}
const typedIn = ({ body }: SignedInCall): Typed => ({ number: typedText(body, 'number').slice(0, 60), account: typedText(body, 'account'), key: formKey((body ?? {}) as FormBody), errors: [] });

const draw = (call: SignedInCall, { number, account, key, errors, usedUp, again }: Typed): Answer => {
  const at = (name: string): { readonly error?: string } => {
    const message = errors.find((one) => one.name === name)?.message;
    return message === undefined ? {} : { error: message };
  };
  const failed = errors.length > 0 || again === true || usedUp !== undefined;
  const status = again === true ? { status: 403 } : usedUp !== undefined ? { status: 429 } : errors.length > 0 ? { status: 422 } : {};
  return signedInPage(call, { title: failed ? 'Fejl: Bed om prøvelse' : 'Bed om prøvelse', place: 'Spørgsmål', within: true, ...status }, (
    <>
      <PageHead title="Bed om prøvelse af et afslag">
        <p class="muted">Når en kandidat, som en lokal enhed har givet afslag, selv henvender sig til kontaktpunktet. Det kan ske én gang for hvert afslag. Et afslag, kontaktpunktet eller Kriminalforsorgen har givet, prøves ikke her.</p>
      </PageHead>
      <Form action={paths.reviewByNumber()} csrf={tokenFor(call)} idempotencyKey={key} class="act-form">
        {again === true && <SignedOutMeanwhile />}
        {usedUp !== undefined && <Alert kind="error" title="Der er ikke bedt om prøvelse" announce>{usedUp}</Alert>}
        <ErrorSummary errors={errors} />
        <TextField name="number" label="Sagsnummer" hint={`Det står på brevet med afslaget og ser sådan ud: ${EXAMPLE_NUMBER}.`} value={number} required {...at('number')} />
        <TextArea name="account" label="Hvad siger kandidaten til afslaget?" hint="Med kandidatens egne ord, uden CPR-nummer. Enheden og de af jer, der tager spørgsmålet, læser det." rows={8} value={account} required {...at('account')} />
        <SubmitLine text="Sagen åbnes ikke for dig. Spørgsmålet kommer i køen, og enheden bliver bedt om at sende det, I skal have fra sagen. To af kontaktpunktets myndigheder skal tage spørgsmålet.">
          <SubmitButton>Bed om prøvelse</SubmitButton>
          <LinkButton href={paths.questions()}>Fortryd</LinkButton>
        </SubmitLine>
      </Form>
    </>
  ));
};

/** The contact point asks for a review itself, for a candidate who turned to it with the number on his letter (FM-DEC-2). */
export const reviewByNumberPage = (call: SignedInCall): Answer => draw(call, { number: '', account: '', key: randomUUID(), errors: [] });

export const sendReviewByNumber: FormHandle = Object.assign(
  async (call: SignedInCall): Promise<Answer> => {
    const typed = typedIn(call);
    const asked = await askForReview(call.house, call.visitor.token, typed, typed.key);
    if (isRefused(asked)) return asked;
    if (asked.kind === 'asked') return { kind: 'redirect', to: paths.questions(), said: 'review.asked' };
    if (asked.kind === 'key-reused' || asked.kind === 'stale') return draw(call, { ...typed, key: randomUUID(), errors: [{ message: 'Der er ikke bedt om prøvelse endnu: siden har været sendt før, eller der skete noget samtidig. Se det efter, og send igen.' }] });
    if (asked.kind === 'used-up') return draw(call, { ...typed, usedUp: usedUpWords(asked.again) });
    const errors = asked.kind === 'none' ? [{ name: 'number', message: NO_REFUSAL }] : asked.issues.map(({ field, message }) => ({ name: field, message }));
    return draw(call, { ...typed, errors });
  },
  { again: (call: SignedInCall): Answer => draw(call, { ...typedIn(call), again: true }) },
);
