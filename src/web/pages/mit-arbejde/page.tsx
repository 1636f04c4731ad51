import { refusedBy } from '../../../app/house.js';
import { mayAskGuidance, mayOpenInEmergency } from '../../../domain/access/functions.js';
import { typeTitle } from '../../../domain/exit-case/event-titles.js';
import { CHANNELS } from '../../../domain/exit-case/inquiry.js';
import { addDays, copenhagenDate, daysBetween, dueInWords, formatDate, formatDay, formatInstant, formatTime, type Instant, type PlainDate, weekday } from '../../../domain/kernel/time.js';
import { municipalityName } from '../../../domain/reference/denmark.js';
import { unitName } from '../../../domain/reference/authorities.js';
import { listWeekQuestions, type WeekQuestionRow } from '../../../store/access-log.js';
import { type InboxRow, listInbox, listNews, listQuestions, listTasks, type NewsRow, type QuestionRow, type TaskListRow } from '../../../store/lists.js';
import { type Approval, listApprovals } from '../../../store/approvals.js';
import { emergenciesTold } from '../../../store/emergency.js';
import type { Hit } from '../../../store/matching/hits.js';
import { type DeskHit, listMatchDesk } from '../../../store/matching/tellings.js';
import { notificationsWaiting } from '../../../store/notifications.js';
import { type OpenedUnattended, unitDuties, type UnitDuties } from '../../../store/people.js';
import { listTexts } from '../../../store/texts-outside-cases.js';
import { listUnitNamings, type UnitNamingRow } from '../../../store/unit-naming.js';
import type { FiguresFilled } from '../../figures-filled.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { isFarOff } from '../../ui/due.js';
import { Fold } from '../../ui/fold.js';
import { Inbox, type InboxItem } from '../../ui/inbox.js';
import { PageHead, Section } from '../../ui/layout.js';
import { Timeline, type TimelineItem } from '../../ui/timeline.js';
import { type Todo, TodoList } from '../../ui/todo-list.js';
import { othersTitle, verbOf } from '../command-words.js';
import { REVIEW_TOLD_DAYS } from '../enhed/page.js';
import { DeletionsLink, leadsToDeletions } from '../slettede-sager/link.js';
import { isOnlyAuditor, signedInPage } from '../signed-in-page.js';
import { emergencyTodo } from '../noedopslag/page.js';
import { StillTelling } from '../still-filling.js';
import { notificationsTodo } from '../underretninger/todo.js';
import { unitNamingTodo } from '../uden-enhed/todo.js';
import { practiceTodo } from '../tal/practice-todo.js';
import { guidanceTodo } from '../vejledning/todo.js';
import { APPROVALS } from '../godkendelser/words.js';
import { askedAgainOn, hasteWords, unitsOf, waitsForTelling } from '../sammenfald/words.js';
import { Overtaken } from '../spoergsmaal/overtaken.js';
import { positionDay, standingOf } from '../spoergsmaal/words.js';
import { choiceOf, isAcute, onlyOthers } from '../task-choice.js';

const todo = (task: TaskListRow): Todo => ({
  key: `${task.case_id} ${task.key}`, title: task.mine ? task.title : othersTitle(task.title, task.owner), due: task.due, href: task.mine ? paths.act(task.case_id, task.command, choiceOf(task.key)) : paths.case(task.case_id),
  action: task.mine ? verbOf(task.command) : 'Se sagen', place: task.number, placeHref: paths.case(task.case_id), label: task.label, ...(task.mine ? {} : { who: task.owner }),
});

/** It ends as a double and does not haste: nobody need take it (FM-INT-3). */
const mayCloseUnread = (row: InboxRow): boolean => row.ends_as_double && !row.urgent;

/** What the keeper of the inbox does with it. */
const actOn = (row: InboxRow) => ({ href: paths.take(row.case_id), action: mayCloseUnread(row) ? 'Tag eller luk henvendelsen' : 'Tag henvendelsen' });

