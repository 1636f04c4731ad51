import { people, type PersonName } from '../../support/people.js';
import { get, json, rawForm, form, type Common, type HostileRequest, type HostileRow } from './row.js';
import { type Answered, sent } from './sending.js';
import type { World } from './world.js';

/** What stands in the tables that a request could store in. */
export interface Stored {
  readonly events: Readonly<Record<string, number>>;
  readonly cases: number;
  readonly commands: number;
  readonly sessions: number;
  readonly live: number;
}

export async function stored(world: World): Promise<Stored> {
  const rows = await world.house.db.superuser<{ name: string; n: number }>(`
    select 'event ' || actor as name, count(*)::int as n from app.case_event group by actor union all select 'cases', count(*)::int from app.exit_case
    union all select 'commands', count(*)::int from app.command union all select 'sessions', count(*)::int from sec.session
    union all select 'live', count(*)::int from sec.session where revoked_at is null`);
  const of = (name: string) => rows.find((row) => row.name === name)?.n ?? 0;
  const events = rows.filter(({ name }) => name.startsWith('event ')).map(({ name, n }): [string, number] => [name.slice('event '.length), n]);
  return { events: Object.fromEntries(events), cases: of('cases'), commands: of('commands'), sessions: of('sessions'), live: of('live') };
}

/** What an answer is held against: the same for all rows. */
export interface Measure {
  /** The headers of the help page, which are the wall's: `tests/attacks/30-headers.test.ts` holds their exact set. */
  readonly wall: Readonly<Record<string, string>>;
  readonly common: Readonly<Record<'page' | 'api', Readonly<Record<Common, string>>>>;
  readonly secrets: World['secrets'];
  /** Tokens of sessions, and the proof of forms that goes with them. */
  readonly tokens: readonly string[];
}

/** What belongs to an answer itself and not to the wall. */
const OWN = ['content-type', 'content-length', 'date', 'connection', 'keep-alive', 'etag', 'location', 'set-cookie', 'retry-after', 'content-disposition', 'clear-site-data', 'transfer-encoding'];
const OF_FILES = ['last-modified', 'accept-ranges', 'vary', 'content-range'];

const SAMPLES: Readonly<Record<Common, readonly [page: HostileRequest, api: HostileRequest]>> = {
  absent: [get('municipal', '/sager/«nobody»'), get('municipal', '/api/v1/cases/«nobody»')],
  'signed-out': [get(undefined, '/sager'), get(undefined, '/api/v1/tasks')],
  forged: [form('municipal', '/session', {}, { origin: 'null' }), form('municipal', '/session', {}, { origin: 'null' })],
  malformed: [rawForm('municipal', '/soeg', '{', { 'content-type': 'application/json' }), json('municipal', '/api/v1/cases', '{')],
  media: [rawForm('municipal', '/soeg', '<q/>', { 'content-type': 'application/xml' }), json('municipal', '/api/v1/cases', '<q/>', { 'content-type': 'application/xml' })],
  large: [form('municipal', '/soeg', { q: 'a'.repeat(2_200_000) }), json('municipal', '/api/v1/cases', { said: 'a'.repeat(2_200_000) })],
};

export async function measureOf(world: World): Promise<Measure> {
  const help = await sent(world, get(undefined, '/hjaelp'));
  const common: Record<'page' | 'api', Partial<Record<Common, string>>> = { page: {}, api: {} };
  for (const [name, [page, api]] of Object.entries(SAMPLES) as [Common, readonly [HostileRequest, HostileRequest]][]) {
    common.page[name] = (await sent(world, page)).body;
    common.api[name] = (await sent(world, api)).body;
  }
  const tokens = (Object.keys(people) as PersonName[]).flatMap((who) => [world.filledIn(`«token:${who}»`), world.filledIn(`«csrf:${who}»`)]);
  return {
    wall: Object.fromEntries(Object.entries(help.headers).filter(([name]) => !OWN.includes(name))), secrets: world.secrets, tokens, common: common as Measure['common'],
  };
}

