import { readFileSync } from 'node:fs';
import { caseCommand, caseCommands, emptyCase, evolve, type ExitCase, fold } from '../../src/domain/exit-case/case.js';
import { tasksOf } from '../../src/domain/exit-case/follows.js';
import { cast, type CastName, castNames } from './cast.js';
import { Play, type Told } from './playing.js';
import type { Watchman } from './watching.js';
import { watchmenOfTheFramework } from './watchmen-framework.js';

const printed = new WeakMap<object, string>();
/** A part of a state as text. States are frozen, so that each part is printed once. */
const print = (part: object): string => {
  const known = printed.get(part) ?? JSON.stringify(part);
  printed.set(part, known);
  return known;
};
/** The first part in which two states differ. */
const difference = (one: ExitCase, other: ExitCase): string | undefined =>
  (Object.keys(one) as (keyof ExitCase)[]).find((key) => one[key] !== other[key] && print(one[key]) !== print(other[key]));

const stored = ({ event, version, at, actor }: Told) => JSON.parse(JSON.stringify({ event, version, at, actor })) as Told;
const replay: Watchman = {
  name: 'a stream that is stored and read again gives the same state (FM-WORK-2)',
  begin: () => {
    let again: ExitCase = emptyCase;
    const stream: Told[] = [];
    return ({ told, after, number }) => {
      for (const one of told) {
        const read = stored(one);
        stream.push(read);
        again = evolve(again, read.event, read);
      }
      const part = told.length === 0 ? undefined : difference(after, again);
      if (part !== undefined) return `${part} is another after reading`;
      return number % 25 === 0 && difference(after, fold(stream)) !== undefined
        ? 'the fold of the whole stream is another'
        : undefined;
    };
  },
};

const refused: Watchman = {
  name: 'a command that is refused leaves stream and state as they were (FM-WORK-2)',
  begin: () => {
    let last = emptyCase;
    let lines = 0;
    return ({ kind, told, before, after, length: [from, to] }) => {
      const changed = difference(last, before);
      if (changed !== undefined || from !== lines) return `${changed ?? 'the stream'} was changed between two commands`;
      last = after;
      lines = to;
      if (kind === 'done') return to - from === told.length ? undefined : 'the stream has not grown by what was told';
      if (told.length > 0 || from !== to) return 'something was recorded';
      const part = difference(before, after);
      return part && `${part} is another`;
    };
  },
};

const RULES = new Set(readFileSync(new URL('../../docs/framework.md', import.meta.url), 'utf8').match(/FM-[A-Z]+-\d+/g));
const refusals: Watchman = {
  name: 'a refusal names a rule of the framework and says in Danish what is in the way (FM-WORK-1)',
  begin:
    () =>
    ({ rejection, issues, kind, command }) => {
      if (kind === 'done') return undefined;
      if (kind === 'invalid')
        return issues !== undefined &&
          issues.length > 0 &&
          issues.every((one) => one.trim().length > 3 && !/invalid|expected|required/i.test(one))
          ? undefined
          : `input is refused with ${JSON.stringify(issues)}`;
      if (rejection === undefined || !RULES.has(rejection.rule)) return `no such rule: ${rejection?.rule ?? 'none'}`;
      if (rejection.rests.length === 0) return `the refusal of ${command} rests on nothing`;
      return /^[A-ZÆØÅ].{8,}[.?]$/su.test(rejection.detail) && !/\bundefined\b|\bnull\b|\[object/.test(rejection.detail)
        ? undefined
        : `it says “${rejection.detail}”`;
    },
};

const scopes: Watchman = {
  name: 'a command writes in the scopes it names and in no other (FM-CNF-4)',
  begin:
    () =>
    ({ told, command }) => {
      const may = caseCommand(command)?.writes ?? [];
      const strange = told.flatMap((one) => one.bodies).find((body) => !may.includes(body.scope.kind));
      return strange && `it wrote in ${strange.scope.kind}`;
    },
};

const goesOn: Watchman = {
  name: 'in a case that is not closed somebody can do something, and something waits for somebody (FM-WORK-1, FM-ORG-1)',
  begin:
    () =>
    ({ after, told }) => {
      if (told.length === 0 || after.ending.closed !== undefined) return undefined;
      const game = new Play();
      game.state = after;
      const inbox = after.inquiry.status === 'inbox';
      const inside = (who: CastName): boolean =>
        inbox || after.circle.members.some((one) => one.to === undefined && one.user === cast[who].user);
      const can = castNames.some(
        (who) =>
          inside(who) &&
          caseCommands.some((one) => (inbox ? one.admission === (after.inquiry.unit === 'unnamed' ? 'unit-desk' : 'inbox') : one.admission === 'circle' || one.admission === 'refusal') && game.isPossible(who, one.name)),
      );
      if (!can) return 'nobody can do anything';
      return inbox || tasksOf(after).length > 0 ? undefined : 'nothing waits for anybody';
    },
};

/** All that must hold in every history, after every step. */
export const watchmen: readonly Watchman[] = [...watchmenOfTheFramework, replay, refused, refusals, scopes, goesOn];