const inboxItem = (today: PlainDate, opened: readonly OpenedUnattended[]) => (row: InboxRow): InboxItem => ({
  number: row.number, receivedAt: row.received_at, urgent: row.urgent, ...actOn(row),
  about: [
    CHANNELS.find((one) => one.value === row.channel)?.label ?? '', row.municipality === null ? '' : municipalityName(row.municipality),
    row.ends_as_double ? `Kontaktpunktet har afgjort, at den slutter som dublet${row.urgent ? '. Den haster, og ingen har læst den: tag den først' : ''}` : '',
    row.due < today || mayCloseUnread(row) ? '' : `Skal tages: ${dueInWords(row.due, today).toLowerCase()}`,
  ].filter((part) => part !== '').join('. ') + '.',
  ...(row.due < today && !mayCloseUnread(row) ? { late: shouldHaveBeen(daysBetween(row.due, today)) } : {}),
  ...opened.filter((one) => one.case === row.case_id).map(({ at }) => ({ acute: `Sikkerhedskortet blev åbnet ${hour(at, today)}` }))[0],
});
const shouldHaveBeen = (days: number): string => `Skulle være taget ${days === 1 ? 'i går' : `for ${days} dage siden`}.`;

/** Somebody fears for his safety, and nobody has read what he said: a line of its own, beside the inbox (FM-INT-2). What stands first because a card was opened stands there once. */
const urgentTodo = (today: PlainDate, opened: readonly OpenedUnattended[]) => (row: InboxRow): readonly Todo[] =>
  !row.urgent || opened.some((one) => one.case === row.case_id) ? [] : [{
    key: `urgent ${row.case_id}`, title: 'Haster: personen er bange for sin sikkerhed', due: row.due, place: row.number, ...actOn(row), who: `Modtaget ${hour(row.received_at, today)}`,
  }];

/** 'Indbakken: 2 henvendelser, én haster'. */
const inboxWords = (rows: readonly InboxRow[]): string => {
  const urgent = rows.filter((row) => row.urgent).length;
  const all = rows.length === 1 ? 'én henvendelse' : `${rows.length} henvendelser`;
  return `Indbakken: ${all}${urgent === 0 ? '' : rows.length === 1 ? ', og den haster' : `, ${urgent === 1 ? 'én' : urgent} haster`}`;
};

const byDue = (a: { readonly due: PlainDate }, b: { readonly due: PlainDate }): number => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0);
const SUNDAY = 7;

/** Of the inbox: where a card was opened first, then what is urgent, then by what is due. */
const byDanger = (opened: readonly OpenedUnattended[]) => (a: InboxRow, b: InboxRow): number => {
  const inDanger = (row: InboxRow): number => (opened.some((one) => one.case === row.case_id) ? 0 : row.urgent ? 1 : 2);
  return inDanger(a) - inDanger(b) || byDue(a, b);
};

/** A position that the official would be refused today, for the unit is waited for: from when he may give it, and the case to look at (FM-DEC-2). */
const tooEarly = (lying: readonly QuestionRow[], today: PlainDate) => (task: TaskListRow): Partial<Todo> => {
  const asked = task.command === 'contactPoint.decideReview' ? lying.find((row) => row.id === choiceOf(task.key)['question']) : undefined;
  const from = asked && positionDay(asked, today);
  return from === undefined ? {} : { href: paths.case(task.case_id), action: 'Se sagen', who: `Fra ${formatDate(from)}, eller når enheden har sendt` };
};

const QUESTION_TITLES: Readonly<Record<QuestionRow['kind'], string>> = { advice: 'Giv råd', decision: 'Træf endelig afgørelse', review: 'Tag stilling til et afslag' };
/** One that lacks an authority, and his is not in it yet; what he has taken is a task of the case's own (FM-NCP-2). */
const question = (row: QuestionRow): Todo => ({ key: row.id, title: QUESTION_TITLES[row.kind], due: row.due, place: row.number, who: unitName(row.unit), href: paths.question(row.id), action: 'Tag spørgsmålet' });

/** Which of the two hastes, where one does and nobody has taken it (FM-INT-3). */
const hastily = (row: Hit, title: string): string => [title, hasteWords(row)].filter((part) => part !== undefined).join('. ');
const match = (row: Hit): Todo => ({
  key: row.id, title: hastily(row, 'Se, om to sager er om samme person'), due: row.due, place: row.numbers.join(' og '), who: unitsOf(row).join(', '),
  href: paths.match(row.id), action: 'Se de to sager',
});

