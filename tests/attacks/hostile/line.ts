import { ABSENT, byLine, type DesignedAnswer, type HostileRow, MALFORMED, PAGE, SIGNED_OUT } from './row.js';

const HOST = 'Host: 127.0.0.1:3000';
const CLOSE = 'Connection: close';
const COOKIE = 'Cookie: udvej=«token:municipal»';
const BEARER = 'Authorization: Bearer «token:municipal»';
const TYPE = 'Content-Type: application/json';
const POST = 'POST /api/v1/cases/«mine»/commands/journal.add HTTP/1.1';
/** What is hidden behind the first: carried out, it would leave a note. */
const HIDDEN = ['POST /api/v1/cases/«mine»/commands/journal.add HTTP/1.1', HOST, BEARER, TYPE, 'Content-Length: 38', '', '{"text":"Smuglet","kind":"personal"}  '].join('\r\n');

/** Another look, as the body of the first. */
const ANOTHER = 'GET /sager HTTP/1.1\r\nHost: 127.0.0.1:3000\r\n\r\n';

const row = (name: string, head: readonly string[], answer: DesignedAnswer, body = ''): HostileRow => ({ theme: 'line', name, request: byLine('municipal', head, body), answer });
/** What cannot be read as a request is refused once, in our words and with our headers, and the line is closed. */
const unreadable = (name: string, head: readonly string[], body = ''): HostileRow => row(name, head, { ...MALFORMED, common: undefined }, body);
const CLOSED: DesignedAnswer = { status: [0] };
const BARE = (status: number): DesignedAnswer => ({ status: [status], bare: true });

