import type { IssuerSettings } from './issuers.js';

/** The levels of the National Standard for Identity Assurance Levels (NSIS) that open a session, from the least. */
const LEVELS = ['substantial', 'high'] as const;
type Level = (typeof LEVELS)[number];

/** Brokers write them as addresses. */
const NAMES: ReadonlyMap<string, Level> = new Map(
  LEVELS.flatMap((level) => ['', 'https://data.gov.dk/concept/core/nsis/', 'https://data.gov.dk/concept/core/nsis/loa/'].map((prefix) => [prefix + level, level] as const)),
);

/** The level that an issuer's `acr` stands for; undefined for one that opens nothing. An issuer with words of its own says so in the settings, and then only those count. */
export const levelOf = ({ levels }: Pick<IssuerSettings, 'levels'>, acr: string | undefined): Level | undefined =>
  acr === undefined ? undefined : levels === undefined ? NAMES.get(acr.toLowerCase()) : LEVELS.find((level) => levels[level].includes(acr));

/** Whether a level is at least another. */
export const reaches = (level: string, least: string): boolean => rank(level) >= rank(least) && rank(level) >= 0;
const rank = (level: string): number => (LEVELS as readonly string[]).indexOf(level);

/** The `acr_values` to ask an issuer for at least this level; undefined where the settings do not say what it calls them. */
export const wantedOf = ({ levels }: Pick<IssuerSettings, 'levels'>, least: string): string | undefined => {
  const wanted = levels === undefined ? [] : LEVELS.filter((level) => reaches(level, least)).flatMap((level) => levels[level]);
  return wanted.length === 0 ? undefined : wanted.join(' ');
};
