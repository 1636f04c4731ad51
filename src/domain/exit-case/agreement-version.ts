import type { MeasureId, RequirementId } from '../kernel/ids.js';
import type { PlainDate } from '../kernel/time.js';
import type { CandidateWord } from './accession.js';

/** A measure's place in an agreement; its responsible authority stands with the measure (FM-AGR-2, FM-MEA-3). */
export interface AgreedMeasure {
  readonly measure: MeasureId;
  /** The last day it is to start. */
  readonly startBy: PlainDate;
}
/** A requirement to the candidate. Its words are frozen under its id: new words are a new requirement (FM-AGR-8). */
export interface Requirement {
  readonly id: RequirementId;
  /** The measure it belongs to, when it does: then the measure's owner reads it. */
  readonly measure?: MeasureId;
}
/** One party's accession. An authority accedes to its own measures; the list is empty for candidate and unit (FM-AGR-3). */
export interface Accession {
  readonly party: Party;
  /** The number of its event in the case; of the earlier one where it stands from the version before. */
  readonly version: number;
  readonly measures: readonly MeasureId[];
  /** The candidate's own words, given with his accession (FM-AGR-8). */
  readonly words: readonly CandidateWord[];
}
/** The candidate, the unit, or the id of an authority responsible for a measure. */
export type Party = string;

export interface AgreementVersion {
  readonly number: number;
  readonly status: 'draft' | 'presented' | 'entered' | 'superseded';
  readonly openedOn: PlainDate;
  /** The number of the version in which the goal's words were written; undefined until they are. */
  readonly goalOf?: number;
  readonly measures: readonly AgreedMeasure[];
  readonly requirements: readonly Requirement[];
  readonly followUpEveryWeeks?: number;
  readonly firstFollowUp?: PlainDate;
  readonly validFrom?: PlainDate;
  readonly validTo?: PlainDate;
  readonly presentedOn?: PlainDate;
  readonly enteredOn?: PlainDate;
  /** The number of the event by which it was entered. */
  readonly enteredAs?: number;
  /** The unit it was entered with. */
  readonly unit?: string;
  /** The version that was in force until this one was entered. */
  readonly supersedes?: number;
  readonly accessions: readonly Accession[];
  /** What the candidate said of clauses that stand unchanged from the version before. */
  readonly keptWords: readonly CandidateWord[];
}

type Versions = readonly AgreementVersion[];

/** A draft opens, with the terms of the version in force when there is one. */
export const opened = (versions: Versions, number: number, on: PlainDate, from: number | undefined): Versions => {
  const before = versions.find((version) => version.number === from);
  const {
    presentedOn: _presented,
    enteredOn: _entered,
    enteredAs: _enteredAs,
    unit: _unit,
    supersedes: _superseded,
    ...terms
  } = before ?? { measures: [], requirements: [] };
  return [...versions, { ...terms, number, status: 'draft', openedOn: on, accessions: [], keptWords: [] }];
};

/** The version is in force from now on; the one before no longer is, and stays readable (FM-AGR-4). */
export const entered = (versions: Versions, number: number, enteredAs: number, on: PlainDate, unit: string): Versions => {
  const before = versions.find((version) => version.status === 'entered')?.number;
  return versions.map((version) =>
    version.number === number
      ? { ...version, status: 'entered', enteredOn: on, enteredAs, unit, ...(before === undefined ? {} : { supersedes: before }) }
      : version.number === before
        ? { ...version, status: 'superseded' }
        : version,
  );
};

/** An accession was recorded wrongly: it is gone, the version waits for it again, and the one before is back in force (FM-WORK-2). */
export const withoutAccession = (versions: Versions, accession: number, leavesForce: number | undefined): Versions => {
  const back = versions.find((version) => version.number === leavesForce)?.supersedes;
  return versions.map((version) => {
    if (version.number === back) return { ...version, status: 'entered' };
    const accessions = version.accessions.filter((one) => one.version !== accession);
    const { enteredOn: _entered, enteredAs: _enteredAs, unit: _unit, supersedes: _superseded, ...rest } = version;
    return version.number === leavesForce
      ? { ...rest, status: 'presented', accessions }
      : version.status === 'presented'
        ? { ...version, accessions }
        : version;
  });
};

/** The candidate's own word on each measure and requirement he has spoken about, newest last (FM-AGR-8). */
export const wordsOf = (version: AgreementVersion): readonly CandidateWord[] => [
  ...version.keptWords,
  ...version.accessions.flatMap((one) => one.words),
];
