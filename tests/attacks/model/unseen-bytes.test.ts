import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sessionCookieName } from '../../../src/web/login/session-cookie.js';
import type { CastName } from '../../properties/cast.js';
import { type Dice, diceOf } from '../../properties/dice.js';
import { plans } from '../../properties/plan.js';
import { UNSEEN, unseenActs } from '../../properties/unseen.js';
import { addresses } from '../../support/wall-walk.js';
import { seen } from '../../support/wall-http.js';
import { type DrivenCase, type DrivenHouse, drivenHouse } from './driven-house.js';

/** The seed of the run: fixed, or given to look further. */
const SEED = Number(process.env['MODEL_SEED'] ?? 20_261_122);
const PAIRS = Number(process.env['UDVEJ_SERVED_PAIRS'] ?? 14);
const CASES = 6;
/** Pairs of one house: a longer run takes another house, with other cases. More would only make these longer, and every answer with them. */
const OF_A_HOUSE = 20;

/** Without what differs from look to look: the key that lets a form be sent once, and the co-ordinator's list of the looks themselves (access.md: he sees who opened the case). */
const lasting = (html: string): string => html.replace(/(name="_key"[^>]*value=")[^"]+/g, '$1').replace(/<section[^>]* aria-labelledby="log".*?<\/section>/s, '');

/** Every answer the server has for somebody about a case, and the lists in which it stands: status, headers, body. */
async function allServed(at: DrivenHouse, one: DrivenCase, who: CastName, paths?: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const token = at.tokenOf(who);
  const urls = at.web.routes
    .filter((route) => route.method === 'GET' && (route.permission === 'circle' || route.permission === 'signed-in') && paths?.includes(route.path) !== false)
    .flatMap((route) => (route.path.includes(':id') ? addresses(route, one.id) : route.path.includes(':') ? [] : [route.path]));
  const all = new Map<string, string>();
  for (const url of new Set(urls)) {
    const headers = url.startsWith('/api/') ? { authorization: `Bearer ${token}` } : { cookie: `${sessionCookieName(false)}=${token}` };
    const { status, headers: { 'content-length': length, ...rest }, body } = seen(await at.web.app.inject({ method: 'GET', url, headers }));
    const lasts = lasting(body);
    all.set(url, JSON.stringify([status, rest, lasts.length === body.length ? length : '', lasts]));
  }
  return all;
}

interface Pair {
  readonly command: string;
  readonly differs: readonly string[];
  /** Whether whoever did it could tell: he may know of it. */
  readonly toldToActor: boolean;
}

const differing = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] =>
  [...one].flatMap(([key, value]) => {
    const after = other.get(key) ?? '';
    if (value === after) return [];
    let from = 0;
    while (value[from] === after[from]) from += 1;
    const around = (text: string): string => text.slice(Math.max(0, from - 80), from + 160);
    return [`${key}: …${around(value)}… then …${around(after)}…`];
  });

/** An act that somebody may not know of is done in a case as it stands; before and after, he asks for everything. */
async function pairIn(at: DrivenHouse, one: DrivenCase, dice: Dice, doneBefore: (command: string) => number): Promise<Pair | undefined> {
  const act = dice.weighed(unseenActs(one), ({ command }) => 1 / (1 + doneBefore(command)) ** 3);
  if (act === undefined) return undefined;
  const [who, reader] = [dice.one(act.actors), dice.one(act.readers)];
  const shownToActor = async (): Promise<string | undefined> => (await allServed(at, one, who, ['/api/v1/cases/:id'])).get(`/api/v1/cases/${one.id}`);
  const [before, actorsBefore] = [await allServed(at, one, reader), await shownToActor()];
  const input = act.input({ play: one, who, dice, words: () => 'noget, der ikke er for alle' });
  const reply = await at.send(who, `/api/v1/cases/${one.id}/commands/${act.command}`, input);
  if (reply.statusCode >= 300) return undefined;
  const [differs, actorsAfter] = [differing(before, await allServed(at, one, reader)), await shownToActor()];
  // Police is told on the measures' page that another authority has one, and nothing of it (access.md).
  return { command: act.command, toldToActor: actorsBefore !== actorsAfter, differs: act.command === 'measure.propose' ? differs.filter((one) => !one.includes('/tiltag: ')) : differs };
}

it(`one act more that somebody may not know of changes no byte the server gives him, in ${PAIRS} cases (FM-CNF-4, FM-SEC-2, FM-SEC-4; security.md, §1)`, async () => {
  const pairs: Pair[] = [];
  const times = (command: string): number => pairs.filter((one) => one.command === command).length;
  for (let house = 0; house * OF_A_HOUSE < PAIRS; house += 1) {
    const seed = SEED + house;
    const dice = diceOf(seed);
    const at = await drivenHouse(fc.sample(plans, { seed, numRuns: CASES }));
    const wanted = Math.min(PAIRS, (house + 1) * OF_A_HOUSE);
    try {
      while (pairs.length < wanted) {
        const one = dice.weighed(at.cases, ({ state }) => (state.ending.closed === undefined ? 1 : 0.1)) ?? dice.one(at.cases);
        const step = await at.step(one, dice);
        if (step?.done !== true || one.id === '' || !dice.percent(25)) continue;
        const pair = await pairIn(at, one, dice, times);
        if (pair !== undefined) pairs.push(pair);
      }
    } finally {
      await at.close();
    }
  }
  console.log(`MODEL_SEED=${SEED}: ${UNSEEN.map((command) => `${command} ${times(command)}`).join(', ')}`);
  expect(pairs.filter((one) => one.differs.length > 0)).toEqual([]);
  expect(pairs.filter((one) => !one.toldToActor)).toEqual([]);
  for (const command of UNSEEN) expect(times(command), command).toBeGreaterThan(0);
}, 60_000 + PAIRS * 5_000);
