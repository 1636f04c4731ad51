import { shownRejection } from '../domain/access/core-view.js';
import { type CaseEvent, caseCommands, type ExitCase } from '../domain/exit-case/case.js';
import type { AnyCommand, CasePage, CommandContext } from '../domain/kernel/command.js';
import { copenhagenDate, type Instant } from '../domain/kernel/time.js';
import type { OpenedCase } from './open-case.js';

/** What the reader can do with the case now, or could but for something: the rule in plain words (screens.md). */
export interface Action {
  readonly name: string;
  readonly title: string;
  readonly page: CasePage;
  readonly possible: boolean;
  readonly rule?: string;
  readonly why?: string;
}

const admits = (command: AnyCommand<ExitCase, CaseEvent>, standing: string): boolean =>
  standing === 'inbox' ? command.admission === 'inbox' : ['circle', 'question-taker', 'refusal'].includes(command.admission);

const NOBODY_NAMED: Pick<CommandContext, 'colleague' | 'entry' | 'newId'> = {
  colleague: () => undefined,
  entry: () => false,
  newId: () => { throw new Error('nothing is made while only looking'); },
};

/** The commands of an opened case that this reader may ever give, each with whether it is time and what is in the way. */
export function actionsOf(opened: OpenedCase, now: Instant): readonly Action[] {
  const context: CommandContext = { ...NOBODY_NAMED, actor: opened.actor, now, today: copenhagenDate(now) };
  return caseCommands.filter((command) => admits(command, opened.standing) && command.may.test(opened.state, opened.actor)).map((command) => {
    const { name, title, page } = command;
    const inTheWay = command.when(opened.state, context);
    if (!inTheWay) return { name, title, page, possible: true };
    const { rule, detail } = shownRejection(opened.state, opened.actor, inTheWay);
    return { name, title, page, possible: false, why: detail, ...(rule === undefined ? {} : { rule }) };
  });
}
