import { formatDate, knownDate } from '../../src/domain/kernel/time.js';
import { aDischargedCase } from './course-states.js';
import { tellFigures } from './figures-told.js';
import type { PersonName } from './people.js';
import { type Counted, dice, peopleIn } from './published-people.js';
import { tellPeople } from './published-record.js';
import { testWeb } from './web.js';

const SINCE = '2024-05-01';
/** The period that is published, and as it is typed. */
export const FROM = knownDate('2015-04-01');
export const UNTIL = knownDate('2026-06-30');
export const PERIOD = { fra: formatDate(FROM), til: formatDate(UNTIL) };
/** Everybody signed in but the contact point. */
export const OTHERS = ['police', 'municipal', 'probation', 'custody', 'jobcentre', 'odense', 'screener', 'auditor', 'admin'] as const satisfies readonly PersonName[];

/** A house with some thousand people in its figures, of which nothing is published yet. */
export async function publishingHouse() {
  const web = await testWeb();
  const chance = dice(11);
  const counted: Counted[] = [];
  const add = async (more: readonly Counted[]): Promise<void> => {
    await tellPeople(web.house.db, more, SINCE, web.house.clock());
    counted.push(...more);
  };
  // One case that went the way of commands.
  await tellFigures(web.house.db, [aDischargedCase('2026-03-02')]);
  await add(peopleIn(3, chance));
  const published = async (): Promise<readonly { readonly id: string }[]> => (await web.api('municipal', 'GET', '/api/v1/statistics/published')).json();
  return {
    web, chance, add,
    /** The people that the figures count, but for the one case that went the way of commands. */
    counted: counted as readonly Counted[],
    publish: (who: PersonName = 'officialKl') => web.post(who, '/tal/offentliggoer', PERIOD),
    published,
    newest: async (): Promise<string> => (await published())[0]?.id ?? '',
    close: () => web.close(),
  };
}
export type PublishingHouse = Awaited<ReturnType<typeof publishingHouse>>;
