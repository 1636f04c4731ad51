import { z } from 'zod';
import { type UserId, zId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addDays, addWorkingDays, formatDate, type Instant, knownDate, type PlainDate, zPlainDate } from '../kernel/time.js';
import { acuteThreat } from './acute-threat.js';
import type { CaseEvent, ExitCase } from './case.js';
import { isFullMember, membershipsOf, policeMember, type Seat, seatsToSpeak } from './circle.js';
import { type CasePermission, command, type EventMeta, type Task } from './define.js';
import { isClosed, notClosed } from './ending.js';

/** Protection of addresses began this day; there was none before (FM-SEC-4). */
export const PROTECTION_SINCE = knownDate('2018-10-01');

/** The steps of a protection in their order, with who takes each. */
export const PROTECTION_STEPS = [
  { value: 'notice', label: 'Politiet har givet kommunen besked om adressebeskyttelse' },
  { value: 'receipt', label: 'Kommunen har modtaget besked og sat den i kraft' },
  { value: 'move', label: 'Personen er flyttet, og beskyttelsen følger med' },
  { value: 'end', label: 'Adressebeskyttelsen er hørt op' },
] as const;
export type ProtectionStep = (typeof PROTECTION_STEPS)[number]['value'];

export type ProtectedAddressEvent =
  | { readonly type: 'AddressProtectionNoticed'; readonly on: PlainDate; readonly childrenAlong: boolean }
  | { readonly type: 'AddressProtectionReceived'; readonly on: PlainDate }
  | { readonly type: 'AddressProtectionMoved'; readonly on: PlainDate }
  | { readonly type: 'AddressProtectionEnded'; readonly on: PlainDate }
  | { readonly type: 'AddressHeld'; readonly on: PlainDate }
  | { readonly type: 'AddressLeaveGiven'; readonly user: UserId; readonly until: PlainDate }
  | { readonly type: 'AddressLeaveEnded'; readonly user: UserId };

/** Police's leave to one member to read the address: both days included. */
export interface AddressLeave {
  readonly user: UserId;
  readonly until: PlainDate;
  readonly since: Instant;
}
export interface ProtectedAddressState {
  readonly protection?: {
    readonly noticedOn: PlainDate;
    readonly childrenAlong: boolean;
    readonly receivedOn?: PlainDate;
    readonly movedOn?: PlainDate;
    readonly endedOn?: PlainDate;
  };
  /** The residence changed after the last step: the protection has to follow. */
  readonly moveOn?: PlainDate;
  /** The day the address was last written in the case. By default it never is. */
  readonly heldOn?: PlainDate;
  /** The address that is held is from before the last move. */
  readonly outdatedOn?: PlainDate;
  readonly leaves: readonly AddressLeave[];
}
export const noProtectedAddress: ProtectedAddressState = { leaves: [] };

const without = (state: ProtectedAddressState, user: UserId): ProtectedAddressState =>
  state.leaves.some((one) => one.user === user) ? { ...state, leaves: state.leaves.filter((one) => one.user !== user) } : state;

const moved = (state: ProtectedAddressState, on: PlainDate): ProtectedAddressState => (state.heldOn === undefined ? state : { ...state, outdatedOn: on });

export const evolveProtectedAddress = (state: ProtectedAddressState, event: CaseEvent, meta: EventMeta): ProtectedAddressState => {
  switch (event.type) {
    case 'AddressProtectionNoticed':
      return { ...state, protection: { noticedOn: event.on, childrenAlong: event.childrenAlong } };
    case 'AddressProtectionReceived':
      return state.protection === undefined ? state : { ...state, protection: { ...state.protection, receivedOn: event.on } };
    case 'AddressProtectionMoved': {
      const { moveOn: _settled, ...rest } = moved(state, event.on);
      return state.protection === undefined ? state : { ...rest, protection: { ...state.protection, movedOn: event.on } };
    }
    case 'AddressProtectionEnded': {
      const { moveOn: _settled, ...rest } = state;
      return state.protection === undefined ? state : { ...rest, protection: { ...state.protection, endedOn: event.on }, leaves: [] };
    }
    case 'ResidenceChanged': {
      if (state.protection === undefined || state.protection.endedOn !== undefined) return moved(state, event.from);
      return { ...moved(state, event.from), moveOn: event.from };
    }
    case 'AddressHeld': {
      const { outdatedOn: _settled, ...rest } = state;
      return { ...rest, heldOn: event.on };
    }
    case 'AddressLeaveGiven':
      return { ...state, leaves: [...state.leaves.filter((one) => one.user !== event.user), { user: event.user, until: event.until, since: meta.at }] };
    case 'AddressLeaveEnded':
    case 'MemberRemoved':
    case 'PersonExcluded':
    case 'ConflictDeclared':
      return without(state, event.user);
    // The address is hidden from all but police (FM-SEC-3).
    case 'AcuteThreatRaised':
      return state.leaves.length === 0 ? state : { ...state, leaves: [] };
    default:
      return state;
  }
};

