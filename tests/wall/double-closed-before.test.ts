import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideTelling } from '../../src/store/matching/tellings.js';
import { type DoublePair, settledPair } from '../support/double-pairs.js';
import { type MatchingDesk, matchingDesk } from '../support/matching-desk.js';

let desk: MatchingDesk;
beforeAll(async () => { desk = await matchingDesk(); });
afterAll(() => desk.close());

const house = () => desk.web.house;
interface Row { readonly untold: number; readonly told: number; readonly decidedAt: string }
const row = async ({ id }: DoublePair) => (await desk.web.api('officialKl', 'GET', `/api/v1/matches/${id}`)).json<Row>();
const tell = (one: DoublePair, body: object = {}) => desk.web.api('officialKl', 'POST', `/api/v1/matches/${one.id}/tell`, body);
const page = async (path: string) => (await desk.web.get('officialKl', path)).body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const decided = async (telling: (one: DoublePair) => Parameters<typeof decideTelling>[3]['telling']): Promise<DoublePair> => {
  const one = await settledPair(desk);
  await decideTelling(house().web, house().tokens.officialDfk, one.id, { telling: telling(one), law: 'before-consent', seen: null });
  return one;
};
const closes = (who: 'police' | 'policeFyn', caseId: string) => house().does(who, caseId, 'inquiry.close', { reason: 'withdrawn', note: 'x' });

describe('a case that is closed between the decision and the telling (FM-INT-3, FM-END-4)', () => {
  it('leaves nobody to be told, and nothing that waits: the page and the program say that nobody was', async () => {
    const one = await decided(({ first }) => first);
    await closes('police', one.vestegn);
    expect(await row(one)).toMatchObject({ untold: 0, told: 0 });
    expect((await tell(one)).json()).toEqual({ outcome: 'closed' });
    for (const path of [`/sammenfald/${one.id}`, '/sammenfald']) expect(await page(path)).toContain('Sagen er afsluttet; ingen fik besked.');
    expect(await page(`/sammenfald/${one.id}`)).not.toMatch(/Prøv igen|En kollega/);
  });

  it('keeps what one unit was told, and says that the other was not', async () => {
    const one = await decided(({ first }) => `both-${first}`);
    await house().does('officialDfk', one.vestegn, 'contactPoint.tellDouble');
    await closes('policeFyn', one.fyn);
    const { decidedAt, ...counts } = await row(one);
    expect(counts).toMatchObject({ untold: 0, told: 1 });
    expect((await tell(one)).json()).toEqual({ outcome: 'closed' });
    expect(await page(`/sammenfald/${one.id}`)).toContain('Den anden sag er afsluttet; kun den ene enhed fik besked.');
    // Nobody has decided it anew: it is as he read it.
    const late = await tell(one, { telling: 'nobody', decidedAt });
    expect([late.statusCode, late.json<{ detail: string }>().detail]).toEqual([422, 'Der er givet besked, og det kan ikke ændres.']);
    const typed = await desk.web.post('officialKl', `/sammenfald/${one.id}/besked`, { telling: 'nobody', decidedAt });
    expect([typed.statusCode, typed.body.includes('kun den ene enhed fik besked. Det kan ikke ændres.'), typed.body.includes('En kollega')]).toEqual([422, true, false]);
    // To whoever has read something older a colleague has decided it.
    expect((await tell(one, { telling: 'nobody', decidedAt: null })).json<{ detail: string }>().detail).toMatch(/^En kollega/);
  });

  it('says of what was told whole that it was told', async () => {
    const one = await decided(({ first }) => first);
    expect((await tell(one)).json()).toEqual({ outcome: 'told' });
    expect(await page(`/sammenfald/${one.id}`)).not.toContain('fik besked');
  });
});
