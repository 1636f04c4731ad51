import type { z } from 'zod';
import type { EntryId, UserId } from './ids.js';
import type { BodyContent } from './prose.js';
import type { TellingBasis } from '../reference/telling-bases.js';
import type { UnitId } from '../reference/authorities.js';
import type { Rejection, RuleId } from './rejection.js';
import type { Instant, PlainDate } from './time.js';

/** Who acts, as the login and the database know him. */
export interface Actor {
  readonly user: UserId;
  readonly functions: readonly string[];
  readonly authority: string;
}

/** A colleague's place in the staff directory. */
export interface Colleague {
  readonly functions: readonly string[];
  readonly authority: string;
}

/** What the formats of files are called by their names' endings: those that a file may have, judged by what is in it and never by its name. */
export const FILE_FORMATS = ['pdf', 'png', 'jpg', 'txt', 'docx', 'xlsx', 'odt'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** A file that came with the command and was found fit to be kept; its bytes are no business of any rule. */
export interface FileFacts {
  readonly format: FileFormat;
  /** How long it is, as it is kept. */
  readonly bytes: number;
}

/** What the contact point has decided to tell the unit of this case about another one of the same person; the database holds it until it is told (FM-INT-3). */
export interface TellingFacts {
  /** Whether this is the case that ends as the double. */
  readonly ends: boolean;
  readonly basis: TellingBasis;
  /** Only where the other's unit is told as well. */
  readonly other?: { readonly number: string; readonly unit: UnitId; readonly hastes?: true };
}

/** What a rule may know beside state and input. The domain has no clock and no dice of its own: both come from here. */
export interface CommandContext {
  readonly actor: Actor;
  readonly now: Instant;
  /** The calendar day of `now` in Copenhagen. */
  readonly today: PlainDate;
  /** A colleague named in the input, as the staff directory knows him; undefined for an unknown one. */
  readonly colleague: (user: UserId) => Colleague | undefined;
  /** True for a journal entry of the case that the actor can see; entries are not part of the state. */
  readonly entry: (entry: EntryId) => boolean;
  /** The file that came with the command; none for all but `attachment.add`. */
  readonly file?: FileFacts;
  /** What is to be told; of `contactPoint.tellDouble` alone. */
  readonly telling?: TellingFacts;
  /** A new random id (UUID). */
  readonly newId: <T extends string>() => T;
}

export type ScopeKind =
  | 'core' | 'identity' | 'general' | 'sealed' | 'police' | 'probation' | 'health' | 'economy' | 'address' | 'card'
  | 'measure' | 'precaution' | 'bundle';

/** One scope of a case: its kind, and for the kinds that stand once per something, of what. */
export interface ScopeRef {
  readonly kind: Exclude<ScopeKind, 'core'>;
  /** sealed: the seat · measure, precaution, bundle: its id · else absent. */
  readonly subject?: string;
}

export interface BodyDraft {
  readonly scope: ScopeRef;
  readonly content: BodyContent;
}

/** A fact about to be recorded: the core, and the texts that belong to it, each wholly in one scope. */
export interface Draft<Event> {
  readonly event: Event;
  readonly bodies?: readonly BodyDraft[];
}

export type Decision<Event> = readonly Draft<Event>[] | Rejection;

/** What admits to a command without membership (`sec.admitted` in `004_commanding.sql`); `refusal` admits the circle too. */
export type Admission = 'circle' | 'staff' | 'inbox' | 'question' | 'question-taker' | 'emergency' | 'unattended' | 'match' | 'refusal' | 'unit-desk';

/** A page of the case, where the command's form stands. */
export type CasePage =
  | 'overblik' | 'visitation' | 'samtykke' | 'aftale' | 'tiltag' | 'opfoelgning' | 'sikkerhed' | 'journal' | 'tidslinje' | 'dokumenter' | 'kreds';

/** Who may: a test on the acting person's standing in the case, and the words for it. */
export interface Permission<State> {
  readonly test: (state: State, actor: Actor) => boolean;
  /** "Kun … kan gøre dette": the noun phrase between. */
  readonly who: string;
}

export interface Command<State, Event, Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** The act in Danish, on button and page: "Registrér samtykke". */
  readonly title: string;
  readonly rules: readonly RuleId[];
  readonly admission: Admission;
  readonly page: CasePage;
  readonly input: Schema;
  /** Scope kinds the command writes; its ticket covers core and these, for writing only. */
  readonly writes: readonly Exclude<ScopeKind, 'core'>[];
  readonly may: Permission<State>;
  /** Is it time? Asked without input, so that a page can say beforehand what is in the way. */
  readonly when: (state: State, ctx: CommandContext) => Rejection | undefined;
  readonly decide: (state: State, input: z.output<Schema>, ctx: CommandContext) => Decision<Event>;
}

/** Any command of a state, its input type forgotten: as tables of commands hold them. */
export type AnyCommand<State, Event> = Omit<Command<State, Event>, 'decide'> & {
  readonly decide: (state: State, input: never, ctx: CommandContext) => Decision<Event>;
};
