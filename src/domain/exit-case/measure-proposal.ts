import { z } from 'zod';
import type { CommandContext } from '../kernel/command.js';
import { type MeasureId, type UserId, zId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { isRejection, reject, type Rejection } from '../kernel/rejection.js';
import type { PlainDate } from '../kernel/time.js';
import { type AuthorityId, authorityKind, authorityName, isOutside, UNNAMED_UNIT, zAuthorityId } from '../reference/authorities.js';
import { SHARING_KINDS, scopeOfKind, type SharingKind } from '../reference/legal-bases.js';
import {
  isFreeMeasure,
  MEASURE_TYPE_IDS,
  measureTitle,
  type MeasureType,
  measureType,
  type Responsible,
  responsibleAuthority,
} from '../reference/measures.js';
import type { CaseEvent, ExitCase } from './case.js';
import { unitOrContact } from './circle.js';
import { kindOptions, sharingBasis } from './consent.js';
import { command } from './define.js';
import { notClosed } from './ending.js';
import { basisForMeasure, isEnded, type Measure, measureOf } from './measure.js';

export type MeasureProposalEvent = {
  readonly type: 'MeasureProposed';
  readonly measure: MeasureId;
  readonly on: PlainDate;
  readonly measureType: string;
  readonly authority: string;
  readonly kind: SharingKind;
  readonly kinds: readonly SharingKind[];
  readonly outside: boolean;
  readonly coveredByActionPlan?: boolean;
};

const TYPES = MEASURE_TYPE_IDS.map((value) => ({ value, label: measureTitle(value) }));
const CHOOSE_ANOTHER = 'Vælg en kollega, der arbejder hos den myndighed, der har ansvaret for tiltaget.';
const measureId = zId<MeasureId>('Vælg et tiltag').meta({ label: 'Tiltag', widget: 'measure' });
const owner = zId<UserId>(CHOOSE_ANOTHER);

/** The law gives the measure to this kind of authority; its place is free, for the candidate may be about to move (FM-DEC-3, FM-MEA-5). */
const hasByLaw = (responsible: Responsible, authority: AuthorityId): boolean => {
  const kind = authorityKind(authority);
  switch (responsible) {
    case 'any':
      return true;
    case 'probation':
      return kind === 'probation' || kind === 'dfk';
    case 'contact-point':
      return kind === 'rigspolitiet';
    default:
      // A part of the municipality may leave its measure to the municipality itself.
      return kind === responsible || responsible.startsWith(`${kind}:`);
  }
};

/** The authority named, or the one the catalogue makes of the type in the candidate's place. */
const authorityOf = (
  state: ExitCase,
  type: MeasureType,
  named: AuthorityId | undefined,
  today: PlainDate,
): AuthorityId | Rejection => {
  const { municipality, unit } = state.inquiry;
  const authority =
    named ?? (municipality === undefined || unit === UNNAMED_UNIT ? undefined : responsibleAuthority(type.responsible, { municipality, unit }, today));
  if (authority === undefined)
    return reject('FM-MEA-1', ['own'], 'Vælg, hvilken myndighed der har ansvaret for tiltaget.', 'authority');
  return hasByLaw(type.responsible, authority)
    ? authority
    : reject(
        'FM-DEC-3',
        ['own'],
        `${authorityName(authority)} kan ikke bestemme over det tiltag. Vælg den myndighed, som loven giver ansvaret.`,
        'authority',
      );
};

/** A colleague at the measure's authority who may be told of the candidate: his joining is a disclosure (FM-CON-3). */
const ownerFault = (
  state: ExitCase,
  user: UserId,
  measure: Pick<Measure, 'authority' | 'kinds' | 'outside'>,
  ctx: CommandContext,
): Rejection | undefined => {
  const colleague = ctx.colleague(user);
  const theirs = colleague !== undefined && colleague.authority === measure.authority && !state.circle.excluded.includes(user);
  if (!theirs || measure.outside || colleague.functions.every((one) => one !== 'measure_owner' && !one.endsWith('_exit'))) {
    return reject('FM-DEC-3', ['own'], CHOOSE_ANOTHER, 'owner');
  }
  const basis = basisForMeasure(state, measure, ctx.today);
  return basis.allowed ? undefined : reject('FM-CON-3', ['consent'], basis.why, 'owner');
};

const joins = (user: UserId, authority: string, measure: MeasureId): CaseEvent => ({
  type: 'MemberAdded',
  user,
  role: 'owner',
  authority,
  measure,
});

const freeKind = (kinds: readonly SharingKind[]): SharingKind =>
  kinds.find((kind) => scopeOfKind(kind) !== 'general') ?? kinds[0] ?? 'personal';

/**
 * A measure of the catalogue, or one outside it in free text (FM-MEA-1). Its authority's worker becomes a member of the circle with its
 * own part of the case. Without a basis for sharing it can still be proposed, without words and worker: the law's deadline does not
 * wait for consent (FM-MEA-3).
 */
export const measurePropose = command({
  name: 'measure.propose',
  title: 'Foreslå et tiltag',
  rules: ['FM-MEA-1', 'FM-DEC-3', 'FM-CON-3', 'FM-AGR-5'],
  page: 'tiltag',
  input: z.strictObject({
    type: z
      .enum(MEASURE_TYPE_IDS, { error: 'Vælg et tiltag fra listen' })
      .meta({ label: 'Hvilket tiltag?', widget: 'select', options: TYPES }),
    title: prose({
      label: 'Hvad kaldes tiltaget?',
      hint: 'Kun når tiltaget ikke står på listen.',
      max: 200,
      widget: 'text',
    }).optional(),
    kinds: z
      .array(z.enum(SHARING_KINDS, { error: 'Vælg oplysninger fra listen' }))
      .min(1, 'Vælg mindst én slags oplysninger')
      .optional()
      .meta({
        label: 'Hvilke oplysninger kræver det?',
        hint: 'Kun når tiltaget ikke står på listen.',
        widget: 'checkboxes',
        options: kindOptions(SHARING_KINDS),
      }),
    authority: zAuthorityId.optional().meta({
      label: 'Hvilken myndighed har ansvaret?',
      hint: 'Lad feltet stå, hvis det er den, der plejer.',
      widget: 'authority',
    }),
    owner: owner
      .optional()
      .meta({ label: 'Hvem dér?', hint: 'Personen får adgang til tiltaget og ikke til resten af sagen.', widget: 'staff' }),
    text: prose({ label: 'Hvad går tiltaget ud på?', max: 4000 }).optional(),
    coveredByActionPlan: z
      .boolean()
      .optional()
      .meta({
        label: 'Er tiltaget allerede med i Kriminalforsorgens handlingsplan?',
        widget: 'radio',
        options: [
          { value: 'true', label: 'Ja, aftalen henviser til planen' },
          { value: 'false', label: 'Nej' },
        ],
      }),
  }),
  writes: ['measure'],
  may: unitOrContact,
  when: notClosed,
  decide: (state, input, ctx) => {
    const type = measureType(input.type, ctx.today);
    if (type === undefined) return reject('FM-MEA-1', ['own'], 'Det tiltag findes ikke i dag. Vælg et andet fra listen.', 'type');
    const free = isFreeMeasure(type.id);
    if (free && input.title === undefined) return reject('FM-MEA-1', ['own'], 'Skriv, hvad tiltaget kaldes.', 'title');
    const authority = authorityOf(state, type, input.authority, ctx.today);
    if (isRejection(authority)) return authority;
    if (state.inquiry.place === 'custody' && input.coveredByActionPlan === undefined) {
      return reject(
        'FM-AGR-5',
        ['place'],
        'Svar på, om tiltaget allerede er med i Kriminalforsorgens handlingsplan. Er det, henviser aftalen til planen.',
        'coveredByActionPlan',
      );
    }
    const kinds = free ? (input.kinds ?? type.dataKinds) : type.dataKinds;
    const kind = free ? freeKind(kinds) : type.kind;
    const facts = { authority, kind, kinds, outside: type.outside || isOutside(authority) };
    const basis = sharingBasis(state, kind, ctx.today);
    if (!basis.allowed && (input.text !== undefined || input.title !== undefined)) {
      return reject(
        'FM-CON-3',
        ['consent'],
        `${basis.why} Et tiltag fra listen kan foreslås uden tekst, så dets frist løber.`,
        'text',
      );
    }
    const fault = input.owner === undefined ? undefined : ownerFault(state, input.owner, facts, ctx);
    if (fault !== undefined) return fault;
    const measure = ctx.newId<MeasureId>();
    return [
      {
        event: {
          type: 'MeasureProposed',
          measure,
          on: ctx.today,
          measureType: type.id,
          ...facts,
          ...(input.coveredByActionPlan === undefined ? {} : { coveredByActionPlan: input.coveredByActionPlan }),
        },
        ...(input.text === undefined && input.title === undefined
          ? {}
          : {
              bodies: [
                { scope: { kind: 'measure' as const, subject: measure }, content: { title: input.title, text: input.text } },
              ],
            }),
      },
      ...(input.owner === undefined ? [] : [{ event: joins(input.owner, authority, measure) }]),
    ];
  },
});

/** Another worker at the measure's authority runs it from now on; the one before leaves the case with it (FM-CNF-2). */
export const measureSetOwner = command({
  name: 'measure.setOwner',
  title: 'Vælg, hvem der har ansvaret for tiltaget',
  rules: ['FM-DEC-3', 'FM-CNF-2', 'FM-CON-3'],
  page: 'tiltag',
  input: z.strictObject({ measure: measureId, owner: owner.meta({ label: 'Hvem hos myndigheden?', widget: 'staff' }) }),
  writes: [],
  may: unitOrContact,
  when: notClosed,
  decide: (state, input, ctx) => {
    const measure = measureOf(state, input.measure);
    if (measure === undefined || isEnded(measure))
      return reject('FM-DEC-3', ['measures'], 'Vælg et tiltag, der ikke er slut.', 'measure');
    if (measure.owner === input.owner)
      return reject('FM-DEC-3', ['measures'], 'Kollegaen har allerede ansvaret for tiltaget.', 'owner');
    const fault = ownerFault(state, input.owner, measure, ctx);
    if (fault !== undefined) return fault;
    const before = state.circle.members.find((one) => one.to === undefined && one.role === 'owner' && one.measure === measure.id);
    return [
      ...(before === undefined
        ? []
        : [{ event: { type: 'MemberRemoved' as const, user: before.user, role: 'owner' as const, measure: measure.id } }]),
      { event: joins(input.owner, measure.authority, measure.id) },
    ];
  },
});

export const measureProposalCommands = [measurePropose, measureSetOwner];
