import { generationOf, readsScope } from '../../src/domain/access/scopes.js';
import type { BodyDraft } from '../../src/domain/kernel/command.js';
import { Prose } from '../../src/domain/kernel/prose-text.js';
import type { OpenBody } from '../../src/store/case-rows.js';
import { cast, type CastName } from './cast.js';
import { Play, type Step } from './playing.js';

/** A text as it lies in the case, and every scope it lies in. */
interface Lying {
  readonly text: string;
  readonly places: OpenBody['scope'][];
}

const reveal = (value: unknown): unknown => {
  if (value instanceof Prose) return Prose.read(value);
  if (Array.isArray(value)) return value.map(reveal);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, reveal(one)]));
  return value;
};
const textsIn = (value: unknown): readonly string[] => {
  if (value instanceof Prose) return [Prose.read(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/** Where a body lies in the store: its scope, of the generation that is open when its command is done. */
const placeOf = ({ scope }: BodyDraft, { after }: Step): OpenBody['scope'] => ({
  id: '',
  kind: scope.kind,
  subject: scope.subject ?? '',
  generation: generationOf(after, scope),
});

/** What the store would hand out of a history: the bodies in scopes that are somebody's now, by the event they came with. */
export function readableBodies({ steps, state }: Play, who: CastName): ReadonlyMap<number, readonly OpenBody[]> {
  const readable = new Map<number, readonly OpenBody[]>();
  for (const step of steps) {
    for (const { version, bodies } of step.told) {
      const mine = bodies
        .map((body) => ({ scope: placeOf(body, step), content: reveal(body.content) as OpenBody['content'] }))
        .filter(({ scope }) => readsScope(state, cast[who].user, scope));
      if (mine.length > 0) readable.set(version, mine);
    }
  }
  return readable;
}

/** The words of the history's own making: those with which `play` fills its fields, each standing once. */
const isOwn = (text: string): boolean => text.startsWith('tekst ');

const textsOfInput = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return isOwn(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOfInput) : [];
};

const typedIn = new WeakMap<Play, readonly Lying[]>();
/** Every text that was typed in the history, with where it lies; one that was refused lies nowhere. */
function typed(game: Play): readonly Lying[] {
  const known = typedIn.get(game) ?? allTyped(game);
  typedIn.set(game, known);
  return known;
}
function allTyped({ steps }: Play): readonly Lying[] {
  const all = new Map<string, Lying>();
  const of = (text: string): Lying => {
    const known = all.get(text) ?? { text, places: [] };
    all.set(text, known);
    return known;
  };
  for (const step of steps) {
    for (const text of textsOfInput(step.input)) of(text);
    for (const body of step.told.flatMap((one) => one.bodies))
      for (const text of textsIn(body.content).filter(isOwn)) of(text).places.push(placeOf(body, step));
  }
  return [...all.values()];
}

/** The texts somebody can read now, and those he cannot. What he typed in vain is neither; names are shown on request only. */
export function textsBy(game: Play, who: CastName): { readonly hidden: readonly string[]; readonly open: readonly string[] } {
  const own = new Set(
    game.steps.filter((one) => one.who === who && one.kind !== 'done').flatMap((one) => textsOfInput(one.input)),
  );
  const known = new Map<string, boolean>();
  const opens = (place: OpenBody['scope']): boolean => {
    const key = `${place.kind} ${place.subject} ${place.generation}`;
    const open = known.get(key) ?? readsScope(game.state, cast[who].user, place);
    known.set(key, open);
    return open;
  };
  const reads = ({ places }: Lying): boolean => places.some(opens);
  const all = typed(game);
  return {
    hidden: all.filter((one) => !reads(one) && !own.has(one.text)).map((one) => one.text),
    open: all.filter((one) => reads(one) && one.places.every((place) => place.kind !== 'identity')).map((one) => one.text),
  };
}

const retyped = (value: unknown, words: ReadonlyMap<string, string>): unknown => {
  if (typeof value === 'string') return words.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => retyped(one, words));
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, retyped(one, words)]))
    : value;
};

/** The same commands by the same people at the same times, with other words in place of some. */
export function retold({ steps, now }: Play, words: ReadonlyMap<string, string>): Play {
  const game = new Play();
  for (const { who, command, input, at } of steps) {
    game.at(at);
    game.tries(who, command, retyped(input, words) as object);
  }
  game.at(now);
  return game;
}
