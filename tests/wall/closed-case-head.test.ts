import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takenCase, testHouse } from '../support/house.js';
import type { PersonName } from '../support/people.js';
import { answeredAtDesk, questionOf, refusedCase } from '../support/refused-cases.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterAll(() => web.close());

/** What the head says of the eight steps, on every page of the case. */
async function steps(who: PersonName, caseId: string): Promise<string> {
  const said = await Promise.all(['', '/visitation', '/tidslinje'].map(async (page) => {
    const { statusCode, body } = await web.get(who, `/sager/${caseId}${page}`);
    expect(statusCode).toBe(200);
    return `${(/<p class="steps-text">([^]*?)<\/p>/.exec(body)?.[1] ?? '').replaceAll(/<[^>]*>/g, '')} ${String(body.includes('aria-current="step"'))}`;
  }));
  expect(new Set(said).size).toBe(1);
  return said[0] ?? '';
}

describe('the head of a case says how far it is (FM-WORK-6)', () => {
  it('and what is next, while it goes on', async () => {
    expect(await steps('police', await takenCase(web.house))).toBe('Trin 2 af 8: Enhed. Næste: Visitation. true');
  });

  it('of one that was refused how far it came, and nothing is next; until a review opens it again', async () => {
    const { caseId } = await refusedCase(web.house);
    for (const who of ['police', 'municipal', 'probation'] as const) expect(await steps(who, caseId)).toBe('Sluttede ved trin 3 af 8: Visitation. false');
    await web.house.does('municipal', caseId, 'decision.requestReview', { account: 'x', entries: [] });
    expect(await steps('police', caseId)).toBe('Trin 3 af 8: Visitation. Næste: Indhold. true');
    expect(await questionOf(web.house, caseId)).not.toBe('');
    await answeredAtDesk(web.house, caseId, 'contactPoint.decideReview', { position: 'uphold' });
    expect(await steps('police', caseId)).toBe('Sluttede ved trin 3 af 8: Visitation. false');
  });

  it('of one that was closed as an inquiry as well', async () => {
    const caseId = await takenCase(web.house);
    await web.house.does('police', caseId, 'inquiry.close', { reason: 'withdrawn', note: 'Ringede tilbage' });
    expect(await steps('police', caseId)).toBe('Sluttede ved trin 2 af 8: Enhed. false');
  });
});
