import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeDataFolder } from './embedded-lock.js';
import { isAlive, isServerOf, startOf } from './embedded-processes.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'udvej-lock-'));
  file = path.join(folder, 'udvej.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lockOf = (pid: number, start: string | null) => writeFileSync(file, JSON.stringify({ pid, start, token: 'other' }));

it('the folder is taken, refused to the next, and given back', () => {
  const giveBack = takeDataFolder(folder);
  expect(() => takeDataFolder(folder)).toThrow(`Udvej kører allerede på denne maskine med de samme data (proces ${process.pid}`);
  giveBack();
  takeDataFolder(folder)();
  expect(readdirSync(folder)).toEqual([]);
});

it('a lock left by a process that is gone is taken over', async () => {
  const gone = spawn('true');
  await once(gone, 'exit');
  lockOf(gone.pid ?? 0, '1');
  takeDataFolder(folder);
  expect(readFileSync(file, 'utf8')).toContain(`"pid":${process.pid}`);
});

it('so is one whose number now belongs to another living process, or to ourselves', () => {
  for (const pid of [process.ppid, process.pid]) {
    lockOf(pid, 'another beginning');
    takeDataFolder(folder)();
  }
  expect(existsSync(file)).toBe(false);
});

it('a living process of the same beginning keeps it', () => {
  lockOf(process.ppid, startOf(process.ppid) ?? '');
  expect(() => takeDataFolder(folder)).toThrow(`proces ${process.ppid}`);
  expect(readFileSync(file, 'utf8')).toContain('"token":"other"');
});

it('a process whose beginning nobody wrote down keeps it while it lives', () => {
  lockOf(process.ppid, null);
  expect(() => takeDataFolder(folder)).toThrow('Udvej kører allerede');
});

it('half a lock is no lock', () => {
  writeFileSync(file, '{"pid":');
  takeDataFolder(folder)();
  expect(existsSync(file)).toBe(false);
});

it('giving back twice does not take it from the next', () => {
  const giveBack = takeDataFolder(folder);
  giveBack();
  const next = takeDataFolder(folder);
  giveBack();
  expect(existsSync(file)).toBe(true);
  next();
});

it('numbers that name no process are not alive', () => {
  for (const pid of [0, -1, NaN, 1.5, 2 ** 30]) expect(isAlive(pid)).toBe(false);
  expect(isAlive(process.pid)).toBe(true);
});

it('a process that only mentions the data folder is not its server', async () => {
  const other = spawn('sleep', ['600'], { argv0: `sleep-in-${folder}`, stdio: 'ignore' });
  await once(other, 'spawn');
  expect(isServerOf(other.pid ?? 0, folder)).toBe(false);
  const pretender = spawn('sleep', ['600'], { argv0: 'postgres', stdio: 'ignore' });
  await once(pretender, 'spawn');
  expect(isServerOf(pretender.pid ?? 0, folder)).toBe(false);
  for (const each of [other, pretender]) {
    const gone = once(each, 'exit');
    each.kill('SIGKILL');
    await gone;
  }
});
