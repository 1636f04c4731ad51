import type { PersonName } from '../../support/people.js';
import { ABSENT, asked, command, commandUrl, type DesignedAnswer, FORM, form, get, type HostileRequest, type HostileRow, json, MEDIA, NOTE, PAGE, refused } from './row.js';

const row = (name: string, request: HostileRequest, answer: DesignedAnswer = ABSENT): HostileRow => ({ theme: 'ids', name, request, answer });

/** Who stands outside of what. */
const OUTSIDE: readonly (readonly [what: string, who: PersonName, of: string])[] = [
  ['a case of others', 'municipal', '«others»'], ['a case he has left', 'probation', '«left»'], ['a case he was shut out of', 'police', '«barred»'], ['a case nobody has', 'municipal', '«nobody»'],
  ['an inquiry of another unit', 'policeFyn', '«waiting»'], ['a case whose question he was shut out of', 'officialDfk', '«asked»'],
];
const PAGES = ['', '/visitation', '/samtykke', '/aftale', '/tiltag', '/opfoelgning', '/sikkerhed', '/dokumenter', '/kreds', '/journal', '/tidslinje', '/goer/journal.add', '/dokumenter/samtykke'];

const addresses: readonly HostileRow[] = OUTSIDE.flatMap(([what, who, of]) => [
  row(`${what}: the overview`, get(who, `/sager/${of}`)),
  row(`${what}: over the API`, get(who, `/api/v1/cases/${of}`)),
  row(`${what}: what can be done there`, get(who, `/api/v1/cases/${of}/actions`)),
  row(`${what}: a note by the API`, command(who, of, 'journal.add', NOTE)),
  row(`${what}: a note by a form`, form(who, `/sager/${of}/goer/journal.add`, NOTE)),
  row(`${what}: its names`, form(who, `/sager/${of}/navne`, {})),
]);
const everyPage = PAGES.slice(1).map((page) => row(`a case he has left: ${page}`, get('probation', `/sager/«left»${page}`)));
const everyVerb = (['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND'] as const).map((method) =>
  row(`a case of others by ${method}`, asked('municipal', method, '/api/v1/cases/«others»', { 'content-type': null }), { status: [404, 400], likeUnknown: '«others»' }));
const everyType = ['text/plain', 'multipart/form-data; boundary=x', 'application/xml', FORM, 'application/octet-stream', 'application/json-patch+json'].map((type) =>
  row(`a command in a case of others, as ${type}`, json('municipal', commandUrl('«others»', 'journal.add'), 'text=x', { 'content-type': type }), { ...MEDIA, likeUnknown: '«others»' }));

/** One’s own case written as PostgreSQL, a link or a person might write it: the address knows one way only. */
const written = [
  ['in capitals', '«mine:upper»'], ['without hyphens', '«mine:plain»'], ['in braces', '%7B«mine»%7D'], ['as a URN', 'urn:uuid:«mine»'], ['twice', '«mine»,«mine»'], ['in quotes', '%22«mine»%22'], ['with a star', '«mine»*'],
  ['with a wildcard for all', '%25'], ['as a number', '1'], ['as minus one', '-1'], ['as a case number', 'UV-7K3M-9QX'], ['as nothing', '%20'], ['as null', 'null'], ['as part of every object', '__proto__'],
].flatMap(([how = '', id = '']) => [row(`his own case ${how}`, get('municipal', `/sager/${id}`)), row(`his own case ${how}, over the API`, get('municipal', `/api/v1/cases/${id}`))]);

