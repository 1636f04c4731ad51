import { NEWS_TYPES } from '../domain/access/news.js';
import { caseCommands } from '../domain/exit-case/case.js';
import type { ApprovalKind } from './approvals.js';
import { usualLimits } from './command-table.js';
import type { Pool } from './postgres/pools.js';

interface RulesInTables {
  readonly commands: Readonly<Record<string, readonly [admission: string, writes: readonly string[]]>>;
  readonly news: readonly string[];
  readonly approvals: Readonly<Record<string, Approving>>;
  readonly settings: Readonly<Record<string, number>>;
}
type Approving = readonly [votes: number, apart: boolean, lastsSeconds: number];

const DAY = 24 * 60 * 60;
/** What takes two, and how long it may be answered and used (control 17). */
const APPROVALS: Readonly<Record<ApprovalKind, Approving>> = {
  'held-number': [1, false, 30 * DAY], 'match-names': [1, false, 7 * DAY], 'case-bundle': [1, true, 7 * DAY], 'card-by-number': [1, false, 60 * 60], 'close-alarm': [1, false, 30 * DAY], shredding: [2, true, 60 * DAY],
};

/** Least and most of each in production: operations may be stricter than the usual, never laxer; the clock and the past are a demonstration's alone. */
const SETTINGS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  clock_behind: [0, 0], telling_past: [0, 0],
  openings_per_hour: [1, usualLimits.openingsPerHour], names_per_hour: [1, usualLimits.namesPerHour], uploads_per_hour: [1, 20], numbers_per_day: [1, 5], numbers_per_day_desk: [1, 30],
  step_up_seconds: [30, 300], step_up_level: [2, 3], step_ups: [1, 5], emergencies_per_day: [1, 2], exports_per_day: [1, 2], reviews_per_day: [1, 10], shredding_put_off_days: [1, 365], shreddings_asked_at_once: [1, 10],
};

/** Where the two differ, or one of them has none. */
const differing = <T>(table: string, there: Readonly<Record<string, T>>, here: Readonly<Record<string, T>>): readonly string[] =>
  [...new Set([...Object.keys(there), ...Object.keys(here)])].sort().filter((name) => JSON.stringify(there[name]) !== JSON.stringify(here[name])).map((name) => `${table}: ${name}`);

/**
 * Rules that stand in the rows of the database and are not those of this version, or settings out of bounds, by name; empty when all is as it should be (control 43).
 * @param login the login's pool: the web gets nothing without a session.
 */
export async function strayRules(login: Pool): Promise<readonly string[]> {
  const rules = (await login.query<{ rules: RulesInTables }>('select sec.rules_in_tables() as rules')).rows[0]?.rules;
  if (!rules) throw new Error('the database tells no rules');
  const listed = (names: readonly string[]): Readonly<Record<string, true>> => Object.fromEntries(names.map((name) => [name, true]));
  return [
    ...differing('sec.command', rules.commands, Object.fromEntries(caseCommands.map(({ name, admission, writes }) => [name, [admission, writes]]))),
    ...differing('sec.news_type', listed(rules.news), listed(NEWS_TYPES)),
    ...differing('sec.approval_kind', rules.approvals, APPROVALS),
    ...Object.entries(SETTINGS).filter(([name, [least, most]]) => !within(rules.settings[name], least, most)).map(([name]) => `sec.setting: ${name}`),
    ...Object.keys(rules.settings).filter((name) => !(name in SETTINGS)).map((name) => `sec.setting: ${name}`),
  ];
}
const within = (value: number | undefined, least: number, most: number): boolean => value !== undefined && value >= least && value <= most;
