import type { CaseEvent } from '../../src/domain/exit-case/case.js';
import type { Draft } from '../../src/domain/kernel/command.js';
import { isRejection } from '../../src/domain/kernel/rejection.js';
import type { InputErrors, Outcome } from './scenario.js';

const isInvalid = (outcome: Outcome): outcome is InputErrors => 'invalid' in outcome;

/** What the command would record; a failed test when it was refused. */
export const draftsOf = (outcome: Outcome): readonly Draft<CaseEvent>[] => {
  if (isRejection(outcome) || isInvalid(outcome)) throw new Error(`refused: ${JSON.stringify(outcome)}`);
  return outcome;
};

/** The scopes the texts of an outcome lie in, as 'kind' or 'kind:subject'. */
export const scopesOf = (outcome: Outcome): readonly string[] =>
  draftsOf(outcome).flatMap((draft) =>
    (draft.bodies ?? []).map(({ scope }) => (scope.subject === undefined ? scope.kind : `${scope.kind}:${scope.subject}`)),
  );

/** The fields an outcome's texts stand under in one scope kind. */
export const fieldsIn = (outcome: Outcome, kind: string): readonly string[] =>
  draftsOf(outcome)
    .flatMap((draft) => (draft.bodies ?? []).filter(({ scope }) => scope.kind === kind))
    .flatMap(({ content }) =>
      Object.entries(content)
        .filter(([, value]) => value !== undefined)
        .map(([field]) => field),
    );

/** What is said at a field of an input that could not be read; a failed test when nothing is. */
export const messageAt = (outcome: Outcome, path: string): string => {
  const issue = isInvalid(outcome) ? outcome.issues.find((one) => one.path === path) : undefined;
  if (issue === undefined) throw new Error(`nothing is said at ${path}: ${JSON.stringify(outcome)}`);
  return issue.message;
};
