import type pg from 'pg';
import { NEWS_TYPES } from '../domain/access/news.js';
import { caseCommands } from '../domain/exit-case/case.js';

export interface Limits {
  /** Distinct cases a person opens in an hour. */
  readonly openingsPerHour: number;
  /** Names shown to a person in an hour. */
  readonly namesPerHour: number;
  /** Files a person sends in an hour; 20 when it is left out. */
  readonly uploadsPerHour?: number;
}
export const usualLimits: Limits = { openingsPerHour: 60, namesPerHour: 500 };

/**
 * Writes the domain's table of commands and its list of news, the limits and the clock where the database judges by them; after every migration, as the superuser.
 * What admits to a command is said once, in the domain (`command.admission`), and obeyed by both.
 * @param clock as for `setDatabaseClock`
 */
export const fillCommandTable = (superuser: Pick<pg.ClientBase, 'query'>, limits: Limits = usualLimits, clock: number = Date.now()): Promise<void> =>
  asOwner(superuser, async () => {
    await superuser.query('delete from sec.command');
    for (const command of caseCommands) {
      await superuser.query('insert into sec.command (name, admission, writes) values ($1, $2, $3)', [command.name, command.admission, command.writes]);
    }
    await superuser.query('delete from sec.news_type');
    await superuser.query('insert into sec.news_type select unnest($1::text[])', [NEWS_TYPES]);
    await superuser.query(`insert into sec.setting values ('openings_per_hour', $1), ('names_per_hour', $2), ('clock_behind', $3), ('uploads_per_hour', $4) on conflict (name) do update set value = excluded.value`, [
      limits.openingsPerHour, limits.namesPerHour, behind(clock), limits.uploadsPerHour ?? 20,
    ]);
  });

/**
 * Where a demonstration's clock is set back, closed cases are read for their time by it, not by the database's own (FM-END-4); where it is set ahead, moments of its own are none to come.
 * @param clock milliseconds since 1970 on the program's clock
 */
export const setDatabaseClock = (superuser: Pick<pg.ClientBase, 'query'>, clock: number): Promise<void> =>
  asOwner(superuser, async () => {
    await superuser.query(`update sec.setting set value = $1 where name = 'clock_behind'`, [behind(clock)]);
  });

/** While a demonstration's past is told, the rules of the log rest: all of it is written now, whenever it is told to have been. What came to stand there by it is not looked at. */
export const setTelling = (superuser: Pick<pg.ClientBase, 'query'>, telling: boolean): Promise<void> =>
  asOwner(superuser, async () => {
    await superuser.query(`update sec.setting set value = $1 where name = 'telling_past'`, [telling ? 1 : 0]);
    // The rules look two minutes back.
    if (!telling) await superuser.query(`update audit.considered set upto = clock_timestamp() + interval '2 minutes'`);
  });

/** Whole seconds, so that the database's clock is never before the program's; negative where the clock is ahead. */
const behind = (clock: number): number => Math.floor((Date.now() - clock) / 1000);

async function asOwner(superuser: Pick<pg.ClientBase, 'query'>, work: () => Promise<void>): Promise<void> {
  await superuser.query('begin');
  await superuser.query('set local role udvej_owner');
  await work();
  await superuser.query('commit');
}
