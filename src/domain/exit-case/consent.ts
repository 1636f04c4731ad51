import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import { addDays, formatDate, type Instant, knownDate, type PlainDate, plainDateBetween } from '../kernel/time.js';
import { authorityName, zAuthorityId } from '../reference/authorities.js';
import { CONSENT_LANGUAGES, CONSENT_TEXTS, type ConsentLanguage, consentTextOn } from '../reference/consent-texts.js';
import { isSensitiveKind, kindsOfScope, scopeOfKind, SENSITIVE_KINDS, SHARING_KINDS, type SharingKind, sharingKindLabel } from '../reference/legal-bases.js';
import type { CaseEvent, ExitCase } from './case.js';
import { currentMembers, isFullMember, unitOrContact } from './circle.js';
import type { ConsentWithdrawalEvent } from './consent-withdrawal.js';
import { command, type EventMeta, type Task } from './define.js';
import { isClosed, notClosed } from './ending.js';
import { leadSeat } from './vote.js';

export type ConsentEvent =
  | {
      readonly type: 'ConsentGiven'; readonly on: PlainDate; readonly kinds: readonly SharingKind[]; readonly authorities: readonly string[];
      readonly language: ConsentLanguage; readonly textVersion: string; readonly expiresOn?: PlainDate;
    }
  | { readonly type: 'ConsentRefused'; readonly on: PlainDate }
  | ConsentWithdrawalEvent;

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

const afterWithdrawal = (coverage: readonly Coverage[], kinds: readonly SharingKind[], authorities: readonly string[]): readonly Coverage[] =>
  coverage
    .map((one) => (authorities.includes(one.authority) ? { ...one, kinds: one.kinds.filter((kind) => !kinds.includes(kind)) } : one))
    .filter((one) => one.kinds.length > 0);

