import { z } from 'zod';
import { type HearingId, zId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import type { PlainDate } from '../kernel/time.js';
import { dayField, notInAssessment } from './assessment.js';
import type { CaseEvent, ExitCase } from './case.js';
import { unitMember } from './circle.js';
import { passOn } from './question-bundle.js';
import { command, type EventMeta, type Task } from './define.js';
import { leadSeat } from './vote.js';

/** What the candidate is heard about: the decision on his inquiry, or that his course may be interrupted. */
export const HEARING_SUBJECTS = [
  { value: 'decision', label: 'Et muligt afslag' },
  { value: 'interruption', label: 'En mulig afbrydelse af forløbet' },
] as const;
const hearingSubject = z.enum(
  HEARING_SUBJECTS.map((option) => option.value),
  { error: 'Vælg, hvad kandidaten høres om' },
);
export type HearingSubject = z.infer<typeof hearingSubject>;

export type HearingEvent =
  /** Without a deadline the exception from hearing is recorded instead. */
  | {
      readonly type: 'HearingSent';
      readonly hearing: HearingId;
      readonly about: HearingSubject;
      readonly on: PlainDate;
      readonly deadline?: PlainDate;
    }
  | { readonly type: 'HearingAnswered'; readonly hearing: HearingId; readonly on: PlainDate };

export interface Hearing {
  readonly id: HearingId;
  readonly about: HearingSubject;
  readonly on: PlainDate;
  readonly deadline?: PlainDate;
  readonly answeredOn?: PlainDate;
}
export interface HearingState {
  readonly hearings: readonly Hearing[];
}
export const noHearing: HearingState = { hearings: [] };

export const evolveHearing = (state: HearingState, event: CaseEvent, _meta: EventMeta): HearingState => {
  switch (event.type) {
    case 'HearingSent': {
      const { type: _type, hearing, ...facts } = event;
      return { hearings: [...state.hearings, { id: hearing, ...facts }] };
    }
    case 'HearingAnswered':
      return { hearings: state.hearings.map((one) => (one.id === event.hearing ? { ...one, answeredOn: event.on } : one)) };
    default:
      return state;
  }
};

/** The hearing that counts: the last one on the subject, since new facts are heard anew. */
export const latestHearing = (state: ExitCase, about: HearingSubject): Hearing | undefined =>
  state.hearing.hearings.findLast((one) => one.about === about);

/** True when an adverse decision of this sort may be taken: heard and answered or the time is over, or the exception recorded (FM-LAW-1, FM-DEC-5). */
export const isHeard = (state: ExitCase, about: HearingSubject, today: string): boolean => {
  const hearing = latestHearing(state, about);
  if (hearing === undefined) return false;
  return hearing.deadline === undefined || hearing.answeredOn !== undefined || hearing.deadline < today;
};

/** Whether there is still something to be heard about: nothing has been decided on it. */
const matters = (state: ExitCase, about: HearingSubject): boolean =>
  about === 'decision' ? notInAssessment(state) === undefined : state.course.status === 'running';

/** Tells the candidate the unfavourable facts and gives him time to answer, or records why he is not heard (forvaltningsloven § 19). */
export const hearingSend = command({
  name: 'hearing.send',
  title: 'Hør kandidaten',
  rules: ['FM-LAW-1', 'FM-DEC-5'],
  page: 'visitation',
  input: z.strictObject({
    about: hearingSubject
      .default('decision')
      .meta({ label: 'Hvad høres kandidaten om?', widget: 'radio', options: HEARING_SUBJECTS }),
    facts: prose({
      label: 'Hvilke oplysninger taler imod kandidaten?',
      hint: 'Skriv dem, så kandidaten kan svare på dem. Skriv ikke, hvem de kommer fra.',
      max: 8000,
    }).optional(),
    deadline: dayField.optional().meta({ label: 'Svarfrist', hint: 'Den sidste dag, kandidaten kan svare.', widget: 'date' }),
    exception: prose({
      label: 'Hvorfor høres kandidaten ikke?',
      hint: 'Kun hvis loven undtager høring, f.eks. fordi kandidaten allerede kender oplysningerne. Så skrives ingen svarfrist.',
      max: 4000,
    }).optional(),
  }),
  writes: ['general'],
  may: unitMember,
  when: (state) => (matters(state, 'interruption') ? undefined : notInAssessment(state)),
  decide: (state, input, ctx) => {
    const { about, facts, deadline, exception } = input;
    if (!matters(state, about)) {
      return reject(
        'FM-LAW-1',
        ['assessment', 'course'],
        about === 'decision'
          ? 'Kandidaten er optaget. Hør om en mulig afbrydelse af forløbet i stedet.'
          : 'Der er intet forløb i gang, som kan afbrydes. Hør om et muligt afslag i stedet.',
        'about',
      );
    }
    if (exception === undefined) {
      if (facts === undefined) return reject('FM-LAW-1', ['own'], 'Skriv de oplysninger, kandidaten skal høres om.', 'facts');
      if (deadline === undefined) {
        return reject('FM-LAW-1', ['own'], 'Skriv en svarfrist, eller skriv, hvorfor kandidaten ikke høres.', 'deadline');
      }
      if (deadline <= ctx.today)
        return reject('FM-LAW-1', ['own'], 'Svarfristen skal ligge efter i dag, så kandidaten kan nå at svare.', 'deadline');
    } else if (deadline !== undefined) {
      return reject(
        'FM-LAW-1',
        ['own'],
        'Skriv enten en svarfrist eller grunden til, at kandidaten ikke høres. Ikke begge dele.',
        'exception',
      );
    }
    return [
      {
        event: {
          type: 'HearingSent',
          hearing: ctx.newId<HearingId>(),
          about,
          on: ctx.today,
          ...(deadline === undefined ? {} : { deadline }),
        },
        bodies: [{ scope: { kind: 'general' }, content: { facts, exception } }],
      },
    ];
  },
});

const awaiting = (state: ExitCase): readonly Hearing[] =>
  state.hearing.hearings.filter((one) => one.deadline !== undefined && one.answeredOn === undefined);

/** The candidate's answer, in his own words; one that comes late is still recorded (FM-LAW-1). */
export const hearingAnswer = command({
  name: 'hearing.answer',
  title: 'Notér kandidatens svar på høringen',
  rules: ['FM-LAW-1', 'FM-DEC-5'],
  page: 'visitation',
  input: z.strictObject({
    hearing: zId<HearingId>('Vælg den høring, kandidaten har svaret på').optional().meta({ label: 'Høring', widget: 'hidden' }),
    answer: prose({
      label: 'Hvad svarede kandidaten?',
      hint: 'Med kandidatens egne ord. Ønsker kandidaten ikke at svare, så skriv det.',
    }),
  }),
  writes: ['general', 'bundle'],
  may: unitMember,
  when: (state) =>
    awaiting(state).length > 0
      ? undefined
      : reject('FM-LAW-1', ['hearing'], 'Der er ingen høring, som venter på svar. Hør kandidaten først.'),
  decide: (state, input, ctx) => {
    const open = awaiting(state);
    const hearing = input.hearing === undefined ? open.at(-1) : open.find((one) => one.id === input.hearing);
    if (hearing === undefined) return reject('FM-LAW-1', ['hearing'], 'Vælg en høring, som venter på svar.', 'hearing');
    return [
      {
        event: { type: 'HearingAnswered', hearing: hearing.id, on: ctx.today },
        bodies: [{ scope: { kind: 'general' }, content: { answer: input.answer } }],
      },
      ...(hearing.about === 'decision' ? passOn(state, ctx.today, input.answer) : []),
    ];
  },
});

export const hearingTasks = (state: ExitCase): readonly Task[] =>
  awaiting(state)
    .filter((one) => matters(state, one.about))
    .flatMap((one) =>
      one.deadline === undefined
        ? []
        : [
            {
              key: `hearing.answer:${one.id}`,
              title: 'Notér svaret på høringen, eller at der ikke kom noget',
              owner: { seat: leadSeat(state) },
              due: one.deadline,
              command: 'hearing.answer',
            },
          ],
    );

export const hearingCommands = [hearingSend, hearingAnswer];
