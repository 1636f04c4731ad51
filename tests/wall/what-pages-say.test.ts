import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseCommands } from '../../src/domain/exit-case/case.js';
import { othersTitle } from '../../src/web/pages/command-words.js';
import { saidOf } from '../../src/web/pages/said.js';
import { takenCase, testHouse } from '../support/house.js';
import { people } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
beforeAll(async () => { web = await testWeb(await testHouse(noLimits)); });
afterAll(() => web.close());

const page = async (who: 'police' | 'municipal' | 'probation', url: string): Promise<string> => (await web.get(who, url)).body;
const plain = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('The number of a rule', () => {
  const NUMBER = /FM-[A-Z]+-\d+/;
  /** What is read before the number: it stands small behind the words of the refusal, and nowhere by itself. */
  const without = (html: string): string => html.replace(/<span class="rule-id">[^<]*<\/span>/g, '');
  interface Refusal { readonly rule?: string; readonly title: string; readonly detail: string; readonly errors?: readonly { readonly detail: string }[] }

  it('stands small behind a refusal and in no words, on no page and on no form; by program in its own field', async () => {
    const id = await takenCase(web.house);
    const pages = ['', '/visitation', '/aftale', '/sikkerhed', '/journal', '/kreds', '/tidslinje', '/dokumenter'].map((part) => `/sager/${id}${part}`);
    for (const url of pages) expect([url, NUMBER.exec(without(await page('police', url)))?.[0]]).toEqual([url, undefined]);
    let refused = 0;
    // Who says that he has a conflict of interest reads no more of the case.
    for (const { name } of caseCommands.filter((one) => one.name !== 'circle.declareConflict')) {
      const form = `/sager/${id}/goer/${name}`;
      for (const { body } of [await web.get('police', form), await web.post('police', form, {})]) expect([name, NUMBER.exec(without(body))?.[0]]).toEqual([name, undefined]);
      const told = (await web.api('police', 'POST', `/api/v1/cases/${id}/commands/${name}`, {}, { 'idempotency-key': randomUUID() })).json<Refusal>();
      expect([name, NUMBER.exec(JSON.stringify([told.title, told.detail, told.errors ?? []]))?.[0]]).toEqual([name, undefined]);
      if (told.rule !== undefined) refused += 1;
    }
    // That there are refusals to read, by program and on a screen.
    expect(refused).toBeGreaterThan(10);
    expect(await page('police', `/sager/${id}/goer/assessment.referToContactPoint`)).toMatch(/[a-zæøå.]<span class="rule-id"> FM-[A-Z]+-\d+<\/span><\/p>/);
  });
});

describe('An acute threat (FM-SEC-3)', () => {
  it('is followed by who was warned, and nobody else is said to be', async () => {
    expect(saidOf('security.raiseAcute')).not.toMatch(/kontaktperson|forholdsregler/);
    const id = await takenCase(web.house);
    await web.house.does('municipal', id, 'security.raiseAcute', {});
    expect(plain(await page('municipal', `/sager/${id}/sikkerhed`))).toMatch(/Disse er advaret:\s+Navn police/);
  });
});

describe('A protected address (FM-SEC-4)', () => {
  it('has a form for each step that is called what the button to it says', async () => {
    const id = await takenCase(web.house);
    const form = await page('police', `/sager/${id}/goer/address.protect?step=notice`);
    expect(plain(form).match(/Notér besked til kommunen/g)).toHaveLength(2);
    expect(form).not.toContain('Registrér adressebeskyttelse');
  });

  it('asks whether children are along, and says that it must be answered', async () => {
    const id = await takenCase(web.house);
    expect(plain(await page('police', `/sager/${id}/goer/address.protect?step=notice`))).toMatch(/Er der børn med\? \(skal udfyldes\)/);
  });

  it('does not say what the civil register shows before the municipality has answered', async () => {
    const id = await takenCase(web.house);
    const shown = 'I CPR-registret står personen uden fast bopæl';
    await web.house.does('police', id, 'address.protect', { step: 'notice', on: '2026-11-02', children: 'none' });
    const before = await page('police', `/sager/${id}/sikkerhed`);
    expect(before).not.toContain(shown);
    expect(before).toContain('Når kommunen har kvitteret');
    await web.house.does('municipal', id, 'address.protect', { step: 'receipt', on: '2026-11-02' });
    expect(await page('police', `/sager/${id}/sikkerhed`)).toContain(shown);
  });
});

describe('The auditor’s page of a person (FM-CNF-5)', () => {
  const of = (query: string) => web.get('auditor', `/adgang/person/${people.police.user}?${query}`);

  it.each([
    ['a day that does not exist', 'fra=31-02-2026&til=', 'Datoen kan ikke læses'], ['no day at all', 'fra=🙂&til=', 'Datoen kan ikke læses'], ['the time before the log', 'fra=01-01-1850&til=', 'Loggen går ikke så langt tilbage'],
    ['the far future', 'fra=&til=01-01-2200', 'Loggen går ikke så langt frem'], ['a period that ends before it begins', 'fra=20-10-2026&til=01-10-2026', 'Perioden slutter, før den begynder'],
  ])('says at the field what is wrong with %s, keeps what was typed, and shows no other days in its place', async (_what, query, fault) => {
    const { statusCode, body } = await of(query);
    expect(statusCode).toBe(422);
    expect(body).toContain(fault);
    expect(body).toContain('<title>Fejl: Adgang');
    expect(body).not.toContain('Dag for dag');
  });

  it('shows the last thirty days when none is given', async () => {
    expect((await of('')).statusCode).toBe(200);
    expect((await of('fra=&til=')).statusCode).toBe(200);
  });
});

