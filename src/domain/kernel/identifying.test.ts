import { describe, expect, it } from 'vitest';
import { caseNumber, EXAMPLE_NUMBER } from './case-number.js';
import { type Identifying, identifyingFault, identifyingIn } from './identifying.js';

const NUMBER = caseNumber(Uint8Array.from([7, 1, 4, 2, 9, 3, 8, 5]));
const bare = NUMBER.replaceAll('-', '');

const refused: readonly (readonly [Identifying, string])[] = [
  ...['0101901234', '010190-1234', '010190 1234', '010190 - 1234', '01 01 90 1234', '01-01-90-1234', '01.01.1990-1234', '010190–1234', '010190‑1234', '0101\u00ad901234', '０１０１９０1234', '(010190-1234)', 'nr.0101901234,', '010190,1234', '010190:1234', '010190;1234', '010190_1234', '010190*1234', "010190'1234", '010190    1234', '010190 [1234]', '01/01-90 [1234]', '٠١٠١٩٠١٢٣٤', '०१०१९०-१२३४', '+310190-1234', '700190, 1234'].map((text) => ['cpr', text] as const),
  ...[NUMBER, NUMBER.toLowerCase(), bare, bare.slice(2), NUMBER.replaceAll('-', ' '), NUMBER.replaceAll('-', '–'), `(${NUMBER})`, `${bare.slice(2, 6)} ${bare.slice(6)}`, EXAMPLE_NUMBER].map((text) => ['case-number', text] as const),
  ...['12345678', '12 34 56 78', '1234 5678', '12-34-56-78', '12.34.56.78', '+45 12 34 56 78', '+4512345678', '0045 12345678', '+46 70 123 45 67', '12\u00a034\u00a056\u00a078', 'tlf.12345678'].map((text) => ['phone', text] as const),
  ...['emil@eksempel.dk', 'Emil.Aa@kommune.eksempel.dk', 'x@ø.dk'].map((text) => ['e-mail', text] as const),
  ...['https://eksempel.test/a', 'HTTP://eksempel', 'www.eksempel.test', 'facebook.com/noget', 'eksempel.dk.'].map((text) => ['link', text] as const),
];

describe('what a program can recognise of whom a text is about (FM-NCP-3, FM-NCP-6)', () => {
  it.each(refused)('finds %s in “%s”, wherever it stands', (kind, text) => {
    for (const whole of [text, `Se ${text} her`, `Ring.\n${text}\nTak`]) expect(identifyingIn(whole), whole).toEqual([kind]);
  });

  it.each([
    '', 'En borger på 23 år vil ud af en bande. Hvem tager sig af bopælen?', 'Den 21.11.2026 eller 21-11-2026 eller 2026-11-21', 'i 2025-2026 og 2025/2026', 'Det koster 12.500.000 kr. og 1.000 kr. om måneden',
    '§ 110, stk. 2, i lov nr. 1710 af 27. december 2018', 'bl.a. f.eks. m.v. kl. 12.30', 'kap. 3.2', '123456789', '1234567', 'Rockere, bander og @ i teksten', 'Udbetalt 12.10.25: 1500 kr. og 12.10.25: 1500,50', 'Der var 120.250, 1.300 og 1.200 kr.', 'UV-lys og UV-stråler',
  ])('lets “%s” be', (text) => {
    expect(identifyingIn(text)).toEqual([]);
    expect(identifyingFault(text)).toBeUndefined();
  });

  it('is not led astray by other digits beside', () => {
    expect(identifyingIn('1 12345678')).toEqual(['phone']);
    expect(identifyingIn('Den 21.11.2026: 12345678')).toEqual(['phone']);
    expect(identifyingIn('dømt 01.01.1990, 5678 er ikke nævnt')).toEqual([]);
    for (const text of ['31 12 10 67, 2100 København', '12345678, 87654321', '+45 31 12 10 67', '+31 20 123 4567', '20 10 45 67 eller 20 10 45 68']) expect(identifyingIn(text), text).toEqual(['phone']);
  });

  it('says each kind once and why, and nothing of what was written', () => {
    const text = `Emil 010190-1234, tlf. 12 34 56 78 og 87 65 43 21, ${NUMBER}`;
    const said = identifyingFault(text) ?? '';
    expect(said).toBe('Teksten ser ud til at indeholde et CPR-nummer (ti cifre), et sagsnummer og et telefonnummer (otte cifre eller et nummer med landekode). Det kan vise, hvem det drejer sig om. Tag det ud, og send igen.');
    for (const written of ['0101', '1234', '12 34', NUMBER, 'Emil']) expect(said).not.toContain(written);
  });

  it('takes no longer for a text that is all digits, dashes or dots', () => {
    for (const text of ['1'.repeat(4000), '1 '.repeat(2000), '-'.repeat(4000), 'a.'.repeat(2000), 'a@'.repeat(2000), '1.'.repeat(2000), '01'.repeat(2000), '010190 '.repeat(600), '010190,,,,,,'.repeat(300)]) {
      const before = performance.now();
      identifyingIn(text);
      expect(performance.now() - before).toBeLessThan(500);
    }
  });
});
