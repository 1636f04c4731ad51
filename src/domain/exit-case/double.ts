import { z } from 'zod';
import type { CommandContext } from '../kernel/command.js';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addWorkingDays, type PlainDate } from '../kernel/time.js';
import type { UnitId } from '../reference/authorities.js';
import type { TellingBasis } from '../reference/telling-bases.js';
import type { CaseEvent, ExitCase } from './case.js';
import { unitMember } from './circle.js';
import { command, type Task } from './define.js';
import { isClosed, notClosed } from './ending.js';
import { inInbox, keeperOfInbox } from './inquiry.js';
import { official, withdrawQuestions } from './question.js';
import { leadSeat } from './vote.js';

/** The other case of a double, as far as a unit gets to know it: where both units are told. */
export interface OtherCase {
  readonly number: string;
  readonly unit: UnitId;
  /** When the unit was told, it was an urgent inquiry that nobody had read. */
  readonly hastes?: true;
}

export type DoubleEvent =
  /** The contact point has settled that another case is about the same person, and has chosen to tell this one's unit (FM-INT-3). */
  | { readonly type: 'DoubleTold'; readonly ends: boolean; readonly basis: TellingBasis; readonly on: PlainDate; readonly other?: OtherCase }
  | { readonly type: 'DoubleKept'; readonly on: PlainDate }
  | { readonly type: 'CaseMarkedDuplicate'; readonly on: PlainDate };

export interface DoubleState {
  /** The contact point's newest word; undefined in every case that it has told nothing. */
  readonly told?: {
    /** Whether it is this case that is to end as the double; else it goes on, and the other one ends. */
    readonly ends: boolean;
    readonly basis: TellingBasis;
    readonly on: PlainDate;
    readonly other?: OtherCase;
    /** The unit has said that it has seen it and goes on. */
    readonly kept: boolean;
  };
}
export const noDouble: DoubleState = {};

export const evolveDouble = (state: DoubleState, event: CaseEvent): DoubleState => {
  switch (event.type) {
    case 'DoubleTold': {
      const { type: _type, ...told } = event;
      return { told: { ...told, kept: false } };
    }
    case 'DoubleKept':
      return state.told === undefined ? state : { told: { ...state.told, kept: true } };
    default:
      return state;
  }
};

/** Working days a unit has to take a stand `[+]`. */
const DAYS_TO_ANSWER = 5;

/** What the told unit is to do: its case alone gets this, and nobody who is not told (FM-INT-3). */
export const doubleTasks = (state: ExitCase): readonly Task[] => {
  const { told } = state.double;
  if (told === undefined || told.kept || isClosed(state)) return [];
  // What somebody said who fears for his safety is brought over the same day.
  const hastes = told.ends ? state.inquiry.urgent : told.other?.hastes === true;
  return [{
    key: 'double', owner: { seat: leadSeat(state) }, due: hastes ? told.on : addWorkingDays(told.on, DAYS_TO_ANSWER),
    title: told.ends ? 'Afslut sagen som dublet: der er en anden sag om samme person' : `Se, at der er en anden sag om samme person${hastes ? ': den haster' : ''}`,
    command: told.ends ? 'case.markDuplicate' : 'case.keepDespiteDouble',
  }];
};

const notTold = (): Rejection => reject('FM-INT-3', ['own'], 'Kontaktpunktet har ikke givet jer besked om en anden sag.');

/**
 * The contact point's word to the unit of one of two cases. What it says, the database holds since the match was settled, and lets in to this command alone: an official
 * neither chooses the words nor opens the case (FM-INT-3).
 */
export const contactPointTellDouble = command({
  name: 'contactPoint.tellDouble',
  title: 'Giv enheden besked om den anden sag',
  rules: ['FM-INT-3'],
  admission: 'match',
  page: 'overblik',
  input: z.strictObject({}),
  writes: [],
  may: official,
  when: notClosed,
  decide: (_state, _input, { telling, today }: CommandContext) => {
    if (telling === undefined) return reject('FM-INT-3', ['own'], 'Der er ikke besluttet nogen besked til enheden.');
    return [{ event: { type: 'DoubleTold', ends: telling.ends, basis: telling.basis, on: today, ...(telling.other === undefined ? {} : { other: telling.other }) } }];
  },
});

/** Why the case is not one that ends as a double: nobody was told so, or it is the other one that ends. */
const notToEnd = (state: ExitCase): Rejection | undefined => {
  const { told } = state.double;
  if (told === undefined) return notTold();
  if (isClosed(state)) return notClosed(state);
  return told.ends ? undefined : reject('FM-INT-3', ['own'], 'Kontaktpunktet har afgjort, at det er den anden sag, der slutter. Jeres går videre.');
};

