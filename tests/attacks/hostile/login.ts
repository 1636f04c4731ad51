import { ABSENT, asked, type DesignedAnswer, FORGED, form, get, type HostileRequest, type HostileRow, rawForm, type Trip } from './row.js';

const row = (name: string, request: HostileRequest, answer: DesignedAnswer, stores?: HostileRow['stores']): HostileRow => ({ theme: 'login', name, request, answer, ...(stores === undefined ? {} : { stores }) });
const HOME: DesignedAnswer = { status: [303], to: /^\/$/ };
const NO: DesignedAnswer = { status: [400] };
const NOT_YOU: DesignedAnswer = { status: [403] };

/** Where to after the login: a whole trip, to the provider and back. */
const led = (to: string): HostileRequest => ({ ...get(undefined, `/login?til=${encodeURIComponent(to)}`), trip: {} });
const elsewhere: readonly HostileRow[] = [
  'https://ond.example/', '//ond.example', '///ond.example', '/\\ond.example', '\\\\ond.example', '/\t/ond.example', '/\n/ond.example', '/.//ond.example', '/x/..//ond.example', '/%2e%2e//ond.example', 'javascript:hx(1)', 'data:text/html,<script>hx(1)</script>', 'https:ond.example',
  'http://127.0.0.1:3000@ond.example/', ' //ond.example', '@ond.example', '.ond.example', `/${'a'.repeat(2_000)}`, '/login', '/login?til=/login', '/login/retur?code=x', '/./login', '/x/../log-ud', '/%6cogin', '/log%2dud', '/api/v1/cases', '/%61pi/v1/cases', '/assets/udvej.js', '/demo-login/auth',
].map((to) => row(`a login that is to lead to ${JSON.stringify(to).slice(0, 50)}`, led(to), HOME, 'session'));
const ours: readonly HostileRow[] = [
  row('a login that is to lead to a line feed and a header: a path of ours that is not there', led('/\r\nSet-Cookie: udvej=x'), { status: [303], to: /^\/Set-Cookie:%20udvej=x$/ }, 'session'),
  row('a login that is to lead to a zero byte: a path of ours that is not there', led('/\u0000/ond.example'), { status: [303], to: /^\/%00\/ond\.example$/ }, 'session'),
  row('a login that is to lead to a page of ours', led('/sager?side=2'), { status: [303], to: /^\/sager\?side=2$/ }, 'session'),
  row('a login with two ways to go, the first of which is ours', { ...get(undefined, '/login?til=/sager&til=//ond.example'), trip: {} }, { status: [303], to: /^\/sager$/ }, 'session'),
  row('a login with two ways to go, the first of which is not', { ...get(undefined, '/login?til=//ond.example&til=/sager'), trip: {} }, HOME, 'session'),
  row('a login whose way is a tag', led('/sager?x=<script>hx(1)</script>'), { status: [303], to: /^\/sager\?x=[^<]*$/ }, 'session'),
  ...['naeste', 'next', 'returnTo', 'redirect', 'redirect_uri', 'url', 'continue'].map((name) => row(`a login with a way to go under the name ${name}`, { ...get(undefined, `/login?${name}=//ond.example`), trip: {} }, HOME, 'session')),
  row('a login at a provider that is none', { ...get(undefined, '/login?hos=99'), trip: {} }, HOME, 'session'),
  row('a login at a provider named as part of every list', { ...get(undefined, '/login?hos=length'), trip: {} }, HOME, 'session'),
];

