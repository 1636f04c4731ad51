import { ABSENT, asked, command, DONE, type DesignedAnswer, form, get, type HostileRequest, type HostileRow, json, LED_ON, NOTE, PAGE, refused, STALE, TO_LOGIN } from './row.js';

const row = (name: string, request: HostileRequest, answer: DesignedAnswer = PAGE, stores?: HostileRow['stores']): HostileRow => ({ theme: 'headers', name, request, answer, ...(stores === undefined ? {} : { stores }) });

/** A look at one’s own case, or at others’, with one header more. */
const hosts = (['host', 'x-forwarded-host', 'x-host', 'x-forwarded-server', 'x-http-host-override'] as const).flatMap((name) => [
  row(`the way to the login, with ${name} of another site`, get(undefined, '/sager', { [name]: 'ond.example' }), TO_LOGIN),
  row(`the way to the provider, with ${name} of another site`, get(undefined, '/login', { [name]: 'ond.example' }), { status: [302], to: /^https:\/\/id\.example\/auth\?.*redirect_uri=http%3A%2F%2F127\.0\.0\.1%3A3000%2Flogin%2Fretur/ }),
]);
const forwarded: readonly HostileRow[] = [
  ['forwarded', 'for=1.2.3.4;host=ond.example;proto=https'], ['x-forwarded-proto', 'javascript'], ['x-forwarded-for', "1.2.3.4', (select 1)"], ['x-forwarded-prefix', '/ond'], ['x-real-ip', '::1'], ['x-forwarded-port', '65536'], ['via', '1.1 <script>hx(1)</script>'], ['user-agent', '<script>hx(1)</script>{{7*7}}'], ['referer', 'https://ond.example/<script>hx(1)</script>'],
  ['accept-language', "' or 1=1 --"], ['x-request-id', 'x\ty'], ['traceparent', '00-zz-zz-zz'],
].map(([name = '', value = '']) => row(`one’s own case, with ${name}`, get('municipal', '/sager/«mine»', { [name]: value })));
const rewritten = (['x-original-url', 'x-rewrite-url', 'x-original-uri', 'x-override-url', 'x-forwarded-uri'] as const).flatMap((name) => [
  row(`a case of others, as ${name} of a public page`, get('municipal', '/findes-ikke', { [name]: '/sager/«others»' }), ABSENT),
  row(`a page of one’s own, as ${name} of others’`, get('municipal', '/sager/«others»', { [name]: '/sager/«mine»' }), ABSENT),
]);
const methods = (['x-http-method-override', 'x-http-method', 'x-method-override'] as const).flatMap((name) => [
  row(`a look that calls itself POST by ${name}`, get('municipal', '/sager/«mine»/goer/journal.add?text=x&kind=personal', { [name]: 'POST' })),
  row(`a look at the API that calls itself DELETE by ${name}`, get('municipal', '/api/v1/cases/«mine»', { [name]: 'DELETE' })),
]);
const parts: readonly HostileRow[] = [
  row('the first ten bytes of a page', get('municipal', '/sager/«mine»', { range: 'bytes=0-9' })),
  row('a hundred overlapping parts of a page', get('municipal', '/sager', { range: `bytes=${Array.from({ length: 100 }, (_, n) => `0-${n}`).join(',')}` })),
  row('the first ten bytes of a case of others', get('municipal', '/sager/«others»', { range: 'bytes=0-9' }), ABSENT),
  row('parts of a file beyond its end', get('municipal', '/assets/udvej.css', { range: 'bytes=9999999-' }), { status: [404, 416] }),
  row('parts of a file that are none', get('municipal', '/assets/udvej.css', { range: 'bytes=-,x-y' }), { status: [200, 404, 416] }),
  row('a page only if nobody has it', get('municipal', '/sager/«mine»', { 'if-none-match': '*' })),
  row('a case only if nobody has it', get('municipal', '/api/v1/cases/«mine»', { 'if-none-match': '*' })),
  row('a case only if it is new since a day that is none', get('municipal', '/api/v1/cases/«mine»', { 'if-modified-since': 'i går' })),
  row('a case of others only if it is as it was', get('municipal', '/api/v1/cases/«others»', { 'if-match': '*' }), ABSENT),
];
const accepted = ['text/plain', 'application/json', 'application/pdf', '../../../etc/passwd', 'text/html;q=NaN', '*/*;q=1e999', `${'a/b,'.repeat(2_000)}c/d`, '<script>hx(1)</script>'].map((accept, n) =>
  row(`one’s own cases as ${accept.slice(0, 30)} (${n})`, get('municipal', '/sager', { accept })));
