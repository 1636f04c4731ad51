import { officialFigures, type OfficialFigures } from '../domain/statistics/official.js';
import type { Instant, PlainDate } from '../domain/kernel/time.js';
import { nationalCounts } from '../store/lists.js';
import type { House } from './house.js';

export interface Figures extends OfficialFigures {
  readonly from: PlainDate;
  readonly asOf: PlainDate;
  readonly drawnAt: Instant;
}

/** The official figures for a period, as of a day, drawn from what was recorded by a moment (FM-STA-1, FM-STA-3). */
export async function nationalFigures(house: House, token: string, from: PlainDate, asOf: PlainDate, drawnAt: Instant): Promise<Figures> {
  return { from, asOf, drawnAt, ...officialFigures(await nationalCounts(house.web, token, from, asOf, drawnAt)) };
}
