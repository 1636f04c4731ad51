import { requirementWords } from '../../../app/agreement-words.js';
import { eventsOf, textOf } from '../../../app/texts.js';
import { agreementInForce } from '../../../domain/exit-case/agreement.js';
import { courseUntil } from '../../../domain/exit-case/course.js';
import { FOLLOW_UP_OUTCOMES, type FollowUp, FULFILMENTS, MEASURE_STATUSES, nextFollowUp, SIGNS } from '../../../domain/exit-case/follow-up.js';
import { measureOf } from '../../../domain/exit-case/measure.js';
import { seesMeasure } from '../../../domain/access/scopes.js';
import { copenhagenDate, dueInWords, formatDate, formatDay, type PlainDate } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { paths } from '../../paths.js';
import type { Answer } from '../../route.js';
import { NextStep } from '../../ui/alert.js';
import { LinkButton } from '../../ui/buttons.js';
import { Empty } from '../../ui/empty.js';
import { Fold } from '../../ui/fold.js';
import { Section } from '../../ui/layout.js';
import { Table } from '../../ui/table.js';
import { narrowDate, shortDate } from '../../ui/when.js';
import { measureTitle } from '../../../app/measure-words.js';
import { ActLinks, Typed } from './act-links.js';
import { type CaseCall, casePage } from './case-page.js';
import { answerLabel, SignCurve } from './sign-curve.js';
import { Hearings } from './hearings.js';
import { pageActions, waitingForMe } from './subjects.js';

const SIGN_KEYS = Object.keys(SIGNS) as readonly (keyof typeof SIGNS)[];
const MARKS: Readonly<Record<string, readonly [string, string]>> = {
  agreed: ['yes', '✓'], met: ['yes', '✓'], partly: ['part', '≈'], not: ['no', '✕'], 'not-started': ['none', '–'], ended: ['end', '■'],
};
const WORDS = [...MEASURE_STATUSES, ...FULFILMENTS];

/** Follow-ups: the next date first, the four signs each by itself, measures and requirements as a grid (FM-CRS-1, screens.md). */
export function followUps(on: CaseCall): Answer {
  const { opened, call } = on;
  const { state } = opened;
  const today = copenhagenDate(call.now);
  const actions = pageActions(opened, call.now);
  const next = nextFollowUp(state);
  const held = state.course.followUps;
  const until = courseUntil(state);
  const canHold = actions.some((action) => action.name === 'followUp.hold' && action.possible);
  return casePage(on, {
    page: 'opfoelgning',
    children: (
      <>
        {next !== undefined && state.course.status === 'running' && (
          <NextStep lead="Næste opfølgning" title={formatDay(next)} {...(canHold ? { action: <LinkButton href={paths.act(opened.id, 'followUp.hold')} kind="primary">Hold opfølgningen</LinkButton> } : {})}>
            <p>{`${dueInWords(next, today)}.${held.length > 0 ? ' Udfyldes på forhånd med sidste gangs svar.' : ''}`}</p>
          </NextStep>
        )}
        <Section id="forloeb" title="Forløbet">
          {state.course.since === undefined
            ? <Empty title="Forløbet er ikke begyndt."><p>Det begynder, når aftalen er indgået. Så står opfølgningerne her.</p></Empty>
            : <p>{`Begyndt ${formatDate(state.course.since)}${state.course.endedOn === undefined ? (until === undefined ? '' : `, aftalt til ${formatDate(until)}`) : `, sluttet ${formatDate(state.course.endedOn)}`}.`}</p>}
          <Hearings on={on} about="interruption" />
          <ActLinks caseId={opened.id} actions={actions} first={new Set([...waitingForMe(opened), 'breach.record'])} names={['followUp.reschedule', 'course.extend', 'breach.record', 'breach.hear', 'sanction.refer', 'course.state', 'hearing.send', 'course.interrupt', 'course.complete', 'discharge.write']} />
        </Section>
        {held.length > 0 && <Signs held={held} today={today} />}
        {held.length > 0 && <Grid on={on} held={held} />}
        <Breaches on={on} />
      </>
    ),
  });
}

