import { isUnitId } from '../domain/reference/authorities.js';
import { isMunicipalityCode } from '../domain/reference/denmark.js';
import { addWorkingDays, copenhagenDate, type PlainDate } from '../domain/kernel/time.js';
import { countOverview, listOverview, listUntaken, type MunicipalityCount, OVERVIEW_SORTS, type OverviewRow, type OverviewSort, type UntakenRow } from '../store/overview.js';
import { type House, type Refused, refusedBy } from './house.js';

/** Cases on a page of the overview: as many as names may be shown of at once (access.md, "vis navne"). */
export const OVERVIEW_PAGE = 25;

/** The phases whose cases stand in the overview (FM-NCP-1). */
export const OVERVIEW_PHASES = ['assessment', 'accepted', 'course'] as const;
export const OVERVIEW_PLACES = ['freedom', 'custody'] as const;

const FIELDS = ['unit', 'municipality', 'phase', 'place', 'late', 'sort'] as const;
export type OverviewField = (typeof FIELDS)[number];

/** What the overview is narrowed to, in codes; a field that is left out narrows nothing. */
export type OverviewFilter = Readonly<Partial<Record<OverviewField, string>>>;

const within = (values: readonly string[]) => (text: string): boolean => values.includes(text);
const FITS: Readonly<Record<OverviewField, (text: string) => boolean>> = {
  unit: isUnitId, municipality: isMunicipalityCode, phase: within(OVERVIEW_PHASES), place: within(OVERVIEW_PLACES), late: within(['true']), sort: within(OVERVIEW_SORTS),
};

/** What of a filter can be used, and the fields that cannot. An empty one counts as left out. */
export const readOverviewFilter = (given: Readonly<Record<string, string | undefined>>): { readonly filter: OverviewFilter; readonly wrong: readonly OverviewField[] } => {
  const filled = FIELDS.flatMap((field): readonly (readonly [OverviewField, string])[] => {
    const text = given[field] ?? '';
    return text === '' ? [] : [[field, text]];
  });
  return { filter: Object.fromEntries(filled.filter(([field, text]) => FITS[field](text))), wrong: filled.filter(([field, text]) => !FITS[field](text)).map(([field]) => field) };
};

export interface Overview {
  readonly today: PlainDate;
  /** From 1; the last one where one beyond it was asked for. */
  readonly page: number;
  /** Of the page, in the order that was asked for. */
  readonly rows: readonly OverviewRow[];
  /** Of all that fit. */
  readonly total: number;
  readonly late: number;
  /** Of all there are, whatever fits. */
  readonly places: readonly MunicipalityCount[];
  /** Inquiries that nobody has taken for a working day after they were due (FM-INT-2). */
  readonly untaken: readonly UntakenRow[];
}

/** The national overview as an official has it: everyone in assessment and in course, and the inquiries that nobody takes (FM-NCP-1, FM-INT-2). @param asked the page, from 1 */
export async function nationalOverview(house: House, token: string, { late, sort, ...codes }: OverviewFilter, asked: number): Promise<Overview | Refused> {
  const today = copenhagenDate(house.clock());
  try {
    const wanted = { ...codes, late: late === 'true', sort: (sort ?? 'due') as OverviewSort };
    const { page, rows } = await pageOrLast(asked, (one) => listOverview(house.web, token, today, { ...wanted, limit: OVERVIEW_PAGE, offset: (one - 1) * OVERVIEW_PAGE }));
    const places = await countOverview(house.web, token, today);
    // Late from the day after its due day on; it is told when a whole working day has gone by since: of one that was due the next working day, its second is over; an urgent one is told a working day sooner.
    const untaken = await listUntaken(house.web, token, today, addWorkingDays(today, -1));
    return { today, page, rows, total: rows[0]?.total ?? 0, late: rows[0]?.late ?? 0, places, untaken };
  } catch (error) {
    return refusedBy(error);
  }
}

/** A page of the list; of one behind the last, which an old link asks for, the last. How many there are each row says, so that the first page is looked at where there is none. */
async function pageOrLast(asked: number, read: (page: number) => Promise<readonly OverviewRow[]>): Promise<{ readonly page: number; readonly rows: readonly OverviewRow[] }> {
  const rows = await read(asked);
  if (rows.length > 0 || asked === 1) return { page: asked, rows };
  const first = await read(1);
  const last = Math.max(1, Math.ceil((first[0]?.total ?? 0) / OVERVIEW_PAGE));
  return { page: last, rows: last === 1 ? first : await read(last) };
}
