import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vote } from '../../src/store/approvals.js';
import { pairOf } from '../support/double-pairs.js';
import { type MatchingDesk, matchingDesk } from '../support/matching-desk.js';
import { people, type PersonName } from '../support/people.js';

let desk: MatchingDesk;
beforeAll(async () => { desk = await matchingDesk(); });
afterAll(() => desk.close());

const house = () => desk.web.house;
const sql = <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) => house().db.superuser<Row>(text, values);

describe('a no to the names of a match (control 17)', () => {
  it('is told to the next who is asked, in the line he reads, and stands in what the asker sees', async () => {
    const one = await pairOf(desk);
    const asks = (who: PersonName) => desk.web.api(who, 'POST', `/api/v1/matches/${one.id}/names`, {});
    const asked = async (by: PersonName) => (await sql<{ id: string }>('select id from app.approval where subject = $1 and requester = $2 and decided_at is null', [one.id, people[by].user]))[0]?.id ?? '';
    const reads = async (who: PersonName, id: string) => (await desk.web.get(who, `/godkendelser/${id}`)).body;
    const page = async (who: PersonName) => (await desk.web.get(who, `/sammenfald/${one.id}`)).body;
    await asks('officialKl');
    const before = await reads('officialPolice', await asked('officialKl'));
    expect([before.includes(' og UV-'), before.includes('sagt nej'), (await page('officialPolice')).includes('sagt nej')]).toEqual([true, false, false]);
    expect(await vote(house().web, house().tokens.officialDfk, await asked('officialKl'), false)).toBe('refused');
    await asks('officialKl');
    expect(await reads('officialPolice', await asked('officialKl'))).toContain(', en kollega har sagt nej');
    expect((await desk.web.get('officialPolice', '/')).body).toContain(', en kollega har sagt nej');
    expect(await reads('officialDfk', await asked('officialKl'))).toContain(', du har sagt nej før');
    expect(await page('officialKl')).toContain('Den, der spørges, får at vide, at der er sagt nej.');
    // The same where another official asks.
    expect(await page('officialPolice')).toContain('Der er før sagt nej til, at navnene vises.');
    await asks('officialPolice');
    expect(await reads('officialKl', await asked('officialPolice'))).toContain(', en kollega har sagt nej');
    expect(await vote(house().web, house().tokens.officialPolice, await asked('officialKl'), true)).toBe('given');
    expect((await desk.web.get('officialKl', '/')).body).toContain(', en kollega har sagt nej');
    expect((await desk.web.post('officialKl', `/sammenfald/${one.id}/navne`, { vis: 'ja' })).body).toContain('Emil Sandbjerg');
    // Of another match nothing is said.
    const other = await pairOf(desk);
    await desk.web.api('officialKl', 'POST', `/api/v1/matches/${other.id}/names`, {});
    const [fresh] = await sql<{ id: string }>('select id from app.approval where subject = $1', [other.id]);
    expect(await reads('officialPolice', fresh?.id ?? '')).not.toContain('sagt nej');
  });
});
