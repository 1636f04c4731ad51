import type pg from 'pg';
import { copenhagenDate, instantOf, type PlainDate } from '../../domain/kernel/time.js';
import { withClient } from '../../store/postgres/engine-guard.js';
import { carriedOut, type Series } from './carried-out.js';
import { CasePlayer, together } from './case-player.js';
import type { CaseScript } from './case-script.js';
import { asOwner, enterHistoryStaff, HISTORY_ISSUER, HistoryStaff, retireHistoryStaff } from './history/history-staff.js';
import { historyScript } from './history/history-script.js';
import { type HistoryCase, historyPlan } from './history/plan.js';
import type { DemonstrationParts } from './parts.js';

export const HISTORY_SERIES = 'historie';
/** Few, for people are at work on the same machine. */
const AT_ONCE = 3;

export interface Progress {
  readonly done: number;
  readonly total: number;
}

let running: Progress | undefined;

/** How far the national history has come while it is being made; undefined when it is whole, or nobody makes one. */
export const historyRunning = (): Progress | undefined => running;

/** A case of the history, and how it is told. */
interface Planned {
  readonly one: HistoryCase;
  readonly script: CaseScript;
}

/** The whole history as it is to be told: all that happened before a day. */
export function historyScripts(today: PlainDate): { readonly staff: HistoryStaff; readonly cases: readonly Planned[] } {
  const plan = historyPlan(today);
  const staff = new HistoryStaff(plan);
  return { staff, cases: plan.map((one) => ({ one, script: historyScript(one, staff.castOf(one), today) })).filter(({ script }) => script.steps.length > 0) };
}

/**
 * Makes the national history, by commands, behind a running program. May be asked at every start: what is there is left alone, and an
 * interrupted history goes on where it stopped, told up to the day it was begun for.
 * @param onProgress after every case.
 * @param some how many of the cases to make, for tests; all when it is left out.
 */
export async function fillHistory(
  { house, login, superuser, signal }: Omit<DemonstrationParts, 'issuer' | 'log'>, onProgress: (progress: Progress) => void, some?: (one: HistoryCase) => boolean,
): Promise<void> {
  await withClient('migrate', superuser, async (client) => {
    const before = await carriedOut(client, HISTORY_SERIES);
    const day = before?.day ?? copenhagenDate(house.clock());
    const { staff, cases } = historyScripts(day);
    const wanted = cases.filter(({ one }) => some?.(one) ?? true);
    const left = wanted.filter(({ script }) => before?.cases.get(script.name)?.steps !== 'all');
    if (left.length === 0) return;
    // The last one is the books being closed.
    const total = wanted.length + 1;
    const tell = (done: number): void => onProgress((running = { done, total }));
    let done = wanted.length - left.length;
    tell(done);
    await enterHistoryStaff(client, staff.all);
    const player = new CasePlayer({ house, login, issuer: HISTORY_ISSUER, series: HISTORY_SERIES, day, signal });
    await together(left, AT_ONCE, signal, async ({ script }) => {
      await player.play(script, before?.cases.get(script.name));
      if (!signal.aborted) tell((done += 1));
    });
    await player.leave();
    if (signal.aborted) return;
    await registerAgain(client, wanted.map(({ one }) => one), await carriedOut(client, HISTORY_SERIES));
    await retireHistoryStaff(client);
    tell(total);
    running = undefined;
  });
}

/**
 * Those whom police registered again after their course. The contact point's command for it comes with its desk; until then the rows
 * are written as that command will (docs/decisions/0008).
 */
async function registerAgain(client: pg.Client, cases: readonly HistoryCase[], made: Series | undefined): Promise<void> {
  const rows = cases.flatMap(({ n, fate }) => {
    const again = fate.kind === 'course' ? fate.end?.reRegistered : undefined;
    const caseId = made?.cases.get(String(n))?.caseId;
    return again === undefined || caseId === undefined ? [] : [{ case_id: caseId, on_date: again, recorded_at: instantOf(again, 10, 0) }];
  });
  await asOwner(client,
    `insert into stat.re_registration (stat_id, on_date, recorded_at)
       select l.stat_id, one.on_date, one.recorded_at
       from jsonb_to_recordset($1::jsonb) as one (case_id uuid, on_date date, recorded_at timestamptz) join stat.link l on l.case_id = one.case_id
     on conflict do nothing`,
    [JSON.stringify(rows)]);
}

