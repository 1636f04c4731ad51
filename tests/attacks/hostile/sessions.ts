import { createHash, createHmac } from 'node:crypto';
import { ABSENT, asked, type DesignedAnswer, get, type HostileRequest, type HostileRow, json, lookAt, NOTE, PAGE, SIGNED_OUT, TO_LOGIN } from './row.js';

const row = (name: string, request: HostileRequest, answer: DesignedAnswer): HostileRow => ({ theme: 'sessions', name, request, answer });
const REAL = '«token:municipal»';
const FORGED_TOKEN = 'Zm9yZmFsc2tldC1mb3JmYWxza2V0LWZvcmZhbHNrZXQt'.slice(0, 43);
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = { sub: 'municipal', iss: 'test', exp: 4_102_444_800, udvej_functions: ['police_exit', 'contact_point'] };
const signed = (alg: string, key: string): string => {
  const text = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
};

const cookies: readonly HostileRow[] = ([
  ['empty', 'udvej='], ['made up', `udvej=${FORGED_TOKEN}`], ['with a sign more', `udvej=${REAL}A`], ['in another name’s case', `Udvej=${REAL}`], ['with the prefix of https', `__Host-udvej=${REAL}`],
  ['that is another’s id', 'udvej=«user:police»'], ['of the hash the database keeps', `udvej=${createHash('sha256').update('x').digest('base64url')}`], ['that is SQL', `udvej=' or '1'='1' -- aaaaaaaaaaaaaaaaaaaaaaaaaa`],
  ['of ten thousand signs', `udvej=${'a'.repeat(10_000)}`], ['that is percent signs', 'udvej=%ff%fe%zz'], ['with a zero byte written out', `udvej=${REAL}%00`], ['that is a JWT without a signature', `udvej=${part({ alg: 'none' })}.${part(claims)}.`],
  ['that stands twice, the made-up one first', `udvej=${FORGED_TOKEN}; udvej=${REAL}`], ['that stands in another’s value', `x=udvej=${REAL}`], ['after five hundred others', `${Array.from({ length: 500 }, (_, n) => `c${n}=1`).join('; ')}; udvej=x`],
  ['as part of every object', `__proto__=${REAL}; constructor=${REAL}`], ['of the demonstration’s provider', `_session=${REAL}; _session.sig=${REAL}`],
] as const).map(([how, cookie]) => row(`a cookie ${how}`, get(undefined, '/sager', { cookie }), TO_LOGIN));

const bearers: readonly HostileRow[] = ([
  ['empty', 'Bearer '], ['that is nothing', 'Bearer null'], ['written small', `bearer ${REAL}`], ['as a password', `Basic ${Buffer.from('municipal:hemmelig').toString('base64')}`], ['as another scheme', `Token ${REAL}`],
  ['in quotes', `Bearer "${REAL}"`], ['with two tokens', `Bearer ${FORGED_TOKEN}, Bearer ${REAL}`], ['with a tail', `Bearer ${REAL} x`], ['of five thousand signs', `Bearer ${'a'.repeat(5_000)}`], ['made up', `Bearer ${FORGED_TOKEN}`],
  ['that is a JWT with alg none', `Bearer ${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`], ['that is a JWT with alg NONE', `Bearer ${part({ alg: 'nOnE' })}.${part(claims)}.`], ['that is a JWT signed with nothing', `Bearer ${signed('HS256', '')}`],
  ['that is a JWT signed with a word', `Bearer ${signed('HS256', 'secret')}`], ['that is a JWT that names its own key', `Bearer ${part({ alg: 'HS256', jku: 'https://ond.example/jwks', kid: '../../dev/null' })}.${part(claims)}.x`],
  ['that is SQL', `Bearer 'or'1'='1'--aaaaaaaaaaaaaaaaaaaa`], ['that is somebody’s id', 'Bearer «user:police»'], ['that is a form’s proof', 'Bearer «csrf:municipal»'],
] as const).map(([how, authorization]) => row(`a bearer ${how}`, asked(undefined, 'GET', '/api/v1/cases', { authorization }), SIGNED_OUT));

const inAddress = ['token', 'access_token', 'udvej', 'session', 'jwt', 'api_key', 'authorization'].flatMap((name) => [
  row(`a token in the address, as ${name}`, get(undefined, `/sager?${name}=${REAL}`), TO_LOGIN),
  row(`a token in the API’s address, as ${name}`, get(undefined, `/api/v1/cases?${name}=${REAL}`), SIGNED_OUT),
]);

const asOthers = ['x-user-id', 'x-remote-user', 'x-forwarded-user', 'x-authenticated-user', 'remote-user', 'x-udvej-session', 'x-ssl-client-s-dn', 'x-original-authorization'].map((name) =>
  row(`who he is, said in ${name}`, get(undefined, '/api/v1/cases', { [name]: '«user:police»' }), SIGNED_OUT));

const elsewhere: readonly HostileRow[] = [
  row('the cookie for the API', get(undefined, '/api/v1/cases', { cookie: `udvej=${REAL}` }), SIGNED_OUT),
  row('the cookie for a command of the API', json(undefined, '/api/v1/cases/«mine»/commands/journal.add', NOTE, { cookie: `udvej=${REAL}` }), SIGNED_OUT),
  row('the bearer for a page', get(undefined, '/sager', { authorization: `Bearer ${REAL}` }), TO_LOGIN),
  row('another’s cookie beside one’s bearer', get('policeFyn', '/api/v1/cases/«mine»', { cookie: `udvej=${REAL}` }), ABSENT),
  row('another’s bearer beside one’s cookie', get('policeFyn', '/sager/«mine»', { authorization: `Bearer ${REAL}` }), ABSENT),
  row('a made-up cookie after the real one', get('municipal', '/sager', { cookie: `udvej=${REAL}; udvej=${FORGED_TOKEN}` }), PAGE),
  row('a token in the body', json(undefined, '/api/v1/cases', { token: REAL, authorization: `Bearer ${REAL}` }), SIGNED_OUT),
  row('two headers of proof, the made-up one first', lookAt(undefined, '/api/v1/cases', [`Authorization: Bearer ${FORGED_TOKEN}`, `Authorization: Bearer ${REAL}`]), SIGNED_OUT),
  row('two cookie headers, the made-up one first', lookAt(undefined, '/sager', [`Cookie: udvej=${FORGED_TOKEN}`, `Cookie: udvej=${REAL}`]), TO_LOGIN),
  row('proof on a folded line', lookAt(undefined, '/api/v1/cases', ['X-A: b', ` Authorization: Bearer ${REAL}`]), { status: [400, 401] }),
  row('what was just done, as a tag', get('municipal', '/', { cookie: `udvej=${REAL}; udvej-sagt=<script>hx(1)</script>` }), PAGE),
  row('what was just done, as a part of every object', get('municipal', '/', { cookie: `udvej=${REAL}; udvej-sagt=__proto__` }), PAGE),
  row('what was just done, as a maker of objects', get('municipal', '/', { cookie: `udvej=${REAL}; udvej-sagt=constructor` }), PAGE),
];

export const sessions: readonly HostileRow[] = [...cookies, ...bearers, ...inAddress, ...asOthers, ...elsewhere];
