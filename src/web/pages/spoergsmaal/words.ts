import type { QuestionKind } from '../../../domain/exit-case/question.js';
import type { QuestionOutcome } from '../../../domain/exit-case/question-outcome.js';
import { positionFrom } from '../../../domain/exit-case/review.js';
import { takeSoonFrom } from '../../../domain/exit-case/question-tasks.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { formatDate, type PlainDate } from '../../../domain/kernel/time.js';
import type { QuestionRow } from '../../../store/lists.js';
import { isLate } from '../../ui/due.js';

/** What is asked for, as the desk says it (FM-NCP-2). `vis`: as it stands in an address. */
export const QUESTION_KINDS: Readonly<Record<QuestionKind, { readonly title: string; readonly vis: string; readonly answered: string }>> = {
  advice: { title: 'Råd', vis: 'raad', answered: 'Råd givet' },
  decision: { title: 'Endelig afgørelse', vis: 'afgoerelse', answered: 'Afgjort' },
  review: { title: 'Prøvelse af et afslag', vis: 'proevelse', answered: 'Afslaget prøvet' },
};

/** How one that lies no longer on the desk ended: structure only, never what was written. */
export const endWords = ({ kind, status, outcome }: QuestionRow): string => {
  if (status !== 'answered') return status === 'returned' ? 'Givet tilbage til enheden' : 'Faldet bort';
  return outcome === null ? QUESTION_KINDS[kind].answered : OUTCOMES[outcome];
};
const OUTCOMES: Readonly<Record<QuestionOutcome, string>> = {
  answered: 'Råd givet', accepted: 'Afgjort: kandidaten er optaget', refused: 'Afgjort: kandidaten har fået afslag', upheld: 'Afslaget er fastholdt', overturned: 'Afslaget er ændret: kandidaten er optaget',
};

/** The day from which the official who has it may give his position, while the unit is waited for (FM-DEC-2). */
export const positionDay = ({ kind, by_desk: byDesk, asked_on: askedOn, sent_on: sentOn }: QuestionRow, today: PlainDate): PlainDate | undefined =>
  kind === 'review' && byDesk ? positionFrom({ by: 'contactPoint', askedOn, ...(sentOn !== null && { supplementedOn: sentOn }) }, today) : undefined;

const NOTHING_SENT = 'Enheden har ikke sendt noget endnu';
/** Who asked and when, and what came to it since, as structure: what the unit sent, and the candidate's answer to his hearing. A unit that asks sends along what the contact point is to have (FM-DEC-2, FM-NCP-2). */
export const askedWords = ({ by_desk: byDesk, asked_on: askedOn, sent_on: sentOn, heard_on: heardOn }: QuestionRow): string => [
  byDesk ? `Kontaktpunktet bad selv om prøvelsen ${formatDate(askedOn)}` : `Spurgt ${formatDate(askedOn)}`,
  ...(sentOn === null ? [NOTHING_SENT] : byDesk ? [`Enheden sendte det, I skal have, ${formatDate(sentOn)}`] : []),
  ...(heardOn === null ? [] : [`Kandidatens svar på høringen kom ${formatDate(heardOn)}`]),
].join('. ');

/** Where a question stands for the official who looks. */
export interface Standing {
  readonly mine: boolean;
  readonly spoken: boolean;
  /** Something has come since his authority gave its position: it may give another. */
  readonly overtaken: boolean;
  /** His authority has not taken it, and another is needed. */
  readonly takeable: boolean;
  readonly late: boolean;
  /** Nobody has taken it, and its day is near. */
  readonly soon: boolean;
}
export const standingOf = (row: QuestionRow, user: string, authority: string, today: PlainDate): Standing => {
  const late = isLate({ due: row.due, today });
  const mine = row.taken_by.includes(user);
  return {
    mine, spoken: row.spoken_by.includes(user), overtaken: mine && row.overtaken.includes(authority), takeable: row.needed > 0 && !row.authorities.includes(authority), late,
    soon: !late && row.taken_by.length === 0 && today >= takeSoonFrom(row.due),
  };
};

/** The unit has nobody in Udvej whom a question could reach: those of it who can take the case over see that it waits, and nobody need have looked. */
export const UNATTENDED = 'Sagen har ingen koordinator i Udvej. Ring til enheden.';

const list = new Intl.ListFormat('da', { type: 'conjunction' });
/** Who has it, as a sentence. */
export const takersInWords = ({ authorities }: QuestionRow): string => `${list.format(authorities.map((one) => authorityName(one)))} har taget det.`;

const COUNT: Readonly<Record<number, string>> = { 1: 'Én myndighed mere', 2: 'To myndigheder' };
/** Two have spoken and it is still open: they do not agree, and the third authority settles it (FM-DEC-2). */
export const areDivided = ({ kind, status, spoken_by }: QuestionRow): boolean => kind !== 'advice' && status === 'open' && spoken_by.length > 1;

/** How many authorities are still needed. */
export const neededWords = (row: QuestionRow): string => {
  const { kind, needed, taken_by } = row;
  if (areDivided(row)) return 'Uenige: den tredje myndighed';
  if (needed === 0) return kind === 'advice' ? 'Rådet' : 'Stillinger fra dem, der har det';
  return needed === 1 && taken_by.length === 0 ? 'Én myndighed' : (COUNT[needed] ?? String(needed));
};

/** What can be done about one that is late, or is to be taken now (FM-DEC-2). */
export const wayOut = ({ kind }: QuestionRow, { mine, takeable, late, soon }: Standing): string | undefined => {
  if (soon) return 'Ingen har taget det endnu.';
  if (!late) return undefined;
  if (mine) return kind === 'advice' ? 'Giv rådet nu, eller giv spørgsmålet tilbage til enheden.' : 'Mangler der to ens stillinger, kan du nu give det tilbage til enheden med et råd. Så afgør enheden sagen selv.';
  if (takeable) return kind === 'advice' ? 'Tag det, og giv rådet nu.' : 'Tag det, og giv din myndigheds stilling, eller giv det tilbage til enheden med et råd.';
  return kind === 'advice' ? 'Den, der har taget det, skal svare nu.' : 'De, der har taget det, kan nu give det tilbage til enheden med et råd.';
};
