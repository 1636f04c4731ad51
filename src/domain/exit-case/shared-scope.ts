import type { Instant } from '../kernel/time.js';
import { kindsOfScope, type SharedScope } from '../reference/legal-bases.js';
import type { ExitCase } from './case.js';
import type { Coverage } from './consent.js';

/** One stretch of a shared scope: what was written in it is open to these, of those whose role in the circle admits them to the scope at all. */
interface Generation {
  readonly readers: 'everybody' | readonly string[];
  /** Nobody is covered for the scope: it takes procedure only, which needs no consent. */
  readonly procedure: boolean;
}
const BY_LAW: Generation = { readers: 'everybody', procedure: false };

/** Authorities of those who were full members at the moment; police reads neither health nor economy by default (FM-CNF-4). */
const inCircleAt = (state: ExitCase, scope: SharedScope, at: Instant): readonly string[] =>
  state.circle.members
    .filter((one) => !['owner', 'question', 'screening'].includes(one.role) && one.from <= at && (one.to === undefined || one.to > at))
    .map((one) => one.authority)
    .filter((authority) => scope === 'general' || !authority.startsWith('police:'));

/** The generation after an answer to consent: the same, opened to more, or the next when somebody is left out of it. */
const after = (
  state: ExitCase,
  scope: SharedScope,
  last: Generation,
  at: Instant,
  coverage: readonly Coverage[] | undefined,
): readonly Generation[] => {
  // The only answer was annulled: law carries again, for material of its own.
  if (coverage === undefined) return [last, BY_LAW];
  const authorities = coverage
    .filter((one) => one.kinds.some((kind) => kindsOfScope(scope).includes(kind)))
    .map((one) => one.authority);
  const procedure = authorities.length === 0;
  if (procedure && last.procedure) return [last];
  const before = last.readers === 'everybody' ? inCircleAt(state, scope, at) : last.readers;
  const leftOut = procedure || before.some((authority) => !authorities.includes(authority));
  // What the unit must record about the case itself stays readable to the unit; nothing of the kind lies in health and economy.
  const next: Generation = { procedure, readers: procedure && scope === 'general' ? 'everybody' : authorities };
  return leftOut ? [last, next] : [next];
};

const generationsOf = (state: ExitCase, scope: SharedScope): readonly Generation[] =>
  state.consent.history.reduce<readonly Generation[]>(
    (generations, { at, coverage }) => [
      ...generations.slice(0, -1),
      ...after(state, scope, generations.at(-1) ?? BY_LAW, at, coverage),
    ],
    [BY_LAW],
  );

/**
 * The generation new entries of a shared scope go to, from 1. The next opens when an authority that read the scope is left without a
 * kind of it by the candidate's answer to consent: what is written afterwards is hidden from it (FM-CON-2).
 */
export const scopeGeneration = (state: ExitCase, scope: SharedScope): number => generationsOf(state, scope).length;

/**
 * Whether somebody of one of these authorities reads this generation of a shared scope: everybody before consent; after it those it
 * covers for a kind of the scope. An older generation keeps its readers, for what they had they keep; whoever consent covers now reads
 * it too, because consent is for the handling of the whole case (FM-CON-1, FM-CON-2).
 */
export const scopeReaders = (
  state: ExitCase,
  scope: SharedScope,
  generation: number,
  authorities: readonly string[],
): boolean => {
  const generations = generationsOf(state, scope);
  const one = generations[generation - 1];
  if (one === undefined) return false;
  if (one.readers === 'everybody') return true;
  const now = generations.at(-1)?.readers;
  const readers = now === undefined || now === 'everybody' ? one.readers : [...one.readers, ...now];
  return authorities.some((authority) => readers.includes(authority));
};
