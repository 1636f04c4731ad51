import { type Measure } from '../domain/exit-case/measure.js';
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

const STATUS_LABELS: Readonly<Record<Measure['status'], string>> = {
  proposed: 'Foreslået', requested: 'Ansøgt', granted: 'Bevilget', refused: 'Afslået', started: 'I gang', completed: 'Gennemført', stopped: 'Stoppet',
};
export const measureStatusLabel = (status: Measure['status']): string => STATUS_LABELS[status];
