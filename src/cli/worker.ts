import { reviewRegularly } from '../jobs/review-log.js';
import { keepTime } from '../jobs/keep-time.js';
import { sealRegularly } from '../jobs/seal-log.js';
import { matchRegularly } from '../jobs/match-numbers.js';
import { watchLog } from '../jobs/watch-log.js';
import { watchReleases } from '../jobs/watch-releases.js';
import { watchReviews } from '../jobs/watch-reviews.js';
import type { Ending } from './ending.js';
import { logSigner, matchKeys } from './key-services.js';
import { logWitness } from './log-witness.js';
import { neutralError } from './neutral-error.js';
import type { Settings } from './settings.js';
import { wayIn } from './way-in.js';

/**
 * The second process: what is to be done whether anybody asks or not. It holds the log's key, which the program that answers people does not
 * hold; and none of the keys of cases.
 * @returns the exit code, when the end is wished for.
 */
export async function work(settings: Settings, log: (line: string) => void, ending: Ending): Promise<number> {
  const { pools, close } = await wayIn(['sealer', 'worker', 'workerKeys'], settings, log);
  const onFailure = (error: unknown): void => log(neutralError(error));
  const stopSealing = sealRegularly({ pool: pools.sealer, signer: logSigner(settings), witness: logWitness(settings), alarm: log, onFailure });
  const watching = watchReleases(pools.worker, pools.workerKeys, log, onFailure);
  const trying = watchLog(pools.worker, log, onFailure);
  const matching = matchRegularly(pools.worker, () => matchKeys(settings), onFailure);
  const reviewing = reviewRegularly(pools.worker, log, onFailure);
  const reviews = watchReviews(pools.worker, log, onFailure);
  const keeping = keepTime({ cases: pools.worker, keys: pools.workerKeys }, log, onFailure);
  const code = await ending.wished;
  await keeping.stop();
  await reviewing.stop();
  await matching.stop();
  await reviews.stop();
  await trying.stop();
  await watching.stop();
  await stopSealing().catch(onFailure);
  await close();
  return code;
}
