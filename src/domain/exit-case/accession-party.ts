import { z } from 'zod';
import type { BodyDraft, CommandContext, Draft } from '../kernel/command.js';
import { type MeasureId, type RequirementId, zId } from '../kernel/ids.js';
import { prose } from '../kernel/prose.js';
import { reject, type Rejection } from '../kernel/rejection.js';
import type { PlainDate } from '../kernel/time.js';
import { isAuthorityId } from '../reference/authorities.js';
import type { MissingParty } from './accession.js';
import { type AgreementVersion, wordsOf } from './agreement.js';
import type { CaseEvent, ExitCase } from './case.js';
import { unitMember, unitOrContact } from './circle.js';
import { answeredBy, evidenceFault, evidenceFields } from './evidence.js';
import { measureOf, measureOwnerMay } from './measure.js';

const WORDS = [
  { value: 'agrees', label: 'Enig' },
  { value: 'disagrees', label: 'Uenig' },
  { value: 'could-not-answer', label: 'Kunne ikke svare' },
] as const;
const word = z.enum(
  WORDS.map((option) => option.value),
  { error: 'Vælg, hvad kandidaten selv siger' },
);

export type CandidatesWord = z.infer<typeof word>;

/** What an accession is recorded with. */
export const accessionInput = z.strictObject({
  party: z
    .string({ error: 'Vælg, hvem der tiltræder' })
    .refine((party) => party === 'candidate' || party === 'unit' || isAuthorityId(party), 'Vælg, hvem der tiltræder')
    .meta({ label: 'Hvem tiltræder aftalen?', widget: 'party' }),
  words: z
    .array(
      z.strictObject({
        item: zId<MeasureId | RequirementId>('Vælg et tiltag eller krav i aftalen').meta({
          label: 'Tiltag eller krav',
          widget: 'hidden',
        }),
        word: word.meta({ label: 'Hvad siger kandidaten selv?', widget: 'radio', options: WORDS }),
        note: prose({ label: 'Kandidatens bemærkning', max: 2000 }).optional(),
      }),
    )
    .default([])
    .meta({ label: 'Kandidatens egne ord', hint: 'Kun når kandidaten tiltræder.', repeat: 40 }),
  evidence: z
    .strictObject(
      { by: answeredBy.optional(), ...evidenceFields },
      { error: 'Skriv, hvornår der er skrevet under, og hvor det ligger' },
    )
    .optional()
    .meta({ label: 'Underskrift', hint: 'For kandidaten og for myndigheder, der ikke bruger Udvej.' }),
});
export type AccessionInput = z.output<typeof accessionInput>;
export type Accedes = Draft<Extract<CaseEvent, { readonly type: 'PartyAcceded' }>>;

/** A signature is of this version: not before it was presented, and not of tomorrow. */
const signatureFault = (version: AgreementVersion, signedOn: PlainDate, today: PlainDate): Rejection | undefined =>
  signedOn <= today && signedOn >= (version.presentedOn ?? signedOn)
    ? undefined
    : reject(
        'FM-AGR-8',
        ['agreement'],
        'Underskriften skal være fra den dag, aftalen blev lagt frem, eller senere, og ikke ligge i fremtiden.',
        'evidence.signedOn',
      );

const wordsFault = (version: AgreementVersion, words: AccessionInput['words']): Rejection | undefined => {
  const items: readonly string[] = [...version.measures.map((one) => one.measure), ...version.requirements.map((one) => one.id)];
  const wrong = words.findIndex(
    (one, index) => !items.includes(one.item) || words.findIndex((other) => other.item === one.item) !== index,
  );
  if (wrong !== -1)
    return reject('FM-AGR-8', ['agreement'], 'Vælg hvert tiltag og krav i aftalen én gang.', `words.${wrong}.item`);
  const said: readonly string[] = [...wordsOf(version), ...words].map((one) => one.item);
  return items.every((item) => said.includes(item))
    ? undefined
    : reject(
        'FM-AGR-8',
        ['agreement'],
        'Kandidatens eget ord mangler for mindst ét tiltag eller krav. Vælg enig, uenig eller kunne ikke svare for hvert.',
        'words',
      );
};