/** Whether the address is protected now: children along are so with it. */
export const isAddressProtected = (state: ExitCase): boolean => state.address.protection !== undefined && state.address.protection.endedOn === undefined;

/** Police's leave to this person, if he has one. Its last day is the store's to keep (`after-the-end.ts`): rules have no clock. */
export const addressLeaveOf = (state: ExitCase, user: string): AddressLeave | undefined => state.address.leaves.find((one) => one.user === user);

/** The seat that answers for the municipality's part; in custody there is none but the custody officer's. */
const municipalSeat = (state: ExitCase): Seat => (state.inquiry.place === 'custody' ? 'custody' : 'municipal');

const holdsSeat = (state: ExitCase, user: string, seat: Seat): boolean => membershipsOf(state, user).some((one) => one.role === seat);

/** The steps of the protection that this person can take now, in their order. */
export const protectionSteps = (state: ExitCase, user: string): readonly ProtectionStep[] => {
  const { protection } = state.address;
  const police = holdsSeat(state, user, 'police');
  const municipal = seatsToSpeak(state).includes(municipalSeat(state)) && holdsSeat(state, user, municipalSeat(state));
  if (!isAddressProtected(state)) return police ? ['notice'] : [];
  const received = protection?.receivedOn !== undefined;
  return [
    ...(municipal && !received ? (['receipt'] as const) : []),
    ...((municipal || police) && received ? (['move'] as const) : []),
    ...(police ? (['end'] as const) : []),
  ];
};

/** Working days to the municipality's receipt, to a move's record, and to the new address where one is held `[+]`. */
const WITHIN = 1;

export const protectedAddressTasks = (state: ExitCase): readonly Task[] => {
  if (isClosed(state)) return [];
  const { protection, moveOn, outdatedOn } = state.address;
  const tasks: Task[] = [];
  if (isAddressProtected(state) && protection !== undefined) {
    const due = (day: PlainDate): PlainDate => addWorkingDays(day, WITHIN);
    if (protection.receivedOn === undefined) {
      tasks.push({ key: 'address.receipt', title: 'Kvittér for adressebeskyttelsen', owner: { seat: municipalSeat(state) }, due: due(protection.noticedOn), command: 'address.protect' });
    } else if (moveOn !== undefined) {
      tasks.push({ key: 'address.move', title: 'Notér, at adressebeskyttelsen er flyttet med', owner: { seat: municipalSeat(state) }, due: due(moveOn), command: 'address.protect' });
    }
  }
  if (outdatedOn !== undefined) {
    tasks.push({ key: 'address.outdated', title: 'Skriv den nye beskyttede adresse', owner: { seat: 'police' }, due: addWorkingDays(outdatedOn, WITHIN), command: 'address.hold', policeOnly: true });
  }
  return tasks;
};

const policeAndMunicipality: CasePermission = {
  test: (state, actor) => holdsSeat(state, actor.user, 'police') || holdsSeat(state, actor.user, municipalSeat(state)),
  who: 'politiets og kommunens medlemmer',
};