const odd: readonly HostileRow[] = [
  row('a question of others, to who is no contact point', get('policeFyn', '/spoergsmaal/«question»')),
  row('a question he was shut out of', get('officialDfk', '/spoergsmaal/«question»'), { ...ABSENT, likeUnknown: '«question»' }),
  row('a question he was shut out of, taken', form('officialDfk', '/spoergsmaal/«question»', {}), { ...ABSENT, likeUnknown: '«question»' }),
  row('a case’s id for a question’s', get('officialKl', '/spoergsmaal/«asked»')),
  row('a question’s id for a case’s', get('officialKl', '/sager/«question»'), { ...ABSENT, likeUnknown: '«question»' }),
  row('the case of a question nobody has taken', get('officialKl', '/api/v1/cases/«asked»')),
  row('a question taken by way of another case', command('officialKl', '«mine»', 'contactPoint.takeQuestion', { question: '«question»' }), { ...ABSENT, likeUnknown: '«mine»' }),
  row('another’s inbox', get('policeFyn', '/indbakke/«waiting»')),
  row('another’s inbox, taken', form('policeFyn', '/indbakke/«waiting»', { police: '«user:policeFyn»', municipal: '«user:odense»', probation: '«user:probation2»' })),
  row('another’s inbox, sent on', form('policeFyn', '/indbakke/«waiting»/videre', { unit: 'fyn', reason: 'x' })),
  row('an inquiry he registered himself', get('municipal', '/indbakke/«waiting»')),
  row('an id as the sender’s own, in the body', command('municipal', '«others»', 'journal.add', { ...NOTE, caseId: '«mine»', case_id: '«mine»', id: '«mine»' })),
  row('another id in a header', get('municipal', '/api/v1/cases/«others»', { 'x-case-id': '«mine»', 'x-original-url': '/api/v1/cases/«mine»' })),
  row('another id in the query', get('municipal', '/api/v1/cases/«others»?id=«mine»')),
  row('an unknown command in a case of others', command('municipal', '«others»', 'findes.ikke', {})),
  row('a command for staff in a case of others', command('municipal', '«others»', 'inquiry.register', {})),
  row('a document of others by way of one’s own', get('municipal', '/sager/«mine»/dokumenter/..%2f..%2f«others»%2fdokumenter'), ABSENT),
  row('a document that is none', get('municipal', '/sager/«mine»/dokumenter/«others»'), { ...ABSENT, likeUnknown: '«others»' }),
  row('another note in a case he has left, under the key of his last', command('probation', '«left»', 'journal.add', { text: 'Efter at jeg gik', kind: 'personal' }, { 'idempotency-key': 'used-before' })),
  row('his last note in a case he has left, once more under its key', command('probation', '«left»', 'journal.add', { text: 'Mens jeg var med', kind: 'personal' }, { 'idempotency-key': 'used-before' })),
  row('his last note in a case he has left, sent by another under its key', command('policeFyn', '«left»', 'journal.add', { text: 'Mens jeg var med', kind: 'personal' }, { 'idempotency-key': 'used-before' })),
  row('the log of who looked', get('auditor', '/sager/«mine»/kreds')),
  row('the whole case, to the administrator', get('admin', '/api/v1/cases/«mine»')),
  row('the national questions, to a municipality', get('municipal', '/api/v1/questions')),
  row('the national notices, to the police', get('police', '/api/v1/notifications')),
  row('the inbox of notices, to a municipality', get('municipal', '/underretninger')),
  row('the notices acknowledged by the police', json('police', '/api/v1/notifications/acknowledge', { ids: ['«asked»'] })),
  row('the notices of a case acknowledged by the official it shuts out', command('officialDfk', '«asked»', 'notification.acknowledge', {}), { ...ABSENT, likeUnknown: '«asked»' }),
  row('a case’s id for a notice’s', json('officialKl', '/api/v1/notifications/acknowledge', { ids: ['«asked»'] }), { ...refused('/ids'), likeUnknown: '«asked»' }),
  row('a case’s id for a notice’s, by the form', form('officialKl', '/underretninger', { id: '«asked»' }), { ...refused(), likeUnknown: '«asked»' }),
  row('what was sent of a case of others', get('municipal', '/api/v1/cases/«others»/notifications'), { ...ABSENT, likeUnknown: '«others»' }),
  row('the figures, to a municipality', get('municipal', '/tal/tider')),
];

