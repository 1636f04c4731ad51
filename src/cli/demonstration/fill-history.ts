import type pg from 'pg';
import { copenhagenDate, instantOf, type PlainDate } from '../../domain/kernel/time.js';
import { withClient } from '../../store/postgres/engine-guard.js';
import { carriedOut } from './carried-out.js';
import { CasePlayer, together } from './case-player.js';
import { asOwner, enterHistoryStaff, HISTORY_ISSUER, HistoryStaff, retireHistoryStaff } from './history/history-staff.js';
import { historyScript } from './history/history-script.js';
import { type HistoryCase, historyPlan } from './history/plan.js';
import { lookingBack } from './looking-back.js';
import type { DemonstrationParts } from './parts.js';
import { readLongAgo } from './read-long-ago.js';

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

/** The history up to a day: its cases that had been registered before it, and the people who had them. */
export function historyUntil(today: PlainDate): { readonly cases: readonly HistoryCase[]; readonly staff: HistoryStaff } {
  const plan = historyPlan(today);
  return { cases: plan.filter((one) => one.registered < today), staff: new HistoryStaff(plan) };
}

/**
 * Makes the national history, by commands, behind a running program. May be asked at every start: what is there is left alone, and an
 * interrupted history goes on where it stopped, told up to the day it was begun for.
 * @param onProgress after every case.
 * @param some how many of the cases to make, for tests; all when it is left out.
 */
export async function fillHistory(
  { house, login, superuser, signal }: Omit<DemonstrationParts, 'issuer' | 'log'>,
  onProgress: (progress: Progress) => void,
  some?: (one: HistoryCase) => boolean,
): Promise<void> {
  // Not whole from the first moment on; how far it has come is known when what is there has been looked up.
  running ??= { done: 0, total: 1 };
  const visit = <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => withClient('migrate', superuser, work);
  const before = await visit((client) => carriedOut(client, HISTORY_SERIES));
  const day = before?.day ?? copenhagenDate(house.clock());
  const { staff, cases } = historyUntil(day);
  const wanted = cases.filter((one) => some?.(one) ?? true);
  const left = wanted.filter(({ n }) => before?.cases.get(String(n))?.steps !== 'all');
  if (left.length === 0) {
    running = undefined;
    return;
  }
  // The last one is the people who retire.
  const total = wanted.length + 1;
  const tell = (done: number): void => onProgress((running = { done, total }));
  let done = wanted.length - left.length;
  tell(done);
  await visit((client) => enterHistoryStaff(client, staff.all));
  const player = new CasePlayer({ house, login, issuer: HISTORY_ISSUER, series: HISTORY_SERIES, day, signal });
  try {
    const [first = day] = left.map((one) => one.registered).sort();
    await lookingBack({ superuser, house }, instantOf(first, 0, 0), () =>
      together(left, AT_ONCE, signal, async (one) => {
        const told = await player.play(historyScript(one, staff.castOf(one), day), before?.cases.get(String(one.n)), async (caseId) => {
          const again = reRegistered(one);
          if (again !== undefined && again < day) await visit((client) => registerAgain(client, caseId, again));
        });
        if (told !== undefined) await visit((client) => readLongAgo(client, day, told));
        if (!signal.aborted) tell((done += 1));
      }),
    );
  } finally {
    await player.leave();
  }
  if (signal.aborted) return;
  await visit(retireHistoryStaff);
  // Also of what an earlier start told and could not go on with.
  await visit((client) => readLongAgo(client, day));
  tell(total);
  running = undefined;
}

const reRegistered = ({ fate }: HistoryCase): PlainDate | undefined =>
  fate.kind === 'course' ? fate.end?.reRegistered : undefined;

/**
 * Police registered the person again after his course. The row is
 * written as the contact point's function writes it (docs/decisions/0008).
 */
const registerAgain = (client: pg.Client, caseId: string, on: PlainDate): Promise<void> =>
  asOwner(
    client,
    `insert into stat.re_registration (stat_id, on_date, recorded_at)
       select l.stat_id, $2::date, $3::timestamptz from stat.link l where l.case_id = $1 on conflict (stat_id, on_date) where superseded_at is null do nothing`,
    [caseId, on, instantOf(on, 10, 0)],
  );
