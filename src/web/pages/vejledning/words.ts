import { formatInstant, formatInstantToSecond } from '../../../domain/kernel/time.js';
import type { TextRow } from '../../../store/texts-outside-cases.js';

type Row = Pick<TextRow<'guidance'>, 'id' | 'asked_at'>;

/** When one of a list was asked; to the second where others of it came in the same minute, for no list shows what was asked: each text has a key of its own (FM-NCP-6). */
export const askedWhen = ({ id, asked_at: at }: Row, all: readonly Row[]): string =>
  all.some((other) => other.id !== id && formatInstant(other.asked_at) === formatInstant(at)) ? formatInstantToSecond(at) : formatInstant(at);
