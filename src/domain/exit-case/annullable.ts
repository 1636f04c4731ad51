import { z } from 'zod';
import type { MeasureId } from '../kernel/ids.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { agreementInForce, type AgreementVersion, openVersion, type Party } from './agreement.js';
import type { ExitCase } from './case.js';
import { measureOf } from './measure.js';

/** What can be annulled: records on which others rest, wrongly made. Notes are corrected by addition instead (`journal.correct`). */
export const ANNULLABLE = [
  { value: 'decision', label: 'Afgørelsen om at optage eller afslå' },
  { value: 'consent', label: 'Det seneste svar om samtykke' },
  { value: 'accession', label: 'En tiltrædelse af aftalen' },
] as const;
export const annullable = z.enum(
  ANNULLABLE.map((option) => option.value),
  { error: 'Vælg, hvad der er registreret forkert' },
);
export type Annullable = z.infer<typeof annullable>;

/** One record, by its event's number in the case; an accession also by its party and the version of the agreement it stands in. */
export interface AnnulledRecord {
  readonly what: Annullable;
  readonly version: number;
  readonly party?: Party;
  readonly agreement?: number;
}

export const isSame = (one: AnnulledRecord, other: AnnulledRecord): boolean =>
  one.what === other.what && one.version === other.version;

/** The measures that an acceding authority answers for in the version it acceded to; none for the candidate and the unit. */
export const accededMeasures = (state: ExitCase, { party, agreement }: Pick<AnnulledRecord, 'party' | 'agreement'>): readonly MeasureId[] =>
  (state.agreement.versions.find(({ number }) => number === agreement)?.measures ?? [])
    .map(({ measure }) => measure)
    .filter((id) => measureOf(state, id)?.authority === party);

const standingDecision = (state: ExitCase): AnnulledRecord | Rejection => {
  const { outcome, review } = state.decision;
  if (outcome === undefined) return reject('FM-WORK-2', ['decision'], 'Der er ingen afgørelse at annullere.', 'what');
  if (outcome.method === 'contactPoint' || review?.status === 'upheld') {
    return reject(
      'FM-WORK-2',
      ['decision'],
      'Afgørelsen er endelig, fordi Det Nationale Exitkontaktpunkt har truffet den. Den kan enheden ikke annullere.',
      'what',
    );
  }
  if (review?.status === 'open') {
    return reject(
      'FM-WORK-2',
      ['decision', 'question'],
      'Kontaktpunktet er ved at se på afslaget igen. Afvent svaret, før afgørelsen kan annulleres.',
      'what',
    );
  }
  if (outcome.result === 'accepted' && state.course.status !== 'none') {
    return reject(
      'FM-WORK-2',
      ['agreement'],
      'Der er indgået en exitaftale på grundlag af afgørelsen. Er aftalen også forkert, så annullér tiltrædelsen først; ellers kan forløbet afbrydes.',
      'what',
    );
  }
  return { what: 'decision', version: outcome.version };
};

const standingConsent = (state: ExitCase): AnnulledRecord | Rejection => {
  const latest = state.consent.answers.at(-1);
  if (latest === undefined)
    return reject('FM-WORK-2', ['consent'], 'Der er ikke registreret noget svar om samtykke, som kan annulleres.', 'what');
  // What was ended revives only by a new consent, never by somebody else's correction (FM-CON-2).
  if (latest.after.status === 'withdrawn' || (latest.after.status === 'given' && latest.after.withdrawal !== undefined)) {
    return reject(
      'FM-WORK-2',
      ['consent'],
      'Samtykket er trukket tilbage siden. Er det forkert, så registrér et nyt samtykke fra kandidaten.',
      'what',
    );
  }
  return { what: 'consent', version: latest.version };
};

type Accession = AgreementVersion['accessions'][number];

const standingAccession = (
  state: ExitCase,
  named: Party | undefined,
  isKnown: (one: Accession) => boolean,
): AnnulledRecord | Rejection => {
  const open = openVersion(state);
  const agreement = open?.status === 'presented' ? open : agreementInForce(state);
  const acceded = agreement?.accessions.findLast((one) => (named === undefined || one.party === named) && isKnown(one));
  if (agreement === undefined || acceded === undefined) {
    return reject(
      'FM-WORK-2',
      ['accession'],
      'Der er ingen sådan tiltrædelse i den aftale, der gælder eller er lagt frem.',
      named === undefined ? 'what' : 'party',
    );
  }
  const elsewhere = state.agreement.versions.some(
    (version) =>
      version.number !== agreement.number &&
      (version.status === 'entered' || version.number === agreement.supersedes) &&
      version.accessions.some((one) => one.version === acceded.version),
  );
  if (elsewhere) {
    return reject(
      'FM-WORK-2',
      ['accession', 'agreement'],
      'Tiltrædelsen blev givet til en tidligere version af aftalen, som også hviler på den. Åbn en ny version, ret partens del i den, og lad parten tiltræde.',
      named === undefined ? 'what' : 'party',
    );
  }
  if (agreement.status === 'entered') {
    if (state.course.status !== 'running') {
      return reject(
        'FM-WORK-2',
        ['course'],
        'Forløbet er slut, så tiltrædelsen kan ikke annulleres. Skriv i journalen, hvad der var forkert.',
        'what',
      );
    }
    if (open !== undefined) {
      return reject(
        'FM-WORK-2',
        ['agreement'],
        'Der arbejdes på en ny version af aftalen. Lad parterne tiltræde den, eller skriv i journalen, hvad der var forkert.',
        'what',
      );
    }
  }
  return { what: 'accession', version: acceded.version, party: acceded.party, agreement: agreement.number };
};

/**
 * The record that would be annulled now: the latest of its sort that stands, or why it cannot be (FM-WORK-2).
 * @param isKnown which accessions the asker may know of; another is not there for him (FM-CNF-4).
 */
export const standing = (
  state: ExitCase,
  what: Annullable,
  party?: Party,
  isKnown: (one: Accession) => boolean = () => true,
): AnnulledRecord | Rejection => {
  switch (what) {
    case 'decision':
      return standingDecision(state);
    case 'consent':
      return standingConsent(state);
    case 'accession':
      return standingAccession(state, party, isKnown);
  }
};
