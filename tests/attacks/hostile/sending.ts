import { connect } from 'node:net';
import type { Fields, HostileRequest, Trip } from './row.js';
import type { World } from './world.js';

/** All that comes back, by the line or in process. */
export interface Answered {
  /** 0 when the line was closed without an answer. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How many answers came: one request that is read as two is answered twice. */
  readonly answers: number;
}

/** What a request says, without its secrets being looked up: so that what it sent itself is not taken for a leak. */
export const sentText = (world: World, { url, headers, body, line }: HostileRequest, nobody?: string): string => {
  const written = body === undefined ? '' : typeof body === 'string' ? body : body instanceof Uint8Array ? Buffer.from(body).toString('latin1') : JSON.stringify(body);
  const said = world.filledIn([url, JSON.stringify(headers), written, line ?? ''].join('\n'), nobody);
  return `${said}\n${plain(url)}\n${plain(written)}`;
};

const plain = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const isFields = (body: HostileRequest['body']): body is Fields => Array.isArray(body);

const bodyOf = (world: World, body: HostileRequest['body'], nobody?: string): string | Buffer | undefined => {
  if (body === undefined || typeof body === 'string') return body === undefined ? undefined : world.filledIn(body, nobody);
  if (isFields(body)) return new URLSearchParams(body.map(([name, value]) => [world.filledIn(name, nobody), world.filledIn(value, nobody)])).toString();
  return Buffer.from(body);
};

const flat = (headers: object): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers as Readonly<Record<string, unknown>>).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join('\n') : String(value)]));

/** Sends a request as it stands in the table, with its names put. */
export async function sent(world: World, request: HostileRequest, nobody?: string): Promise<Answered> {
  if (request.line !== undefined) return byLine(world, world.filledIn(request.line, nobody));
  const put = (text: string) => world.filledIn(text, nobody);
  const payload = bodyOf(world, request.body, nobody);
  const reply = await world.app.inject({
    method: request.method, url: put(request.url), headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, put(value)])),
    ...(payload === undefined ? {} : { payload }),
  });
  const answered: Answered = { status: reply.statusCode, headers: flat(reply.headers), body: reply.body, answers: 1 };
  return request.trip === undefined ? answered : wayBack(world, request.trip, answered);
}

const RITA = { sub: 'rita', name: 'Rita Opfundet', udvej_authority: 'municipality:0183', udvej_functions: ['municipal_exit'] };

/** On to the provider, and back with what it says. */
async function wayBack(world: World, trip: Trip, begun: Answered): Promise<Answered> {
  const { claims = {}, header, signedBy, back = {}, pending } = trip;
  world.issuer.forgery = { ...(header === undefined ? {} : { header }), ...(signedBy === undefined ? {} : { signedBy }) };
  try {
    const query = world.issuer.logIn(begun.headers['location'] ?? '', { ...RITA, ...claims });
    for (const [name, value] of Object.entries(back)) if (value === null) query.delete(name); else query.set(name, value);
    const kept = pending === undefined ? (/udvej-login=([^;]*)/.exec(begun.headers['set-cookie'] ?? '')?.[1] ?? '') : pending;
    const reply = await world.app.inject({ method: 'GET', url: `/login/retur?${query.toString()}`, headers: kept === null ? {} : { cookie: `udvej-login=${kept}` } });
    return { status: reply.statusCode, headers: flat(reply.headers), body: reply.body, answers: 1 };
  } finally {
    world.issuer.forgery = {};
  }
}

/** Longest a line is waited for that says nothing and is not closed. */
const SILENCE_MS = 1_500;

/** What a line gives for some bytes: until it is closed, or says nothing more. */
function byLine(world: World, written: string): Promise<Answered> {
  const [head = '', body = ''] = written.split('\u0001');
  return new Promise((done, failed) => {
    const chunks: Buffer[] = [];
    const socket = connect(world.port, '127.0.0.1');
    const ended = () => {
      socket.destroy();
      done(read(Buffer.concat(chunks).toString('utf8')));
    };
    socket.setTimeout(SILENCE_MS, ended);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', ended);
    // Closed on us in the middle of what we sent: what came until then is the answer.
    socket.on('error', (error: NodeJS.ErrnoException) => { if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') failed(error); });
    socket.on('connect', () => socket.write(Buffer.from(head.replaceAll('\n', '\r\n').replaceAll('\u0002', '\n') + body, 'latin1')));
  });
}

/** How a body of chunks says that there is none. */
const NO_CHUNKS = /^0\r\n\r\n$/;

const read = (text: string): Answered => {
  // A "100 Continue" is no answer yet.
  const said = text.replace(/^HTTP\/1\.1 100 [^\r\n]*\r\n\r\n/, '');
  const end = said.indexOf('\r\n\r\n');
  const [first = '', ...lines] = said.slice(0, Math.max(0, end)).split('\r\n');
  const headers = Object.fromEntries(lines.map((line): [string, string] => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  const bytes = Buffer.from(end < 0 ? '' : said.slice(end + 4));
  const length = Number(headers['content-length'] ?? bytes.length);
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0), headers, body: bytes.subarray(0, length).toString('utf8').replace(NO_CHUNKS, ''), answers: [...said.matchAll(/^HTTP\/1\.1 \d{3} /gm)].length };
};
