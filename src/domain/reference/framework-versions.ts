/**
 * The versions of the national framework model and whom each lets in (FM-TGT-4). A case keeps the version in force when its
 * assessment began; a new version is a new row here and touches no old case.
 */

import { coversDay, knownDate } from '../kernel/calendar.js';
import type { PlainDate } from '../kernel/calendar.js';
import { TARGET_CATEGORIES } from './target-group.js';
import type { TargetCategory } from './target-group.js';

export const FRAMEWORK_VERSION_IDS = ['2011', '2018'] as const;
export type FrameworkVersionId = (typeof FRAMEWORK_VERSION_IDS)[number];

export interface FrameworkVersion {
  readonly id: FrameworkVersionId;
  /** As it stands on page and print. */
  readonly title: string;
  /** Absent on the first: the model is of 2011, its first day is in no source. */
  readonly validFrom?: PlainDate;
  /** The last day; absent while it is in force. */
  readonly validTo?: PlainDate;
  readonly categories: readonly TargetCategory[];
  /** What the version says of the target group, in Danish, as the end of "Rammemodellen …". */
  readonly admits: string;
}

/** In order of time, without gap or overlap. */
export const FRAMEWORK_VERSIONS: readonly FrameworkVersion[] = [
  {
    id: '2011',
    title: 'Rammemodellen En Vej Ud fra 2011',
    validTo: knownDate('2018-12-04'),
    categories: ['1a'],
    admits: 'omfatter kun personer, der var registreret, da visitationen begyndte',
  },
  {
    id: '2018',
    title: 'Den reviderede rammemodel En Vej Ud fra 5. december 2018',
    validFrom: knownDate('2018-12-05'),
    categories: TARGET_CATEGORIES,
    admits: 'omfatter personer, der er eller har været registreret, og personer med anden tilknytning til miljøet',
  },
];

/** The version in force on the day an assessment begins. Throws RangeError where the table has a gap: a bug in the table. */
export function versionOn(date: PlainDate): FrameworkVersion {
  const version = FRAMEWORK_VERSIONS.find((one) => coversDay(one, date));
  if (version === undefined) throw new RangeError(`no framework version on ${date}`);
  return version;
}

/** The version with this id. */
export function frameworkVersion(id: FrameworkVersionId): FrameworkVersion {
  const version = FRAMEWORK_VERSIONS.find((one) => one.id === id);
  if (version === undefined) throw new RangeError(`no framework version ${id}`);
  return version;
}

/** Whether somebody of this category can be in exit under the version (FM-TGT-4). */
export function admits(id: FrameworkVersionId, category: TargetCategory): boolean {
  return frameworkVersion(id).categories.includes(category);
}
