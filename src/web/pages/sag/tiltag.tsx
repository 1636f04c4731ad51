import type { Action } from '../../../app/actions.js';
import { eventsOf, wordsOf } from '../../../app/texts.js';
import { seesMeasure } from '../../../domain/access/scopes.js';
import { isFullMember } from '../../../domain/exit-case/circle.js';
import { type Measure, startDue } from '../../../domain/exit-case/measure.js';
import { copenhagenDate, daysBetween, formatDate } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { measureAreaLabel, measureType, payerLabel } from '../../../domain/reference/measures.js';
import type { Answer } from '../../route.js';
import { Badge, type BadgeKind } from '../../ui/badge.js';
import { DueWords } from '../../ui/due.js';
import { Empty } from '../../ui/empty.js';
import { Section } from '../../ui/layout.js';
import { measureTitle } from '../../../app/measure-words.js';
import { ActLinks, Typed } from './act-links.js';
import { type CaseCall, casePage } from './case-page.js';
import { pageActions } from './subjects.js';

const STATUS: Readonly<Record<Measure['status'], readonly [BadgeKind, string]>> = {
  proposed: ['absent', 'Foreslået'], requested: ['waiting', 'Ansøgt'], granted: ['decided', 'Bevilget'], refused: ['ended', 'Afslået'], started: ['done', 'I gang'],
  completed: ['done', 'Gennemført'], stopped: ['ended', 'Stoppet'],
};
/** What can be asked of a measure in each state; the rule says the rest. */
const NEXT: Readonly<Record<Measure['status'], readonly string[]>> = {
  proposed: ['measure.request', 'measure.decide', 'measure.setOwner'], requested: ['measure.decide', 'measure.chooseLater', 'measure.setOwner'], granted: ['measure.start', 'measure.chooseLater', 'measure.setOwner'],
  refused: [], started: ['measure.report', 'measure.complete', 'measure.stop', 'measure.setOwner'], completed: [], stopped: [],
};

/** The measures, one after the other: state, owner, next deadline, and the buttons of those whose they are (screens.md). */
export function measures(on: CaseCall): Answer {
  const { opened, call } = on;
  const { state, actor } = opened;
  const actions = pageActions(opened, call.now);
  const seen = state.measures.measures.filter((measure) => seesMeasure(state, actor.user, measure));
  const hidden = isFullMember(state, actor.user) ? state.measures.measures.length - seen.length : 0;
  return casePage(on, {
    page: 'tiltag',
    children: (
      <Section id="tiltag" title="Tiltag" count={seen.length}>
        <ActLinks caseId={opened.id} actions={actions} names={['measure.propose']} primary />
        {seen.length === 0 && <Empty title="Der er ikke foreslået tiltag endnu."><p>Hvert tiltag besluttes af den myndighed, der har ansvaret, efter dens egen lov.</p></Empty>}
        {seen.map((measure) => <OneMeasure key={measure.id} on={on} measure={measure} actions={actions} />)}
        {hidden > 0 && <p class="muted">{hidden === 1 ? 'Et tiltag hos en anden myndighed.' : `${hidden} tiltag hos andre myndigheder.`}</p>}
      </Section>
    ),
  });
}

interface OneProps {
  readonly on: CaseCall;
  readonly measure: Measure;
  readonly actions: readonly Action[];
}

const OneMeasure = ({ on: { opened, call }, measure, actions }: OneProps) => {
  const today = copenhagenDate(call.now);
  const type = measureType(measure.measureType, measure.proposedOn);
  const [kind, word] = STATUS[measure.status];
  const due = measure.status === 'completed' || measure.status === 'stopped' || measure.status === 'refused' || measure.status === 'started' ? undefined : startDue(measure);
  const words = eventsOf(opened, 'MeasureProposed', 'MeasureDecided', 'MeasureReported', 'MeasureStopped').filter((one) => one.event.measure === measure.id);
  return (
    <article class="entry" aria-labelledby={`t-${measure.id}`}>
      <h3 id={`t-${measure.id}`}>{measureTitle(opened, measure)}</h3>
      <p><Badge kind={kind}>{word}</Badge></p>
      <dl class="pairs">
        <dt>Ansvarlig</dt><dd>{authorityName(measure.authority)}</dd>
        {type && <><dt>Område</dt><dd>{measureAreaLabel(type.area)}</dd><dt>Betaler</dt><dd>{payerLabel(type.payer)}</dd></>}
        {due !== undefined && <><dt>Skal begynde</dt><dd><DueWords due={due} today={today} />{` (${formatDate(due)})`}</dd></>}
        {measure.requestedOn !== undefined && <><dt>Ansøgt</dt><dd>{`${formatDate(measure.requestedOn)}${measure.statutoryBy === undefined ? '' : `, lovens frist ${formatDate(measure.statutoryBy)}`}`}</dd></>}
        {measure.decidedOn !== undefined && <><dt>Afgjort</dt><dd>{formatDate(measure.decidedOn)}</dd></>}
        {measure.startedOn !== undefined && <><dt>Begyndt</dt><dd>{formatDate(measure.startedOn)}</dd></>}
        {measure.endedOn !== undefined && <><dt>Sluttet</dt><dd>{formatDate(measure.endedOn)}</dd></>}
      </dl>
      {measure.requestedOn !== undefined && measure.statutoryBy !== undefined && measure.startedOn === undefined && measure.status !== 'refused'
        && <Pips from={measure.requestedOn} by={measure.statutoryBy} today={today} />}
      {words.map(({ version }) => Object.entries(wordsOf(opened, version)).map(([field, text]) => (typeof text === 'string' && field !== 'title' ? <Typed key={`${version}${field}`} text={text} /> : null)))}
      <ActLinks caseId={opened.id} actions={actions} names={NEXT[measure.status]} choice={{ measure: measure.id }} />
    </article>
  );
};

/** A day a pip, from the request to the last day the law allows; said in words too. */
const Pips = ({ from, by, today }: { readonly from: Measure['proposedOn']; readonly by: Measure['proposedOn']; readonly today: Measure['proposedOn'] }) => {
  const all = daysBetween(from, by);
  const gone = Math.min(all, Math.max(0, daysBetween(from, today)));
  const left = daysBetween(today, by);
  return <p class="muted small">{left < 0 ? `Lovens frist på ${all} dage er overskredet.` : `Dag ${gone} af ${all}. ${left === 1 ? '1 dag' : `${left} dage`} tilbage.`}</p>;
};
