import { beforeEach, describe, expect, it } from 'vitest';
import { listTasks, whoAmI } from '../../src/store/lists.js';
import { endAccess } from '../../src/store/people.js';
import { createPool, type Pool } from '../../src/store/postgres/pools.js';
import { takenCase } from '../support/house.js';
import { people } from '../support/people.js';
import { type LoginWeb, loginWeb, tokenIn } from '../support/login-web.js';

let on: LoginWeb;
let operator: Pool;
let id: string;
let token: string;
beforeEach(async () => {
  on = await loginWeb();
  operator = createPool(on.house.db.url('udvej_operator'), { max: 1, name: 'test operator' });
  id = await takenCase(on.house);
  token = tokenIn(await comes()) ?? '';
  return async () => {
    await operator.end();
    await on.close();
  };
});

/** Logs in at his identity provider, which says this of him now. */
const comes = (now: object = {}, link = '/login', from?: string) => on.through(link, from, { ...on.claimsOf('municipal'), ...now });
const goesOn = async (): Promise<boolean> => (await on.get(token, `/sager/${id}`)).statusCode === 200;
const told = async () => (await listTasks(on.house.web, on.house.tokens.police)).filter((one) => one.case_id === id && one.command === 'circle.handOver').length;
const rows = async () => (await on.house.db.superuser<{ action: string }>(`select action from audit.event where actor = $1 and action in ('login.denied', 'access.ended') order by at desc, action limit 2`, [people.municipal.user])).map((row) => row.action);

describe('Control 27: a claim that is gone where none of ours is left (access.md)', () => {
  it.each([
    ['no function', { udvej_functions: [] }],
    ['functions that Udvej does not know', { udvej_functions: ['archivist', 'clerk'] }],
    ['an authority that Udvej does not know', { udvej_authority: 'ministry:justice' }],
    ['an authority that is none, and no function', { udvej_authority: 'a\0b', udvej_functions: [] }],
  ] as const)('ends all that he had by it at the login that is refused for it: %s', async (_what, now) => {
    await on.house.db.superuser(`insert into app.unit_roster values ('koebenhavns-vestegn', 'municipal', '0183', $1)`, [people.municipal.user]);
    expect([await goesOn(), await told()]).toEqual([true, 0]);
    expect(tokenIn(await comes(now))).toBeUndefined();
    expect([await goesOn(), await whoAmI(on.house.web, token), await told(), await on.house.db.superuser('select 1 from app.unit_roster')]).toEqual([false, undefined, 1, []]);
    expect(await rows()).toEqual(['access.ended', 'login.denied']);
  });

  it('ends it also where he was to prove himself anew in a session that goes on', async () => {
    expect(tokenIn(await comes({ udvej_functions: [] }, '/login?igen=ja', token))).toBeUndefined();
    expect(await goesOn()).toBe(false);
  });

  it('lets him come back as somebody new, who has nothing of what he had', async () => {
    await comes({ udvej_functions: [] });
    await comes({ udvej_functions: [] });
    const back = tokenIn(await comes()) ?? '';
    expect((await whoAmI(on.house.web, back))?.user_id).not.toBe(people.municipal.user);
    expect((await on.get(back, '/')).statusCode).toBe(200);
    expect((await on.get(back, `/sager/${id}`)).statusCode).toBe(404);
    expect(await told()).toBe(1);
  });

  it('lets nobody come back whom the operator has said has left, before or after', async () => {
    const { issuer } = on.issuer;
    await comes({ udvej_functions: [] });
    expect([await endAccess(operator, issuer, 'municipal'), await endAccess(operator, issuer, 'municipal')]).toEqual([true, false]);
    expect(tokenIn(await comes())).toBeUndefined();
    await comes({ udvej_functions: [] });
    expect(tokenIn(await comes())).toBeUndefined();
  });

  it.each([
    ['a login that is not good enough', { acr: 'low' }],
    ['no name', { name: ' ' }],
    ['no word of functions', { udvej_functions: undefined }],
    ['no word of an authority', { udvej_authority: '' }],
    ['functions in one text', { udvej_functions: 'municipal_exit' }],
    ['all that he had, and a word more', { udvej_functions: ['municipal_exit', 'archivist'] }],
  ] as const)('ends nothing where the refusal says nothing of that: %s', async (_what, now) => {
    expect(tokenIn(await comes(now))).toBeUndefined();
    expect([await goesOn(), await told(), await rows()]).toEqual([true, 0, expect.not.arrayContaining(['access.ended'])]);
  });
});
