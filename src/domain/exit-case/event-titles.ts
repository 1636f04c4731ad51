import type { CaseEvent } from './case.js';

/**
 * What a happening is to somebody who looks for it on the time line: a decision or an assessment, contact with the candidate, something
 * passed on out of the circle, an entry of the journal; `other` is the daily work.
 */
export const EVENT_CATEGORIES = ['decision', 'contact', 'disclosure', 'note', 'other'] as const;
export type EventCategory = (typeof EVENT_CATEGORIES)[number];

/** What happened, as a short Danish sentence for the time line, after its category; says nothing that the event's core does not (FM-WORK-6). */
const TITLES: Readonly<Record<CaseEvent['type'], readonly [EventCategory, string]>> = {
  InquiryRegistered: ['contact', 'Henvendelse modtaget'],
  InquiryTaken: ['other', 'Henvendelse taget af enheden'],
  InquiryConveyed: ['disclosure', 'Henvendelse sendt videre til en anden enhed'],
  UnitDisputed: ['disclosure', 'Kontaktpunktet er bedt om at udpege enheden'],
  UnitNamed: ['decision', 'Kontaktpunktet har udpeget enheden'],
  InquiryClosed: ['decision', 'Henvendelse lukket uden visitation'],
  MemberAdded: ['other', 'En kollega er føjet til kredsen'],
  MemberRemoved: ['other', 'En kollega er ude af kredsen'],
  PersonExcluded: ['other', 'En person er udelukket fra sagen'],
  ConflictDeclared: ['other', 'En kollega har meldt sig inhabil'],
  AccessRenewed: ['other', 'Adgangen til sagen er fornyet'],
  DeputyNamed: ['other', 'En vikar er udpeget'],
  WorkHandedOver: ['other', 'En kollegas opgaver er givet videre'],
  CoordinationTakenOver: ['other', 'En kollega er blevet koordinator for sagen'],
  PersonUpdated: ['other', 'Personens oplysninger opdateret'],
  ResidenceChanged: ['other', 'Bopælskommune registreret'],
  SafeContactSet: ['contact', 'Sikker kontakt aftalt'],
  AssessmentBegun: ['other', 'Visitation begyndt'],
  TargetGroupSet: ['decision', 'Målgruppe angivet'],
  RegistrationConfirmed: ['decision', 'Politiet har bekræftet registreringen'],
  RelocationClarified: ['decision', 'Behov for flytning afklaret'],
  InformationObtained: ['other', 'Oplysninger indhentet'],
  ConclusionSubmitted: ['decision', 'Vurdering afgivet'],
  AssessmentInterrupted: ['decision', 'Visitation afbrudt'],
  HearingSent: ['contact', 'Partshøring'],
  HearingAnswered: ['contact', 'Svar på partshøring modtaget'],
  QuestionAsked: ['disclosure', 'Spørgsmål sendt til kontaktpunktet'],
  QuestionSupplemented: ['disclosure', 'Tekster til prøvelsen sendt til kontaktpunktet'],
  QuestionTaken: ['other', 'Kontaktpunktet har taget spørgsmålet'],
  QuestionHandedBack: ['other', 'En i kontaktpunktet har givet spørgsmålet fra sig'],
  QuestionReturned: ['other', 'Kontaktpunktet har sendt spørgsmålet tilbage'],
  QuestionWithdrawn: ['other', 'Spørgsmål til kontaktpunktet trukket tilbage'],
  QuestionAnswered: ['decision', 'Kontaktpunktet har svaret'],
  QuestionAnswerRead: ['other', 'Kontaktpunktets svar er læst'],
  DecisionGiven: ['contact', 'Kandidaten har fået kontaktpunktets afgørelse'],
  OfficialPositionGiven: ['decision', 'En myndighed i kontaktpunktet har taget stilling'],
  CaseAccepted: ['decision', 'Kandidaten er optaget'],
  CaseRefused: ['decision', 'Afslag på optagelse'],
  ReviewDecided: ['decision', 'Kontaktpunktet har afgjort prøvelsen af afslaget'],
  PreventionOffered: ['contact', 'Anden forebyggelse drøftet med personen'],
  ConsentGiven: ['contact', 'Samtykke givet'],
  ConsentRefused: ['contact', 'Samtykke afslået'],
  ConsentWithdrawn: ['contact', 'Samtykke trukket tilbage'],
  WithdrawalWeighed: ['decision', 'Enheden har taget stilling efter tilbagetrukket samtykke'],
  DisclosureRecorded: ['disclosure', 'Videregivelse noteret'],
  MeasureProposed: ['other', 'Tiltag foreslået'],
  MeasureRequested: ['other', 'Tiltag ansøgt'],
  MeasureLaterChosen: ['other', 'Kandidaten har valgt et senere tidspunkt'],
  MeasureDecided: ['decision', 'Tiltag afgjort'],
  MeasureStarted: ['other', 'Tiltag sat i gang'],
  MeasureReported: ['other', 'Status på tiltag'],
  MeasureCompleted: ['other', 'Tiltag gennemført'],
  MeasureStopped: ['other', 'Tiltag stoppet'],
  DrafterAssigned: ['other', 'Det er besluttet, hvem der skriver aftalen'],
  ContributionRecorded: ['other', 'En myndighed har givet sit bidrag til aftalen'],
  ContactPersonAppointed: ['contact', 'Kontaktperson udpeget'],
  ContactExceptionAllowed: ['contact', 'Undtagelse fra kontaktpersonen aftalt'],
  ContactExceptionEnded: ['contact', 'Undtagelse fra kontaktpersonen ophørt'],
  TermsSet: ['other', 'Aftalens indhold skrevet'],
  TermsCoordinated: ['disclosure', 'Vilkår drøftet med den modtagende enhed'],
  AgreementPresented: ['contact', 'Aftalen lagt frem'],
  PartyAcceded: ['other', 'En part har tiltrådt aftalen'],
  AgreementEntered: ['decision', 'Aftalen er indgået'],
  AgreementVersionOpened: ['other', 'Ny version af aftalen begyndt'],
  AgreementStatusReported: ['other', 'Status på aftalen meldt til enheden'],
  SecurityAssessed: ['decision', 'Politiet har vurderet sikkerheden'],
  PrecautionConfirmed: ['other', 'En forholdsregel er læst'],
  SafetyCardSet: ['other', 'Sikkerhedskort opdateret'],
  CardOpened: ['disclosure', 'Sikkerhedskortet åbnet i en nødsituation'],
  CardOpeningNoted: ['other', 'Koordinatoren har set et nødopslag'],
  ScreeningAsked: ['other', 'Sikkerhedsscreening bestilt'],
  ScreeningSearched: ['other', 'Åben søgning noteret'],
  ScreeningThreatAssessed: ['decision', 'Trusselsniveau vurderet'],
  ScreeningHandedOver: ['disclosure', 'Sikkerhedsscreening overdraget til politikredsen'],
  AcuteThreatRaised: ['decision', 'Akut trussel meldt'],
  AcuteThreatSeen: ['other', 'Advarslen om akut trussel er læst'],
  AcuteThreatLifted: ['decision', 'Akut trussel ophævet'],
  AddressProtectionNoticed: ['other', 'Kommunen har fået besked om adressebeskyttelse'],
  AddressProtectionReceived: ['other', 'Kommunen har kvitteret for adressebeskyttelsen'],
  AddressProtectionMoved: ['other', 'Adressebeskyttelsen er flyttet med'],
  AddressProtectionEnded: ['other', 'Adressebeskyttelsen er hørt op'],
  AddressHeld: ['decision', 'Beskyttet adresse skrevet'],
  AddressLeaveGiven: ['decision', 'Lov til at læse adressen givet'],
  AddressLeaveEnded: ['decision', 'Lov til at læse adressen taget tilbage'],
  FollowUpHeld: ['contact', 'Opfølgning holdt'],
  FollowUpRescheduled: ['other', 'Opfølgning flyttet'],
  CourseExtended: ['decision', 'Forløbet forlænget'],
  BreachRecorded: ['other', 'Brud på aftalen noteret'],
  BreachHeard: ['contact', 'Kandidaten er hørt om bruddet'],
  SanctionReferred: ['decision', 'Brud på vilkår henvist til egne regler'],
  PositionStated: ['decision', 'En myndighed har taget stilling til forløbet'],
  CourseInterrupted: ['decision', 'Forløbet afbrudt'],
  CourseCompleted: ['decision', 'Forløbet gennemført'],
  DischargeWritten: ['other', 'Udskrivningsdokument skrevet'],
  DoubleTold: ['disclosure', 'Kontaktpunktet har fundet en anden sag om samme person'],
  DoubleKept: ['decision', 'Sagen føres videre, selv om der er en anden'],
  CaseMarkedDuplicate: ['decision', 'Sagen er afsluttet som dublet'],
  RetentionHeld: ['decision', 'Sletning af sagen stoppet'],
  RetentionReleased: ['decision', 'Stop for sletning ophævet'],
  ArchiveConfirmed: ['other', 'En myndighed har bekræftet sit eget arkiv'],
  AnnulmentProposed: ['other', 'Annullering foreslået'],
  AnnulmentDeclined: ['decision', 'Annullering afvist'],
  RecordAnnulled: ['decision', 'En registrering er annulleret'],
  NoteAdded: ['note', 'Notat'],
  MeetingRecorded: ['note', 'Møde'],
  NoteCorrected: ['note', 'Rettelse af et notat'],
  AttachmentAdded: ['note', 'Bilag lagt på sagen'],
};

export const SEAT_NAMES = { police: 'Politiet', municipal: 'Kommunen', probation: 'Kriminalforsorgen', custody: 'Direktoratet for Kriminalforsorgen' } as const;

export const eventTitle = (event: CaseEvent): string => {
  if (event.type === 'ConclusionSubmitted') return `${SEAT_NAMES[event.seat]} har afgivet sin vurdering`;
  if (event.type === 'QuestionSupplemented' && event.with === 'hearing') return 'Kandidatens svar på høringen sendt til kontaktpunktet';
  return event.type === 'QuestionAsked' && event.by === 'contactPoint' ? 'Kontaktpunktet har bedt om at prøve afslaget' : typeTitle(event.type);
};

/** What a type is called where the event itself is not at hand: on lists across cases. */
export const typeTitle = (type: CaseEvent['type']): string => TITLES[type][1];
export const EVENT_TYPES = Object.keys(TITLES) as readonly CaseEvent['type'][];

export const eventCategory = (type: CaseEvent['type']): EventCategory => TITLES[type][0];
