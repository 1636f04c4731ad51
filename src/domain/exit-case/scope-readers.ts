import type { ScopeRef } from '../kernel/command.js';
import type { SharedScope } from '../reference/legal-bases.js';
import type { ExitCase } from './case.js';

/**
 * Whether somebody of one of these authorities reads this generation of a shared scope: everybody before consent; after it those it covers
 * for a kind of the scope. Older generations keep their readers: what they had they keep (FM-CON-2).
 */
export const scopeReaders = (_state: ExitCase, _scope: SharedScope, _generation: number, _authorities: readonly string[]): boolean => true;

/** The generation new entries of a scope belong to: shared scopes close and open anew when a consent no longer covers a reader (FM-CON-2). */
export const generationOf = (_state: ExitCase, _scope: ScopeRef): number => 1;
