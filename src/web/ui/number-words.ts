const WORDS = ['nul', 'én', 'to', 'tre', 'fire', 'fem', 'seks', 'syv', 'otte', 'ni', 'ti'];

/** A count as Danes write it in a sentence: 'fire', '12', '1.250'. */
export const numberWord = (count: number): string => WORDS[count] ?? count.toLocaleString('da-DK');

/** The same at the beginning of a sentence: 'Fire'. */
export const numberWordFirst = (count: number): string => {
  const word = numberWord(count);
  return word.charAt(0).toLocaleUpperCase('da-DK') + word.slice(1);
};
