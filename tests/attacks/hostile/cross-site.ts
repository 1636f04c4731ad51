import { ABSENT, asked, command, type DesignedAnswer, FORGED, FORM, form, get, type HostileRequest, type HostileRow, LED_ON, MEDIA, NOTE, PAGE, rawForm } from './row.js';

const row = (name: string, request: HostileRequest, answer: DesignedAnswer = FORGED): HostileRow => ({ theme: 'cross-site', name, request, answer });
const ACT = '/sager/«mine»/goer/journal.add';
const PROOF = '_csrf=«csrf:municipal»';
const NOTED = 'text=Ringede&kind=personal';

/** A form with everything right but where it says it comes from. */
const from = (what: string, headers: Readonly<Record<string, string | null>>): HostileRow => row(`a form from ${what}`, form('municipal', ACT, NOTE, headers));

const origins = ([
  ['another site', 'https://ond.example'], ['nowhere', 'null'], ['an empty origin', ' '], ['https instead', 'https://127.0.0.1:3000'], ['another port', 'http://127.0.0.1:3001'], ['no port', 'http://127.0.0.1'], ['a name that begins the same', 'http://127.0.0.1:3000.ond.example'],
  ['a name that ends the same', 'http://ond.example/127.0.0.1:3000'], ['our name with a stroke', 'http://127.0.0.1:3000/'], ['our name in capitals', 'HTTP://127.0.0.1:3000'], ['two places', 'http://127.0.0.1:3000, https://ond.example'], ['the other name of the machine', 'http://localhost:3000'],
  ['our name with a user', 'http://x@127.0.0.1:3000'], ['a file', 'file://'], ['an extension', 'chrome-extension://aaaa'],
] as const).map(([what, origin]) => from(what, { origin }));
const sites = ['cross-site', 'same-site', 'none', 'SAME-ORIGIN', 'same-origin, cross-site', 'x', ' '].map((site) => from(`the site “${site}”`, { 'sec-fetch-site': site }));

const everyForm = [
  ['/soeg', { q: 'Vilfred' }], ['/ny-henvendelse', { municipality: '0183', said: 'x' }], ['/ny-henvendelse/ligner', { name: 'Vilfred' }], ['/session', {}], ['/log-ud', {}], ['/sager/«mine»/navne', {}], ['/sager/«mine»/goer/circle.declareConflict', { reason: 'x' }],
] as const;
const forms = everyForm.flatMap(([url, fields]) => [
  row(`${url} from another site`, form('municipal', url, fields, { origin: 'https://ond.example', 'sec-fetch-site': 'cross-site' })),
  row(`${url} without a token`, rawForm('municipal', url, new URLSearchParams(fields).toString())),
]);

const proofs: readonly HostileRow[] = ([
  ['another’s', '_csrf=«csrf:police»'], ['none', 'x=1'], ['an empty one', '_csrf='], ['it twice', `${PROOF}&${PROOF}`], ['it as a list', '_csrf[]=«csrf:municipal»'], ['it as an object', '_csrf[x]=«csrf:municipal»'], ['the session’s own token', '_csrf=«token:municipal»'],
  ['it in capitals', '_CSRF=«csrf:municipal»'], ['its first half', '_csrf=abc'], ['a full stop', '_csrf=.'], ['it with somebody’s part', '_csrf=.«csrf:municipal»'], ['a tag', '_csrf=%3Cscript%3Ehx(1)%3C/script%3E'], ['SQL', "_csrf=' or 1=1 --"],
] as const).map(([what, proof]) => row(`a form that bears ${what}`, rawForm('municipal', ACT, `${proof}&${NOTED}`)));

const others: readonly HostileRow[] = [
  row('a form that bears its token in the address', rawForm('municipal', `${ACT}?${PROOF}`, NOTED)),
  row('a form that bears its token in a header', rawForm('municipal', ACT, NOTED, { 'x-csrf-token': '«csrf:municipal»', 'x-xsrf-token': '«csrf:municipal»' })),
  row('a form that bears its token in a cookie', rawForm('municipal', ACT, NOTED, { cookie: 'udvej=«token:municipal»; _csrf=«csrf:municipal»' })),
  row('a form as plain text', rawForm('municipal', ACT, `${PROOF}&${NOTED}`, { 'content-type': 'text/plain' })),
  row('a form as plain text from another site', rawForm('municipal', ACT, `${PROOF}&${NOTED}`, { 'content-type': 'text/plain', origin: 'https://ond.example', 'sec-fetch-site': 'cross-site' })),
  row('a form in parts', rawForm('municipal', ACT, `--x\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n«csrf:municipal»\r\n--x--`, { 'content-type': 'multipart/form-data; boundary=x' }), MEDIA),
  row('a form as JSON', rawForm('municipal', ACT, '{"_csrf":"«csrf:municipal»","text":"Ringede","kind":"personal"}', { 'content-type': 'application/json' }), MEDIA),
  row('a form without a type', rawForm('municipal', ACT, `${PROOF}&${NOTED}`, { 'content-type': null }), { status: [403, 415] }),
  row('a form of another type that begins the same', rawForm('municipal', ACT, `${PROOF}&${NOTED}`, { 'content-type': `${FORM}x` }), MEDIA),
  row('a form by a link', get('municipal', `${ACT}?${PROOF}&${NOTED}`), PAGE),
  row('a form by PUT', asked('municipal', 'PUT', ACT, { 'content-type': FORM, origin: '«origin»' }, `${PROOF}&${NOTED}`), ABSENT),
  row('a form with a method of its own', rawForm('municipal', '/session', '_method=DELETE', { 'x-http-method-override': 'DELETE' })),
  row('a look from another site’s frame', get('municipal', '/sager/«mine»', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' }), PAGE),
  row('a question beforehand from another site', asked(undefined, 'OPTIONS', '/api/v1/cases', { origin: 'https://ond.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' }), ABSENT),
  row('a command of the API from another site', command('municipal', '«mine»', 'journal.add', NOTE, { origin: 'https://ond.example', 'sec-fetch-site': 'cross-site' }), { status: [403] }),
  row('an inquiry by the API from another site', asked('municipal', 'POST', '/api/v1/cases', { 'content-type': 'application/json', origin: 'https://ond.example', 'sec-fetch-site': 'cross-site' }, '{"municipality":"0183","said":"Udefra"}'), { status: [403] }),
  row('a look by the API from another site, which gets no leave to read it', get('municipal', '/api/v1/cases', { origin: 'https://ond.example', 'sec-fetch-site': 'cross-site' }), PAGE),
  { ...row('a form from a browser that says nothing of itself, with the right token', form('municipal', ACT, NOTE, { origin: null, 'sec-fetch-site': null }), LED_ON), stores: 'event' },
  row('a form from a browser that says nothing of itself, without a token', rawForm('municipal', ACT, NOTED, { origin: null, 'sec-fetch-site': null })),
  row('a form that names where it comes from only as the page before', rawForm('municipal', ACT, NOTED, { origin: null, 'sec-fetch-site': null, referer: 'http://127.0.0.1:3000/sager' })),
];

export const crossSite: readonly HostileRow[] = [...origins, ...sites, ...forms, ...proofs, ...others];
