import { z } from 'zod';
import type { MeasureId } from '../kernel/ids.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { formatDate, type PlainDate } from '../kernel/time.js';
import { authorityName } from '../reference/authorities.js';
import { sharingKindLabel } from '../reference/legal-bases.js';
import type { CandidateWord } from './accession.js';
import {
  type Accession,
  agreementInForce,
  agreementNotDue,
  type AgreementVersion,
  drafter,
  hasContactPerson,
  openVersion,
  seatsWithoutContribution,
  wordsOf,
} from './agreement.js';
import type { ExitCase } from './case.js';
import { coveredFor, hasValidConsent, noConsentToday } from './consent.js';
import { notCoordinated } from './coordination.js';
import { command } from './define.js';
import { isGranted, type Measure, measureOf } from './measure.js';
import { isSecurityAssessed } from './security.js';
import { inWords } from './vote.js';

/** The version is frozen; `kept` and `keptWords` are what stands from the version in force because it did not change (FM-AGR-4). */
export type PresentationEvent = {
  readonly type: 'AgreementPresented';
  readonly version: number;
  readonly on: PlainDate;
  readonly kept: readonly Accession[];
  readonly keptWords: readonly CandidateWord[];
};

/** The measures of a version, as they stand in the case. */
const measuresOf = (state: ExitCase, version: AgreementVersion): readonly Measure[] =>
  version.measures.map(({ measure }) => measureOf(state, measure)).filter((measure) => measure !== undefined);

const notWritten = (version: AgreementVersion, today: PlainDate): Rejection | undefined => {
  if (version.goalOf === undefined || version.validTo === undefined) {
    return reject('FM-AGR-2', ['agreement'], 'Aftalens indhold er ikke skrevet. Skriv mål, tiltag, krav, tid og opfølgning.');
  }
  if (version.measures.length === 0)
    return reject(
      'FM-AGR-2',
      ['agreement'],
      'Aftalen skal have mindst ét tiltag. Føj de tiltag til, som myndighederne har bevilget.',
    );
  return version.validTo < today
    ? reject('FM-AGR-2', ['agreement'], `Aftalens tid løb ud ${formatDate(version.validTo)}. Skriv en senere slutdato.`)
    : undefined;
};

const notPrepared = (state: ExitCase): Rejection | undefined => {
  const silent = seatsWithoutContribution(state);
  if (silent.length > 0) {
    return reject(
      'FM-AGR-9',
      ['agreement'],
      `Der mangler et bidrag fra ${inWords(silent)}. Alle skal have skrevet, hvad de kan tilbyde, også hvis det er ingenting.`,
    );
  }
  if (!hasContactPerson(state))
    return reject('FM-AGR-7', ['contactPerson'], 'Aftalen skal nævne kandidatens kontaktperson. Udpeg en først.');
  return isSecurityAssessed(state)
    ? undefined
    : reject(
        'FM-SEC-1',
        ['security'],
        'Politiet skal have vurderet kandidatens sikkerhed, som den er nu. Bed politiet om en sikkerhedsvurdering.',
      );
};

const notGranted = (state: ExitCase, version: AgreementVersion): Rejection | undefined =>
  measuresOf(state, version).every(isGranted)
    ? undefined
    : reject(
        'FM-AGR-3',
        ['measures'],
        'Aftalen har et tiltag, som den ansvarlige myndighed ikke har bevilget, eller som er stoppet. Vent på bevillingen, eller tag tiltaget ud.',
      );

/** Consent holds, and covers every responsible authority for each kind its measure needs (FM-CON-1, FM-CON-6). */
const notConsented = (state: ExitCase, version: AgreementVersion, today: PlainDate): Rejection | undefined => {
  if (!hasValidConsent(state, today)) {
    return reject(
      'FM-CON-1',
      ['consent'],
      `Der kan ikke indgås en aftale uden kandidatens samtykke. ${noConsentToday(state, today) ?? 'Registrér samtykket først.'}`,
    );
  }
  for (const measure of measuresOf(state, version)) {
    const missing = measure.kinds.filter((kind) => !coveredFor(state, measure.authority, kind, today));
    if (missing.length > 0) {
      const what = missing.map((kind) => `“${sharingKindLabel(kind)}”`).join(' og ');
      return reject(
        'FM-CON-6',
        ['consent', 'measures'],
        `Samtykket giver ikke ${authorityName(measure.authority)} lov til at få ${what}, som tiltaget kræver. Registrér et samtykke, der dækker det, eller tag tiltaget ud.`,
      );
    }
  }
  return undefined;
};

