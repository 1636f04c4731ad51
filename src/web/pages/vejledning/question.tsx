import { answerForGuidance, type GuidanceRead, readGuidance, withdrawQuestion } from '../../../app/guidance.js';
import { isRefused } from '../../../app/house.js';
import { copenhagenDate, formatInstant } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { Due } from '../../ui/due.js';
import { PageHead, Section } from '../../ui/layout.js';
import { hasFailed, statusOf } from '../nameless-form.js';
import { answerGone, Kept, Unsent, Withdrawing } from '../nameless-text.js';
import { signedInPage } from '../signed-in-page.js';
import { errorsOf, NOTHING, TextForm, type Typed, typedIn } from './text-form.js';

const idOf = ({ params }: SignedInCall): string => params['id'] ?? '';

const page = (call: SignedInCall, read: GuidanceRead, typed: Typed, late?: string): Answer => signedInPage(call, { title: hasFailed(typed) ? 'Fejl: Vejledning' : 'Vejledning', place: 'Vejledning', within: true, ...statusOf(typed) }, (
  <>
    <PageHead title="Spørgsmål om vejledning">
      <p class="muted">{`Fra ${authorityName(read.authority)}, ${formatInstant(read.asked_at)}`}</p>
      <Kept row={read} />
      <p><a href={paths.guidance()}>{call.visitor.functions.includes('contact_point') ? 'Alle spørgsmål om vejledning' : 'Dine spørgsmål om vejledning'}</a></p>
    </PageHead>
    {late !== undefined && <Alert kind="warning" title={late} announce>Spørgsmålet kan ikke længere tages tilbage. Svaret står herunder.</Alert>}
    <Section id="spoergsmaal" title="Spørgsmålet"><p class="typed">{read.question}</p></Section>
    <Section id="svar" title="Svaret">
      {read.answer === undefined || read.answered_at === null
        ? <Waiting call={call} read={read} typed={typed} />
        : <><p class="muted">{`Det Nationale Exitkontaktpunkt svarede ${formatInstant(read.answered_at)}.`}</p><p class="typed">{read.answer}</p>{late === undefined && <Unsent typed={typed} of="kontaktpunktet" />}</>}
    </Section>
  </>
));

const Waiting = ({ call, read, typed }: { readonly call: SignedInCall; readonly read: GuidanceRead; readonly typed: Typed }) => (
  <>
    <Due due={read.due} today={copenhagenDate(call.now)} waiting={!read.answers} />
    {read.answers ? <TextForm call={call} typed={typed} answers={read.id} /> : <p>Kontaktpunktet har ikke svaret endnu. Svaret kommer her, og det står på Mit arbejde, når det er der.</p>}
    {read.asks && <Withdrawing call={call} action={paths.guidanceWithdraw(read.id)} />}
  </>
);

const draw = async (call: SignedInCall, typed: Typed): Promise<Answer> => {
  const found = await readGuidance(call.house, call.visitor.token, idOf(call));
  return found.kind === 'read' ? page(call, found.read, typed) : found;
};

const GONE = { title: 'Vejledning', place: 'Vejledning', back: paths.guidance(), label: 'Alle spørgsmål om vejledning' } as const;

/** One question and its answer, for who asked and for the contact point, who answers it here (FM-NCP-6). */
export const guidanceQuestionPage = (call: SignedInCall): Promise<Answer> => draw(call, NOTHING);

/** The contact point's answer, once. */
export const sendAnswer: FormHandle = Object.assign(
  async (call: SignedInCall): Promise<Answer> => {
    const typed = typedIn(call);
    const done = await answerForGuidance(call.house, call.visitor.token, idOf(call), typed);
    if (isRefused(done)) return done.kind === 'absent' && typed.text !== '' ? answerGone(call, typed, GONE) : done;
    if (done.kind === 'answered') return { kind: 'redirect', to: paths.guidanceQuestion(idOf(call)), said: 'guidance.answered' };
    return page(call, done.read, { ...typed, errors: done.kind === 'already' ? [{ message: 'En kollega har allerede svaret.' }] : errorsOf(done.fault, typed.ticked, done.doubt) });
  },
  { again: (call: SignedInCall): Promise<Answer> => draw(call, { ...typedIn(call), again: true }) },
);

/** Takes back what one asked, before there is an answer. */
export const sendWithdrawal = async (call: SignedInCall): Promise<Answer> => {
  const done = await withdrawQuestion(call.house, call.visitor.token, idOf(call));
  if (isRefused(done)) return done;
  return done.kind === 'withdrawn'
    ? { kind: 'redirect', to: paths.guidance(), said: 'guidance.withdrawn' }
    : page(call, done.read, { ...NOTHING, errors: [{ message: 'Kontaktpunktet har svaret. Spørgsmålet kan ikke længere tages tilbage.' }] }, 'Kontaktpunktet nåede at svare');
};
