import { LINES } from './as-built-lines.js';
import type { Catalogue } from './catalogue.js';

/**
 * What a database is after all migrations of this version, in one word for each of the two, on every version of the server: every function with its text and who may call it, who may do
 * what with every schema, table and column, every policy, rule, trigger, constraint and default, and what our roles are. To be renewed with every migration; the test says what it became.
 */
export const AS_BUILT: readonly string[] = [
  '6e840a6129a6375ad64cab9af73167915bc03c9f60806b8311ffbcd1ebb95219',
  '77e567093c73f7953db7b3c5461bc5c3ec1d6e20233199454946107b434203be',
];

/** The one word of a database as it stands. */
export const wallOf = async (db: Catalogue): Promise<string> =>
  (await db.ask<{ word: string }>(`select encode(sha256(convert_to(string_agg(line, E'\\n' order by line collate "C"), 'UTF8')), 'hex') as word from (${LINES}) l`))[0]?.word ?? '';

/** Whether somebody has changed the wall since it was built: a right given, a function altered, a trigger put to sleep, a constraint dropped (control 43). What stands in rows: `strayRules`. */
export const changedSinceBuilt = async (db: Catalogue): Promise<readonly string[]> =>
  AS_BUILT.includes(await wallOf(db)) ? [] : ['rights, policies, rules, functions, triggers, constraints, defaults or roles that are not those of this version'];
