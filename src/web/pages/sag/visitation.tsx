import type { Action } from '../../../app/actions.js';
import { decisionOn } from '../../../app/documents.js';
import { eventsOf, textOf } from '../../../app/texts.js';
import { type Seat, seatsOf } from '../../../domain/exit-case/circle.js';
import { phaseOf, tasksOf } from '../../../domain/exit-case/follows.js';
import { RELOCATION_NEEDS } from '../../../domain/exit-case/groundwork.js';
import { decisivePositions } from '../../../domain/exit-case/question-outcome.js';
import { CRITERIA } from '../../../domain/exit-case/vote.js';
import { copenhagenDate, dueInWords, formatDate } from '../../../domain/kernel/time.js';
import { mainCategory, mainCategoryLabel, registrationLabel, targetCategoryLabel } from '../../../domain/reference/target-group.js';
import { paths } from '../../paths.js';
import type { Answer } from '../../route.js';
import { NextStep } from '../../ui/alert.js';
import { Badge } from '../../ui/badge.js';
import { LinkButton } from '../../ui/buttons.js';
import { Empty } from '../../ui/empty.js';
import { Section } from '../../ui/layout.js';
import { stepsOf, verbOf } from '../command-words.js';
import { ActLinks, Typed } from './act-links.js';
import { type CaseCall, casePage } from './case-page.js';
import { labelOf, Opened, Three } from './conclusions.js';
import { Questions, questionsRead } from './questions.js';
import { Hearings } from './hearings.js';
import { TheInquiry } from './the-inquiry.js';
import { pageActions, waitingForMe } from './subjects.js';

const METHODS = { unanimous: 'Enstemmigt', majority: 'Ved flertal', custody: 'Truffet af Kriminalforsorgen', contactPoint: 'Truffet af kontaktpunktet' } as const;

/** The assessment: what is missing first, then target group, the authorities side by side, and what came of it (screens.md). */
export function visitation(on: CaseCall): Answer {
  const { opened, call } = on;
  const { state } = opened;
  const actions = pageActions(opened, call.now);
  return casePage(on, {
    page: 'visitation',
    children: state.assessment.begun === undefined
      ? (
          <>
            <TheInquiry on={on} />
            <Section id="visitation" title="Visitation">
              <Empty title="Visitationen er ikke begyndt."><p>Når den begynder, vurderer myndighederne hver for sig motivation, egnethed og behov.</p></Empty>
              <ActLinks caseId={opened.id} actions={actions} names={['assessment.begin', 'inquiry.close']} primary />
            </Section>
          </>
        )
      : (
          <>
            <Next on={on} actions={actions} />
            <TheInquiry on={on} />
            <TargetGroup on={on} actions={actions} />
            <Three on={on} />
            <Opened on={on} />
            <Groundwork on={on} actions={actions} />
            <Questions on={on} />
            <Decision on={on} actions={actions} />
          </>
        ),
  });
}

interface PartProps {
  readonly on: CaseCall;
  readonly actions: readonly Action[];
}

/** The most urgent of what the reader can do here. */
const Next = ({ on: { opened, call }, actions }: PartProps) => {
  const today = copenhagenDate(call.now);
  const waiting = tasksOf(opened.state).find((task) => actions.some((action) => action.name === task.command && action.possible && action.page === 'visitation')
    && 'seat' in task.owner && seatsOf(opened.state, opened.actor.user).includes(task.owner.seat));
  if (!waiting) return null;
  return (
    <NextStep lead={dueInWords(waiting.due, today)} title={waiting.title} action={<LinkButton href={paths.act(opened.id, waiting.command)} kind="primary">{verbOf(waiting.command)}</LinkButton>} />
  );
};

const TargetGroup = ({ on: { opened }, actions }: PartProps) => {
  const { targetGroup, assessment } = opened.state;
  const { category, registration } = targetGroup;
  const latest = eventsOf(opened, 'TargetGroupSet').at(-1);
  return (
    <Section id="maalgruppe" title="Målgruppe">
      {category === undefined
        ? <p>Ikke angivet endnu.</p>
        : (
            <div class="target">
              <p>
                <strong>{category === 'outside' ? 'Uden for målgruppen' : `Kategori ${category}: ${targetCategoryLabel(category)}`}</strong>
                <br />
                <span class="muted">
                  {category === 'outside' ? '' : `${mainCategoryLabel(mainCategory(category))}. `}
                  {assessment.begun && `Rammemodellen fra ${assessment.begun.framework}, fordi visitationen begyndte ${formatDate(assessment.begun.on)}.`}
                </span>
              </p>
              {registration
                ? <p><Badge kind="done">Bekræftet af politiet</Badge><br /><span class="muted">{`${registrationLabel(registration.status)}, ${formatDate(registration.on)}. Status, da visitationen begyndte.`}</span></p>
                : <p><Badge kind="absent">Ikke bekræftet af politiet</Badge></p>}
            </div>
          )}
      {latest && <Typed text={textOf(opened, latest.version, 'reason') ?? textOf(opened, latest.version, 'text')} />}
      <ActLinks caseId={opened.id} actions={actions} names={['assessment.targetGroup'].filter((name) => waitingForMe(opened).has(name))} />
    </Section>
  );
};

