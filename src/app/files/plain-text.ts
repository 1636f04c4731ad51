import { type Fit, hasMarkup, isContainerOrProgram } from './signs.js';

const UTF8 = new TextDecoder('utf-8', { fatal: true });
/** Characters that no text has: they belong to programs and to files that only begin like a text. */
const UNCLEAN = /[^\P{Cc}\t\n\r\f]/u;

/** A text in UTF-8 that no browser and no shell takes for more; undefined when it is none. */
export function readPlainText(file: Buffer): Fit | undefined {
  if (isContainerOrProgram(file)) return undefined;
  let text: string;
  try {
    text = UTF8.decode(file);
  } catch {
    return undefined;
  }
  return UNCLEAN.test(text) || hasMarkup(text) || text.slice(0, 1024).includes('%PDF-') ? undefined : { format: 'txt', bytes: file };
}
