import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { searchMine, showNames } from '../../src/app/names.js';
import { registration, takenCase, testHouse } from '../support/house.js';
import { type Asked, ask } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { fingerprint } from '../support/wall-sql.js';
import { addresses } from '../support/wall-walk.js';
import { type TestWeb, testWeb } from '../support/web.js';

describe('Control 9: a key that was released', () => {
  it('has its row in the log, committed before', async () => {
    const house = await testHouse(noLimits);
    // Six minutes pass at every look: no key is still in memory, and each is asked of the database.
    let minutes = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (minutes += 6) * 60_000);
    try {
      const id = await takenCase(house);
      for (const who of ['police', 'municipal', 'probation'] as const) await house.opens(who, id);
      await house.does('probation', id, 'journal.add', { text: 'x', kind: 'personal' });
      await showNames(house, house.tokens.municipal, [id]);
      await searchMine(house, house.tokens.municipal, 'Sandbjerg');
      const releases = await house.db.keys<{ nonce: string; at: Date }>('select nonce, at from keys.release_log');
      const log = await house.db.superuser<{ id: string; at: Date; action: string }>('select id, at, action from audit.event where id = any ($1)', [releases.map((row) => row.nonce)]);
      expect(releases.length).toBeGreaterThanOrEqual(7);
      for (const { nonce, at } of releases) {
        const row = log.find(({ id: of }) => of === nonce);
        expect(['case.opened', 'case.command', 'case.named', 'search.own']).toContain(row?.action);
        expect(at.getTime() - (row?.at.getTime() ?? 0)).toBeGreaterThanOrEqual(0);
      }
    } finally {
      clock.mockRestore();
      await house.close();
    }
  });

  it('is named in the log by the ticket it was released for, so that each can be held against its row', async () => {
    const house = await testHouse(noLimits);
    try {
      const id = await takenCase(house);
      const client = await house.web.connect();
      await client.query('begin');
      await client.query(`select set_config('app.session', $1, true)`, [house.tokens.police]);
      const { rows } = await client.query<{ payload: string }>(`select payload from sec.open_case($1, 'overview', '{general}', 20)`, [id]);
      await client.query('commit');
      client.release();
      const nonce = rows[0]?.payload.split('|')[3];
      expect(await house.db.superuser('select action from audit.event where id = $1', [nonce])).toEqual([{ action: 'case.opened' }]);
    } finally {
      await house.close();
    }
  });
});

describe('Control 9: a key in memory, and what it opened', () => {
  it('is forgotten after five minutes, also when nobody asks for anything any more', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    const house = await testHouse(noLimits);
    try {
      const id = await takenCase(house);
      await house.opens('police', id);
      expect(house.vault.kept).toBeGreaterThan(1);
      vi.advanceTimersByTime(4 * 60_000);
      await house.opens('police', id);
      expect(house.vault.kept).toBeGreaterThan(1);
      // Five minutes after it was released, however often it was used meanwhile; and a moment until it is looked for.
      vi.advanceTimersByTime(70_000);
      expect(house.vault.kept).toBe(0);
    } finally {
      vi.useRealTimers();
      await house.close();
    }
  });
});

