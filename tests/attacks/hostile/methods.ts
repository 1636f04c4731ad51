import { ABSENT, asked, command, type DesignedAnswer, DONE, FORM, form, get, type HostileRequest, type HostileRow, json, LED_ON, NOTE, PAGE, rawForm, refused, TO_LOGIN } from './row.js';

const row = (name: string, request: HostileRequest, answer: DesignedAnswer, theme: HostileRow['theme'] = 'methods', stores?: HostileRow['stores']): HostileRow => ({ theme, name, request, answer, ...(stores === undefined ? {} : { stores }) });
const COMMAND = '/api/v1/cases/«mine»/commands/journal.add';
const body = JSON.stringify(NOTE);

const confused: readonly HostileRow[] = [
  ...(['PUT', 'PATCH', 'DELETE'] as const).map((method) => row(`a command by ${method}`, asked('municipal', method, COMMAND, { 'content-type': 'application/json' }, body), ABSENT)),
  ...(['OPTIONS', 'TRACE', 'PROPFIND', 'MKCOL', 'LOCK', 'SEARCH', 'LINK', 'PURGE', 'REPORT', 'M-SEARCH'] as const).map((method) => row(`a command by ${method}`, asked('municipal', method, COMMAND), { status: [404, 400] })),
  row('a command by a look', get('municipal', `${COMMAND}?text=Ringede&kind=personal`), ABSENT),
  row('a command by a look at the head', asked('municipal', 'HEAD', COMMAND), { status: [404] }),
  row('the head of a case of others', asked('municipal', 'HEAD', '/sager/«others»'), { status: [404], likeUnknown: '«others»' }),
  row('the head of one’s own case', asked('municipal', 'HEAD', '/sager/«mine»'), PAGE),
  row('the list of cases by DELETE', asked('municipal', 'DELETE', '/api/v1/cases'), ABSENT),
  row('a case by DELETE', asked('municipal', 'DELETE', '/api/v1/cases/«mine»'), ABSENT),
  row('a case by PUT', asked('municipal', 'PUT', '/api/v1/cases/«mine»', { 'content-type': 'application/json' }, '{"phase":"closed"}'), ABSENT),
  row('a case by PATCH', asked('municipal', 'PATCH', '/api/v1/cases/«mine»', { 'content-type': 'application/json' }, '[{"op":"replace","path":"/phase","value":"closed"}]'), ABSENT),
  row('a case by POST', json('municipal', '/api/v1/cases/«mine»', { phase: 'closed' }), ABSENT),
  row('the actions by POST', json('municipal', '/api/v1/cases/«mine»/actions', { name: 'journal.add' }), ABSENT),
  row('the tasks by POST', json('municipal', '/api/v1/tasks', {}), ABSENT),
  row('the questions by DELETE', asked('officialKl', 'DELETE', '/api/v1/questions'), ABSENT),
  row('a form’s address over the API', json('municipal', '/api/v1/sager/«mine»/goer/journal.add', NOTE), ABSENT),
  row('the API’s body at a form’s address', asked('municipal', 'POST', '/sager/«mine»/goer/journal.add', { 'content-type': 'application/json', origin: '«origin»' }, JSON.stringify({ ...NOTE, _csrf: '«csrf:municipal»' })), { status: [415], common: 'media' }),
  row('a form’s body at the API’s address', asked('municipal', 'POST', COMMAND, { 'content-type': FORM }, 'text=Ringede&kind=personal'), { status: [415], common: 'media' }),
  row('names by a look', get('municipal', '/sager/«mine»/navne'), ABSENT),
  row('still here, by a look', get('municipal', '/session'), ABSENT),
  row('still here, by nobody', rawForm(undefined, '/session', ''), TO_LOGIN),
  row('a search by the address', get('municipal', '/soeg?q=Vilfred'), PAGE),
  row('a page that is for reading, by POST', form('municipal', '/sager/«mine»/journal', NOTE), ABSENT),
  row('health by POST', asked(undefined, 'POST', '/healthz', { 'content-type': 'application/json' }, '{}'), ABSENT),
];

