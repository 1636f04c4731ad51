/**
 * The texts a candidate consents to, by version and in Danish and English (FM-CON-5; S0 §5.3). A signed consent keeps the number of
 * its text, so that it can always be shown which words were signed. A new wording is a new row; no row is ever changed.
 */

import { coversDay, knownDate } from '../kernel/calendar.js';
import type { PlainDate } from '../kernel/calendar.js';
import { authorityName } from './authorities.js';
import { isSensitiveKind, SHARING_KINDS, type SharingKind, sharingKindLabel } from './legal-bases.js';

export const CONSENT_LANGUAGES = ['da', 'en'] as const;
export type ConsentLanguage = (typeof CONSENT_LANGUAGES)[number];

/** One wording; what the candidate ticks, kinds and authorities, is listed under its two headings. */
interface Wording {
  readonly title: string;
  /** What the information is used for, and for how long. */
  readonly purpose: string;
  readonly kindsHeading: string;
  readonly sensitiveHeading: string;
  readonly authoritiesHeading: string;
  readonly rights: string;
}

export interface ConsentText {
  /** Stands on the form and with every consent. */
  readonly version: string;
  readonly wordings: Readonly<Record<ConsentLanguage, Wording>>;
  readonly validFrom?: PlainDate;
  readonly validTo?: PlainDate;
}

const DANISH: Wording = {
  title: 'Samtykke til udveksling af oplysninger i min exitsag',
  purpose:
    'Jeg siger ja til, at de myndigheder, der står her, må udveksle og videregive relevante oplysninger om mig. Oplysningerne må kun bruges til at behandle min exitsag og til at støtte mig under hele exitforløbet.',
  kindsHeading: 'Oplysninger om',
  sensitiveHeading: 'Følsomme oplysninger, som jeg siger ja til hver for sig',
  authoritiesHeading: 'Myndigheder, der må få og give oplysningerne',
  rights:
    'Det er frivilligt at være med. Jeg kan sige ja til noget og nej til andet, og jeg kan når som helst trække mit samtykke tilbage, helt eller delvist. Så deles der ikke nye oplysninger. Det, der allerede er delt, bliver ikke slettet af den grund.',
};

const ENGLISH: Wording = {
  title: 'Consent to the exchange of information in my exit case',
  purpose:
    'I agree that the authorities listed here may exchange and pass on relevant information about me. The information may be used only to handle my exit case and to support me throughout the exit programme.',
  kindsHeading: 'Information about',
  sensitiveHeading: 'Sensitive information, which I agree to one by one',
  authoritiesHeading: 'Authorities that may receive and give the information',
  rights:
    'Taking part is voluntary. I can say yes to some things and no to others, and I can withdraw my consent at any time, in whole or in part. No new information is then shared. What has already been shared is not deleted for that reason.',
};

/** In order of time, without gap or overlap; the second names the rights the General Data Protection Regulation gives. */
export const CONSENT_TEXTS: readonly ConsentText[] = [
  { version: '2011-1', wordings: { da: DANISH, en: ENGLISH }, validTo: knownDate('2018-05-24') },
  {
    version: '2018-1',
    wordings: {
      da: {
        ...DANISH,
        rights: `${DANISH.rights} Jeg kan få at vide, hvem der har fået hvilke oplysninger om mig, og jeg kan klage til Datatilsynet.`,
      },
      en: {
        ...ENGLISH,
        rights: `${ENGLISH.rights} I can be told who has received which information about me, and I can complain to the Danish Data Protection Agency.`,
      },
    },
    validFrom: knownDate('2018-05-25'),
  },
];

/** The text in use on a day. Throws RangeError where the table has a gap: a bug in the table. */
export function consentTextOn(date: PlainDate): ConsentText {
  const text = CONSENT_TEXTS.find((one) => coversDay(one, date));
  if (text === undefined) throw new RangeError(`no consent text on ${date}`);
  return text;
}

export function consentText(version: string): ConsentText | undefined {
  return CONSENT_TEXTS.find((one) => one.version === version);
}

const ENGLISH_KINDS: Readonly<Record<SharingKind, string>> = {
  personal: 'Personal circumstances',
  economic: 'Finances',
  social: 'Social circumstances',
  criminal: 'Criminal offences',
  health: 'Health',
  'social-problems': 'Serious social problems',
  abuse: 'Substance abuse',
  private: 'Other purely private matters',
};

/** A kind of information as the consent names it. */
export function consentKindLabel(kind: SharingKind, language: ConsentLanguage): string {
  return language === 'en' ? ENGLISH_KINDS[kind] : sharingKindLabel(kind);
}

/** What was ticked, written out: the whole consent as the candidate reads and signs it. */
export interface WrittenConsent extends Wording {
  readonly version: string;
  readonly kinds: readonly string[];
  readonly sensitiveKinds: readonly string[];
  readonly authorities: readonly string[];
}

/** Composes the consent from its text and the ticks. Kinds stand in the order of S0 §5.3; names of authorities stay Danish. */
export function writtenConsent(
  text: ConsentText,
  language: ConsentLanguage,
  kinds: readonly SharingKind[],
  authorities: readonly string[],
): WrittenConsent {
  const ticked = SHARING_KINDS.filter((kind) => kinds.includes(kind));
  return {
    ...text.wordings[language],
    version: text.version,
    kinds: ticked.filter((kind) => !isSensitiveKind(kind)).map((kind) => consentKindLabel(kind, language)),
    sensitiveKinds: ticked.filter(isSensitiveKind).map((kind) => consentKindLabel(kind, language)),
    authorities: authorities.map(authorityName),
  };
}