const MEASURE_COMMANDS = ['measure.request', 'measure.start', 'measure.complete', 'measure.setOwner', 'measure.chooseLater'];
const filler = { on: '2026-11-02', startOn: '2026-11-09', owner: '«user:jobcentre»' };
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  'measure.request': ['on'], 'measure.start': ['on'], 'measure.complete': ['on'], 'measure.setOwner': ['owner'], 'measure.chooseLater': ['startOn'],
};
const like = (id: string, answer: DesignedAnswer): DesignedAnswer => ({ ...answer, likeUnknown: id });

/** Ids of others in the fields of commands: to be told from nobody’s by nothing. */
const inFields: readonly HostileRow[] = [
  ...MEASURE_COMMANDS.map((name) => row(`${name} of a measure that is another’s id`, command('municipal', '«mine»', name, { measure: '«othersEntry»', ...Object.fromEntries((fieldsOf[name] ?? []).map((field) => [field, filler[field as keyof typeof filler]])) }), like('«othersEntry»', refused()))),
  row('correcting an entry of others', command('municipal', '«mine»', 'journal.correct', { entry: '«othersEntry»', ...NOTE }), like('«othersEntry»', refused())),
  row('correcting an entry of others by a form', form('municipal', '/sager/«mine»/goer/journal.correct', { entry: '«othersEntry»', ...NOTE }), like('«othersEntry»', refused())),
  row('the form that corrects an entry of others', get('municipal', '/sager/«mine»/goer/journal.correct?entry=«othersEntry»'), like('«othersEntry»', PAGE)),
  row('the form that decides a measure of others', get('municipal', '/sager/«mine»/goer/measure.decide?measure=«others»'), like('«others»', { status: [200, 404] })),
  row('adding a person who was shut out', command('municipal', '«barred»', 'circle.add', { user: '«user:police2»', role: 'police', reason: 'x' }), like('«user:police2»', refused())),
  row('adding a person who was shut out, by a form', form('municipal', '/sager/«barred»/goer/circle.add', { user: '«user:police2»', role: 'police', reason: 'x' }), like('«user:police2»', refused())),
  row('adding a case as a person', command('municipal', '«mine»', 'circle.add', { user: '«others»', role: 'contact', reason: 'x' }), like('«others»', refused())),
  row('adding an auditor', command('municipal', '«mine»', 'circle.add', { user: '«user:auditor»', role: 'police', reason: 'x' }), refused()),
  row('adding a person as an operator of a query', command('municipal', '«mine»', 'circle.add', { user: { $ne: null }, role: 'contact', reason: 'x' }), refused('/user')),
  row('adding a list of persons', command('municipal', '«mine»', 'circle.add', { user: ['«user:odense»'], role: 'contact', reason: 'x' }), refused('/user')),
  row('removing somebody who is not there', command('municipal', '«mine»', 'circle.remove', { user: '«user:odense»', reason: 'x' }), like('«user:odense»', refused())),
  row('a contact person from another circle', command('municipal', '«mine»', 'contactPerson.appoint', { user: '«user:odense»', reason: 'x' }), like('«user:odense»', refused())),
  row('a hearing of others', command('municipal', '«mine»', 'hearing.answer', { hearing: '«othersEntry»', answer: 'x' }), like('«othersEntry»', refused())),
  row('a breach of others', command('municipal', '«mine»', 'breach.hear', { breach: '«othersEntry»', account: 'x' }), like('«othersEntry»', refused())),
  row('a precaution of others', command('municipal', '«mine»', 'security.confirmPrecaution', { precaution: '«othersEntry»' }), like('«othersEntry»', refused())),
  row('taking a seat for somebody of another district', command('police', '«waiting»', 'inquiry.take', { police: '«user:policeFyn»', municipal: '«user:odense»', probation: '«user:probation2»' }), refused()),
  row('taking with nobody in a seat', command('police', '«waiting»', 'inquiry.take', { police: '«nobody»', municipal: '«user:municipal»', probation: '«user:probation»' }), refused()),
];

export const ids: readonly HostileRow[] = [...addresses, ...everyPage, ...everyVerb, ...everyType, ...written, ...odd, ...inFields];
