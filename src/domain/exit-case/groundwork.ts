import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import { addDays, copenhagenDate, type PlainDate } from '../kernel/time.js';
import { dayField, notInAssessment } from './assessment.js';
import type { CaseEvent, ExitCase } from './case.js';
import { custodyOfficer, membershipsOf, policeMember, probationMember, type Seat, seatsToSpeak, unitMember } from './circle.js';
import { command, either, type EventMeta, type Task } from './define.js';
import { holderOf, leadSeat } from './vote.js';

/** What is found out before the authorities conclude: whether the person must move, and what each one's own material says. */
export const RELOCATION_NEEDS = [
  { value: 'none', label: 'Nej, flytning er ikke nødvendig' },
  { value: 'temporary', label: 'Ja, midlertidigt' },
  { value: 'permanent', label: 'Ja, permanent' },
] as const;
const relocationNeed = z.enum(
  RELOCATION_NEEDS.map((option) => option.value),
  { error: 'Vælg, om der er behov for flytning' },
);
export type RelocationNeed = z.infer<typeof relocationNeed>;

/** The seats whose authority holds registers or an organisation of its own to ask (FM-ASM-5). */
const OBTAINING = ['police', 'probation', 'custody'] as const satisfies readonly Seat[];
export type ObtainingSeat = (typeof OBTAINING)[number];
const obtains = (seat: string): seat is ObtainingSeat => (OBTAINING as readonly string[]).includes(seat);

export type GroundworkEvent =
  | { readonly type: 'RelocationClarified'; readonly need: RelocationNeed; readonly on: PlainDate }
  | {
      readonly type: 'InformationObtained';
      readonly seat: ObtainingSeat;
      readonly authority: string;
      readonly on: PlainDate;
      readonly nothingFound: boolean;
      readonly materialGiven: boolean;
    };

interface Obtained {
  readonly seat: ObtainingSeat;
  readonly authority: string;
  readonly on: PlainDate;
}
export interface GroundworkState {
  readonly relocation?: { readonly need: RelocationNeed; readonly on: PlainDate };
  readonly obtained: readonly Obtained[];
}
export const noGroundwork: GroundworkState = { obtained: [] };

export const evolveGroundwork = (state: GroundworkState, event: CaseEvent, _meta: EventMeta): GroundworkState => {
  switch (event.type) {
    case 'RelocationClarified':
      return { ...state, relocation: { need: event.need, on: event.on } };
    case 'InformationObtained':
      return { ...state, obtained: [...state.obtained, { seat: event.seat, authority: event.authority, on: event.on }] };
    default:
      return state;
  }
};

/** The authority on the seat has asked where it must, or has nowhere to ask (FM-ASM-5). */
export const hasObtained = (state: ExitCase, seat: Seat): boolean => {
  if (!obtains(seat)) return true;
  const authority = holderOf(state, seat)?.authority;
  return state.groundwork.obtained.some((one) => one.seat === seat && one.authority === authority);
};

/** A refusal under review may still become an acceptance, and that needs the answer (FM-ASM-11, FM-DEC-2). */
const isAnswerOpen = (state: ExitCase): boolean =>
  state.decision.review?.status === 'open' || notInAssessment(state) === undefined;

/** Clarified first: whether the person must move for good (FM-ASM-11). */
export const assessmentClarifyRelocation = command({
  name: 'assessment.clarifyRelocation',
  title: 'Afklar behov for flytning',
  rules: ['FM-ASM-11'],
  page: 'visitation',
  input: z.strictObject({
    need: relocationNeed.meta({ label: 'Er det nødvendigt, at kandidaten flytter?', widget: 'radio', options: RELOCATION_NEEDS }),
    reason: prose({ label: 'Hvorfor?', max: 4000, missing: 'Skriv, hvad I bygger svaret på' }),
  }),
  writes: ['general'],
  may: unitMember,
  when: (state) => (isAnswerOpen(state) ? undefined : notInAssessment(state)),
  decide: (_state, input, ctx) => [
    {
      event: { type: 'RelocationClarified', need: input.need, on: ctx.today },
      bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
    },
  ],
});

