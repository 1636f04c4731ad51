import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatDate } from '../../src/domain/kernel/time.js';
import { people } from '../support/people.js';
import { concludedCase, questionOf } from '../support/refused-cases.js';
import { type QuestionDesk, questionDesk } from '../support/asked-questions.js';
import { audited, textOf } from '../support/wall-http.js';

let desk: QuestionDesk;
beforeAll(async () => { desk = await questionDesk(); });
afterAll(() => desk.close());

const WHY = 'Kan ikke nås';
const referred = async (entries: readonly object[]) => {
  const caseId = await concludedCase(desk.house, { police: 'accept', municipal: 'refuse', probation: 'refuse' });
  await desk.house.does('police', caseId, 'assessment.referToContactPoint', { account: 'Vi er ikke enige', entries });
  const question = await questionOf(desk.house, caseId);
  await desk.house.does('officialKl', caseId, 'contactPoint.takeQuestion', { question });
  return { caseId, form: () => desk.web.get('officialKl', `/sager/${caseId}/goer/contactPoint.decide?question=${question}`) };
};

describe('the form of a position that may refuse (FM-DEC-1, FM-LAW-1)', () => {
  it('says at the criterion that it must be one the candidate was heard on, and shows the hearing as the unit sent it along', async () => {
    // With the title that the unit's own form sets above it.
    const offered = textOf((await desk.web.get('police', `/sager/${await concludedCase(desk.house, { police: 'accept', municipal: 'refuse', probation: 'refuse' })}/goer/assessment.referToContactPoint`)).body);
    const title = `Partshøring, ${formatDate(desk.today())}`;
    expect(offered).toContain(title);
    const one = await referred([{ text: 'Visitation begyndt, i går\nNoget andet' }, { text: `${title}\nKandidaten er ikke hørt: ${WHY}` }]);
    const { rows } = await audited(desk.web, one.form);
    expect(rows.filter(({ actor }) => actor === people.officialKl.user)).toHaveLength(1);
    const page = textOf((await one.form()).body);
    expect(page).toContain('Kun ved afslag. Det skal være noget, kandidaten er hørt om.');
    const beside = page.slice(page.indexOf('Hvad er kandidaten hørt om?'), page.indexOf('Hvad er din myndigheds stilling?'));
    expect([beside.includes(WHY), beside.includes('Noget andet'), beside.includes('ikke sendt partshøringen med')]).toEqual([true, false, false]);
  });

  it('says that the hearing was not sent along where it was not, and opens nothing of the case for it (FM-CNF-4)', async () => {
    const page = textOf((await (await referred([])).form()).body);
    expect(page).toContain('Enheden har ikke sendt partshøringen med.');
    expect(page).not.toContain(WHY);
  });
});
