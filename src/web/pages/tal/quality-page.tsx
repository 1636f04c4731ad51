import { randomUUID } from 'node:crypto';
import { askUnit, practice, practiceFaults, type PracticeFaults, practiceQuestions } from '../../../app/practice.js';
import { isRefused, refusedBy } from '../../../app/house.js';
import { copenhagenDate, formatDate, type PlainDate } from '../../../domain/kernel/time.js';
import { unitName, units } from '../../../domain/reference/authorities.js';
import { PRACTICE_KEPT } from '../../../domain/statistics/practice-question.js';
import type { TextRow } from '../../../store/texts-outside-cases.js';
import { type FiguresFilled, STILL_FILLING } from '../../figures-filled.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { Hidden, Select } from '../../ui/form.js';
import { PageHead, Section } from '../../ui/layout.js';
import { Table } from '../../ui/table.js';
import { typedText } from '../adgang/words.js';
import { errorAt, hasFailed, namelessErrors, NamelessForm, namelessIn, type NamelessTyped, NOTHING_TYPED, statusOf } from '../nameless-form.js';
import { AnswerBadge, SENT_BEFORE } from '../nameless-text.js';
import { signedInPage } from '../signed-in-page.js';
import { StillFilling } from '../still-filling.js';
import { FigurePages, type Period, PeriodForm, periodQuery, readPeriod, sourceOf } from './period.js';
import { COMPLETENESS, PracticeTable, TIMELINESS, WhatTheySay } from './practice-table.js';

interface Typed extends NamelessTyped {
  readonly unit: string;
}
const NOTHING: Typed = { ...NOTHING_TYPED, unit: '' };
const UNITS = [{ value: '', label: 'Vælg en enhed' }, ...units.map((unit) => ({ value: unit, label: unitName(unit) }))];

const Asking = ({ call, period, typed }: { readonly call: SignedInCall; readonly period: Period; readonly typed: Typed }) => (
  <Section id="spoerg" title="Spørg en enhed">
    <p>Enheden får sin egen række og hele landets for perioden, og dit spørgsmål. Den ser ikke de andre enheders.</p>
    <NamelessForm
      call={call} typed={typed} action={paths.figureQuality()} label="Hvad vil du spørge om?" button="Send til enheden"
      follows={`Enhedens koordinatorer kan læse det og svarer inden 30 dage. Spørgsmål og svar slettes ${PRACTICE_KEPT}.`}
      before={<>
        {Object.entries(periodQuery(period)).map(([name, value]) => <Hidden key={name} name={name} value={value} />)}
        <Select name="enhed" label="Enhed" required value={typed.unit} options={UNITS} {...errorAt(typed, 'enhed')} />
      </>}
    />
  </Section>
);

const Asked = ({ rows, today }: { readonly rows: readonly TextRow<'practice'>[]; readonly today: PlainDate }) => rows.length === 0 ? null : (
  <Section id="spurgt" title="Spørgsmål til enhederne" count={rows.length}>
    <Table caption="Spørgsmål til enhederne" quietCaption rows={rows} rowKey={({ id }) => id} phone="stack" columns={[
      { label: 'Enhed', cell: ({ id, unit }) => <a href={paths.practiceQuestion(id)}>{unitName(unit)}</a> },
      { label: 'Periode', cell: ({ from_date: from, as_of: asOf }) => `${formatDate(from)} – ${formatDate(asOf)}` },
      { label: 'Svar', cell: (row) => <AnswerBadge row={row} today={today} /> },
    ]} />
  </Section>
);

const draw = async (call: SignedInCall, filled: FiguresFilled, period: Period, typed: Typed): Promise<Answer> => {
  const { drawing } = period;
  try {
    const rows = drawing && (await practice(call.house, call.visitor.token, drawing));
    const asked = await practiceQuestions(call.house, call.visitor.token);
    if ('kind' in asked) return asked;
    const failed = !drawing || hasFailed(typed);
    return signedInPage(call, { title: failed ? 'Fejl: Kvalitet' : 'Kvalitet', place: 'Tal', within: true, ...(drawing ? statusOf(typed) : { status: 422 }) }, (
      <>
        <PageHead title="Kvalitet">
          <p class="muted">Hvor enhedernes praksis er forskellig. Tallene er noget at spørge til, ikke en karakter: de bygger på datoer alene, og ingen sag åbnes for dem.</p>
        </PageHead>
        <FigurePages current="quality" period={period} />
        <StillFilling share={filled()} />
        <PeriodForm period={period} action={paths.figureQuality()} />
        {drawing && rows && (
          <>
            <PracticeTable id="enheder" title="Enhed for enhed" caption="Enhederne ved siden af hinanden" columns={TIMELINESS} rows={rows} source={sourceOf(drawing)} />
            <PracticeTable id="fuldstaendighed" title={`Hvad der mangler i de igangværende forløb ${formatDate(drawing.asOf)}`} caption="Hvad der mangler, enhed for enhed" columns={COMPLETENESS} rows={rows} source={sourceOf(drawing)} />
          </>
        )}
        {(rows ?? typed.text !== '') && <Asking call={call} period={period} typed={typed} />}
        <Asked rows={asked} today={copenhagenDate(call.now)} />
        <WhatTheySay />
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
};

/** How the units' practice differs, from structure alone, with small numbers left out (FM-NCP-7). A question to ask, no mark; here it is asked. */
export const quality = (filled: FiguresFilled) => (call: SignedInCall): Promise<Answer> => draw(call, filled, readPeriod(call), NOTHING);

const PERIOD_FIELDS = ['fra', 'til', 'opgjort'] as const;
/** The period that the form brings along. */
const sentPeriod = ({ body, now }: SignedInCall): Period => readPeriod({ query: Object.fromEntries(PERIOD_FIELDS.map((name): readonly [string, string] => [name, typedText(body, name)]).filter(([, value]) => value !== '')), now });
const typedIn = (call: SignedInCall) => ({ ...namelessIn(call), unit: typedText(call.body, 'enhed') });
const errorsOf = ({ unit, text }: PracticeFaults, ticked: boolean) => [...(unit === undefined ? [] : [{ name: 'enhed', message: unit }]), ...namelessErrors(text, ticked)];

/** Sends a unit its row of the drawing with a question; what is wrong comes back with all that was typed. */
export const sendPracticeQuestion = (filled: FiguresFilled): FormHandle => Object.assign(
  async (call: SignedInCall): Promise<Answer> => {
    const [typed, period] = [typedIn(call), sentPeriod(call)];
    const unit = units.find((one) => one === typed.unit);
    if (filled() !== undefined) return draw(call, filled, period, { ...typed, errors: [{ message: STILL_FILLING }] });
    // Without his word that nobody can be known by it nothing is sent: the rest is judged all the same, so that all is said at once.
    const done = typed.ticked && period.drawing
      ? await askUnit(call.house, call.visitor.token, period.drawing, { unit, text: typed.text }, typed.key)
      : { kind: 'invalid' as const, faults: practiceFaults(unit, typed.text) };
    if (isRefused(done)) return done;
    if (done.kind === 'key-reused') return draw(call, filled, period, { ...typed, key: randomUUID(), errors: [{ message: SENT_BEFORE }] });
    return done.kind === 'asked' ? { kind: 'redirect', to: paths.practiceQuestion(done.id), said: 'practice.asked' } : draw(call, filled, period, { ...typed, errors: errorsOf(done.faults, typed.ticked) });
  },
  { again: (call: SignedInCall): Promise<Answer> => draw(call, filled, sentPeriod(call), { ...typedIn(call), again: true }) },
);
