import { NEWEST_ENTRIES, openCase } from '../../../app/open-case.js';
import type { StaffDirectory } from '../../../app/staff-directory.js';
import { currentMembers } from '../../../domain/exit-case/circle.js';
import type { ScopeKind } from '../../../domain/kernel/command.js';
import { caseIdOf } from '../../case-id.js';
import type { Answer, SignedInCall } from '../../route.js';
import type { CaseCall } from './case-page.js';

/**
 * Opens the case of the address for a page and draws it, or answers as for an unknown one.
 * @param entries how many of the journal's latest entries the page shows.
 */
export const withCase = (directory: StaffDirectory, purpose: string, kinds: readonly ScopeKind[], draw: (on: CaseCall) => Answer | Promise<Answer>, entries = NEWEST_ENTRIES, files = false) =>
  async (call: SignedInCall): Promise<Answer> => {
    const opened = await openCase(call.house, call.visitor.token, caseIdOf(call), purpose, kinds, entries, files);
    if (opened.kind !== 'open') return opened;
    const people = [...currentMembers(opened.state).map((member) => member.user), ...opened.facts.map((one) => one.actor), ...opened.entries.map((one) => one.actor)];
    const staff = await directory.named(call.visitor.token, people);
    const working = new Set((await directory.all(call.visitor.token)).map((one) => one.id));
    return draw({ call, opened, staff, left: new Set(people.filter((one) => !working.has(one))) });
  };