/**
 * What stands between a version and its presentation, and again between it and entry: everything the framework demands of an agreement
 * at that moment (FM-AGR-2, 3, 6, 7, 9; FM-SEC-1; FM-CON-1, 6). Undefined when nothing does.
 */
export const notEnterable = (state: ExitCase, version: AgreementVersion, today: PlainDate): Rejection | undefined =>
  notWritten(version, today) ??
  notPrepared(state) ??
  notGranted(state, version) ??
  notCoordinated(state) ??
  notConsented(state, version, today);

/** The measure's part of the agreement is word for word as it was: same time frame, same requirements (FM-AGR-4). */
const isUnchanged = (before: AgreementVersion, after: AgreementVersion, id: MeasureId): boolean => {
  const frame = (version: AgreementVersion) => version.measures.find((one) => one.measure === id)?.startBy;
  const requirements = (version: AgreementVersion) =>
    version.requirements
      .filter((one) => one.measure === id)
      .map((one) => one.id)
      .sort()
      .join(' ');
  return frame(before) !== undefined && frame(before) === frame(after) && requirements(before) === requirements(after);
};

/** What need not be acceded again. Nothing is taken over from an agreement with another unit: that one is made anew (FM-CUS-5). */
const kept = (
  state: ExitCase,
  after: AgreementVersion,
): { readonly kept: readonly Accession[]; readonly keptWords: readonly CandidateWord[] } => {
  const before = agreementInForce(state);
  if (before === undefined || before.unit !== state.inquiry.unit) return { kept: [], keptWords: [] };
  const same = after.measures.map((one) => one.measure).filter((id) => isUnchanged(before, after, id));
  const accessions = before.accessions
    .map(({ measures, ...one }) => ({ ...one, words: [], measures: measures.filter((id) => same.includes(id)) }))
    .filter((one) => one.measures.length > 0);
  const items: readonly string[] = [...same, ...after.requirements.map((one) => one.id)];
  return { kept: accessions, keptWords: wordsOf(before).filter((one) => items.includes(one.item)) };
};

/** The drafter lays the version before the parties; from here on it is frozen word for word (FM-AGR-8, FM-AGR-9). */
export const agreementPresent = command({
  name: 'agreement.present',
  title: 'Læg aftalen frem til tiltrædelse',
  rules: ['FM-AGR-2', 'FM-AGR-3', 'FM-AGR-6', 'FM-AGR-7', 'FM-AGR-8', 'FM-AGR-9', 'FM-SEC-1', 'FM-CON-1', 'FM-CON-6'],
  page: 'aftale',
  input: z.strictObject({}),
  writes: [],
  may: drafter,
  when: (state, ctx) => {
    const notDue = agreementNotDue(state);
    if (notDue !== undefined) return notDue;
    const version = openVersion(state);
    if (version === undefined)
      return reject('FM-AGR-4', ['agreement'], 'Aftalen er indgået. Åbn en ny version, hvis den skal ændres.');
    if (version.status === 'presented')
      return reject('FM-AGR-8', ['agreement'], 'Aftalen er allerede lagt frem. Ret den, hvis den skal lægges frem på ny.');
    return notEnterable(state, version, ctx.today);
  },
  decide: (state, _input, ctx) => {
    const version = openVersion(state);
    return version === undefined
      ? []
      : [{ event: { type: 'AgreementPresented', version: version.number, on: ctx.today, ...kept(state, version) } }];
  },
});

export const presentationCommands = [agreementPresent];
