import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crc32 } from 'node:zlib';
import { clamd } from '../../src/store/scanning/clamd.js';
import { takenCase, testHouse, type TestHouse } from '../support/house.js';
import { EICAR, standInClamd, type StandInClamd } from '../support/stand-in-clamd.js';
import { docm, docx, exif, filled, jpeg, laid, multipartBody, odt, pdf, png, sendApi, sendForm, xlsx, zip } from '../support/uploads.js';
import { noLimits } from '../support/wall-house.js';
import { isDanish, problemWords } from '../support/wall-words.js';
import { type TestWeb, testWeb } from '../support/web.js';

let web: TestWeb;
let house: TestHouse;
let scanner: StandInClamd;
let id: string;
beforeAll(async () => {
  scanner = await standInClamd();
  house = { ...(await testHouse({ ...noLimits, uploadsPerHour: 1_000_000 })), scan: clamd(scanner.place, 30_000) };
  web = await testWeb(house, 1_000_000);
  id = await takenCase(house);
});
afterAll(async () => {
  await web.close();
  await scanner.close();
});

const MEGABYTE = 1024 * 1024;
const kept = async (): Promise<number> => Number((await house.db.superuser<{ n: string }>('select count(*) as n from app.attachment_chunk'))[0]?.n);
const send = (bytes: Buffer, name?: string) => sendApi(web, 'municipal', id, { fields: filled, files: [{ bytes, ...(name === undefined ? {} : { name }) }] });
const fetched = async (bytes: Buffer) => web.get('municipal', `/sager/${id}/bilag/${await laid(web, 'municipal', id, bytes)}`);
const refusals = async (bytes: Buffer, name?: string): Promise<{ readonly status: number; readonly pointer: string | undefined; readonly detail: string }> => {
  const before = await kept();
  const reply = await send(bytes, name);
  expect(await kept()).toBe(before);
  for (const words of problemWords(reply.body)) expect(isDanish(words), String(words)).toBe(true);
  const { errors, detail } = reply.json<{ errors?: readonly { pointer: string }[]; detail: string }>();
  return { status: reply.statusCode, pointer: errors?.[0]?.pointer, detail };
};
const joined = (...parts: readonly (Buffer | string)[]): Buffer => Buffer.concat(parts.map((one) => Buffer.from(one)));

