import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findRunning, tellRunning } from './running.js';

const issuer = 'http://127.0.0.1:3000/demo-login';
const login = 'postgres://udvej_login:hemmeligt@127.0.0.1:5432/udvej';
const keys = 'postgres://udvej_vault:hemmeligt@127.0.0.1:5432/udvej_keys';

describe('the Udvej that runs on a data folder', () => {
  let dataDir: string;
  const file = () => path.join(dataDir, 'secrets', 'running.json');
  const change = (more: object) =>
    writeFileSync(file(), JSON.stringify({ ...(JSON.parse(readFileSync(file(), 'utf8')) as object), ...more }));

  beforeEach(() => {
    dataDir = mkdtempSync(path.join(os.tmpdir(), 'udvej-running-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is found by others as long as it runs, with the way in but not the password', () => {
    const takeBack = tellRunning(dataDir, { issuer, login, keys });
    expect(findRunning(dataDir)).toMatchObject({
      pid: process.pid,
      issuer,
      login: 'postgres://udvej_login@127.0.0.1:5432/udvej',
      keys: 'postgres://udvej_vault@127.0.0.1:5432/udvej_keys',
    });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    takeBack();
    expect(findRunning(dataDir)).toBeUndefined();
  });

  it('is not found where none ever ran, and asking leaves nothing behind', () => {
    expect(findRunning(dataDir)).toBeUndefined();
    expect(existsSync(path.dirname(file()))).toBe(false);
  });

  it.each([
    ['its process is gone', { pid: 2 ** 22 + 1 }],
    ['its number belongs to another process now', { start: 'another beginning' }],
    ['what it told is not whole', { issuer: undefined }],
  ])('is not found when %s', (_, more) => {
    tellRunning(dataDir, { issuer, login, keys });
    change(more);
    expect(findRunning(dataDir)).toBeUndefined();
  });

  it('does not take back what another start has told since', () => {
    const takeBack = tellRunning(dataDir, { issuer, login, keys });
    change({ pid: process.ppid });
    takeBack();
    expect(existsSync(file())).toBe(true);
  });
});
