import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takenCase, testHouse } from '../support/house.js';
import { ask, seen } from '../support/wall-http.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterAll(() => web.close());

/** What a member sees of his case, on pages and by program. */
const looksOf = async (who: 'municipal' | 'police', id: string) => {
  const looks: Record<string, unknown> = {};
  for (const url of [`/sager/${id}`, `/sager/${id}/journal`, `/sager/${id}/tidslinje`, '/sager', '/', `/api/v1/cases/${id}`, `/api/v1/cases/${id}/actions`, '/api/v1/cases', '/api/v1/tasks']) {
    looks[url] = seen(await ask(web, who, { method: 'GET', url }));
  }
  return looks;
};

describe('what a member may not see of his own case (FM-WORK-6, spec/commands.md on ETag)', () => {
  it.each([1, 19, 20, 45])('leaves no trace when police writes %i notes to itself: no gap, no count, no other ETag', async (notes) => {
    const id = await takenCase(web.house);
    for (const text of ['Et', 'To', 'Tre']) await web.house.does('municipal', id, 'journal.add', { text, kind: 'personal' });
    const before = await looksOf('municipal', id);
    const { etag } = await web.house.opens('municipal', id);
    for (let n = 0; n < notes; n += 1) await web.house.does('police', id, 'journal.add', { text: `Kun politiet ${n}`, kind: 'personal', own: true });
    expect(await looksOf('municipal', id)).toEqual(before);
    // Nor by what he does next: his own old ETag still fits.
    const reply = await web.api('municipal', 'POST', `/api/v1/cases/${id}/commands/journal.add`, { text: 'Fire', kind: 'personal' }, { 'if-match': etag });
    expect(reply.statusCode).toBe(200);
  });

  it('leaves no trace when the others write of health, to police', async () => {
    const id = await takenCase(web.house);
    await web.house.does('police', id, 'journal.add', { text: 'Et', kind: 'personal' });
    const before = await looksOf('police', id);
    for (let n = 0; n < 25; n += 1) await web.house.does('municipal', id, 'journal.add', { text: `Søvn ${n}`, kind: 'health' });
    expect(await looksOf('police', id)).toEqual(before);
  });

  it('shows when it is for him: the same test sees a note in the common journal', async () => {
    const id = await takenCase(web.house);
    const before = await looksOf('municipal', id);
    await web.house.does('police', id, 'journal.add', { text: 'Til alle', kind: 'personal' });
    const after = await looksOf('municipal', id);
    expect(after[`/sager/${id}/journal`]).not.toEqual(before[`/sager/${id}/journal`]);
    expect(after[`/sager/${id}/tidslinje`]).not.toEqual(before[`/sager/${id}/tidslinje`]);
    expect(after[`/api/v1/cases/${id}`]).not.toEqual(before[`/api/v1/cases/${id}`]);
  });
});
