import { gzipSync } from 'node:zlib';
import { ABSENT, asked, commandUrl, DONE, type DesignedAnswer, FORM, form, get, type HostileRequest, type HostileRow, json, LARGE, LED_ON, MALFORMED, MEDIA, NOTE, PAGE, rawForm, refused, SIGNED_OUT, TO_LOGIN } from './row.js';

const row = (name: string, request: HostileRequest, answer: DesignedAnswer, stores?: HostileRow['stores']): HostileRow => ({ theme: 'bodies', name, request, answer, ...(stores === undefined ? {} : { stores }) });
const URL = commandUrl('«mine»', 'journal.add');
const add = (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): HostileRequest => json('municipal', URL, body, headers);
const ACT = '/sager/«mine»/goer/journal.add';
const PROOF = '_csrf=«csrf:municipal»';
const bytes = (before: string, middle: readonly number[], after: string): Uint8Array => Buffer.concat([Buffer.from(before), Buffer.from(middle), Buffer.from(after)]);
const UNREAD: DesignedAnswer = { status: [400, 415, 422] };

const bombs: readonly HostileRow[] = [
  row('lists in each other, half a million deep', add(`{"text":${'['.repeat(500_000)}${']'.repeat(500_000)}}`), { status: [400, 422] }),
  row('objects in each other, two hundred thousand deep', add(`{"text":${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}}`), { status: [400, 422] }),
  row('lists that are never closed', add('['.repeat(1_000_000)), MALFORMED),
  row('a prototype below a hundred thousand lists', add(`{"text":${'['.repeat(100_000)}{"__proto__":1}${']'.repeat(100_000)}}`), { status: [400, 422] }),
  row('a hundred thousand fields', add(`{${Array.from({ length: 100_000 }, (_, n) => `"f${n}":1`).join(',')}}`), refused()),
  row('a field whose name is a million signs', add(`{"${'a'.repeat(1_000_000)}":1}`), refused()),
  row('a number of a million digits', add(`{"text":${'9'.repeat(1_000_000)}}`), refused('/text')),
  row('a number beyond all numbers', add('{"text":1e999999}'), refused('/text')),
  row('a million escapes', add(`{"text":"${'\\u0061'.repeat(300_000)}","kind":"personal"}`), refused('/text')),
  row('two megabytes and a half', add(`{"text":"${'a'.repeat(2_500_000)}"}`), LARGE),
  row('two megabytes and a half from nobody', json(undefined, URL, `{"text":"${'a'.repeat(2_500_000)}"}`), SIGNED_OUT),
  row('two megabytes and a half in a form', rawForm('municipal', ACT, `${PROOF}&text=${'a'.repeat(2_500_000)}`), LARGE),
  row('two megabytes and a half in a form of nobody', asked(undefined, 'POST', '/session', { 'content-type': FORM }, 'a'.repeat(2_500_000)), TO_LOGIN),
  row('a hundred thousand fields in a form', rawForm('municipal', ACT, `${PROOF}&${Array.from({ length: 100_000 }, (_, n) => `f${n}`).join('&')}`), refused()),
  row('a hundred thousand of one field in a form', rawForm('municipal', ACT, `${PROOF}&${'text=a&'.repeat(100_000)}kind=x`), refused()),
  row('a hundred thousand ands in a form', rawForm('municipal', ACT, `${PROOF}${'&'.repeat(100_000)}`), refused()),
  row('five thousand fields in a form of nobody', rawForm(undefined, ACT, Array.from({ length: 5_000 }, (_, n) => `f${n}=1`).join('&')), TO_LOGIN),
  row('a hundred thousand lines in a search', form('municipal', '/soeg', { q: 'a\n'.repeat(100_000) }), PAGE),
];
const twice: readonly HostileRow[] = [
  row('the text twice, the second a number', add('{"text":"Et","text":5,"kind":"personal"}'), refused('/text')),
  row('the kind twice, the second none', add('{"text":"Et","kind":"personal","kind":"rygter"}'), refused('/kind')),
  row('the text twice in a form', rawForm('municipal', ACT, `${PROOF}&text=&text=&kind=personal&kind=rygter`), refused()),
  row('two documents', add('{"text":"Et","kind":"personal"}{"text":"To","kind":"personal"}'), MALFORMED),
  row('a comma too many', add('{"text":"Et","kind":"personal",}'), MALFORMED),
  row('a comment', add('{"text":"Et",/* x */"kind":"personal"}'), MALFORMED),
  row('names without quotes', add('{text:"Et",kind:"personal"}'), MALFORMED),
  row('no number', add('{"text":NaN,"kind":"personal"}'), MALFORMED),
  row('only spaces', add('   '), MALFORMED),
  row('yes', add('true'), { status: [400, 422] }),
];
const written: readonly HostileRow[] = [
  row('JSON in sixteen bits', add(Buffer.from(JSON.stringify(NOTE), 'utf16le'), { 'content-type': 'application/json; charset=utf-16le' }), { status: [415], common: 'media' }),
  row('JSON in sixteen bits with its mark', add(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(JSON.stringify(NOTE), 'utf16le')])), MALFORMED),
  row('JSON with the letters of another alphabet, as it says', add(bytes('{"text":"Sm', [0xe6], 'rter","kind":"personal"}'), { 'content-type': 'application/json; charset=iso-8859-1' }), UNREAD),
  row('JSON with bytes that are no letters', add(bytes('{"text":"a', [0xff, 0xfe, 0x80], 'b","kind":"personal"}')), UNREAD),
  row('JSON with an overlong letter', add(bytes('{"text":"a', [0xc0, 0xbc], 'script","kind":"personal"}')), UNREAD),
  row('JSON with half of a pair in bytes', add(bytes('{"text":"a', [0xed, 0xa0, 0x80], 'b","kind":"personal"}')), UNREAD),
  row('JSON with half of a pair as an escape', add('{"text":"a\\ud800b","kind":"personal"}'), refused('/text')),
  row('JSON with a zero byte', add(bytes('{"text":"a', [0], 'b","kind":"personal"}')), MALFORMED),
  row('JSON with a zero byte as an escape', add('{"text":"a\\u0000b","kind":"personal"}'), refused('/text')),
  row('a form with bytes that are no letters, which stay as they were written', rawForm('municipal', ACT, `${PROOF}&text=%ff%fe%80&kind=personal`), LED_ON, 'event'),
  row('a form with bytes of another alphabet, which stay as they were written', rawForm('municipal', ACT, `${PROOF}&text=Sm%e6rter&kind=personal`), LED_ON, 'event'),
  row('a form with a zero byte', rawForm('municipal', ACT, `${PROOF}&text=a%00b&kind=personal`), refused()),
  row('packed JSON', add(gzipSync(JSON.stringify(NOTE)), { 'content-encoding': 'gzip' }), MALFORMED),
  row('packed JSON that unpacks to fifty megabytes', add(gzipSync(Buffer.alloc(50_000_000, 0x20)), { 'content-encoding': 'gzip' }), MALFORMED),
  row('a packed form', asked('municipal', 'POST', ACT, { 'content-type': FORM, 'content-encoding': 'gzip', origin: '«origin»', 'sec-fetch-site': 'same-origin' }, gzipSync('text=x')), { status: [403], common: 'forged' }),
  row('XML that reads a file', add('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///dev/null">]><x>&e;</x>', { 'content-type': 'application/xml' }), MEDIA),
  row('a YAML that makes an object', add('!!js/function "function(){hx(1)}"', { 'content-type': 'application/yaml' }), MEDIA),
  row('parts with a file’s name that leads up', add('--x\r\nContent-Disposition: form-data; name="f"; filename="../../server.ts"\r\n\r\nx\r\n--x--', { 'content-type': 'multipart/form-data; boundary=x' }), MEDIA),
  row('a body with a look', asked('municipal', 'GET', '/api/v1/cases/«others»', { 'content-type': 'application/json' }, '{"id":"«mine»"}'), ABSENT),
  row('an empty body', add(''), MALFORMED),
];
/** By which it would be noticed that all of the above is refused for another reason. */
const right: HostileRow = row('an ordinary note, as the others should have been', add(JSON.stringify({ ...NOTE, text: 'Helt almindeligt' })), DONE, 'event');

export const bodies: readonly HostileRow[] = [...bombs, ...twice, ...written, right, row('the API’s description with a body', get('municipal', '/api/v1/openapi.json', { 'content-type': 'application/json' }), PAGE)];
