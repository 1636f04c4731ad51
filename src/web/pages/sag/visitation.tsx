import type { Action } from '../../../app/actions.js';
import { eventsOf, textOf } from '../../../app/texts.js';
import { type Seat, seatsOf, seatsToSpeak } from '../../../domain/exit-case/circle.js';
import { type Conclusion, mayReadConclusion } from '../../../domain/exit-case/conclusion.js';
import { MOTIVATIONS, NEEDS, SUITABILITIES } from '../../../domain/exit-case/conclusion-form.js';
import { tasksOf } from '../../../domain/exit-case/follows.js';
import { RELOCATION_NEEDS } from '../../../domain/exit-case/groundwork.js';
import { conclusionOf, CRITERIA, holderOf, verdict, votingSeats } from '../../../domain/exit-case/vote.js';
import { copenhagenDate, dueInWords, formatDate } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { mainCategory, mainCategoryLabel, registrationLabel, targetCategoryLabel } from '../../../domain/reference/target-group.js';
import { paths } from '../../paths.js';
import type { Answer } from '../../route.js';
import { Alert, NextStep } from '../../ui/alert.js';
import { Badge } from '../../ui/badge.js';
import { LinkButton } from '../../ui/buttons.js';
import { Empty } from '../../ui/empty.js';
import { Icon } from '../../ui/icon.js';
import { Section } from '../../ui/layout.js';
import { verbOf } from '../command-words.js';
import { ActLinks, Typed } from './act-links.js';
import { type CaseCall, casePage, nameOf } from './case-page.js';
import { Questions } from './questions.js';
import { pageActions } from './subjects.js';

const labelOf = (options: readonly { readonly value: string; readonly label: string }[], value: string): string => options.find((one) => one.value === value)?.label ?? value;
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
          <Section id="visitation" title="Visitation">
            <Empty title="Visitationen er ikke begyndt."><p>Når den begynder, vurderer myndighederne hver for sig motivation, egnethed og behov.</p></Empty>
            <ActLinks caseId={opened.id} actions={actions} names={['assessment.begin', 'inquiry.close']} primary />
          </Section>
        )
      : (
          <>
            <Next on={on} actions={actions} />
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
      <ActLinks caseId={opened.id} actions={actions} names={['assessment.targetGroup']} />
    </Section>
  );
};

/** One column an authority: given and readable, given and sealed, or not given. */
const Three = ({ on }: { readonly on: CaseCall }) => {
  const { opened, call } = on;
  const { state, actor } = opened;
  const today = copenhagenDate(call.now);
  const [mine] = seatsOf(state, actor.user);
  const seats = seatsToSpeak(state);
  return (
    <Section id="vurderinger" title={seats.length === 1 ? 'Vurderingen' : 'De tre vurderinger'}>
      <ul class="no-max-width plain-list three">
        {seats.map((seat) => {
          const conclusion = conclusionOf(state, seat);
          const holder = holderOf(state, seat);
          const due = tasksOf(state).find((task) => task.key === `assessment.submit:${seat}`)?.due;
          return (
            <li key={seat}>
              <h3>{holder ? authorityName(holder.authority) : 'Ingen repræsentant'}</h3>
              {conclusion === undefined
                ? (
                    <>
                      <Badge kind="absent">Ikke afgivet</Badge>
                      <p>{`${holder ? nameOf(on, holder.user) : 'Pladsen er tom'}.${due === undefined ? '' : ` Frist: ${dueInWords(due, today).toLowerCase()}.`}`}</p>
                    </>
                  )
                : mayReadConclusion(state, mine, seat)
                  ? <Conclusions conclusion={conclusion} />
                  : (
                      <>
                        <Badge kind="done">Afgivet</Badge>
                        <p>{`Afgivet ${formatDate(conclusion.on)}. Vises, når ${mine === undefined ? 'alle har afgivet deres' : 'din er afgivet'}.`}</p>
                      </>
                    )}
            </li>
          );
        })}
      </ul>
      <Agreement on={on} />
    </Section>
  );
};

const Conclusions = ({ conclusion }: { readonly conclusion: Conclusion }) => (
  <>
    {conclusion.outdatedOn === undefined ? <Badge kind="done">{`Afgivet ${formatDate(conclusion.on)}`}</Badge> : <Badge kind="changed">Skal afgives igen</Badge>}
    <dl>
      <dt>Motivation</dt><dd>{labelOf(MOTIVATIONS, conclusion.motivation)}</dd>
      <dt>Egnethed</dt><dd>{labelOf(SUITABILITIES, conclusion.suitability)}</dd>
      <dt>Behov</dt><dd>{conclusion.need === 'need' ? 'Har behov' : 'Har ikke behov'}</dd>
      <dt>Samlet</dt><dd>{conclusion.overall === 'accept' ? 'Bør optages' : 'Bør ikke optages'}</dd>
    </dl>
  </>
);

