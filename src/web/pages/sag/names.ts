import { showNames } from '../../../app/names.js';
import type { StaffDirectory } from '../../../app/staff-directory.js';
import { caseIdOf } from '../../case-id.js';
import type { Answer, SignedInCall } from '../../route.js';
import { conflictQuestion, isToBeAskedOnPage } from './first-opening.js';
import { withCaseUnasked } from './open.js';
import { overview } from './overblik.js';

/** *Vis navne* on one case: shown once on its overview; the next page is discreet again. */
export const caseNames = (directory: StaffDirectory) => async (call: SignedInCall): Promise<Answer> => {
  const id = caseIdOf(call);
  const names = await showNames(call.house, call.visitor.token, [id]);
  if ('kind' in names) return names;
  const identity = names.get(id);
  const shown = { name: identity?.name ?? 'Ikke oplyst', cpr: identity?.cpr ?? 'Ikke oplyst' };
  return withCaseUnasked(directory, 'overview', ['card', 'bundle'], (on) => (isToBeAskedOnPage(on) ? conflictQuestion(on, shown) : overview(on, shown)))(call);
};
