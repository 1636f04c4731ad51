import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { didWords } from './words.js';

const migrations = new URL('../../../store/postgres/migrations/', import.meta.url);
const written = (): readonly string[] => {
  const sql = readdirSync(migrations).map((name) => readFileSync(new URL(name, migrations), 'utf8')).join('\n');
  const statements = [...sql.matchAll(/insert into audit\.event .*?(?:;|\$\$)/gs), ...sql.matchAll(/audit\.note\(.*?\)/g)].map(([found]) => found);
  return [...new Set(statements.flatMap((one) => [...one.matchAll(/'([a-z-]+\.[a-z-]+)'/g)].map(([, action = '']) => action)))];
};
/** Rows that stand in nobody's log on a page: lists, figures (`sec.person_log`), and alarms, which nobody does. */
const isShown = (action: string): boolean => !action.endsWith('.listed') && !action.startsWith('alarm.') && action !== 'figures.drawn';

describe('the words of the log', () => {
  it('stand for every act that the database writes there, so that no page shows the program’s own', () => {
    const shown = written().filter(isShown);
    expect(shown.length).toBeGreaterThan(30);
    expect(shown.filter((action) => didWords({ action, purpose: null }) === action)).toEqual([]);
  });
});
