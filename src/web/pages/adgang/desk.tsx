import { refusedBy } from '../../../app/house.js';
import { copenhagenDate, formatInstant, type PlainDate } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { type Alarm, type Finding, findPerson, reviewDesk, type ReviewDesk } from '../../../store/access-log.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { SubmitButton } from '../../ui/buttons.js';
import { Empty } from '../../ui/empty.js';
import { Form, TextField } from '../../ui/form.js';
import { PageHead, Section } from '../../ui/layout.js';
import { Table, TwoLines } from '../../ui/table.js';
import { type Todo, TodoList } from '../../ui/todo-list.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { alarmCount, alarmState, KINDS, nameOfPerson, OUTCOME_WORDS, weekWords, whoWords } from './words.js';

const todo = (one: Finding): Todo => ({
  key: one.id, title: `${nameOfPerson(one.person)} ${KINDS[one.kind].did}`, due: copenhagenDate(one.due), href: paths.finding(one.id), action: 'Vurdér',
  place: one.number ?? (one.kind === 'denials' ? `${one.rows} forsøg` : one.rows === 1 ? 'Ét opslag' : `${one.rows} opslag`),
  who: [one.person === null ? '' : authorityName(one.person.authority), one.asked ? 'lederen er spurgt' : ''].filter((part) => part !== '').join(' · '),
});

/** The auditor's front page: what waits for his judgement, most serious first; then the log by who looked, and the week's sample (FM-CNF-5). */
export async function reviewPage(call: SignedInCall): Promise<Answer> {
  try {
    const desk = await reviewDesk(call.house.web, call.visitor.token);
    if (!desk) return { kind: 'absent' };
    const today = copenhagenDate(desk.now);
    const found = desk.open.filter((one) => one.kind !== 'sample').map(todo);
    const sample = desk.open.filter((one) => one.kind === 'sample').map(todo);
    return signedInPage(call, { title: 'Adgang', place: 'Adgang' }, (
      <>
        <PageHead title="Hvem har åbnet sager">
          <p class="muted">Du ser, hvem der har slået op, hvornår og i hvilket sagsnummer. Du kan ikke åbne sagerne. At du læser her, står også i loggen.</p>
        </PageHead>
        <Alarms open={desk.alarms} today={today} />
        <TodoList id="vurderes" title="Skal vurderes" items={found} today={today} block="now" primary={desk.alarms.length === 0}
          empty="Intet venter på vurdering. Loggen gennemgås hvert minut, og det, der findes, står her med det alvorligste øverst." />
        <FindPerson csrf={tokenFor(call)} />
        <Sample draw={desk.draw} />
        <TodoList id="stikproeve-liste" title="Udtrukne opslag" items={sample} today={today} primary={found.length === 0 && desk.alarms.length === 0} />
        <ClosedAlarms closed={desk.closedAlarms} />
        {desk.judged.length > 0 && (
          <Section id="vurderet" title="Senest vurderet">
            <Table caption="De seneste vurderinger" quietCaption phone="stack" rows={desk.judged} rowKey={(row) => `${row.id}${row.at}`} columns={[
              { label: 'Fund', cell: (row) => <a href={paths.finding(row.id)}>{`${nameOfPerson(row.person)} ${KINDS[row.kind].did}`}</a> },
              { label: 'Vurdering', cell: (row) => OUTCOME_WORDS[row.outcome] },
              { label: 'Hvornår', cell: (row) => formatInstant(row.at) },
            ]} />
          </Section>
        )}
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
}

const alarmTodo = (row: Alarm): Todo => ({
  key: row.id, title: row.title, due: copenhagenDate(row.at), by: alarmCount(row), href: paths.alarm(row.id), action: 'Se alarmen', place: 'Loggen', who: alarmState(row),
});
/** What is wrong with the log itself, before what its rows say of anybody; the closed ones are only looked up. */
const Alarms = ({ open, today }: { readonly open: readonly Alarm[]; readonly today: PlainDate }) => <TodoList id="alarmer" title="Alarmer" items={open.map(alarmTodo)} today={today} block="now" primary />;
const ClosedAlarms = ({ closed }: { readonly closed: readonly Alarm[] }) => closed.length === 0 ? null : (
  <Section id="lukkede-alarmer" title="Lukkede alarmer">
    <Table caption="De senest lukkede alarmer" quietCaption phone="stack" rows={closed} rowKey={(row) => row.id} columns={[
      { label: 'Alarm', cell: (row) => <a href={paths.alarm(row.id)}>{row.title}</a> },
      { label: 'Hvornår', cell: (row) => formatInstant(row.at) },
      { label: 'Status', cell: alarmState },
    ]} />
  </Section>
);

const Sample = ({ draw }: Pick<ReviewDesk, 'draw'>) => (
  <Section id="stikproeve" title="Ugens stikprøve">
    {draw === null
      ? <Empty title="Der er ikke trukket nogen stikprøve endnu.">Når ugen er gået, trækkes hvert tyvende opslag tilfældigt. De står her natten til mandag.</Empty>
      : draw.openings === 0 ? <p>{`Ingen åbnede en sag i ${weekWords(draw.week)}. Næste stikprøve trækkes natten til mandag.`}</p>
        : <p>{`Fra ${weekWords(draw.week)} er der trukket ${draw.drawn} af ${draw.openings} opslag. ${draw.left === 0 ? 'De er alle vurderet.' : `${draw.left} mangler at blive vurderet.`}`}</p>}
  </Section>
);

const FindPerson = ({ csrf, typed, children }: { readonly csrf: string; readonly typed?: string; readonly children?: preact.ComponentChildren }) => (
  <Section id="kollega" title="Hvad har en kollega åbnet?">
    <Form action={paths.findPerson()} csrf={csrf} idPrefix="kollega" class="act-form" label="Find en kollega">
      <TextField name="navn" label="Kollegaens navn" hint="En del af navnet er nok. Også kolleger, der er holdt op, kan findes." {...(typed === undefined ? {} : { value: typed })} />
      <SubmitButton kind="secondary">Find kollegaen</SubmitButton>
    </Form>
    {children}
  </Section>
);

/** Colleagues by name; what was searched for comes by post and stands in no address. */
export async function findPersonPage(call: SignedInCall): Promise<Answer> {
  const given = (call.body as Readonly<Record<string, unknown>> | null)?.['navn'];
  const typed = (typeof given === 'string' ? given : '').trim().slice(0, 100).replaceAll('\0', '');
  try {
    const hits = await findPerson(call.house.web, call.visitor.token, typed);
    return signedInPage(call, { title: 'Adgang', place: 'Adgang', within: true }, (
      <>
        <PageHead title="Find en kollega" />
        <FindPerson csrf={tokenFor(call)} typed={typed}>
          {hits.length === 0
            ? <Empty title={typed.length < 2 ? 'Skriv mindst to bogstaver af navnet.' : 'Ingen kollega passer til det navn.'} />
            : <Table caption="Kolleger, der passer" phone="stack" rows={hits} rowKey={(row) => row.id} columns={[
                { label: 'Navn', cell: (row) => <TwoLines first={<a href={paths.personLog(row.id)}>{row.name}</a>} second={whoWords(row)} /> },
              ]} />}
        </FindPerson>
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
}

/** A search cannot be reloaded or linked to: it goes back to the page it was made from. */
export const emptyFindPerson = (): Answer => ({ kind: 'redirect', to: paths.review() });
