import { openCase } from '../src/app/open-case.js';
import { instantFromEpoch } from '../src/domain/kernel/time.js';
import { createPool } from '../src/store/postgres/pools.js';
import { startSession } from '../src/store/session-start.js';
import { publicHalf } from '../src/store/matching/sealed-number.js';
import { Vault } from '../src/store/vault/vault.js';
import type { Cluster } from './database.js';
import { caseIdOf, casesOf, FACTS, measuredUsers, person } from './plan.js';
import { noteText } from './seed/case.js';
import { keyServiceOf, type RootKeys } from './root-keys.js';

/**
 * Opens seeded cases through the program's own reading path: keys released and unwrapped, every ciphertext opened at its place, the
 * stream folded. @throws when one does not read as it was meant.
 */
export async function verifySeed(cluster: Cluster, name: string, cases: number, rootKeys: RootKeys, notes: number): Promise<void> {
  const web = createPool(cluster.url('udvej_web', name), { max: 1, name: 'bench' });
  const login = createPool(cluster.url('udvej_login', name), { max: 1, name: 'bench' });
  const vaultPool = createPool(cluster.url('udvej_vault', name), { max: 1, name: 'bench' });
  const house = { web, vault: new Vault(vaultPool, web, keyServiceOf(rootKeys)), clock: () => instantFromEpoch(Date.now()), etagKey: Buffer.alloc(32), matchKey: publicHalf(Buffer.alloc(32)) };
  try {
    for (const user of measuredUsers(cases).slice(0, 3)) {
      const { id: _id, ...claims } = person(user);
      const token = await startSession(login, { ...claims, issuer: 'bench', authTime: new Date(), level: 'substantial' });
      const mine = casesOf(cases, user);
      const one = mine.at(-1) ?? 0;
      const opened = await openCase(house, token ?? '', caseIdOf(one), 'overview');
      if (opened.kind !== 'open') throw new Error(`case ${one} did not open: ${opened.kind}`);
      const texts = [...opened.bodies.values()].flat().map(({ content }) => content['text']).filter((text) => text !== undefined);
      const shown = Math.min(notes, 20);
      if (opened.facts.length !== FACTS || opened.entries.length !== shown || opened.state.circle.members.length !== 6 || opened.state.assessment.begun === undefined) {
        throw new Error(`case ${one} does not fold as it was meant`);
      }
      if (notes > 0 && !texts.includes(noteText(one, notes - 1))) throw new Error(`a note of case ${one} does not read as it was written`);
      const others = Array.from({ length: cases }, (_, n) => n).find((n) => !mine.includes(n)) ?? 0;
      if ((await openCase(house, token ?? '', caseIdOf(others), 'overview')).kind !== 'absent') throw new Error('a stranger was let in');
    }
  } finally {
    await Promise.all([web.end(), login.end(), vaultPool.end()]);
  }
}
