import { z } from 'zod';

/** Ids are random UUIDs, branded so that a case can never be taken for a person (compile-time only). */
export type Id<Kind extends string> = string & { readonly __id: Kind };

export type CaseId = Id<'case'>;
export type UserId = Id<'user'>;
export type MeasureId = Id<'measure'>;
export type QuestionId = Id<'question'>;
export type EntryId = Id<'entry'>;
export type RequirementId = Id<'requirement'>;
export type PrecautionId = Id<'precaution'>;
export type OpeningId = Id<'opening'>;
export type HearingId = Id<'hearing'>;
export type BreachId = Id<'breach'>;
export type ScreeningId = Id<'screening'>;
export type ThreatId = Id<'threat'>;
export type FollowUpId = Id<'followUp'>;
export type AttachmentId = Id<'attachment'>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a lower-case UUID; anything else is not an id, and is answered as an unknown one. */
export const isId = (text: string): boolean => uuid.test(text);

/** An id parsed once at the edge; undefined when the text is no id. */
export const parseId = <T extends Id<string>>(text: string): T | undefined => (isId(text) ? (text as T) : undefined);

/** Input schema of an id chosen from a list on screen. */
export const zId = <T extends Id<string>>(message = 'Vælg fra listen'): z.ZodType<T, string> =>
  z.string({ error: message }).regex(uuid, message).transform((text) => text as T);
