import { LINES } from './as-built-lines.js';
import type { Catalogue } from './catalogue.js';

/**
 * What a database is after all migrations of this version, in one word for each of the two, on every version of the server: every function with its text and who may call it, who may do
 * what with every schema, table and column, every policy, rule, trigger, constraint and default, and what our roles are. To be renewed with every migration; the test says what it became.
 */
export const AS_BUILT: readonly string[] = [
  'bcc1a299f8be070acbe7d3f54a8b0be96b2a4519891b0edb87f3358bdeee01bb',
  '1bcd7ab846cf5608126a20d60d1ffc16fe6561936bc0d38352564484be81bc6a',
];

/** The one word of a database as it stands. */
export const wallOf = async (db: Catalogue): Promise<string> =>
  (await db.ask<{ word: string }>(`select encode(sha256(convert_to(string_agg(line, E'\\n' order by line collate "C"), 'UTF8')), 'hex') as word from (${LINES}) l`))[0]?.word ?? '';

/** Whether somebody has changed the wall since it was built: a right given, a function altered, a trigger put to sleep, a constraint dropped (control 43). What stands in rows: `strayRules`. */
export const changedSinceBuilt = async (db: Catalogue): Promise<readonly string[]> =>
  AS_BUILT.includes(await wallOf(db)) ? [] : ['rights, policies, rules, functions, triggers, constraints, defaults or roles that are not those of this version'];
