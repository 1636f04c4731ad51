import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEALED_CHUNK } from '../../src/store/vault/chunks.js';
import { takenCase, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { filled, laid, pdf, sendApi, sendForm } from '../support/uploads.js';
import { audited } from '../support/wall-http.js';
import { caseOfFyn, kindsSql, noLimits } from '../support/wall-house.js';
import { prompt, type Prompt } from '../support/wall-sql.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let sql: Prompt;
let id: string;
let others: string;
let general: string;
let health: string;
let police: string;
let theirs: string;
beforeAll(async () => {
  web = await testWeb(await testHouse({ ...noLimits, uploadsPerHour: 1_000_000 }), 1_000_000);
  sql = await prompt(web.house.db, 'udvej_web');
  id = await takenCase(web.house);
  others = await caseOfFyn(web.house);
  // Who has done nothing in the case is asked first whether he has a conflict of interest.
  await web.post('probation', `/sager/${id}/habil`, {});
  general = await laid(web, 'municipal', id, pdf('Til alle'), { title: 'Til alle' });
  health = await laid(web, 'municipal', id, pdf('Om helbred', 100_000), { title: 'Om helbred', kind: 'health' });
  police = await laid(web, 'police', id, pdf('Kun politiet'), { title: 'Kun politiet', own: 'true' });
  theirs = await laid(web, 'odense', others, pdf('Deres'), { title: 'Deres' });
});
afterAll(async () => {
  await sql.close();
  await web.close();
});

const url = (file: string, of = id): string => `/sager/${of}/bilag/${file}`;

describe('a file of police’s own, where somebody screens (FM-SEC-2, FM-CNF-4)', () => {
  it('lies in police’s scope and in no part of a screening: police reads it, and the screener does not', async () => {
    const screened = await takenCase(web.house);
    await web.house.does('police', screened, 'assessment.begin');
    await web.house.does('police', screened, 'screening.ask', { screener: people.screener.user, what: 'Åbne kilder' });
    await web.house.does('screener', screened, 'screening.recordSearch', { where: 'Facebook', found: 'yes', text: 'En profil' });
    const own = await laid(web, 'police', screened, pdf('Kun politiet'), { title: 'Kun politiet', own: 'true' });
    expect([(await web.get('police', url(own, screened))).statusCode, (await web.get('screener', url(own, screened))).statusCode]).toEqual([200, 404]);
  });
});

describe('who gets a file of a case (FM-CNF-2, FM-CNF-4)', () => {
  it.each<[PersonName, () => string]>([
    ['police', () => health], ['municipal', () => police], ['probation', () => police], ['policeFyn', () => general], ['odense', () => general], ['auditor', () => general], ['admin', () => general],
    ['jobcentre', () => general], ['officialKl', () => general], ['municipal', () => theirs], ['municipal', () => randomUUID()], ['municipal', () => 'ikke-et-id'],
  ])('not %s where it is not his: the answer of a page that is not there, and one row in the log', async (who, file) => {
    const unknown = await web.get(who, url(randomUUID(), randomUUID()));
    const { result, rows } = await audited(web, async () => web.get(who, url(file())));
    expect(result.statusCode).toBe(404);
    expect(result.body).toBe(unknown.body);
    expect(Object.keys(result.headers).sort()).toEqual(Object.keys(unknown.headers).sort());
    expect(rows).toEqual([{ actor: people[who].user, action: 'case.denied', case_ref: id, purpose: 'attachment' }]);
  });

  it.each<[PersonName, () => string]>([['municipal', () => general], ['police', () => general], ['municipal', () => health], ['probation', () => health], ['police', () => police]])(
    '%s, where it is; one row in the log says so', async (who, file) => {
      const { result, rows } = await audited(web, async () => web.get(who, url(file())));
      expect(result.statusCode).toBe(200);
      expect(result.body).toContain('%PDF');
      expect(rows).toEqual([{ actor: people[who].user, action: 'case.opened', case_ref: id, purpose: 'attachment' }]);
      expect((await web.api(who, 'GET', `/api/v1/cases/${id}/attachments/${file()}`)).rawPayload.equals(result.rawPayload)).toBe(true);
    });

  it('not by the address of another case, not for who reads both', async () => {
    expect((await web.get('municipal', url(theirs))).statusCode).toBe(404);
    expect((await web.get('odense', url(theirs))).statusCode).toBe(404);
    expect((await web.get('odense', url(theirs, others))).statusCode).toBe(200);
  });

  it('nobody who has left the circle, nor who was shut out; and nobody who is not signed in', async () => {
    const left = await takenCase(web.house);
    const file = await laid(web, 'municipal', left, pdf());
    expect((await web.get('probation', url(file, left))).statusCode).toBe(200);
    await web.house.does('municipal', left, 'circle.remove', { user: people.probation.user, reason: 'Har skiftet arbejde' });
    expect((await web.get('probation', url(file, left))).statusCode).toBe(404);
    await web.house.does('municipal', left, 'circle.exclude', { user: people.police.user, reason: 'Fætter' });
    expect((await web.get('police', url(file, left))).statusCode).toBe(404);
    expect((await web.get(undefined, url(file, left))).statusCode).toBe(303);
    expect((await web.api(undefined, 'GET', `/api/v1/cases/${left}/attachments/${file}`)).statusCode).toBe(401);
  });

  it('is not sent to a case of others: the answer of one that is not there, whatever is wrong with the file, and one row in the log', async () => {
    for (const bytes of [pdf(), Buffer.from('<svg/>'), undefined]) {
      for (const of of [others, randomUUID()]) {
        const { result, rows } = await audited(web, async () => sendForm(web, 'municipal', of, bytes));
        expect(result.statusCode).toBe(404);
        expect(rows).toEqual([{ actor: people.municipal.user, action: 'case.denied', case_ref: of, purpose: 'attachment.add' }]);
        expect((await sendApi(web, 'municipal', of, { fields: filled, ...(bytes ? { files: [{ bytes }] } : {}) })).statusCode).toBe(404);
      }
    }
  });
});

describe('a file that is not for the reader (FM-WORK-6)', () => {
  const pages = ['', '/dokumenter', '/journal', '/tidslinje', '/samtykke'];

  it('stands on no page of his, changes no number, no tag and no news, and takes no name away from another', async () => {
    const seen = async () => Promise.all(pages.map(async (page) => (await web.get('probation', `/sager/${id}${page}`)).body.replace(/name="_?[a-z]+" value="[^"]*"/g, '')));
    const tag = async () => (await web.api('probation', 'GET', `/api/v1/cases/${id}`)).headers['etag'];
    const news = async () => (await web.get('probation', '/')).body.replace(/name="_?[a-z]+" value="[^"]*"/g, '');
    const before = [await seen(), await tag(), await news()];
    await laid(web, 'police', id, pdf('Hemmeligt'), { title: 'Hemmeligt for andre', own: 'true' });
    expect([await seen(), await tag(), await news()]).toEqual(before);
    const name = (await web.get('probation', url(health))).headers['content-disposition'];
    expect(name).toMatch(/-102\.pdf"$/);
    const next = await laid(web, 'municipal', id, pdf(), { title: 'Den næste' });
    expect((await web.get('probation', url(next))).headers['content-disposition']).toMatch(/-103\.pdf"$/);
    expect(await tag()).not.toBe(before[1]);
  });

  it('stands on no list of his, over the API neither; on those of who may see it, newest first', async () => {
    const titles = async (who: PersonName) => (await web.api(who, 'GET', `/api/v1/cases/${id}`)).json<{ attachments: { title: string }[] }>().attachments.map(({ title }) => title);
    expect(await titles('police')).toEqual(['Den næste', 'Hemmeligt for andre', 'Kun politiet', 'Til alle']);
    expect(await titles('municipal')).toEqual(['Den næste', 'Om helbred', 'Til alle']);
    const page = (await web.get('police', `/sager/${id}/dokumenter`)).body;
    expect(page).toContain('Kun politiet');
    expect(page).not.toContain('Om helbred');
    expect(page).not.toContain(health);
  });

  it('stays on the list however long the journal becomes', async () => {
    for (let n = 0; n < 25; n += 1) await web.house.does('municipal', id, 'journal.add', { text: `Notat ${n}`, kind: 'personal' });
    const page = (await web.get('municipal', `/sager/${id}/dokumenter`)).body;
    for (const title of ['Til alle', 'Om helbred', 'Den næste']) expect(page).toContain(title);
    expect(page).not.toContain('Kun politiet');
  });
});

describe('files in the database (security.md, control 4)', () => {
  const all = 'select * from app.attachment_chunk';

  it('come for an opening of the same transaction, in the scopes that were opened, and for none else', async () => {
    expect((await sql.tries(web.house.tokens.municipal, all)).rows).toEqual([]);
    const open = (kinds: string) => `select * from sec.open_case('${id}', 'test', ${kinds}, 0)`;
    const files = async (who: PersonName, kinds: string) => new Set((await sql.tries(web.house.tokens[who], [open(kinds), all])).rows.map((row) => row['attachment_id']));
    expect(await files('municipal', `array['health']`)).toEqual(new Set([health]));
    expect((await files('police', kindsSql)).has(health)).toBe(false);
    expect((await files('municipal', kindsSql)).has(police)).toBe(false);
    expect((await files('municipal', kindsSql)).has(theirs)).toBe(false);
    expect((await files('policeFyn', kindsSql)).size).toBe(0);
  });

  it('are written by a command of their case alone, and changed by nobody', async () => {
    const [scope] = await web.house.db.superuser<{ id: string }>(`select id from app.scope where case_id = $1 and kind = 'general'`, [others]);
    const put = `select app.put_chunks('${others}', '${scope?.id ?? ''}', '${theirs}', 9, 1, '\\x00')`;
    const begin = `select * from sec.begin_command('${id}', 'attachment.add', 0, null, null)`;
    expect((await sql.tries(web.house.tokens.municipal, put)).refused).toBe('42501');
    expect((await sql.tries(web.house.tokens.municipal, [begin, 'set local role udvej_command', put])).refused).toBe('42501');
    for (const act of [`update app.attachment_chunk set ct = ''`, 'delete from app.attachment_chunk', 'delete from app.attachment', `select sec.remove_attachments('${id}')`, 'select * from sec.upload_limit', 'delete from sec.upload_limit']) {
      for (const role of [undefined, 'udvej_command', 'udvej_national']) expect((await sql.tries(web.house.tokens.municipal, act, role === undefined ? {} : { role })).refused, act).toBe('42501');
    }
  });

  it('hold nothing of a file in plain, and of its length only a power of two of chunks of one size', async () => {
    const rows = await web.house.db.superuser<{ n: string; least: number; most: number }>('select count(*) as n, min(length(ct)) as least, max(length(ct)) as most from app.attachment_chunk where attachment_id = $1', [health]);
    expect(rows).toEqual([{ n: '2', least: SEALED_CHUNK, most: SEALED_CHUNK }]);
  });
});

describe('a file that is sent twice, or by two at once', () => {
  const sent = (key: string, bytes = pdf('Én gang')) => sendApi(web, 'municipal', id, { fields: { ...filled, title: 'Én gang' }, files: [{ bytes }] }, { 'idempotency-key': key });
  const count = async () => Number((await web.house.db.superuser<{ n: string }>('select count(*) as n from app.attachment where case_id = $1', [id]))[0]?.n);

  it('is kept once under its key, and answered the same; another file under it is refused', async () => {
    const before = await count();
    const [first, again] = [await sent('samme'), await sent('samme')];
    expect(again.json()).toEqual(first.json());
    expect(await count()).toBe(before + 1);
    expect((await sent('samme', pdf('Noget andet'))).statusCode).toBe(422);
    expect(await count()).toBe(before + 1);
  });

  it('is kept as often as it is sent, each with its event, when they race', async () => {
    const before = await count();
    const replies = await Promise.all(Array.from({ length: 6 }, (_, n) => sent(`kaploeb-${n}`, pdf(`Nummer ${n}`, 100_000))));
    expect(replies.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 6 }, () => 201));
    expect(await count()).toBe(before + 6);
    for (const [n, reply] of replies.entries()) expect((await web.get('municipal', url(reply.json<{ id: string }>().id))).body).toContain(`Nummer ${n}`);
  });

  it('leaves nothing when its command is refused', async () => {
    const before = await count();
    expect((await sendApi(web, 'police', id, { fields: { ...filled, kind: 'health' }, files: [{ bytes: pdf() }] })).statusCode).toBe(422);
    expect(await count()).toBe(before);
  });
});