const encodings: readonly HostileRow[] = [
  row('as gzip a million times', get('municipal', '/sager', { 'accept-encoding': 'gzip, gzip, gzip;q=1.0, *;q=0' })),
  row('in a version of the API that is none', get('municipal', '/api/v1/cases', { 'accept-version': '99.x' })),
  row('in a version that is SQL', get('municipal', '/api/v1/cases', { 'accept-version': "1' or '1'='1" })),
];

const ifMatch = (['*', 'W/"x"', '"a", "b"', 'uden-anførsel', '"', "' or '1'='1", `"${'a'.repeat(10_000)}"`, '""', '"__proto__"', '{{7*7}}'] as const).map((value) =>
  row(`a note if the case is as ${value.slice(0, 20)}`, command('municipal', '«mine»', 'journal.add', NOTE, { 'if-match': Buffer.from(value).toString('latin1') }), STALE));

const note = (key: string, text: string, answer: DesignedAnswer, stores?: HostileRow['stores']): HostileRow =>
  row(`a note under the key ${key.slice(0, 24) || 'of nothing'}`, command('municipal', '«mine»', 'journal.add', { text, kind: 'personal' }, { 'idempotency-key': key }), answer, stores);
const keys: readonly HostileRow[] = [
  { ...note('used-before', 'Under en andens nøgle', DONE, 'event'), name: 'a note under a key that another used elsewhere' },
  { ...note('used-before', 'Noget andet under samme nøgle', refused()), name: 'another note under the same key' },
  note('', 'x', refused()), note(' ', 'x', refused()), note('k'.repeat(201), 'x', refused()), note('med mellemrum', 'x', refused()), note('n\u00f8gle', 'x', refused()), note('a\tb', 'x', refused()),
  note('__proto__', 'Under en andens nøgle 1', DONE, 'event'), note("'or'1'='1';--", 'Under en andens nøgle 2', DONE, 'event'), note('<script>hx(1)</script>', 'Under en andens nøgle 3', DONE, 'event'), note('{{7*7}}', 'Under en andens nøgle 4', DONE, 'event'),
  { ...note('constructor', 'x', refused()), request: command('municipal', '«mine»', 'journal.add', { text: 5 }, { 'idempotency-key': 'constructor' }), name: 'a wrong note under a key' },
  row('a case of others under a bad key', command('municipal', '«others»', 'journal.add', NOTE, { 'idempotency-key': 'k'.repeat(500) }), ABSENT),
  row('an inquiry under a bad key', json('municipal', '/api/v1/cases', { municipality: '0183', said: 'x' }, { 'idempotency-key': 'a b' }), refused()),
  row('a form under a key that is none', form('municipal', '/sager/«mine»/goer/journal.add', { ...NOTE, _key: 'a b\u0000', text: 'Formularens nøgle' }), LED_ON, 'event'),
];
const types: readonly HostileRow[] = ['application/json; charset=utf-7', 'application/json;charset=x;charset=y', 'APPLICATION/JSON', 'application/json;', 'application/json, text/html', 'application/jsonx', 'json', '/', 'a'.repeat(5_000)].map((type) =>
  row(`a wrong note as ${type.slice(0, 40)}`, asked('municipal', 'POST', '/api/v1/cases/«mine»/commands/journal.add', { 'content-type': type }, '{"text":""}'), { status: [415, 422] }));

export const headers: readonly HostileRow[] = [...hosts, ...forwarded, ...rewritten, ...methods, ...parts, ...accepted, ...encodings, ...ifMatch, ...keys, ...types];
