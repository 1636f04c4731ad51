import type { OpenedCase } from '../../../app/open-case.js';
import { reviewedRefusal } from '../../../app/reviewed-refusal.js';
import { eventsOf, textOf, wordsOf } from '../../../app/texts.js';
import { unitMember } from '../../../domain/exit-case/circle.js';
import { ADVICE_TOPICS, type Question } from '../../../domain/exit-case/question.js';
import { decisivePositions, outcomeOf, type QuestionOutcome } from '../../../domain/exit-case/question-outcome.js';
import { CRITERIA } from '../../../domain/exit-case/vote.js';
import { copenhagenDate, formatDate, type PlainDate } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { paths } from '../../paths.js';
import { Alert } from '../../ui/alert.js';
import { Badge } from '../../ui/badge.js';
import { LinkButton } from '../../ui/buttons.js';
import { DueWords } from '../../ui/due.js';
import { Section } from '../../ui/layout.js';
import { Typed } from './act-links.js';
import type { CaseCall } from './case-page.js';

const KINDS: Readonly<Record<Question['kind'], string>> = { advice: 'Råd', decision: 'Endelig afgørelse', review: 'Prøvelse af afslaget' };
const STATUS = {
  open: ['waiting', 'Venter på svar'], answered: ['done', 'Besvaret'], returned: ['changed', 'Givet tilbage'], withdrawn: ['ended', 'Faldet bort'],
} as const;
const POSITIONS: Readonly<Record<Question['kind'], Readonly<Record<string, string>>>> = {
  advice: {},
  decision: { accept: 'Kandidaten optages', refuse: 'Kandidaten får afslag' },
  review: { accept: 'Afslaget ændres', refuse: 'Afslaget fastholdes' },
};

interface QuestionProps {
  readonly on: CaseCall;
  readonly question: unknown;
}

/** What the unit asks, and what it sent along, also later: all that the contact point sees of the case (FM-NCP-2, FM-CNF-4). */
export const QuestionAsked = ({ on: { opened }, question }: QuestionProps) => {
  const asked = eventsOf(opened, 'QuestionAsked').find(({ event }) => event.question === question);
  if (!asked) return null;
  const sent = eventsOf(opened, 'QuestionSupplemented').filter(({ event }) => event.question === question);
  const atDesk = asked.event.by === 'contactPoint';
  const heard = sent.filter(({ event }) => event.with === 'hearing');
  const spokeAt = ownPosition(opened, question)?.version ?? Infinity;
  return (
    <div class="asked">
      {asked.event.topic !== undefined && <p class="muted">{ADVICE_TOPICS.find((one) => one.value === asked.event.topic)?.label}</p>}
      {atDesk && <p class="muted">Kandidaten har selv henvendt sig til kontaktpunktet, og kontaktpunktet har bedt om prøvelsen.</p>}
      <Refusal on={{ opened }} question={question} />
      <Typed {...(atDesk ? { label: 'Kandidaten siger til afslaget' } : {})} text={textOf(opened, asked.version, 'text')} />
      {[asked, ...sent].map(({ event, version }) => {
        const texts = textsHandedOver(opened, version);
        return texts.length === 0 ? null : (
          <div key={version}>
            {version > spokeAt && <p class="mt-4"><strong>{`Sendt ${formatDate(event.on)}, efter at I gav jeres stilling:`}</strong></p>}
            {texts.map((text, at) => <blockquote key={at} class="typed">{text}</blockquote>)}
          </div>
        );
      })}
      {heard.map(({ event, version }) => <Typed key={version} label={`Kandidatens svar på høringen. Noteret ${formatDate(event.on)}, efter at ${version > spokeAt ? 'I gav jeres stilling' : 'spørgsmålet blev sendt'}`} text={textOf(opened, version, 'hearingAnswer')} />)}
      {atDesk && sent.length === heard.length && <p class="muted">{unitMember.test(opened.state, opened.actor) ? 'I har ikke sendt noget med fra sagen endnu. I er bedt om begrundelsen og det andet, kontaktpunktet skal have.' : 'Enheden har ikke sendt noget med fra sagen endnu. Den er bedt om begrundelsen og det andet, I skal have.'}</p>}
    </div>
  );
};

/** The newest position of the reader's authority, to an official who has the question. The custody officer is of DfK as well: he is of the unit. */
const ownPosition = ({ state, actor }: OpenedCase, id: unknown) => {
  const question = state.questions.questions.find((one) => one.id === id);
  return question?.takenBy.some(({ user }) => user === actor.user) ? question.positions.find((one) => one.authority === actor.authority) : undefined;
};

/** The day something first came to the question after the reader's authority gave its position, while it is open (FM-DEC-2). */
const overtakenOn = (opened: OpenedCase, question: Question): PlainDate | undefined => (question.status === 'open' && question.kind !== 'advice' ? ownPosition(opened, question.id)?.overtakenOn : undefined);
/** Whether there is such a question in the case: he may give another position, and need not. */
export const isOvertaken = (opened: OpenedCase): boolean => opened.state.questions.questions.some((one) => overtakenOn(opened, one) !== undefined);

