import { refusedBy } from '../../../app/house.js';
import { type Figures, nationalFigures } from '../../../app/statistics.js';
import { copenhagenDate, formatDate, formatInstant, knownDate, parseDanishDate, plainDate } from '../../../domain/kernel/time.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { SubmitButton } from '../../ui/buttons.js';
import { PageHead } from '../../ui/layout.js';
import { FormScope } from '../../ui/field-id.js';
import { DateField } from '../../ui/form.js';
import { Table } from '../../ui/table.js';
import { signedInPage } from '../signed-in-page.js';

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
export async function figures(call: SignedInCall): Promise<Answer> {
  const day = (text: string | undefined) => (text === undefined || text === '' ? undefined : (plainDate(text) ?? parseDanishDate(text)));
  const from = day(call.query['fra']) ?? FIRST;
  const asOf = day(call.query['til']) ?? copenhagenDate(call.now);
  const wrong = from > asOf;
  try {
    const drawn = wrong ? undefined : await nationalFigures(call.house, call.visitor.token, from, asOf, call.now);
    return signedInPage(call, { title: 'Tal', place: 'Tal', ...(wrong ? { status: 422 } : {}) }, (
      <>
        <PageHead title="Tal">
          <p class="muted">Hver sag tælles én gang. Frihed og fængsel tælles sammen.</p>
        </PageHead>
        <form method="get" action="/tal" class="act-form no-print">
          <FormScope.Provider value="">
            <div class="form-pair">
              <DateField name="fra" label="Fra og med" value={formatDate(from)} />
              <DateField name="til" label="Til og med" value={formatDate(asOf)} />
            </div>
          </FormScope.Provider>
          <SubmitButton kind="primary">Opgør</SubmitButton>
        </form>
        {drawn === undefined
          ? <Alert kind="error" title="Perioden slutter, før den begynder"><p>Vælg en slutdato, der ligger efter startdatoen.</p></Alert>
          : <Table caption="De officielle tal" rows={lines(drawn)} rowKey={(line) => line.text} phone="stack"
              source={`Opgjort ${formatInstant(drawn.drawnAt)} for ${formatDate(from)} – ${formatDate(asOf)}. Hvert forløb tælles én gang.`}
              columns={[
                { label: 'Opgørelse', cell: (line) => line.text },
                { label: 'Antal', align: 'right', cell: (line) => line.n.toLocaleString('da-DK') },
                { label: 'Heraf registreret igen', align: 'right', cell: (line) => (line.again === undefined ? '' : line.again.toLocaleString('da-DK')) },
              ]} />}
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
}
