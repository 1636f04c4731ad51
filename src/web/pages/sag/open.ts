import { refusedBy } from '../../../app/house.js';
import { NEWEST_ENTRIES, openCase } from '../../../app/open-case.js';
import type { StaffDirectory } from '../../../app/staff-directory.js';
import type { ScopeKind } from '../../../domain/kernel/command.js';
import { mayBeAsked, sayImpartial } from '../../../store/lists.js';
import { caseIdOf } from '../../case-id.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import type { CaseCall } from './case-page.js';
import { conflictQuestion, isToBeAsked, isToBeAskedOnPage, wayOn } from './first-opening.js';

type Draw = (on: CaseCall) => Answer | Promise<Answer>;

/**
 * Opens the case of the address for a page and draws it, or answers as for an unknown one. Who opens it for the first time is asked first whether he has
 * a conflict of interest (FM-DEC-4).
 * @param entries how many of the journal's latest entries the page shows.
 */
export const withCase = (directory: StaffDirectory, purpose: string, kinds: readonly ScopeKind[], draw: Draw, entries = NEWEST_ENTRIES, files = false) =>
  withCaseUnasked(directory, purpose, kinds, (on) => (isToBeAskedOnPage(on) ? conflictQuestion(on) : draw(on)), entries, files);

/** As `withCase`, for forms and for documents, before which he is asked also while he is warned of a danger. */
export const withCaseAsked = (directory: StaffDirectory, purpose: string, kinds: readonly ScopeKind[], draw: Draw, entries = NEWEST_ENTRIES) =>
  withCaseUnasked(directory, purpose, kinds, (on) => (isToBeAsked(on) ? conflictQuestion(on) : draw(on)), entries);

/**
 * For what is sent, and for files, which open no page of the case: whoever is to be asked is asked instead, and nothing is carried out. The case is opened for
 * the question and not else, so that one request leaves one row (control 11).
 */
export const askedFirst = (directory: StaffDirectory, purpose: string, handle: (call: SignedInCall) => Promise<Answer>) => async (call: SignedInCall): Promise<Answer> => {
  try {
    if (!(await mayBeAsked(call.house.web, call.visitor.token, caseIdOf(call)))) return await handle(call);
  } catch (error) {
    return refusedBy(error);
  }
  return withCaseUnasked(directory, purpose, ['card'], (on) => conflictQuestion(on))(call);
};

/** As `withCase`, for what somebody may see or answer before he has said whether he has a conflict of interest. */
export const withCaseUnasked = (directory: StaffDirectory, purpose: string, kinds: readonly ScopeKind[], draw: Draw, entries = NEWEST_ENTRIES, files = false) =>
  async (call: SignedInCall): Promise<Answer> => {
    const opened = await openCase(call.house, call.visitor.token, caseIdOf(call), purpose, kinds, entries, files);
    if (opened.kind !== 'open') return opened;
    const people = [...opened.state.circle.members.map((member) => member.user), ...opened.facts.map((one) => one.actor), ...opened.entries.map((one) => one.actor)];
    const staff = await directory.named(call.visitor.token, people);
    const working = await directory.working(call.visitor.token);
    return draw({ call, opened, staff, left: new Set(people.filter((one) => !working.has(one))) });
  };

/** He has none: from here on the case is open to him, and he comes to the page he asked for. */
export async function answerImpartial(call: SignedInCall): Promise<Answer> {
  const id = caseIdOf(call);
  try {
    return (await sayImpartial(call.house.web, call.visitor.token, id)) ? { kind: 'redirect', to: wayOn(call, id) ?? paths.case(id) } : { kind: 'absent' };
  } catch (error) {
    return refusedBy(error);
  }
}
