import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { SentFile } from '../app/attachments.js';
import type { House } from '../app/house.js';
import type { Instant } from '../domain/kernel/time.js';
import type { Visitor } from './visitor.js';
import type { WebSettings } from './web-settings.js';

/** Who may call a route at all. Whether a *case* answers is the database's word, asked inside: nothing here opens one. */
export type RoutePermission = 'public' | 'signed-in' | 'circle' | 'inbox-keeper' | 'contact-point' | 'asks-guidance' | 'guidance' | 'practice' | 'auditor' | 'emergency';

/** How often one person may call routes of a class (security.md, "Rate limits"). */
export type RateClass = 'read' | 'write' | 'search' | 'login' | 'unlimited';

/** What a handler answers; the server turns it into status, headers and bytes, the same for every route. */
export type Answer =
  | { readonly kind: 'page'; readonly body: VNode; readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'redirect'; readonly to: string; readonly said?: string }
  | { readonly kind: 'json'; readonly body: unknown; readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'problem'; readonly status: number; readonly title: string; readonly detail: string; readonly more?: Readonly<Record<string, unknown>>; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly type: string; readonly name: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'absent' | 'signed-out' | 'limited' }
  /** The session's proof is too old or too weak for the act (control 18). */
  | { readonly kind: 'step-up' }
  /** The handler has answered by itself (the login's redirects). */
  | { readonly kind: 'sent' };

/** What is left of an answer once the server has said how somebody proves himself anew. */
export type SentAnswer = Exclude<Answer, { readonly kind: 'step-up' }>;

export interface Call {
  readonly house: House;
  readonly settings: WebSettings;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly now: Instant;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  /** What came as the file, on a route that takes one. */
  readonly file?: SentFile;
}
export interface SignedInCall extends Call {
  readonly visitor: Visitor;
}

type Handle = (call: SignedInCall) => Promise<Answer> | Answer;

/** What answers a form. `again` draws it with all that was typed and carries nothing out: for a form of ours whose session ran out meanwhile (FM-WORK-5). */
export type FormHandle = Handle & { readonly again: Handle };

/**
 * Who must have proved himself lately before the handler is asked at all, so that a form is not filled in vain (control 18): everybody,
 * the contact point's officials, or whom the call itself says. The database demands it again when the act is done.
 */
export type StepUp = 'everybody' | 'contact-point' | ((call: SignedInCall) => boolean);

interface RouteFacts {
  readonly method: 'GET' | 'POST';
  readonly path: `/${string}`;
  /** What the caller looks for; stands in the access log beside the audit event. */
  readonly purpose: string;
  /** The audit event the request leaves, or why it leaves none. */
  readonly audit: `${string}.${string}` | 'none: no case data';
  readonly rate: RateClass;
  /** Left out where the session is enough. */
  readonly stepUp?: StepUp;
  /** A file of up to 50 MB comes with the request, as multipart; or goes with the answer. Only a few of these are answered at once. */
  readonly files?: 'taken' | 'given';
}

/** One address. Permission, purpose, audit event and rate class are part of the type: a route without them does not compile (control 1). */
export type Route =
  | (RouteFacts & { readonly permission: 'public'; readonly handle: (call: Call) => Promise<SentAnswer> | SentAnswer })
  | (RouteFacts & { readonly permission: Exclude<RoutePermission, 'public'>; readonly handle: Handle | FormHandle });

/** How a route's form is drawn again; undefined where nothing is typed that could be lost. */
export const againOf = (route: Route): Handle | undefined => (route.permission !== 'public' && 'again' in route.handle ? route.handle.again : undefined);

/** Addresses whose `:id` is something else than a case: who is refused there has tried no case, and the log does not say so (control 21). */
const OF_NO_CASE = /^\/(?:godkendelser|sammenfald|spoergsmaal|adgang|slettede-sager|noedopslag|vejledning|tal\/kvalitet|tal\/offentliggjort|api\/v1\/(?:statistics|guidance|matches|questions|notifications))\/|^\/akut\/:id$/;
/** The case that a call asks for, as it was sent; undefined where it asks for none. */
export const caseAsked = ({ path }: Route, { params }: Pick<Call, 'params'>): string | undefined => (OF_NO_CASE.test(path) ? undefined : params['id']);

export const isApi = (path: string): boolean => path.startsWith('/api/');
