import { commandSchema } from '../../../src/app/command-schema.js';
import { addDays, knownDate } from '../../../src/domain/kernel/time.js';
import { consentTextOn } from '../../../src/domain/reference/consent-texts.js';
import { forAcceptance } from '../../support/assessment-states.js';
import { people, type PersonName } from '../../support/people.js';
import { command, DONE, form, type HostileRow, LED_ON } from './row.js';
import { FIRST_DAY } from './world.js';

/** What each step of a whole case writes wherever it can write: which command it was can be read from it. */
export const markOf = (name: string): string => `<script>hx(/${name}/)</script><b hx>"'&{{7*7}}`;
/** How a page that is right writes the beginning of it. */
export const escapedMarkOf = (name: string): string => `&lt;script>hx(/${name}/)&lt;/script>`;

interface Property {
  readonly type?: string;
  readonly widget?: string;
  readonly maxLength?: number;
}
interface Step {
  readonly who: PersonName;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Fields of words that have no place here. */
  readonly without: readonly string[];
  readonly day: string;
}
const step = (who: PersonName, name: string, input: Readonly<Record<string, unknown>> = {}, without: readonly string[] = [], day = FIRST_DAY): Step => ({ who, name, input, without, day });

const marked = ({ name, input, without }: Step): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(Object.entries((commandSchema(name)?.['properties'] ?? {}) as Readonly<Record<string, Property>>)
    .filter(([field, { type, widget }]) => type === 'string' && ['text', 'textarea'].includes(widget ?? '') && field !== 'cpr' && !without.includes(field))
    .map(([field, { maxLength = 1_000 }]) => [field, markOf(name).slice(0, maxLength)])),
  ...input,
});

const TODAY = knownDate(FIRST_DAY);
const LATER = addDays(TODAY, 28);
const signed = { signedOn: TODAY, keptAt: markOf('keptAt') };
const submission = { ...forAcceptance, motivationFor: markOf('assessment.submit'), suitabilityFor: markOf('assessment.submit'), needFor: markOf('assessment.submit') };
const NOT_SUBMITTED = ['fearJustification', 'changeReason', 'motivationAgainst', 'suitabilityAgainst', 'needAgainst'];

