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
});
