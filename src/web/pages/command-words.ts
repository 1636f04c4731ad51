import type { Phase } from '../../domain/exit-case/follows.js';

/** What the button that opens a command's form says; the form's own button says the act in full. */
const VERBS: Readonly<Record<string, string>> = {
  'inquiry.take': 'Tag henvendelsen', 'inquiry.close': 'Luk henvendelsen', 'assessment.begin': 'Begynd visitationen', 'assessment.targetGroup': 'Angiv målgruppe',
  'assessment.clarifyRelocation': 'Afklar behovet', 'assessment.recordObtained': 'Notér opslag', 'assessment.submit': 'Åbn vurderingen', 'assessment.askAdvice': 'Stil et spørgsmål',
  'assessment.referToContactPoint': 'Forelæg sagen', 'hearing.send': 'Send partshøring', 'hearing.answer': 'Registrér svar', 'decision.accept': 'Træf afgørelse',
  'decision.refuse': 'Giv afslag', 'decision.requestReview': 'Bed om prøvelse', 'consent.give': 'Åbn samtykket', 'consent.refuse': 'Registrér nej', 'consent.withdraw': 'Registrér tilbagetrækning',
  'measure.propose': 'Foreslå tiltag', 'measure.request': 'Registrér ansøgning', 'measure.decide': 'Afgør tiltaget', 'measure.start': 'Start tiltaget', 'measure.report': 'Meld status',
  'contactPerson.appoint': 'Udpeg kontaktperson', 'agreement.assignDrafter': 'Vælg, hvem der skriver', 'agreement.contribute': 'Giv bidrag', 'agreement.setTerms': 'Skriv aftalen',
  'agreement.present': 'Læg aftalen frem', 'agreement.accede': 'Registrér tiltrædelse', 'agreement.revise': 'Begynd ny version', 'security.assess': 'Vurdér sikkerheden',
  'security.confirmPrecaution': 'Bekræft læst', 'safetyCard.set': 'Skriv sikkerhedskort', 'followUp.hold': 'Hold opfølgning', 'course.state': 'Giv stilling', 'course.interrupt': 'Afbryd forløbet',
  'course.complete': 'Afslut som gennemført', 'discharge.write': 'Skriv dokumentet', 'breach.record': 'Notér brud', 'breach.hear': 'Registrér forklaring',
};
export const verbOf = (command: string): string => VERBS[command] ?? 'Åbn';

/** Commands that are there in every phase and so never the next step. */
const ALWAYS = ['journal.', 'meeting.', 'circle.', 'person.', 'residence.', 'safeContact.', 'record.', 'disclosure.', 'inquiry.close', 'assessment.interrupt', 'prevention.', 'contactPerson.allow', 'contactPerson.end'];

/** Which commands a phase is about: what is shown as possible, or as not yet possible with the reason, on the overview. */
const OF_PHASE: Readonly<Record<Phase, readonly string[]>> = {
  inbox: ['inquiry.'],
  inquiry: ['assessment.begin'],
  assessment: ['assessment.', 'hearing.', 'decision.', 'contactPoint.'],
  accepted: ['consent.', 'contactPerson.', 'measure.', 'agreement.', 'security.', 'safetyCard.', 'contactPoint.', 'assessment.targetGroup'],
  course: ['followUp.', 'course.', 'breach.', 'sanction.', 'measure.', 'agreement.', 'security.', 'hearing.', 'consent.withdraw', 'consent.weigh'],
  discharge: ['discharge.', 'measure.'],
  closed: ['decision.requestReview', 'contactPoint.', 'measure.'],
};

const startsWithAny = (name: string, starts: readonly string[]): boolean => starts.some((start) => name.startsWith(start));

/** Where a command stands on the overview: among the next steps, in the fold of other acts, or only on its own page. */
export const weightOf = (command: string, phase: Phase): 'now' | 'other' => (!startsWithAny(command, ALWAYS) && startsWithAny(command, OF_PHASE[phase]) ? 'now' : 'other');
