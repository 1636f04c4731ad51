import { seesMeasure } from '../../domain/access/scopes.js';
import type { CaseEvent } from '../../domain/exit-case/case.js';
import { currentMembers, isFullMember } from '../../domain/exit-case/circle.js';
import { formatDate, type PlainDate } from '../../domain/kernel/time.js';
import { type ConsentLanguage, consentText, consentTextOn, type WrittenConsent, writtenConsent } from '../../domain/reference/consent-texts.js';
import { SHARING_KINDS } from '../../domain/reference/legal-bases.js';
import type { OpenedCase } from '../open-case.js';
import { eventsOf, textOf } from '../texts.js';
import { annulledOn, annulledWords, candidateName, type DocumentFrame, type Fact, type Writing } from './frame.js';

export interface ConsentData extends DocumentFrame, Omit<WrittenConsent, 'title' | 'version'> {
  readonly candidate: string;
  /** To be ticked and signed; else as it was given. */
  readonly toSign: boolean;
  readonly validity?: string;
  /** Who signed when, and where the paper is; empty on a form. */
  readonly signed: string;
  /** 'Tekst 2018-1': what the consent is registered under. */
  readonly textVersion: string;
}

const ENGLISH_DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
/** '21. november 2026', '21 November 2026' */
const dateIn = (language: ConsentLanguage, date: PlainDate): string => (language === 'en' ? ENGLISH_DATE.format(new Date(date)) : formatDate(date));

const heads = (language: ConsentLanguage, opened: OpenedCase): readonly Fact[] =>
  language === 'en'
    ? [{ label: 'Concerning', value: candidateName(opened) }, { label: 'Case number', value: opened.number }]
    : [{ label: 'Vedrører', value: candidateName(opened) }, { label: 'Sagsnummer', value: opened.number }];

const framed = ({ opened, number }: Writing, language: ConsentLanguage, { title, version, ...written }: WrittenConsent) => ({
  number, language, heading: title, facts: heads(language, opened), ...written, candidate: candidateName(opened),
  textVersion: `${language === 'en' ? 'Text' : 'Tekst'} ${version}`,
});

/** Those the candidate can be asked to let share: the authorities of the circle, and of the measures the reader knows of. */
const authoritiesToTick = ({ state, actor }: OpenedCase): readonly string[] => [...new Set([
  ...currentMembers(state).filter((member) => isFullMember(state, member.user)).map((member) => member.authority),
  ...state.measures.measures.filter((measure) => seesMeasure(state, actor.user, measure)).map((measure) => measure.authority),
])];

/** The consent to be ticked and signed, in the text of today (FM-CON-1, FM-CON-5). */
export function consentForm(writing: Writing, language: ConsentLanguage): ConsentData {
  const written = writtenConsent(consentTextOn(writing.today), language, SHARING_KINDS, authoritiesToTick(writing.opened));
  return { ...framed(writing, language, written), toSign: true, signed: '' };
}

/** What became of a consent after it was given (FM-CON-2). */
const standing = (writing: Writing, language: ConsentLanguage): string | undefined => {
  const { opened, fact } = writing;
  const annulled = annulledOn(writing, 'consent');
  if (annulled !== undefined) return language === 'en' ? `Annulled on ${dateIn(language, annulled)} because it was registered by mistake. This document does not hold.` : annulledWords(annulled);
  const after = eventsOf(opened, 'ConsentGiven', 'ConsentWithdrawn', 'ConsentRefused').find((one) => one.version > fact.version);
  if (after === undefined) return undefined;
  const english = language === 'en';
  const on = dateIn(language, after.event.on);
  switch (after.event.type) {
    case 'ConsentGiven':
      return english ? `Replaced by a new consent on ${on}.` : `Afløst af et nyt samtykke ${on}.`;
    case 'ConsentRefused':
      return english ? `Consent was refused on ${on}. This consent no longer holds.` : `Kandidaten sagde nej til samtykke ${on}. Dette samtykke gælder ikke længere.`;
    case 'ConsentWithdrawn':
      return english ? `Withdrawn in whole or in part on ${on}. What holds now stands in the case.` : `Trukket tilbage helt eller delvist ${on}. Det, der gælder nu, står i sagen.`;
  }
};

/** A consent as it was given: what was ticked, and where the signed paper is (FM-CON-5). */
export function givenConsent(writing: Writing, event: Extract<CaseEvent, { type: 'ConsentGiven' }>): ConsentData | undefined {
  const keptAt = textOf(writing.opened, writing.fact.version, 'keptAt');
  const text = consentText(event.textVersion);
  if (keptAt === undefined || text === undefined) return undefined;
  const { language } = event;
  const english = language === 'en';
  const notice = standing(writing, language);
  const until = event.expiresOn && dateIn(language, event.expiresOn);
  return {
    ...framed(writing, language, writtenConsent(text, language, event.kinds, event.authorities)),
    toSign: false,
    signed: english
      ? `Signed by ${candidateName(writing.opened)} on ${dateIn(language, event.on)}. The signed paper is kept at: ${keptAt}`
      : `Underskrevet af ${candidateName(writing.opened)} ${formatDate(event.on)}. Det underskrevne ligger: ${keptAt}`,
    ...(until === undefined ? {} : { validity: english ? `The consent holds until ${until}.` : `Samtykket gælder til og med ${until}.` }),
    ...(notice === undefined ? {} : { notice }),
  };
}
