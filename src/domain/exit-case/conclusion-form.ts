import { z } from 'zod';
import { prose } from '../kernel/prose.js';
import { POSITIONS } from './vote.js';

/** What an authority's assessment is made of: motivation, suitability and need (FM-ASM-2, FM-ASM-3, FM-ASM-4, FM-ASM-13). */
export const MOTIVATIONS = [
  { value: 'motivated', label: 'Motiveret' },
  { value: 'not-motivated', label: 'Ikke motiveret' },
] as const;
export const SUITABILITIES = [
  { value: 'suitable', label: 'Egnet' },
  { value: 'not-suitable', label: 'Ikke egnet' },
] as const;
export const NEEDS = [
  { value: 'need', label: 'Har behov for det, myndighederne kan tilbyde' },
  { value: 'no-need', label: 'Har ikke behov' },
] as const;
const OVERALL = [
  { value: 'accept', label: 'Kandidaten bør optages' },
  { value: 'refuse', label: 'Kandidaten bør ikke optages' },
] as const satisfies readonly { readonly value: (typeof POSITIONS)[number]; readonly label: string }[];

/** What pushes out and what pulls away (S0 §4, S3). */
export const FACTORS = [
  { value: 'fear', label: 'Skubber: frygt for et opgør eller for hævn' },
  { value: 'weary', label: 'Skubber: træt af vold, kriminalitet og uro' },
  { value: 'disappointed', label: 'Skubber: skuffet over gruppen eller smidt ud' },
  { value: 'punishment', label: 'Skubber: straf eller udsigt til straf' },
  { value: 'pressure', label: 'Skubber: gæld eller pres' },
  { value: 'family', label: 'Trækker: partner, børn eller anden familie' },
  { value: 'work', label: 'Trækker: arbejde eller uddannelse' },
  { value: 'ordinary-life', label: 'Trækker: et almindeligt liv og nye fællesskaber' },
  { value: 'health', label: 'Trækker: et bedre helbred eller et liv uden misbrug' },
  { value: 'other', label: 'Andet, som beskrives' },
] as const;

const DRIVES = [
  { value: 'inner', label: 'Mest indre' },
  { value: 'outer', label: 'Mest ydre' },
  { value: 'both', label: 'Både indre og ydre' },
] as const;
const ANSWERS = [
  { value: 'yes', label: 'Ja' },
  { value: 'partly', label: 'Delvist' },
  { value: 'no', label: 'Nej' },
  { value: 'unknown', label: 'Kan ikke vurderes' },
] as const;
const THREATS = [
  { value: 'low', label: 'Lavt' },
  { value: 'medium', label: 'Middel' },
  { value: 'high', label: 'Højt' },
  { value: 'unknown', label: 'Kan ikke vurderes' },
] as const;

const MOTIVATION = 'Motivation';
const SUITABILITY = 'Egnethed';
const NEED = 'Behov';
const CIRCUMSTANCES = 'Forhold, der også noteres';
const CONCLUSION = 'Samlet konklusion';

const reasons = (label: string, section: string, hint?: string) =>
  prose({ label, section, max: 8000, ...(hint === undefined ? {} : { hint }) }).optional();

const choice = <const Options extends readonly { readonly value: string; readonly label: string }[]>(
  options: Options,
  error: string,
  meta: { readonly label: string; readonly section: string },
) =>
  z
    .enum(
      options.map((option): Options[number]['value'] => option.value),
      { error },
    )
    .meta({ ...meta, widget: 'radio', options });

const answerTo = (label: string, section: string) => choice(ANSWERS, 'Vælg et svar', { label, section });

/**
 * The form of an assessment. Nothing in it is counted together: people conclude, the system does not (FM-ASM-8). What an authority
 * must not tell the others has no field either; it is weighed inside the authority's own conclusion on suitability (FM-ASM-9).
 */
