import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addDays, type PlainDate } from '../kernel/time.js';
import { admits, frameworkVersion } from '../reference/framework-versions.js';
import {
  type Indicator,
  indicatorLabel,
  INDICATORS,
  needsIndicators,
  type Registration,
  registrationLabel,
  registrationNeededFor,
  REGISTRATIONS,
  TARGET_CATEGORIES,
  targetCategoryLabel,
} from '../reference/target-group.js';
import { notAtContactPoint, notInAssessment } from './assessment.js';
import type { CaseEvent, ExitCase } from './case.js';
import { currentMembers, policeMember, unitMember } from './circle.js';
import { command, either, type EventMeta, type Task, type TaskOwner } from './define.js';
import { leadSeat } from './vote.js';

/** A category of S0 §3, or that the person falls outside them all: then the inquiry ends as a refusal (FM-INT-8). */
export const PLACEMENTS = [...TARGET_CATEGORIES, 'outside'] as const;
export type Placement = (typeof PLACEMENTS)[number];

export type TargetGroupEvent =
  /** `changes`: another placement stood before; what was assessed on it is outdated (FM-ASM-12). */
  | {
      readonly type: 'TargetGroupSet';
      readonly category: Placement;
      readonly indicators: readonly Indicator[];
      readonly changes: boolean;
    }
  /** Police's word, its date, and nothing else of the register (FM-TGT-6). */
  | {
      readonly type: 'RegistrationConfirmed';
      readonly registration: Registration;
      readonly on: PlainDate;
      readonly changes: boolean;
    };

export interface TargetGroupState {
  readonly category?: Placement;
  readonly indicators: readonly Indicator[];
  readonly registration?: { readonly status: Registration; readonly on: PlainDate };
}
export const noTargetGroup: TargetGroupState = { indicators: [] };

export const evolveTargetGroup = (state: TargetGroupState, event: CaseEvent, _meta: EventMeta): TargetGroupState => {
  switch (event.type) {
    case 'TargetGroupSet':
      return { ...state, category: event.category, indicators: event.indicators };
    case 'RegistrationConfirmed':
      return { ...state, registration: { status: event.registration, on: event.on } };
    default:
      return state;
  }
};

const REQUIRED: Readonly<Record<Registration, string>> = {
  registered: 'registreret',
  formerly: 'tidligere registreret',
  not: 'ikke registreret',
};

/** Where category and police's confirmation do not go together (FM-TGT-7). */
const contradiction = (placement: Placement, registration: Registration): Rejection | undefined => {
  if (placement === 'outside') {
    return registration === 'registered'
      ? reject(
          'FM-TGT-7',
          ['targetGroup'],
          'Politiet har bekræftet, at personen var registreret. Så er kategorien 1a.',
          'category',
        )
      : undefined;
  }
  const needed = registrationNeededFor(placement);
  return needed === registration
    ? undefined
    : reject(
        'FM-TGT-7',
        ['targetGroup'],
        `Kategori ${placement} kræver, at politiet har bekræftet “${REQUIRED[needed]}”. Politiet har bekræftet “${REQUIRED[registration]}”. Vælg den kategori, der passer.`,
        'category',
      );
};

/** What is not yet settled about the target group; undefined when a decision can rest on it (FM-TGT-1, FM-TGT-7). */
export const targetGroupUnsettled = (state: ExitCase): Rejection | undefined => {
  const { category: placement, registration } = state.targetGroup;
  if (placement === undefined)
    return reject('FM-TGT-1', ['targetGroup'], 'Målgruppen mangler. Vælg, hvilken kategori personen hører til.');
  if (registration === undefined) {
    return reject(
      'FM-TGT-7',
      ['targetGroup'],
      'Politiet mangler at bekræfte, om personen var registreret, da visitationen begyndte.',
    );
  }
  return contradiction(placement, registration.status);
};

/** Let in by the contact point although the unit had placed the person outside: then the category is still to be named. */
const isPlacementOwed = (state: ExitCase): boolean =>
  state.decision.outcome?.result === 'accepted' && state.targetGroup.category === 'outside' && state.ending.closed === undefined;

const PLACEMENT_OPTIONS = PLACEMENTS.map((value) => ({
  value,
  label: value === 'outside' ? 'Uden for målgruppen' : `${value}: ${targetCategoryLabel(value)}`,
}));
const INDICATOR_OPTIONS = INDICATORS.map((value) => ({ value, label: indicatorLabel(value) }));
const REGISTRATION_OPTIONS = REGISTRATIONS.map((value) => ({ value, label: registrationLabel(value) }));

