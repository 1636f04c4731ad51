import { answerForGuidance, type GuidanceRead, readGuidance } from '../../../app/guidance.js';
import { isRefused } from '../../../app/house.js';
import { copenhagenDate, formatInstant } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { Due } from '../../ui/due.js';
import { PageHead, Section } from '../../ui/layout.js';
import { signedInPage } from '../signed-in-page.js';
import { errorsOf, hasFailed, NOTHING, statusOf, TextForm, type Typed, typedIn } from './text-form.js';

const idOf = ({ params }: SignedInCall): string => params['id'] ?? '';

const page = (call: SignedInCall, read: GuidanceRead, typed: Typed): Answer => signedInPage(call, { title: hasFailed(typed) ? 'Fejl: Vejledning' : 'Vejledning', place: 'Vejledning', within: true, ...statusOf(typed) }, (
  <>
    <PageHead title="Spørgsmål om vejledning">
      <p class="muted">{`Fra ${authorityName(read.authority)}, ${formatInstant(read.asked_at)}`}</p>
      <p><a href={paths.guidance()}>{call.visitor.functions.includes('contact_point') ? 'Alle spørgsmål om vejledning' : 'Dine spørgsmål om vejledning'}</a></p>
    </PageHead>
    <Section id="spoergsmaal" title="Spørgsmålet"><p class="typed">{read.question}</p></Section>
    <Section id="svar" title="Svaret">
      {read.answer === undefined || read.answered_at === null
        ? <Waiting call={call} read={read} typed={typed} />
        : <><p class="muted">{`Det Nationale Exitkontaktpunkt svarede ${formatInstant(read.answered_at)}.`}</p><p class="typed">{read.answer}</p><Unsent typed={typed} /></>}
    </Section>
  </>
));

const Waiting = ({ call, read, typed }: { readonly call: SignedInCall; readonly read: GuidanceRead; readonly typed: Typed }) => (
  <>
    <Due due={read.due} today={copenhagenDate(call.now)} waiting={!call.visitor.functions.includes('contact_point')} />
    {call.visitor.functions.includes('contact_point') ? <TextForm call={call} typed={typed} answers={read.id} /> : <p>Kontaktpunktet har ikke svaret endnu. Svaret kommer her.</p>}
  </>
);

/** What somebody wrote while a colleague answered is not lost: he can copy it. */
const Unsent = ({ typed: { text, again, errors } }: { readonly typed: Typed }) => again !== true && errors.length === 0 ? null : (
  <>
    <Alert kind="warning" title="Dit svar er ikke sendt" announce>En kollega i kontaktpunktet har allerede svaret, og der svares kun én gang. Du skrev:</Alert>
    <blockquote class="typed">{text}</blockquote>
  </>
);

const draw = async (call: SignedInCall, typed: Typed): Promise<Answer> => {
  const found = await readGuidance(call.house, call.visitor.token, idOf(call));
  return found.kind === 'read' ? page(call, found.read, typed) : found;
};

/** One question and its answer, for who asked and for the contact point, who answers it here (FM-NCP-6). */
export const guidanceQuestionPage = (call: SignedInCall): Promise<Answer> => draw(call, NOTHING);

/** The contact point's answer, once. */
export const sendAnswer: FormHandle = Object.assign(
  async (call: SignedInCall): Promise<Answer> => {
    const typed = typedIn(call);
    const done = await answerForGuidance(call.house, call.visitor.token, idOf(call), typed);
    if (isRefused(done)) return done;
    if (done.kind === 'answered') return { kind: 'redirect', to: paths.guidanceQuestion(idOf(call)), said: 'guidance.answered' };
    return page(call, done.read, { ...typed, errors: done.kind === 'already' ? [{ message: 'En kollega har allerede svaret.' }] : errorsOf(done.fault, typed.ticked) });
  },
  { again: (call: SignedInCall): Promise<Answer> => draw(call, { ...typedIn(call), again: true }) },
);
