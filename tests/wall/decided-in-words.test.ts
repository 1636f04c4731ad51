import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copenhagenDate, formatDate } from '../../src/domain/kernel/time.js';
import { takenCase, testHouse } from '../support/house.js';
import type { PersonName } from '../support/people.js';
import { answeredAtDesk, concludedCase, questionOf, refusedCase } from '../support/refused-cases.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterAll(() => web.close());

const plain = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const at = async (who: PersonName, url: string): Promise<string> => plain((await web.get(who, url)).body);
const divided = async (): Promise<string> => {
  const caseId = await concludedCase(web.house, { police: 'accept', municipal: 'refuse', probation: 'refuse' });
  await web.house.does('municipal', caseId, 'assessment.referToContactPoint', { account: 'Vi er ikke enige' });
  return caseId;
};
const inReview = async (): Promise<string> => {
  const { caseId } = await refusedCase(web.house);
  await web.house.does('municipal', caseId, 'decision.requestReview', { account: 'Ikke enig' });
  return caseId;
};

describe('what the contact point has decided', () => {
  it.each([
    ['kandidaten optages', divided, 'contactPoint.decide', { position: 'accept' }],
    ['kandidaten får afslag', divided, 'contactPoint.decide', { position: 'refuse', criterion: 'motivation' }],
    ['enhedens afslag fastholdes', inReview, 'contactPoint.decideReview', { position: 'uphold' }],
    ['enhedens afslag ændres, og kandidaten optages', inReview, 'contactPoint.decideReview', { position: 'overturn' }],
  ] as const)('stands in a line of its own, with the day and whose positions are equal: %s (FM-DEC-1, FM-DEC-2)', async (words, made, command, position) => {
    const caseId = await made();
    const line = `Afgjort ${formatDate(copenhagenDate(web.house.clock()))}: ${words}. KL og Direktoratet for Kriminalforsorgen er enige.`;
    const question = await questionOf(web.house, caseId);
    expect(await at('municipal', `/sager/${caseId}`)).not.toContain('Afgjort');
    await answeredAtDesk(web.house, caseId, command, position);
    for (const page of [`/sager/${caseId}`, `/sager/${caseId}/goer/question.readAnswer?question=${question}`]) expect(await at('municipal', page), page).toContain(line);
    // The officials have left it, and nobody else reads it.
    for (const who of ['officialKl', 'officialPolice', 'odense'] as const) expect(await at(who, `/sager/${caseId}`), who).not.toContain('Afgjort');
  });

  it('is nothing where it gave advice: the unit decides itself (FM-ASM-6)', async () => {
    const caseId = await takenCase(web.house);
    await web.house.does('police', caseId, 'assessment.begin');
    await web.house.does('municipal', caseId, 'assessment.askAdvice', { topic: 'motivation', question: 'Hvad gør andre?', entries: [] });
    const question = await questionOf(web.house, caseId);
    await web.house.does('officialKl', caseId, 'contactPoint.takeQuestion', { question });
    await web.house.does('officialKl', caseId, 'contactPoint.advise', { question, advice: 'Hør ham igen' });
    const reads = await at('municipal', `/sager/${caseId}`);
    expect([reads.includes('Hør ham igen'), reads.includes('Afgjort')]).toEqual([true, false]);
  });
});
