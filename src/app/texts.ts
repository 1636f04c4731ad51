import type { ScopeKind } from '../domain/kernel/command.js';
import type { CaseEvent, RecordedEvent } from '../domain/exit-case/case.js';
import type { OpenedCase } from './open-case.js';

/** The words of one event that this reader may read, of one scope kind or of any. */
export const wordsOf = (opened: OpenedCase, version: number, kind?: ScopeKind): Readonly<Record<string, unknown>> =>
  Object.assign({}, ...(opened.bodies.get(version) ?? []).filter((body) => kind === undefined || body.scope.kind === kind).map((body) => body.content)) as Readonly<Record<string, unknown>>;

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
