import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addDays, addMonths, formatDate, type PlainDate, plainDateBetween } from '../kernel/time.js';
import { monthsKept, type Outcome } from '../reference/retention-periods.js';
import type { CaseEvent, ExitCase } from './case.js';
import { currentMembers, type Seat, seatsOf, seatsToSpeak, unitMember } from './circle.js';
import { command } from './define.js';
import { FIRST_DAY, LAST_DAY } from './follow-up.js';
import { isEnded, measureOf } from './measure.js';

export type RetentionEvent =
  | { readonly type: 'RetentionHeld'; readonly on: PlainDate; readonly until: PlainDate }
  | { readonly type: 'RetentionReleased'; readonly on: PlainDate }
  | { readonly type: 'ArchiveConfirmed'; readonly seats: readonly Seat[]; readonly on: PlainDate };

export interface RetentionState {
  /** The last day on which the case must not be deleted, for a reason outside it (legal hold). */
  readonly heldUntil?: PlainDate;
  /** The authorities that have said that their own archive has what it must. */
  readonly archived: readonly Seat[];
}
export const noRetention: RetentionState = { archived: [] };

/** A case that is taken up again is not what the archives were given: they are asked anew at its next end. */
export const evolveRetention = (state: RetentionState, event: CaseEvent): RetentionState => {
  switch (event.type) {
    case 'RetentionHeld':
      return { ...state, heldUntil: event.until };
    case 'RetentionReleased':
      return { archived: state.archived };
    case 'ArchiveConfirmed':
      return { ...state, archived: [...state.archived, ...event.seats] };
    case 'CaseAccepted':
    case 'RecordAnnulled':
      return state.archived.length === 0 ? state : { ...state, archived: [] };
    default:
      return state;
  }
};

/** How long a closed case is kept, and what stands in the way of its deletion. */
export interface Retention {
  readonly outcome: Outcome;
  readonly endedOn: PlainDate;
  /** The first day its deletion is proposed; undefined while a measure goes on after the end. */
  readonly dueOn?: PlainDate;
  /** The last day of a legal hold; the deletion is not proposed before it is over. */
  readonly heldUntil?: PlainDate;
  readonly archived: readonly Seat[];
  /** Authorities whose archive nobody has vouched for. */
  readonly missing: readonly Seat[];
}

/** The period runs from the end of the case, or of the last measure that went on after it (FM-END-4). Undefined while the case is open. */
export const retentionOf = (state: ExitCase): Retention | undefined => {
  const { closed } = state.ending;
  if (closed === undefined) return undefined;
  const owned = currentMembers(state).flatMap((one) => (one.role === 'owner' && one.measure !== undefined ? (measureOf(state, one.measure) ?? []) : []));
  const from = owned.reduce((last, { endedOn }) => (endedOn !== undefined && endedOn > last ? endedOn : last), closed.on);
  const { archived, heldUntil } = state.retention;
  const due = addMonths(from, monthsKept(closed.outcome));
  return {
    outcome: closed.outcome, endedOn: closed.on, archived, missing: seatsToSpeak(state).filter((seat) => !archived.includes(seat)), ...(heldUntil === undefined ? {} : { heldUntil }),
    ...(owned.every(isEnded) ? { dueOn: heldUntil !== undefined && heldUntil >= due ? addDays(heldUntil, 1) : due } : {}),
  };
};

const stillOpen = (state: ExitCase): Rejection | undefined =>
  state.ending.closed ? undefined : reject('FM-WORK-4', ['ending'], 'Sagen er i gang, og så længe slettes intet. Du kan gøre det, når sagen er afsluttet.');

/** A hold is for a time: who could end it is in the circle no more by then, and is asked about the deletion instead (docs/decisions/0020). */
const HOLD_MONTHS = 60;

/** Something outside the case needs it: a court, a complaint, a claim (FM-WORK-4). */
export const retentionHold = command({
  name: 'retention.hold',
  title: 'Stop sletning af sagen',
  rules: ['FM-WORK-4'],
  page: 'dokumenter',
  input: z.strictObject({
    reason: prose({ label: 'Hvorfor skal sagen bevares?', hint: 'For eksempel en klage eller en retssag, som ikke er afgjort.', missing: 'Skriv, hvorfor sagen skal bevares' }),
    until: plainDateBetween(FIRST_DAY, LAST_DAY, 'Datoen').meta({ label: 'Bevares til og med', hint: 'Højst fem år frem. Derefter bliver enheden spurgt igen, før noget slettes.', widget: 'date' }),
  }),
  writes: ['general'],
  may: unitMember,
  when: (state) => {
    const { heldUntil } = state.retention;
    if (heldUntil !== undefined) return reject('FM-WORK-4', ['ending'], `Sletningen er stoppet til og med ${formatDate(heldUntil)}. Ophæv det først, hvis det skal være en anden dag.`);
    return stillOpen(state);
  },
  decide: (_state, input, ctx) => {
    if (input.until <= ctx.today) return reject('FM-WORK-4', ['own'], 'Vælg en dag, der ikke er kommet endnu.', 'until');
    const last = addMonths(ctx.today, HOLD_MONTHS);
    if (input.until > last) return reject('FM-WORK-4', ['own'], `Vælg en dag senest ${formatDate(last)}.`, 'until');
    return [{ event: { type: 'RetentionHeld', on: ctx.today, until: input.until }, bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }] }];
  },
});

export const retentionRelease = command({
  name: 'retention.release',
  title: 'Ophæv stop for sletning',
  rules: ['FM-WORK-4'],
  page: 'dokumenter',
  input: z.strictObject({
    reason: prose({ label: 'Hvorfor skal sagen ikke bevares længere?', hint: 'Er fristen allerede gået, bliver sletningen foreslået med det samme.', missing: 'Skriv, hvorfor sagen ikke skal bevares længere' }),
  }),
  writes: ['general'],
  may: unitMember,
  when: (state) => (state.retention.heldUntil === undefined ? reject('FM-WORK-4', ['ending'], 'Sletningen er ikke stoppet. Der er ikke noget at ophæve.') : undefined),
  decide: (_state, input, ctx) => [
    { event: { type: 'RetentionReleased', on: ctx.today }, bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }] },
  ],
});

/** Each authority's own archive stays the journal of record: it has what it must before anything is deleted (FM-LAW-2). */
export const retentionArchive = command({
  name: 'retention.archive',
  title: 'Bekræft, at jeres eget arkiv har det, det skal have',
  rules: ['FM-WORK-4', 'FM-LAW-2'],
  page: 'dokumenter',
  input: z.strictObject({}),
  writes: [],
  may: unitMember,
  when: (state, ctx) => {
    const seats = seatsOf(state, ctx.actor.user);
    if (seats.every((seat) => state.retention.archived.includes(seat))) return reject('FM-WORK-4', ['own'], 'Din myndighed har allerede bekræftet det.');
    return stillOpen(state);
  },
  decide: (state, _input, ctx) => [
    { event: { type: 'ArchiveConfirmed', seats: seatsOf(state, ctx.actor.user).filter((seat) => !state.retention.archived.includes(seat)), on: ctx.today } },
  ],
});

export const retentionCommands = [retentionHold, retentionRelease, retentionArchive];
