import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { asChild, type Running } from '../child.js';
import { type CountRow, countsPage, type ListRow, listPage, openPage, type OpenRow } from './pages.js';
import { type Operation, queries } from './queries.js';

/**
 * plain: one prepared query and a string, the user taken from a header. secured: a session row, a transaction, row-level security, one
 * committed row in the log for every request.
 */
export interface FloorSettings {
  readonly secured: boolean;
  readonly appUrl: string;
  readonly countsUrl: string;
}
export interface FloorFacts {
  readonly origin: string;
}

type Run = <Row extends pg.QueryResultRow>(request: FastifyRequest, operation: Operation, values: readonly unknown[], caseOf: (row: Row) => number) => Promise<readonly Row[] | undefined>;

const prepared = (name: keyof typeof queries, values: readonly unknown[]) => ({ name, text: queries[name], values: [...values] });

/** The user stands in a header, and whoever it names sees what he asks for. */
const plainRun = (app: pg.Pool): Run => async <Row extends pg.QueryResultRow>(request: FastifyRequest, operation: Operation, values: readonly unknown[]) =>
  (await app.query<Row>(prepared(operation, operation === 'counts' ? [] : [request.headers['x-user'], ...values]))).rows;

const securedRun = (app: pg.Pool, counts: pg.Pool): Run =>
  async <Row extends pg.QueryResultRow>(request: FastifyRequest, operation: Operation, values: readonly unknown[], caseOf: (row: Row) => number) => {
    const token = /(?:^|; )sid=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    const national = operation === 'counts';
    const client = await (national ? counts : app).connect();
    try {
      const [session] = (await client.query<{ user_id: string; role: string }>(prepared('session', [token]))).rows;
      if (!session || national !== (session.role === 'analyst')) return undefined;
      await client.query('begin');
      await client.query(prepared('context', [session.user_id]));
      const { rows } = await client.query<Row>(prepared(operation, national ? [] : [session.user_id, ...values]));
      if (rows.length > 0 || operation !== 'open') await client.query(prepared('audit', [session.user_id, operation, national ? [] : rows.map(caseOf)]));
      await client.query('commit');
      return rows;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  };

const poolOf = (connectionString: string, max: number): pg.Pool => {
  const pool = new pg.Pool({ connectionString, max });
  pool.on('error', () => undefined);
  return pool;
};

asChild(async ({ secured, appUrl, countsUrl }: FloorSettings): Promise<Running<FloorFacts>> => {
  const app = poolOf(appUrl, 10);
  const counts = poolOf(countsUrl, 2);
  const run = secured ? securedRun(app, counts) : plainRun(app);
  const server = Fastify({ forceCloseConnections: true });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body.toString()))));
  const html = (reply: FastifyReply, page: string | undefined) =>
    page === undefined ? reply.code(404).send() : reply.header('content-type', 'text/html; charset=utf-8').send(page);
  const idOf = (request: FastifyRequest): number => Number((request.params as { id: string }).id);
  server.get('/cases', async (request, reply) => {
    const rows = await run<ListRow>(request, 'list', [], (row) => row.id);
    return html(reply, rows && listPage(rows));
  });
  server.get('/cases/:id', async (request, reply) => {
    const rows = await run<OpenRow>(request, 'open', [idOf(request)], (row) => row.id);
    return html(reply, rows?.[0] && openPage(rows[0]));
  });
  server.post('/cases/:id/notes', async (request, reply) => {
    const rows = await run<{ id: number }>(request, 'note', [idOf(request), (request.body as { body: string }).body], () => idOf(request));
    return rows?.[0] ? reply.code(201).send(String(rows[0].id)) : reply.code(404).send();
  });
  server.get('/counts', async (request, reply) => {
    const rows = await run<CountRow>(request, 'counts', [], () => 0);
    return html(reply, rows && countsPage(rows));
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    facts: { origin: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}` },
    stop: async () => {
      await server.close();
      await Promise.all([app.end(), counts.end()]);
    },
  };
});
