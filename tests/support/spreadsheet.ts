import { strFromU8, unzipSync } from 'fflate';

interface OpenedCell {
  readonly value: string | number;
  /** How the number is shown. */
  readonly format: string;
  readonly bold: boolean;
}
interface OpenedSheet {
  readonly name: string;
  readonly rows: readonly (readonly OpenedCell[])[];
  /** Column for column, in signs. */
  readonly widths: readonly number[];
  /** Rows at the top that stand still. */
  readonly frozenRows: number;
}

const plain = (xml: string): string => xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
/** What ECMA-376 says of texts: `_x000D_` is the sign with that number. */
const xstring = (xml: string): string => plain(xml.replaceAll(/\r\n?/g, '\n')).replaceAll(/_x([0-9a-fA-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
const all = (xml: string, pattern: RegExp): readonly RegExpMatchArray[] => [...xml.matchAll(pattern)];
const attribute = (tag: string, name: string): string | undefined => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];

/** Opens an .xlsx file as a spreadsheet program does, as far as we write it. @throws for a cell that is neither text of the list nor number */
export function openSpreadsheet(bytes: Uint8Array): readonly OpenedSheet[] {
  const files = unzipSync(bytes);
  const file = (name: string): string => strFromU8(files[name] ?? new Uint8Array());
  const texts = all(file('xl/sharedStrings.xml'), /<si><t(?: xml:space="preserve")?>([\s\S]*?)<\/t><\/si>/g).map(([, text]) => xstring(text ?? ''));
  const styles = file('xl/styles.xml');
  const formats = new Map(all(styles, /<numFmt [^>]*>/g).map(([tag]) => [attribute(tag, 'numFmtId'), plain(attribute(tag, 'formatCode') ?? '')]));
  const fonts = all(styles, /<font>[\s\S]*?<\/font>/g).map(([font]) => font.includes('<b/>') || font.includes('<b />'));
  const looks = all(/<cellXfs[\s\S]*<\/cellXfs>/.exec(styles)?.[0] ?? '', /<xf [^>]*>/g).map(([tag]) => ({ format: formats.get(attribute(tag, 'numFmtId')) ?? '', bold: fonts[Number(attribute(tag, 'fontId'))] ?? false }));
  const cell = (tag: string, inside: string | undefined): OpenedCell => {
    const look = looks[Number(attribute(tag, 's'))] ?? { format: '', bold: false };
    if (inside === undefined) return { value: '', ...look };
    const value = /^<v>([^<]*)<\/v>$/.exec(inside)?.[1];
    if (value === undefined) throw new Error(`${tag}${inside} is no value`);
    const text = texts[Number(value)];
    if (attribute(tag, 't') === 's' && text === undefined) throw new Error(`there is no text ${value}`);
    return { value: text !== undefined && attribute(tag, 't') === 's' ? text : Number(value), ...look };
  };
  return all(file('xl/workbook.xml'), /<sheet [^>]*>/g).map(([tag], nth) => {
    const sheet = file(`xl/worksheets/sheet${nth + 1}.xml`);
    return {
      name: plain(attribute(tag, 'name') ?? ''), frozenRows: Number(attribute(/<pane [^>]*>/.exec(sheet)?.[0] ?? '', 'ySplit') ?? 0), widths: all(sheet, /<col [^>]*>/g).map(([col]) => Number(attribute(col, 'width'))),
      rows: all(sheet, /<row [^>]*?(?:\/>|>([\s\S]*?)<\/row>)/g).map(([, row]) => all(row ?? '', /(<c [^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g).map(([, start, inside]) => cell(start ?? '', inside))),
    };
  });
}
