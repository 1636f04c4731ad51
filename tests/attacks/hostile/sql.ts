import { commandSchema } from '../../../src/app/command-schema.js';
import { caseCommands } from '../../../src/domain/exit-case/case.js';
import { command, DONE, type DesignedAnswer, form, get, type HostileRequest, type HostileRow, json, PAGE, refused } from './row.js';

const row = (name: string, request: HostileRequest, answer: DesignedAnswer, stores?: HostileRow['stores']): HostileRow => ({ theme: 'sql', name, request, answer, ...(stores === undefined ? {} : { stores }) });

/** What ends a text and goes on by itself, where texts and statements are put together. */
export const SQL = `x'); drop table app.case_event; select pg_sleep(9) --`;
const OTHERS = [`' or '1'='1`, `"; select 1 --`, `\\'; select 1 --`, `1; vacuum`, `' union select null, null --`, `$1`, `$$; select 1; $$`, `%' escape '`, `'||(select 1)||'`, `0x27`, `＇ or 1=1`, `admin'/*`, `'::uuid`, `E'\\x27'`];

interface Part {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly items?: Part;
  readonly anyOf?: readonly Part[];
  readonly oneOf?: readonly Part[];
}

/** An input in which every text, of whatever kind and however deep, is the same. */
export function everyTextOf(part: Part, text: string): unknown {
  const either = part.anyOf?.[0] ?? part.oneOf?.[0];
  if (either) return everyTextOf(either, text);
  if (part.type === 'object') return Object.fromEntries(Object.entries(part.properties ?? {}).map(([name, one]) => [name, everyTextOf(one, text)]));
  if (part.type === 'array') return [everyTextOf(part.items ?? { type: 'string' }, text)];
  return part.type === 'boolean' ? true : text;
}

/** They ask for nothing but words of one’s own, or for nothing at all that the case has already: carried out, with the words as they are. */
const ONLY_WORDS: ReadonlySet<string> = new Set(['consent.refuse', 'security.raiseAcute']);
/** They are for somebody who is let in by something else than the circle. */
const BY_ANOTHER_WAY: ReadonlySet<string> = new Set(caseCommands.filter((one) => one.admission !== 'circle').map((one) => one.name));

const everyCommand: readonly HostileRow[] = caseCommands.filter(({ admission }) => admission !== 'staff').map(({ name }) => {
  const input = everyTextOf(commandSchema(name) ?? {}, SQL);
  const request = command('municipal', '«commands»', name, input);
  if (ONLY_WORDS.has(name)) return row(`${name} with a statement in every text`, request, DONE, 'event');
  return row(`${name} with a statement in every text`, request, BY_ANOTHER_WAY.has(name) ? { status: [404, 422] } : refused());
});

const queries: readonly HostileRow[] = [
  ...['vis', 'side'].map((name) => row(`one’s own cases by ${name}`, get('municipal', `/sager?${name}=${encodeURIComponent(SQL)}`), PAGE)),
  ...['fra', 'til'].map((name) => row(`the figures by ${name}`, get('officialKl', `/tal?${name}=${encodeURIComponent(SQL)}`), refused())),
  ...['enhed', 'kommune', 'fase', 'sted', 'forsent', 'sorter'].flatMap((name) => [
    row(`the overview by ${name}`, get('officialKl', `/overblik?${name}=${encodeURIComponent(SQL)}`), refused()), row(`names of the overview by ${name}`, form('officialKl', '/overblik', { [name]: SQL }), refused()),
  ]),
  row('the overview by its page', get('officialKl', `/overblik?side=${encodeURIComponent(SQL)}`), PAGE),
  ...['unit', 'municipality', 'phase', 'place', 'late', 'sort'].map((name) => row(`the API’s overview by ${name}`, get('officialKl', `/api/v1/overview?${name}=${encodeURIComponent(SQL)}`), refused(`/${name}`))),
  row('the API’s cases by whether they are closed', get('municipal', `/api/v1/cases?closed=${encodeURIComponent(SQL)}`), PAGE),
  row('the API’s cases in an order of one’s own', get('municipal', `/api/v1/cases?order=${encodeURIComponent(SQL)}&limit=1%3Bselect&offset=${encodeURIComponent("' or 1=1")}`), PAGE),
  ...['from', 'asOf', 'drawn'].map((name) => row(`the API’s figures by ${name}`, get('officialKl', `/api/v1/statistics?asOf=2019-01-14&from=2018-01-01&drawn=2019-01-14`.replace(new RegExp(`${name}=[^&]*`), `${name}=${encodeURIComponent(SQL)}`)), refused())),
  ...['entry', 'measure', 'party', 'question', 'kind'].map((name) => row(`a form settled by ${name}`, get('municipal', `/sager/«mine»/goer/journal.add?${name}=${encodeURIComponent(SQL)}`), PAGE)),
  ...['til', 'hos', 'igen'].map((name) => row(`the login by ${name}`, get(undefined, `/login?${name}=${encodeURIComponent(SQL)}`), { status: [302], to: /^https:\/\/id\.example\/auth\?/ })),
  ...['code', 'state', 'iss', 'error', 'error_description'].map((name) => row(`the login’s way back by ${name}`, get(undefined, `/login/retur?${name}=${encodeURIComponent(SQL)}`), { status: [400] })),
  ...['id', 'command', 'sort', 'filter', 'where', 'q'].map((name) => row(`a case by ${name}`, get('municipal', `/sager/«mine»?${name}=${encodeURIComponent(SQL)}`), PAGE)),
];
const searches: readonly HostileRow[] = [SQL, ...OTHERS, '%', '_', '%%%', '\\', '*'].map((q) => row(`a search for ${q}`, form('municipal', '/soeg', { q }), PAGE));
const looksAlike: readonly HostileRow[] = ['name', 'cpr', 'alias', 'phone', 'municipality'].map((field) => row(`a look for somebody alike by ${field}`, form('municipal', '/ny-henvendelse/ligner', { [field]: SQL }), PAGE));

const inquiries: readonly HostileRow[] = [
  row('an inquiry in a municipality that is a statement', json('municipal', '/api/v1/cases', { municipality: SQL, said: 'x' }), refused('/municipality')),
  row('an inquiry with a CPR number that is a statement', json('municipal', '/api/v1/cases', { municipality: '0183', said: 'x', cpr: "010101-1234' or '1'='1" }), refused('/cpr')),
  row('an inquiry of a moment that is a statement', json('municipal', '/api/v1/cases', { municipality: '0183', said: 'x', receivedAt: SQL }), refused('/receivedAt')),
  row('an inquiry whose words are a statement', json('municipal', '/api/v1/cases', { municipality: '0183', said: SQL, name: SQL, alias: SQL, safeContact: SQL }), { status: [201] }, 'case'),
  row('an inquiry by a form whose words are a statement', form('municipal', '/ny-henvendelse', { municipality: '0183', said: SQL, name: SQL, alias: SQL, safeContact: SQL, channel: 'phone', place: 'freedom', urgent: 'false' }), PAGE, 'case'),
];
const notes: readonly HostileRow[] = OTHERS.map((text) => row(`a note that says ${text}`, command('municipal', '«forms»', 'journal.add', { text, kind: 'personal' }), DONE, 'event'));

export const sql: readonly HostileRow[] = [...everyCommand, ...queries, ...searches, ...looksAlike, ...inquiries, ...notes];