/** What only a program, its database or its machine says. Left aside where the request itself says it: a form gives back what was typed. */
const TELLING: readonly RegExp[] = [
  /\bat (?:async )?[^\n<]{0,80}(?:file:|node:|\/)[^\s)<]*:\d+(?::\d+)?/, /\/(?:work|home|usr|tmp|root|opt|etc)\/[\w.-]+/, /node_modules|\b(?:dist|src)\//, /\b[\w-]+\.(?:ts|tsx|mjs|cjs)\b/,
  /(?<![\w-])pg(?![\w-])|\bpg_|postgres|SQLSTATE|udvej_[a-z]|\bapp\.[a-z_]{4,}|\bsec\.[a-z_]{4,}/i, /\bselect\b[^<>]{1,80}\bfrom\b|\binsert into\b|\bdelete from\b|syntax error|relation "|column "|violates|constraint/i,
  /\b(?:Type|Syntax|Range|Reference|Zod|Fastify|Database|Internal Server )Error\b|FST_ERR|ERR_[A-Z]+|ECONN[A-Z]+|stack trace|unhandled/i, /\[object Object\]|\bundefined\b|(?<![\w-])NaN(?![\w-])/, /fastify|node\.js|preact/i,
];
/** How the tags begin that only a row of this table writes. */
const RAW = /<(?:script>(?:hx|alert)|img src=x|svg\/onload|iframe srcdoc|a href="javascript|math>|x hx|style>@import|object data=hx|body onload|input autofocus onfocus|b hx|!--<)/i;
const RECKONED = /hx49hx/;

const isHtml = (headers: Answered['headers']): boolean => (headers['content-type'] ?? '').startsWith('text/html');

function wrongHeaders({ headers }: Answered, { wall }: Measure, url: string): readonly string[] {
  const file = url.includes('/assets/');
  const allowed = [...OWN, ...(file ? OF_FILES : [])];
  const off = Object.entries(wall).filter(([name, value]) => headers[name] !== value && !(file && name === 'cache-control')).map(([name]) => `${name}: ${headers[name] ?? 'missing'}`);
  return [
    ...(off.length === 0 ? [] : [`not the wall’s headers: ${off.join(', ')}`]),
    ...Object.keys(headers).filter((name) => !(name in wall) && !allowed.includes(name)).map((name) => `header ${name} is not the wall’s`),
  ];
}

/** Whatever an answer is, this must not be in it. @param said all that the request said itself. */
export function told(answer: Answered, measure: Measure, as: PersonName | undefined, said: string, url: string, bare = false): readonly string[] {
  const all = `${Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`).join('\n')}\n${answer.body}`;
  return [
    ...(answer.status >= 500 ? [`status ${answer.status}`] : []),
    ...TELLING.filter((words) => words.test(all) && !words.test(said)).map((words) => `tells of the program: “${words.exec(all)?.[0] ?? ''}”`),
    ...(isHtml(answer.headers) && RAW.test(answer.body) ? [`holds raw HTML: “${RAW.exec(answer.body)?.[0] ?? ''}”`] : []),
    ...(RECKONED.test(answer.body) ? ['reckoned what was only to be read'] : []),
    ...measure.secrets.filter(({ text, readers }) => all.includes(text) && !said.includes(text) && !readers.some((one) => one === as)).map(({ text }) => `tells the secret “${text}”`),
    // A page's own forms bear the proof of the one who asks.
    ...measure.tokens.filter((token, n) => all.includes(token) && !said.includes(token) && !(as !== undefined && n === 2 * Object.keys(people).indexOf(as) + 1)).map(() => 'tells a token'),
    ...(bare || answer.status === 0 ? [] : wrongHeaders(answer, measure, url)),
  ];
}

const seen = ({ status, headers, body }: Answered, id: string): string => {
  const { date: _date, 'content-length': length, ...rest } = headers;
  // What is drawn anew each time, and the id itself, which a form gives back as it was typed.
  const plain = (text: string) => text.replaceAll(id, ':id').replaceAll(/(name="_key" value=")[^"]*/g, '$1');
  return JSON.stringify([status, Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, plain(value)])), plain(body), body.includes('_key') ? '' : length]);
};

const pointers = (body: string): readonly string[] => {
  const { errors = [] } = JSON.parse(body) as { errors?: readonly { pointer: string }[] };
  return errors.map((one) => one.pointer);
};

/** Whether it is the answer that was designed. @param twin the answer when the id is nobody's. */
export function notDesigned({ answer: wanted, request }: HostileRow, answer: Answered, measure: Measure, twin?: { readonly answer: Answered; readonly id: string; readonly nobody: string }): readonly string[] {
  const api = isApiUrl(request.url);
  const { status, common, to, at, bare } = wanted;
  return [
    ...(status.includes(answer.status) ? [] : [`status ${answer.status}, designed ${status.join(' or ')}`]),
    ...(answer.answers === (answer.status === 0 ? 0 : 1) ? [] : [`${answer.answers} answers to one request`]),
    ...(common === undefined || answer.body === measure.common[api ? 'api' : 'page'][common] ? [] : [`not the common answer “${common}”`]),
    ...(to === undefined || to.test(answer.headers['location'] ?? '') ? [] : [`leads to ${answer.headers['location'] ?? 'nowhere'}`]),
    ...(at === undefined || (answer.status === 422 && pointers(answer.body).includes(at)) ? [] : [`does not point at ${at}`]),
    ...(bare && answer.body !== '' ? ['says more than the status'] : []),
    ...(twin === undefined || seen(answer, twin.id) === seen(twin.answer, twin.nobody) ? [] : ['is another answer than an unknown id gets']),
  ];
}

const isApiUrl = (url: string): boolean => url.replace(/^https?:\/\/[^/]*/, '').startsWith('/api/');

/** What the request left, when that is not what the row says. */
export function wronglyStored({ stores, request: { as } }: HostileRow, before: Stored, after: Stored): readonly string[] {
  const grew = Object.keys(after.events).filter((actor) => (after.events[actor] ?? 0) !== (before.events[actor] ?? 0));
  const own = as === undefined ? [] : [people[as].user as string];
  const carriedOut = stores === 'event' || stores === 'case';
  return [
    ...(JSON.stringify(grew) === JSON.stringify(carriedOut ? own : []) ? [] : [`events of ${grew.join(', ') || 'nobody'}`]),
    ...(after.cases - before.cases === (stores === 'case' ? 1 : 0) ? [] : [`${after.cases - before.cases} cases more`]),
    ...(carriedOut || after.commands === before.commands ? [] : [`${after.commands - before.commands} commands more`]),
    ...(after.sessions - before.sessions === (stores === 'session' ? 1 : 0) ? [] : [`${after.sessions - before.sessions} sessions more`]),
    ...(stores === 'session' || (stores === 'end' ? after.live < before.live : after.live === before.live) ? [] : ['a session ended, or was to end and did not']),
  ];
}
