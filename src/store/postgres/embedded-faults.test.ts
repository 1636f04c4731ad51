import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServerHome } from '../../../tests/support/database.server.js';
import { ask, serverHome } from '../../../tests/support/database.server.js';
import { isAlive } from './embedded-processes.js';

let home: ServerHome;

beforeEach(() => {
  home = serverHome();
});
afterEach(() => home.remove());

const pidFile = () => path.join(home.dataDir, 'postgres', 'postmaster.pid');

describe('after a fault', () => {
  it('the server killed hard: what was committed is there at the next start', async () => {
    const told = new EventEmitter();
    const first = await home.start({ onLog: (line) => told.emit('line', line) });
    await ask(first.superuserUrl, 'create table t (id int); insert into t values (7)');
    const next = once(told, 'line');
    process.kill(first.pid, 'SIGKILL');
    expect(await next).toEqual(['Databasen er standset uventet (SIGKILL).']);
    await first.stop();
    const second = await home.start();
    expect(await ask(second.superuserUrl, 'select id from t')).toEqual([{ id: 7 }]);
  });

  it('only our process killed: the server left behind is found and stopped, and its data taken over', async () => {
    const elsewhere = await home.startElsewhere();
    await elsewhere.killHard();
    expect(isAlive(elsewhere.server)).toBe(true);
    const server = await home.start();
    expect(isAlive(elsewhere.server)).toBe(false);
    expect(server.pid).not.toBe(elsewhere.server);
    expect(home.log[0]).toContain(`proces ${elsewhere.server}`);
  });

  it('a stranger who has got the old server’s number is left in peace', async () => {
    await (await home.start()).stop();
    const stranger = spawn('sleep', ['600'], { stdio: 'ignore' });
    await once(stranger, 'spawn');
    writeFileSync(pidFile(), `${stranger.pid ?? 0}\n${path.join(home.dataDir, 'postgres')}\n`);
    await home.start();
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
    const gone = once(stranger, 'exit');
    stranger.kill('SIGKILL');
    expect(await gone).toEqual([null, 'SIGKILL']);
  });

  it('another PostgreSQL that has got the old server’s number is left in peace', async () => {
    const other = await home.start({ dataDir: path.join(home.path, 'other') });
    await (await home.start()).stop();
    writeFileSync(pidFile(), `${other.pid}\n${path.join(home.dataDir, 'postgres')}\n`);
    await home.start();
    expect(await ask(other.superuserUrl, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  });
});

describe('two at once', () => {
  it('a second Udvej on the same data is refused, and the first goes on', async () => {
    const elsewhere = await home.startElsewhere();
    try {
      await expect(home.start()).rejects.toThrow(
        `Udvej kører allerede på denne maskine med de samme data (proces ${elsewhere.node}`,
      );
      expect(isAlive(elsewhere.server)).toBe(true);
    } finally {
      await elsewhere.killHard();
    }
    await home.start();
  });

  it('so is a second start in the same process', async () => {
    const first = await home.start();
    await expect(home.start()).rejects.toThrow('Udvej kører allerede');
    expect(await ask(first.superuserUrl, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  });

  it('of many starts on new data one wins', async () => {
    const tries = await Promise.allSettled([home.start(), home.start(), home.start()]);
    expect(tries.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('a process that ends without stopping the server takes it with it', async () => {
    const elsewhere = await home.startElsewhere('process.exit(3)');
    expect(await elsewhere.ended).toEqual([3, null]);
    expect(existsSync(path.join(home.dataDir, 'udvej.lock'))).toBe(false);
    await home.start();
  });
});
