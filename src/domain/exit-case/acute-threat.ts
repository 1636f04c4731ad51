import { z } from 'zod';
import { type ThreatId, type UserId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import { addWorkingDays, copenhagenDate, type PlainDate } from '../kernel/time.js';
import type { CaseEvent, ExitCase } from './case.js';
import { currentMembers, membershipsOf, policeMember, seatsToSpeak } from './circle.js';
import { type CasePermission, command, type EventMeta, type Task } from './define.js';
import { isClosed, notClosed } from './ending.js';

export type AcuteThreatEvent =
  | { readonly type: 'AcuteThreatRaised'; readonly threat: ThreatId; readonly alerted: readonly UserId[] }
  | { readonly type: 'AcuteThreatSeen'; readonly threat: ThreatId }
  | { readonly type: 'AcuteThreatLifted'; readonly on: PlainDate };

export interface AcuteThreat {
  readonly id: ThreatId;
  readonly raisedOn: PlainDate;
  readonly raisedBy: UserId;
  /** Those who were alerted when it was raised. */
  readonly alerted: readonly UserId[];
  /** Who raised it knows. */
  readonly seenBy: readonly UserId[];
}
export interface AcuteThreatState {
  readonly threats: readonly AcuteThreat[];
  /** The threat that stands now, if one does: the last raised. */
  readonly standing?: ThreatId;
  /** Police has assessed the security since the last was raised. */
  readonly assessedOn?: PlainDate;
}
export const noAcuteThreat: AcuteThreatState = { threats: [] };

export const evolveAcuteThreats = (state: AcuteThreatState, event: CaseEvent, meta: EventMeta): AcuteThreatState => {
  switch (event.type) {
    case 'AcuteThreatRaised':
      return {
        threats: [...state.threats, { id: event.threat, raisedOn: copenhagenDate(meta.at), raisedBy: meta.actor, alerted: event.alerted, seenBy: [meta.actor] }],
        standing: event.threat,
      };
    case 'AcuteThreatSeen':
      return { ...state, threats: state.threats.map((one) => (one.id === event.threat ? { ...one, seenBy: [...one.seenBy, meta.actor] } : one)) };
    case 'SecurityAssessed':
      return state.standing === undefined ? state : { ...state, assessedOn: event.on };
    case 'AcuteThreatLifted':
      return { threats: state.threats };
    default:
      return state;
  }
};

/** The threat that stands; undefined when none does. */
export const acuteThreat = (state: ExitCase): AcuteThreat | undefined =>
  state.acute.standing === undefined ? undefined : state.acute.threats.find((one) => one.id === state.acute.standing);

/** Police and the contact person, whoever they are by then, and all who take precautions; where no police is in the circle, the unit. */
const toAlert = (state: ExitCase): readonly UserId[] => {
  const members = currentMembers(state);
  const police = members.filter((one) => one.role === 'police');
  const guards = police.length > 0 ? police : members.filter((one) => seatsToSpeak(state).some((seat) => seat === one.role));
  const { contactPerson } = state.agreement;
  const workers = [...(contactPerson === undefined ? [] : [contactPerson]), ...state.security.precautions.map((one) => one.worker)];
  const named = [...guards.map((one) => one.user), ...workers];
  // Who stands in for one of them is warned like him (FM-WORK-7).
  const deputies = members.filter((one) => named.some((user) => user === one.deputyFor)).map((one) => one.user);
  return [...new Set([...named, ...deputies])].filter((user) => membershipsOf(state, user).length > 0);
};

/** Those the threat concerns: alerted when it was raised, or since then in a place that is. */
const concerned = (state: ExitCase, threat: AcuteThreat): readonly UserId[] =>
  [...new Set([...threat.alerted, ...toAlert(state)])].filter((user) => membershipsOf(state, user).length > 0);

/** Whether somebody was alerted to a threat or raised it: he reads why, with police (FM-SEC-3). */
export const isAlertedTo = (state: ExitCase, user: string, id: string): boolean =>
  state.acute.threats.some((one) => one.id === id && (one.raisedBy === user || concerned(state, one).some((each) => each === user)));

/** What the alert asks of each, due the same day and first of all that waits; of police a new assessment, and then that it is lifted. */
export const acuteThreatTasks = (state: ExitCase): readonly Task[] => {
  const threat = acuteThreat(state);
  if (threat === undefined || isClosed(state)) return [];
  return [
    ...concerned(state, threat).filter((user) => !threat.seenBy.includes(user)).map((user) => ({
      key: `acute:${user}`, title: 'Akut trussel: læs advarslen, og bekræft den', owner: { user }, due: threat.raisedOn, command: 'security.confirmAlert',
    })),
    ...guards(state, threat),
  ];
};

/** Police assesses at once and lifts in the end; where no police is in the circle, those who are there bring it in. */
const guards = (state: ExitCase, threat: AcuteThreat): readonly Task[] => {
  const { assessedOn } = state.acute;
  const members = currentMembers(state);
  if (!members.some((one) => one.role === 'police')) {
    const seat = seatsToSpeak(state).find((one) => members.some((member) => member.role === one));
    return seat === undefined ? [] : [{ key: 'acute.police', title: 'Akut trussel: føj politiet til kredsen', owner: { seat }, due: threat.raisedOn, command: 'circle.add' }];
  }
  return [
    assessedOn === undefined
      ? { key: 'acute.assess', title: 'Akut trussel: vurdér sikkerheden på ny', owner: { seat: 'police' as const }, due: threat.raisedOn, command: 'security.assess' }
      : { key: 'acute.lift', title: 'Ophæv den akutte trussel, når den er ovre', owner: { seat: 'police' as const }, due: addWorkingDays(assessedOn, 1), command: 'security.liftAcute' },
  ];
};

const inCircle: CasePermission = { test: (state, actor) => membershipsOf(state, actor.user).length > 0, who: 'en i sagens kreds' };

/**
 * One step by anybody in the circle: police, the contact person and everybody with precautions are alerted, and the protected address is
 * closed to all but police. Raised again while it stands it alerts anew: nobody with something to tell is refused (FM-SEC-3).
 */
export const securityRaiseAcute = command({
  name: 'security.raiseAcute',
  title: 'Meld akut trussel',
  rules: ['FM-SEC-3'],
  page: 'sikkerhed',
  input: z.strictObject({
    why: prose({ label: 'Hvad er der sket?', hint: 'Du kan melde uden at skrive noget. Læses af politiet og dem, der bliver advaret.', max: 2000 }).optional(),
  }),
  writes: ['precaution'],
  may: inCircle,
  when: notClosed,
  decide: (state, input, ctx) => {
    const threat = ctx.newId<ThreatId>();
    return [{
      event: { type: 'AcuteThreatRaised', threat, alerted: toAlert(state) },
      ...(input.why === undefined ? {} : { bodies: [{ scope: { kind: 'precaution' as const, subject: threat }, content: { why: input.why } }] }),
    }];
  },
});

const alerted: CasePermission = {
  test: (state, actor) => {
    const threat = acuteThreat(state);
    return threat !== undefined && concerned(state, threat).includes(actor.user);
  },
  who: 'dem, der er advaret,',
};

/** Somebody who was alerted says that he has read it (FM-SEC-3). */
export const securityConfirmAlert = command({
  name: 'security.confirmAlert',
  title: 'Bekræft, at du har læst advarslen',
  rules: ['FM-SEC-3'],
  page: 'sikkerhed',
  input: z.strictObject({}),
  writes: [],
  may: alerted,
  when: notClosed,
  decide: (state, _input, ctx) => {
    const threat = acuteThreat(state);
    // Confirming twice changes nothing, and is nobody's mistake.
    return threat === undefined || threat.seenBy.includes(ctx.actor.user) ? [] : [{ event: { type: 'AcuteThreatSeen', threat: threat.id } }];
  },
});

/** Police lifts the threat, on a security assessment made after it was raised (FM-SEC-3, FM-SEC-1). */
export const securityLiftAcute = command({
  name: 'security.liftAcute',
  title: 'Ophæv den akutte trussel',
  rules: ['FM-SEC-3', 'FM-SEC-1'],
  page: 'sikkerhed',
  input: z.strictObject({
    why: prose({ label: 'Hvorfor er truslen ovre?', hint: 'Læses kun af politiet.', max: 4000, missing: 'Skriv, hvorfor truslen er ovre' }),
  }),
  writes: ['police'],
  may: policeMember,
  when: (state) => {
    const closed = notClosed(state);
    if (closed !== undefined) return closed;
    if (acuteThreat(state) === undefined) return reject('FM-SEC-3', ['security'], 'Der er ingen akut trussel at ophæve.');
    return state.acute.assessedOn === undefined ? reject('FM-SEC-3', ['security'], 'Vurdér sikkerheden på ny først. Så kan truslen ophæves.') : undefined;
  },
  decide: (_state, input, ctx) => [
    { event: { type: 'AcuteThreatLifted', on: ctx.today }, bodies: [{ scope: { kind: 'police' }, content: { why: input.why } }] },
  ],
});

export const acuteThreatCommands = [securityRaiseAcute, securityConfirmAlert, securityLiftAcute];