/** One person, and nobody has decided who is told, or a unit was not reached: due the day it was settled. */
const telling = (row: DeskHit): Todo => ({
  ...match(row), title: hastily(row, row.untold > 0 ? 'Send beskeden om, at to sager er om samme person' : 'Beslut, hvem der skal vide, at to sager er om samme person'),
  ...(row.settled_at === null ? {} : { due: copenhagenDate(row.settled_at) }), action: row.untold > 0 ? 'Send beskeden' : 'Beslut det',
});

/** One person, and for a week nobody has been told. */
const tellingAgain = (row: DeskHit, due: PlainDate): Todo => ({ ...match(row), title: hastily(row, 'Beslut igen, om nogen skal vide, at to sager er om samme person'), due, action: 'Beslut igen' });

/** The hour, and the day where it is another. */
const hour = (at: Instant, today: PlainDate): string => (copenhagenDate(at) === today ? formatTime(at) : formatInstant(at));
/** What lapses within a day is of today, by its hour; an alarm of the log is answered today, however long the question stands. */
const dueOf = (row: Approval, today: PlainDate) => (row.kind === 'close-alarm' && !row.mine ? { due: today } : row.soon ? { due: today, by: `Inden ${hour(row.until, today)}` } : { due: copenhagenDate(row.until) });

const approval = (today: PlainDate) => (row: Approval): Todo => ({
  key: row.id, title: APPROVALS[row.kind].title, ...dueOf(row, today), place: row.line, href: paths.approval(row.id), action: 'Se og svar', ...(row.asked_by === '' ? {} : { who: row.asked_by }),
});

/** A colleague's yes to what the caller asked himself, until he has used it or it lapses. */
const given = (today: PlainDate, hits: readonly Hit[]) => (row: Approval): Todo => {
  const hit = hits.find(({ numbers }) => numbers.every((number) => row.line.includes(number)));
  const [href, action] = row.kind === 'card-by-number' ? [paths.emergency(), 'Åbn sikkerhedskortet'] : row.kind === 'match-names' && hit ? [paths.match(hit.id), 'Se navnene'] : [paths.cases(), 'Find sagen'];
  return { key: row.id, title: GIVEN[row.kind] ?? 'En kollega har sagt ja til det, du spurgte om', ...dueOf(row, today), place: row.line, href, action };
};
const GIVEN: Readonly<Partial<Record<Approval['kind'], string>>> = {
  'card-by-number': 'En kollega har sagt ja til dit nødopslag', 'match-names': 'En kollega har sagt ja til, at du ser de to navne', 'case-bundle': 'En kollega har sagt ja til, at du henter sagen',
};

/** A safety card that was opened while nobody co-ordinates the case: it is gone through when the case is taken (FM-CNF-10). */
const openedTodo = (today: PlainDate) => (row: OpenedUnattended): Todo => ({
  key: `opened ${row.case}`, title: row.inbox ? 'Tag henvendelsen: sikkerhedskortet er åbnet ved fare for liv' : 'Bliv koordinator: sikkerhedskortet er åbnet ved fare for liv', due: copenhagenDate(row.at),
  href: row.inbox ? paths.take(row.case) : paths.takeOver(row.case), action: row.inbox ? 'Tag henvendelsen' : 'Bliv koordinator', place: row.number, who: `Åbnet ${hour(row.at, today)}. Gå opslaget igennem, når du har taget sagen`,
});

const weekTodo = (row: WeekQuestionRow): Todo => ({
  key: `${row.case_id} ${row.week}`, title: 'Sig, om ugens opslag i sagen var ventet', due: addDays(row.week, DAYS_TO_ANSWER), href: `${paths.case(row.case_id, 'kreds')}#ugens-opslag`, action: 'Svar',
  place: row.number, placeHref: paths.case(row.case_id), label: row.label,
});
/** From the Monday of the week that is asked about: the Sunday after it. */
const DAYS_TO_ANSWER = 13;