/** The category and what it rests on; police confirms what stood in its register when assessment began (FM-TGT-1 to FM-TGT-4, FM-TGT-7). */
export const assessmentTargetGroup = command({
  name: 'assessment.targetGroup',
  title: 'Fastlæg målgruppen',
  rules: ['FM-TGT-1', 'FM-TGT-2', 'FM-TGT-3', 'FM-TGT-4', 'FM-TGT-6', 'FM-TGT-7', 'FM-ASM-12'],
  page: 'visitation',
  input: z.strictObject({
    category: z.enum(PLACEMENTS, { error: 'Vælg en kategori' }).optional().meta({
      label: 'Hvilken kategori hører personen til?',
      widget: 'radio',
      options: PLACEMENT_OPTIONS,
      hint: 'Ændrer I kategorien, skal de vurderinger, der er afgivet, afgives igen.',
    }),
    indicators: z
      .array(z.enum(INDICATORS, { error: 'Vælg fra listen' }))
      .default([])
      .meta({
        label: 'Hvad viser tilknytningen?',
        hint: 'Kategori 2: vælg mindst én.',
        widget: 'checkboxes',
        options: INDICATOR_OPTIONS,
      }),
    description: prose({ label: 'Beskriv tilknytningen', hint: 'Skal udfyldes for kategori 2.', max: 4000 }).optional(),
    registration: z.enum(REGISTRATIONS, { error: 'Vælg, hvad politiet bekræfter' }).optional().meta({
      label: 'Politiets bekræftelse: var personen registreret, da visitationen begyndte?',
      hint: 'Udfyldes kun af politiet. Registrering efter den dag ændrer intet.',
      widget: 'radio',
      options: REGISTRATION_OPTIONS,
    }),
  }),
  writes: ['general'],
  may: either(unitMember, policeMember),
  when: (state) => (isPlacementOwed(state) ? undefined : (notInAssessment(state) ?? notAtContactPoint(state))),
  decide: (state, input, ctx) => {
    const { category, registration, indicators, description } = input;
    const before = state.targetGroup;
    if (category === undefined && registration === undefined) {
      return reject('FM-TGT-1', ['own'], 'Vælg, hvilken kategori personen hører til.', 'category');
    }
    if (registration !== undefined && !policeMember.test(state, ctx.actor)) {
      return reject(
        'FM-TGT-7',
        ['own'],
        'Kun politiets medlem af kredsen kan bekræfte, hvad der stod i registret.',
        'registration',
      );
    }
    if (category !== undefined) {
      if (!unitMember.test(state, ctx.actor)) {
        return reject(
          'FM-TGT-1',
          ['own'],
          'Kategorien vælges af Direktoratet for Kriminalforsorgen. Bekræft kun registreringen.',
          'category',
        );
      }
      const framework = state.assessment.begun?.framework;
      if (category !== 'outside' && framework !== undefined && !admits(framework, category)) {
        const { title, admits: whom } = frameworkVersion(framework);
        return reject('FM-TGT-4', ['assessment'], `${title} ${whom}. Kategori ${category} kan ikke vælges her.`, 'category');
      }
      if (category !== 'outside' && needsIndicators(category)) {
        if (indicators.length === 0) {
          return reject(
            'FM-TGT-3',
            ['own'],
            'Kategori 2 hviler på adfærd og handlinger. Vælg mindst én ting, der viser tilknytningen.',
            'indicators',
          );
        }
        if (description === undefined) {
          return reject('FM-TGT-3', ['own'], 'Beskriv tilknytningen med ord, når personen hører til kategori 2.', 'description');
        }
      }
      const known = registration ?? before.registration?.status;
      const wrong = known === undefined ? undefined : contradiction(category, known);
      if (wrong) return wrong;
    }
    return [
      ...(category === undefined
        ? []
        : [
            {
              event: {
                type: 'TargetGroupSet' as const,
                category,
                indicators,
                changes: before.category !== undefined && before.category !== category,
              },
              ...(description === undefined
                ? {}
                : { bodies: [{ scope: { kind: 'general' as const }, content: { description } }] }),
            },
          ]),
      ...(registration === undefined
        ? []
        : [
            {
              event: {
                type: 'RegistrationConfirmed' as const,
                registration,
                on: ctx.today,
                changes: before.registration !== undefined && before.registration.status !== registration,
              },
            },
          ]),
    ];
  },
});

/** Calendar days from the assessment begins until the target group should be settled (policy). */
const DAYS_TO_SETTLE = 7;

/** Police confirms: its seat, in custody the officer asked in; while nobody is, the custody officer asks one in. */
const confirmer = (state: ExitCase): { readonly owner: TaskOwner; readonly asked: boolean } => {
  if (state.inquiry.place === 'freedom') return { owner: { seat: 'police' }, asked: true };
  const police = currentMembers(state).find((member) => member.role === 'police');
  return police === undefined ? { owner: { seat: 'custody' }, asked: false } : { owner: { user: police.user }, asked: true };
};

export const targetGroupTasks = (state: ExitCase): readonly Task[] => {
  const { begun } = state.assessment;
  const { category: placement, registration } = state.targetGroup;
  const owed = isPlacementOwed(state);
  if (begun === undefined || (!owed && notInAssessment(state) !== undefined)) return [];
  const due = addDays(begun.on, DAYS_TO_SETTLE);
  const category = (title: string, by: PlainDate): Task => ({
    key: 'assessment.targetGroup',
    title,
    owner: { seat: leadSeat(state) },
    due: by,
    command: 'assessment.targetGroup',
  });
  if (owed)
    return [
      category('Ret målgruppen efter kontaktpunktets afgørelse', addDays(state.decision.outcome?.on ?? begun.on, DAYS_TO_SETTLE)),
    ];
  const { owner, asked } = confirmer(state);
  return [
    ...(placement === undefined ? [category('Fastlæg målgruppen', due)] : []),
    ...(registration === undefined
      ? [
          asked
            ? {
                key: 'registration',
                title: 'Bekræft, om personen var registreret',
                owner,
                due,
                command: 'assessment.targetGroup',
              }
            : {
                key: 'registration',
                title: 'Føj en kollega fra politiet til kredsen, som kan bekræfte registrering',
                owner,
                due,
                command: 'circle.add',
              },
        ]
      : []),
    ...(placement !== undefined && registration !== undefined && contradiction(placement, registration.status)
      ? [category('Ret målgruppen, så den passer med politiets bekræftelse', addDays(registration.on, DAYS_TO_SETTLE))]
      : []),
  ];
};

export const targetGroupCommands = [assessmentTargetGroup];
