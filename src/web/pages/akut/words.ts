import { EXAMPLE_NUMBER, isMistyped } from '../../../domain/kernel/case-number.js';
import { formatInstant, formatTime, type Instant } from '../../../domain/kernel/time.js';
import type { EmergenciesLeft } from '../../../store/emergency.js';

const MEANWHILE = 'Ring 112, hvis det sker nu. Ellers ring til din vagtleder: en kollega kan foretage opslaget.';
export const UNREVIEWED = `Dit sidste nødopslag er ikke gennemgået endnu, og du kan ikke foretage et nyt før. Revisoren gennemgår det inden for 72 timer. ${MEANWHILE}`;
export const usedUpWords = (again: Instant): string => `Du kan foretage to nødopslag på et døgn, og de er brugt. Du kan foretage et nyt ${formatInstant(again)}. ${MEANWHILE}`;

/** Why he can make none now; undefined when he can. It is said before he has filled in anything. */
export const barredWords = ({ again, unreviewed }: EmergenciesLeft): string | undefined => (unreviewed ? UNREVIEWED : again === null ? undefined : usedUpWords(again));

const COUNTS: readonly string[] = ['ingen', 'ét', 'to'];
export const leftWords = ({ count }: EmergenciesLeft): string =>
  `Du har ${COUNTS[count] ?? String(count)} tilbage i dette døgn.${count === 0 ? ' Du kan gå videre med det, du var i gang med: skriv samme nummer igen.' : ''}`;
/** Under the forms: who reads it in an emergency has the fields first. */
export const COUNTED = 'Du kan foretage to nødopslag på et døgn. Hvert sagsnummer, du slår op, og hvert CPR-nummer, du spørger om, tæller som ét, også når der ikke er noget kort. Et nummer, der er skrevet forkert, tæller ikke.';
export const WHO_IS_TOLD = 'Sagens koordinator, revisoren og kontaktpunktet får besked om opslaget, og det bliver gennemgået inden for 72 timer. Har sagen ingen koordinator, får exitenheden besked.';

const WITHOUT = 'brug sagens nummer, hvis nogen kan give dig det, og ring 112, hvis det sker nu.';
export const UNREADABLE = `En kollega har godkendt det, men CPR-nummeret kan ikke slås op: ${WITHOUT}`;
export const LOOKING = `En kollega har godkendt det, og CPR-nummeret bliver slået op. Det tager få sekunder: indlæs siden igen. Sker der ikke noget, så ${WITHOUT}`;
export const AFTER_REVIEW = 'En kollega har sagt ja. Kortet kan først åbnes, når dit sidste nødopslag er gennemgået.';
/** Who can say yes, and so whom to ring: of many authorities nobody else may be there, and police answers for all but its own. */
export const askedWords = (authority: string, until: Instant): string =>
  `${authority.startsWith('police:') ? 'Kollegerne i din myndighed er spurgt. Ring til en af dem.' : 'Politiets exitenheder og kollegerne i din myndighed er spurgt. Ring til en exitenhed eller en kollega.'} Spørgsmålet falder bort ${formatTime(until)}.`;

export const numberFault = (number: string): string => isMistyped(number)
  ? 'Sagens nummer er skrevet forkert: et tegn er galt, eller to er byttet om. Se efter, og skriv det igen. Det tæller ikke som et nødopslag.'
  : `Skriv sagens nummer, som ser sådan ud: ${EXAMPLE_NUMBER}. Har du kun et CPR-nummer, så brug feltet nedenfor.`;
export const NONE = 'Der er ikke noget sikkerhedskort, der kan åbnes. Se efter, om nummeret er rigtigt.';
