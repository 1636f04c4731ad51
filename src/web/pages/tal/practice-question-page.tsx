import { answerForPractice, type PracticeRead, readPractice } from '../../../app/practice.js';
import { isRefused } from '../../../app/house.js';
import { copenhagenDate, formatDate, formatInstant } from '../../../domain/kernel/time.js';
import { unitName } from '../../../domain/reference/authorities.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { Due } from '../../ui/due.js';
import { PageHead, Section } from '../../ui/layout.js';
import { hasFailed, namelessErrors, NamelessForm, namelessIn, type NamelessTyped, NOTHING_TYPED, statusOf } from '../nameless-form.js';
import { signedInPage } from '../signed-in-page.js';
import { COMPLETENESS, PracticeTable, TIMELINESS, WhatTheySay } from './practice-table.js';

const idOf = ({ params }: SignedInCall): string => params['id'] ?? '';

const sourceOf = ({ from_date: from, as_of: asOf, asked_at: at }: PracticeRead): string =>
  `Sendt ${formatInstant(at)}, opgjort for ${formatDate(from)} – ${formatDate(asOf)}, som kontaktpunktet så tallene. Tal med færre end fem bag sig er udeladt.`;

const page = (call: SignedInCall, read: PracticeRead, typed: NamelessTyped): Answer => {
  const both = { rows: [read.asked.own, read.asked.country], source: sourceOf(read) };
  return signedInPage(call, { title: hasFailed(typed) ? 'Fejl: Spørgsmål om kvalitet' : 'Spørgsmål om kvalitet', place: 'Tal', within: true, ...statusOf(typed) }, (
    <>
      <PageHead title="Spørgsmål om kvalitet">
        <p class="muted">{`Fra Det Nationale Exitkontaktpunkt til ${unitName(read.unit)}, ${formatInstant(read.asked_at)}`}</p>
        <p class="muted">{`Slettes ${formatDate(read.delete_on)}${read.answered_at === null ? ', hvis ingen svarer' : ''}`}</p>
        {call.visitor.functions.includes('contact_point') && <p><a href={paths.figureQuality()}>Kvalitet, alle enheder</a></p>}
      </PageHead>
      <Section id="spoergsmaal" title="Spørgsmålet"><p class="typed">{read.asked.text}</p></Section>
      <PracticeTable id="tider" title="Tider og opfølgning" caption="Enheden og hele landet, tider og opfølgning" columns={TIMELINESS} {...both} />
      <PracticeTable id="mangler" title={`Hvad der mangler i de igangværende forløb ${formatDate(read.as_of)}`} caption="Enheden og hele landet, hvad der mangler" columns={COMPLETENESS} {...both} />
      <Section id="svar" title="Svaret">
        {read.answer === undefined || read.answered_at === null
          ? <Waiting call={call} read={read} typed={typed} />
          : <><p class="muted">{`${unitName(read.unit)} svarede ${formatInstant(read.answered_at)}.`}</p><p class="typed">{read.answer}</p><Unsent typed={typed} /></>}
      </Section>
      <WhatTheySay />
    </>
  ));
};

const Waiting = ({ call, read, typed }: { readonly call: SignedInCall; readonly read: PracticeRead; readonly typed: NamelessTyped }) => (
  <>
    <Due due={read.due} today={copenhagenDate(call.now)} waiting={!read.mine} />
    {read.mine
      ? <NamelessForm call={call} typed={typed} action={paths.practiceQuestion(read.id)} label="Jeres svar" button="Send svaret" follows="Kontaktpunktet kan læse svaret med det samme. Det gælder for hele enheden og kan ikke rettes bagefter." />
      : <p>Enheden har ikke svaret endnu. Svaret kommer her, og det står på Mit arbejde, når det er der.</p>}
  </>
);

/** What somebody wrote while a colleague answered is not lost: he can copy it. */
const Unsent = ({ typed: { text, again, errors } }: { readonly typed: NamelessTyped }) => again !== true && errors.length === 0 ? null : (
  <>
    <Alert kind="warning" title="Dit svar er ikke sendt" announce>En kollega i enheden har allerede svaret, og der svares kun én gang. Du skrev:</Alert>
    <blockquote class="typed">{text}</blockquote>
  </>
);

const draw = async (call: SignedInCall, typed: NamelessTyped): Promise<Answer> => {
  const found = await readPractice(call.house, call.visitor.token, idOf(call));
  return found.kind === 'read' ? page(call, found.read, typed) : found;
};

/** A drawing that the contact point sent to a unit, with its question and the unit's answer: for the two of them alone (FM-NCP-7). */
export const practiceQuestionPage = (call: SignedInCall): Promise<Answer> => draw(call, NOTHING_TYPED);

/** The unit's answer, once. */
export const sendPracticeAnswer: FormHandle = Object.assign(
  async (call: SignedInCall): Promise<Answer> => {
    const typed = namelessIn(call);
    const done = await answerForPractice(call.house, call.visitor.token, idOf(call), typed);
    if (isRefused(done)) return done;
    if (done.kind === 'answered') return { kind: 'redirect', to: paths.practiceQuestion(idOf(call)), said: 'practice.answered' };
    return page(call, done.read, { ...typed, errors: done.kind === 'already' ? [{ message: 'En kollega har allerede svaret.' }] : namelessErrors(done.fault, typed.ticked) });
  },
  { again: (call: SignedInCall): Promise<Answer> => draw(call, { ...namelessIn(call), again: true }) },
);
