import { reject, type Rejection } from '../kernel/rejection.js';
import { formatDate, type PlainDate } from '../kernel/time.js';
import { notAtContactPoint, notInAssessment } from './assessment.js';
import type { ExitCase } from './case.js';
import { isHeard, latestHearing } from './hearing.js';
import { residenceUnknown } from './residence.js';
import { targetGroupUnsettled } from './target-group.js';
import { conclusionOf, conclusionsMissing, type Criterion, type Position, verdict, votingSeats } from './vote.js';

/** What an acceptance needs beside the votes, whoever gives it: that it is known where the candidate lives, and whether he must move (FM-INT-7, FM-INT-2, FM-ASM-11). */
export const notReadyToAccept = (state: ExitCase): Rejection | undefined =>
  residenceUnknown(state) ??
  (state.groundwork.relocation === undefined
    ? reject('FM-ASM-11', ['assessment'], 'Enheden skal afklare, om kandidaten behøver at flytte, før kandidaten kan optages.')
    : undefined);

/** What a refusal needs beside the votes: that the candidate was heard (FM-LAW-1, FM-DEC-5). */
export const notHeard = (state: ExitCase, today: PlainDate): Rejection | undefined => {
  if (isHeard(state, 'decision', today)) return undefined;
  const deadline = latestHearing(state, 'decision')?.deadline;
  return deadline === undefined
    ? reject(
        'FM-LAW-1',
        ['hearing'],
        'Kandidaten skal høres, før der kan gives afslag. Send en høring, eller notér, hvorfor den undlades.',
      )
    : reject(
        'FM-LAW-1',
        ['hearing'],
        `Kandidaten kan svare på høringen til og med ${formatDate(deadline)}. Afvent svaret eller fristen.`,
      );
};

/** What every decision of the unit needs before its majority is asked for, and so does putting it to the contact point (FM-ASM-1, FM-ASM-7, FM-ASM-12, FM-TGT-7). */
export const notReadyToDecide = (state: ExitCase): Rejection | undefined =>
  notInAssessment(state) ?? notAtContactPoint(state) ?? conclusionsMissing(state) ?? targetGroupUnsettled(state);

/** The unit decides as its majority has concluded, or puts the disagreement to the contact point (FM-ASM-7). */
export const noMajority = (state: ExitCase, wanted: Position): Rejection | undefined => {
  const { result } = verdict(state);
  if (result === wanted) return undefined;
  if (result === 'split') {
    return reject(
      'FM-ASM-7',
      ['conclusions'],
      'De to myndigheder, der kan stemme, er uenige. Forelæg sagen for Det Nationale Exitkontaktpunkt.',
    );
  }
  return reject(
    'FM-ASM-7',
    ['conclusions'],
    wanted === 'accept'
      ? 'Flertallet har konkluderet, at kandidaten ikke bør optages. Flertallet bestemmer, eller sagen forelægges kontaktpunktet.'
      : 'Flertallet har konkluderet, at kandidaten bør optages. Flertallet bestemmer, eller sagen forelægges kontaktpunktet.',
  );
};

/** Whether one of the conclusions found the criterion not met: a reason that nobody gave is none. Who found so is against (FM-ASM-1). */
export const isFound = (state: ExitCase, criterion: Criterion): boolean => {
  const conclusions = votingSeats(state).map((seat) => conclusionOf(state, seat));
  switch (criterion) {
    case 'targetGroup':
      return state.targetGroup.category === 'outside';
    case 'need':
      return conclusions.some((one) => one?.need === 'no-need');
    case 'motivation':
      return conclusions.some((one) => one?.motivation === 'not-motivated');
    case 'suitability':
      return conclusions.some((one) => one?.suitability === 'not-suitable');
  }
};
