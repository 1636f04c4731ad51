import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StaffDirectory } from '../../src/app/staff-directory.js';
import { sessionCookieName } from '../../src/web/login/session-cookie.js';
import { documentFile, documentsPage } from '../../src/web/pages/sag/dokumenter.js';
import { withCase } from '../../src/web/pages/sag/open.js';
import { buildServer } from '../../src/web/server.js';
import { Visitors } from '../../src/web/visitor.js';
import { inboxCase, registration, takenCase } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { type TestWeb, testWeb } from '../support/web.js';
import { readPdf } from './reading.js';

const off = vi.hoisted(() => ({ why: undefined as string | undefined }));
vi.mock('../../src/documents/render.js', async (original) => {
  const real: { documentsUnavailable: () => string | undefined; renderDocument: (...all: readonly unknown[]) => unknown } = await original();
  return {
    documentsUnavailable: () => off.why ?? real.documentsUnavailable(),
    renderDocument: (...all: readonly unknown[]) => (off.why === undefined ? real.renderDocument(...all) : { unavailable: off.why }),
  };
});

/** The two addresses, where the route table does not have them yet. */
async function withDocuments(on: TestWeb): Promise<TestWeb> {
  if (on.routes.some((route) => route.path === '/sager/:id/dokumenter')) return on;
  const directory = new StaffDirectory(on.house);
  const app = await buildServer({
    house: on.house, settings: on.settings, visitors: new Visitors(on.house), log: () => undefined,
    routes: [
      ...on.routes,
      { method: 'GET', path: '/sager/:id/dokumenter', permission: 'circle', purpose: 'dokumenter', audit: 'case.opened', rate: 'read', handle: withCase(directory, 'dokumenter', ['card'], documentsPage) },
      { method: 'GET', path: '/sager/:id/dokumenter/:key', permission: 'circle', purpose: 'document', audit: 'case.opened', rate: 'read', handle: documentFile(directory) },
    ],
  });
  const cookie = (who: PersonName | undefined) => (who === undefined ? {} : { cookie: `${sessionCookieName(false)}=${on.house.tokens[who]}` });
  return {
    ...on, app, get: (who, url) => app.inject({ method: 'GET', url, headers: cookie(who) }),
    close: async () => {
      await app.close();
      await on.close();
    },
  };
}

let web: TestWeb;
let id: string;
beforeAll(async () => {
  web = await withDocuments(await testWeb());
  id = await takenCase(web.house);
  await web.house.does('municipal', id, 'measure.propose', { type: 'mentor', owner: people.jobcentre.user });
});
afterAll(() => web.close());

const file = (who: PersonName | undefined, key: string, of = id) => web.get(who, `/sager/${of}/dokumenter/${key}`);
const page = (who: PersonName, of = id) => web.get(who, `/sager/${of}/dokumenter`);
const log = (who: PersonName) =>
  web.house.db.superuser<{ action: string; case_ref: string; purpose: string | null }>('select action, case_ref, purpose from audit.event where actor = $1 order by at', [people[who].user]);

describe('the documents of a case on the web (FM-WORK-3)', () => {
  it('comes as an attachment whose name and title are its number, and is kept nowhere', async () => {
    const reply = await file('municipal', '1');
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-type']).toBe('application/pdf');
    expect(reply.headers['content-disposition']).toMatch(/^attachment; filename="UV-[2-9A-Z]{4}-[2-9A-Z]{3}-1\.pdf"$/);
    expect(reply.headers['cache-control']).toBe('no-store');
    const read = await readPdf(reply.rawPayload);
    expect(`attachment; filename="${String(read.title)}.pdf"`).toBe(reply.headers['content-disposition']);
    expect(read.text).toContain(registration.name);
  });

  it('leaves one row in the log, of the case opened for a document (FM-CNF-5)', async () => {
    const before = await log('probation');
    await file('probation', '2');
    expect((await log('probation')).slice(before.length)).toEqual([{ action: 'case.opened', case_ref: id, purpose: 'document' }]);
  });

  it('is not there for an owner of a measure, nor for anybody outside: the same answer as for an unknown case, byte for byte (FM-CNF-3)', async () => {
    const nowhere = await file('policeFyn', '1', '99999999-9999-4999-8999-999999999999');
    expect(nowhere.statusCode).toBe(404);
    for (const who of ['jobcentre', 'policeFyn', 'police2', 'officialKl', 'auditor', 'admin'] as const) {
      const reply = await file(who, '1');
      expect([who, reply.statusCode, reply.body]).toEqual([who, 404, nowhere.body]);
    }
    const waiting = await inboxCase(web.house);
    expect((await file('police', '1', waiting)).body).toBe(nowhere.body);
    expect((await file('municipal', '1', waiting)).body).toBe(nowhere.body);
  });

  it('writes down who asked in vain', async () => {
    await file('odense', '1');
    expect((await log('odense')).at(-1)).toMatchObject({ action: 'case.denied', case_ref: id });
  });

  it.each(['3', '0', 'samtykke', '%2E%2E', '1.pdf'])('has none by the key %s', async (key) => {
    expect((await file('municipal', key)).statusCode).toBe(404);
  });

  it('asks who is not signed in to log in', async () => {
    expect((await file(undefined, '1')).statusCode).toBe(303);
  });

  it('lists what there is, with a button each; nothing of the kind of document in the title', async () => {
    const { body, statusCode } = await page('municipal');
    expect(statusCode).toBe(200);
    expect(body).toMatch(/<title>Sag UV-[^<]*<\/title>/);
    expect(body).toContain('Samtykke til underskrift, engelsk');
    expect(body).toContain(`href="/sager/${id}/dokumenter/1"`);
    expect(body.match(/Hent PDF/g)).toHaveLength(2);
    expect(body).not.toContain(registration.name);
  });

  it('has no page for who is in it for a measure alone: he is led to the overview', async () => {
    const { body, statusCode, headers } = await page('jobcentre');
    expect([statusCode, headers.location]).toEqual([303, `/sager/${id}`]);
    expect(body).not.toContain('Hent PDF');
  });

  it('says on the page why documents cannot be made on this machine; a direct address leads there', async () => {
    off.why = 'Dokumenter kan ikke laves på denne maskine.';
    try {
      const { body } = await page('municipal');
      expect(body).toContain(off.why);
      expect(body.match(/aria-disabled="true" aria-describedby="dokumenter-fra"/g)).toHaveLength(2);
      expect(body).not.toContain(`href="/sager/${id}/dokumenter/1"`);
      const reply = await file('municipal', '1');
      expect([reply.statusCode, reply.headers.location]).toEqual([303, `/sager/${id}/dokumenter`]);
      expect((await file('jobcentre', '1')).statusCode).toBe(404);
    } finally {
      off.why = undefined;
    }
  });
});