const NOT_NOW: Readonly<Record<ProtectionStep, string>> = {
  notice: 'Adressen er allerede beskyttet, eller også er det ikke dig, der giver besked. Det gør politiet, én gang.',
  receipt: 'Der er ikke noget at kvittere for. Det er kommunen, der kvitterer, når politiet har givet besked.',
  move: 'En flytning noteres, når kommunen har kvitteret for adressebeskyttelsen.',
  end: 'Det er politiet, der noterer, at adressebeskyttelsen er hørt op, mens den gælder.',
};

/** The day of a step within its bounds: not before there was protection, not before the step it follows, not in the future. */
const wrongDay = (state: ExitCase, step: ProtectionStep, on: PlainDate, today: PlainDate): Rejection | undefined => {
  if (on < PROTECTION_SINCE) return reject('FM-SEC-4', ['own'], `Adressebeskyttelse findes fra ${formatDate(PROTECTION_SINCE)}. Ret datoen.`, 'on');
  if (on > today) return reject('FM-SEC-4', ['own'], 'Datoen kan ikke ligge i fremtiden. Notér det, når det er sket.', 'on');
  const { protection } = state.address;
  const last = step === 'notice' ? protection?.endedOn : (protection?.movedOn ?? protection?.receivedOn ?? protection?.noticedOn);
  return last !== undefined && on < last ? reject('FM-SEC-4', ['address'], `Datoen ligger før det, den bygger på (${formatDate(last)}). Ret datoen.`, 'on') : undefined;
};

/** The protection of the address, step by step: police's notice, the municipality's receipt, moves, the end; children along are covered (FM-SEC-4). */
export const addressProtect = command({
  name: 'address.protect',
  title: 'Registrér adressebeskyttelse',
  rules: ['FM-SEC-4'],
  page: 'sikkerhed',
  input: z.strictObject({
    step: z.enum(PROTECTION_STEPS.map((one) => one.value), { error: 'Vælg, hvad der er sket' }).meta({ label: 'Hvad er der sket?', widget: 'hidden', options: PROTECTION_STEPS }),
    on: zPlainDate.meta({ label: 'Hvornår?', widget: 'date' }),
    children: z.enum(['along', 'none'], { error: 'Vælg, om der er børn med' }).optional()
      .meta({ label: 'Er der børn med?', hint: 'Børn, der bor sammen med personen, er omfattet af beskyttelsen.', widget: 'radio', options: [{ value: 'along', label: 'Ja, børn er med' }, { value: 'none', label: 'Nej' }] }),
  }),
  writes: [],
  may: policeAndMunicipality,
  when: (state, ctx) => notClosed(state) ?? (protectionSteps(state, ctx.actor.user).length > 0 ? undefined : reject('FM-SEC-4', ['address'], isAddressProtected(state) ? 'Kommunen har kvitteret. Der er ikke mere at notere nu.' : 'Politiet giver besked om adressebeskyttelse først.')),
  decide: (state, input, ctx) => {
    const { step, on, children } = input;
    if (!protectionSteps(state, ctx.actor.user).includes(step)) return reject('FM-SEC-4', ['address'], NOT_NOW[step], 'step');
    const wrong = wrongDay(state, step, on, ctx.today);
    if (wrong !== undefined) return wrong;
    if (step === 'notice' && children === undefined) return reject('FM-SEC-4', ['own'], 'Vælg, om der er børn med: de er omfattet af beskyttelsen.', 'children');
    const event = {
      notice: { type: 'AddressProtectionNoticed', on, childrenAlong: children === 'along' },
      receipt: { type: 'AddressProtectionReceived', on }, move: { type: 'AddressProtectionMoved', on }, end: { type: 'AddressProtectionEnded', on },
    } as const;
    return [{ event: event[step] }];
  },
});

