import { FILE_FORMATS, type FileFormat } from '../domain/kernel/command.js';
import { isId } from '../domain/kernel/ids.js';
import { countUpload, readAttachment } from '../store/attachments.js';
import { openStream } from '../store/case-rows.js';
import { noteDenied } from '../store/lists.js';
import type { ScanResult } from '../store/scanning/clamd.js';
import { unsealChunks } from '../store/vault/chunks.js';
import { execute, type Order, type OrderFile, type Outcome } from './execute.js';
import { fitFile } from './files/fit.js';
import { type House, type Refused, refusedBy } from './house.js';
import type { OpenedCase } from './open-case.js';
import { eventsOf, textOf, wordsOf } from './texts.js';

/** What somebody sent as a file: its bytes, none, or one that was not taken in. */
export type SentFile = { readonly bytes: Buffer } | 'none' | 'too large' | 'several';

const TOO_LARGE = 'Filen er for stor. Et bilag kan fylde 50 MB. Gem den mindre, eller del den i flere.';
/** Whether it was the file's length that was in the way. */
export const wasTooLarge = (outcome: Outcome): boolean => outcome.kind === 'invalid' && outcome.issues.some(({ message }) => message === TOO_LARGE);
const SEVERAL = 'Vælg én fil ad gangen.';
const NOT_CLEAN: Readonly<Record<Exclude<ScanResult, 'clean'>, string>> = {
  infected: 'Filen indeholder et skadeligt program og er ikke gemt. Sig det til jeres IT-afdeling, og få filen på ny fra den, der har lavet den.',
  unavailable: 'Filen kunne ikke undersøges for skadelige programmer og er derfor ikke gemt. Prøv igen om lidt.',
};

/** A file that was kept by mistake of what it is would be there for good: who cannot say that it is clean has refused it. */
async function judged(house: House, file: Exclude<SentFile, 'none'>): Promise<OrderFile> {
  if (file === 'too large') return { refused: TOO_LARGE };
  if (file === 'several') return { refused: SEVERAL };
  const fit = await fitFile(file.bytes);
  if ('refused' in fit || !house.scan) return fit;
  // As it came: what is left out of a picture may be what is malicious.
  const result = await house.scan(file.bytes);
  return result === 'clean' ? fit : { refused: NOT_CLEAN[result] };
}

/**
 * Lays a file in a case (FM-WORK-2). What it is, is judged before the case is asked for, and told only to who is admitted to it; a file of whoever
 * has sent his twenty in the hour is not looked at.
 */
export async function attach(house: House, { file, ...order }: Omit<Order, 'command' | 'file' | 'caseId'> & { readonly caseId: string; readonly file: SentFile }): Promise<Outcome> {
  const command = 'attachment.add';
  if (file === 'none') return execute(house, { ...order, command });
  try {
    if (!(await countUpload(house.web, order.token))) {
      await noteDenied(house.web, order.token, order.caseId, command);
      return { kind: 'limited' };
    }
  } catch (error) {
    return refusedBy(error);
  }
  return execute(house, { ...order, command, file: await judged(house, file) });
}

/** A file to be handed out: whole, and checked to its last byte before the first one goes. */
export interface FetchedFile {
  readonly kind: 'file';
  readonly bytes: Buffer;
  readonly format: FileFormat;
  /** 'UV-7K3M-9QX-101': never the name it came with. */
  readonly number: string;
}

/** The documents of a case are numbered from 1; its files from here on, so that two do not get one name. */
const FIRST = 101;

const isFormat = (value: unknown): value is FileFormat => (FILE_FORMATS as readonly unknown[]).includes(value);

/** One file of a case, for who reads the scope it lies in; opening the case for it is its row in the log. */
export async function fetchFile(house: House, token: string, caseId: string, file: string): Promise<FetchedFile | Refused> {
  try {
    const read = await readAttachment(house.web, token, caseId, isId(file) ? file : NO_FILE);
    if (read === 'limited') return { kind: 'limited' };
    const ticket = read?.sealed.ticket;
    if (!read || !ticket) return { kind: 'absent' };
    const { sealed, pieces, place } = read;
    const ring = await house.vault.redeem(ticket);
    const { entries, bodies } = openStream(caseId, sealed, ring);
    const [entry] = entries;
    const [body] = entry ? (bodies.get(entry.version) ?? []) : [];
    const secret = body && ring.get(body.scope.id);
    const format = body?.content['format'];
    if (entry?.event.type !== 'AttachmentAdded' || entry.event.file !== file || !secret || !isFormat(format)) throw new Error('a file without the event that tells of it');
    const bytes = unsealChunks(secret, { caseId, scopeId: body.scope.id, fileId: file }, pieces);
    if (bytes.length !== body.content['bytes']) throw new Error('a file that is not as long as its event says');
    return { kind: 'file', bytes, format, number: `${sealed.number}-${FIRST - 1 + place}` };
  } catch (error) {
    return refusedBy(error);
  }
}
const NO_FILE = '00000000-0000-0000-0000-000000000000';

/** A file as the pages of a case list it. */
export interface ListedFile {
  readonly id: string;
  readonly title: string;
  /** The name it came with. */
  readonly name?: string;
  readonly format: FileFormat;
  readonly bytes: number;
  readonly at: OpenedCase['entries'][number]['at'];
  readonly actor: string;
}

/** The files whose words this reader has, newest first; what is not for him is absent without a trace (FM-WORK-6). The case must be opened with its files. */
export const filesOf = (opened: OpenedCase): readonly ListedFile[] =>
  eventsOf(opened, 'AttachmentAdded').toReversed().flatMap(({ event, version, at, actor }): readonly ListedFile[] => {
    const { format, bytes } = wordsOf(opened, version);
    const [title, name] = [textOf(opened, version, 'title'), textOf(opened, version, 'name')];
    if (title === undefined || !isFormat(format) || typeof bytes !== 'number') return [];
    return [{ id: event.file, title, format, bytes, at, actor, ...(name === undefined ? {} : { name }) }];
  });
