import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { emptyCase, evolve, type ExitCase, type RecordedEvent } from '../../src/domain/exit-case/case.js';
import { type Instant, instantOf, knownDate, type PlainDate } from '../../src/domain/kernel/time.js';
import { type FigureRecords, figureRecords } from '../../src/domain/statistics/record.js';
import type { FreshDatabase } from './database.js';
import type { Scenario } from './scenario.js';

/** What came of one command: the events of one moment. */
const commandsOf = (stream: readonly RecordedEvent[]): readonly (readonly RecordedEvent[])[] => {
  const commands: RecordedEvent[][] = [];
  for (const one of stream) {
    const last = commands.at(-1);
    if (last?.[0]?.at === one.at && last[0].actor === one.actor) last.push(one);
    else commands.push([one]);
  }
  return commands;
};

/** What a case adds to the figures, command by command, with the moment each was recorded. */
export function recordsOf(stream: readonly RecordedEvent[]): readonly { readonly at: Instant; readonly records: FigureRecords }[] {
  let state: ExitCase = emptyCase;
  return commandsOf(stream).flatMap((events) => {
    const before = state;
    for (const { event, ...meta } of events) state = evolve(state, event, meta);
    const at = events[0]?.at;
    return at === undefined ? [] : [{ at, records: figureRecords(before, state, events) }];
  });
}

/** Writes what cases in memory add to the figures into the record, with the very functions that commands use. */
export const tellFigures = (db: FreshDatabase, scenarios: readonly Pick<Scenario, 'stream'>[]): Promise<void> => tellRecords(db, scenarios.map(({ stream }) => recordsOf(stream)));

/** The same of cases of which only that is known. */
export async function tellRecords(db: FreshDatabase, cases: readonly ReturnType<typeof recordsOf>[]): Promise<void> {
  const client = new pg.Client({ connectionString: db.url('superuser') });
  await client.connect();
  try {
    for (const told of cases) {
      const id = randomUUID();
      await client.query(`insert into app.exit_case (id, number, label, unit, phase, place, since, version, created_at, touched_at) values ($1, $2, 'Falken', 'fyn', 'closed', 'freedom', '2026-01-01', 1, now(), now())`, [id, `T-${id.slice(0, 8)}`]);
      for (const { at, records } of told) await record(client, id, at, records);
    }
  } finally {
    await client.end();
  }
}

/** A record of these cases alone: what was told before is gone. */
export async function tellAlone(db: FreshDatabase, scenarios: readonly Pick<Scenario, 'stream'>[]): Promise<void> {
  await db.superuser('truncate stat.link, stat.standing, stat.follow_up, stat.re_registration, stat.drawing');
  await tellFigures(db, scenarios);
}

/** A moment after all that is told of 2026. */
export const LATER = instantOf(knownDate('2027-12-31'), 12, 0);
/** What is asked of the year 2026, until a day and as it is known at a moment. */
export const drawing = (asOf: string, drawnAt: Instant = LATER, from: PlainDate = knownDate('2026-01-01')) => ({ from, asOf: knownDate(asOf), drawnAt });

async function record(client: pg.Client, id: string, at: Instant, { standing, started, held, nextDue }: FigureRecords): Promise<void> {
  await client.query('begin');
  await client.query(`insert into sec.commanding_case values (pg_current_xact_id(), $1, $1, 'circle')`, [id]);
  if (standing !== undefined) {
    const { standing: state, from, replaces, unit, municipality, category, place, ageBand, measures } = standing;
    await client.query('select stat.record($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [state, from, at, replaces, unit, municipality, category, place, ageBand, measures]);
  }
  for (const { type, from } of started) await client.query('select stat.record_measure($1, $2, $3)', [type, from, at]);
  for (const one of held) await client.query('select stat.record_follow_up($1, $2, $3)', [one.due, one.held, at]);
  if (nextDue !== undefined) await client.query('select stat.record_follow_up($1, null, $2)', [nextDue, at]);
  await client.query('commit');
}
