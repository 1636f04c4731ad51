import { authorityName } from '../../../domain/reference/authorities.js';
import type { GuidanceRow } from '../../../store/guidance.js';
import { paths } from '../../paths.js';
import type { Todo } from '../../ui/todo-list.js';

/** A question for guidance that waits, among the contact point's work (FM-NCP-6); nothing of one that is answered. */
export const guidanceTodo = ({ id, authority, due, answered_at: answered }: GuidanceRow): readonly Todo[] =>
  answered !== null ? [] : [{ key: `guidance ${id}`, title: 'Giv vejledning', due, href: paths.guidanceQuestion(id), action: 'Læs og svar', place: 'Vejledning', placeHref: paths.guidance(), who: authorityName(authority) }];
