import { z } from 'zod';
import type { FileFacts } from '../kernel/command.js';
import type { AttachmentId, EntryId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import type { SharingKind } from '../reference/legal-bases.js';
import { fullMember } from './circle.js';
import { command } from './define.js';
import { notClosed } from './ending.js';
import { type EntryScope, kindField, ownField, scopeFor } from './journal.js';

/** A file laid in the case: an entry of the journal, corrected by addition as the others (FM-WORK-2). Its name, title and length are words, and lie in its scope. */
export interface AttachmentEvent {
  readonly type: 'AttachmentAdded';
  readonly entry: EntryId;
  readonly file: AttachmentId;
  readonly kind: SharingKind;
  readonly scope: EntryScope;
  readonly sizeClass: number;
}

/** Longest file, in bytes (security.md §3, "Rate limits"). */
export const MOST_BYTES = 50 * 1024 * 1024;
/** What a file of the lowest class takes, in bytes. */
export const CLASS_BYTES = 64 * 1024;

/** A length tells which file it is; its class tells only that it fits in 64 KiB, 128 KiB, 256 KiB … From 0. @param bytes of the file with what is kept before it */
export const sizeClassOf = (bytes: number): number => Math.max(0, Math.ceil(Math.log2(bytes / CLASS_BYTES)));

/** What stands before a file's bytes when it is kept: its true length, which the padding hides. */
export const LENGTH_BYTES = 8;

const sizeClassFor = ({ bytes }: FileFacts): number => sizeClassOf(bytes + LENGTH_BYTES);

/** Lays a file in the case, in the scope that its kind has for a note; in a shared scope that is a disclosure and needs its basis (FM-CON-2, FM-CON-3, FM-CNF-4). */
export const attachmentAdd = command({
  name: 'attachment.add',
  title: 'Læg et bilag på sagen',
  rules: ['FM-WORK-2', 'FM-LAW-2', 'FM-CON-3'],
  page: 'dokumenter',
  input: z.strictObject({
    title: prose({ label: 'Titel', hint: 'Skriv, hvad det er, fx “Lægens udtalelse af 3. november”.', missing: 'Skriv, hvad bilaget er', max: 300, widget: 'text' }),
    kind: kindField('Vælg, hvad bilaget handler om'),
    own: ownField,
    name: prose({ label: 'Filens navn', max: 200, widget: 'text' }).optional(),
  }),
  writes: ['general', 'health', 'economy', 'police', 'probation'],
  may: fullMember,
  when: notClosed,
  decide: (state, input, ctx) => {
    const scope = scopeFor(state, ctx.actor.user, input.kind, input.own, ctx.today);
    if ('rejected' in scope) return scope;
    const { file } = ctx;
    if (file === undefined) return reject('FM-WORK-2', ['own'], 'Vælg den fil, der skal lægges på sagen.', 'file');
    return [{
      event: { type: 'AttachmentAdded', entry: ctx.newId<EntryId>(), file: ctx.newId<AttachmentId>(), kind: input.kind, scope: scope.kind, sizeClass: sizeClassFor(file) },
      bodies: [{ scope, content: { title: input.title, name: input.name, format: file.format, bytes: file.bytes } }],
    }];
  },
});

export const attachmentCommands = [attachmentAdd];
