import type { Task } from './define.js';

/**
 * What a case waits for, as far as the contact point may know without having been asked (access.md, "The contact point"): a step of the
 * framework, in words that are the same whatever the step is about. What would tell of danger, of a breach or of the person has no word of its own.
 */
export const WAITS_FOR = {
  groundwork: 'Grundlag for vurderingerne',
  'police-conclusion': 'Politiets vurdering',
  'municipal-conclusion': 'Kommunens vurdering',
  'probation-conclusion': 'Kriminalforsorgens vurdering',
  hearing: 'Partshøring',
  decision: 'Afgørelse mangler',
  circle: 'Plads i kredsen',
  'contact-person': 'Udpegning af kontaktperson',
  agreement: 'Exitaftalen',
  accession: 'Tiltrædelse',
  measure: 'Frist for tiltag',
  'follow-up': 'Opfølgning',
  course: 'Stilling til forløbet',
  discharge: 'Udskrivning',
  question: 'Spørgsmål hos kontaktpunktet',
  other: 'Andet i sagen',
} as const;
export type WaitsFor = keyof typeof WAITS_FOR;

/** By the command that does the task. What is not here is `other`: a new task tells nothing until somebody has thought of it. */
const BY_COMMAND: Readonly<Record<string, WaitsFor>> = {
  'assessment.targetGroup': 'groundwork', 'assessment.recordObtained': 'groundwork', 'assessment.clarifyRelocation': 'groundwork',
  'hearing.answer': 'hearing', 'hearing.send': 'decision', 'decision.accept': 'decision', 'decision.refuse': 'decision', 'assessment.referToContactPoint': 'decision',
  'circle.add': 'circle', 'contactPerson.appoint': 'contact-person',
  'agreement.assignDrafter': 'agreement', 'agreement.contribute': 'agreement', 'agreement.reportStatus': 'agreement', 'agreement.recordCoordination': 'agreement', 'agreement.revise': 'agreement',
  'agreement.accede': 'accession', 'followUp.hold': 'follow-up',
  'course.state': 'course', 'course.extend': 'course', 'course.interrupt': 'course', 'course.complete': 'course', 'discharge.write': 'discharge',
  'contactPoint.takeQuestion': 'question', 'contactPoint.advise': 'question', 'contactPoint.decide': 'question', 'contactPoint.decideReview': 'question', 'decision.supplementReview': 'question',
};

const CONCLUSIONS = { police: 'police-conclusion', municipal: 'municipal-conclusion', probation: 'probation-conclusion', custody: 'probation-conclusion' } as const;

/** What somebody outside the circle is told that a case waits for. Of a measure it is only that there is a time to keep, whatever kind it is of. */
export const waitsFor = ({ command, owner, measure }: Pick<Task, 'command' | 'owner' | 'measure'>): WaitsFor => {
  if (measure !== undefined) return 'measure';
  if (command === 'assessment.submit') return 'seat' in owner ? CONCLUSIONS[owner.seat] : 'other';
  return BY_COMMAND[command] ?? 'other';
};

const WORDS: Readonly<Record<string, string>> = WAITS_FOR;
export const waitsForWords = (code: string): string => WORDS[code] ?? WAITS_FOR.other;
