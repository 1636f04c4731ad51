import type { PlainDate } from '../../../domain/kernel/time.js';
import type { Telling } from '../case-script.js';
import type { UnitCast } from '../unit-cast.js';
import type { Dice } from './dice.js';
import type { HistoryCase } from './plan.js';
import type { HistoryTexts } from './texts.js';

/** What the tellers of one case share. */
export interface Story {
  readonly telling: Telling;
  readonly one: HistoryCase;
  readonly unit: UnitCast;
  readonly dice: Dice;
  readonly texts: HistoryTexts;
  readonly today: PlainDate;
}
