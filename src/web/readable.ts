import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';
import { malformedPage } from './answers.js';

/** The longest part of an address; the router refuses a longer one in words of its own. */
const LONGEST_PART = 100;

const isReadable = (url: string): boolean => {
  try {
    decodeURIComponent(url);
    const [path = ''] = url.split('?');
    return (path.startsWith('/') || URL.canParse(path)) && path.split('/').every((part) => decodeURIComponent(part).length <= LONGEST_PART);
  } catch {
    return false;
  }
};

/** An address that cannot be read is one that is not there: it gets the headers and the answer of any other. */
export const readableUrl = ({ url = '/' }: { readonly url?: string | undefined }): string => {
  if (isReadable(url)) return url;
  return /^\/api(?:[/?]|$)/.test(url) ? '/api/ulaeselig' : '/ulaeselig';
};

/** What Node calls the ways in which a request is none. */
const STATUS: Readonly<Record<string, readonly [status: number, words: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
};

/**
 * What cannot be read as a request at all never comes to the server. It is refused in our words, with the headers that every answer of ours bears,
 * and the line is closed: nothing behind it is read.
 */
export function refuseUnreadable(app: FastifyInstance, now: () => Parameters<typeof malformedPage>[0]): (error: { readonly code?: string }, socket: Socket) => void {
  let head: Promise<string> | undefined;
  const headOf = async (): Promise<string> => {
    const { headers } = await app.inject({ method: 'GET', url: '/ulaeselig' });
    const ours = Object.entries(headers).filter(([name]) => !['content-length', 'date', 'connection'].includes(name));
    return ours.map(([name, value]) => `${name}: ${String(value)}\r\n`).join('');
  };
  return ({ code = '' }, socket) => {
    if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const [status, words] = STATUS[code] ?? [400, 'Bad Request'];
    const page = malformedPage(now());
    head ??= headOf();
    head.then(
      (lines) => socket.end(`HTTP/1.1 ${status} ${words}\r\n${lines}date: ${new Date().toUTCString()}\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(page)}\r\n\r\n${page}`),
      () => socket.destroy(),
    );
  };
}

/** JSON is UTF-8 (RFC 8259): a note in another dress would be stored with holes in it, without a word. */
export function readJsonStrictly(app: FastifyInstance, bodyLimit: number): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit }, (request, body: Buffer, done) => {
    const charset = /;\s*charset="?([\w-]+)/i.exec(request.headers['content-type'] ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
    if (charset !== 'utf-8' && charset !== 'utf8') {
      done(Object.assign(new Error('not said to be UTF-8'), { statusCode: 415 }));
      return;
    }
    let text: string;
    try {
      text = decoder.decode(body);
    } catch {
      done(Object.assign(new Error('not UTF-8'), { statusCode: 400 }));
      return;
    }
    void parse(request, text, done);
  });
}
