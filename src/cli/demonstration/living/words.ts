import type { Reasons } from '../assessment-chapters.js';
import type { Told } from './candidates.js';

/** One of several texts, the same for the same case every time. */
export function pick<Text>(texts: readonly [Text, ...Text[]], serial: number): Text {
  return texts[serial % texts.length] ?? texts[0];
}

/** Texts that fit more than one case, told so that they say nothing of any person who exists. */
export const MATERIAL = [
  'Kendt i registrene siden 2017. Ingen nye forhold det seneste halve år. Omgangskredsen er blevet mindre.',
  'To ældre sager om vold og én om besiddelse. Intet nyt siden henvendelsen.',
  'Set sammen med kredsen frem til for tre måneder siden. Herefter ikke.',
] as const;
export const TIES = [
  'Har færdedes fast i gruppens lokaler i halvandet år og er dømt for vold sammen med to af dem.',
  'Har kørt og opbevaret for gruppen uden at være optaget i den.',
  'Er på vej ind: følges dagligt med tre medlemmer og har været med til gruppens møder.',
] as const;
export const RELOCATION = [
  'Ingen kendte trusler. Kandidaten bliver boende og ønsker selv at blive.',
  'Kandidaten bor allerede et andet sted end kredsen. Spørgsmålet tages op igen, hvis billedet ændrer sig.',
  'Politiet vurderer, at kandidaten kan blive i kommunen, når adressen holdes for sig selv.',
] as const;
export const CONTACT_REASONS = [
  'Kandidaten har selv bedt om det og kender kontaktpersonen fra de første samtaler.',
  'Kommunen bærer de fleste tiltag, og de to har en god kontakt.',
  'Den, der har mødt kandidaten flest gange, og som kan tage telefonen hver dag.',
] as const;
export const SECURITY = {
  low: 'Ingen tegn på en konkret trussel. Kredsen er orienteret om udmeldelsen og har ladet det ske.',
  raised: 'Kredsen ved, at kandidaten er væk. Der er talt, men ikke sat noget i værk. Vurderes igen ved ændringer.',
  high: 'Der er fremsat en trussel over for familien. Politiet har dialog med afsenderen og følger adressen.',
} as const;
export const PRECAUTIONS = [
  'Mød ikke kandidaten på jobcentret eller ved stationen. Aftal sted samme dag. Brug ikke kalenderens fælles visning.',
  'Ring altid fra det nummer, politiet har udleveret. Skriv ikke navn i mails eller kalender.',
] as const;
export const REQUIREMENTS: readonly [readonly string[], ...(readonly string[])[]] = [
  [
    'Møder til de aftalte tider i tiltaget og siger til, når det ikke går',
    'Er ikke i klubben og tager ikke telefonen, når kredsen ringer',
    'Kommer til opfølgning hver måned',
  ],
  [
    'Kommer til alle aftalte samtaler og siger til, når noget er svært',
    'Holder sig fra de steder, vi har aftalt',
    'Siger til, hvis nogen tager kontakt',
  ],
  ['Møder hver dag, som det er aftalt med arbejdspladsen', 'Har ikke kontakt med tidligere medlemmer på nettet'],
];

const POLICE_MOTIVATION = [
  'Kandidaten har selv taget kontakt og svarer åbent på det, vi spørger om. Ønsket virker reelt.',
  'Samtalen passer med det, vi ellers ser: kandidaten er ikke med længere og vil ikke tilbage.',
  'Kandidaten er klar over, hvad det koster at gå, og vil det alligevel.',
] as const;
const POLICE_SUITABILITY = [
  'Kandidaten er afklaret med, hvad det betyder at bryde, og har allerede taget de første skridt.',
  'Kandidaten har forstået, at kontakten til kredsen skal ophøre helt, og er begyndt.',
] as const;
const PROBATION_MOTIVATION = [
  'Motivationen har holdt sig over flere samtaler og bæres af det, der trækker, mere end af det, der skubber.',
  'Kandidaten beskriver selv vendepunktet og vender tilbage til det uden at blive spurgt.',
] as const;
const PROBATION_SUITABILITY = [
  'Har overholdt tidligere aftaler med os og siger til, når noget brænder på.',
  'Har evnen til at lave aftaler og holde dem, når de ikke bliver for mange.',
] as const;

/** What each authority writes of the candidate; the municipality knows him best. */
export function reasonsOf(told: Told, seat: number, serial: number): Reasons {
  if (seat === 0)
    return { motivation: pick(POLICE_MOTIVATION, serial), suitability: pick(POLICE_SUITABILITY, serial), need: told.needs };
  if (seat === 1)
    return { motivation: told.why, suitability: told.doing, need: told.needs, explanation: told.said, wishes: told.needs };
  return {
    motivation: pick(PROBATION_MOTIVATION, serial),
    suitability: pick(PROBATION_SUITABILITY, serial),
    need: 'Har brug for en samlet indsats, hvor myndighederne følges ad.',
  };
}
