import { copenhagenDate, formatDate, type PlainDate } from '../../domain/kernel/time.js';
import type { TextRow } from '../../store/texts-outside-cases.js';
import type { Answer, SignedInCall } from '../route.js';
import { Alert } from '../ui/alert.js';
import { Badge } from '../ui/badge.js';
import { SubmitButton } from '../ui/buttons.js';
import { DueBadge } from '../ui/due.js';
import { Form, SubmitLine } from '../ui/form.js';
import { PageHead } from '../ui/layout.js';
import type { NamelessTyped } from './nameless-form.js';
import { signedInPage, tokenFor } from './signed-in-page.js';

/** How it stands with the answer to a question outside of cases: when it is due, or that it is there and whether it was read. */
export const AnswerBadge = ({ row: { due, answered_at: at, unread }, today }: { readonly row: Pick<TextRow, 'due' | 'answered_at' | 'unread'>; readonly today: PlainDate }) =>
  at === null ? <DueBadge due={due} today={today} /> : <><Badge kind={unread ? 'changed' : 'done'}>{unread ? 'Ulæst svar' : 'Besvaret'}</Badge>{` ${formatDate(copenhagenDate(at))}`}</>;

/** The day it goes. */
export const Kept = ({ row: { delete_on: day, answered_at: at } }: { readonly row: Pick<TextRow, 'delete_on' | 'answered_at'> }) => <p class="muted">{`Slettes ${formatDate(day)}${at === null ? ', hvis ingen svarer' : ''}`}</p>;

/** What somebody wrote while a colleague answered is not lost: he can copy it. @param of where the colleague is */
export const Unsent = ({ typed: { text, again, errors }, of }: { readonly typed: NamelessTyped; readonly of: string }) => again !== true && errors.length === 0 ? null : (
  <>
    <Alert kind="warning" title="Dit svar er ikke sendt" announce>{`En kollega i ${of} har allerede svaret, og der svares kun én gang. Du skrev:`}</Alert>
    <blockquote class="typed">{text}</blockquote>
  </>
);

/** A question that is no more while somebody answers it: what he wrote he can copy. @param head the page's title and place, and the way back */
export const answerGone = (call: SignedInCall, { text }: NamelessTyped, { title, place, back, label }: { readonly title: string; readonly place: 'Vejledning' | 'Tal'; readonly back: string; readonly label: string }): Answer =>
  signedInPage(call, { title: `Fejl: ${title}`, place, within: true, status: 404 }, (
    <>
      <PageHead title="Spørgsmålet er her ikke"><p><a href={back}>{label}</a></p></PageHead>
      <Alert kind="warning" title="Dit svar er ikke sendt" announce>Spørgsmålet er taget tilbage, eller det er slettet. Du skrev:</Alert>
      <blockquote class="typed">{text}</blockquote>
    </>
  ));

/** Takes a question back that nobody has answered. */
export const Withdrawing = ({ call, action }: { readonly call: SignedInCall; readonly action: string }) => (
  <Form action={action} csrf={tokenFor(call)} class="no-print">
    <SubmitLine text="Er der ikke længere brug for svaret, kan du tage spørgsmålet tilbage. Det bliver slettet med det samme."><SubmitButton kind="secondary">Tag spørgsmålet tilbage</SubmitButton></SubmitLine>
  </Form>
);

/** Said at the form when another question was sent from the same page before. */
export const SENT_BEFORE = 'Siden har været sendt før med et andet spørgsmål, og dette er ikke sendt. Se det efter, og send igen, hvis det er et nyt.';