/** When all are in: what they agree on in one sentence, or that they do not and the two ways on (FM-ASM-7). */
const Agreement = ({ on: { opened } }: { readonly on: CaseCall }) => {
  const { state } = opened;
  const voting = votingSeats(state);
  if (state.decision.outcome !== undefined || voting.length < 2 || voting.some((seat) => conclusionOf(state, seat) === undefined)) return null;
  const { differs, result } = verdict(state);
  if (!differs) {
    return <p class="mt-4"><strong>{result === 'accept' ? 'Alle finder, at kandidaten bør optages.' : 'Alle finder, at kandidaten ikke bør optages.'}</strong></p>;
  }
  return (
    <Alert kind="info" title="I er ikke enige">
      <p>{result === 'split'
        ? 'To myndigheder står mod hinanden. Sagen skal forelægges kontaktpunktet.'
        : `Flertallet finder, at kandidaten ${result === 'accept' ? 'bør optages' : 'ikke bør optages'}. Enten afgør flertallet, eller en af jer forelægger sagen for kontaktpunktet.`}</p>
    </Alert>
  );
};

/** Reasons for and against face each other, an authority at a time, as far as the reader may read them (FM-ASM-12). */
const Opened = ({ on }: { readonly on: CaseCall }) => {
  const { opened } = on;
  const { state, actor } = opened;
  const [mine] = seatsOf(state, actor.user);
  const readable = seatsToSpeak(state).filter((seat) => conclusionOf(state, seat) !== undefined && mayReadConclusion(state, mine, seat));
  return (
    <>
      {readable.map((seat) => {
        const given = eventsOf(opened, 'ConclusionSubmitted').filter((one) => one.event.seat === seat).at(-1);
        const holder = holderOf(state, seat);
        if (!given) return null;
        const text = (field: string) => textOf(opened, given.version, field);
        return (
          <Section key={seat} id={`grunde-${seat}`} title={`Grunde: ${holder ? authorityName(holder.authority) : ''}`}>
            <Weigh title="Motivation" conclusion={labelOf(MOTIVATIONS, given.event.motivation)} pro={text('motivationFor')} con={text('motivationAgainst')} />
            <Weigh title="Egnethed" conclusion={labelOf(SUITABILITIES, given.event.suitability)} pro={text('suitabilityFor')} con={text('suitabilityAgainst')} />
            <Weigh title="Behov" conclusion={labelOf(NEEDS, given.event.need)} pro={text('needFor')} con={text('needAgainst')} />
            <Typed label="Bemærkninger" text={text('remarks')} />
            <Typed label="Hvorfor vurderingen er ændret" text={text('changeReason')} />
          </Section>
        );
      })}
    </>
  );
};

interface WeighProps {
  readonly title: string;
  readonly conclusion: string;
  readonly pro: string | undefined;
  readonly con: string | undefined;
}
const Weigh = ({ title, conclusion, pro, con }: WeighProps) => (
  <div class="weigh">
    <div class="weigh-head"><h3>{title}</h3><p>Konklusion: <strong>{conclusion}</strong></p></div>
    <div class="weigh-pair">
      <div><h4><Icon name="plus" />Taler for</h4><p class="typed">{pro ?? 'Ingen noteret'}</p></div>
      <div><h4><Icon name="minus" />Taler imod</h4><p class="typed">{con ?? 'Ingen noteret'}</p></div>
    </div>
  </div>
);

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
      <ActLinks caseId={opened.id} actions={actions} names={['assessment.recordObtained', 'assessment.clarifyRelocation', 'assessment.askAdvice']} />
    </Section>
  );
};

const Decision = ({ on: { opened }, actions }: PartProps) => {
  const { decision } = opened.state;
  const event = eventsOf(opened, 'CaseAccepted', 'CaseRefused').at(-1);
  return (
    <Section id="afgoerelse" title="Afgørelse">
      {decision.outcome && event && (
        <>
          <p>
            <strong>{decision.outcome.result === 'accepted' ? 'Kandidaten er optaget' : 'Kandidaten har fået afslag'}</strong>
            {`, ${formatDate(decision.outcome.on)}. ${METHODS[decision.outcome.method]}.`}
          </p>
          {decision.outcome.criteria.length > 0 && <p>{`Ikke opfyldt: ${decision.outcome.criteria.map((one) => labelOf(CRITERIA, one)).join('; ')}.`}</p>}
          <Typed text={textOf(opened, event.version, 'reasons')} />
        </>
      )}
      <ActLinks caseId={opened.id} actions={actions} names={[
        'decision.accept', 'decision.refuse', 'assessment.referToContactPoint', 'hearing.send', 'hearing.answer', 'decision.requestReview', 'assessment.interrupt', 'prevention.offer',
      ]} />
    </Section>
  );
};