/** The unit ends its case as the double that the contact point has confirmed; it is left out of every figure (FM-INT-3, FM-STA-4). */
export const caseMarkDuplicate = command({
  name: 'case.markDuplicate',
  title: 'Afslut sagen som dublet',
  rules: ['FM-INT-3', 'FM-STA-4'],
  page: 'overblik',
  input: z.strictObject({
    note: prose({ label: 'Hvordan slutter sagen hos jer?', hint: 'For eksempel hvem der taler med personen, og hvad I er enige om i kredsen.', missing: 'Skriv, hvordan sagen slutter hos jer', max: 2000 }),
  }),
  writes: ['general'],
  may: unitMember,
  when: (state) => {
    const inTheWay = notToEnd(state);
    if (inTheWay !== undefined) return inTheWay;
    if (state.course.status !== 'none') return reject('FM-INT-3', ['course'], 'Der er begyndt et exitforløb i sagen. Tal med kontaktpunktet om, hvilken sag der skal slutte.');
    return undefined;
  },
  decide: (state, input, ctx) => [
    { event: { type: 'CaseMarkedDuplicate', on: ctx.today }, bodies: [{ scope: { kind: 'general' }, content: { note: input.note } }] },
    ...withdrawQuestions(state, ctx.today),
  ],
});

/** It hastes, and nobody has read it: what the person said would reach nobody, for its registrant does not open it and the other case does not have it. */
export const isUnheard = ({ inquiry }: ExitCase): boolean => inquiry.status === 'inbox' && inquiry.urgent;
const unheard = (state: ExitCase): Rejection | undefined =>
  isUnheard(state)
    ? reject('FM-INT-3', ['inquiry'], 'Henvendelsen haster, og ingen har læst den. Tag den, læs, hvad personen sagde, og sørg for, at det kommer med over i den sag, der går videre. Afslut den så som dublet i sagen.')
    : undefined;

/**
 * The same of an inquiry that nobody has taken, by the keeper of the inbox: nobody comes into a circle for what only ends. Without words: nobody would read them. Not of one that hastes:
 * that is taken, read and brought over first, and ends by `case.markDuplicate`.
 */
export const inquiryEndAsDouble = command({
  name: 'inquiry.endAsDouble',
  title: 'Luk henvendelsen som dublet',
  rules: ['FM-INT-3', 'FM-STA-4'],
  admission: 'inbox',
  page: 'overblik',
  input: z.strictObject({}),
  writes: [],
  may: keeperOfInbox,
  when: (state) => inInbox(state) ?? notToEnd(state) ?? unheard(state),
  decide: (_state, _input, ctx) => [{ event: { type: 'CaseMarkedDuplicate', on: ctx.today } }],
});

/** The unit has seen that there is another case, and goes on with its own: asked to end it, it may still do so. */
export const caseKeepDespiteDouble = command({
  name: 'case.keepDespiteDouble',
  title: 'Før sagen videre hos jer',
  rules: ['FM-INT-3'],
  page: 'overblik',
  input: z.strictObject({
    note: prose({ label: 'Hvorfor går sagen videre?', hint: 'Skal skrives, når kontaktpunktet har afgjort, at det er jeres sag, der slutter.', max: 2000 }).optional(),
  }),
  writes: ['general'],
  may: unitMember,
  when: (state) => {
    const { told } = state.double;
    if (told === undefined) return notTold();
    return isClosed(state) ? notClosed(state) : told.kept ? reject('FM-INT-3', ['own'], 'Det er allerede noteret, at sagen går videre.') : undefined;
  },
  decide: (state, input, ctx) => {
    // Asked to end it, a unit that does not owes its colleagues the reason; told that the other one ends, it does not.
    if (state.double.told?.ends === true && input.note === undefined) {
      return reject('FM-INT-3', ['own'], 'Kontaktpunktet har afgjort, at sagen er den, der slutter. Skriv, hvorfor den går videre.', 'note');
    }
    return [{
      event: { type: 'DoubleKept', on: ctx.today },
      ...(input.note === undefined ? {} : { bodies: [{ scope: { kind: 'general' as const }, content: { note: input.note } }] }),
    }];
  },
});

export const doubleCommands = [contactPointTellDouble, caseMarkDuplicate, inquiryEndAsDouble, caseKeepDespiteDouble];
