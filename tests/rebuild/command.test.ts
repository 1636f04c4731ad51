import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillDemonstrationStaff } from '../../src/cli/demonstration/staff.js';
import { rebuild } from '../../src/cli/rebuild.js';
import { withClient } from '../../src/store/postgres/engine-guard.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';

let db: FreshDatabase;
let dataDir: string;
beforeAll(async () => {
  db = await freshDatabase();
  await withClient('migrate', db.url('superuser'), (client) => fillDemonstrationStaff(client, 'test'));
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'udvej-rebuild-'));
});
afterAll(async () => {
  rmSync(dataDir, { recursive: true });
  await db.drop();
});

const said = async (...args: string[]): Promise<{ code: number; lines: readonly string[] }> => {
  const lines: string[] = [];
  const urls = { web: db.url('udvej_web'), login: db.url('udvej_login'), keys: db.url('udvej_vault'), operator: db.url('udvej_operator') };
  const code = await rebuild(args, { urls, dataDir, mode: 'demonstration', kms: undefined }, (line) => lines.push(line));
  return { code, lines };
};

describe('udvej rebuild', () => {
  it.each([[[]], [['--approved-by', ' ']], [['--approved-by']], [['revisor']], [['--godkendt', 'revisor']]])('does nothing before somebody has approved it: %j', async (args) => {
    await expect(said(...args)).rejects.toThrow('Skriv, hvem der har godkendt genopbygningen');
  });

  it('takes no name that is not a colleague’s', async () => {
    await expect(said('--approved-by', 'ingen.her')).rejects.toThrow('Der er ingen kollega med adgang til Udvej, der hedder ingen.her.');
  });

  it('says so when there is nothing to rebuild', async () => {
    expect(await said('--approved-by', 'revisor')).toMatchObject({ code: 0, lines: expect.arrayContaining(['Der er ingen sager at genopbygge.']) as string[] });
  });

  it('asks for the operator’s way into the database', async () => {
    const without = { web: db.url('udvej_web'), login: db.url('udvej_login'), keys: db.url('udvej_vault') };
    await expect(rebuild(['--approved-by', 'revisor'], { urls: without, dataDir, mode: 'demonstration', kms: undefined }, () => undefined)).rejects.toThrow('OPERATOR_DATABASE_URL mangler');
  });
});
