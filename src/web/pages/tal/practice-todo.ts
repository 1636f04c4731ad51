import type { PlainDate } from '../../../domain/kernel/time.js';
import { unitName } from '../../../domain/reference/authorities.js';
import type { PracticeQuestionRow } from '../../../store/practice-questions.js';
import { paths } from '../../paths.js';
import type { Todo } from '../../ui/todo-list.js';

/** What of questions of practice waits for the reader: to a unit each that it has not answered, to the contact point each answer that nobody there has opened (FM-NCP-7). */
export const practiceTodo = (today: PlainDate) => ({ id, unit, due, answered_at: answered, unread, mine }: PracticeQuestionRow): readonly Todo[] => {
  const of = { key: `practice ${id}`, href: paths.practiceQuestion(id), place: 'Kvalitet' };
  if (unread) return [{ ...of, title: 'En enhed har svaret på jeres spørgsmål om kvalitet', due: today, action: 'Læs svaret', who: unitName(unit) }];
  return mine && answered === null ? [{ ...of, title: 'Svar kontaktpunktet om enhedens tal', due, action: 'Læs og svar' }] : [];
};
