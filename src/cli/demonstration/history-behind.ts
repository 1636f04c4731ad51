import { neutralError } from '../neutral-error.js';
import { fillHistory, type Progress } from './fill-history.js';
import type { DemonstrationParts } from './parts.js';

const WIDTH = 30;

/**
 * Makes the national history behind the open doors, and shows in the terminal how far it has come. A fault in it ends nothing: people
 * are at work, and the figures go on saying that they are not whole.
 * @returns when it is whole, or no further command will begin.
 */
export async function historyBehind({ log, ...parts }: DemonstrationParts): Promise<void> {
  const shown = progressShown(log);
  try {
    await fillHistory(parts, shown);
  } catch (error) {
    log(`Landets historie kunne ikke laves færdig: ${neutralError(error)}`);
  }
}

/** A line in the log for every tenth; in a terminal a bar that moves. */
export function progressShown(
  log: (line: string) => void,
  terminal: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stdout,
): (progress: Progress) => void {
  let tenth = -1;
  return ({ done, total }) => {
    const share = total === 0 ? 1 : done / total;
    if (terminal.isTTY) {
      const filled = Math.round(share * WIDTH);
      terminal.write(
        `\rLandets historie laves: [${'█'.repeat(filled)}${' '.repeat(WIDTH - filled)}] ${Math.floor(share * 100)} %${done === total ? ', tallene er klar\n' : ''}`,
      );
    } else if (Math.floor(share * 10) > tenth) {
      log(
        done === total
          ? 'Landets historie er lavet, og tallene er hele.'
          : `Landets historie laves: ${Math.floor(share * 100)} %. Tallene er ikke hele endnu.`,
      );
    }
    tenth = Math.floor(share * 10);
  };
}
