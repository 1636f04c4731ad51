import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearWitness } from '../../src/cli/witness.js';
import { readSettings } from '../../src/cli/settings.js';
import { headBytes, type SignedHead } from '../../src/store/audit/chain.js';
import { httpWitness, RefusedByWitness } from '../../src/store/audit/witness.js';
import { fileSigner } from '../../src/store/vault/kms.js';
import { freePort } from '../support/free-port.js';

const TOKEN = randomBytes(32).toString('base64url');
const signer = fileSigner(randomBytes(32));
const folder = mkdtempSync(path.join(os.tmpdir(), 'udvej-witness-'));
const file = path.join(folder, 'vidne', 'heads.jsonl');
const lines: string[] = [];
let url: string;
let stop: () => void;
let stopped: Promise<number>;

const headOf = async (size: number): Promise<SignedHead> => {
  const head = { size, hash: randomBytes(32) };
  return { ...head, ...(await signer.sign(headBytes(head))) };
};

/** The witness's own program, as it is started on a machine of somebody else's. */
beforeAll(async () => {
  const port = await freePort();
  const read = readSettings({ HOST: '127.0.0.1', PORT: String(port), UDVEJ_WITNESS: `file:${file}`, UDVEJ_WITNESS_TOKEN: TOKEN }, 'witness');
  if ('faults' in read) throw new Error(read.faults.join());
  url = `http://127.0.0.1:${port}`;
  const wished = new Promise<number>((resolve) => {
    stop = () => resolve(0);
  });
  await new Promise<void>((resolve, reject) => {
    stopped = bearWitness(read.settings, (line) => {
      lines.push(line);
      resolve();
    }, { signal: new AbortController().signal, wished, isHandover: () => false });
    stopped.catch(reject);
  });
});
afterAll(async () => {
  stop();
  await stopped;
  rmSync(folder, { recursive: true, force: true });
});

describe('Control 12: a witness on another machine', () => {
  it('writes down what it is shown, once, and gives it back', async () => {
    const witness = httpWitness(url, TOKEN);
    expect(await witness.seen()).toEqual([]);
    const heads = [await headOf(10), await headOf(25)];
    for (const head of [...heads, ...heads.slice(1)]) await witness.show(head);
    expect(await witness.seen()).toEqual(heads);
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
  });

  it('refuses a log that has become shorter, and one that is another, and says so where it stands', async () => {
    const witness = httpWitness(`${url}/`, TOKEN);
    await expect(witness.show(await headOf(24))).rejects.toThrow(RefusedByWitness);
    await expect(witness.show(await headOf(25))).rejects.toThrow(RefusedByWitness);
    expect(lines.filter((line) => line.startsWith('ALARM'))).toHaveLength(2);
    expect((await witness.seen()).map(({ size }) => size)).toEqual([10, 25]);
  });

  it.each([['none', undefined], ['another', 'x'.repeat(43)]])('hears and tells nothing with %s of its word', async (_what, token) => {
    const stranger = httpWitness(url, token);
    await expect(stranger.show(await headOf(100))).rejects.toThrow('the witness answered 401');
    await expect(stranger.seen()).rejects.toThrow('the witness answered 401');
    expect((await httpWitness(url, TOKEN).seen()).map(({ size }) => size)).toEqual([10, 25]);
  });

  it.each([['nothing', ''], ['no head', '{"size":0}'], ['no JSON', '{'], ['too much', JSON.stringify({ size: 1, hash: 'a'.repeat(5_000) })]])('takes %s for nothing', async (_what, body) => {
    const answer = await fetch(`${url}/heads`, { method: 'POST', body, headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect((await httpWitness(url, TOKEN).seen()).map(({ size }) => size)).toEqual([10, 25]);
  });

  it('does not start without a file and a word of its own', async () => {
    const start = (env: Record<string, string>) => {
      const read = readSettings(env, 'witness');
      if ('faults' in read) throw new Error(read.faults.join());
      return bearWitness(read.settings, () => undefined, { signal: new AbortController().signal, wished: Promise.resolve(0), isHandover: () => false });
    };
    await expect(start({})).rejects.toThrow('UDVEJ_WITNESS mangler');
    await expect(start({ UDVEJ_WITNESS: `file:${file}` })).rejects.toThrow('UDVEJ_WITNESS_TOKEN mangler');
    expect(existsSync(file)).toBe(true);
  });
});