describe('A colleague who is away or has left (FM-WORK-7)', () => {
  it('is followed by somebody of the same authority: nobody else is offered', async () => {
    const id = await takenCase(web.house);
    for (const command of ['circle.depute', 'circle.handOver']) {
      const form = await page('police', `/sager/${id}/goer/${command}`);
      for (const name of ['Navn police2', 'Navn municipal2', 'Navn probation2']) expect([command, form.includes(`${name},`)]).toEqual([command, true]);
      for (const name of ['Navn odense', 'Navn policeFyn', 'Navn jobcentre']) expect([command, form.includes(`${name},`)]).toEqual([command, false]);
    }
  });

  it('is followed by one of his own authority alone, where it is said who he is', async () => {
    const id = await takenCase(web.house);
    for (const command of ['circle.depute', 'circle.handOver']) {
      const form = await page('police', `/sager/${id}/goer/${command}?user=${people.probation.user}`);
      expect([form.includes('Navn probation2,'), form.includes('Navn police2,'), form.includes('Navn municipal2,')]).toEqual([true, false, false]);
    }
  });

  it('is followed where he has a conflict of interest by who can take his seat, and neither by himself nor by who sits there for others (FM-DEC-4)', async () => {
    const id = await takenCase(web.house);
    const form = await page('probation', `/sager/${id}/goer/circle.declareConflict`);
    expect(form).toContain('Navn probation2,');
    for (const name of ['Navn probation', 'Navn police', 'Navn municipal', 'Navn treatment']) expect([name, form.includes(`>${name},`)]).toEqual([name, false]);
  });

  it('leaves a seat that those are offered first for who can take it; nobody is offered to shut himself out', async () => {
    const id = await takenCase(web.house);
    await web.house.does('police', id, 'circle.remove', { user: people.probation.user, reason: 'Andet arbejde' });
    const form = await page('police', `/sager/${id}/goer/circle.add`);
    const at = (name: string): number => form.indexOf(`>Navn ${name},`);
    expect(at('probation')).toBeGreaterThan(0);
    for (const name of ['municipal2', 'police2', 'odense', 'policeFyn']) expect([name, at(name) > at('probation')]).toEqual([name, true]);
    expect((await page('police', `/sager/${id}/goer/circle.exclude`))).not.toContain('>Navn police,');
  });

  it('stands first on the case of who is to hand his part on, with the form about him, and reads nothing any more', async () => {
    const id = await takenCase(web.house);
    await web.house.db.superuser('update app.staff set disabled_at = now() where id = $1', [people.municipal.user]);
    // The directory is read anew after a while; another house asks at once.
    const fresh = await testWeb(web.house);
    try {
      const overview = (await fresh.get('police', `/sager/${id}`)).body;
      expect(overview).toContain('En kollega er fratrådt: giv opgaverne videre');
      const address = `/sager/${id}/goer/circle.handOver?user=${people.municipal.user}`;
      expect(overview).toContain(address);
      expect(plain((await fresh.get('police', address)).body)).toContain('Navn municipal giver opgaverne fra sig');
      expect(plain((await fresh.get('police', `/sager/${id}/kreds`)).body)).toMatch(/Navn municipal [^|]*? fratrådt[^|]*?Adgangen er lukket +Intet mere/);
    } finally {
      await fresh.app.close();
      await web.house.db.superuser('update app.staff set disabled_at = null where id = $1', [people.municipal.user]);
    }
  });
});

describe('A page that is not there', () => {
  it('says so once, and sends nobody by name to a page that not everybody has', async () => {
    const body = plain((await web.get('auditor', '/findes-ikke')).body.replace(/<title>.*?<\/title>/, ''));
    expect(body.match(/findes ikke/g)).toHaveLength(1);
    expect(body).not.toContain('Mit arbejde');
  });
});

describe('Small words', () => {
  it('what waits for others is not said to the reader as his own', () => {
    expect(othersTitle('Skriv, hvad jeres myndighed kan tilbyde', 'Kommunen')).toBe('Kommunen: skriv, hvad myndigheden kan tilbyde');
    expect(othersTitle('Forny adgangen', 'Politiet')).toBe('Forny adgangen');
  });

  it('the pages are called what the menu calls them, and the log does not promise more rows than it has', async () => {
    const id = await takenCase(web.house);
    const log = await page('police', `/sager/${id}/kreds`);
    expect(log).not.toContain('De seneste 200 opslag');
    expect(await page('police', `/sager/${id}/dokumenter`)).not.toMatch(/\b(ham|hans)\b/);
    expect((await web.get('police', '/enhed')).body).not.toMatch(/under Kreds\./);
  });
});

describe('A file that is laid in a case (FM-WORK-2)', () => {
  it('is asked for once when none was chosen: nothing says that one was not kept', async () => {
    const id = await takenCase(web.house);
    const { body } = await web.post('municipal', `/sager/${id}/goer/attachment.add`, {});
    expect(body).not.toContain('men filen blev ikke gemt');
    expect(plain(body)).toContain('Der er tre ting at rette');
  });
});
