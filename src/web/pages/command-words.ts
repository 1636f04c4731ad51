import type { Phase } from '../../domain/exit-case/follows.js';

/** What the button that opens a command's form says; the form's own button says the act in full. */
const VERBS: Readonly<Record<string, string>> = {
  'inquiry.take': 'Tag henvendelsen', 'inquiry.close': 'Luk henvendelsen', 'assessment.begin': 'Begynd visitationen', 'assessment.targetGroup': 'Angiv målgruppe',
  'assessment.clarifyRelocation': 'Afklar behovet', 'assessment.recordObtained': 'Notér opslag', 'assessment.submit': 'Åbn vurderingen', 'assessment.askAdvice': 'Stil et spørgsmål',
  'assessment.referToContactPoint': 'Forelæg sagen', 'hearing.send': 'Send partshøring', 'hearing.answer': 'Registrér svar', 'decision.accept': 'Træf afgørelse',
  'decision.refuse': 'Giv afslag', 'decision.requestReview': 'Bed om prøvelse', 'decision.supplementReview': 'Send til prøvelsen', 'consent.give': 'Registrér samtykke', 'consent.refuse': 'Registrér nej', 'consent.withdraw': 'Registrér tilbagetrækning',
  'measure.propose': 'Foreslå tiltag', 'measure.request': 'Registrér ansøgning', 'measure.decide': 'Afgør tiltaget', 'measure.start': 'Start tiltaget', 'measure.report': 'Meld status',
  'contactPerson.appoint': 'Udpeg kontaktperson', 'agreement.assignDrafter': 'Vælg, hvem der skriver', 'agreement.contribute': 'Giv bidrag', 'agreement.setTerms': 'Skriv aftalen',
  'agreement.present': 'Læg aftalen frem', 'agreement.accede': 'Registrér tiltrædelse', 'agreement.revise': 'Begynd ny version', 'security.assess': 'Vurdér sikkerheden',
  'security.confirmPrecaution': 'Bekræft læst', 'safetyCard.set': 'Skriv sikkerhedskort', 'safetyCard.noteOpening': 'Se nødopslaget',
  'security.raiseAcute': 'Meld akut trussel', 'security.confirmAlert': 'Læs advarslen', 'security.liftAcute': 'Ophæv truslen', 'screening.ask': 'Bed om screening', 'screening.recordSearch': 'Notér søgning',
  'screening.assessThreat': 'Vurdér truslen', 'screening.handOver': 'Overdrag', 'address.hold': 'Skriv adressen', 'address.allow': 'Giv lov', 'address.withdraw': 'Tag tilladelsen tilbage', 'followUp.hold': 'Hold opfølgning', 'course.state': 'Giv stilling', 'course.interrupt': 'Afbryd forløbet',
  'course.complete': 'Afslut som gennemført', 'course.extend': 'Forlæng forløbet', 'discharge.write': 'Skriv dokumentet', 'breach.record': 'Notér brud', 'breach.hear': 'Registrér forklaring',
  'consent.weighWithdrawal': 'Tag stilling', 'agreement.reportStatus': 'Meld status', 'agreement.recordCoordination': 'Registrér svar', 'prevention.offer': 'Notér tilbud',
  'case.markDuplicate': 'Afslut som dublet', 'case.keepDespiteDouble': 'Før sagen videre', 'retention.archive': 'Bekræft arkivet', 'retention.hold': 'Stop sletning', 'retention.release': 'Ophæv stop for sletning', 'circle.add': 'Føj en kollega til', 'circle.renew': 'Forny adgangen', 'circle.depute': 'Udpeg en vikar', 'circle.handOver': 'Giv videre', 'question.readAnswer': 'Læs svaret', 'decision.give': 'Se afgørelsen', 'contactPoint.advise': 'Giv råd', 'contactPoint.decide': 'Giv stilling', 'contactPoint.decideReview': 'Giv stilling',
};
export const verbOf = (command: string): string => VERBS[command] ?? 'Åbn';

/** A task's title speaks to whom it waits for; others read it with his name before it, and not as said to them. */
export const othersTitle = (title: string, owner: string): string => {
  const turned = title.replace(/\bdin myndigheds\b/g, 'myndighedens').replace(/\bjeres myndighed\b/g, 'myndigheden').replace(/\b(?:jeres|dine|din|dit)\b/g, 'deres');
  return turned === title || owner === '' ? turned : `${owner}: ${turned.charAt(0).toLocaleLowerCase('da-DK')}${turned.slice(1)}`;
};

/** What a phase is about. `open` is offered on the overview beside one's own tasks; `blocked` is named there with what is missing. */
interface PhaseSteps {
  readonly open: readonly string[];
  readonly blocked: readonly string[];
}
const OF_PHASE: Readonly<Record<Phase, PhaseSteps>> = {
  inbox: { open: [], blocked: [] },
  inquiry: { open: ['assessment.begin'], blocked: ['assessment.begin'] },
  assessment: { open: ['assessment.askAdvice', 'decision.accept', 'decision.refuse'], blocked: ['decision.accept', 'decision.refuse', 'assessment.referToContactPoint'] },
  accepted: { open: ['consent.give', 'measure.propose'], blocked: ['agreement.setTerms', 'agreement.present', 'agreement.accede'] },
  course: { open: ['followUp.hold', 'breach.record'], blocked: ['course.interrupt', 'course.complete'] },
  discharge: { open: ['discharge.write'], blocked: ['discharge.write'] },
  closed: { open: ['decision.requestReview', 'retention.archive'], blocked: [] },
};
export const stepsOf = (phase: Phase): PhaseSteps => OF_PHASE[phase];
