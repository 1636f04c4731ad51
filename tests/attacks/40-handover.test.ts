import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildServer } from '../../src/web/server.js';
import { Visitors } from '../../src/web/visitor.js';
import { takenCase } from '../support/house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(); });
afterAll(() => web.close());

const server = (ending: AbortSignal): Promise<FastifyInstance> =>
  buildServer({ house: web.house, settings: { ...web.settings, ending }, routes: web.routes, visitors: new Visitors(web.house), log: () => undefined });

describe('a program that is to end (security.md, control 40)', () => {
  it('says that it is not ready, answers on, and asks for every connection to be left', async () => {
    const end = new AbortController();
    const app = await server(end.signal);
    const before = await app.inject('/readyz');
    end.abort();
    const [after, alive] = [await app.inject('/readyz'), await app.inject('/healthz')];
    await app.close();
    expect([before.statusCode, before.headers.connection]).toEqual([200, 'keep-alive']);
    expect([after.statusCode, after.headers.connection]).toEqual([503, 'close']);
    expect([alive.statusCode, alive.headers.connection]).toEqual([200, 'close']);
  });

  it('finishes what was begun before it closes the connections', async () => {
    const caseId = await takenCase(web.house);
    const app = await server(new AbortController().signal);
    await app.listen({ host: '127.0.0.1', port: 0 });
    const holder = new pg.Client({ connectionString: web.house.db.url('superuser') });
    await holder.connect();
    await holder.query('begin');
    await holder.query('lock table audit.event in access exclusive mode');
    const begun = once(app.server, 'request');
    const answer = fetch(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/v1/cases/${caseId}`, { headers: { authorization: `Bearer ${web.house.tokens.police}` } });
    await begun;
    const closed = app.close();
    await holder.query('rollback');
    await holder.end();
    expect((await answer).status).toBe(200);
    await closed;
  });
});
