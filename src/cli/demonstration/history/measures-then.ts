import type { MeasureTypeId } from '../../../domain/reference/measures.js';
import type { PlannedMeasure } from '../agreement-chapters.js';
import type { UnitCast } from '../unit-cast.js';
import type { Dice } from './dice.js';
import type { HistoryCase } from './plan.js';

type Kind = MeasureTypeId &
  (
    | 'mentor'
    | 'virksomhedspraktik'
    | 'kontaktforloeb'
    | 'erhvervsuddannelse'
    | 'social-stoette'
    | 'netvaerk'
    | 'stofmisbrug'
    | 'alkohol'
    | 'boliganvisning'
    | 'afdragsordning'
    | 'tilsyn'
    | 'overfaldsalarm'
  );
const KINDS: readonly (readonly [Kind, number])[] = [
  ['mentor', 22],
  ['virksomhedspraktik', 16],
  ['kontaktforloeb', 6],
  ['erhvervsuddannelse', 9],
  ['social-stoette', 8],
  ['netvaerk', 5],
  ['stofmisbrug', 13],
  ['alkohol', 4],
  ['boliganvisning', 8],
  ['afdragsordning', 5],
  ['tilsyn', 8],
  ['overfaldsalarm', 3],
];
const SECOND_SHARE = 0.3;

/** The measures of a case: of the authorities that have a seat, or of one outside; one or two, each by its own law. */
export function measuresThen(dice: Dice, one: HistoryCase, { seats, writer, custody }: UnitCast): readonly PlannedMeasure[] {
  if (custody) return [{ type: 'forloeb-under-afsoning', authority: 'dfk', hand: writer }];
  const [police, municipal, probation] = seats;
  if (police === undefined || municipal === undefined || probation === undefined)
    throw new RangeError('a unit in freedom has three seats');
  const planned = (type: Kind): PlannedMeasure => {
    const own = { type, authority: municipal.authority, hand: municipal };
    switch (type) {
      case 'tilsyn':
        return { type, authority: probation.authority, hand: probation };
      case 'overfaldsalarm':
        return { type, authority: police.authority, hand: police };
      case 'afdragsordning':
        return { type, authority: 'gaeldsstyrelsen', hand: municipal, outside: 'Sagsbehandleren dér' };
      case 'stofmisbrug':
        return { ...own, grant: { planAligned: true, coherence: 'Behandlerens egen læge' } };
      case 'boliganvisning':
        return { ...own, grant: { pressingNeed: true, meetsCriteria: true, dwelling: one.municipality } };
      default:
        return own;
    }
  };
  const first = dice.weighted(KINDS);
  const second = dice.next() < SECOND_SHARE ? dice.weighted(KINDS.filter(([kind]) => kind !== first)) : undefined;
  return [first, ...(second === undefined ? [] : [second])].map(planned);
}
