import type { Sex } from '../../../domain/kernel/cpr.js';
import type { Dice } from './dice.js';

const MALE = [
  'Abdi', 'Adnan', 'Aksel', 'Ali', 'Anders', 'Anton', 'Asger', 'Benjamin', 'Bjarke', 'Brian', 'Casper', 'Claus', 'David', 'Elias', 'Emre', 'Erik', 'Esben', 'Felix',
  'Filip', 'Frank', 'Gorm', 'Hamza', 'Henrik', 'Ibrahim', 'Ismail', 'Jacob', 'Jan', 'Jens', 'Jesper', 'Joakim', 'Johan', 'Jon', 'Kenneth', 'Kim', 'Kristian', 'Lasse', 'Leon',
  'Mads', 'Malik', 'Marc', 'Mathias', 'Mehmet', 'Michael', 'Milo', 'Muhammed', 'Nicklas', 'Omar', 'Oskar', 'Per', 'Peter', 'René', 'Robin', 'Ronni', 'Rune', 'Samir',
  'Søren', 'Thomas', 'Tim', 'Tommy', 'Troels', 'Viktor', 'William', 'Zakaria',
] as const;
const FEMALE = ['Aisha', 'Anja', 'Camilla', 'Emma', 'Fatima', 'Ida', 'Julie', 'Katrine', 'Laila', 'Louise', 'Maria', 'Nadja', 'Pernille', 'Sofie', 'Stine', 'Zeynep'] as const;
/** Made up of two words that stand together in no list of surnames known to us. */
const BEGINNINGS = ['Birke', 'Bjerg', 'Brand', 'Dam', 'Eg', 'Elle', 'Fælled', 'Grøn', 'Hassel', 'Hede', 'Humle', 'Kilde', 'Klint', 'Kær', 'Linde', 'Lyng', 'Mose', 'Nørre', 'Pile', 'Rav', 'Rosen', 'Rør', 'Skov', 'Sol', 'Sten', 'Strand', 'Tange', 'Vester', 'Vind', 'Åben'] as const;
const ENDINGS = ['agerholt', 'bækdal', 'engelund', 'holmsted', 'hytteby', 'krogsdal', 'lundshøj', 'markvig', 'rydslev', 'sigvang', 'skærbo', 'toftemark'] as const;

/** Names that are not given twice. */
export class Names {
  readonly #given = new Set<string>();
  readonly #dice: Dice;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  next(sex: Sex): string {
    const name = `${this.#dice.one<string>(sex === 'male' ? MALE : FEMALE)} ${this.#dice.one(BEGINNINGS)}${this.#dice.one(ENDINGS)}`;
    if (this.#given.has(name)) return this.next(sex);
    this.#given.add(name);
    return name;
  }
}