describe('Control 9: when the log cannot be written', () => {
  let web: TestWeb;
  let id: string;
  const secret = { name: 'Vilfred Tangkær', said: 'Sagde noget om natten', safeContact: 'Kun ved biblioteket', alias: 'Skarven' };
  let words: readonly string[];
  beforeAll(async () => {
    web = await testWeb(await testHouse(noLimits), 1_000_000);
    id = await takenCase(web.house, { ...registration, ...secret });
    await web.house.does('municipal', id, 'journal.add', { text: 'Notatets ord', kind: 'personal' });
    const [row] = await web.house.db.superuser<{ number: string; label: string }>('select number, label from app.exit_case where id = $1', [id]);
    words = [...Object.values(secret), 'Notatets', row?.number ?? '', `“${row?.label ?? ''}”`, 'koebenhavns-vestegn', 'Henvendelse'];
    // Whoever stands at the desk and looks has his name remembered first: the log is broken in the middle of the day.
    for (const who of ['municipal', 'police', 'officialKl', 'odense'] as const) await web.get(who, '/');
    await web.house.db.superuser(`
      create function audit.full() returns trigger language plpgsql as $$ begin raise exception 'no space left on device: Vilfred' using errcode = '53100'; end $$;
      create trigger broken before insert on audit.event for each row execute function audit.full()`);
  });
  afterAll(() => web.close());

  it('shows nothing of a case, on any route, to anybody: not a byte, not in our own log either', async () => {
    const before = web.log.length;
    const told: string[] = [];
    const statuses = new Set<number>();
    const [head] = await web.house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [id]);
    // What is read of these is judged before the database is asked.
    const bodies: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
      '/api/v1/notifications/acknowledge': { ids: [id] }, '/api/v1/guidance': { text: 'Hvem betaler for et kørekort?' }, '/api/v1/statistics/practice/questions': { unit: 'fyn', asOf: '2026-01-01', text: 'Hvorfor?' }, '/api/v1/commands/contactPoint.recordReRegistration': { number: head?.number, on: '2026-01-01' },
      '/api/v1/commands/decision.requestReview': { number: head?.number, account: 'x' }, '/spoergsmaal/proev-afslag': { number: head?.number, account: 'x' },
      '/api/v1/statistics/published': { asOf: '2026-01-01' }, '/api/v1/statistics/withdrawn': { id, because: 'early' },
      '/tal/registreret-igen': { number: head?.number, on: '1. januar 2026', what: 'record' },
    };
    for (const route of web.routes.filter((one) => one.permission !== 'public' && one.audit !== 'none: no case data')) {
      for (const url of route.path.includes(':') ? addresses(route, id) : [route.path]) {
        for (const who of ['municipal', 'police', 'officialKl'] as const) {
          const asked: Asked = { method: route.method, url: /\/api\/v1\/statistics(?:\/(?:times|corrections|compared|practice|draft))?$/.test(url) ? `${url}?asOf=2026-01-01` : url, body: bodies[url] ?? { text: 'x', kind: 'personal', q: 'Vilfred', said: 'x', municipality: '0183' } };
          const reply = await ask(web, who, asked);
          statuses.add(reply.statusCode);
          if (reply.statusCode !== 500 && reply.statusCode !== 503 && reply.statusCode !== 404) told.push(`${who} ${route.method} ${url}: ${reply.statusCode}`);
          for (const word of words) if (reply.body.includes(word)) told.push(`${who} ${route.method} ${url} says ${word}`);
          if (reply.headers.etag !== undefined) told.push(`${who} ${route.method} ${url}: etag`);
        }
      }
    }
    expect(told).toEqual([]);
    expect([...statuses].some((status) => status >= 500)).toBe(true);
    expect(web.log.slice(before).filter((line) => words.some((word) => line.includes(word)) || line.includes('device'))).toEqual([]);
  });

  it('changes nothing either', async () => {
    const before = await fingerprint(web.house.db);
    for (const [command, input] of [['journal.add', { text: 'x', kind: 'personal' }], ['circle.declareConflict', { reason: 'x' }], ['person.update', { name: 'x' }]] as const) {
      expect((await web.api('municipal', 'POST', `/api/v1/cases/${id}/commands/${command}`, input)).statusCode).toBeGreaterThanOrEqual(500);
    }
    expect((await web.api('municipal', 'POST', '/api/v1/cases', registration)).statusCode).toBeGreaterThanOrEqual(500);
    expect(await fingerprint(web.house.db)).toEqual(before);
  });

  it('answers an outsider and an unknown id alike, now as always', async () => {
    const one = await ask(web, 'odense', { method: 'GET', url: `/api/v1/cases/${id}` });
    const other = await ask(web, 'odense', { method: 'GET', url: '/api/v1/cases/4b7d0f5e-2f0b-4a53-9d0f-6d4c2a1e8f77' });
    expect([one.statusCode, one.body]).toEqual([other.statusCode, other.body]);
  });
});
