import type { HiddenCells } from '../../../domain/statistics/hidden-cells.js';
import type { WithdrawnBecause } from '../../../store/publications.js';
import { STILL_FILLING } from '../../figures-filled.js';

/** Why figures that were drawn are not published. */
export const WHY_NOT = {
  unsafe: 'Det sidste eftersyn fandt tal, som kan regnes ud, selv om de er skjult. Vælg en anden periode, eller vent, til der er kommet flere sager. Bliver det ved, så sig det til driften.',
  'not-adding': 'Tabellerne stemmer ikke med hinanden, så noget er talt forkert. Sig det til driften.',
  overtaken: 'En kollega har offentliggjort tal imens. Nu er tallene skjult sammen med dem: se dem igennem, og tryk igen, hvis de stadig skal ud.',
  filling: STILL_FILLING,
} as const;

/** What is in the way of taking them back. */
export const NO_REASON = 'Vælg, hvorfor tallene trækkes tilbage.';
export const NOT_NEWEST = 'Det er ikke længere de nyeste tal. Se efter, hvilke der er, og prøv igen.';

const LABELS: Readonly<Record<WithdrawnBecause, string>> = {
  record: 'Der var fejl i det, tallene er gjort op af', period: 'Perioden var forkert', early: 'De skulle ikke have været ude endnu',
};
export const BECAUSE = Object.entries(LABELS).map(([value, label]) => ({ value, label }));

const numbers = (n: number): string => (n === 1 ? 'Ét tal' : `${n.toLocaleString('da-DK')} tal`);

/** How many are shown, and how many are hidden for which reason; reasons that hide none are left out. */
export const countWords = ({ shown, small, together, earlier }: HiddenCells, threshold: number): readonly string[] => [
  `${numbers(shown)} bliver vist, og ${small + together + earlier === 0 ? 'ingen' : numbers(small + together + earlier).toLocaleLowerCase('da-DK')} bliver skjult.`,
  ...(small === 0 ? [] : [`${numbers(small)} er skjult, fordi de er under ${threshold}.`]),
  ...(together === 0 ? [] : [`${numbers(together)} er skjult, for at de små ikke kan regnes ud af de andre.`]),
  ...(earlier === 0 ? [] : [`${numbers(earlier)} er skjult, for at de nye tal ikke kan trækkes fra dem, der er offentliggjort før.`]),
].map((line) => line.replace(/^Ét tal er skjult, fordi de er/, 'Ét tal er skjult, fordi det er'));
