import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { reject } from '../kernel/rejection.js';
import { formatDate, type PlainDate } from '../kernel/time.js';
import { zAuthorityId } from '../reference/authorities.js';
import { CONSENT_LANGUAGES, CONSENT_TEXTS, type ConsentLanguage, consentTextOn } from '../reference/consent-texts.js';
import { isSensitiveKind, SENSITIVE_KINDS, SHARING_KINDS, type SharingKind } from '../reference/legal-bases.js';
import { unitOrContact } from './circle.js';
import { hasValidConsent, kindOptions } from './consent.js';
import { command } from './define.js';
import { notClosed } from './ending.js';
import { dayField, evidenceFields } from './evidence.js';

export type ConsentAnswerEvent =
  | {
      readonly type: 'ConsentGiven';
      readonly on: PlainDate;
      readonly kinds: readonly SharingKind[];
      readonly authorities: readonly string[];
      readonly language: ConsentLanguage;
      readonly textVersion: string;
      readonly expiresOn?: PlainDate;
    }
  | { readonly type: 'ConsentRefused'; readonly on: PlainDate };

const ORDINARY_KINDS = SHARING_KINDS.filter((kind) => !isSensitiveKind(kind));
const LANGUAGES = CONSENT_LANGUAGES.map((value) => ({ value, label: { da: 'Dansk', en: 'Engelsk' }[value] }));
const TEXT_VERSIONS = CONSENT_TEXTS.map((text) => ({ value: text.version, label: `Tekst ${text.version}` }));

/**
 * The candidate's yes, on paper or with MitID: kinds and authorities as ticked, sensitive kinds by themselves (FM-CON-1, FM-CON-5).
 * It stands in place of an earlier consent. A paper older than a refusal or withdrawal does not revive what was ended (FM-CON-2).
 */
export const consentGive = command({
  name: 'consent.give',
  title: 'Registrér samtykke',
  rules: ['FM-CON-1', 'FM-CON-2', 'FM-CON-5'],
  page: 'samtykke',
  input: z.strictObject({
    kinds: z
      .array(z.enum(ORDINARY_KINDS, { error: 'Sæt kryds ved følsomme oplysninger for sig' }))
      .default([])
      .meta({ label: 'Hvilke oplysninger?', widget: 'checkboxes', options: kindOptions(ORDINARY_KINDS) }),
    sensitiveKinds: z
      .array(z.enum(SENSITIVE_KINDS, { error: 'Vælg følsomme oplysninger fra listen' }))
      .default([])
      .meta({
        label: 'Hvilke følsomme oplysninger?',
        hint: 'Kun dem, kandidaten selv har sat kryds ved.',
        widget: 'checkboxes',
        options: kindOptions(SENSITIVE_KINDS),
      }),
    authorities: z
      .array(zAuthorityId)
      .min(1, 'Vælg mindst én myndighed, som samtykket gælder')
      .meta({ label: 'Hvilke myndigheder?', widget: 'authorities' }),
    language: z
      .enum(CONSENT_LANGUAGES, { error: 'Vælg, hvilket sprog teksten var på' })
      .meta({ label: 'Sprog', widget: 'radio', options: LANGUAGES }),
    textVersion: z
      .enum(
        CONSENT_TEXTS.map((text) => text.version),
        { error: 'Vælg, hvilken tekst kandidaten har skrevet under på' },
      )
      .meta({ label: 'Tekst', hint: 'Nummeret står nederst på papiret.', widget: 'select', options: TEXT_VERSIONS }),
    evidence: z
      .strictObject(evidenceFields, { error: 'Skriv, hvornår der er skrevet under, og hvor papiret ligger' })
      .meta({ label: 'Underskrift' }),
    expiresOn: dayField(
      'Udløbsdatoen',
      'Hvornår udløber samtykket?',
      'Lad feltet stå tomt, hvis det gælder under hele forløbet.',
    ).optional(),
  }),
  writes: ['general'],
  may: unitOrContact,
  when: notClosed,
  decide: (state, input, ctx) => {
    const kinds = SHARING_KINDS.filter((kind) => [...input.kinds, ...input.sensitiveKinds].some((ticked) => ticked === kind));
    const { signedOn, keptAt } = input.evidence;
    const { status, on } = state.consent;
    if (kinds.length === 0)
      return reject('FM-CON-1', ['own'], 'Et samtykke nævner, hvilke oplysninger det gælder. Sæt mindst ét kryds.', 'kinds');
    if (signedOn > ctx.today)
      return reject(
        'FM-CON-1',
        ['own'],
        'Underskriften ligger i fremtiden. Registrér samtykket, når der er skrevet under.',
        'evidence.signedOn',
      );
    if (status !== 'none' && on !== undefined && signedOn < on) {
      return reject(
        'FM-CON-2',
        ['consent'],
        `Kandidatens seneste svar er fra ${formatDate(on)}. Et samtykke fra før den dag gælder ikke længere; det skal gives igen.`,
        'evidence.signedOn',
      );
    }
    const inUse = consentTextOn(signedOn).version;
    if (input.textVersion !== inUse) {
      return reject(
        'FM-CON-5',
        ['own'],
        `Tekst ${input.textVersion} var ikke i brug, da der blev skrevet under. Vælg tekst ${inUse}, eller ret datoen.`,
        'textVersion',
      );
    }
    if (input.expiresOn !== undefined && input.expiresOn < ctx.today) {
      return reject(
        'FM-CON-5',
        ['own'],
        'Udløbsdatoen er passeret. Et samtykke skal gælde i dag for at kunne bruges.',
        'expiresOn',
      );
    }
    return [
      {
        event: {
          type: 'ConsentGiven',
          on: signedOn,
          kinds,
          authorities: [...new Set(input.authorities)],
          language: input.language,
          textVersion: input.textVersion,
          ...(input.expiresOn === undefined ? {} : { expiresOn: input.expiresOn }),
        },
        bodies: [{ scope: { kind: 'general' }, content: { keptAt } }],
      },
    ];
  },
});

/** The candidate's no; from then on law is no fallback either (FM-CON-3, FM-CON-5). */
export const consentRefuse = command({
  name: 'consent.refuse',
  title: 'Registrér, at kandidaten siger nej til samtykke',
  rules: ['FM-CON-3', 'FM-CON-5'],
  page: 'samtykke',
  input: z.strictObject({
    reason: prose({ label: 'Hvad sagde kandidaten?', missing: 'Skriv, hvad kandidaten sagde', max: 2000 }),
  }),
  writes: ['general'],
  may: unitOrContact,
  when: (state, ctx) => {
    const closed = notClosed(state);
    if (closed !== undefined) return closed;
    if (state.consent.status === 'refused')
      return reject('FM-CON-5', ['consent'], 'Det er allerede registreret, at kandidaten har sagt nej.');
    return hasValidConsent(state, ctx.today)
      ? reject('FM-CON-5', ['consent'], 'Kandidaten har givet samtykke. Registrér i stedet, at det trækkes tilbage.')
      : undefined;
  },
  decide: (_state, input, ctx) => [
    {
      event: { type: 'ConsentRefused', on: ctx.today },
      bodies: [{ scope: { kind: 'general' }, content: { reason: input.reason } }],
    },
  ],
});

export const consentAnswerCommands = [consentGive, consentRefuse];
