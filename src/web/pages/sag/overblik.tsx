import { actionsOf } from '../../../app/actions.js';
import { happenings } from '../../../app/case-view.js';
import { phaseOf, tasksOf } from '../../../domain/exit-case/follows.js';
import { copenhagenDate } from '../../../domain/kernel/time.js';
import { paths } from '../../paths.js';
import type { Answer } from '../../route.js';
import { CanDo, type Possible } from '../../ui/can-do.js';
import { Fold } from '../../ui/fold.js';
import { Timeline } from '../../ui/timeline.js';
import { verbOf, weightOf } from '../command-words.js';
import { type CaseCall, type CaseNames, casePage, nameOf } from './case-page.js';

/** The case at a glance: the next thing to do, what cannot be done yet and why, and what happened last (screens.md). */
export function overview(on: CaseCall, names?: CaseNames): Answer {
  const { opened, call } = on;
  const today = copenhagenDate(call.now);
  const actions = actionsOf(opened, call.now);
  const tasks = tasksOf(opened.state);
  const due = (name: string) => tasks.find((task) => task.command === name)?.due;
  const possible = actions.filter((action) => action.possible && action.name !== 'journal.correct');
  const asPossible = ({ name, title }: (typeof actions)[number]): Possible => {
    const on = due(name);
    return { key: name, title, href: paths.act(opened.id, name), action: verbOf(name), ...(on === undefined ? {} : { due: on }) };
  };
  const byDue = (a: Possible, b: Possible): number => (a.due ?? '9999') < (b.due ?? '9999') ? -1 : (a.due ?? '9999') > (b.due ?? '9999') ? 1 : 0;
  const { phase } = phaseOf(opened.state);
  const isNow = ({ name }: { readonly name: string }): boolean => weightOf(name, phase) === 'now' || due(name) !== undefined;
  const others = possible.filter((action) => !isNow(action));
  const happened = happenings(opened);
  return casePage(on, {
    page: 'overblik',
    ...(names === undefined ? {} : { names }),
    children: (
      <>
        <CanDo
          today={today}
          possible={possible.filter(isNow).map(asPossible).sort(byDue)}
          impossible={actions.filter((action) => !action.possible && isNow(action)).map(({ name, title, why = '', rule }) => ({ key: name, title, why, ...(rule === undefined ? {} : { rules: [rule] }) }))}
        />
        {others.length > 0 && (
          <Fold summary="Andre handlinger">
            <ul class="plain-list links">
              {others.map((action) => <li key={action.name}><a href={paths.act(opened.id, action.name)}>{action.title}</a></li>)}
            </ul>
          </Fold>
        )}
      </>
    ),
    aside: (
      <section aria-labelledby="tidslinje">
        <h2 id="tidslinje">Tidslinje</h2>
        <Timeline now={call.now} items={happened.slice(0, 8).map((one) => ({ key: one.key, text: `${one.title} (${nameOf(on, one.actor)})`, at: one.at }))} />
        <p class="mt-4"><a href={paths.case(opened.id, 'journal')}>Hele tidslinjen</a></p>
      </section>
    ),
  });
}
