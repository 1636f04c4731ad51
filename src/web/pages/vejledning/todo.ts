import { authorityName } from '../../../domain/reference/authorities.js';
import type { PlainDate } from '../../../domain/kernel/time.js';
import type { GuidanceRow } from '../../../store/guidance.js';
import { paths } from '../../paths.js';
import type { Todo } from '../../ui/todo-list.js';

/** What of guidance waits for the reader: to the contact point each question without an answer, to who asked each answer that he has not opened (FM-NCP-6). */
export const guidanceTodo = (today: PlainDate, desk: boolean) => ({ id, authority, due, answered_at: answered, unread }: GuidanceRow): readonly Todo[] => {
  const of = { key: `guidance ${id}`, href: paths.guidanceQuestion(id), place: 'Vejledning', placeHref: paths.guidance() };
  if (unread) return [{ ...of, title: 'Kontaktpunktet har svaret på dit spørgsmål', due: today, action: 'Læs svaret' }];
  return desk && answered === null ? [{ ...of, title: 'Giv vejledning', due, action: 'Læs og svar', who: authorityName(authority) }] : [];
};
