import { z } from 'zod';
import { type FollowUpId, type MeasureId, type RequirementId, zId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addDays, formatDate, knownDate, type PlainDate, plainDateBetween } from '../kernel/time.js';
import { agreementInForce } from './agreement.js';
import type { ExitCase } from './case.js';
import { unitOrContact } from './circle.js';
import { sharingBasis } from './consent.js';
import { contactTaskOwner, isRunning, notRunning } from './course.js';
import { command, type Task } from './define.js';

export const MEASURE_STATUSES = [
  { value: 'agreed', label: 'Følges' },
  { value: 'partly', label: 'Delvist' },
  { value: 'not', label: 'Følges ikke' },
  { value: 'not-started', label: 'Ikke i gang' },
  { value: 'ended', label: 'Afsluttet' },
] as const;
export const FULFILMENTS = [
  { value: 'met', label: 'Opfyldt' },
  { value: 'partly', label: 'Delvist' },
  { value: 'not', label: 'Ikke opfyldt' },
] as const;
export const SIGN_ANSWERS = [
  { value: 'ceased', label: 'Ja' },
  { value: 'lessened', label: 'Delvist' },
  { value: 'unchanged', label: 'Ikke endnu' },
  { value: 'unknown', label: 'Kan ikke vurderes' },
] as const;
/** The four signs of exit (S3), in the words they are shown under; the last is judged in custody only. */
export const SIGNS = {
  crime: 'Banderelateret kriminalitet er ophørt',
  interaction: 'Omgang med miljøet er ophørt',
  lifestyle: 'Livsstilen er ændret',
  control: 'Stærkt styrende adfærd er ophørt',
} as const;
export const FOLLOW_UP_OUTCOMES = [
  { value: 'continue', label: 'Forløbet fortsætter som aftalt' },
  { value: 'adjust', label: 'Aftalen skal justeres' },
  { value: 'extend', label: 'Forløbet skal vare længere end aftalt' },
  { value: 'interruption', label: 'Enheden skal tage stilling til, om forløbet skal afbrydes' },
  { value: 'complete', label: 'Enheden skal tage stilling til, om forløbet kan afsluttes' },
] as const;

const measureStatus = z.enum(MEASURE_STATUSES.map((option) => option.value), { error: 'Vælg, hvordan det går med tiltaget' });
const fulfilment = z.enum(FULFILMENTS.map((option) => option.value), { error: 'Vælg, om kravet er opfyldt' });
const sign = z.enum(SIGN_ANSWERS.map((option) => option.value), { error: 'Vælg et svar. Ved I det ikke, så vælg “Kan ikke vurderes”.' });
const outcome = z.enum(FOLLOW_UP_OUTCOMES.map((option) => option.value), { error: 'Vælg, hvad opfølgningen førte til' });
export type SignAnswer = z.infer<typeof sign>;
export type FollowUpOutcome = z.infer<typeof outcome>;

/** One follow-up as it was held. Nothing in it is summed or counted together: each sign and each clause is read by itself (FM-CRS-1). */
export interface FollowUp {
  readonly id: FollowUpId;
  readonly on: PlainDate;
  /** The day it was due; tells whether it was held on time. */
  readonly due?: PlainDate;
  /** The version of the agreement it was about. */
  readonly version: number;
  readonly place: 'freedom' | 'custody';
  readonly measures: readonly { readonly measure: MeasureId; readonly status: z.infer<typeof measureStatus> }[];
  readonly requirements: readonly { readonly requirement: RequirementId; readonly fulfilment: z.infer<typeof fulfilment> }[];
  readonly signs: { readonly crime: SignAnswer; readonly interaction: SignAnswer; readonly lifestyle: SignAnswer; readonly control?: SignAnswer };
  readonly outcome: FollowUpOutcome;
}

export type FollowUpEvent =
  /** `kind`: of the note shared with it, when there is one (FM-CON-3). */
  | (FollowUp & { readonly type: 'FollowUpHeld'; readonly nextDue?: PlainDate; readonly kind?: 'personal' })
  | { readonly type: 'FollowUpRescheduled'; readonly from?: PlainDate; readonly to: PlainDate };

/** The last follow-up that was held, if one was. */
export const lastFollowUp = (state: ExitCase): FollowUp | undefined => state.course.followUps.at(-1);

/** By the agreement's rhythm, counted from a day. */
const byRhythm = (state: ExitCase, from: PlainDate): PlainDate | undefined => {
  const weeks = agreementInForce(state)?.followUpEveryWeeks;
  return weeks === undefined ? undefined : addDays(from, weeks * 7);
};

/**
 * The day the next follow-up is due in a running course: as agreed at the last one or moved since, else the day the agreement names,
 * else by its rhythm. In the past it is overdue, and stays so until it is held (FM-CRS-1, FM-CRS-2).
 */