describe('a file that is sent (security.md, control 31)', () => {
  it.each<[string, () => Buffer]>([
    ['a zip bomb that says how large it is', () => docx('x', { name: 'word/big.xml', content: Buffer.alloc(201 * MEGABYTE, 'a') })],
    ['a zip bomb that says it is small', () => docx('x', { name: 'word/big.xml', content: Buffer.alloc(20 * MEGABYTE, 'a'), says: 1000 })],
    ['a zip whose entries lie over one another', () => overlapping()],
    ['a zip within a document', () => docx('x', { name: 'word/media/a.bin', content: docx() })],
    ['a zip that is no document', () => zip({ name: 'a.txt', content: 'x' })],
    ['a document with macros', () => docm()],
    ['a document with a macro’s part', () => docx('x', { name: 'word/vbaProject.bin', content: 'x' })],
    ['an OpenDocument with macros', () => odt({ name: 'Basic/Standard/Module1.xml', content: '<x/>' })],
    ['a document that fetches its template from elsewhere', () => docx('x', { name: 'word/_rels/settings.xml.rels', content: '<Relationship Id="a" Type="http://x/attachedTemplate" Target="http://ond.example/a.dotm" TargetMode="External"/>' })],
    ['a document that fetches a picture from elsewhere', () => docx('x', { name: 'word/_rels/document.xml.rels', content: '<Relationship Id="a" Type="http://x/image" Target="http://ond.example/a.png" TargetMode="External"/>' })],
    ['a document with a way out of its folder', () => docx('x', { name: '../../etc/passwd', content: 'x' })],
    ['a document with a program in it', () => docx('x', { name: 'word/a.xml', content: joined('MZ', Buffer.alloc(100)) })],
    ['a document with something before it', () => joined('x', docx())],
    ['a document with something behind it', () => joined(docx(), 'x')],
    ['an SVG with a script', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['an SVG with a declaration', () => Buffer.from('<?xml version="1.0"?>\n<svg onload="alert(1)"/>')],
    ['a page', () => Buffer.from('<!DOCTYPE html><body onload=alert(1)>')],
    ['a text with a script in it', () => Buffer.from('Hej\n<script src=//ond.example></script>')],
    ['a program of Windows', () => joined('MZ', Buffer.alloc(200))],
    ['a program of Linux', () => joined('\x7fELF', Buffer.alloc(200))],
    ['a shell’s script', () => Buffer.from('#!/bin/sh\nrm -rf /\n')],
    ['an old Word document', () => Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['a GIF', () => Buffer.from('GIF89a\x01\x00', 'latin1')],
    ['a text that is not UTF-8', () => Buffer.from('på', 'latin1')],
    ['a text with bytes of a program', () => Buffer.from('Hej\0\x01\x02')],
    ['nothing', () => Buffer.alloc(0)],
    ['a PDF with something before it', () => joined('\n', pdf())],
    ['a PDF with a zip behind it', () => joined(pdf(), docx())],
    ['a PDF with a zip in its end', () => joined(pdf(), docx(), '\n%%EOF\n')],
    ['a PDF with a page behind it', () => joined(pdf(), '<html>')],
    ['a PDF that was cut', () => pdf().subarray(0, 40)],
    ['a picture with a zip behind it', () => joined(png(), docx())],
    ['a picture with a zip in its data', () => png(['IDAT', docx()])],
    ['a picture with a PDF in its head', () => png(['PLTE', Buffer.from('%PDF-1.7 ')])],
    ['a picture whose check is wrong', () => png().fill(7, 20, 21)],
    ['a picture that was cut', () => png().subarray(0, -6)],
    ['a picture of a thousand million points', () => huge()],
    ['a photograph with a zip behind it', () => joined(jpeg(), docx())],
    ['a photograph with a PDF behind it', () => joined(jpeg(), pdf())],
    ['a photograph that was cut', () => jpeg().subarray(0, -2)],
  ])('is refused at its field and not kept: %s', async (_name, make) => {
    expect(await refusals(make())).toMatchObject({ status: 422, pointer: '/file' });
  });

  it('is judged by what is in it, never by its name', async () => {
    expect((await refusals(Buffer.from('<svg onload="alert(1)"/>'), 'brev.pdf')).status).toBe(422);
    const reply = await web.get('municipal', `/sager/${id}/bilag/${await laid(web, 'municipal', id, png(), {}, 'brev.exe')}`);
    expect(reply.headers['content-type']).toBe('image/png');
    expect(reply.headers['content-disposition']).toMatch(/\.png"$/);
  });

  it.each<[string, () => Buffer, string]>([
    ['a PDF', pdf, 'application/pdf'], ['a picture', png, 'image/png'], ['a photograph', jpeg, 'image/jpeg'],
    ['a text', () => Buffer.from('Hej på dig\r\n'), 'text/plain; charset=utf-8'],
    ['a Word document', docx, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['a Word document with a link', () => docx('x', { name: 'word/_rels/document.xml.rels', content: '<Relationship Id="a" Type="http://x/relationships/hyperlink" Target="http://kl.dk" TargetMode="External"/>' }), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['an Excel sheet', xlsx, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'], ['an OpenDocument', odt, 'application/vnd.oasis.opendocument.text'],
  ])('comes back as it was: %s', async (_name, make, type) => {
    const reply = await fetched(make());
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-type']).toBe(type);
    expect(reply.rawPayload.equals(make())).toBe(true);
  });

  it('leaves where and when a photograph was taken behind, and keeps which way up it is', async () => {
    const sent = jpeg([0xe1, exif('56 9 N')], [0xfe, Buffer.from('Taget af Mette')], [0xed, Buffer.from('Photoshop 3.0 by-line')], [0xe2, Buffer.from('MPF')]);
    const { rawPayload } = await fetched(joined(sent, 'en film bagefter'));
    for (const gone of ['GPS', '56 9', 'Mette', 'Photoshop', 'MPF', 'film']) expect(rawPayload.includes(gone), gone).toBe(false);
    expect(sent.includes('GPSLatitude')).toBe(true);
    expect(rawPayload.includes(Buffer.from('0112000300000001' + '00060000', 'hex'))).toBe(true);
    expect(rawPayload.subarray(0, 4).toString('hex')).toBe('ffd8ffe0');
    // What is kept is read the same again.
    expect((await fetched(rawPayload)).rawPayload.equals(rawPayload)).toBe(true);
  });

  it('leaves what stands in a picture beside the picture behind', async () => {
    const { rawPayload } = await fetched(png(['eXIf', exif('56 9 N')], ['tEXt', Buffer.from('Author\0Mette')], ['iTXt', Buffer.from('XML:com.adobe.xmp')], ['tIME', Buffer.alloc(7)], ['ruSt', Buffer.from('hvad som helst')]));
    expect(rawPayload.equals(png())).toBe(true);
  });

  it('of 51 MB is refused with 413 in Danish at the field, and one of 50 MB is kept and comes back', { timeout: 60_000 }, async () => {
    expect(await refusals(pdf('x', 51 * MEGABYTE))).toMatchObject({ status: 413, pointer: '/file', detail: 'Filen er for stor. Et bilag kan fylde 50 MB. Gem den mindre, eller del den i flere.' });
    const form = await sendForm(web, 'municipal', id, pdf('x', 51 * MEGABYTE), { title: 'Det, jeg skrev' });
    expect(form.statusCode).toBe(413);
    expect(form.body).toContain('Filen er for stor');
    expect(form.body).toContain('value="Det, jeg skrev"');
    const whole = pdf('x', 50 * MEGABYTE);
    expect((await fetched(whole)).rawPayload.equals(whole)).toBe(true);
  });

  it('comes one at a time', async () => {
    const reply = await sendApi(web, 'municipal', id, { fields: filled, files: [{ bytes: pdf() }, { bytes: png() }] });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('Vælg én fil ad gangen.');
    expect((await sendApi(web, 'municipal', id, { fields: filled, files: [{ bytes: pdf(), field: 'andet' }] })).statusCode).toBe(422);
  });

  it('that was not chosen is asked for, with what was typed kept; and it says that a file must be chosen again', async () => {
    const none = await sendForm(web, 'municipal', id, undefined, { title: 'Det, jeg skrev' });
    expect(none.statusCode).toBe(422);
    expect(none.body).toContain('Vælg den fil, der skal lægges på sagen.');
    const other = await sendForm(web, 'municipal', id, pdf(), { title: '' });
    expect(other.statusCode).toBe(422);
    expect(other.body).toContain('Skriv, hvad bilaget er');
    expect(other.body).toContain('Vælg filen igen.');
    expect((await sendForm(web, 'municipal', id, pdf())).statusCode).toBe(303);
  });

  it('is taken from our own form alone', async () => {
    const before = await kept();
    expect((await sendForm(web, 'municipal', id, pdf(), { _csrf: 'forkert' })).statusCode).toBe(403);
    expect(await kept()).toBe(before);
  });

  it('is taken where files are taken, and nowhere else', async () => {
    const { type, payload } = multipartBody({ fields: { text: 'x', kind: 'personal' } });
    const reply = await web.app.inject({ method: 'POST', url: `/api/v1/cases/${id}/commands/journal.add`, payload, headers: { authorization: `Bearer ${house.tokens.municipal}`, 'content-type': type } });
    expect(reply.statusCode).toBe(415);
    expect((await house.order('municipal', 'attachment.add', { title: 'x', kind: 'personal' }, { caseId: id })).kind).toBe('rejected');
  });
});

describe('the scanner', () => {
  it('sees every file whole, as it came', async () => {
    const sent = jpeg([0xe1, exif('56 9 N')]);
    await laid(web, 'municipal', id, sent);
    expect(scanner.seen.at(-1)?.equals(sent)).toBe(true);
  });

  it('refuses the file every scanner is tried with (EICAR)', async () => {
    expect(await refusals(Buffer.from(EICAR))).toMatchObject({ status: 422, pointer: '/file', detail: expect.stringContaining('skadeligt program') as string });
    expect((await refusals(pdf(EICAR))).detail).toContain('skadeligt program');
  });

  it.each([
    ['nothing', ''], ['half', 'stream: '], ['without an end', 'stream: OK'], ['more than a yes', 'stream: OK\0 FOUND'], ['of its own limit', 'INSTREAM size limit exceeded. ERROR\0'], ['without end', 'x'.repeat(5_000)],
  ])('that answers %s has not said that the file is clean', async (_name, answer) => {
    scanner.answer = answer;
    try {
      expect((await refusals(pdf())).detail).toContain('kunne ikke undersøges');
    } finally {
      scanner.answer = undefined;
    }
  });

  it('that is down keeps every file out', async () => {
    const gone = await standInClamd();
    await gone.close();
    const down = await testWeb({ ...house, scan: clamd(gone.place, 500) }, 1_000_000);
    const reply = await sendApi(down, 'municipal', id, { fields: filled, files: [{ bytes: pdf() }] });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('kunne ikke undersøges');
    await down.app.close();
  });

  it('that is not there is said on the form', async () => {
    const { scan: _scan, ...without } = house;
    const bare = await testWeb(without, 1_000_000);
    expect((await bare.get('municipal', `/sager/${id}/goer/attachment.add`)).body).toContain('Filen undersøges ikke for skadelige programmer.');
    expect((await web.get('municipal', `/sager/${id}/goer/attachment.add`)).body).toContain('Filen undersøges for skadelige programmer.');
    await bare.app.close();
  });
});

describe('a file that is fetched', () => {
  it('is laid down beside the browser, named by the case, and can do nothing', async () => {
    const { headers } = await fetched(pdf('x'));
    const [row] = await house.db.superuser<{ number: string }>('select number from app.exit_case where id = $1', [id]);
    expect(headers['content-disposition']).toMatch(new RegExp(`^attachment; filename="${row?.number ?? ''}-\\d+\\.pdf"$`));
    expect(headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'x-robots-tag': 'noindex', 'cross-origin-resource-policy': 'same-origin', 'content-type': 'application/pdf' });
  });
});

describe('twenty files an hour', () => {
  it('are what one person sends, whatever becomes of them; the next is refused before it is looked at', async () => {
    const few = await testWeb(await testHouse({ ...noLimits, uploadsPerHour: 3 }), 1_000_000);
    const mine = await takenCase(few.house);
    const one = (who: 'municipal' | 'police', bytes: Buffer, of = mine) => sendApi(few, who, of, { fields: filled, files: [{ bytes }] });
    expect((await one('municipal', pdf())).statusCode).toBe(201);
    expect((await one('municipal', Buffer.from('<svg/>'))).statusCode).toBe(422);
    expect((await one('municipal', pdf(), '00000000-0000-4000-8000-000000000009')).statusCode).toBe(404);
    expect((await one('municipal', pdf())).statusCode).toBe(429);
    expect((await one('police', pdf())).statusCode).toBe(201);
    const denied = await few.house.db.superuser<{ n: string }>(`select count(*) as n from audit.event where action = 'case.denied' and purpose = 'attachment.add'`);
    expect(Number(denied[0]?.n)).toBe(2);
    await few.house.db.superuser(`update sec.upload_limit set at = at - interval '61 minutes'`);
    expect((await one('municipal', pdf())).statusCode).toBe(201);
    await few.close();
  });
});

/** Two entries of the list at one place (the bomb of Fifield). */
function overlapping(): Buffer {
  const bytes = docx('x', { name: 'word/b.xml', content: 'x' });
  const list = bytes.readUInt32LE(bytes.length - 6);
  const second = bytes.indexOf('PK\x01\x02', list + 4, 'latin1');
  bytes.writeUInt32LE(0, second + 42);
  return bytes;
}

/** A head that says 40,000 by 40,000, with its check made right. */
function huge(): Buffer {
  const bytes = png();
  bytes.writeUInt32BE(40_000, 16);
  bytes.writeUInt32BE(40_000, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}
