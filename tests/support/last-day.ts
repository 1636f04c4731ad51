import { timesOf } from '../../src/domain/access/after-the-end.js';
import type { ExitCase } from '../../src/domain/exit-case/case.js';
import type { PlainDate } from '../../src/domain/kernel/time.js';

/** The last day on which somebody is in the case by any part of his; undefined when one has no end, or he has none. */
export const memberUntil = (state: ExitCase, user: string): PlainDate | undefined => timesOf(state, user).at(-1)?.last;
