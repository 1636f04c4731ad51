import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../support/people.js';
import { takenCase, testHouse } from '../support/house.js';
import { ask, audited } from '../support/wall-http.js';
import { KINDS, noLimits } from '../support/wall-house.js';
import { type Prompt, prompt } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

const ASKED = 'Undersøg åbne profiler fra foråret';
const OWN = 'Billede fra en havn';
const OTHERS = ['Politiets egen vurdering af truslen', 'Fælles notat om familien', 'Hvad den anden screener fandt', 'Ring til vagtcentralen'] as const;

let web: TestWeb;
let sql: Prompt;
let id: string;
beforeAll(async () => {
  web = await testWeb(await testHouse(noLimits), 1_000_000);
  sql = await prompt(web.house.db, 'udvej_web');
  const { house } = web;
  id = await takenCase(house);
  await house.does('police', id, 'security.assess', { occasion: 'before-agreement', level: 'high', text: OTHERS[0] });
  await house.does('municipal', id, 'journal.add', { kind: 'personal', text: OTHERS[1] });
  await house.does('police', id, 'safetyCard.set', { call: OTHERS[3] });
  await house.does('police', id, 'screening.ask', { screener: people.screener2.user, what: 'Begynd' });
  await house.does('screener2', id, 'screening.recordSearch', { where: 'Et arkiv', found: 'yes', text: OTHERS[2] });
  await house.does('police', id, 'screening.ask', { screener: people.screener.user, what: ASKED });
  await house.does('screener', id, 'screening.recordSearch', { where: 'Et socialt medie', found: 'yes', text: OWN });
});
afterAll(async () => {
  await sql.close();
  await web.close();
});

const PAGES = ['', '/visitation', '/samtykke', '/aftale', '/tiltag', '/opfoelgning', '/sikkerhed', '/dokumenter', '/kreds', '/journal', '/tidslinje'];
const FORMS = ['screening.recordSearch', 'screening.assessThreat', 'screening.handOver', 'security.raiseAcute', 'journal.add', 'security.assess', 'address.hold'];

describe('Control 5: a screener reads identity and his own entries, and nothing else (FM-SEC-2, FM-CNF-4)', () => {
  it('finds on no page, form, list or answer a word of anybody else, nor how far the case is or who else is in it', async () => {
    const urls = [...PAGES.map((page) => `/sager/${id}${page}`), ...FORMS.map((name) => `/sager/${id}/goer/${name}`), '/', '/sager', `/api/v1/cases/${id}`, `/api/v1/cases/${id}/actions`, '/api/v1/cases', '/api/v1/tasks'];
    const found: string[] = [];
    for (const url of urls) {
      const { body } = await ask(web, 'screener', { method: 'GET', url });
      for (const word of [...OTHERS, 'Visitation', 'inquiry', 'Navn municipal', 'Navn probation', 'Navn screener2', people.municipal.user, people.screener2.user, 'Kun sms efter kl. 16']) if (body.includes(word)) found.push(`${url}: ${word}`);
    }
    expect(found).toEqual([]);
    const own = (await ask(web, 'screener', { method: 'GET', url: `/sager/${id}/sikkerhed` })).body;
    expect([own.includes(ASKED), own.includes(OWN), own.includes('Navn police')]).toEqual([true, true, true]);
  });

  it('sees the name when he asks for it, as every look in the log', async () => {
    const { result, rows } = await audited(web, () => ask(web, 'screener', { method: 'POST', url: `/sager/${id}/navne`, body: {} }));
    expect([result.statusCode, result.body.includes('Emil Sandbjerg')]).toEqual([200, true]);
    expect(rows.filter((row) => row.action === 'case.named')).toHaveLength(1);
  });

  it('gets by SQL of his own the ciphertext of these two scopes alone, whatever kinds he asks for', async () => {
    const { rows } = await sql.tries(web.house.tokens.screener, [
      `select from sec.open_case('${id}', 'sikkerhed', array[${KINDS.map((kind) => `'${kind}'`).join(', ')}], 50)`,
      'select s.kind, s.subject, count(b.*)::int as bodies from app.scope s left join app.case_body b on b.scope_id = s.id group by 1, 2 order by 1, 2',
    ]);
    const state = (await web.house.opens('police', id)).state;
    const mine = state.screening.screenings.find((one) => one.screener === people.screener.user)?.id;
    expect(rows).toEqual([{ kind: 'core', subject: '', bodies: 0 }, { kind: 'identity', subject: '', bodies: 1 }, { kind: 'police', subject: mine, bodies: 2 }]);
    // The police member's own look at the same statement: there is more to be had.
    const all = await sql.tries(web.house.tokens.police, [`select from sec.open_case('${id}', 'sikkerhed', array['police'], 0)`, `select 1 from app.scope where kind = 'police'`]);
    expect(all.rows).toHaveLength(3);
  });

  it('can do in the case what a screener does, and alert; every other command is refused', async () => {
    const actions = (await ask(web, 'screener', { method: 'GET', url: `/api/v1/cases/${id}/actions` })).json<{ name: string }[]>().map((one) => one.name).sort();
    expect(actions).toEqual(['screening.assessThreat', 'screening.handOver', 'screening.recordSearch', 'security.raiseAcute']);
    for (const command of ['journal.add', 'security.assess', 'circle.add', 'address.allow']) {
      const reply = await ask(web, 'screener', { method: 'POST', url: `/api/v1/cases/${id}/commands/${command}`, body: { text: 'x', kind: 'personal', user: people.screener.user, role: 'contact', reason: 'x' } });
      expect([command, reply.statusCode]).toEqual([command, 422]);
    }
  });

  it('is known to be at work to police alone, on pages and by program', async () => {
    for (const who of ['municipal', 'probation'] as const) {
      for (const url of [`/sager/${id}`, `/sager/${id}/sikkerhed`, `/sager/${id}/tidslinje`, `/api/v1/cases/${id}`, '/', '/api/v1/tasks']) {
        const { body } = await ask(web, who, { method: 'GET', url });
        for (const word of ['creening bestilt', 'ScreeningAsked', 'screening.', OWN, ASKED]) expect([who, url, word, body.includes(word)]).toEqual([who, url, word, false]);
      }
    }
  });

  it('is out with the handing over: the next request is answered as an unknown id', async () => {
    await web.house.does('screener', id, 'screening.assessThreat', { persons: [{ who: 'Kaldenavn Bro', level: 'risk', why: 'Har truet' }] });
    await web.house.does('screener', id, 'screening.handOver', { risk: 'yes', text: 'Se vurderingen' });
    expect((await ask(web, 'screener', { method: 'GET', url: `/sager/${id}/sikkerhed` })).statusCode).toBe(404);
    const { rows } = await sql.tries(web.house.tokens.screener, [`select from sec.open_case('${id}', 'sikkerhed', array['police'], 0)`, 'select 1 from app.scope']);
    expect(rows).toEqual([]);
    expect((await ask(web, 'police', { method: 'GET', url: `/sager/${id}/sikkerhed` })).body).toContain('Kaldenavn Bro');
  });
});