/** One case from its first note to its discharge. */
const STEPS: readonly Step[] = [
  step('municipal', 'person.update'), step('municipal', 'person.correct', { ageBand: '25-29' }), step('municipal', 'safeContact.set', { digitalPost: 'never' }),
  step('municipal', 'journal.add', { kind: 'personal' }), step('municipal', 'journal.add', { kind: 'health' }), step('police', 'journal.add', { kind: 'personal', own: true }), step('probation', 'journal.add', { kind: 'personal', own: true }),
  step('municipal', 'meeting.record', { heldAt: '2026-11-01T10:00:00.000Z', kind: 'personal' }), step('municipal', 'journal.correct', { entry: '«entry»', kind: 'personal' }),
  step('municipal', 'circle.add', { user: people.policeFyn.user, role: 'contact' }), step('municipal', 'circle.exclude', { user: people.police2.user }), step('municipal', 'circle.remove', { user: people.policeFyn.user }),
  step('police', 'assessment.begin'), step('police', 'assessment.targetGroup', { category: '1a', registration: 'registered' }), step('police', 'assessment.recordObtained'), step('probation', 'assessment.recordObtained'),
  step('municipal', 'assessment.clarifyRelocation', { need: 'none' }),
  step('municipal', 'assessment.askAdvice', { topic: 'motivation', entries: [{ text: markOf('entries') }] }), step('officialKl', 'contactPoint.takeQuestion', { question: '«markedQuestion»' }), step('officialKl', 'contactPoint.advise', { question: '«markedQuestion»' }),
  ...(['police', 'municipal', 'probation'] as const).map((who) => step(who, 'assessment.submit', submission, NOT_SUBMITTED)),
  step('police', 'decision.accept'),
  step('municipal', 'consent.give', {
    kinds: ['personal', 'economic', 'social'], sensitiveKinds: ['criminal', 'health', 'social-problems', 'abuse', 'private'], language: 'da', textVersion: consentTextOn(TODAY).version,
    authorities: [people.police, people.municipal, people.probation, people.jobcentre].map((one) => one.authority), evidence: signed,
  }),
  step('municipal', 'disclosure.record', { kind: 'personal', to: people.jobcentre.authority, basis: 'consent' }),
  step('police', 'security.assess', { level: 'low', occasion: 'before-agreement', precautions: [{ worker: people.municipal.user, text: markOf('precautions') }] }), step('municipal', 'security.confirmPrecaution', { precaution: '«precaution»' }),
  step('police', 'safetyCard.set'), step('police', 'contactPerson.appoint', { user: people.municipal.user }), step('police', 'agreement.assignDrafter', { seat: 'municipal' }),
  step('municipal', 'agreement.contribute'), step('police', 'agreement.contribute', { nothing: true }, ['considered', 'chosen', 'notChosen']), step('probation', 'agreement.contribute', { nothing: true }, ['considered', 'chosen', 'notChosen']),
  step('municipal', 'measure.propose', { type: 'virksomhedspraktik', owner: people.jobcentre.user }, ['title']),
  step('jobcentre', 'measure.decide', { measure: '«measure»', outcome: 'granted' }, ['reason', 'law', 'complaintRoute', 'coherence']),
  step('municipal', 'agreement.setTerms', {
    goal: markOf('agreement.setTerms'), measures: [{ measure: '«measure»', startBy: addDays(TODAY, 14) }], requirements: [{ text: markOf('requirements') }],
    followUpEveryWeeks: 4, firstFollowUp: LATER, validFrom: TODAY, validTo: addDays(TODAY, 365),
  }, ['followUpEveryWeeks']),
  step('municipal', 'agreement.present'),
  step('municipal', 'agreement.accede', { party: 'candidate', words: ['«measure»', '«requirement»'].map((item) => ({ item, word: 'agrees', note: markOf('words') })), evidence: signed }),
  step('police', 'agreement.accede', { party: 'unit' }), step('jobcentre', 'agreement.accede', { party: people.jobcentre.authority }),
  step('jobcentre', 'measure.start', { measure: '«measure»', on: TODAY }), step('jobcentre', 'measure.report', { measure: '«measure»', status: 'as-agreed' }),
  step('municipal', 'breach.record', { requirement: '«requirement»', kind: 'personal' }), step('municipal', 'breach.hear', { breach: '«breach»', outcome: 'account' }),
  step('municipal', 'followUp.hold', {
    measures: [{ measure: '«measure»', status: 'agreed' }], requirements: [{ requirement: '«requirement»', fulfilment: 'met' }], signs: { crime: 'ceased', interaction: 'lessened', lifestyle: 'unchanged' }, outcome: 'complete',
  }, [], LATER),
  ...(['police', 'municipal', 'probation'] as const).map((who) => step(who, 'course.state', { position: 'complete' }, [], LATER)),
  step('police', 'course.complete', { remaining: 'ordinary' }, [], LATER), step('municipal', 'discharge.write', {}, [], LATER),
];

const byApi: readonly HostileRow[] = STEPS.map((one, n) => ({
  theme: 'stored html', name: `${n + 1}: ${one.name} by ${one.who}, with a tag wherever it has words`, request: command(one.who, '«marked»', one.name, marked(one)), answer: DONE, stores: 'event', day: one.day,
}));
/** The same by a form of the page, and into the case’s own closed file. */
const byForm: HostileRow = {
  theme: 'stored html', name: 'a note by a form, with a tag as its words', request: form('municipal', '/sager/«mine»/goer/journal.add', { text: markOf('form'), kind: 'personal' }), answer: LED_ON, stores: 'event', day: FIRST_DAY,
};

export const storedHtml: readonly HostileRow[] = [byForm, ...byApi];
/** Marks that some page must show, or nobody has looked where they stand. */
export const marks: readonly string[] = [...new Set([...STEPS.map(({ name }) => name), 'form', 'requirements', 'precautions', 'words', 'entries'])];
