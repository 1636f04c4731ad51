import type { AgreementVersion } from '../domain/exit-case/agreement-version.js';
import { type Measure } from '../domain/exit-case/measure.js';
import { formatDate, type PlainDate } from '../domain/kernel/time.js';
import { measureTitle as catalogueTitle } from '../domain/reference/measures.js';
import type { OpenedCase } from './open-case.js';
import { eventsOf, textOf } from './texts.js';

const proposalWords = (opened: OpenedCase, measure: Measure, field: 'title' | 'text'): string | undefined => {
  const proposed = eventsOf(opened, 'MeasureProposed').find((one) => one.event.measure === measure.id);
  return proposed && textOf(opened, proposed.version, field);
};

/** What a measure is called: by the catalogue, or as it was typed when it stands outside it. */
export const measureTitle = (opened: OpenedCase, measure: Measure): string => proposalWords(opened, measure, 'title') ?? catalogueTitle(measure.measureType);

/** What it is about, as it was proposed; undefined when nothing was written or not for this reader. */
export const measureText = (opened: OpenedCase, measure: Measure): string | undefined => proposalWords(opened, measure, 'text');

/** When a measure begins, as a version of the agreement has it: what had begun before the version was opened is not due to begin. */
export const startWords = ({ startedOn }: Measure, startBy: PlainDate, { openedOn }: AgreementVersion): string =>
  startedOn !== undefined && startedOn <= openedOn ? `begyndt ${formatDate(startedOn)}` : `begynder senest ${formatDate(startBy)}`;

const STATUS_LABELS: Readonly<Record<Measure['status'], string>> = {
  proposed: 'Foreslået', requested: 'Ansøgt', granted: 'Bevilget', refused: 'Afslået', started: 'I gang', completed: 'Gennemført', stopped: 'Stoppet',
};
export const measureStatusLabel = (status: Measure['status']): string => STATUS_LABELS[status];
