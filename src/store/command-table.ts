import type pg from 'pg';
import { caseCommands } from '../domain/exit-case/case.js';

export interface Limits {
  /** Distinct cases a person opens in an hour. */
  readonly openingsPerHour: number;
  /** Names shown to a person in an hour. */
  readonly namesPerHour: number;
}
export const usualLimits: Limits = { openingsPerHour: 60, namesPerHour: 500 };

/**
 * Writes the domain's table of commands and the limits where the database judges by them; after every migration, as the superuser.
 * What admits to a command is said once, in the domain (`command.admission`), and obeyed by both.
 */
export async function fillCommandTable(superuser: Pick<pg.ClientBase, 'query'>, limits: Limits = usualLimits): Promise<void> {
  await superuser.query('begin');
  await superuser.query('set local role udvej_owner');
  await superuser.query('delete from sec.command');
  for (const command of caseCommands) {
    await superuser.query('insert into sec.command (name, admission, writes) values ($1, $2, $3)', [command.name, command.admission, command.writes]);
  }
  await superuser.query(`insert into sec.setting values ('openings_per_hour', $1), ('names_per_hour', $2) on conflict (name) do update set value = excluded.value`, [
    limits.openingsPerHour, limits.namesPerHour,
  ]);
  await superuser.query('commit');
}
