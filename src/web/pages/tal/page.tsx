import { refusedBy } from '../../../app/house.js';
import { type Figures, nationalFigures, periodFaults } from '../../../app/statistics.js';
import { copenhagenDate, formatDate, formatInstant, knownDate } from '../../../domain/kernel/time.js';
import type { FiguresFilled } from '../../figures-filled.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { SubmitButton } from '../../ui/buttons.js';
import { ErrorSummary, type FormError } from '../../ui/error-summary.js';
import { PageHead } from '../../ui/layout.js';
import { FormScope } from '../../ui/field-id.js';
import { DateField } from '../../ui/form.js';
import { Table } from '../../ui/table.js';
import { periodEnd } from '../period-end.js';
import { signedInPage } from '../signed-in-page.js';
import { DeletionsLink, leadsToDeletions } from '../slettede-sager/link.js';

interface Line {
  readonly text: string;
  readonly n: number;
  readonly again?: number;
}
const lines = (figures: Figures): readonly Line[] => [
  { text: 'Igangværende exitforløb', n: figures.runningCourses },
  { text: 'Igangværende visitationer', n: figures.runningAssessments },
  { text: 'Gennemførte exitforløb', n: figures.completed.total, again: figures.completed.reRegistered },
  { text: 'Afbrudte exitforløb', n: figures.interrupted.total, again: figures.interrupted.reRegistered },
  { text: 'Afbrudte visitationer', n: figures.interruptedAssessments },
  { text: 'Afslag', n: figures.refused },
];

const FIRST = knownDate('2015-04-01');
/** The official figures for any period and day, with the moment they were drawn (FM-STA-1, FM-STA-4). */
export const figures = (filled: FiguresFilled) => async (call: SignedInCall): Promise<Answer> => {
  const today = copenhagenDate(call.now);
  const from = periodEnd(call.query['fra'], FIRST);
  const asOf = periodEnd(call.query['til'], today);
  const faults = periodFaults(from.day, asOf.day, today);
  const wrongFrom = from.fault ?? faults.from;
  const wrongAsOf = asOf.fault ?? faults.asOf;
  const errors: readonly FormError[] = [
    ...(wrongFrom === undefined ? [] : [{ name: 'fra', message: `Fra og med: ${wrongFrom}` }]), ...(wrongAsOf === undefined ? [] : [{ name: 'til', message: `Til og med: ${wrongAsOf}` }]),
  ];
  try {
    const drawn = errors.length > 0 || from.day === undefined || asOf.day === undefined
      ? undefined : await nationalFigures(call.house, call.visitor.token, from.day, asOf.day, call.now);
    const deletions = await leadsToDeletions(call);
    return signedInPage(call, { title: errors.length === 0 ? 'Tal' : 'Fejl: Tal', place: 'Tal', ...(errors.length === 0 ? {} : { status: 422 }) }, (
      <>
        <PageHead title="Tal">
          <p class="muted">Hver sag tælles én gang. Frihed og fængsel tælles sammen.</p>
        </PageHead>
        <StillFilling share={filled()} />
        <form method="get" action="/tal" class="act-form no-print" noValidate>
          <FormScope.Provider value="">
            <ErrorSummary errors={errors} />
            <div class="form-pair">
              <DateField name="fra" label="Fra og med" value={from.typed} {...(wrongFrom === undefined ? {} : { error: wrongFrom })} />
              <DateField name="til" label="Til og med" value={asOf.typed} {...(wrongAsOf === undefined ? {} : { error: wrongAsOf })} />
            </div>
          </FormScope.Provider>
          <SubmitButton kind="primary">Opgør</SubmitButton>
        </form>
        {drawn && (
          <Table caption="De officielle tal" rows={lines(drawn)} rowKey={(line) => line.text} phone="stack"
            source={`Opgjort ${formatInstant(drawn.drawnAt)} for ${formatDate(drawn.from)} – ${formatDate(drawn.asOf)}. Hvert forløb tælles én gang.`}
            columns={[
              { label: 'Opgørelse', cell: (line) => line.text },
              { label: 'Antal', align: 'right', cell: (line) => line.n.toLocaleString('da-DK') },
              { label: 'Heraf registreret igen', align: 'right', cell: (line) => (line.again === undefined ? '' : line.again.toLocaleString('da-DK')) },
            ]} />
        )}
        <DeletionsLink shown={deletions} />
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
};

/** Printed too: figures on paper must not look whole when they are not. */
const StillFilling = ({ share }: { readonly share: number | undefined }) =>
  share === undefined ? null : (
    <Alert kind="warning">{`Demonstrationens historie er ved at blive lagt ind (${Math.floor(share * 100)} %). Tallene er ikke færdige.`}</Alert>
  );
