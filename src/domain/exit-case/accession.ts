import { seesParty } from '../access/scopes.js';
import type { CommandContext } from '../kernel/command.js';
import type { MeasureId, RequirementId } from '../kernel/ids.js';
import { isRejection, reject, type Rejection } from '../kernel/rejection.js';
import { addDays, type PlainDate } from '../kernel/time.js';
import {
  type AccessionInput,
  accessionInput,
  type Accedes,
  byAuthority,
  byCandidate,
  byUnit,
  type CandidatesWord,
} from './accession-party.js';
import {
  type AgreedMeasure,
  agreementInForce,
  agreementNotDue,
  type AgreementVersion,
  openVersion,
  type Party,
} from './agreement.js';
import { notEnterable } from './agreement-presentation.js';
import type { CaseEvent, ExitCase } from './case.js';
import { currentMembers, isFullMember, isSeat, unitOrContact } from './circle.js';
import { type CasePermission, command, either, type Task, type TaskOwner } from './define.js';
import { measureHand, measureOf, measureOwnerMay } from './measure.js';
import { leadSeat } from './vote.js';

/** The candidate's own word on one measure or requirement (FM-AGR-8). */
export interface CandidateWord {
  readonly item: MeasureId | RequirementId;
  readonly word: CandidatesWord;
}

export type AccessionEvent =
  | {
      readonly type: 'PartyAcceded';
      readonly party: Party;
      readonly version: number;
      readonly on: PlainDate;
      /** The party's own part; empty for candidate and unit. */
      readonly measures: readonly MeasureId[];
      readonly words: readonly CandidateWord[];
    }
  /** By the last accession. `revision`: a later version of an agreement with the same unit. */
  | {
      readonly type: 'AgreementEntered';
      readonly version: number;
      readonly on: PlainDate;
      readonly unit: string;
      readonly revision: boolean;
      readonly measures: readonly AgreedMeasure[];
    };

export const isAccession = (event: CaseEvent): boolean => event.type === 'PartyAcceded';

/** A party whose accession a version waits for; an authority with the measures it has not acceded to. */
export interface MissingParty {
  readonly party: Party;
  readonly measures: readonly MeasureId[];
}

/** Candidate, unit and every authority responsible for a measure, as far as they have not acceded (FM-AGR-3). */
export const missingParties = (state: ExitCase, version: AgreementVersion): readonly MissingParty[] => {
  const acceded = (party: Party): readonly MeasureId[] =>
    version.accessions.filter((one) => one.party === party).flatMap((one) => one.measures);
  const authorities = [
    ...new Set(version.measures.map(({ measure }) => measureOf(state, measure)?.authority).filter((one) => one !== undefined)),
  ];
  return [
    ...['candidate', 'unit']
      .filter((party) => !version.accessions.some((one) => one.party === party))
      .map((party) => ({ party, measures: [] })),
    ...authorities
      .map((party) => ({
        party,
        measures: version.measures
          .map((one) => one.measure)
          .filter((id) => measureOf(state, id)?.authority === party && !acceded(party).includes(id)),
      }))
      .filter((one) => one.measures.length > 0),
  ];
};

/** Days from presentation in which each party accedes `[+]`. */
const ACCEDE_WITHIN_DAYS = 14;

const handsOf = (state: ExitCase, { party, measures }: MissingParty): readonly TaskOwner[] => {
  if (party === 'unit') return [{ seat: leadSeat(state) }];
  const seat = currentMembers(state)
    .map((one) => (isSeat(one.role) && one.authority === party ? one.role : undefined))
    .find((role) => role !== undefined);
  if (seat !== undefined) return [{ seat }];
  const owners = [...new Set(measures.map((id) => measureOf(state, id)?.owner).filter((user) => user !== undefined))];
  if (owners.length > 0) return owners.map((user) => ({ user }));
  const { contactPerson } = state.agreement;
  return [contactPerson === undefined ? { seat: leadSeat(state) } : { user: contactPerson }];
};