const SEAT_NOUNS: Readonly<Record<Seat, string>> = { police: 'Politiet', municipal: 'Kommunen', probation: 'Kriminalforsorgen', custody: 'Direktoratet for Kriminalforsorgen' };

const Groundwork = ({ on: { opened }, actions }: PartProps) => {
  const { groundwork } = opened.state;
  const relocation = eventsOf(opened, 'RelocationClarified').at(-1);
  return (
    <Section id="grundlag" title="Grundlag">
      <dl class="pairs">
        <dt>Behov for flytning</dt>
        <dd>{groundwork.relocation === undefined ? 'Ikke afklaret' : `${labelOf(RELOCATION_NEEDS, groundwork.relocation.need)} (${formatDate(groundwork.relocation.on)})`}</dd>
        {groundwork.obtained.map((one) => (
          <>
            <dt>{`Egne oplysninger, ${SEAT_NOUNS[one.seat]}`}</dt><dd>{`Indhentet ${formatDate(one.on)}`}</dd>
          </>
        ))}
      </dl>
      {relocation && <Typed text={textOf(opened, relocation.version, 'reason')} />}
      <ActLinks caseId={opened.id} actions={actions} names={['assessment.recordObtained', 'assessment.clarifyRelocation'].filter((name) => waitingForMe(opened).has(name))} />
    </Section>
  );
};

/** Why it was decided so. The contact point's reasons are those of every official whose position it is: they stand with the question, or in the letter for who reads that alone. */
const Reasons = ({ on: { opened }, version }: Pick<PartProps, 'on'> & { readonly version: number }) => {
  const decided = opened.state.decision.outcome?.method === 'contactPoint' ? opened.state.questions.questions.findLast((one) => decisivePositions(one).length > 0) : undefined;
  if (decided !== undefined && questionsRead(opened).includes(decided)) return <p>Begrundelserne står under <a href="#spoergsmaal">Kontaktpunktet</a>.</p>;
  const letter = decided && decisionOn(opened, decided.id);
  return letter ? <p>Begrundelserne står i <a href={paths.document(opened.id, letter.key)}>afgørelsen (PDF)</a>.</p> : <Typed text={textOf(opened, version, 'reasons')} />;
};

const DECIDING = ['decision.accept', 'decision.refuse', 'assessment.referToContactPoint', 'hearing.send', 'hearing.answer', 'decision.requestReview', 'decision.supplementReview', 'assessment.interrupt', 'prevention.offer'];

const Decision = ({ on, actions }: PartProps) => {
  const { opened } = on;
  const { decision } = opened.state;
  const event = eventsOf(opened, 'CaseAccepted', 'CaseRefused').at(-1);
  const mine = waitingForMe(opened);
  const { blocked } = stepsOf(phaseOf(opened.state).phase);
  return (
    <Section id="afgoerelse" title="Afgørelse">
      {decision.outcome && event && (
        <>
          <p>
            <strong>{decision.outcome.result === 'accepted' ? 'Kandidaten er optaget' : 'Kandidaten har fået afslag'}</strong>
            {`, ${formatDate(decision.outcome.on)}. ${METHODS[decision.outcome.method]}.`}
          </p>
          {decision.outcome.criteria.length > 0 && <p>{`Ikke opfyldt: ${decision.outcome.criteria.map((one) => labelOf(CRITERIA, one)).join('; ')}.`}</p>}
          <Reasons on={on} version={event.version} />
        </>
      )}
      {!decision.outcome && <p>Der er ikke truffet afgørelse.</p>}
      <Hearings on={on} about="decision" />
      <ActLinks caseId={opened.id} actions={actions.filter(({ name, possible }) => possible || blocked.includes(name))} first={mine} names={[
        ...DECIDING, ...['assessment.targetGroup', 'assessment.recordObtained', 'assessment.clarifyRelocation', 'assessment.askAdvice', 'assessment.submit'].filter((name) => !mine.has(name)),
      ]} />
    </Section>
  );
};
