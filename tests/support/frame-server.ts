import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (folder: string): string => fileURLToPath(new URL(folder, import.meta.url));
const FOLDERS = [
  ['/assets/dkfds/', here('../../node_modules/dkfds/dist/')],
  ['/assets/', here('../../src/web/assets/')],
] as const;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.html': 'text/html; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** The content policy of the real server: what it forbids must fail here too. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export interface FrameServer {
  readonly address: string;
  /** Paths of the posts received so far, in order. */
  readonly posts: readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Serves fixed pages with the real assets, without database or login. Posts are noted and answered 204, or with the page of that
 * path when there is one.
 */
export async function serveFrame(pages: Readonly<Record<string, string>>): Promise<FrameServer> {
  const posts: string[] = [];
  const server = createServer((request, reply) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    reply.setHeader('content-security-policy', POLICY);
    if (request.method === 'POST') posts.push(pathname);
    const page = pages[pathname];
    if (page !== undefined) reply.setHeader('content-type', 'text/html; charset=utf-8').end(page);
    else if (request.method === 'POST') reply.writeHead(204).end();
    else sendFile(pathname, reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, posts, close: () => closed(server) };
}

const sendFile = (pathname: string, reply: ServerResponse): void => {
  const [prefix, folder] = FOLDERS.find(([start]) => pathname.startsWith(start)) ?? [];
  const file = prefix === undefined ? undefined : path.join(folder, path.normalize(pathname.slice(prefix.length)));
  if (file === undefined || !existsSync(file)) {
    reply.writeHead(404).end();
    return;
  }
  reply.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream');
  createReadStream(file).pipe(reply);
};

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
