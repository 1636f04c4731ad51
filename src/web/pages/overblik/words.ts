import { unitName } from '../../../domain/reference/authorities.js';

export const PLACE_WORDS = { freedom: 'Frihed', custody: 'Fængsel eller varetægt' } as const;
export const placeWords = (place: string): string => (place === 'freedom' || place === 'custody' ? PLACE_WORDS[place] : place);

/** A unit's name in a narrow column; what DfK is stands under the table. */
export const unitWords = (unit: string): string => (unit === 'dfk' ? 'DfK' : unitName(unit));

/** '1 dag', '118 dage' */
export const daysWords = (days: number): string => (days === 1 ? '1 dag' : `${days.toLocaleString('da-DK')} dage`);

/** How long since, in the middle of a sentence: 'i dag', '1 dag', '118 dage' */
export const ageWords = (days: number): string => (days === 0 ? 'i dag' : daysWords(days));

/** '1 sag', '1.250 sager' */
export const casesWords = (cases: number): string => (cases === 1 ? '1 sag' : `${cases.toLocaleString('da-DK')} sager`);
