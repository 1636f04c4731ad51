import { membershipUntil, scopeUntil, timesOf } from '../domain/access/after-the-end.js';
import { readsScope } from '../domain/access/scopes.js';
import type { ExitCase } from '../domain/exit-case/case.js';
import { currentMembers } from '../domain/exit-case/circle.js';
import { phaseOf, taskRows, tasksOf } from '../domain/exit-case/follows.js';
import { dueToTake } from '../domain/exit-case/inquiry.js';
import { isReviewable } from '../domain/exit-case/review.js';
import { watchRows } from '../domain/exit-case/renewal.js';
import { retentionOf } from '../domain/exit-case/retention.js';
import { isAtContactPoint } from '../domain/exit-case/unit-naming.js';
import { type WaitsFor, waitsFor } from '../domain/exit-case/waits-for.js';
import { addDays, type Instant, instantOf, type PlainDate } from '../domain/kernel/time.js';
import type { ScopeRow } from './case-rows.js';

/*
 * What the tables that follow the stream hold for a state, with the columns of the tables: what a command writes and what a rebuild
 * compares with are said once, here. Records (notifications, questions, receipts, figures) are not among them: they are never rebuilt.
 */

/** The case a row belongs to. */
export interface CaseHead {
  readonly caseId: string;
  readonly number: string;
}

/** A day's last moment is the first of the next (Copenhagen); what has no end lasts for ever. */
const momentAfter = (day: PlainDate | undefined): Instant | 'infinity' => (day === undefined ? 'infinity' : instantOf(addDays(day, 1), 0, 0));

/** The list's row of a case: structure only. */
export interface StructureRow {
  readonly unit: string;
  readonly municipality: string | null;
  readonly phase: string;
  readonly place: string;
  readonly since: PlainDate;
  readonly nextDue: PlainDate | null;
  /** What is due then, for the contact point's overview. */
  readonly waitsFor: WaitsFor | null;
  readonly contactPerson: string | null;
}
export const structureOf = (state: ExitCase): StructureRow => {
  const { phase, since } = phaseOf(state);
  // The row is the whole circle's: what waits for police without the others' knowing sets no date in it.
  const next = tasksOf(state).find((task) => task.policeOnly !== true);
  return {
    unit: state.inquiry.unit, municipality: state.inquiry.municipality ?? null, phase, place: state.inquiry.place, since,
    nextDue: next?.due ?? null, waitsFor: next === undefined ? null : waitsFor(next), contactPerson: state.agreement.contactPerson ?? null,
  };
};

/** The columns of `app.exit_case` that follow the stream; the others are the case's own. */
export const structureColumns = (state: ExitCase) => columnsOf(structureOf(state));
const columnsOf = ({ unit, municipality, phase, place, since, nextDue, contactPerson }: StructureRow) => ({
  unit, municipality, phase, place, since, next_due: nextDue, contact_person: contactPerson,
});

const IN_OVERVIEW: readonly string[] = ['assessment', 'accepted', 'course'];

export const overviewRows = ({ caseId, number }: CaseHead, state: ExitCase) => {
  const row = structureOf(state);
  return IN_OVERVIEW.includes(row.phase) ? [{ case_id: caseId, number, ...columnsOf(row), waits_for: row.waitsFor }] : [];
};

/** Of a closed case: how long it is kept (FM-WORK-4). */
export const retentionRows = ({ caseId }: CaseHead, state: ExitCase) => {
  const retention = retentionOf(state);
  if (retention === undefined) return [];
  const { outcome, endedOn, dueOn, heldUntil, archived } = retention;
  return [{ case_id: caseId, unit: state.inquiry.unit, outcome, ended_on: endedOn, due_on: dueOn ?? null, held_until: heldUntil ?? null, archived, reviewable: isReviewable(state) }];
};

export const inboxRows = ({ caseId, number }: CaseHead, state: ExitCase) => {
  const { inquiry } = state;
  return [{
    case_id: caseId, unit: inquiry.unit, number, received_at: inquiry.receivedAt, municipality: inquiry.municipality ?? null, channel: inquiry.channel, place: inquiry.place,
    urgent: inquiry.urgent, due: dueToTake(inquiry), taken_at: inquiry.takenAt ?? inquiry.closed?.at ?? null,
    at_contact_point: isAtContactPoint(state), ends_as_double: state.double.told?.ends === true,
  }];
};

/** Every membership there was, ended or not; one that was taken up again at the very moment it ended has not ended. */
export const memberRows = ({ caseId }: CaseHead, state: ExitCase) => {
  const rows = state.circle.members.map((member) => ({
    case_id: caseId, user_id: member.user, role: member.role, subject: member.measure ?? member.question ?? '', valid_from: member.from, valid_to: member.to ?? null,
    until: member.to === undefined ? momentAfter(membershipUntil(state, member)) : ('infinity' as const),
  }));
  return [...new Map(rows.map((row) => [[row.user_id, row.role, row.subject, row.valid_from].join('|'), row])).values()];
};

export const blockRows = ({ caseId }: CaseHead, state: ExitCase) => [...new Set(state.circle.excluded)].map((user) => ({ case_id: caseId, user_id: user }));

/** What the lists of the case's people have of it, as one of them has it then. */
const waitingFor = (state: ExitCase, reader?: { readonly user: string; readonly his: ExitCase }) => [
  ...taskRows(state, (user) => (user === reader?.user ? reader.his : state)).map((row) => ({ ...row, shown_from: null, if_left: null })), ...watchRows(reader?.his ?? state),
].filter((row) => reader === undefined || row.reader === reader.user);
const later = (one: PlainDate | null, other: PlainDate | undefined): PlainDate | null => (one !== null && (other === undefined || one > other) ? one : (other ?? null));

/** Each row for as long as what its reader is in the circle gives it to him: a part that is over leaves what his others give, which may come to be less his own (FM-CNF-2). */
export const taskRowsOf = ({ caseId }: CaseHead, state: ExitCase) => {
  const now = waitingFor(state);
  return [...new Set(now.map((row) => row.reader))].flatMap((user) => {
    const rows = new Map<string, (typeof now)[number] & { readonly case_id: string; until: Instant | 'infinity' }>();
    timesOf(state, user).forEach((time, nth) => {
      for (const row of nth === 0 ? now.filter((one) => one.reader === user) : waitingFor(state, { user, his: time.state })) {
        const place = `${row.key}|${String(row.mine)}`;
        const until = momentAfter(time.last);
        const known = rows.get(place);
        if (known !== undefined) known.until = until;
        else rows.set(place, { case_id: caseId, ...row, shown_from: later(row.shown_from, time.first), until });
      }
    });
    return [...rows.values()];
  });
};

/** Who reads which scope now, and until when: the domain's table, asked for every scope and member (FM-CNF-4). Keys: `scope|user`. */
export const readersOf = (state: ExitCase, scopes: readonly ScopeRow[]): ReadonlyMap<string, Instant | 'infinity'> => {
  const users = [...new Set(currentMembers(state).map((member) => member.user))];
  const readers = new Map<string, Instant | 'infinity'>();
  for (const scope of scopes) {
    for (const user of users) if (readsScope(state, user, scope)) readers.set(`${scope.id}|${user}`, momentAfter(scopeUntil(state, user, scope)));
  }
  return readers;
};
