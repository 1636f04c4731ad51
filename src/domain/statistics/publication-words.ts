/** What a publication says on screen and in files: its tables in words, its note, and how a hidden number is written. */

import { drawnWords, periodWords } from './period-words.js';
import type { Publication } from './publication.js';
import { FIGURES, keyOf, TABLE_ROWS, type TableId } from './published-figures.js';

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

/** What else must be known to read a table; empty when there is nothing. */
export function remarksOn(publication: Publication, table: TableId): readonly string[] {
  const hidden = FIGURES.filter(({ id }) => publication.numbers[keyOf(id, 'country', 'denmark')] === null).map(({ label }) => label);
  const figures = publication.tables.find(({ id }) => id === table)?.figures ?? [];
  return [
    'Andre tal kan være skjult, så de små ikke kan regnes ud, heller ikke ved at sammenligne med tidligere offentliggjorte tal.',
    ...(table === 'municipality' ? ['En kommune uden sager vises som en kommune med få.', 'Sager i fængsel eller varetægt hører til Direktoratet for Kriminalforsorgen og står ikke under en kommune. Det gør sager uden kendt kommune heller ikke, eller hvor personen er flyttet ud af kredsen.'] : []),
    ...(hidden.length > 0 ? [`Tallet for hele landet er også skjult for: ${hidden.join('; ')}.`] : []),
    ...AGAIN.filter(({ figure }) => !figures.includes(figure)).map(({ after }) => `Hvor mange der er registreret igen efter et ${after} forløb, kan kun vises for hele landet.`),
  ];
}