export const nextFollowUp = (state: ExitCase): PlainDate | undefined => {
  const { since, nextDue } = state.course;
  if (!isRunning(state) || since === undefined) return undefined;
  if (nextDue !== undefined) return nextDue;
  const last = lastFollowUp(state)?.on;
  const named = agreementInForce(state)?.firstFollowUp;
  return named !== undefined && (last === undefined || named > last) ? named : byRhythm(state, last ?? since);
};

/** What the last follow-up called for and has not come yet: a new version of the agreement, a later end. */
const outcomeTask = (state: ExitCase, due: (from: PlainDate) => PlainDate): Task | undefined => {
  const last = lastFollowUp(state);
  if (last === undefined) return undefined;
  const owner = contactTaskOwner(state);
  if (last.outcome === 'adjust' && !state.agreement.versions.some((one) => one.number > last.version)) {
    return { key: `follow-up:adjust:${last.id}`, title: 'Åbn en ny version af aftalen', owner, due: due(last.on), command: 'agreement.revise' };
  }
  const extended = state.course.extendedOn !== undefined && state.course.extendedOn >= last.on;
  if (last.outcome === 'extend' && !extended) {
    return { key: `follow-up:extend:${last.id}`, title: 'Forlæng forløbet', owner, due: due(last.on), command: 'course.extend' };
  }
  return undefined;
};

/** Calendar days to do what a follow-up called for `[+]`. */
const DO_WITHIN_DAYS = 14;

export const followUpTasks = (state: ExitCase): readonly Task[] => {
  if (!isRunning(state)) return [];
  const due = nextFollowUp(state);
  const called = outcomeTask(state, (from) => addDays(from, DO_WITHIN_DAYS));
  return [
    ...(due === undefined ? [] : [{ key: 'follow-up', title: 'Hold opfølgning', owner: contactTaskOwner(state), due, command: 'followUp.hold' }]),
    ...(called === undefined ? [] : [called]),
  ];
};

const FIRST_DAY = knownDate('2011-01-01');
const LAST_DAY = knownDate('2099-12-31');

/** Every clause of the agreement once, and no other: a follow-up is on the whole agreement (FM-CRS-1). */
const notWhole = (agreed: readonly string[], answered: readonly string[], field: 'measures' | 'requirements'): Rejection | undefined => {
  const clause = field === 'measures' ? 'tiltag' : 'krav';
  if (answered.some((id) => !agreed.includes(id))) {
    return reject('FM-CRS-1', ['agreement'], `Der står et ${clause} på listen, som ikke er i den aftale, der gælder nu. Hent siden igen.`, field);
  }
  if (new Set(answered).size < answered.length) return reject('FM-CRS-1', ['own'], `Det samme ${clause} står to gange. Skriv ét svar om hvert.`, field);
  const missing = agreed.filter((id) => !answered.includes(id)).length;
  return missing === 0 ? undefined
    : reject('FM-CRS-1', ['agreement'], `Svar på alle ${clause} i aftalen. Der mangler ${missing}.`, field);
};

const notHeldThen = (state: ExitCase, heldOn: PlainDate, today: PlainDate): Rejection | undefined => {
  const { since } = state.course;
  const last = lastFollowUp(state);
  if (heldOn > today) return reject('FM-CRS-1', ['own'], 'Datoen ligger i fremtiden. Registrér opfølgningen, når den er holdt.', 'heldOn');
  if (since !== undefined && heldOn < since) {
    return reject('FM-CRS-1', ['course'], `Forløbet begyndte ${formatDate(since)}. Opfølgningen kan ikke være holdt før.`, 'heldOn');
  }
  if (last !== undefined && heldOn < last.on) {
    return reject('FM-CRS-1', ['followUp'], `Seneste opfølgning blev holdt ${formatDate(last.on)}. Registrér opfølgninger i den rækkefølge, de blev holdt.`, 'heldOn');
  }
  return undefined;
};

const signField = (of: keyof typeof SIGNS) => sign.meta({ label: SIGNS[of], widget: 'radio', options: SIGN_ANSWERS });

/**
 * A follow-up: how every measure goes, whether every requirement is met, the four signs of exit, and what comes of it
 * (FM-CRS-1, FM-CRS-2, S0 §5.1, S3). The control sign is judged in custody only.
 */