const note = (more: Readonly<Record<string, unknown>>, at: string): HostileRow =>
  row(`a note that also says ${at.slice(1)}`, command('municipal', '«mine»', 'journal.add', { ...NOTE, ...more }), refused(at), 'mass assignment');
const assigned: readonly HostileRow[] = [
  note({ actor: '«user:police»' }, '/actor'), note({ at: '2020-01-01T00:00:00.000Z' }, '/at'), note({ recordedAt: '2020-01-01T00:00:00.000Z' }, '/recordedAt'), note({ version: 1 }, '/version'), note({ scope: { kind: 'police' } }, '/scope'), note({ scopes: ['core'] }, '/scopes'), note({ unit: 'fyn' }, '/unit'),
  note({ caseId: '«others»' }, '/caseId'), note({ id: '«nobody»' }, '/id'), note({ entry: '«othersEntry»' }, '/entry'), note({ type: 'CaseClosed' }, '/type'), note({ authority: 'police:fyn' }, '/authority'), note({ functions: ['contact_point'] }, '/functions'), note({ admin: true }, '/admin'),
  ...([
    ['number', { number: 'UV-7K3M-9QX' }], ['label', { label: 'Falken' }], ['phase', { phase: 'course' }], ['unit', { unit: 'fyn' }], ['actor', { actor: '«user:police»' }], ['caseId', { caseId: '«others»' }], ['id', { id: '«others»' }], ['members', { members: ['«user:odense»'] }], ['police', { police: '«user:policeFyn»' }],
  ] as const).map(([field, more]) => row(`an inquiry that also says its ${field}`, json('municipal', '/api/v1/cases', { municipality: '0183', said: 'x', ...more }), refused(`/${field}`), 'mass assignment')),
  row('a consent that also says who gave it', command('municipal', '«mine»', 'consent.refuse', { reason: 'x', actor: '«user:police»', on: '2020-01-01' }), refused('/actor'), 'mass assignment'),
  row('a member that also says from when', command('municipal', '«mine»', 'circle.add', { user: '«user:odense»', role: 'contact', reason: 'x', validFrom: '2020-01-01', authority: 'police:fyn' }), refused('/authority'), 'mass assignment'),
  row('a member as owner of everything', command('municipal', '«mine»', 'circle.add', { user: '«user:odense»', role: 'owner', reason: 'x' }), refused('/role'), 'mass assignment'),
  row('an assessment for another authority', command('municipal', '«mine»', 'assessment.submit', { seat: 'police', motivation: 'motivated', overall: 'accept' }), refused('/seat'), 'mass assignment'),
  row('a part of a group that is not there', command('municipal', '«mine»', 'consent.give', { kinds: ['personal'], authorities: [], language: 'da', textVersion: '2018-1', evidence: { signedOn: '2026-11-02', keptAt: 'x', verified: true } }), refused('/evidence/verified'), 'mass assignment'),
  row('a note by a form that also says everything', form('municipal', '/sager/«mine»/goer/journal.add', { ...NOTE, actor: '«user:police»', version: '1', scope: 'police', unit: 'fyn', caseId: '«others»', case_id: '«others»', at: '2020-01-01', functions: 'contact_point', admin: 'true' }), LED_ON, 'mass assignment', 'event'),
  row('an inquiry by a form that also says everything', form('municipal', '/ny-henvendelse', { municipality: '0183', said: 'Alt muligt', channel: 'phone', place: 'freedom', urgent: 'false', number: 'UV-7K3M-9QX', unit: 'fyn', actor: '«user:police»', phase: 'course', id: '«others»' }), PAGE, 'mass assignment', 'case'),
  row('a rank above one’s own, over the API', json('municipal', '/api/v1/cases?functions=contact_point&authority=rigspolitiet', { municipality: '0183', said: 'x', functions: ['contact_point'] }), refused('/functions'), 'mass assignment'),
  row('an ordinary note, by which the others would be noticed', command('municipal', '«mine»', 'journal.add', { ...NOTE, text: 'Uden mere' }), DONE, 'mass assignment', 'event'),
];

export const methods: readonly HostileRow[] = [...confused, ...assigned];