const answered = (state: ConsentState, after: Answer, { version, at }: EventMeta): ConsentState => ({
  ...after, answers: [...state.answers, { version, after }], history: [...state.history, { at, coverage: after.coverage }],
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
      return answered(state, { ...covering(authorities.map((authority) => ({ authority, kinds }))), ...facts, status: 'given' }, meta);
    }
    case 'ConsentRefused':
      return answered(state, { ...noAnswer, status: 'refused', on: event.on, ...(state.withdrawal === undefined ? {} : { withdrawal: state.withdrawal }) }, meta);
    case 'ConsentWithdrawn': {
      const coverage = afterWithdrawal(state.coverage, event.kinds, event.authorities);
      const status = coverage.length === 0 ? 'withdrawn' : 'given';
      return answered(state, { ...before, ...covering(coverage), status, on: event.on, withdrawal: { on: event.on, cannotGoOn: false } }, meta);
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

export type SharingBasis = { readonly allowed: true; readonly basis: 'consent' | 'law' } | { readonly allowed: false; readonly why: string };

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
  const whom = uncovered.length === 0 || uncovered.length === readers.length ? '' : ` for ${uncovered.map(authorityName).join(' og ')}`;
  return { allowed: false, why: `Samtykket omfatter ikke “${sharingKindLabel(kind)}”${whom}. Registrér samtykke til det, eller skriv det ikke her.` };
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
  return { allowed: false, why: `Samtykket giver ikke ${authorityName(authority)} lov til at få ${what}. Registrér et samtykke, der nævner både myndigheden og oplysningerne.` };
};

/** Days the unit has to decide whether the course can go on after a withdrawal (FM-CON-2). */
const WEIGH_WITHIN_DAYS = 14;
/** Days before it expires that a new consent is asked for `[+]`. */
const RENEW_DAYS_BEFORE = 14;

export const consentTasks = (state: ExitCase): readonly Task[] => {
  if (isClosed(state) || (state.course.status !== 'none' && state.course.status !== 'running')) return [];
  const owner = { seat: leadSeat(state) };
  const { withdrawal, status, expiresOn } = state.consent;
  return [
    ...(withdrawal === undefined ? [] : [withdrawal.cannotGoOn
      ? { key: 'consent:withdrawn', title: 'Afbryd forløbet: det kan ikke fortsætte uden samtykke', owner, due: addDays(withdrawal.on, WEIGH_WITHIN_DAYS), command: 'course.interrupt' }
      : { key: 'consent:withdrawn', title: 'Beslut, om sagen kan fortsætte efter det tilbagetrukne samtykke', owner, due: addDays(withdrawal.on, WEIGH_WITHIN_DAYS), command: 'consent.weighWithdrawal' }]),
    ...(status !== 'given' || expiresOn === undefined ? []
      : [{ key: 'consent:expires', title: 'Bed om et nyt samtykke, før det nuværende udløber', owner, due: addDays(expiresOn, -RENEW_DAYS_BEFORE), command: 'consent.give' }]),
  ];
};

const FIRST_DAY = knownDate('2011-01-01');
const LAST_DAY = knownDate('2099-12-31');

/** How a signature is kept until files can be uploaded: the day it was given, and where the paper lies. */
export const evidenceFields = {
  signedOn: plainDateBetween(FIRST_DAY, LAST_DAY, 'Datoen for underskriften').meta({ label: 'Hvornår er der skrevet under?', widget: 'date' }),
  keptAt: prose({ label: 'Hvor ligger det underskrevne?', hint: 'For eksempel journalnummer i jeres eget system.', max: 500, widget: 'text', missing: 'Skriv, hvor det underskrevne ligger' }),
};

export const kindOptions = (kinds: readonly SharingKind[]) => kinds.map((kind) => ({ value: kind, label: sharingKindLabel(kind) }));
const ORDINARY_KINDS = SHARING_KINDS.filter((kind) => !isSensitiveKind(kind));
const LANGUAGES = CONSENT_LANGUAGES.map((value) => ({ value, label: { da: 'Dansk', en: 'Engelsk' }[value] }));
const TEXT_VERSIONS = CONSENT_TEXTS.map((text) => ({ value: text.version, label: `Tekst ${text.version}` }));

/**
 * The candidate's yes, on paper or with MitID: kinds and authorities as ticked, sensitive kinds by themselves (FM-CON-1, FM-CON-5).
 * It stands in place of an earlier consent. A paper older than a refusal or withdrawal does not revive what was ended (FM-CON-2).
 */
export const consentGive = command({
  name: 'consent.give',
  title: 'Registrér samtykke',
  rules: ['FM-CON-1', 'FM-CON-2', 'FM-CON-5'],
  page: 'samtykke',
  input: z.object({
    kinds: z.array(z.enum(ORDINARY_KINDS, { error: 'Sæt kryds ved følsomme oplysninger for sig' })).default([])
      .meta({ label: 'Hvilke oplysninger?', widget: 'checkboxes', options: kindOptions(ORDINARY_KINDS) }),
    sensitiveKinds: z.array(z.enum(SENSITIVE_KINDS, { error: 'Vælg følsomme oplysninger fra listen' })).default([])
      .meta({ label: 'Hvilke følsomme oplysninger?', hint: 'Kun dem, kandidaten selv har sat kryds ved.', widget: 'checkboxes', options: kindOptions(SENSITIVE_KINDS) }),
    authorities: z.array(zAuthorityId).min(1, 'Vælg mindst én myndighed, som samtykket gælder')
      .meta({ label: 'Hvilke myndigheder?', widget: 'authorities' }),
    language: z.enum(CONSENT_LANGUAGES, { error: 'Vælg, hvilket sprog teksten var på' }).meta({ label: 'Sprog', widget: 'radio', options: LANGUAGES }),
    textVersion: z.enum(CONSENT_TEXTS.map((text) => text.version), { error: 'Vælg, hvilken tekst kandidaten har skrevet under på' })
      .meta({ label: 'Tekst', hint: 'Nummeret står nederst på papiret.', widget: 'select', options: TEXT_VERSIONS }),
    evidence: z.object(evidenceFields, { error: 'Skriv, hvornår der er skrevet under, og hvor papiret ligger' }).meta({ label: 'Underskrift' }),
    expiresOn: plainDateBetween(FIRST_DAY, LAST_DAY, 'Udløbsdatoen').optional()
      .meta({ label: 'Hvornår udløber samtykket?', hint: 'Lad feltet stå tomt, hvis det gælder under hele forløbet.', widget: 'date' }),
  }),
  writes: ['general'],
  may: unitOrContact,
  when: notClosed,
  decide: (state, input, ctx) => {
    const kinds = SHARING_KINDS.filter((kind) => [...input.kinds, ...input.sensitiveKinds].some((ticked) => ticked === kind));
    const { signedOn, keptAt } = input.evidence;
    const { status, on } = state.consent;
    if (kinds.length === 0) return reject('FM-CON-1', ['own'], 'Et samtykke nævner, hvilke oplysninger det gælder. Sæt mindst ét kryds.', 'kinds');
    if (signedOn > ctx.today) return reject('FM-CON-1', ['own'], 'Underskriften ligger i fremtiden. Registrér samtykket, når der er skrevet under.', 'evidence.signedOn');
    if (status !== 'none' && on !== undefined && signedOn < on) {
      return reject('FM-CON-2', ['consent'], `Kandidatens seneste svar er fra ${formatDate(on)}. Et samtykke fra før den dag gælder ikke længere; det skal gives igen.`, 'evidence.signedOn');
    }
    const inUse = consentTextOn(signedOn).version;
    if (input.textVersion !== inUse) {
      return reject('FM-CON-5', ['own'], `Tekst ${input.textVersion} var ikke i brug, da der blev skrevet under. Vælg tekst ${inUse}, eller ret datoen.`, 'textVersion');
    }
    if (input.expiresOn !== undefined && input.expiresOn < ctx.today) {
      return reject('FM-CON-5', ['own'], 'Udløbsdatoen er passeret. Et samtykke skal gælde i dag for at kunne bruges.', 'expiresOn');
    }
    return [{
      event: {
        type: 'ConsentGiven', on: signedOn, kinds, authorities: [...new Set(input.authorities)], language: input.language, textVersion: input.textVersion,
        ...(input.expiresOn === undefined ? {} : { expiresOn: input.expiresOn }),
      },
      bodies: [{ scope: { kind: 'general' }, content: { keptAt } }],
    }];
  },
});

/** The candidate's no; from then on law is no fallback either (FM-CON-3, FM-CON-5). */
export const consentRefuse = command({
  name: 'consent.refuse',
  title: 'Registrér, at kandidaten siger nej til samtykke',
  rules: ['FM-CON-3', 'FM-CON-5'],
  page: 'samtykke',
  input: z.object({ reason: prose({ label: 'Hvad sagde kandidaten?', max: 2000 }).optional() }),
  writes: ['general'],
  may: unitOrContact,
  when: (state, ctx) => {
    if (isClosed(state)) return notClosed(state);
    if (state.consent.status === 'refused') return reject('FM-CON-5', ['consent'], 'Det er allerede registreret, at kandidaten har sagt nej.');
    return hasValidConsent(state, ctx.today)
      ? reject('FM-CON-5', ['consent'], 'Kandidaten har givet samtykke. Registrér i stedet, at det trækkes tilbage.') : undefined;
  },
  decide: (_state, input, ctx) => [{
    event: { type: 'ConsentRefused', on: ctx.today },
    ...(input.reason === undefined ? {} : { bodies: [{ scope: { kind: 'general' as const }, content: { reason: input.reason } }] }),
  }],
});

export const consentCommands = [consentGive, consentRefuse];
