import { followsUp, reports, type Standing } from '../course-chapters.js';
import type { Days } from '../working-day.js';
import { type Living, Way } from './way.js';

/** A follow-up as it went, so many days ago. */
export type Held = readonly [daysAgo: number, standing: Standing];

/** A course with the follow-ups held so far; each is told to the unit the same day. */
export function running(living: Living, days: Days, held: readonly Held[]): Way {
  const way = new Way(living, days).until('started');
  for (const [daysAgo, standing] of held) {
    way.telling.on(days.ago(daysAgo));
    followsUp(way.telling, living.unit.writer, standing);
    reports(
      way.telling,
      living.unit.writer,
      standing.measures === 'partly' || standing.measures === 'not' ? 'deviates' : 'as-agreed',
    );
  }
  return way;
}

const GETTING_BETTER: readonly Standing[] = [
  {
    signs: ['lessened', 'unchanged', 'unchanged'],
    requirements: 'partly',
    note: 'En urolig begyndelse. Kandidaten kommer, men er træt og har svært ved at sige fra.',
  },
  {
    signs: ['ceased', 'lessened', 'unchanged'],
    note: 'Ingen nye sager. Kandidaten har været til to fødselsdage i familien og ingen i klubben.',
  },
  { signs: ['ceased', 'lessened', 'lessened'], note: 'Søvnen er bedre. Kandidaten taler om sommerferie for første gang.' },
  { signs: ['ceased', 'ceased', 'lessened'], note: 'Kontakten til kredsen er ophørt. Der mangler noget at lave om aftenen.' },
  { signs: ['ceased', 'ceased', 'ceased'], note: 'Hverdagen bærer. Kandidaten har fået en ven på arbejdet.' },
];
/** The first follow-ups of somebody for whom it goes the right way, the last of them so many days ago, a month apart. */
export const better = (count: number, lastDaysAgo: number): readonly Held[] =>
  GETTING_BETTER.slice(0, count).map((standing, place) => [lastDaysAgo + (count - 1 - place) * 28, standing] as const);