const Signs = ({ held, today }: { readonly held: readonly FollowUp[]; readonly today: PlainDate }) => {
  const shown = SIGN_KEYS.filter((sign) => held.some((one) => one.signs[sign] !== undefined));
  return (
    <Section id="tegn" title="Tegn på exit">
      <p class="muted mb-5">Hvert tegn står for sig og lægges ikke sammen.</p>
      <div class="signs">{shown.map((sign) => <SignCurve key={sign} sign={sign} followUps={held} today={today} />)}</div>
      <Fold summary="Vis som tabel">
        <Table caption="Tegn på exit ved hver opfølgning" quietCaption compact phone="scroll" rows={shown} rowKey={(sign) => sign} columns={[
          { label: 'Tegn', cell: (sign) => SIGNS[sign] },
          ...held.map((one) => ({ label: shortDate(one.on, today), cell: (sign: keyof typeof SIGNS) => answerLabel(one.signs[sign]) })),
        ]} />
      </Fold>
    </Section>
  );
};

interface GridRow {
  readonly key: string;
  readonly title: string;
  readonly area: string;
  readonly at: (one: FollowUp) => string | undefined;
}
const Grid = ({ on: { opened }, held }: { readonly on: CaseCall; readonly held: readonly FollowUp[] }) => {
  const { state, actor } = opened;
  const words = requirementWords(opened);
  const version = agreementInForce(state) ?? state.agreement.versions.at(-1);
  const rows: readonly GridRow[] = [
    ...(version?.measures ?? []).flatMap(({ measure: id }): readonly GridRow[] => {
      const measure = measureOf(state, id);
      if (!measure || !seesMeasure(state, actor.user, measure)) return [];
      return [{ key: id, title: measureTitle(opened, measure), area: authorityName(measure.authority), at: (one) => one.measures.find((each) => each.measure === id)?.status }];
    }),
    ...(version?.requirements ?? []).filter(({ id }) => words.has(id)).map(({ id }): GridRow => ({
      key: id, title: words.get(id) ?? '', area: 'Krav', at: (one) => one.requirements.find((each) => each.requirement === id)?.fulfilment,
    })),
  ];
  return (
    <Section id="gitter" title="Tiltag og krav">
      <Table caption="Tiltag og krav ved hver opfølgning" quietCaption phone="scroll" class="marks" rows={rows} rowKey={(row) => row.key} columns={[
        { label: 'Tiltag eller krav', cell: (row) => <>{row.title}<br /><span class="area">{row.area}</span></> },
        ...held.slice(-6).map((one) => ({ label: narrowDate(one.on), align: 'mid' as const, cell: (row: GridRow) => <Mark value={row.at(one)} /> })),
      ]} />
      {held.map((one) => {
        const event = eventsOf(opened, 'FollowUpHeld').find((each) => each.event.id === one.id);
        return event && <Typed key={one.id} label={`${formatDate(one.on)}, ${FOLLOW_UP_OUTCOMES.find((each) => each.value === event.event.outcome)?.label ?? ''}`} text={textOf(opened, event.version, 'note') ?? 'Ingen bemærkning.'} />;
      })}
    </Section>
  );
};

const Mark = ({ value }: { readonly value: string | undefined }) => {
  const mark = value === undefined ? undefined : MARKS[value];
  if (!mark) return <span class="sr-only">ikke med</span>;
  return (
    <>
      <span class={`mark ${mark[0]}`} aria-hidden="true">{mark[1]}</span>
      <span class="sr-only">{WORDS.find((one) => one.value === value)?.label.toLowerCase()}</span>
    </>
  );
};

/** What stands instead of the candidate's words. An account has them always: who does not get them is not among those it is shared with. */
const NOT_TOLD = { account: 'Kandidaten har fortalt sin side. Du er ikke blandt dem, den er delt med.', 'no-comment': 'Kandidaten ønskede ikke at sige noget.', unreachable: 'Kandidaten kunne ikke nås.' } as const;

const Breaches = ({ on: { opened } }: { readonly on: CaseCall }) => {
  const breaches = eventsOf(opened, 'BreachRecorded');
  if (breaches.length === 0) return null;
  const heard = eventsOf(opened, 'BreachHeard');
  return (
    <Section id="brud" title="Brud på aftalen" count={breaches.length}>
      {breaches.map(({ event, version }) => {
        const hearing = heard.findLast((one) => one.event.breach === event.breach);
        return (
          <article class="entry" key={event.breach}>
            <h3>{formatDate(event.on)}</h3>
            <Typed text={textOf(opened, version, 'what') ?? (event.kind === undefined ? 'Der er ikke skrevet, hvad der skete.' : 'Du er ikke blandt dem, beskrivelsen er delt med.')} />
            {hearing ? <Typed label="Kandidatens forklaring" text={textOf(opened, hearing.version, 'account') ?? NOT_TOLD[hearing.event.outcome]} /> : <p class="muted">Kandidaten er ikke hørt endnu.</p>}
          </article>
        );
      })}
    </Section>
  );
};
