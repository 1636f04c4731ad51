import type { Action } from '../../../app/actions.js';
import { happenings } from '../../../app/case-view.js';
import { refusedBy } from '../../../app/house.js';
import { isFullMember } from '../../../domain/exit-case/circle.js';
import { phaseOf, type TaskRow, taskRows, tasksOf } from '../../../domain/exit-case/follows.js';
import { watchRows } from '../../../domain/exit-case/renewal.js';
import type { CasePage } from '../../../domain/kernel/command.js';
import { copenhagenDate } from '../../../domain/kernel/time.js';
import { paths } from '../../paths.js';
import type { Answer } from '../../route.js';
import { CanDo, type Possible } from '../../ui/can-do.js';
import { DueWords, isFarOff } from '../../ui/due.js';
import { Fold } from '../../ui/fold.js';
import { Section } from '../../ui/layout.js';
import { Timeline } from '../../ui/timeline.js';
import { othersTitle, stepsOf, verbOf } from '../command-words.js';
import { choiceOf, isAcute, onlyOthers } from '../task-choice.js';
import { type CaseCall, type CaseNames, casePage, PAGE_LABELS } from './case-page.js';
import { isOtherOver, OtherCase } from './other-case.js';
import { isOvertaken, Questions } from './questions.js';
import { isAboutOneThing, pageActions } from './subjects.js';
import { deletionWords } from './retention.js';
import { ReadTheInquiry } from './the-inquiry.js';
import { lines } from './tidslinje.js';
import { WhoseUnit } from './whose-unit.js';

/** The case at a glance: the next thing to do, what cannot be done yet and why, and what happened last (screens.md). */
export async function overview(on: CaseCall, names?: CaseNames): Promise<Answer> {
  try {
    return drawn(on, await isOtherOver(on), names);
  } catch (error) {
    return refusedBy(error);
  }
}

function drawn(on: CaseCall, over: boolean, names?: CaseNames): Answer {
  const { opened, call } = on;
  const today = copenhagenDate(call.now);
  const actions = pageActions(opened, call.now);
  // As on the front page: what somebody's leaving brings forward is due the day it is seen (FM-WORK-7).
  const left = watchRows(opened.state).filter((row) => row.if_left !== null && on.left?.has(row.if_left) === true).map((row) => ({ ...row, due: today }));
  const tasks = [...left, ...taskRows(opened.state)].filter((row) => row.reader === opened.actor.user);
  const mine = tasks.filter((row) => row.mine);
  const steps = stepsOf(phaseOf(opened.state).phase);
  const asked = new Set(tasks.map((row) => row.command));
  const open = actions.filter(({ name, possible }) => possible && steps.open.includes(name) && !asked.has(name) && !(name === 'consent.give' && opened.state.consent.status === 'given'));
  const inPlace = inPlaceOf(on, tasks, actions).filter((row) => !isFarOff(row, today));
  const shown = new Set([...[...mine, ...inPlace].map((row) => row.command), ...open.map(({ name }) => name)]);
  const others = actions.filter(({ name, possible }) => possible && !shown.has(name) && !isAboutOneThing(name));
  const happened = happenings(opened);
  const offered = mine.filter((row) => !isTooEarly(row, actions));
  const [near, far] = [offered.filter((row) => !isFarOff(row, today)), offered.filter((row) => isFarOff(row, today))];
  const asPossible = (row: TaskRow): Possible => ({
    key: row.key, title: row.title, href: paths.act(opened.id, row.command, choiceOf(row.key)), action: verbOf(row.command), due: row.due,
    ...(row.mine ? {} : { note: `Venter på ${row.owner}. Du kan også gøre det.` }),
  });
  const possible: readonly Possible[] = [
    // Where life is or was in danger before all else, however late the rest is, as on the front page.
    ...[...near.filter(isAcute), ...[...near.filter((row) => !isAcute(row))].sort((a, b) => Number(isLast(b)) - Number(isLast(a))), ...inPlace].map(asPossible),
    ...open.map(({ name, title }): Possible => ({ key: name, title, href: paths.act(opened.id, name), action: verbOf(name) })),
    // What is due in half a year is no next step.
    ...far.map(asPossible),
  ];
  return casePage(on, {
    page: 'overblik',
    ...(names === undefined ? {} : { names }),
    children: (
      <>
        <Questions on={on} />
        <OtherCase on={on} over={over} />
        <ReadTheInquiry on={on} />
        {isFullMember(opened.state, opened.actor.user) && deletionWords(on) !== undefined && <p>{deletionWords(on)}</p>}
        <CanDo
          {...(isOvertaken(opened) ? { nothing: 'Der er kommet nyt, efter at I gav jeres stilling. Se det under Kontaktpunktet: ændrer det noget, kan du give en ny.' } : {})}
          today={today} possible={possible} calm={near.length + inPlace.length === 0 && tasks.length > 0}
          impossible={actions.filter(({ name, possible: can }) => !can && (steps.blocked.includes(name) || shown.has(name))).map(({ name, title, why = '', rule }) => ({ key: name, title, why, ...(rule === undefined ? {} : { rules: [rule] }) }))}
        />
        <Waiting rows={onlyOthers(tasks).filter((row) => !inPlace.includes(row))} today={today} />
        <Others on={on} actions={others} />
        <WhoseUnit on={on} />
      </>
    ),
    aside: (
      <section aria-labelledby="tidslinje">
        <h2 id="tidslinje">Tidslinje</h2>
        <Timeline now={call.now} items={lines(on, happened.slice(0, 8))} />
        {happened.length > 8 && <p class="mt-4"><a href={paths.case(opened.id, 'tidslinje')}>Hele tidslinjen</a></p>}
      </section>
    ),
  });
}

