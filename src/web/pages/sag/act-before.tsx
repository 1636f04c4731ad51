import type { ComponentChildren } from 'preact';
import { TEXT_KINDS } from '../../../app/case-texts.js';
import { eventsOf, textOf } from '../../../app/texts.js';
import { openVersion } from '../../../domain/exit-case/agreement.js';
import { PROTECTION_STEPS } from '../../../domain/exit-case/protected-address.js';
import { openScreening } from '../../../domain/exit-case/screening.js';
import { canBeShared } from '../../../domain/exit-case/breach-words.js';
import { verdict } from '../../../domain/exit-case/vote.js';
import type { ScopeKind } from '../../../domain/kernel/command.js';
import { copenhagenDate } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { decisionOn } from '../../../app/documents.js';
import { paths } from '../../paths.js';
import { Alert } from '../../ui/alert.js';
import { LinkButton } from '../../ui/buttons.js';
import { Fold } from '../../ui/fold.js';
import { partyName } from '../choices.js';
import { measureTitle } from '../../../app/measure-words.js';
import { Typed } from './act-links.js';
import { measureMeant, returnDay } from './act-fields.js';
import { AlertWords } from './acute-threat.js';
import { OpeningWords } from './card-openings.js';
import { Contributions } from './aftale.js';
import { AgreementDocument } from './agreement-document.js';
import { type CaseCall, nameOf } from './case-page.js';
import { DECLARE_CONFLICT } from './first-opening.js';
import { HANDS_OVER } from './handing-over.js';
import { HeardOn } from './heard-on.js';
import { Hearings } from './hearings.js';
import { AnswerToOther } from './other-case.js';
import { ScreeningWords } from './screening.js';
import { awaitsDecision } from '../../../domain/exit-case/question.js';
import { returnableWords } from '../../../domain/exit-case/question-desk.js';
import { Answered, QuestionAsked } from './questions.js';

type Values = Readonly<Record<string, unknown>>;

/** Scopes a form needs beyond its choices, for the text one must have read before sending it. */
const OWN_KINDS: Readonly<Record<string, readonly ScopeKind[]>> = {
  'security.confirmPrecaution': ['precaution'],
  'security.confirmAlert': ['precaution'],
  'screening.recordSearch': ['police'],
  'screening.assessThreat': ['police'],
  'screening.handOver': ['police'],
  // What the asker may hand over of what he reads himself.
  ...Object.fromEntries(HANDS_OVER.map((command) => [command, TEXT_KINDS])),
  'decision.supplementReview': [...TEXT_KINDS, 'bundle'],
  'question.readAnswer': ['bundle'],
  'contactPoint.advise': ['bundle'],
  'contactPoint.decide': ['bundle'],
  'contactPoint.decideReview': ['bundle'],
};
export const kindsForAct = (command: string): readonly ScopeKind[] => command === DECLARE_CONFLICT ? [] : [...new Set<ScopeKind>(['card', 'identity', 'general', 'measure', ...(Object.hasOwn(OWN_KINDS, command) ? (OWN_KINDS[command] ?? []) : [])])];

