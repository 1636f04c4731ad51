import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/store/postgres/embedded.js';
import type { LoginRole } from '../../src/store/postgres/migrate.js';
import { bootstrapRoles, loginRoles, migrate, migrateKeys } from '../../src/store/postgres/migrate.js';

/** What a test needs to reach the server of the run; plain values, for they travel between processes. */
export interface TestDatabase {
  superuserUrl: string;
  /** The migrated database that every fresh one is a copy of. */
  template: string;
  /** The same of the database of the keys. */
  keysTemplate: string;
  passwords: Record<LoginRole, string>;
  /** Where the embedded server keeps its files and its log; absent when the server was given, and its files are elsewhere. */
  dataDir?: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    database: TestDatabase;
  }
}

/** The server of the run: `TEST_DATABASE_URL` (a superuser's), or an embedded one; `UDVEJ_TEST_PG=15` picks Debian's 15. */
async function server(): Promise<{ superuserUrl: string; dataDir?: string; stop: () => Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') return { superuserUrl: given, stop: () => Promise.resolve() };
  const version = process.env['UDVEJ_TEST_PG'];
  const binDir = version === undefined || version === '' ? undefined : `/usr/lib/postgresql/${version}/bin`;
  if (binDir !== undefined && !existsSync(binDir)) throw new Error(`UDVEJ_TEST_PG=${version ?? ''}: there is no ${binDir}`);
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'udvej-test-'));
  const embedded = await startEmbedded({ dataDir, binDir });
  return {
    superuserUrl: embedded.superuserUrl,
    dataDir,
    stop: async () => {
      await embedded.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** One server and one template for the whole run; each test file copies the template (`freshDatabase`). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { superuserUrl, dataDir, stop } = await server();
  const template = `udvej_template_${process.pid}_${project.name}`;
  const keysTemplate = `${template}_keys`;
  const admin = new pg.Client({ connectionString: superuserUrl });
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    // The same for every run on this server: two runs at once must not lock each other's roles out.
    const passwordOf = (role: string) => createHmac('sha256', superuserUrl).update(role).digest('base64url');
    const passwords = Object.fromEntries(loginRoles.map((role) => [role, passwordOf(role)])) as Record<LoginRole, string>;
    await bootstrapRoles(admin, passwords);
    const make = async (name: string): Promise<string> => {
      await admin.query(
        `create database ${name} template template0 encoding 'UTF8'
           locale_provider icu icu_locale 'da' lc_collate 'C' lc_ctype 'C.UTF-8'`,
      );
      const url = new URL(superuserUrl);
      url.pathname = name;
      return url.href;
    };
    const cases = await make(template);
    await migrate(cases);
    await migrateKeys(await make(keysTemplate), cases);
    for (const name of [template, keysTemplate]) await admin.query(`alter database ${name} with is_template true allow_connections false`);
    project.provide('database', { superuserUrl, template, keysTemplate, passwords, ...(dataDir === undefined ? {} : { dataDir }) });
  } catch (error) {
    await admin.end();
    await stop();
    throw error;
  }
  return async () => {
    for (const name of [template, keysTemplate]) {
      await admin.query(`alter database ${name} with is_template false`).catch(() => undefined);
      await admin.query(`drop database if exists ${name} with (force)`).catch(() => undefined);
    }
    await admin.end();
    await stop();
  };
}
