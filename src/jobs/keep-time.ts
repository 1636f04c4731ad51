import { SEAT_NAMES } from '../domain/exit-case/event-titles.js';
import { formatDate } from '../domain/kernel/time.js';
import { isOutcome, outcomeWords } from '../domain/reference/retention-periods.js';
import { carryOutShreddings, ForgedOrder, orderShreddings, orderTexts, proposeShredding, retentionToAsk, type Shredders, type ToAsk } from '../store/retention.js';
import { type Repeated, repeatedly } from './repeat.js';

const EVERY_MS = 60_000;

const seatName = (seat: string): string => (seat in SEAT_NAMES ? SEAT_NAMES[seat as keyof typeof SEAT_NAMES] : seat);

/** What those who answer read: number, how it ended, when, and whose archive has what it must. Structure only (security.md, "Deletion and backups"). */
export const shreddingLine = ({ number, outcome, ended_on: endedOn, archived }: ToAsk): string =>
  [
    number, isOutcome(outcome) ? outcomeWords(outcome) : outcome, `slut ${formatDate(endedOn)}`,
    archived.length === 0 ? 'ingen har bekræftet deres arkiv' : `arkiv bekræftet af ${archived.map(seatName).join(', ')}`,
  ].join(' · ');

/** One turn: asks about what is due, and carries out what was allowed. @returns how many cases were asked about, and how many cases and texts outside of cases were shredded. */
export async function keepTimeTurn(pools: Shredders): Promise<{ readonly asked: number; readonly shredded: number }> {
  const due = await retentionToAsk(pools.cases);
  for (const one of due) await proposeShredding(pools.cases, one.case_id, shreddingLine(one));
  await orderShreddings(pools.cases);
  await orderTexts(pools.cases);
  return { asked: due.length, shredded: await carryOutShreddings(pools) };
}

/**
 * Sees once a minute to the deletion of cases whose period is over (FM-WORK-4), and of texts outside of cases (decision 27). Two workers do no more than one.
 * @param alarm words for operations, which name nothing
 */
export const keepTime = (pools: Shredders, alarm: (words: string) => void, onFailure: (error: unknown) => void, everyMs = EVERY_MS): Repeated =>
  repeatedly(everyMs, async () => {
    try {
      await keepTimeTurn(pools);
    } catch (error) {
      if (error instanceof ForgedOrder) alarm('ALARM: En ordre om at slette en sag er ikke skrevet af databasen. Intet er slettet efter den.');
      throw error;
    }
  }, onFailure);
