import { authorityName } from '../../../domain/reference/authorities.js';
import type { PlainDate } from '../../../domain/kernel/time.js';
import type { TextRow } from '../../../store/texts-outside-cases.js';
import { paths } from '../../paths.js';
import type { Todo } from '../../ui/todo-list.js';
import { askedWhen } from './words.js';

/** What of guidance waits for the reader: to the contact point each question without an answer; to who asked each answer that he has not opened, and from the day it was due that there is none (FM-NCP-6). */
export const guidanceTodo = (today: PlainDate) => (row: TextRow<'guidance'>, _nth: number, all: readonly TextRow<'guidance'>[]): readonly Todo[] => {
  const { id, authority, due, answered_at: answered, asks, answers, unread } = row;
  const when = `Spurgt ${askedWhen(row, all)}`;
  const of = { key: `guidance ${id}`, href: paths.guidanceQuestion(id), place: 'Vejledning', placeHref: paths.guidance() };
  if (unread) return [{ ...of, title: 'Kontaktpunktet har svaret på dit spørgsmål', due: today, action: 'Læs svaret', who: when }];
  if (asks && answered === null && due <= today) return [{ ...of, title: 'Kontaktpunktet har ikke svaret', due, action: 'Se spørgsmålet', who: when }];
  return answers && answered === null ? [{ ...of, title: 'Giv vejledning', due, action: 'Læs og svar', who: `${authorityName(authority)} · ${when}` }] : [];
};