/** An authority has asked in its own registers or organisation; what it found lies in its own scope (FM-ASM-5). */
export const assessmentRecordObtained = command({
  name: 'assessment.recordObtained',
  title: 'Notér, at egne oplysninger er indhentet',
  rules: ['FM-ASM-5', 'FM-CNF-4'],
  page: 'visitation',
  input: z.strictObject({
    date: dayField
      .optional()
      .meta({ label: 'Hvornår blev oplysningerne indhentet?', hint: 'Lad feltet stå, hvis det er i dag.', widget: 'date' }),
    nothingFound: z.boolean().default(false).meta({ label: 'Der blev ikke fundet noget', widget: 'checkbox' }),
    material: prose({ label: 'Hvad viser oplysningerne?', hint: 'Kun din egen myndighed kan læse det.' }).optional(),
  }),
  writes: ['police', 'probation'],
  may: either(either(policeMember, probationMember), custodyOfficer),
  when: notInAssessment,
  decide: (state, input, ctx) => {
    const on = input.date ?? ctx.today;
    if (on > ctx.today)
      return reject('FM-ASM-5', ['own'], 'Datoen ligger i fremtiden. Skriv den dag, oplysningerne blev indhentet.', 'date');
    if (on < copenhagenDate(state.inquiry.receivedAt)) {
      return reject(
        'FM-ASM-5',
        ['inquiry'],
        'Datoen ligger før henvendelsen. Oplysningerne skal være indhentet til denne sag.',
        'date',
      );
    }
    const { material, nothingFound } = input;
    if (material === undefined && !nothingFound) {
      return reject(
        'FM-ASM-5',
        ['own'],
        'Skriv, hvad oplysningerne viser, eller sæt kryds ved “Der blev ikke fundet noget”.',
        'material',
      );
    }
    const mine = membershipsOf(state, ctx.actor.user).find((member) => obtains(member.role));
    if (mine === undefined || !obtains(mine.role)) {
      return reject('FM-ASM-5', ['own'], 'Din myndighed har ikke egne registre at spørge i.');
    }
    return [
      {
        event: {
          type: 'InformationObtained',
          seat: mine.role,
          authority: mine.authority,
          on,
          nothingFound,
          materialGiven: material !== undefined,
        },
        ...(material === undefined
          ? {}
          : {
              bodies: [
                { scope: { kind: mine.role === 'police' ? ('police' as const) : ('probation' as const) }, content: { material } },
              ],
            }),
      },
    ];
  },
});

/** Calendar days from the assessment begins (policy). */
const DAYS_TO_OBTAIN = 7;
const DAYS_TO_CLARIFY = 14;

export const groundworkTasks = (state: ExitCase): readonly Task[] => {
  const { begun } = state.assessment;
  if (begun === undefined) return [];
  const obtaining = notInAssessment(state)
    ? []
    : seatsToSpeak(state).filter((seat) => !hasObtained(state, seat) && holderOf(state, seat) !== undefined);
  const clarify: Task = {
    key: 'assessment.clarifyRelocation',
    title: 'Afklar behov for flytning',
    owner: { seat: leadSeat(state) },
    due: addDays(begun.on, DAYS_TO_CLARIFY),
    command: 'assessment.clarifyRelocation',
  };
  return [
    ...obtaining.map((seat) => ({
      key: `assessment.recordObtained:${seat}`,
      title: 'Indhent jeres egne oplysninger',
      owner: { seat },
      due: addDays(begun.on, DAYS_TO_OBTAIN),
      command: 'assessment.recordObtained',
    })),
    ...(state.groundwork.relocation === undefined && isAnswerOpen(state) ? [clarify] : []),
  ];
};

export const groundworkCommands = [assessmentClarifyRelocation, assessmentRecordObtained];