/** One task a party; an authority's is tied to a measure of its part, so that who may not know of the measure does not get it. */
export const accessionTasks = (state: ExitCase): readonly Task[] => {
  const version = openVersion(state);
  if (version?.presentedOn === undefined || agreementNotDue(state) !== undefined) return [];
  const due = addDays(version.presentedOn, ACCEDE_WITHIN_DAYS);
  return missingParties(state, version).flatMap((missing) =>
    handsOf(state, missing).map((owner, index) => ({
      key: `accession:${version.number}:${missing.party}:${index}`,
      title:
        missing.party === 'candidate'
          ? 'Registrér kandidatens tiltrædelse af aftalen'
          : missing.party === 'unit'
            ? 'Tiltræd aftalen for enheden'
            : 'Tiltræd jeres del af aftalen',
      owner,
      due,
      command: 'agreement.accede',
      ...(missing.measures[0] === undefined ? {} : { measure: missing.measures[0] }),
    })),
  );
};

/** An owner knows of his own part only: whatever other party he names, he gets one answer (FM-CNF-4). */
const isForeign = (state: ExitCase, version: AgreementVersion, party: Party, ctx: CommandContext): boolean =>
  !isFullMember(state, ctx.actor.user) &&
  !version.measures.some(({ measure: id }) => {
    const measure = measureOf(state, id);
    return measure?.authority === party && measureOwnerMay(state, ctx.actor, measure);
  });

const accession = (
  state: ExitCase,
  version: AgreementVersion,
  given: AccessionInput,
  ctx: CommandContext,
): Accedes | Rejection => {
  if (isForeign(state, version, given.party, ctx))
    return reject(
      'FM-AGR-3',
      ['own'],
      'Vælg din egen myndighed. Du kan tiltræde for dit eget tiltag, når det står i den aftale, der er lagt frem.',
      'party',
    );
  const missing = missingParties(state, version).find((one) => one.party === given.party && seesParty(state, ctx.actor.user, one));
  if (missing === undefined)
    return reject(
      'FM-AGR-3',
      ['accession'],
      'Den part har tiltrådt, eller har ingen del i aftalen. Vælg en, der mangler.',
      'party',
    );
  if (given.party === 'candidate') return byCandidate(state, version, given, ctx);
  return given.party === 'unit' ? byUnit(state, version, ctx) : byAuthority(state, version, missing, given.evidence, ctx);
};

/** Nobody is missing once this accession is in. */
const isLast = (state: ExitCase, version: AgreementVersion, { event }: Accedes): boolean =>
  missingParties(state, { ...version, accessions: [...version.accessions, { ...event, version: 0 }] }).length === 0;

const someParty: CasePermission = { ...either(unitOrContact, measureHand), who: 'en af aftalens parter' };

/**
 * A party accedes to what was presented. The last accession enters the agreement: the contact point is told, the course begins, start
 * deadlines run (FM-AGR-3, FM-AGR-8, FM-MEA-3, FM-NOT-1). Entry is refused without valid consent at that moment (FM-CON-1, FM-CON-6).
 */
export const agreementAccede = command({
  name: 'agreement.accede',
  title: 'Tiltræd aftalen',
  rules: ['FM-AGR-3', 'FM-AGR-8', 'FM-CON-1', 'FM-CON-6', 'FM-NOT-1'],
  page: 'aftale',
  input: accessionInput,
  writes: ['general', 'measure'],
  may: someParty,
  when: (state) =>
    agreementNotDue(state) ??
    (openVersion(state)?.status === 'presented'
      ? undefined
      : reject(
          'FM-AGR-8',
          ['agreement'],
          'Der er ingen aftale at tiltræde. Den skal først lægges frem af den, der skriver den.',
        )),
  decide: (state, given, ctx) => {
    const version = openVersion(state);
    if (version === undefined) return [];
    const acceded = accession(state, version, given, ctx);
    if (isRejection(acceded)) return acceded;
    if (!isLast(state, version, acceded)) return [acceded];
    const notYet = notEnterable(state, version, ctx.today);
    if (notYet !== undefined) return notYet;
    const { unit } = state.inquiry;
    return [
      acceded,
      {
        event: {
          type: 'AgreementEntered',
          version: version.number,
          on: ctx.today,
          unit,
          revision: agreementInForce(state)?.unit === unit,
          measures: version.measures,
        },
      },
    ];
  },
});

export const accessionCommands = [agreementAccede];
