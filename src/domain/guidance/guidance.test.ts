import { describe, expect, it } from 'vitest';
import { answerFault, authorityDoubt, questionFault } from './guidance.js';

const OURS = ['4515 3630', '45153630', '45 15 36 30', '+45 4515 3630', '004545153630', '45-15-36-30', 'KP-Exit@politi.dk', 'kp-exit@politi.dk'];
const THEIRS = ['4515 3631', '+46 45153630', 'x4515 3630 12', 'andenKP-Exit@politi.dk', 'KP-Exit@politi.dk.eksempel.dk', 'politi.dk'];

describe('the contact point’s own number and address (FM-NCP-6)', () => {
  it.each(OURS)('pass in a question and in an answer: %s', (own) => {
    for (const text of [own, `Ring eller skriv: ${own}.`, `Svar inden 2 dage på ${own}, 3 steder`]) {
      expect([questionFault(text), answerFault(text), authorityDoubt(text)], text).toEqual([undefined, undefined, undefined]);
    }
  });

  it.each(THEIRS)('are not taken for another’s that looks like them: %s', (other) => {
    expect(questionFault(other)).toContain('Tag det ud');
  });

  it('do not hide what stands beside them', () => {
    expect(questionFault('Ring 4515 3630 om 010190-1234')).toContain('et CPR-nummer');
    expect(answerFault('Ring 4515 3630 om 010190-1234')).toContain('et CPR-nummer');
    expect(questionFault('0101 4515 3630')).toBeDefined();
    expect(authorityDoubt('Ring 4515 3630 eller 87 65 43 21')).toContain('et telefonnummer');
  });
});

describe('a number, an address or a link (FM-NCP-6)', () => {
  it.each(['87 65 43 21', 'borger@kommune.dk', 'www.kommune.dk'])('in an answer is a doubt and no fault, in a question a fault: %s', (text) => {
    expect([answerFault(text), authorityDoubt(text)?.endsWith('Ellers tag det ud.'), questionFault(text)?.endsWith('Tag det ud, og send igen.')]).toEqual([undefined, true, true]);
  });

  it('that is a CPR number or a case number is a fault in both', () => {
    for (const text of ['0101901234', 'UV-7K3M-9QW']) expect([answerFault(text) === undefined, questionFault(text) === undefined, authorityDoubt(text)]).toEqual([false, false, undefined]);
  });
});

describe('a text for guidance of signs that are not seen (FM-NCP-6)', () => {
  it.each(['\u200b', ' \u200b\u2060 ', '\ufeff\n\u00ad'])('is no text: %j', (text) => {
    expect(questionFault(text)).toBe('Skriv, hvad du vil have vejledning om.');
    expect(questionFault(`${text}Hvad gør andre?${text}`)).toBeUndefined();
  });
  it('that turn it about is not taken', () => {
    expect(questionFault('Hvad \u202egør andre?')).toContain('tegn, der ikke kan gemmes');
  });
  it('is looked through in no time, however many there are', () => {
    const before = performance.now();
    questionFault(`a${' \u200b'.repeat(400_000)}b`);
    expect(performance.now() - before).toBeLessThan(500);
  });
});
