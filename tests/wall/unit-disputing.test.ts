import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf, knownDate } from '../../src/domain/kernel/time.js';
import { inboxCase, registration, seats, testHouse } from '../support/house.js';
import type { PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits), 1_000_000); });
afterAll(() => web.close());

const UNKNOWN = { ...registration, municipality: 'unknown', whereabouts: 'Sover på skift i Odense og Ishøj, siger han' };
/** One that the contact point has named Fyn's. */
const inFyn = async (): Promise<string> => {
  const id = await inboxCase(web.house, UNKNOWN);
  await web.house.does('officialKl', id, 'contactPoint.nameUnit', { unit: 'fyn', reason: 'Er mest i Odense' });
  return id;
};
const row = async (id: string) => (await web.api('officialKl', 'GET', '/api/v1/inquiries-without-unit')).json<readonly { readonly id: string }[]>().find((one) => one.id === id);
const inboxOf = async (who: PersonName) => (await web.api(who, 'GET', '/api/v1/inbox')).json<readonly { readonly id: string }[]>();

describe('the keeper of an inbox lets the contact point name the unit (FM-INT-7)', () => {
  const DISPUTE = { whereabouts: 'Kommunen siger, at han er flyttet. Han siger nej.' };

  it('and it leaves his inbox for the contact point’s desk, due a working day from then', async () => {
    const id = await inboxCase(web.house);
    expect((await web.get('police', `/indbakke/${id}/videre`)).body).toContain(`/indbakke/${id}/kontaktpunkt`);
    expect((await web.get('police', `/indbakke/${id}/kontaktpunkt`)).body).toContain('Kontaktpunktet læser det');
    const empty = await web.post('police', `/indbakke/${id}/kontaktpunkt`, { whereabouts: '' });
    expect(empty.statusCode).toBe(422);
    expect(empty.body).toContain('Skriv, hvad I ved om, hvor personen hører til');
    web.house.setClock(instantOf(knownDate('2026-11-05'), 9, 0));
    expect((await web.post('police', `/indbakke/${id}/kontaktpunkt`, DISPUTE)).statusCode).toBe(303);
    web.house.setClock(instantOf(knownDate('2026-11-02'), 10, 0));
    expect((await inboxOf('police')).map((one) => one.id)).not.toContain(id);
    expect(await row(id)).toMatchObject({ unit: 'unnamed', municipality: '0183', due: '2026-11-06' });
    expect((await web.get('officialKl', `/uden-enhed/${id}`)).body).toContain(DISPUTE.whereabouts);
    expect((await web.get('police', `/indbakke/${id}`)).statusCode).toBe(404);
  });

  it('and is asked about a conflict of interest as anybody, also in what he sends, when it comes back to him', async () => {
    const id = await inboxCase(web.house);
    await web.house.does('police', id, 'inquiry.dispute', DISPUTE);
    await web.house.does('officialKl', id, 'contactPoint.nameUnit', { unit: 'koebenhavns-vestegn', reason: 'Er i Ishøj' });
    await web.house.does('police', id, 'inquiry.take', seats);
    expect((await web.get('police', `/sager/${id}`)).body).toContain('Nej, åbn sagen');
    const asked = await web.house.db.superuser<{ asked: boolean }>('select app.may_be_asked($1, $2) as asked', [web.house.tokens.police, id]);
    expect(asked).toEqual([{ asked: true }]);
  });

  it.each(['policeFyn', 'municipal', 'custody', 'officialKl'] as const)('and %s does not', async (who) => {
    const id = await inboxCase(web.house);
    expect((await web.api(who, 'POST', `/api/v1/cases/${id}/commands/inquiry.dispute`, DISPUTE)).statusCode).toBe(404);
    expect((await web.post(who, `/indbakke/${id}/kontaktpunkt`, DISPUTE)).statusCode).toBe(404);
  });

  it('but not when it has named it: his unit takes it, or calls', async () => {
    const id = await inFyn();
    expect((await web.get('policeFyn', `/indbakke/${id}`)).body).toContain('Kontaktpunktet har udpeget jeres enhed.');
    for (const [address, fields] of [[`/indbakke/${id}/kontaktpunkt`, DISPUTE], [`/indbakke/${id}/videre`, { unit: 'koebenhavns-vestegn', reason: 'Ikke os' }]] as const) {
      const reply = await web.post('policeFyn', address, fields);
      expect(reply.statusCode).toBe(422);
      expect(reply.body).toContain('Ring til det, hvis enheden er forkert');
      expect(reply.body).toContain('whereabouts' in fields ? 'Han siger nej' : 'Ikke os');
    }
    expect((await inboxOf('policeFyn')).map((one) => one.id)).toContain(id);
  });
});

describe('the form of an inquiry (FM-INT-7, FM-INT-2)', () => {
  it('says what to choose for whom does not live in Denmark, and has the field there without a script', async () => {
    const { body } = await web.get('municipal', '/ny-henvendelse');
    expect(body).toContain('Bor personen ikke i Danmark, så vælg den kommune, personen skal flytte til.');
    expect(body).toContain('Det vides ikke, eller det er omstridt');
    expect(body).toContain('Udfyldes, når kommunen ikke vides eller er omstridt.');
    expect(body).toMatch(/<textarea[^>]*name="whereabouts"/);
  });

  it('asks for what is known of the place at its field, keeps all that was typed and registers nothing', async () => {
    const count = async () => (await web.house.db.superuser<{ n: number }>('select count(*)::int as n from app.exit_case'))[0]?.n;
    const before = await count();
    const reply = await web.post('municipal', '/ny-henvendelse', { ...UNKNOWN, whereabouts: '' });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('Skriv, hvad I ved om, hvor personen hører til.');
    expect(reply.body).toContain('href="#felt-whereabouts"');
    for (const word of ['Sandbjerg', 'Vil ud af det hele', 'Kun sms efter kl. 16']) expect(reply.body).toContain(word);
    expect(reply.body).toMatch(/<option value="unknown"[^>]* selected/);
    const numbered = await web.post('municipal', '/ny-henvendelse', { ...UNKNOWN, whereabouts: 'Ring 99 12 34 56' });
    expect(numbered.statusCode).toBe(422);
    expect(numbered.body).toContain('Det kan vise, hvem det drejer sig om.');
    expect(numbered.body).toContain('Ring 99 12 34 56');
    expect(await count()).toBe(before);
  });
});
