import { z } from 'zod';
import { type EntryId, zId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { type Instant, zInstant } from '../kernel/time.js';
import { SHARING_KINDS, scopeOfKind, type SharedScope, type SharingKind, sharingKindLabel } from '../reference/legal-bases.js';
import type { AttachmentEvent } from './attachment.js';
import type { ExitCase } from './case.js';
import { fullMember, membershipsOf } from './circle.js';
import { command } from './define.js';
import { notClosed } from './ending.js';
import { sharingBasis } from './consent.js';

export const ENTRY_KINDS = ['NoteAdded', 'MeetingRecorded', 'NoteCorrected', 'AttachmentAdded'] as const;

/** Journal entries are not folded: a case with ten thousand notes opens as fast as one with ten. */
export type JournalEvent =
  | { readonly type: 'NoteAdded'; readonly entry: EntryId; readonly kind: SharingKind; readonly scope: EntryScope; readonly phone: boolean }
  | { readonly type: 'MeetingRecorded'; readonly entry: EntryId; readonly kind: SharingKind; readonly scope: EntryScope; readonly heldAt: Instant }
  | { readonly type: 'NoteCorrected'; readonly entry: EntryId; readonly corrects: EntryId; readonly kind: SharingKind; readonly scope: EntryScope }
  | AttachmentEvent;

/** The scope an entry lies in: shared, or an authority's own. Who does not read it does not learn that it was written. */
export type EntryScope = SharedScope | 'police' | 'probation';

export const isJournalEvent = (type: string): boolean => (ENTRY_KINDS as readonly string[]).includes(type);

const KIND_OPTIONS = SHARING_KINDS.map((kind) => ({ value: kind, label: sharingKindLabel(kind) }));
/** Chosen every time: a note on health that lay among the personal ones would be read by police (FM-CNF-4). */
export const kindField = (missing: string) => z.enum(SHARING_KINDS, { error: missing }).meta({
  label: 'Hvad handler det om?', hint: 'Valget afgør, hvem i kredsen der kan læse det.', widget: 'select', options: KIND_OPTIONS,
});
const kind = kindField('Vælg, hvad notatet handler om');
const READERS = [
  { value: 'false', label: 'Kredsen, så vidt emnet tillader det' },
  { value: 'true', label: 'Kun min egen myndighed' },
] as const;
export const ownField = z.boolean().default(false).meta({ label: 'Hvem skal kunne læse det?', widget: 'radio', options: READERS });

type EntryRef = { readonly kind: EntryScope };

/** The scope an authority keeps its own material in; municipality and contact have none beside the shared ones. */
const ownScope = (state: ExitCase, user: string): EntryRef | undefined => {
  const roles = membershipsOf(state, user).map((member) => member.role);
  if (roles.includes('police')) return { kind: 'police' };
  if (roles.includes('probation') || roles.includes('custody')) return { kind: 'probation' };
  return undefined;
};

/** Where an entry goes; an entry in a shared scope is a disclosure and needs a basis for its kind (FM-CON-3). */
export const scopeFor = (state: ExitCase, user: string, of: SharingKind, own: boolean, today: string): EntryRef | Rejection => {
  if (own) return ownScope(state, user) ?? reject('FM-CNF-4', ['own'], 'Din myndighed har ikke sit eget rum i sagen. Vælg “Kredsen”.', 'own');
  const shared = scopeOfKind(of);
  if (shared !== 'general' && membershipsOf(state, user).every((member) => member.role === 'police')) {
    return reject('FM-CNF-4', ['own'], 'Politiet læser og skriver ikke om helbred og økonomi. Vælg “Kun min egen myndighed” eller et andet emne.', 'kind');
  }
  const basis = sharingBasis(state, of, today);
  return basis.allowed ? { kind: shared } : reject('FM-CON-3', ['consent'], basis.why, 'kind');
};

const note = (label: string) => prose({ label, missing: 'Skriv notatet' });

/** A dated, authored, locked note (FM-WORK-2, offentlighedsloven § 13). */
export const journalAdd = command({
  name: 'journal.add',
  title: 'Skriv et notat',
  rules: ['FM-WORK-2', 'FM-LAW-2', 'FM-CON-3'],
  page: 'journal',
  input: z.strictObject({
    text: note('Notat'),
    kind,
    own: ownField,
    phone: z.boolean().default(false).meta({ label: 'Telefonnotat', widget: 'checkbox' }),
  }),
  writes: ['general', 'health', 'economy', 'police', 'probation'],
  may: fullMember,
  when: notClosed,
  decide: (state, input, ctx) => {
    const scope = scopeFor(state, ctx.actor.user, input.kind, input.own, ctx.today);
    if ('rejected' in scope) return scope;
    return [{
      event: { type: 'NoteAdded', entry: ctx.newId<EntryId>(), kind: input.kind, scope: scope.kind, phone: input.phone },
      bodies: [{ scope, content: { text: input.text } }],
    }];
  },
});

const EARLIEST = '2011-01-01T00:00:00.000Z';

/** A meeting with who took part and what was said and agreed (FM-WORK-2). */
export const meetingRecord = command({
  name: 'meeting.record',
  title: 'Skriv referat af et møde',
  rules: ['FM-WORK-2', 'FM-LAW-2', 'FM-CON-3'],
  page: 'journal',
  input: z.strictObject({
    heldAt: zInstant.meta({ label: 'Hvornår blev mødet holdt?', widget: 'instant' }),
    participants: prose({ label: 'Hvem deltog?', max: 1000, widget: 'text' }),
    text: note('Referat'),
    agreed: prose({ label: 'Hvad blev aftalt?', max: 4000 }).optional(),
    kind,
  }),
  writes: ['general', 'health', 'economy'],
  may: fullMember,
  when: notClosed,
  decide: (state, input, ctx) => {
    if (input.heldAt > ctx.now) return reject('FM-WORK-2', ['own'], 'Mødet ligger i fremtiden. Skriv referatet, når det er holdt.', 'heldAt');
    if (input.heldAt < EARLIEST) return reject('FM-WORK-2', ['own'], 'Mødet ligger før 2011, da rammemodellen begyndte. Se efter, om årstallet er rigtigt.', 'heldAt');
    const scope = scopeFor(state, ctx.actor.user, input.kind, false, ctx.today);
    if ('rejected' in scope) return scope;
    return [{
      event: { type: 'MeetingRecorded', entry: ctx.newId<EntryId>(), kind: input.kind, scope: scope.kind, heldAt: input.heldAt },
      bodies: [{ scope, content: { participants: input.participants, text: input.text, agreed: input.agreed } }],
    }];
  },
});

/** A correction by addition: the first note stays as it was written (FM-WORK-2, FM-LAW-2). */
export const journalCorrect = command({
  name: 'journal.correct',
  title: 'Ret et notat med en tilføjelse',
  rules: ['FM-WORK-2', 'FM-LAW-2', 'FM-CON-3'],
  page: 'journal',
  input: z.strictObject({
    entry: zId<EntryId>('Vælg det notat, der skal rettes').meta({ label: 'Notat', widget: 'hidden' }),
    text: note('Rettelse'),
    kind,
    own: ownField,
  }),
  writes: ['general', 'health', 'economy', 'police', 'probation'],
  may: fullMember,
  when: notClosed,
  decide: (state, input, ctx) => {
    if (!ctx.entry(input.entry)) return reject('FM-WORK-2', ['journal'], 'Vælg det notat, der skal rettes.', 'entry');
    const scope = scopeFor(state, ctx.actor.user, input.kind, input.own, ctx.today);
    if ('rejected' in scope) return scope;
    return [{
      event: { type: 'NoteCorrected', entry: ctx.newId<EntryId>(), corrects: input.entry, kind: input.kind, scope: scope.kind },
      bodies: [{ scope, content: { text: input.text } }],
    }];
  },
});

export const journalCommands = [journalAdd, meetingRecord, journalCorrect];