/** What one must have in sight to send a form: the text that is confirmed, the agreement that is acceded to, the measure it is about. */
export const BeforeAct = ({ on, command, values }: { readonly on: CaseCall; readonly command: string; readonly values: Values }): ComponentChildren => {
  const { opened } = on;
  const measure = command.startsWith('measure.') ? measureMeant(opened, values) : undefined;
  if (measure) return <p><strong>{measureTitle(opened, measure)}</strong>{`, ${authorityName(measure.authority)}`}</p>;
  switch (command) {
    case 'circle.handOver':
      return typeof values['user'] === 'string' ? <p><strong>{nameOf(on, values['user'])}</strong> giver opgaverne fra sig.</p> : null;
    case 'security.confirmPrecaution':
      return <Typed text={precautionText(on, values['precaution'])} />;
    case 'security.confirmAlert':
      return <AlertWords on={on} />;
    case 'safetyCard.noteOpening':
      return <OpeningWords on={on} opening={values['opening']} />;
    case 'security.raiseAcute':
      return <p><strong>Er der fare nu, så ring 112 først.</strong></p>;
    case 'screening.recordSearch':
    case 'screening.assessThreat':
    case 'screening.handOver':
      return <ScreeningWords on={on} screening={openScreening(opened.state)} />;
    case 'address.protect':
      return typeof values['step'] === 'string' ? <p>{`${stepLabel(values['step'])}.`}</p> : null;
    case 'agreement.present':
    case 'agreement.accede': {
      const version = openVersion(opened.state);
      const { party } = values;
      return (
        <>
          {typeof party === 'string' && <p>{party === 'candidate' ? 'Kandidaten tiltræder.' : `${partyName(opened, party)} tiltræder.`}</p>}
          {version && <AgreementDocument on={on} version={version} />}
        </>
      );
    }
    case 'agreement.setTerms':
      return <Fold summary="Myndighedernes bidrag"><Contributions on={on} /></Fold>;
    case 'decision.accept':
    case 'decision.refuse': {
      const { differs, result } = verdict(opened.state);
      if (result === 'split') return <Hearings on={on} about="decision" />;
      return <><p>{`${differs ? 'Flertallet' : 'Alle'} finder, at kandidaten ${result === 'accept' ? 'bør optages' : 'ikke bør optages'}.`}</p><Hearings on={on} about="decision" /></>;
    }
    case 'course.interrupt':
      return <Hearings on={on} about="interruption" />;
    case 'breach.record':
      return canBeShared(opened.state, undefined, copenhagenDate(on.call.now)) ? null : (
        <Alert kind="info">Samtykket tillader ikke, at I deler en beskrivelse. Bruddet registreres derfor uden tekst.</Alert>
      );
    case 'breach.hear': {
      const breach = eventsOf(opened, 'BreachRecorded').find(({ event }) => event.breach === values['breach']);
      return breach ? <Typed label="Bruddet" text={textOf(opened, breach.version, 'what')} /> : null;
    }
    case 'hearing.answer': {
      const hearing = eventsOf(opened, 'HearingSent').find(({ event }) => event.hearing === values['hearing']);
      if (hearing === undefined) return null;
      return (
        <>
          <Typed label="Kandidaten blev hørt om" text={textOf(opened, hearing.version, 'facts')} />
          {hearing.event.about === 'decision' && awaitsDecision(opened.state) && <p>Sagen ligger hos kontaktpunktet. Svaret bliver også sendt til dem, der skal afgøre den.</p>}
        </>
      );
    }
    case 'journal.correct': {
      const note = eventsOf(opened, 'NoteAdded', 'MeetingRecorded', 'NoteCorrected', 'AttachmentAdded').find(({ event }) => event.entry === values['entry']);
      return note ? <Typed label={note.event.type === 'AttachmentAdded' ? 'Bilaget' : 'Notatet'} text={textOf(opened, note.version, 'text') ?? textOf(opened, note.version, 'title')} /> : null;
    }
    case 'contactPoint.decide':
      return <><QuestionAsked on={on} question={values['question']} /><Answered on={on} question={values['question']} /><HeardOn on={on} question={values['question']} /></>;
    case 'contactPoint.advise':
    case 'contactPoint.decideReview':
    case 'question.readAnswer':
      return <><QuestionAsked on={on} question={values['question']} /><Answered on={on} question={values['question']} /></>;
    case 'contactPoint.returnQuestion': {
      const from = returnDay(opened, values, copenhagenDate(on.call.now));
      return from === undefined ? null : <p>{`Spørgsmålet kan ${returnableWords(from)}`}</p>;
    }
    case 'decision.give': {
      const document = decisionOn(opened, values['question']);
      return (
        <>
          <p>Giv kandidaten afgørelsen på den måde, der er aftalt som sikker kontakt. Vil kandidaten gerne have den sagt først, så sig den, og giv brevet bagefter.</p>
          {document && <p><LinkButton href={paths.document(opened.id, document.key)} icon="document" context={document.title}>Hent afgørelsen (PDF)</LinkButton></p>}
        </>
      );
    }
    case 'case.markDuplicate':
    case 'case.keepDespiteDouble':
      return <AnswerToOther id={opened.id} state={opened.state} ends={command === 'case.markDuplicate'} />;
    case 'decision.supplementReview':
      return <QuestionAsked on={on} question={opened.state.decision.review?.question} />;
    default:
      return null;
  }
};

const stepLabel = (step: string): string => PROTECTION_STEPS.find((one) => one.value === step)?.label ?? '';

export const precautionText = ({ opened }: CaseCall, id: unknown): string | undefined => {
  for (const bodies of opened.bodies.values()) {
    const text = bodies.find((one) => one.scope.kind === 'precaution' && one.scope.subject === id)?.content['text'];
    if (typeof text === 'string') return text;
  }
  return undefined;
};
