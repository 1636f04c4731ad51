import { z } from 'zod';
import type { Actor } from '../kernel/command.js';
import { type PrecautionId, type UserId, zId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import { addDays, addWorkingDays, copenhagenDate, type PlainDate } from '../kernel/time.js';
import { acuteThreat } from './acute-threat.js';
import type { CaseEvent, ExitCase } from './case.js';
import { actsFor, currentMembers, membershipsOf, policeMember } from './circle.js';
import { type CasePermission, command, type EventMeta, type Task } from './define.js';
import { isClosed, notClosed } from './ending.js';

/** Levels in words: police describes a picture, it does not compute one. */
export const SECURITY_LEVELS = [
  { value: 'low', label: 'Lav: der er ingen tegn på en konkret trussel' },
  { value: 'raised', label: 'Forhøjet: der kan opstå en trussel' },
  { value: 'high', label: 'Høj: der er en trussel' },
] as const;
export const SECURITY_OCCASIONS = [
  { value: 'before-agreement', label: 'Vurdering før exitaftalen' },
  { value: 'change', label: 'Sikkerhedsbilledet har ændret sig' },
] as const;

const level = z.enum(
  SECURITY_LEVELS.map((option) => option.value),
  { error: 'Vælg, hvor alvorlig truslen er' },
);
const occasion = z.enum(
  SECURITY_OCCASIONS.map((option) => option.value),
  { error: 'Vælg, hvorfor sikkerheden vurderes' },
);

export type SecurityEvent =
  | {
      readonly type: 'SecurityAssessed';
      readonly on: PlainDate;
      readonly level: z.infer<typeof level>;
      readonly occasion: z.infer<typeof occasion>;
      readonly precautions: readonly { readonly id: PrecautionId; readonly worker: UserId }[];
    }
  | { readonly type: 'PrecautionConfirmed'; readonly precaution: PrecautionId; readonly on: PlainDate };

/** What one named worker is to do; its text lies in a scope of its own, read by him and police. */
export interface Precaution {
  readonly id: PrecautionId;
  readonly worker: UserId;
  readonly since: PlainDate;
  readonly confirmedOn?: PlainDate;
}
export interface SecurityState {
  readonly assessedOn?: PlainDate;
  readonly level?: z.infer<typeof level>;
  /** The picture has changed since the last assessment: the day it did. */
  readonly changedOn?: PlainDate;
  /** Those of the latest assessment; the earlier ones ended with it. */
  readonly precautions: readonly Precaution[];
}
export const noSecurity: SecurityState = { precautions: [] };

/**
 * A change in the security picture that the case itself shows makes a new assessment due: a new municipality of residence, an
 * interrupted course, and an acute threat. What police learns elsewhere police assesses at once, by `security.assess` with occasion `change`; nobody
 * else is asked to judge that the picture changed (FM-SEC-1, S2 rec. 5).
 */
export const evolveSecurity = (state: SecurityState, event: CaseEvent, meta: EventMeta): SecurityState => {
  switch (event.type) {
    case 'SecurityAssessed': {
      const { changedOn: _settled, ...rest } = state;
      return {
        ...rest,
        assessedOn: event.on,
        level: event.level,
        precautions: event.precautions.map((one) => ({ ...one, since: event.on })),
      };
    }
    case 'PrecautionConfirmed':
      return {
        ...state,
        precautions: state.precautions.map((one) => (one.id === event.precaution ? { ...one, confirmedOn: event.on } : one)),
      };
    // Who takes over has not read them.
    case 'WorkHandedOver':
      return state.precautions.some((one) => one.worker === event.user)
        ? { ...state, precautions: state.precautions.map(({ confirmedOn, ...one }) => (one.worker === event.user ? { ...one, worker: event.to } : { ...one, ...(confirmedOn === undefined ? {} : { confirmedOn }) })) }
        : state;
    case 'ResidenceChanged':
    case 'CourseInterrupted':
    case 'AcuteThreatRaised':
      return state.assessedOn === undefined ? state : { ...state, changedOn: copenhagenDate(meta.at) };
    default:
      return state;
  }
};

/** Police has assessed the candidate's security, and nothing the case shows has changed the picture since (FM-SEC-1). */
export const isSecurityAssessed = (state: ExitCase): boolean =>
  state.security.assessedOn !== undefined && state.security.changedOn === undefined;

/** Precautions whose worker is still in the circle and has not said that he read them. */
export const unreadPrecautions = (state: ExitCase): readonly Precaution[] =>
  state.security.precautions.filter((one) => one.confirmedOn === undefined && membershipsOf(state, one.worker).length > 0);

/** Calendar days from acceptance to the assessment, and to the reading of precautions `[+]`. */
const ASSESS_WITHIN_DAYS = 14;
/** Working days from a change in the picture to the new assessment, and for a worker to read his precautions `[+]`. */
const AT_ONCE_WORKING_DAYS = 1;

const assessmentDue = (state: ExitCase): PlainDate | undefined => {
  // An acute threat asks for the assessment by itself, and at once.
  if (acuteThreat(state) !== undefined) return undefined;
  const { assessedOn, changedOn } = state.security;
  if (changedOn !== undefined) return addWorkingDays(changedOn, AT_ONCE_WORKING_DAYS);
  const decided = state.decision.outcome;
  return assessedOn === undefined && decided?.result === 'accepted' ? addDays(decided.on, ASSESS_WITHIN_DAYS) : undefined;
};

export const securityTasks = (state: ExitCase): readonly Task[] => {
  if (isClosed(state)) return [];
  const due = assessmentDue(state);
  const hasPolice = currentMembers(state).some((member) => member.role === 'police');
  const assess: Task | undefined =
    due === undefined
      ? undefined
      : hasPolice || state.inquiry.place !== 'custody'
        ? { key: 'security', title: 'Vurdér sikkerheden', owner: { seat: 'police' }, due, command: 'security.assess' }
        : {
            key: 'security-police',
            title: 'Føj politiet til kredsen, så sikkerheden kan vurderes',
            owner: { seat: 'custody' },
            due,
            command: 'circle.add',
          };
  return [
    ...(assess === undefined ? [] : [assess]),
    ...unreadPrecautions(state).map((one) => ({
      key: `precaution:${one.id}`,
      title: 'Læs dine forholdsregler, og bekræft det',
      owner: { user: one.worker },
      due: addWorkingDays(one.since, AT_ONCE_WORKING_DAYS),
      command: 'security.confirmPrecaution',
    })),
  ];
};

/**
 * Police assesses the candidate's security, before the agreement and at every change; each assessment names the workers who must take
 * precautions, and replaces those of the one before (FM-SEC-1, S0 §5.1, S2 rec. 5).
 */
export const securityAssess = command({
  name: 'security.assess',
  title: 'Vurdér sikkerheden',
  rules: ['FM-SEC-1'],
  page: 'sikkerhed',
  input: z.strictObject({
    occasion: occasion.meta({ label: 'Hvorfor vurderes sikkerheden?', widget: 'radio', options: SECURITY_OCCASIONS }),
    level: level.meta({ label: 'Hvordan er trusselsniveauet?', widget: 'radio', options: SECURITY_LEVELS }),
    text: prose({
      label: 'Vurderingen',
      hint: 'Læses kun af politiet. Det, andre skal vide, skriver du som forholdsregler.',
      missing: 'Skriv vurderingen',
    }),
    precautions: z
      .array(
        z.strictObject({
          worker: zId<UserId>('Vælg en, der er i kredsen').meta({ label: 'Hvem skal tage forholdsregler?', widget: 'member' }),
          text: prose({
            label: 'Hvad skal medarbejderen gøre?',
            hint: 'Læses kun af medarbejderen og politiet.',
            max: 4000,
            missing: 'Skriv, hvad medarbejderen skal gøre',
          }),
        }),
      )
      .max(20, 'Der er plads til 20 forholdsregler i én vurdering.')
      .default([])
      .meta({
        label: 'Forholdsregler',
        hint: 'Skriv alle, der gælder fra nu af. Dem fra sidste vurdering falder bort.',
        repeat: 20,
      }),
  }),
  writes: ['police', 'precaution'],
  may: policeMember,
  when: notClosed,
  decide: (state, input, ctx) => {
    if (input.occasion === 'change' && state.security.assessedOn === undefined) {
      return reject('FM-SEC-1', ['security'], 'Sikkerheden er ikke vurderet før. Vælg “Vurdering før exitaftalen”.', 'occasion');
    }
    if (input.precautions.some((one) => membershipsOf(state, one.worker).length === 0)) {
      return reject(
        'FM-SEC-1',
        ['circle'],
        'Forholdsregler gives til medarbejdere i kredsen. Vælg en, der er i kredsen, eller føj medarbejderen til først.',
        'precautions',
      );
    }
    if (new Set(input.precautions.map((one) => one.worker)).size < input.precautions.length) {
      return reject(
        'FM-SEC-1',
        ['own'],
        'Den samme medarbejder står to gange. Saml medarbejderens forholdsregler ét sted.',
        'precautions',
      );
    }
    const precautions = input.precautions.map((one) => ({ ...one, id: ctx.newId<PrecautionId>() }));
    return [
      {
        event: {
          type: 'SecurityAssessed',
          on: ctx.today,
          level: input.level,
          occasion: input.occasion,
          precautions: precautions.map(({ id, worker }) => ({ id, worker })),
        },
        bodies: [
          { scope: { kind: 'police' }, content: { text: input.text } },
          ...precautions.map(({ id, text }) => ({ scope: { kind: 'precaution' as const, subject: id }, content: { text } })),
        ],
      },
    ];
  },
});

const namedWorker: CasePermission = {
  test: (state, actor: Actor) =>
    membershipsOf(state, actor.user).length > 0 && state.security.precautions.some((one) => actsFor(state, actor.user, one.worker)),
  who: 'den medarbejder, forholdsreglen gælder,',
};

/** The named worker has read his precautions (FM-SEC-1). */
export const securityConfirmPrecaution = command({
  name: 'security.confirmPrecaution',
  title: 'Bekræft, at du har læst dine forholdsregler',
  rules: ['FM-SEC-1'],
  page: 'sikkerhed',
  input: z.strictObject({
    precaution: zId<PrecautionId>('Vælg den forholdsregel, du har læst').meta({ label: 'Forholdsregel', widget: 'hidden' }),
  }),
  writes: [],
  may: namedWorker,
  when: notClosed,
  decide: (state, input, ctx) => {
    const mine = state.security.precautions.find((one) => one.id === input.precaution && actsFor(state, ctx.actor.user, one.worker));
    if (mine === undefined) {
      return reject(
        'FM-SEC-1',
        ['own'],
        'Forholdsreglen gælder ikke dig eller gælder ikke længere. Bekræft den, der står på siden nu.',
        'precaution',
      );
    }
    // Confirming twice changes nothing, and is nobody's mistake.
    if (mine.confirmedOn !== undefined) return [];
    return [{ event: { type: 'PrecautionConfirmed', precaution: mine.id, on: ctx.today } }];
  },
});

export const securityCommands = [securityAssess, securityConfirmPrecaution];
