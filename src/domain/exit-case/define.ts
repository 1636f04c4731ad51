import { z } from 'zod';
import type { Actor, Command, Permission } from '../kernel/command.js';
import type { MeasureId, UserId } from '../kernel/ids.js';
import type { Instant, PlainDate } from '../kernel/time.js';
import type { CaseEvent, ExitCase } from './case.js';

/** When and by whom an event was recorded; what every fold may use beside the event itself. */
export interface EventMeta {
  /** The event's number in its case, from 1. */
  readonly version: number;
  readonly at: Instant;
  readonly actor: UserId;
}

export type ExitCaseCommand<Schema extends z.ZodType = z.ZodType> = Command<ExitCase, CaseEvent, Schema>;
export type CasePermission = Permission<ExitCase>;

/**
 * Defines one command of the exit case; admission by the circle unless said otherwise. Its input, and every group in it, is a strict object: a
 * misspelt field must not go unnoticed, or the note on health would lie in the common journal.
 */
export const command = <Schema extends z.ZodType>(
  definition: Omit<ExitCaseCommand<Schema>, 'admission' | 'when'> & Partial<Pick<ExitCaseCommand<Schema>, 'admission' | 'when'>>,
): ExitCaseCommand<Schema> => ({
  admission: 'circle', when: () => undefined, ...definition,
});

/** What is said of input that no field speaks for itself about: wrong kinds of value, from a program and not from a form. */
z.config({
  customError: (issue) => {
    switch (issue.code) {
      case 'invalid_type':
        return issue.input === undefined ? 'Feltet skal udfyldes.' : 'Feltet er udfyldt på en måde, der ikke kan læses.';
      case 'invalid_value':
      case 'invalid_union':
        return 'Vælg en af mulighederne.';
      case 'unrecognized_keys':
        return 'Feltet findes ikke.';
      case 'too_big':
        return 'Der er for meget i feltet.';
      case 'too_small':
        return 'Der er for lidt i feltet.';
      default:
        return 'Feltet skal rettes.';
    }
  },
});

/** Either of two permissions. */
export const either = (first: CasePermission, second: CasePermission): CasePermission => ({
  test: (state, actor: Actor) => first.test(state, actor) || second.test(state, actor),
  who: `${first.who} eller ${second.who}`,
});

/** Whose turn it is: a seat in the circle, a named member, or whoever the contact point puts on it. */
export type TaskOwner = { readonly seat: 'police' | 'municipal' | 'probation' | 'custody' } | { readonly user: UserId } | { readonly desk: 'contact_point' };

/**
 * Something that waits, with an owner and a due date (FM-WORK-1). Derived from the state alone; the title says in plain words
 * what is to be done and nothing about the person.
 */
export interface Task {
  /** Stable within the case: the same task after the next event has the same key. */
  readonly key: string;
  readonly title: string;
  readonly owner: TaskOwner;
  readonly due: PlainDate;
  /** The command whose form does it. */
  readonly command: string;
  /** The measure it is about, if one: who may not know of the measure does not get the task either. */
  readonly measure?: MeasureId;
  /** Nobody but police and its owner may know that it waits (FM-SEC-2, FM-SEC-4). */
  readonly policeOnly?: true;
}

/** The kinds of notification the contact point gets by itself (FM-NOT-1). */
export type NotificationKind =
  | 'assessment-begun' | 'refused' | 'agreement-entered' | 'course-status' | 'course-interrupted' | 'course-completed' | 'assessment-ended' | 'corrected' | 'card-opened';