const ANOTHER = { decision: 'contactPoint.decide', review: 'contactPoint.decideReview' } as const;
/** To an official: what came after his authority gave its position, and that it may give another while nobody has decided (FM-DEC-2, FM-LAW-1). */
const CameAfter = ({ on: { opened }, question }: { readonly on: CaseCall; readonly question: Question }) => {
  const on = overtakenOn(opened, question);
  if (on === undefined || question.kind === 'advice') return null;
  return (
    <Alert kind="info" title="Der er kommet nyt, efter at I gav jeres stilling" headingLevel={3}>
      <p class="alert-text">{`Det kom ${formatDate(on)} og står herunder. Ændrer det noget, så giv en ny stilling: den nyeste gælder. Den, I gav før, bliver stående i sagen.`}</p>
      <p class="mt-4 no-print"><LinkButton href={paths.act(opened.id, ANOTHER[question.kind], { question: question.id })}>Giv en ny stilling</LinkButton></p>
    </Alert>
  );
};

/** When the unit refused and what was not met. */
const Refusal = ({ on: { opened }, question }: { readonly on: Pick<CaseCall, 'opened'>; readonly question: unknown }) => {
  const refused = reviewedRefusal(opened, question);
  if (refused === undefined) return null;
  const criteria = CRITERIA.filter(({ value }) => refused.criteria.includes(value)).map(({ label }) => label);
  return <p>{`Enheden gav afslag ${formatDate(refused.on)}. Det er ikke opfyldt: ${criteria.join('. ')}.`}</p>;
};

/** The texts that went along, in the order in which they were picked, as far as this reader reads them. */
const textsHandedOver = (opened: OpenedCase, version: number): readonly string[] => {
  const { entries, places } = wordsOf(opened, version, 'bundle');
  if (!Array.isArray(entries)) return [];
  const placeOf = (at: number): number => (Array.isArray(places) && typeof places[at] === 'number' ? places[at] : at);
  return entries
    .map((text: unknown, at) => ({ text, place: placeOf(at) }))
    .sort((a, b) => a.place - b.place)
    .flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
};

const DECIDED: Readonly<Partial<Record<QuestionOutcome, string>>> = {
  accepted: 'kandidaten optages', refused: 'kandidaten får afslag', upheld: 'enhedens afslag fastholdes', overturned: 'enhedens afslag ændres, og kandidaten optages',
};
const names = new Intl.ListFormat('da', { type: 'conjunction' });
/** That it is decided, how, and by whose equal positions: otherwise one counts them together oneself (FM-DEC-1, FM-DEC-2). */
const Decided = ({ question }: { readonly question: Question }) => {
  const outcome = outcomeOf(question);
  const words = outcome && DECIDED[outcome];
  if (words === undefined || question.endedOn === undefined) return null;
  return <p><strong>{`Afgjort ${formatDate(question.endedOn)}: ${words}.`}</strong>{` ${names.format(decisivePositions(question).map(({ authority }) => authorityName(authority)))} er enige.`}</p>;
};

/** The positions that have been given, with all that was written, and the advice: to the unit what was answered, to an official what his colleagues hold (FM-DEC-2). */
export const Answered = ({ on: { opened }, question: id }: QuestionProps) => {
  const question = opened.state.questions.questions.find((one) => one.id === id);
  if (question === undefined) return null;
  const answered = eventsOf(opened, 'QuestionAnswered', 'QuestionReturned').filter(({ event }) => event.question === id).at(-1);
  return (
    <>
      <Decided question={question} />
      {eventsOf(opened, 'OfficialPositionGiven').filter(({ event }) => event.question === id).map(({ event, version }) => {
        const criterion = CRITERIA.find(({ value }) => value === event.criterion)?.label;
        const replaced = !question.positions.some((one) => one.version === version);
        return (
          <div key={version}>
            <Typed label={`${replaced ? 'Tidligere stilling, gælder ikke mere. ' : ''}${authorityName(event.authority)}: ${POSITIONS[question.kind][event.position] ?? ''}${criterion === undefined ? '' : `. ${criterion}`}`} text={textOf(opened, version, 'reasons') ?? '–'} />
            <Typed label={`Vejledning om klage, ${authorityName(event.authority)}`} text={textOf(opened, version, 'complaintRoute')} />
          </div>
        );
      })}
      {answered && <Typed label="Svar" text={textOf(opened, answered.version, 'advice')} />}
    </>
  );
};

/** The questions whose own words the reader may read: the unit's seats, and the officials who have them. */
export const questionsRead = (opened: OpenedCase): readonly Question[] =>
  opened.state.questions.questions.filter((one) => eventsOf(opened, 'QuestionAsked').some(({ event, version }) => event.question === one.id && opened.bodies.has(version)));

/** The questions of the case that the reader may read, newest first, with what was answered. */
export const Questions = ({ on }: { readonly on: CaseCall }) => {
  const { opened, call } = on;
  const today = copenhagenDate(call.now);
  const readable = questionsRead(opened);
  if (readable.length === 0) return null;
  return (
    <Section id="spoergsmaal" title="Kontaktpunktet" count={readable.length}>
      {readable.toReversed().map((question) => {
        const [kind, word] = STATUS[question.status];
        return (
          <article class="entry" key={question.id}>
            <h3>{KINDS[question.kind]}</h3>
            <p><Badge kind={kind}>{word}</Badge></p>
            <p class="muted small">{`Spurgt ${formatDate(question.askedOn)}. `}{question.status === 'open' && <>Frist: <DueWords due={question.due} today={today} /></>}</p>
            <CameAfter on={on} question={question} />
            <QuestionAsked on={on} question={question.id} />
            <Answered on={on} question={question.id} />
          </article>
        );
      })}
    </Section>
  );
};