const IN_DANGER = 'unattended in danger';
/** What of the unit's page is to be done now (FM-WORK-7). */
const ofTheUnit = ({ review_due: due, unattended, in_danger: danger }: UnitDuties, today: PlainDate): readonly Todo[] => [
  ...(unattended === 0 ? [] : [{
    key: danger === 0 ? 'unattended' : IN_DANGER, title: `${unattended === 1 ? 'Én sag' : `${unattended} sager`} har ingen koordinator${danger === 0 ? '' : unattended === 1 ? ', og der er fare i den' : `, og der er fare i ${danger === 1 ? 'én' : danger} af dem`}`, due: today, href: paths.unit(), action: 'Se hvilke', place: 'Enheden', placeHref: paths.unit(),
  }]),
  ...(due === null || due > addDays(today, REVIEW_TOLD_DAYS) ? [] : [{
    key: 'review', title: 'Gennemgå, hvem der har adgang til dine sager', due, href: paths.unit(), action: 'Gennemgå', place: 'Enheden', placeHref: paths.unit(),
  }]),
];

const newsItem = (row: NewsRow, index: number): TimelineItem => ({
  key: String(index), text: typeTitle(row.type), at: row.at, place: `${row.number} “${row.label}”`, placeHref: paths.case(row.case_id),
});

