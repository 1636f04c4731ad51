import type { Dice } from './dice.js';
import type { Input } from './filling.js';

const WRONG: readonly unknown[] = [
  null,
  '',
  7,
  true,
  [],
  {},
  'nonsense',
  '2011-01-01',
  '2099-12-31',
  '99999999-0000-4000-8000-000000000000',
  '\u0000',
  'x'.repeat(30_000),
];

/** The input with one thing wrong in it: a field gone, of another kind, of another time, or one that nobody asked for. */
export function spoiled(input: Input, dice: Dice): object {
  const fields = Object.keys(input);
  const field = dice.any(fields);
  if (field === undefined || dice.percent(20)) return { ...input, nobodyAskedForThis: 'tekst' };
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => name !== field));
  return dice.percent(30) ? rest : { ...rest, [field]: dice.one(WRONG) };
}