const lengths: readonly HostileRow[] = [
  unreadable('a length and chunks', [POST, HOST, BEARER, TYPE, 'Content-Length: 6', 'Transfer-Encoding: chunked'], `0\r\n\r\n${HIDDEN}`),
  unreadable('chunks and a length', [POST, HOST, BEARER, TYPE, 'Transfer-Encoding: chunked', 'Content-Length: 6'], `0\r\n\r\n${HIDDEN}`),
  unreadable('two lengths', [POST, HOST, BEARER, TYPE, 'Content-Length: 2', 'Content-Length: 6'], `{}${HIDDEN}`),
  unreadable('two lengths in one header', [POST, HOST, BEARER, TYPE, 'Content-Length: 2, 6'], `{}${HIDDEN}`),
  unreadable('a length less than nothing', [POST, HOST, BEARER, TYPE, 'Content-Length: -1'], '{}'),
  unreadable('a length with a plus', [POST, HOST, BEARER, TYPE, 'Content-Length: +2'], '{}'),
  unreadable('a length in sixteens', [POST, HOST, BEARER, TYPE, 'Content-Length: 0x2'], '{}'),
  unreadable('a length that no number holds', [POST, HOST, BEARER, TYPE, 'Content-Length: 99999999999999999999999'], '{}'),
  row('a length of nine gigabytes', [POST, HOST, BEARER, TYPE, CLOSE, 'Content-Length: 9000000000'], { status: [413], common: 'large' }, '{'),
  row('a length longer than what comes, which is waited for', [POST, HOST, BEARER, TYPE, 'Content-Length: 500'], CLOSED, '{"text":"Halvt'),
  unreadable('chunks under another name', [POST, HOST, BEARER, TYPE, CLOSE, 'Transfer-Encoding: xchunked'], `0\r\n\r\n`),
  unreadable('chunks that are not last', [POST, HOST, BEARER, TYPE, CLOSE, 'Transfer-Encoding: chunked, identity'], `0\r\n\r\n`),
  unreadable('a chunk that no number holds', [POST, HOST, BEARER, TYPE, CLOSE, 'Transfer-Encoding: chunked'], 'FFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n'),
  unreadable('a chunk whose length is no number', [POST, HOST, BEARER, TYPE, CLOSE, 'Transfer-Encoding: chunked'], 'x\r\n{}\r\n0\r\n\r\n'),
  unreadable('a chunk without its end', [POST, HOST, BEARER, TYPE, CLOSE, 'Transfer-Encoding: chunked'], '2\r\n{}0\r\n\r\n'),
  row('proof that comes after the body', [POST, HOST, TYPE, CLOSE, 'Transfer-Encoding: chunked', 'Trailer: Authorization'], SIGNED_OUT, `2\r\n{}\r\n0\r\nAuthorization: Bearer «token:municipal»\r\n\r\n`),
  row('a look with a body that is another request', ['GET /sager HTTP/1.1', HOST, COOKIE, CLOSE, `Content-Length: ${ANOTHER.length}`], PAGE, ANOTHER),
];
const heads: readonly HostileRow[] = [
  unreadable('a space before the colon', ['GET /sager HTTP/1.1', HOST, CLOSE, 'Cookie : udvej=«token:municipal»']),
  unreadable('a header without a name', ['GET /sager HTTP/1.1', HOST, CLOSE, COOKIE, ': x']),
  unreadable('a zero byte in a header', ['GET /sager HTTP/1.1', HOST, CLOSE, COOKIE, 'X-A: b\u0000c']),
  unreadable('a zero byte in a header’s name', ['GET /sager HTTP/1.1', HOST, CLOSE, COOKIE, 'X\u0000A: b']),
  unreadable('a zero byte in the address', ['GET /sager\u0000/x HTTP/1.1', HOST, CLOSE, COOKIE]),
  unreadable('a space in the address', ['GET /sager /x HTTP/1.1', HOST, CLOSE, COOKIE]),
  row('no version', ['GET /sager', HOST, CLOSE, COOKIE], { status: [0, 200, 303, 400] }),
  unreadable('a version that is none', ['GET /sager HTTP/9.9', HOST, CLOSE, COOKIE]),
  unreadable('the second version', ['PRI * HTTP/2.0', '', 'SM']),
  unreadable('a method in small letters', ['get /sager HTTP/1.1', HOST, CLOSE, COOKIE]),
  unreadable('a method that is none', ['HENT /sager HTTP/1.1', HOST, CLOSE, COOKIE]),
  unreadable('a greeting of another kind', ['\u0016\u0003\u0004\u0005']),
  unreadable('an address that begins with nothing', ['GET sager HTTP/1.1', HOST, CLOSE, COOKIE]),
  row('twenty thousand signs of header', ['GET /sager HTTP/1.1', HOST, CLOSE, `X-A: ${'a'.repeat(20_000)}`], { status: [431] }),
  row('twenty thousand signs of address', [`GET /${'a'.repeat(20_000)} HTTP/1.1`, HOST, CLOSE], { status: [431] }),
  row('five hundred headers', ['GET /sager HTTP/1.1', HOST, CLOSE, COOKIE, ...Array.from({ length: 500 }, (_, n) => `X-${n}: 1`)], PAGE),
  row('three thousand headers', ['GET /sager HTTP/1.1', HOST, CLOSE, COOKIE, ...Array.from({ length: 3_000 }, () => 'X:')], { status: [200, 303, 431] }),
  row('no host', ['GET /sager HTTP/1.1', CLOSE, COOKIE], BARE(400)),
  row('the first version, without a host', ['GET /sager HTTP/1.0', COOKIE], PAGE),
  row('a host that is none', ['GET /sager HTTP/1.1', 'Host: [x', CLOSE, COOKIE], PAGE),
  row('a tunnel', ['CONNECT 127.0.0.1:5432 HTTP/1.1', HOST], CLOSED),
  row('another way of talking', ['GET /sager HTTP/1.1', HOST, COOKIE, 'Connection: Upgrade, close', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: x'], PAGE),
  row('the second version by agreement', ['GET /sager HTTP/1.1', HOST, COOKIE, 'Connection: Upgrade, HTTP2-Settings, close', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'], PAGE),
  row('headers that are to be left out', ['GET /sager HTTP/1.1', HOST, 'Connection: close, cookie', COOKIE], PAGE),
  row('an answer expected that is none', ['GET /sager HTTP/1.1', HOST, CLOSE, COOKIE, 'Expect: 200-ok'], BARE(417)),
  row('a body announced and then sent', ['POST /api/v1/cases HTTP/1.1', HOST, BEARER, TYPE, CLOSE, 'Expect: 100-continue', 'Content-Length: 2'], { status: [422] }, '{}'),
  row('a trace', ['TRACE /sager HTTP/1.1', HOST, CLOSE, COOKIE, 'Max-Forwards: 0'], ABSENT),
  row('lines that end with a line feed alone', ['GET /sager HTTP/1.1\u0002Host: 127.0.0.1:3000\u0002Connection: close\u0002Cookie: udvej=«token:municipal»'], { status: [200, 400] }),
  row('a login under a host that cannot be read', ['GET http://[x/login HTTP/1.1', 'Host: localhost:3000', CLOSE], { status: [302, 400, 404] }),
  row('a login under a port that is none', ['GET http://x:99999/login HTTP/1.1', 'Host: localhost:3000', CLOSE], { status: [302, 400, 404] }),
];

export const line: readonly HostileRow[] = [...lengths, ...heads];
