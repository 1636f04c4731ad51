import { addDays, formatDate, type Instant, type PlainDate } from '../kernel/time.js';
import { authorityName } from '../reference/authorities.js';
import type { ConsentLanguage } from '../reference/consent-texts.js';
import { kindsOfScope, scopeOfKind, SHARING_KINDS, type SharingKind, sharingKindLabel } from '../reference/legal-bases.js';
import type { CaseEvent, ExitCase } from './case.js';
import { currentMembers, isFullMember, type Seat, seatsToSpeak } from './circle.js';
import type { ConsentAnswerEvent } from './consent-answer.js';
import type { ConsentWithdrawalEvent } from './consent-withdrawal.js';
import type { EventMeta, Task } from './define.js';
import { isClosed } from './ending.js';
import { notDecided, seatsNotStated } from './position.js';
import { leadSeat } from './vote.js';

export type ConsentEvent = ConsentAnswerEvent | ConsentWithdrawalEvent;

/** The kinds one authority may share and receive. */
export interface Coverage {
  readonly authority: string;
  readonly kinds: readonly SharingKind[];
}

/** Where the candidate's answer stands. */
interface Answer {
  /** `given` also while part of it is withdrawn; an expired consent stays `given` and covers nothing. */
  readonly status: 'none' | 'given' | 'refused' | 'withdrawn';
  /** What is still covered for at least one authority. */
  readonly kinds: readonly SharingKind[];
  /** The authorities still covered for at least one kind. */
  readonly authorities: readonly string[];
  readonly coverage: readonly Coverage[];
  /** The day of the latest answer: signature, refusal or withdrawal. */
  readonly on?: PlainDate;
  /** The last day it covers anything. */
  readonly expiresOn?: PlainDate;
  readonly language?: ConsentLanguage;
  readonly textVersion?: string;
  /** A withdrawal the unit has not settled: whether the course can go on (FM-CON-2). */
  readonly withdrawal?: { readonly on: PlainDate; readonly cannotGoOn: boolean };
}
export interface ConsentState extends Answer {
  /** Every answer that stands, by its event's number in the case, and where it left matters; what is annulled falls out (FM-WORK-2). */
  readonly answers: readonly { readonly version: number; readonly after: Answer }[];
  /** What was covered from each moment on, in order; no coverage where law carried. By it the readers of older material are known. */
  readonly history: readonly { readonly at: Instant; readonly coverage?: readonly Coverage[] }[];
}
const noAnswer: Answer = { status: 'none', kinds: [], authorities: [], coverage: [] };
export const noConsent: ConsentState = { ...noAnswer, answers: [], history: [] };

const covering = (coverage: readonly Coverage[]): Pick<Answer, 'coverage' | 'kinds' | 'authorities'> => ({
  coverage,
  kinds: SHARING_KINDS.filter((kind) => coverage.some((one) => one.kinds.includes(kind))),
  authorities: coverage.map((one) => one.authority),
});

const afterWithdrawal = (
  coverage: readonly Coverage[],
  kinds: readonly SharingKind[],
  authorities: readonly string[],
): readonly Coverage[] =>
  coverage
    .map((one) =>
      authorities.includes(one.authority) ? { ...one, kinds: one.kinds.filter((kind) => !kinds.includes(kind)) } : one,
    )
    .filter((one) => one.kinds.length > 0);

const answered = (state: ConsentState, after: Answer, { version, at }: EventMeta): ConsentState => ({
  ...after,
  answers: [...state.answers, { version, after }],
  history: [...state.history, { at, coverage: after.coverage }],
});

const annulled = (state: ConsentState, version: number, { at }: EventMeta): ConsentState => {
  const answers = state.answers.filter((one) => one.version !== version);
  const after = answers.at(-1)?.after ?? noAnswer;
  return { ...after, answers, history: [...state.history, after.status === 'none' ? { at } : { at, coverage: after.coverage }] };
};

