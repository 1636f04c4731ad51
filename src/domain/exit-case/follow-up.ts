import { z } from 'zod';
import type { FollowUpId, MeasureId, RequirementId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import { addDays, knownDate, type PlainDate, plainDateBetween } from '../kernel/time.js';
import { agreementInForce } from './agreement.js';
import type { ExitCase } from './case.js';
import { unitOrContact } from './circle.js';
import { contactTaskOwner, isRunning, notRunning } from './course.js';
import { command, type Task } from './define.js';

export const MEASURE_STATUSES = [
  { value: 'agreed', label: 'Følges' },
  { value: 'partly', label: 'Delvist' },
  { value: 'not', label: 'Følges ikke' },
  { value: 'not-started', label: 'Ikke i gang' },
  { value: 'ended', label: 'Afsluttet' },
] as const;
export const FULFILMENTS = [
  { value: 'met', label: 'Opfyldt' },
  { value: 'partly', label: 'Delvist' },
  { value: 'not', label: 'Ikke opfyldt' },
] as const;
export const SIGN_ANSWERS = [
  { value: 'ceased', label: 'Ja' },
  { value: 'lessened', label: 'Delvist' },
  { value: 'unchanged', label: 'Ikke endnu' },
  { value: 'unknown', label: 'Kan ikke vurderes' },
] as const;
/** The four signs of exit (S3), in the words they are shown under; the last is judged in custody only. */
export const SIGNS = {
  crime: 'Banderelateret kriminalitet er ophørt',
  interaction: 'Omgang med miljøet er ophørt',
  lifestyle: 'Livsstilen er ændret',
  control: 'Stærkt styrende adfærd er ophørt',
} as const;
export const FOLLOW_UP_OUTCOMES = [
  { value: 'continue', label: 'Forløbet fortsætter som aftalt' },
  { value: 'adjust', label: 'Aftalen skal justeres' },
  { value: 'extend', label: 'Forløbet skal vare længere end aftalt' },
  { value: 'interruption', label: 'Enheden skal tage stilling til, om forløbet skal afbrydes' },
  { value: 'complete', label: 'Enheden skal tage stilling til, om forløbet kan afsluttes' },
] as const;

export const measureStatus = z.enum(
  MEASURE_STATUSES.map((option) => option.value),
  { error: 'Vælg, hvordan det går med tiltaget' },
);
export const fulfilment = z.enum(
  FULFILMENTS.map((option) => option.value),
  { error: 'Vælg, om kravet er opfyldt' },
);
export const sign = z.enum(
  SIGN_ANSWERS.map((option) => option.value),
  { error: 'Vælg et svar. Ved I det ikke, så vælg “Kan ikke vurderes”.' },
);
export const outcome = z.enum(
  FOLLOW_UP_OUTCOMES.map((option) => option.value),
  { error: 'Vælg, hvad opfølgningen førte til' },
);
export type SignAnswer = z.infer<typeof sign>;
export type FollowUpOutcome = z.infer<typeof outcome>;

/** One follow-up as it was held. Nothing in it is summed or counted together: each sign and each clause is read by itself (FM-CRS-1). */
export interface FollowUp {
  readonly id: FollowUpId;
  readonly on: PlainDate;
  /** The day it was due; tells whether it was held on time. */
  readonly due?: PlainDate;
  /** The version of the agreement it was about. */
  readonly version: number;
  readonly place: 'freedom' | 'custody';
  readonly measures: readonly { readonly measure: MeasureId; readonly status: z.infer<typeof measureStatus> }[];
  readonly requirements: readonly { readonly requirement: RequirementId; readonly fulfilment: z.infer<typeof fulfilment> }[];
  readonly signs: {
    readonly crime: SignAnswer;
    readonly interaction: SignAnswer;
    readonly lifestyle: SignAnswer;
    readonly control?: SignAnswer;
  };
  readonly outcome: FollowUpOutcome;
}

export type FollowUpEvent =
  /** `kind`: of the note shared with it, when there is one (FM-CON-3). */
  | (FollowUp & { readonly type: 'FollowUpHeld'; readonly nextDue?: PlainDate; readonly kind?: 'personal' })
  | { readonly type: 'FollowUpRescheduled'; readonly from?: PlainDate; readonly to: PlainDate };

/** The last follow-up that was held, if one was. */
export const lastFollowUp = (state: ExitCase): FollowUp | undefined => state.course.followUps.at(-1);

/** By the agreement's rhythm, counted from a day. */
export const byRhythm = (state: ExitCase, from: PlainDate): PlainDate | undefined => {
  const weeks = agreementInForce(state)?.followUpEveryWeeks;
  return weeks === undefined ? undefined : addDays(from, weeks * 7);
};

/**
 * The day the next follow-up is due in a running course: as agreed at the last one or moved since, else the day the agreement names,
 * else by its rhythm. In the past it is overdue, and stays so until it is held (FM-CRS-1, FM-CRS-2).
 */
export const nextFollowUp = (state: ExitCase): PlainDate | undefined => {
  const { since, nextDue } = state.course;
  if (!isRunning(state) || since === undefined) return undefined;
  if (nextDue !== undefined) return nextDue;
  const last = lastFollowUp(state)?.on;
  const named = agreementInForce(state)?.firstFollowUp;
  return named !== undefined && (last === undefined || named > last) ? named : byRhythm(state, last ?? since);
};

/** What the last follow-up called for and has not come yet: a new version of the agreement, a later end. */
const outcomeTask = (state: ExitCase, due: (from: PlainDate) => PlainDate): Task | undefined => {
  const last = lastFollowUp(state);
  if (last === undefined) return undefined;
  const owner = contactTaskOwner(state);
  if (last.outcome === 'adjust' && !state.agreement.versions.some((one) => one.number > last.version)) {
    return {
      key: `follow-up:adjust:${last.id}`,
      title: 'Åbn en ny version af aftalen',
      owner,
      due: due(last.on),
      command: 'agreement.revise',
    };
  }
  const extended = state.course.extendedOn !== undefined && state.course.extendedOn >= last.on;
  if (last.outcome === 'extend' && !extended) {
    return { key: `follow-up:extend:${last.id}`, title: 'Forlæng forløbet', owner, due: due(last.on), command: 'course.extend' };
  }
  return undefined;
};

/** Calendar days to do what a follow-up called for `[+]`. */
const DO_WITHIN_DAYS = 14;

export const followUpTasks = (state: ExitCase): readonly Task[] => {
  if (!isRunning(state)) return [];
  const due = nextFollowUp(state);
  const called = outcomeTask(state, (from) => addDays(from, DO_WITHIN_DAYS));
  return [
    ...(due === undefined
      ? []
      : [{ key: 'follow-up', title: 'Hold opfølgning', owner: contactTaskOwner(state), due, command: 'followUp.hold' }]),
    ...(called === undefined ? [] : [called]),
  ];
};

export const FIRST_DAY = knownDate('2011-01-01');
export const LAST_DAY = knownDate('2099-12-31');

/** Moves the next follow-up to another day, with the reason; the agreement's rhythm stays (FM-CRS-1). */
export const followUpReschedule = command({
  name: 'followUp.reschedule',
  title: 'Flyt næste opfølgning',
  rules: ['FM-CRS-1', 'FM-CRS-2'],
  page: 'opfoelgning',
  input: z.strictObject({
    to: plainDateBetween(FIRST_DAY, LAST_DAY, 'Datoen').meta({ label: 'Til hvilken dag?', widget: 'date' }),
    reason: prose({ label: 'Hvorfor flyttes den?', max: 2000, missing: 'Skriv, hvorfor opfølgningen flyttes' }),
  }),
  writes: ['general'],
  may: unitOrContact,
  when: notRunning,
  decide: (state, input, ctx) => {
    const from = nextFollowUp(state);
    if (input.to < ctx.today) return reject('FM-CRS-1', ['own'], 'Dagen er gået. Vælg i dag eller en dag, der kommer.', 'to');
    if (input.to === from) return reject('FM-CRS-1', ['followUp'], 'Opfølgningen er allerede den dag. Vælg en anden.', 'to');
    return [
      {
        event: { type: 'FollowUpRescheduled', to: input.to, ...(from === undefined ? {} : { from }) },
        bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
      },
    ];
  },
});

export const followUpCommands = [followUpReschedule];
