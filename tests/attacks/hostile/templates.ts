import { ABSENT, command, commandUrl, DONE, type DesignedAnswer, form, get, type HostileRequest, type HostileRow, json, LED_ON, MALFORMED, NOTE, PAGE, rawForm, refused } from './row.js';

const row = (name: string, request: HostileRequest, answer: DesignedAnswer, stores?: HostileRow['stores']): HostileRow => ({ theme: 'templates', name, request, answer, ...(stores === undefined ? {} : { stores }) });
const PROOF = '_csrf=«csrf:municipal»';
const ACT = '/sager/«mine»/goer/journal.add';
const add = (body: string): HostileRequest => json('municipal', commandUrl('«mine»', 'journal.add'), body);

/** What some engine of templates, somewhere, would reckon out: forty-nine. */
const RECKON = ['hx{{7*7}}hx', 'hx${7*7}hx', 'hx#{7*7}hx', 'hx<%= 7*7 %>hx', 'hx{{constructor.constructor("return 7*7")()}}hx', 'hx[[${7*7}]]hx', 'hx{% print(7*7) %}hx', 'hx@(7*7)hx', 'hx`${7*7}`hx', 'hx%{7*7}hx', '${jndi:ldap://ond.example/hx}', '=cmd|hx!A1'];
const reckoned = RECKON.flatMap((text, n) => [
  row(`a note to be reckoned: ${text}`, command('municipal', '«forms»', 'journal.add', { text, kind: 'personal' }), DONE, 'event'),
  row(`a search to be reckoned: ${text}`, form('municipal', '/soeg', { q: text }), PAGE),
  row(`an address to be reckoned: ${text}`, get('municipal', `/sager/«mine»/goer/journal.add?text=${encodeURIComponent(text)}&n=${n}`), PAGE),
]);

const objects: readonly HostileRow[] = [
  row('a prototype in JSON', add('{"text":"x","kind":"personal","__proto__":{"own":true}}'), MALFORMED),
  row('a prototype in JSON, written with escapes', add('{"text":"x","kind":"personal","\\u005f\\u005fproto\\u005f\\u005f":{"own":true}}'), MALFORMED),
  row('a prototype deep in JSON', add('{"text":"x","kind":"personal","more":{"a":[{"__proto__":{"own":true}}]}}'), MALFORMED),
  row('a maker’s prototype in JSON', add('{"text":"x","kind":"personal","constructor":{"prototype":{"own":true}}}'), MALFORMED),
  row('a maker in JSON', add('{"text":"x","kind":"personal","constructor":"x"}'), { status: [400, 422] }),
  row('a way of being written in JSON', add('{"text":{"toString":"x","toJSON":"x"},"kind":"personal"}'), refused('/text')),
  row('a way of being waited for in JSON', add('{"text":"x","kind":"personal","then":"x"}'), refused('/then')),
  row('a length in place of a list', command('municipal', '«mine»', 'assessment.askAdvice', { topic: 'motivation', question: 'x', entries: { length: 1e9 } }), refused('/entries')),
  row('an operator of another database', add('{"text":{"$gt":""},"kind":{"$ne":null}}'), refused('/text')),
  row('a kind that every object has', add('{"text":"x","kind":"constructor"}'), refused('/kind')),
  row('a kind that is the prototype', add('{"text":"x","kind":"__proto__"}'), refused('/kind')),
  row('a command that every object has', json('municipal', commandUrl('«mine»', 'toString'), {}), refused()),
  row('a command that is the prototype', json('municipal', commandUrl('«mine»', '__proto__'), {}), refused()),
  row('a form of a command that every object has', get('municipal', '/sager/«mine»/goer/hasOwnProperty'), ABSENT),
  row('a document that every object has', get('municipal', '/sager/«mine»/dokumenter/constructor'), ABSENT),
];
const fields: readonly HostileRow[] = [
  row('a prototype among a form’s fields', rawForm('municipal', ACT, `${PROOF}&text=Et&kind=personal&__proto__[own]=true&__proto__.own=true`), LED_ON, 'event'),
  row('a prototype as a form’s field', rawForm('municipal', ACT, `${PROOF}&text=To&kind=personal&__proto__=x&constructor=y&toString=z&hasOwnProperty=w`), LED_ON, 'event'),
  row('the text in a form as every object’s', rawForm('municipal', ACT, `${PROOF}&text.constructor=x&kind=personal`), refused()),
  row('the text in a form as a list and an object', rawForm('municipal', ACT, `${PROOF}&text[]=x&text[a]=y&kind=personal`), refused()),
  row('what was settled as the prototype', get('municipal', `${ACT}?__proto__=«nobody»&constructor=«nobody»`), PAGE),
  row('what was settled as a field of words', get('municipal', `${ACT}?text=«nobody»&kind=«nobody»`), PAGE),
  row('a form drawn with the prototype settled', form('municipal', `${ACT}?__proto__=«nobody»&toString=«nobody»`, { text: '' }), refused()),
  row('a list of the prototype in the query', get('municipal', '/sager?__proto__[side]=2&side[__proto__]=2&constructor=1'), PAGE),
  row('a thousand fields of one name', rawForm('municipal', ACT, `${PROOF}&${'kind=personal&'.repeat(1_000)}text=`), refused()),
  { ...row('what is left of all that: an ordinary note is as it was', command('municipal', '«mine»', 'journal.add', { ...NOTE, text: 'Efter prototyperne' }), DONE), stores: 'event' },
];

export const templates: readonly HostileRow[] = [...reckoned, ...objects, ...fields];