/** A login that goes on, with one thing otherwise. */
const trip = (name: string, what: Trip, answer: DesignedAnswer, n: number): HostileRow => row(name, { ...get(undefined, `/login?til=/sager&n=${n}`), trip: what }, answer);
const forged: readonly HostileRow[] = ([
  ['a token with alg none', { signedBy: 'nobody' }, NO], ['a token with alg None', { signedBy: 'nobody', header: { alg: 'None' } }, NO], ['a token signed by a stranger', { signedBy: 'stranger' }, NO], ['a token signed with the client’s secret', { signedBy: 'client-secret' }, NO],
  ['a token that names another key', { header: { kid: 'two' } }, NO], ['a token that brings its own key', { signedBy: 'stranger', header: { jwk: { kty: 'EC' }, jku: 'https://ond.example/jwks' } }, NO], ['a token of another provider', { claims: { iss: 'https://ond.example' } }, NO],
  ['a token for somebody else', { claims: { aud: 'en-anden' } }, NO], ['a token for two, of whom we are one', { claims: { aud: ['udvej', 'en-anden'], azp: 'en-anden' } }, NO], ['a token that is over', { claims: { exp: 1 } }, NO], ['a token without an end', { claims: { exp: null } }, NO], ['a token of tomorrow', { claims: { iat: 4_102_444_800, nbf: 4_102_444_800 } }, NO],
  ['another nonce', { claims: { nonce: 'x' } }, NO], ['no nonce', { claims: { nonce: null } }, NO], ['a login of yesterday', { claims: { auth_time: 1_600_000_000 } }, NO], ['no level', { claims: { acr: null } }, NOT_YOU], ['a low level', { claims: { acr: 'low' } }, NOT_YOU], ['a level that is SQL', { claims: { acr: "substantial' or 1=1" } }, NOT_YOU],
  ['a function the provider may not give', { claims: { udvej_functions: ['municipal_exit', 'contact_point'] } }, NOT_YOU], ['a function that is none', { claims: { udvej_functions: ['__proto__'] } }, NOT_YOU],
  ['functions as a text', { claims: { udvej_functions: 'municipal_exit' } }, NOT_YOU], ['no functions', { claims: { udvej_functions: [] } }, NOT_YOU], ['an authority that begins as ours', { claims: { udvej_authority: 'municipality:0183x' } }, NOT_YOU], ['a name with a line feed', { claims: { name: 'Rita\nOpfundet' } }, NOT_YOU],
  ['a name of five thousand signs', { claims: { name: 'a'.repeat(5_000) } }, NOT_YOU], ['no person', { claims: { sub: '' } }, { status: [400, 403] }], ['a person that is an object', { claims: { sub: { $ne: null } } }, { status: [400, 403] }],
  ['another state', { back: { state: 'x' } }, NO], ['no state', { back: { state: null } }, NO], ['another code', { back: { code: 'x' } }, NO], ['no code', { back: { code: null } }, NO], ['another provider’s name on the way back', { back: { iss: 'https://ond.example' } }, NO], ['no provider’s name on the way back', { back: { iss: null } }, NO],
  ['a refusal with a tag', { back: { error: '<script>hx(1)</script>', error_description: '<img src=x onerror=hx(2)>' } }, NO], ['a token in the address', { back: { id_token: 'x.y.z', code: null } }, NO],
  ['no login under way', { pending: null }, NO], ['a login under way that is made up', { pending: 'a'.repeat(200) }, NO], ['a login under way that is empty', { pending: '' }, NO], ['a login under way of ten thousand signs', { pending: 'a'.repeat(10_000) }, NO], ['a login under way that is JSON', { pending: '%7B%22issuer%22%3A%22x%22%7D' }, NO],
] as const satisfies readonly (readonly [string, Trip, DesignedAnswer])[]).map(([name, what, answer], n) => trip(name, what, answer, n));

/** By her provider's own word she is not here any more: what she had ends (control 27), and the words after it find nothing left to end. */
const gone: HostileRow = { ...trip('an authority the provider may not speak for', { claims: { udvej_authority: 'police:koebenhavns-vestegn', udvej_functions: ['police_exit'] } }, NOT_YOU, 98), stores: 'end' };

const others: readonly HostileRow[] = [
  { ...trip('a right login, by which the wrong ones would be noticed', { claims: { name: 'Rita <script>hx(1)</script>' } }, { status: [303], to: /^\/sager$/ }, 99), stores: 'session' },
  row('the way back without anything', get(undefined, '/login/retur'), NO),
  row('the way back, twice of everything', get(undefined, '/login/retur?code=a&code=b&state=a&state=b'), NO),
  row('a login by a form', rawForm(undefined, '/login', 'user=municipal&password=x'), ABSENT),
  row('the way back by a form', rawForm(undefined, '/login/retur', 'code=x&state=y'), ABSENT),
  row('a login as the demonstration’s provider would', asked(undefined, 'POST', '/demo-login/interaction/x/login', { 'content-type': 'application/x-www-form-urlencoded' }, 'login=politi.vestegnen'), ABSENT),
  row('a logout by a link', get('municipal', '/log-ud'), ABSENT),
  row('a logout from another site', form('municipal', '/log-ud', {}, { 'sec-fetch-site': 'cross-site', referer: 'https://ond.example/' }), FORGED),
  row('a logout of nobody', rawForm(undefined, '/log-ud', ''), { status: [303], to: /^\/login$/ }),
  row('the login of somebody who is logged in, with his session in the address', get('municipal', '/login?udvej=«token:police»'), { status: [302], to: /^https:\/\/id\.example\/auth\?/ }),
];

export const login: readonly HostileRow[] = [...elsewhere, ...ours, gone, ...forged, ...others];
