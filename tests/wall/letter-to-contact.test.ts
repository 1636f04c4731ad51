import { afterAll, beforeAll, expect, it } from 'vitest';
import { sayImpartial } from '../../src/store/lists.js';
import { testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { concludedCase, questionOf } from '../support/refused-cases.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterAll(() => web.close());

it('who carries the contact without a seat gets the letter with the words that are the contact point’s decision, once it is; of the question, and of who was against it, he reads nothing (FM-AGR-7, FM-LAW-1, FM-CNF-4)', async () => {
  const caseId = await concludedCase(web.house, { police: 'accept', municipal: 'refuse', probation: 'refuse' });
  const does = (who: PersonName, command: string, input: object = {}) => web.house.does(who, caseId, command, input);
  await does('municipal', 'circle.add', { user: people.municipal2.user, role: 'contact', reason: 'Kender kandidaten' });
  await sayImpartial(web.house.web, web.house.tokens.municipal2, caseId);
  await does('police', 'assessment.referToContactPoint', { account: 'Vi er uenige om viljen' });
  const question = await questionOf(web.house, caseId);
  const parts = async () => (await web.house.db.superuser<{ subject: string }>(
    `select s.subject from app.scope_member m join app.scope s on s.id = m.scope_id where m.case_id = $1 and m.user_id = $2 and s.kind = 'bundle' order by s.subject`, [caseId, people.municipal2.user])).map((one) => one.subject);
  const reads = async () => (await web.api('municipal2', 'GET', `/api/v1/cases/${caseId}`)).body;
  const documents = async () => (await web.get('municipal2', `/sager/${caseId}/dokumenter`)).body;
  for (const [who, stand] of [
    ['officialKl', { position: 'refuse', criterion: 'motivation', reasons: 'Kredsen ses stadig' }],
    ['officialPolice', { position: 'accept', reasons: 'Han bør prøves' }],
    ['officialDfk', { position: 'refuse', criterion: 'motivation', reasons: 'Viljen mangler endnu' }],
  ] as const) {
    expect([await parts(), (await documents()).includes('afslag')], who).toEqual([[], false]);
    await does(who, 'contactPoint.takeQuestion', { question });
    await does(who, 'contactPoint.decide', { question, ...stand });
  }
  expect(await parts()).toEqual(['dfk', 'kl'].map((authority) => `${question}|stand:${authority}:1`));
  const body = await reads();
  for (const [words, his] of [['Kredsen ses stadig', true], ['Viljen mangler endnu', true], ['Han bør prøves', false], ['Vi er uenige om viljen', false]] as const) expect([words, body.includes(words)]).toEqual([words, his]);
  const letter = /href="(\/sager\/[^"]+\/dokumenter\/\d+)"[^>]*>(?:(?!<\/a>).)*afslag/s.exec(await documents())?.[1] ?? '';
  const pdf = await web.get('municipal2', letter);
  expect([pdf.statusCode, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
  expect((await web.get('municipal2', `/sager/${caseId}/visitation`)).body).toContain(`Begrundelserne står i <a href="${letter}"`);
  expect((await web.get('municipal', `/sager/${caseId}/visitation`)).body).toContain('Begrundelserne står under <a href="#spoergsmaal">');
});
