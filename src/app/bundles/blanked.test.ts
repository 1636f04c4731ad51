import { describe, expect, it } from 'vitest';
import { blanked } from './blanked.js';

const spared = { own: ['Emil Åge Sandbjerg', '20304050', '010190-1234', 'Københavns Vestegns Politi'], others: ['Mette Lindqvist', 'Bo'] };

describe('a text that the person is to read (FM-LAW-4)', () => {
  it('leaves out colleagues, other people’s full names, and numbers that are not his', () => {
    expect(blanked('Rasmus Tofte Lind og mette lindqvist var med. Ring 40 50 60 70 eller +45 40506070. Cpr 0202901234.', spared))
      .toBe('[udeladt] og [udeladt] var med. Ring [udeladt] eller [udeladt]. Cpr [udeladt].');
    expect(blanked('Karl von Holm', spared)).toBe('[udeladt]');
  });

  it('keeps his own name and numbers, and the authorities', () => {
    const own = 'Emil Sandbjerg (20 30 40 50, 0101901234) talte med Københavns Vestegns Politi.';
    expect(blanked(own, spared)).toBe(own);
  });

  it('keeps dates, amounts and the beginnings of sentences', () => {
    const plain = 'Mødte 21. november 2026 kl. 10.42. Bor ikke hjemme. Skylder 12.500 kr.';
    expect(blanked(plain, spared)).toBe(plain);
  });

  it.each([
    '020290–1234', '020290 - 1234', '02.02.90-1234', '02-02-90-1234', '02.02.1990-1234', '02/02/90 1234', '40-50-60-70', '40.50.60.70', '4050 6070', '40 506 070', '+46 70 123 45 67', '0046701234567', '+45 40-50-60-70',
    'R. Lind', 'R.Lind', 'Rasmus T. Lind', 'Rasmus L.', 'mette.l@example.dk', 'Skovduevej 14', 'Skovduevej 14 B, 4. tv., 9999 Ingensteds', 'Gl. Kongevej 3', 'Nørre Allé 7, st. th.', 'Storetorvet 2, 2. sal',
    'skovduevej 14', 'SKOVDUEVEJ 14', 'Vestermarken 14', 'Skovduevej nr. 14', 'Skovduevej nummer 14', 'Engstien 4', 'Lærkevangen 2', 'Birkelunden 7', 'Strandpromenaden 11', 'Kastanjealléen 3', 'Bryggekajen 8', 'Fasanhaven, nr. 3',
    '020290 12 34', '02 02 90 12 34', '0202 90 1234', '4050-6070', '405 060 70', '40/50/60/70', '(40) 50 60 70', '40.506.070', '40, 50, 60, 70', '4 0 5 0 6 0 7 0', '20 30 40 51',
    '4050 - 6070', '40 - 50 - 60 - 70', '020290 / 1234', '020290, 1234', '02.02.1990 / 1234', '02.02.1990, 1234', '02.02.1990   -   1234', '02-02-1990 12 34', '21.11.2026, 4050 6070', '020290-1234, 40 50 60 70',
    '2045-2067', '40-50-2030', '40.50 2030', '40/50/2030', '20-50-2030', '32.10.2026', '00.10.2026', '2026-13-21', '2026-11-32',
  ])('leaves out %s', (other) => {
    expect(blanked(`Det var ${other}, som han sagde.`, spared)).toBe('Det var [udeladt], som han sagde.');
  });

  it('leaves out another’s number that stands beside his own or a day', () => {
    expect(blanked('Ring 20 30 40 50, 40 50 60 70 eller 21.11.2026 40506070.', spared)).toBe('Ring 20 30 40 50, [udeladt] eller 21.11.2026 [udeladt].');
  });

  it.each(['Emil Å. Sandbjerg', 'E. Sandbjerg', '20-30-40-50', '20.30.40.50', '+45 20304050', '01.01.90-1234', '010190 – 1234', '0101 90 12 34', '20 30 40 50, 010190-1234', '20304050 den 21.11.2026'])('keeps %s, which is his own', (own) => {
    expect(blanked(`Det var ${own}, som han sagde.`, spared)).toBe(`Det var ${own}, som han sagde.`);
  });

  it.each(['21.11.2026', '21-11-2026', '2026-11-21', 'kl. 10.42-11.30', '12.500.000 kr.', '2024-2026', 'den 2. maj. Bor i Ishøj. Skylder 3 kroner', 'Mødte 3 gange. Vil gerne have 3 dage', 'FM-LAW-4', '§ 115', '21.11.2026, 22.11.2026', '21/11 2026 kl. 10.42', '1.2.2026', '01-02-1985', '31/12 2039', '21.11.2026, 3 gange', 'på sin arbejdsplads 3 dage', 'alle 3', 'tvang 2 mand'])('keeps %s, which is nobody’s', (plain) => {
    expect(blanked(plain, spared)).toBe(plain);
  });

  /** As long as a note may be, each the worst for one of the ways. */
  const long = (part: string): string => part.repeat(20_000 / part.length).padEnd(20_000);
  it.each([
    ['blanks after what may begin a number', '020290'.padEnd(20_000)], ['blanks after a day', '21.11.2026'.padEnd(20_000)], ['blanks after a sum', '12.500'.padEnd(20_000)], ['sums without an end', long('000.')],
    ['blanks after a name', 'Emil'.padEnd(20_000)], ['blanks after a street', 'Skovduevej nr'.padEnd(20_000)], ['blanks after a house', 'Skovduevej 14, 4'.padEnd(20_000)],
    ['initials', long('A.')], ['signs between letters', long(`a-'.`)], ['parts of mail addresses', long(`${'a'.repeat(64)}@${'.'.repeat(200)}`)], ['digits', long('1')], ['brackets', long('(1')],
  ])('takes no time that others would wait for: %s', (_what, text) => {
    // The best of three, so that a busy machine is not taken for it; what grows with the square of the length takes ten times as long.
    const took = [1, 2, 3].map(() => {
      const from = performance.now();
      blanked(text, spared);
      return performance.now() - from;
    });
    expect(Math.min(...took)).toBeLessThan(150);
  });
});
