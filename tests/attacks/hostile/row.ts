import type { PersonName } from '../../support/people.js';

export type Theme =
  | 'ids' | 'sessions' | 'cross-site' | 'addresses' | 'headers' | 'line' | 'sql' | 'templates' | 'html' | 'stored html' | 'login' | 'bodies' | 'methods' | 'mass assignment';

export type Fields = readonly (readonly [name: string, value: string])[];

/**
 * A request as it leaves a browser or a program. In every text of it a name in angle quotes stands for what is only known when the house stands:
 * «mine», «others», «nobody» (see `world.ts`), «token:police», «csrf:police», «user:police».
 */
export interface HostileRequest {
  /** Whose proof it bears, if anybody's: what he may read is no secret to him. */
  readonly as?: PersonName;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As it is, or as the fields of a form, written out when the names are known. */
  readonly body?: string | Uint8Array | Fields;
  /** All of it as it goes over the line, head and body: for what a client library would put right first. `\n` ends a line of the head, U+0002 is a line feed by itself, U+0001 stands before the body. */
  readonly line?: string;
  /** A login that goes on: what the person's provider says, and what stands otherwise in the way back. */
  readonly trip?: Trip;
}

export interface Trip {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly signedBy?: 'issuer' | 'stranger' | 'client-secret' | 'nobody';
  /** In the address that leads back; null takes a part out. */
  readonly back?: Readonly<Record<string, string | null>>;
  /** What the browser brings instead of the login under way; null brings none. */
  readonly pending?: string | null;
}

/** Answers that are the same bytes for everybody who gets them. */
export type Common = 'absent' | 'signed-out' | 'forged' | 'malformed' | 'media' | 'large';

/** The answer as it was designed. */
export interface DesignedAnswer {
  /** One of these; 0: the line is closed without a word. */
  readonly status: readonly number[];
  readonly common?: Common;
  readonly to?: RegExp;
  /** The field that the problem document points at. */
  readonly at?: string;
  /** An answer of the line's own machinery, before any program: a status and nothing else. */
  readonly bare?: true;
  /** The name in the request that, put as «nobody», must not change a byte of the answer. */
  readonly likeUnknown?: string;
}

export interface HostileRow {
  readonly theme: Theme;
  readonly name: string;
  readonly request: HostileRequest;
  readonly answer: DesignedAnswer;
  /** What it leaves, for the few that are carried out: always under the asker's own name; of a session, that one began, or that his own ended. */
  readonly stores?: 'event' | 'case' | 'session' | 'end';
  /** The day it is, where that matters. */
  readonly day?: string;
}

export const ABSENT: DesignedAnswer = { status: [404], common: 'absent' };
export const SIGNED_OUT: DesignedAnswer = { status: [401], common: 'signed-out' };
export const TO_LOGIN: DesignedAnswer = { status: [303], to: /^\/login(\?til=[\w%.~*-]+)?$/ };
export const FORGED: DesignedAnswer = { status: [403], common: 'forged' };
export const MALFORMED: DesignedAnswer = { status: [400], common: 'malformed' };
export const MEDIA: DesignedAnswer = { status: [415], common: 'media' };
export const LARGE: DesignedAnswer = { status: [413], common: 'large' };
export const PAGE: DesignedAnswer = { status: [200] };
export const DONE: DesignedAnswer = { status: [200] };
export const STALE: DesignedAnswer = { status: [409] };
/** A form that was carried out leads on to a page of ours. */
export const LED_ON: DesignedAnswer = { status: [303], to: /^\/sager\/[0-9a-f-]{36}(\/[a-z]+)?$/ };
/** Refused for its content or by a rule. @param at the field. */
export const refused = (at?: string): DesignedAnswer => ({ status: [422], ...(at === undefined ? {} : { at }) });

type Headers = Readonly<Record<string, string | null>>;
const withOut = (headers: Headers): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== null));

const proofFor = (as: PersonName | undefined, url: string): Headers =>
  as === undefined ? {} : url.startsWith('/api/') ? { authorization: `Bearer «token:${as}»` } : { cookie: `udvej=«token:${as}»` };

/** A request with the proof that belongs there; a header of null is left out. */
export const asked = (as: PersonName | undefined, method: string, url: string, headers: Headers = {}, body?: HostileRequest['body']): HostileRequest => ({
  ...(as === undefined ? {} : { as }), method, url, headers: withOut({ ...proofFor(as, url), ...headers }), ...(body === undefined ? {} : { body }),
});

export const get = (as: PersonName | undefined, url: string, headers: Headers = {}): HostileRequest => asked(as, 'GET', url, headers);

export const FORM = 'application/x-www-form-urlencoded';
const fromOurs: Headers = { 'content-type': FORM, origin: '«origin»', 'sec-fetch-site': 'same-origin' };

/** A form as our own page sends it, with the session's token. */
export const form = (as: PersonName, url: string, fields: Readonly<Record<string, string>> | Fields, headers: Headers = {}): HostileRequest => {
  const pairs: Fields = Array.isArray(fields) ? (fields as Fields) : Object.entries(fields as Readonly<Record<string, string>>);
  return asked(as, 'POST', url, { ...fromOurs, ...headers }, [['_csrf', `«csrf:${as}»`], ...pairs]);
};
/** A form's body as it is, without a token of its own. */
export const rawForm = (as: PersonName | undefined, url: string, body: string | Uint8Array, headers: Headers = {}): HostileRequest =>
  asked(as, 'POST', url, { ...fromOurs, ...headers }, body);

/** A body sent to the API; a text or bytes go as they are. */
export const json = (as: PersonName | undefined, url: string, body: unknown, headers: Headers = {}): HostileRequest =>
  asked(as, 'POST', url, { 'content-type': 'application/json', ...headers }, typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body));

export const commandUrl = (of: string, name: string): string => `/api/v1/cases/${of}/commands/${name}`;
export const command = (as: PersonName, of: string, name: string, input: unknown, headers: Headers = {}): HostileRequest => json(as, commandUrl(of, name), input, headers);

export const NOTE = { text: 'Ringede', kind: 'personal' } as const;

/** A request written out by hand, so that nothing puts the address or the headers right. `head` begins with the request line. */
export const byLine = (as: PersonName | undefined, head: readonly string[], body = ''): HostileRequest => {
  const [method = '', url = ''] = (head[0] ?? '').split(' ');
  return { ...(as === undefined ? {} : { as }), method, url, headers: {}, line: `${[...head, ''].join('\n')}\n\u0001${body}` };
};
/** A look at an address exactly as it is written. */
export const lookAt = (as: PersonName | undefined, target: string, more: readonly string[] = []): HostileRequest =>
  byLine(as, [
    `GET ${target} HTTP/1.1`, 'Host: 127.0.0.1:3000', 'Connection: close',
    ...(as === undefined ? [] : [/^[^?]*api\//i.test(target) ? `Authorization: Bearer «token:${as}»` : `Cookie: udvej=«token:${as}»`]), ...more,
  ]);
