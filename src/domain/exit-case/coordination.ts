import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addDays, formatDate, type PlainDate } from '../kernel/time.js';
import { isUnitId, type UnitId, unitName, units } from '../reference/authorities.js';
import type { CaseEvent, ExitCase } from './case.js';
import { unitMember } from './circle.js';
import { isAccepted } from './decision.js';
import { command, type EventMeta, type Task } from './define.js';
import { notClosed } from './ending.js';
import { dayField } from './evidence.js';
import { leadSeat } from './vote.js';

const ANSWERS = [
  { value: 'yes', label: 'Ja, enheden og kommunen kan være med' },
  { value: 'no', label: 'Nej' },
  { value: 'silent', label: 'Der er ikke kommet svar efter 14 dage' },
] as const;
const answer = z.enum(
  ANSWERS.map((option) => option.value),
  { error: 'Vælg, hvad den modtagende enhed har svaret' },
);

export interface Coordination {
  readonly unit: UnitId;
  readonly askedOn: PlainDate;
  readonly answer: z.infer<typeof answer>;
}
export type CoordinationEvent = { readonly type: 'TermsCoordinated'; readonly on: PlainDate } & Coordination;

/** The latest answer of each receiving unit asked about the agreement's terms. */
export interface CoordinationState {
  readonly answers: readonly Coordination[];
}
export const noCoordination: CoordinationState = { answers: [] };

export const evolveCoordination = (state: CoordinationState, event: CaseEvent, _meta: EventMeta): CoordinationState => {
  if (event.type !== 'TermsCoordinated') return state;
  const { type: _type, on: _on, ...given } = event;
  return { answers: [...state.answers.filter((one) => one.unit !== given.unit), given] };
};

/** Days of silence that count as an answer under the policy `asked` (FM-AGR-6). */
const SILENCE_DAYS = 14;

/** `asked`: an answer or 14 days' silence is recorded; `accepted`: the receiving side's yes is needed (FM-AGR-6). */
export type CoordinationPolicy = 'asked' | 'accepted';
const POLICY: CoordinationPolicy = 'asked';

/** Permanent relocation is under way, so the receiving unit and municipality are asked before the agreement is entered (FM-AGR-6, S2 rec. 6). */
export const needsCoordination = (state: ExitCase): boolean => state.groundwork.relocation?.need === 'permanent';

/** What is missing of the co-ordination before entry; undefined when nothing is, or none is needed (FM-AGR-6). */
export const notCoordinated = (state: ExitCase, policy: CoordinationPolicy = POLICY): Rejection | undefined => {
  if (!needsCoordination(state)) return undefined;
  const { answers } = state.coordination;
  if (answers.length === 0) {
    return reject(
      'FM-AGR-6',
      ['agreement'],
      'Kandidaten skal flytte for altid. Aftal vilkårene med den enhed og kommune, der modtager kandidaten, og registrér svaret, eller at der ikke er svaret i 14 dage.',
    );
  }
  return policy === 'asked' || answers.some((one) => one.answer === 'yes')
    ? undefined
    : reject(
        'FM-AGR-6',
        ['agreement'],
        'Den enhed og kommune, kandidaten flytter til, skal sige ja til vilkårene, før aftalen kan indgås.',
      );
};

/** The task of asking, while permanent relocation is under way and nobody has been asked; 14 days from acceptance `[+]`. */
export const coordinationTasks = (state: ExitCase): readonly Task[] => {
  const accepted = state.decision.outcome;
  if (
    accepted === undefined ||
    notCoordinated(state) === undefined ||
    state.agreement.versions.some((one) => one.status === 'entered')
  )
    return [];
  return [
    {
      key: 'agreement:coordination',
      title: 'Aftal vilkårene med den modtagende enhed og kommune',
      owner: { seat: leadSeat(state) },
      due: addDays(accepted.on, SILENCE_DAYS),
      command: 'agreement.recordCoordination',
    },
  ];
};

const UNIT_OPTIONS = units.map((unit) => ({ value: unit, label: unitName(unit) }));

/** What the receiving unit answered about the terms, or that it was silent for 14 days (FM-AGR-6). */
export const agreementRecordCoordination = command({
  name: 'agreement.recordCoordination',
  title: 'Registrér den modtagende enheds svar',
  rules: ['FM-AGR-6'],
  page: 'aftale',
  input: z.strictObject({
    unit: z
      .string({ error: 'Vælg den enhed, kandidaten flytter til' })
      .refine(isUnitId, 'Vælg den enhed, kandidaten flytter til')
      .meta({ label: 'Hvilken enhed er spurgt?', hint: 'Kommunen spørges samtidig.', widget: 'select', options: UNIT_OPTIONS }),
    askedOn: dayField('Datoen', 'Hvornår blev den spurgt?'),
    answer: answer.meta({ label: 'Hvad var svaret?', widget: 'radio', options: ANSWERS }),
    note: prose({ label: 'Hvad sagde enhed og kommune om vilkårene?', max: 4000 }).optional(),
  }),
  writes: ['general'],
  may: unitMember,
  when: (state) =>
    notClosed(state) ??
    (isAccepted(state)
      ? undefined
      : reject(
          'FM-AGR-6',
          ['decision'],
          'Vilkårene aftales med andre, når kandidaten er optaget. Træf først afgørelse om optagelse.',
        )),
  decide: (state, input, ctx) => {
    const { unit, askedOn } = input;
    if (unit === state.inquiry.unit)
      return reject('FM-AGR-6', ['place'], 'Det er jeres egen enhed. Vælg den enhed, kandidaten flytter til.', 'unit');
    if (askedOn > ctx.today)
      return reject('FM-AGR-6', ['own'], 'Datoen ligger i fremtiden. Skriv, hvornår enheden blev spurgt.', 'askedOn');
    const silentFrom = addDays(askedOn, SILENCE_DAYS);
    if (input.answer === 'silent' && ctx.today < silentFrom) {
      return reject(
        'FM-AGR-6',
        ['own'],
        `Enheden har 14 dage til at svare. Manglende svar kan tidligst registreres ${formatDate(silentFrom)}.`,
        'answer',
      );
    }
    return [
      {
        event: { type: 'TermsCoordinated', on: ctx.today, unit, askedOn, answer: input.answer },
        ...(input.note === undefined ? {} : { bodies: [{ scope: { kind: 'general' as const }, content: { note: input.note } }] }),
      },
    ];
  },
});

export const coordinationCommands = [agreementRecordCoordination];
