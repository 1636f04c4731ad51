import { randomBytes } from 'node:crypto';
import { crc32, deflateRawSync, deflateSync } from 'node:zlib';
import { sessionCookieName } from '../../src/web/login/session-cookie.js';
import { csrfToken } from '../../src/web/visitor.js';
import type { PersonName } from './people.js';
import type { TestWeb } from './web.js';

/** A request's body in several parts, as a browser makes it: the fields, then the files. */
export interface Parts {
  readonly fields?: Readonly<Record<string, string>>;
  readonly files?: readonly { readonly bytes: Buffer; readonly name?: string; readonly field?: string; readonly type?: string }[];
}
export function multipartBody({ fields = {}, files = [] }: Parts): { readonly type: string; readonly payload: Buffer } {
  const boundary = `----udvej${randomBytes(12).toString('hex')}`;
  const parts = [
    ...Object.entries(fields).map(([name, value]) => Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)),
    ...files.map(({ bytes, name = 'fil.pdf', field = 'file', type = 'application/octet-stream' }) => Buffer.concat([
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`), bytes, Buffer.from('\r\n'),
    ])),
  ];
  return { type: `multipart/form-data; boundary=${boundary}`, payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]) };
}

export const filled = { title: 'Udtalelse fra lægen', kind: 'personal', own: 'false' };

/** Sends a file by the form, as a browser does. */
export const sendForm = (web: TestWeb, who: PersonName, caseId: string, bytes: Buffer | undefined, fields: Readonly<Record<string, string>> = {}, name = 'fil.pdf') => {
  const token = web.house.tokens[who];
  const { type, payload } = multipartBody({ fields: { _csrf: csrfToken(web.settings.csrfKey, token), ...filled, ...fields }, ...(bytes ? { files: [{ bytes, name }] } : {}) });
  return web.app.inject({
    method: 'POST', url: `/sager/${caseId}/goer/attachment.add`, payload,
    headers: { cookie: `${sessionCookieName(false)}=${token}`, 'content-type': type, origin: web.settings.origin, 'sec-fetch-site': 'same-origin' },
  });
};

/** Sends a file by the API. */
export const sendApi = (web: TestWeb, who: PersonName, caseId: string, parts: Parts, headers: Readonly<Record<string, string>> = {}) => {
  const { type, payload } = multipartBody(parts);
  return web.app.inject({ method: 'POST', url: `/api/v1/cases/${caseId}/attachments`, payload, headers: { authorization: `Bearer ${web.house.tokens[who]}`, 'content-type': type, ...headers } });
};
/** Lays a file in a case, or fails the test; its id. */
export async function laid(web: TestWeb, who: PersonName, caseId: string, bytes: Buffer, fields: Readonly<Record<string, string>> = {}, name = 'fil.pdf'): Promise<string> {
  const reply = await sendApi(web, who, caseId, { fields: { ...filled, ...fields }, files: [{ bytes, name }] });
  if (reply.statusCode !== 201) throw new Error(`${String(reply.statusCode)}: ${reply.body}`);
  return reply.json<{ id: string }>().id;
}

/** A PDF with a text in it, padded to a length. */
export const pdf = (text = 'Hej', length = 0): Buffer => {
  const [head, end] = [Buffer.from(`%PDF-1.7\n%âãÏÓ\n1 0 obj<</Type/Catalog>>endobj\n% ${text}\n`), Buffer.from('trailer<</Root 1 0 R>>\n%%EOF\n')];
  return Buffer.concat([head, Buffer.alloc(Math.max(0, length - head.length - end.length), 'x'), end]);
};

const chunk = (type: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(named.length + 8);
  out.writeUInt32BE(data.length, 0);
  named.copy(out, 4);
  out.writeUInt32BE(crc32(named), named.length + 4);
  return out;
};
/** A picture of one white point, with chunks before its data. */
export const png = (...more: readonly (readonly [type: string, data: Buffer])[]): Buffer =>
  Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', Buffer.from('00000001000000010800000000', 'hex')), ...more.map(([type, data]) => chunk(type, data)),
    chunk('IDAT', deflateSync(Buffer.from([0, 255]))), chunk('IEND', Buffer.alloc(0)),
  ]);

const segment = (marker: number, data: Buffer): Buffer => {
  const out = Buffer.alloc(data.length + 4);
  out.writeUInt8(0xff, 0);
  out.writeUInt8(marker, 1);
  out.writeUInt16BE(data.length + 2, 2);
  data.copy(out, 4);
  return out;
};
/** What a telephone writes into its pictures: where and when, and which way up. */
export const exif = (place: string): Buffer =>
  Buffer.concat([
    Buffer.from('Exif\0\0', 'latin1'), Buffer.from('4d4d002a00000008', 'hex'),
    Buffer.from('0002' + '0112000300000001' + '00060000' + '8825000400000001' + '00000026' + '00000000', 'hex'), Buffer.from(`GPSLatitude ${place}\0`),
  ]);
/** A JPEG of one grey point, with segments before its data. */
export const jpeg = (...more: readonly (readonly [marker: number, data: Buffer])[]): Buffer =>
  Buffer.concat([
    Buffer.from('ffd8', 'hex'), segment(0xe0, Buffer.from('4a46494600010100000100010000', 'hex')), ...more.map(([marker, data]) => segment(marker, data)),
    segment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)])), segment(0xc0, Buffer.from('0800010001010111' + '00', 'hex')),
    segment(0xc4, Buffer.concat([Buffer.from('00', 'hex'), Buffer.from('01000000000000000000000000000000', 'hex'), Buffer.from('00', 'hex')])),
    segment(0xc4, Buffer.concat([Buffer.from('10', 'hex'), Buffer.from('01000000000000000000000000000000', 'hex'), Buffer.from('00', 'hex')])),
    segment(0xda, Buffer.from('0101' + '00' + '003f00', 'hex')), Buffer.from('3f', 'hex'), Buffer.from('ffd9', 'hex'),
  ]);

/** One part of a zip; `says` is the length it declares where that is not the true one. */
export interface ZipPart {
  readonly name: string;
  readonly content: Buffer | string;
  readonly says?: number;
  readonly stored?: boolean;
}
export function zip(...parts: readonly ZipPart[]): Buffer {
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const { name, content, says, stored = false } of parts) {
    const plain = Buffer.from(content);
    const packed = stored ? plain : deflateRawSync(plain);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x0800, 2);
    facts.writeUInt16LE(stored ? 0 : 8, 4);
    facts.writeUInt32LE(crc32(plain), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(says ?? plain.length, 18);
    facts.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, Buffer.from(name), packed]);
    const where = Buffer.alloc(14);
    where.writeUInt32LE(at, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, where, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const list = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, list, end]);
}

const CONTENT_TYPES = (main: string) => `<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="application/vnd.${main}.main+xml"/></Types>`;
/** A document of Word, with parts beside its text. */
export const docx = (text = 'Hej', ...more: readonly ZipPart[]): Buffer =>
  zip({ name: '[Content_Types].xml', content: CONTENT_TYPES('openxmlformats-officedocument.wordprocessingml.document') }, { name: 'word/document.xml', content: `<w:document>${text}</w:document>` }, ...more);
export const xlsx = (...more: readonly ZipPart[]): Buffer =>
  zip({ name: '[Content_Types].xml', content: CONTENT_TYPES('openxmlformats-officedocument.spreadsheetml.sheet') }, ...more);
export const docm = (): Buffer => zip({ name: '[Content_Types].xml', content: CONTENT_TYPES('ms-word.document.macroEnabled') });
export const odt = (...more: readonly ZipPart[]): Buffer =>
  zip({ name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', stored: true }, { name: 'content.xml', content: '<office:text/>' }, ...more);