/** Police decides that the address must stand in the case after all, or writes the new one: in a scope of its own, read with a reason each time (FM-SEC-4). */
export const addressHold = command({
  name: 'address.hold',
  title: 'Skriv den beskyttede adresse',
  rules: ['FM-SEC-4'],
  page: 'sikkerhed',
  input: z.strictObject({
    address: prose({ label: 'Adressen', hint: 'Skriv den kun, hvis politiet har besluttet, at den skal stå her. Den kan ikke slettes, før sagen slettes.', max: 500, missing: 'Skriv adressen' }),
    why: prose({ label: 'Hvorfor skal den stå i Udvej?', hint: 'Læses kun af politiet.', max: 2000, missing: 'Skriv, hvorfor adressen skal stå her' }),
  }),
  writes: ['address', 'police'],
  may: policeMember,
  when: (state) => notClosed(state) ?? (isAddressProtected(state) ? undefined : reject('FM-SEC-4', ['address'], 'Adressen kan kun stå her, mens den er beskyttet. Notér først, at kommunen har fået besked.')),
  decide: (_state, input, ctx) => [{
    event: { type: 'AddressHeld', on: ctx.today },
    bodies: [{ scope: { kind: 'address' }, content: { address: input.address } }, { scope: { kind: 'police' }, content: { why: input.why } }],
  }],
});

/** The longest leave at a time, in calendar days `[+]`. */
const LONGEST_LEAVE = 30;

/** Police gives one member of the circle leave to read the address, for a time; not while there is an acute threat (FM-SEC-4, FM-SEC-3). */
export const addressAllow = command({
  name: 'address.allow',
  title: 'Giv lov til at læse adressen',
  rules: ['FM-SEC-4', 'FM-SEC-3'],
  page: 'sikkerhed',
  input: z.strictObject({
    user: zId<UserId>('Vælg en, der er i kredsen').meta({ label: 'Hvem må læse adressen?', widget: 'member' }),
    until: zPlainDate.meta({ label: 'Til og med hvilken dag?', hint: `Højst ${LONGEST_LEAVE} dage ad gangen.`, widget: 'date' }),
    why: prose({ label: 'Hvorfor?', hint: 'Læses kun af politiet.', max: 2000, missing: 'Skriv, hvorfor medarbejderen skal kende adressen' }),
  }),
  writes: ['police'],
  may: policeMember,
  when: (state) => notClosed(state)
    ?? (state.address.heldOn === undefined || !isAddressProtected(state) ? reject('FM-SEC-4', ['address'], 'Der står ingen beskyttet adresse i sagen.') : undefined)
    ?? (acuteThreat(state) === undefined ? undefined : reject('FM-SEC-3', ['security'], 'Der er en akut trussel, og adressen er skjult for alle andre end politiet. Ophæv truslen først.')),
  decide: (state, input, ctx) => {
    const mayHave = isFullMember(state, input.user) || membershipsOf(state, input.user).some((one) => one.role === 'owner');
    if (!mayHave) return reject('FM-SEC-4', ['circle'], 'Vælg en medarbejder, der er i kredsen.', 'user');
    if (holdsSeat(state, input.user, 'police')) return reject('FM-SEC-4', ['circle'], 'Politiet kan allerede læse adressen. Vælg en anden.', 'user');
    if (input.until < ctx.today || input.until > addDays(ctx.today, LONGEST_LEAVE)) {
      return reject('FM-SEC-4', ['own'], `Vælg en dag fra i dag til ${formatDate(addDays(ctx.today, LONGEST_LEAVE))}.`, 'until');
    }
    return [{ event: { type: 'AddressLeaveGiven', user: input.user, until: input.until }, bodies: [{ scope: { kind: 'police' }, content: { why: input.why } }] }];
  },
});

/** Police takes a leave back; it ends at once (FM-SEC-4). */
export const addressWithdraw = command({
  name: 'address.withdraw',
  title: 'Tag tilladelsen til at læse adressen tilbage',
  rules: ['FM-SEC-4'],
  page: 'sikkerhed',
  input: z.strictObject({ user: zId<UserId>('Vælg, hvem der ikke længere må læse adressen').meta({ label: 'Hvem må ikke længere læse adressen?', widget: 'hidden' }) }),
  writes: [],
  may: policeMember,
  when: notClosed,
  decide: (state, input) =>
    addressLeaveOf(state, input.user) === undefined
      ? reject('FM-SEC-4', ['address'], 'Medarbejderen har ikke lov til at læse adressen. Vælg en, der har.', 'user')
      : [{ event: { type: 'AddressLeaveEnded', user: input.user } }],
});

export const protectedAddressCommands = [addressProtect, addressHold, addressAllow, addressWithdraw];
