import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../tests/support/database.js';
import { DEMONSTRATION_PEOPLE } from '../../domain/reference/demonstration-people.js';
import { createPool } from '../../store/postgres/pools.js';
import { startSession } from '../../store/session-start.js';
import { fillDemonstrationStaff } from './staff.js';

const issuer = 'http://127.0.0.1:3000/demo-login';

describe('the people of a demonstration', () => {
  let db: FreshDatabase;
  let superuser: pg.Client;

  beforeAll(async () => {
    db = await freshDatabase();
    superuser = new pg.Client({ connectionString: db.url('superuser') });
    await superuser.connect();
    await fillDemonstrationStaff(superuser, issuer);
  });
  afterAll(async () => {
    await superuser.end();
    await db.drop();
  });

  const staff = () =>
    db.superuser<{ id: string; subject: string; issuer: string; name: string; authority: string; functions: string[] }>(
      'select * from app.staff',
    );

  it('are in the directory under their fixed ids', async () => {
    const found = new Map((await staff()).map((one) => [one.id, one]));
    expect(found.size).toBe(DEMONSTRATION_PEOPLE.length);
    for (const { id, login, name, authority, functions } of DEMONSTRATION_PEOPLE) {
      expect(found.get(id)).toMatchObject({ subject: login, issuer, name, authority, functions });
    }
  });

  it('keep their ids when they log in, and when Udvej moves to another address', async () => {
    const moved = 'http://127.0.0.1:4000/demo-login';
    await fillDemonstrationStaff(superuser, moved);
    const login = createPool(db.url('udvej_login'), { max: 1, name: 'test' });
    const [person] = DEMONSTRATION_PEOPLE;
    if (!person) throw new Error('nobody');
    const { login: subject, name, authority, functions, id } = person;
    const token = await startSession(login, {
      issuer: moved,
      subject,
      name,
      authority,
      functions,
      authTime: new Date(),
      level: 'substantial',
    });
    await login.end();
    const hash = createHash('sha256')
      .update(token ?? randomBytes(8))
      .digest();
    expect(await db.superuser('select user_id from sec.session where token_hash = $1', [hash])).toEqual([{ user_id: id }]);
    expect(await staff()).toHaveLength(DEMONSTRATION_PEOPLE.length);
  });

  it('fill the seats of the three units they work in with people of the right function and authority (FM-ORG-1)', async () => {
    const rows = await db.superuser<{ unit: string; seat: string; municipality: string; authority: string; func: string }>(
      `select r.unit, r.seat, r.municipality, s.authority, s.functions[1] as func from app.unit_roster r join app.staff s on s.id = r.user_id`,
    );
    expect(new Set(rows.map(({ unit }) => unit))).toEqual(new Set(['koebenhavns-vestegn', 'fyn', 'dfk']));
    for (const { unit, seat, municipality, authority, func } of rows) {
      expect(func).toBe(`${seat}_exit`);
      expect(authority).toBe(
        { police: `police:${unit}`, probation: `probation:${unit}`, municipal: `municipality:${municipality}`, custody: 'dfk' }[
          seat
        ],
      );
    }
  });

  it('do not undo what a co-ordinator has named since', async () => {
    const [, second] = DEMONSTRATION_PEOPLE;
    await db.superuser(`update app.unit_roster set user_id = $1 where unit = 'koebenhavns-vestegn' and seat = 'police'`, [
      second?.id,
    ]);
    await fillDemonstrationStaff(superuser, issuer);
    expect(
      await db.superuser(`select user_id from app.unit_roster where unit = 'koebenhavns-vestegn' and seat = 'police'`),
    ).toEqual([{ user_id: second?.id }]);
  });

  it('leave nothing half done', async () => {
    await db.superuser(`alter table app.unit_roster rename to unit_roster_gone`);
    await expect(fillDemonstrationStaff(superuser, 'http://127.0.0.1:5000/demo-login')).rejects.toThrow('unit_roster');
    expect(new Set((await staff()).map((one) => one.issuer))).toEqual(new Set([issuer]));
    await db.superuser(`alter table app.unit_roster_gone rename to unit_roster`);
  });
});
