import type { AttachmentEvent } from '../domain/exit-case/attachment.js';
import { type CaseAnswer, type SealedCase, sealedCase, type ScopeRow } from './case-rows.js';
import { type Pool, type PoolClient, withTransaction } from './postgres/pools.js';
import { chunkCount, SEALED_CHUNK, sealChunks } from './vault/chunks.js';
import type { KeyRing } from './vault/vault.js';

/** Chunks that go to the database in one statement: a megabyte. */
const PER_WRITE = 16;
/** Chunks that come from it in one: four megabytes, and a third more as text. */
const PER_READ = 64;

export interface FileToKeep {
  readonly caseId: string;
  /** The event that tells of it; appended before, in the same transaction. */
  readonly event: AttachmentEvent;
  readonly version: number;
  readonly scopes: readonly ScopeRow[];
  /** Of the event's scope: the one its words went to, which is nobody's part of it (a screening has one of police's). */
  readonly generation: number;
  readonly ring: KeyRing;
  readonly bytes: Buffer;
}

/** Encrypts a file chunk by chunk into the transaction of its command: it is there when its event is, and otherwise nothing of it is. */
export async function keepFile(client: PoolClient, { caseId, event, version, scopes, generation, ring, bytes }: FileToKeep): Promise<void> {
  const { file } = event;
  const scope = scopes.find((one) => one.kind === event.scope && one.subject === '' && one.generation === generation);
  const secret = scope && ring.get(scope.id);
  if (!scope || !secret) throw new Error('a file is kept without its scope’s key');
  await client.query('insert into app.attachment (id, case_id, scope_id, version) values ($1, $2, $3, $4)', [file, caseId, scope.id, version]);
  for (let from = 0; from < chunkCount(bytes.length); from += PER_WRITE) {
    const chunks = sealChunks(secret, { caseId, scopeId: scope.id, fileId: file }, bytes, from, from + PER_WRITE);
    await client.query({ name: 'put-chunks', text: 'select app.put_chunks($1, $2, $3, $4, $5, $6)', values: [caseId, scope.id, file, from, SEALED_CHUNK, chunks] });
  }
}

/** A file as the database keeps it, with the event that tells of it. */
export interface SealedFile {
  readonly sealed: SealedCase;
  /** Its chunks behind one another, in pieces. */
  readonly pieces: Buffer[];
  /** Which of the case's files it is, of those this reader may see; from 1. */
  readonly place: number;
}

/** Reads a file in one transaction with its row in the log; no key is asked for before that is committed. Undefined: not there, or not for the caller. */
export const readAttachment = (pool: Pool, token: string, caseId: string, file: string): Promise<SealedFile | 'limited' | undefined> =>
  withTransaction(pool, async (client) => {
    const { rows } = await client.query<{ answer: string | null; sealed: string | null; place: number | null }>({
      name: 'read-attachment', text: 'select * from app.read_attachment($1, $2, $3)', values: [token, caseId, file],
    });
    const answer = rows[0]?.answer ? (JSON.parse(rows[0].answer) as CaseAnswer['answer']) : null;
    if (answer?.limited) return 'limited';
    const sealed = sealedCase({ answer, sealed: rows[0]?.sealed ?? null });
    if (!sealed) return undefined;
    const pieces: Buffer[] = [];
    for (let from = 0; ; from += PER_READ) {
      const read = await client.query<{ cts: string | null }>({
        name: 'read-chunks', text: `select encode(string_agg(c.ct, '' order by c.n), 'base64') as cts from app.attachment_chunk c where c.attachment_id = $1 and c.n >= $2 and c.n < $3`,
        values: [file, from, from + PER_READ],
      });
      const cts = read.rows[0]?.cts;
      if (!cts) return { sealed, pieces, place: rows[0]?.place ?? 1 };
      pieces.push(Buffer.from(cts, 'base64'));
    }
  });

/** Counts a file that somebody sends, whatever becomes of it; false when his hour is used up (security.md §3, "Rate limits"). */
export async function countUpload(pool: Pool, token: string): Promise<boolean> {
  const { rows } = await pool.query<{ within: boolean }>({ name: 'count-upload', text: 'select app.count_upload($1) as within', values: [token] });
  return rows[0]?.within === true;
}
