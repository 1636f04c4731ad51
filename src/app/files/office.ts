import type { FileFormat } from '../../domain/kernel/command.js';
import { BROKEN, type Fit, isContainerOrProgram } from './signs.js';
import { eachOfZip } from './zip.js';

const MACROS = 'Filen indeholder en makro eller et indlejret program og kan ikke gemmes. Gem den som PDF, og prøv igen.';
const NESTED = 'Filen indeholder andre filer, fx et indsat regneark. Gem den som PDF, eller læg de andre filer på for sig.';
const ELSEWHERE = 'Filen henter noget udefra, når den åbnes, og det kan ses uden for sagen. Gem den som PDF, og prøv igen.';
const TOO_LARGE = 'Filen fylder for meget, når den pakkes ud. Gem den som PDF, eller del den i flere.';
const NOT_A_DOCUMENT = 'En zip-fil kan ikke gemmes. Læg filerne på en for en.';

/** What the part that lists the parts says of a document; a document with macros or a template says something else. */
const MAIN: readonly (readonly [format: FileFormat, type: string])[] = [
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'],
];
const ODT = 'application/vnd.oasis.opendocument.text';

const isMacro = (name: string): boolean => /(^|\/)(vbaProject|vbaData|activeX|macrosheets|intlmacrosheets|oleObject|customUI)|^(basic|scripts)\//i.test(name);
/**
 * Anything but a link that one clicks on: pictures and templates from elsewhere are fetched as soon as the document is opened. A tag is looked
 * for up to the next one's beginning, so that no text can be written that takes long to look through.
 */
const fetchesFromElsewhere = (name: string, content: string): boolean =>
  name.endsWith('.rels')
    ? [...content.matchAll(/<Relationship\b[^<>]*>/gi)].some(([one]) => /TargetMode\s*=\s*["']?External/i.test(one) && !/Type\s*=\s*["'][^"']*\/hyperlink["']/i.test(one))
    : /^(content|styles)\.xml$/.test(name) && /<(draw:image|draw:object|draw:object-ole|draw:plugin|text:section-source)\b[^<>]*xlink:href\s*=\s*["'](?:\w+:|\/\/|\.\.\/)/i.test(content);
const XML = /\.(xml|rels)$/i;

/** A document of Word, Excel or OpenDocument: a zip whose every part was unpacked within limits and looked at. */
export async function readOffice(file: Buffer): Promise<Fit> {
  let format: FileFormat | undefined;
  const found = await eachOfZip(file, (name, content) => {
    if (isMacro(name)) return MACROS;
    if (isContainerOrProgram(content)) return NESTED;
    if (name === 'mimetype' && content.toString('latin1') === ODT) format = 'odt';
    if (!XML.test(name)) return undefined;
    const text = content.toString('utf8');
    if (name === '[Content_Types].xml') {
      if (/macroEnabled|vbaProject/i.test(text)) return MACROS;
      format = MAIN.find(([, type]) => text.includes(`"${type}"`))?.[0];
    }
    if (/<script:event-listener|<office:script\b/i.test(text) && /^(content|styles)\.xml$/.test(name)) return MACROS;
    return fetchesFromElsewhere(name, text) ? ELSEWHERE : undefined;
  });
  if (found === 'too large') return { refused: TOO_LARGE };
  if (found === 'broken') return { refused: BROKEN };
  if (found !== undefined) return { refused: found.said };
  return format === undefined ? { refused: NOT_A_DOCUMENT } : { format, bytes: file };
}