/** A new consent stands in place of the one before; a withdrawal takes its cells out of the matrix (FM-CON-2). */
export const evolveConsent = (state: ConsentState, event: CaseEvent, meta: EventMeta): ConsentState => {
  const { answers: _answers, history: _history, ...before } = state;
  switch (event.type) {
    case 'ConsentGiven': {
      const { type: _type, kinds, authorities, ...facts } = event;
      return answered(
        state,
        { ...covering(authorities.map((authority) => ({ authority, kinds }))), ...facts, status: 'given' },
        meta,
      );
    }
    case 'ConsentRefused':
      return answered(
        state,
        {
          ...noAnswer,
          status: 'refused',
          on: event.on,
          ...(state.withdrawal === undefined ? {} : { withdrawal: state.withdrawal }),
        },
        meta,
      );
    case 'ConsentWithdrawn': {
      const coverage = afterWithdrawal(state.coverage, event.kinds, event.authorities);
      const status = coverage.length === 0 ? 'withdrawn' : 'given';
      return answered(
        state,
        { ...before, ...covering(coverage), status, on: event.on, withdrawal: { on: event.on, cannotGoOn: false } },
        meta,
      );
    }
    case 'WithdrawalWeighed': {
      const { withdrawal, ...rest } = state;
      return event.goesOn || withdrawal === undefined ? rest : { ...rest, withdrawal: { ...withdrawal, cannotGoOn: true } };
    }
    case 'RecordAnnulled':
      return event.what === 'consent' ? annulled(state, event.version, meta) : state;
    default:
      return state;
  }
};

/** The consent holds today: given, not wholly withdrawn, not expired (FM-CON-1, FM-CON-5). */
export const hasValidConsent = (state: ExitCase, today: string): boolean =>
  state.consent.status === 'given' && (state.consent.expiresOn === undefined || today <= state.consent.expiresOn);

/** Consent covers this kind for this authority today (FM-CON-2, FM-CON-6). */
export const coveredFor = (state: ExitCase, authority: string, kind: SharingKind, today: string): boolean =>
  hasValidConsent(state, today) && state.consent.coverage.some((one) => one.authority === authority && one.kinds.includes(kind));

export type SharingBasis =
  { readonly allowed: true; readonly basis: 'consent' | 'law' } | { readonly allowed: false; readonly why: string };

const RENEW = 'Registrér et nyt samtykke, hvis kandidaten giver det.';

/** Why nothing at all can be shared on consent today; undefined while it holds or was never asked for. */
export const noConsentToday = (state: ExitCase, today: string): string | undefined => {
  const { status, expiresOn } = state.consent;
  if (status === 'refused') return `Kandidaten har sagt nej til, at oplysninger deles. ${RENEW}`;
  if (status === 'withdrawn') return `Samtykket er trukket tilbage, så der kan ikke deles nyt. ${RENEW}`;
  if (expiresOn !== undefined && today > expiresOn) return `Samtykket gjaldt til og med ${formatDate(expiresOn)}. ${RENEW}`;
  return undefined;
};

/** The authorities that read the kind's scope in the circle today because consent covers them for some kind of it. */
const readersToday = (state: ExitCase, kind: SharingKind): readonly string[] => {
  const scope = scopeOfKind(kind);
  const inCircle = currentMembers(state)
    .filter((member) => isFullMember(state, member.user) && (scope === 'general' || !member.authority.startsWith('police:')))
    .map((member) => member.authority);
  return state.consent.coverage
    .filter((one) => inCircle.includes(one.authority) && one.kinds.some((covered) => kindsOfScope(scope).includes(covered)))
    .map((one) => one.authority);
};

/**
 * On what an entry of this kind may be shared in the circle today: law before consent was given, refused or withdrawn; consent after;
 * else nothing (FM-CON-2, FM-CON-3). A scope is read by all whom consent covers for one of its kinds, so an entry of a kind that was
 * withdrawn from one of them would reach him: it is not allowed.
 */
export const sharingBasis = (state: ExitCase, kind: SharingKind, today: string): SharingBasis => {
  if (state.consent.status === 'none') return { allowed: true, basis: 'law' };
  const ended = noConsentToday(state, today);
  if (ended !== undefined) return { allowed: false, why: ended };
  const readers = readersToday(state, kind);
  const uncovered = readers.filter((authority) => !coveredFor(state, authority, kind, today));
  if (uncovered.length === 0 && readers.length > 0) return { allowed: true, basis: 'consent' };
  const whom =
    uncovered.length === 0 || uncovered.length === readers.length ? '' : ` for ${uncovered.map(authorityName).join(' og ')}`;
  return {
    allowed: false,
    why: `Samtykket omfatter ikke “${sharingKindLabel(kind)}”${whom}. Registrér samtykke til det, eller skriv det ikke her.`,
  };
};

