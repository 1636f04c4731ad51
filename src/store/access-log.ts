import type { Instant, PlainDate } from '../domain/kernel/time.js';
import { inSession } from './in-session.js';
import type { Pool } from './postgres/pools.js';

/** Why something waits for the auditor: one of the four rules, the draw, the co-ordinator, a use of break-glass. */
export type FindingKind = 'break-glass' | 'unexpected' | 'denials' | 'ended' | 'unrelated' | 'night' | 'sample';
export const OUTCOMES = ['justified', 'unjustified', 'asked'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Somebody of the log. */
export interface LogPerson {
  readonly id: string;
  readonly name: string;
  readonly authority: string;
  readonly functions: readonly string[];
  /** His access has ended. */
  readonly left: boolean;
}

/** A row of the log as the auditor sees it: a case by its number at most. */
export interface LogRow {
  readonly at: Instant;
  readonly action: string;
  readonly purpose: string | null;
  /** Null where there is no case: an address that somebody guessed. */
  readonly number: string | null;
  /** The id as it was sent; never shown, but tells cases without a number from each other. */
  readonly ref: string | null;
}

export interface Finding {
  readonly id: string;
  readonly kind: FindingKind;
  readonly person: LogPerson | null;
  readonly at: Instant;
  readonly due: Instant;
  /** Of a sample: its week's Monday. */
  readonly week: PlainDate | null;
  /** How many rows of the log are behind it. */
  readonly rows: number;
  readonly number: string | null;
  /** The person's leader has been asked. */
  readonly asked: boolean;
}

/** That a colleague said no to closing an alarm, and to what. */
export interface AlarmRefusal {
  readonly approval: string;
  readonly by: string;
  readonly at: Instant;
  readonly words: string;
  readonly answeredBy: string | null;
  readonly answeredAt: Instant;
}

/** An alarm of the log: that something is wrong, and not who it was. */
export interface Alarm {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  /** How often, or how many. */
  readonly n: number;
  readonly at: Instant;
  /** The reader is one of those it is about, who neither ask nor answer. */
  readonly aboutMe: boolean;
  /** The noes it has had, oldest first. */
  readonly refused: readonly AlarmRefusal[];
  /** That it be closed: asked by an auditor and `given` by another, which closes it. Null when nobody asked, or nobody answered in time. */
  readonly asked: {
    readonly approval: string;
    readonly by: string;
    readonly mine: boolean;
    readonly at: Instant;
    readonly given: boolean | null;
    readonly words: string;
    readonly answeredBy: string | null;
    readonly answeredAt: Instant | null;
  } | null;
}

export interface ReviewDesk {
  /** By the database's clock, which the log goes by. */
  readonly now: Instant;
  readonly open: readonly Finding[];
  /** All that are not closed, newest first; and the last five that were. */
  readonly alarms: readonly Alarm[];
  readonly closedAlarms: readonly Alarm[];
  readonly draw: { readonly week: PlainDate; readonly openings: number; readonly drawn: number; readonly left: number } | null;
  readonly judged: readonly { readonly id: string; readonly kind: FindingKind; readonly person: LogPerson | null; readonly outcome: Outcome; readonly at: Instant }[];
}

/** What waits for the auditor, most serious first; undefined to anybody else. Leaves `log.read`. @throws with code 28000 without a session. */
export const reviewDesk = (pool: Pool, token: string): Promise<ReviewDesk | undefined> => answered(pool, token, 'select sec.review_desk() as answer', []);

export interface FindingInFull {
  /** By the database's clock. */
  readonly now: Instant;
  readonly id: string;
  readonly kind: FindingKind;
  readonly person: LogPerson | null;
  readonly at: Instant;
  readonly found: Instant;
  readonly due: Instant;
  readonly closed: Instant | null;
  readonly lapsed: boolean;
  readonly rows: readonly LogRow[];
  readonly judgements: readonly { readonly at: Instant; readonly by: string; readonly outcome: Outcome; readonly words: string }[];
}

/** One finding with the rows behind it; undefined when there is none, and to anybody else than the auditor. Leaves `log.read`. */
export const findingInFull = (pool: Pool, token: string, id: string): Promise<FindingInFull | undefined> =>
  answered(pool, token, 'select sec.review_item($1) as answer', [id]);

/** Adds a judgement, which nobody changes; false when there is no such finding, and of one about the caller himself. Leaves `review.judged`. */
export const judgeFinding = async (pool: Pool, token: string, id: string, outcome: Outcome, words: string): Promise<boolean> =>
  (await answered<boolean>(pool, token, 'select sec.judge($1, $2, $3) as answer', [id, outcome, words])) === true;

/** One alarm; undefined when there is none, and to anybody else than the auditor. Leaves `log.read`. */
export const alarmInFull = (pool: Pool, token: string, id: string): Promise<Alarm | undefined> => answered(pool, token, 'select sec.alarm_item($1) as answer', [id]);

/** Asks a colleague that an alarm be closed, and says what was behind it (control 17). False when there is no such alarm, and of one about the caller himself. Leaves `approval.asked`. */
export const askToCloseAlarm = async (pool: Pool, token: string, id: string, words: string): Promise<boolean> =>
  (await answered<boolean>(pool, token, 'select sec.ask_to_close_alarm($1, $2) as answer', [id, words])) === true;

/** The alarm that a colleague is asked about, with what the auditor wrote of it. */
export type AlarmToClose = Pick<Alarm, 'kind' | 'title' | 'n' | 'at' | 'refused'> & { readonly words: string };
/** Undefined to who is not to answer. @param approval the question's id */
export const alarmToClose = (pool: Pool, token: string, approval: string): Promise<AlarmToClose | undefined> => answered(pool, token, 'select sec.alarm_reason($1) as answer', [approval]);

/** Colleagues, also those who have left, by a part of the name; at most thirty. */
export const findPerson = (pool: Pool, token: string, text: string): Promise<readonly Omit<LogPerson, 'left'>[]> =>
  inSession(pool, token, async (client) => (await client.query<Omit<LogPerson, 'left'> & Record<string, unknown>>('select * from sec.find_person($1)', [text])).rows);

/** `look`: whether the rules of the log count it as looking into a case. */
export interface PersonLogRow extends LogRow {
  readonly look: boolean;
}
export interface PersonLog {
  readonly person: LogPerson;
  readonly first: PlainDate;
  readonly last: PlainDate;
  /** Newest first, at most a thousand. */
  readonly rows: readonly PersonLogRow[];
}

/** What one person looked at; the last thirty days where no day is given. Undefined when there is no such person, and to anybody else than the auditor. Leaves `log.read`. */
export const personLog = (pool: Pool, token: string, person: string, first: PlainDate | undefined, last: PlainDate | undefined): Promise<PersonLog | undefined> =>
  answered(pool, token, 'select sec.person_log($1, $2, $3) as answer', [person, first ?? null, last ?? null]);

export interface WeekQuestionRow {
  readonly case_id: string;
  readonly number: string;
  readonly label: string;
  /** The week's Monday. */
  readonly week: PlainDate;
}
/** The caller's cases whose week waits for his word as their co-ordinator. @throws with code 28000 without a session. */
export const listWeekQuestions = async (pool: Pool, token: string): Promise<readonly WeekQuestionRow[]> =>
  (await pool.query<WeekQuestionRow & Record<string, unknown>>({ name: 'list-week-questions', text: 'select * from app.list_week_questions($1)', values: [token] })).rows;

export interface WeekOpenings {
  readonly week: PlainDate;
  readonly person: string;
  readonly day: PlainDate;
  readonly n: number;
}
/** Others' openings of the newest week that waits for the co-ordinator's word, a person's of a day in one row; none to anybody else. */
export const weekQuestion = (pool: Pool, token: string, caseId: string): Promise<readonly WeekOpenings[]> =>
  inSession(pool, token, async (client) => (await client.query<WeekOpenings & Record<string, unknown>>('select week, person, day, n from sec.week_question($1)', [caseId])).rows);

/** All but those were expected; those go to the auditor: a person by his id, a municipality's people by its authority. False when it is not the caller's to answer, which leaves `case.denied`; else `log.answered`. */
export const answerWeek = async (pool: Pool, token: string, caseId: string, week: PlainDate, unexpected: readonly { readonly who: string; readonly day: PlainDate }[]): Promise<boolean> =>
  (await answered<boolean>(pool, token, 'select sec.answer_week($1, $2, $3, $4) as answer', [caseId, week, unexpected.map((one) => one.who), unexpected.map((one) => one.day)])) === true;

export interface CaseExtract {
  readonly number: string;
  readonly now: Instant;
  readonly rows: readonly {
    readonly id: string;
    readonly at: Instant;
    readonly name: string | null;
    readonly authority: string | null;
    readonly functions: readonly string[] | null;
    readonly action: string;
    readonly purpose: string | null;
    /** He is in the case for a measure alone, of which the maker is not known to know. */
    readonly withheld: boolean;
  }[];
}
/** Everybody who looked into a case, oldest first, for its co-ordinator; undefined to anybody else, which leaves `case.denied`; else `log.extracted`. @throws with code UV401 (step-up), 28000 */
export const caseExtract = (pool: Pool, token: string, caseId: string, purpose: string): Promise<CaseExtract | undefined> =>
  answered(pool, token, 'select sec.case_extract($1, $2) as answer', [caseId, purpose]);

const answered = <T>(pool: Pool, token: string, text: string, values: readonly unknown[]): Promise<T | undefined> =>
  inSession(pool, token, async (client) => (await client.query<{ answer: T | null }>(text, [...values])).rows[0]?.answer ?? undefined);