export const conclusionForm = z.strictObject({
  motivation: choice(MOTIVATIONS, 'Vælg en konklusion om motivation', {
    label: 'Din konklusion om motivation',
    section: MOTIVATION,
  }),
  factors: z
    .array(
      z.enum(
        FACTORS.map((option) => option.value),
        { error: 'Vælg fra listen' },
      ),
    )
    .default([])
    .meta({
      label: 'Hvad skubber kandidaten ud, og hvad trækker?',
      section: MOTIVATION,
      widget: 'checkboxes',
      options: FACTORS,
      hint: 'Motivation, der kun er båret af frygt, kan ikke bære alene.',
    }),
  fearJustification: reasons(
    'Hvorfor bærer motivationen, selv om den kun er frygt?',
    MOTIVATION,
    'Udfyldes, hvis frygt er det eneste kryds, og du finder kandidaten motiveret.',
  ),
  explanation: reasons('Kandidatens egen forklaring på ønsket', MOTIVATION),
  wishes: reasons('Hvad ønsker kandidaten hjælp til?', MOTIVATION),
  drive: choice(DRIVES, 'Vælg et svar', { label: 'Er motivationen indre eller ydre?', section: MOTIVATION }).optional(),
  genuine: answerTo('Er ønsket om at forlade miljøet reelt?', MOTIVATION).optional(),
  motivationFor: reasons('Hvad taler for?', MOTIVATION),
  motivationAgainst: reasons('Hvad taler imod?', MOTIVATION),

  suitability: choice(SUITABILITIES, 'Vælg en konklusion om egnethed', {
    label: 'Din konklusion om egnethed',
    section: SUITABILITY,
  }),
  leaving: answerTo('I. Er kandidaten afklaret med, hvad det i praksis betyder at forlade miljøet?', SUITABILITY),
  lifestyle: answerTo('II. Er kandidaten afklaret med, hvad det i praksis betyder at ændre livsstil?', SUITABILITY),
  steps: answerTo('III. Har kandidaten allerede planer, handlinger og tiltag for at komme ud?', SUITABILITY),
  cooperation: answerTo(
    'IV. Har kandidaten vilje og evne til at lave og gennemføre tiltag sammen med myndighederne?',
    SUITABILITY,
  ),
  suitabilityFor: reasons('Hvad taler for?', SUITABILITY),
  suitabilityAgainst: reasons('Hvad taler imod?', SUITABILITY),

  need: choice(NEEDS, 'Vælg en konklusion om behov', { label: 'Din konklusion om behov', section: NEED }),
  needFor: reasons('Hvad taler for?', NEED),
  needAgainst: reasons('Hvad taler imod?', NEED),

  ties: reasons('Tilknytning til organiseret kriminalitet', CIRCUMSTANCES, 'Intet af dette er alene en grund til afslag.'),
  standing: reasons('Kandidatens position i miljøet', CIRCUMSTANCES),
  leavingRisk: reasons('Risikoen ved at forlade miljøet', CIRCUMSTANCES),
  threatLevel: choice(THREATS, 'Vælg et svar', { label: 'Trusselsniveau', section: CIRCUMSTANCES }).optional(),
  networkObstacle: answerTo(
    'Er det kriminelle netværk en afgørende hindring for et liv uden kriminalitet?',
    CIRCUMSTANCES,
  ).optional(),
  otherPrevention: answerTo('Er anden lokal forebyggelse nok?', CIRCUMSTANCES).optional(),

  overall: choice(OVERALL, 'Vælg din samlede konklusion', { label: 'Din samlede konklusion', section: CONCLUSION }),
  remarks: reasons('Bemærkninger til den samlede konklusion', CONCLUSION),
  changeReason: reasons(
    'Hvorfor ændrer du din vurdering?',
    CONCLUSION,
    'Udfyldes kun, når du ændrer en vurdering, som andre har kunnet læse. Begge udgaver gemmes.',
  ),
});
export type ConclusionInput = z.output<typeof conclusionForm>;
export type MotivationConclusion = ConclusionInput['motivation'];
export type SuitabilityConclusion = ConclusionInput['suitability'];
export type NeedConclusion = ConclusionInput['need'];
