import { demonstrationCpr, type Sex } from '../../../domain/kernel/cpr.js';
import { addDays, addMonths, knownDate, type PlainDate } from '../../../domain/kernel/time.js';
import type { UnitId } from '../../../domain/reference/authorities.js';
import type { DistrictId, MunicipalityCode } from '../../../domain/reference/denmark.js';
import type { TargetCategory } from '../../../domain/reference/target-group.js';
import { categoryThen } from '../assessment-chapters.js';
import { workingDayBefore } from '../working-day.js';
import { cohorts, type Fate } from './cohorts.js';
import { Dice } from './dice.js';
import { Names } from './names.js';
import { somewhere, TOLD_DISTRICTS } from './places.js';

/** One case of the national history: who, where, and what became of it. The days are working days. */
export interface HistoryCase {
  readonly n: number;
  readonly place: 'freedom' | 'custody';
  readonly unit: UnitId;
  readonly district: DistrictId;
  readonly municipality: MunicipalityCode;
  readonly name: string;
  readonly cpr: string;
  readonly born: PlainDate;
  readonly category: TargetCategory;
  readonly registered: PlainDate;
  readonly begun: PlainDate;
  readonly fate: Fate;
  /** Decides what else the case is told with. */
  readonly seed: number;
}

/** The first official period begins with the contact point (S4). */
const FIRST_DAY = knownDate('2015-04-01');
const CUSTODY_SHARE = 0.14;
const WOMEN_SHARE = 0.05;

const CATEGORIES: readonly (readonly [TargetCategory, number])[] = [
  ['1a', 48],
  ['1b', 16],
  ['2a', 11],
  ['2b', 7],
  ['2c', 8],
  ['2d', 4],
  ['2e', 6],
];
/** Years of age when they turn to the unit. */
const AGES: readonly (readonly [readonly [number, number], number])[] = [
  [[17, 17], 2],
  [[18, 24], 38],
  [[25, 29], 30],
  [[30, 39], 22],
  [[40, 55], 8],
];

/**
 * The national history up to a day, the same for the same day: as of 14 January 2019 it gives the official figures of S4 (FM-STA-1),
 * and after it a flow that leaves a plausible number in course and in assessment on that day.
 */
export function historyPlan(today: PlainDate): readonly HistoryCase[] {
  const dice = new Dice(20_190_114);
  const names = new Names(dice);
  return cohorts(today, dice)
    .map(({ fate, leadDays, toldElsewhere }, n): HistoryCase => {
      const registered = later(workingDayBefore(addDays(turningPoint(fate), -leadDays)), FIRST_DAY);
      const begun = workingDayBefore(fate.kind === 'in-assessment' ? fate.begun : addDays(registered, dice.between(4, 9)));
      const custody = dice.next() < CUSTODY_SHARE;
      const { district, municipality } = somewhere(dice, registered, toldElsewhere && !custody ? TOLD_DISTRICTS : []);
      const sex: Sex = dice.next() < WOMEN_SHARE ? 'female' : 'male';
      const [youngest, oldest] = dice.weighted(AGES);
      const born = addDays(addMonths(registered, -12 * dice.between(youngest, oldest)), -dice.between(1, 360));
      return {
        n,
        place: custody ? 'custody' : 'freedom',
        unit: custody ? 'dfk' : district,
        district,
        municipality,
        name: names.next(sex),
        born,
        cpr: demonstrationCpr(born, sex, 100 + (n % 400)),
        category: categoryThen(begun, dice.weighted(CATEGORIES)),
        registered,
        begun,
        fate,
        seed: dice.between(1, 1_000_000),
      };
    })
    .sort((a, b) => (a.registered < b.registered ? -1 : a.registered > b.registered ? 1 : a.n - b.n));
}

const later = (one: PlainDate, other: PlainDate): PlainDate => (one > other ? one : other);

/** The day the lead is counted back from. */
function turningPoint(fate: Fate): PlainDate {
  switch (fate.kind) {
    case 'course':
      return fate.entered;
    case 'in-assessment':
      return fate.begun;
    default:
      return fate.on;
  }
}
