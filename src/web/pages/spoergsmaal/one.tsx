import { randomUUID } from 'node:crypto';
import { execute } from '../../../app/execute.js';
import { isRefused, refusedBy } from '../../../app/house.js';
import { questionAsked } from '../../../app/questions.js';
import { copenhagenDate } from '../../../domain/kernel/time.js';
import { unitName } from '../../../domain/reference/authorities.js';
import type { QuestionRow } from '../../../store/lists.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { ActButton, LinkButton } from '../../ui/buttons.js';
import { Due } from '../../ui/due.js';
import { PageHead } from '../../ui/layout.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { askedWords, QUESTION_KINDS, standingOf, takersInWords, UNATTENDED } from './words.js';

const find = ({ house, visitor, params }: SignedInCall) => questionAsked(house, visitor.token, params['id'] ?? '');

/** What is read by who takes it: of a review that the contact point asked for the candidate's words, and what the unit sends when it does. */
const readable = ({ by_desk: byDesk, sent_on: sentOn }: QuestionRow): string =>
  byDesk ? `Når du tager spørgsmålet, kan du læse, hvad kandidaten siger til afslaget, og det, enheden ${sentOn === null ? 'sender' : 'har sendt'}.`
    : sentOn === null ? 'Når du tager spørgsmålet, kan du læse, hvornår og hvorfor enheden gav afslag.' : 'Når du tager spørgsmålet, kan du læse det, enheden har sendt med.';

/** A question at the desk: what it is, from which unit, by when. Its bundle opens to the official who takes it, until it is answered (FM-NCP-2). */
export async function questionPage(call: SignedInCall): Promise<Answer> {
  try {
    const row = await find(call);
    if (!row) return { kind: 'absent' };
    if (row.taken_by.includes(call.visitor.user)) return { kind: 'redirect', to: paths.case(row.case_id) };
    const today = copenhagenDate(call.now);
    const { takeable } = standingOf(row, call.visitor.user, call.visitor.authority, today);
    return signedInPage(call, { title: 'Spørgsmål', place: 'Spørgsmål', within: true }, (
      <>
        <PageHead title={QUESTION_KINDS[row.kind].title}>
          <p class="muted">{`${row.number}, ${unitName(row.unit)}`}</p>
        </PageHead>
        <Due due={row.due} today={today} />
        <p>{`${askedWords(row)}.${row.by_desk || row.sent_on === null ? '' : ' Det, I skal have fra sagen, kom sammen med spørgsmålet.'}`}</p>
        {row.attended === false && <p>{UNATTENDED}</p>}
        {row.taken_by.length > 0 && <p>{takersInWords(row)}</p>}
        {takeable
          ? (
              <>
                <p>{`${readable(row)} Du er med, til der er svaret, eller du giver det tilbage.`}</p>
                <ActButton action={paths.question(row.id)} csrf={tokenFor(call)} idempotencyKey={randomUUID()} kind="primary">Tag spørgsmålet</ActButton>
              </>
            )
          : <><p>{row.authorities.includes(call.visitor.authority) ? 'En kollega fra din myndighed har det.' : 'Der mangler ikke flere.'}</p><LinkButton href={paths.questions()}>Alle spørgsmål</LinkButton></>}
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
}

export async function takeQuestion(call: SignedInCall): Promise<Answer> {
  try {
    const row = await find(call);
    if (!row) return { kind: 'absent' };
    if (row.taken_by.includes(call.visitor.user)) return { kind: 'redirect', to: paths.case(row.case_id) };
    const outcome = await execute(call.house, { token: call.visitor.token, command: 'contactPoint.takeQuestion', caseId: row.case_id, input: { question: row.id } });
    if (isRefused(outcome)) return outcome;
    return outcome.kind === 'done' ? { kind: 'redirect', to: paths.case(row.case_id), said: 'contactPoint.takeQuestion' } : { kind: 'redirect', to: paths.questions(), said: 'question.not-taken' };
  } catch (error) {
    return refusedBy(error);
  }
}
