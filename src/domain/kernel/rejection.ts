/** A rule of the framework by its id in `docs/framework.md`. */
export type RuleId = `FM-${string}-${number}`;

/**
 * The core facts a rejection can rest on. What a role may not see of these it may not learn from a refusal either:
 * `domain/access/core-view.ts` says who sees which.
 */
export type CoreFact =
  | 'inquiry' | 'circle' | 'person' | 'place' | 'assessment' | 'targetGroup' | 'conclusions' | 'obtained' | 'hearing' | 'question'
  | 'decision' | 'consent' | 'disclosure' | 'measures' | 'agreement' | 'accession' | 'contactPerson' | 'security' | 'precautions' | 'screening' | 'address'
  | 'course' | 'followUp' | 'breach' | 'ending' | 'journal' | 'own';

/** A refusal in plain Danish: what is in the way, and what would satisfy it. */
export interface Rejection {
  readonly rejected: true;
  readonly rule: RuleId;
  readonly rests: readonly CoreFact[];
  readonly detail: string;
  /** The field the refusal belongs to, when it is one. */
  readonly field?: string;
}

export const reject = (rule: RuleId, rests: readonly CoreFact[], detail: string, field?: string): Rejection => ({
  rejected: true, rule, rests, detail, ...(field === undefined ? {} : { field }),
});

export const isRejection = (value: unknown): value is Rejection =>
  typeof value === 'object' && value !== null && 'rejected' in value && value.rejected === true;

/** Something that stands in the way of what was sent: in Danish, and of which field; of the whole where none is named. */
export interface Fault {
  readonly name?: string;
  readonly message: string;
}
