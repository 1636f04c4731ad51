import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SentFile } from '../app/attachments.js';
import { MOST_BYTES } from '../domain/exit-case/attachment.js';

/** What is typed beside a file: a title, a choice or two, and what a form carries by itself. */
const LIMITS = { fileSize: MOST_BYTES, files: 1, fields: 20, fieldSize: 64 * 1024, fieldNameSize: 100, parts: 22, headerPairs: 20 };
/** Of what is too large so much is read and thrown away, so that the answer reaches who sent it; of more, nothing is read. */
const MOST_READ = 4 * MOST_BYTES;
/** A body that comes a few bytes at a time keeps a place from others: nobody's line is as slow as this. */
const PATIENCE_MS = 10 * 60_000;

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** A request's fields and its file, read once. */
export interface Multipart {
  readonly fields: Fields;
  readonly file: SentFile;
}

/** For the routes that take files and no others: everywhere else a body of this kind is refused unread, as before. */
export const readMultipart = async (scope: FastifyInstance): Promise<void> => {
  await scope.register(multipart, { limits: LIMITS, throwFileSizeLimit: false });
};

/** More than would even be read to its end; asked before a byte is. */
export const isFarTooLarge = ({ headers }: FastifyRequest): boolean => Number(headers['content-length'] ?? 0) > MOST_READ;

/** The bytes of one file into memory, and nowhere else; what is beyond the limit is let go as soon as that is known. */
async function bytesOf(stream: AsyncIterable<Buffer> & { readonly truncated: boolean }): Promise<Buffer | 'too large'> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return stream.truncated ? 'too large' : Buffer.concat(pieces);
}

/** @throws with a status when it cannot be read as what it says it is */
export async function multipartOf(request: FastifyRequest): Promise<Multipart> {
  const fields: Record<string, string | string[]> = {};
  const files: (Buffer | 'too large')[] = [];
  let name = '';
  const slow = setTimeout(() => request.raw.destroy(), PATIENCE_MS);
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        const bytes = await bytesOf(part.file);
        // A form whose file was not chosen sends an empty one without a name.
        if (part.filename === '' && bytes.length === 0) continue;
        name = part.filename;
        files.push(part.fieldname === 'file' ? bytes : Buffer.alloc(0));
      } else {
        if (typeof part.value !== 'string' || part.valueTruncated || part.fieldnameTruncated) throw unreadable();
        const known = fields[part.fieldname];
        fields[part.fieldname] = known === undefined ? part.value : [...(typeof known === 'string' ? [known] : known), part.value];
      }
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'FST_FILES_LIMIT') return { fields, file: 'several' };
    throw error instanceof Error && 'statusCode' in error ? error : unreadable();
  } finally {
    clearTimeout(slow);
  }
  const [file] = files;
  const plain = plainName(name);
  return { fields: file === undefined || plain === '' ? fields : { ...fields, name: plain }, file: file === undefined ? 'none' : typeof file === 'string' ? file : { bytes: file } };
}

const unreadable = (): Error => Object.assign(new Error('cannot be read'), { statusCode: 400 });

/** The name alone, without the folders some browsers send and without signs that no text holds. */
const plainName = (name: string): string => (name.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').trim().slice(-200);
