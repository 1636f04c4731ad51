import { randomUUID } from 'node:crypto';
import { askForGuidance, guidanceList } from '../../../app/guidance.js';
import { isRefused } from '../../../app/house.js';
import { GUIDANCE_KEPT, GUIDANCE_UNANSWERED_KEPT, questionFault } from '../../../domain/guidance/guidance.js';
import { copenhagenDate, formatDate, type PlainDate } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import type { TextRow } from '../../../store/texts-outside-cases.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { Empty } from '../../ui/empty.js';
import { PageHead, Section } from '../../ui/layout.js';
import { type Column, Table } from '../../ui/table.js';
import { hasFailed, statusOf } from '../nameless-form.js';
import { AnswerBadge, SENT_BEFORE } from '../nameless-text.js';
import { signedInPage } from '../signed-in-page.js';
import { errorsOf, NOTHING, TextForm, type Typed, typedIn } from './text-form.js';
import { askedWhen } from './words.js';

const draw = async (call: SignedInCall, typed: Typed): Promise<Answer> => {
  const rows = await guidanceList(call.house, call.visitor.token);
  if ('kind' in rows) return rows;
  const today = copenhagenDate(call.now);
  return signedInPage(call, { title: hasFailed(typed) ? 'Fejl: Vejledning' : 'Vejledning', place: 'Vejledning', ...statusOf(typed) }, (
    call.visitor.functions.includes('contact_point') ? <Desk rows={rows} today={today} /> : <Asking call={call} rows={rows} today={today} typed={typed} />
  ));
};

interface Shown {
  readonly rows: readonly TextRow<'guidance'>[];
  readonly today: PlainDate;
}

const Asking = ({ call, rows, today, typed }: Shown & { readonly call: SignedInCall; readonly typed: Typed }) => (
  <>
    <PageHead title="Vejledning">
      <p class="muted">Spørg Det Nationale Exitkontaktpunkt til råds, også før der er en sag, og uden at sige, hvem det drejer sig om. Handler det om en sag, så spørg fra sagen.</p>
      <p class="muted">{`Spørgsmål og svar slettes ${GUIDANCE_KEPT}. Et spørgsmål uden svar slettes ${GUIDANCE_UNANSWERED_KEPT}.`}</p>
    </PageHead>
    <Section id="spoerg" title="Bed om vejledning"><TextForm call={call} typed={typed} /></Section>
    <Section id="egne" title="Dine spørgsmål" count={rows.length}>
      {rows.length === 0
        ? <Empty title="Du har ikke spurgt om noget endnu.">Når du har sendt et spørgsmål, står det her, og svaret med det.</Empty>
        : <Table caption="Dine spørgsmål om vejledning" quietCaption columns={[{ label: 'Spurgt', cell: (row) => <Link row={row}>{askedWhen(row, rows)}</Link> }, answerColumn(today), { label: 'Slettes', cell: ({ delete_on: day }) => formatDate(day) }]} rows={rows} rowKey={({ id }) => id} />}
    </Section>
  </>
);

const Desk = ({ rows, today }: Shown) => {
  const waiting = rows.filter(({ answered_at: answered }) => answered === null);
  const answered = rows.filter(({ answered_at: at }) => at !== null);
  const columns: readonly Column<TextRow<'guidance'>>[] = [
    { label: 'Fra', cell: (row) => <Link row={row}>{authorityName(row.authority)}</Link> }, { label: 'Spurgt', cell: (row) => askedWhen(row, rows) }, answerColumn(today),
  ];
  return (
    <>
      <PageHead title="Vejledning">
        <p class="muted">Spørgsmål fra myndighederne uden sag og uden identitet. Én af jer svarer; svaret gælder for hele kontaktpunktet.</p>
      </PageHead>
      <Section id="venter" title="Venter på svar" count={waiting.length}>
        {waiting.length === 0 ? <Empty title="Alt er besvaret. Der venter ingen spørgsmål." /> : <Table caption="Spørgsmål, der venter på svar" quietCaption columns={columns} rows={waiting} rowKey={({ id }) => id} />}
      </Section>
      {answered.length > 0 && (
        <Section id="besvaret" title="Besvaret de seneste 90 dage" count={answered.length}>
          <Table caption="Spørgsmål, der er besvaret" quietCaption columns={columns} rows={answered} rowKey={({ id }) => id} />
        </Section>
      )}
    </>
  );
};

const Link = ({ row, children }: { readonly row: TextRow<'guidance'>; readonly children: string }) => <a href={paths.guidanceQuestion(row.id)}>{children}</a>;

const answerColumn = (today: PlainDate): Column<TextRow<'guidance'>> => ({
  label: 'Svar', cell: (row) => <AnswerBadge row={row} today={today} />,
});

/** One's own questions and a form for a new one; for the contact point all that wait, late first (FM-NCP-6). */
export const guidancePage = (call: SignedInCall): Promise<Answer> => draw(call, NOTHING);

/** Asks the contact point for guidance; a text that may show whom it is about comes back as it was. */
export const sendQuestion: FormHandle = Object.assign(
  async (call: SignedInCall): Promise<Answer> => {
    const typed = typedIn(call);
    // Without his word that nobody can be known by it nothing is sent: the text is judged all the same, so that all is said at once.
    const asked = typed.ticked ? await askForGuidance(call.house, call.visitor, typed.text, typed.key) : { kind: 'invalid' as const, fault: questionFault(typed.text) };
    if (isRefused(asked)) return asked;
    if (asked.kind === 'key-reused') return draw(call, { ...typed, key: randomUUID(), errors: [{ message: SENT_BEFORE }] });
    return asked.kind === 'asked' ? { kind: 'redirect', to: paths.guidance(), said: 'guidance.asked' } : draw(call, { ...typed, errors: errorsOf(asked.fault, typed.ticked) });
  },
  { again: (call: SignedInCall): Promise<Answer> => draw(call, { ...typedIn(call), again: true }) },
);
