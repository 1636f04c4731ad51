import { commandSchema } from '../../../src/app/command-schema.js';
import { caseCommands } from '../../../src/domain/exit-case/case.js';
import { command, DONE, type DesignedAnswer, form, get, type HostileRequest, type HostileRow, json, LED_ON, PAGE, rawForm, refused } from './row.js';

const row = (name: string, request: HostileRequest, answer: DesignedAnswer, stores?: HostileRow['stores']): HostileRow => ({ theme: 'html', name, request, answer, ...(stores === undefined ? {} : { stores }) });

/** Out of an attribute, out of a text, out of a field, out of a title; and by itself. */
export const TAG = `"'></textarea></title><script>hx(1)</script><img src=x onerror=hx(2)>`;
const TAGS = ['<svg/onload=hx(1)>', '<iframe srcdoc="hx">', '<a href="javascript:hx(1)">x</a>', '<math><x hx>', '<style>@import "hx"</style>', '</script><script>hx(1)</script>', '<object data=hx>', '<body onload=hx()>', '<input autofocus onfocus=hx()>', '&lt;script&gt;hx(1)&lt;/script&gt;', '<!--<script>hx-->', '<\u0161cript>hx</\u0161cript>'];

interface Property {
  readonly type?: string;
  readonly widget?: string;
}
const wordsOf = (name: string): readonly string[] =>
  Object.entries((commandSchema(name)?.['properties'] ?? {}) as Readonly<Record<string, Property>>).filter(([, { type, widget }]) => type === 'string' && ['text', 'textarea', 'hidden'].includes(widget ?? '')).map(([field]) => field);

/** Those that ask for words alone, or for nothing: carried out, and shown again on the case’s pages. */
const CARRIED_OUT: ReadonlySet<string> = new Set(['assessment.begin', 'circle.declareConflict', 'consent.refuse', 'hearing.send', 'security.raiseAcute']);
/** They end the part of him who sends them, and come last. */
const LAST: ReadonlySet<string> = new Set(['circle.declareConflict']);
const lastly = [...caseCommands].sort((a, b) => Number(LAST.has(a.name)) - Number(LAST.has(b.name)));

const everyForm: readonly HostileRow[] = lastly.filter(({ admission }) => admission === 'circle').map(({ name }) => {
  const request = form('municipal', `/sager/«forms»/goer/${name}`, Object.fromEntries(wordsOf(name).map((field) => [field, TAG])));
  // A form that is not for him is not there; his own comes back with what he typed.
  if (!CARRIED_OUT.has(name)) return row(`${name} with a tag in every field of words`, request, { status: [404, 422] });
  return row(`${name} with a tag in every field of words`, request, LAST.has(name) ? { status: [303], to: /^\/$/ } : LED_ON, 'event');
});

const shown: readonly HostileRow[] = [
  row('a search for a tag', form('municipal', '/soeg', { q: TAG }), PAGE),
  row('an inquiry with a tag in every field', form('municipal', '/ny-henvendelse', Object.fromEntries(['name', 'safeContact', 'cpr', 'alias', 'phone', 'municipality', 'place', 'said', 'channel', 'receivedAt', 'receivedAt-dato', 'receivedAt-tid', 'urgent', '_key'].map((field) => [field, TAG]))), refused()),
  row('a look for somebody alike with a tag in every field', form('municipal', '/ny-henvendelse/ligner', Object.fromEntries(['name', 'cpr', 'alias', 'phone', 'municipality', 'said', '_key'].map((field) => [field, TAG]))), PAGE),
  row('the figures of a day that is a tag', get('officialKl', `/tal?fra=${encodeURIComponent(TAG)}&til=${encodeURIComponent(TAG)}`), refused()),
  row('a form settled by a tag', get('municipal', `/sager/«mine»/goer/journal.add?text=${encodeURIComponent(TAG)}&entry=${encodeURIComponent(TAG)}`), PAGE),
  row('a form settled by a name that is a tag', get('municipal', `/sager/«mine»/goer/journal.add?${encodeURIComponent(TAG)}=«nobody»`), PAGE),
  row('a form with a name that is a tag', rawForm('municipal', '/sager/«mine»/goer/journal.add', `_csrf=«csrf:municipal»&${encodeURIComponent(TAG)}=x&text=`), refused()),
  row('a form drawn again whose state is a tag', form('municipal', '/sager/«mine»/goer/journal.add', { text: '', _seen: TAG, _key: TAG }), refused()),
  row('a form of nobody that comes back, with a tag as name and value', rawForm(undefined, '/sager/«mine»/goer/journal.add', `_csrf=x&${encodeURIComponent(TAG)}=${encodeURIComponent(TAG)}`), { status: [401] }),
  row('a form of nobody that comes back to an address with a tag', rawForm(undefined, `/sager/«mine»/goer/journal.add?x=${encodeURIComponent(TAG)}`, `_csrf=x&text=${encodeURIComponent(TAG)}`), { status: [401] }),
  row('an inquiry of nobody that comes back', rawForm(undefined, '/ny-henvendelse', `said=${encodeURIComponent(TAG)}`), { status: [401] }),
  row('a refusal over the API, with a tag as the field’s name', command('municipal', '«mine»', 'journal.add', { text: 'x', kind: 'personal', [TAG]: TAG }), { status: [422] }),
  row('a command that is a tag', get('municipal', `/sager/«mine»/goer/${encodeURIComponent('<script>hx(1)</script>')}`), { status: [404] }),
  row('a command of the API that is a tag', json('municipal', `/api/v1/cases/«mine»/commands/${encodeURIComponent('<script>hx(1)</script>')}`, {}), refused()),
  row('an address that is a tag', get('municipal', `/${encodeURIComponent(TAG)}`), { status: [404], common: 'absent' }),
  row('the way back from the login as a tag', get(undefined, `/login/retur?error=${encodeURIComponent(TAG)}&error_description=${encodeURIComponent(TAG)}`), { status: [400] }),
];
const notes = TAGS.map((text) => row(`a note that says ${text}`, command('municipal', '«mine»', 'journal.add', { text, kind: 'personal' }), DONE, 'event'));

export const html: readonly HostileRow[] = [...shown, ...notes, ...everyForm];
