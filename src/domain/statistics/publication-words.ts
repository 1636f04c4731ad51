/** What a publication says on screen and in files: its tables in words, its note, and how a hidden number is written. */

import { drawnWords, periodWords } from './period-words.js';
import type { Publication } from './publication.js';
import { type FigureId, FIGURES, keyOf, TABLE_ROWS, type TableId } from './published-figures.js';

/** A number as it is written, and as it is read aloud where that is another thing. */
export interface WrittenNumber {
  readonly n: number | null;
  /** '1.204', or '–' where it is hidden. */
  readonly text: string;
  /** 'skjult' where it is hidden. */
  readonly spoken?: string;
}

export interface WrittenTable {
  readonly id: TableId;
  readonly caption: string;
  /** Over the column of rows' names: 'Kommune'. */
  readonly heading: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly numbers: readonly WrittenNumber[] }[];
}

const written = (n: number | null): WrittenNumber => (n === null ? { n, text: '–', spoken: 'skjult' } : { n, text: String(n).replace(/\B(?=(\d{3})+$)/g, '.') });

/** The tables in Danish, rows and columns in their order. */
export function tablesOf(publication: Publication): readonly WrittenTable[] {
  return publication.tables.map(({ id, figures }) => ({
    id,
    caption: TABLE_ROWS[id].caption,
    heading: TABLE_ROWS[id].heading,
    columns: FIGURES.filter((figure) => figures.includes(figure.id)).map(({ label }) => label),
    rows: TABLE_ROWS[id].rows.map(({ value, label }) => ({
      label,
      numbers: FIGURES.filter((figure) => figures.includes(figure.id)).map((figure) => written(publication.numbers[keyOf(figure.id, id, value)] ?? null)),
    })),
  }));
}

/** Who is counted, and how (FM-STA-4). */
export const POPULATION = 'Hver sag tælles én gang, i frihed og i fængsel under ét. Et bekræftet dobbelt er ikke talt med.';

/** The source line: start, population and moment (FM-STA-4), and what is hidden. */
export function noteOf({ drawnAt, threshold, ...period }: Publication): string {
  return `${drawnWords(drawnAt)} for ${periodWords(period)}. Hver sag tælles én gang. Tal under ${threshold} er skjult.`;
}

const AGAIN = [{ figure: 'completed-re-registered', after: 'gennemført' }, { figure: 'interrupted-re-registered', after: 'afbrudt' }] as const;

/** What is the same wherever one of the tables stands. */
function remarksOnAny(publication: Publication, tables: readonly TableId[]): readonly string[] {
  const hidden = FIGURES.filter(({ id }) => publication.numbers[keyOf(id, 'country', 'denmark')] === null).map(({ label }) => label);
  return [
    'Andre tal kan være skjult, så de små ikke kan regnes ud, heller ikke ved at sammenligne med tidligere offentliggjorte tal.',
    ...(tables.includes('municipality') ? ['En kommune uden sager vises som en kommune med få.', 'Sager i fængsel eller varetægt hører til Direktoratet for Kriminalforsorgen og står ikke under en kommune. Det gør sager uden kendt kommune heller ikke, eller hvor personen er flyttet ud af kredsen.'] : []),
    ...(hidden.length > 0 ? [`Tallet for hele landet er også skjult for: ${hidden.join('; ')}.`] : []),
  ];
}
const againAfter = (after: string): string => `Hvor mange der er registreret igen efter et ${after} forløb, kan`;
const without = ({ tables }: Publication, figure: FigureId): readonly TableId[] => tables.filter(({ figures }) => !figures.includes(figure)).map(({ id }) => id);

/** What else must be known to read a table that stands alone. */
export const remarksOn = (publication: Publication, table: TableId): readonly string[] =>
  [...remarksOnAny(publication, [table]), ...AGAIN.filter(({ figure }) => without(publication, figure).includes(table)).map(({ after }) => `${againAfter(after)} ikke vises i denne tabel.`)];

/** The same of all the tables at one place: what is true of some of them names those. */
export function remarksOnAll(publication: Publication): readonly string[] {
  const all = publication.tables.map(({ id }) => id);
  return [
    ...remarksOnAny(publication, all),
    ...AGAIN.flatMap(({ figure, after }) => {
      const missing = without(publication, figure);
      if (missing.length === 0) return [];
      return [missing.length === all.length - 1 && !missing.includes('country') ? `${againAfter(after)} kun vises for hele landet.` : `${againAfter(after)} ikke vises i: ${missing.map((id) => TABLE_ROWS[id].caption).join('; ')}.`];
    }),
  ];
}