export const followUpHold = command({
  name: 'followUp.hold',
  title: 'Hold opfølgning',
  rules: ['FM-CRS-1', 'FM-CRS-2', 'FM-CON-3', 'FM-NOT-1'],
  page: 'opfoelgning',
  input: z.object({
    heldOn: plainDateBetween(FIRST_DAY, LAST_DAY, 'Datoen').optional().meta({ label: 'Hvornår blev opfølgningen holdt?', hint: 'Lad feltet stå, hvis det er i dag.', widget: 'date' }),
    measures: z.array(z.object({
      measure: zId<MeasureId>('Vælg et tiltag fra aftalen').meta({ label: 'Tiltag', widget: 'measure' }),
      status: measureStatus.meta({ label: 'Hvordan går det?', widget: 'radio', options: MEASURE_STATUSES }),
    })).default([]).meta({ label: 'Tiltag', repeat: 20 }),
    requirements: z.array(z.object({
      requirement: zId<RequirementId>('Vælg et krav fra aftalen').meta({ label: 'Krav', widget: 'hidden' }),
      fulfilment: fulfilment.meta({ label: 'Er kravet opfyldt?', widget: 'radio', options: FULFILMENTS }),
    })).default([]).meta({ label: 'Krav', repeat: 20 }),
    signs: z.object({
      crime: signField('crime'), interaction: signField('interaction'), lifestyle: signField('lifestyle'),
      control: signField('control').optional().meta({ label: SIGNS.control, hint: 'Vurderes kun under frihedsberøvelse.', widget: 'radio', options: SIGN_ANSWERS }),
    }, { error: 'Svar på tegnene' }).meta({ label: 'De fire tegn' }),
    outcome: outcome.meta({ label: 'Hvad førte opfølgningen til?', widget: 'radio', options: FOLLOW_UP_OUTCOMES }),
    note: prose({ label: 'Bemærkninger', hint: 'Skriv ikke om helbred og økonomi her. Det hører til i journalen.' }).optional(),
    nextDue: plainDateBetween(FIRST_DAY, LAST_DAY, 'Datoen for næste opfølgning').optional().meta({ label: 'Hvornår er næste opfølgning?', hint: 'Lad feltet stå, hvis I følger aftalens rytme.', widget: 'date' }),
  }),
  writes: ['general'],
  may: unitOrContact,
  when: notRunning,
  decide: (state, input, ctx) => {
    const version = agreementInForce(state);
    if (version === undefined) return reject('FM-CRS-1', ['agreement'], 'Der er ingen aftale, som gælder nu. Indgå den nye version af aftalen først.');
    const on = input.heldOn ?? ctx.today;
    const inTheWay = notHeldThen(state, on, ctx.today)
      ?? notWhole(version.measures.map((one) => one.measure), input.measures.map((one) => one.measure), 'measures')
      ?? notWhole(version.requirements.map((one) => one.id), input.requirements.map((one) => one.requirement), 'requirements');
    if (inTheWay) return inTheWay;
    const { place } = state.inquiry;
    if (place === 'custody' && input.signs.control === undefined) {
      return reject('FM-CRS-1', ['place'], 'Svar på, om stærkt styrende adfærd er ophørt. Det vurderes, så længe kandidaten er i varetægt eller fængsel.', 'signs.control');
    }
    if (place === 'freedom' && input.signs.control !== undefined) {
      return reject('FM-CRS-1', ['place'], 'Stærkt styrende adfærd vurderes kun i varetægt eller fængsel. Lad det felt stå tomt.', 'signs.control');
    }
    const next = input.nextDue ?? byRhythm(state, on);
    if (next !== undefined && next <= on) return reject('FM-CRS-1', ['own'], 'Næste opfølgning skal ligge efter denne. Skriv en senere dato.', 'nextDue');
    if (input.note !== undefined) {
      const basis = sharingBasis(state, 'personal', ctx.today);
      if (!basis.allowed) return reject('FM-CON-3', ['consent'], `${basis.why} Opfølgningen kan registreres uden bemærkninger.`, 'note');
    }
    const due = nextFollowUp(state);
    return [{
      event: {
        type: 'FollowUpHeld', id: ctx.newId<FollowUpId>(), on, version: version.number, place, measures: input.measures, requirements: input.requirements,
        signs: input.signs, outcome: input.outcome, ...(due === undefined ? {} : { due }), ...(next === undefined ? {} : { nextDue: next }),
        ...(input.note === undefined ? {} : { kind: 'personal' as const }),
      },
      ...(input.note === undefined ? {} : { bodies: [{ scope: { kind: 'general' as const }, content: { note: input.note } }] }),
    }];
  },
});

/** Moves the next follow-up to another day, with the reason; the agreement's rhythm stays (FM-CRS-1). */
export const followUpReschedule = command({
  name: 'followUp.reschedule',
  title: 'Flyt næste opfølgning',
  rules: ['FM-CRS-1', 'FM-CRS-2'],
  page: 'opfoelgning',
  input: z.object({
    to: plainDateBetween(FIRST_DAY, LAST_DAY, 'Datoen').meta({ label: 'Til hvilken dag?', widget: 'date' }),
    reason: prose({ label: 'Hvorfor flyttes den?', max: 2000, missing: 'Skriv, hvorfor opfølgningen flyttes' }),
  }),
  writes: ['general'],
  may: unitOrContact,
  when: notRunning,
  decide: (state, input, ctx) => {
    const from = nextFollowUp(state);
    if (input.to < ctx.today) return reject('FM-CRS-1', ['own'], 'Dagen er gået. Vælg i dag eller en dag, der kommer.', 'to');
    if (input.to === from) return reject('FM-CRS-1', ['followUp'], 'Opfølgningen er allerede den dag. Vælg en anden.', 'to');
    return [{
      event: { type: 'FollowUpRescheduled', to: input.to, ...(from === undefined ? {} : { from }) },
      bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
    }];
  },
});

export const followUpCommands = [followUpHold, followUpReschedule];
