import { describe, expect, it } from 'vitest';
import { cprFault, identifyingIn } from './identifying.js';

const SAID = 'et CPR-nummer (ti cifre)';

/** As caseworkers write: periods, deadlines, addresses, hours, amounts, telephones, numbers of cases and of laws. */
const SENTENCES = [
  'Mødet var den 12.03.24. 2025 bliver bedre.', 'Skriv til os senest 12-11-26.\n1216 København K', 'Afgjort 21.11.26, 2100 København Ø', 'Høringen 01.10.26 (1400)', 'Politigården, 21.11.26 - 1430', 'Journal 12-11-26/1234',
  'Klagefrist: 15.12.26. 2.000 kr.', 'Perioden 010126-311226', '01.01.26-31.12.26', 'fra 01.01.26 – 30.06.26', 'Perioden 01.01-31.12 2026', 'sag 2026-100126-0001', 'EAN 5798000123456', 'Ring 70 10 12 34. 8600 Silkeborg',
  'den 10.10.26, 1000 kr', 'den 10.10.26: 12.000 kr', 'perioden 01.01.2026-30.06.2026', 'Tlf. 33 92 33 40, 10-14', 'konto 1234-0123456789', '12/11-26: 14.30', '12.11.26 14.30', '12.11.26 kl. 14.30', '12.11.26 14:30', '12.11.26. 12 mdr.',
  '12.11.26 (12 15)',
  'Perioden 1. januar 1999 – 30. juni 1999', 'perioden 01.01.1999-30.06.1999', 'Perioden 1/1-99 - 30/6-99', 'Klagefristen er 21. november 2026. 2100 København Ø', 'Afgørelsen er af 21.11.2026, 8600 Silkeborg', 'Mød op 21.11.26, 8600 Silkeborg',
  'Senest 15-12-2026\n5000 Odense C', 'Adresse: Vestergade 12, 2. 8000 Aarhus C', 'Ring 70 10 12 85. 2100 København Ø', 'Tlf. 70 10 12 85\n2100 København Ø', 'Ring 70 10 12 85 eller 70 10 12 86', 'Mandag den 23.11.26 kl. 09.15-10.45, lokale 2.14',
  'Kl. 10.10-12.45 2100 København', 'Mødes 3.12.26 kl. 10-12', 'Udbetalt 12.10.25: 1500 kr. og 12.11.25: 1500,50 kr.', 'Lønnen er 11.085-12.000 kr. om måneden', 'Bøden på 10.000 kr. forfalder 01.03.27', 'Ansøgt om 12.500 kr. den 01.12.26, 5.000 kr. udbetalt',
  '§ 115, stk. 1, nr. 2, jf. lovbekendtgørelse nr. 1710 af 27. december 2018', 'Lov nr. 1710 af 27.12.2018, § 110, stk. 2', 'LBK 1089 10.08.23', 'Sagsnr. 27.18.00-G01-12-26', 'Politiets j.nr. 4200-83999-00012-26', 'Sag 2025/010185-0001', 'CVR 12345678',
  'Praktikken er passet fra uge 41 til 47 i 2026', 'Dom af 12.03.26, 6 måneder', 'Fristen er 14 dage fra 01.12.26, dvs. 15.12.26', 'Samtaler 01.10.26, 08.10.26, 15.10.26 og 22.10.26', 'Ture 1.10.26 1400-1600 og 2.10.26 0900-1100', 'Cpr-numre sendes sikkert, senest 01.12.26 kl. 12',
] as const;

/** As people type it, into a sentence or a column. */
const NUMBERS = [
  '0101901234', '010190-1234', '010190 1234', '010190 - 1234', '010190–1234', '010190—1234', '010190\n1234', '010190-\n1234', '010190 -1234', '010190/1234', '010190.1234', '010190, 1234', '010190: 1234', '010190 (1234)', '01 01 90 1234', '01 01 90 12 34', '01-01-90-1234', '01.01.90-1234',
  '01.01.90 1234', '01.01.90\n1234', '01.01.90, 1234', '01.01.90. 1234', '01/01-90 1234', '01/01/1990-1234', '01.01.1990-1234', '01.01.1990, 1234', '01011990-1234', '01011990, 1234', '0101 90 1234', '0101 1990 1234', '0 1 0 1 9 0 1 2 3 4', '1/1-90 1234', '1.1.1990-1234',
  'cpr.nr. 010190-1234', 'CPR-nr.: 0101901234', 'Cpr 010126-1234', 'cpr. nr. 01.01.26 (1234)', 'personnummer 21.11.26, 2100', 'født 1. januar 1990, 1234', 'født 1. januar 1990-1234', 'den 1. jan. 1990 1234', '1. januar 1990 og de sidste fire cifre er 1234', '01.01.90, sidste fire: 1234',
  'født 01.01.90, cpr-slut 1234', '610190-1234', '290204-4123', '12.03.04-4567', '12.03.04, 4567', '12.03.19-4567', '018190-3001', '01.81.90-3001', '2 010190-1234', '1) 010190-1234', 'nr.3.010190-1234', '010190-1234, 020285-4321', '010126-1234',
] as const;

describe('a CPR number in a text (FM-CNF-2, FM-LAW-1)', () => {
  it.each(SENTENCES)('is none in “%s”', (text) => {
    for (const whole of [text, `Kære enhed.\n${text}\nVenlig hilsen`]) expect(cprFault(whole), whole).toBeUndefined();
  });

  it.each(NUMBERS)('is found in “%s”, wherever it stands', (text) => {
    for (const whole of [text, `Emil, ${text}, har passet praktikken`, `Praktikken er passet.\n${text}\nVenlig hilsen`, `(${text})`, `${text}.`]) expect(cprFault(whole), whole).toContain(SAID);
  });

  it.each(['321390-1234', '310290-1234', '001190-1234', '0123456789', '290203-1234', '31.02.90-1234'])('has a day that there is: “%s” is none', (text) => {
    expect(cprFault(`Sagen ${text} er lukket`)).toBeUndefined();
  });

  it('is found beside dates, telephones and amounts', () => {
    for (const beside of ['Ring 33 92 33 40.', 'Den 12.11.26 kl. 14.30:', 'Perioden 01.01.26-31.12.26,', '12.000 kr.,', '2100 København Ø.', '70 10 12 34']) {
      for (const text of [`${beside} 010190-1234`, `${beside}\n01.01.90 1234`, `0101901234 ${beside}`]) expect(cprFault(text), text).toContain(SAID);
    }
  });

  it('leaves what is beside it to be found', () => {
    expect(identifyingIn('010190-1234 og 33 92 33 40')).toEqual(['cpr', 'phone']);
    expect(identifyingIn('12.11.26 14.30 og 12-11-26/1234')).toEqual([]);
  });
});
