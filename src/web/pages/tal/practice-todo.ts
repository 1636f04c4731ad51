import type { PlainDate } from '../../../domain/kernel/time.js';
import { unitName } from '../../../domain/reference/authorities.js';
import type { TextRow } from '../../../store/texts-outside-cases.js';
import { paths } from '../../paths.js';
import type { Todo } from '../../ui/todo-list.js';

/** What of questions of practice waits for the reader: to a unit each that it has not answered, to the contact point each answer that nobody there has opened, and from the day it was due that there is none (FM-NCP-7). */
export const practiceTodo = (today: PlainDate) => ({ id, unit, due, answered_at: answered, asks, answers, unread }: TextRow<'practice'>): readonly Todo[] => {
  const of = { key: `practice ${id}`, href: paths.practiceQuestion(id), place: 'Kvalitet' };
  if (unread) return [{ ...of, title: 'En enhed har svaret på jeres spørgsmål om kvalitet', due: today, action: 'Læs svaret', who: unitName(unit) }];
  if (asks && answered === null && due <= today) return [{ ...of, title: 'Enheden har ikke svaret', due, action: 'Se spørgsmålet', who: unitName(unit) }];
  return answers && answered === null ? [{ ...of, title: 'Svar kontaktpunktet om enhedens tal', due, action: 'Læs og svar' }] : [];
};
