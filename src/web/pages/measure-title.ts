import { eventsOf, textOf } from '../../app/texts.js';
import type { OpenedCase } from '../../app/open-case.js';
import type { Measure } from '../../domain/exit-case/measure.js';
import { measureTitle as catalogueTitle } from '../../domain/reference/measures.js';

/** What a measure is called: by the catalogue, or as it was typed when it stands outside it. */
export const measureTitle = (opened: OpenedCase, measure: Measure): string => {
  const proposed = eventsOf(opened, 'MeasureProposed').find((one) => one.event.measure === measure.id);
  return (proposed && textOf(opened, proposed.version, 'title')) ?? catalogueTitle(measure.measureType);
};
