import { answerForPractice, type PracticeRead, readPractice, withdrawFromUnit } from '../../../app/practice.js';
import { isRefused } from '../../../app/house.js';
import { copenhagenDate, formatDate, formatInstant } from '../../../domain/kernel/time.js';
import { unitName } from '../../../domain/reference/authorities.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { Due } from '../../ui/due.js';
import { PageHead, Section } from '../../ui/layout.js';
import { hasFailed, namelessErrors, NamelessForm, namelessIn, type NamelessTyped, NOTHING_TYPED, statusOf } from '../nameless-form.js';
import { answerGone, Kept, Unsent, Withdrawing } from '../nameless-text.js';
import { signedInPage } from '../signed-in-page.js';
import { sourceOf } from './period.js';
import { COMPLETENESS, PracticeTable, TIMELINESS, WhatTheySay } from './practice-table.js';

const idOf = ({ params }: SignedInCall): string => params['id'] ?? '';

/** To the unit the figures as they were sent, to an official those of his own drawing; without what is of too few, which the contact point's own table may have of the country. */
const sourceHere = ({ from_date: from, as_of: asOf, drawn_at: drawnAt, asks }: PracticeRead): string =>
  `${sourceOf({ from, asOf, drawnAt })} ${asks ? 'Enheden har fået tallene fra den, der spurgte.' : 'Sendt af kontaktpunktet.'} Tal med færre end fem bag sig er udeladt, også dem, man ellers kunne regne ud.`;

const page = (call: SignedInCall, read: PracticeRead, typed: NamelessTyped, late?: string): Answer => {
  const both = { rows: [read.asked.own, read.asked.country], source: sourceHere(read) };
  return signedInPage(call, { title: hasFailed(typed) ? 'Fejl: Spørgsmål om kvalitet' : 'Spørgsmål om kvalitet', place: 'Tal', within: true, ...statusOf(typed) }, (
    <>
      <PageHead title="Spørgsmål om kvalitet">
        <p class="muted">{`Fra Det Nationale Exitkontaktpunkt til ${unitName(read.unit)}, ${formatInstant(read.asked_at)}`}</p>
        <Kept row={read} />
        {call.visitor.functions.includes('contact_point') && <p><a href={paths.figureQuality()}>Kvalitet, alle enheder</a></p>}
        {read.answers && <p><a href={`${paths.unit()}#kvalitet`}>Alle spørgsmål til enheden</a></p>}
      </PageHead>
      {late !== undefined && <Alert kind="warning" title={late} announce>Spørgsmålet kan ikke længere tages tilbage. Svaret står herunder.</Alert>}
      <Section id="spoergsmaal" title="Spørgsmålet"><p class="typed">{read.asked.text}</p></Section>
      <PracticeTable id="tider" title="Tider og opfølgning" caption="Enheden og hele landet, tider og opfølgning" columns={TIMELINESS} {...both} />
      <PracticeTable id="mangler" title={`Hvad der mangler i de igangværende forløb ${formatDate(read.as_of)}`} caption="Enheden og hele landet, hvad der mangler" columns={COMPLETENESS} {...both} />
      <Section id="svar" title="Svaret">
        {read.answer === undefined || read.answered_at === null
          ? <Waiting call={call} read={read} typed={typed} />
          : <><p class="muted">{`${unitName(read.unit)} svarede ${formatInstant(read.answered_at)}.`}</p><p class="typed">{read.answer}</p>{late === undefined && <Unsent typed={typed} of="enheden" />}</>}
      </Section>
      <WhatTheySay />
    </>
  ));
};

const Waiting = ({ call, read, typed }: { readonly call: SignedInCall; readonly read: PracticeRead; readonly typed: NamelessTyped }) => (
  <>
    <Due due={read.due} today={copenhagenDate(call.now)} waiting={!read.answers} />
    {read.answers
      ? <NamelessForm call={call} typed={typed} action={paths.practiceQuestion(read.id)} label="Jeres svar" button="Send svaret" follows="Kontaktpunktet kan læse svaret med det samme. Det gælder for hele enheden og kan ikke rettes bagefter." />
      : <p>Enheden har ikke svaret endnu. Svaret kommer her, og det står på Mit arbejde, når det er der.</p>}
    {read.asks && <Withdrawing call={call} action={paths.practiceWithdraw(read.id)} />}
  </>
);

const draw = async (call: SignedInCall, typed: NamelessTyped): Promise<Answer> => {
  const found = await readPractice(call.house, call.visitor.token, idOf(call));
  return found.kind === 'read' ? page(call, found.read, typed) : found;
};

/** A drawing that the contact point sent to a unit, with its question and the unit's answer: for the two of them alone (FM-NCP-7). */
export const practiceQuestionPage = (call: SignedInCall): Promise<Answer> => draw(call, NOTHING_TYPED);

const GONE = { title: 'Spørgsmål om kvalitet', place: 'Tal', back: paths.home(), label: 'Mit arbejde' } as const;

/** The unit's answer, once. */
export const sendPracticeAnswer: FormHandle = Object.assign(
  async (call: SignedInCall): Promise<Answer> => {
    const typed = namelessIn(call);
    const done = await answerForPractice(call.house, call.visitor.token, idOf(call), typed);
    if (isRefused(done)) return done.kind === 'absent' && typed.text !== '' ? answerGone(call, typed, GONE) : done;
    if (done.kind === 'answered') return { kind: 'redirect', to: paths.practiceQuestion(idOf(call)), said: 'practice.answered' };
    return page(call, done.read, { ...typed, errors: done.kind === 'already' ? [{ message: 'En kollega har allerede svaret.' }] : namelessErrors(done.fault, typed.ticked) });
  },
  { again: (call: SignedInCall): Promise<Answer> => draw(call, { ...namelessIn(call), again: true }) },
);

/** Takes back what the contact point asked, before there is an answer. */
export const sendPracticeWithdrawal = async (call: SignedInCall): Promise<Answer> => {
  const done = await withdrawFromUnit(call.house, call.visitor.token, idOf(call));
  if (isRefused(done)) return done;
  return done.kind === 'withdrawn'
    ? { kind: 'redirect', to: paths.figureQuality(), said: 'practice.withdrawn' }
    : page(call, done.read, { ...NOTHING_TYPED, errors: [{ message: 'Enheden har svaret. Spørgsmålet kan ikke længere tages tilbage.' }] }, 'Enheden nåede at svare');
};
