import type { CountedCell } from './breakdown.js';
import { countedNumbers, type Publication } from './publication.js';
import { keyOf, TABLE_ROWS } from './published-figures.js';

/** How many numbers of a publication's tables are shown, and why the others are not. For whoever publishes alone: it tells of hidden numbers. */
export interface HiddenCells {
  readonly shown: number;
  /** Under the threshold themselves. */
  readonly small: number;
  /** So that no small one is left when others are taken away. */
  readonly together: number;
  /** So that this publication and earlier ones do not subtract; they would be shown if there were none. */
  readonly earlier: number;
}

/** @param alone what would have been published had there been no earlier publications; left out where there are none */
export function hiddenCells(publication: Publication, counted: readonly CountedCell[], alone: Publication | undefined): HiddenCells {
  const numbers = countedNumbers(counted, publication.asOf);
  const keys = publication.tables.flatMap(({ id, figures }) => figures.flatMap((figure) => TABLE_ROWS[id].rows.map(({ value }) => keyOf(figure, id, value))));
  const hidden = keys.filter((key) => publication.numbers[key] === null);
  const small = hidden.filter((key) => numbers(key) < publication.threshold);
  const earlier = hidden.filter((key) => numbers(key) >= publication.threshold && typeof alone?.numbers[key] === 'number');
  return { shown: keys.length - hidden.length, small: small.length, earlier: earlier.length, together: hidden.length - small.length - earlier.length };
}
