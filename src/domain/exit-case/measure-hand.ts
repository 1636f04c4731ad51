import { seesMeasure } from '../access/scopes.js';
import type { Actor, CommandContext } from '../kernel/command.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import type { ExitCase } from './case.js';
import { isEnded, type Measure, measureOwnerMay } from './measure.js';

/** How a measure stands, to be said after "Tiltaget". */
export const STATUS_WORDS: Readonly<Record<Measure['status'], string>> = {
  proposed: 'er foreslået',
  requested: 'venter på afgørelse',
  granted: 'er bevilget, men ikke begyndt',
  refused: 'fik afslag',
  started: 'er i gang',
  completed: 'er gennemført',
  stopped: 'er stoppet',
};

/** The measures the acting person may know of (FM-CNF-4): what is said beforehand rests on nothing else. */
const known = (state: ExitCase, { user }: Actor): readonly Measure[] =>
  state.measures.measures.filter((measure) => seesMeasure(state, user, measure));

/**
 * The `when` of what the owning authority alone does with its measure: it is time when the acting person speaks for a measure in one of
 * the stages (FM-DEC-3, FM-MEA-1). `first` says what would make it time.
 */
export const whenOwnMeasure =
  (stages: readonly Measure['status'][], first: string) =>
  (state: ExitCase, { actor }: Pick<CommandContext, 'actor'>): Rejection | undefined => {
    const mine = known(state, actor).filter((measure) => measureOwnerMay(state, actor, measure));
    if (mine.some((measure) => stages.includes(measure.status))) return undefined;
    const [only, ...more] = mine;
    if (only === undefined) {
      return reject(
        'FM-DEC-3',
        ['own'],
        'Kun den myndighed, der har ansvaret for tiltaget, kan bestemme over det. Du har ikke ansvaret for noget tiltag i sagen.',
        'measure',
      );
    }
    const standing = more.length === 0 ? `Tiltaget ${STATUS_WORDS[only.status]}.` : 'Ingen af dine tiltag er så langt.';
    return reject('FM-MEA-1', ['own'], `${standing} ${first}`, 'measure');
  };

/** The `when` of recording the day the candidate asked: some measure of the case that he has not asked for and that is not over (FM-MEA-3). */
export const whenToRequest = (state: ExitCase, { actor }: Pick<CommandContext, 'actor'>): Rejection | undefined => {
  const alive = known(state, actor).filter((measure) => !isEnded(measure));
  if (alive.length === 0) {
    return reject('FM-MEA-1', ['own'], 'Der er intet tiltag, som kandidaten kan bede om. Foreslå et tiltag først.', 'measure');
  }
  return alive.some((measure) => measure.requestedOn === undefined)
    ? undefined
    : reject(
        'FM-MEA-3',
        ['own'],
        'Det er allerede registreret, hvornår kandidaten bad om tiltaget. Fristen løber fra den dag.',
        'measure',
      );
};

/** The `when` of a later start: some measure that the law sets a deadline for, and that has not begun (FM-MEA-3). */
export const whenToChooseLater = (state: ExitCase, { actor }: Pick<CommandContext, 'actor'>): Rejection | undefined =>
  known(state, actor).some((measure) => !isEnded(measure) && measure.status !== 'started' && measure.statutoryBy !== undefined)
    ? undefined
    : reject(
        'FM-MEA-3',
        ['own'],
        'Intet tiltag, som kandidaten venter på, har en frist efter loven. Et senere tidspunkt for andre tiltag skrives i aftalen.',
        'measure',
      );