/** An official's position while the unit is waited for: it is his to give, from a day that is said among what cannot be done yet (FM-DEC-2). */
const isTooEarly = ({ command }: TaskRow, actions: readonly Action[]): boolean => command === 'contactPoint.decideReview' && actions.some(({ name, possible }) => name === command && !possible);

/** A case that is to end as a double has that before it and nothing else, whatever else is due in it (FM-INT-3). */
const isLast = ({ command }: TaskRow): boolean => command === 'case.markDuplicate';

/** What is the contact person's to do, and waits on nothing else when the unit does it: of a part of the agreement, being possible does not say that this one is. */
const IN_PLACE: readonly string[] = ['followUp.hold', 'course.extend', 'course.complete'];

/** What waits for the contact person, and the unit may do as well: a follow-up that he has not held (FM-CRS-1). */
const inPlaceOf = ({ opened: { state } }: CaseCall, tasks: readonly TaskRow[], actions: readonly Action[]): readonly TaskRow[] => {
  const ofContact = new Set(tasksOf(state).filter(({ owner }) => 'user' in owner && owner.user === state.agreement.contactPerson).map(({ key }) => key));
  const can = new Set(actions.filter(({ possible, name }) => possible && IN_PLACE.includes(name)).map(({ name }) => name));
  return tasks.filter((row) => !row.mine && ofContact.has(row.key) && can.has(row.command));
};

/** Whose turn it is, when it is not the reader's. */
const Waiting = ({ rows, today }: { readonly rows: readonly TaskRow[]; readonly today: TaskRow['due'] }) => rows.length === 0 ? null : (
  <Section id="venter" title="Venter på andre">
    <ul class="no-max-width plain-list waits">
      {rows.map((row) => (
        <li key={row.key}>{othersTitle(row.title, row.owner)}<br /><span class="muted small">{`${row.owner} · `}<DueWords due={row.due} today={today} /></span></li>
      ))}
    </ul>
  </Section>
);

/** Everything else that can be done, under the pages it belongs to. */
const Others = ({ on: { opened }, actions }: { readonly on: CaseCall; readonly actions: readonly Action[] }) => {
  const pages = [...new Set(actions.map(({ page }) => page))].sort((a, b) => order(a) - order(b));
  return pages.length === 0 ? null : (
    <Fold summary="Andre handlinger">
      {pages.map((page) => (
        <div key={page} class="others">
          <h3>{page === 'overblik' ? 'Sagen' : PAGE_LABELS.get(page)}</h3>
          <ul class="plain-list links">
            {actions.filter((action) => action.page === page).map((action) => <li key={action.name}><a href={paths.act(opened.id, action.name)}>{action.title}</a></li>)}
          </ul>
        </div>
      ))}
    </Fold>
  );
};
const order = (page: CasePage): number => [...PAGE_LABELS.keys()].indexOf(page);
