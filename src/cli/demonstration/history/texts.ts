import type { Reasons } from '../assessment-chapters.js';
import type { Dice } from './dice.js';

const SAID = [
  'Jeg vil gerne ud og have et almindeligt liv.',
  'Jeg er blevet far og vil ikke være en del af det mere.',
  'Jeg er træt af vold og af at se mig over skulderen.',
  'De har smidt mig ud, og jeg vil ikke tilbage.',
  'Jeg vil gerne i arbejde og væk fra de gamle venner.',
  'Min familie har bedt mig om at stoppe, og de har ret.',
  'Jeg har siddet inde og fået nok. Jeg vil noget andet.',
  'Jeg skylder penge, og det bliver ved. Jeg har brug for hjælp til at komme væk.',
] as const;
const CONTACTS = [
  'Telefon på hverdage.',
  'Kun sms.',
  'Gennem kontaktpersonen. Ingen breve.',
  'Sms eller opkald efter kl. 15. Skriv ikke til adressen.',
  'Gennem tilsynet.',
] as const;
const MOTIVATION = [
  'Ønsket er kandidatens eget og har holdt sig gennem flere samtaler.',
  'Familie og børn trækker. Kandidaten har selv taget kontakt.',
  'Kandidaten er træt af livet i miljøet og beskriver det, der skal komme i stedet.',
  'Udstødelsen har sat tanker i gang, og kandidaten vil ikke tilbage.',
] as const;
const SUITABILITY = [
  'Kandidaten har brudt kontakten til de fleste og har en plan for resten.',
  'Møder til aftaler og er begyndt at lægge afstand.',
  'Er afklaret med, hvad det kræver, og har de første skridt bag sig.',
] as const;
const NEED = [
  'Arbejde, bolig og hjælp til gæld.',
  'Behandling og en fast kontakt.',
  'Uddannelse, mentor og et nyt netværk.',
  'Hjælp til arbejde og til at holde afstand.',
] as const;
const AGAINST_MOTIVATION = [
  'Kandidaten følges fortsat med gruppen og vil ikke slippe den.',
  'Ønsket kommer mest fra andre og har ikke holdt sig.',
  'Kandidaten søger hjælp til en straffesag og ikke til at komme ud.',
] as const;
const AGAINST_SUITABILITY = [
  'Har ikke taget skridt til at komme ud.',
  'Har ikke overholdt de aftaler, der blev lavet undervejs.',
] as const;
const GOALS = [
  'At forlade miljøet og leve af almindeligt arbejde.',
  'At komme ud af gruppen, i behandling og i uddannelse.',
  'At få en hverdag med familie og arbejde uden kontakt til miljøet.',
] as const;
const REQUIREMENTS = [
  ['Møder til de aftalte tider', 'Har ikke kontakt med gruppen'],
  ['Følger tiltaget og siger til, når det ikke går'],
  ['Passer arbejde eller uddannelse', 'Kommer ikke, hvor gruppen kommer'],
] as const;
const COMPLETED = [
  'Behovet for støtte er væk: arbejde, bolig og ingen kontakt til miljøet.',
  'Kandidaten klarer sig selv. Det, der er i gang, fortsætter som almindelig hjælp.',
] as const;
const INTERRUPTED = {
  breach: 'Kandidaten har gennem længere tid ikke overholdt kravene i aftalen og er vendt tilbage til gruppen.',
  'own-wish': 'Kandidaten har selv bedt om at stoppe og ved, at der altid kan rettes henvendelse igen.',
  impossible: 'Kandidaten er rejst og har ikke kunnet træffes.',
} as const;
const RESULTS = {
  completed: [
    'Arbejde og bolig er på plads. Ingen kontakt til miljøet det seneste år.',
    'Behandlingen er gennemført, og kandidaten er i uddannelse.',
    'Gælden er under afvikling, og familien er samlet igen.',
  ],
  interrupted: [
    'En god begyndelse, som ikke holdt. Mentoren fortsætter.',
    'Behandlingen hjalp. Resten nåede vi ikke.',
    'Kandidaten fik afprøvet, hvad det kræver.',
  ],
} as const;
const EXPERIENCES = [
  'Den samme kontaktperson hele vejen gjorde en forskel.',
  'Jobcentret skal med tidligere.',
  'Færre aftaler ad gangen virker bedre.',
  'Hjælp til gæld i begyndelsen giver ro.',
] as const;

/** What one case of the history is told with. */
export interface HistoryTexts {
  readonly said: string;
  readonly contact: string;
  readonly reasonsFor: Reasons;
  readonly reasonsAgainst: Reasons;
  readonly goal: string;
  readonly requirements: readonly string[];
  readonly completed: string;
  readonly interrupted: typeof INTERRUPTED;
  readonly results: Readonly<Record<'completed' | 'interrupted', string>>;
  readonly experiences: string;
}

export const textsBy = (dice: Dice): HistoryTexts => {
  const need = dice.one(NEED);
  return {
    said: dice.one(SAID),
    contact: dice.one(CONTACTS),
    reasonsFor: { motivation: dice.one(MOTIVATION), suitability: dice.one(SUITABILITY), need },
    reasonsAgainst: { motivation: dice.one(AGAINST_MOTIVATION), suitability: dice.one(AGAINST_SUITABILITY), need },
    goal: dice.one(GOALS),
    requirements: dice.one<readonly string[]>(REQUIREMENTS),
    completed: dice.one(COMPLETED),
    interrupted: INTERRUPTED,
    results: { completed: dice.one(RESULTS.completed), interrupted: dice.one(RESULTS.interrupted) },
    experiences: dice.one(EXPERIENCES),
  };
};