/**
 * On what one authority may be told of these kinds today: what a disclosure to somebody new rests on (FM-CON-3). `law` before the
 * candidate has answered about consent, then only a consent that names the authority and every kind.
 */
export const basisTowards = (state: ExitCase, authority: string, kinds: readonly SharingKind[], today: string): SharingBasis => {
  if (state.consent.status === 'none') return { allowed: true, basis: 'law' };
  const ended = noConsentToday(state, today);
  if (ended !== undefined) return { allowed: false, why: ended };
  const missing = kinds.filter((kind) => !coveredFor(state, authority, kind, today));
  if (missing.length === 0) return { allowed: true, basis: 'consent' };
  const what = missing.map((kind) => `“${sharingKindLabel(kind)}”`).join(' og ');
  return {
    allowed: false,
    why: `Samtykket giver ikke ${authorityName(authority)} lov til at få ${what}. Registrér et samtykke, der nævner både myndigheden og oplysningerne.`,
  };
};

/** Days the unit has to decide whether the course can go on after a withdrawal (FM-CON-2). */
const WEIGH_WITHIN_DAYS = 14;
/**
 * What a withdrawal asks of the unit: every authority on a seat is warned and can weigh it, whoever does it first (FM-CON-2). A course that
 * cannot go on is interrupted once the authorities have said where they stand; a case without one is ended as an assessment.
 */
const withdrawalTasks = (state: ExitCase): readonly Task[] => {
  const { withdrawal } = state.consent;
  if (withdrawal === undefined) return [];
  const due = addDays(withdrawal.on, WEIGH_WITHIN_DAYS);
  const lead = leadSeat(state);
  const task = (seat: Seat, title: string, name: string): Task => ({
    key: seat === lead ? 'consent:withdrawn' : `consent:withdrawn:${seat}`,
    title,
    owner: { seat },
    due,
    command: name,
  });
  if (!withdrawal.cannotGoOn) {
    const members = currentMembers(state);
    return seatsToSpeak(state)
      .filter((seat) => seat === lead || members.some((one) => one.role === seat))
      .map((seat) => task(seat, 'Beslut, om sagen kan fortsætte efter det tilbagetrukne samtykke', 'consent.weighWithdrawal'));
  }
  if (state.course.status === 'running') {
    if (seatsNotStated(state).length > 0) return [];
    return notDecided(state, 'interrupt') === undefined
      ? [task(lead, 'Afbryd forløbet: det kan ikke fortsætte uden samtykke', 'course.interrupt')]
      : [task(lead, 'Bliv enige om, hvordan forløbet ender: det kan ikke fortsætte uden samtykke', 'course.state')];
  }
  return state.assessment.begun === undefined
    ? [task(lead, 'Afslut henvendelsen: sagen kan ikke fortsætte uden samtykke', 'inquiry.close')]
    : [task(lead, 'Afbryd visitationen: sagen kan ikke fortsætte uden samtykke', 'assessment.interrupt')];
};

/** Days before it expires that a new consent is asked for `[+]`. */
const RENEW_DAYS_BEFORE = 14;

export const consentTasks = (state: ExitCase): readonly Task[] => {
  if (isClosed(state) || (state.course.status !== 'none' && state.course.status !== 'running')) return [];
  const owner = { seat: leadSeat(state) };
  const { status, expiresOn } = state.consent;
  return [
    ...withdrawalTasks(state),
    ...(status !== 'given' || expiresOn === undefined
      ? []
      : [
          {
            key: 'consent:expires',
            title: 'Bed om et nyt samtykke, før det nuværende udløber',
            owner,
            due: addDays(expiresOn, -RENEW_DAYS_BEFORE),
            command: 'consent.give',
          },
        ]),
  ];
};

/** Kinds of information as a form offers them. */
export const kindOptions = (kinds: readonly SharingKind[]) =>
  kinds.map((kind) => ({ value: kind, label: sharingKindLabel(kind) }));
