import type { StaffDirectory } from '../../app/staff-directory.js';
import type { OpenedCase } from '../../app/open-case.js';
import { currentMembers } from '../../domain/exit-case/circle.js';
import { AUTHORITY_IDS, authorityName } from '../../domain/reference/authorities.js';
import { seesMeasure } from '../../domain/access/scopes.js';
import { measureTitle } from './measure-title.js';
import type { StaffMember } from '../../store/staff.js';
import type { Option } from '../ui/form.js';

const label = (one: StaffMember): string => `${one.name}, ${authorityName(one.authority)}`;
const option = (one: StaffMember): Option => ({ value: one.id, label: label(one) });

/** People who may be named in a case at all: no auditors, no administrators. */
const nameable = (one: StaffMember): boolean => !one.functions.some((each) => each === 'auditor' || each === 'admin');

/** The lists that a form of a case offers, by the widget that asks for them. Excluded people are absent, as unknown ones are (control 20). */
export async function caseChoices(directory: StaffDirectory, token: string, opened: OpenedCase): Promise<Readonly<Record<string, readonly Option[]>>> {
  const { state, actor } = opened;
  const staff = (await directory.all(token)).filter((one) => nameable(one) && !state.circle.excluded.some((id) => id === one.id));
  const members = new Set<string>(currentMembers(state).map((member) => member.user));
  return {
    staff: staff.map(option),
    roster: staff.map(option),
    member: staff.filter((one) => members.has(one.id)).map(option),
    measure: state.measures.measures.filter((measure) => seesMeasure(state, actor.user, measure)).map((measure) => ({ value: measure.id, label: measureTitle(opened, measure) })),
    authority: AUTHORITY_IDS.map((id) => ({ value: id, label: authorityName(id) })),
  };
}
