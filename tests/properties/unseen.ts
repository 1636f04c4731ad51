import { cast, type CastName, castNames } from './cast.js';
import type { Dice } from './dice.js';
import { byTheSchema, type Input, type Table } from './filling.js';
import type { Play } from './playing.js';
import { retold } from './retelling.js';

type Role = 'police' | 'municipal' | 'probation';

interface Secret {
  readonly command: string;
  /** Whose act it is, and who of the circle may not know of it. */
  readonly by: Role;
  readonly from: readonly Role[];
  readonly input: (table: Table) => Input;
}

/** Acts that leave a fact which some of the full members may not know of (access.md; FM-CNF-4, FM-SEC-2, FM-SEC-4). */
const SECRETS: readonly Secret[] = [
  { command: 'journal.add', by: 'police', from: ['municipal', 'probation'], input: ({ words }) => ({ text: words(), kind: 'personal', own: true }) },
  { command: 'journal.add', by: 'municipal', from: ['police'], input: ({ words }) => ({ text: words(), kind: 'health' }) },
  { command: 'measure.propose', by: 'municipal', from: ['police'], input: () => ({ type: 'stofmisbrug' }) },
  { command: 'address.hold', by: 'police', from: ['municipal', 'probation'], input: (table) => byTheSchema(table, 'address.hold') },
];
export const UNSEEN = [...new Set(SECRETS.map(({ command }) => command))];

const holding = ({ state }: Play, role: Role): readonly CastName[] =>
  castNames.filter((name) => state.circle.members.some((one) => one.user === cast[name].user && one.to === undefined && one.role === role));

/** Such an act that can be done in a case now: those who can do it, and those who may not know that it was done. */
interface Unseen extends Secret {
  readonly actors: readonly CastName[];
  readonly readers: readonly CastName[];
}

export const unseenActs = (game: Play): readonly Unseen[] =>
  SECRETS.map((secret) => ({
    ...secret,
    actors: holding(game, secret.by).filter((name) => game.isPossible(name, secret.command)),
    readers: secret.from.flatMap((role) => holding(game, role)).filter((name) => !holding(game, secret.by).includes(name)),
  })).filter(({ actors, readers }) => actors.length > 0 && readers.length > 0);

interface Happened {
  readonly reader: CastName;
  readonly command: string;
  readonly without: Play;
  readonly after: Play;
}

/** The history once more as it is, and once more with such an act at its end, to a reader who may not know of it; undefined when none can be done. */
export function withSomethingUnseen(game: Play, dice: Dice): Happened | undefined {
  const possible = [...unseenActs(game)];
  while (possible.length > 0) {
    const [chosen] = possible.splice(dice.between(0, possible.length - 1), 1);
    if (chosen === undefined) break;
    const { command, input, readers, actors } = chosen;
    const [without, after] = [retold(game, new Map()), retold(game, new Map())];
    const who = dice.one(actors);
    const table: Table = { play: after, who, dice, words: () => 'noget, der ikke er for alle' };
    if (after.tries(who, command, JSON.parse(JSON.stringify(input(table))) as object).kind === 'done') {
      return { reader: dice.one(readers), command, without, after };
    }
  }
  return undefined;
}