/** The candidate's notes lie where the thing spoken of lies: a measure's in its own scope, the rest in the general one (FM-CNF-4). */
const notesOf = (version: AgreementVersion, words: AccessionInput['words']): readonly BodyDraft[] =>
  words.flatMap(({ item, note }) => {
    if (note === undefined) return [];
    const measure =
      version.measures.find((one) => one.measure === item)?.measure ??
      version.requirements.find((one) => one.id === item)?.measure;
    return [
      {
        scope: measure === undefined ? { kind: 'general' as const } : { kind: 'measure' as const, subject: measure },
        content: { item, note },
      },
    ];
  });

/** The candidate's accession, recorded by whoever carries the contact: signed, with his own word on every clause (FM-AGR-8). */
export const byCandidate = (
  state: ExitCase,
  version: AgreementVersion,
  { words, evidence }: AccessionInput,
  ctx: CommandContext,
): Accedes | Rejection => {
  if (!unitOrContact.test(state, ctx.actor))
    return reject('FM-AGR-3', ['own'], `Kun ${unitOrContact.who} kan registrere kandidatens tiltrædelse.`, 'party');
  if (evidence === undefined)
    return reject(
      'FM-AGR-3',
      ['own'],
      'Skriv, hvornår kandidaten har skrevet under, og hvor det underskrevne ligger.',
      'evidence',
    );
  const fault = signatureFault(version, evidence.signedOn, ctx.today) ?? wordsFault(version, words);
  return (
    fault ?? {
      event: {
        type: 'PartyAcceded',
        party: 'candidate',
        version: version.number,
        on: evidence.signedOn,
        measures: [],
        words: words.map(({ item, word: said }) => ({ item, word: said })),
      },
      bodies: [{ scope: { kind: 'general' }, content: { keptAt: evidence.keptAt } }, ...notesOf(version, words)],
    }
  );
};

/** The unit's, by one of its members (FM-AGR-3). */
export const byUnit = (state: ExitCase, version: AgreementVersion, ctx: CommandContext): Accedes | Rejection =>
  unitMember.test(state, ctx.actor)
    ? { event: { type: 'PartyAcceded', party: 'unit', version: version.number, on: ctx.today, measures: [], words: [] } }
    : reject('FM-AGR-3', ['own'], `Kun ${unitMember.who} kan tiltræde for enheden.`, 'party');

/** An authority accedes to its own measures and no others: an owner to his, the seat to all of its authority's (FM-AGR-3, FM-DEC-3). */
export const byAuthority = (
  state: ExitCase,
  version: AgreementVersion,
  { party, measures }: MissingParty,
  evidence: AccessionInput['evidence'],
  ctx: CommandContext,
): Accedes | Rejection => {
  const own = measures
    .map((id) => measureOf(state, id))
    .filter((one) => one !== undefined)
    .filter((one) => measureOwnerMay(state, ctx.actor, one));
  if (own.length === 0) {
    return reject(
      'FM-AGR-3',
      ['measures'],
      'Hver myndighed tiltræder selv sin del af aftalen. Vælg din egen myndighed, eller vent på den anden.',
      'party',
    );
  }
  const outside = own.some((one) => one.outside);
  if (outside && evidence !== undefined && evidence.by === undefined)
    return reject('FM-DEC-3', ['own'], 'Skriv, hvem hos myndigheden der har tiltrådt.', 'evidence.by');
  const fault =
    evidenceFault({ outside }, evidence, ctx.today) ??
    (outside && evidence !== undefined ? signatureFault(version, evidence.signedOn, ctx.today) : undefined);
  const ids = own.map((one) => one.id);
  return (
    fault ?? {
      event: {
        type: 'PartyAcceded',
        party,
        version: version.number,
        on: outside ? (evidence?.signedOn ?? ctx.today) : ctx.today,
        measures: ids,
        words: [],
      },
      ...(outside
        ? { bodies: ids.map((subject) => ({ scope: { kind: 'measure' as const, subject }, content: { evidence } })) }
        : {}),
    }
  );
};
