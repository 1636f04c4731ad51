import { type CountedCell, nationally } from '../domain/statistics/breakdown.js';
import type { OfficialFigures } from '../domain/statistics/official.js';
import { formatDate, knownDate, type PlainDate } from '../domain/kernel/time.js';
import { type Drawing, nationalCells } from '../store/figures.js';
import type { House } from './house.js';

export interface Figures extends OfficialFigures, Drawing {}
/** The figures of the whole country, and the cells they are made of. */
export interface NationalFigures {
  readonly figures: Figures;
  readonly cells: readonly CountedCell[];
}

/** The official figures for a period, as of a day, drawn from what was recorded by a moment (FM-STA-1, FM-STA-3). */
export async function nationalFigures(house: House, token: string, drawing: Drawing): Promise<NationalFigures> {
  const cells = await nationalCells(house.web, token, drawing);
  return { figures: { ...drawing, ...nationally(cells) }, cells };
}

/** Before this day there was no exit programme to count. */
const EARLIEST = knownDate('2011-01-01');

/** Said of a period whose last day comes before its first. */
export const REVERSED = 'Perioden slutter, før den begynder. Vælg en slutdato, der ligger efter startdatoen.';

/** What is wrong with the two ends of a period, in Danish; empty when figures can be drawn for it. An end that is undefined is not looked at. */
export function periodFaults(
  from: PlainDate | undefined, asOf: PlainDate | undefined, today: PlainDate,
): { readonly from?: string; readonly asOf?: string } {
  const fault = (day: PlainDate | undefined): string | undefined => {
    if (day === undefined) return undefined;
    if (day < EARLIEST) return `Tallene begynder ${formatDate(EARLIEST)}. Vælg den dag eller en senere.`;
    return day > today ? `Tal kan ikke gøres op ud i fremtiden. Vælg i dag, ${formatDate(today)}, eller en tidligere dag.` : undefined;
  };
  const first = fault(from);
  const last = fault(asOf) ?? (from !== undefined && asOf !== undefined && first === undefined && from > asOf
    ? REVERSED : undefined);
  return { ...(first === undefined ? {} : { from: first }), ...(last === undefined ? {} : { asOf: last }) };
}

/** Figures drawn before their period was over are those of a record that could not have it: they would be read as few. */
const TOO_EARLY = 'Den dag skal være periodens sidste dag eller en senere: før den kunne tallene ikke være registreret.';

/** What is wrong with the day that figures are drawn as of, in Danish (FM-STA-3). @param asOf the last day of the period, when it is one */
export const drawnFault = (drawn: PlainDate | undefined, asOf: PlainDate | undefined, today: PlainDate): string | undefined =>
  periodFaults(drawn, undefined, today).from ?? (drawn !== undefined && asOf !== undefined && drawn < asOf ? TOO_EARLY : undefined);
