import { z } from 'zod';
import { type ScreeningId, type UserId, zId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import { addWorkingDays, type PlainDate, zPlainDate } from '../kernel/time.js';
import type { CaseEvent, ExitCase } from './case.js';
import { membershipsOf, policeMember } from './circle.js';
import { type CasePermission, command, type EventMeta, type Task } from './define.js';
import { isClosed, notClosed } from './ending.js';

/** What was found and of whom lies in the words alone: of a third party the core knows nothing, not even that there is one. */
export type ScreeningEvent =
  | { readonly type: 'ScreeningAsked'; readonly screening: ScreeningId; readonly screener: UserId; readonly on: PlainDate }
  | { readonly type: 'ScreeningSearched'; readonly screening: ScreeningId; readonly on: PlainDate }
  | { readonly type: 'ScreeningThreatAssessed'; readonly screening: ScreeningId; readonly on: PlainDate }
  | { readonly type: 'ScreeningHandedOver'; readonly screening: ScreeningId; readonly on: PlainDate };

export interface Screening {
  readonly id: ScreeningId;
  readonly screener: UserId;
  readonly askedOn: PlainDate;
  readonly searchedOn?: PlainDate;
  readonly assessedOn?: PlainDate;
  readonly handedOverOn?: PlainDate;
  /** Police has assessed the security after it was handed over. */
  readonly used?: true;
  /** Another was asked instead. */
  readonly replaced?: true;
}
export interface ScreeningState {
  /** Oldest first; one at a time is open. */
  readonly screenings: readonly Screening[];
}
export const noScreenings: ScreeningState = { screenings: [] };

const isOpen = (one: Screening): boolean => one.handedOverOn === undefined && one.replaced === undefined;

export const evolveScreenings = (state: ScreeningState, event: CaseEvent, _meta: EventMeta): ScreeningState => {
  const about = (id: ScreeningId, more: Partial<Screening>): ScreeningState => ({
    screenings: state.screenings.map((one) => (one.id === id ? { ...one, ...more } : one)),
  });
  switch (event.type) {
    case 'ScreeningAsked':
      return {
        screenings: [
          ...state.screenings.map((one) => (isOpen(one) ? { ...one, replaced: true as const } : one)),
          { id: event.screening, screener: event.screener, askedOn: event.on },
        ],
      };
    case 'ScreeningSearched':
      return about(event.screening, { searchedOn: event.on });
    case 'ScreeningThreatAssessed':
      return about(event.screening, { assessedOn: event.on });
    case 'ScreeningHandedOver':
      return about(event.screening, { handedOverOn: event.on });
    case 'SecurityAssessed':
      return state.screenings.some((one) => one.handedOverOn !== undefined && one.used === undefined)
        ? { screenings: state.screenings.map((one) => (one.handedOverOn === undefined ? one : { ...one, used: true as const })) }
        : state;
    default:
      return state;
  }
};

/** The screening that is under way; undefined when none is. */
export const openScreening = (state: ExitCase): Screening | undefined => state.screening.screenings.find(isOpen);

/** Whether a screening is this person's, now that he is in the circle for one (access.md: "screening: own entries"). */
export const isOwnScreening = (state: ExitCase, user: string, screening: string): boolean =>
  membershipsOf(state, user).some((one) => one.role === 'screening')
  && state.screening.screenings.some((one) => one.id === screening && one.screener === user);

/** Working days from the asking to each part of it, and from the handing over to police's reading of it `[+]`. */
const SEARCH_WITHIN = 3;
const ASSESS_WITHIN = 7;
const HAND_OVER_WITHIN = 10;
const ESCALATE_WITHIN = 12;
const READ_WITHIN = 1;

/** What the screener has to do next. */
const nextOf = ({ searchedOn, assessedOn }: Screening): readonly [title: string, command: string, within: number] => {
  if (searchedOn === undefined) return ['Søg åbent på nettet, og notér søgningen', 'screening.recordSearch', SEARCH_WITHIN];
  if (assessedOn === undefined) return ['Vurdér truslen fra dem, du har fundet', 'screening.assessThreat', ASSESS_WITHIN];
  return ['Overdrag sikkerhedsscreeningen til politikredsen', 'screening.handOver', HAND_OVER_WITHIN];
};

/** The screener's next step, and police's to ask after it when it is late (FM-WORK-1); what is handed over is read at once. */
export const screeningTasks = (state: ExitCase): readonly Task[] => {
  if (isClosed(state)) return [];
  const open = openScreening(state);
  const inCircle = open !== undefined && isOwnScreening(state, open.screener, open.id);
  const unread = state.screening.screenings.find((one) => one.handedOverOn !== undefined && one.used === undefined);
  const tasks: Task[] = [];
  if (open !== undefined && inCircle) {
    const [title, name, within] = nextOf(open);
    tasks.push({ key: `screening:${open.id}`, title, owner: { user: open.screener }, due: addWorkingDays(open.askedOn, within), command: name, policeOnly: true });
  }
  if (open !== undefined) {
    tasks.push({
      key: `screening.late:${open.id}`,
      title: inCircle ? 'Spørg til sikkerhedsscreeningen, hvis den ikke er overdraget' : 'Bed en anden om sikkerhedsscreeningen',
      owner: { seat: 'police' }, due: addWorkingDays(open.askedOn, inCircle ? ESCALATE_WITHIN : READ_WITHIN), command: 'screening.ask', policeOnly: true,
    });
  }
  if (unread?.handedOverOn !== undefined) {
    tasks.push({
      key: `screening.read:${unread.id}`, title: 'Læs sikkerhedsscreeningen, og vurdér sikkerheden', owner: { seat: 'police' },
      due: addWorkingDays(unread.handedOverOn, READ_WITHIN), command: 'security.assess', policeOnly: true,
    });
  }
  return tasks;
};

/** The words of one screening: a part of police's scope that its screener reads with police, and that no other screener does. */
const wordsOf = (screening: ScreeningId) => ({ kind: 'police' as const, subject: screening });

/**
 * Police asks an official of Rigspolitiet for a security screening; the asking puts him into the case, to identity and his own entries.
 * One is open at a time: who is asked next takes it over (FM-SEC-2, S4).
 */
export const screeningAsk = command({
  name: 'screening.ask',
  title: 'Bed om sikkerhedsscreening',
  rules: ['FM-SEC-2'],
  page: 'sikkerhed',
  input: z.strictObject({
    screener: zId<UserId>('Vælg, hvem hos Rigspolitiet der skal screene').meta({ label: 'Hvem skal screene?', hint: 'Får adgang til navn og CPR-nummer og til sin egen screening. Ikke til andet.', widget: 'staff' }),
    what: prose({ label: 'Hvad skal undersøges?', hint: 'Læses kun af politiet og den, der screener.', max: 4000, missing: 'Skriv, hvad der skal undersøges' }),
  }),
  writes: ['police'],
  may: policeMember,
  when: notClosed,
  decide: (state, input, ctx) => {
    const colleague = ctx.colleague(input.screener);
    // The same words for somebody shut out as for somebody unknown: an exclusion must not show (control 20).
    if (colleague?.functions.includes('screening') !== true || state.circle.excluded.includes(input.screener)) {
      return reject('FM-SEC-2', ['own'], 'Vælg en anden kollega fra listen.', 'screener');
    }
    const open = openScreening(state);
    const there = open !== undefined && isOwnScreening(state, open.screener, open.id);
    if (open?.screener === input.screener && there) {
      return reject('FM-SEC-2', ['screening'], 'Kollegaen er allerede i gang med en screening. Ring til kollegaen, eller bed en anden.', 'screener');
    }
    const screening = ctx.newId<ScreeningId>();
    return [
      ...(there ? [{ event: { type: 'MemberRemoved' as const, user: open.screener, role: 'screening' as const } }] : []),
      {
        event: { type: 'ScreeningAsked', screening, screener: input.screener, on: ctx.today },
        bodies: [{ scope: wordsOf(screening), content: { what: input.what } }],
      },
      { event: { type: 'MemberAdded', user: input.screener, role: 'screening', authority: colleague.authority } },
    ];
  },
});

const screener: CasePermission = {
  test: (state, actor) => {
    const open = openScreening(state);
    return open?.screener === actor.user && isOwnScreening(state, actor.user, open.id);
  },
  who: 'den, der er bedt om at screene,',
};

/** The open screening, for its screener: `may` has seen that there is one. */
const mine = (state: ExitCase): Screening | Rejection => openScreening(state) ?? reject('FM-SEC-2', ['screening'], 'Der er ingen screening i gang. Bed politiet om en ny.');

/** An open-source search, recorded whether or not something was found (FM-SEC-2, S4). */
export const screeningRecordSearch = command({
  name: 'screening.recordSearch',
  title: 'Notér en åben søgning',
  rules: ['FM-SEC-2'],
  page: 'sikkerhed',
  input: z.strictObject({
    on: zPlainDate.optional().meta({ label: 'Hvornår blev der søgt?', hint: 'Lad feltet stå, hvis det er i dag.', widget: 'date' }),
    where: prose({ label: 'Hvor blev der søgt?', hint: 'For eksempel et socialt medie eller et nyhedsarkiv.', max: 500, widget: 'text', missing: 'Skriv, hvor der blev søgt' }),
    found: z.enum(['yes', 'no'], { error: 'Vælg, om der blev fundet noget' })
      .meta({ label: 'Blev der fundet noget?', widget: 'radio', options: [{ value: 'yes', label: 'Ja' }, { value: 'no', label: 'Nej' }] }),
    text: prose({ label: 'Hvad blev fundet?', hint: 'Skriv kun det, der betyder noget for sikkerheden. Læses kun af politiet og dig.' }).optional(),
  }),
  writes: ['police'],
  may: screener,
  when: notClosed,
  decide: (state, input, ctx) => {
    const open = mine(state);
    if ('rejected' in open) return open;
    const on = input.on ?? ctx.today;
    if (on > ctx.today) return reject('FM-SEC-2', ['own'], 'Søgningen kan ikke ligge i fremtiden. Ret datoen.', 'on');
    if (input.found === 'yes' && input.text === undefined) return reject('FM-SEC-2', ['own'], 'Skriv, hvad der blev fundet.', 'text');
    return [{
      event: { type: 'ScreeningSearched', screening: open.id, on },
      bodies: [{ scope: wordsOf(open.id), content: { where: input.where, found: input.found, text: input.text } }],
    }];
  },
});

export const THREAT_LEVELS = [
  { value: 'none', label: 'Ingen tegn på trussel' },
  { value: 'possible', label: 'Kan blive en trussel' },
  { value: 'risk', label: 'Risikoprofil: er en trussel' },
] as const;

/** The threat level of identified persons, third parties too: no more of each than needed, and gone with the case (FM-SEC-2, S4). */
export const screeningAssessThreat = command({
  name: 'screening.assessThreat',
  title: 'Vurdér truslen fra de personer, der er fundet',
  rules: ['FM-SEC-2'],
  page: 'sikkerhed',
  input: z.strictObject({
    persons: z.array(z.strictObject({
      who: prose({ label: 'Hvem?', hint: 'Så lidt som muligt: det navn eller kaldenavn, personen kan genkendes på. Aldrig CPR-nummer.', max: 200, widget: 'text', missing: 'Skriv, hvem det er' }),
      level: z.enum(THREAT_LEVELS.map((one) => one.value), { error: 'Vælg, hvor stor truslen er' }).meta({ label: 'Trusselsniveau', widget: 'radio', options: THREAT_LEVELS }),
      why: prose({ label: 'Hvad bygger vurderingen på?', max: 2000, missing: 'Skriv, hvad vurderingen bygger på' }),
    })).min(1, 'Vurdér mindst én person. Blev ingen fundet, så skriv kandidaten.').max(20, 'Der er plads til 20 personer i én vurdering.')
      .meta({ label: 'Personer', hint: 'Oplysninger om andre end kandidaten slettes sammen med sagen.', repeat: 20 }),
  }),
  writes: ['police'],
  may: screener,
  when: (state) => notClosed(state) ?? (openScreening(state)?.searchedOn === undefined ? reject('FM-SEC-2', ['screening'], 'Notér først, hvor du har søgt.') : undefined),
  decide: (state, input, ctx) => {
    const open = mine(state);
    if ('rejected' in open) return open;
    return [{
      event: { type: 'ScreeningThreatAssessed', screening: open.id, on: ctx.today },
      bodies: [{ scope: wordsOf(open.id), content: { persons: input.persons } }],
    }];
  },
});

/** What is known of persons with a risk profile goes to the police district, and the screener leaves the case with it (FM-SEC-2, S4). */
export const screeningHandOver = command({
  name: 'screening.handOver',
  title: 'Overdrag sikkerhedsscreeningen til politikredsen',
  rules: ['FM-SEC-2'],
  page: 'sikkerhed',
  input: z.strictObject({
    risk: z.enum(['yes', 'no'], { error: 'Vælg, om der er personer med risikoprofil' })
      .meta({ label: 'Er der personer med risikoprofil?', widget: 'radio', options: [{ value: 'yes', label: 'Ja' }, { value: 'no', label: 'Nej' }] }),
    text: prose({ label: 'Hvad skal politikredsen vide?', hint: 'Læses kun af politiet.', missing: 'Skriv, hvad politikredsen skal vide' }),
  }),
  writes: ['police'],
  may: screener,
  when: (state) => notClosed(state) ?? (openScreening(state)?.assessedOn === undefined ? reject('FM-SEC-2', ['screening'], 'Notér søgningen, og vurdér truslen først.') : undefined),
  decide: (state, input, ctx) => {
    const open = mine(state);
    if ('rejected' in open) return open;
    return [
      {
        event: { type: 'ScreeningHandedOver', screening: open.id, on: ctx.today },
        bodies: [{ scope: wordsOf(open.id), content: { risk: input.risk, text: input.text } }],
      },
      { event: { type: 'MemberRemoved', user: ctx.actor.user, role: 'screening' } },
    ];
  },
});

export const screeningCommands = [screeningAsk, screeningRecordSearch, screeningAssessThreat, screeningHandOver];