/** The front page: everything that waits for me, and under it what others did in my cases since I was last here (FM-WORK-1, screens.md). */
export const myWork = (filled: FiguresFilled) => async (call: SignedInCall): Promise<Answer> => {
  const { house, visitor, now } = call;
  if (isOnlyAuditor(visitor.functions)) return { kind: 'redirect', to: paths.review() };
  const today = copenhagenDate(now);
  const keeps = visitor.functions.some((one) => one === 'police_exit' || one === 'custody_exit');
  const desk = visitor.functions.includes('contact_point');
  try {
    const tasks = await listTasks(house.web, visitor.token);
    const news = await listNews(house.web, visitor.token);
    const inbox = keeps ? await listInbox(house.web, visitor.token) : [];
    const lying = desk ? (await listQuestions(house.web, visitor.token)).map((row) => ({ row, standing: standingOf(row, visitor.user, visitor.authority, today) })) : [];
    const questions = lying.filter(({ standing }) => standing.takeable).map(({ row }) => question(row));
    const early = tooEarly(lying.map(({ row }) => row), today);
    const overtaken = lying.filter(({ standing }) => standing.overtaken).map(({ row }) => row);
    const told = desk ? (await emergenciesTold(house.web, visitor.token)).map(emergencyTodo) : [];
    const unread = desk ? notificationsTodo(await notificationsWaiting(house.web, visitor.token)) : [];
    const guidance = desk || mayAskGuidance(visitor.functions) ? (await listTexts(house.web, visitor.token, 'guidance')).flatMap(guidanceTodo(today)) : [];
    const practice = desk || keeps ? (await listTexts(house.web, visitor.token, 'practice')).flatMap(practiceTodo(today)) : [];
    const unnamed = desk ? await listUnitNamings(house.web, visitor.token) : [];
    const namings = (which: (row: UnitNamingRow) => boolean) => unnamed.filter(which).flatMap(unitNamingTodo(today));
    const matches = desk ? await listMatchDesk(house.web, visitor.token) : [];
    const hits = matches.filter((one) => one.outcome === null);
    const tellings = [...matches.filter(waitsForTelling).map(telling), ...matches.flatMap((row) => {
      const again = askedAgainOn(row);
      return again === null || again > today ? [] : [tellingAgain(row, again)];
    })];
    const asked = await listApprovals(house.web, visitor.token);
    const yes = asked.filter((one) => one.mine && one.given === true);
    const answers = asked.filter((one) => !one.mine);
    const approvalsOf = (which: (row: Approval) => boolean) => [...yes.filter(which).map(given(today, hits)), ...answers.filter(which).map(approval(today))];
    const forLife = ({ soon, kind }: Approval) => soon && kind === 'card-by-number';
    const weeks = keeps ? (await listWeekQuestions(house.web, visitor.token)).map(weekTodo) : [];
    const duties = keeps ? await unitDuties(house.web, visitor.token) : undefined;
    const unit = duties === undefined ? [] : ofTheUnit(duties, today);
    const deletions = await leadsToDeletions(call);
    const own = tasks.filter((task) => task.mine);
    const opened = duties?.opened ?? [];
    const [urgentHits, otherHits] = [hits.filter((row) => row.urgent.includes(true)), hits.filter((row) => !row.urgent.includes(true))];
    const urgent = [...inbox.flatMap(urgentTodo(today, opened)), ...namings((row) => row.urgent && !row.emergency), ...urgentHits.map(match)];
    // These stand before all else, however late the rest is: first where a life is in danger, what lapses at its hour (FM-SEC-3, FM-CNF-10); then who fears for his safety, and whom nobody has read (FM-INT-2).
    const acute = [...approvalsOf(forLife), ...opened.map(openedTodo(today)), ...own.filter(isAcute).map(todo), ...namings((row) => row.emergency), ...urgent, ...approvalsOf((one) => one.soon && !forLife(one)), ...told, ...unit.filter((one) => one.key === IN_DANGER)];
    const mine = [...acute, ...[...own.filter((task) => !isAcute(task)).map((task) => ({ ...todo(task), ...early(task) })), ...questions, ...unread, ...guidance, ...practice, ...namings((row) => !row.urgent && !row.emergency), ...otherHits.map(match), ...tellings, ...approvalsOf((one) => !one.soon), ...weeks, ...unit.filter((one) => one.key !== IN_DANGER)].sort(byDue)];
    const week = addDays(today, SUNDAY - weekday(today));
    const dueNow = mine.filter((one) => one.due <= today);
    const thisWeek = mine.filter((one) => one.due > today && one.due <= week);
    const later = mine.filter((one) => one.due > week);
    const waiting = onlyOthers(tasks).map(todo);
    const near = (all: readonly Todo[]) => all.filter((one) => !isFarOff(one, today));
    const far = (all: readonly Todo[]) => all.filter((one) => isFarOff(one, today));
    const afar = far([...later, ...waiting]).length;
    const [next] = mine;
    return signedInPage(call, { title: 'Mit arbejde', place: 'Mit arbejde' }, (
      <>
        <PageHead title="Mit arbejde">
          <p class="muted">{formatDay(today)}</p>
          {mayOpenInEmergency(visitor.functions) && <p><a href={paths.emergency()}>Nødopslag ved fare for liv</a></p>}
          {matches.length > 0 && <p><a href={paths.matches()}>{hits.length + tellings.length === 0 ? 'Sammenfald' : `Sammenfald, der venter (${hits.length + tellings.length})`}</a></p>}
          {inbox.length > 0 && (
            <p class="phone-only"><a href="#indbakke">{inboxWords(inbox)}</a></p>
          )}
        </PageHead>
        {desk && <StillTelling share={filled()} />}
        <div class="work-grid">
          <div>
            <TodoList id="nu" title="I dag og for sent" items={dueNow} today={today} block="now" primary
              empty={mine.length === 0 && overtaken.length === 0 ? 'Intet venter på dig.' : `Intet haster.${next ? ` Det næste: ${next.title} (${dueInWords(next.due, today).toLowerCase()}, ${formatDate(next.due)}).` : ''}`} />
            <TodoList id="uge" title="Denne uge" items={thisWeek} today={today} primary={dueNow.length === 0} />
            <TodoList id="senere" title="Senere" items={near(later)} today={today} primary={dueNow.length === 0 && thisWeek.length === 0} />
            <Overtaken rows={overtaken} />
            <TodoList id="andre" title="Venter på andre" items={near(waiting)} today={today} block="wait" />
            {news.length > 0 && <Section id="nyt" title="Siden sidst"><p class="muted">Hvad andre har gjort i dine sager, siden du sidst var her før i dag.</p><Timeline now={now} items={news.map(newsItem)} /></Section>}
            {afar > 0 && (
              <Fold summary={`Om mere end en måned (${afar})`}>
                <TodoList id="senere-endnu" title="Senere endnu" items={far(later)} today={today} />
                <TodoList id="andre-senere" title="Venter på andre, senere endnu" items={far(waiting)} today={today} block="wait" />
              </Fold>
            )}
          </div>
          {keeps && <div><Inbox id="indbakke" items={[...inbox].sort(byDanger(opened)).map(inboxItem(today, opened))} now={now} /></div>}
        </div>
        <DeletionsLink shown={deletions} />
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
};
