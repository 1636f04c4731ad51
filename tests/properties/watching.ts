import type { Step } from './playing.js';

/** Looks at every step of one history, and says what is wrong when something is. */
export type Watch = (step: Step) => string | undefined;

/** Something that must hold in every history, after every step. */
export interface Watchman {
  /** A sentence of the framework, with the rule's id. */
  readonly name: string;
  /** Begins to watch a new history. */
  readonly begin: () => Watch;
}

/** The first thing a watchman says of a history, with the step it is about; undefined when all is well. */
export function firstComplaint(watchman: Watchman, steps: readonly Step[]): string | undefined {
  const watch = watchman.begin();
  for (const step of steps) {
    const complaint = watch(step);
    if (complaint !== undefined) return `step ${step.number}, ${step.command} by ${step.who} (${step.kind}): ${complaint}`;
  }
  return undefined;
}

const cameOf = ({ kind, told, rejection }: Step): string =>
  kind === 'done' ? told.map((one) => one.event.type).join(', ') : (rejection?.rule ?? 'not readable');

/** A history in few lines, to tell it again by. */
export const inShort = (steps: readonly Step[]): string =>
  steps
    .map((one) => `${one.number}. ${one.today} ${one.who} ${one.command} ${JSON.stringify(one.input)} → ${cameOf(one)}`)
    .join('\n');
