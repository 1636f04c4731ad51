import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatInstant } from '../../src/domain/kernel/time.js';
import { sayImpartial } from '../../src/store/lists.js';
import { inboxCase, registration, seats, takenCase, testHouse } from '../support/house.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
});
afterAll(() => web.close());

const SAID = 'De har fundet hans nye adresse og kommer i aften';
const inquiry = async (urgent: boolean): Promise<string> => inboxCase(web.house, { ...registration, said: SAID, urgent });
const section = (body: string): string => /<section[^>]*aria-labelledby="henvendelse"[\s\S]*?<\/section>/.exec(body)?.[0] ?? '';
const overview = async (who: 'police' | 'municipal' | 'probation', id: string): Promise<string> => section((await web.get(who, `/sager/${id}`)).body);
const assessment = async (who: 'police' | 'municipal' | 'probation', id: string): Promise<string> => section((await web.get(who, `/sager/${id}/visitation`)).body);

describe('what the person said when the case began (FM-INT-1)', () => {
  it('is read by each of the circle once the inquiry is taken, with how and when it came; the page at a glance leads there and opens no words', async () => {
    const id = await inquiry(true);
    await web.house.does('police', id, 'inquiry.take', seats);
    for (const who of ['police', 'municipal', 'probation'] as const) {
      await sayImpartial(web.house.web, web.house.tokens[who], id);
      const [glance, read] = [await overview(who, id), await assessment(who, id)];
      expect(read).toContain(SAID);
      expect(glance).toContain(`href="/sager/${id}/visitation#henvendelse"`);
      expect(glance).not.toContain(SAID);
      for (const part of [glance, read]) for (const words of ['Haster', 'Telefon, modtaget', formatInstant(web.house.clock()).slice(0, 'd. november'.length)]) expect(part).toContain(words);
    }
  });

  it('stays on the page of the assessment, and leads there no more once that has begun; what does not haste is not said to', async () => {
    const id = await inquiry(false);
    await web.house.does('police', id, 'inquiry.take', seats);
    expect(await overview('police', id)).not.toContain('Haster');
    await web.house.does('police', id, 'assessment.begin', {});
    expect([await overview('police', id), (await assessment('police', id)).includes(SAID)]).toEqual(['', true]);
  });

  it('is read by nobody outside of the circle, nor before it is taken', async () => {
    const waiting = await inquiry(true);
    const taken = await takenCase(web.house, { ...registration, said: SAID });
    for (const url of [`/indbakke/${waiting}`, `/sager/${waiting}`, `/sager/${waiting}/visitation`, `/sager/${taken}`]) {
      for (const who of ['police', 'policeFyn', 'officialKl', 'auditor', 'jobcentre', 'screener'] as const) {
        if (who === 'police' && url === `/sager/${taken}`) continue;
        expect((await web.get(who, url)).body, `${who} ${url}`).not.toContain(SAID);
      }
    }
    for (const who of ['policeFyn', 'officialKl', 'auditor', 'jobcentre', 'screener'] as const) expect((await web.get(who, `/sager/${taken}/visitation`)).statusCode, who).toBe(404);
  });
});
