import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../src/web/route.js';
import { served } from '../support/wall-http.js';
import { addresses, UNKNOWN } from '../support/wall-walk.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let withId: readonly Route[];
beforeAll(async () => {
  web = await testWeb();
  withId = web.routes.filter((route) => route.path.includes(':'));
});
afterAll(() => web.close());

describe('Control 1: the table of routes', () => {
  it('says of every route who may, what for, what it leaves in the log, and how often', () => {
    for (const route of web.routes) {
      expect(['public', 'signed-in', 'circle', 'inbox-keeper', 'contact-point', 'asks-guidance', 'guidance', 'practice', 'auditor', 'emergency'], route.path).toContain(route.permission);
      expect(['read', 'write', 'search', 'login', 'unlimited'], route.path).toContain(route.rate);
      expect(route.purpose, route.path).toMatch(/^[a-z][a-z ]+$/);
      expect(route.audit, route.path).toMatch(/^([a-z]+\.[a-z]+|none: no case data)$/);
      if (route.path.includes(':')) {
        expect(route.permission, route.path).not.toBe('public');
        expect(route.audit, route.path).not.toBe('none: no case data');
      }
    }
  });

  it('is all that the server answers', () => {
    const table = web.routes.flatMap((route) => (route.method === 'GET' ? [`GET ${route.path}`, `HEAD ${route.path}`] : [`POST ${route.path}`]));
    const assets = ['GET /*', 'HEAD /*'];
    expect([...new Set(served(web.app))].sort()).toEqual([...table, ...assets].sort());
  });

  it('bears no id but `:id`, so that the walk below misses none', () => {
    expect(withId.length).toBeGreaterThanOrEqual(13);
    for (const route of withId) {
      expect(route.path).toContain(':id');
      expect(addresses(route, UNKNOWN).every((url) => !url.includes(':'))).toBe(true);
    }
  });
});
