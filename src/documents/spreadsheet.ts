import type { CellObject } from 'write-excel-file/node';
import { copenhagenTime, type Instant, partsOfDate, type PlainDate } from '../domain/kernel/time.js';
import type { Sheet, SheetCell } from '../domain/statistics/publication-sheets.js';

export const SPREADSHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Days and moments as Danes write them, in Danish wherever the file is opened: '21. november 2026 kl. 10.42'. */
const DAY = '[$-406]d\\.\\ mmmm\\ yyyy';
const MOMENT = `${DAY}\\ "kl."\\ h\\.mm`;
/** A thousand is parted as the reader's program does it. */
const WHOLE = '#,##0';
/** Text also for who goes into the cell and out again: what begins with '=' is not reckoned with then either. */
const TEXT = '@';

/** What xml cannot hold, or what is lost on the way to it. */
const LOST = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFFFD\p{Cs}\p{Noncharacter_Code_Point}]/gu;
const escaped = (sign: string): string => sign.split('').map((unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`).join('');
/**
 * A text as the format wants it (ECMA-376, ST_Xstring): what xml cannot hold is written `_x000D_`, and what looks like that by itself is kept from being read so. The library finds texts again by
 * looking them up in a plain object, where a text like 'constructor' is taken for one that is there.
 */
const xstring = (text: string): string => {
  const safe = text.replaceAll(/_(?=x[0-9a-fA-F]{4}_)/gu, '_x005F_').replaceAll(LOST, escaped);
  return safe in {} ? `${escaped(safe.charAt(0))}${safe.slice(1)}` : safe;
};

/** Days and moments are numbers in the file and have no zone: as the clock in Copenhagen shows them. */
const midnight = (day: PlainDate): Date => {
  const { year, month, day: nth } = partsOfDate(day);
  return new Date(Date.UTC(year, month - 1, nth));
};
const clockOf = (at: Instant): Date => {
  const { date, hour, minute } = copenhagenTime(at);
  return new Date(midnight(date).getTime() + (hour * 60 + minute) * 60_000);
};


function written(cell: SheetCell): CellObject {
  if ('number' in cell) return { value: cell.number, type: Number, format: WHOLE, alignVertical: 'top' };
  if ('day' in cell) return { value: midnight(cell.day), type: Date, format: DAY, align: 'left', alignVertical: 'top' };
  if ('moment' in cell) return { value: clockOf(cell.moment), type: Date, format: MOMENT, align: 'left', alignVertical: 'top' };
  if ('hidden' in cell) return { value: xstring(cell.hidden), type: String, format: TEXT, align: 'right', alignVertical: 'top' };
  return { value: xstring(cell.text), type: String, format: TEXT, wrap: true, alignVertical: 'top' };
}

/** In signs: what is longer goes on in another line. */
const [NARROWEST, WIDEST, HEADING] = [12, 72, 18];
/** As wide as the longest text of the column; a heading may take two or three lines. */
const widths = ({ headings, rows }: Sheet): readonly { readonly width: number }[] => headings.map((heading, nth) => {
  const texts = rows.flatMap((row) => { const cell = row[nth]; return cell === undefined ? [] : 'text' in cell ? [cell.text.length] : 'moment' in cell || 'day' in cell ? [26] : []; });
  return { width: Math.min(WIDEST, Math.max(NARROWEST, Math.min(HEADING, heading.length), ...texts) + 2) };
});

/**
 * The sheets as an .xlsx file, each with its headings bold and standing still. It names no author and no program: the only moments in it are those of the figures and when it was written.
 * The library comes when it is first needed.
 */
export async function spreadsheet(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const { default: write } = await import('write-excel-file/node');
  return write(sheets.map((sheet) => ({
    sheet: sheet.name, columns: [...widths(sheet)], stickyRowsCount: 1,
    data: [
      sheet.headings.map((heading, nth): CellObject => ({ value: xstring(heading), type: String, format: TEXT, fontWeight: 'bold', wrap: true, alignVertical: 'bottom', ...(nth > 0 && sheet.rows.some((row) => row[nth] !== undefined && 'number' in row[nth]) ? { align: 'right' as const } : {}) })),
      ...sheet.rows.map((row) => row.map(written)),
      // Not turned to more lines: it runs on over the empty cells beside it.
      ...(sheet.note === undefined ? [] : [[], [{ value: xstring(sheet.note), type: String, format: TEXT } as CellObject]]),
    ],
  }))).toBuffer();
}
