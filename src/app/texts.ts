import type { ScopeKind } from '../domain/kernel/command.js';
import type { CaseEvent, RecordedEvent } from '../domain/exit-case/case.js';
import type { OpenedCase } from './open-case.js';

/** The words of one event that this reader may read, of one scope kind or of any; a list that lies in several parts is one list. */
export const wordsOf = (opened: OpenedCase, version: number, kind?: ScopeKind): Readonly<Record<string, unknown>> => {
  const words: Record<string, unknown> = {};
  for (const { scope, content } of opened.bodies.get(version) ?? []) {
    if (kind !== undefined && scope.kind !== kind) continue;
    for (const [field, value] of Object.entries(content)) {
      const before = words[field];
      words[field] = Array.isArray(before) && Array.isArray(value) ? [...(before as unknown[]), ...(value as unknown[])] : value;
    }
  }
  return words;
};

/** A field of an event's words as text; undefined when it is not there or not for this reader. */
export const textOf = (opened: OpenedCase, version: number, field: string): string | undefined => {
  const value = wordsOf(opened, version)[field];
  return typeof value === 'string' ? value : undefined;
};

export const eventsOf = <T extends CaseEvent['type']>(opened: OpenedCase, ...types: readonly T[]): readonly (RecordedEvent & { readonly event: Extract<CaseEvent, { type: T }> })[] =>
  [...opened.facts, ...opened.entries].filter((one): one is RecordedEvent & { readonly event: Extract<CaseEvent, { type: T }> } => (types as readonly string[]).includes(one.event.type));

/** How the candidate may be contacted, as last agreed (FM-SEC-5). */
export const safeContactOf = (opened: OpenedCase): string | undefined =>
  eventsOf(opened, 'SafeContactSet', 'InquiryRegistered').map((one) => textOf(opened, one.version, 'safeContact')).filter((text) => text !== undefined).at(-1);
