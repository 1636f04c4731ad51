import { copenhagenDate, type Instant } from '../../domain/kernel/time.js';
import { withClient } from '../../store/postgres/engine-guard.js';
import { carriedOut } from './carried-out.js';
import { CasePlayer, together } from './case-player.js';
import type { CaseScript } from './case-script.js';
import { casesTowardsAgreement } from './living/agreeing.js';
import { casesInAssessment } from './living/assessing.js';
import { inboxCases } from './living/inbox.js';
import { casesInCourse } from './living/in-course.js';
import { casesOver } from './living/over.js';
import { lookingBack } from './looking-back.js';
import type { DemonstrationParts } from './parts.js';
import { readLongAgo } from './read-long-ago.js';
import { renewed } from './renewed.js';
import { daysFrom } from './working-day.js';

const SERIES = 'levende';
/** How many there are: a start that finds them all told need not write the scripts. */
export const LIVING_CASES = 39;
/** Cases told at once: the embedded database answers no faster with more. */
const AT_ONCE = 4;

/** The living cases as they stand at a moment: in every phase, for the people one can log in as. */
export function livingScripts(now: Instant): readonly CaseScript[] {
  const today = copenhagenDate(now);
  const days = daysFrom(today);
  const told = [...casesInCourse(days), ...casesOver(days), ...casesTowardsAgreement(days), ...casesInAssessment(days)];
  return [...told.map((script) => renewed(script, today)), ...inboxCases(days, now)];
}

/**
 * Makes the living cases of a new demonstration, by their commands. May be asked at every start: what is there already is left alone,
 * and what an earlier start was interrupted in goes on where it stopped.
 * @returns how many cases were told.
 */
export async function fillLivingCases({ house, login, superuser, issuer, signal, log }: DemonstrationParts): Promise<number> {
  const before = await withClient('migrate', superuser, (client) => carriedOut(client, SERIES));
  const told = [...(before?.cases.values() ?? [])];
  if (told.length === LIVING_CASES && told.every(({ steps }) => steps === 'all')) return 0;
  const now = house.clock();
  const day = before?.day ?? copenhagenDate(now);
  const scripts = livingScripts(now).filter(({ name }) => before?.cases.get(name)?.steps !== 'all');
  if (scripts.length === 0) return 0;
  log('Demonstrationens sager laves. Det tager nogle sekunder …');
  const player = new CasePlayer({ house, login, issuer, series: SERIES, day, signal });
  const [first = now] = scripts.flatMap(({ steps }) => steps.map((step) => step.at)).sort();
  try {
    await lookingBack({ superuser, house }, first, () =>
      together(scripts, AT_ONCE, signal, async (script) => {
        await player.play(script, before?.cases.get(script.name));
      }),
    );
  } finally {
    await player.leave();
  }
  await withClient('migrate', superuser, (client) => readLongAgo(client, day));
  return scripts.length;
}
