import { LINES } from './as-built-lines.js';
import type { Catalogue } from './catalogue.js';

/**
 * What a database is after all migrations of this version, in one word for each of the two, on every version of the server: every function with its text and who may call it, who may do
 * what with every schema, table and column, every policy, rule, trigger, constraint and default, and what our roles are. To be renewed with every migration; the test says what it became.
 */
export const AS_BUILT: readonly string[] = [
  '88164d5feb8d4fbe46b79274ec3fb60bc676b5b36df42c4c0db3f7479b400156',
  '7a82d9b41540f43669fa908bce432983821cf12ed1ee26d5d1b67f3bbd5f2b4c',
];

/** The one word of a database as it stands. */
export const wallOf = async (db: Catalogue): Promise<string> =>
  (await db.ask<{ word: string }>(`select encode(sha256(convert_to(string_agg(line, E'\\n' order by line collate "C"), 'UTF8')), 'hex') as word from (${LINES}) l`))[0]?.word ?? '';

/** Whether somebody has changed the wall since it was built: a right given, a function altered, a trigger put to sleep, a constraint dropped (control 43). What stands in rows: `strayRules`. */
export const changedSinceBuilt = async (db: Catalogue): Promise<readonly string[]> =>
  AS_BUILT.includes(await wallOf(db)) ? [] : ['rights, policies, rules, functions, triggers, constraints, defaults or roles that are not those of this version'];
