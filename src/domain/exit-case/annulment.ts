import { z } from 'zod';
import { seesParty } from '../access/scopes.js';
import type { Actor } from '../kernel/command.js';
import type { UserId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { isRejection, reject } from '../kernel/rejection.js';
import { addWorkingDays, type PlainDate } from '../kernel/time.js';
import { agreementInForce } from './agreement.js';
import { accededMeasures, ANNULLABLE, annullable, type AnnulledRecord, isSame, standing } from './annullable.js';
import type { CaseEvent, ExitCase } from './case.js';
import { currentMembers, isFullMember, seatsOf, seatsToSpeak } from './circle.js';
import { type CasePermission, command, type EventMeta, type NotificationKind, type Task, type TaskOwner } from './define.js';
import { holderOf } from './vote.js';

export type AnnulmentEvent =
  | (AnnulledRecord & { readonly type: 'AnnulmentProposed'; readonly on: PlainDate })
  | (AnnulledRecord & { readonly type: 'AnnulmentDeclined'; readonly on: PlainDate })
  | (AnnulledRecord & {
      readonly type: 'RecordAnnulled';
      readonly on: PlainDate;
      /** The version of the agreement that is no longer in force because of it. */
      readonly leavesForce?: number;
      /** The contact point had been told of what is annulled, and is told that it was wrong. */
      readonly corrects: boolean;
    });

interface Proposal extends AnnulledRecord {
  readonly by: UserId;
  readonly on: PlainDate;
}
export interface AnnulmentState {
  readonly proposals: readonly Proposal[];
}
export const noAnnulments: AnnulmentState = { proposals: [] };

export const evolveAnnulments = (state: AnnulmentState, event: CaseEvent, meta: EventMeta): AnnulmentState => {
  switch (event.type) {
    case 'AnnulmentProposed': {
      const { type: _type, ...proposal } = event;
      return { proposals: [...state.proposals, { ...proposal, by: meta.actor }] };
    }
    case 'AnnulmentDeclined':
    case 'RecordAnnulled':
      return { proposals: state.proposals.filter((one) => !isSame(one, event)) };
    default:
      return state;
  }
};

/** Proposals whose record still stands as it did when it was proposed; the others have been overtaken. */
export const openProposals = (state: ExitCase): readonly Proposal[] =>
  state.annulments.proposals.filter((one) => {
    const record = standing(state, one.what, one.party);
    return !isRejection(record) && isSame(record, one);
  });

const speakers = (state: ExitCase): readonly UserId[] => [
  ...new Set(
    currentMembers(state)
      .filter((member) => seatsOf(state, member.user).length > 0)
      .map((member) => member.user),
  ),
];

/** Two of the unit; where the unit is one person, as in custody, another full member of the circle is the second. */
const unitWithSecond: CasePermission = {
  test: (state, actor: Actor) =>
    seatsOf(state, actor.user).length > 0 || (speakers(state).length === 1 && isFullMember(state, actor.user)),
  who: 'to medlemmer af enheden',
};

/** Working days for the second member to answer `[+]`. */
const ANSWER_WITHIN_WORKING_DAYS = 3;

/** An authority's accession shows what its measures are: who may not know of them does not judge it (FM-CNF-4). */
const mayKnow = (state: ExitCase, user: UserId, record: AnnulledRecord): boolean =>
  record.party === undefined || seesParty(state, user, { party: record.party, measures: accededMeasures(state, record) });

const secondMember = (state: ExitCase, proposal: Proposal): TaskOwner | undefined => {
  const mayAnswer = (user: UserId): boolean => user !== proposal.by && mayKnow(state, user, proposal);
  const seat = seatsToSpeak(state).find((one) => {
    const holder = holderOf(state, one);
    return holder !== undefined && mayAnswer(holder.user);
  });
  if (seat !== undefined) return { seat };
  const other = currentMembers(state).find((member) => mayAnswer(member.user) && isFullMember(state, member.user));
  return other === undefined ? undefined : { user: other.user };
};

export const annulmentTasks = (state: ExitCase): readonly Task[] =>
  openProposals(state).map((one) => {
    const key = `annul:${one.what}:${one.version}`;
    const due = addWorkingDays(one.on, ANSWER_WITHIN_WORKING_DAYS);
    const owner = secondMember(state, one);
    const [measure] = accededMeasures(state, one);
    const about = measure === undefined ? {} : { measure };
    return owner === undefined
      ? {
          key,
          title: 'Føj en kollega til kredsen, som kan tage stilling til en annullering',
          owner: { user: one.by },
          due,
          command: 'circle.add',
          ...about,
        }
      : { key, title: 'Tag stilling til, om en registrering skal annulleres', owner, due, command: 'record.annul', ...about };
  });

/** What the contact point was told and is told again to be wrong: a refusal, an agreement entered (FM-NOT-1). */
export const annulmentNotification = (event: CaseEvent): NotificationKind | undefined =>
  event.type === 'RecordAnnulled' && event.corrects ? 'corrected' : undefined;

/**
 * Of a correction: the number of the event whose notification does not hold any more.
 * @param before the case as it was when it was corrected
 */
export const correctedNotification = (before: ExitCase, event: CaseEvent): number | undefined => {
  if (event.type !== 'RecordAnnulled' || !event.corrects) return undefined;
  return event.what === 'decision' ? event.version : before.agreement.versions.find(({ number }) => number === event.leavesForce)?.enteredAs;
};

/** Whether what was annulled is an authority's own: its accession, which tells that it has a measure in the case (FM-CNF-4). */
export const isOfAnAuthority = (event: CaseEvent): boolean => event.type === 'RecordAnnulled' && event.party !== undefined && event.party !== 'candidate' && event.party !== 'unit';

const consequences = (state: ExitCase, record: AnnulledRecord): { readonly leavesForce?: number; readonly corrects: boolean } => {
  if (record.what === 'decision') return { corrects: state.decision.outcome?.result === 'refused' };
  const inForce = agreementInForce(state)?.number;
  return record.what === 'accession' && inForce !== undefined && record.agreement === inForce
    ? { leavesForce: inForce, corrects: true }
    : { corrects: false };
};

/**
 * Annuls a decision, a consent or an accession that was recorded wrongly. The first call proposes it, the second, by somebody else,
 * carries it out; the wrong record and its annulment both stand in the time line. Possible in a closed case too (FM-WORK-2).
 */
export const recordAnnul = command({
  name: 'record.annul',
  title: 'Annullér en forkert registrering',
  rules: ['FM-WORK-2', 'FM-NOT-1'],
  page: 'journal',
  input: z.strictObject({
    what: annullable.meta({
      label: 'Hvad er registreret forkert?',
      hint: 'To skal stå bag: den ene foreslår, og den anden annullerer.',
      widget: 'radio',
      options: ANNULLABLE,
    }),
    party: z
      .string()
      .min(1)
      .max(80)
      .optional()
      .meta({ label: 'Hvis tiltrædelse?', hint: 'Uden valg er det den seneste.', widget: 'hidden' }),
    reason: prose({ label: 'Hvad er forkert?', max: 4000, missing: 'Skriv, hvad der er forkert' }),
  }),
  writes: ['general'],
  may: unitWithSecond,
  decide: (state, input, ctx) => {
    const { user } = ctx.actor;
    const record = standing(state, input.what, input.party, (one) => seesParty(state, user, one));
    if (isRejection(record)) return record;
    const bodies = [{ scope: { kind: 'general' as const }, content: { reason: input.reason } }];
    const proposal = openProposals(state).find((one) => isSame(one, record));
    if (proposal === undefined) {
      return seatsOf(state, ctx.actor.user).length === 0
        ? reject('FM-WORK-2', ['own'], 'Enhedens medlem foreslår annulleringen. Derefter kan du tage stilling til den.')
        : [{ event: { type: 'AnnulmentProposed', ...record, on: ctx.today }, bodies }];
    }
    if (proposal.by === ctx.actor.user) {
      return reject('FM-WORK-2', ['own'], 'Du har selv foreslået annulleringen. Et andet medlem af enheden skal gennemføre den.');
    }
    return [{ event: { type: 'RecordAnnulled', ...record, on: ctx.today, ...consequences(state, record) }, bodies }];
  },
});

/** Lets a record stand that somebody proposed to annul; both the proposal and this answer stay in the time line (FM-WORK-2). */
export const recordKeep = command({
  name: 'record.keep',
  title: 'Lad registreringen stå',
  rules: ['FM-WORK-2'],
  page: 'journal',
  input: z.strictObject({
    what: annullable.meta({ label: 'Hvilken registrering skal stå?', widget: 'radio', options: ANNULLABLE }),
    reason: prose({ label: 'Hvorfor skal den stå?', max: 4000 }),
  }),
  writes: ['general'],
  may: unitWithSecond,
  when: (state, { actor }) =>
    openProposals(state).some((one) => mayKnow(state, actor.user, one)) ? undefined : reject('FM-WORK-2', ['own'], 'Ingen har foreslået at annullere noget.'),
  decide: (state, input, ctx) => {
    const proposal = openProposals(state).find((one) => one.what === input.what && mayKnow(state, ctx.actor.user, one));
    if (proposal === undefined)
      return reject('FM-WORK-2', ['own'], 'Ingen har foreslået at annullere den registrering. Vælg en anden.', 'what');
    const { by: _by, on: _on, ...record } = proposal;
    return [
      {
        event: { type: 'AnnulmentDeclined', ...record, on: ctx.today },
        bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
      },
    ];
  },
});

export const annulmentCommands = [recordAnnul, recordKeep];
